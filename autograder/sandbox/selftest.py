"""Does the protection hold? An ordinary submission tries what must be refused.

Run through the ordinary protocol, before a strict sandbox hands out its first
worker. A kernel that lacks a feature, a container that filters system calls, a
mistake of ours: whatever the cause, the trial finds out.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from autograder.errors import SandboxUnavailable

if TYPE_CHECKING:
    from autograder.sandbox.launch import WorkerProcess

SECONDS = 10.0

#: The submission. Each attempt returns None if it was refused, else what it achieved.
PROBE = """
import os
import socket


def attempt(action):
    try:
        return str(action())
    except OSError:
        return None


def fork():
    pid = os.fork()
    if pid == 0:
        os._exit(0)
    return pid


def read(path):
    with open(path) as file:
        return len(file.read())


def write():
    os.close(os.open("/tmp/groundup", os.O_CREAT | os.O_RDWR))
    return "created"


def probe(canary):
    return {
        "reading a file outside the standard library": attempt(lambda: read(canary)),
        "reading the list of its own memory": attempt(lambda: read("/proc/self/maps")),
        "listing the root folder": attempt(lambda: os.listdir("/")),
        "writing a file": attempt(write),
        "opening a network socket": attempt(lambda: socket.socket()),
        "starting a process": attempt(fork),
        "sending a signal": attempt(lambda: os.kill(os.getppid(), 0)),
        "being root": None if os.geteuid() else "root",
    }
"""


def demand_protection(start: Callable[[], WorkerProcess]) -> None:
    """Try everything in a worker of `start`. Raises SandboxUnavailable naming what succeeded."""
    with tempfile.TemporaryDirectory() as folder:
        # Readable by anyone, so that permissions are not what refuses it.
        Path(folder).chmod(0o755)
        canary = Path(folder) / "canary"
        canary.write_text("canary")
        canary.chmod(0o644)
        with start() as worker:
            results = _run(worker, str(canary))
    achieved = sorted(what for what, result in results.items() if result is not None)
    if achieved:
        raise SandboxUnavailable(
            f"strict protection does not hold on this machine: {', '.join(achieved)}"
            " was possible inside the sandbox",
            "use a kernel with Landlock and seccomp (5.13 or later), or --sandbox auto"
            " for code that you trust",
        )


def _run(worker: WorkerProcess, canary: str) -> dict[str, str | None]:
    from autograder.wire import Closed, Deadline, Decoder, Encoder, WireError

    def refuse(_: object) -> Any:
        raise WireError("the self-test returns plain data")

    encoder = Encoder(refuse)
    requests = (
        {"op": "run", "file": "selftest.py", "line": 1, "source": PROBE},
        {
            "op": "call",
            "on": None,
            "name": "probe",
            "args": encoder.encode((canary,)),
            "kwargs": encoder.encode({}),
        },
    )
    deadline = time.monotonic() + SECONDS
    result: Any = None
    try:
        for number, request in enumerate(requests, 1):
            worker.transport.send({"id": number, **request}, (), deadline)
            answer, payload = worker.transport.receive(deadline)
            if answer.get("kind") != "value":
                raise SandboxUnavailable(
                    f"the sandbox's self-test failed: {answer.get('type')}: {answer.get('message')}"
                )
            result = Decoder(payload, refuse).decode(answer["value"])
    except (Closed, Deadline, WireError) as error:
        outcome = worker.wait(0.5)
        raise SandboxUnavailable(
            f"the sandbox's self-test did not finish ({type(error).__name__}; {outcome})"
        ) from None
    if type(result) is not dict or not result:
        raise SandboxUnavailable("the sandbox's self-test gave no result")
    return result
