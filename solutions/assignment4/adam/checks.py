import numpy as np
import pytest
from autograder.authoring import assert_close, assert_shape, require, unchanged

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


def reference_walk(optimizer, start, gradients):
    """The same with an optimizer of our own."""
    W, path = np.array(start, dtype=float), []
    for gradient in gradients:
        optimizer.update({"W": W}, {"W": np.array(gradient, dtype=float)})
        path.append(W.copy())
    return path


def same_path(path, expected, lr):
    """Compare position by position, to a ten-thousandth of a step."""
    for step, (found, wanted) in enumerate(zip(path, expected, strict=True), start=1):
        what = f"params['W'] after step {step}"
        assert_close(found, wanted, what, rtol=1e-6, atol=RTOL * lr * step)


def clear_gradients(rng, *shape):
    """Gradients between 0.5 and 2 with random signs, far above the tiny number."""
    return rng.uniform(0.5, 2.0, shape) * rng.choice([-1.0, 1.0], shape)


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
def test_first_step(student, remote):
    """The first step is lr for every element: gradients [5, -0.5, 0.01] move by 0.001 each."""
    [W] = walk(remote, remote.call(student.Adam), [0.0, 0.0, 0.0], [[5.0, -0.5, 0.01]])
    assert_close(W, [-0.001, 0.001, -0.001], "params['W'] after the first step", rtol=1e-3)


@pytest.mark.points(3)
def test_by_hand(student, remote):
    """lr 0.12, betas 0.6 and 0.5, gradients 5 and -1: to -0.12 and -0.17; four steps with lr 0.1."""
    optimizer = remote.call(student.Adam, lr=0.12, beta1=0.6, beta2=0.5)
    path = walk(remote, optimizer, [0.0], [[5.0], [-1.0]])
    same_path(path, [[-0.12], [-0.17]], lr=0.12)
    gradients = [[0.5, -1.0, 2.0], [1.0, 0.3, -0.7], [-0.2, 0.8, 0.1], [0.4, 0.4, 0.4]]
    path = walk(remote, remote.call(student.Adam, lr=0.1), [1.0, -2.0, 3.0], gradients)
    expected = [
        [0.9, -1.9, 2.9],
        [0.8034818, -1.85721514, 2.861353],
        [0.74129558, -1.86985048, 2.82849778],
        [0.67393209, -1.89667731, 2.79126904],
    ]
    same_path(path, expected, lr=0.1)


@pytest.mark.points(2.5)
def test_in_place(student, remote):
    """The arrays that the layers hold are changed themselves; grads stays as it was."""
    W, b = np.ones((2, 3)), np.zeros(3)
    network = remote.namespace(params={"W1": W, "b1": b})
    layer_W, layer_b = remote.ref(network, "params", "W1"), remote.ref(network, "params", "b1")
    optimizer = remote.call(student.Adam, lr=0.1)
    dW, db = np.full((2, 3), 0.5), np.array([1.0, -2.0, 0.5])
    for _ in range(2):
        with unchanged("grads['W1']", dW), unchanged("grads['b1']", db):
            optimizer.update(remote.ref(network, "params"), {"W1": dW, "b1": db})
    # Networks may fill the same gradient arrays again and again: nothing may hold on to them.
    optimizer = remote.call(student.Adam)
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


@pytest.mark.points(3)
@pytest.mark.hidden("many steps with changing gradients, for several betas")
def test_many_steps(student, remote, reference, rng):
    """Forty changing gradients, for the default arguments and for betas of 0.5 and 0.9."""
    start, gradients = rng.standard_normal((2, 3)), clear_gradients(rng, 40, 2, 3)
    # Where the gradient is 0, the mean of the earlier ones carries W on.
    gradients[2:5, 0] = 0
    gradients[6] = 0
    for arguments, lr in (({}, 0.001), ({"lr": 0.05, "beta1": 0.5, "beta2": 0.9}, 0.05)):
        path = walk(remote, remote.call(student.Adam, **arguments), start, gradients)
        same_path(path, reference_walk(reference.Adam(**arguments), start, gradients), lr)


