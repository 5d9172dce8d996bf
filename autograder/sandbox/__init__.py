"""The sandbox: where code that nobody has read may run.

Theory of operation
===================

**Who attacks.** A submission is arbitrary code. Nearly always it is honest and merely wrong (an
endless loop, an array of a terabyte), now and then it wants points it has not earned, or wants to
read the hidden checks. It may do whatever Python, numpy, ctypes and machine code can do.

**What is protected.** (1) the score: nothing but returned values may influence it; (2) the hidden
checks and solutions on the disk; (3) the other submissions; (4) the grader and its machine.

**What is not.** A bug in the kernel's own system calls that a worker needs; timing of the
processor's caches; the metadata of files (a worker can learn that a path exists and how large it
is, unless bubblewrap is there, but not read or list it); the memory and time that the limits grant.

**The first wall is not in this package.** The student's code never shares a process with the
checks. It runs in a worker that receives inputs and returns data over two pipes, and the decoder
(`autograder.wire`) makes nothing but plain values of them. A worker that breaks everything it holds
can lie about its own results, which are then compared as anybody else's. This package keeps the
worker from holding anything else.

**How it starts.** `open_sandbox` starts one *zygote*: an interpreter that loads numpy and then
forks a worker for each submission (zygote.py). boot.py is its first script. In the worker,
confine.py puts on the layers, in this order; each has its own file and its own reason:

    process       a process of its own in a session of its own, killed as a group; whatever
                  outlives it becomes a child of the zygote, which kills it too
    environment   four harmless variables
    descriptors   the two pipes and the null device; nothing inherited
    non_root      a root grader's workers become nobody, without capabilities (identity.py)
    rlimits       processor time, address space, files, processes (rlimits.py)
    no_new_privs  set-uid programs raise nothing
    landlock      opens for reading the standard library and numpy, and nothing else; no TCP, no
                  signals and no abstract sockets to the outside (landlock.py, visible.py)
    seccomp       an allow-list of system calls: no fork, exec, kill, ptrace, socket (seccomp.py)
    bubblewrap    around the zygote: private mounts, process ids, network (bubblewrap.py)

Landlock and seccomp are what stops attacks; the others are depth, or serve where those two do not
exist. Windows and macOS have process, environment, descriptors and (macOS) rlimits only: enough to
practise with one's own code, not to grade others'. The `missing` dict says why a layer is absent.

**Trust between the parts.** The grader believes one line that a worker writes before any line of
the student's runs: the *preamble*, which names the layers in force. Afterwards it believes nothing.
The grader itself calls `harden_grader` so that a worker of the same user cannot read its memory.

**Strict.** `open_sandbox("strict")` demands landlock and seccomp, and before the first worker is
handed out it lets an ordinary submission try the forbidden (selftest.py). Layers that are said to
be there but do not hold are found out by trying.
"""

from __future__ import annotations

import contextlib
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any

from autograder.sandbox.limits import Limits

if TYPE_CHECKING:
    from autograder.sandbox.launch import Exit, Launcher, Protection, WorkerProcess

__all__ = [
    "ALL_LAYERS",
    "MODES",
    "STRICT_LAYERS",
    "Exit",
    "Limits",
    "Sandbox",
    "WorkerProcess",
    "harden_grader",
    "open_sandbox",
]

ALL_LAYERS = (
    "process",
    "environment",
    "descriptors",
    "non_root",
    "rlimits",
    "no_new_privs",
    "landlock",
    "seccomp",
    "bubblewrap",
)
PROCESS_LAYERS = frozenset(ALL_LAYERS[:5])
STRICT_LAYERS = frozenset(ALL_LAYERS[:8])
MODES = ("auto", "strict", "process")


