"""The process that holds the student's module and answers the grader's requests.

It knows no checks, no expected values, no labels: only the student's code, the values it is sent
and the functions of earlier assignments that the course gives. It imports nothing of ours but the
wire format and the stand-ins, so that nothing else has to be readable inside the sandbox.

A request is a header with ``op`` and an ``id``; the answer carries the same id and is one of

    {"kind": "value", "value": node, "mutated": [[position, node], ...]}
    {"kind": "error", "type", "message", "frames": [[function, line, file], ...], "category"}
    {"kind": "callback", "callback": id, "args": node}     a question back, answered in between

plus ``out`` (what the code printed, capped) and ``warnings``. Nothing here is a defence: the
student's code shares this process and may rewrite all of it. What it can reach by doing so is the
sandbox's business; what it can make the grader believe is bounded by :mod:`autograder.wire`.
"""

from __future__ import annotations

import builtins
import contextlib
import io
import itertools
import marshal
import os
import random
import signal
import sys
import time
import traceback
import types
import warnings
from collections.abc import Callable, Iterator, Sequence
from typing import Any, NoReturn

import numpy as np

from autograder import standins
from autograder.wire import Buffer, Closed, Decoder, Encoder, Node, Transport, WireError

OUTPUT_LIMIT = 16_384
MESSAGE_LIMIT = 2000
FRAME_LIMIT = 20
WARNING_LIMIT = 20
#: After the first soft timeout the alarm comes again and again, for code that swallows exceptions.
ALARM_INTERVAL = 0.05

Ask = Callable[[dict[str, Any], Sequence[Buffer]], tuple[dict[str, Any], Any]]


class SoftTimeout(BaseException):
    """Raised inside the student's code when its time is up, so that the line can be named."""


class Missing(Exception):
    """The submission does not define what the grader asked for."""


class CallbackFailed(RuntimeError):
    """The grader's function could not work with what the student's code gave it."""


