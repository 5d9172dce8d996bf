"""What assignments 1 and 2 produced, in our version, so that an earlier mistake costs nothing here.

Students import these with ``from autograder.given import ...``.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np


def softmax(x: np.ndarray) -> np.ndarray:
    """Turn logits into probabilities along the last axis, for any size of the logits.

    Parameters
    ----------
    x : array, shape (C,) or (N, C)

    Returns
    -------
    array of the same shape, float, every row >= 0 with sum 1
    """
    x = np.asarray(x)
    # Subtracting the row's maximum changes nothing mathematically and keeps exp from overflowing.
    e = np.exp(x - np.max(x, axis=-1, keepdims=True))
    return e / np.sum(e, axis=-1, keepdims=True)


def cross_entropy_error(y: np.ndarray, t: np.ndarray) -> float:
    """Mean cross-entropy of probabilities y against targets t.

    Parameters
    ----------
    y : array, shape (C,) or (N, C)
        Probabilities.
    t : array
        Integer labels of shape (N,), or one-hot rows of the shape of y.

    Returns
    -------
    float
        Mean of -log(y[n, t_n] + 1e-7); the 1e-7 keeps a probability of 0 finite.
    """
    y, t = np.atleast_2d(y), np.asarray(t)
    labels = np.argmax(t.reshape(y.shape), axis=1) if t.size == y.size else t.reshape(-1)
    return float(-np.mean(np.log(y[np.arange(len(y)), labels] + 1e-7)))


def numerical_gradient(
    f: Callable[[np.ndarray], float], x: np.ndarray, h: float = 1e-4
) -> np.ndarray:
    """Gradient of f at x by central differences, one component at a time.

    Every component of x is moved by +h and -h *in place* and then restored bit for bit, so f may
    ignore its argument and read the same array from somewhere else (a network's parameter).

    Parameters
    ----------
    f : function of x, returns a float
    x : float array of any shape
    h : step

    Returns
    -------
    float64 array of the shape of x

    Raises
    ------
    TypeError
        If x holds integers: x + h would be cut off to x and every gradient would be 0.
    """
    if not np.issubdtype(x.dtype, np.floating):
        raise TypeError("numerical_gradient needs a float array; write 3.0 instead of 3")
    gradient = np.zeros(x.shape)
    for index in np.ndindex(x.shape):
        original = x[index]
        x[index] = original + h
        upper = f(x)
        x[index] = original - h
        lower = f(x)
        x[index] = original
        gradient[index] = (upper - lower) / (2 * h)
    return gradient
