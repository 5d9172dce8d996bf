# The public checks of task 3.3, sigmoid. Run them with: grade assignment3 --task sigmoid
import numpy as np
import pytest
from autograder.authoring import assert_close, require

#: Room for somebody who computes in single precision on the way.
SINGLE = {"rtol": 1e-5, "atol": 1e-6}


def new_sigmoid(student):
    """A layer has forward and backward, whatever else it has."""
    layer = student.Sigmoid()
    kind = type(layer).__name__
    require(hasattr(layer, "forward"), f"Sigmoid() should be an object with forward, not {kind}")
    return layer


@pytest.mark.points(3)
def test_values_by_hand(student):
    """sigmoid(0) = 1/2 with slope 1/4; sigmoid(ln 3) = 3/4 with slope 3/16; times dout."""
    layer = new_sigmoid(student)
    out = layer.forward(np.array([0.0, np.log(3.0)]))
    assert_close(out, [0.5, 0.75], "forward([0, ln 3])", **SINGLE)
    dx = layer.backward(np.array([1.0, 4.0]))
    assert_close(dx, [0.25, 0.75], "backward([1, 4])", **SINGLE)
