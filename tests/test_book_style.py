"""Code written along the book is a valid submission."""

from __future__ import annotations

from pathlib import Path

import pytest
from engine import ROOT, run_grade

from autograder.course import Course

FOLDER = Path(__file__).with_name("book_style")

#: What the book's own style earns beside full marks: advice about changing arrays in place.
ADVICE = {"assignment3": ["changes dout in place"]}


def test_every_submission_belongs_to_an_assignment() -> None:
    assert {path.stem for path in FOLDER.glob("*.py")} <= set(Course(ROOT).names())
    assert set(ADVICE) <= {path.stem for path in FOLDER.glob("*.py")}


@pytest.mark.parametrize("name", sorted(path.stem for path in FOLDER.glob("*.py")))
def test_the_books_style_gets_full_marks(name: str) -> None:
    run = run_grade(name, "--submission", FOLDER / f"{name}.py", "--format", "json")
    failing = [
        (check["name"], check["message"])
        for task in run.json["tasks"]
        for check in task["checks"]
        if check["status"] != "passed"
    ]
    assert failing == [] and run.code == 0
    assert run.json["score"] == run.json["max_score"] == 100.0
    expected = ADVICE.get(name, [])
    assert len(run.json["notes"]) == len(expected), run.json["notes"]
    for note, words in zip(run.json["notes"], expected, strict=True):
        assert words in note
