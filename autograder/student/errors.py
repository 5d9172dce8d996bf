"""How a student's code can end a call. None of these is a fault of the grader."""

from __future__ import annotations

from dataclasses import dataclass

from autograder.results import Status


@dataclass(frozen=True)
class Frame:
    """One line of a traceback inside the student's own file."""

    function: str
    line: int
    file: str


class StudentError(Exception):
    """The student's code raised. ``category`` is a fixed word, the rest is the student's text."""

    def __init__(self, kind: str, message: str, frames: tuple[Frame, ...], category: str) -> None:
        super().__init__(f"{kind}: {message}" if message else kind)
        self.kind = kind
        self.message = message
        self.frames = frames
        self.category = category

    @property
    def status(self) -> Status:
        """The status that a check ends with when this comes out of it."""
        if self.category == "timeout":
            return Status.TIMEOUT
        if self.category == "out_of_memory":
            return Status.OUT_OF_MEMORY
        return Status.ERROR


class WorkerLost(Exception):
    """The student's process is gone: crashed, out of time or memory, or off the protocol."""

    def __init__(self, status: Status, reason: str) -> None:
        super().__init__(reason)
        self.status = status
        self.reason = reason


class OutOfBudget(Exception):
    """No time is left for this submission, or this task has used up its patience."""
