# The public checks of task 5.5, activations. Run them with: grade assignment5 --task activations
import numpy as np
import pytest
from autograder.authoring import assert_close, require


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
