import numpy as np
import pytest
from autograder.authoring import assert_between, assert_close, unchanged

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


@pytest.mark.points(2.5)
@pytest.mark.hidden(
    "batches (N, D) and more axes: RMSE, MAE, MAPE and MSLE are means over all elements"
)
def test_batches(student, rng):
    """For (N, D) each of the four losses is one number and counts every element once."""
    for shape in ((4, 3), (2, 3, 2)):
        y, t = rng.uniform(0.5, 3, (2, *shape))
        error = np.abs(y - t)
        for name, expected in (
            ("root_mean_squared_error", np.sqrt(np.mean(error**2))),
            ("mean_absolute_error", np.mean(error)),
            ("mean_absolute_percentage_error", 100 * np.mean(error / t)),
            ("mean_squared_logarithmic_error", np.mean((np.log1p(y) - np.log1p(t)) ** 2)),
        ):
            with unchanged("y", y), unchanged("t", t):
                found = getattr(student, name)(y, t)
            assert_close(found, expected, f"{name} for {shape}", rtol=RTOL)


@pytest.mark.points(3)
@pytest.mark.hidden("MAPE with targets of either sign and of 0; MSLE at 0; integers")
def test_special_targets(student, rng):
    """MAPE divides by |t| and is finite for t = 0; MSLE is finite for 0; integers are fine."""
    t = rng.uniform(1, 5, 6) * [1, -1, 1, -1, 1, -1]
    y = t * rng.uniform(1.2, 2, 6)
    found = student.mean_absolute_percentage_error(y, t)
    expected = 100 * np.mean(np.abs((y - t) / t))
    assert_close(found, expected, "mean_absolute_percentage_error(y, t)", rtol=RTOL)
    found = student.mean_absolute_percentage_error(t, y)
    assert_close(found, 100 * np.mean(np.abs((y - t) / y)), "the MAPE of (t, y)", rtol=RTOL)
    whole, target = rng.permutation([1, 2, 3, 4]), np.array([2, 8, 5, 10])
    found = student.mean_absolute_percentage_error(whole, target)
    expected = 100 * np.mean(np.abs(whole - target) / target)
    assert_close(found, expected, "the MAPE of integers", rtol=RTOL)
    for y, t in ((whole, target), (whole, target + 0.25), (whole + 0.25, target)):
        error = y - t
        for name, expected in (
            ("root_mean_squared_error", np.sqrt(np.mean(error**2))),
            ("mean_absolute_error", np.mean(np.abs(error))),
            ("mean_squared_logarithmic_error", np.mean((np.log1p(y) - np.log1p(t)) ** 2)),
        ):
            found = getattr(student, name)(y, t)
            assert_close(found, expected, f"{name} of {y.dtype} and {t.dtype}", rtol=RTOL)
    # A target of 0 and one that is large: adding eps or taking the larger one is the same.
    y, t = np.array([3.0, 2e6]), np.array([0.0, 1e6])
    with unchanged("y", y), unchanged("t", t):
        found = student.mean_absolute_percentage_error(y, t, 0.5)
    assert_close(found, 350.0, "the MAPE with eps=0.5 and a target of 0", rtol=RTOL)
    found = student.mean_absolute_percentage_error(np.array([1.0, 2.0]), np.array([0.0, 2.0]))
    assert_between(found, 1e3, 1e300, "the MAPE with a target of 0")
    y, t = rng.uniform(0, 50, 5), rng.uniform(0, 50, 5)
    y[0], t[1] = 0.0, 0.0
    with unchanged("y", y), unchanged("t", t):
        found = student.mean_squared_logarithmic_error(y, t)
    expected = np.mean(np.log((1 + y) / (1 + t)) ** 2)
    assert_close(found, expected, "mean_squared_logarithmic_error(y, t)", rtol=RTOL)


@pytest.mark.points(3)
@pytest.mark.hidden(
    "cosine: one number per row, a number for two vectors, 0 for a vector of zeros, integers"
)
def test_cosine_details(student, rng):
    """(N, D) gives (N,), (D,) gives a number; a vector of zeros gives 0; integers; y and t stay."""
    y, t = rng.standard_normal((2, 5, 4)) + 0.5
    expected = np.sum(y * t, axis=1) / np.sqrt(np.sum(y**2, axis=1) * np.sum(t**2, axis=1))
    close = {"rtol": RTOL, "atol": ATOL}
    with unchanged("y", y), unchanged("t", t):
        found = student.cosine_similarity(y, t)
    assert_close(found, expected, "cosine_similarity of two batches", **close)
    assert_close(
        student.cosine_similarity(y[:1], t[:1]), expected[:1], "of a batch of one", **close
    )
    assert_close(student.cosine_similarity(y[0], t[0]), expected[0], "of two vectors", **close)
    for size in (1.0, 0.01):
        with unchanged("y", y), unchanged("t", t):
            found = student.cosine_similarity_loss(y, t)
        assert_close(found, -expected.mean(), "cosine_similarity_loss(y, t)", **close)
        first, second = size * y[0], size * t[0]
        with unchanged("y", first), unchanged("t", second):
            found = student.cosine_similarity_loss(first, second)
            alike = student.cosine_similarity(first, second)
        assert_close(found, -expected[0], "cosine_similarity_loss of two vectors", rtol=1e-2)
        assert_close(alike, expected[0], "cosine_similarity of two short vectors", rtol=1e-2)
    y[2], t[3] = 0, 0
    expected[2:4] = 0
    assert_close(student.cosine_similarity(y, t), expected, "with a vector of zeros", **close)
    found = student.cosine_similarity_loss(y, t)
    assert_close(found, -expected.mean(), "the loss with a vector of zeros", **close)
    for n in (2, 3):
        alike = student.cosine_similarity(y[n], t[n])
        assert_close(alike, 0.0, "of two vectors, one of them zeros", **close)
    batch = np.array([[3, 4], [1, 0]]), np.array([[4, 3], [3, 4]])
    assert_close(student.cosine_similarity(*batch), [0.96, 0.6], "of batches of integers", **close)
    whole, target = rng.permutation([3, 4, 12]), np.array([1, 2, 2])
    expected = whole @ target / 39
    assert_close(student.cosine_similarity(whole, target), expected, "of integers", **close)
