# The public checks of task 2.5, binary_cross_entropy. Run them with: grade assignment2 --task binary_cross_entropy
import numpy as np
import pytest
from autograder.authoring import assert_close

#: Clipping, an added 1e-7 and single precision all stay below.
CLOSE = {"rtol": 1e-4, "atol": 1e-6}


@pytest.mark.points(1.5)
def test_by_hand(student):
    """y = [0.9, 0.2], t = [1, 0]: the loss is 0.164252."""
    found = student.binary_cross_entropy(np.array([0.9, 0.2]), np.array([1, 0]))
    assert_close(found, -(np.log(0.9) + np.log(0.8)) / 2, "binary_cross_entropy(y, t)", **CLOSE)


@pytest.mark.points(1.5)
def test_both_classes_count(student):
    """y = 0.75 costs 0.287682 if t is 1 and 1.386294 if t is 0; y = 0.5 costs ln 2."""
    y = np.array([0.75])
    found = student.binary_cross_entropy(y, np.array([1]))
    assert_close(found, np.log(4 / 3), "the loss of y = 0.75, t = 1", **CLOSE)
    found = student.binary_cross_entropy(y, np.array([0]))
    assert_close(found, np.log(4.0), "the loss of y = 0.75, t = 0", **CLOSE)
    found = student.binary_cross_entropy(np.full(4, 0.5), np.array([0, 1, 1, 0]))
    assert_close(found, np.log(2.0), "the loss of four times 0.5", **CLOSE)
