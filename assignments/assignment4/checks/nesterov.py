# The public checks of task 4.3, nesterov. Run them with: grade assignment4 --task nesterov
import numpy as np
import pytest
from autograder.authoring import assert_close, require, unchanged

#: Closed formulas; single precision inside the optimizer is fine.
CLOSE = {"rtol": 1e-5, "atol": 1e-5}


def walk(remote, optimizer, start, gradients, key="W"):
    """Where W stands after each of these gradients."""
    network = remote.namespace(params={key: np.array(start, dtype=float)})
    params = remote.ref(network, "params")
    path = []
    for gradient in gradients:
        optimizer.update(params, {key: np.array(gradient, dtype=float)})
        path.append(params[key])
    return path


def same_path(path, expected):
    """Compare position by position."""
    for step, (found, wanted) in enumerate(zip(path, expected, strict=True), start=1):
        assert_close(found, wanted, f"params['W'] after step {step}", **CLOSE)


@pytest.mark.points(2.5)
def test_two_steps(student, remote):
    """lr 0.1 and two gradients of 1: from 0 to -0.19, then to -0.461."""
    optimizer = remote.call(student.Nesterov, lr=0.1)
    same_path(walk(remote, optimizer, [0.0], [[1.0], [1.0]]), [[-0.19], [-0.461]])


@pytest.mark.points(1.5)
def test_in_place(student, remote):
    """The arrays that the layers hold are changed themselves; grads stays as it was."""
    W, b = np.ones((2, 3)), np.zeros(3)
    network = remote.namespace(params={"W1": W, "b1": b})
    layer_W, layer_b = remote.ref(network, "params", "W1"), remote.ref(network, "params", "b1")
    optimizer = remote.call(student.Nesterov, lr=0.1)
    dW, db = np.full((2, 3), 0.5), np.array([1.0, -2.0, 0.5])
    for _ in range(2):
        with unchanged("grads['W1']", dW), unchanged("grads['b1']", db):
            optimizer.update(remote.ref(network, "params"), {"W1": dW, "b1": db})
    # Networks may fill the same gradient arrays again and again: nothing may hold on to them.
    optimizer = remote.call(student.Nesterov)
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
            "change the array itself (+= or [...] =)",
            suggests="rebinding",
        )
        moved = np.any(remote.value(layer) != before)
        require(moved, f"params[{key!r}] has the same values after two updates as before")
