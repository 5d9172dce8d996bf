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


@pytest.mark.points(2)
@pytest.mark.hidden("several steps; lr is read at every update, so that it can be changed")
def test_changed_learning_rate(student, remote, rng):
    """Two steps with the default lr of 0.01; then four with 0.5, of which lr is changed twice."""
    start, gradients = rng.standard_normal((2, 4)), rng.standard_normal((4, 2, 4)) + 3
    paths = []
    for optimizer, rates in (
        (remote.call(student.SGD), (0.01, 0.01)),
        (remote.call(student.SGD, lr=0.5), (0.5, 0.5, 0.2, 0.1)),
    ):
        network = remote.namespace(params={"W": start})
        params, now, path = remote.ref(network, "params"), rates[0], []
        for rate, gradient in zip(rates, gradients, strict=False):
            if rate != now:
                optimizer.lr = now = rate
            optimizer.update(params, {"W": gradient.copy()})
            path.append(params["W"])
        paths.append((rates, path))
    for rates, path in paths:
        expected = start
        for step, (rate, found) in enumerate(zip(rates, path, strict=True), start=1):
            expected = expected - rate * gradients[step - 1]
            assert_close(found, expected, f"params['W'] after step {step}", **CLOSE)


@pytest.mark.points(2.5)
@pytest.mark.hidden("parameters of many shapes; the key says which gradient belongs to which array")
def test_every_key(student, remote, rng):
    """Five parameters of several shapes, two optimizers; the gradients come in another order."""
    shapes = {"W1": (3, 4), "b1": (4,), "W2": (3, 4), "filters": (2, 1, 3, 3), "scale": (1,)}
    optimizers = {rate: remote.call(student.SGD, lr=rate) for rate in (0.5, 0.2)}
    names = list(shapes)
    orders = names[::-1], names[2:] + names[:2]
    for (rate, optimizer), order in zip(optimizers.items(), orders, strict=True):
        start = {key: rng.standard_normal(shape) for key, shape in shapes.items()}
        network = remote.namespace(params=start)
        params = remote.ref(network, "params")
        gradients = {key: rng.standard_normal(shapes[key]) for key in order}
        given = {key: gradient.copy() for key, gradient in gradients.items()}
        optimizer.update(params, given)
        optimizer.update(params, given)
        for key in shapes:
            expected = start[key] - 2 * rate * gradients[key]
            assert_close(params[key], expected, f"params[{key!r}]", **CLOSE)
