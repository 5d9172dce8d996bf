# The public checks of task 4.4, adagrad. Run them with: grade assignment4 --task adagrad
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


def same_path(path, expected, lr):
    """Compare position by position, to a ten-thousandth of a step."""
    for step, (found, wanted) in enumerate(zip(path, expected, strict=True), start=1):
        what = f"params['W'] after step {step}"
        assert_close(found, wanted, what, rtol=1e-6, atol=RTOL * lr * step)


@pytest.mark.points(2)
def test_three_four_five(student, remote):
    """lr 0.1 and the gradients 3 and 4: from 0 to -0.1, then to -0.18."""
    optimizer = remote.call(student.AdaGrad, lr=0.1)
    path = walk(remote, optimizer, [0.0], [[3.0], [4.0]])
    same_path(path, [[-0.1], [-0.18]], lr=0.1)


@pytest.mark.points(1.5)
def test_any_scale(student, remote):
    """The first step is lr for every element: gradients [100, -0.01] with lr 0.1 give [-0.1, 0.1]."""
    optimizer = remote.call(student.AdaGrad, lr=0.1)
    [W] = walk(remote, optimizer, [0.0, 0.0], [[100.0, -0.01]])
    assert_close(W, [-0.1, 0.1], "params['W'] after the first step", rtol=1e-3)


@pytest.mark.points(1.5)
def test_in_place(student, remote):
    """The arrays that the layers hold are changed themselves; grads stays as it was."""
    W, b = np.ones((2, 3)), np.zeros(3)
    network = remote.namespace(params={"W1": W, "b1": b})
    layer_W, layer_b = remote.ref(network, "params", "W1"), remote.ref(network, "params", "b1")
    optimizer = remote.call(student.AdaGrad, lr=0.1)
    dW, db = np.full((2, 3), 0.5), np.array([1.0, -2.0, 0.5])
    for _ in range(2):
        with unchanged("grads['W1']", dW), unchanged("grads['b1']", db):
            optimizer.update(remote.ref(network, "params"), {"W1": dW, "b1": db})
    # Networks may fill the same gradient arrays again and again: nothing may hold on to them.
    optimizer = remote.call(student.AdaGrad)
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
            suggests="rebinding",
        )
        moved = np.any(remote.value(layer) != before)
        require(moved, f"params[{key!r}] has the same values after two updates as before")
