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


@pytest.mark.points(2.5)
@pytest.mark.hidden("the accuracy of the central difference, for one number and for arrays")
def test_second_order(student, rng):
    """The error for curved functions stays below 1e-6; a forward difference is off by 1e-4."""
    x = float(rng.uniform(0.8, 1.2))
    found = student.numerical_diff(of_number(np.exp), x)
    assert_close(found, np.exp(x), "numerical_diff of exp", **CLOSE)
    for place in (0.0, -x):
        found = student.numerical_diff(of_number(np.exp), place)
        assert_close(found, np.exp(place), f"numerical_diff of exp at {place:.2g}", **CLOSE)
    point = rng.uniform(0.5, 1.5, 3)
    expected = np.exp(point) - 2 * np.sin(2 * point)
    f = of_array(lambda v: np.sum(np.exp(v) + np.cos(2 * v)), (3,))
    assert_close(student.numerical_gradient(f, point), expected, "numerical_gradient", **CLOSE)


@pytest.mark.points(3)
@pytest.mark.hidden("x is restored bit for bit, f is called twice per element, three axes")
def test_restores_x(student, rng):
    """Whatever its size, each element is restored exactly; 12 calls for 6 elements."""
    x = rng.permutation([0.1, 1e6, -3.3, 1e-9, 7.0, 0.3]).reshape(1, 2, 3)
    calls = []
    f = of_array(lambda v: np.sum(np.sin(v)), (1, 2, 3), calls)
    expected, before = np.cos(x), x.copy()
    found = student.numerical_gradient(f, x)
    require_restored(x, before)
    assert_close(found, expected, "the gradient of sum(sin(x))", rtol=1e-3, atol=1e-3)
    require(len(calls) == 12, f"f was called {len(calls)} times for 6 elements, expected 12")


@pytest.mark.points(3)
@pytest.mark.hidden("f reads the array itself, as the loss of a network reads its weights")
def test_moves_x_itself(student, remote, rng):
    """f(x) = w·x, where w is the very array that is differentiated: the gradient is 2 w."""
    values = rng.uniform(0.5, 2, 4) * [1, -1, 1, -1]
    w = remote.place(values)
    f = remote.ref(w, "dot")
    found = student.numerical_gradient(f, w)
    assert_close(found, 2 * values, "the gradient of w·w", rtol=1e-3, atol=1e-3)
    require_restored(remote.value(w), values)


@pytest.mark.points(2.5)
@pytest.mark.hidden("elements that depend on each other; a view into another array")
def test_coupled_and_view(student, remote, rng):
    """x0·x1 + sin(x2) needs one element at a time; the transpose of a matrix is moved as well."""
    point = rng.uniform(1, 3, 3)
    f = of_array(lambda v: v[0] * v[1] + np.sin(v[2]), (3,))
    expected = [point[1], point[0], np.cos(point[2])]
    found = student.numerical_gradient(f, point)
    assert_close(found, expected, "the gradient", rtol=1e-3, atol=1e-3)
    values = rng.uniform(1, 2, (2, 3))
    matrix = remote.place(values)
    weights = np.arange(6.0).reshape(3, 2) + 1
    f = of_array(lambda v: np.sum(weights * v**2), (3, 2))
    found = student.numerical_gradient(f, remote.ref(matrix, "T"))
    assert_close(found, 2 * weights * values.T, "the gradient at W.T", rtol=1e-3, atol=1e-3)
    require_restored(remote.value(matrix), values)


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
