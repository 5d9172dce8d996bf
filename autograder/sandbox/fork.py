"""Workers by fork (Linux): keep a zygote running and ask it for one, in about 3 ms.

The other side of the socket is zygote.py.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from typing import Any

from autograder.errors import SandboxError, SandboxUnavailable
from autograder.sandbox import bubblewrap, environment
from autograder.sandbox.launch import (
    ENGINE,
    PREAMBLE_LIMIT,
    START_SECONDS,
    Exit,
    Protection,
    Request,
    WorkerProcess,
    command_line,
    complaint,
    ended,
    locate_numpy,
    make_pipes,
    make_transport,
    parse_preamble,
    read_preamble,
    wait_readable,
)

LEAVE_SECONDS = 2.0  # for a zygote to kill its workers and leave; it takes some milliseconds


class ZygoteGone(Exception):
    """The zygote ended (an attack under weak layers, or the kernel was short of memory)."""


class _ZygoteProcess:
    """One running zygote, inside bubblewrap or not."""

    def __init__(self, request: Request, bwrap: str | None) -> None:
        self.log = tempfile.TemporaryFile()  # noqa: SIM115 (closed with the process)
        self._socket, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self._lock = threading.Lock()
        self._first: int | None = None  # pidfd of the first process inside bubblewrap
        self._info, info = os.pipe()
        command = command_line(request, theirs.fileno())
        if bwrap:
            shown = [str(ENGINE / "autograder"), str(request.boot)]
            variables = environment.for_start()
            command = [
                *bubblewrap.prefix(bwrap, command[0], locate_numpy(), shown, variables, info),
                *command,
            ]
        with theirs, os.fdopen(info, "wb"):
            self._process = subprocess.Popen(
                command,
                pass_fds=(theirs.fileno(), info) if bwrap else (theirs.fileno(),),
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
        self._find_first()
        return parse_preamble(message)

    def _find_first(self) -> None:
        """Hold on to the first process inside bubblewrap: with it ends all that is inside.

        Without bubblewrap the pipe is empty and closed, and there is nothing to hold.
        A worker with weak layers could stop it by ptrace, and a stopped one never leaves.
        """
        if sys.platform == "linux" and hasattr(os, "pidfd_open"):
            with contextlib.suppress(OSError, ValueError, KeyError):
                self._first = os.pidfd_open(json.loads(os.read(self._info, 4096))["child-pid"])

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
        """Hang up: the zygote kills its workers and leaves. Repeatable."""
        self._socket.close()
        try:
            self._process.wait(LEAVE_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        if self._first is not None and sys.platform == "linux":
            with contextlib.suppress(ProcessLookupError):
                signal.pidfd_send_signal(self._first, signal.SIGKILL)
            os.close(self._first)
            self._first = None
        if self._info >= 0:
            os.close(self._info)
            self._info = -1
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
                if not wait_readable(self._pidfd, timeout):
                    return Exit("unknown")
                return ended(self._ask())
            while (code := self._ask()) is None and time.monotonic() < deadline:
                time.sleep(0.005)
            return ended(code)
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
            reason = complaint(self._zygote.log)
            self._zygote.close()
            if self._bwrap:
                self._bwrap, self._bwrap_missing = None, reason
                self._zygote = _ZygoteProcess(self._request, None)
                self._shake_hands()
            else:
                kind = SandboxUnavailable if self._request.required else SandboxError
                self._failure = kind(f"the sandbox could not be started: {reason}")
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
        theirs_in, ours_out, ours_in, theirs_out = make_pipes()
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
        worker = WorkerProcess(make_transport(ours_in, ours_out), ending)
        try:
            return worker, self._complete(read_preamble(ours_in))
        except SandboxError:
            worker.close()
            raise

    def close(self) -> None:
        self._handshake.join()
        if self._zygote is not None:
            self._zygote.close()
