"""`grade start` and `grade` alone: a student's first minute, and every minute after it."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from engine import Run, run_grade
from tiny_course import DOUBLE, HALVE, INTRO, edit, write_course

from autograder.course import Course
from autograder.errors import CourseError, UsageError
from autograder.release import release
from autograder.starting import start

NAME = "assignment7"
FILES = {f"{NAME}.py", f"{NAME}.ipynb", "README.md"}

Grade = Callable[..., Run]


@pytest.fixture(scope="module")
def released(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A student's copy of a course with two assignments; solutions are elsewhere."""
    staff = tmp_path_factory.mktemp("staff")
    first = write_course(staff)
    shutil.copytree(first, staff / "solutions" / "assignment8")
    edit(staff / "solutions" / "assignment8" / "assignment.toml", '"Tiny"', '"Tinier"')
    student = tmp_path_factory.mktemp("student")
    release(Course(staff), output=student / "assignments")
    return student


@pytest.fixture
def home(released: Path, tmp_path: Path) -> Path:
    """A folder of the student's own inside a fresh copy of the course."""
    shutil.copytree(released / "assignments", tmp_path / "course" / "assignments")
    folder = tmp_path / "course" / "work"
    folder.mkdir()
    return folder


@pytest.fixture
def grade(home: Path, tmp_path: Path) -> Grade:
    def run(*arguments: object, cwd: Path = home) -> Run:
        return run_grade(*arguments, cwd=cwd, env={"GROUNDUP_CACHE": str(tmp_path / "cache")})

    return run


def solution() -> str:
    text = f"{INTRO.split('# %% [markdown] tags')[0]}\n{DOUBLE}\n{HALVE}"
    return text.replace("### BEGIN SOLUTION", "").replace("### END SOLUTION", "")


# --------------------------------------------------------------------------------- grade start


def test_start_copies_the_stubs_and_says_what_to_do(grade: Grade, home: Path) -> None:
    run = grade("start", NAME)
    assert run.code == 0 and run.err == ""
    folder = home / NAME
    assert {path.name for path in folder.iterdir()} == FILES
    for name in FILES:
        original = home.parent / "assignments" / NAME / name
        assert (folder / name).read_bytes() == original.read_bytes()
    for word in (f"grade {NAME} --task double", f"grade hint {NAME} double", "7.1", "2 tasks"):
        assert word in run.out
    # The commands that it names are real, and find the file.
    assert grade(NAME, "--task", "double").code == 1
    assert grade("hint", NAME, "double").code == 0


@pytest.mark.parametrize(
    ("option", "there"),
    [("--py", {f"{NAME}.py", "README.md"}), ("--notebook", {f"{NAME}.ipynb", "README.md"})],
)
def test_start_with_one_kind(grade: Grade, home: Path, option: str, there: set[str]) -> None:
    assert grade("start", "7", option).code == 0
    assert {path.name for path in (home / NAME).iterdir()} == there


def test_start_elsewhere(grade: Grade, tmp_path: Path) -> None:
    run = grade("start", NAME, "--to", tmp_path / "new" / "place")
    assert run.code == 0 and str(tmp_path / "new" / "place") in run.out
    assert {path.name for path in (tmp_path / "new" / "place" / NAME).iterdir()} == FILES


def test_start_again_changes_nothing(grade: Grade, home: Path) -> None:
    grade("start", NAME)
    (home / NAME / "README.md").unlink()
    run = grade("start", NAME)
    assert run.code == 0 and run.out.count("already there") == 2 and run.out.count("written") == 1


def test_work_is_never_overwritten(grade: Grade, home: Path) -> None:
    grade("start", NAME)
    mine = home / NAME / f"{NAME}.py"
    mine.write_text("my work\n")
    (home / NAME / "README.md").unlink()
    run = grade("start", NAME)
    assert run.code == 2 and f"{NAME}.py" in run.err and f"{NAME}.ipynb" not in run.err
    assert "--force" in run.err
    assert mine.read_text() == "my work\n" and not (home / NAME / "README.md").exists()


