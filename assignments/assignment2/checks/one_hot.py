# The public checks of task 2.3, one_hot. Run them with: grade assignment2 --task one_hot
import numpy as np
import pytest
from autograder.authoring import assert_close


@pytest.mark.points(2)
def test_by_hand(student):
    """Labels [2, 0] with three classes become [[0, 0, 1], [1, 0, 0]]."""
    found = student.to_one_hot(np.array([2, 0]), 3)
    assert_close(found, [[0, 0, 1], [1, 0, 0]], "to_one_hot([2, 0], 3)")


@pytest.mark.points(1)
def test_missing_classes(student):
    """A batch in which only class 3 occurs still gets ten columns."""
    expected = np.zeros((2, 10))
    expected[:, 3] = 1
    assert_close(student.to_one_hot(np.array([3, 3])), expected, "to_one_hot([3, 3])")
