# The public checks of task 1.2, sigmoid. Run them with: grade assignment1 --task sigmoid
import numpy as np
import pytest
from autograder.authoring import assert_close, require


@pytest.mark.points(3)
def test_values_by_hand(student):
    """sigmoid of 0, ln 3, -ln 3 is 1/2, 3/4, 1/4; the slopes are 1/4, 3/16, 3/16."""
    x = np.array([0.0, np.log(3.0), -np.log(3.0)])
    assert_close(student.sigmoid(x), [0.5, 0.75, 0.25], "sigmoid([0, ln 3, -ln 3])")
    slopes = student.sigmoid_grad(x)
    assert_close(slopes, [0.25, 0.1875, 0.1875], "sigmoid_grad([0, ln 3, -ln 3])")


@pytest.mark.points(2)
def test_shapes(student):
    """A number, (3,), (2, 3) and the empty batch (0, 4) keep their shape; all zeros give 1/2."""
    assert_close(student.sigmoid(0.0), 0.5, "sigmoid(0.0)")
    assert_close(student.sigmoid_grad(0.0), 0.25, "sigmoid_grad(0.0)")
    for shape in ((3,), (2, 3), (0, 4)):
        x = np.zeros(shape)
        assert_close(student.sigmoid(x), np.full(shape, 0.5), f"sigmoid of zeros {shape}")
        assert_close(student.sigmoid_grad(x), np.full(shape, 0.25), f"sigmoid_grad of {shape}")


@pytest.mark.advice("np.exp overflows for x = -1000; splitting by the sign of x avoids the warning")
def test_no_warning(student, remote):
    """No RuntimeWarning for x of -1000 and 1000."""
    student.sigmoid(np.array([-1000.0, 1000.0]))
    require(not remote.warnings(), "sigmoid(-1000) or sigmoid(1000) caused a RuntimeWarning")
