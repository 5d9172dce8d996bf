"""Submissions that try to get points, or to break the run: one class, one real autograde run.

Every one must end graded, with the score of its honest part and a reason in the feedback, and the
honest student at the end of the alphabet must have been reached.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from nbgrader_class import (
    DOUBLE,
    HALVE,
    Class,
    cell_of,
    code_cell,
    needs_nbgrader,
    tiny_class,
    with_cells,
)

pytestmark = needs_nbgrader

STUB = "def double(x):\n    return 0\n\n\nclass Doubler:\n    pass\n"
FULL, HONEST, NOTHING = (7.5, 1.0), (0.0, 1.0), (0.0, 0.0)
Book = dict[str, Any]


def attack(source: str, double: str = STUB) -> Callable[[Class], Book]:
    """A first cell that attacks; `halve` is solved honestly."""
    return lambda course: with_cells(
        course.solved(double=double, halve=HALVE), 1, code_cell(source, "attack")
    )


def inside(body: str) -> Callable[[Class], Book]:
    """The attack is in the body of `double`."""
    lines = "".join(f"    {line}\n" for line in body.split("\n"))
    return attack("import os, sys, time", f"def double(x):\n{lines}\n\nclass Doubler:\n    pass\n")


def edited(change: Callable[[Book], object], double: str = STUB) -> Callable[[Class], Book]:
    """The notebook itself is changed."""

    def make(course: Class) -> Book:
        book = course.solved(double=double, halve=HALVE)
        change(book)
        return book

    return make


def marks(book: Book, name: str) -> dict[str, Any]:
    found: dict[str, Any] = cell_of(book, name)["metadata"]["nbgrader"]
    return found


def delete_tests(book: Book) -> None:
    book["cells"] = [cell for cell in book["cells"] if not cell["id"].endswith("-checks")]


def edit_tests(book: Book) -> None:
    for name in ("double-checks", "halve-checks"):
        cell_of(book, name)["source"] = "100.0"
        marks(book, name)["points"] = 100


def rename(book: Book) -> None:
    for cell in book["cells"]:
        if "nbgrader" in cell["metadata"]:
            cell["metadata"]["nbgrader"]["grade_id"] += "-mine"
            cell["id"] += "-mine"


def mark_as_solutions(book: Book) -> None:
    for name in ("double-checks", "halve-checks"):
        marks(book, name).update(solution=True, grade=False, locked=False)
        cell_of(book, name)["source"] = "7.5"


def claim_points(book: Book) -> None:
    mine = code_cell(
        "7.5", "double-checks-2", grade=True, solution=False, locked=True, points=7.5,
        grade_id="double-checks", schema_version=3, task=False, cell_type="code",
    )  # fmt: skip
    mine["outputs"] = [
        {"output_type": "execute_result", "data": {"text/plain": "7.5"}, "metadata": {},
         "execution_count": 1}
    ]  # fmt: skip
    book["cells"].insert(3, mine)
    book["cells"].append(code_cell("print('more')\n7.5", "own-extra"))


def flip_question(book: Book) -> None:
    marks(book, "halve-prompt-2").update(solution=False, locked=True)
    cell_of(book, "halve-prompt-2").update(cell_type="code", source="5.0", outputs=[])
    cell_of(book, "halve-prompt-2")["execution_count"] = None


def break_metadata(book: Book) -> None:
    marks(book, "double").update(schema_version=99)
    marks(book, "halve")["grade_id"] = ["halve"]
    cell_of(book, "double-checks")["metadata"] = [1]
    book["metadata"] = {"kernelspec": {"name": "evil", "language": "R"}, "title": "<script>"}
    book["nbformat_minor"] = "5"


def same_ids(book: Book) -> None:
    for cell in book["cells"]:
        cell["id"] = "double"


def scripts(book: Book) -> None:
    attack = "<script>alert(1)</script><img src=x onerror=alert(1)>"
    cell = {"cell_type": "markdown", "id": "xss", "metadata": {}, "source": attack}
    raw = {
        "cell_type": "raw",
        "id": "raw",
        "metadata": {"raw_mimetype": "text/html"},
        "source": attack,
    }
    book["cells"] += [cell, raw]


READ = """
found = []
for path in PATHS:
    try:
        found.append(open(path).read())
    except OSError as error:
        print(error)
