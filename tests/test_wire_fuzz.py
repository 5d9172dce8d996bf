"""Whatever bytes a worker writes, the grader gets plain data or one of three exceptions.

A worker is the student's: these frames are what an impostor could send. No hypothesis here, because
the point is number: each frame costs some 20 microseconds instead of a millisecond.
"""

from __future__ import annotations

import json
import os
import random
import struct
import threading
import time
import tracemalloc
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from autograder.results import Status
from autograder.student.errors import StudentError, WorkerLost
from autograder.student.session import Handle, Program, Session
from autograder.wire import Closed, Deadline, Decoder, Encoder, Transport, WireError

if not Transport.has_deadlines:
    pytest.skip("pipes know no deadlines here", allow_module_level=True)

PLAIN = {type(None), bool, int, float, complex, str, bytes, list, tuple, dict, np.ndarray, Handle}
DTYPES = "<f8 <f4 <f2 >f8 |b1 <i8 |u1 <c16 <U3 |S4 O |V8 <M8[s] <f16 <U99999 f8 <U0 |S0".split()
KINDS = "a g l t d c b h f x".split()


def is_plain(value: Any) -> bool:
    """Nothing of a type that the sender chose, and everything of it can be printed."""
    if isinstance(value, np.generic):
        return value.dtype.kind in "biufcUS"
    if type(value) not in PLAIN:
        return False
    if type(value) is np.ndarray:
        array: np.ndarray[Any, Any] = value
        return array.dtype.kind in "biufcUS" and array.flags.writeable and array.flags.aligned
    if type(value) in (list, tuple):
        return all(map(is_plain, value))
    if type(value) is dict:
        return all(map(is_plain, value)) and all(map(is_plain, value.values()))
    return True


def refuse(value: object) -> Any:
    raise WireError("no wire form")


def some_value(rng: random.Random, depth: int = 0) -> Any:
    """A value that an honest worker could return."""
    choice = rng.randrange(9 if depth < 3 else 6)
    if choice == 0:
        return rng.choice([None, True, 3, -(2**70), 1.5, float("nan"), "text", "\u202e", b"xy", 2j])
    if choice < 4:
        shape = [rng.randrange(4) for _ in range(rng.randrange(4))]
        return np.zeros(shape, rng.choice(["<f8", "<f4", "|b1", "<i8", "<c16", "<U3", "|S4"]))
    if choice == 4:
        return np.float32(rng.random())
    if choice == 5:
        return rng.random()
    items = [some_value(rng, depth + 1) for _ in range(rng.randrange(4))]
    return [items, tuple(items), {str(i): item for i, item in enumerate(items)}][choice - 6]


def some_node(rng: random.Random, depth: int = 0) -> Any:
    """A node that has the right words in the wrong places."""
    choice = rng.randrange(12)
    if choice < 3 or depth > 4:
        return rng.choice(
            [None, True, 0, -1, 2**31, 10**30, 1e308, float("inf"), "", "a", "\ud800", [], {}]
        )
    deeper = [some_node(rng, depth + 1) for _ in range(rng.randrange(4))]
    if choice < 6:
        shape = rng.choice(
            [[], [0], [2], [2, 3], [-1], [1 << 29], [1 << 40], [True], "x", [0] * 40]
        )
        return [rng.choice("ag"), rng.choice(DTYPES), shape, rng.choice([None, "matrix", 3])]
    if choice < 8:
        return [rng.choice("lt"), deeper]
    if choice == 8:
        pairs = [[some_node(rng, depth + 1), item] for item in deeper]
        return ["d", rng.choice([pairs, deeper])]
    if choice == 9:
        return [rng.choice("bc"), rng.choice([0, 5, -1, 1 << 40, 1.0, "x"]), 2.0][
            : rng.choice((2, 3))
        ]
    if choice == 10:
        return ["h", rng.choice([0, 1, -1, "1", 1.0]), rng.choice(["Relu", 7, None])]
    return [rng.choice(KINDS), *deeper]


def honest_frame(rng: random.Random) -> bytes:
    encoder = Encoder(refuse)
    header = {"id": 1, "kind": "value", "value": encoder.encode(some_value(rng))}
    if rng.random() < 0.3:
        header["mutated"] = [[0, encoder.encode(np.zeros(3))]]
    return pack(json.dumps(header).encode(), b"".join(bytes(part) for part in encoder.buffers))


