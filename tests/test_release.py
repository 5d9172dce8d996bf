"""The release: what a student gets, what stops it, and that nothing of a solution gets out."""

from __future__ import annotations

import ast
import errno
import json
import os
import stat
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tiny_course import DOUBLE_CHECKS, TOML, edit, write_course

from autograder.course import MANIFEST, Course
from autograder.errors import CourseError, ReleaseError
from autograder.notebook import read_notebook, split_percent
from autograder.publish import public_checks, strip_comments
from autograder.release import build, release
from autograder.sources import defined_names_of
from autograder.stubs import BEGIN, END, find_blocks, find_leaks, make_stub, telling_lines
from autograder.submission import code_digest, read_submission

NAME = "assignment7"


@pytest.fixture
def course(tmp_path: Path) -> Course:
    write_course(tmp_path)
    return Course(tmp_path)


@pytest.fixture
def source(course: Course) -> Path:
    return course.solutions / NAME


def texts(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def problems(course: Course) -> list[str]:
    with pytest.raises(ReleaseError) as caught:
        release(course)
    assert caught.value.hint
    assert not course.assignments_folder.exists(), "a stopped release writes nothing"
    return caught.value.message.split("\n  - ")[1:]


# --------------------------------------------------------------------- what comes out


def test_the_files_of_a_release(course: Course) -> None:
    written = release(course)
    folder = course.assignments_folder / NAME
    assert sorted(texts(folder)) == sorted(
        [f"{NAME}.py", f"{NAME}.ipynb", "README.md", MANIFEST]
        + [f"{kind}/{task}.{end}" for task in ("double", "halve")
           for kind, end in (("checks", "py"), ("hints", "md"))]
    )  # fmt: skip
    assert written == sorted(folder / name for name in texts(folder))
    assert [path.name for path in course.assignments_folder.iterdir()] == [NAME]
    for name, data in texts(folder).items():
        assert data.endswith(b"\n") and not data.endswith(b"\n\n"), name
        assert b"\r" not in data, name


def test_the_script_holds_intro_tasks_and_experiments_in_this_order(course: Course) -> None:
    release(course)
    text = (course.assignments_folder / NAME / f"{NAME}.py").read_text(encoding="utf-8")
    ast.parse(text)
    firsts = [cell.source.strip().split("\n")[0] for cell in split_percent(text)]
    assert firsts == [
        "# # Assignment 7: Tiny",
        "import numpy as np",
        "# ## 7.1 Doubling (두 배) — 7.5 points",
        "def double(x):",
        "# ## 7.2 Halving — 1 point",
        "def halve(x):",
        "# ## Experiments",
        "print(double(2))",
    ]
    assert "secret_sum = " not in text and BEGIN not in text
    stub = """\
    scale = 2
    # YOUR CODE HERE
    raise NotImplementedError
    return secret_sum


class Doubler:
    def apply(self, x):
        # YOUR CODE HERE
        raise NotImplementedError
"""
    assert stub in text, "what stands outside a block stays, and so does its place"


def test_the_notebook_is_the_script_with_stable_ids(course: Course) -> None:
    release(course)
    folder = course.assignments_folder / NAME
    raw = (folder / f"{NAME}.ipynb").read_text(encoding="utf-8")
    book = nbformat.reads(raw, as_version=4)
    nbformat.validate(book)
    assert [cell["id"] for cell in book.cells] == [
        *("intro-1", "intro-2", "double-prompt", "double", "double-checks"),
        *("halve-prompt", "halve", "halve-checks", "experiment-1", "experiment-2"),
    ]
    assert book.metadata["kernelspec"]["name"] == "python3"
    assert "jupytext" not in raw and "version" not in json.dumps(book.metadata)
    assert [cell.metadata.get("tags") for cell in book.cells[-3:]] == [
        None,
        ["experiment"],
        ["experiment"],
    ]
    assert all(cell.outputs == [] for cell in book.cells if cell.cell_type == "code")
    ours = [cell.source for cell in read_notebook(raw, "x") if cell.kind == "code"]
    ours = [source for source in ours if "autograder.jupyter" not in source]
    script = split_percent((folder / f"{NAME}.py").read_text(encoding="utf-8"))
    assert ours == [cell.source.strip("\n") for cell in script if cell.kind == "code"]
    stubs = [read_submission(folder / f"{NAME}{end}", NAME) for end in (".py", ".ipynb")]
    assert [len(stub.cells) for stub in stubs] == [3, 3], "experiments and tables are not graded"
    assert code_digest(stubs[0].cells) == code_digest(stubs[1].cells)


def test_the_notebook_carries_the_marks_of_nbgrader(course: Course) -> None:
    release(course)
    raw = (course.assignments_folder / NAME / f"{NAME}.ipynb").read_text(encoding="utf-8")
    cells = {cell["id"]: cell for cell in nbformat.reads(raw, as_version=4).cells}
    marks = {
        name: cell.metadata.nbgrader for name, cell in cells.items() if "nbgrader" in cell.metadata
    }
    assert set(marks) == {"double", "double-checks", "halve", "halve-checks"}
    for name, mark in marks.items():
        assert mark.grade_id == name
        assert (mark.solution, mark.grade, mark.locked) == (
            (False, True, True) if name.endswith("-checks") else (True, False, False)
        )
    assert marks["double-checks"].points == 7.5
    assert cells["double-checks"].source.endswith(f'check("{NAME}", "double")')
    assert "editable" not in cells["double"].metadata


def test_a_question_for_a_person_to_grade_is_released_without_its_answer(course: Course) -> None:
    task = course.solutions / NAME / "double" / "task.py"
    text = task.read_text(encoding="utf-8")
    task.write_text(f'{text}\n# %% [markdown] tags=["manual:5"]\n# Because of the bits.\n', "utf-8")
    release(course)
    folder = course.assignments_folder / NAME
    raw = (folder / f"{NAME}.ipynb").read_text(encoding="utf-8")
    cells = {cell["id"]: cell for cell in nbformat.reads(raw, as_version=4).cells}
    question = cells["double-prompt-2"]
    assert (question.cell_type, question.source) == ("markdown", "YOUR ANSWER HERE")
    mark = question.metadata.nbgrader
    assert (mark.grade, mark.solution, mark.locked, mark.points) == (True, True, False, 5)
    assert not any(b"bits" in data for data in texts(folder).values())
    edit(task, '# %% [markdown] tags=["manual:5"]', '# %% tags=["manual:5"]')
    edit(task, "# Because of the bits.", "because = 1")
    assert "must be a markdown cell" in problems_after_a_release(course)


def problems_after_a_release(course: Course) -> str:
    with pytest.raises(ReleaseError) as caught:
        release(course)
    return caught.value.message


def test_the_readme_tells_commands_and_points(course: Course) -> None:
    release(course)
    text = (course.assignments_folder / NAME / "README.md").read_text(encoding="utf-8")
    for line in (
        "# Assignment 7: Tiny (작은 과제)",
        "| 7.1 | Doubling (두 배) | `double` | 3 | 4.5 |",
        "| | **all** | | **4** | **4.5** |",
    ):
        assert line in text.split("\n")
    for command in (f"grade {NAME} ", f"grade {NAME} --task double", f"grade hint {NAME} double"):
        assert command in text


def test_two_releases_are_the_same_bytes(course: Course) -> None:
    release(course)
    before = texts(course.assignments_folder)
    release(course)
    assert texts(course.assignments_folder) == before


def test_the_fingerprints_come_from_the_caller(course: Course) -> None:
    release(course, "7", fingerprint=lambda assignment, task: {task.name: [1, "한"]})
    manifest = json.loads((course.assignments_folder / NAME / MANIFEST).read_text("utf-8"))
    assert [task["fingerprints"] for task in manifest["tasks"]] == [
        {"double": [1, "한"]},
        {"halve": [1, "한"]},
    ]


def test_the_real_course_can_be_released(root: Path, tmp_path: Path) -> None:
    course = Course(root)
    assert course.is_staff
    release(course, output=tmp_path / "a")
    release(course, output=tmp_path / "b")
    assert texts(tmp_path / "a") == texts(tmp_path / "b")
    for assignment in course.assignments():
        stub = (tmp_path / "a" / assignment.name / f"{assignment.name}.py").read_text("utf-8")
        defined = set(defined_names_of(ast.parse(stub)))
        assert {name for task in assignment.tasks for name in task.names} <= defined
        total = sum(task.points + task.hidden_points for task in assignment.tasks)
        assert total == 100.0


# --------------------------------------------------------------------- check and write


def test_check_tells_what_differs_and_writes_nothing(course: Course) -> None:
    folder = course.assignments_folder / NAME
    assert len(release(course, check=True)) == 8 and not folder.exists()
    release(course)
    assert release(course, check=True) == []
    (folder / "README.md").write_text("old", encoding="utf-8")
    (folder / "stale.py").write_text("x = 1", encoding="utf-8")
    (folder / "hints" / "double.md").unlink()
    (folder / "__pycache__").mkdir()
    (folder / "__pycache__" / "x.pyc").write_bytes(b"")
    before = texts(folder)
    assert release(course, check=True) == [
        folder / "README.md",
        folder / "hints" / "double.md",
        folder / "stale.py",
    ]
    assert texts(folder) == before
    release(course)
    assert release(course, check=True) == [] and not (folder / "stale.py").exists()


def test_only_the_named_assignment_is_released(course: Course, tmp_path: Path) -> None:
    write_course(tmp_path / "other").rename(course.solutions / "assignment8")
    release(course, "assignment8", output=tmp_path / "out")
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["assignment8"]
    with pytest.raises(CourseError, match="did you mean assignment7"):
        release(course, "asignment7")


def test_a_folder_that_is_not_ours_is_left_alone(course: Course, tmp_path: Path) -> None:
    mine = tmp_path / "desk" / NAME
    mine.mkdir(parents=True)
    (mine / "thesis.txt").write_text("years of work")
    with pytest.raises(ReleaseError, match="was not made by a release"):
        release(course, output=tmp_path / "desk")
    with pytest.raises(ReleaseError, match="was not made by a release"):
        release(course, output=course.solutions)
    assert (mine / "thesis.txt").read_text() == "years of work"
    link = tmp_path / "links"
    link.mkdir()
    (link / NAME).symlink_to(mine)
    with pytest.raises(ReleaseError, match="is not a plain folder"):
        release(course, output=link)


def test_an_empty_folder_is_filled(course: Course, tmp_path: Path) -> None:
    (tmp_path / "out" / NAME).mkdir(parents=True)
    assert release(course, output=tmp_path / "out")


def test_an_output_that_is_a_file_is_refused(course: Course, tmp_path: Path) -> None:
    (tmp_path / "out").write_text("")
    with pytest.raises(ReleaseError, match="could not be written"):
        release(course, output=tmp_path / "out")


@pytest.mark.parametrize("moment", ["write", "rename"])
def test_a_full_disk_leaves_the_old_release(
    course: Course, monkeypatch: pytest.MonkeyPatch, moment: str
) -> None:
    release(course)
    before = texts(course.assignments_folder)
    edit(course.solutions / NAME / "intro.py", "Welcome.", "Welcome back.")
    full = OSError(errno.ENOSPC, "No space left on device")
    with monkeypatch.context() as patch:
        if moment == "write":
            original = Path.write_bytes

            def write_bytes(self: Path, data: bytes) -> int:
                if self.name == MANIFEST:
                    raise full
                return original(self, data)

            patch.setattr(Path, "write_bytes", write_bytes)
        else:
            rename = Path.rename

            def failing(self: Path, target: Path) -> Path:
                if self.name == "new":
                    raise full
                return rename(self, target)

            patch.setattr(Path, "rename", failing)
        with pytest.raises(ReleaseError, match=r"No space left.*Nothing was changed") as caught:
            release(course)
        assert caught.value.hint
    assert texts(course.assignments_folder) == before
    assert [path.name for path in course.assignments_folder.iterdir()] == [NAME]


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX permissions")
def test_a_read_only_folder_is_told(course: Course, tmp_path: Path) -> None:
    locked = tmp_path / "locked"
    locked.mkdir()
    locked.chmod(0o555)
    if os.geteuid() != 0:
        with pytest.raises(ReleaseError, match="Permission denied"):
            release(course, output=locked)
        return
    # Root may write everywhere: do it as somebody else, in a process that can lose the right.
    for folder in (tmp_path, *tmp_path.parents[:-1]):
        folder.chmod(folder.stat().st_mode | stat.S_IXOTH | stat.S_IROTH)
    code = (
        "import os, sys; from autograder.course import Course\n"
        "from autograder.release import release; from autograder.errors import ReleaseError\n"
        "release(Course(sys.argv[1]))  # loads what is loaded late, while we still may\n"
        "os.setgroups([]); os.setgid(65534); os.setuid(65534)\n"
        "try: release(Course(sys.argv[1]), output=sys.argv[2])\n"
        "except ReleaseError as error: print(error)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path), str(locked)],
        cwd=Path(__file__).resolve().parent.parent,
        capture_output=True,
        text=True,
    )
    assert "Permission denied" in done.stdout, done.stderr
    assert list(locked.iterdir()) == []


def test_missing_tools_are_named(course: Course, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "jupytext", None)
    with pytest.raises(ReleaseError, match="needs jupytext") as caught:
        release(course)
    assert caught.value.hint and 'pip install "groundup[author]"' in caught.value.hint


def test_a_students_copy_cannot_release(course: Course, tmp_path: Path) -> None:
    release(course, output=tmp_path / "copy" / "assignments")
    student = Course(tmp_path / "copy")
    with pytest.raises(ReleaseError, match="has no solutions/"):
        release(student)
    with pytest.raises(ReleaseError, match="no solutions here"):
        build(student.assignment("7"))


# ----------------------------------------------------------------------- what stops it


def test_all_problems_are_told_at_once(course: Course, source: Path) -> None:
    (source / "notes.txt").write_text("")
    (source / "extra").mkdir()
    (source / "double" / "old.py").write_text("")
    (source / "double" / "__pycache__").mkdir()
    (source / "halve" / "variants.py").unlink()
    (source / "assignment.toml").write_text(TOML.replace('"halve"', '"halve", "gone"'), "utf-8")
    edit(source / "double" / "task.py", END, "### end solution")
    edit(source / "double" / "variants.py", 'hint="way"', 'hint="weg"')
    edit(source / "double" / "variants.py", '"test_example"', '"test_exmple"')
    found = "\n".join(problems(course))
    for message in (
        "notes.txt does not belong there",
        "extra is not listed under tasks",
        "old.py does not belong there",
        "halve/variants.py is missing",
        "gone is missing, but assignment.toml lists it",
        "double/task.py:14: write the marker exactly",
        "has no hint weg",
        "has no check test_exmple",
    ):
        assert message in found.replace(os.sep, "/")
    assert "__pycache__" not in found


@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        ("halve/task.py", "    ### END SOLUTION\n", "", "halve/task.py:8: ### BEGIN SOLUTION with"),
        ("halve/task.py", "    ### BEGIN SOLUTION\n", "", "halve/task.py:9: ### END SOLUTION with"),
        ("halve/task.py", "    return x / 2.0 + 0.0\n", "    # soon\n", "block is empty"),
        ("halve/task.py", "    ### END", "  ### END", "task.py:10: indent ### END SOLUTION like"),
        ("halve/task.py", "    ### END", "    ###  END", "task.py:10: write the marker exactly"),
        ("halve/task.py", "### BEGIN", "# BEGIN", "task.py:8: write the marker exactly"),
        ("halve/task.py", "### END SOLUTION", "### END SOLUTION ", "write the marker exactly"),
        ("halve/task.py", "def halve", "# %% [markdown]\n# ### BEGIN SOLUTION\n# %%\ndef halve",
         "write the marker exactly"),
        ("halve/task.py", "    return x /", "    ### BEGIN SOLUTION\n    return x /",
         "inside the block of line 8"),
        ("halve/task.py", "# %% [markdown]", "x = 1\n# %% [markdown]", "above the first cell"),
        ("intro.py", "import numpy", "def f():\n    ### BEGIN SOLUTION\n    pass\n"
         "    ### END SOLUTION\nimport numpy", "does not belong into the introduction"),
        ("intro.py", "import numpy", "import (", "is not valid Python"),
        ("halve/task.py", "def halve(x):", "if 1:\n    ### BEGIN SOLUTION\n    a = 1\n"
         "    ### END SOLUTION\n    def other(): ...\ndef halve(x)::", "is not valid Python"),
        ("halve/checks.py", "def test_example", "def tset_example", "holds no check"),
        ("halve/checks.py", "(student)", "(student, reference)", "is public but uses `reference`"),
        ("halve/checks.py", "import pytest", "import pytest\nfor x in []: pass", "at top level"),
        ("halve/checks.py", "import pytest", "import pytest; x = 1", "one statement a line"),
        ("halve/hints.md", "## way", "## Way", "short lower-case word"),
    ],
)  # fmt: skip
def test_a_problem_is_told(
    course: Course, source: Path, file: str, old: str, new: str, message: str
) -> None:
    edit(source / file, old, new)
    found = "\n".join(problems(course)).replace(os.sep, "/")
    assert message in found and file in found


