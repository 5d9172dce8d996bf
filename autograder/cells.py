"""The cells of an assignment, in order, with the ids and marks that a notebook needs.

Three files are made of the same cells: the .py file of a release (without check cells), its
notebook, and the source notebook that nbgrader starts from, in which the solutions still stand.
One function makes them all, so that they cannot drift apart; `grade release` writes by itself
what `nbgrader generate_assignment` makes of the source notebook, to the byte.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from autograder.course import Assignment, Task
from autograder.errors import ReleaseError
from autograder.notebook import RawCell, split_percent, write_notebook
from autograder.sources import read_text
from autograder.stubs import find_blocks, make_stub

__all__ = [
    "CHECKS",
    "MANUAL",
    "BookCell",
    "book_cells",
    "checks_id",
    "released_notebook",
    "script",
    "source_notebook",
]

#: The grade id of a task's check cell is the task's name and this.
CHECKS = "-checks"
#: A markdown cell with the tag `manual:5` is a question that a person grades, for 5 points.
MANUAL = re.compile(r"manual:(\d+(?:\.\d+)?)$")
#: What stands where the answer to such a question, or its model answer, was: nbgrader's own words.
ANSWER = "YOUR ANSWER HERE"

_CHECK_SOURCE = """\
# Save the notebook, then run this cell: it shows what the public checks say.
from autograder.jupyter import check

check("{assignment}", "{task}")"""


@dataclass(frozen=True)
class BookCell:
    """A cell with its id; `nbgrader` is its metadata of that name, None where it has none."""

    id: str
    cell: RawCell
    nbgrader: Mapping[str, Any] | None = None

    @property
    def is_check(self) -> bool:
        return bool(self.nbgrader and self.nbgrader["grade"] and not self.nbgrader["solution"])


def checks_id(task: str) -> str:
    """The id of the cell that holds the score of a task."""
    return task + CHECKS


def script(cells: Iterable[BookCell]) -> str:
    """The cells as py:percent text."""
    return "\n".join(f"{book.cell.marker}\n{book.cell.source}\n" for book in cells)


def released_notebook(assignment: Assignment) -> str:
    """Notebook JSON as a student gets it: the same as nbgrader's release of the source."""
    metadata = {}
    cells = book_cells(assignment)
    for book in cells:
        if book.nbgrader is not None:
            locked = {"editable": False} if book.is_check else {}
            marks = {**book.nbgrader, "checksum": _checksum(book)}
            metadata[book.id] = {"deletable": False, **locked, "nbgrader": marks}
    return write_notebook(script(cells), [book.id for book in cells], metadata)


def source_notebook(assignment: Assignment) -> str:
    """Notebook JSON with the solutions, for `nbgrader generate_assignment`."""
    cells = book_cells(assignment, solved=True)
    metadata = {book.id: {"nbgrader": book.nbgrader} for book in cells if book.nbgrader}
    return write_notebook(script(cells), [book.id for book in cells], metadata)


def book_cells(
    assignment: Assignment, *, solved: bool = False, checks: bool = True
) -> list[BookCell]:
    """Introduction, tasks in order, experiments last; with check cells after the tasks.

    Raises `ReleaseError` for a mark that says nothing.
    """
    assert assignment.source is not None
    intro = _clean(split_percent(read_text(assignment.source / "intro.py")))
    start = [cell for cell in intro if "experiment" not in cell.tags]
    end = [cell for cell in intro if "experiment" in cell.tags]
    result = _numbered("intro", start, solved)
    for task in assignment.tasks:
        result += _task(task, solved)
        if checks:
            result.append(_check(assignment, task))
    return result + _numbered("experiment", end, solved)


