import numpy as np
import pytest
from autograder.authoring import (
    assert_between,
    assert_close,
    assert_gradient,
    require,
    unchanged,
)


@pytest.mark.points(3)
def test_values_by_hand(student):
    """sigmoid of 0, ln 3, -ln 3 is 1/2, 3/4, 1/4; the slopes are 1/4, 3/16, 3/16."""
    x = np.array([0.0, np.log(3.0), -np.log(3.0)])
    assert_close(student.sigmoid(x), [0.5, 0.75, 0.25], "sigmoid([0, ln 3, -ln 3])")
    slopes = student.sigmoid_grad(x)
    assert_close(slopes, [0.25, 0.1875, 0.1875], "sigmoid_grad([0, ln 3, -ln 3])")


@pytest.mark.points(2)
def test_shapes(student):
    """A number, (3,), (2, 3) and the empty batch (0, 4) keep their shape; all zeros give 1/2."""
    assert_close(student.sigmoid(0.0), 0.5, "sigmoid(0.0)")
    assert_close(student.sigmoid_grad(0.0), 0.25, "sigmoid_grad(0.0)")
    for shape in ((3,), (2, 3), (0, 4)):
        x = np.zeros(shape)
        assert_close(student.sigmoid(x), np.full(shape, 0.5), f"sigmoid of zeros {shape}")
        assert_close(student.sigmoid_grad(x), np.full(shape, 0.25), f"sigmoid_grad of {shape}")


@pytest.mark.points(2.5)
@pytest.mark.hidden("far away from 0 the sigmoid is 0 or 1 and its slope 0, never nan")
def test_far_out(student, rng):
    """Far out, in float64 and float32: 1 on the right, 0 on the left, slope 0, never nan."""
    far = rng.uniform(800, 5000, 2)
    x = rng.permutation([1000.0, -1000.0, 50.0, -50.0, far[0], -far[1]])
    for dtype in (np.float64, np.float32):
        given = x.astype(dtype)
        assert_close(student.sigmoid(given), x > 0, f"sigmoid far out ({given.dtype})", atol=1e-12)
        slopes = student.sigmoid_grad(given)
        assert_close(slopes, np.zeros(6), f"sigmoid_grad far out ({given.dtype})", atol=1e-12)
    for number in (1000.0, -1000.0, 1000, -1000, np.log(3.0)):
        wanted = 0.75 if 0 < number < 2 else float(number > 0)
        assert_close(student.sigmoid(number), wanted, f"sigmoid of the number {number:g}")
        wanted = wanted * (1 - wanted)
        assert_close(student.sigmoid_grad(number), wanted, f"sigmoid_grad of {number:g}")


@pytest.mark.points(2)
@pytest.mark.hidden("the curve rises and is symmetric; ints give floats; the input stays as it was")
def test_symmetry_and_ints(student, remote, rng):
    """sigmoid rises, sigmoid(-x) = 1 - sigmoid(x), ints give floats, x is not changed."""
    x = np.linspace(-8, 8, 81) + rng.uniform(-0.1, 0.1)
    with unchanged("x", x):
        y = student.sigmoid(x)
    right = 1 / (1 + np.exp(-x))
    assert_close(y, right, "sigmoid(x)")
    require((np.diff(y) > 0).all(), "sigmoid(x) should rise from left to right, everywhere")
    assert_close(student.sigmoid(-x), 1 - right, "sigmoid(-x)")
    whole = rng.integers(-5, 6, (3, 4))
    with unchanged("x", whole):
        y = student.sigmoid(whole)
    wanted = 1 / (1 + np.exp(-whole.astype(float)))
    assert_close(y, wanted, "sigmoid of ints")
    with unchanged("x", whole):
        slope = student.sigmoid_grad(whole)
    assert_close(slope, wanted * (1 - wanted), "sigmoid_grad of ints")
    x = rng.uniform(-3, 3, (2, 3, 4))
    wanted = 1 / (1 + np.exp(-x))
    with unchanged("x", x):
        y = student.sigmoid(x)
    assert_close(y, wanted, "sigmoid of a 3-D array")
    assert_close(student.sigmoid_grad(x), wanted * (1 - wanted), "sigmoid_grad of a 3-D array")
    view = remote.ref(remote.place(x[0]), "T")
    assert_close(student.sigmoid(view), wanted[0].T, "sigmoid of a transposed view")


@pytest.mark.points(2.5)
@pytest.mark.hidden("numerical gradient; the slope is never above a quarter")
def test_slope(student, rng):
    """sigmoid_grad agrees with the numerical gradient, stays below 0.25 and leaves x alone."""
    x = rng.uniform(-4, 4, (5, 4))
    with unchanged("x", x):
        slope = student.sigmoid_grad(x)
    assert_gradient(slope, lambda: np.sum(1 / (1 + np.exp(-x))), x, "sigmoid_grad(x)")
    assert_between(np.max(slope), 0.0, 0.25 + 1e-7, "the largest slope")


@pytest.mark.advice("np.exp overflows for x = -1000; splitting by the sign of x avoids the warning")
def test_no_warning(student, remote):
    """No RuntimeWarning for x of -1000 and 1000."""
    student.sigmoid(np.array([-1000.0, 1000.0]))
    require(not remote.warnings(), "sigmoid(-1000) or sigmoid(1000) caused a RuntimeWarning")
