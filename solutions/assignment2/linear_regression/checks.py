import numpy as np
import pytest
from autograder.authoring import assert_close, require, unchanged

#: Numerical gradients and single precision inside are fine.
RTOL = 1e-4
ATOL = 1e-5


def parts(result):
    """(a, b, history), with history as an array."""
    good = isinstance(result, (tuple, list)) and len(result) == 3
    require(
        good, "linear_regression should return three things: a, b, history", category="wrong_type"
    )
    a, b, history = result
    kind = type(history).__name__
    message = f"history should be a list of numbers, not {kind}"
    require(isinstance(history, (list, tuple, np.ndarray)), message, category="wrong_type")
    good = all(isinstance(loss, (int, float, np.generic, np.ndarray)) for loss in history)
    require(good, "history should hold numbers only", category="wrong_type")
    return a, b, np.array([float(np.reshape(loss, ())) for loss in history])


def noisy_line(rng):
    """Forty points near a line with a slope and an intercept well away from 0."""
    x = rng.uniform(-1, 1, 40)
    return x, rng.uniform(2, 3) * x - rng.uniform(0.5, 1) + 0.1 * rng.standard_normal(40)


@pytest.mark.points(3)
def test_one_step(student):
    """x = [0, 1, 2], t = [1, 3, 5]: one step from (0, 0) leads to a = 0.866667, b = 0.6; loss 11.66667."""
    x, t = np.array([0.0, 1.0, 2.0]), np.array([1.0, 3.0, 5.0])
    a, b, history = parts(student.linear_regression(x, t, lr=0.1, steps=1))
    assert_close(a, 13 / 15, "a after one step", rtol=RTOL, atol=ATOL)
    assert_close(b, 0.6, "b after one step", rtol=RTOL, atol=ATOL)
    assert_close(history, [35 / 3], "history", rtol=RTOL, atol=ATOL)


@pytest.mark.points(2)
def test_finds_the_line(student):
    """21 points on the line 3x + 1: after 400 steps a is 3 and b is 1, and history has 400 losses."""
    x = np.linspace(-1, 1, 21)
    t = 3 * x + 1
    a, b, history = parts(student.linear_regression(x, t, 0.1, 400))
    assert_close(a, 3.0, "a", atol=1e-3)
    assert_close(b, 1.0, "b", atol=1e-3)
    require(len(history) == 400, f"history has {len(history)} losses for 400 steps")
    assert_close(history[0], np.mean(t**2), "history[0], the loss of a = b = 0", rtol=RTOL)


@pytest.mark.points(2.5)
@pytest.mark.hidden("noisy data: the line of least squares, with a loss that never grows")
def test_least_squares(student, rng):
    """Noisy points: a and b agree with the exact solution, and the loss never grows."""
    x, t = noisy_line(rng)
    slope, intercept = np.polyfit(x, t, 1)
    a, b, history = parts(student.linear_regression(x, t, 0.25, 400))
    assert_close(a, slope, "a", atol=1e-4)
    assert_close(b, intercept, "b", atol=1e-4)
    require(len(history) == 400, f"history has {len(history)} losses for 400 steps")
    grows = bool(np.any(np.diff(history) > 1e-6))
    require(not grows, "the loss grows in some step, though the learning rate is small enough")
    best = np.mean((slope * x + intercept - t) ** 2)
    assert_close(history[-1], best, "the last loss", rtol=1e-3)


@pytest.mark.points(2.5)
@pytest.mark.hidden(
    "starts from other values of a and b than 0; x and t stay as they are; the defaults"
)
def test_start_and_defaults(student, rng):
    """Two steps from a given (a, b) are exact; x and t are unchanged; 200 steps by default."""
    x, t = noisy_line(rng)
    start, lr = rng.uniform(0.3, 0.9, 2), 0.15
    expected, losses = start.copy(), []
    for _ in range(2):
        error = expected[0] * x + expected[1] - t
        losses.append(np.mean(error**2))
        expected = expected - lr * 2 * np.array([np.mean(error * x), np.mean(error)])
    with unchanged("x", x), unchanged("t", t):
        found = student.linear_regression(x, t, lr, 2, float(start[0]), float(start[1]))
    a, b, history = parts(found)
    assert_close(a, expected[0], "a after two steps", rtol=RTOL, atol=ATOL)
    assert_close(b, expected[1], "b after two steps", rtol=RTOL, atol=ATOL)
    assert_close(history, losses, "history", rtol=RTOL, atol=ATOL)
    _, _, history = parts(student.linear_regression(x, t))
    require(len(history) == 200, f"history has {len(history)} losses by default, expected 200")
    wanted = parts(student.linear_regression(x, t, 0.1, 200, 0.0, 0.0))
    assert_close(history[1], wanted[2][1], "the second loss with the default lr of 0.1", rtol=RTOL)
    a, b, history = parts(student.linear_regression(x, t, 0.1, 0, 0.5, -0.5))
    assert_close(a, 0.5, "a after no step at all")
    assert_close(b, -0.5, "b after no step at all")
    require(len(history) == 0, "history should be empty after no step at all")


@pytest.mark.points(2)
@pytest.mark.hidden("a learning rate that is too large makes the loss grow")
def test_too_large(student, rng):
    """With a learning rate of 10 the loss does not fall: it ends far above where it began."""
    x, t = noisy_line(rng)
    _, _, history = parts(student.linear_regression(x, t, 10.0, 20))
    require(len(history) == 20, f"history has {len(history)} losses for 20 steps")
    falls = bool(history[-1] <= history[0])
    require(not falls, "with a learning rate of 10 the loss should grow from step to step")
    a, b, losses = 0.0, 0.0, []
    for _ in range(8):
        error = a * x + b - t
        losses.append(np.mean(error**2))
        a, b = a - 20 * np.mean(error * x), b - 20 * np.mean(error)
    assert_close(history[:8], losses, "the first losses with a learning rate of 10", rtol=1e-2)
