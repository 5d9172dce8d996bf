# The public checks of task 4.5, rmsprop_adadelta. Run them with: grade assignment4 --task rmsprop_adadelta
import numpy as np
import pytest
from autograder.authoring import assert_close, require, unchanged

#: Where the tiny number in the denominator stands, and its exact size, make less difference.
RTOL = 1e-4


def walk(remote, optimizer, start, gradients, key="W"):
    """Where W stands after each of these gradients."""
    network = remote.namespace(params={key: np.array(start, dtype=float)})
    params = remote.ref(network, "params")
    path = []
    for gradient in gradients:
        optimizer.update(params, {key: np.array(gradient, dtype=float)})
        path.append(params[key])
    return path


def same_path(path, expected, length):
    """Compare position by position, to a ten-thousandth of the length of a step."""
    for step, (found, wanted) in enumerate(zip(path, expected, strict=True), start=1):
        what = f"params['W'] after step {step}"
        assert_close(found, wanted, what, rtol=1e-6, atol=RTOL * length * step)


@pytest.mark.points(2)
def test_rmsprop_by_hand(student, remote):
    """RMSprop: lr 0.1, decay_rate 0.75, gradients 2 and 1: to -0.2, -0.3; with 0.99 first to 10 lr."""
    optimizer = remote.call(student.RMSprop, lr=0.1, decay_rate=0.75)
    path = walk(remote, optimizer, [0.0], [[2.0], [1.0]])
    same_path(path, [[-0.2], [-0.3]], length=0.1)
    [W] = walk(remote, remote.call(student.RMSprop, lr=0.01), [0.0, 0.0], [[5.0, -0.5]])
    what = "params['W'] after the first step with decay_rate 0.99"
    assert_close(W, [-0.1, 0.1], what, rtol=RTOL)


@pytest.mark.points(2)
def test_adadelta_first_steps(student, remote):
    """AdaDelta: two gradients of 1 lead from 0 to -0.0044721 and -0.0090012."""
    path = walk(remote, remote.call(student.AdaDelta), [0.0], [[1.0], [1.0]])
    same_path(path, [[-0.00447209123], [-0.0090011535]], length=0.004)


def assert_in_place(remote, make, suggests):
    """Two updates change the arrays that the layers hold, and not the gradients."""
    W, b = np.ones((2, 3)), np.zeros(3)
    network = remote.namespace(params={"W1": W, "b1": b})
    layer_W, layer_b = remote.ref(network, "params", "W1"), remote.ref(network, "params", "b1")
    optimizer = remote.call(make)
    dW, db = np.full((2, 3), 0.5), np.array([1.0, -2.0, 0.5])
    for _ in range(2):
        with unchanged("grads['W1']", dW), unchanged("grads['b1']", db):
            optimizer.update(remote.ref(network, "params"), {"W1": dW, "b1": db})
    # Networks may fill the same gradient arrays again and again: nothing may hold on to them.
    optimizer = remote.call(make)
    backward = remote.namespace(grads={"W1": dW, "b1": db})
    for _ in range(3):
        optimizer.update(remote.ref(network, "params"), remote.ref(backward, "grads"))
    for key, gradient in (("W1", dW), ("b1", db)):
        what = f"grads[{key!r}], which came again in the next update,"
        assert_close(remote.value(remote.ref(backward, "grads", key)), gradient, what)
    for key, layer, before in (("W1", layer_W, W), ("b1", layer_b, b)):
        require(
            remote.same(layer, remote.ref(network, "params", key)),
            f"params[{key!r}] is a new array after update, but the layer holds the old one: "
            "change the array itself (-= or [...] =)",
            suggests=suggests,
        )
        moved = np.any(remote.value(layer) != before)
        require(moved, f"params[{key!r}] has the same values after two updates as before")


@pytest.mark.points(1)
def test_rmsprop_in_place(student, remote):
    """RMSprop changes the arrays that the layers hold; grads stays as it was."""
    assert_in_place(remote, student.RMSprop, "rmsprop_rebinding")


@pytest.mark.points(1)
def test_adadelta_in_place(student, remote):
    """AdaDelta changes the arrays that the layers hold; grads stays as it was."""
    assert_in_place(remote, student.AdaDelta, "adadelta_rebinding")
