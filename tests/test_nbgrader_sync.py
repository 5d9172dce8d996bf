"""`grade nbgrader sync`: what `grade` found out, in nbgrader's gradebook."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from nbgrader_class import DOUBLE, HALVE, ROOT, Class, cell_of, needs_nbgrader, tiny_class

pytestmark = needs_nbgrader


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Class:
    made = tiny_class(tmp_path_factory.mktemp("sync"))
    made.generate()
    (made.folder / "reports").mkdir()
    return made


def report(course: Class, student: str, **sources: str) -> Path:
    """A JSON report by the real command, of a notebook that is not in the gradebook's folder."""
    book = course.folder / f"{student}.ipynb"
    book.write_text(json.dumps(course.solved(**sources)), encoding="utf-8")
    path = course.folder / "reports" / f"{student}.json"
    done = course.grade(
        "assignment7", "--submission", str(book), "--format", "json", "--output", str(path)
    )
    assert done.returncode in (0, 1), done.stdout
    return path


def sync(course: Class, *arguments: str) -> str:
    done = course.grade("nbgrader", "sync", "assignment7", *arguments)
    assert done.returncode == 0, done.stdout
    return done.stdout


def refused(course: Class, *arguments: str) -> str:
    before = course.grades()
    done = course.grade("nbgrader", "sync", "assignment7", *arguments)
    assert done.returncode == 2 and "Traceback" not in done.stdout, done.stdout
    assert course.grades() == before, "a refusal writes nothing"
    return done.stdout


def exported(course: Class) -> dict[str, float]:
    course.nbgrader("export")
    with (course.folder / "grades.csv").open(encoding="utf-8", newline="") as file:
        return {row["student_id"]: float(row["score"]) for row in csv.DictReader(file)}


def test_results_get_into_the_gradebook_and_twice_is_as_once(course: Class) -> None:
    report(course, "ann", double=DOUBLE, halve=HALVE)
    report(course, "ben", double=DOUBLE.replace("scale * x", "4"))
    (course.folder / "reports" / "summary.json").write_text("{}", encoding="utf-8")
    out = sync(course, "--results", "reports")
    assert "ann: 8.5 points" in out and "ben: 3 points" in out
    assert course.scores("ann") == {"double": 7.5, "halve": 1.0}
    assert course.scores("ben") == {"double": 3.0, "halve": 0.0}
    assert exported(course) == {"ann": 8.5, "ben": 3.0}
    assert "other numbers (hidden)" in course.explanation("ben", "double")
    course.nbgrader("generate_feedback", "assignment7")
    page = course.gradebook / "feedback" / "ben" / "assignment7" / "assignment7.html"
    assert "Two becomes four." in page.read_text(encoding="utf-8")
    files = {path: path.read_bytes() for path in (course.gradebook / "autograded").rglob("*.*")}
    grades, rows = course.grades(), course.query("SELECT count(*) FROM grade")
    sync(course, "--results", "reports")
    assert course.grades() == grades and course.query("SELECT count(*) FROM grade") == rows
    assert {p: p.read_bytes() for p in (course.gradebook / "autograded").rglob("*.*")} == files


def test_with_the_submission_at_hand_formgrader_gets_its_text(course: Class) -> None:
    path = report(course, "cat", double=DOUBLE, halve=HALVE)
    course.submit("cat", json.loads((course.folder / "cat.ipynb").read_text(encoding="utf-8")))
    course.place("cat", "timestamp.txt").write_text("2026-01-01 00:00:00 UTC", encoding="utf-8")
    sync(course, "--results", str(path), "--student", "cat")
    text = "".join(cell_of(course.autograded("cat"), "double")["source"])
    assert text == DOUBLE
    assert course.query("SELECT timestamp FROM submitted_assignment WHERE student_id = 'cat'") == [
        ("2026-01-01 00:00:00.000000",)
    ]
    stamp = course.gradebook / "autograded" / "cat" / "assignment7" / "timestamp.txt"
    assert stamp.read_text(encoding="utf-8") == "2026-01-01 00:00:00 UTC"
    # And nbgrader, asked for the same, comes to the same.
    before = course.grades()["cat"]
    course.nbgrader("autograde", "assignment7", "--student=cat", "--force")
    assert course.grades()["cat"] == before


def test_a_manual_score_survives(course: Class) -> None:
    report(course, "dan", double=DOUBLE, halve=HALVE)
    sync(course, "--results", "reports/dan.json")
    script = """
import sys
from nbgrader.api import Gradebook
with Gradebook(sys.argv[1]) as book:
    book.find_grade("double-checks", "assignment7", "assignment7", "dan").manual_score = 2
    book.db.commit()
"""
    database = f"sqlite:///{course.gradebook / 'gradebook.db'}"
    assert course.call(sys.executable, "-W", "ignore", "-c", script, database).returncode == 0
    assert "dan: 3 points" in sync(course, "--results", "reports/dan.json")
    assert course.grades()["dan"]["double-checks"] == (7.5, True)


def test_a_submission_can_be_graded_on_the_spot(course: Class) -> None:
    (course.folder / "eve.py").write_text(
        "import numpy as np\n" + DOUBLE + "\n\n" + HALVE, encoding="utf-8"
    )
    out = sync(course, "--submission", "eve.py", "--student", "eve")
    assert "eve: 8.5 points" in out and course.scores("eve") == {"double": 7.5, "halve": 1.0}
    assert "Say whose submission it is." in refused(course, "--submission", "eve.py")
    refused(course)
    refused(course, "--submission", "eve.py", "--results", "reports", "--student", "eve")