def structured_frame(rng: random.Random) -> bytes:
    header: dict[str, Any] = {
        "id": 1,
        "kind": rng.choice(["value", "value", "error", "error", "error", "callback", "x", None]),
        "value": some_node(rng),
    }
    for name in ("mutated", "type", "message", "frames", "category", "out", "warnings"):
        if rng.random() < 0.3:
            header[name] = some_node(rng) if rng.random() < 0.7 else [[0, some_node(rng)]]
    if rng.random() < 0.2:
        header |= {"callback": rng.choice([0, 1, -1, "0", None]), "kind": "callback"}
        header |= {
            "args": ["t", [some_node(rng)]],
            "kwargs": rng.choice([["d", []], some_node(rng)]),
        }
    return pack(json.dumps(header).encode(), rng.randbytes(rng.choice((0, 8, 64, 200))))


def mutated_frame(rng: random.Random) -> bytes:
    data = bytearray(honest_frame(rng) if rng.random() < 0.5 else structured_frame(rng))
    for _ in range(rng.randrange(1, 6)):
        place = rng.randrange(len(data)) if rng.random() < 0.7 else rng.randrange(min(8, len(data)))
        action = rng.randrange(4)
        if action == 0:
            data[place] = rng.randrange(256)
        elif action == 1:
            data[place:place] = rng.randbytes(rng.randrange(4))
        elif action == 2:
            del data[place : place + rng.randrange(1, 5)]
        else:
            data[place] ^= 1 << rng.randrange(8)
        if not data:
            break
    return bytes(data)


def repaired_frame(rng: random.Random) -> bytes:
    """Damage inside the header only, with the lengths made right again: it reaches the parser."""
    data = honest_frame(rng)
    size, _ = struct.unpack_from("<II", data)
    header, payload = bytearray(data[8 : 8 + size]), data[8 + size :]
    for _ in range(rng.randrange(1, 4)):
        header[rng.randrange(len(header))] = rng.choice(b'0123456789[]{}",:.-eatldcbghf<>|UfiS\\u')
    return pack(bytes(header), payload)


def random_frame(rng: random.Random) -> bytes:
    return rng.randbytes(rng.randrange(60))


def pack(header: bytes, payload: bytes) -> bytes:
    return struct.pack("<II", len(header), len(payload)) + header + payload


FRAMES: list[Callable[[random.Random], bytes]] = [
    random_frame,
    honest_frame,
    structured_frame,
    mutated_frame,
    repaired_frame,
]


class Impostor:
    """A channel whose worker answers with given bytes and hangs up; the rest is the real thing."""

    def __init__(self) -> None:
        self.data = b""

    def request(self, header: Any, buffers: Any, deadline: Any, on_callback: Any) -> Any:
        read_fd, write_fd = os.pipe()
        os.write(write_fd, self.data)
        os.close(write_fd)
        transport = Transport(read_fd, os.open(os.devnull, os.O_WRONLY))
        try:
            answer, payload = transport.receive(time.monotonic() + 1)
            if answer.get("kind") == "callback":
                on_callback(answer, payload)
                raise Closed
            return answer, payload
        except (Closed, Deadline, WireError) as error:
            raise WorkerLost(Status.CRASHED, type(error).__name__) from None
        finally:
            transport.close()

    def close(self) -> None:
        """Nothing to end."""


def ask(impostor: Impostor, frame: bytes) -> str:
    """One question to an impostor; the word for how it ended."""
    impostor.data = frame
    session = Session(lambda: impostor, Program(()))
    session._channel = impostor  # begun, as far as this session knows
    session._check_ends = time.monotonic() + 5
    array = np.ones(3)
    try:
        value = session.request("call", "f", args=(array, print), kwargs={})
    except StudentError as error:
        assert type(error.kind) is str and type(error.message) is str and len(str(error)) < 3000
        assert all(type(part) is str for part in (error.category, str(error.status)))
        end = "error"
    except WorkerLost as error:
        assert type(error.reason) is str
        end = "lost"
    else:
        assert is_plain(value), value
        repr(value)
        end = "value"
    assert array.dtype == np.float64 and array.shape == (3,)
    assert type(session.output) is str and len(session.output) <= 16_384
    assert all([type(p) for p in entry] == [str, str, int] for entry in session.warnings)
    session.transcript.fingerprint()  # diagnosis reads what was recorded of it
    return end


