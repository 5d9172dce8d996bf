"""What workers execute: a submission, our solution, or our solution with one known variant."""

from __future__ import annotations

import ast
from pathlib import Path

from autograder.course import Assignment, Task
from autograder.errors import CourseError
from autograder.sources import parse_source, read_text
from autograder.student import Program
from autograder.submission import Submission, parse_submission

#: Under these names a submission finds the functions of earlier assignments: ours, and the book's,
#: so that a file written along the book runs as it is.
GIVEN_MODULES = ("autograder.given", "common.functions", "common.gradient")


def submitted(submission: Submission, assignment: Assignment) -> Program:
    """A student's cells."""
    name = submission.path.name
    cells = tuple(
        (cell.source, cell.line, f"{name}, {cell.label}" if cell.label else name)
        for cell in submission.cells
    )
    return Program(cells, assignment.given_source, GIVEN_MODULES)


def solution(assignment: Assignment) -> Program:
    """Our own solution, all tasks. Staff only."""
    return Program(_solution_cells(assignment), assignment.given_source, GIVEN_MODULES)


def variant(assignment: Assignment, task: Task, name: str) -> Program:
    """Our own solution with one misconception or alternative of ``task`` applied. Staff only."""
    assert task.variants is not None
    source = variant_source(read_text(task.variants), name, task.variants)
    cells = (*_solution_cells(assignment), (source, 1, "variants.py"))
    return Program(cells, assignment.given_source, GIVEN_MODULES)


def variant_source(text: str, name: str, path: Path) -> str:
    """The part of a variants.py that makes up one variant, as a cell of a submission.

    Imports and undecorated helpers come along; the declarations of other variants do not.
    """
    parts: list[str] = []
    found = False
    for node in parse_source(text, path).body:
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("autograder.auth"):
            continue
        if isinstance(node, ast.FunctionDef) and node.decorator_list and node.name != name:
            continue
        if isinstance(node, ast.Expr):
            continue  # the docstring
        found = found or (isinstance(node, ast.FunctionDef) and node.name == name)
        parts.append(ast.get_source_segment(text, node) or "")
    if not found:
        raise CourseError(f"{path} declares no variant {name}.")
    return "\n".join([*parts, "import sys", f"{name}(sys.modules[__name__])", ""])


def _solution_cells(assignment: Assignment) -> tuple[tuple[str, int, str], ...]:
    if assignment.source is None:
        raise CourseError(f"{assignment.name} has no solution in this copy of the course.")
    paths = [assignment.source / "intro.py"]
    paths += [task.source for task in assignment.tasks if task.source is not None]
    return tuple(
        (cell.source, cell.line, str(path.relative_to(assignment.source)))
        for path in paths
        for cell in parse_submission(path.read_bytes(), path).cells
    )