def test_a_solution_at_module_level_is_refused(course: Course, source: Path) -> None:
    text = (source / "halve" / "task.py").read_text("utf-8")
    (source / "halve" / "task.py").write_text(
        f"{text}\n{BEGIN}\ndef third(x):\n    return x / 3.0 + 1\n{END}\n", "utf-8"
    )
    assert any("must stand inside a function" in line for line in problems(course))


def test_a_stub_that_does_not_parse_is_refused(course: Course, source: Path) -> None:
    solution = "    if x:\n        return x / 2.0 + 0.0\n"
    edit(source / "halve" / "task.py", "    return x / 2.0 + 0.0\n", solution)
    edit(source / "halve" / "task.py", f"    {END}\n", f"    {END}\n    else:\n        pass\n")
    (found,) = problems(course)
    assert "is not valid Python" in found and "in the stub" in found


def test_a_block_that_reaches_out_of_its_function_is_refused(course: Course, source: Path) -> None:
    edit(
        source / "halve" / "task.py",
        "    return x / 2.0 + 0.0\n",
        "    return x / 2.0\n\ndef other():\n    return 1\n",
    )
    (found,) = problems(course)
    assert "task.py:11: the line is indented less" in found


def test_a_solved_task_is_not_released(course: Course, source: Path) -> None:
    for marker in (BEGIN, END):
        edit(source / "halve" / "task.py", f"    {marker}\n", "")
    assert any("would be released solved" in line for line in problems(course))


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("halve/hints.md", "Think of a sum.", "Write `return x / 2.0 + 0.0`."),
        ("double/hints.md", "Think of a sum.", "secret_sum = x  +  x *\n(scale - 1)"),
        ("halve/checks.py", "    assert", "    # return x / 2.0 + 0.0\n    assert"),
        ("halve/variants.py", "You return x itself.", "return x / 2.0 + 0.0 was asked."),
    ],
)
def test_a_solution_that_leaks_stops_the_release(
    course: Course, source: Path, file: str, old: str, new: str
) -> None:
    edit(source / file, old, new)
    with pytest.raises(ReleaseError, match="would give away a line of the solution"):
        release(course)
    assert not course.assignments_folder.exists()