def fuzz(count: int, seed: int) -> dict[str, int]:
    rng = random.Random(seed)
    impostor = Impostor()
    ends = {"value": 0, "error": 0, "lost": 0}
    for number in range(count):
        frame = FRAMES[number % len(FRAMES)](rng)
        try:
            ends[ask(impostor, frame)] += 1
        except Exception as error:
            raise AssertionError(f"seed {seed}, frame {number}: {frame!r}") from error
    return ends


@pytest.fixture(autouse=True)
def silent_print(monkeypatch: pytest.MonkeyPatch) -> None:
    """The impostor may call the callback, which is `print`; nobody needs to see that."""
    monkeypatch.setattr("builtins.print", lambda *_, **__: None)


def test_a_few_thousand_forged_frames() -> None:
    ends = fuzz(3_000, seed=1)
    assert min(ends.values()) > 100, ends  # otherwise the fuzzer has lost its way


@pytest.mark.slow
def test_a_hundred_thousand_forged_frames() -> None:
    ends = fuzz(120_000, seed=int.from_bytes(os.urandom(4), "little"))
    assert sum(ends.values()) == 120_000 and min(ends.values()) > 4_000, ends


def test_random_nodes_decode_to_plain_data_or_not_at_all() -> None:
    rng = random.Random(2)
    payload = np.frombuffer(bytearray(rng.randbytes(4096)), np.uint8)
    decoded = 0
    for _ in range(5_000):
        node = some_node(rng)
        try:
            value = Decoder(payload, refuse).decode(node)
        except WireError:
            continue
        decoded += 1
        assert is_plain(value), node
        repr(value)
    assert decoded > 500


def test_small_frames_cannot_claim_much_memory() -> None:
    """Shapes of arrays without bytes, thousands of them: a header of 100 KB stays below 100 MB."""
    empty = ["a", "<f8", [0, 1 << 29], None]
    wide = ["a", "<U9999", [0], None]
    nodes = ["l", [empty, wide] * 5_000]
    tracemalloc.start()
    try:
        value = Decoder(b"", refuse).decode(nodes)
        assert len(value) == 10_000
        assert tracemalloc.get_traced_memory()[1] < 100 << 20
    finally:
        tracemalloc.stop()


def test_texts_of_length_0_cannot_claim_memory() -> None:
    """NumPy makes them one character long: 5 * 10**8 of them are 2 GB that nobody sent."""
    for name in ("<U0", "|S0"):
        with pytest.raises(WireError):
            Decoder(b"", refuse).decode(["a", name, [1 << 29], None])
        assert Decoder(b"", refuse).decode(["a", name, [0], None]).shape == (0,)


@pytest.mark.parametrize("code", [0x110000, 0x990000, 0xFFFFFFFF])
@pytest.mark.parametrize("order", "<>")
def test_code_points_beyond_unicode_are_refused(code: int, order: str) -> None:
    payload = np.frombuffer(bytearray(struct.pack(f"{order}4I", 65, code, 0, 0)), np.uint8)
    with pytest.raises(WireError):
        Decoder(payload, refuse).decode(["a", f"{order}U2", [1], None])
    fine = np.frombuffer(bytearray(struct.pack(f"{order}4I", 65, 0x10FFFF, 0, 0)), np.uint8)
    assert Decoder(fine, refuse).decode(["a", f"{order}U2", [1], None])[0] == "A\U0010ffff"


def test_digits_cannot_stall_the_reader() -> None:
    started = time.monotonic()
    header = b'{"id": 1, "kind": "value", "value": ' + b"9" * 4_000_000 + b"}"
    read_fd, write_fd = os.pipe()
    transport = Transport(read_fd, os.open(os.devnull, os.O_WRONLY))
    writer = threading.Thread(target=_write_all, args=(write_fd, pack(header, b"")))
    writer.start()
    try:
        with pytest.raises(WireError):
            transport.receive(time.monotonic() + 10)
    finally:
        writer.join()
        transport.close()
    assert time.monotonic() - started < 5


def _write_all(fd: int, data: bytes) -> None:
    with os.fdopen(fd, "wb") as file:
        file.write(data)
