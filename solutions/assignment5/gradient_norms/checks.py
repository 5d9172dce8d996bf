import numpy as np
import pytest
from autograder.authoring import (
    assert_between,
    assert_close,
    numerical_gradient,
    require,
    unchanged,
)

FUNCTIONS = {
    "sigmoid": lambda a: 1 / (1 + np.exp(-a)),
    "tanh": np.tanh,
    "relu": lambda a: np.maximum(a, 0),
}
#: No sum comes closer to ReLU's kink, so a numerical gradient never steps across it.
GAP = 5e-3


def numerical_norms(x, weights, function):
    """Norms of the numerical gradients of the sum of the last activations."""

    def loss():
        z = x
        for W in weights:
            z = function(z @ W)
        return z.sum()

    return [np.linalg.norm(numerical_gradient(loss, W)) for W in weights]


def floats(found, count):
    """One number per layer, as an array."""
    good = isinstance(found, (list, tuple, np.ndarray)) and len(found) == count
    message = f"gradient_norms should return a list of {count} numbers, one for each layer"
    require(good and all(np.ndim(value) == 0 for value in found), message, category="wrong_type")
    return np.array([float(value) for value in found])


def draw(rng, activation):
    """A batch of 4 and three matrices, away from every kink."""
    while True:
        x = rng.standard_normal((4, 5))
        weights = [rng.standard_normal(shape) for shape in ((5, 4), (4, 4), (4, 3))]
        z, nearest = x, np.inf
        for W in weights:
            nearest = min(nearest, np.abs(z @ W).min())
            z = FUNCTIONS[activation](z @ W)
        # A network whose last layer is all dead would have no gradient to look at.
        if nearest > GAP and z.any():
            return x, weights


@pytest.mark.points(2.5)
def test_one_layer_by_hand(student):
    """One layer of zeros on two samples: the norm is 1; tanh: 4; ReLU: 0, and 4 where x W = 3."""
    x = np.ones((2, 1))
    zeros = np.zeros((1, 4))
    assert_close(floats(student.gradient_norms(x, [zeros]), 1), [1.0], "gradient_norms(x, [W])")
    assert_close(floats(student.gradient_norms(x, [zeros], "tanh"), 1), [4.0], "the norm with tanh")
    found = floats(student.gradient_norms(x, [zeros + 3], "relu"), 1)
    assert_close(found, [4.0], "the norm with ReLU")
    found = floats(student.gradient_norms(x, [zeros], "relu"), 1)
    assert_close(found, [0.0], "the norm with ReLU, x W = 0")


@pytest.mark.points(3)
def test_symmetry(student):
    """All-zero weights: only the last layer gets a gradient; 0.5 for the sigmoid, nothing with ReLU."""
    x = np.array([[1.0, -2.0, 3.0], [0.5, 4.0, -1.0]])
    weights = [np.zeros((3, 4)), np.zeros((4, 4)), np.zeros((4, 1))]
    found = floats(student.gradient_norms(x, weights), 3)
    # Last layer: 2 samples * activation 0.5 * slope 0.25 = 0.25 in 4 entries, norm 0.5.
    assert_close(found, [0.0, 0.0, 0.5], "the norms of three sigmoid layers")
    found = floats(student.gradient_norms(x, weights, "relu"), 3)
    assert_close(found, [0.0, 0.0, 0.0], "the norms of three ReLU layers")


@pytest.mark.points(5)
@pytest.mark.hidden(
    "numerical gradients of three layers with all three activations; nothing is changed"
)
def test_numerical_gradient(student, remote, rng):
    """The norms equal those of the numerical gradients; x and weights stay as they were."""
    for activation, function in FUNCTIONS.items():
        x, weights = draw(rng, activation)
        with (
            unchanged("x", x),
            unchanged("weights[0]", weights[0]),
            unchanged("weights[2]", weights[2]),
        ):
            found = floats(student.gradient_norms(x, weights, activation), 3)
        expected = numerical_norms(x, weights, function)
        assert_close(found, expected, f"the norms with {activation}", rtol=1e-5, atol=1e-7)
        # A list that stays with the student's code, to see what was done to it.
        handed = remote.ref(remote.namespace(weights=weights), "weights")
        student.gradient_norms(x, handed, activation)
        kept = remote.value(handed)
        same = len(kept) == 3 and all(map(np.array_equal, kept, weights))
        turned = len(kept) == 3 and all(map(np.array_equal, kept[::-1], weights))
        reason = "reverses_the_list" if turned else None
        message = "the list weights was changed; the caller still needs it as it was"
        require(same, message, category="mutated_input", suggests=reason)


@pytest.mark.points(3.5)
@pytest.mark.hidden("ten sigmoid layers lose the gradient, ten ReLU layers with He weights keep it")
def test_vanishing(student, rng):
    """First over last norm of ten layers: below 1e-4 for sigmoid and Xavier, above 0.05 for ReLU and He."""
    # Measured with right solutions (benchmarks/): 1e-7 to 1e-6 and 0.15 to 1.1; the limits are
    # 5 sd of the logarithm away or more.
    x = rng.standard_normal((100, 50))
    draws = [rng.standard_normal((50, 50)) for _ in range(10)]
    found = floats(student.gradient_norms(x, [w * np.sqrt(1 / 50) for w in draws]), 10)
    require(found[-1] > 0, "the last layer of ten sigmoid layers has no gradient")
    assert_between(found[0] / found[-1], 0.0, 1e-4, "first over last norm, sigmoid and Xavier")
    found = floats(student.gradient_norms(x, [w * np.sqrt(2 / 50) for w in draws], "relu"), 10)
    require(found[-1] > 0, "the last layer of ten ReLU layers has no gradient")
    assert_between(found[0] / found[-1], 0.05, 5.0, "first over last norm, ReLU and He")