def test_a_line_that_the_prompt_shows_is_no_leak(course: Course, source: Path) -> None:
    edit(source / "halve" / "task.py", "# Return half of x.", "# Use `return x / 2.0 + 0.0`.")
    edit(source / "halve" / "hints.md", "Think of a sum.", "`return x / 2.0 + 0.0`")
    assert release(course)


def test_leaks_are_whole_words() -> None:
    secret = ["x = a + b_total"]
    assert (
        find_leaks(secret, "", [("f", "max = a + b\nx = a + b_total2; self.x = a + b_total")]) == []
    )
    assert find_leaks(secret, "", [("f", "then `x  = a\n + b_total`")])
    assert find_leaks(secret, "x = a + b_total", [("f", "x = a + b_total")]) == []


def test_lines_that_tell_nothing_are_no_secrets() -> None:
    text = f"def f():\n    {BEGIN}\n    return out\n    else:\n    # a comment (long)\n"
    text += f"    y = np.dot(x, w)  # why\n    {END}\n"
    (block,), _ = find_blocks(text, Path("x"))
    assert telling_lines(block) == ["y = np.dot(x, w)"]


# --------------------------------------------------------------------- public checks


def test_public_checks_leave_out_what_only_hidden_ones_use() -> None:
    text = public_checks(DOUBLE_CHECKS, Path("checks.py"))
    assert (
        text
        == '''\
from __future__ import annotations

import numpy as np
import pytest

from autograder.authoring import assert_close

# shared by all
LIMIT = 1e-9


def helper(x):
    return np.asarray(x) * LIMIT


# two and two
@pytest.mark.points(3)
def test_example(student):
    """Two becomes four.

    More text.
    """
    hidden_helper = 4  # a local of the same name
    assert_close(student.double(2), hidden_helper)


@pytest.mark.advice("keep x as it is")
def test_leaves_x(student):
    """x stays."""
    helper(student.double(1))
'''
    )


