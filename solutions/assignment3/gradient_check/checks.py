import numpy as np
import pytest
from autograder.authoring import assert_close, require

SHAPES = {"W1": (3, 2), "b1": (2,), "W2": (2, 2), "b2": (2,)}
#: Any network will do, whatever its parameters are called.
DEEPER = {**SHAPES, "W3": (2, 2), "gamma": (2, 1, 2, 2)}


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


@pytest.mark.points(3)
@pytest.mark.hidden(
    "the size of the gradients cancels out, both sides count alike, norms over all elements"
)
def test_scale_free_and_symmetric(student, rng):
    """The error does not depend on the scale and is the same for (a, n) and (n, a)."""
    a, n = rng.normal(1.0, 1.0, (4, 3)), rng.normal(3.0, 1.0, (4, 3))
    expected = np.linalg.norm(a - n) / (np.linalg.norm(a) + np.linalg.norm(n))
    assert_close(student.relative_error(a, n), expected, "relative_error(a, n)", rtol=1e-6)
    assert_close(student.relative_error(n, a), expected, "relative_error(n, a)", rtol=1e-6)
    # A right solution may guard the denominator with something tiny; 1e-3 leaves room for that.
    small = student.relative_error(a * 1e-3, n * 1e-3)
    assert_close(small, expected, "relative_error of tiny gradients", rtol=1e-4)
    for pair in ((a, np.zeros(a.shape)), (np.zeros(a.shape), n)):
        what = "relative_error, when one of the two arrays is all zeros"
        assert_close(student.relative_error(*pair), 1.0, what, rtol=1e-6)
    right_angle = student.relative_error(np.array([1.0, 0.0]), np.array([0.0, 1.0]))
    assert_close(right_angle, np.sqrt(0.5), "relative_error([1, 0], [0, 1])", rtol=1e-6)


@pytest.mark.points(3)
@pytest.mark.hidden("a network with one wrong gradient: the report names it and clears the others")
def test_wrong_network(student, remote, rng):
    """One gradient is some percent off: its error is reported, the others are 0, none is left out."""
    slow = {name: rng.standard_normal(shape) + 2 for name, shape in DEEPER.items()}
    slow["b2"] = np.zeros(2)
    guilty = str(rng.choice(["W1", "b1", "W2", "W3", "gamma"]))
    off = float(rng.uniform(0.01, 0.05))
    fast = {name: values * (1 + off * (name == guilty)) for name, values in slow.items()}
    x, t = rng.standard_normal((2, 3)), rng.integers(0, 2, 2)
    network = fake_network(remote, fast, slow, (x, t))
    report = errors_of(student.gradient_check(network, x, t), tuple(DEEPER))
    for name in DEEPER:
        expected = off / (2 + off) if name == guilty else 0.0
        assert_close(report[name], expected, f"the error of {name}", rtol=1e-6)
