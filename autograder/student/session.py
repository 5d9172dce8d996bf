"""One submission being graded: its worker, its time, its transcript.

The worker is started at the first request, started again (with the module loaded anew) after it
was lost, and ended with the session. Checks talk to it through :mod:`autograder.student.proxy`.
"""

from __future__ import annotations

import marshal
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import numpy as np

from autograder.errors import GraderFault
from autograder.results import Status
from autograder.student.channels import Channel
from autograder.student.errors import Frame, OutOfBudget, StudentError, WorkerLost
from autograder.transcript import Transcript
from autograder.wire import Buffer, Decoder, Encoder, Node, WireError, clean_text

#: Limits are processor time, so that a busy machine fails nobody; this many times as much wall
#: time is the bound for code that sleeps or waits.
WALL_FACTOR = 4.0
#: After the soft limit the student's code may take this long to be interrupted, in seconds.
GRACE = 1.0
MAX_OUTPUT = 16_384
MAX_WARNINGS = 100
#: One request may call functions of the check this often before its loop counts as endless: three
#: times what the longest training of the course needs, a numerical gradient of 10,000 parameters.
MAX_CALLS = 20_000
#: The start of a worker is not the student's time; this is a bound against a hanging machine.
LOAD_SECONDS = 10.0
#: A submission may end its process twice while it is loaded; more starts can only be our fault.
MAX_STARTS = 4


@dataclass(frozen=True)
class Program:
    """What a worker executes before it answers.

    ``cells``: (source, first line, file label) in order. ``given``: source of the functions that
    earlier assignments define, under the module names by which they can be imported.
    """

    cells: tuple[tuple[str, int, str], ...]
    given: str = ""
    given_names: tuple[str, ...] = ()

    def line(self, label: str, number: int) -> str:
        """A line of the source, without its indentation; "" if there is none."""
        for source, first, name in self.cells:
            lines = source.splitlines()
            if name == label and first <= number < first + len(lines):
                return lines[number - first].strip()[:160]
        return ""

    def where(self, error: StudentError) -> str:
        """The last of the student's own lines in a traceback, quoted, on lines of their own."""
        if not error.frames:
            return ""
        frame = error.frames[-1]
        inside = f", in {frame.function}" if frame.function not in ("", "<module>") else ""
        quoted = self.line(frame.file, frame.line)
        return f"\n{frame.file}, line {frame.line}{inside}" + (f"\n    {quoted}" if quoted else "")


@dataclass(frozen=True)
class Handle:
    """An object that stays in the worker, whose ``worker``-th start it dies with."""

    number: int
    type: str
    worker: int