def test_fixtures_and_parameters_of_public_checks_are_kept() -> None:
    source = """\
import pytest
CASES = [1, 2]
OTHERS = [3]
@pytest.fixture
def number():
    return base() + 1
@pytest.fixture(autouse=True)
def always():
    yield
@pytest.fixture
def by_name(): ...
def base(default=CASES):
    return [lambda: default for _ in OTHERS]
class Table:
    size: int = 3
@pytest.mark.usefixtures("by_name")
@pytest.mark.points(1)
def test_a(student, number): ...
@pytest.mark.points(1)
@pytest.mark.hidden("h")
def test_b(student): Table()
"""
    names = {
        name
        for node in ast.parse(public_checks(source, Path("checks.py"))).body
        for name in [getattr(node, "name", "")]
    }
    assert names - {""} == {"number", "always", "by_name", "base", "test_a"}
    assert "OTHERS = [3]" in public_checks(source, Path("c")) and "Table" not in public_checks(
        source, Path("c")
    )


def test_stripped_code_does_the_same() -> None:
    source = '''\
"""Module."""
def f():
    """Only a docstring."""


def g(x):
    """Doc.

    More.
    """
    text = """a  # no comment

    b"""  # comment
    # gone
    return [
        text,

        x,
    ]
'''
    stripped = strip_comments(source)
    assert stripped == (
        'def f():\n    pass\ndef g(x):\n    text = """a  # no comment\n\n    b"""\n'
        "    return [\n        text,\n        x,\n    ]\n"
    )


