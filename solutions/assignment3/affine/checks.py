import numpy as np
import pytest
from autograder.authoring import assert_close, assert_gradient, assert_shape, require, unchanged


def new_affine(student, W, b):
    """A layer has forward and backward, whatever else it has."""
    layer = student.Affine(W, b)
    kind = type(layer).__name__
    require(hasattr(layer, "forward"), f"Affine(W, b) should be an object with forward, not {kind}")
    return layer


def whole_numbers(rng, *shape):
    """Small whole numbers as floats: their products and sums are exact in any order."""
    return rng.integers(-4, 5, shape).astype(float)


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


@pytest.mark.points(3)
@pytest.mark.hidden(
    "a square W, where wrong transposes go unnoticed; a batch of one; no side effects"
)
def test_square_weights(student, rng):
    """A square W and a batch of 1 or 4: right values, and nothing that was handed in is changed."""
    for n in (1, 4):
        x, W, dout = (whole_numbers(rng, rows, 4) for rows in (n, 4, n))
        W[0, 1], W[1, 0] = 3.0, -2.0  # never symmetric
        b = whole_numbers(rng, 4)
        layer = new_affine(student, W.copy(), b.copy())
        with unchanged("x", x):
            out = layer.forward(x)
        assert_close(out, x @ W + b, "forward(x)")
        with unchanged("dout", dout):
            dx = layer.backward(dout)
        assert_close(dx, dout @ W.T, "backward(dout)")
        assert_close(layer.dW, x.T @ dout, "dW")
        assert_close(layer.db, dout.sum(axis=0), "db")
        assert_close(layer.W, W, "W after backward")
        assert_close(layer.b, b, "b after backward")


@pytest.mark.points(2.5)
@pytest.mark.hidden("a batch of images with more than two axes")
def test_images(student, rng):
    """Images of shape (2,3,4,5) are flattened on the way in and get dx in their own shape."""
    x, W, b = whole_numbers(rng, 2, 3, 4, 5), whole_numbers(rng, 60, 2), whole_numbers(rng, 2)
    dout = whole_numbers(rng, 2, 2)
    layer = new_affine(student, W.copy(), b)
    assert_close(layer.forward(x), x.reshape(2, 60) @ W + b, "forward(x)")
    assert_close(layer.backward(dout), (dout @ W.T).reshape(x.shape), "backward(dout)")
    assert_close(layer.dW, x.reshape(2, 60).T @ dout, "dW")


@pytest.mark.points(2)
@pytest.mark.hidden("the layer works on the arrays it was given, so that training reaches it")
def test_shares_parameters(student, remote, rng):
    """When W and b are changed in place outside, forward and backward use the new values."""
    x, dout = whole_numbers(rng, 4, 3), whole_numbers(rng, 4, 2)
    W, b = remote.place(np.ones((3, 2))), remote.place(np.zeros(2))
    layer = new_affine(student, W, b)
    layer.forward(x)
    new_W, new_b = whole_numbers(rng, 3, 2), whole_numbers(rng, 2) + 10
    W[...] = new_W
    b[...] = new_b
    assert_close(layer.forward(x), x @ new_W + new_b, "forward after W and b were changed")
    assert_close(layer.backward(dout), dout @ new_W.T, "backward after W and b were changed")


@pytest.mark.points(2)
@pytest.mark.hidden("each backward starts afresh")
def test_fresh_gradients(student, rng):
    """A second batch, of another size, gets its own dx, dW and db; nothing is added up."""
    W = whole_numbers(rng, 3, 2)
    layer, other = (new_affine(student, W.copy(), np.zeros(2)) for _ in range(2))
    for n in (4, 3):
        x, dout = whole_numbers(rng, n, 3) + 1, whole_numbers(rng, n, 2) + 5
        layer.forward(x.copy())
        dx = layer.backward(dout.copy())
        assert_close(dx, dout @ W.T, f"backward(dout) for a batch of {n}")
    other.forward(x + 1)
    other.backward(dout + 1)
    assert_close(layer.dW, x.T @ dout, "dW of the second backward")
    assert_close(layer.db, dout.sum(axis=0), "db of the second backward")
