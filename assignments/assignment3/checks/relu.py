# The public checks of task 3.2, relu. Run them with: grade assignment3 --task relu
import numpy as np
import pytest
from autograder.authoring import assert_close, assert_gradient, away_from_zero, require, unchanged


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


@pytest.mark.advice("backward changes dout in place; that bites when a gradient is used twice")
def test_leaves_dout(student):
    """backward leaves dout as it was (np.where, or a copy)."""
    relu = new_relu(student)
    relu.forward(np.array([1.0, -1.0]))
    dout = np.array([2.0, 3.0])
    with unchanged("dout", dout):
        relu.backward(dout)
