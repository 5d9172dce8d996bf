# The public checks of task 1.7, three_layer_net. Run them with: grade assignment1 --task three_layer_net
import numpy as np
import pytest
from autograder.authoring import assert_close, assert_shape


#: Six digits: enough to tell right from wrong, and a sigmoid computed in float32 may pass.
CLOSE = {"rtol": 1e-5, "atol": 1e-6}


def toy_network():
    """The book's network: 2 inputs, 3 and 2 hidden neurons, 2 outputs."""
    return {
        "W1": np.array([[0.1, 0.3, 0.5], [0.2, 0.4, 0.6]]),
        "b1": np.array([0.1, 0.2, 0.3]),
        "W2": np.array([[0.1, 0.4], [0.2, 0.5], [0.3, 0.6]]),
        "b2": np.array([0.1, 0.2]),
        "W3": np.array([[0.1, 0.3], [0.2, 0.4]]),
        "b3": np.array([0.1, 0.2]),
    }


@pytest.mark.points(3.5)
def test_toy_forward(student):
    """The book's toy network turns [1.0, 0.5] into [0.31682708, 0.69627909]."""
    y = student.forward(toy_network(), np.array([1.0, 0.5]))
    wanted = [0.3168270764110298, 0.6962790898619668]
    assert_close(y, wanted, "forward(network, [1.0, 0.5])", **CLOSE)


@pytest.mark.points(3)
def test_toy_predict(student):
    """predict gives probabilities: [0.40625907, 0.59374093] for one sample; rows of a batch sum to 1."""
    wanted = [0.4062590701341294, 0.5937409298658706]
    y = student.predict(toy_network(), np.array([1.0, 0.5]))
    assert_close(y, wanted, "predict(network, [1.0, 0.5])", **CLOSE)
    batch = np.array([[1.0, 0.5], [0.0, 0.0], [-2.0, 3.0]])
    y = student.predict(toy_network(), batch)
    assert_shape(y, (3, 2), "predict(network, batch)")
    assert_close(
        y.sum(axis=1), np.ones(3), "the sums of the rows of predict(network, batch)", **CLOSE
    )
    assert_close(y[0], wanted, "the first row of predict(network, batch)", **CLOSE)
