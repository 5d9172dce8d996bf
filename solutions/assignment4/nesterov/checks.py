import numpy as np
import pytest
from autograder.authoring import assert_close, assert_shape, require, unchanged

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


def reference_walk(optimizer, start, gradients):
    """The same with an optimizer of our own."""
    W, path = np.array(start, dtype=float), []
    for gradient in gradients:
        optimizer.update({"W": W}, {"W": np.array(gradient, dtype=float)})
        path.append(W.copy())
    return path


def same_path(path, expected):
    """Compare position by position."""
    for step, (found, wanted) in enumerate(zip(path, expected, strict=True), start=1):
        assert_close(found, wanted, f"params['W'] after step {step}", **CLOSE)


def assert_starts_afresh(remote, make, gradients, suggests):
    """Two new optimizers, one after the other, answer the same gradients in the same way."""
    start = np.ones(gradients[0].shape)
    first = walk(remote, remote.call(make), start, gradients, key="W4")
    second = walk(remote, remote.call(make), start, gradients, key="W4")
    for step, (one, other) in enumerate(zip(first, second, strict=True), start=1):
        what = f"params['W4'] after step {step} of a second optimizer"
        assert_shape(one, start.shape, what)
        assert_close(other, one, what, suggests=suggests)


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


@pytest.mark.points(2)
@pytest.mark.hidden("several steps with changing gradients, with the default and other arguments")
def test_many_steps(student, remote, reference, rng):
    """Eight changing gradients; the default arguments, a momentum of 0.5, and one of 0 (SGD)."""
    start = rng.standard_normal((2, 3))
    gradients = rng.standard_normal((8, 2, 3))
    # Where the gradient is 0, the velocity carries W on.
    gradients[2:5, 0] = 0
    gradients[6] = 0
    for arguments in ({}, {"lr": 0.05, "momentum": 0.5}):
        path = walk(remote, remote.call(student.Nesterov, **arguments), start, gradients)
        same_path(path, reference_walk(reference.Nesterov(**arguments), start, gradients))
    plain = remote.call(student.Nesterov, lr=0.2, momentum=0.0)
    path = walk(remote, plain, start, gradients)
    same_path(path, start - 0.2 * np.cumsum(gradients, axis=0))


@pytest.mark.points(2)
@pytest.mark.hidden("the parameters are the place ahead, on a slope where it makes a difference")
def test_looks_ahead(student, remote, rng):
    """On a bowl, params follow Nesterov's original rule: gradient at the place ahead of the ball."""
    lr, momentum = 0.05, float(rng.uniform(0.6, 0.9))
    steepness, start = rng.uniform(1, 8, 3), rng.standard_normal(3) * 3
    network = remote.namespace(params={"W": start})
    params = remote.ref(network, "params")
    optimizer = remote.call(student.Nesterov, lr=lr, momentum=momentum)
    ball, velocity, path, expected = start.copy(), np.zeros(3), [], []
    ahead = start
    for _ in range(8):
        optimizer.update(params, {"W": steepness * ahead})
        path.append(params["W"])
        velocity = momentum * velocity - lr * steepness * (ball + momentum * velocity)
        ball = ball + velocity
        ahead = ball + momentum * velocity
        expected.append(ahead)
    same_path(path, expected)


@pytest.mark.points(2)
@pytest.mark.hidden("each parameter and each optimizer has a velocity of its own")
def test_own_velocity(student, remote, reference, rng):
    """Two optimizers take turns on two networks, each with parameters of equal and other shapes."""
    assert_starts_afresh(remote, student.Nesterov, rng.standard_normal((3, 4)), "class_velocity")
    shapes = {"W2": (3, 2), "b2": (2,), "W3": (3, 2), "filters": (2, 1, 3, 3)}
    runs = []
    for arguments in ({"lr": 0.1}, {"lr": 0.3, "momentum": 0.8}):
        start = {key: rng.standard_normal(shape) for key, shape in shapes.items()}
        network = remote.namespace(params=start)
        optimizer = remote.call(student.Nesterov, **arguments)
        runs.append((optimizer, network, reference.Nesterov(**arguments), start))
    order = list(reversed(shapes))  # at first surely another one than in params
    for _ in range(3):
        for optimizer, network, ours, expected in runs:
            grads = {key: rng.standard_normal(shapes[key]) for key in order}
            ours.update(expected, grads)
            given = {key: gradient.copy() for key, gradient in grads.items()}
            optimizer.update(remote.ref(network, "params"), given)
            order = [str(key) for key in rng.permutation(order)]
    for _, network, _, expected in runs:
        for key in shapes:
            found = remote.value(remote.ref(network, "params", key))
            assert_close(found, expected[key], f"params[{key!r}]", **CLOSE)
