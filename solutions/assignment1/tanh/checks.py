import numpy as np
import pytest
from autograder.authoring import assert_close, assert_gradient, unchanged


@pytest.mark.points(3)
def test_values_by_hand(student):
    """tanh of 0, ln 2, -ln 3 is 0, 0.6, -0.8; the slopes are 1, 0.64, 0.36."""
    x = np.array([0.0, np.log(2.0), -np.log(3.0)])
    assert_close(student.tanh(x), [0.0, 0.6, -0.8], "tanh([0, ln 2, -ln 3])")
    assert_close(student.tanh_grad(x), [1.0, 0.64, 0.36], "tanh_grad([0, ln 2, -ln 3])")


@pytest.mark.points(2.5)
@pytest.mark.hidden("far away from 0, ints, any shape, symmetry; the input stays as it was")
def test_curve(student, remote, rng):
    """tanh is odd, is +-1 far out, takes ints and any shape, and leaves x alone."""
    x = rng.uniform(0.1, 3, (4, 3))
    right = 1 - 2 / (np.exp(2 * x) + 1)
    with unchanged("x", x):
        y = student.tanh(x)
    assert_close(y, right, "tanh(x)")
    assert_close(student.tanh(-x), -right, "tanh(-x)")
    view = remote.ref(remote.place(x), "T")
    assert_close(student.tanh(view), right.T, "tanh of a transposed view")
    whole = rng.permutation([0, 1, 2, -1, -3])
    wanted = 1 - 2 / (np.exp(2.0 * whole) + 1)
    assert_close(student.tanh(whole), wanted, "tanh of ints")
    with unchanged("x", whole):
        slope = student.tanh_grad(whole)
    assert_close(slope, 1 - wanted**2, "tanh_grad of ints")
    x = rng.uniform(-9, 9, (2, 3, 4))
    wanted = 1 - 2 / (np.exp(2 * x) + 1)
    assert_close(student.tanh(x), wanted, "tanh of a 3-D array")
    assert_close(student.tanh_grad(x), 1 - wanted**2, "tanh_grad of a 3-D array")
    for function in (student.tanh, student.tanh_grad):
        assert_close(function(np.zeros((0, 3))), np.zeros((0, 3)), "the result for (0, 3)")
    assert_close(student.tanh_grad(view), 1 - right.T**2, "tanh_grad of a transposed view")
    for dtype in (np.float64, np.float32):
        far = np.array([1000, -1000, rng.uniform(800, 5000)], dtype=dtype)
        assert_close(student.tanh(far), [1, -1, 1], f"tanh far out ({far.dtype})")
        assert_close(student.tanh_grad(far), [0, 0, 0], f"tanh_grad far out ({far.dtype})")


@pytest.mark.points(2.5)
@pytest.mark.hidden("numerical gradient; the input stays as it was")
def test_slope(student, rng):
    """tanh_grad agrees with the numerical gradient on a 3 x 4 input, which it does not change."""
    x = rng.uniform(-2, 2, (3, 4))
    with unchanged("x", x):
        slope = student.tanh_grad(x)
    assert_gradient(slope, lambda: np.sum(np.tanh(x)), x, "tanh_grad(x)")
