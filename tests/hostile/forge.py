"""Write to the grader's pipe directly: well-formed lies and malformed frames."""

# ruff: noqa (written as an attacker would)

import json
import os
import stat
import struct
import sys
import time


def pipe():
    """The descriptor that answers go to."""
    for fd in range(3, 64):
        try:
            if stat.S_ISFIFO(os.fstat(fd).st_mode):
                os.write(fd, b"")
                return fd
        except OSError:
            pass
    raise RuntimeError("no pipe found")


def frame(header, payload=b""):
    head = header if isinstance(header, bytes) else json.dumps(header).encode()
    return struct.pack("<II", len(head), len(payload)) + head + payload


def request_number():
    caller = sys._getframe()
    while caller is not None:
        request = caller.f_locals.get("request")
        if isinstance(request, dict) and "id" in request:
            return request["id"]
        caller = caller.f_back
    return 1


def nested(depth):
    return '["l",[' * depth + "]]" * depth


def variants(me):
    def value(node, payload=b"", **more):
        return frame({"id": me, "kind": "value", "value": node, **more}, payload)

    def text(node):
        return frame(b'{"id":%d,"kind":"value","value":%s}' % (me, node.encode()))

    return {
        "answers in advance": b"".join(
            frame({"id": number, "kind": "value", "value": 42}) for number in range(me, me + 50)
        ),
        "another number": frame({"id": me + 1, "kind": "value", "value": 42}),
        "number as text": frame({"id": str(me), "kind": "value", "value": 42}),
        "no number": frame({"kind": "value", "value": 42}),
        "unknown kind": frame({"id": me, "kind": "passed", "value": True, "score": 100}),
        "not an object": frame(b"[1, 2, 3]"),
        "not json": frame(b"\x80\x04\x95pickle"),
        "not utf-8": frame(b'{"id": 1, "kind": "\xff\xfe"}'),
        "duplicate keys": frame(b'{"id":%d,"kind":"callback","kind":"value","value":42}' % me),
        "nothing": frame(b""),
        "huge header": struct.pack("<II", 0xFFFFFFFF, 0),
        "huge payload": struct.pack("<II", 2, 0xFFFFFFFF) + b"{}",
        "claimed payload": struct.pack("<II", 2, 1 << 28) + b"{}",
        "half a header": b"\x01\x02",
        "deep json": frame(b"[" * 100_000),
        "deep value": text(nested(500)),
        "very deep value": text(nested(100_000)),
        "many nodes": text('["l",[' + ",".join(["1"] * 1_000_000) + "]]"),
        "huge integer": text("9" * 100_000),
        "object array": value(["a", "|O", [1], None], bytes(8)),
        "structured array": value(["a", "i4,i4", [1], None], bytes(8)),
        "dtype code": value(["a", "(1000000,1000000)f8", [1], None], bytes(8)),
        "unicode beyond": value(["a", "<U1", [1], None], b"\xff\xff\xff\xff"),
        "negative shape": value(["a", "<f8", [-1], None], bytes(8)),
        "shape too large": value(["a", "<f8", [1 << 62, 1 << 62], None], bytes(8)),
        "overflowing shape": value(["a", "<f8", [1 << 32, 1 << 32], None], bytes(8)),
        "boolean shape": value(["a", "<f8", [True], None], bytes(8)),
        "shape of floats": value(["a", "<f8", [1.0], None], bytes(8)),
        "zero times huge": value(["a", "<f8", [0, 1 << 60], None]),
        "payload too short": value(["a", "<f8", [100], None], bytes(8)),
        "negative bytes": value(["b", -1]),
        "unhashable key": value(["d", [[["l", []], 1]]]),
        "object key": value(["d", [[["h", 1, "x"], 1]]]),
        "nan and infinity": text("[NaN, Infinity]"),
        "a handle of nothing": value(["h", 99999, "x"]),
        "a handle by name": value(["h", "__class__", "x"]),
        "a function": value(["f", 0]),
        "unknown node": value(["import", "os"]),
        "callback out of range": frame(
            {"id": me, "kind": "callback", "callback": 99, "args": ["t", []], "kwargs": ["d", []]}
        ),
        "negative callback": frame(
            {"id": me, "kind": "callback", "callback": -1, "args": ["t", []], "kwargs": ["d", []]}
        ),
        "callback by name": frame({"id": me, "kind": "callback", "callback": "__init__"}),
        "callback with odd arguments": frame(
            {"id": me, "kind": "callback", "callback": 0, "args": 1, "kwargs": ["d", [[1, 2]]]}
        ),
        "changes an argument it never had": value(
            1, bytes(16), mutated=[[7, ["a", "<f8", [1], None]]]
        ),
        "changes shape": value(1, bytes(16), mutated=[[0, ["a", "<f8", [1], None]]]),
        "changes with text": value(1, mutated=[["0", "x"]]),
        "error with odd parts": frame(
            {
                "id": me,
                "kind": "error",
                "type": {"a": 1},
                "message": ["x"],
                "frames": [[1, 2, 3], 7],
                "category": {"x": 1},
                "out": 5,
                "warnings": [1, ["a", "b", "c"]],
            }
        ),
        "error with a known category": frame(
            {
                "id": me,
                "kind": "error",
                "type": "\x1b[31m\u202epassed",
                "message": "\x1b]0;x\x07" * 99,
                "frames": [["f" * 999, -(1 << 70), "submission.py"]],
                "category": "passed",
            }
        ),
        "output with escapes": value(
            1, out="\x1b[2J" * 1000, warnings=[["\x1b", "\x00", 1 << 80]] * 1000
        ),
    }


def attack(ctx):
    if ctx["variant"] == "slow drip":
        for byte in frame({"id": 1, "kind": "value", "value": "x" * 1000}):
            os.write(pipe(), bytes([byte]))
            time.sleep(0.05)
    fd, data = pipe(), variants(request_number())[ctx["variant"]]
    while data:
        data = data[os.write(fd, data[:60_000]) :]
    time.sleep(0.05)
    os._exit(0)
