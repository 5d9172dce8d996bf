# The public checks of task 4.8, optimizer_path. Run them with: grade assignment4 --task optimizer_path
import numpy as np
import pytest
from autograder.authoring import assert_close, assert_shape, require, unchanged

#: Closed formulas; single precision inside the optimizer is fine.
CLOSE = {"rtol": 1e-5, "atol": 1e-5}


def slope(steepness, asked=None):
    """The gradient of a bowl, as a function that notes where it was asked."""

    def gradient(position):
        assert_shape(position, steepness.shape, "the position that grad_fn gets")
        if asked is not None:
            asked.append(np.array(position, dtype=float))
        return steepness * position

    return gradient


VALLEY = np.array([0.1, 2.0])


@pytest.mark.points(2.5)
def test_two_steps(student, remote):
    """SGD with lr 0.5 from (-10, 1): the start, then (-9.5, 0), then (-9.025, 0)."""
    optimizer = remote.call(student.SGD, lr=0.5)
    path = student.optimizer_path(optimizer, slope(VALLEY), np.array([-10.0, 1.0]), 2)
    assert_close(path, [[-10.0, 1.0], [-9.5, 0.0], [-9.025, 0.0]], "the path", **CLOSE)


@pytest.mark.points(2.5)
def test_zigzag(student, remote):
    """SGD with lr 0.95 from (-7, 2): 31 rows, y changes its sign in each step; init stays."""
    optimizer, start = remote.call(student.SGD, lr=0.95), np.array([-7.0, 2.0])
    with unchanged("init", start):
        path = student.optimizer_path(optimizer, slope(VALLEY), start)
    assert_shape(path, (31, 2), "the path of 30 steps")
    assert_close(path[0], [-7.0, 2.0], "the first row")
    turns = np.all(path[1:, 1] * path[:-1, 1] < 0)
    require(
        turns, "y does not change its sign in each step: is the gradient that of the new place?"
    )


@pytest.mark.advice("one of your optimizers does not reach the valley floor with the book's lr")
def test_race(student, remote):
    """Momentum (0.1), AdaGrad (1.5) and Adam (0.3) come within 1 of the minimum in 100 steps."""
    for name, make, lr in (
        ("Momentum", student.Momentum, 0.1),
        ("AdaGrad", student.AdaGrad, 1.5),
        ("Adam", student.Adam, 0.3),
    ):
        optimizer = remote.call(make, lr=lr)
        path = student.optimizer_path(optimizer, slope(VALLEY), np.array([-7.0, 2.0]), 100)
        assert_shape(path, (101, 2), f"the path of {name}")
        distance = float(np.hypot(*path[-1]))
        require(distance < 1, f"{name} ends {distance:.2f} away from the minimum")
