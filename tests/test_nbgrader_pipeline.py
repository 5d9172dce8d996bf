"""The commands of nbgrader, as an instructor types them, from solutions/ to grades.csv."""

from __future__ import annotations

import csv
import json
import os
import re
import shlex
import shutil
import sqlite3
import sys
from pathlib import Path

import pytest
from nbgrader_class import (
    BIN,
    DOUBLE,
    HALVE,
    ROOT,
    Class,
    cell_of,
    needs_nbgrader,
    tiny_class,
)
from tiny_course import edit

from autograder.course import Course
from autograder.release import release
from autograder.stubs import find_blocks

pytestmark = needs_nbgrader


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Class:
    """A class that is ready for submissions; tests may add students of their own."""
    made = tiny_class(tmp_path_factory.mktemp("class"))
    made.generate()
    return made


def exported(course: Class) -> dict[str, dict[str, str]]:
    course.nbgrader("export")
    with (course.folder / "grades.csv").open(encoding="utf-8", newline="") as file:
        return {row["student_id"]: row for row in csv.DictReader(file)}


def assert_same_release(course: Class, other: Path) -> None:
    ours = json.loads((other / f"{course.assignment}.ipynb").read_text(encoding="utf-8"))
    theirs = course.released()
    for book in (ours, theirs):
        for cell in book["cells"]:
            cell["source"] = "".join(cell["source"])
    assert ours == theirs


# ----------------------------------------------------------------------------- the release


@pytest.mark.parametrize("name", Course(ROOT).names())
def test_nbgraders_release_is_ours(tmp_path: Path, name: str) -> None:
    """Same cells, texts, ids, marks and checksums; no solution, no check, no misconception."""
    shutil.copytree(ROOT / "solutions", tmp_path / "solutions")
    made = Class(tmp_path, name)
    made.generate()
    assignment = Course(tmp_path).assignment(name)
    release(Course(tmp_path), name, output=tmp_path / "ours")
    assert_same_release(made, tmp_path / "ours" / name)
    text = json.dumps(made.released(), ensure_ascii=False)
    path = made.gradebook / "source" / name / f"{name}.ipynb"
    solved = ["".join(cell["source"]) for cell in json.loads(path.read_text("utf-8"))["cells"]]
    for task in assignment.tasks:
        assert task.source is not None
        for block in find_blocks(task.source.read_text("utf-8"), task.source)[0]:
            assert any("\n".join(block.lines) in source for source in solved)
        for sentence in task.misconceptions.values():
            assert sentence["sentence"] not in text
        assert "def test_" not in text and "@pytest" not in text
    assert sorted(p.suffix for p in (made.gradebook / "source").rglob("*") if p.is_file()) == [
        ".ipynb"
    ] * len(Course(tmp_path).names())
    assert [p.name for p in (made.gradebook / "release" / name).iterdir()] == [f"{name}.ipynb"]


def test_the_source_holds_the_solution_and_is_made_anew_only_when_it_changed(
    tmp_path: Path,
) -> None:
    made = tiny_class(tmp_path)
    made.generate()
    path = made.gradebook / "source" / "assignment7" / "assignment7.ipynb"
    first = path.read_bytes()
    assert b"secret_sum = x + x" in first and b"Because two halves" in first
    assert b"secret_sum = x + x" not in json.dumps(made.released()).encode()
    assert b"Because two halves" not in json.dumps(made.released()).encode()
    stamp = path.stat().st_mtime_ns
    made.nbgrader("generate_assignment", "assignment7", "--force")
    assert path.stat().st_mtime_ns == stamp
    edit(tmp_path / "solutions" / "assignment7" / "double" / "task.py", "Twice x", "Two times x")
    made.nbgrader("generate_assignment", "assignment7", "--force")
    assert b"Two times x" in path.read_bytes() and "Two times x" in json.dumps(made.released())
    edit(tmp_path / "solutions" / "assignment7" / "double" / "task.py", "Two times x", "Twice x")
    made.nbgrader("generate_assignment", "assignment7", "--force")
    assert path.read_bytes() == first


# ------------------------------------------------------------------------------- validate


