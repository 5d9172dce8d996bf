# The public checks of task 5.6, gradient_norms. Run them with: grade assignment5 --task gradient_norms
import numpy as np
import pytest
from autograder.authoring import assert_close, require


def floats(found, count):
    """One number per layer, as an array."""
    good = isinstance(found, (list, tuple, np.ndarray)) and len(found) == count
    message = f"gradient_norms should return a list of {count} numbers, one for each layer"
    require(good and all(np.ndim(value) == 0 for value in found), message, category="wrong_type")
    return np.array([float(value) for value in found])


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
