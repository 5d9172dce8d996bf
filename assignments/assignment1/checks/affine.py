# The public checks of task 1.6, affine. Run them with: grade assignment1 --task affine
import numpy as np
import pytest
from autograder.authoring import assert_close


@pytest.mark.points(2)
def test_one_sample(student):
    """x = [1, 2, 3] with a 3 x 2 matrix and b = [10, 20] gives [14, 25]."""
    W = np.array([[1.0, 0.0], [0.0, 1.0], [1.0, 1.0]])
    y = student.affine(np.array([1.0, 2.0, 3.0]), W, np.array([10.0, 20.0]))
    assert_close(y, [14.0, 25.0], "affine(x, W, b)")


@pytest.mark.points(2)
def test_small_batch(student):
    """Two samples, two neurons: [[1, 2], [3, 4]] [[0, 1], [2, 3]] + [10, 20] by hand."""
    x, W = np.array([[1.0, 2.0], [3.0, 4.0]]), np.array([[0.0, 1.0], [2.0, 3.0]])
    y = student.affine(x, W, np.array([10.0, 20.0]))
    assert_close(y, [[14.0, 27.0], [18.0, 35.0]], "affine(x, W, b)")