def test_validate_passes_a_solution_and_complains_about_a_stub(course: Class) -> None:
    folder = course.folder / "desk"
    folder.mkdir()
    path = folder / "assignment7.ipynb"
    book = course.solved(double=DOUBLE, halve=HALVE)
    cell_of(book, "halve-prompt-2")["source"] = "Because."
    path.write_text(json.dumps(book), encoding="utf-8")
    done = course.call("nbgrader", "validate", "desk/assignment7.ipynb")
    assert "Success! Your notebook passes all the tests." in done.stdout, done.stdout
    cell_of(book, "halve")["source"] = cell_of(course.released(), "halve")["source"]
    path.write_text(json.dumps(book), encoding="utf-8")
    done = course.call("nbgrader", "validate", "desk/assignment7.ipynb")
    assert "VALIDATION FAILED ON 1 CELL(S)!" in done.stdout, done.stdout
    assert "Not written yet" in done.stdout


# ------------------------------------------------------------------------- a class's life


def test_partial_credit_and_reasons_stand_together(course: Class) -> None:
    wrong = DOUBLE.replace("return scale * x", "return 4")
    course.submit("partial", course.solved(double=wrong, halve="def halve(x):\n    return x"))
    log = course.nbgrader("autograde", "assignment7", "--student=partial")
    assert "Warning: " not in log, "SQLAlchemy's about nbgrader's own code"
    assert course.scores("partial") == {"double": 3.0, "halve": 0.0}
    text = course.explanation("partial", "double")
    assert "7.1 Doubling (두 배): 3 / 7.5" in text
    assert "✔" in text and "other numbers (hidden)" in text
    assert "[3" not in text and "6.0" not in text, "the hidden input stays hidden"
    course.nbgrader("generate_feedback", "assignment7", "--student=partial")
    page = course.gradebook / "feedback" / "partial" / "assignment7" / "assignment7.html"
    shown = page.read_text(encoding="utf-8")
    assert "(Score: 3.0 / 7.5)" in shown and "other numbers (hidden)" in shown
    assert "Two becomes four." in shown
    row = exported(course)["partial"]
    assert (float(row["score"]), float(row["max_score"])) == (3.0, 13.5)


def test_only_the_named_student_is_graded(course: Class) -> None:
    for student in ("ada", "bea"):
        course.submit(student, course.solved(double=DOUBLE, halve=HALVE))
    course.nbgrader("autograde", "assignment7", "--student=ada")
    assert "ada" in course.grades() and "bea" not in course.grades()


def test_manual_grades_comments_and_force(course: Class) -> None:
    book = course.solved(double=DOUBLE, halve=HALVE)
    cell_of(book, "halve-prompt-2")["source"] = "A half is less <b>than</b> a whole."
    course.submit("mona", book)
    course.nbgrader("autograde", "assignment7", "--student=mona")
    grades = course.grades()["mona"]
    assert grades["halve-prompt-2"] == (None, True), "a person has to grade the answer"
    script = """
import sys
from nbgrader.api import Gradebook
with Gradebook(sys.argv[1]) as book:
    grade = book.find_grade("halve-prompt-2", "assignment7", "assignment7", "mona")
    grade.manual_score = 4
    grade.needs_manual_grade = False
    other = book.find_grade("double-checks", "assignment7", "assignment7", "mona")
    other.manual_score = 5.5
    comment = book.find_comment("halve-prompt-2", "assignment7", "assignment7", "mona")
    comment.manual_comment = "Nearly!"
    book.db.commit()
"""
    database = f"sqlite:///{course.gradebook / 'gradebook.db'}"
    assert course.call(sys.executable, "-W", "ignore", "-c", script, database).returncode == 0
    assert float(exported(course)["mona"]["score"]) == 5.5 + 1 + 4
    course.nbgrader("autograde", "assignment7", "--student=mona", "--force")
    grades = course.grades()["mona"]
    assert grades["double-checks"] == (7.5, True), "the change is shown for another look"
    assert float(exported(course)["mona"]["score"]) == 5.5 + 1 + 4
    course.nbgrader("generate_feedback", "assignment7", "--student=mona")
    page = course.gradebook / "feedback" / "mona" / "assignment7" / "assignment7.html"
    assert "Nearly!" in page.read_text(encoding="utf-8")


