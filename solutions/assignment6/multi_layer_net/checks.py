from itertools import pairwise

import numpy as np
import pytest
from autograder.authoring import (
    assert_between,
    assert_close,
    assert_gradient,
    assert_shape,
    numerical_gradient,
    relative_error,
    require,
    unchanged,
)

#: No pre-activation comes closer to ReLU's kink, so a numerical gradient never steps across it.
GAP = 3e-3
#: Room for somebody who computes in single precision on the way.
SINGLE = {"rtol": 1e-5, "atol": 1e-6}


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


@pytest.mark.points(4)
@pytest.mark.hidden(
    "all gradients, for both activations, shallow and deep, labels and one-hot rows"
)
def test_gradients_of_many_nets(student, remote, rng):
    """0, 1 and 3 hidden layers, ReLU and sigmoid, batches of 1, 4 and 5: all gradients are right."""
    for activation in ("relu", "sigmoid"):
        for hidden in ([], [5], [5, 4, 4]):
            sizes = [6, *hidden, 3]
            net = new_net(student, 6, hidden, 3, activation=activation)
            for n, one_hot in ((1, True), (5, False), (4, True)):
                params, x, labels = draw(rng, sizes, n, activation)
                set_params(remote, net, params)
                targets = np.eye(3)[labels] if one_hot else labels
                with unchanged("x", x), unchanged("t", targets):
                    found = check_dict(net.gradient(x, targets), sizes, "gradient(x, t)")
                    net.loss(x, targets)
                    net.accuracy(x, targets)
                for name, values in params.items():

                    def loss(params=params, x=x, labels=labels, activation=activation):
                        return exact_loss(params, x, labels, activation)

                    assert_gradient(found[name], loss, values, f"gradient(x, t)[{name!r}]")


@pytest.mark.points(3)
@pytest.mark.hidden("predict gives the logits, also after the parameters were changed from outside")
def test_predict_and_updates(student, remote, rng):
    """predict equals an independent forward pass, before and after an update in place."""
    for activation in ("relu", "sigmoid"):
        params, x, labels = draw(rng, [6, 5, 4, 3], 6, activation)
        net = new_net(student, 6, [5, 4], 3, activation=activation)
        set_params(remote, net, params)
        for _ in range(2):
            expected = pre_activations(params, x, activation)[-1]
            assert_close(net.predict(x.copy()), expected, "predict(x)", **SINGLE)
            # Of these labels none is improbable: the 1e-7 in the given logarithm does not show.
            likely = expected.argmax(axis=1)
            loss = exact_loss(params, x, likely, activation)
            assert_close(net.loss(x.copy(), likely), loss, "loss(x, t)", rtol=1e-4, atol=1e-6)
            found = net.loss(x.copy(), np.eye(3)[likely])
            assert_close(found, loss, "loss(x, t) with one-hot rows", rtol=1e-4, atol=1e-6)
            net.gradient(x.copy(), labels)
            kept = check_dict(net.params, [6, 5, 4, 3], "params")
            for name, values in params.items():
                assert_close(kept[name], values, f"params[{name!r}] after gradient(x, t)")
            params = {name: values + rng.normal(0, 0.3) for name, values in params.items()}
            set_params(remote, net, params)
        # A logit of a thousand has no finite exponential, but its class is certain.
        set_params(remote, net, {"b3": np.array([0.0, 1000.0, 0.0])})
        found = net.loss(x.copy(), np.ones(len(x), int))
        assert_close(found, 0, "loss with a large logit of the right class", atol=1e-5)


