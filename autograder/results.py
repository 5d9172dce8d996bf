"""What grading found out, as plain frozen data. How it looks is the business of reports/."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

__all__ = ["CheckResult", "Diagnosis", "Report", "Status", "TaskResult"]


class Status(str, Enum):
    """The one word that a check ends with."""

    PASSED = "passed"
    """The student's code did what the check asks."""

    FAILED = "failed"
    """The code ran and its result is wrong, or it is a stub that nobody has filled in yet."""

    ERROR = "error"
    """The student's code raised an exception (or does not even compile)."""

    TIMEOUT = "timeout"
    """The student's code was still running when its time was up."""

    CRASHED = "crashed"
    """The student's process died: a signal, an exit, or a forbidden system call."""

    OUT_OF_MEMORY = "out_of_memory"
    """The student's code asked for more memory than the assignment allows."""

    SKIPPED = "skipped"
    """The check did not run because an earlier one used up the time or the worker."""

    GRADER_FAULT = "grader_fault"
    """The check itself, or the grader, broke. Neither earns nor costs points."""

    __str__ = str.__str__


@dataclass(frozen=True)
class Diagnosis:
    """Known misconceptions whose output equals the student's.

    Several `ids` mean "one of these": the failing check cannot tell them apart. `sentences` and
    `sentences_ko` run parallel to `ids`; a missing translation is an empty string. `hint` is the
    id of the section in the task's hints.md that helps most, if there is one.
    """

    ids: tuple[str, ...]
    sentences: tuple[str, ...]
    sentences_ko: tuple[str, ...]
    hint: str | None

    @property
    def one_of(self) -> bool:
        return len(self.ids) > 1


@dataclass(frozen=True)
class CheckResult:
    """One check, run once.

    `title` is the check's docstring, or for a hidden check its public rationale. `category` is a
    fixed word for the kind of failure (None when it passed); `message` is free text and may hold
    what a student wrote, so every report must treat it as hostile. `seconds` is wall time.
    """

    name: str
    title: str
    status: Status
    points: float
    max_points: float
    hidden: bool
    advisory: bool
    category: str | None
    message: str
    diagnosis: Diagnosis | None
    seconds: float

    @property
    def counts(self) -> bool:
        """Whether the check has a say in the score: advice and faults of ours have none."""
        return not self.advisory and self.status is not Status.GRADER_FAULT


@dataclass(frozen=True)
class TaskResult:
    """The checks of one task, in the order in which checks.py lists them."""

    name: str
    title: str
    checks: tuple[CheckResult, ...]

    @property
    def score(self) -> float:
        return math.fsum(check.points for check in self.checks if check.counts)

    @property
    def max_score(self) -> float:
        return math.fsum(check.max_points for check in self.checks if check.counts)


@dataclass(frozen=True)
class Report:
    """One submission to one assignment, graded.

    `sandbox` says which layers of protection were on. `hidden_points` is what the hidden checks
    that did not run here are worth (0 in an instructor's checkout); they are in no score.
    """

    assignment: str
    title: str
    submission: str
    tasks: tuple[TaskResult, ...]
    notes: tuple[str, ...]
    sandbox: Mapping[str, object]
    hidden_points: float
    seed: int
    seconds: float

    @property
    def checks(self) -> tuple[CheckResult, ...]:
        return tuple(check for task in self.tasks for check in task.checks)

    # Summed over checks, not over tasks: fsum rounds once, so the order of tasks cannot matter.
    @property
    def score(self) -> float:
        return math.fsum(check.points for check in self.checks if check.counts)

    @property
    def max_score(self) -> float:
        return math.fsum(check.max_points for check in self.checks if check.counts)

    @property
    def counts(self) -> dict[Status, int]:
        """How many checks ended with each status; every status is a key, advice is left out."""
        totals = dict.fromkeys(Status, 0)
        for check in self.checks:
            if not check.advisory:
                totals[check.status] += 1
        return totals

    @property
    def exit_code(self) -> int:
        """0: all passed. 1: some check did not. 3: the grader is at fault somewhere."""
        if any(check.status is Status.GRADER_FAULT for check in self.checks):
            return 3
        return int(any(c.status is not Status.PASSED for c in self.checks if not c.advisory))