def test_force_grades_a_new_submission_and_without_it_nothing_happens(course: Class) -> None:
    course.submit("finn", course.solved(halve=HALVE))
    course.nbgrader("autograde", "assignment7", "--student=finn")
    assert course.scores("finn") == {"double": 0.0, "halve": 1.0}
    course.submit("finn", course.solved(double=DOUBLE, halve=HALVE))
    assert "Skipping existing" in course.nbgrader("autograde", "assignment7", "--student=finn")
    assert course.scores("finn") == {"double": 0.0, "halve": 1.0}
    course.nbgrader("autograde", "assignment7", "--student=finn", "--force")
    assert course.scores("finn") == {"double": 7.5, "halve": 1.0}
    comment = course.query("SELECT auto_comment FROM comment WHERE auto_comment IS NOT NULL")
    assert ("No response.",) in comment, "nobody answered the question"


def test_what_a_killed_run_left_is_graded_again(course: Class) -> None:
    students = ("kim", "kit", "kay", "kai", "whole")
    for student in students:
        course.submit(student, course.solved(double=DOUBLE, halve=HALVE))
    course.nbgrader("autograde", "assignment7", "--student=k*")
    course.nbgrader("autograde", "assignment7", "--student=whole")
    paths = {
        student: course.gradebook / "autograded" / student / "assignment7" / "assignment7.ipynb"
        for student in students
    }
    for student in students[:-1]:
        paths[student].chmod(0o644)
    book = course.autograded("kim")  # as the first of nbgrader's two steps leaves it
    for cell in book["cells"]:
        if cell["cell_type"] == "code":
            cell["outputs"] = []
    paths["kim"].write_text(json.dumps(book), encoding="utf-8")
    paths["kit"].write_text(paths["kit"].read_text(encoding="utf-8")[:500], encoding="utf-8")
    paths["kay"].write_bytes(b"")
    paths["kai"].unlink()
    with sqlite3.connect(course.gradebook / "gradebook.db") as database:
        database.execute("UPDATE grade SET auto_score = NULL")
    database.close()
    log = "".join(
        course.nbgrader("autograde", "assignment7", f"--student={pattern}")
        for pattern in ("k*", "whole")
    )
    for student in students[:-1]:
        assert course.scores(student) == {"double": 7.5, "halve": 1.0}
        assert f"{paths[student].parent} was not finished; it is graded again" in log
        assert "7.5 / 7.5" in course.explanation(student, "double")
    assert f"Skipping existing assignment: {paths['whole'].parent}" in log
    assert course.scores("whole") == {"double": None, "halve": None}, "it was not touched"
    again = course.nbgrader("autograde", "assignment7", "--student=k*")
    assert again.count("Skipping existing") == 4 and "not finished" not in again


def test_a_wrong_file_name_is_told_with_the_command_that_renames_it(course: Class) -> None:
    solved = course.solved(double=DOUBLE, halve=HALVE)
    wrong = course.place("lou", 'assignment7 (1) "Lou\'s".ipynb')
    wrong.write_text(json.dumps(solved), encoding="utf-8")
    for name in ("assignment7.ipynb", "draft.ipynb"):  # more than one: nothing is wrong, or unsure
        course.place("lia", name).write_text(json.dumps(solved), encoding="utf-8")
    done = course.call("nbgrader", "autograde", "assignment7", "--student=l*")
    told = [line for line in done.stdout.splitlines() if "Rename it: " in line]
    assert len(told) == 1 and wrong.name in told[0], done.stdout
    assert course.scores("lia") == {"double": 7.5, "halve": 1.0}, "the others are graded"
    command = shlex.split(told[0].partition("Rename it: ")[2])
    assert command == ["mv", str(wrong), str(course.place("lou"))]
    assert course.call(*command).returncode == 0
    course.nbgrader("autograde", "assignment7", "--student=lou")
    assert course.scores("lou") == {"double": 7.5, "halve": 1.0}


