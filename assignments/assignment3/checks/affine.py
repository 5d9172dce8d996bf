# The public checks of task 3.4, affine. Run them with: grade assignment3 --task affine
import numpy as np
import pytest
from autograder.authoring import assert_close, assert_gradient, assert_shape, require


def new_affine(student, W, b):
    """A layer has forward and backward, whatever else it has."""
    layer = student.Affine(W, b)
    kind = type(layer).__name__
    require(hasattr(layer, "forward"), f"Affine(W, b) should be an object with forward, not {kind}")
    return layer


@pytest.mark.points(3)
def test_shapes_and_values(student):
    """x (2,3) and W (3,4): out (2,4), dx (2,3), dW (3,4), db (4,); a dout of ones gives db = 2."""
    W = np.array([[1.0, 0.0, 0.0, 1.0], [0.0, 1.0, 0.0, 1.0], [0.0, 0.0, 1.0, 1.0]])
    layer = new_affine(student, W, np.array([0.5, 0.0, 0.0, -1.0]))
    out = layer.forward(np.array([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]))
    assert_close(out, [[1.5, 2.0, 3.0, 5.0], [4.5, 5.0, 6.0, 14.0]], "forward(x)")
    dx = layer.backward(np.ones((2, 4)))
    assert_shape(dx, (2, 3), "backward(dout)")
    assert_shape(layer.dW, (3, 4), "dW")
    assert_close(layer.db, [2.0, 2.0, 2.0, 2.0], "db")


@pytest.mark.points(3.5)
def test_numerical_gradients(student, rng):
    """dx, dW and db agree with the numerical gradients of sum((x W + b) * dout)."""
    x, dout = rng.standard_normal((4, 3)), rng.standard_normal((4, 5))
    W, b = rng.standard_normal((3, 5)), rng.standard_normal(5)
    layer = new_affine(student, W.copy(), b.copy())
    layer.forward(x.copy())
    dx = layer.backward(dout.copy())
    dW, db = layer.dW, layer.db

    def loss():
        return np.sum((x @ W + b) * dout)

    assert_gradient(dx, loss, x, "backward(dout)")
    assert_gradient(dW, loss, W, "dW")
    assert_gradient(db, loss, b, "db")
