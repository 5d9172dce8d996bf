"""The student's code, seen from the grader: a session, proxies, and the ways to reach a worker."""

from autograder.student.channels import Channel, LocalChannel, SandboxChannel
from autograder.student.errors import Frame, OutOfBudget, StudentError, WorkerLost
from autograder.student.proxy import Instance, Remote, StudentModule
from autograder.student.session import MAX_CALLS, Program, Session

__all__ = [
    "MAX_CALLS",
    "Channel",
    "Frame",
    "Instance",
    "LocalChannel",
    "OutOfBudget",
    "Program",
    "Remote",
    "SandboxChannel",
    "Session",
    "StudentError",
    "StudentModule",
    "WorkerLost",
]
