import numpy as np
import pytest
from autograder.authoring import (
    assert_between,
    assert_close,
    assert_gradient,
    assert_shape,
    require,
    unchanged,
)

#: Room for somebody who computes in single precision on the way.
SINGLE = {"rtol": 1e-5, "atol": 1e-6}


def new_sigmoid(student):
    """A layer has forward and backward, whatever else it has."""
    layer = student.Sigmoid()
    kind = type(layer).__name__
    require(hasattr(layer, "forward"), f"Sigmoid() should be an object with forward, not {kind}")
    return layer


@pytest.mark.points(3)
def test_values_by_hand(student):
    """sigmoid(0) = 1/2 with slope 1/4; sigmoid(ln 3) = 3/4 with slope 3/16; times dout."""
    layer = new_sigmoid(student)
    out = layer.forward(np.array([0.0, np.log(3.0)]))
    assert_close(out, [0.5, 0.75], "forward([0, ln 3])", **SINGLE)
    dx = layer.backward(np.array([1.0, 4.0]))
    assert_close(dx, [0.25, 0.75], "backward([1, 4])", **SINGLE)


@pytest.mark.points(2.5)
@pytest.mark.hidden("numerical gradient on a batch with any dout; x and dout stay as they were")
def test_numerical_gradient(student, rng):
    """backward agrees with the numerical gradient; neither x nor dout is changed."""
    x, dout = rng.uniform(-3, 3, (3, 4)), rng.standard_normal((3, 4))
    layer = new_sigmoid(student)
    with unchanged("x", x):
        layer.forward(x)
    with unchanged("dout", dout):
        dx = layer.backward(dout)
    assert_gradient(dx, lambda: np.sum(dout / (1 + np.exp(-x))), x, "backward(dout)")


@pytest.mark.points(2.5)
@pytest.mark.hidden("the last forward counts, and ten layers in a row make the gradient vanish")
def test_memory_and_vanishing(student, rng):
    """backward uses the last forward; ten sigmoids shrink a gradient below one millionth."""
    x, dout = rng.uniform(-3, 3, 5), rng.standard_normal(5)
    layer = new_sigmoid(student)
    layer.forward(x + 2)
    layer.forward(x)
    new_sigmoid(student).forward(x - 2)
    y = 1 / (1 + np.exp(-x))
    for time in ("first", "second"):
        dx = layer.backward(dout.copy())
        assert_close(dx, dout * y * (1 - y), f"the {time} backward(dout)", **SINGLE)
    assert_close(new_sigmoid(student).forward(np.array([800.0])), [1.0], "forward([800])", **SINGLE)
    layers = [new_sigmoid(student) for _ in range(10)]
    h, gradient = np.array([rng.uniform(-1, 1)]), np.array([1.0])
    for layer in layers:
        h = layer.forward(h)
        assert_shape(h, (1,), "forward(x)")
    for layer in reversed(layers):
        gradient = layer.backward(gradient)
        assert_shape(gradient, (1,), "backward(dout)")
    assert_between(gradient[0], 1e-9, 1e-6, "the gradient after ten layers")
