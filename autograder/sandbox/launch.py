"""The grader's side: start sandbox processes, start workers in them, see them end.

Two ways to start a worker:
    ZygoteLauncher   Linux: ask the zygote to fork one (about 3 ms)
    SpawnLauncher    elsewhere: start an interpreter for each (60 ms and more), one ahead of
                     need, so that it loads numpy while the grader is busy

Both return at once and do their waiting at the first start, because the grader
has its own imports to do meanwhile. That is also why `autograder.wire`, which
loads numpy, is not imported at the top.
"""

from __future__ import annotations

import contextlib
import importlib.util
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Protocol

from autograder.errors import SandboxError, SandboxUnavailable
from autograder.sandbox import bubblewrap, environment
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


def _exit(code: int | None) -> Exit:
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


def _command(request: Request, control: int | None) -> list[str]:
    configuration = {
        "engine": str(ENGINE),
        "numpy": locate_numpy(),
        "control": control,
        "layers": sorted(request.layers),
        "required": sorted(request.required - {"bubblewrap"}),
        "limits": asdict(request.limits),
    }
    # -B: no __pycache__ in the course folder, where a root grader's would annoy its owner
    options = ["-I", "-S", "-B", "-X", "utf8"]
    return [_python(), *options, str(request.boot), json.dumps(configuration)]


def _pipes() -> tuple[int, int, int, int]:
    """(worker reads, we write, we read, worker writes)."""
    theirs_in, ours_out = os.pipe()
    ours_in, theirs_out = os.pipe()
    if sys.platform == "linux":
        import fcntl

        with contextlib.suppress(OSError):  # an unprivileged user may have but so much
            fcntl.fcntl(ours_out, _F_SETPIPE_SZ, PIPE_BYTES)
            fcntl.fcntl(theirs_out, _F_SETPIPE_SZ, PIPE_BYTES)
    return theirs_in, ours_out, ours_in, theirs_out


def _wait_readable(fd: int, seconds: float) -> bool:
    if sys.platform == "win32":
        return True  # no poll for pipes; the read below waits
    import select

    poll = select.poll()
    poll.register(fd, select.POLLIN)
    return bool(poll.poll(max(0.0, seconds) * 1000))


def _read_preamble(fd: int) -> Protection:
    """What a worker says about itself before it serves (see zygote.become_worker)."""
    line = os.read(fd, PREAMBLE_LIMIT) if _wait_readable(fd, START_SECONDS) else b""
    return _parse_preamble(line)


def _parse_preamble(line: bytes) -> Protection:
    try:
        preamble = json.loads(line)
    except ValueError:
        raise SandboxError("a sandboxed worker ended while it was being set up") from None
    if "error" in preamble:
        raise SandboxError(f"a sandboxed worker could not be set up ({preamble['error']})")
    return Protection(tuple(preamble["layers"]), dict(preamble["missing"]))


def _transport(read_fd: int, write_fd: int) -> Transport:
    from autograder.wire import Transport

    return Transport(read_fd, write_fd)


def _complaint(log: IO[bytes]) -> str:
    """The last line that a process wrote to its standard error."""
    log.seek(0)
    lines = log.read(100_000).decode("utf-8", "replace").strip().splitlines()
    return lines[-1] if lines else "it said nothing"


# -- zygote ---------------------------------------------------------------------------------------


class ZygoteGone(Exception):
    """The zygote ended (an attack under weak layers, or the kernel was short of memory)."""


class _ZygoteProcess:
    """One running zygote, inside bubblewrap or not."""

    def __init__(self, request: Request, bwrap: str | None) -> None:
        self.log = tempfile.TemporaryFile()
        self._socket, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self._lock = threading.Lock()
        command = _command(request, theirs.fileno())
        if bwrap:
            shown = [str(ENGINE / "autograder"), str(request.boot)]
            variables = environment.for_start()
            command = [
                *bubblewrap.prefix(bwrap, command[0], locate_numpy(), shown, variables),
                *command,
            ]
        with theirs:
            self._process = subprocess.Popen(
                command,
                pass_fds=(theirs.fileno(),),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=self.log,
                env=environment.for_start(),
                cwd="/",
                start_new_session=True,  # Ctrl-C at the terminal is for the grader
            )

    def ready(self) -> Protection:
        """Wait for the first message. Raises ZygoteGone or SandboxError."""
        self._socket.settimeout(START_SECONDS)
        try:
            message = self._socket.recv(PREAMBLE_LIMIT)
        except OSError:
            message = b""
        if not message:
            raise ZygoteGone
        self._socket.settimeout(None)
        return _parse_preamble(message)

    def ask(self, request: dict[str, Any], fds: tuple[int, ...] = ()) -> tuple[Any, list[int]]:
        """One request, one reply (and the descriptors that came with it)."""
        with self._lock:
            try:
                data = [json.dumps(request).encode()]
                if fds:
                    socket.send_fds(self._socket, data, fds)
                else:
                    self._socket.send(data[0])
                message, received, _, _ = socket.recv_fds(self._socket, PREAMBLE_LIMIT, 1)
            except OSError:
                raise ZygoteGone from None
        if not message:
            raise ZygoteGone
        for fd in received:
            os.set_inheritable(fd, False)
        return json.loads(message), received

    def close(self) -> None:
        """Hang up: the zygote kills its workers and leaves."""
        self._socket.close()
        try:
            self._process.wait(5)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self.log.close()


