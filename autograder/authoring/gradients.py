"""Numerical gradients: the course's instrument for proving a backward pass right.

Central differences, (f(x+h) - f(x-h)) / 2h, in float64. With h = 1e-5 the truncation error
(order h^2) and the rounding error (order 1e-16 / h) are both near 1e-10 for smooth functions, so
a right gradient stays below 1e-8 and the limit of 1e-6 leaves a factor of a hundred (measured over
100 random networks: worst 3e-9; the mildest listed bug: 2.7e-3). Kinks are the author's duty: keep
ReLU's inputs away from 0 (:func:`away_from_zero`).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from autograder.authoring.asserts import (
    CheckFailure,
    assert_shape,
    format_index,
    format_number,
    require_finite,
)

FloatArray = np.ndarray[Any, np.dtype[np.float64]]


def numerical_gradient(f: Callable[[], object], x: FloatArray, h: float = 1e-5) -> FloatArray:
    """Gradient of the scalar ``f()`` with respect to ``x`` (any shape, float64).

    ``f`` takes no argument and reads ``x``, which is changed in place for each evaluation and
    restored exactly.
    """
    gradient = np.zeros(x.shape)
    for index in np.ndindex(x.shape):
        kept = x[index]
        x[index] = kept + h
        above = float(f())  # type: ignore[arg-type]
        x[index] = kept - h
        below = float(f())  # type: ignore[arg-type]
        x[index] = kept
        gradient[index] = (above - below) / (2 * h)
    return gradient


def relative_error(a: object, n: object) -> float:
    """``||a - n|| / (||a|| + ||n||)`` over all elements; 0.0 when both vanish."""
    first, second = np.asarray(a, dtype=np.float64), np.asarray(n, dtype=np.float64)
    scale = float(np.linalg.norm(first) + np.linalg.norm(second))
    return float(np.linalg.norm(first - second)) / scale if scale else 0.0


def assert_gradient(
    actual: object,
    loss: Callable[[], object],
    at: FloatArray,
    what: str = "the gradient",
    *,
    tolerance: float = 1e-6,
    h: float = 1e-5,
    suggests: str | None = None,
) -> None:
    """``actual`` equals the numerical gradient of ``loss()`` with respect to ``at``.

    The relative error of the whole array must be below ``tolerance``; the message names the
    element that is furthest off, with both values.
    """
    assert_shape(actual, at.shape, what)
    found = np.asarray(actual, dtype=np.float64)
    require_finite(found, what)
    expected = numerical_gradient(loss, at, h)
    error = relative_error(found, expected)
    if not error < tolerance:
        furthest = int(np.argmax(np.abs(found - expected)))
        index = tuple(int(i) for i in np.unravel_index(furthest, at.shape))
        raise CheckFailure(
            f"numerical gradient check of {what}: relative error {error:.1e} "
            f"(limit {tolerance:.0e}); furthest off at index {format_index(index)}: "
            f"numerical {format_number(expected[index])}, yours {format_number(found[index])}",
            "gradient",
            suggests,
        )


def away_from_zero(
    rng: np.random.Generator, shape: tuple[int, ...], gap: float = 0.01
) -> FloatArray:
    """Standard normal numbers, each pushed ``gap`` away from 0, where ReLU has its kink."""
    x: FloatArray = rng.standard_normal(shape)
    x += np.copysign(gap, x)
    return x
