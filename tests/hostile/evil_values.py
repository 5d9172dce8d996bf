"""Return objects that lie about what they are, or that cost the reader dearly."""

# ruff: noqa (written as an attacker would)

import itertools

import numpy as np


class Equal:
    def __eq__(self, other):
        return True

    def __array__(self, *_, **__):
        raise SystemExit

    def __reduce__(self):
        return (eval, ("__import__('os').abort()",))

    def __getattr__(self, name):
        return self

    def __call__(self, *_, **__):
        return True

    def __repr__(self):
        return "x" * (1 << 26)

    __hash__ = None


class Float(float):
    def __eq__(self, other):
        return True

    __hash__ = float.__hash__

    def __float__(self):
        return 42.0


class Integer(int):
    def bit_length(self):
        return 1

    def __int__(self):
        return 42


class Text(str):
    def __str__(self):
        return "passed"

    def __eq__(self, other):
        return True

    __hash__ = str.__hash__


class Array(np.ndarray):
    def __eq__(self, other):
        return np.ones(self.shape, bool)

    def __array_ufunc__(self, *_, **__):
        return np.array(True)

    def __array_function__(self, *_, **__):
        return True

    def __reduce__(self):
        return (print, ("pickled",))

    @property
    def dtype(self):
        return np.dtype(object)


class Liar:
    @property
    def __class__(self):
        return np.ndarray

    dtype, shape, nbytes = np.dtype("f8"), (1,), 8


class Dict(dict):
    def items(self):
        return [("score", 100)]

    def __iter__(self):
        raise SystemExit


class Endless(list):
    def __iter__(self):
        return itertools.repeat(1)


Renamed = type("\x1b[31mpassed" * 1000, (), {"__module__": "builtins"})


class Unprintable(Exception):
    def __str__(self):
        raise SystemExit


class Huge(Exception):
    def __str__(self):
        return "x" * (1 << 26)


def throw(error):
    raise error


def cyclic():
    value = []
    value.append(value)
    return value


VALUES = {
    "equal to everything": Equal,
    "float subclass": lambda: Float(41.0),
    "int subclass": lambda: Integer(1 << 100_000),
    "str subclass": lambda: Text("41"),
    "array subclass": lambda: np.zeros(3).view(Array),
    "says it is an array": Liar,
    "dict subclass": lambda: Dict(a=1),
    "endless list": lambda: Endless([1]),
    "renamed type": Renamed,
    "cyclic": cyclic,
    "object array": lambda: np.array([Equal()], dtype=object),
    "masked array": lambda: np.ma.array([1.0], mask=[True]),
    "structured": lambda: np.zeros(2, "i4,f8"),
    "broadcast giant": lambda: np.broadcast_to(np.float64(1), (1 << 40,)),
    "long double": lambda: np.longdouble(1),
    "dates": lambda: np.array(["2020"], "M8[D]"),
    "wide text": lambda: np.array(["x" * 20_000]),
    "surrogates": lambda: "\ud800\x1b[31m\u202e",
    "surrogate array": lambda: np.array(["\ud800"]),
    "huge integer": lambda: 1 << 1_000_000,
    "nan": lambda: float("nan"),
    "infinite": lambda: [float("inf"), complex("nan+infj")],
    "odd keys": lambda: {frozenset({1}): 1, Equal: 2},
    "nan keys": lambda: {float("nan"): 1},
    "endless generator": lambda: itertools.count(),
    "memoryview": lambda: memoryview(b"x"),
    "module": lambda: np,
    "unprintable exception": lambda: throw(Unprintable()),
    "huge exception": lambda: throw(Huge()),
    "exception group of itself": lambda: throw(type("Timeout" * 9999, (BaseException,), {})()),
    "generator exit": lambda: throw(GeneratorExit()),
    "stop iteration": lambda: throw(StopIteration(42)),
    "recursion": lambda: (lambda f: f(f))(lambda f: f(f)),
    "many": lambda: list(range(300_000)),
}


def attack(ctx):
    return VALUES[ctx["variant"]]()
