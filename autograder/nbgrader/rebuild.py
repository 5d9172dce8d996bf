"""The autograded notebook: our own cells, with the student's text in the places for it.

Structure, tests, points and every mark come from our source. Of the submitted notebook only text
and the pictures in it are taken: a solution cell's by its grade id or cell id, where exactly one
cell has it, and all other cells as plain cells that follow. Renamed ids, edited or deleted tests,
changed points, tests marked as solutions: nothing of that has a way in. What was wrong is
remarked on.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from nbformat import NotebookNode, from_dict
from nbgrader.preprocessors import NbGraderPreprocessor

from autograder.nbgrader.page import Page

__all__ = ["LOST", "RebuildNotebook", "StudentCell", "rebuild"]

#: Where our own remarks on a cell wait for the grading; nothing a student wrote gets there.
REMARKS = "groundup"
LOST = "Cell {} was missing from the submission; it was put back."
EDITED = "Cell {} had been changed in the submission; it was restored."
TWICE = "Several cells of the submission claim to be {}; all of them were graded."


@dataclass(frozen=True)
class StudentCell:
    """What is taken of a submitted cell.

    `names` are its grade id and its cell id; `pictures` are {name: (type, base64)}.
    """

    kind: str
    source: str
    names: tuple[str, str] = ("", "")
    pictures: Mapping[str, tuple[str, str]] = field(default_factory=dict)


@dataclass
class _Slot:
    """One of our cells, and the student's other cells that come after it."""

    cell: NotebookNode
    after: list[StudentCell] = field(default_factory=list)


class RebuildNotebook(NbGraderPreprocessor):  # type: ignore[misc]
    """First step of sanitising; the exporter has put the submitted cells into `resources`."""

    def preprocess(self, nb: Any, resources: Any) -> tuple[Any, Any]:
        found = resources["groundup"]
        for warning in found["warnings"]:
            self.log.warning("%s", warning)
        return rebuild(found["pristine"], found["cells"], found["warnings"]), resources


def rebuild(
    pristine: Mapping[str, Any], submitted: Sequence[StudentCell], warnings: Iterable[str] = ()
) -> NotebookNode:
    """Merge; `pristine` is the released notebook, which is not changed.

    `warnings` become a cell at the top.
    """
    book = from_dict(json.loads(json.dumps(pristine)))
    for cell in book.cells:
        cell["source"] = "".join(cell.source)
    marked = [_Slot(cell) for cell in book.cells if "nbgrader" in cell.metadata]
    slots = {slot.cell.metadata.nbgrader.grade_id: slot for slot in marked}
    start: list[StudentCell] = []
    chosen, doubled = _choose(submitted, slots)
    after = start
    page = Page()
    for position, student in enumerate(submitted):
        name = chosen.get(position)
        if name is None:
            after.append(student)
            continue
        slot = slots[name]
        after = slot.after
        if slot.cell.metadata.nbgrader.solution:
            if slot.cell.cell_type == "code":
                slot.cell["source"] = student.source
            else:
                slot.cell.update(from_dict(page.answer(student.source, student.pictures)))
            if student.kind != slot.cell.cell_type:
                _remark(slot.cell, EDITED)
        elif _same(student.source) != _same(slot.cell.source) or student.kind != "code":
            _remark(slot.cell, EDITED)
            after.append(student)
    for name, slot in slots.items():
        if name in doubled:
            _remark(slot.cell, TWICE)
        elif name not in chosen.values() and submitted:
            _remark(slot.cell, LOST)
        # An answer that a person would grade stays as released, which counts as no response,
        # unless there are several, which follow as plain cells.
        marks = slot.cell.metadata.nbgrader
        if name not in chosen.values() and submitted and marks.solution:
            slot.cell["source"] = "" if name in doubled or not marks.grade else slot.cell.source
    book.cells = [_note(text, number) for number, text in enumerate(warnings, start=1)]
    numbers = iter(range(1, len(submitted) + 1))
    book.cells += [_plain(student, next(numbers), page) for student in start]
    for slot in marked:
        book.cells.append(slot.cell)
        book.cells += [_plain(student, next(numbers), page) for student in slot.after]
    return book


def _choose(
    submitted: Sequence[StudentCell], slots: Mapping[str, _Slot]
) -> tuple[dict[int, str], set[str]]:
    """(position of a submitted cell: the slot it fills), slots that several cells claim."""
    chosen: dict[int, str] = {}
    doubled: set[str] = set()
    for name in slots:
        for which in (0, 1):  # the grade id counts more than the cell id
            claims = [
                position
                for position, cell in enumerate(submitted)
                if cell.names[which] == name and position not in chosen
            ]
            if len(claims) == 1:
                chosen[claims[0]] = name
            elif claims:
                exact = [position for position in claims if submitted[position].names[1] == name]
                same = {_same(submitted[position].source) for position in claims}
                if len(same) == 1 or len(exact) == 1:
                    chosen[exact[0] if len(exact) == 1 else claims[0]] = name
                doubled.add(name)
            if claims:
                break
    return chosen, doubled


def _same(source: str) -> str:
    return "\n".join(line.rstrip() for line in source.strip().split("\n"))


def _remark(cell: NotebookNode, text: str) -> None:
    name = cell.metadata.nbgrader.grade_id
    cell.metadata.setdefault(REMARKS, []).append(text.format(name))


def _note(text: str, number: int) -> NotebookNode:
    node = {"id": f"note-{number}", "cell_type": "raw", "metadata": {}, "source": text}
    return from_dict(node)


def _plain(student: StudentCell, number: int, page: Page) -> NotebookNode:
    """A cell of the student's own, without any mark, output or running HTML."""
    cell: dict[str, Any] = {"id": f"own-{number}", "metadata": {}}
    if student.kind == "code":
        cell |= {"cell_type": "code", "source": student.source}
        cell |= {"execution_count": None, "outputs": []}
    else:
        cell |= page.own(student.kind, student.source, student.pictures)
    return from_dict(cell)
