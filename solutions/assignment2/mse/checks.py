import numpy as np
import pytest
from autograder.authoring import assert_close, unchanged

#: Single precision inside is welcome; every listed mistake is off by far more.
RTOL = 1e-5

BOOK_Y = [0.1, 0.05, 0.6, 0.0, 0.05, 0.1, 0.0, 0.1, 0.0, 0.0]
BOOK_T = [0, 0, 1, 0, 0, 0, 0, 0, 0, 0]


@pytest.mark.points(2)
def test_lecture_example(student):
    """The lecture's example: y = [1.5, 0.3], t = [3.45, 5.67] has a mean squared error of 16.3197."""
    loss = student.mean_squared_error(np.array([1.5, 0.3]), np.array([3.45, 5.67]))
    assert_close(loss, 16.3197, "mean_squared_error(y, t)", rtol=RTOL)


@pytest.mark.points(1.5)
def test_book_example(student):
    """The book's digit example: ten probabilities, truth 2, half the sum of squares is 0.0975."""
    loss = student.sum_squared_error(np.array(BOOK_Y), np.array(BOOK_T))
    assert_close(loss, 0.0975, "sum_squared_error(y, t)", rtol=RTOL)


@pytest.mark.points(1.5)
def test_mean_or_half_sum(student):
    """Four elements, each off by 2: the mean is 4, half the sum is 8; eight of them: 4 and 16."""
    y, t = np.array([5.0, 1.0, 3.0, 7.0]), np.array([3.0, 3.0, 1.0, 9.0])
    assert_close(
        student.mean_squared_error(y, t), 4.0, "mean_squared_error of 4 elements", rtol=RTOL
    )
    assert_close(student.sum_squared_error(y, t), 8.0, "sum_squared_error of 4 elements", rtol=RTOL)
    y, t = np.tile(y, 2), np.tile(t, 2)
    assert_close(
        student.mean_squared_error(y, t), 4.0, "mean_squared_error of 8 elements", rtol=RTOL
    )
    assert_close(
        student.sum_squared_error(y, t), 16.0, "sum_squared_error of 8 elements", rtol=RTOL
    )


@pytest.mark.points(2.5)
@pytest.mark.hidden(
    "a batch with several numbers per sample: all elements count alike, one number comes out"
)
def test_batches(student, rng):
    """Shapes (N, D) and (N, H, W): the mean runs over all elements; also for a batch of one."""
    for shape in ((5, 3), (1, 7), (6, 1), (2, 4, 3)):
        y, t = rng.uniform(-2, 2, (2, *shape))
        squares = (y - t) ** 2
        loss = student.mean_squared_error(y, t)
        assert_close(
            loss, squares.sum() / squares.size, f"mean_squared_error for {shape}", rtol=RTOL
        )
        with unchanged("y", y), unchanged("t", t):
            student.mean_squared_error(y, t)


@pytest.mark.points(2)
@pytest.mark.hidden("half the sum grows with the batch and comes out as one number")
def test_half_sum_of_batches(student, rng):
    """Giving a batch twice doubles the half sum; every element of every sample counts."""
    y, t = rng.uniform(-2, 2, (2, 5, 3))
    half = 0.5 * ((y - t) ** 2).sum()
    assert_close(student.sum_squared_error(y, t), half, "sum_squared_error of a batch", rtol=RTOL)
    deep = student.sum_squared_error(y.reshape(5, 1, 3), t.reshape(5, 1, 3))
    assert_close(deep, half, "sum_squared_error for (5, 1, 3)", rtol=RTOL)
    loss = student.sum_squared_error(np.vstack([y, y]), np.vstack([t, t]))
    assert_close(loss, 2 * half, "sum_squared_error of the batch given twice", rtol=RTOL)


@pytest.mark.points(2.5)
@pytest.mark.hidden("no side effects; y and t may change places; integers; 0 only for equal arrays")
def test_properties(student, rng):
    """Symmetric, 0 for equal arrays, fine with integers, and y and t stay as they were."""
    y, t = rng.uniform(-2, 2, (2, 4))
    mean = np.mean((y - t) ** 2)
    for loss, expected in (
        (student.mean_squared_error, mean),
        (student.sum_squared_error, 2 * mean),
    ):
        with unchanged("y", y), unchanged("t", t):
            found = loss(y, t)
        assert_close(found, expected, "the loss of (y, t)", rtol=RTOL)
        assert_close(loss(t, y), expected, "the loss of (t, y)", rtol=RTOL)
        assert_close(loss(y, y.copy()), 0.0, "the loss of (y, y)")
    whole, target = rng.permutation([1, 2, 5, 9]), np.array([3, 5, 4, -2])
    expected = np.mean((whole - target) ** 2.0)
    with unchanged("y", whole):
        found = student.mean_squared_error(whole, target)
    assert_close(found, expected, "mean_squared_error of integers", rtol=RTOL)
    with unchanged("y", whole), unchanged("t", target):
        found = student.sum_squared_error(whole, target)
    assert_close(found, 2 * expected, "sum_squared_error of integers", rtol=RTOL)
    expected = np.mean((y - target) ** 2)
    for first, second in ((y, target), (target, y)):
        found = student.mean_squared_error(first, second)
        assert_close(found, expected, "mean_squared_error of floats and integers", rtol=RTOL)
        found = student.sum_squared_error(first, second)
        assert_close(found, 2 * expected, "sum_squared_error of floats and integers", rtol=RTOL)