@pytest.mark.slow
def test_force_keeps_every_earlier_version(grade: Grade, home: Path) -> None:
    grade("start", NAME)
    mine = home / NAME / f"{NAME}.py"
    stub = mine.read_bytes()
    for text in ("first\n", "second\n", "third\n"):
        mine.write_text(text)
        assert grade("start", NAME, "--force").code == 0
        assert mine.read_bytes() == stub
    kept = [home / NAME / f"{NAME}.py.bak{number}" for number in ("", "2", "3")]
    assert [path.read_text() for path in kept] == ["first\n", "second\n", "third\n"]
    assert {path.name for path in (home / NAME).iterdir()} == FILES | {path.name for path in kept}


def test_force_moves_links_and_folders_away_too(grade: Grade, home: Path) -> None:
    folder = home / NAME
    folder.mkdir()
    target = home / "precious.txt"
    target.write_text("precious")
    (folder / f"{NAME}.py").symlink_to(target)
    (folder / f"{NAME}.ipynb").mkdir()
    (folder / "README.md").symlink_to(home / "nowhere")
    assert grade("start", NAME).code == 2
    assert grade("start", NAME, "--force").code == 0
    assert target.read_text() == "precious"
    assert (folder / f"{NAME}.py.bak").is_symlink() and (folder / f"{NAME}.ipynb.bak").is_dir()
    assert not (folder / f"{NAME}.py").is_symlink()


def test_start_inside_the_course_finds_the_files_there(grade: Grade, home: Path) -> None:
    run = grade("start", NAME, "--force", cwd=home.parent / "assignments")
    assert run.code == 0 and run.out.count("already there") == 3
    assert not list((home.parent / "assignments" / NAME).glob("*.bak"))


def test_start_where_nothing_can_be_written(grade: Grade, home: Path) -> None:
    (home / "file").write_text("in the way")
    for place in (home / "file", home / "file" / "below", Path("/proc/place")):
        run = grade("start", NAME, "--to", place)
        assert run.code == 2 and "cannot be written" in run.err and "--to" in run.err
    (home / NAME).write_text("a file where the folder should be")
    run = grade("start", NAME)
    assert run.code == 2 and "is no folder" in run.err
    assert (home / NAME).read_text() == "a file where the folder should be"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_start_in_a_read_only_folder(home: Path) -> None:
    home.chmod(0o555)
    try:
        with pytest.raises(UsageError, match="Permission denied"):
            start(Course(home.parent).assignment("7"), home)
    finally:
        home.chmod(0o755)