import builtins, glob, sqlite3
found += glob.glob("ROOT/**", recursive=True) and []
try:
    database = sqlite3.connect("ROOT/gradebook/gradebook.db")
    found += [row[0] for row in database.execute("SELECT source FROM source_cell")]
except Exception as error:
    print(error)
text = "\\n".join(found)
if "scale - 1" in text:
    exec(text[text.index("def double"):])
"""


def read_everything(course: Class) -> Book:
    paths = [
        course.folder / "solutions" / "assignment7" / "double" / "task.py",
        course.folder / "solutions" / "assignment7" / "double" / "checks.py",
        course.gradebook / "source" / "assignment7" / "assignment7.ipynb",
        course.gradebook / "gradebook.db",
        "/proc/self/environ",
    ]
    source = READ.replace("PATHS", str([str(path) for path in paths]))
    return attack(source.replace("ROOT", str(course.folder)))(course)


def write_gradebook(course: Class) -> Book:
    database = course.gradebook / "gradebook.db"
    return attack(
        "import sqlite3\n"
        f"try:\n    d = sqlite3.connect({str(database)!r})\n"
        "    d.execute('UPDATE grade SET manual_score = 100')\n    d.commit()\nfinally:\n"
        f"    open({str(database)!r}, 'w').write('')\n"
    )(course)


def background(course: Class) -> Book:
    mark = course.folder / "escaped"
    return attack(
        f"import os, subprocess, threading, time\n"
        f"for start in (lambda: subprocess.Popen(['touch', {str(mark)!r}]), os.fork):\n"
        f"    try:\n        start()\n    except BaseException as error:\n        print(error)\n"
        f"open({str(mark)!r}, 'w')\n"
    )(course)


KERNEL = "ip = get_ipython()\n"
ATTACKS: dict[str, tuple[Callable[[Class], Book], tuple[float, float]]] = {
    "numpy_testing": (
        attack(
            "import numpy as np, numpy.testing as t\n"
            "t.assert_allclose = t.assert_array_equal = np.allclose = lambda *a, **k: True"
        ),
        HONEST,
    ),
    "transformers": (
        attack(KERNEL + "ip.input_transformers_cleanup.append(lambda lines: ['7.5\\n'])"), HONEST
    ),
    "displayhook": (attack("import sys\nsys.displayhook = lambda value: print(7.5)"), HONEST),
    "formatters": (
        attack(
            KERNEL + "f = ip.display_formatter.formatters['text/plain']\n"
            "f.for_type(object, lambda o, p, c: p.text('7.5'))"
        ),
        HONEST,
    ),
    "pre_run_cell": (
        attack(KERNEL + "ip.events.register('pre_run_cell', lambda info: exit())"), HONEST
    ),
    "exception_handler": (
        attack(
            "import sys\nsys.excepthook = lambda *a: None\n"
            + KERNEL
            + "ip.set_custom_exc((Exception,), lambda *a, **k: None)"
        ),
        HONEST,
    ),
    "shadowed_builtin": (
        attack("def bool(x=None):\n    return 1\nabs = float = isinstance = lambda *a: 1"), HONEST
    ),
    "inserted_cells": (edited(claim_points), HONEST),
    "deleted_tests": (edited(delete_tests), HONEST),
    "edited_tests": (edited(edit_tests), HONEST),
    "renamed_ids": (edited(rename), HONEST),
    "tests_as_solutions": (edited(mark_as_solutions), HONEST),
    "flipped_question": (edited(flip_question), HONEST),
    "broken_metadata": (edited(break_metadata), HONEST),
    "same_ids": (edited(same_ids), HONEST),
    "scripts": (edited(scripts), HONEST),
    "numpy_beside": (attack("import numpy as np\nnp.FAKE"), HONEST),
    "writes_gradebook": (write_gradebook, HONEST),
    "background": (background, HONEST),
    "reads_tests": (read_everything, HONEST),
    "exit_in_cell": (attack("import os\nos._exit(0)"), HONEST),
    "exit_in_function": (inside("os._exit(0)"), HONEST),
    "kills_group": (inside("os.kill(0, 9)\nos.killpg(0, 9)"), HONEST),
    "endless_loop": (inside("while True:\n    pass"), HONEST),
    "endless_swallowing": (
        inside("while True:\n    try:\n        time.sleep(9)\n    except BaseException: pass"),
        HONEST,
    ),
    # Asked for, not touched: fresh pages may cost seconds a gigabyte, and time would run out first.
    "memory_bomb": (inside("return [np.empty(1 << 24) for _ in range(64)]"), HONEST),
    "endless_output": (inside("for _ in range(10**6):\n    print('x' * 1000)\nreturn 0"), HONEST),
    "recursion": (inside("return double(x)"), HONEST),
    "prints_to_stderr": (
        attack("import sys, warnings\nprint('hi', file=sys.stderr)\nwarnings.warn('hm')", DOUBLE),
        FULL,
    ),
    "prints_in_function": (
        attack(
            "import sys",
            DOUBLE.replace("    scale = 2\n", "    scale = 2\n    print(x, file=sys.stderr)\n"),
        ),
        FULL,
    ),
}  # fmt: skip


def unreadable(course: Class, student: str) -> str | bytes:
    whole = json.dumps(course.solved(double=DOUBLE, halve=HALVE))
    return {
        "corrupt": whole[: len(whole) // 2],
        "binary": b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20,
        "empty": "",
        "a_list": "[1, 2, 3]",
        "deep": "[" * 100_000,
        "huge": json.dumps({**json.loads(whole), "filler": "x" * (6 << 20)}),
        "cells_are_text": '{"cells": "none", "nbformat": 4}',
        "surrogate": whole.replace("scale * x", "scale * x  # \\\\ud800".replace("\\\\", "\\")),
        "old_format": '{"worksheets": [], "nbformat": 3, "nbformat_minor": 0, "metadata": {}}',
        "conflict": "{\n<<<<<<< HEAD\n" + whole[1:],
        "korean": whole.replace("scale * x", "scale * x  # 두 배").encode("cp949"),
    }[student]


UNREADABLE = (
    "corrupt", "binary", "empty", "a_list", "deep", "huge", "cells_are_text", "surrogate",
    "old_format", "conflict", "korean",
)  # fmt: skip


def no_date(path: Path) -> None:
    path.write_text("Submitted by: bob", encoding="utf-8")


def no_text(path: Path) -> None:
    path.write_bytes(b"\xff\xfe2\x000\x00")


def long_text(path: Path) -> None:
    path.write_text("2026-01-01 00:00:00 UTC\n" + " " * (1 << 20), encoding="utf-8")


def link(path: Path) -> None:
    path.symlink_to("/etc/hostname")


TIMESTAMPS: dict[str, Callable[[Path], None]] = {
    "time_is_text": no_date,
    "time_is_binary": no_text,
    "time_is_long": long_text,
    "time_is_folder": Path.mkdir,
    "time_is_pipe": os.mkfifo,
    "time_is_link": link,
}


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory) -> Class:
    course = tiny_class(tmp_path_factory.mktemp("tampering"))
    course.generate()
    for student, (make, _) in ATTACKS.items():
        course.submit(student, make(course))
    for student in UNREADABLE:
        course.submit(student, unreadable(course, student))
    course.place("numpy_beside", "numpy.py").write_text("FAKE = 1\n", encoding="utf-8")
    course.place("a_folder").mkdir()
    honest = course.solved(double=DOUBLE, halve=HALVE)
    course.submit("zoe", honest)
    course.place("link").symlink_to(course.place("zoe"))
    (course.gradebook / "submitted" / "copycat").symlink_to(course.place("zoe").parents[1])
    (course.gradebook / "submitted" / "copier").mkdir()
    (course.gradebook / "submitted" / "copier" / "assignment7").symlink_to(
        course.place("zoe").parent
    )
    course.place("zoe", "diary.txt").write_text("Mine.", encoding="utf-8")
    course.submit("pipes", honest)
    os.mkfifo(course.place("pipes", "pipe"))
    course.place("pipes", "nowhere").symlink_to("/nonexistent")
    course.place("pipes", "passwords").symlink_to("/etc/passwd")
    for student, put in TIMESTAMPS.items():
        course.submit(student, honest)
        put(course.place(student, "timestamp.txt"))
    before = (course.gradebook / "gradebook.db").stat().st_ino
    done = course.call("nbgrader", "autograde", "assignment7")
    (course.folder / "log").write_text(done.stdout, encoding="utf-8")
    assert done.returncode == 0, done.stdout[-3000:]
    assert (course.gradebook / "gradebook.db").stat().st_ino == before
    return course


@pytest.mark.parametrize("student", ATTACKS)
def test_an_attack_earns_what_its_honest_part_is_worth(graded: Class, student: str) -> None:
    double, halve = ATTACKS[student][1]
    assert graded.scores(student) == {"double": double, "halve": halve}
    text = graded.explanation(student, "double")
    assert "3.1" not in text and "7.1 Doubling" in text
    if double == 0:
        assert "✘" in text or "…" in text
        assert "Two becomes four." in text and "other numbers (hidden)" in text


@pytest.mark.parametrize("student", [*UNREADABLE, "a_folder", "link", "copycat", "copier"])
def test_what_cannot_be_read_gets_nothing_and_a_reason(graded: Class, student: str) -> None:
    assert graded.scores(student) == {"double": 0.0, "halve": 0.0}
    text = graded.explanation(student, "double")
    assert "cannot be graded, which is 0 points" in text
    assert str(graded.folder) not in text
    assert not graded.grades()[student]["halve-prompt-2"][1], "there is nothing to look at"


@pytest.mark.parametrize(
    ("student", "why", "hint"),
    [
        ("corrupt", "invalid JSON", "Open assignment7.ipynb in Jupyter, save it"),
        ("binary", "is a binary file", "Save the file as UTF-8"),
        ("empty", "assignment7.ipynb is empty.", "Save your work"),
        ("huge", "assignment7.ipynb is larger than 5 MB.", "Clear the outputs"),
        ("cells_are_text", 'it has no list of "cells"', "Open assignment7.ipynb in Jupyter"),
        ("old_format", "the old format 3", "Convert it: jupyter nbconvert"),
        ("conflict", "unresolved Git conflict", "Resolve the conflict"),
        ("korean", "assignment7.ipynb is not UTF-8 text", "Save the file as UTF-8"),
    ],
)
def test_what_to_do_is_told_in_the_same_words_everywhere(
    graded: Class, student: str, why: str, hint: str
) -> None:
    (note,) = [c for c in graded.autograded(student)["cells"] if c["cell_type"] == "raw"]
    reason = "".join(note["source"]).removeprefix("This submission cannot be read. ")
    assert why in reason and hint in reason
    for task in ("double", "halve"):
        assert f"0 points. {reason}" in unescape(graded.explanation(student, task))
    graded.nbgrader("generate_feedback", "assignment7", f"--student={student}")
    page = (graded.gradebook / "feedback" / student / "assignment7" / "assignment7.html").read_text(
        encoding="utf-8"
    )
    assert hint in page and str(graded.folder) not in page and "/submitted/" not in page


@pytest.mark.parametrize("student", TIMESTAMPS)
def test_a_timestamp_that_is_none_is_left_out(graded: Class, student: str) -> None:
    assert graded.scores(student) == {"double": 7.5, "halve": 1.0}
    log = (graded.folder / "log").read_text(encoding="utf-8")
    assert f"{graded.place(student, 'timestamp.txt')} holds no time" in log
    rows = graded.query("SELECT timestamp FROM submitted_assignment WHERE student_id = ?", student)
    assert rows == [(None,)]
    kept = graded.gradebook / "autograded" / student / "assignment7"
    assert [path.name for path in kept.iterdir()] == ["assignment7.ipynb"]


def test_nor_does_it_break_a_second_run(graded: Class) -> None:
    for _ in range(2):  # the second time, nbgrader compares the times
        graded.nbgrader("autograde", "assignment7", "--student=time_is_text")
        graded.nbgrader("generate_feedback", "assignment7", "--student=time_is_text")


def test_nobody_is_left_ungraded(graded: Class) -> None:
    handed_in = {path.name for path in (graded.gradebook / "submitted").iterdir()}
    grades = graded.grades()
    assert set(grades) == handed_in and len(handed_in) >= 40
    assert graded.scores("zoe") == graded.scores("pipes") == {"double": 7.5, "halve": 1.0}
    for student, cells in grades.items():
        for name, (score, manual) in cells.items():
            if name.endswith("-checks"):
                assert score is not None and not manual, (student, name)
    assert not (graded.folder / "escaped").exists()
    assert graded.query("SELECT count(*) FROM grade WHERE manual_score IS NOT NULL") == [(0,)]
    maxima = dict(graded.query("SELECT name, max_score FROM grade_cells NATURAL JOIN base_cell"))
    assert maxima == {"double-checks": 7.5, "halve-checks": 1.0, "halve-prompt-2": 5.0}


def test_the_autograded_notebook_is_ours(graded: Class) -> None:
    wanted = {c["id"]: c for c in graded.released()["cells"] if "nbgrader" in c["metadata"]}
    for student in [*ATTACKS, *UNREADABLE]:
        book = graded.autograded(student)
        marked = {c["id"]: c for c in book["cells"] if c["metadata"]}
        assert set(marked) == set(wanted), student
        for name, cell in marked.items():
            assert cell["metadata"] == wanted[name]["metadata"], (student, name)
            if name.endswith("-checks"):
                assert "".join(cell["source"]) == "".join(wanted[name]["source"])
            else:
                assert not cell.get("outputs")
        assert book["metadata"] == graded.released()["metadata"]


@pytest.mark.parametrize(
    ("student", "task", "remark"),
    [
        ("deleted_tests", "double", "missing from the submission"),
        ("edited_tests", "double", "had been changed"),
        ("renamed_ids", "halve", "missing from the submission"),
        ("tests_as_solutions", "halve", "had been changed"),
        ("inserted_cells", "double", "Several cells"),
    ],
)
def test_tampering_is_remarked_on(graded: Class, student: str, task: str, remark: str) -> None:
    assert remark in graded.explanation(student, task)


@pytest.mark.parametrize(
    ("student", "reason"),
    [
        ("endless_loop", "took too long"),
        ("exit_in_function", "Your code was stopped"),
        ("memory_bomb", "memory"),
        ("transformers", "get_ipython"),
        ("recursion", "RecursionError"),
    ],
)
def test_the_reason_is_told(graded: Class, student: str, reason: str) -> None:
    assert reason in graded.explanation(student, "double")


def test_a_question_stays_with_the_person_who_grades_it(graded: Class) -> None:
    score, manual = graded.grades()["flipped_question"]["halve-prompt-2"]
    assert score is None and manual
    text = "".join(cell_of(graded.autograded("flipped_question"), "halve-prompt-2")["source"])
    assert text == "5.0"


def test_the_students_text_is_shown_but_does_not_run(graded: Class) -> None:
    graded.nbgrader("generate_feedback", "assignment7", "--student=scripts")
    page = (
        graded.gradebook / "feedback" / "scripts" / "assignment7" / "assignment7.html"
    ).read_text(encoding="utf-8")
    assert "alert(1)" in page
    assert "<script>alert" not in page and "<img src=x" not in page
    assert "Two becomes four." in page and "other numbers" in page
    assert "HIDDEN_INPUT" not in page and "secret_sum" not in page


def test_other_peoples_files_are_not_copied(graded: Class) -> None:
    for student in ("pipes", "copycat", "copier"):
        kept = {path.name for path in (graded.gradebook / "autograded" / student).rglob("*")}
        assert kept == {"assignment7", "assignment7.ipynb"}
