# The public checks of task 4.1, sgd. Run them with: grade assignment4 --task sgd
import numpy as np
import pytest
from autograder.authoring import assert_close, require, unchanged

#: Closed formulas; single precision inside the optimizer is fine.
CLOSE = {"rtol": 1e-5, "atol": 1e-5}


@pytest.mark.points(1.5)
def test_one_step(student, remote):
    """lr 0.1, [1, -2, 3] with gradient [0.5, -1, 2] becomes [0.95, -1.9, 2.8]."""
    network = remote.namespace(params={"W": np.array([1.0, -2.0, 3.0])})
    params = remote.ref(network, "params")
    remote.call(student.SGD, lr=0.1).update(params, {"W": np.array([0.5, -1.0, 2.0])})
    assert_close(params["W"], [0.95, -1.9, 2.8], "params['W'] after update", **CLOSE)


@pytest.mark.points(2)
def test_in_place(student, remote):
    """The arrays that the layers hold are changed themselves; grads stays as it was."""
    W, b = np.ones((2, 3)), np.zeros(3)
    network = remote.namespace(params={"W1": W, "b1": b})
    layer_W, layer_b = remote.ref(network, "params", "W1"), remote.ref(network, "params", "b1")
    optimizer = remote.call(student.SGD, lr=0.1)
    dW, db = np.full((2, 3), 0.5), np.array([1.0, -2.0, 0.5])
    with unchanged("grads['W1']", dW), unchanged("grads['b1']", db):
        optimizer.update(remote.ref(network, "params"), {"W1": dW, "b1": db})
    for key, layer, before in (("W1", layer_W, W), ("b1", layer_b, b)):
        require(
            remote.same(layer, remote.ref(network, "params", key)),
            f"params[{key!r}] is a new array after update, but the layer holds the old one: "
            "change the array itself (-= or [...] =)",
            suggests="rebinding",
        )
        moved = np.any(remote.value(layer) != before)
        require(moved, f"params[{key!r}] has the same values after update as before")
