# The public checks of task 2.8, linear_regression. Run them with: grade assignment2 --task linear_regression
import numpy as np
import pytest
from autograder.authoring import assert_close, require

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