class CappedOutput(io.TextIOBase):
    """Standard output and error of the student's code: keeps the first characters only."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._kept = 0

    def writable(self) -> bool:
        return True

    def write(self, text: str) -> int:
        text = str(text)
        kept = text[: OUTPUT_LIMIT - self._kept]
        if kept:
            self._parts.append(kept)
            self._kept += len(kept)
        return len(text)

    def take(self) -> str:
        """What was kept since the last call."""
        text = "".join(self._parts)
        self._parts, self._kept = [], 0
        return text


class Namespace:
    """An object with attributes that the grader chose: a fake network, a recording optimizer."""


class Parameter(np.lib.mixins.NDArrayOperatorsMixin):
    """An array that travels by reference, as no ndarray does: a check can tell it from a copy.

    What is computed with it, or copied from it, is a plain array again.
    """

    def __init__(self, array: np.ndarray[Any, Any]) -> None:
        self._array = array

    def __array__(self, dtype: Any = None, copy: bool | None = None) -> np.ndarray[Any, Any]:
        return np.array(self._array, dtype)

    def __array_ufunc__(self, ufunc: Any, method: str, *inputs: Any, **options: Any) -> Any:
        into = options.pop("out", ())
        if into:
            options["out"] = tuple(map(_plain, into))
        found = getattr(ufunc, method)(*map(_plain, inputs), **options)
        return into[0] if len(into) == 1 else found

    def __getattr__(self, name: str) -> Any:
        return getattr(self._array, name)

    def __copy__(self) -> np.ndarray[Any, Any]:
        return self._array.copy()

    def __getitem__(self, key: Any) -> Any:
        return self._array[key]

    def __setitem__(self, key: Any, value: Any) -> None:
        self._array[key] = value

    def __len__(self) -> int:
        return len(self._array)

    def __bool__(self) -> bool:
        return bool(self._array)

    def __float__(self) -> float:
        return float(self._array)

    def __repr__(self) -> str:
        return repr(self._array)


def _plain(value: Any) -> Any:
    return value._array if isinstance(value, Parameter) else value


class Worker:
    """Holds one student's module. ``ask`` sends a question to the grader and returns its answer."""

    def __init__(self, ask: Ask, soft_timeouts: bool) -> None:
        self._ask = ask
        self._soft_timeouts = soft_timeouts
        self._module = types.ModuleType("submission")
        self._files: set[str] = set()
        self._objects: dict[int, object] = {}
        self._handles: dict[int, int] = {}
        self._numbers = itertools.count(1)
        self._request_id = 0
        self._output = CappedOutput()
        self._operations: dict[str, Callable[[dict[str, Any], Decoder], Any]] = {
            "given": self._give,
            "run": self._run,
            "begin": self._begin,
            "seed": self._seed,
            "call": self._call,
            "get": self._get,
            "set": self._set,
            "assign": self._assign,
            "value": lambda request, _: self._object(request["on"]),
            "iterate": lambda request, _: iter(self._object(request["on"])),  # type: ignore[call-overload]
            "next": self._next,
            "same": lambda request, decoder: _is_same(*decoder.decode(request["args"])),
            "shares_memory": lambda request, decoder: np.shares_memory(
                *decoder.decode(request["args"])
            ),
            "namespace": self._namespace,
            "parameter": lambda request, decoder: Parameter(
                np.array(decoder.decode(request["value"]))
            ),
            "generator": lambda request, _: np.random.default_rng(request["seed"]),
        }

    # -- requests ---------------------------------------------------------------------------------

    def answer(self, request: dict[str, Any], payload: Any) -> tuple[dict[str, Any], list[Buffer]]:
        """Carry out one request; whatever the student's code does ends as an answer."""
        self._request_id = request["id"]
        started = time.process_time()
        encoder = Encoder(self._refer)
        with warnings.catch_warnings(record=True) as caught, self._redirected():
            warnings.simplefilter("always")
            try:
                with self._alarm(request.get("cpu"), request.get("wall")):
                    answer = self._value(request, payload, encoder)
            except BaseException as error:
                encoder = Encoder(self._refer)
                answer = self._error(error)
        answer["id"] = request["id"]
        answer["cpu"] = time.process_time() - started
        text = self._output.take()
        if text:
            answer["out"] = text
        if caught:
            answer["warnings"] = [
                [w.category.__name__, str(w.message)[:200], w.lineno]
                for w in caught[:WARNING_LIMIT]
            ]
        return answer, encoder.buffers

    def _value(self, request: dict[str, Any], payload: Any, encoder: Encoder) -> dict[str, Any]:
        before = bytes(payload)
        decoder = Decoder(payload, self._resolve)
        result = self._operations[request["op"]](request, decoder)
        if request.get("keep"):
            answer = {"kind": "value", "value": self._refer(result)}
        else:
            answer = {"kind": "value", "value": encoder.encode(result)}
        # Arguments changed in place travel back, so that the grader's own arrays change as well.
        # All arrays are views of the payload: one comparison finds out whether any was touched.
        if before and bytes(payload) != before:
            answer["mutated"] = [
                [position, encoder.encode(array)] for position, array in enumerate(decoder.arrays)
            ]
        return answer

    def _error(self, error: BaseException) -> dict[str, Any]:
        try:
            message = str(error)[:MESSAGE_LIMIT]
        except BaseException:
            message = "(the message of this exception cannot be shown)"
        if isinstance(error, SyntaxError) and error.filename in self._files:
            frames = [["", error.lineno or 0, error.filename]]
            message = (error.msg or "invalid syntax")[:MESSAGE_LIMIT]
        else:
            frames = [
                [frame.name[:80], frame.lineno or 0, frame.filename]
                for frame in traceback.extract_tb(error.__traceback__)
                if frame.filename in self._files
            ]
        return {
            "kind": "error",
            "type": type(error).__name__[:80],
            "message": message,
            "frames": frames[-FRAME_LIMIT:],
            "category": _category(error),
        }

    @contextlib.contextmanager
    def _alarm(self, cpu: float | None, wall: float | None) -> Iterator[None]:
        if not cpu or not wall or not self._soft_timeouts:
            yield
            return
        try:
            signal.setitimer(signal.ITIMER_PROF, cpu, ALARM_INTERVAL)
            signal.setitimer(signal.ITIMER_REAL, wall, ALARM_INTERVAL)
            yield
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0)
            signal.setitimer(signal.ITIMER_REAL, 0)

    @contextlib.contextmanager
    def _redirected(self) -> Iterator[None]:
        with contextlib.redirect_stdout(self._output), contextlib.redirect_stderr(self._output):
            yield

    # -- operations -------------------------------------------------------------------------------

    def _give(self, request: dict[str, Any], decoder: Decoder) -> None:
        """Functions of earlier assignments, as compiled code without source."""
        module = types.ModuleType(request["names"][0])
        exec(marshal.loads(decoder.decode(request["code"])), module.__dict__)
        for name in request["names"]:
            parent, _, _ = name.rpartition(".")
            if parent and parent not in sys.modules:  # `common`; `autograder` is there already
                package = types.ModuleType(parent)
                package.__path__ = []
                sys.modules[parent] = package
            sys.modules[name] = module

    def _run(self, request: dict[str, Any], _: Decoder) -> None:
        """One cell of the submission, executed in its module."""
        self._files.add(request["file"])
        source = "\n" * (request["line"] - 1) + request["source"]
        sys.modules[self._module.__name__] = self._module
        code = compile(source, request["file"], "exec", dont_inherit=True)
        exec(code, self._module.__dict__)

    def _begin(self, request: dict[str, Any], decoder: Decoder) -> None:
        """A new check: nothing of the last one may be left."""
        self._objects.clear()
        self._handles.clear()
        self._seed(request, decoder)

    def _seed(self, request: dict[str, Any], _: Decoder) -> None:
        random.seed(request["seed"])
        np.random.seed(request["seed"] % 2**32)

    def _call(self, request: dict[str, Any], decoder: Decoder) -> object:
        function = self._find(request)
        args, kwargs = decoder.decode(request["args"]), decoder.decode(request["kwargs"])
        return function(*args, **kwargs)

    def _get(self, request: dict[str, Any], decoder: Decoder) -> object:
        found = self._find(request)
        # A node and no plain JSON, which would turn the key of a[0, 1] into a list.
        for key in decoder.decode(request.get("items", ["t", []])):
            found = found[key]
        return found

    def _set(self, request: dict[str, Any], decoder: Decoder) -> None:
        setattr(self._object(request["on"]), request["name"], decoder.decode(request["value"]))

    def _assign(self, request: dict[str, Any], decoder: Decoder) -> None:
        """``handle[key] = value``; without a key, ``handle[...] = value``: in place."""
        key = decoder.decode(request["key"]) if "key" in request else ...
        value = decoder.decode(request["value"])
        # A copy, because a view of the payload would count as an argument changed in place later.
        self._object(request["on"])[key] = value.copy() if isinstance(value, np.ndarray) else value  # type: ignore[index]

    def _next(self, request: dict[str, Any], _: Decoder) -> list[object]:
        """Up to ``count`` items of an iterator; fewer mean that it is exhausted."""
        return list(itertools.islice(self._object(request["on"]), request["count"]))  # type: ignore[call-overload]

    def _namespace(self, request: dict[str, Any], decoder: Decoder) -> object:
        members = decoder.decode(request["members"])
        namespace = Namespace()
        for name, value in members.items():
            setattr(namespace, name, _own(value))
        return namespace

    # -- names, handles, callbacks ----------------------------------------------------------------

    def _find(self, request: dict[str, Any]) -> Any:
        on, name = request["on"], request["name"]
        if on is None:
            if name not in self._module.__dict__:
                raise Missing(f"your file does not define {name}")
            return self._module.__dict__[name]
        found = self._object(on)
        if not name:
            return found
        try:
            return getattr(found, name)
        except AttributeError as error:
            if any(
                frame.filename in self._files for frame in traceback.extract_tb(error.__traceback__)
            ):
                raise
            raise Missing(f"your {type(found).__name__} has no {name}") from None

    def _object(self, handle: int) -> object:
        if handle not in self._objects:
            raise WireError("unknown handle")
        return self._objects[handle]

    def _refer(self, value: object) -> Node:
        """An object without a wire form stays here; the grader gets a number for it."""
        handle = self._handles.get(id(value))
        if handle is None:
            handle = next(self._numbers)
            self._objects[handle] = value
            self._handles[id(value)] = handle
        return ["h", handle, type(value).__name__[:80]]

    def _resolve(self, node: list[Any]) -> object:
        if node[0] == "h":
            return self._object(node[1])
        return self._callback(node[1])

    def _callback(self, number: int) -> Callable[..., object]:
        def function(*args: object, **kwargs: object) -> object:
            encoder = Encoder(self._refer)
            question = {
                "id": self._request_id,
                "kind": "callback",
                "callback": number,
                "args": encoder.encode(args),
                "kwargs": encoder.encode(kwargs),
            }
            # The grader's own time is not the student's.
            left = signal.setitimer(signal.ITIMER_REAL, 0)[0] if self._soft_timeouts else 0.0
            try:
                answer, payload = self._ask(question, encoder.buffers)
            finally:
                if left:
                    signal.setitimer(signal.ITIMER_REAL, left, ALARM_INTERVAL)
            if answer.get("stop"):
                raise SoftTimeout("too many calls")
            if "value" not in answer:
                raise CallbackFailed(
                    "the function that was passed to your code could not use its arguments"
                )
            return Decoder(payload, self._resolve).decode(answer["value"])

        return function


