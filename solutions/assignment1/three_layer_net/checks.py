import numpy as np
import pytest
from autograder.authoring import assert_close, assert_shape, require, unchanged


#: Six digits: enough to tell right from wrong, and a sigmoid computed in float32 may pass.
CLOSE = {"rtol": 1e-5, "atol": 1e-6}


def toy_network():
    """The book's network: 2 inputs, 3 and 2 hidden neurons, 2 outputs."""
    return {
        "W1": np.array([[0.1, 0.3, 0.5], [0.2, 0.4, 0.6]]),
        "b1": np.array([0.1, 0.2, 0.3]),
        "W2": np.array([[0.1, 0.4], [0.2, 0.5], [0.3, 0.6]]),
        "b2": np.array([0.1, 0.2]),
        "W3": np.array([[0.1, 0.3], [0.2, 0.4]]),
        "b3": np.array([0.1, 0.2]),
    }


def random_network(rng, scale=1.0):
    """4 inputs, 5 and 3 hidden neurons, 3 outputs: b2 and b3 have the same shape."""
    shapes = {"W1": (4, 5), "b1": (5,), "W2": (5, 3), "b2": (3,), "W3": (3, 3), "b3": (3,)}
    return {name: scale * rng.standard_normal(shape) for name, shape in shapes.items()}


@pytest.mark.points(3.5)
def test_toy_forward(student):
    """The book's toy network turns [1.0, 0.5] into [0.31682708, 0.69627909]."""
    y = student.forward(toy_network(), np.array([1.0, 0.5]))
    wanted = [0.3168270764110298, 0.6962790898619668]
    assert_close(y, wanted, "forward(network, [1.0, 0.5])", **CLOSE)


@pytest.mark.points(3)
def test_toy_predict(student):
    """predict gives probabilities: [0.40625907, 0.59374093] for one sample; rows of a batch sum to 1."""
    wanted = [0.4062590701341294, 0.5937409298658706]
    y = student.predict(toy_network(), np.array([1.0, 0.5]))
    assert_close(y, wanted, "predict(network, [1.0, 0.5])", **CLOSE)
    batch = np.array([[1.0, 0.5], [0.0, 0.0], [-2.0, 3.0]])
    y = student.predict(toy_network(), batch)
    assert_shape(y, (3, 2), "predict(network, batch)")
    assert_close(
        y.sum(axis=1), np.ones(3), "the sums of the rows of predict(network, batch)", **CLOSE
    )
    assert_close(y[0], wanted, "the first row of predict(network, batch)", **CLOSE)


@pytest.mark.points(3.5)
@pytest.mark.hidden("a random network on one sample, a batch and a batch of one; also in float32")
def test_random_network(student, reference, rng):
    """forward and predict of a random network, for (D,), (N, D) and (1, D), and in float32."""
    network = random_network(rng)
    x = rng.standard_normal((4, 4))
    for given in (x, x[0], x[:1]):
        what = f"of x {given.shape}"
        wanted = reference.forward(network, given)
        assert_close(student.forward(network, given), wanted, f"forward {what}", **CLOSE)
        wanted = reference.softmax(wanted)
        assert_close(student.predict(network, given), wanted, f"predict {what}", **CLOSE)
    price = {**network, "W3": network["W3"][:, :1], "b3": network["b3"][:1]}
    for given in (x, x[0], x[:1]):
        wanted = reference.forward(price, given)
        what = f"forward of x {given.shape} with one output"
        assert_close(student.forward(price, given), wanted, what, **CLOSE)
    small = {name: value.astype(np.float32) for name, value in network.items()}
    y = student.forward(small, x.astype(np.float32))
    assert_close(y, reference.forward(network, x), "forward in float32", rtol=1e-4, atol=1e-5)
    y = student.predict(small, x.astype(np.float32))
    assert_close(y, reference.predict(network, x), "predict in float32", rtol=1e-4, atol=1e-5)


@pytest.mark.points(3)
@pytest.mark.hidden(
    "a batch gives what its rows give one by one; dict, weights and x stay the same"
)
def test_batch_and_dict(student, remote, reference, rng):
    """Seven rows at once or one by one: the same; the dict, its arrays and x are not changed."""
    network = random_network(rng)
    network = {name: network[name] for name in rng.permutation(list(network)).tolist()}
    place = remote.namespace(network=network)
    handle = remote.ref(place, "network")
    x = 5 * rng.standard_normal((7, 4))
    with unchanged("x", x):
        logits = student.forward(handle, x)
        y = student.predict(handle, x)
    wanted = reference.predict(network, x)
    assert_close(y, wanted, "predict of the batch", **CLOSE)
    for row, expected in zip(x, wanted, strict=True):
        assert_close(student.predict(handle, row), expected, "predict of one of its rows", **CLOSE)
    require(
        (np.argmax(logits, axis=1) == np.argmax(y, axis=1)).all(),
        "forward and predict disagree about which output is the largest",
    )
    after = place.network
    keys = sorted(map(str, after))
    require(
        keys == sorted(network),
        f"the network dict now has the keys {', '.join(keys)}; leave it as it was",
        category="mutated_input",
    )
    for name, value in network.items():
        same = isinstance(after[name], np.ndarray) and np.array_equal(after[name], value)
        require(same, f'network["{name}"] was changed', category="mutated_input")


@pytest.mark.points(3)
@pytest.mark.hidden("very large weights and biases: the probabilities stay right, never nan")
def test_large_weights(student, reference, rng):
    """With logits in the thousands the probabilities are still right, and never nan."""
    network = random_network(rng)
    network["W3"] *= 300
    network["b3"] += rng.choice([-5000.0, 5000.0])
    x = rng.standard_normal((6, 4))
    wanted = reference.predict(network, x)
    # Single precision has three digits left after 5000.
    y = student.predict(network, x)
    assert_close(y, wanted, "predict with large weights", rtol=1e-2, atol=1e-3)
    assert_close(y.sum(axis=1), np.ones(6), "the sums of the rows", **CLOSE)
    # Hidden sums in the thousands, so that the sigmoids are 0 or 1, and logits of 1000 and -3000.
    network = random_network(rng)
    network["W1"] = 1000 * np.array([[1.0, -1.0, 1.0, -1.0, 1.0]]).repeat(4, axis=0)
    network["b1"] *= 0
    network["W2"], network["b2"] = (
        1000 * np.ones((5, 3)) * [1, -1, 1],
        np.array([-2500.0, 2500, -2500]),
    )
    network["W3"] = 2000 * np.eye(3)
    network["b3"] = np.array([-1000.0, -3000.0, -1001.0])
    x = np.array([[1.0, 1.0, 1.0, 1.0], [-1.0, -1.0, -1.0, -1.0]])
    wanted = reference.predict(network, x)
    y = student.predict(network, x)
    assert_close(y, wanted, "predict with large weights in every layer", rtol=1e-2, atol=1e-3)
