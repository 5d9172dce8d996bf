"""Frames between the grader and the worker: no pickle, nothing evaluated, everything checked.

A frame is two little-endian ``uint32`` lengths, a JSON header and raw array buffers:

    | header length | payload length | header (JSON, UTF-8) | payload (array bytes) |

The header is a JSON object; values inside it are *nodes*:

    null, true, 1, 1.5, "text"                  themselves
    ["a", dtype, shape, subclass|null]          array, bytes taken from the payload in order
    ["g", dtype, shape, null]                   NumPy scalar, likewise
    ["l", [...]]  ["t", [...]]                  list, tuple
    ["d", [[key, value], ...]]                  dict
    ["c", re, im]  ["b", length]                complex, bytes
    ["h", id, type] ["f", id]                 handle of an object in the worker, callback

Both sides share this module, but only the grader's side distrusts: whatever a student's process
writes, :class:`Decoder` answers with plain data or with :class:`WireError`, never with an object of
the sender's choosing. An own format because the well-kept ones (pickle, dill) execute code while
decoding and the safe ones (msgpack) save about 4 microseconds a call, not worth a dependency.
"""

from __future__ import annotations

import contextlib
import json
import math
import os
import re
import select
import struct
import sys
import time
from collections.abc import Callable, Sequence
from typing import Any, TypeAlias, cast

import numpy as np

try:
    import fcntl
except ImportError:  # pragma: no cover (Windows)
    fcntl = None  # type: ignore[assignment]

MAX_HEADER = 4 << 20
MAX_PAYLOAD = 1 << 29
MAX_NODES = 200_000
MAX_DEPTH = 32
MAX_INT_BITS = 4096
MAX_NDIM = 32
ALIGNMENT = 16  # of every array in the payload, so that views of it are aligned

_LENGTHS = struct.Struct("<II")
_DTYPE = re.compile(
    r"(?:[<>|=]?(?:b1|[iu][1248]|f[248]|c8|c16)|[<>|]U\d{1,4}|\|S\d{1,4})", re.ASCII
)

Node: TypeAlias = Any
Buffer: TypeAlias = Any  # bytes, bytearray, memoryview or a uint8 array


class WireError(Exception):
    """A frame or a value that the format does not allow."""


class Closed(Exception):
    """The other end is gone."""


class Deadline(Exception):
    """The other end did not answer in time."""


def _view(array: np.ndarray[Any, Any]) -> memoryview:
    return memoryview(cast(Any, array))  # arrays are buffers; typing knows since Python 3.12


def clean_text(text: object, limit: int = 2000) -> str:
    """Text from a worker, made safe to print: no control characters, no lone surrogates, capped."""
    if type(text) is not str:
        return ""
    cut = text[:limit]
    return "".join(
        c if c in "\n\t" or (c.isprintable() and not "\ud800" <= c <= "\udfff") else "\ufffd"
        for c in cut
    )


class Encoder:
    """Values to nodes. Array bytes collect in :attr:`buffers`, the arrays in :attr:`arrays`.

    ``refer`` names what has no wire form (an instance, a function); it returns a node or raises
    :class:`WireError`. One encoder writes one payload.
    """

    def __init__(self, refer: Callable[[object], Node]) -> None:
        self.buffers: list[Buffer] = []
        self.arrays: list[np.ndarray[Any, Any]] = []
        self._refer = refer

    def encode(self, value: Any, depth: int = 0) -> Node:
        """The node of ``value``; :class:`WireError` where it has none."""
        if depth > MAX_DEPTH:
            raise WireError("the value is nested too deeply")
        kind = type(value)
        if value is None or kind is bool or kind is float or kind is str:
            return value
        if isinstance(value, (np.ndarray, np.generic)):
            return self._array(value)
        if isinstance(value, int):
            if value.bit_length() > MAX_INT_BITS:
                raise WireError("the integer is too large")
            return int(value)
        if isinstance(value, float):
            return float(value)
        if isinstance(value, str):
            return str(value)
        if isinstance(value, complex):
            return ["c", value.real, value.imag]
        if isinstance(value, (list, tuple)):
            items = [self.encode(item, depth + 1) for item in value]
            return ["l" if isinstance(value, list) else "t", items]
        if isinstance(value, dict):
            pairs = [
                [self.encode(k, depth + 1), self.encode(v, depth + 1)] for k, v in dict.items(value)
            ]
            return ["d", pairs]
        if kind is bytes:
            self._append(value, len(value))
            return ["b", len(value)]
        return self._refer(value)

    def _array(self, value: np.ndarray[Any, Any] | np.generic) -> Node:
        if isinstance(value, np.generic):
            array: np.ndarray[Any, Any] = np.asarray(value)
        else:
            array = np.ndarray.view(value, np.ndarray)
        if array.dtype.hasobject or not _DTYPE.fullmatch(array.dtype.str):
            raise WireError(f"an array of dtype {array.dtype} cannot be passed on")
        flat = np.ascontiguousarray(array).reshape(-1)
        self._append(_view(flat.view(np.uint8)) if flat.nbytes else b"", flat.nbytes)
        if isinstance(value, np.generic):
            return ["g", array.dtype.str, [], None]
        self.arrays.append(value)
        subclass = None if type(value) is np.ndarray else type(value).__name__[:80]
        return ["a", array.dtype.str, list(array.shape), subclass]

    def _append(self, data: Buffer, size: int) -> None:
        self.buffers.append(data)
        if size % ALIGNMENT:
            self.buffers.append(bytes(-size % ALIGNMENT))


