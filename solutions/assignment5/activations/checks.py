import numpy as np
import pytest
from autograder.authoring import assert_between, assert_close, require, unchanged

FUNCTIONS = {
    "sigmoid": lambda a: 1 / (1 + np.exp(-a)),
    "relu": lambda a: np.maximum(a, 0),
    "tanh": np.tanh,
}


def layers(found, count):
    """collect_activations returns {0: ..., 1: ..., count - 1: ...}."""
    kind = "a list" if isinstance(found, (list, tuple)) else type(found).__name__
    message = f"collect_activations returned {kind}, expected a dictionary {{0: z0, 1: z1, ...}}"
    require(isinstance(found, dict), message, category="wrong_type")
    keys = sorted(found, key=str)
    message = f"the keys are {keys}, expected 0 to {count - 1}"
    require(keys == list(range(count)), message)
    return found


@pytest.mark.points(2)
def test_relu_by_hand(student):
    """Two ReLU layers on [1, -2] by hand: z0 = [3, 0, 1], z1 = [0, 5]."""
    x = np.array([[1.0, -2.0]])
    weights = [
        np.array([[1.0, 2.0, 3.0], [-1.0, 1.5, 1.0]]),
        np.array([[-1.0, 1.0], [4.0, 7.0], [2.0, 2.0]]),
    ]
    found = layers(student.collect_activations(x, weights, "relu"), 2)
    assert_close(found[0], [[3.0, 0.0, 1.0]], "z0")
    assert_close(found[1], [[0.0, 5.0]], "z1")


@pytest.mark.points(2)
def test_sigmoid_by_default(student):
    """Five layers, keys 0 to 4; without a name the activation is the sigmoid, first layer sigmoid(x W)."""
    column = np.array([[0.0], [np.log(3.0)], [-np.log(3.0)]])
    weights = [np.ones((1, 4)), *(np.full((4, 4), 0.0) for _ in range(4))]
    found = layers(student.collect_activations(column, weights), 5)
    assert_close(found[0], np.array([[0.5], [0.75], [0.25]]) * np.ones(4), "z0")
    for i in range(1, 5):
        assert_close(found[i], np.full((3, 4), 0.5), f"z{i}, where all weights are 0")


@pytest.mark.points(2.5)
def test_saturation_by_hand(student):
    """Saturated: 2 of 4 for the sigmoid, 2 of 5 for tanh, 3 of 4 for ReLU; a larger tol counts more."""
    z = np.array([0.001, 0.5, 0.999, 0.2])
    assert_close(student.saturation(z), 0.5, "saturation(z)")
    z = np.array([-0.999, 0.0, 0.995, 0.5, 0.98])
    assert_close(student.saturation(z, "tanh"), 0.4, "saturation(z, 'tanh')")
    z = np.array([[0.0, 1.0], [0.0, 0.0]])
    assert_close(student.saturation(z, "relu"), 0.75, "saturation(z, 'relu')")
    z = np.array([0.05, 0.5, 0.85, 0.95, 0.12])
    assert_close(student.saturation(z, tol=0.1), 0.4, "saturation(z, tol=0.1)")


@pytest.mark.points(3.5)
@pytest.mark.hidden(
    "layers of different widths with all three activations; x and weights stay as they were"
)
def test_chain(student, remote, rng):
    """Three layers of different widths agree with an independent loop; nothing handed in is changed."""
    widths = [5, *(int(n) for n in rng.permutation([3, 4, 6]))]
    x = rng.standard_normal((7, 5))
    weights = [rng.standard_normal((widths[i], widths[i + 1])) for i in range(3)]
    for name, function in FUNCTIONS.items():
        with (
            unchanged("x", x),
            unchanged("weights[0]", weights[0]),
            unchanged("weights[1]", weights[1]),
        ):
            found = layers(student.collect_activations(x, weights, name), 3)
        z = x
        for i, W in enumerate(weights):
            z = function(z @ W)
            assert_close(found[i], z, f"z{i} with {name}")
    # A list that stays with the student's code, to see what was done to it.
    handed = remote.ref(remote.namespace(weights=weights), "weights")
    student.collect_activations(x, handed, "relu")
    kept = remote.value(handed)
    same = len(kept) == 3 and all(map(np.array_equal, kept, weights))
    require(
        same,
        "the list weights was changed; the caller still needs it as it was",
        category="mutated_input",
    )
    square = [rng.standard_normal((5, 5)) for _ in range(3)]
    z, found = x, layers(student.collect_activations(x, square, "tanh"), 3)
    for i, W in enumerate(square):
        z = np.tanh(z @ W)
        assert_close(found[i], z, f"z{i} of equal layers")


