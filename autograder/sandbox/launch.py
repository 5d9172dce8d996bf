"""The grader's side, as far as both ways to start a worker share it.

    fork.py    Linux: a zygote forks one in about 3 ms
    spawn.py   elsewhere: an interpreter for each, 60 ms and more

Both start their first process at once and wait for it only when the first worker is asked for,
because the grader has its own imports to do meanwhile. That is also why `autograder.wire`, which
loads numpy, is not imported at the top.
"""

from __future__ import annotations

import contextlib
import importlib.util
import json
import os
import signal
import sys
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING, Protocol

from autograder.errors import SandboxError, SandboxUnavailable
from autograder.sandbox.limits import Limits

if TYPE_CHECKING:
    from autograder.wire import Transport

START_SECONDS = 60.0  # a cold disk and a busy machine; normally a tenth of a second
PIPE_BYTES = 1 << 20  # large arrays cross in fewer switches between the processes
PREAMBLE_LIMIT = 4096
_F_SETPIPE_SZ = 1031
BOOT = Path(__file__).with_name("boot.py")
ENGINE = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Exit:
    """How a worker ended.

    kind: "exited" (code = its exit code), "signalled" (code = the signal's number) or
    "unknown" (code = None): it had not ended in the time given, or nobody can tell any more.
    """

    kind: str
    code: int | None = None

    def __str__(self) -> str:
        if self.kind == "exited":
            return f"exited with code {self.code}"
        if self.kind == "signalled":
            with contextlib.suppress(ValueError, TypeError):
                return f"ended by {signal.Signals(self.code).name}"  # type: ignore[arg-type]
            return f"ended by signal {self.code}"
        return "ended for an unknown reason"


def ended(code: int | None) -> Exit:
    if code is None:
        return Exit("unknown")
    return Exit("signalled", -code) if code < 0 else Exit("exited", code)


@dataclass(frozen=True)
class Request:
    """What open_sandbox asks of a launcher."""

    layers: frozenset[str]
    required: frozenset[str]
    limits: Limits
    boot: Path


@dataclass(frozen=True)
class Protection:
    """The layers in force in a worker, and why the others are not."""

    layers: tuple[str, ...]
    missing: dict[str, str]


class Ending(Protocol):
    """How a launcher ends its workers."""

    def kill(self) -> None: ...
    def wait(self, timeout: float) -> Exit: ...
    def close(self) -> None: ...


class WorkerProcess:
    """One worker: speak to it over `transport`, end it with `kill`, and `close` it in any case."""

    def __init__(self, transport: Transport, ending: Ending) -> None:
        self.transport = transport
        self._ending = ending
        self._exit: Exit | None = None
        self._closed = False

    def kill(self) -> None:
        """End it, and everything it started. Does not wait; safe to repeat."""
        if self._exit is None:
            self._ending.kill()

    def wait(self, timeout: float = 5.0) -> Exit:
        """Wait up to `timeout` seconds for its end, and say how it ended."""
        if self._exit is None:
            outcome = self._ending.wait(timeout)
            if outcome.kind == "unknown":
                return outcome
            self._exit = outcome
        return self._exit

    def close(self) -> None:
        """Close the pipes, kill it if it still runs, and clear away what is left; repeatable."""
        if self._closed:
            return
        self._closed = True
        self.transport.close()
        self.kill()
        self.wait()
        self._ending.close()

    def __enter__(self) -> WorkerProcess:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


class Launcher(Protocol):
    """What a Sandbox needs of the platform."""

    def protection(self) -> Protection: ...
    def start(self) -> tuple[WorkerProcess, Protection]: ...
    def close(self) -> None: ...


# -- shared by both -------------------------------------------------------------------------------


def locate_numpy() -> str:
    """The folder that contains numpy, without the 50 ms of importing it."""
    spec = importlib.util.find_spec("numpy")
    if spec is None or spec.origin is None:
        raise SandboxUnavailable("numpy is not installed", "pip install numpy")
    return str(Path(spec.origin).resolve().parents[1])


def _python() -> str:
    # Behind a virtual environment's link or launcher; inside bubblewrap only this one exists.
    return os.path.realpath(getattr(sys, "_base_executable", None) or sys.executable)


def command_line(request: Request, control: int | None) -> list[str]:
    configuration = {
        "engine": str(ENGINE),
        "numpy": locate_numpy(),
        "control": control,
        "layers": sorted(request.layers),
        "required": sorted(request.required - {"bubblewrap"}),
        "limits": asdict(request.limits),
    }
    options = ["-I", "-S", "-X", "utf8"]
    return [_python(), *options, str(request.boot), json.dumps(configuration)]


def make_pipes() -> tuple[int, int, int, int]:
    """(worker reads, we write, we read, worker writes)."""
    theirs_in, ours_out = os.pipe()
    ours_in, theirs_out = os.pipe()
    if sys.platform == "linux":
        import fcntl

        with contextlib.suppress(OSError):  # an unprivileged user may have but so much
            fcntl.fcntl(ours_out, _F_SETPIPE_SZ, PIPE_BYTES)
            fcntl.fcntl(theirs_out, _F_SETPIPE_SZ, PIPE_BYTES)
    return theirs_in, ours_out, ours_in, theirs_out


def wait_readable(fd: int, seconds: float) -> bool:
    if sys.platform == "win32":
        return True  # no poll for pipes; the read below waits
    import select

    poll = select.poll()
    poll.register(fd, select.POLLIN)
    return bool(poll.poll(max(0.0, seconds) * 1000))


def read_preamble(fd: int) -> Protection:
    """What a worker says about itself before it serves (see zygote.become_worker)."""
    line = os.read(fd, PREAMBLE_LIMIT) if wait_readable(fd, START_SECONDS) else b""
    return parse_preamble(line)


def parse_preamble(line: bytes) -> Protection:
    try:
        preamble = json.loads(line)
    except ValueError:
        raise SandboxError("a sandboxed worker ended while it was being set up") from None
    if "error" in preamble:
        raise SandboxError(f"a sandboxed worker could not be set up ({preamble['error']})")
    return Protection(tuple(preamble["layers"]), dict(preamble["missing"]))


def make_transport(read_fd: int, write_fd: int) -> Transport:
    from autograder.wire import Transport

    return Transport(read_fd, write_fd)


def complaint(log: IO[bytes]) -> str:
    """The last line that a process wrote to its standard error."""
    log.seek(0)
    lines = log.read(100_000).decode("utf-8", "replace").strip().splitlines()
    return lines[-1] if lines else "it said nothing"