class _ForkedEnding:
    """Kill and wait for a worker that is the zygote's child, by pidfd where the kernel has them."""

    def __init__(self, zygote: _ZygoteProcess, pid: int, pidfd: int | None) -> None:
        self._zygote = zygote
        self._pid = pid
        self._pidfd = pidfd

    def kill(self) -> None:
        if self._pidfd is None:
            with contextlib.suppress(ZygoteGone):
                self._zygote.ask({"op": "kill", "pid": self._pid})
        elif sys.platform == "linux":
            with contextlib.suppress(ProcessLookupError):
                signal.pidfd_send_signal(self._pidfd, signal.SIGKILL)

    def wait(self, timeout: float) -> Exit:
        deadline = time.monotonic() + timeout
        try:
            if self._pidfd is not None:
                if not _wait_readable(self._pidfd, timeout):
                    return Exit("unknown")
                return _exit(self._ask())
            while (code := self._ask()) is None and time.monotonic() < deadline:
                time.sleep(0.005)
            return _exit(code)
        except ZygoteGone:
            return Exit("unknown")

    def _ask(self) -> int | None:
        reply, _ = self._zygote.ask({"op": "reap", "pid": self._pid})
        code = reply["code"]
        return code if isinstance(code, int) else None

    def close(self) -> None:
        if self._pidfd is not None:
            os.close(self._pidfd)
            self._pidfd = None


class ZygoteLauncher:
    """Keeps one zygote running; starts another should it die."""

    def __init__(self, request: Request) -> None:
        self._request = request
        self._bwrap = bubblewrap.find() if "bubblewrap" in request.layers else None
        self._bwrap_missing = "bwrap is not installed" if self._bwrap is None else ""
        self._lock = threading.Lock()
        self._zygote: _ZygoteProcess | None = None
        self._protection: Protection | None = None
        self._failure: SandboxError | None = None
        self._launch()

    def _launch(self) -> None:
        self._zygote = _ZygoteProcess(self._request, self._bwrap)
        # A thread waits for the first message, so that a second attempt without bubblewrap
        # starts as soon as the first has failed, while the grader is still importing.
        self._handshake = threading.Thread(target=self._shake_hands, daemon=True)
        self._handshake.start()

    def _shake_hands(self) -> None:
        assert self._zygote is not None
        try:
            self._protection = self._ready()
        except ZygoteGone:
            complaint = _complaint(self._zygote.log)
            self._zygote.close()
            if self._bwrap:
                self._bwrap, self._bwrap_missing = None, complaint
                self._zygote = _ZygoteProcess(self._request, None)
                self._shake_hands()
            else:
                kind = SandboxUnavailable if self._request.required else SandboxError
                self._failure = kind(f"the sandbox could not be started: {complaint}")
        except SandboxError as error:
            self._failure = error

    def _ready(self) -> Protection:
        assert self._zygote is not None
        inner = self._zygote.ready()
        return self._complete(inner)

    def _complete(self, inner: Protection) -> Protection:
        """Add what only the launcher knows: whether there is a bubblewrap around it all."""
        if "bubblewrap" not in self._request.layers:
            return inner
        if self._bwrap:
            return Protection((*inner.layers, "bubblewrap"), inner.missing)
        return Protection(inner.layers, {**inner.missing, "bubblewrap": self._bwrap_missing})

    def protection(self) -> Protection:
        self._handshake.join()
        if self._failure is not None:
            raise self._failure
        assert self._protection is not None
        return self._protection

    def start(self) -> tuple[WorkerProcess, Protection]:
        with self._lock:
            self.protection()
            try:
                return self._start()
            except ZygoteGone:
                assert self._zygote is not None
                self._zygote.close()
                self._launch()
                self.protection()
                try:
                    return self._start()
                except ZygoteGone:
                    raise SandboxError("the sandbox died twice in a row") from None

    def _start(self) -> tuple[WorkerProcess, Protection]:
        zygote = self._zygote
        assert zygote is not None
        theirs_in, ours_out, ours_in, theirs_out = _pipes()
        try:
            reply, fds = zygote.ask({"op": "start"}, (theirs_in, theirs_out))
        except ZygoteGone:
            os.close(ours_out)
            os.close(ours_in)
            raise
        finally:
            os.close(theirs_in)
            os.close(theirs_out)
        ending = _ForkedEnding(zygote, reply["pid"], fds[0] if fds else None)
        worker = WorkerProcess(_transport(ours_in, ours_out), ending)
        try:
            return worker, self._complete(_read_preamble(ours_in))
        except SandboxError:
            worker.close()
            raise

    def close(self) -> None:
        self._handshake.join()
        if self._zygote is not None and self._failure is None:
            self._zygote.close()


