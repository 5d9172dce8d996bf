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


def drive(remote, optimizer, steepness, start, steps):
    """The same run without optimizer_path: what this optimizer really does."""
    network = remote.namespace(params={"place": np.array(start, dtype=float)})
    params = remote.ref(network, "params")
    path = [np.array(start, dtype=float)]
    for _ in range(steps):
        optimizer.update(params, {"place": steepness * path[-1]})
        place = params["place"]
        assert_shape(place, np.shape(start), "the parameter after update")
        path.append(place)
    return np.array(path)


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


@pytest.mark.points(3)
@pytest.mark.hidden("the path is what the optimizer really does, for optimizers with a memory too")
def test_true_path(student, remote, rng):
    """SGD and Momentum on random bowls with other numbers of axes: every row is right."""
    for axes, steps in ((1, 7), (3, 12), (5, 4)):
        steepness, start = rng.uniform(0.2, 2, axes), rng.standard_normal(axes) * 5
        for make in (student.SGD, student.Momentum):
            expected = drive(remote, remote.call(make, lr=0.3), steepness, start, steps)
            asked = []
            gradient = slope(steepness, asked)
            path = student.optimizer_path(remote.call(make, lr=0.3), gradient, start.copy(), steps)
            assert_close(path, expected, "the path", **CLOSE)
            require(len(asked) >= steps, "grad_fn is not asked in every step")


@pytest.mark.points(2)
@pytest.mark.hidden("a start of whole numbers, and no step at all")
def test_starts(student, remote, rng):
    """A start of integers works and stays as it is; with steps=0 the path is the start alone."""
    start = rng.integers(1, 9, 3)
    expected = start * 0.75 ** np.arange(4).reshape(-1, 1)
    for init in (start.astype(float), start):
        optimizer = remote.call(student.SGD, lr=0.25)
        with unchanged("init", init):
            path = student.optimizer_path(optimizer, slope(np.ones(3)), init, 3)
        assert_close(path, expected, "the path", **CLOSE)
    optimizer = remote.call(student.SGD, lr=0.25)
    alone = student.optimizer_path(optimizer, slope(np.ones(3)), start, 0)
    assert_close(alone, [start], "the path of no steps", **CLOSE)


@pytest.mark.points(2)
@pytest.mark.hidden("grad_fn is asked at the current position in each step")
def test_asks_where_it_stands(student, remote, rng):
    """The positions at which grad_fn is asked are the rows of the path, in order."""
    steepness, start = rng.uniform(0.5, 1.5, 2), rng.uniform(1, 5, 2)
    asked = []
    optimizer = remote.call(student.SGD, lr=0.4)
    path = student.optimizer_path(optimizer, slope(steepness, asked), start.copy(), 6)
    assert_shape(path, (7, 2), "the path of 6 steps")
    require(len(asked) >= 6, "grad_fn is not asked in every step")
    for row in path[:-1]:
        known = any(np.allclose(row, place, rtol=1e-5, atol=1e-7) for place in asked)
        require(known, "grad_fn is never asked at one of the positions of the path")


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
