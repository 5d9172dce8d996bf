# The public checks of task 5.1, constants. Run them with: grade assignment5 --task constants
import numpy as np
import pytest
from autograder.authoring import assert_close, assert_shape, require

# Two errors of a distribution check: how far may 40,000 right samples stray?
#   standard deviation of a normal sample: sd 1 / sqrt(2 * 40,000) = 0.35%, so 3% is 8 sd
#   mean: sd std / 200, so 0.03 std is 6 sd
#   share within one std, 0.683: sd sqrt(0.683 * 0.317 / 40,000) = 0.0023, so 0.015 is 6 sd
#   share beyond two std, 0.0455: sd 0.00104, so 0.007 is 6 sd
SIDE = 200


def normal_numbers(w, shape, std, what):
    """Right shape, mean 0 and standard deviation std; names the usual reasons for a wrong spread."""
    assert_shape(w, shape, what)
    mean, spread = float(np.mean(w)), float(np.std(w))
    reason = None
    if abs(mean - std) < 0.1 * std and abs(spread - 1) < 0.03:
        reason = "std_as_mean"
    elif mean > 0.3 * spread:
        reason = "uniform_numbers"
    elif abs(spread / np.sqrt(std) - 1) < 0.03:
        reason = "std_is_variance"
    elif abs(spread - 1) < 0.03:
        reason = "std_ignored"
    message = f"the mean of {what} is {mean:.3g}, expected 0 (within {0.03 * std:.3g})"
    require(abs(mean) < 0.03 * std, message, suggests=reason)
    message = f"the standard deviation of {what} is {spread:.4g}, expected {std:.4g} (within 3%)"
    require(abs(spread / std - 1) < 0.03, message, suggests=reason)


def floats(w, what, suggests=None):
    """An array of floats."""
    kind = getattr(w, "dtype", np.dtype(float))
    message = f"{what} has dtype {kind}, expected floats"
    require(kind.kind == "f", message, category="wrong_type", suggests=suggests)


@pytest.mark.points(2)
def test_constants(student):
    """Zeros, ones and constants are floats of the right value, also for 5, in one, two or three axes."""
    for found, shape, value, what in (
        (student.init_zeros((2, 3)), (2, 3), 0.0, "init_zeros((2, 3))"),
        (student.init_zeros(4), (4,), 0.0, "init_zeros(4)"),
        (student.init_ones((3, 2)), (3, 2), 1.0, "init_ones((3, 2))"),
        (student.init_ones(2), (2,), 1.0, "init_ones(2)"),
        (student.init_constant((2, 2), -0.25), (2, 2), -0.25, "init_constant((2, 2), -0.25)"),
        (student.init_constant(3, 5), (3,), 5.0, "init_constant(3, 5)"),
        (student.init_zeros((2, 3, 4)), (2, 3, 4), 0.0, "init_zeros((2, 3, 4))"),
        (student.init_ones((2, 3, 4)), (2, 3, 4), 1.0, "init_ones((2, 3, 4))"),
        (student.init_constant((2, 3, 4), 7), (2, 3, 4), 7.0, "init_constant((2, 3, 4), 7)"),
    ):
        assert_close(found, np.full(shape, value), what)
        floats(found, what, "int_constant" if "constant" in what else None)


@pytest.mark.points(2)
def test_mean_and_spread(student):
    """40,000 numbers of init_normal((200, 200), 0.25) have mean 0 and standard deviation 0.25."""
    w = student.init_normal((SIDE, SIDE), 0.25)
    normal_numbers(w, (SIDE, SIDE), 0.25, "init_normal((200, 200), 0.25)")
    floats(w, "init_normal((200, 200), 0.25)")
