# The public checks of task 2.1, mse. Run them with: grade assignment2 --task mse
import numpy as np
import pytest
from autograder.authoring import assert_close

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
