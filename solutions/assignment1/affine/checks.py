import numpy as np
import pytest
from autograder.authoring import assert_close, require, unchanged
from autograder.student import StudentError


def whole_numbers(rng, *shape):
    """Small whole numbers as floats: their products and sums are exact in any order."""
    return rng.integers(-4, 5, shape).astype(float)


def raises(student, x, W, b):
    """Whether the call ends with an exception of the student's own code."""
    try:
        student.affine(x, W, b)
    except StudentError as error:
        if error.category != "raised":
            raise
        return True
    return False


@pytest.mark.points(2)
def test_one_sample(student):
    """x = [1, 2, 3] with a 3 x 2 matrix and b = [10, 20] gives [14, 25]."""
    W = np.array([[1.0, 0.0], [0.0, 1.0], [1.0, 1.0]])
    y = student.affine(np.array([1.0, 2.0, 3.0]), W, np.array([10.0, 20.0]))
    assert_close(y, [14.0, 25.0], "affine(x, W, b)")


@pytest.mark.points(2)
def test_small_batch(student):
    """Two samples, two neurons: [[1, 2], [3, 4]] [[0, 1], [2, 3]] + [10, 20] by hand."""
    x, W = np.array([[1.0, 2.0], [3.0, 4.0]]), np.array([[0.0, 1.0], [2.0, 3.0]])
    y = student.affine(x, W, np.array([10.0, 20.0]))
    assert_close(y, [[14.0, 27.0], [18.0, 35.0]], "affine(x, W, b)")


@pytest.mark.points(2)
@pytest.mark.hidden("batches of many, one and no samples, ints, float32, views; nothing is changed")
def test_batches(student, remote, rng):
    """Any batch size and any kind of numbers; x, W and b stay as they were."""
    W, b = whole_numbers(rng, 3, 2), whole_numbers(rng, 2) + 5
    ints = rng.integers(-4, 5, (4, 3))
    batches = [whole_numbers(rng, n, 3) for n in (5, 1, 0)]
    for x in (*batches, ints, whole_numbers(rng, 5, 3).astype(np.float32), whole_numbers(rng, 3)):
        with unchanged("x", x), unchanged("W", W), unchanged("b", b):
            y = student.affine(x, W, b)
        assert_close(y, x @ W + b, f"affine of x {x.shape}, {x.dtype}")
    for x, weights, bias in (
        (rng.standard_normal((4, 3)), W.astype(int), b.astype(int)),
        (ints, W / 4, b / 4),
        (ints[0], W / 4, b / 4),
        (ints, W.astype(int), b / 4),
        (ints, W.astype(int), b.astype(int)),
    ):
        y = student.affine(x, weights, bias)
        assert_close(y, x @ weights + bias, f"affine of {x.dtype}, {weights.dtype}, {bias.dtype}")
    for d, m in ((3, 1), (1, 2), (1, 1)):  # one neuron, one input
        x, column, bias = whole_numbers(rng, 4, d), whole_numbers(rng, d, m), whole_numbers(rng, m)
        for given in (x, x[:1], x[0]):
            y = student.affine(given, column, bias)
            assert_close(y, given @ column + bias, f"affine of x {given.shape}, W {column.shape}")
    view = remote.ref(remote.place(W.T.copy()), "T")
    assert_close(student.affine(ints, view, b), ints @ W + b, "affine with a transposed view as W")


@pytest.mark.points(2)
@pytest.mark.hidden("as many inputs as outputs as samples, where mistakes with shapes go unnoticed")
def test_square(student, rng):
    """N = D = M: every product is possible, only one is right, and it is linear in x."""
    W, b = whole_numbers(rng, 4, 4), whole_numbers(rng, 4)
    W[0, 1], W[1, 0] = 3.0, -2.0  # never symmetric
    b[:2] = [7.0, -9.0]
    p, q = whole_numbers(rng, 4, 4), whole_numbers(rng, 4, 4)
    first, second = student.affine(p + q, W, b), student.affine(q, W, b)
    assert_close(second, q @ W + b, "affine(q, W, b)")
    assert_close(first, (p + q) @ W + b, "affine(p + q, W, b)")
    assert_close(student.affine(p[0], W, b), p[0] @ W + b, "affine of one sample")


@pytest.mark.points(2)
@pytest.mark.hidden("shapes that do not fit are an error, not a reason to guess")
def test_mismatch(student, rng):
    """Where the shapes do not fit, an exception comes out instead of numbers."""
    W, b = whole_numbers(rng, 3, 2), np.array([7.0, -9.0])
    x = np.abs(whole_numbers(rng, 2, 3)) + 1
    assert_close(student.affine(x, W, b), x @ W + b, "affine where the shapes fit")
    for shape in ((2, 6), (2, 4), (3, 2), (6,), (2,)):
        wrong = whole_numbers(rng, *shape)
        require(
            raises(student, wrong, W, b),
            f"affine gave a result for x {shape} and W {W.shape}; it should raise an error",
        )
    require(
        raises(student, x, W, whole_numbers(rng, 3)),
        "affine gave a result for b (3,) and W (3, 2); it should raise an error",
    )
