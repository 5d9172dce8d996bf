import numpy as np
import pytest
from autograder.authoring import (
    assert_between,
    assert_close,
    assert_gradient,
    assert_shape,
    relative_error,
    require,
    unchanged,
)

NAMES = ("W1", "b1", "W2", "b2")
#: No pre-activation comes closer to ReLU's kink, so a numerical gradient never steps across it.
GAP = 5e-3
#: Room for somebody who computes in single precision on the way.
SINGLE = {"rtol": 1e-5, "atol": 1e-6}


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


def logits(params, x):
    """The forward pass, written independently."""
    return np.maximum(hidden(params, x), 0) @ params["W2"] + params["b2"]


def exact_loss(params, x, labels):
    """Mean cross-entropy by the log-sum-exp formula, without any epsilon."""
    z = logits(params, x)
    z = z - z.max(axis=1, keepdims=True)
    return np.mean(np.log(np.exp(z).sum(axis=1)) - z[np.arange(len(x)), labels])


def check_gradients(gradients, params, x, labels):
    """All four agree with numerical gradients of the exact loss."""

    def loss():
        return exact_loss(params, x, labels)

    for name, values in four_arrays(gradients, params, "gradient(x, t)").items():
        if name in params:
            assert_gradient(values, loss, params[name], f"gradient(x, t)[{name!r}]")


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


@pytest.mark.points(2.5)
@pytest.mark.hidden("all four gradients, for batches of 1 and more, labels and one-hot")
def test_gradient(student, remote, rng):
    """All four agree with the grader's numerical gradient, for labels and one-hot; x, t stay."""
    for n in (1, 5):
        params, x, labels = draw(rng, n)
        net = new_net(student, 6, 5, 4)
        set_params(remote, net, params)
        for targets in (labels, np.eye(4)[labels]):
            with unchanged("x", x), unchanged("t", targets):
                found = net.gradient(x, targets)
            check_gradients(found, params, x, labels)


@pytest.mark.points(2)
@pytest.mark.hidden("predict gives the logits, for a batch and for one row of it")
def test_predict_gives_logits(student, remote, rng):
    """predict equals a forward pass without softmax, also beside a second network; one row alone."""
    params, x, _ = draw(rng, 6)
    net = new_net(student, 6, 5, 4)
    set_params(remote, net, params)
    set_params(remote, new_net(student, 6, 5, 4), draw(rng, 6)[0])
    assert_close(net.predict(x), logits(params, x), "predict(x)", **SINGLE)
    for name in NAMES:
        assert_close(net.params[name], params[name], f"params[{name!r}] beside a second network")
    assert_close(net.predict(x[:1]), logits(params, x[:1]), "predict of one row", **SINGLE)


@pytest.mark.points(2)
@pytest.mark.hidden(
    "a step of gradient descent, done from outside, changes predict and lowers the loss"
)
def test_updates_reach_predict(student, remote, rng):
    """params belong to the layers: a descent step from outside lowers the loss."""
    params, x, labels = draw(rng, 8)
    net = new_net(student, 6, 5, 4)
    set_params(remote, net, params)
    before = net.loss(x.copy(), labels)
    assert_close(before, exact_loss(params, x, labels), "loss(x, t)", rtol=1e-4)
    gradients = four_arrays(net.gradient(x.copy(), labels), params, "gradient(x, t)")
    kept = four_arrays(net.params, params, "params")
    for name in NAMES:
        assert_close(kept[name], params[name], f"params[{name!r}] after gradient(x, t)")
    stepped = {name: params[name] - 0.05 * gradients[name] for name in NAMES}
    set_params(remote, net, stepped)
    assert_close(net.predict(x.copy()), logits(stepped, x), "predict(x) after the step", **SINGLE)
    after = net.loss(x.copy(), labels)
    assert_between(after, 0.0, before, "the loss after a step of gradient descent")


@pytest.mark.points(1)
@pytest.mark.hidden("accuracy is a fraction, for labels and for one-hot rows")
def test_accuracy(student, remote, rng):
    """accuracy is the exact fraction of right answers, for labels and one-hot rows."""
    params, x, _ = draw(rng, 9)
    net = new_net(student, 6, 5, 4)
    set_params(remote, net, params)
    labels = logits(params, x).argmax(axis=1)
    labels[:2] = (labels[:2] + 1) % 4
    assert_close(net.accuracy(x, labels), 7 / 9, "accuracy with labels")
    assert_close(net.accuracy(x, np.eye(4)[labels]), 7 / 9, "accuracy with one-hot rows")


@pytest.mark.points(1)
@pytest.mark.hidden("start values: normal weights with the asked-for spread, biases zero")
def test_start_values(student, rng):
    """Weights have mean 0 and standard deviation weight_init_std; biases are 0."""
    std = float(rng.uniform(0.2, 0.5))
    params = new_net(student, 100, 200, 100, weight_init_std=std).params
    zeros = {"W1": (100, 200), "b1": 200, "W2": (200, 100), "b2": 100}
    zeros = {name: np.zeros(shape) for name, shape in zeros.items()}
    four_arrays(params, zeros, "params")
    for name in ("W1", "W2"):
        assert_between(np.mean(params[name]), -0.05 * std, 0.05 * std, f"the mean of {name}")
        assert_between(np.std(params[name]), 0.95 * std, 1.05 * std, f"the spread of {name}")
    for name in ("b1", "b2"):
        assert_close(params[name], zeros[name], name)


@pytest.mark.points(1)
@pytest.mark.hidden("each gradient belongs to its own batch")
def test_fresh_forward(student, remote, rng):
    """The gradient of a second batch is not made from the activations of the first."""
    params, x, labels = draw(rng, 4)
    net = new_net(student, 6, 5, 4)
    set_params(remote, net, params)
    net.gradient(rng.standard_normal((4, 6)), (labels + 1) % 4)
    check_gradients(net.gradient(x.copy(), labels), params, x, labels)
