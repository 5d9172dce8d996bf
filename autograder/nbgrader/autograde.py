"""The step that takes the place of nbgrader's `Execute`: score and reasons for each check cell.

No cell of the notebook is executed. What is graded is the file that the student handed in, read
and run exactly as `grade --submission FILE` does, so the two always agree; the notebook at hand,
which `rebuild` made, only receives the results. nbgrader reads a score from the first output of
a test cell and takes anything that it does not understand for full marks, so there is exactly one
output, and its text is a plain number.
"""

from __future__ import annotations

import math
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from nbformat import from_dict
from nbgrader.preprocessors import NbGraderPreprocessor, SaveAutoGrades
from traitlets import Int, Unicode, default

from autograder.cells import CHECKS
from autograder.errors import SubmissionError
from autograder.nbgrader.desk import desk
from autograder.nbgrader.rebuild import REMARKS, remarks
from autograder.reports.html import note_html, task_html
from autograder.reports.json import to_dict
from autograder.results import Report, Status, TaskResult

__all__ = ["SandboxedGrading", "SaveScores", "fill", "score_of"]

SANDBOX = "GROUNDUP_NBGRADER_SANDBOX"


class SandboxedGrading(NbGraderPreprocessor):  # type: ignore[misc]
    """Grades the submitted file and fills the check cells."""

    sandbox = Unicode(
        help="strict (the default), or, on your own risk, auto or process; "
        f"the environment variable {SANDBOX} sets it too."
    ).tag(config=True)
    seed = Int(0, help="Seed of the checks' random inputs.").tag(config=True)

    @default("sandbox")
    def _sandbox_default(self) -> str:
        return os.environ.get(SANDBOX, "strict")

    def preprocess(self, nb: Any, resources: Any) -> tuple[Any, Any]:
        exporter = self.parent
        path: Path = exporter.submitted_file(resources)
        assignment = exporter.course_assignment
        faults: set[str] = set()
        try:
            report = desk(assignment, self.sandbox).grade(path, self.seed)
        except SubmissionError as error:
            self.log.warning("%s cannot be graded, which is 0 points: %s", path, error)
            fill_empty(nb, f"This submission cannot be graded: {_without(error, path)}")
        else:
            faults = fill(nb, assignment.name, report)
            for name in sorted(faults):
                self.log.error("%s: the grader failed in %s; that costs no points", path, name)
        resources["groundup_faults"] = faults
        return nb, resources


class SaveScores(SaveAutoGrades):  # type: ignore[misc]
    """nbgrader's step; where the grader itself failed, a person should look as well."""

    def _add_score(self, cell: Any, resources: Any) -> None:
        super()._add_score(cell, resources)
        name = cell.metadata.nbgrader.grade_id
        if name in resources.get("groundup_faults", ()):
            grade = self.gradebook.find_grade(
                name, self.notebook_id, self.assignment_id, self.student_id
            )
            grade.needs_manual_grade = True
            self.gradebook.db.commit()


def score_of(task: TaskResult) -> float:
    """The task's points, with those of checks in which the grader failed."""
    faulty = [c.max_points for c in task.checks if _at_fault(c.status) and not c.advisory]
    return math.fsum([task.score, *faulty]) if faulty else task.score


def fill(nb: Any, assignment: str, report: Report) -> set[str]:
    """Write scores and explanations into the check cells.

    Returns the grade ids of cells with a check in which the grader, not the student, failed.
    """
    data = to_dict(report)
    shown = data["tasks"]
    assert isinstance(shown, list)
    notes = [str(note) for note in report.notes]
    weak = _weakness(report.sandbox)
    faults = set()
    results = {
        task.name + CHECKS: (task, entry) for task, entry in zip(report.tasks, shown, strict=True)
    }
    for cell in _check_cells(nb):
        name = cell.metadata.nbgrader.grade_id
        if name not in results:
            continue
        task, entry = results[name]
        own = [*remarks(cell), *notes, *weak]
        notes = []  # what concerns the whole submission stands in the first cell only
        if any(_at_fault(check.status) for check in task.checks):
            faults.add(name)
            own.append("The grader failed in a check: it costs no points, and a person will look.")
        _write(cell, score_of(task), task_html(entry, assignment, notes=own))
    return faults


def fill_entries(
    nb: Any, assignment: str, entries: Mapping[str, Mapping[str, Any]], notes: Sequence[str] = ()
) -> None:
    """The same from a JSON report's tasks, by task name."""
    for cell in _check_cells(nb):
        entry = entries.get(cell.metadata.nbgrader.grade_id.removesuffix(CHECKS))
        if entry is not None:
            html = task_html(entry, assignment, notes=[*remarks(cell), *notes])
            _write(cell, entry_score(entry), html)
            notes = ()


def entry_score(entry: Mapping[str, Any]) -> float:
    """`score_of` for the task of a JSON report."""
    faulty = [
        float(check["max_points"])
        for check in entry["checks"]
        if check["status"] == Status.GRADER_FAULT.value and not check["advisory"]
    ]
    return math.fsum([float(entry["score"]), *faulty]) if faulty else float(entry["score"])


def fill_empty(nb: Any, reason: str) -> None:
    """No points anywhere, and why."""
    for cell in _check_cells(nb):
        _write(cell, 0.0, note_html(reason))


def _check_cells(nb: Any) -> list[Any]:
    return [
        cell
        for cell in nb.cells
        if "nbgrader" in cell.metadata
        and cell.metadata.nbgrader.grade
        and not cell.metadata.nbgrader.solution
    ]


def _write(cell: Any, score: float, html: str) -> None:
    most = float(cell.metadata.nbgrader.points)
    if not math.isfinite(score):
        raise ValueError(f"{cell.metadata.nbgrader.grade_id} has the score {score}")
    score = min(max(score, 0.0), most)
    output = {
        "output_type": "execute_result",
        "execution_count": None,
        "metadata": {},
        "data": {"text/html": html, "text/plain": repr(float(score))},
    }
    cell.metadata.pop(REMARKS, None)
    cell["outputs"] = [from_dict(output)]


def _at_fault(status: Status) -> bool:
    return status is Status.GRADER_FAULT


def _weakness(sandbox: Mapping[str, object]) -> list[str]:
    """A remark if the code ran with less than strict protection."""
    if sandbox.get("mode") == "strict":
        return []
    layers = [name for name, on in sandbox.items() if on is True]
    return [f"Graded in a weaker sandbox ({sandbox.get('mode')}): {', '.join(layers)}."]


def _without(error: SubmissionError, path: Path) -> str:
    """The message, naming the file as the student does; the place on our disk is not theirs."""
    return str(error).replace(str(path), path.name)
