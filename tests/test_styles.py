"""Whole submissions in other styles than ours get full marks: the book, plain loops, compact.

Each was written from the prompts alone, before its author had seen a check.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from engine import ROOT, run_grade

from autograder.course import Course

FOLDER = Path(__file__).with_name("styles")
FILES = sorted(path.stem for path in FOLDER.glob("*.py"))

#: What a style earns beside full marks: words of each note.
ADVICE = {
    "assignment2_compact": ["for an x of integers the gradient is cut off"],
    "assignment2_loops": ["for an x of integers the gradient is cut off"],
    "assignment3_book": ["changes dout in place"],
}


def test_every_submission_belongs_to_an_assignment() -> None:
    assert {stem.partition("_")[0] for stem in FILES} == set(Course(ROOT).names())
    assert set(ADVICE) <= set(FILES)


@pytest.mark.parametrize("stem", FILES)
def test_every_style_gets_full_marks(stem: str) -> None:
    name = stem.partition("_")[0]
    run = run_grade(name, "--submission", FOLDER / f"{stem}.py", "--format", "json")
    failing = [
        (check["name"], check["message"])
        for task in run.json["tasks"]
        for check in task["checks"]
        if check["status"] != "passed"
    ]
    assert failing == [] and run.code == 0
    assert run.json["score"] == run.json["max_score"] == 100.0
    expected = ADVICE.get(stem, [])
    assert len(run.json["notes"]) == len(expected), run.json["notes"]
    for note, words in zip(run.json["notes"], expected, strict=True):
        assert words in note
