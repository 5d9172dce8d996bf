"""Where a student stands: the score of the public checks of every assignment that was begun.

Grading takes a moment for each assignment, so scores are remembered under a hash of the code and
of all that decides about it; asking again is then instant.
"""

from __future__ import annotations

import platform
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import asdict, dataclass
from math import fsum
from pathlib import Path
from typing import Any

import numpy as np

from autograder import __version__, cache
from autograder.course import Assignment, Course
from autograder.errors import SubmissionError
from autograder.results import Report, Status
from autograder.sandbox import Sandbox
from autograder.submission import Submission, code_digest, find_submission, read_submission

__all__ = ["AssignmentStanding", "TaskStanding", "standing"]

#: Goes up when what is stored changes its form.
_FORM = 1

Open = Callable[[Assignment], AbstractContextManager[Sandbox]]


@dataclass(frozen=True)
class TaskStanding:
    """Points of a task's public checks; `unwritten` while it is still the stub."""

    name: str
    number: str
    title: str
    score: float
    max_score: float
    unwritten: bool

    @property
    def done(self) -> bool:
        """Whether every public check passes."""
        return self.score >= self.max_score


@dataclass(frozen=True)
class AssignmentStanding:
    """One assignment. `path` is None where nothing was begun; `problem` says why a file that was
    found could not be graded; `tasks` is empty in both cases."""

    assignment: Assignment
    path: Path | None
    tasks: tuple[TaskStanding, ...]
    problem: str | None = None

    @property
    def score(self) -> float:
        return fsum(task.score for task in self.tasks)

    @property
    def max_score(self) -> float:
        """Points of all public checks."""
        return fsum(task.points for task in self.assignment.tasks)

    @property
    def next_task(self) -> TaskStanding | None:
        """The first task that is not done: one that was begun before one that was not."""
        begun = [task for task in self.tasks if not task.done]
        written = [task for task in begun if not task.unwritten]
        return next(iter(written or begun), None)


def standing(
    course: Course,
    open_sandbox: Open,
    *,
    fresh: bool = False,
    on_grade: Callable[[Assignment], None] | None = None,
) -> list[AssignmentStanding]:
    """The standing in every assignment of the course, from the files around the current folder.

    ``open_sandbox`` is called for an assignment that must be graded; ``fresh`` grades all anew.
    """
    return [
        _standing(assignment, open_sandbox, fresh, on_grade) for assignment in course.assignments()
    ]


def _standing(
    assignment: Assignment,
    open_sandbox: Open,
    fresh: bool,
    on_grade: Callable[[Assignment], None] | None,
) -> AssignmentStanding:
    try:
        path = find_submission(assignment)
    except SubmissionError as error:
        there = _anything(assignment)
        return AssignmentStanding(assignment, there, (), str(error) if there else None)
    try:
        work = read_submission(path, assignment)
    except SubmissionError as error:
        return AssignmentStanding(assignment, path, (), str(error))
    in_course = path.parent == assignment.folder
    if in_course and code_digest(work.cells) == assignment.released.get(path.name):
        return AssignmentStanding(assignment, None, ())  # what the course hands out, untouched
    name = _key(assignment, work)
    tasks = None if fresh else _remembered(assignment, cache.load("standing", name))
    if tasks is None:
        if on_grade is not None:
            on_grade(assignment)
        from autograder.grading import grade

        with open_sandbox(assignment) as sandbox:
            report = grade(assignment, work, sandbox)
        tasks = _tasks(assignment, report)
        # Our own faults pass away with the next release; nobody should be told of them twice.
        if not any(check.status is Status.GRADER_FAULT for check in report.checks):
            cache.save("standing", name, [asdict(task) for task in tasks])
    return AssignmentStanding(assignment, path, tasks)


def _remembered(assignment: Assignment, stored: Any) -> tuple[TaskStanding, ...] | None:
    """What the cache holds; None for anything but a full list of tasks (files can be damaged)."""
    try:
        tasks = tuple(TaskStanding(**entry) for entry in stored)
    except TypeError:
        return None
    numbers = [number for task in tasks for number in (task.score, task.max_score)]
    known = [task.name for task in tasks] == [task.name for task in assignment.tasks]
    sound = known and all(isinstance(number, (int, float)) for number in numbers)
    return tasks if sound else None


def _anything(assignment: Assignment) -> Path | None:
    """A file of this assignment near here, although none could be chosen."""
    here = Path.cwd()
    for folder in (here, here / assignment.name, assignment.folder):
        for suffix in (".py", ".ipynb"):
            path = folder / f"{assignment.name}{suffix}"
            if path.is_file():
                return path
    return None


def _tasks(assignment: Assignment, report: Report) -> tuple[TaskStanding, ...]:
    found = []
    for task, result in zip(assignment.tasks, report.tasks, strict=True):
        public = [check for check in result.checks if check.counts and not check.hidden]
        found.append(
            TaskStanding(
                name=task.name,
                number=task.number,
                title=task.title,
                score=fsum(check.points for check in public),
                max_score=fsum(check.max_points for check in public),
                unwritten=bool(public)
                and all(check.category == "not_implemented" for check in public),
            )
        )
    return tuple(found)


def _key(assignment: Assignment, work: Submission) -> str:
    """A hash of the code and of everything that decides about its score."""
    engine = Path(__file__).parent
    files = [task.checks for task in assignment.tasks]
    files += [engine / f"{name}.py" for name in ("worker", "grading", "plugin", "standing")]
    files += sorted((engine / "student").glob("*.py")) + sorted((engine / "authoring").glob("*.py"))
    about: list[Any] = [_FORM, __version__, np.__version__, platform.python_version()]
    about += [assignment.name, assignment.given_source, assignment.limits, assignment.dataset]
    about += [(task.name, task.number, task.title) for task in assignment.tasks]
    return cache.key_of_files(
        files, *map(str, about), *(f"{cell.label}\0{cell.source}" for cell in work.cells)
    )
