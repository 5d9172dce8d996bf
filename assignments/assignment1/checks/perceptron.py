# The public checks of task 1.1, perceptron. Run them with: grade assignment1 --task perceptron
import numpy as np
import pytest
from autograder.authoring import assert_close, require


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
