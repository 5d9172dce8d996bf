"""Reading a submitted notebook, whatever it holds, and what has to be right before any is read.

nbgrader makes one exporter for each run, before it looks at the first submission: this is where
a missing gradebook, an assignment that is not in it and one that is out of date are found out,
once, instead of fifty times.
"""

from __future__ import annotations

import glob
import json
import os
import shlex
import stat
from pathlib import Path
from typing import Any

from nbconvert.exporters import NotebookExporter
from nbformat import NO_CONVERT, NotebookNode, read
from nbgrader.api import Gradebook, MissingEntry
from nbgrader.converters.base import NbGraderException
from nbgrader.utils import rmtree
from sqlalchemy.exc import DatabaseError
from traitlets import Int, Unicode

from autograder.cells import released_notebook
from autograder.course import Assignment
from autograder.errors import GroundupError, SubmissionError, UsageError
from autograder.nbgrader.autograde import check_cells
from autograder.nbgrader.config import find_assignment, source_key
from autograder.nbgrader.desk import office, reason
from autograder.nbgrader.page import pictures
from autograder.nbgrader.rebuild import StudentCell
from autograder.nbgrader.timestamps import FILE, be_tolerant, read_timestamp
from autograder.submission import read_source, read_submission

__all__ = ["SubmissionExporter", "demand_assignment", "read_cells"]

SANDBOX = "GROUNDUP_NBGRADER_SANDBOX"


