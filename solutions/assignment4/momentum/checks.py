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


@pytest.mark.points(3.5)
def test_three_steps(student, remote):
    """lr 0.1 and three gradients of 1: from 0 to -0.1, -0.29, -0.561."""
    optimizer = remote.call(student.Momentum, lr=0.1)
    path = walk(remote, optimizer, [0.0], [[1.0], [1.0], [1.0]])
    same_path(path, [[-0.1], [-0.29], [-0.561]])


@pytest.mark.points(3)
def test_in_place(student, remote):
    """The arrays that the layers hold are changed themselves; grads stays as it was."""
    W, b = np.ones((2, 3)), np.zeros(3)
    network = remote.namespace(params={"W1": W, "b1": b})
    layer_W, layer_b = remote.ref(network, "params", "W1"), remote.ref(network, "params", "b1")
    optimizer = remote.call(student.Momentum, lr=0.1)
    dW, db = np.full((2, 3), 0.5), np.array([1.0, -2.0, 0.5])
    for _ in range(2):
        with unchanged("grads['W1']", dW), unchanged("grads['b1']", db):
            optimizer.update(remote.ref(network, "params"), {"W1": dW, "b1": db})
    # Networks may fill the same gradient arrays again and again: nothing may hold on to them.
    optimizer = remote.call(student.Momentum)
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


@pytest.mark.points(3)
@pytest.mark.hidden("several steps with changing gradients, with the default and other arguments")
def test_many_steps(student, remote, reference, rng):
    """Eight changing gradients; the default arguments, a momentum of 0.5 and one of 0."""
    start = rng.standard_normal((2, 3))
    gradients = rng.standard_normal((8, 2, 3))
    # Where the gradient is 0, the velocity carries W on.
    gradients[2:5, 0] = 0
    gradients[6] = 0
    for arguments in ({}, {"lr": 0.05, "momentum": 0.5}, {"lr": 0.2, "momentum": 0.0}):
        path = walk(remote, remote.call(student.Momentum, **arguments), start, gradients)
        same_path(path, reference_walk(reference.Momentum(**arguments), start, gradients))


@pytest.mark.points(3)
@pytest.mark.hidden("what momentum is for: a steady push adds up, a push to and fro cancels")
def test_inertia(student, remote):
    """A steady gradient is ten times as fast as SGD in the end; an alternating one goes nowhere."""
    lr, steps = 0.01, 80
    steady = walk(remote, remote.call(student.Momentum, lr), [0.0], np.ones((steps, 1)))
    last = steady[-2] - steady[-1]
    assert_close(last, [lr / (1 - 0.9)], "the step size under a steady gradient", rtol=1e-3)
    signs = (-1.0) ** np.arange(steps).reshape(-1, 1)
    alternating = walk(remote, remote.call(student.Momentum, lr), [0.0], signs)
    for step, position in enumerate(alternating, start=1):
        assert_shape(position, (1,), f"params['W'] after step {step}")
    furthest = float(np.max(np.abs(alternating)))
    require(furthest < 6 * lr, "an alternating gradient carries W far away from its place")


@pytest.mark.points(3.5)
@pytest.mark.hidden("each parameter and each optimizer has a velocity of its own")
def test_own_velocity(student, remote, reference, rng):
    """Two optimizers take turns on two networks, each with parameters of equal and other shapes."""
    assert_starts_afresh(remote, student.Momentum, rng.standard_normal((3, 4)), "class_velocity")
    shapes = {"W2": (3, 2), "b2": (2,), "W3": (3, 2), "filters": (2, 1, 3, 3)}
    runs = []
    for arguments in ({"lr": 0.1}, {"lr": 0.3, "momentum": 0.8}):
        start = {key: rng.standard_normal(shape) for key, shape in shapes.items()}
        network = remote.namespace(params=start)
        optimizer = remote.call(student.Momentum, **arguments)
        runs.append((optimizer, network, reference.Momentum(**arguments), start))
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
