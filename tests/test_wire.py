"""Values that cross the wire come back equal; pipes keep their deadlines."""

from __future__ import annotations

import json
import os
import struct
import threading
import time
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from autograder.wire import (
    MAX_DEPTH,
    MAX_HEADER,
    MAX_INT_BITS,
    MAX_PAYLOAD,
    Closed,
    Deadline,
    Decoder,
    Encoder,
    Transport,
    WireError,
    clean_text,
)

if not Transport.has_deadlines:
    pytest.skip("pipes know no deadlines here", allow_module_level=True)


def refuse(value: object) -> Any:
    raise WireError(f"no wire form: {type(value).__name__}")


def round_trip(value: object) -> Any:
    """Encode, write as JSON and bytes, read again."""
    encoder = Encoder(refuse)
    node = json.loads(json.dumps(encoder.encode(value)))
    payload = np.frombuffer(bytearray(b"".join(bytes(part) for part in encoder.buffers)), np.uint8)
    return Decoder(payload, refuse).decode(node)


def same(first: Any, second: Any) -> bool:
    """Equal in value, type, dtype and shape; nan equals nan."""
    if isinstance(first, (np.ndarray, np.generic)):
        return (
            type(first) is type(second)
            and first.dtype == second.dtype
            and first.shape == second.shape
            and np.ascontiguousarray(first).tobytes() == np.ascontiguousarray(second).tobytes()
        )
    if type(first) is not type(second):
        return False
    if isinstance(first, (list, tuple)):
        return len(first) == len(second) and all(map(same, first, second))
    if isinstance(first, dict):
        return len(first) == len(second) and all(
            same(a, b) and same(first[a], second[b]) for a, b in zip(first, second, strict=True)
        )
    if isinstance(first, float):
        return struct.pack("d", first) == struct.pack("d", second) or first != first != second
    return bool(first == second)


# No nan inside arrays of the strategies: float16 has many, and their bytes are compared.
DTYPES = st.one_of(
    hnp.boolean_dtypes(),
    hnp.integer_dtypes(endianness="?"),
    hnp.unsigned_integer_dtypes(endianness="?"),
    hnp.floating_dtypes(sizes=(16, 32, 64), endianness="?"),
    hnp.complex_number_dtypes(sizes=(64, 128), endianness="?"),
    hnp.byte_string_dtypes(min_len=1, max_len=9),
    hnp.unicode_string_dtypes(min_len=1, max_len=9),
)
SHAPES = hnp.array_shapes(min_dims=0, max_dims=4, min_side=0, max_side=4)
ARRAYS = hnp.arrays(DTYPES, SHAPES)
SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(2**100), 2**100),
    st.floats(),
    st.text(st.characters(exclude_categories=("Cs",)), max_size=8),
    st.binary(max_size=40),
    st.complex_numbers(allow_nan=False),
    ARRAYS,
    ARRAYS.filter(lambda a: a.size > 0).map(lambda a: a.reshape(-1)[0]),
)
KEYS = st.one_of(st.none(), st.booleans(), st.integers(), st.text(max_size=4))
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.lists(inner, max_size=3).map(tuple),
        st.dictionaries(KEYS, inner, max_size=3),
    ),
    max_leaves=6,
)


@settings(deadline=None, max_examples=300)
@given(VALUES)
def test_values_come_back_equal(value: object) -> None:
    assert same(value, round_trip(value))


@settings(deadline=None, max_examples=100)
@given(hnp.arrays(hnp.floating_dtypes(), hnp.array_shapes(max_dims=4, max_side=5)), st.data())
def test_any_memory_layout(array: np.ndarray[Any, Any], data: st.DataObject) -> None:
    axes = data.draw(st.permutations(range(array.ndim)))
    steps = tuple(slice(None, None, data.draw(st.sampled_from((1, -1, 2)))) for _ in axes)
    view = array.transpose(axes)[steps]
    found = round_trip(view)
    assert same(np.ascontiguousarray(view), found)
    assert (
        found.flags.writeable
        and found.flags.aligned
        and found.dtype.isnative == view.dtype.isnative
    )


def test_numbers_that_json_alone_would_lose() -> None:
    for value in (float("inf"), float("-inf"), -0.0, 5e-324, 1.7976931348623157e308, 2**4000):
        assert same(value, round_trip(value))
    assert np.isnan(round_trip(float("nan")))
    nans = np.array([np.nan, -np.inf, -0.0])
    assert same(nans, round_trip(nans))


