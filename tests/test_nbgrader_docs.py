"""docs/nbgrader.md is a transcript: its commands are run, and print what it shows."""

from __future__ import annotations

import json
import re
import shlex
import shutil
import sys
from pathlib import Path

import pytest
from nbgrader_class import ROOT, Class, needs_nbgrader

from autograder.course import Course
from autograder.programs import solution

pytestmark = needs_nbgrader
PAGE = (ROOT / "docs" / "nbgrader.md").read_text(encoding="utf-8")


def transcript() -> list[tuple[str, list[str]]]:
    """(command, lines that must be in its output), in the page's order."""
    steps: list[tuple[str, list[str]]] = []
    for block in re.findall(r"```console\n(.*?)```", PAGE, re.DOTALL):
        for line in block.splitlines():
            if line.startswith("$ "):
                steps.append((line[2:], []))
            else:
                steps[-1][1].append(line)
    return steps


def test_the_transcript_can_be_replayed(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "solutions", tmp_path / "solutions")
    course = Class(tmp_path, "assignment3")
    (tmp_path / "reports").mkdir()
    cells = solution(Course(tmp_path).assignment("assignment3")).cells
    (tmp_path / "alice.py").write_text("\n\n".join(cell[0] for cell in cells), encoding="utf-8")
    steps = transcript()
    assert [shlex.split(command)[:2] for command, _ in steps] == [
        ["nbgrader", "generate_assignment"],
        ["nbgrader", "validate"],
        ["nbgrader", "autograde"],
        ["nbgrader", "generate_feedback"],
        ["nbgrader", "export"],
        ["grade", "assignment3"],
        ["grade", "nbgrader"],
    ]
    for command, expected in steps:
        words = shlex.split(command)
        if words[1] == "autograde":
            course.submit("bob", course.released())
            source = tmp_path / "gradebook" / "source" / "assignment3" / "assignment3.ipynb"
            course.submit("carol", json.loads(source.read_text(encoding="utf-8")))
        if words[0] == "grade":
            words = [sys.executable, "-m", "autograder", *words[1:]]
        done = course.call(*words)
        assert done.returncode == 0, (command, done.stdout)
        for line in expected:
            assert line in done.stdout, (command, done.stdout)
        assert "Traceback" not in done.stdout
    assert sum(score or 0 for score in course.scores("carol").values()) == 100
    assert sum(score or 0 for score in course.scores("bob").values()) == 0
    assert sum(score or 0 for score in course.scores("alice").values()) == 100
    for student in ("bob", "carol"):
        page = tmp_path / "gradebook" / "feedback" / student / "assignment3" / "assignment3.html"
        assert "3.2 ReLU layer" in page.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "words",
    [
        "There is no gradebook yet",
        "The gradebook does not hold",
        "is not the one in solutions/: its tasks or points changed.",
        "the command alembic is missing",
        "nbgrader is not installed",
        "GROUNDUP_NBGRADER_SANDBOX",
    ],
)
def test_what_the_page_quotes_is_in_the_code(words: str) -> None:
    code = "".join(
        path.read_text(encoding="utf-8")
        for folder in ("nbgrader", "cli")
        for path in (ROOT / "autograder" / folder).glob("*.py")
    )
    assert words in PAGE and words in re.sub(r'"\s*\n\s*f?"', "", code)
