# The public checks of task 2.7, gradient_descent. Run them with: grade assignment2 --task gradient_descent
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


@pytest.mark.advice(
    "gradient_descent changes init_x in place; copy it first, so that you can start from it again"
)
def test_leaves_init_x(student):
    """init_x stays as it was."""
    start = np.array([1.0, -1.0])
    with unchanged("init_x", start):
        student.gradient_descent(squares([1, 1]), start, 0.1, 3)