def test_subclasses_become_plain() -> None:
    class Mine(list):  # type: ignore[type-arg]
        def __iter__(self) -> Iterator[Any]:
            return iter([1, 2])

    class Number(float):
        def __repr__(self) -> str:
            return "0.0"

    class Whole(int):
        pass

    class Text(str):
        pass

    found = round_trip([Number(1.5), Whole(3), Text("a"), True, (1, [2])])
    assert found == [1.5, 3, "a", True, (1, [2])]
    assert [type(item) for item in found] == [float, int, str, bool, tuple]
    assert type(round_trip(Mine([7]))) is list
    matrix = np.ones((2, 2)).view(np.matrix) if hasattr(np, "matrix") else np.ones((2, 2))
    assert type(round_trip(matrix)) is np.ndarray
    masked = np.ma.masked_array([1.0, 2.0], mask=[True, False])
    assert round_trip(masked).tolist() == [1.0, 2.0]


@pytest.mark.parametrize(
    "value",
    [
        np.array([object()]),
        np.zeros(2, dtype=[("a", int)]),
        np.array(["2020-01-01"], dtype="M8[D]"),
        object(),
        {1, 2},
        1 << (MAX_INT_BITS + 1),
        {"a": [object()]},
    ],
    ids=["objects", "records", "dates", "instance", "set", "huge integer", "nested"],
)
def test_what_has_no_wire_form_is_refused(value: object) -> None:
    with pytest.raises(WireError):
        Encoder(refuse).encode(value)


def test_cycles_and_depth_are_refused() -> None:
    circle: list[Any] = []
    circle.append(circle)
    with pytest.raises(WireError, match="nested"):
        Encoder(refuse).encode(circle)
    deep: Any = 1
    for _ in range(MAX_DEPTH):
        deep = [deep]
    assert round_trip(deep) == deep
    with pytest.raises(WireError, match="nested"):
        Encoder(refuse).encode([deep])
    node: Any = 1
    for _ in range(MAX_DEPTH + 1):
        node = ["l", [node]]
    with pytest.raises(WireError, match="nested"):
        Decoder(b"", refuse).decode(node)


@pytest.mark.parametrize(
    "node",
    [
        [],
        {},
        ["?"],
        ["a"],
        [["a"]],
        ["a", "<f8", [1], None],  # no payload
        ["a", "O", [1], None],
        ["a", "|O8", [0], None],
        ["a", "<f8", [-1], None],
        ["a", "<f8", [True], None],
        ["a", "<f8", [1.0], None],
        ["a", "<f8", "3", None],
        ["a", "<f8", [0] * 33, None],
        ["a", "<f8", [1 << 40], None],
        ["a", "<f8", [1 << 20, 1 << 20], None],
        ["a", "<U9999", [MAX_PAYLOAD], None],
        ["a", "<f8,<f8", [0], None],
        ["a", "<f8\n", [0], None],
        ["a", "<f16", [0], None],
        ["a", ["<f8"], [0], None],
        ["g", "<f8", [1], None],
        ["g", "<f8", [], None],
        ["l", 3],
        ["l", [], []],
        ["d", [["key"]]],
        ["d", {"a": 1}],
        ["d", [[["l", []], 1]]],
        ["d", [[["d", []], 1]]],
        ["d", [[["t", [["l", []]]], 1]]],
        ["c", 1, 2],
        ["c", "1", 2.0],
        ["b", -1],
        ["b", 1],
        ["b", "x"],
        ["b", True],
        ["h", 1, "Relu"],
        ["f", 0],
    ],
    ids=lambda node: json.dumps(node)[:30],
)
def test_malformed_nodes_are_refused(node: object) -> None:
    with pytest.raises(WireError):
        Decoder(b"", refuse).decode(node)


def test_too_many_nodes_are_refused() -> None:
    with pytest.raises(WireError, match="too large"):
        Decoder(b"", refuse).decode(["l", [None] * 200_001])


def test_text_of_a_worker_is_cleaned() -> None:
    assert clean_text("a\x1b[31m\u202eb\n\tc\ud800") == "a\ufffd[31m\ufffdb\n\tc\ufffd"
    assert clean_text("x" * 5000, 10) == "x" * 10
    assert clean_text(7) == clean_text(None) == ""
    assert clean_text("한글 ✔") == "한글 ✔"


# -- pipes ----------------------------------------------------------------------------------------


class Pipe:
    """A transport to read with, and the raw end that an impostor writes to."""

    def __init__(self) -> None:
        self.read_fd, self.raw = os.pipe()
        self.back, self.write_fd = os.pipe()
        self.transport = Transport(self.read_fd, self.write_fd)

    def write(self, data: bytes) -> None:
        os.write(self.raw, data)

    def hang_up(self) -> None:
        if self.raw >= 0:
            os.close(self.raw)
            self.raw = -1


@pytest.fixture
def pipe() -> Iterator[Pipe]:
    found = Pipe()
    yield found
    found.transport.close()
    found.transport.close()  # safe to repeat
    found.hang_up()
    os.close(found.back)


def frame(header: bytes, payload: bytes = b"") -> bytes:
    return struct.pack("<II", len(header), len(payload)) + header + payload


