# The public checks of task 3.5, softmax_with_loss. Run them with: grade assignment3 --task softmax_with_loss
import numpy as np
import pytest
from autograder.authoring import assert_close, assert_gradient, require

#: The given cross-entropy adds 1e-7 inside the logarithm; another right one does not.
EPSILON = 1e-4
#: Room for somebody who computes in single precision on the way.
SINGLE = {"rtol": 1e-5, "atol": 1e-6}


def new_layer(student):
    """A layer has forward and backward, whatever else it has."""
    layer = student.SoftmaxWithLoss()
    kind = type(layer).__name__
    message = f"SoftmaxWithLoss() should be an object with forward, not {kind}"
    require(hasattr(layer, "forward"), message)
    return layer


def exact_loss(x, labels):
    """Mean cross-entropy by the log-sum-exp formula, without any epsilon."""
    shifted = x - x.max(axis=1, keepdims=True)
    return np.mean(np.log(np.exp(shifted).sum(axis=1)) - shifted[np.arange(len(x)), labels])


def batch(rng, n, classes):
    """Moderate logits (no probability near 0 or 1) and labels."""
    return rng.uniform(-1, 1, (n, classes)), rng.integers(0, classes, n)


@pytest.mark.points(3)
def test_uniform_logits(student):
    """Equal logits, 4 classes, labels [0, 3]: the loss is ln 4, the first row of dx is -3/8, 1/8..."""
    layer = new_layer(student)
    loss = layer.forward(np.zeros((2, 4)), np.array([0, 3]))
    assert_close(loss, np.log(4.0), "the loss", rtol=EPSILON)
    expected = [[-0.375, 0.125, 0.125, 0.125], [0.125, 0.125, 0.125, -0.375]]
    assert_close(layer.backward(), expected, "backward()", **SINGLE)


@pytest.mark.points(3.5)
def test_numerical_gradient(student, rng):
    """With one-hot targets, backward agrees with the numerical gradient of the loss."""
    x, labels = batch(rng, 5, 4)
    layer = new_layer(student)
    loss = layer.forward(x.copy(), np.eye(4)[labels])
    assert_close(loss, exact_loss(x, labels), "the loss", rtol=EPSILON)
    dx = layer.backward(1)
    assert_gradient(dx, lambda: exact_loss(x, labels), x, "backward(1)")
