# The public checks of task 3.6, two_layer_net. Run them with: grade assignment3 --task two_layer_net
import numpy as np
import pytest
from autograder.authoring import assert_between, assert_close, assert_shape, relative_error, require

NAMES = ("W1", "b1", "W2", "b2")
#: No pre-activation comes closer to ReLU's kink, so a numerical gradient never steps across it.
GAP = 5e-3


def new_net(student, *sizes, **options):
    """A network has params, predict, loss, accuracy and two gradients, whatever else it has."""
    net = student.TwoLayerNet(*sizes, **options)
    kind = type(net).__name__
    require(hasattr(net, "params"), f"TwoLayerNet(...) should be an object with params, not {kind}")
    return net


def set_params(remote, net, params):
    """Write these values into the network's own arrays."""
    for name, values in params.items():
        remote.ref(net, "params", name)[...] = values


def hidden(params, x):
    """Pre-activations of the hidden layer."""
    return x @ params["W1"] + params["b1"]


def draw(rng, n):
    """Parameters of a 6-5-4 network and a batch of n samples, away from every kink."""
    while True:
        params = {
            "W1": rng.normal(0, 0.3, (6, 5)),
            "b1": rng.normal(0, 0.1, 5),
            "W2": rng.normal(0, 0.3, (5, 4)),
            "b2": rng.normal(0, 0.1, 4),
        }
        x, labels = rng.standard_normal((n, 6)), rng.integers(0, 4, n)
        if np.abs(hidden(params, x)).min() > GAP:
            return params, x, labels


def four_arrays(found, params, what):
    """A dictionary with the four names and the right shapes."""
    require(isinstance(found, dict), f"{what} should be a dictionary", category="wrong_type")
    for name in NAMES:
        require(name in found, f"{what} has no key {name!r}")
        assert_shape(found[name], np.shape(params[name]), f"{what}[{name!r}]")
    return found


@pytest.mark.points(3)
def test_params_and_first_loss(student, rng):
    """64-50-10: the four parameters have the right shapes; an untrained net has a loss near ln 10."""
    net = new_net(student, 64, 50, 10)
    params = net.params
    extra = [str(name) for name in params if name not in NAMES] if isinstance(params, dict) else []
    require(not extra, f"params should have the keys W1, b1, W2 and b2 only, not {extra}")
    weights = params.get("W1") if isinstance(params, dict) else None
    if isinstance(weights, np.ndarray) and weights.shape == (50, 64):
        message = "params['W1'] has shape (50, 64), expected (64, 50): inputs first, outputs second"
        require(False, message, category="wrong_shape", suggests="transposed_weights")
    shapes = {"W1": (64, 50), "b1": (50,), "W2": (50, 10), "b2": (10,)}
    four_arrays(params, {name: np.zeros(shape) for name, shape in shapes.items()}, "params")
    spread = float(np.std(params["W1"]))
    if 0.9 < spread < 1.1:
        message = f"params['W1'] has a standard deviation of {spread:.2f}, expected 0.01"
        require(False, message, suggests="unscaled_init")
    if np.min(params["W1"]) >= 0:
        message = "no weight in params['W1'] is negative; they should be normal with mean 0"
        require(False, message, suggests="uniform_init")
    require(
        0.008 < spread < 0.012, f"params['W1'] has a standard deviation of {spread:.2g}, not 0.01"
    )
    loss = net.loss(rng.random((20, 64)), np.arange(20) % 10)
    assert_between(loss, np.log(10) - 0.05, np.log(10) + 0.05, "the loss before any training")


@pytest.mark.points(3.5)
def test_own_numerical_gradient(student, remote, rng):
    """gradient agrees with your own numerical_gradient: relative error below 1e-4 in all four."""
    params, x, labels = draw(rng, 5)
    net = new_net(student, 6, 5, 4)
    set_params(remote, net, params)
    gradients = four_arrays(net.gradient(x.copy(), labels), params, "gradient(x, t)")
    witness = net.numerical_gradient(x.copy(), labels)
    witness = four_arrays(witness, params, "numerical_gradient(x, t)")
    kept = four_arrays(net.params, params, "params")
    # Moving a number to and fro may leave a rounding error in it.
    for name in NAMES:
        what = f"params[{name!r}] after numerical_gradient(x, t)"
        assert_close(kept[name], params[name], what, rtol=1e-7, atol=1e-8)
    for name in NAMES:
        error = relative_error(gradients[name], witness[name])
        message = (
            f"gradient and numerical_gradient disagree for {name!r}: "
            f"relative error {error:.1e} (limit 1e-4)"
        )
        require(error < 1e-4, message, category="gradient")
