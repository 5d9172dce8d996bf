# The public checks of task 2.2, other_losses. Run them with: grade assignment2 --task other_losses
import numpy as np
import pytest
from autograder.authoring import assert_close

#: Single precision inside is welcome, and so is a tiny number added to a denominator.
RTOL = 1e-5
ATOL = 1e-6


def three():
    """The example of the text."""
    return np.array([2.0, 4.0, 6.0]), np.array([1.0, 4.0, 10.0])


@pytest.mark.points(1.5)
def test_rmse_and_mae(student):
    """y = [2, 4, 6], t = [1, 4, 10]: the RMSE is 2.380476, the MAE is 1.666667."""
    y, t = three()
    found = student.root_mean_squared_error(y, t)
    assert_close(found, 2.3804761428476167, "root_mean_squared_error(y, t)", rtol=RTOL)
    found = student.mean_absolute_error(y, t)
    assert_close(found, 5 / 3, "mean_absolute_error(y, t)", rtol=RTOL)


@pytest.mark.points(1.5)
def test_mape_and_msle(student):
    """The same y and t: the MAPE is 46.66667 percent; the MSLE of y = [3, 1], t = [0, 3] is 1.201132."""
    y, t = three()
    found = student.mean_absolute_percentage_error(y, t)
    assert_close(found, 140 / 3, "mean_absolute_percentage_error(y, t)", rtol=RTOL)
    # log 4 - log 1 = 1.386294 and log 2 - log 4 = -0.693147: the mean of the squares is 1.201132.
    found = student.mean_squared_logarithmic_error(np.array([3.0, 1.0]), np.array([0.0, 3.0]))
    expected = 2.5 * np.log(2.0) ** 2
    assert_close(found, expected, "mean_squared_logarithmic_error(y, t)", rtol=RTOL)


@pytest.mark.points(2.5)
def test_cosine_directions(student):
    """Parallel 1, orthogonal 0, opposite -1, whatever the lengths; the loss is minus the mean."""
    y = np.array([[1.0, 0.0], [1.0, 0.0], [1.0, 1.0], [3.0, 4.0]])
    t = np.array([[5.0, 0.0], [0.0, 2.0], [-3.0, -3.0], [4.0, 3.0]])
    found = student.cosine_similarity(y, t)
    assert_close(found, [1.0, 0.0, -1.0, 0.96], "cosine_similarity(y, t)", rtol=RTOL, atol=ATOL)
    found = student.cosine_similarity_loss(y, t)
    assert_close(found, -0.24, "cosine_similarity_loss(y, t)", rtol=RTOL, atol=ATOL)
