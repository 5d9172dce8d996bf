"""Workers by a fresh interpreter each: works on every system, costs 60 ms and more.

The next worker is started ahead of need, so that it loads numpy while the grader is busy with
the present one.
"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import tempfile
import threading
from typing import IO

from autograder.errors import SandboxError, SandboxUnavailable
from autograder.sandbox import environment
from autograder.sandbox.launch import (
    Exit,
    Protection,
    Request,
    WorkerProcess,
    command_line,
    complaint,
    ended,
    make_pipes,
    make_transport,
    read_preamble,
)


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
            return ended(self._process.wait(timeout))
        except subprocess.TimeoutExpired:
            return Exit("unknown")

    def close(self) -> None:
        self.log.close()


class _Spawned:
    """An interpreter that is loading numpy and has not yet been spoken to."""

    def __init__(self, request: Request) -> None:
        theirs_in, self.write_fd, self.read_fd, theirs_out = make_pipes()
        log = tempfile.TemporaryFile()  # noqa: SIM115 (closed with the process)
        process = subprocess.Popen(
            command_line(request, None),
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
            protection = read_preamble(self.read_fd)
        except SandboxError as error:
            reason = complaint(self.ending.log)
            WorkerProcess(make_transport(self.read_fd, self.write_fd), self.ending).close()
            raise SandboxUnavailable(f"{error.message}: {reason}") from None
        return WorkerProcess(make_transport(self.read_fd, self.write_fd), self.ending), protection


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
            transport = make_transport(self._spare.read_fd, self._spare.write_fd)
            WorkerProcess(transport, self._spare.ending).close()
        self._first = self._spare = None
