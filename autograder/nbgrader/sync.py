"""Results that `grade` made elsewhere, written into nbgrader's gradebook.

A result is a JSON report. Everything is read and checked before the first score is written, so a
wrong file changes nothing; writing the same results again changes nothing either.
"""

from __future__ import annotations

import json
import logging
import math
import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from nbformat import NO_CONVERT, from_dict, write, writes
from nbgrader.api import Gradebook
from nbgrader.apps.baseapp import NbGrader
from nbgrader.coursedir import CourseDirectory
from nbgrader.preprocessors import AssignLatePenalties
from traitlets.config.application import Application

from autograder.cells import released_notebook
from autograder.course import Assignment
from autograder.errors import CourseError, SubmissionError, UsageError
from autograder.nbgrader.autograde import fill, save
from autograder.nbgrader.exporter import demand_assignment, read_cells
from autograder.nbgrader.rebuild import rebuild
from autograder.nbgrader.timestamps import FILE, read_timestamp

__all__ = ["Registrar", "demand_student", "read_results"]

#: What reading a report raises if something is missing in it or of another kind.
DAMAGE = (KeyError, TypeError, AttributeError, ValueError, ArithmeticError)
ABSENT = "The results were made elsewhere; the submitted notebook is not here."


def read_results(paths: Iterable[Path], assignment: Assignment) -> dict[str, dict[str, Any]]:
    """Reports by student, from files and folders of JSON reports.

    The student is the file's name without `.json`, or where that is `report` or the assignment's
    name, the name of the folder around it. Raises `UsageError` naming a file that is no report.
    """
    found: dict[str, dict[str, Any]] = {}
    origin: dict[str, Path] = {}
    pristine = json.loads(released_notebook(assignment))
    for path in paths:
        inside = path.is_dir()
        files = sorted(path.rglob("*.json")) if inside else [path]
        for file in files:
            report = _read(file)
            if inside and not _is_report(report):
                continue  # a folder of results may hold other JSON files too
            _demand(report, file, assignment, pristine)
            named = file.stem not in ("report", assignment.name)
            student = file.stem if named else file.parent.resolve().name
            demand_student(student, f" ({file})")
            if student in found and found[student] != report:
                raise UsageError(f"{origin[student]} and {file} are both results of {student}.")
            found[student], origin[student] = report, file
    if not found:
        raise UsageError(
            "There is no JSON report to write into the gradebook.",
            f"Make one: grade {assignment.name} -s FILE --format json --output alice.json",
        )
    return found


def demand_student(name: str, where: str = "") -> None:
    """Raise `UsageError` if a folder of that name would not be one of the gradebook's."""
    if name in ("", ".", "..") or any(char in name for char in "/\\\0"):
        raise UsageError(
            f"{name!r} cannot be the name of a student{where}.",
            "The name is that of a folder in gradebook/submitted, without / and \\.",
        )


