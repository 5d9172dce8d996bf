"""The zygote: a process with numpy loaded that forks a worker in a few milliseconds.

Starting Python and importing numpy takes 50 ms and more; forking a process
that has done so takes 2. The zygote holds no secret and never runs a line of a
student's: each worker is a fresh copy of it, so no worker sees what another
left in memory.

The launcher speaks to it over a SOCK_SEQPACKET socket, one JSON message a
request, one a reply:
    {"op": "start"} + [read end, write end]   {"pid": n} + [pidfd, if there is one]
    {"op": "kill", "pid": n}                  {}
    {"op": "reap", "pid": n}                  {"code": exit code, -signal, or null: still running}
End of file means that the grader is gone: all workers die with the zygote.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import json
import os
import signal
import socket
import sys
from pathlib import Path
from typing import Any, NoReturn

import numpy as np

from autograder.sandbox.confine import ConfinementError, Plan, confine
from autograder.wire import Transport
from autograder.worker import serve as serve_student

if sys.platform == "linux":
    from autograder.sandbox import linux

#: What submissions plausibly import; loaded once here instead of in every worker.
PRELOADED = (
    "abc", "bisect", "collections", "collections.abc", "contextlib", "copy", "dataclasses",
    "decimal", "enum", "fractions", "functools", "heapq", "inspect", "io", "itertools", "json",
    "linecache", "math", "numbers", "operator", "os.path", "pathlib", "pickle", "pprint",
    "random", "re", "statistics", "string", "struct", "textwrap", "time", "traceback", "types",
    "typing", "unicodedata", "warnings", "numpy.lib.stride_tricks", "numpy.linalg",
    "numpy.random", "numpy.typing",
)  # fmt: skip
PREAMBLE_LIMIT = 4096


def make_plan(configuration: dict[str, Any]) -> Plan:
    """The layers of the workers; ends the process with a sentence where one is required and
    cannot be had."""
    try:
        return Plan(
            configuration["layers"],
            configuration["required"],
            configuration["limits"],
            configuration["numpy"],
        )
    except ConfinementError as error:
        sys.exit(str(error))


def forget_folders(folders: list[str]) -> None:
    """Leave no trace of the temporary entries of sys.path, and no way into our own package."""
    for folder in folders:
        sys.path_importer_cache.pop(folder, None)
    for name, module in list(sys.modules.items()):
        if name.partition(".")[0] == "autograder" and hasattr(module, "__path__"):
            for entry in module.__path__:
                sys.path_importer_cache.pop(entry, None)
            module.__path__ = []


def warm_up() -> None:
    """Load and touch what every worker would load and touch."""
    for name in PRELOADED:
        importlib.import_module(name)
    square = np.ones((8, 8))
    np.random.default_rng(0).normal(size=8) @ square  # BLAS sets up its buffers at first use
    # Reads the listing of every folder on sys.path into the import system's cache. Workers may
    # read the files in the standard library's folder, but not list the folder itself.
    with contextlib.suppress(ImportError):
        importlib.import_module("no_such_module")
    gc.collect()
    gc.freeze()  # keeps the collector of a worker off the shared pages


# -- the worker's side ----------------------------------------------------------------------------


def become_worker(plan: Plan, read_fd: int, write_fd: int, parent: int | None) -> NoReturn:
    """Confine this process, tell the grader on `write_fd` how that went, then serve it.

    The first line on the pipe is the preamble: what `confine` returned, or
    {"error": why}. It is written before any line of the student's runs.
    """
    try:
        transport = Transport(read_fd, write_fd)  # sets its pipes up by a call that seccomp refuses
        preamble = confine(plan, (read_fd, write_fd), parent)
    except BaseException as error:
        _send_preamble(write_fd, {"error": (str(error) or type(error).__name__)[:500]})
        os._exit(1)
    _send_preamble(write_fd, preamble)
    serve_student(transport)


def _send_preamble(fd: int, preamble: dict[str, Any]) -> None:
    os.write(fd, json.dumps(preamble).encode() + b"\n")


def point_standard_streams_at_null() -> None:
    null = os.open(os.devnull, os.O_RDWR)
    for fd in (0, 1, 2):
        os.dup2(null, fd)
    if null > 2:
        os.close(null)


def serve_alone(plan: Plan) -> NoReturn:
    """Be the only worker (no fork): where there is no zygote, or to measure without one."""
    if sys.platform == "win32":
        import msvcrt

        for fd in (0, 1):
            msvcrt.setmode(fd, os.O_BINARY)
    read_fd, write_fd = os.dup(0), os.dup(1)
    point_standard_streams_at_null()
    if sys.platform == "linux" and len(list(Path("/proc/self/task").iterdir())) != 1:
        # Landlock and seccomp would bind this thread and leave the others free.
        _send_preamble(write_fd, {"error": "numpy started threads before the sandbox was closed"})
        os._exit(1)
    become_worker(plan, read_fd, write_fd, None)


# -- the zygote's side ----------------------------------------------------------------------------


class Zygote:
    def __init__(self, control: socket.socket, plan: Plan) -> None:
        self._control = control
        self._plan = plan
        self._workers: set[int] = set()

    def run(self) -> NoReturn:
        """Answer the launcher until it hangs up."""
        while True:
            message, fds, _, _ = socket.recv_fds(self._control, 4096, 2)
            if not message:
                self._leave()
            request = json.loads(message)
            if request["op"] == "start":
                self._start(fds)
            elif request["op"] == "kill":
                _signal(request["pid"])
                self._reply({})
            else:
                self._reply({"code": self._reap(request["pid"])})

    def announce(self) -> None:
        """Start a worker, read its preamble, let it go: what the layers are, before anyone asks."""
        read_end, write_end = os.pipe()
        preamble_end, worker_end = os.pipe()
        pid = self._fork(read_end, worker_end)
        for fd in (read_end, write_end, worker_end):  # with its pipe closed the worker ends
            os.close(fd)
        with os.fdopen(preamble_end, "rb") as file:
            line = file.readline(PREAMBLE_LIMIT)
        os.waitpid(pid, 0)
        self._workers.remove(pid)
        self._reply(json.loads(line) if line else {"error": "no worker could be started"})

    def _reply(self, message: dict[str, Any], fds: tuple[int, ...] = ()) -> None:
        data = [json.dumps(message).encode()]
        with contextlib.suppress(BrokenPipeError):  # the grader is gone; the next read says so
            if fds:
                socket.send_fds(self._control, data, fds)
            else:
                self._control.send(data[0])

    def _start(self, fds: list[int]) -> None:
        pid = self._fork(fds[0], fds[1])
        pidfds: tuple[int, ...] = ()
        if hasattr(os, "pidfd_open"):
            with contextlib.suppress(OSError):  # kernels before 5.3
                pidfds = (os.pidfd_open(pid),)
        self._reply({"pid": pid}, pidfds)
        for fd in (*fds, *pidfds):
            os.close(fd)

    def _fork(self, read_fd: int, write_fd: int) -> int:
        me = os.getpid()
        pid = os.fork()
        if pid == 0:
            try:
                os.setsid()  # a process group of its own, which can be killed as one
                become_worker(self._plan, read_fd, write_fd, me)
            finally:
                os._exit(1)
        self._workers.add(pid)
        return pid

    def _reap(self, pid: int) -> int | None:
        """The exit code of a worker that has ended, and an end to whatever it started."""
        if pid not in self._workers:
            return None
        ended, status = os.waitpid(pid, os.WNOHANG)
        if ended == 0:
            return None
        self._workers.remove(pid)
        _signal(-pid)
        self.kill_strays()
        return os.waitstatus_to_exitcode(status)

    def kill_strays(self) -> None:
        """End the processes that an ended worker left behind (possible without seccomp only).

        A process whose parent dies becomes a child of ours, the subreaper; so
        strays are those children that are no workers. Killing one may bring up
        its own children: repeat until there are none.
        """
        while True:
            strays = [child for child in _children() if child not in self._workers]
            if not strays:
                return
            for stray in strays:
                _signal(stray)
            for stray in strays:
                with contextlib.suppress(ChildProcessError):
                    os.waitpid(stray, 0)

    def _leave(self) -> NoReturn:
        for pid in self._workers:
            _signal(-pid)
            _signal(pid)
        self._workers.clear()
        self.kill_strays()
        os._exit(0)


def _signal(target: int) -> None:
    """SIGKILL to a process, or to a group if negative; nothing if it is gone already."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        if target < 0:
            os.killpg(-target, signal.SIGKILL)
        else:
            os.kill(target, signal.SIGKILL)


def _children() -> list[int]:
    try:
        listed = Path(f"/proc/self/task/{os.getpid()}/children").read_text()
    except OSError:  # a kernel without this list; the process group must do
        return []
    return [int(pid) for pid in listed.split()]


def serve(control: int, plan: Plan) -> NoReturn:
    """Warm up, report the layers, then fork workers on demand."""
    warm_up()
    with contextlib.suppress(OSError):  # short of memory, the kernel shall take us, not the grader
        Path("/proc/self/oom_score_adj").write_text("1000")
    linux.make_undumpable()
    linux.prctl(linux.PR_SET_CHILD_SUBREAPER, 1)
    zygote = Zygote(socket.socket(fileno=control), plan)
    point_standard_streams_at_null()
    zygote.announce()
    zygote.run()
