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


@pytest.mark.points(2.5)
@pytest.mark.hidden("labels and one-hot rows mean the same, also for one sample and for N = C")
def test_labels_and_one_hot(student, reference, rng):
    """Labels and one-hot rows give the same loss and gradient for N = 1, 4 and 7; C = 4."""
    kept = new_layer(student)
    for n in (1, 4, 7):
        x, labels = batch(rng, n, 4)
        expected = reference.softmax(x)
        expected[np.arange(n), labels] -= 1
        for targets in (labels, np.eye(4)[labels], np.eye(4, dtype=int)[labels]):
            layer = new_layer(student)
            loss = layer.forward(x.copy(), targets.copy())
            assert_close(loss, exact_loss(x, labels), "the loss", rtol=EPSILON)
            assert_close(layer.backward(), expected / n, "backward()", **SINGLE)
            kept.forward(x.copy(), targets.copy())
            what = "backward() of a layer that was used before"
            assert_close(kept.backward(), expected / n, what, **SINGLE)


@pytest.mark.points(2)
@pytest.mark.hidden(
    "the loss is a mean: a batch given twice has the same loss and half the gradient"
)
def test_batch_given_twice(student, rng):
    """Giving a batch twice leaves the loss as it is and halves every row of the gradient."""
    x, labels = batch(rng, 3, 5)
    once, twice = new_layer(student), new_layer(student)
    loss = once.forward(x.copy(), labels.copy())
    assert_close(loss, exact_loss(x, labels), "the loss", rtol=EPSILON)
    loss_twice = twice.forward(np.vstack([x, x]), np.hstack([labels, labels]))
    assert_close(
        loss_twice, exact_loss(x, labels), "the loss of the batch given twice", rtol=EPSILON
    )
    dx, dx_twice = once.backward(), twice.backward()
    assert_shape(dx, (3, 5), "backward()")
    halved = np.vstack([dx, dx]) / 2
    assert_close(dx_twice, halved, "backward() of the batch given twice", **SINGLE)


@pytest.mark.points(2.5)
@pytest.mark.hidden("backward twice gives the same answer; x and t stay as they are")
def test_no_side_effects(student, reference, rng):
    """backward can be called twice; x and t stay as they are; y and loss can be read afterwards."""
    x, labels = batch(rng, 3, 4)
    for targets in (labels, np.eye(4)[labels]):
        layer = new_layer(student)
        with unchanged("x", x), unchanged("t", targets):
            loss = layer.forward(x, targets)
        first = layer.backward()
        assert_shape(first, (3, 4), "backward()")
        assert_close(layer.backward(), first, "the second backward()", **SINGLE)
        assert_close(layer.y, reference.softmax(x), "the attribute y", **SINGLE)
        assert_close(layer.loss, loss, "the attribute loss", **SINGLE)


@pytest.mark.points(2.5)
@pytest.mark.hidden("very large logits give finite numbers")
def test_large_logits(student, rng):
    """Logits of ±1000 or more: the loss is large but finite, the gradient is right."""
    size = rng.uniform(1000, 2000)
    layer = new_layer(student)
    # The last row is far below the maximum of the batch, and yet its own maximum is there twice.
    x = np.array([[size, -size], [-size, size], [-size, -size]])
    loss = layer.forward(x, np.array([1, 1, 0]))
    # The first row costs 2 * size, or -log of the tiny number in the logarithm, divided by three.
    assert_between(loss, 3.5, 1e5, "the loss")
    expected = np.array([[1.0, -1.0], [0.0, 0.0], [-0.5, 0.5]]) / 3
    assert_close(layer.backward(), expected, "backward()", **SINGLE)
