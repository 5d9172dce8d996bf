# The public checks of task 6.3, multi_layer_net. Run them with: grade assignment6 --task multi_layer_net
from itertools import pairwise

import numpy as np
import pytest
from autograder.authoring import (
    assert_between,
    assert_close,
    assert_shape,
    numerical_gradient,
    relative_error,
    require,
)

#: No pre-activation comes closer to ReLU's kink, so a numerical gradient never steps across it.
GAP = 3e-3


def new_net(student, *sizes, **options):
    """A network has params, predict, loss, accuracy and gradient, whatever else it has."""
    net = student.MultiLayerNet(*sizes, **options)
    kind = type(net).__name__
    message = f"MultiLayerNet(...) should be an object with params, not {kind}"
    require(hasattr(net, "params"), message, category="wrong_type")
    return net


def set_params(remote, net, params):
    """Write these values into the network's own arrays."""
    for name, values in params.items():
        remote.ref(net, "params", name)[...] = values


def shapes_of(sizes):
    """Names and shapes of the parameters of a network with these layer sizes."""
    shapes = {}
    for i, (n_in, n_out) in enumerate(pairwise(sizes), start=1):
        shapes |= {f"W{i}": (n_in, n_out), f"b{i}": (n_out,)}
    return shapes


def check_dict(found, sizes, what):
    """A dictionary with an array of the right shape for every parameter."""
    require(isinstance(found, dict), f"{what} should be a dictionary", category="wrong_type")
    shapes = shapes_of(sizes)
    for name, shape in shapes.items():
        require(name in found, f"{what} has no key {name!r}")
        assert_shape(found[name], shape, f"{what}[{name!r}]")
    extra = sorted(map(str, set(found) - set(shapes)))
    require(not extra, f"{what} has a key {(extra or [''])[0]!r} that belongs to no layer")
    return found


def pre_activations(params, x, activation):
    """What enters each activation, and the logits at the end; written independently."""
    count, seen = len(params) // 2, []
    for i in range(1, count + 1):
        x = x @ params[f"W{i}"] + params[f"b{i}"]
        seen.append(x)
        x = np.maximum(x, 0) if activation == "relu" else 1 / (1 + np.exp(-x))
    return seen


def exact_loss(params, x, labels, activation="relu", decay=0.0):
    """Mean cross-entropy by the log-sum-exp formula, without any epsilon, plus the decay."""
    z = pre_activations(params, x, activation)[-1]
    z = z - z.max(axis=1, keepdims=True)
    loss = np.mean(np.log(np.exp(z).sum(axis=1)) - z[np.arange(len(x)), labels])
    weights = [values for name, values in params.items() if name.startswith("W")]
    return loss + 0.5 * decay * sum(np.sum(values**2) for values in weights)


def draw(rng, sizes, n, activation="relu"):
    """Parameters and a batch of n samples, away from every kink.

    A network that is sure of its answers, or whose units are dead, has tiny gradients, which drown in
    rounding errors; positive biases keep most units alive.
    """
    while True:
        params = {
            name: rng.normal(0, 0.6, shape) if name.startswith("W") else rng.normal(0.3, 0.2, shape)
            for name, shape in shapes_of(sizes).items()
        }
        x, labels = rng.standard_normal((n, sizes[0])), rng.integers(0, sizes[-1], n)
        inside = pre_activations(params, x, activation)[:-1]
        smooth = activation != "relu" or all(np.abs(z).min() > GAP for z in inside)
        if smooth and exact_loss(params, x, labels, activation) > 0.1:
            return params, x, labels


@pytest.mark.points(4.5)
def test_shapes_and_start(student, rng):
    """784-[100, 50]-10: shapes, zero biases, He spread in every layer, logits for every row."""
    sizes = [784, 100, 50, 10]
    net = new_net(student, 784, [100, 50], 10)
    params = check_dict(net.params, sizes, "params")
    for i, n_in in ((1, 784), (2, 100)):
        wanted = np.sqrt(2 / n_in)
        spread = np.std(params[f"W{i}"])
        what = f"the standard deviation of W{i} (He: sqrt(2 / {n_in}))"
        # Five thousand numbers estimate their spread to 1%; 5% is a bound of five deviations.
        assert_between(spread, 0.95 * wanted, 1.05 * wanted, what)
        assert_close(params[f"b{i}"], np.zeros(sizes[i]), f"b{i}")
    assert_shape(net.predict(rng.random((7, 784))), (7, 10), "predict(x)")
    assert_shape(net.predict(rng.random((1, 784))), (1, 10), "predict of one row")


@pytest.mark.points(5)
def test_numerical_gradient(student, remote, rng):
    """6-[5, 4]-3: every gradient agrees with the numerical gradient of your own predict."""
    sizes = [6, 5, 4, 3]
    params, x, labels = draw(rng, sizes, 5)
    net = new_net(student, 6, [5, 4], 3)
    check_dict(net.params, sizes, "params")
    set_params(remote, net, params)
    gradients = check_dict(net.gradient(x.copy(), labels), sizes, "gradient(x, t)")
    handles = {name: remote.ref(net, "params", name) for name in params}

    def loss_at(name):
        handles[name][...] = params[name]
        z = net.predict(x.copy())
        assert_shape(z, (5, 3), "predict(x)")
        z = np.asarray(z, np.float64) - np.max(z, axis=1, keepdims=True)
        return np.mean(np.log(np.exp(z).sum(axis=1)) - z[np.arange(5), labels])

    for name, values in params.items():
        witness = numerical_gradient(lambda name=name: loss_at(name), values)
        handles[name][...] = values
        error = relative_error(gradients[name], witness)
        message = (
            f"gradient(x, t)[{name!r}] disagrees with the numerical gradient: "
            f"relative error {error:.1e} (limit 1e-5)"
        )
        require(error < 1e-5, message, category="gradient")