def test_late_penalties(tmp_path: Path) -> None:
    made = tiny_class(tmp_path)
    config = tmp_path / "nbgrader_config.py"
    config.write_text(
        config.read_text(encoding="utf-8") + 'c.LateSubmissionPlugin.penalty_method = "zero"\n',
        encoding="utf-8",
    )
    made.generate()
    script = """
import sys
from nbgrader.api import Gradebook
with Gradebook(sys.argv[1]) as book:
    book.update_or_create_assignment("assignment7", duedate="2030-01-01 00:00:00 UTC")
"""
    database = f"sqlite:///{made.gradebook / 'gradebook.db'}"
    assert made.call(sys.executable, "-W", "ignore", "-c", script, database).returncode == 0
    for student, day in (("early", "2029-12-31"), ("late", "2030-01-02")):
        made.submit(student, made.solved(double=DOUBLE, halve=HALVE))
        made.place(student, "timestamp.txt").write_text(f"{day} 12:00:00 UTC\n", encoding="utf-8")
    made.nbgrader("autograde", "assignment7")
    rows = exported(made)
    assert (float(rows["early"]["score"]), float(rows["late"]["score"])) == (8.5, 0.0)
    assert float(rows["late"]["raw_score"]) == 8.5
    stamp = made.gradebook / "autograded" / "late" / "assignment7" / "timestamp.txt"
    assert stamp.read_text(encoding="utf-8") == "2030-01-02 12:00:00 UTC\n"


def test_a_fault_of_the_grader_costs_nothing_and_is_shown_to_a_person(tmp_path: Path) -> None:
    made = tiny_class(tmp_path)
    edit(
        tmp_path / "solutions" / "assignment7" / "halve" / "checks.py",
        "    assert student.halve(4) == 2",
        "    assert student.halve(4) == 2\n    {}['no such key']",
    )
    made.generate()
    made.submit("ann", made.solved(double=DOUBLE, halve=HALVE))
    log = made.nbgrader("autograde", "assignment7")
    assert "the grader failed in halve-checks" in log
    assert made.grades()["ann"]["halve-checks"] == (1.0, True)
    assert made.grades()["ann"]["double-checks"] == (7.5, False)
    assert "costs no points" in made.explanation("ann", "halve")


# ------------------------------------------------------------------------------ clear errors


def test_without_a_gradebook_the_next_command_is_named(tmp_path: Path) -> None:
    made = tiny_class(tmp_path)
    made.submit("ann", "{}")
    done = made.call("nbgrader", "autograde", "assignment7")
    assert done.returncode == 1 and "Traceback" not in done.stdout
    assert "There is no gradebook yet" in done.stdout
    assert "Run: nbgrader generate_assignment assignment7" in done.stdout
    assert not (made.gradebook / "gradebook.db").exists()


@pytest.mark.parametrize("half", [False, True])
def test_a_gradebook_that_is_none_is_named(tmp_path: Path, half: bool) -> None:
    made = tiny_class(tmp_path)
    made.generate()
    made.submit("ann", made.solved(double=DOUBLE, halve=HALVE))
    database = made.gradebook / "gradebook.db"
    junk = database.read_bytes()[:20_000] if half else b"junk" * 5000
    database.write_bytes(junk)
    done = made.call("nbgrader", "autograde", "assignment7")
    assert done.returncode == 1 and "Traceback" not in done.stdout, done.stdout
    assert f"The gradebook ({database}) cannot be read: " in done.stdout
    assert database.read_bytes() == junk
    (tmp_path / "ann.py").write_text("x = 1", encoding="utf-8")
    done = made.grade("nbgrader", "sync", "assignment7", "-s", "ann.py", "--student", "ann")
    assert done.returncode == 2 and "cannot be read: " in done.stdout
    assert "Traceback" not in done.stdout


def test_a_gradebook_that_does_not_know_the_assignment_or_knows_another(course: Class) -> None:
    other = course.folder / "solutions" / "assignment8"
    shutil.copytree(course.folder / "solutions" / "assignment7", other)
    try:
        path = course.gradebook / "submitted" / "ann" / "assignment8" / "assignment8.ipynb"
        path.parent.mkdir(parents=True)
        path.write_text("{}", encoding="utf-8")
        done = course.call("nbgrader", "autograde", "assignment8")
        assert done.returncode == 1 and "Traceback" not in done.stdout
        assert "The gradebook does not hold assignment8." in done.stdout
        assert "Run: nbgrader generate_assignment assignment8" in done.stdout
        course.nbgrader("generate_assignment", "assignment8")
        edit(other / "halve" / "checks.py", "points(1)", "points(2)")
        done = course.call("nbgrader", "autograde", "assignment8")
        assert done.returncode == 1 and "its tasks or points changed" in done.stdout
        assert "generate_assignment assignment8 --force" in done.stdout
        course.nbgrader("generate_assignment", "assignment8", "--force")
        course.nbgrader("autograde", "assignment8")
    finally:
        shutil.rmtree(other)


