"""The course on disk: finding it, reading staff's and students' copies, and telling mistakes."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from tiny_course import HINTS, edit, write_course

from autograder.course import MANIFEST, Course, Limits
from autograder.errors import CourseError
from autograder.release import release
from autograder.sources import first_heading, parse_hints, read_checks, read_variants


@pytest.fixture
def staff(tmp_path: Path) -> Path:
    write_course(tmp_path / "course")
    return tmp_path / "course"


@pytest.fixture
def student(staff: Path, tmp_path: Path) -> Path:
    """What a student receives: assignments/ and nothing else."""
    release(Course(staff), fingerprint=lambda assignment, task: {"of": task.name})
    shutil.copytree(staff / "assignments", tmp_path / "copy" / "assignments")
    return tmp_path / "copy"


def test_staff_and_student_read_the_same_course(staff: Path, student: Path) -> None:
    ours, theirs = Course(staff).assignment("7"), Course(student).assignment("assignment7")
    assert Course(staff).is_staff and not Course(student).is_staff
    assert ours.source == staff / "solutions" / "assignment7" and theirs.source is None
    for assignment in (ours, theirs):
        assert (assignment.name, assignment.number) == ("assignment7", "7")
        assert (assignment.title, assignment.title_ko) == ("Tiny", "작은 과제")
        assert assignment.limits == Limits(2.5, 60.0, 2048)
        assert assignment.dataset == "digits" and assignment.given == ("shift",)
        assert [task.number for task in assignment.tasks] == ["7.1", "7.2"]
        double = assignment.task("double")
        assert double.title == "Doubling (두 배)" and double.names == ("double", "Doubler")
        assert (double.points, double.hidden_points) == (3.0, 4.5)
        assert double.misconceptions == {
            "identity": {"sentence": "You return x itself.", "ko": "x를 그대로", "hint": "way"}
        }
        assert double.checks.is_file() and double.hints.is_file()
        assert [hint.id for hint in double.read_hints()] == ["way", "code"]
        assert "## not a heading" in double.hint("code")
        assert set(assignment.released) == {"assignment7.py", "assignment7.ipynb"}
    assert theirs.task("double").fingerprints == {"of": "double"}
    assert theirs.task("double").variants is None


def test_given_code_gives_the_same_answer_in_both_copies(staff: Path, student: Path) -> None:
    answers = []
    for root in (staff, student):
        namespace: dict[str, object] = {}
        exec(Course(root).assignment("7").given_source, namespace)
        answers.append(namespace["shift"](41))  # type: ignore[operator]
    assert answers == [42, 42]
    assert "one step" not in Course(student).assignment("7").given_source


def test_task_is_found_by_name_and_number(staff: Path) -> None:
    assignment = Course(staff).assignment("assignment7")
    assert {assignment.task(key).name for key in ("halve", "7.2", "2")} == {"halve"}


def test_find_walks_up_and_falls_back_to_the_course_beside_the_package(
    staff: Path, tmp_path: Path, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    deep = staff / "solutions" / "assignment7" / "double"
    assert Course.find(deep).root == staff
    monkeypatch.chdir(deep)
    assert Course.find().root == staff
    (tmp_path / "solutions").mkdir()  # a folder of that name alone makes no course
    assert Course.find(tmp_path).root == root


def test_find_survives_a_deleted_working_folder(
    tmp_path: Path, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    assert Course.find().root == root


def test_names_come_in_the_order_of_their_numbers(tmp_path: Path) -> None:
    for number in (10, 2, 1):
        folder = write_course(tmp_path)
        folder.rename(folder.with_name(f"assignment{number}"))
    assert Course(tmp_path).names() == ("assignment1", "assignment2", "assignment10")


def test_a_folder_without_a_course_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CourseError, match="is no course"):
        Course(tmp_path)


@pytest.mark.parametrize(
    ("ask", "message", "hint"),
    [
        (lambda c: c.assignment("asignment7"), "did you mean assignment7", "The course has"),
        (lambda c: c.assignment("99"), "no assignment '99'", "assignment7"),
        (lambda c: c.assignment("7").task("dobule"), "did you mean double", "double, halve"),
        (lambda c: c.assignment("7").task("zzz"), "no task 'zzz'", "double, halve"),
        (lambda c: c.assignment("7").task("halve").hint("wya"), "did you mean way", "way, code"),
    ],
)
def test_a_wrong_name_is_answered_with_the_right_ones(staff, ask, message, hint) -> None:
    with pytest.raises(CourseError) as caught:
        ask(Course(staff))
    assert message in str(caught.value) and hint in (caught.value.hint or "")
    assert caught.value.exit_code == 2


@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        ("assignment.toml", 'title = "Tiny"', "title = ", "is not valid TOML"),
        ("assignment.toml", 'title = "Tiny"', 'titel = "Tiny"', "did you mean title"),
        ("assignment.toml", 'title = "Tiny"', "title = 3", "title must be a text"),
        ("assignment.toml", '"halve"]', '"../halve"]', "must be a lower-case name"),
        ("assignment.toml", '"halve"]', '"double"]', "must be listed once"),
        ("assignment.toml", '["double", "halve"]', "[]", "tasks must be a list"),
        ("assignment.toml", '["shift"]', '["not a name"]', "given must be"),
        ("assignment.toml", '["shift"]', '["scale"]', "does not define scale"),
        ("assignment.toml", "check_seconds = 2.5", "check_seconds = 0", "a positive number"),
        ("assignment.toml", "check_seconds = 2.5", "check_seconds = true", "a positive number"),
        ("assignment.toml", "check_seconds = 2.5", "check_second = 1", "did you mean check_s"),
        ("double/task.py", "# ## Doubling (두 배)", "# no heading", "has no title"),
        ("halve/task.py", "def halve(x):", "def halve(x:", "task.py:7 is not valid Python"),
        ("halve/checks.py", "points(1)", "points(one)", "needs a plain number"),
        ("halve/checks.py", "points(1)", "points(-1)", "write 0 to 1000"),
        ("halve/variants.py", '"You return x itself."', "SENTENCE", "needs a literal sentence"),
        ("halve/variants.py", "def loop", "def identity", "declared twice"),
    ],
)
def test_a_broken_source_is_named(staff: Path, file: str, old: str, new: str, message: str) -> None:
    path = staff / "solutions" / "assignment7" / file
    edit(path, old, new)
    with pytest.raises(CourseError) as caught:
        Course(staff).assignment("7")
    assert message in str(caught.value)
    assert path.name in str(caught.value) or "given.py" in str(caught.value)


def test_a_missing_source_is_named(staff: Path) -> None:
    (staff / "solutions" / "assignment7" / "double" / "variants.py").unlink()
    with pytest.raises(CourseError, match=r"variants\.py is missing"):
        Course(staff).assignment("7")


def test_a_source_that_is_not_utf8_is_named(staff: Path) -> None:
    path = staff / "solutions" / "assignment7" / "halve" / "task.py"
    path.write_bytes("# 한국어".encode("cp949"))
    with pytest.raises(CourseError, match="is not UTF-8"):
        Course(staff).assignment("7")


@pytest.mark.parametrize(
    ("damage", "message"),
    [
        (lambda text: text[:-20], "is damaged"),
        (lambda text: "[]", "not a JSON object"),
        (lambda text: "[" * 100_000, "is damaged"),
        (lambda text: text.replace('"schema": 1', '"schema": 99'), "has schema 99"),
        (lambda text: text.replace('"title_ko"', '"titel_ko"'), "KeyError"),
        (lambda text: text.replace('"source": "', '"source": "AAAA'), "is damaged"),
    ],
)
def test_a_damaged_manifest_is_named(student: Path, damage, message: str) -> None:
    path = student / "assignments" / "assignment7" / MANIFEST
    path.write_text(damage(path.read_text(encoding="utf-8")), encoding="utf-8")
    with pytest.raises(CourseError, match=message) as caught:
        Course(student).assignment("7")
    assert str(path) in str(caught.value) and caught.value.hint


def test_a_damaged_manifest_does_not_stop_staff(student: Path, staff: Path) -> None:
    (staff / "assignments" / "assignment7" / MANIFEST).write_text("{", encoding="utf-8")
    assert Course(staff).assignment("7").manifest is None


def test_the_manifest_tells_no_names_of_hidden_checks(student: Path) -> None:
    text = (student / "assignments" / "assignment7" / MANIFEST).read_text(encoding="utf-8")
    assert "test_secret" not in text and "killed_by" not in text
    task = json.loads(text)["tasks"][0]
    assert task["hidden_checks"] == [{"rationale": "other numbers", "points": 4.5}]


# ------------------------------------------------------------------------ reading sources


def test_checks_are_read_with_their_marks() -> None:
    source = '''
import pytest
@pytest.mark.points(2)
@pytest.mark.hidden("why")
def test_a(student):
    """Title.

    More."""
@pytest.mark.advice("careful")
def test_b(student): ...
def helper(): ...
'''
    first, second = read_checks(source, Path("checks.py"))
    assert (first.name, first.title, first.points, first.hidden) == ("test_a", "Title.", 2.0, True)
    assert first.rationale == "why" and not first.advisory
    assert second.advisory and second.points == 0 and second.title == "test_b"


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("@pytest.mark.hidden\ndef test_a(): ...", "needs a reason"),
        ("@pytest.mark.hidden('')\ndef test_a(): ...", "needs a reason"),
        ("h = pytest.mark.hidden('x')\n@h\ndef test_a(): ...", "directly above a check"),
        ("pytestmark = pytest.mark.hidden('x')", "directly above a check"),
        ("class TestRelu:\n    def test_a(self): ...", "not in a class"),
        ("def test_a(): ...\ndef test_a(): ...", "defined twice"),
    ],
)
def test_a_check_whose_marks_cannot_be_read_is_refused(source: str, message: str) -> None:
    with pytest.raises(CourseError, match=message) as caught:
        read_checks(f"import pytest\n{source}\n", Path("checks.py"))
    assert str(caught.value).startswith("checks.py:")


def test_variants_are_read_without_running_them() -> None:
    source = 'import nowhere\n@x.misconception("S", ko="K", hint="h")\ndef bad(student): 1 / 0\n'
    (variant,) = read_variants(source, Path("variants.py"))
    assert (variant.kind, variant.id, variant.sentence) == ("misconception", "bad", "S")
    assert (variant.ko, variant.hint, variant.killed_by) == ("K", "h", "")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("nothing", "holds no hint"),
        ("## way\n\n## code\nx", "'way' is empty"),
        ("## way\na\n## way\nb", "stands there twice"),
        ("## Two Words\na", "short lower-case word"),
    ],
)
def test_broken_hints_are_refused(text: str, message: str) -> None:
    with pytest.raises(CourseError, match=message):
        parse_hints(text, Path("hints.md"))


def test_hints_keep_their_order_and_their_code() -> None:
    hints = parse_hints(HINTS, Path("hints.md"))
    assert [hint.id for hint in hints] == ["way", "code"]
    assert hints[0].text == "Think of a sum."


@pytest.mark.parametrize(
    ("source", "title"),
    [
        ("# %% [markdown]\n# ## A (가)\n", "A (가)"),
        ("# %%\n# # comment\n# %% [md]\n# text\n# # B\n", "B"),
        ("# # not in a cell\n", None),
    ],
)
def test_the_title_is_the_first_heading_of_a_markdown_cell(source: str, title: str | None) -> None:
    assert first_heading(source) == title
