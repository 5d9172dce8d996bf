import numpy as np
import pytest
from autograder.authoring import (
    assert_close,
    assert_gradient,
    away_from_zero,
    require,
    unchanged,
)


@pytest.mark.points(3)
def test_by_hand(student):
    """relu([-1.5, 0, 2]) is [0, 0, 2]; the slopes at -1.5 and 2 are the numbers 0 and 1."""
    assert_close(student.relu(np.array([-1.5, 0.0, 2.0])), [0, 0, 2], "relu([-1.5, 0, 2])")
    slope = student.relu_grad(np.array([-1.5, 2.0]))
    assert_close(slope, [0, 1], "relu_grad([-1.5, 2])")
    require(
        slope.dtype.kind != "b",
        "relu_grad returns booleans; a slope is a number, 0 or 1",
        category="wrong_type",
    )


@pytest.mark.points(2)
def test_leaves_x(student):
    """A 2 x 3 batch goes in, a new 2 x 3 array comes out, and the batch is what it was."""
    x = np.array([[0.5, -1.0, 2.0], [-3.0, 4.0, -0.25]])
    with unchanged("x", x):
        y = student.relu(x)
    assert_close(y, [[0.5, 0, 2], [0, 4, 0]], "relu(x)")
    with unchanged("x", x):
        slope = student.relu_grad(x)
    assert_close(slope, [[1, 0, 1], [0, 1, 0]], "relu_grad(x)")


@pytest.mark.points(2.5)
@pytest.mark.hidden("ints, views, several axes, no rows at all; the result is always a new array")
def test_any_shape(student, remote, rng):
    """Any shape and ints are fine, and the result never shares its memory with x."""
    images = away_from_zero(rng, (3, 2, 4))
    assert_close(student.relu(images), np.where(images > 0, images, 0), "relu of a 3-D array")
    assert_close(student.relu_grad(images), images > 0, "relu_grad of a 3-D array")
    x = away_from_zero(rng, (4, 3))
    view = remote.ref(remote.place(x), "T")
    assert_close(student.relu(view), np.where(x > 0, x, 0).T, "relu of a transposed view")
    assert_close(student.relu_grad(view), (x > 0).T, "relu_grad of a transposed view")
    whole = rng.choice([-3, -2, -1, 1, 2, 3], (2, 5))
    assert_close(student.relu(whole), np.where(whole > 0, whole, 0), "relu of ints")
    assert_close(student.relu_grad(whole), whole > 0, "relu_grad of ints")
    assert_close(student.relu(np.zeros((0, 3))), np.zeros((0, 3)), "relu of an empty batch")
    assert_close(student.relu_grad(np.zeros((0, 3))), np.zeros((0, 3)), "relu_grad of (0, 3)")
    positive = remote.place(np.abs(x))
    shared = remote.shares_memory(positive, remote.call(student.relu, positive))
    require(not shared, "relu(x) hands x itself back; make a new array", category="mutated_input")


@pytest.mark.points(2.5)
@pytest.mark.hidden("numerical gradient away from the corner; the input stays as it was")
def test_slope(student, rng):
    """relu_grad agrees with the numerical gradient of sum(relu(x)) on a 4 x 5 input."""
    x = away_from_zero(rng, (4, 5))
    with unchanged("x", x):
        slope = student.relu_grad(x)
    assert_gradient(slope, lambda: np.sum(np.maximum(x, 0)), x, "relu_grad(x)")


@pytest.mark.points(2)
@pytest.mark.hidden(
    "large numbers pass as they are; at exactly 0 the slope is 0 or 1, nothing else"
)
def test_large_and_zero(student, rng):
    """Large numbers pass through with slope 1; the slope at exactly 0 is 0 or 1."""
    large = rng.uniform(100, 1000, 3)
    assert_close(student.relu(large), large, "relu of large numbers")
    assert_close(student.relu_grad(large), np.ones(3), "relu_grad of large numbers")
    assert_close(student.relu(-large), np.zeros(3), "relu of large negative numbers")
    tiny = 10.0 ** -rng.uniform(5, 30, 4) * [1, -1, 1, -1]
    assert_close(student.relu(tiny), np.maximum(tiny, 0), "relu of tiny numbers", atol=0)
    assert_close(student.relu_grad(tiny), tiny > 0, "relu_grad of tiny numbers")
    corner = student.relu_grad(np.array([0.0, -0.0]))
    assert_close(corner, np.round(np.clip(corner, 0, 1)), "relu_grad(0), rounded to 0 or 1")
