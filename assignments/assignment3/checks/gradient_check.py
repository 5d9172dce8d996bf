# The public checks of task 3.7, gradient_check. Run them with: grade assignment3 --task gradient_check
import numpy as np
import pytest
from autograder.authoring import assert_close, require

SHAPES = {"W1": (3, 2), "b1": (2,), "W2": (2, 2), "b2": (2,)}


def fake_network(remote, fast, slow, batch):
    """A network of the grader's that answers with these gradients if it is given this batch."""

    def answer(gradients):
        def compute(*args, **kwargs):
            given = {**dict(zip(("x", "t"), args, strict=False)), **kwargs}
            good = (
                len(args) <= 2
                and set(given) == {"x", "t"}
                and all(
                    isinstance(given[name], np.ndarray) and np.array_equal(given[name], wanted)
                    for name, wanted in zip(("x", "t"), batch, strict=True)
                )
            )
            require(good, "the network's methods should be called with (x, t), as you got them")
            return gradients

        return compute

    params = {name: np.ones(np.shape(values)) for name, values in fast.items()}
    return remote.namespace(params=params, gradient=answer(fast), numerical_gradient=answer(slow))


def errors_of(report, names=tuple(SHAPES)):
    """gradient_check returns a dictionary with an entry for every parameter."""
    require(isinstance(report, dict), "gradient_check should return a dictionary")
    missing = ", ".join(sorted(set(names) - set(report)))
    require(not missing, f"gradient_check leaves out {missing}; every parameter can be wrong")
    return report


@pytest.mark.points(2)
def test_values_by_hand(student):
    """a against a gives 0, against 3a 1/2, against -a 1; two arrays of zeros give 0 (not nan)."""
    a = np.array([[3.0, -4.0], [0.5, 2.0]])
    assert_close(student.relative_error(a, a.copy()), 0.0, "relative_error(a, a)")
    assert_close(student.relative_error(a, 3 * a), 0.5, "relative_error(a, 3 * a)", rtol=1e-6)
    assert_close(student.relative_error(a, -a), 1.0, "relative_error(a, -a)", rtol=1e-6)
    zeros = np.zeros(3)
    assert_close(student.relative_error(zeros, zeros.copy()), 0.0, "relative_error of two zeros")


@pytest.mark.points(2)
def test_right_network(student, remote):
    """A network whose gradients are right gets an error of 0 for each of its four parameters."""
    gradients = {name: np.full(shape, 0.5) for name, shape in SHAPES.items()}
    x, t = np.ones((2, 3)), np.array([0, 1])
    network = fake_network(remote, gradients, gradients, (x, t))
    report = errors_of(student.gradient_check(network, x, t))
    for name in SHAPES:
        assert_close(report[name], 0.0, f"the error of {name}")
