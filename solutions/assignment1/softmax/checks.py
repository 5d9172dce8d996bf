import numpy as np
import pytest
from autograder.authoring import assert_close, assert_shape, require, unchanged


def assert_same(actual, expected, what):
    """Equal up to rounding. With a thousand before the point, float32 has four digits after it."""
    single = isinstance(actual, np.ndarray) and actual.dtype == np.float32
    assert_close(actual, expected, what, rtol=1e-3 if single else 1e-7)


def sixty_fourths(rng, shape):
    """Numbers between -2 and 2 that are exact in float32, even after 1000 or 30000 was added."""
    return rng.integers(-128, 129, shape) / 64


@pytest.mark.points(3)
def test_by_hand(student):
    """[ln 1, ln 2, ln 3] gives [1/6, 2/6, 3/6]; [0.3, 2.9, 4.0] gives about [0.018, 0.245, 0.737]."""
    y = student.softmax(np.log(np.array([1.0, 2.0, 3.0])))
    assert_close(y, [1 / 6, 2 / 6, 3 / 6], "softmax([ln 1, ln 2, ln 3])")
    y = student.softmax(np.array([0.3, 2.9, 4.0]))
    wanted = [0.018211273295547534, 0.24519181293507392, 0.7365969137693786]
    assert_close(y, wanted, "softmax([0.3, 2.9, 4.0])")


@pytest.mark.points(2.5)
def test_rows(student):
    """Each row of a 3 x 2 batch becomes its own probabilities: 1/4, 3/4; 3/4, 1/4; 1/2, 1/2."""
    a = np.log(3.0)
    x = np.array([[0.0, a], [a, 0.0], [0.0, 0.0]])
    y = student.softmax(x)
    assert_close(y, [[0.25, 0.75], [0.75, 0.25], [0.5, 0.5]], "softmax of the batch")


@pytest.mark.points(2.5)
def test_large_logits(student):
    """[1010, 1000, 990] gives the same as [20, 10, 0], and so does its mirror image below zero."""
    shares = np.exp([20.0, 10.0, 0.0]) / np.exp([20.0, 10.0, 0.0]).sum()
    y = student.softmax(np.array([1010.0, 1000.0, 990.0]))
    assert_close(y, shares, "softmax([1010, 1000, 990])")
    y = student.softmax(np.array([-1010.0, -1000.0, -990.0]))
    assert_close(y, shares[::-1], "softmax([-1010, -1000, -990])")


@pytest.mark.points(2.5)
@pytest.mark.hidden("a row gives the same alone and in any batch: one row, square batches, no rows")
def test_rows_alone(student, reference, rng):
    """Every row of a batch gives what it gives alone; a batch of one and of none keep their shape."""
    for shape in ((1, 4), (3, 3), (5, 4), (2, 10)):
        x = 3 * rng.standard_normal(shape)
        wanted = reference.softmax(x)
        assert_close(student.softmax(x), wanted, f"softmax of a batch {shape}")
        assert_close(student.softmax(x[0]), wanted[0], "softmax of its first row alone")
    assert_shape(student.softmax(np.zeros((0, 4))), (0, 4), "softmax of an empty batch")


@pytest.mark.points(2.5)
@pytest.mark.hidden("rows of very different size in one batch, in float64 and float32")
def test_rows_of_different_size(student, reference, rng):
    """A row near 1000, one near -1000 and an ordinary one share a batch without harm."""
    small = sixty_fourths(rng, (5, 4))
    wanted = reference.softmax(small)
    sizes = rng.permutation([1000.0, -1000.0, 0.0, 500.0, -750.0])[:, None]
    for dtype in (np.float64, np.float32):
        x = (small + sizes).astype(dtype)
        assert_same(student.softmax(x), wanted, f"softmax of rows of different size ({x.dtype})")
    sizes = rng.permutation([30000.0, -30000.0, 12000.0, 0.0, -1000.0])[:, None]
    assert_same(student.softmax(small + sizes), wanted, "softmax of rows of very different size")


@pytest.mark.points(2.5)
@pytest.mark.hidden("very large and very small logits within one row")
def test_wide_row(student, rng):
    """One row holds a very large, a small and a very negative logit: [1, 0, 0], never nan."""
    for dtype in (np.float64, np.float32):
        size = float(rng.integers(800, 5000))
        x = rng.permutation([size, 0.0, -size]).astype(dtype)
        assert_close(student.softmax(x), x == size, f"softmax of a wide row ({x.dtype})")
        batch = np.stack([x, np.zeros(3), np.roll(x, 1)]).astype(dtype)
        wanted = [x == size, np.full(3, 1 / 3), np.roll(x == size, 1)]
        assert_close(student.softmax(batch), wanted, f"softmax of wide rows ({x.dtype})")


@pytest.mark.points(2.5)
@pytest.mark.hidden("adding a constant to a row changes nothing; equal logits share equally")
def test_shift(student, reference, rng):
    """softmax(x + c) = softmax(x) with another c for every row; equal logits give 1/C each."""
    x = rng.standard_normal((6, 5))
    c = rng.uniform(-20, 20, (6, 1))
    wanted = reference.softmax(x)
    assert_close(student.softmax(x), wanted, "softmax(x)")
    assert_close(student.softmax(x + c), wanted, "softmax(x + c)")
    size = float(rng.integers(760, 900))
    equal = np.repeat([[size], [0.0], [-size]], 8, axis=1)
    assert_close(student.softmax(equal), np.full((3, 8), 1 / 8), "softmax of equal logits")


@pytest.mark.points(2)
@pytest.mark.hidden("ints give floats; the input stays as it was")
def test_ints_and_input(student, reference, rng):
    """Integer logits give floats, for one sample and for a batch; x is not changed."""
    whole = rng.integers(-4, 5, (4, 3))
    whole[0] = [0, 2, -1]  # never a row whose shares are whole numbers
    wanted = reference.softmax(whole.astype(float))
    with unchanged("x", whole):
        y = student.softmax(whole)
    assert_close(y, wanted, "softmax of an int batch")
    assert_close(student.softmax(whole[0]), wanted[0], "softmax of one int sample")
    for x in (rng.standard_normal((3, 4)), rng.standard_normal(4)):
        with unchanged("x", x):
            y = student.softmax(x)
        assert_close(y, reference.softmax(x), "softmax(x)")


@pytest.mark.advice("np.exp overflowed: is the largest logit of each row really subtracted first?")
def test_no_warning(student, remote):
    """No RuntimeWarning for logits of 1000 and -1000."""
    student.softmax(np.array([[1000.0, 0.0, -1000.0], [-1000.0, -1001.0, -999.0]]))
    require(not remote.warnings(), "softmax caused a RuntimeWarning for logits of 1000 and -1000")