def soon(seconds: float = 5.0) -> float:
    return time.monotonic() + seconds


def test_a_frame_arrives_whole(pipe: Pipe) -> None:
    pipe.write(frame(b'{"a": 1}', b"xyz"))
    header, payload = pipe.transport.receive(soon())
    assert header == {"a": 1} and payload.tobytes() == b"xyz"
    pipe.write(frame(b"{}"))
    assert pipe.transport.receive() == ({}, pytest.approx([]))


@pytest.mark.parametrize("size", [0, 1, 70_000, 3_000_000])
def test_large_frames_cross_in_parts(size: int) -> None:
    to_read, to_write = os.pipe()
    back, forth = os.pipe()
    reader, writer = Transport(to_read, forth), Transport(back, to_write)
    data = np.arange(size, dtype=np.uint8)
    thread = threading.Thread(target=writer.send, args=({"n": size}, [data.data], soon(20)))
    thread.start()
    header, payload = reader.receive(soon(20))
    thread.join()
    assert header == {"n": size} and payload.tobytes() == data.tobytes()
    reader.close()
    writer.close()


@pytest.mark.parametrize(
    "header",
    [b"", b"{", b"[]", b"1", b"null", b"\xff\xfe", b'{"a": }', b"[" * 100_000, b"1" * 5000],
    ids=["empty", "open", "list", "number", "null", "no text", "broken", "deep", "digits"],
)
def test_malformed_headers_are_refused(pipe: Pipe, header: bytes) -> None:
    thread = threading.Thread(target=pipe.write, args=(frame(header),))
    thread.start()
    with pytest.raises(WireError):
        pipe.transport.receive(soon())
    thread.join()


@pytest.mark.parametrize(
    "lengths", [(MAX_HEADER + 1, 0), (2, MAX_PAYLOAD + 1), (2**32 - 1, 2**32 - 1)]
)
def test_lengths_beyond_the_limits_are_refused_unread(pipe: Pipe, lengths: tuple[int, int]) -> None:
    pipe.write(struct.pack("<II", *lengths))
    with pytest.raises(WireError, match="too large"):
        pipe.transport.receive(soon())


def test_a_length_that_is_only_claimed_costs_time_but_no_memory(pipe: Pipe) -> None:
    import resource

    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    pipe.write(struct.pack("<II", 2, MAX_PAYLOAD) + b"{}" + b"x" * 100)
    with pytest.raises(Deadline):
        pipe.transport.receive(soon(0.05))
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 100_000  # KiB, of 512 MiB


def test_an_early_end_is_told(pipe: Pipe) -> None:
    pipe.write(frame(b'{"a": 1}', b"xyz")[:-1])
    pipe.hang_up()
    with pytest.raises(Closed):
        pipe.transport.receive(soon())


def test_silence_meets_the_deadline(pipe: Pipe) -> None:
    started = time.monotonic()
    with pytest.raises(Deadline):
        pipe.transport.receive(soon(0.05))
    assert 0.04 < time.monotonic() - started < 2
    with pytest.raises(Deadline):
        pipe.transport.receive(time.monotonic() - 1)


def test_a_slow_drip_meets_the_deadline(pipe: Pipe) -> None:
    stop = threading.Event()

    def drip() -> None:
        for byte in frame(b"{}", b"x" * 1000):
            if stop.wait(0.005):
                return
            pipe.write(bytes([byte]))

    thread = threading.Thread(target=drip)
    thread.start()
    started = time.monotonic()
    try:
        with pytest.raises(Deadline):
            pipe.transport.receive(soon(0.2))
        assert time.monotonic() - started < 2
    finally:
        stop.set()
        thread.join()


def test_a_reader_that_never_reads_meets_the_deadline(pipe: Pipe) -> None:
    with pytest.raises(Deadline):
        pipe.transport.send({}, [b"x" * (4 << 20)], soon(0.05))


def test_writing_to_a_closed_pipe_is_told(pipe: Pipe) -> None:
    other, end = os.pipe()
    transport = Transport(other, os.dup(end))
    os.close(end)
    pipe.hang_up()
    os.close(pipe.back)
    with pytest.raises(Closed):
        pipe.transport.send({"a": 1}, (), soon())
    pipe.back = os.dup(other)  # for the fixture to close
    transport.close()
    with pytest.raises(Closed):
        transport.receive(soon())


def test_too_large_values_are_refused_before_sending(pipe: Pipe) -> None:
    with pytest.raises(WireError, match="too large"):
        pipe.transport.send({"a": "x" * MAX_HEADER})
    huge = np.empty(MAX_PAYLOAD + 1, np.uint8)  # never touched, so never backed by memory
    with pytest.raises(WireError, match="too large"):
        pipe.transport.send({}, [huge.data])