class Registrar:
    """Writes results of one assignment into the gradebook of a course."""

    def __init__(self, assignment: Assignment) -> None:
        assert assignment.source is not None
        self._assignment = assignment
        root = assignment.source.parent.parent
        if not (root / "nbgrader_config.py").is_file():
            raise CourseError(f"{root} has no nbgrader_config.py.", "Restore it from the course.")
        self._app = NbGrader()
        Application.load_config_file(self._app, "nbgrader_config.py", path=str(root))
        self._directory = CourseDirectory(config=self._app.config)
        self._pristine = json.loads(released_notebook(assignment))
        demand_assignment(
            self._directory.db_url, assignment, self._pristine, self._directory.course_id
        )

    def submitted(self, student: str) -> Path:
        """Where nbgrader keeps the notebook that this student handed in."""
        demand_student(student)
        return self._folder(self._directory.submitted_directory, student) / self._file

    def write(self, student: str, report: Mapping[str, Any]) -> float:
        """Write one result; returns the score that the gradebook now shows."""
        name, source = self._assignment.name, self.submitted(student)
        notes: list[str] = []
        try:
            cells = read_cells(source) if source.is_file() else []
        except SubmissionError as error:
            cells, notes = [], [str(error)]
        if not source.is_file():
            notes = [ABSENT]
        book = rebuild(self._pristine, cells, notes)
        faults = fill(book, report)
        log = logging.getLogger(__name__)
        timestamp = read_timestamp(source.parent, log)
        names = {
            "student": student,
            "assignment": name,
            "notebook": name,
            "db_url": self._directory.db_url,
        }
        with Gradebook(self._directory.db_url, self._directory.course_id) as gradebook:
            gradebook.update_or_create_student(student)
            known = {"timestamp": timestamp} if timestamp else {}
            gradebook.update_or_create_submission(name, student, **known)
        save(book, names, faults, log)
        AssignLatePenalties(config=self._app.config, log=log).preprocess(book, {"nbgrader": names})
        self._place(book, student, source.parent / FILE if timestamp else None)
        with Gradebook(self._directory.db_url, self._directory.course_id) as gradebook:
            return float(gradebook.find_submission(name, student).score)

    def _place(self, book: Any, student: str, timestamp: Path | None) -> None:
        """Put the notebook, and its timestamp, where formgrader looks for them."""
        folder = self._folder(self._directory.autograded_directory, student)
        folder.mkdir(parents=True, exist_ok=True)
        part = folder / f".{self._file}.part"
        write(from_dict(book), part, version=NO_CONVERT)
        part.replace(folder / self._file)
        (folder / FILE).unlink(missing_ok=True)
        if timestamp is not None:
            shutil.copy(timestamp, folder / FILE)

    @property
    def _file(self) -> str:
        return f"{self._assignment.name}.ipynb"

    def _folder(self, step: str, student: str) -> Path:
        return Path(self._directory.format_path(step, student, self._assignment.name))


def _read(path: Path) -> Any:
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror or error}.") from None
    except (ValueError, RecursionError):
        raise UsageError(
            f"{path} is no JSON report.", "Make one with: grade ... --format json --output FILE"
        ) from None


def _is_report(data: Any) -> bool:
    return isinstance(data, dict) and isinstance(data.get("tasks"), list) and "schema" in data


def _demand(report: Any, path: Path, assignment: Assignment, pristine: Any) -> None:
    """Raise `UsageError` unless this is a whole report of the assignment as it is now."""
    again = f"Grade it again: grade {assignment.name} --submission FILE --format json"
    if not _is_report(report):
        raise UsageError(f"{path} is no JSON report.", again)
    if report.get("assignment") != assignment.name:
        raise UsageError(f"{path} is a report of {report.get('assignment')!r}.", again)
    if report.get("hidden_points"):
        raise UsageError(f"{path} was made without the hidden checks.", again)
    wanted = {t.name: float(t.points + t.hidden_points) for t in assignment.tasks}
    try:
        worth = {
            task["name"]: math.fsum(c["max_points"] for c in task["checks"] if not c["advisory"])
            for task in report["tasks"]
        }
        scores = [task["score"] for task in report["tasks"]]
        whole = all(isinstance(score, (int, float)) for score in scores)
        fair = whole and all(0 <= t["score"] <= worth[t["name"]] for t in report["tasks"])
    except DAMAGE:
        raise UsageError(f"{path} is a damaged report.", again) from None
    missing = wanted.keys() - worth.keys()
    if missing:
        raise UsageError(f"{path} leaves out {', '.join(sorted(missing))}.", again)
    if worth != wanted or not fair:
        raise UsageError(f"{path} was made with other checks than solutions/ has.", again)
    try:
        # All that will be read of it when it is written, and nothing less.
        if not all(isinstance(note, str) for note in [*report["notes"]]):
            raise TypeError
        book = rebuild(pristine, [])
        fill(book, report)
        writes(book, version=NO_CONVERT).encode("utf-8")
    except DAMAGE:
        raise UsageError(f"{path} is a damaged report.", again) from None
