"""Assertions about what a student's code returned.

Each one looks at the type, then the shape, then finiteness, then the values, because that is the
order in which a student can mend them. Each failure carries one of the fixed CATEGORIES, which is
all that a hidden check may tell.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np

#: Relative and absolute tolerance for results of float32 arithmetic, whose rounding unit is 6e-8:
#: a hundred operations stay below.
FLOAT32_RTOL = 1e-5
FLOAT32_ATOL = 1e-6

CATEGORIES = {
    "wrong_value": "a result has a wrong value",
    "wrong_shape": "a result has a wrong shape",
    "wrong_type": "a result has a wrong type",
    "not_finite": "a result is nan or infinite",
    "mutated_input": "an input array was changed in place",
    "gradient": "the numerical gradient disagrees with yours",
    "not_implemented": "this part is not written yet",
    "missing": "a name that the task asks for is not defined",
    "syntax": "the file has a syntax error",
    "raised": "the code raised an exception",
    "timeout": "the code took too long",
    "crashed": "the process ended unexpectedly",
    "out_of_memory": "the code ran out of memory",
    "skipped": "not run",
}


class CheckFailure(AssertionError):
    """What a check found wrong. ``suggests`` names the misconception where the check knows it."""

    def __init__(
        self, message: str, category: str = "wrong_value", suggests: str | None = None
    ) -> None:
        assert category in CATEGORIES, category
        super().__init__(message)
        self.message = message
        self.category = category
        self.suggests = suggests


def require(
    condition: object, message: str, *, category: str = "wrong_value", suggests: str | None = None
) -> None:
    """Fail with ``message`` unless ``condition`` holds."""
    if not condition:
        raise CheckFailure(message, category, suggests)


def assert_close(
    actual: object,
    expected: object,
    what: str = "the result",
    *,
    rtol: float = 1e-7,
    atol: float = 1e-9,
    suggests: str | None = None,
) -> None:
    """``actual`` is a number or array of the shape of ``expected``, finite, and close to it.

    Closeness is ``|actual - expected| <= atol + rtol * |expected|``, element by element. Results
    in float32 or float16 get at least the tolerance of float32. A 0-d array passes for a number.
    """
    wanted = np.asarray(expected, dtype=np.float64)
    found = _numbers(actual, what, scalar=wanted.ndim == 0)
    assert_shape(found, wanted.shape, what)
    if found.dtype.kind == "f" and found.dtype.itemsize < 8:
        rtol, atol = max(rtol, FLOAT32_RTOL), max(atol, FLOAT32_ATOL)
    values = found.astype(np.float64)
    require_finite(values, what)
    wrong = ~(np.abs(values - wanted) <= atol + rtol * np.abs(wanted))
    if wrong.any():
        excess = np.where(wrong, np.abs(values - wanted), -1.0)
        index = tuple(int(i) for i in np.unravel_index(int(np.argmax(excess)), wanted.shape))
        where = f" at index {format_index(index)}" if index else ""
        others = f" ({int(wrong.sum())} of {wrong.size} values differ)" if wrong.size > 1 else ""
        want, got = format_number(wanted[index]), format_number(values[index])
        message = f"{what}{where}: expected {want}, got {got}{others}"
        raise CheckFailure(message, "wrong_value", suggests)


def assert_shape(actual: object, shape: tuple[int, ...], what: str = "the result") -> None:
    """``actual`` is an array of exactly this shape."""
    found = np.shape(_numbers(actual, what, scalar=not shape))
    if found != tuple(shape):
        raise CheckFailure(
            f"{what} has shape {found}, expected {tuple(shape) or '() (a single number)'}",
            "wrong_shape",
        )


def assert_between(
    value: object, low: float, high: float, what: str = "the result", *, suggests: str | None = None
) -> None:
    """``value`` is a finite number in [low, high]."""
    number = _numbers(value, what, scalar=True)
    assert_shape(number, (), what)
    require_finite(number.astype(np.float64), what)
    if not low <= float(number) <= high:
        limits = (
            f"at least {format_number(low)}"
            if math.isinf(high)
            else f"at most {format_number(high)}"
        )
        if not math.isinf(low) and not math.isinf(high):
            limits = f"between {format_number(low)} and {format_number(high)}"
        raise CheckFailure(
            f"{what} is {format_number(float(number))}, expected {limits}", "wrong_value", suggests
        )


@contextmanager
def unchanged(what: str, array: np.ndarray[Any, Any]) -> Iterator[None]:
    """Fail if ``array`` (as the student's code got it) is changed in place inside the block."""
    before = array.copy()
    yield
    if array.tobytes() != before.tobytes():
        raise CheckFailure(
            f"{what} was changed in place; work on a copy or make a new array", "mutated_input"
        )


def accuracy(
    predictions: object, labels: np.ndarray[Any, Any], what: str = "the predictions"
) -> float:
    """Fraction of right predictions; exactly one for every label is demanded.

    ``predictions``: class numbers (N,) or scores (N, C), of which the largest counts.
    ``labels``: (N,) integers, which the student's process never sees.
    """
    found = _numbers(predictions, what, scalar=False)
    if found.ndim not in (1, 2) or len(found) != len(labels):
        raise CheckFailure(
            f"{what} have shape {found.shape} for {len(labels)} samples", "wrong_shape"
        )
    require_finite(found.astype(np.float64), what)
    classes = found.argmax(axis=1) if found.ndim == 2 else found
    return float(np.mean(classes == labels))


def _numbers(actual: object, what: str, *, scalar: bool) -> np.ndarray[Any, Any]:
    """``actual`` as an array of real numbers; anything else is a failure that names its type."""
    if isinstance(actual, (np.ndarray, np.generic)) or (
        scalar and isinstance(actual, (bool, int, float))
    ):
        array = np.asarray(actual)
        if array.dtype.kind in "biuf":
            return array
        raise CheckFailure(f"{what} has dtype {array.dtype}, expected real numbers", "wrong_type")
    kind = _type_name(actual)
    wish = "a number" if scalar else "a NumPy array"
    if actual is None:
        raise CheckFailure(
            f"{what} is None, expected {wish} (is a `return` missing?)", "wrong_type"
        )
    raise CheckFailure(f"{what} is a {kind}, expected {wish}", "wrong_type")


def _type_name(value: object) -> str:
    handle = getattr(value, "__groundup_handle__", None)
    return str(handle().type) if handle is not None else type(value).__name__


def require_finite(values: np.ndarray[Any, Any], what: str) -> None:
    """Fail at the first element that is nan or infinite."""
    if not np.isfinite(values).all():
        index = tuple(int(i) for i in np.argwhere(~np.isfinite(values))[0])
        where = f" at index {format_index(index)}" if index else ""
        raise CheckFailure(
            f"{what} is {values[index]}{where}, expected a finite number", "not_finite"
        )


def format_index(index: tuple[int, ...]) -> str:
    """As one would write it in NumPy: [0, 2]."""
    return f"[{', '.join(map(str, index))}]"


def format_number(value: float) -> str:
    """Short where that is exact enough, long where two values would look the same."""
    return f"{value:.8g}"