@pytest.mark.points(2.5)
@pytest.mark.hidden(
    "exact fractions for arrays of other shapes, both ends of the range, other tolerances, limits"
)
def test_saturation(student, rng):
    """The fraction is exact for any shape, counts both ends, respects tol (not for ReLU), z is kept."""
    shape = (3, 4, 5)
    for tol in (0.01, float(rng.uniform(0.05, 0.2))):
        low, high = rng.integers(5, 20, 2)
        z = rng.uniform(2 * tol, 1 - 2 * tol, 60)
        z[:low] = rng.uniform(0, tol * 0.9, low)
        z[low : low + high] = rng.uniform(1 - 0.9 * tol, 1, high)
        z = rng.permutation(z).reshape(shape)
        what = f"with tol={tol:.3g}"
        assert_close(student.saturation(z, "sigmoid", tol), (low + high) / 60, f"sigmoid {what}")
        signs = rng.choice([-1.0, 1.0], shape)
        assert_close(student.saturation(signs * z, "tanh", tol), high / 60, f"tanh {what}")
    z = np.array([0.0, 0.0, 0.001, 0.2, 0.9])
    for tol, small in ((0.01, 0.6), (0.3, 0.8)):
        with unchanged("z", z):
            found = student.saturation(z, "relu", tol)
        counted = isinstance(found, (float, np.floating)) and abs(found - small) < 1e-6
        reason = "relu_uses_tol" if counted else None
        assert_close(found, 0.4, f"relu with tol={tol}", suggests=reason)
    # A quarter and its multiples are exact in binary: a value on the limit is not beyond it.
    edges = np.array([[-0.75, -0.25, 0.25], [0.75, 0.5, 0.8]])
    with unchanged("z", edges):
        assert_close(student.saturation(edges, "tanh", 0.25), 1 / 6, "tanh, values on the limit")
    edges = abs(edges)
    with unchanged("z", edges):
        assert_close(
            student.saturation(edges, "sigmoid", 0.25), 1 / 6, "sigmoid, values on the limit"
        )
    dead = int(rng.integers(10, 50))
    z = np.concatenate([np.zeros(dead), rng.uniform(0.001, 3, 60 - dead)])
    assert_close(student.saturation(rng.permutation(z).reshape(shape), "relu"), dead / 60, "relu")


@pytest.mark.points(3.5)
@pytest.mark.hidden("the book's experiment shows saturation, collapse and two healthy networks")
def test_experiment(student, rng):
    """Five layers of 100: std 1 saturates, 0.01 collapses, Xavier (sigmoid) and He (ReLU) stay healthy."""
    x = rng.standard_normal((500, 100))
    draws = [rng.standard_normal((100, 100)) for _ in range(5)]

    def run(std, activation):
        found = student.collect_activations(x, [std * w for w in draws], activation)
        return layers(found, 5)

    # Measured with right solutions (benchmarks/): see the ranges; each limit is 5 sd away or more.
    z = run(1.0, "sigmoid")[4]
    share = student.saturation(z)
    assert_between(share, 0.25, 0.75, "the saturation of layer 5 with std 1")  # 0.35 to 0.62
    z = run(0.01, "sigmoid")[4]
    assert_between(np.std(z), 0.0, 0.03, "the spread of layer 5 with std 0.01")  # 0.009 to 0.016
    assert_close(student.saturation(z), 0.0, "the saturation of layer 5 with std 0.01")
    z = run(0.1, "sigmoid")[4]
    assert_between(np.std(z), 0.05, 0.25, "the spread of layer 5 with Xavier")  # 0.09 to 0.14
    found = run(np.sqrt(0.02), "relu")
    ratio = np.std(found[4]) / np.std(found[0])
    assert_between(ratio, 0.3, 3.0, "spread of layer 5 over layer 1 with ReLU and He")  # 0.6 to 1.6
    dead = student.saturation(found[0], "relu")
    assert_between(dead, 0.4, 0.6, "the share of zeros in layer 1 with ReLU")  # 0.49 to 0.51