@pytest.mark.points(4)
@pytest.mark.hidden("weight decay: in the loss and in the gradient, for weights and not for biases")
def test_weight_decay(student, remote, rng):
    """loss grows by lambda / 2 times the sum of squares of all weights; the gradient agrees."""
    sizes = [6, 5, 4, 3]
    for activation, one_hot in (("relu", False), ("sigmoid", True)):
        params, x, labels = draw(rng, sizes, 4, activation)
        t = np.eye(3)[labels] if one_hot else labels
        strength = float(rng.uniform(0.1, 0.5))
        plain = new_net(student, 6, [5, 4], 3, activation=activation)
        net = new_net(student, 6, [5, 4], 3, activation=activation, weight_decay_lambda=strength)
        for each in (plain, net):
            set_params(remote, each, params)
        grown = net.loss(x.copy(), t.copy()) - plain.loss(x.copy(), t.copy())
        squares = sum(np.sum(values**2) for name, values in params.items() if name.startswith("W"))
        what = "what weight decay adds to the loss"
        assert_close(grown, 0.5 * strength * squares, what, rtol=1e-5)
        before = check_dict(plain.gradient(x.copy(), t.copy()), sizes, "gradient(x, t)")
        after = check_dict(net.gradient(x.copy(), t.copy()), sizes, "gradient(x, t)")
        for name, values in params.items():
            added = strength * values if name.startswith("W") else np.zeros(values.shape)
            what = f"what weight decay adds to gradient(x, t)[{name!r}]"
            assert_close(after[name] - before[name], added, what, **SINGLE)


@pytest.mark.points(2)
@pytest.mark.hidden("start values: every rule and every layer has its own spread, biases are zero")
def test_start_values(student, remote, rng):
    """weight_init_std by name or number gives each layer its spread."""
    sizes = [400, 200, 100]
    number = float(rng.uniform(0.02, 0.5))
    rules = {
        "he": lambda n_in: np.sqrt(2 / n_in),
        "relu": lambda n_in: np.sqrt(2 / n_in),
        "xavier": lambda n_in: np.sqrt(1 / n_in),
        "sigmoid": lambda n_in: np.sqrt(1 / n_in),
        number: lambda n_in: number,
    }
    hidden = remote.namespace(sizes=[200])
    net = new_net(student, 400, remote.ref(hidden, "sizes"), 100, activation="sigmoid")
    message = "hidden_size_list was changed; build a new list of sizes"
    kept = remote.value(remote.ref(hidden, "sizes"))
    require(kept == [200], message, category="mutated_input")
    check_dict(net.params, sizes, "params")
    wanted = np.sqrt(2 / 400)
    what = "the spread of W1 with activation='sigmoid' and the default weight_init_std='relu'"
    assert_between(np.std(net.params["W1"]), 0.95 * wanted, 1.05 * wanted, what)
    for rule, spread_of in rules.items():
        net = new_net(student, 400, [200], 100, weight_init_std=rule)
        params = check_dict(net.params, sizes, "params")
        for i, n_in in ((1, 400), (2, 200)):
            wanted, values = spread_of(n_in), params[f"W{i}"]
            what = f"W{i} with weight_init_std={rule!r}"
            # At least 20,000 numbers: their spread is known to 0.5%, their mean to 0.007 spreads.
            assert_between(np.std(values), 0.95 * wanted, 1.05 * wanted, f"the spread of {what}")
            assert_between(np.mean(values), -0.05 * wanted, 0.05 * wanted, f"the mean of {what}")
            assert_close(params[f"b{i}"], np.zeros(sizes[i]), f"b{i}")


@pytest.mark.points(1.5)
@pytest.mark.hidden("accuracy is a fraction, for labels and for one-hot rows")
def test_accuracy(student, remote, rng):
    """accuracy is the exact fraction of right answers, for labels and one-hot rows."""
    params, x, _ = draw(rng, [6, 5, 4], 9)
    net = new_net(student, 6, [5], 4)
    set_params(remote, net, params)
    labels = pre_activations(params, x, "relu")[-1].argmax(axis=1)
    # Compared with the numbers of a one-hot row, a right class is never right for the first sample:
    # so no luck with the other numbers can make this 1.
    assert_close(net.accuracy(x, np.eye(4)[labels]), 1.0, "accuracy with the right one-hot rows")
    labels[:2] = (labels[:2] + 1) % 4
    assert_close(net.accuracy(x, labels), 7 / 9, "accuracy with labels")
    assert_close(net.accuracy(x, np.eye(4)[labels]), 7 / 9, "accuracy with one-hot rows")