def test_the_folder_names_the_student_of_a_plain_report(course: Class) -> None:
    path = report(course, "fay", double=DOUBLE)
    folder = course.folder / "class" / "fay_2"
    folder.mkdir(parents=True)
    path.rename(folder / "report.json")
    assert "fay_2: 7.5 points" in sync(course, "--results", "class")


def broken(path: Path, **fields: Any) -> None:
    data = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps({**data, **fields}), encoding="utf-8")


def test_wrong_reports_are_refused_and_nothing_is_written(course: Class) -> None:
    path = report(course, "gus", double=DOUBLE)
    whole = path.read_text(encoding="utf-8")
    for fields, words in (
        ({"assignment": "assignment3"}, "is a report of 'assignment3'"),
        ({"hidden_points": 4.5}, "was made without the hidden checks"),
        ({"tasks": json.loads(whole)["tasks"][:1]}, "leaves out halve"),
        ({"tasks": [{"name": "double"}]}, "damaged"),
        ({"tasks": "x"}, "is no JSON report"),
    ):
        path.write_text(whole, encoding="utf-8")
        broken(path, **fields)
        assert words in refused(course, "--results", str(path))
    for text in (whole.replace('"score": 7.5', '"score": 99'), whole.replace("4.5", "4.25")):
        path.write_text(text, encoding="utf-8")
        assert "was made with other checks" in refused(course, "--results", str(path))
    path.write_text("{", encoding="utf-8")
    assert "gus.json is no JSON report" in refused(course, "--results", str(path))
    path.unlink()
    empty = course.folder / "empty"
    empty.mkdir()
    assert "There is no JSON report" in refused(course, "--results", str(empty))
    assert "no result of hal" in refused(course, "--results", "reports", "--student", "hal")


def without(path: Path, change: Callable[[Any], object]) -> None:
    data = json.loads(path.read_text(encoding="utf-8"))
    change(data)
    path.write_text(json.dumps(data), encoding="utf-8")


DAMAGES: dict[str, Callable[[Any], object]] = {
    "no notes": lambda data: data.pop("notes"),
    "notes are text": lambda data: data.update(notes=5),
    "a note is none": lambda data: data.update(notes=[None]),
    "no sandbox": lambda data: data.update(sandbox=None),
    "no points": lambda data: data["tasks"][0]["checks"][0].pop("points"),
    "points are text": lambda data: data["tasks"][0]["checks"][0].update(points="all"),
    "no status": lambda data: data["tasks"][1]["checks"][0].pop("status"),
    "endless points": lambda data: data["tasks"][0]["checks"][0].update(max_points=10**400),
    "no diagnosis": lambda data: data["tasks"][0]["checks"][1].update(
        status="failed", diagnosis={"ids": 5}
    ),
}


def test_one_damaged_report_among_others_changes_nothing(course: Class) -> None:
    made = report(course, "ida", double=DOUBLE)
    whole = made.read_text(encoding="utf-8")
    made.unlink()
    folder = course.folder / "damaged"
    folder.mkdir()
    (folder / "aaa.json").write_text(whole, encoding="utf-8")
    last = folder / "bbb.json"
    for name, change in DAMAGES.items():
        last.write_text(whole, encoding="utf-8")
        without(last, change)
        out = refused(course, "--results", str(folder))
        assert "bbb.json is a damaged report" in out, (name, out)
        assert not (course.gradebook / "autograded" / "aaa").exists()


def test_a_student_is_a_folder_of_the_gradebook_and_no_other(course: Class) -> None:
    (course.folder / "jon.py").write_text("x = 1", encoding="utf-8")
    before = sorted(course.folder.parent.rglob("*"))
    for name in ("", ".", "..", "../../../../evil", "a/b", "/tmp/evil", "a\\b"):
        out = refused(course, "--submission", "jon.py", "--student", name)
        assert "cannot be the name of a student" in out
    assert sorted(course.folder.parent.rglob("*")) == before
    made = report(course, "jon", double=DOUBLE)
    for name in ("..json", "...json"):
        odd = made.rename(course.folder / name)
        out = refused(course, "--results", name)
        assert "cannot be the name of a student" in out and name in out
        odd.rename(made)
    made.unlink()


def test_a_missing_gradebook_is_told_with_the_command_that_makes_it(tmp_path: Path) -> None:
    made = tiny_class(tmp_path)
    (tmp_path / "ann.py").write_text("x = 1", encoding="utf-8")
    done = made.grade("nbgrader", "sync", "assignment7", "-s", "ann.py", "--student", "ann")
    assert done.returncode == 2 and "There is no gradebook yet" in done.stdout
    assert "nbgrader generate_assignment assignment7" in done.stdout


def test_the_missing_extra_is_named(course: Class) -> None:
    hide = "import sys; sys.modules['nbgrader'] = None; from autograder.cli import main; main()"
    done = course.call(
        sys.executable, "-c", hide, "nbgrader", "sync", "assignment7", "--results", "reports"
    )
    assert done.returncode == 2 and "nbgrader is not installed" in done.stdout
    assert 'pip install "groundup[nbgrader]"' in done.stdout
    assert (ROOT / "nbgrader_config.py").is_file()
