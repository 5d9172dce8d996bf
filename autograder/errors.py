"""Everything that can go wrong outside a student's own code.

    GroundupError            exit code 2   base: never raised itself
    ├── UsageError           exit code 2   the command line asks for something impossible
    ├── CourseError          exit code 2   an assignment, task or course folder is missing or broken
    ├── SubmissionError      exit code 2   the file handed in cannot be found or read
    ├── ReleaseError         exit code 2   solutions/ cannot be turned into a student's copy
    ├── GraderFault          exit code 3   a bug of ours; never costs a student points
    └── SandboxError         exit code 3   the sandbox broke while it was in use
        └── SandboxUnavailable   exit code 2   the protection asked for does not exist here

A student's failing code is no exception here: it is a `CheckResult` (see results.py).
"""

from __future__ import annotations

__all__ = [
    "CourseError",
    "GraderFault",
    "GroundupError",
    "ReleaseError",
    "SandboxError",
    "SandboxUnavailable",
    "SubmissionError",
    "UsageError",
]


class GroundupError(Exception):
    """An error with a sentence for the reader, a next step, and an exit code for the shell.

    `message` names the file or thing and what is wrong with it; `hint` is the next command to
    run (or None). The command line prints both and leaves with `exit_code`.
    """

    exit_code: int = 2

    def __init__(self, message: str, hint: str | None = None) -> None:
        # Both go to Exception's args, so that an error survives copying between processes.
        super().__init__(message, hint)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return self.message


class UsageError(GroundupError):
    """The command line asks for something impossible."""


class CourseError(GroundupError):
    """An assignment, a task or the course folder itself is missing or broken."""


class SubmissionError(GroundupError):
    """The file handed in cannot be found or read."""


class ReleaseError(GroundupError):
    """A source in solutions/ cannot be turned into a student's copy."""


class GraderFault(GroundupError):
    """A bug of the grader or of a check; the student is not to blame and loses no points."""

    exit_code = 3


class SandboxError(GroundupError):
    """The sandbox broke while it was in use."""

    exit_code = 3


class SandboxUnavailable(SandboxError):
    """The protection asked for does not exist on this machine, so nothing was run."""

    exit_code = 2
