"""Where submissions are graded one after the other: one sandbox, one collection of the checks.

nbgrader asks for one submission at a time and gives us no place to stand between them, so the
grading run (which is one pytest session) lives in a thread that waits for the next submission.
The asking thread waits meanwhile: two at work at once would share what pytest changes in a process.
"""

from __future__ import annotations

import atexit
import queue
import threading
from collections.abc import Iterator
from concurrent.futures import Future
from dataclasses import dataclass
from pathlib import Path

from autograder import programs
from autograder.course import Assignment
from autograder.errors import GraderFault, UsageError
from autograder.grading import Job, grade_jobs
from autograder.nbgrader.config import source_key
from autograder.results import Report
from autograder.sandbox import MODES, Limits, harden_grader, open_sandbox
from autograder.submission import read_submission

__all__ = ["Desk", "desk"]


@dataclass(frozen=True)
class _Order:
    job: Job
    future: Future[Report]


class Desk:
    """Grades submissions to one assignment; `close` ends its sandbox and its thread."""

    def __init__(self, assignment: Assignment, mode: str) -> None:
        if mode not in MODES:
            raise UsageError(
                f"There is no sandbox mode {mode!r}.", f"Modes are: {', '.join(MODES)}"
            )
        harden_grader()
        self._assignment = assignment
        self._sandbox = open_sandbox(mode, Limits(memory_bytes=assignment.limits.memory_mb << 20))
        self._orders: queue.Queue[_Order | None] = queue.Queue()
        self._pending: list[_Order] = []
        self._thread: threading.Thread | None = None

    def grade(self, path: Path, seed: int) -> Report:
        """Grade the file as `grade --submission` would.

        Raises `SubmissionError` if it cannot be read, and what `grade_jobs` raises.
        """
        submission = read_submission(path, self._assignment)
        program = programs.submitted(submission, self._assignment)
        order = _Order(Job(program, path.name, submission.notes, None, seed), Future())
        if self._thread is None or not self._thread.is_alive():
            self._thread = threading.Thread(target=self._work, name="grading", daemon=True)
            self._thread.start()
        self._orders.put(order)
        return order.future.result()

    def close(self) -> None:
        self._orders.put(None)
        if self._thread is not None:
            self._thread.join(timeout=10)
        self._sandbox.close()

    def _work(self) -> None:
        """The thread: one grading run, which ends with `close` or with an error of ours."""
        try:
            grade_jobs(self._assignment, self._jobs(), self._sandbox, on_report=self._deliver)
            error: BaseException = GraderFault("the grading run has ended")
        except BaseException as raised:
            error = raised
        for order in self._pending:
            order.future.set_exception(error)
        self._pending.clear()

    def _jobs(self) -> Iterator[Job]:
        while (order := self._orders.get()) is not None:
            self._pending.append(order)
            yield order.job

    def _deliver(self, job: Job, report: Report) -> None:
        self._pending.pop(0).future.set_result(report)


_desks: dict[tuple[str, str, str], Desk] = {}


def desk(assignment: Assignment, mode: str) -> Desk:
    """The desk of this process for an assignment; a new one when its sources have changed."""
    assert assignment.source is not None
    key = (assignment.name, mode, source_key(assignment.source))
    if key not in _desks:
        for other in [old for old in _desks if old[:2] == key[:2]]:
            _desks.pop(other).close()
        if not _desks:
            atexit.register(close_desks)
        _desks[key] = Desk(assignment, mode)
    return _desks[key]


def close_desks() -> None:
    """End all sandboxes of this process."""
    while _desks:
        _desks.popitem()[1].close()