# ------------------------------------------------------------------ marker properties

MARKERS = (f"    {BEGIN}", f"    {END}", BEGIN, END, f"  {END}", f"    {BEGIN} ")
ALMOST = ("    ### begin solution", "###END SOLUTION", "    #### END SOLUTION")
TOKENS = st.lists(
    st.sampled_from([*MARKERS, *ALMOST, "    x = 1", "", "y", "    # comment"]),
    max_size=14,
).map("\n".join)


@given(TOKENS)
@settings(max_examples=500, deadline=None)
def test_either_the_markers_are_wrong_or_no_trace_of_them_is_left(text: str) -> None:
    blocks, found = find_blocks(text, Path("task.py"))
    assert all(line.startswith("task.py:") for line in found)
    if found:
        return
    stub = make_stub(text, blocks)
    assert "SOLUTION" not in stub.upper()
    assert stub.count("raise NotImplementedError") == len(blocks) == text.count(BEGIN)
    again, problems_again = find_blocks(stub, Path("task.py"))
    assert (again, problems_again) == ([], [])


CODE = st.lists(st.sampled_from(["    x = 1", "", "y = 2", "    # text", "z"]), max_size=5)
INSIDE = st.lists(st.sampled_from(["    s = 1", "", "        t", "    # text"]), max_size=4)


