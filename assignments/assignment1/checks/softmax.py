# The public checks of task 1.5, softmax. Run them with: grade assignment1 --task softmax
import numpy as np
import pytest
from autograder.authoring import assert_close, require


@pytest.mark.points(3)
def test_by_hand(student):
    """[ln 1, ln 2, ln 3] gives [1/6, 2/6, 3/6]; [0.3, 2.9, 4.0] gives about [0.018, 0.245, 0.737]."""
    y = student.softmax(np.log(np.array([1.0, 2.0, 3.0])))
    assert_close(y, [1 / 6, 2 / 6, 3 / 6], "softmax([ln 1, ln 2, ln 3])")
    y = student.softmax(np.array([0.3, 2.9, 4.0]))
    wanted = [0.018211273295547534, 0.24519181293507392, 0.7365969137693786]
    assert_close(y, wanted, "softmax([0.3, 2.9, 4.0])")


@pytest.mark.points(2.5)
def test_rows(student):
    """Each row of a 3 x 2 batch becomes its own probabilities: 1/4, 3/4; 3/4, 1/4; 1/2, 1/2."""
    a = np.log(3.0)
    x = np.array([[0.0, a], [a, 0.0], [0.0, 0.0]])
    y = student.softmax(x)
    assert_close(y, [[0.25, 0.75], [0.75, 0.25], [0.5, 0.5]], "softmax of the batch")


@pytest.mark.points(2.5)
def test_large_logits(student):
    """[1010, 1000, 990] gives the same as [20, 10, 0], and so does its mirror image below zero."""
    shares = np.exp([20.0, 10.0, 0.0]) / np.exp([20.0, 10.0, 0.0]).sum()
    y = student.softmax(np.array([1010.0, 1000.0, 990.0]))
    assert_close(y, shares, "softmax([1010, 1000, 990])")
    y = student.softmax(np.array([-1010.0, -1000.0, -990.0]))
    assert_close(y, shares[::-1], "softmax([-1010, -1000, -990])")


@pytest.mark.advice("np.exp overflowed: is the largest logit of each row really subtracted first?")
def test_no_warning(student, remote):
    """No RuntimeWarning for logits of 1000 and -1000."""
    student.softmax(np.array([[1000.0, 0.0, -1000.0], [-1000.0, -1001.0, -999.0]]))
    require(not remote.warnings(), "softmax caused a RuntimeWarning for logits of 1000 and -1000")