class Session:
    """``start`` opens a channel to a fresh worker; limits are in seconds."""

    def __init__(
        self,
        start: Callable[[], Channel],
        program: Program,
        *,
        check_seconds: float = 5.0,
        submission_seconds: float = 60.0,
    ) -> None:
        self._start = start
        self.program = program
        self._files = frozenset(label for _, _, label in program.cells)
        self._check_seconds = check_seconds
        self._submission_seconds = submission_seconds
        self.start_clock()
        self._channel: Channel | None = None
        self._generation = 0
        self._request_id = 0
        self._check_ends = self._ends
        self._cpu_left = check_seconds
        self._in_callback = False
        self._callbacks: list[Callable[..., Any]] = []
        self._callback_error: BaseException | None = None
        self._calls = 0
        self._seed = 0
        self._lost = WorkerLost(Status.CRASHED, "its process is gone")
        #: What went wrong while the module was executed, cell by cell.
        self.load_errors: list[StudentError | WorkerLost] = []
        self._skipped_cells: set[int] = set()
        self.transcript = Transcript()
        self.output = ""
        self.warnings: list[tuple[str, str, int]] = []
        self._methods: set[tuple[str, str]] = set()

    def __enter__(self) -> Session:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    def start_clock(self) -> None:
        """Give the checks that follow all of a submission's time again."""
        self._ends = time.monotonic() + self._submission_seconds

    # -- life of the worker -----------------------------------------------------------------------

    def begin_check(self, seed: int, seconds: float | None = None) -> None:
        """Forget the last check (handles, output, transcript), seed the worker, start the clock.

        Raises OutOfBudget when the submission's time is used up, WorkerLost or StudentError when
        the module cannot be loaded at all.
        """
        now = time.monotonic()
        if now >= self._ends:
            raise OutOfBudget("the time for this submission is used up")
        self._callbacks, self._callback_error = [], None
        self.transcript, self.output, self.warnings = Transcript(), "", []
        self._seed = seed
        self._allow(LOAD_SECONDS)
        if self._channel is None:
            self._load()
            # The last cell may have used up its own time; that is not this check's.
            self._allow(LOAD_SECONDS)
        self._send({"op": "begin", "seed": seed})
        self._allow(seconds or self._check_seconds)

    def _allow(self, seconds: float) -> None:
        """Start the clock: so much processor time, and a multiple of it by the wall's clock."""
        self._cpu_left = seconds
        self._check_ends = min(time.monotonic() + WALL_FACTOR * seconds, self._ends)

    def discard_worker(self) -> None:
        """End the worker; the next check gets a fresh one. Needed after a timeout or a full memory,
        which may leave the module half-way through a change."""
        if self._channel is not None:
            self._channel.close()
            self._channel = None

    def close(self) -> None:
        """End the worker for good."""
        self.discard_worker()

    def _load(self) -> None:
        """Start a worker and execute the program, cell by cell.

        A cell that raises is recorded and the next one runs, as in a notebook. A cell that takes
        too long or ends the process is never run again: after the second one the rest is left out.
        """
        for _ in range(MAX_STARTS):
            self._channel = self._start()
            self._generation += 1
            self._methods.clear()
            self.load_errors = [error for error in self.load_errors if _is_fatal(error)]
            with suppress(WorkerLost):
                self._give()
                self._run_cells()
                return
        raise GraderFault("the workers of the sandbox end before they answer")

    def _give(self) -> None:
        # The code of the course is compiled here: the worker gets no source to read.
        if self.program.given:
            code = compile(self.program.given, "<given>", "exec", dont_inherit=True)
            encoder = Encoder(_refuse)
            node = encoder.encode(marshal.dumps(code))
            names = list(self.program.given_names)
            self._send({"op": "given", "names": names, "code": node}, encoder.buffers)
        self._send({"op": "seed", "seed": 0})

    def _run_cells(self) -> None:
        for position, (source, line, label) in enumerate(self.program.cells):
            if position in self._skipped_cells:
                continue
            self._allow(self._check_seconds)
            try:
                self._send({"op": "run", "source": source, "line": line, "file": label})
            except (StudentError, WorkerLost) as error:
                self.load_errors.append(error)
                if _is_fatal(error):
                    self._skipped_cells.add(position)
                    if sum(map(_is_fatal, self.load_errors)) >= 2:
                        self._skipped_cells.update(range(position, len(self.program.cells)))
                if isinstance(error, WorkerLost):
                    raise

    # -- requests ---------------------------------------------------------------------------------

    def request(self, op: str, label: str = "", **fields: Any) -> Any:
        """Ask the worker for something; values under ``fields`` named in _NODES are encoded.

        Returns a plain value or a Handle. Raises StudentError, WorkerLost, or what one of the
        check's own callbacks raised meanwhile.
        """
        if self._in_callback:
            raise GraderFault(f"a callback of the check asks the worker for {label or op}")
        if self._channel is None:
            raise WorkerLost(self._lost.status, self._lost.reason)
        self._calls = 0
        encoder = Encoder(self._refer)
        header: dict[str, Any] = {"op": op}
        for name, value in fields.items():
            header[name] = encoder.encode(value) if name in _NODES else value
        try:
            value = self._send(header, encoder.buffers, encoder.arrays)
        except StudentError as error:
            # Where it was raised counts too: many mistakes end in a ValueError.
            where = error.frames[-1].function if error.frames else ""
            self.transcript.add(label, f"raised {error.kind} in {where}")
            if self._callback_error is None:
                raise
        except WorkerLost as error:
            self._lost = error
            raise
        if self._callback_error is not None:
            error_in_callback, self._callback_error = self._callback_error, None
            raise error_in_callback
        if not (op == "get" and isinstance(value, Handle)):
            # Looking up a method is no answer of the student's, and is done only once a type.
            self.transcript.add(label, value)
        return value

    def _send(
        self,
        header: dict[str, Any],
        buffers: Sequence[Buffer] = (),
        arrays: Sequence[np.ndarray[Any, Any]] = (),
    ) -> Any:
        assert self._channel is not None
        self._request_id += 1
        left = self._check_ends - time.monotonic()
        if left <= 0 or self._cpu_left <= 0:
            self.discard_worker()
            raise StudentError("SoftTimeout", "time is up", (), "timeout")
        header |= {"id": self._request_id, "cpu": self._cpu_left, "wall": left}
        try:
            answer, payload = self._channel.request(
                header, buffers, self._check_ends + GRACE, self._call_back
            )
            return self._read(answer, payload, arrays)
        except WorkerLost:
            self.discard_worker()
            raise

    def _read(
        self, answer: dict[str, Any], payload: Any, arrays: Sequence[np.ndarray[Any, Any]]
    ) -> Any:
        """Check an answer node by node; what does not fit the format ends the worker."""
        self._note(answer)
        try:
            if answer.get("kind") == "error":
                error = _student_error(answer, self._files)
                if error.category == "timeout":
                    self._cpu_left = 0.0
                raise error
            if answer.get("kind") != "value":
                raise WireError("unknown kind of answer")
            decoder = Decoder(payload, self._resolve)
            value = decoder.decode(answer.get("value"))
            mutated = answer.get("mutated", [])
            if type(mutated) is not list:
                raise WireError("malformed list of changed arrays")
            for entry in mutated:
                if type(entry) is not list or len(entry) != 2 or type(entry[0]) is not int:
                    raise WireError("malformed list of changed arrays")
                self._write_back(arrays, entry[0], decoder.decode(entry[1]))
            return value
        except WireError as error:
            raise WorkerLost(Status.CRASHED, f"it sent a malformed answer ({error})") from None

    def _write_back(
        self, arrays: Sequence[np.ndarray[Any, Any]], position: int, new: object
    ) -> None:
        if not 0 <= position < len(arrays) or not isinstance(new, np.ndarray):
            raise WireError("malformed list of changed arrays")
        original = arrays[position]
        if new.shape != original.shape or new.dtype != original.dtype:
            raise WireError("an argument came back with another shape")
        if original.flags.writeable and new.tobytes() != original.tobytes():
            original[...] = new
            self.transcript.add(f"changed argument {position}", new)

    def _note(self, answer: dict[str, Any]) -> None:
        """Output and warnings of the student's code, cleaned and capped; time, as it claims.

        A worker that lies about its time gains the difference to the wall clock's limit.
        """
        cpu = answer.get("cpu")
        if type(cpu) is float and cpu > 0:
            self._cpu_left -= cpu
        room = MAX_OUTPUT - len(self.output)
        if room > 0:
            self.output += clean_text(answer.get("out"), room)
        warnings = answer.get("warnings")
        if type(warnings) is not list:
            return
        for entry in warnings[: MAX_WARNINGS - len(self.warnings)]:
            if type(entry) is list and [type(part) for part in entry] == [str, str, int]:
                self.warnings.append(
                    (clean_text(entry[0], 80), clean_text(entry[1], 200), entry[2])
                )

    # -- callbacks and handles --------------------------------------------------------------------

    def _call_back(
        self, question: dict[str, Any], payload: Any
    ) -> tuple[dict[str, Any], list[Buffer]]:
        """The student's code calls a function of the check; failures are kept for the check.

        The clock stands still meanwhile, so calls are counted: too many are a timeout as well.
        """
        self._calls += 1
        if self.called_too_often:
            return {"stop": True}, []
        number = question.get("callback")
        if type(number) is not int or not 0 <= number < len(self._callbacks):
            raise WireError("unknown callback")
        decoder = Decoder(payload, self._resolve)
        args, kwargs = decoder.decode(question.get("args")), decoder.decode(question.get("kwargs"))
        if (
            type(args) is not tuple
            or type(kwargs) is not dict
            or not all(type(k) is str for k in kwargs)
        ):
            raise WireError("malformed arguments of a callback")
        self.transcript.add("callback", [list(args), dict(kwargs)])
        encoder = Encoder(self._refer)
        reply: dict[str, Any] = {"failed": True}
        if self._callback_error is None:
            self._in_callback = True
            try:
                reply = {"value": encoder.encode(self._callbacks[number](*args, **kwargs))}
            except Exception as error:
                self._callback_error = error
                return {"failed": True}, []
            finally:
                self._in_callback = False
        return reply, encoder.buffers

    @property
    def called_too_often(self) -> bool:
        """Whether the last request was stopped because of its calls of the check's functions."""
        return self._calls > MAX_CALLS

    def _refer(self, value: object) -> Node:
        handle = getattr(value, "__groundup_handle__", None)
        if handle is not None:
            return ["h", self.number(handle())]
        if isinstance(value, Handle):
            return ["h", self.number(value)]
        if callable(value):
            self._callbacks.append(value)
            return ["f", len(self._callbacks) - 1]
        raise GraderFault(
            f"a check passes a {type(value).__name__}, which cannot be sent to a worker"
        )

    def number(self, handle: Handle) -> int:
        """The number of a live handle; raises WorkerLost for one of an earlier worker."""
        if handle.worker != self._generation or self._channel is None:
            raise WorkerLost(self._lost.status, self._lost.reason)
        return handle.number

    def _resolve(self, node: list[Any]) -> Handle:
        if node[0] == "h" and len(node) == 3 and type(node[1]) is int and type(node[2]) is str:
            return Handle(node[1], clean_text(node[2], 80), self._generation)
        raise WireError("malformed node")

    # -- which attributes are methods (saves a round trip a call) ---------------------------------

    def knows_method(self, type_name: str, name: str) -> bool:
        return (type_name, name) in self._methods

    def learn_method(self, type_name: str, name: str) -> None:
        self._methods.add((type_name, name))


#: Fields of a request that are values, not plain header entries.
_NODES = frozenset({"args", "kwargs", "value", "key", "items", "members"})
_CATEGORIES = frozenset(
    "timeout out_of_memory not_implemented missing wrong_type syntax raised".split()
)


def _student_error(answer: Mapping[str, Any], files: Iterable[str]) -> StudentError:
    known = set(files)
    frames = []
    raw = answer.get("frames")
    for entry in raw[:20] if type(raw) is list else []:
        if (
            type(entry) is list
            and [type(part) for part in entry] == [str, int, str]
            and entry[2] in known
        ):
            frames.append(Frame(clean_text(entry[0], 80), entry[1], entry[2]))
    category = answer.get("category")
    if type(category) is not str or category not in _CATEGORIES:
        category = "raised"
    kind = clean_text(answer.get("type"), 80) or "Exception"
    return StudentError(kind, clean_text(answer.get("message")), tuple(frames), category)


def _is_fatal(error: StudentError | WorkerLost) -> bool:
    return isinstance(error, WorkerLost) or error.category in ("timeout", "out_of_memory")


def _refuse(value: object) -> Node:
    raise WireError(f"a {type(value).__name__} has no wire form")
