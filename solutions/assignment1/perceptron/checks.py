import numpy as np
import pytest
from autograder.authoring import assert_close, require, unchanged


def assert_integers(actual, expected, what):
    """Right values in an integer dtype; a plain int will do for a single number."""
    assert_close(actual, expected, what)
    dtype = np.asarray(actual).dtype
    require(
        dtype.kind in "iu",
        f"{what} has dtype {dtype}; the contract asks for integers (dtype=int)",
        category="wrong_type",
    )


@pytest.mark.points(1.5)
def test_step_by_hand(student):
    """step([-1, 0, 2]) is [0, 0, 1], and these are integers."""
    assert_integers(student.step_function(np.array([-1.0, 0.0, 2.0])), [0, 0, 1], "step(x)")


@pytest.mark.points(1)
def test_identity(student):
    """The identity returns the same values, shape and dtype (float32 and int64 tried)."""
    for x in (
        np.array([[0.5, -2.0, 3.0], [4.0, 0.0, -1.5]], dtype=np.float32),
        np.array([7, -3, 0, 2]),
    ):
        y = student.identity_function(x)
        assert_close(y, x, "identity_function(x)")
        require(
            y.dtype == x.dtype,
            f"identity_function turned {x.dtype} into {y.dtype}; it should change nothing",
            category="wrong_type",
        )


@pytest.mark.points(1.5)
def test_and_gate(student):
    """w = [0.5, 0.5] and b = -0.7 make an AND gate: one row, then all four rows at once."""
    w, b = np.array([0.5, 0.5]), -0.7
    assert_integers(student.perceptron(np.array([0.0, 0.0]), w, b), 0, "perceptron([0, 0])")
    rows = np.array([[0.0, 0.0], [1.0, 0.0], [0.0, 1.0], [1.0, 1.0]])
    assert_integers(student.perceptron(rows, w, b), [0, 0, 0, 1], "perceptron of the four rows")


@pytest.mark.points(2)
@pytest.mark.hidden("numbers, integers, empty arrays and arrays with several axes keep their shape")
def test_any_shape(student, remote, rng):
    """step works on numbers, int arrays, 3-D arrays, views and arrays without rows."""
    for number in rng.uniform(0.1, 0.9, 3):
        assert_integers(student.step_function(float(number)), 1, "step of a number")
        assert_integers(student.step_function(np.array(-number)), 0, "step of a 0-d array")
    whole = np.concatenate([rng.integers(-3, 4, 9), [0, 1, -1]])
    assert_integers(student.step_function(whole), whole > 0, "step of an int array")
    x = rng.standard_normal((2, 3, 4))
    assert_integers(student.step_function(x), x > 0, "step of a 3-D array")
    view = remote.ref(remote.place(x[0]), "T")
    assert_integers(student.step_function(view), x[0].T > 0, "step of a transposed view")
    assert_integers(student.step_function(np.zeros((0, 3))), np.zeros((0, 3)), "step of (0, 3)")


@pytest.mark.points(2)
@pytest.mark.hidden("numbers close to 0 and exactly 0; the input stays as it was")
def test_near_zero(student, rng):
    """However small, a positive number fires and a negative one does not; 0 does not either."""
    tiny = 10.0 ** -rng.integers(2, 300, 4).astype(float)
    x = rng.permutation(np.concatenate([tiny, -tiny, [0.0, -0.0, 0.3, -0.3]]))
    with unchanged("x", x):
        y = student.step_function(x)
    assert_integers(y, x > 0, "step(x)")


@pytest.mark.points(2)
@pytest.mark.hidden("other gates and other neurons, also with a sum of exactly 0")
def test_other_neurons(student, rng):
    """NAND, OR and neurons with random whole weights, in batches and one sample at a time."""
    rows = np.array([[0.0, 0.0], [1.0, 0.0], [0.0, 1.0], [1.0, 1.0]])
    scale = float(rng.uniform(0.5, 3))
    for w, b, answer in (
        ([-0.5, -0.5], 0.7, [1, 1, 1, 0]),
        ([0.5, 0.5], -0.2, [0, 1, 1, 1]),
    ):
        y = student.perceptron(rows, scale * np.array(w), scale * b)
        assert_integers(y, answer, "perceptron of a gate")
        y = student.perceptron(rows.astype(int), np.array(w), b)
        assert_integers(y, answer, "perceptron of a gate with integer inputs")
    x = rng.integers(-4, 5, (6, 5)).astype(float)
    w = rng.choice([-3.0, -2.0, -1.0, 1.0, 2.0, 3.0], 5)
    b = -float(x[0] @ w)  # the first sample lies exactly on the line
    with unchanged("x", x), unchanged("w", w):
        y = student.perceptron(x, w, b)
    assert_integers(y, x @ w + b > 0, "perceptron of a batch")
    assert_integers(student.perceptron(x[:1], w, b), [0], "perceptron of a batch of one")
    for exact in (x, x.astype(int)):
        y = student.perceptron(exact, w / 8, (b + 1) / 8)
        assert_integers(y, x @ w + b + 1 > 0, f"perceptron of a batch ({exact.dtype})")
    y = student.perceptron(x * 2.0**-30, w, (b + 1) * 2.0**-30)
    assert_integers(y, x @ w + b + 1 > 0, "perceptron of a batch of tiny numbers")
    for row in x:
        wanted = int(row @ w + b > 0)
        assert_integers(student.perceptron(row, w, b), wanted, "perceptron of one sample")
