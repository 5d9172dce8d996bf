# The public checks of task 1.3, tanh. Run them with: grade assignment1 --task tanh
import numpy as np
import pytest
from autograder.authoring import assert_close


@pytest.mark.points(3)
def test_values_by_hand(student):
    """tanh of 0, ln 2, -ln 3 is 0, 0.6, -0.8; the slopes are 1, 0.64, 0.36."""
    x = np.array([0.0, np.log(2.0), -np.log(3.0)])
    assert_close(student.tanh(x), [0.0, 0.6, -0.8], "tanh([0, ln 2, -ln 3])")
    assert_close(student.tanh_grad(x), [1.0, 0.64, 0.36], "tanh_grad([0, ln 2, -ln 3])")