class SubmissionExporter(NotebookExporter):  # type: ignore[misc]
    """The exporter of `nbgrader autograde`; its parent is the converter."""

    sandbox = Unicode(
        "",
        help="strict (the default), or, on your own risk, auto or process; "
        f"the environment variable {SANDBOX} sets it too.",
    ).tag(config=True)
    seed = Int(0, help="Seed of the checks' random inputs.").tag(config=True)

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.course_assignment: Assignment | None = None
        converter = self.parent
        if converter is None or not hasattr(converter, "assignments"):
            return  # nbgrader asks for the class's options only
        coursedir = converter.coursedir
        try:
            found = find_assignment(Path(coursedir.root), coursedir.assignment_id)
            pristine = json.loads(released_notebook(found))
            demand_assignment(coursedir.db_url, found, pristine, coursedir.course_id)
            mode = self.sandbox or os.environ.get(SANDBOX) or "strict"
            assert found.source is not None
            # All of solutions/: what an assignment gives comes from the ones before it.
            self._office = office(found, mode, self.seed, source_key(found.source.parent))
        except GroundupError as error:
            # nbgrader shows the log and ends; of an exception it would print the traceback.
            self.log.error("%s %s", error, error.hint or "")
            raise NbGraderException(str(error)) from None
        self.course_assignment = found
        self._pristine = pristine
        self._office.forget()
        self._clear_unfinished()
        self._name_misnamed()
        be_tolerant(coursedir)
        self._ignored = list(coursedir.ignore)
        self._hook = converter.pre_convert_hook
        converter.pre_convert_hook = self._before_student

    def _clear_unfinished(self) -> None:
        """Remove what a run that was killed left behind: nbgrader would take it for graded."""
        converter = self.parent
        excluded = converter.coursedir.student_id_exclude.split(",")
        for source, books in converter.assignments.items():
            folder = Path(source)
            graded = Path(converter._format_dest(folder.name, folder.parent.name))
            book = f"{folder.name}.ipynb"
            if converter.force or folder.parent.name in excluded or not graded.is_dir():
                continue
            if any(Path(path).name == book for path in books) and not _is_finished(graded / book):
                self.log.warning("%s was not finished; it is graded again", graded)
                try:
                    rmtree(str(graded))
                except OSError as error:
                    self.log.error("%s cannot be removed: %s", graded, error)

    def _name_misnamed(self) -> None:
        """Say how to rename what a browser saved as "assignment3 (1).ipynb"."""
        for source, books in sorted(self.parent.assignments.items()):
            wanted = Path(source, f"{Path(source).name}.ipynb")
            # Any notebook of the folder, whatever --notebook asks for.
            found = list(Path(source).glob("*.ipynb"))
            if books and len(found) == 1 and found[0] != wanted:
                self.log.warning(
                    "%s is not looked for under that name and is not graded. Rename it: mv %s %s",
                    found[0].name, *(shlex.quote(str(path)) for path in (found[0], wanted)),
                )  # fmt: skip

    def _before_student(self, **arguments: Any) -> None:
        """Let nbgrader overlook what it would stumble over when it copies a submission's files."""
        coursedir = self.parent.coursedir
        coursedir.ignore = list(self._ignored)
        for book in arguments.get("notebooks", ())[:1]:
            folder = Path(book).parent
            uncopied = _uncopyable(folder, coursedir.max_file_size * 1000)
            if read_timestamp(folder) is None and os.path.lexists(folder / FILE):
                uncopied.add(FILE)  # generate_feedback would read the copy
            if uncopied:
                self.log.warning("Not copied: %s", ", ".join(sorted(uncopied)))
            coursedir.ignore += [glob.escape(name) for name in uncopied]
        if self._hook:
            self._hook(**arguments)

    def submitted_file(self, resources: Any) -> Path:
        """The file that the student handed in."""
        names, coursedir = resources["nbgrader"], self.parent.coursedir
        folder = coursedir.format_path(
            coursedir.submitted_directory, names["student"], names["assignment"]
        )
        return Path(folder) / f"{names['notebook']}.ipynb"

    def grade(self, path: Path) -> dict[str, Any]:
        """The report of a submitted file; those that come after it are graded meanwhile."""
        _refuse_leaving(path)
        converter = self.parent
        folders = sorted(converter.assignments)
        at = folders.index(str(path.parent)) if str(path.parent) in folders else len(folders)
        following = [Path(folder) / path.name for folder in folders[at + 1 :]]
        return self._office.grade(path, list(filter(self._is_due, following)))

    def _is_due(self, path: Path) -> bool:
        """Whether nbgrader will ask for this file too; a wrong guess costs only time."""
        if self.parent.force:
            return True
        student = path.parent.parent.name
        graded = Path(self.parent._format_dest(path.parent.name, student))
        return not graded.exists() or os.path.lexists(path.parent / FILE)

    def from_filename(
        self, filename: str, resources: Any = None, **options: Any
    ) -> tuple[Any, Any]:
        if self.course_assignment is None or not self.parent._sanitizing:
            return super().from_filename(filename, resources, **options)  # type: ignore[no-any-return]
        path = Path(filename)
        found: dict[str, Any] = {"pristine": self._pristine, "cells": [], "warnings": []}
        try:
            found["cells"] = read_cells(path)
        except SubmissionError as error:
            found["warnings"].append(f"This submission cannot be read. {error}")
        resources["metadata"] = {"name": path.stem, "path": str(path.parent)}
        resources["groundup"] = found
        empty = NotebookNode(cells=[], metadata=NotebookNode(), nbformat=4, nbformat_minor=5)
        return self.from_notebook_node(empty, resources, **options)  # type: ignore[no-any-return]


def _is_finished(path: Path) -> bool:
    """Whether an autograded notebook has a result in each check cell."""
    try:
        cells = check_cells(read(path, as_version=NO_CONVERT))
        return bool(cells) and all(cell.outputs for cell in cells)
    except Exception:  # whatever half a file makes the reader raise
        return False