def _own(value: object) -> object:
    """The worker's own, writable copy of arrays (also inside a dict, a list or a tuple)."""
    if isinstance(value, np.ndarray):
        return value.copy()
    if isinstance(value, dict):
        return {key: _own(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return type(value)(_own(item) for item in value)
    return value


def _is_same(first: object, second: object) -> bool:
    return first is second


def _category(error: BaseException) -> str:
    for kind, category in (
        (SoftTimeout, "timeout"),
        (MemoryError, "out_of_memory"),
        (NotImplementedError, "not_implemented"),
        (Missing, "missing"),
        (WireError, "wrong_type"),
        (SyntaxError, "syntax"),
    ):
        if isinstance(error, kind):
            return category
    return "raised"


def _on_alarm(*_: object) -> NoReturn:
    raise SoftTimeout("time is up")


def serve(transport: Transport) -> NoReturn:
    """Answer requests until the grader hangs up. Runs inside the sandbox and never returns."""

    def ask(question: dict[str, Any], buffers: Sequence[Buffer]) -> tuple[dict[str, Any], Any]:
        transport.send(question, buffers)
        return transport.receive()

    soft_timeouts = hasattr(signal, "setitimer")
    if soft_timeouts:
        signal.signal(signal.SIGALRM, _on_alarm)
        signal.signal(signal.SIGPROF, _on_alarm)
    standins.install()
    # The interpreter starts without `site`, which would define these.
    builtins.exit = builtins.quit = sys.exit  # type: ignore[assignment]
    worker = Worker(ask, soft_timeouts)
    while True:
        try:
            request, payload = transport.receive()
            answer, buffers = worker.answer(request, payload)
            try:
                transport.send(answer, buffers)
            except WireError as error:
                transport.send({**worker._error(error), "id": request["id"]})
        except Closed:
            os._exit(0)
        except SoftTimeout:
            continue  # an alarm that arrived between two requests
