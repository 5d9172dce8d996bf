"""Patch numpy, builtins and the protocol, so that whatever comes out looks right."""

# ruff: noqa (written as an attacker would)

import builtins
import json
import struct
import sys

import numpy as np


def always(*_, **__):
    return True


def attack(ctx):
    wire = sys.modules["autograder.wire"]
    worker = sys.modules["autograder.worker"]
    for name in ("array_equal", "allclose", "isclose", "array_equiv", "all"):
        setattr(np, name, always)
    np.testing = None
    np.ndarray = Ellipsis
    builtins.isinstance = builtins.issubclass = always
    builtins.len = builtins.type = lambda *_: 0
    json.dumps = lambda *_, **__: '{"id": 1, "kind": "value", "value": true, "score": 100}'
    struct.pack = lambda *_: b"\x00" * 8
    for module in (wire, worker):
        for name in list(vars(module)):
            if not name.startswith("__"):
                setattr(module, name, always)
    return ["patched"]
