import numpy as np
import pytest
from autograder.authoring import assert_between, assert_close, unchanged

#: Clipping, an added 1e-7 and single precision all stay below.
CLOSE = {"rtol": 1e-4, "atol": 1e-6}


@pytest.mark.points(1.5)
def test_by_hand(student):
    """y = [0.9, 0.2], t = [1, 0]: the loss is 0.164252."""
    found = student.binary_cross_entropy(np.array([0.9, 0.2]), np.array([1, 0]))
    assert_close(found, -(np.log(0.9) + np.log(0.8)) / 2, "binary_cross_entropy(y, t)", **CLOSE)


@pytest.mark.points(1.5)
def test_both_classes_count(student):
    """y = 0.75 costs 0.287682 if t is 1 and 1.386294 if t is 0; y = 0.5 costs ln 2."""
    y = np.array([0.75])
    found = student.binary_cross_entropy(y, np.array([1]))
    assert_close(found, np.log(4 / 3), "the loss of y = 0.75, t = 1", **CLOSE)
    found = student.binary_cross_entropy(y, np.array([0]))
    assert_close(found, np.log(4.0), "the loss of y = 0.75, t = 0", **CLOSE)
    found = student.binary_cross_entropy(np.full(4, 0.5), np.array([0, 1, 1, 0]))
    assert_close(found, np.log(2.0), "the loss of four times 0.5", **CLOSE)


@pytest.mark.points(2.5)
@pytest.mark.hidden("probabilities of exactly 0 and exactly 1, right and wrong")
def test_certainty(student, rng):
    """Certain and wrong costs 10 to 1000 in both directions; certain and right costs nothing."""
    for y, t in ((0.0, 1), (1.0, 0)):
        found = student.binary_cross_entropy(np.array([y]), np.array([t]))
        assert_between(found, 10.0, 1000.0, "the loss of a certain, wrong prediction")
    t = rng.permutation([0, 0, 1, 1, 1])
    found = student.binary_cross_entropy(t.astype(float), t)
    assert_between(found, -1e-5, 1e-5, "the loss of certain, right predictions")
    found = student.binary_cross_entropy(1.0 - t, t.astype(float))
    assert_between(found, 10.0, 1000.0, "the loss of certain, wrong predictions")


@pytest.mark.points(2.5)
@pytest.mark.hidden("fresh probabilities in several shapes; y and t stay as they are")
def test_batches(student, rng):
    """The mean surprise for (N,), (N, 1) and (N, D), also at 0 and 1; y and t are unchanged."""
    for shape in ((7,), (6, 1), (4, 3), (2, 3, 2)):
        y = rng.uniform(0.05, 0.95, shape)
        t = rng.permutation(np.arange(y.size) % 2).reshape(shape)
        with unchanged("y", y), unchanged("t", t):
            found = student.binary_cross_entropy(y, t)
        expected = -np.mean(np.log(np.where(t == 1, y, 1 - y)))
        assert_close(found, expected, f"binary_cross_entropy for {shape}", **CLOSE)
    for kind in (float, np.uint8):
        y, t = np.array([[0.0], [1.0], [0.5], [0.5]]), np.array([[0], [1], [1], [0]]).astype(kind)
        with unchanged("y", y), unchanged("t", t):
            found = student.binary_cross_entropy(y, t)
        assert_close(found, np.log(2.0) / 2, f"binary_cross_entropy for t of {t.dtype}", **CLOSE)
