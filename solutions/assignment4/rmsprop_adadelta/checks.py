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


def same_path(path, expected, length):
    """Compare position by position, to a ten-thousandth of the length of a step."""
    for step, (found, wanted) in enumerate(zip(path, expected, strict=True), start=1):
        what = f"params['W'] after step {step}"
        assert_close(found, wanted, what, rtol=1e-6, atol=RTOL * length * step)


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


@pytest.mark.points(1.5)
@pytest.mark.hidden("RMSprop: several steps with changing gradients, default and other arguments")
def test_rmsprop_many_steps(student, remote, reference, rng):
    """RMSprop on eight changing gradients, for the default arguments and a decay rate of 0.9."""
    start, gradients = rng.standard_normal((2, 3)), clear_gradients(rng, 8, 2, 3)
    # Where the gradient is 0, the memory fades all the same.
    gradients[2:5, 0] = 0
    gradients[6] = 0
    for arguments, lr in (({}, 0.01), ({"lr": 0.02, "decay_rate": 0.9}, 0.02)):
        path = walk(remote, remote.call(student.RMSprop, **arguments), start, gradients)
        same_path(path, reference_walk(reference.RMSprop(**arguments), start, gradients), lr * 10)


@pytest.mark.points(1.5)
@pytest.mark.hidden("RMSprop forgets: an old shock no longer matters in the long run")
def test_rmsprop_forgets(student, remote, rng):
    """RMSprop: long after one huge gradient the steps under a steady one are lr again."""
    lr, gradient = 0.02, clear_gradients(rng, 3)
    optimizer = remote.call(student.RMSprop, lr=lr, decay_rate=0.8)
    path = walk(remote, optimizer, np.zeros(3), [1000 * gradient] + [gradient] * 80)
    assert_shape(path[-1], (3,), "params['W']")
    assert_shape(path[-2], (3,), "params['W']")
    assert_close(path[-2] - path[-1], lr * np.sign(gradient), "the last step", rtol=0.01)


@pytest.mark.points(2)
@pytest.mark.hidden("AdaDelta: several steps with changing gradients, default and other arguments")
def test_adadelta_many_steps(student, remote, reference, rng):
    """AdaDelta on eight changing gradients, for the default arguments and for other ones."""
    start, gradients = rng.standard_normal((2, 3)) / 10, clear_gradients(rng, 8, 2, 3)
    # Where the gradient is 0, the memory fades all the same.
    gradients[2:5, 0] = 0
    gradients[6] = 0
    for arguments, length in (
        ({}, 0.004),
        ({"rho": 0.9}, 0.003),
        ({"lr": 0.5, "rho": 0.8, "eps": 1e-4}, 0.01),
        ({"rho": 0.9, "eps": 0.05}, 0.2),  # so large that its place under the roots is seen
    ):
        path = walk(remote, remote.call(student.AdaDelta, **arguments), start, gradients)
        expected = reference_walk(reference.AdaDelta(**arguments), start, gradients)
        same_path(path, expected, length)


@pytest.mark.points(1)
@pytest.mark.hidden("RMSprop: elements whose gradient is exactly 0")
def test_zero_gradient(student, remote, rng):
    """RMSprop: where the gradient is 0, W stays, without nan, while its neighbours move."""
    start = rng.standard_normal(5)
    gradients = clear_gradients(rng, 3, 5)
    gradients[:, [1, 3]] = 0
    path = walk(remote, remote.call(student.RMSprop), start, gradients)
    for step, found in enumerate(path, start=1):
        what = f"params['W'] after step {step}"
        assert_shape(found, (5,), what)
        assert_close(found[[1, 3]], start[[1, 3]], f"{what}, where the gradient is 0")
        moved = np.all(found[[0, 2, 4]] != start[[0, 2, 4]])
        require(moved, f"{what} has not moved where the gradient is not 0")


def take_turns(remote, rng, pairs, tolerance):
    """Each optimizer trains a network of its own, in turns; ours beside it does the same."""
    shapes = {"W2": (3, 2), "b2": (2,), "W3": (3, 2), "filters": (2, 1, 3, 3)}
    runs = []
    for optimizer, ours in pairs:
        start = {key: rng.standard_normal(shape) / 10 for key, shape in shapes.items()}
        runs.append((optimizer, remote.namespace(params=start), ours, start))
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
            assert_close(found, expected[key], f"params[{key!r}]", rtol=1e-6, atol=tolerance)


@pytest.mark.points(1)
@pytest.mark.hidden("RMSprop: each parameter and each optimizer has a memory of its own")
def test_rmsprop_own_memory(student, remote, reference, rng):
    """RMSprop: two take turns on two networks, each with parameters of equal and other shapes."""
    assert_starts_afresh(remote, student.RMSprop, clear_gradients(rng, 3, 4), "class_memory")
    pairs = [
        (remote.call(student.RMSprop, **arguments), reference.RMSprop(**arguments))
        for arguments in ({"lr": 0.1}, {"lr": 0.3, "decay_rate": 0.9})
    ]
    take_turns(remote, rng, pairs, RTOL * 0.3)


@pytest.mark.points(1)
@pytest.mark.hidden("AdaDelta: each parameter and each optimizer has a memory of its own")
def test_adadelta_own_memory(student, remote, reference, rng):
    """AdaDelta: two take turns on two networks, each with parameters of equal and other shapes."""
    make = student.AdaDelta
    assert_starts_afresh(remote, make, clear_gradients(rng, 3, 4), "adadelta_class_memory")
    pairs = [
        (remote.call(make, **arguments), reference.AdaDelta(**arguments))
        for arguments in ({}, {"rho": 0.9})
    ]
    take_turns(remote, rng, pairs, RTOL * 0.012)
