import numpy as np
import pytest
from autograder.authoring import (
    assert_close,
    assert_gradient,
    assert_shape,
    away_from_zero,
    require,
    unchanged,
)


def new_relu(student):
    """A layer has forward and backward, whatever else it has."""
    layer = student.Relu()
    kind = type(layer).__name__
    require(hasattr(layer, "forward"), f"Relu() should be an object with forward, not {kind}")
    return layer


@pytest.mark.points(3)
def test_lecture_example(student):
    """The lecture's example: [-1, 2.1, -0.3, 4.2] becomes [0, 2.1, 0, 4.2]; x stays as it was."""
    relu = new_relu(student)
    x = np.array([-1.0, 2.1, -0.3, 4.2])
    with unchanged("x", x):
        out = relu.forward(x)
    assert_close(out, [0.0, 2.1, 0.0, 4.2], "forward(x)")
    dout = np.array([-2.0, 4.0, -1.1, 5.0])
    assert_close(relu.backward(dout), [0.0, 4.0, 0.0, 5.0], "backward(dout)")


@pytest.mark.points(3)
def test_numerical_gradient(student, rng):
    """backward agrees with the numerical gradient of sum(relu(x) * dout) on a 3 x 4 input."""
    x = away_from_zero(rng, (3, 4))
    dout = away_from_zero(rng, (3, 4))
    dout[0] = np.copysign(dout[0], -x[0])  # some gates open for a negative dout
    relu = new_relu(student)
    relu.forward(x.copy())
    dx = relu.backward(dout.copy())
    assert_gradient(dx, lambda: np.sum(np.maximum(x, 0) * dout), x, "backward(dout)")


@pytest.mark.points(2.5)
@pytest.mark.hidden("the gate is decided by x, whatever the sign of dout")
def test_sign_of_dout(student, rng):
    """A negative dout passes an open gate; a positive dout is stopped by a closed one."""
    size = np.abs(away_from_zero(rng, (2, 3)))
    x = size * [[1, -1, 1], [-1, 1, -1]]
    dout = np.abs(away_from_zero(rng, (2, 3))) * [[-1, 1, 1], [1, -1, -1]]
    relu = new_relu(student)
    relu.forward(x.copy())
    assert_close(relu.backward(dout.copy()), np.where(x > 0, dout, 0), "backward(dout)")


@pytest.mark.points(3)
@pytest.mark.hidden("exactly 0: output 0 and gradient 0; forward leaves its input alone")
def test_exactly_zero(student, rng):
    """At exactly 0 both the output and the gradient are 0, and x is not overwritten."""
    x = rng.permutation([0.0, -0.0, 1.5, -1.5, 0.0, 2.0])
    dout = np.abs(away_from_zero(rng, (6,)))
    relu = new_relu(student)
    with unchanged("x", x):
        out = relu.forward(x)
    assert_close(out, np.where(x > 0, x, 0), "forward(x)")
    assert_close(relu.backward(dout.copy()), np.where(x > 0, dout, 0), "backward(dout)")


@pytest.mark.points(2.5)
@pytest.mark.hidden(
    "the last forward of the same object counts; any size, any shape, also without rows"
)
def test_memory_and_shapes(student, rng):
    """The mask belongs to the last forward of the same object; any size and number of axes is fine."""
    x, dout = away_from_zero(rng, (5,)), away_from_zero(rng, (5,))
    x[:2] = np.abs(x[:2]) * [1, -1]
    first, second = new_relu(student), new_relu(student)
    first.forward(-np.abs(x))
    first.forward(x.copy())
    second.forward(np.abs(x) * [1, 1, 1, -1, -1])
    for time in ("first", "second"):
        dx = first.backward(dout.copy())
        assert_close(dx, np.where(x > 0, dout, 0), f"the {time} backward(dout)")
    images = 10 * away_from_zero(rng, (5, 3, 4, 2)).transpose(3, 1, 2, 0)
    relu = new_relu(student)
    assert_close(relu.forward(images), np.maximum(images, 0), "forward of a 4-D array")
    ones = np.ones(images.shape)
    assert_close(relu.backward(ones), np.where(images > 0, 1.0, 0.0), "backward of a 4-D array")
    empty = new_relu(student)
    assert_shape(empty.forward(np.zeros((0, 3))), (0, 3), "forward of an empty batch")
    assert_shape(empty.backward(np.zeros((0, 3))), (0, 3), "backward of an empty batch")


@pytest.mark.advice("backward changes dout in place; that bites when a gradient is used twice")
def test_leaves_dout(student):
    """backward leaves dout as it was (np.where, or a copy)."""
    relu = new_relu(student)
    relu.forward(np.array([1.0, -1.0]))
    dout = np.array([2.0, 3.0])
    with unchanged("dout", dout):
        relu.backward(dout)