def _task(task: Task, solved: bool) -> list[BookCell]:
    assert task.source is not None
    text = read_text(task.source)
    blocks, _ = find_blocks(text, task.source)
    originals = _clean(split_percent(text))
    stubs = _clean(split_percent(make_stub(text, blocks)))
    counts = {"markdown": 0, "code": 0}
    result = []
    for original, cell in zip(originals, stubs, strict=True):
        kind = "code" if cell.kind == "code" else "markdown"
        counts[kind] += 1
        stem = task.name if kind == "code" else f"{task.name}-prompt"
        suffix = "" if counts[kind] == 1 else f"-{counts[kind]}"
        marks = None
        if kind == "code" and original.source != cell.source:
            marks = _marks(stem + suffix, "code", solution=True)
        if solved:
            cell = original
        if kind == "markdown" and counts[kind] == 1:
            cell = _with_heading(cell, task)
        result.append(_question(BookCell(stem + suffix, cell, marks), solved))
    return result


def _check(assignment: Assignment, task: Task) -> BookCell:
    source = _CHECK_SOURCE.format(assignment=assignment.name, task=task.name)
    name, points = checks_id(task.name), float(task.points + task.hidden_points)
    marks = _marks(name, "code", grade=True, points=points)
    return BookCell(name, RawCell("code", source, 0, 0, (), "# %%"), marks)


def _question(book: BookCell, solved: bool) -> BookCell:
    """A cell with the tag `manual:5` gets its marks, and outside the source no model answer."""
    points = [float(found.group(1)) for tag in book.cell.tags if (found := MANUAL.match(tag))]
    if not points:
        return book
    if book.cell.kind != "markdown":
        raise ReleaseError(
            f"{book.id}: a manually graded question must be a markdown cell.",
            'Write its answer below: # %% [markdown] tags=["manual:5"]',
        )
    cell = book.cell
    if not solved:
        cell = RawCell(cell.kind, f"# {ANSWER}", cell.line, cell.number, cell.tags, cell.marker)
    marks = _marks(book.id, "markdown", grade=True, solution=True, points=points[0])
    return BookCell(book.id, cell, marks)


def _marks(
    name: str,
    kind: str,
    *,
    grade: bool = False,
    solution: bool = False,
    points: float | None = None,
) -> dict[str, Any]:
    """nbgrader's metadata of a cell, in its schema 3."""
    marks: dict[str, Any] = {
        "cell_type": kind,
        "grade": grade,
        "grade_id": name,
        "locked": grade and not solution,
        "schema_version": 3,
        "solution": solution,
        "task": False,
    }
    if points is not None:
        marks["points"] = points
    return marks


def _checksum(book: BookCell) -> str:
    """nbgrader's checksum of a cell, by which `nbgrader validate` sees whether it was changed."""
    assert book.nbgrader is not None
    source = book.cell.source
    if book.cell.kind == "markdown":
        source = re.sub(r"^# ?", "", source, flags=re.MULTILINE)
    parts = [source, book.nbgrader["cell_type"]]
    parts += [str(book.nbgrader[key]) for key in ("grade", "solution", "locked")]
    parts.append(book.id)
    if book.nbgrader["grade"]:
        parts.append(str(float(book.nbgrader["points"])))
    return hashlib.md5("".join(parts).encode("utf-8"), usedforsecurity=False).hexdigest()


def _clean(cells: list[RawCell]) -> list[RawCell]:
    return [
        RawCell(
            kind=cell.kind,
            source=cell.source.strip("\n"),
            line=cell.line,
            number=cell.number,
            tags=cell.tags,
            marker=cell.marker.rstrip(),
        )
        for cell in cells
        if cell.source.strip()
    ]


def _numbered(stem: str, cells: list[RawCell], solved: bool) -> list[BookCell]:
    return [
        _question(BookCell(f"{stem}-{position}", cell), solved)
        for position, cell in enumerate(cells, start=1)
    ]


def _points(value: float) -> str:
    """3 points, 1 point, 7.5 points."""
    return f"{value:g} {'point' if value == 1 else 'points'}"


def _with_heading(cell: RawCell, task: Task) -> RawCell:
    heading = f"# ## {task.number} {task.title} — {_points(task.points + task.hidden_points)}"
    lines = cell.source.split("\n")
    first = next(index for index, line in enumerate(lines) if line.lstrip("# ") == task.title)
    source = "\n".join([*lines[:first], heading, *lines[first + 1 :]])
    return RawCell(cell.kind, source, cell.line, cell.number, cell.tags, cell.marker)