class Decoder:
    """Nodes back to values. Every node is checked; arrays come out as plain, writable ndarrays.

    ``resolve`` gets the nodes of kind ``h`` and ``f`` and returns what they stand for, or raises
    :class:`WireError`. One decoder reads one payload, in order.
    """

    def __init__(self, payload: Buffer, resolve: Callable[[list[Any]], object]) -> None:
        self.arrays: list[np.ndarray[Any, Any]] = []
        self._payload = payload
        self._offset = 0
        self._nodes = 0
        self._resolve = resolve

    def decode(self, node: Node, depth: int = 0) -> Any:
        """The value of ``node``; :class:`WireError` for anything the format does not allow."""
        self._nodes += 1
        if self._nodes > MAX_NODES or depth > MAX_DEPTH:
            raise WireError("the value is too large or nested too deeply")
        if node is None or type(node) in (bool, int, float, str):
            return node
        if type(node) is not list or not node or type(node[0]) is not str:
            raise WireError("malformed node")
        kind, size = node[0], len(node)
        if kind in ("a", "g") and size == 4:
            return self._array(kind, node[1], node[2])
        if kind in ("l", "t") and size == 2 and type(node[1]) is list:
            items = [self.decode(item, depth + 1) for item in node[1]]
            return items if kind == "l" else tuple(items)
        if kind == "d" and size == 2 and type(node[1]) is list:
            return self._dict(node[1], depth)
        if kind == "c" and size == 3 and type(node[1]) is float and type(node[2]) is float:
            return complex(node[1], node[2])
        if kind == "b" and size == 2 and type(node[1]) is int:
            return bytes(self._take(node[1]))
        if kind in ("h", "f"):
            return self._resolve(node)
        raise WireError("malformed node")

    def _take(self, count: int) -> Buffer:
        if count < 0 or self._offset + count > len(self._payload):
            raise WireError("the payload is too short")
        start, self._offset = self._offset, self._offset + count + -count % ALIGNMENT
        return self._payload[start : start + count]

    def _array(self, kind: str, name: object, shape: object) -> Any:
        if type(name) is not str or not _DTYPE.fullmatch(name):
            raise WireError("malformed dtype")
        if type(shape) is not list or len(shape) > MAX_NDIM:
            raise WireError("malformed shape")
        if not all(type(n) is int and 0 <= n <= MAX_PAYLOAD for n in shape):
            raise WireError("malformed shape")
        dtype, count = np.dtype(name), math.prod(shape)
        # Text of length 0 has no bytes to send, but NumPy would allocate one character for each.
        size = count * max(dtype.itemsize, 1)
        if size > MAX_PAYLOAD or (kind == "g" and shape) or (count and not dtype.itemsize):
            raise WireError("malformed shape")
        try:
            if count == 0:
                array = np.empty(shape, dtype)
            else:
                data = self._take(size)
                if dtype.kind == "U":
                    _check_code_points(data, dtype)
                array = np.frombuffer(data, dtype).reshape(shape)
        except (ValueError, OverflowError, MemoryError) as error:
            raise WireError(f"malformed array: {type(error).__name__}") from None
        if not array.flags.aligned or not array.flags.writeable:
            array = array.copy()
        if kind == "g":
            return array[()]
        self.arrays.append(array)
        return array

    def _dict(self, pairs: list[Any], depth: int) -> dict[Any, Any]:
        result: dict[Any, Any] = {}
        for pair in pairs:
            if type(pair) is not list or len(pair) != 2:
                raise WireError("malformed dict")
            key = self.decode(pair[0], depth + 1)
            if not _plain_key(key):
                raise WireError("a dict key must be plain")
            result[key] = self.decode(pair[1], depth + 1)
        return result