@pytest.mark.points(3)
@pytest.mark.hidden("a steady gradient and several parameters: what the step counter is for")
def test_steady_gradient(student, remote, rng):
    """Under a constant gradient each of the first 20 steps is lr, for every one of three keys."""
    lr, shapes = 0.01, {"W": (2, 2), "b": (2,), "c": (1,)}
    network = remote.namespace(params={key: np.zeros(shape) for key, shape in shapes.items()})
    gradients = {key: clear_gradients(rng, *shape) for key, shape in shapes.items()}
    params, optimizer = remote.ref(network, "params"), remote.call(student.Adam, lr=lr)
    paths = {key: [] for key in shapes}
    for _ in range(20):
        optimizer.update(params, {key: gradient.copy() for key, gradient in gradients.items()})
        for key, path in paths.items():
            path.append(params[key])
    for step in range(20):
        for key, gradient in gradients.items():
            what = f"params[{key!r}] after {step + 1} equal gradients"
            assert_close(paths[key][step], -lr * (step + 1) * np.sign(gradient), what, rtol=1e-3)


@pytest.mark.points(2)
@pytest.mark.hidden("the unit of the loss does not matter: all gradients a thousand times larger")
def test_scale_invariance(student, remote, rng):
    """Gradients that are 1000 times as large lead along the same path, and not just nowhere."""
    start, gradients = np.zeros(4), clear_gradients(rng, 6, 4)
    path = walk(remote, remote.call(student.Adam, lr=0.01), start, gradients)
    louder = walk(remote, remote.call(student.Adam, lr=0.01), start, 1000 * gradients)
    for step, (found, same) in enumerate(zip(louder, path, strict=True), start=1):
        what = f"params['W'] after step {step}"
        assert_shape(same, (4,), what)
        assert_close(found, same, f"{what} with larger gradients", rtol=1e-3, atol=1e-5)
    require(np.all(path[0] != start), "params['W'] is not moved by the first step")


@pytest.mark.points(1.5)
@pytest.mark.hidden("elements whose gradient is exactly 0")
def test_zero_gradient(student, remote, rng):
    """Where the gradient is 0, W stays where it is, without nan, while its neighbours move."""
    start = rng.standard_normal(5)
    gradients = clear_gradients(rng, 1, 5) * [[1.0], [0.5], [2.0]]
    gradients[:, [1, 3]] = 0
    path = walk(remote, remote.call(student.Adam, lr=0.1), start, gradients)
    for step, found in enumerate(path, start=1):
        what = f"params['W'] after step {step}"
        assert_shape(found, (5,), what)
        assert_close(found[[1, 3]], start[[1, 3]], f"{what}, where the gradient is 0")
        moved = np.all(found[[0, 2, 4]] != start[[0, 2, 4]])
        require(moved, f"{what} has not moved where the gradient is not 0")


@pytest.mark.points(2.5)
@pytest.mark.hidden("each parameter and each optimizer has means and a counter of its own")
def test_own_memory(student, remote, reference, rng):
    """Two optimizers take turns on two networks, each with parameters of equal and other shapes."""
    assert_starts_afresh(remote, student.Adam, clear_gradients(rng, 3, 4), "class_counter")
    shapes = {"W2": (3, 2), "b2": (2,), "W3": (3, 2), "filters": (2, 1, 3, 3)}
    runs = []
    for arguments in ({"lr": 0.1}, {"lr": 0.3, "beta1": 0.8, "beta2": 0.9}):
        start = {key: rng.standard_normal(shape) for key, shape in shapes.items()}
        network = remote.namespace(params=start)
        optimizer = remote.call(student.Adam, **arguments)
        runs.append((optimizer, network, reference.Adam(**arguments), start))
    order = list(reversed(shapes))  # at first surely another one than in params
    for _ in range(3):
        for optimizer, network, ours, expected in runs:
            grads = {key: clear_gradients(rng, *shapes[key]) for key in order}
            ours.update(expected, grads)
            given = {key: gradient.copy() for key, gradient in grads.items()}
            optimizer.update(remote.ref(network, "params"), given)
            order = [str(key) for key in rng.permutation(order)]
    for _, network, _, expected in runs:
        for key in shapes:
            found = remote.value(remote.ref(network, "params", key))
            what = f"params[{key!r}]"
            assert_close(found, expected[key], what, rtol=1e-6, atol=RTOL * 3 * 0.1)
