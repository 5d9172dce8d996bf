# The public checks of task 2.6, numerical_gradient. Run them with: grade assignment2 --task numerical_gradient
import numpy as np
import pytest
from autograder.authoring import assert_close, require

#: Any h between 1e-6 and 1e-4 stays below in these checks; a forward difference does not.
CLOSE = {"rtol": 1e-6, "atol": 1e-6}


def of_number(f):
    """f for numerical_diff: insists on being given one number."""

    def wrapped(x, *extra):
        good = not extra and isinstance(x, (int, float, np.ndarray, np.generic)) and np.size(x) == 1
        require(good, "numerical_diff should call f with one number, such as f(x + h)")
        return f(float(np.reshape(x, ())))

    return wrapped


def of_array(f, shape, calls=None):
    """f for numerical_gradient: insists on the whole array; notes its calls in ``calls``."""

    def wrapped(x, *extra):
        good = not extra and isinstance(x, np.ndarray) and x.shape == shape and x.dtype.kind == "f"
        what = (
            f"shape {np.shape(x)}" if isinstance(x, (np.ndarray, np.generic)) else type(x).__name__
        )
        message = (
            f"numerical_gradient should call f with the whole array x, shape {shape}; got {what}"
        )
        require(good, message)
        if calls is not None:
            calls.append(x.copy())
        return float(f(x))

    return wrapped


def require_restored(after, before):
    """The same bits as before, element by element."""
    if after.tobytes() != before.tobytes():
        index = np.unravel_index(np.argmax(np.abs(after - before)), before.shape)
        moved = float(after[index] - before[index])
        message = (
            f"after the call x[{', '.join(map(str, index))}] is off by {moved:.2g}; every element must "
            "be put back exactly (save the old value, write it back)"
        )
        # Rounding leaves a few 1e-10 at most, a step of any sensible h far more.
        mistake = "never_restored" if abs(moved) > 1e-8 else "restored_by_arithmetic"
        require(False, message, category="mutated_input", suggests=mistake)


@pytest.mark.points(2)
def test_book_slopes(student):
    """The book's parabola 0.01 x² + 0.1 x has slope 0.2 at x = 5 and 0.3 at x = 10."""
    f = of_number(lambda x: 0.01 * x**2 + 0.1 * x)
    # At h = 1e-4 a forward difference is off by 1e-6, which is still fine here.
    close = {"rtol": 1e-4, "atol": 1e-6}
    assert_close(student.numerical_diff(f, 5.0), 0.2, "numerical_diff at 5", **close)
    assert_close(student.numerical_diff(f, 10.0), 0.3, "numerical_diff at 10", **close)


@pytest.mark.points(2.5)
def test_book_gradient(student):
    """The gradient of x0² + x1² is (6, 8) at (3, 4), and (0, 4) at (0, 2)."""
    f = of_array(lambda x: np.sum(x**2), (2,))
    found = student.numerical_gradient(f, np.array([3.0, 4.0]))
    assert_close(found, [6.0, 8.0], "the gradient at (3, 4)", rtol=1e-4, atol=1e-3)
    found = student.numerical_gradient(f, np.array([0.0, 2.0]))
    assert_close(found, [0.0, 4.0], "the gradient at (0, 2)", rtol=1e-4, atol=1e-3)


@pytest.mark.points(2.5)
def test_matrix(student):
    """For a 2 x 3 matrix W the gradient of sum(W³) is 3 W²; afterwards W is exactly as before."""
    w = np.array([[0.1, -1.3, 0.7], [2.2, -0.4, 1.1]])
    before = w.copy()
    expected = 3 * w**2
    found = student.numerical_gradient(of_array(lambda x: np.sum(x**3), (2, 3)), w)
    require_restored(w, before)
    assert_close(found, expected, "the gradient of sum(W³)", rtol=1e-3, atol=1e-3)


@pytest.mark.advice(
    "for an x of integers the gradient is cut off: x + h is x again, or the result has no decimals; "
    "convert x to floats first"
)
def test_integers(student):
    """The gradient at integers [3, 4] is (6, 8) as well."""
    found = student.numerical_gradient(of_array_or_int(lambda x: np.sum(x**2)), np.array([3, 4]))
    assert_close(found, [6.0, 8.0], "the gradient at integers", rtol=1e-3)


@pytest.mark.advice(
    "h is an argument, and the experiments try several: use the h that is given instead of a number "
    "of your own"
)
def test_given_h(student):
    """The central difference of x³ at 1 with h = 0.5 is exactly 3.25."""
    found = student.numerical_diff(of_number(lambda v: v**3), 1.0, 0.5)
    assert_close(found, 3.25, "numerical_diff of x³ at 1 with h = 0.5", **CLOSE)
    f = of_array(lambda v: np.sum(v**3), (2,))
    found = student.numerical_gradient(f, np.ones(2), 0.5)
    assert_close(found, [3.25, 3.25], "numerical_gradient of sum(x³) with h = 0.5", **CLOSE)


def of_array_or_int(f):
    """f of whatever comes."""
    return lambda x, *extra: float(f(np.asarray(x, dtype=float)))