@given(st.lists(st.tuples(CODE, INSIDE), max_size=4), CODE)
@settings(max_examples=300, deadline=None)
def test_what_stands_outside_the_blocks_stays(
    pieces: list[tuple[list[str], list[str]]], tail: list[str]
) -> None:
    stub_lines = ["    # YOUR CODE HERE", "    raise NotImplementedError"]
    text: list[str] = []
    expected: list[str] = []
    for before, inside in pieces:
        text += [*before, f"    {BEGIN}", *inside, "    s = 0", f"    {END}"]
        expected += [*before, *stub_lines]
    blocks, found = find_blocks("\n".join(text + tail), Path("task.py"))
    assert found == [] and len(blocks) == len(pieces)
    assert make_stub("\n".join(text + tail), blocks) == "\n".join(expected + tail)


# ------------------------------------------------------------------- given functions


@pytest.mark.parametrize("copy", ["staff", "student"])
def test_given_functions_are_imported_from_the_course_around(
    course: Course, tmp_path: Path, copy: str, root: Path
) -> None:
    release(course, output=tmp_path / "student" / "assignments")
    here = {
        "staff": course.solutions / NAME,
        "student": tmp_path / "student" / "assignments" / NAME,
    }[copy]
    code = (
        "from autograder.given import shift; print(shift(41)); import autograder.given as g\n"
        "print(dir(g)); print(hasattr(g, '__path__'))\n"
        "try: from autograder.given import shfit\n"
        "except ImportError as error: print(error)\n"
    )
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", code],
        cwd=here,
        env={**os.environ, "PYTHONPATH": str(root)},
        capture_output=True,
        text=True,
        check=True,
    )
    first, names, has_path, error = done.stdout.splitlines()
    assert first == "42" and "'shift'" in names and has_path == "False"
    assert error == "'shfit' is not given. Given are: shift."