def demand_assignment(
    db_url: str, assignment: Assignment, pristine: Any, course_id: str = "default_course"
) -> None:
    """Raise `UsageError` unless the gradebook holds the assignment as solutions/ has it."""
    name = assignment.name
    path = db_url.removeprefix("sqlite:///")
    command = f"Run: nbgrader generate_assignment {name}"
    if db_url.startswith("sqlite:///") and not Path(path).is_file():
        raise UsageError(f"There is no gradebook yet ({path}).", command)
    try:
        with Gradebook(db_url, course_id) as gradebook:
            try:
                known = gradebook.find_notebook(name, name)
            except MissingEntry:
                raise UsageError(f"The gradebook does not hold {name}.", command) from None
            # Text of a solution cell may change: nbgrader uses it to see who wrote nothing.
            held = {cell.name: cell.source if cell.locked else "" for cell in known.source_cells}
            points = {cell.name: float(cell.max_score) for cell in known.grade_cells}
            graded = bool(known.submissions)
    except DatabaseError as error:
        raise UsageError(
            f"The gradebook ({path}) cannot be read: {error.orig}.",
            "Restore it from a copy; after an update of nbgrader, run: nbgrader db upgrade",
        ) from None
    wanted, worth = {}, {}
    for cell in pristine["cells"]:
        marks = cell["metadata"].get("nbgrader")
        if marks is not None:
            wanted[marks["grade_id"]] = "".join(cell["source"]) if marks["locked"] else ""
            if marks["grade"]:
                worth[marks["grade_id"]] = float(marks["points"])
    if (wanted, worth) != (held, points):
        steps = f"{command} --force"
        if graded and (wanted.keys() != held.keys() or worth.keys() != points.keys()):
            # nbgrader adds and removes no cell of an assignment that somebody handed in.
            steps = (
                f"Run: nbgrader db assignment remove {name} --force\n"
                f"(this deletes all grades of {name}, those that a person gave too), then: "
                f"nbgrader generate_assignment {name} --force, "
                f"then: nbgrader autograde {name} --force"
            )
        raise UsageError(
            f"{name} in the gradebook is not the one in solutions/: its tasks or points changed.",
            steps,
        )


def read_cells(path: Path) -> list[StudentCell]:
    """The cells of a submitted notebook; raises `SubmissionError` where there is none to be had."""
    _refuse_leaving(path)
    try:
        cells = json.loads(read_source(path))["cells"]
        if isinstance(cells, list):
            return [_cell(cell) for cell in cells if isinstance(cell, dict)]
    except (SubmissionError, ValueError, TypeError, KeyError, RecursionError):
        pass
    try:
        read_submission(path, path.stem)  # is stricter, and says why, as the grading will
    except SubmissionError as error:
        raise SubmissionError(reason(error, path)) from None
    raise SubmissionError(f"{path.name} is no notebook.")


def _refuse_leaving(path: Path) -> None:
    # A link, of the file or of a folder above it, could hand in another student's file, or our
    # solution.
    try:
        inside = path.resolve().is_relative_to(_home(path.parent))
    except (OSError, RuntimeError):
        inside = False
    if not inside:
        raise SubmissionError(f"{path.name} is reached by a link that leads out of the submission.")


def _home(folder: Path) -> Path:
    """Where submitted/<student>/<assignment> must lie; submitted/ itself may be a link."""
    return folder.parents[1].resolve() / folder.parent.name / folder.name


def _cell(cell: dict[str, Any]) -> StudentCell:
    source = cell.get("source", "")
    if isinstance(source, list):
        source = "".join(part for part in source if isinstance(part, str))
    text = source.encode("utf-8", "replace").decode("utf-8") if isinstance(source, str) else ""
    metadata = cell.get("metadata")
    marks = metadata.get("nbgrader") if isinstance(metadata, dict) else None
    names = (marks.get("grade_id") if isinstance(marks, dict) else None, cell.get("id"))
    grade_id, own_id = (name if isinstance(name, str) else "" for name in names)
    kind = str(cell.get("cell_type", "raw"))
    return StudentCell(kind, text, (grade_id, own_id), pictures(cell))


def _uncopyable(folder: Path, most: int) -> set[str]:
    """Names of pipes, of links that lead nowhere or away, of huge and of unreadable files."""
    found = set()
    home = _home(folder)
    for place, _, names in os.walk(folder):
        for name in names:
            path = Path(place, name)
            try:
                state = path.stat()
                fine = stat.S_ISREG(state.st_mode) and state.st_size <= most
                fine = fine and os.access(path, os.R_OK) and path.resolve().is_relative_to(home)
            except (OSError, RuntimeError):
                fine = False
            if not fine and path.suffix != ".ipynb":
                found.add(name)
    return found
