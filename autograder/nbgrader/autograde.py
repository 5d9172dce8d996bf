"""The step that takes the place of nbgrader's `Execute`: score and reasons for each check cell.

No cell of the notebook is executed. What is graded is the file that the student handed in, read
and run exactly as `grade --submission FILE` does, so the two always agree; the notebook at hand,
which `rebuild` made, only receives the results. nbgrader reads a score from the first output of
a test cell and takes anything that it does not understand for full marks, so there is exactly one
output, and its text is a plain number.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Any

from nbformat import from_dict
from nbgrader import utils
from nbgrader.api import Gradebook
from nbgrader.preprocessors import NbGraderPreprocessor

from autograder.cells import checks_id
from autograder.errors import SubmissionError
from autograder.nbgrader.rebuild import REMARKS
from autograder.reports.html import note_html, task_html

__all__ = ["SandboxedGrading", "SaveScores", "fill", "fill_empty", "save", "score_of"]

FAULT = "The grader itself failed in a check: that costs no points, and a person will look at it."


class SandboxedGrading(NbGraderPreprocessor):  # type: ignore[misc]
    """Grades the submitted file and fills the check cells."""

    def preprocess(self, nb: Any, resources: Any) -> tuple[Any, Any]:
        path: Path = self.parent.submitted_file(resources)
        faults: set[str] = set()
        try:
            report = self.parent.grade(path)
        except SubmissionError as error:
            self.log.warning("%s cannot be graded, which is 0 points: %s", path, error)
            fill_empty(nb, f"This submission cannot be graded, which is 0 points. {error}")
        else:
            faults = fill(nb, report)
            for name in sorted(faults):
                self.log.error("%s: the grader failed in %s; that costs no points", path, name)
        resources["groundup_faults"] = faults
        return nb, resources


class SaveScores(NbGraderPreprocessor):  # type: ignore[misc]
    """Takes the place of nbgrader's `SaveAutoGrades`; see `save`."""

    def preprocess(self, nb: Any, resources: Any) -> tuple[Any, Any]:
        save(nb, resources["nbgrader"], resources["groundup_faults"], self.log)
        return nb, resources


def save(nb: Any, names: Mapping[str, str], faults: Collection[str], log: Any) -> None:
    """Write the scores of a filled notebook into the gradebook.

    As nbgrader's own step does, but in one transaction instead of one for each cell; and where
    the grader itself failed, a person is asked to look.
    """
    cells = {c.metadata.nbgrader.grade_id: c for c in nb.cells if "nbgrader" in c.metadata}
    with Gradebook(names["db_url"]) as gradebook:
        book = gradebook.find_submission_notebook(
            names["notebook"], names["assignment"], names["student"]
        )
        for grade in book.grades:
            if grade.name in cells:
                grade.auto_score, _ = utils.determine_grade(cells[grade.name], log)
                unsure = grade.manual_score is not None or grade.auto_score is None
                grade.needs_manual_grade = unsure or grade.name in faults
        for comment in book.comments:
            cell = cells.get(comment.name)
            if cell is not None:
                same = cell.metadata.nbgrader.get("checksum") == utils.compute_checksum(cell)
                comment.auto_comment = "No response." if same else None
        gradebook.db.commit()


def score_of(task: Mapping[str, Any]) -> float:
    """A task's points in a JSON report, with those of checks in which the grader failed."""
    faulty = [float(c["max_points"]) for c in task["checks"] if _at_fault(c) and not c["advisory"]]
    return math.fsum([task["score"], *faulty]) if faulty else float(task["score"])


def fill(nb: Any, report: Mapping[str, Any], notes: Sequence[str] = ()) -> set[str]:
    """Write the scores and explanations of a JSON report into the check cells.

    Returns the grade ids of cells with a check in which the grader, not the student, failed.
    """
    # What concerns the whole submission stands in the first cell only.
    pending = [*notes, *report["notes"]]
    faults = set()
    tasks = {checks_id(task["name"]): task for task in report["tasks"]}
    remarks = _take_remarks(nb)
    for cell in check_cells(nb):
        name = cell.metadata.nbgrader.grade_id
        task = tasks.get(name)
        if task is None:
            continue
        own = [*remarks.get(name, ()), *pending, *_weakness(report["sandbox"])]
        pending = []
        if any(map(_at_fault, task["checks"])):
            faults.add(name)
            own.append(FAULT)
        _write(cell, score_of(task), task_html(task, report["assignment"], notes=own))
    return faults


def fill_empty(nb: Any, reason: str) -> None:
    """No points anywhere, and why."""
    _take_remarks(nb)
    for cell in check_cells(nb):
        _write(cell, 0.0, note_html(reason))


def check_cells(nb: Any) -> list[Any]:
    """The cells that hold the score of a task."""
    marked = [cell for cell in nb.cells if "nbgrader" in cell.metadata]
    return [c for c in marked if c.metadata.nbgrader.grade and not c.metadata.nbgrader.solution]


def _take_remarks(nb: Any) -> dict[str, list[str]]:
    """What `rebuild` remarked, by the check cell at or after which it is to be told."""
    found: dict[str, list[str]] = {}
    pending: list[str] = []
    checks = {cell.id for cell in check_cells(nb)}
    for cell in nb.cells:
        pending += cell.metadata.pop(REMARKS, [])
        if cell.id in checks:
            found[cell.metadata.nbgrader.grade_id], pending = pending, []
    return found


def _write(cell: Any, score: float, html: str) -> None:
    most = float(cell.metadata.nbgrader.points)
    if not math.isfinite(score):
        raise ValueError(f"{cell.metadata.nbgrader.grade_id} has the score {score}")
    output = {
        "output_type": "execute_result",
        "execution_count": None,
        "metadata": {},
        "data": {"text/html": html, "text/plain": repr(float(min(max(score, 0.0), most)))},
    }
    cell["outputs"] = [from_dict(output)]


def _at_fault(check: Mapping[str, Any]) -> bool:
    return bool(check["status"] == "grader_fault")


def _weakness(sandbox: Mapping[str, object]) -> list[str]:
    """A remark if the code ran with less than strict protection."""
    if sandbox.get("mode") == "strict":
        return []
    layers = [name for name, on in sandbox.items() if on is True]
    return [f"Graded in a weaker sandbox ({sandbox.get('mode')}): {', '.join(layers)}."]