def test_start_on_a_full_disk(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assignment = Course(home.parent).assignment("7")
    (home / NAME).mkdir()
    (home / NAME / f"{NAME}.py").write_text("my work\n")

    def full(self: Path, data: bytes) -> int:
        with self.open("wb") as file:
            file.write(data[:10])
        raise OSError(28, "No space left on device", str(self))

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(UsageError, match="No space left"):
        start(assignment, home, force=True)
    assert [path.name for path in (home / NAME).iterdir()] == [f"{NAME}.py"]
    assert (home / NAME / f"{NAME}.py").read_text() == "my work\n"


def test_start_what_is_not_there(grade: Grade, tmp_path: Path) -> None:
    run = grade("start", "assignment9")
    assert run.code == 2 and f"The course has: {NAME}" in run.err
    assert grade("start").code == 2
    write_course(tmp_path / "staff")
    with pytest.raises(CourseError, match="cannot be copied") as error:
        start(Course(tmp_path / "staff").assignment("7"), tmp_path)
    assert error.value.hint == f"Make it from the sources: grade release {NAME}"


# --------------------------------------------------------------------------------- grade alone


def status(grade: Grade, *options: str) -> dict[str, dict[str, object]]:
    run = grade("status", "--format", "json", *options)
    assert run.code == 0
    return {entry["name"]: entry for entry in json.loads(run.out)}


def test_nothing_begun(grade: Grade) -> None:
    run = grade()
    assert run.code == 0 and f"grade start {NAME}" in run.out


def test_begun_and_not_written(grade: Grade) -> None:
    grade("start", NAME)
    run = grade()
    assert run.code == 0
    assert "0 / 4" in run.out and "0 of 2 tasks" in run.out and "not begun" in run.out
    assert "Next: write 7.1" in run.out and f"grade {NAME} --task double" in run.out


def test_the_next_task_is_the_one_that_was_begun(grade: Grade, home: Path) -> None:
    (home / f"{NAME}.py").write_text(solution().replace("x / 2.0 + 0.0", "x / 3"))
    run = grade()
    assert "3 / 4" in run.out and "1 of 2 tasks" in run.out
    assert "Next: repair 7.2" in run.out and f"grade hint {NAME} halve" in run.out


def test_the_next_assignment_after_the_last_task(grade: Grade, home: Path) -> None:
    (home / f"{NAME}.py").write_text(solution())
    run = grade()
    assert "4 / 4" in run.out and "grade start assignment8" in run.out
    (home / "assignment8.py").write_text(solution())
    assert "Well done" in grade().out
    found = status(grade)
    assert [entry["score"] for entry in found.values()] == [4, 4]


def test_work_inside_the_course_folder_counts_once_it_is_edited(grade: Grade, home: Path) -> None:
    assert status(grade)[NAME]["submission"] is None
    (home.parent / "assignments" / NAME / f"{NAME}.py").write_text(solution())
    assert status(grade)[NAME]["score"] == 4


@pytest.mark.slow
def test_scores_are_remembered_until_something_changes(
    grade: Grade, home: Path, tmp_path: Path
) -> None:
    work = home / f"{NAME}.py"
    work.write_text(solution())
    assert status(grade)[NAME]["score"] == 4
    (stored,) = (tmp_path / "cache" / "standing").iterdir()
    remembered = json.loads(stored.read_text())
    remembered[0]["score"] = 1.5  # so that one can see who answers
    stored.write_text(json.dumps(remembered))
    assert status(grade)[NAME]["score"] == 2.5
    assert status(grade, "--fresh")[NAME]["score"] == 4
    work.write_text(solution() + "\nmore = 1\n")
    assert status(grade)[NAME]["score"] == 4
    edit(home.parent / "assignments" / NAME / "checks" / "halve.py", "== 2", "== 3")
    assert status(grade)[NAME]["score"] == 3
    assert len(list((tmp_path / "cache" / "standing").iterdir())) == 3


@pytest.mark.slow
def test_a_cache_that_is_damaged_or_cannot_be_written(
    grade: Grade, home: Path, tmp_path: Path
) -> None:
    (home / f"{NAME}.py").write_text(solution())
    (tmp_path / "cache").write_text("in the way")
    assert status(grade)[NAME]["score"] == 4
    (tmp_path / "cache").unlink()
    status(grade)
    (stored,) = (tmp_path / "cache" / "standing").iterdir()
    for damage in ("{", "[1]", "{}", "[]", '[{"name": "double"}]', "null"):
        stored.write_text(damage)
        assert status(grade)[NAME]["score"] == 4, damage


def test_a_file_that_cannot_be_graded_does_not_hide_the_others(grade: Grade, home: Path) -> None:
    grade("start", NAME)
    (home / NAME / f"{NAME}.py").write_text(solution())
    (home / NAME / f"{NAME}.ipynb").write_text("{}")
    (home / "assignment8.py").write_text(solution())
    run = grade()
    assert run.code == 0 and "cannot be graded" in run.out and "both were edited" in run.out
    assert "4 / 4" in run.out


def test_hidden_points_do_not_count(grade: Grade, home: Path, tmp_path: Path) -> None:
    """In a staff checkout the hidden checks run as well; the standing counts the public ones."""
    write_course(home.parent)
    (home / f"{NAME}.py").write_text(solution().replace("return secret_sum", "return 4"))
    found = status(grade)[NAME]
    assert found["score"] == 4 and found["max_score"] == 4


@pytest.mark.parametrize("command", ["start", "status"])
def test_help_has_examples(grade: Grade, command: str) -> None:
    run = grade(command, "--help")
    assert run.code == 0 and "Example" in run.out and "  grade" in run.out


def test_help_is_still_help(grade: Grade) -> None:
    run = grade("--help")
    assert run.code == 0 and "Commands:" in run.out and "grade start assignment1" in run.out