def _check_code_points(data: Buffer, dtype: np.dtype[Any]) -> None:
    """Numbers beyond Unicode fail here, not as a SystemError where somebody reads the text."""
    codes = np.frombuffer(data, np.dtype(np.uint32).newbyteorder(dtype.byteorder))
    if codes.max() > sys.maxunicode:
        raise WireError("malformed text")


def _plain_key(key: object) -> bool:
    if type(key) is tuple:
        return all(_plain_key(item) for item in key)
    return key is None or type(key) in (bool, int, float, str) or isinstance(key, np.generic)


class Transport:
    """Frames over two file descriptors (a pipe each way), with absolute deadlines.

    A deadline is a :func:`time.monotonic` time in seconds; None waits for ever. Deadlines need
    ``select.poll``; where it is missing (Windows) :attr:`has_deadlines` is False and the owner
    must end the other process in time, which closes the pipe.
    """

    has_deadlines = hasattr(select, "poll") and fcntl is not None

    def __init__(self, read_fd: int, write_fd: int) -> None:
        self._read_fd = read_fd
        self._write_fd = write_fd
        if self.has_deadlines:
            for fd in (read_fd, write_fd):
                # Not os.set_blocking: it is an ioctl, which the sandbox denies its workers.
                flags = fcntl.fcntl(fd, fcntl.F_GETFL)
                fcntl.fcntl(fd, fcntl.F_SETFL, flags | os.O_NONBLOCK)

    def close(self) -> None:
        """Close both descriptors; safe to call twice."""
        for fd in (self._read_fd, self._write_fd):
            if fd >= 0:
                with contextlib.suppress(OSError):
                    os.close(fd)
        self._read_fd = self._write_fd = -1

    def send(
        self, header: dict[str, Any], buffers: Sequence[Buffer] = (), deadline: float | None = None
    ) -> None:
        """Write one frame. Raises WireError (too large), Closed or Deadline."""
        head = json.dumps(header, separators=(",", ":")).encode("utf-8", "replace")
        size = sum(len(buffer) for buffer in buffers)
        if len(head) > MAX_HEADER or size > MAX_PAYLOAD:
            raise WireError("the value is too large to be passed on")
        parts = [memoryview(_LENGTHS.pack(len(head), size) + head)]
        parts += [memoryview(buffer) for buffer in buffers if len(buffer)]
        for part in parts:
            while part:
                try:
                    part = part[os.write(self._write_fd, part) :]
                except BlockingIOError:
                    self._wait(self._write_fd, select.POLLOUT, deadline)
                except OSError:
                    raise Closed from None

    def receive(self, deadline: float | None = None) -> tuple[dict[str, Any], np.ndarray[Any, Any]]:
        """Read one frame: its header and its payload (uint8, fresh memory).

        Raises WireError (malformed), Closed or Deadline.
        """
        head_size, size = _LENGTHS.unpack(bytes(self._read(_LENGTHS.size, deadline)))
        if head_size > MAX_HEADER or size > MAX_PAYLOAD:
            raise WireError("the frame is too large")
        head = bytes(self._read(head_size, deadline))
        payload = self._read(size, deadline)
        try:
            header = json.loads(head)
        except (ValueError, RecursionError) as error:
            raise WireError(f"malformed header: {type(error).__name__}") from None
        if type(header) is not dict:
            raise WireError("malformed header")
        return header, payload

    def _read(self, count: int, deadline: float | None) -> np.ndarray[Any, Any]:
        # np.empty is backed lazily: a length that is only claimed costs no memory.
        data = np.empty(count, np.uint8)
        view, got = _view(data), 0
        while got < count:
            try:
                if hasattr(os, "readv"):
                    step = os.readv(self._read_fd, [view[got:]])
                else:  # pragma: no cover (Windows)
                    chunk = os.read(self._read_fd, count - got)
                    step = len(chunk)
                    view[got : got + step] = chunk
            except BlockingIOError:
                self._wait(self._read_fd, select.POLLIN, deadline)
                continue
            except OSError:
                raise Closed from None
            if step == 0:
                raise Closed
            got += step
            if got < count and deadline is not None and time.monotonic() > deadline:
                raise Deadline  # a slow drip of bytes is no answer
        return data

    @staticmethod
    def _wait(fd: int, event: int, deadline: float | None) -> None:
        poll = select.poll()
        poll.register(fd, event)
        remaining = None if deadline is None else max(0.0, deadline - time.monotonic()) * 1000
        if not poll.poll(remaining):
            raise Deadline
