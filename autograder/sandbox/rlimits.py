"""Resource limits: how much a worker may use before the kernel says no.

They hold on every POSIX system and need no rights. They are the weakest layer:
they bound damage, they hide nothing. Two traps: the number of processes is not
limited for root (so a worker never runs as root), and the address space is
what numpy asks for, not what it touches.
"""

from __future__ import annotations

import contextlib

from autograder.sandbox.limits import Limits

try:
    import resource
except ImportError:  # Windows
    resource = None  # type: ignore[assignment]


def available() -> bool:
    return resource is not None


def apply(limits: Limits) -> None:
    """Lower this process's limits, for good: soft and hard are set together.

    CPU is the exception: past the soft limit comes SIGXCPU, which ends the
    process unless the student's code catches it, and a second later SIGKILL,
    which it cannot.
    """
    wanted = {
        "RLIMIT_CPU": (limits.cpu_seconds, limits.cpu_seconds + 1),
        "RLIMIT_AS": (limits.memory_bytes, limits.memory_bytes),
        "RLIMIT_FSIZE": (limits.file_bytes, limits.file_bytes),
        "RLIMIT_NOFILE": (limits.open_files, limits.open_files),
        "RLIMIT_NPROC": (limits.processes, limits.processes),
        "RLIMIT_CORE": (0, 0),
        "RLIMIT_MEMLOCK": (0, 0),
        "RLIMIT_MSGQUEUE": (0, 0),
    }
    for name, (soft, hard) in wanted.items():
        number = getattr(resource, name, None)
        if number is None:  # macOS has no RLIMIT_MSGQUEUE
            continue
        _, ceiling = resource.getrlimit(number)
        if ceiling != resource.RLIM_INFINITY:  # only root may raise a hard limit again
            soft, hard = min(soft, ceiling), min(hard, ceiling)
        # macOS knows RLIMIT_AS but refuses values below what is mapped already
        tolerate = contextlib.suppress(ValueError) if name == "RLIMIT_AS" else _strict
        with tolerate:
            resource.setrlimit(number, (soft, hard))


_strict = contextlib.nullcontext()