def __getattr__(name: str) -> Any:
    # The workers import this package for its layers; the launcher's modules are not for them.
    if name in ("Exit", "WorkerProcess"):
        from autograder.sandbox import launch

        return getattr(launch, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


class Sandbox:
    """A place to start workers in. A context manager; made by `open_sandbox`."""

    def __init__(self, mode: str, launcher: Launcher) -> None:
        self.mode = mode
        self._launcher = launcher
        self._lock = threading.Lock()
        self._tested = mode != "strict"

    @property
    def layers(self) -> tuple[str, ...]:
        """The names of the layers in force. Waits for the sandbox to be up."""
        return self._protection().layers

    @property
    def missing(self) -> dict[str, str]:
        """Layers that were asked for and are not in force, each with the reason."""
        return dict(self._protection().missing)

    def summary(self) -> str:
        """One line for a report: what protects, and what is missing."""
        protection = self._protection()
        line = f"sandbox {self.mode}: {', '.join(protection.layers)}"
        if protection.missing:
            reasons = [f"{layer} ({why})" for layer, why in protection.missing.items()]
            line += f"; without {', '.join(reasons)}"
        return line

    def start(self) -> WorkerProcess:
        """A fresh worker, confined and serving; it has seen no other submission.

        Raises SandboxUnavailable where strict protection does not hold here, and SandboxError
        where the sandbox broke.
        """
        with self._lock:
            if not self._tested:
                from autograder.sandbox import selftest

                selftest.demand_protection(self._start)
                self._tested = True
        return self._start()

    def _start(self) -> WorkerProcess:
        from autograder.errors import SandboxError

        expected = set(self._protection().layers)
        worker, found = self._launcher.start()
        if not expected <= set(found.layers):
            worker.close()
            lost = ", ".join(sorted(expected - set(found.layers)))
            raise SandboxError(f"a worker came up without {lost}, which held before")
        return worker

    def _protection(self) -> Protection:
        return self._launcher.protection()

    def close(self) -> None:
        """End the sandbox and all its workers; repeatable."""
        self._launcher.close()

    def __enter__(self) -> Sandbox:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def open_sandbox(
    mode: str = "auto",
    limits: Limits = Limits(),  # noqa: B008 (frozen)
    *,
    layers: frozenset[str] | None = None,
    launcher: str | None = None,
    boot: Path | None = None,
) -> Sandbox:
    """Start a sandbox and return without waiting for it to be up.

    Args:
        mode: "auto" puts on what this machine has; "strict" refuses to run anything without
            Landlock and seccomp, and proves by trial that they hold; "process" is a separate
            process with limits only.
        limits: of each worker.
        layers: for tests: exactly these layers, instead of the mode's.
        launcher: "zygote" or "spawn"; by default what suits the system.
        boot: for tests: a script that is run in place of boot.py, and then runs it.
    """
    from autograder.errors import SandboxUnavailable, UsageError

    if mode not in MODES:
        raise UsageError(f"unknown sandbox mode {mode!r}; there are {', '.join(MODES)}")
    if mode == "strict" and sys.platform != "linux":
        raise SandboxUnavailable(
            f"strict protection needs Landlock and seccomp, which {sys.platform} does not have",
            "grade on Linux, or practise with --sandbox auto",
        )
    from autograder.sandbox import launch

    wanted = PROCESS_LAYERS if mode == "process" else frozenset(ALL_LAYERS)
    if layers is not None:
        wanted = layers
    required = STRICT_LAYERS & wanted if mode == "strict" else frozenset()
    request = launch.Request(wanted, required, limits, boot or launch.BOOT)
    # fork without exec is safe on Linux only: macOS's frameworks do not survive it.
    if (launcher or ("zygote" if sys.platform == "linux" else "spawn")) == "zygote":
        from autograder.sandbox.fork import ZygoteLauncher

        return Sandbox(mode, ZygoteLauncher(request))
    from autograder.sandbox.spawn import SpawnLauncher

    return Sandbox(mode, SpawnLauncher(request))


def harden_grader() -> None:
    """Close the memory, environment and descriptors of this process to others of its user.

    Linux only; call it once, early. Without it a worker of the same user, under weak layers,
    could read the expected values in /proc/<grader>/mem.
    """
    if sys.platform == "linux":
        from autograder.sandbox import linux

        with contextlib.suppress(OSError):
            linux.make_undumpable()