# -- spawn ----------------------------------------------------------------------------------------


class _SpawnedEnding:
    def __init__(self, process: subprocess.Popen[bytes], log: IO[bytes]) -> None:
        self._process = process
        self.log = log

    def kill(self) -> None:
        if sys.platform != "win32":
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self._process.pid, signal.SIGKILL)  # it leads a group of its own
        self._process.kill()

    def wait(self, timeout: float) -> Exit:
        try:
            return _exit(self._process.wait(timeout))
        except subprocess.TimeoutExpired:
            return Exit("unknown")

    def close(self) -> None:
        self.log.close()


class _Spawned:
    """An interpreter that is loading numpy and has not yet been spoken to."""

    def __init__(self, request: Request) -> None:
        theirs_in, self.write_fd, self.read_fd, theirs_out = _pipes()
        log = tempfile.TemporaryFile()
        process = subprocess.Popen(
            _command(request, None),
            stdin=theirs_in,
            stdout=theirs_out,
            stderr=log,
            env=environment.for_start(),
            cwd=None if sys.platform == "win32" else "/",
            start_new_session=True,
        )
        os.close(theirs_in)
        os.close(theirs_out)
        self.ending = _SpawnedEnding(process, log)

    def ready(self) -> tuple[WorkerProcess, Protection]:
        try:
            protection = _read_preamble(self.read_fd)
        except SandboxError as error:
            complaint = _complaint(self.ending.log)
            WorkerProcess(_transport(self.read_fd, self.write_fd), self.ending).close()
            raise SandboxUnavailable(f"{error.message}: {complaint}") from None
        return WorkerProcess(_transport(self.read_fd, self.write_fd), self.ending), protection


class SpawnLauncher:
    """A fresh interpreter for each worker. Works everywhere; there is no zygote to attack."""

    def __init__(self, request: Request) -> None:
        self._request = request
        self._lock = threading.Lock()
        self._spare: _Spawned | None = _Spawned(request)
        self._first: tuple[WorkerProcess, Protection] | None = None
        self._protection: Protection | None = None

    def _next(self) -> tuple[WorkerProcess, Protection]:
        spare = self._spare or _Spawned(self._request)
        self._spare = None
        worker, inner = spare.ready()
        missing = dict(inner.missing)
        if "bubblewrap" in self._request.layers:
            missing["bubblewrap"] = "it holds a zygote, and there is none"
        self._protection = Protection(inner.layers, missing)
        self._spare = _Spawned(self._request)
        return worker, self._protection

    def protection(self) -> Protection:
        with self._lock:
            if self._protection is None:
                self._first = self._next()
            assert self._protection is not None
            return self._protection

    def start(self) -> tuple[WorkerProcess, Protection]:
        with self._lock:
            first, self._first = self._first, None
            return first or self._next()

    def close(self) -> None:
        if self._first is not None:
            self._first[0].close()
        if self._spare is not None:
            transport = _transport(self._spare.read_fd, self._spare.write_fd)
            WorkerProcess(transport, self._spare.ending).close()
        self._first = self._spare = None


def make_launcher(name: str, request: Request) -> Launcher:
    """The launcher called `name`: "zygote" or "spawn"."""
    return {"zygote": ZygoteLauncher, "spawn": SpawnLauncher}[name](request)


def default_launcher() -> str:
    """fork without exec is safe on Linux only (macOS's frameworks do not survive it)."""
    return "zygote" if sys.platform == "linux" else "spawn"
