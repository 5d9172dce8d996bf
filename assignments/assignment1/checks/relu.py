# The public checks of task 1.4, relu. Run them with: grade assignment1 --task relu
import numpy as np
import pytest
from autograder.authoring import assert_close, require, unchanged


@pytest.mark.points(3)
def test_by_hand(student):
    """relu([-1.5, 0, 2]) is [0, 0, 2]; the slopes at -1.5 and 2 are the numbers 0 and 1."""
    assert_close(student.relu(np.array([-1.5, 0.0, 2.0])), [0, 0, 2], "relu([-1.5, 0, 2])")
    slope = student.relu_grad(np.array([-1.5, 2.0]))
    assert_close(slope, [0, 1], "relu_grad([-1.5, 2])")
    require(
        slope.dtype.kind != "b",
        "relu_grad returns booleans; a slope is a number, 0 or 1",
        category="wrong_type",
    )


@pytest.mark.points(2)
def test_leaves_x(student):
    """A 2 x 3 batch goes in, a new 2 x 3 array comes out, and the batch is what it was."""
    x = np.array([[0.5, -1.0, 2.0], [-3.0, 4.0, -0.25]])
    with unchanged("x", x):
        y = student.relu(x)
    assert_close(y, [[0.5, 0, 2], [0, 4, 0]], "relu(x)")
    with unchanged("x", x):
        slope = student.relu_grad(x)
    assert_close(slope, [[1, 0, 1], [0, 1, 0]], "relu_grad(x)")
