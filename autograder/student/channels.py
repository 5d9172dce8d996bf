"""Two ways to reach a worker: through the pipes of a sandboxed process, or in this one.

:class:`SandboxChannel` is for everything that students hand in. :class:`LocalChannel` runs the same
worker code in the grader's own process and is for our own code only: the known misconceptions that
diagnosis replays, the reference in an author's debugger.
"""

from __future__ import annotations

import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from types import ModuleType
from typing import Any, Protocol

import numpy as np

from autograder.results import Status
from autograder.sandbox import Exit, WorkerProcess
from autograder.student.errors import WorkerLost
from autograder.wire import Buffer, Closed, Deadline, WireError
from autograder.worker import Worker

Frame = tuple[dict[str, Any], Any]
#: Answers a question that the student's code asks back; returns a header and its buffers.
OnCallback = Callable[[dict[str, Any], Any], tuple[dict[str, Any], Sequence[Buffer]]]

#: One request may ask back this often. A session refuses earlier, and says so to the student's
#: code; this ends a process that goes on all the same.
MAX_CALLBACKS = 100_000
EXIT_WAIT = 1.0  # seconds for a process that closed its pipe to be gone


class Channel(Protocol):
    """One worker, asked one thing at a time."""

    def request(
        self,
        header: dict[str, Any],
        buffers: Sequence[Buffer],
        deadline: float | None,
        on_callback: OnCallback,
    ) -> Frame:
        """Send a request and return the answer; raises WorkerLost when there will be none."""

    def close(self) -> None:
        """End the worker."""


class SandboxChannel:
    """A worker in its own, sandboxed process. ``deadline`` is absolute, in seconds."""

    def __init__(self, process: WorkerProcess) -> None:
        self._process = process

    def request(
        self,
        header: dict[str, Any],
        buffers: Sequence[Buffer],
        deadline: float | None,
        on_callback: OnCallback,
    ) -> Frame:
        transport = self._process.transport
        try:
            with self._watchdog(deadline):
                transport.send(header, buffers, deadline)
                for _ in range(MAX_CALLBACKS):
                    answer, payload = transport.receive(deadline)
                    if answer.get("id") != header["id"]:
                        raise WireError("the answer is out of sequence")
                    if answer.get("kind") != "callback":
                        return answer, payload
                    reply, reply_buffers = on_callback(answer, payload)
                    transport.send(reply, reply_buffers, deadline)
            self._process.kill()
            raise WorkerLost(Status.TIMEOUT, f"it called the check more than {MAX_CALLBACKS} times")
        except Deadline:
            self._process.kill()
            raise WorkerLost(Status.TIMEOUT, "it did not stop when its time was up") from None
        except Closed:
            raise _lost(self._process.wait(EXIT_WAIT), self._expired) from None
        except WireError as error:
            self._process.kill()
            raise WorkerLost(Status.CRASHED, f"it sent a malformed answer ({error})") from None

    def close(self) -> None:
        self._process.close()

    _expired = False

    @contextmanager
    def _watchdog(self, deadline: float | None) -> Iterator[None]:
        """Where pipes know no deadlines (Windows), a timer ends the process instead."""
        if self._process.transport.has_deadlines or deadline is None:
            yield
            return

        def expire() -> None:
            self._expired = True
            self._process.kill()

        timer = threading.Timer(max(0.0, deadline - time.monotonic()), expire)
        timer.start()
        try:
            yield
        finally:
            timer.cancel()


def _lost(exit: Exit, expired: bool) -> WorkerLost:
    """What the end of a process means for the student."""
    if expired or _ended_by(exit, "SIGXCPU"):
        return WorkerLost(Status.TIMEOUT, "it did not stop when its time was up")
    if _ended_by(exit, "SIGKILL"):
        reason = "the system ended it, most likely for lack of memory"
        return WorkerLost(Status.OUT_OF_MEMORY, reason)
    if exit.kind == "signalled":
        return WorkerLost(Status.CRASHED, f"its process was {exit}")
    return WorkerLost(Status.CRASHED, "its process left without an answer (did it call os._exit?)")


def _ended_by(exit: Exit, name: str) -> bool:
    number = getattr(signal, name, None)  # Windows knows neither
    return exit.kind == "signalled" and number is not None and exit.code == number


class LocalChannel:
    """The worker's code in this process: no isolation, no time limit. Never for a submission."""

    def __init__(self) -> None:
        self._worker = Worker(self._ask, soft_timeouts=False)
        self._on_callback: OnCallback | None = None
        self._replaced: dict[str, ModuleType | None] = {}

    def request(
        self,
        header: dict[str, Any],
        buffers: Sequence[Buffer],
        deadline: float | None,
        on_callback: OnCallback,
    ) -> Frame:
        self._on_callback = on_callback
        for name in header.get("names", ()):  # of the given modules, which will stand there
            self._replaced.setdefault(name, sys.modules.get(name))
        answer, answer_buffers = self._worker.answer(header, joined(buffers))
        return answer, joined(answer_buffers)

    def close(self) -> None:
        """Give this process its own modules back."""
        for name, module in self._replaced.items():
            if module is None:
                sys.modules.pop(name, None)
            else:
                sys.modules[name] = module
        self._replaced = {}

    def _ask(self, question: dict[str, Any], buffers: Sequence[Buffer]) -> Frame:
        assert self._on_callback is not None
        reply, reply_buffers = self._on_callback(question, joined(buffers))
        return reply, joined(reply_buffers)


def joined(buffers: Sequence[Buffer]) -> np.ndarray[Any, Any]:
    """The buffers as one payload, in fresh memory."""
    return np.frombuffer(bytearray(b"".join(buffers)), np.uint8)
