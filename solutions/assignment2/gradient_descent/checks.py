import numpy as np
import pytest
from autograder.authoring import assert_close, require, unchanged

#: Generous, so that a less exact numerical_gradient is not punished a second time here.
CLOSE = {"rtol": 1e-3, "atol": 1e-3}


def squares(scale):
    """f(x) = sum(scale * x²), whose gradient is 2 * scale * x; insists on an array of that shape."""
    scale = np.asarray(scale, dtype=float)

    def f(x, *extra):
        good = not extra and isinstance(x, np.ndarray) and x.shape == scale.shape
        require(good, f"f should be called with the whole array x, shape {scale.shape}")
        return float(np.sum(scale * x**2))

    return f


def last_point(result):
    """x, or the first item of a tuple such as (x, history)."""
    return result[0] if isinstance(result, tuple) and result else result


@pytest.mark.points(2)
def test_first_step(student):
    """From (-3, 4) on x0² + x1² with learning rate 0.1, one step leads to (-2.4, 3.2)."""
    found = student.gradient_descent(squares([1, 1]), np.array([-3.0, 4.0]), lr=0.1, step_num=1)
    assert_close(last_point(found), [-2.4, 3.2], "x after one step", **CLOSE)


@pytest.mark.points(2)
def test_reaches_the_minimum(student):
    """A hundred such steps lead to the minimum (0, 0)."""
    found = student.gradient_descent(squares([1, 1]), np.array([-3.0, 4.0]), lr=0.1, step_num=100)
    assert_close(last_point(found), [0.0, 0.0], "x after 100 steps", **CLOSE)


@pytest.mark.points(2)
@pytest.mark.hidden(
    "exactly step_num steps, each with the gradient of the new point; the defaults; no step at all"
)
def test_number_of_steps(student, rng):
    """0, 1, 2 and 7 steps on an uneven parabola; 100 steps of 0.01 where nothing is said."""
    scale, lr = np.array([0.5, 2.0, 3.0]), float(rng.uniform(0.06, 0.1))
    start = rng.uniform(2, 4, 3) * [1, -1, -1]
    for steps in (2, 1, 7, 0):
        found = student.gradient_descent(squares(scale), start.copy(), lr, steps)
        expected = start * (1 - 2 * lr * scale) ** steps
        assert_close(last_point(found), expected, f"x after {steps} steps", **CLOSE)
    start = rng.uniform(2, 4, 2) * [1, -1]
    found = student.gradient_descent(squares([0.2, 0.4]), start.copy())
    expected = start * (1 - 0.02 * np.array([0.2, 0.4])) ** 100
    assert_close(last_point(found), expected, "x after the default steps", **CLOSE)


@pytest.mark.points(1.5)
@pytest.mark.hidden(
    "elements that depend on each other, a matrix, and a slope that is tiny all the way"
)
def test_coupled(student, rng):
    """A bowl that is not aligned with the axes, as a matrix; and a gradient of 1e-7."""
    start = rng.uniform(1, 2, (2, 2)) * [[1, -1], [-1, 1]]
    mix = np.array(
        [[1.0, 0.5, 0.0, 0.2], [0.5, 1.0, 0.3, 0.0], [0.0, 0.3, 1.0, 0.4], [0.2, 0.0, 0.4, 1.0]]
    )

    def bowl(x, *extra):
        good = not extra and isinstance(x, np.ndarray) and x.shape == (2, 2)
        require(good, "f should be called with the whole array x, shape (2, 2)")
        flat = x.reshape(-1)
        return float(flat @ mix @ flat) / 2

    wanted = start.reshape(-1)
    for _ in range(3):
        wanted = wanted - 0.3 * mix @ wanted
    found = last_point(student.gradient_descent(bowl, start.copy(), 0.3, 3))
    assert_close(found, wanted.reshape(2, 2), "x after 3 steps in a bowl of shape (2, 2)", **CLOSE)
    found = student.gradient_descent(lambda x: 1e-7 * float(x[0]), np.array([0.0]), 0.5, 20)
    assert_close(
        last_point(found), [-1e-6], "x after 20 steps on a slope of 1e-7", rtol=1e-2, atol=0
    )


@pytest.mark.points(2.5)
@pytest.mark.hidden("a learning rate that is too large, and one that is far too small")
def test_learning_rate(student, rng):
    """Too large: every step overshoots and x runs away; tiny: x hardly moves."""
    start = rng.uniform(2, 4, 2) * [-1, 1]
    # Each step multiplies x by 1 - 2 * 3 = -5. Much further out, x + h would round to x.
    found = student.gradient_descent(squares([1, 1]), start.copy(), 3.0, 8)
    what = "x after 8 steps that overshoot"
    assert_close(last_point(found), start * (-5.0) ** 8, what, rtol=1e-2)
    found = student.gradient_descent(squares([1, 1]), start.copy(), 1e-10, 50)
    assert_close(last_point(found), start, "x after 50 tiny steps", rtol=1e-6, atol=1e-6)


@pytest.mark.advice(
    "gradient_descent changes init_x in place; copy it first, so that you can start from it again"
)
def test_leaves_init_x(student):
    """init_x stays as it was."""
    start = np.array([1.0, -1.0])
    with unchanged("init_x", start):
        student.gradient_descent(squares([1, 1]), start, 0.1, 3)