def test_a_task_that_comes_or_goes_after_grading(tmp_path: Path) -> None:
    made = tiny_class(tmp_path)
    made.generate()
    made.submit("ann", made.solved(double=DOUBLE, halve=HALVE))
    made.nbgrader("autograde", "assignment7")
    task = tmp_path / "solutions" / "assignment7" / "halve" / "task.py"
    whole = task.read_text(encoding="utf-8")
    task.write_text(whole.partition("\n# %% [markdown] tags=")[0] + "\n", encoding="utf-8")
    for text in (task.read_text(encoding="utf-8"), whole):  # without the question, and with it
        task.write_text(text, encoding="utf-8")
        done = made.call("nbgrader", "autograde", "assignment7", "--force")
        assert done.returncode == 1 and "Traceback" not in done.stdout
        assert "its tasks or points changed" in done.stdout
        assert "this deletes all grades of assignment7" in done.stdout
        commands = re.findall(
            r"nbgrader ((?:db|gen|auto)[a-z_ ]+ assignment7 --force)", done.stdout
        )
        assert [command.split()[0] for command in commands] == [
            "db", "generate_assignment", "autograde",
        ]  # fmt: skip
        for command in commands:
            made.nbgrader(*command.split())
        assert made.scores("ann") == {"double": 7.5, "halve": 1.0}
        assert ("halve-prompt-2" in made.grades()["ann"]) == (text == whole)


def test_a_broken_source_ends_the_command_before_any_kernel_is_started(tmp_path: Path) -> None:
    made = tiny_class(tmp_path)
    made.generate()
    made.submit("ann", made.solved(double=DOUBLE, halve=HALVE))
    edit(tmp_path / "solutions" / "assignment7" / "assignment.toml", 'title = "Tiny"', "title = 1")
    done = made.call("nbgrader", "autograde", "assignment7")
    assert done.returncode == 1 and "Traceback" not in done.stdout
    assert done.stdout.startswith("Error: ") and "assignment.toml" in done.stdout
    assert made.grades() == {}


def test_a_weaker_sandbox_must_be_asked_for_and_is_recorded(course: Class) -> None:
    course.submit("weak", course.solved(double=DOUBLE, halve=HALVE))
    done = course.call(
        "nbgrader", "autograde", "assignment7", "--student=weak",
        GROUNDUP_NBGRADER_SANDBOX="process",
    )  # fmt: skip
    assert done.returncode == 0, done.stdout
    assert "Graded in a weaker sandbox (process)" in course.explanation("weak", "halve")
    done = course.call(
        "nbgrader", "autograde", "assignment7", "--student=weak", "--force",
        GROUNDUP_NBGRADER_SANDBOX="none",
    )  # fmt: skip
    assert done.returncode == 1 and "There is no sandbox mode 'none'" in done.stdout
    course.nbgrader("autograde", "assignment7", "--student=weak", "--force")
    assert "weaker" not in course.explanation("weak", "halve")


def test_nbgrader_called_by_its_full_path_finds_alembic(tmp_path: Path) -> None:
    made = tiny_class(tmp_path)
    path = os.pathsep.join(p for p in os.environ["PATH"].split(os.pathsep) if p != str(BIN))
    done = made.call(str(BIN / "nbgrader"), "generate_assignment", "assignment7", PATH=path)
    assert done.returncode == 0, done.stdout
    assert made.query("SELECT count(*) FROM alembic_version") == [(1,)]


def test_a_students_copy_is_told_that_it_cannot_grade(tmp_path: Path) -> None:
    made = tiny_class(tmp_path)
    release(Course(tmp_path))
    shutil.rmtree(tmp_path / "solutions")
    done = made.call("nbgrader", "autograde", "assignment7")
    assert done.returncode == 1
    assert done.stdout.startswith(f"Error: {tmp_path} has no solutions/")
