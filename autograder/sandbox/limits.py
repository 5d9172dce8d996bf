"""How much one worker may use."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    """Limits of one worker; the kernel enforces them (see rlimits.py).

    The time limits of single checks are not here: the grader keeps those with
    its own clock and kills the worker.
    """

    cpu_seconds: int = 120  #: processor time over the worker's whole life
    memory_bytes: int = 2 << 30  #: address space; beyond it numpy raises MemoryError
    file_bytes: int = 0  #: size of any file it writes; it has no folder to write to anyway
    open_files: int = 64  #: descriptors
    processes: int = 0  #: further processes or threads of its user that it may start
