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


@pytest.mark.points(2)
@pytest.mark.hidden("a bell curve for any std and any shape; 0.01 where no std is given")
def test_bell_curve(student, remote, rng):
    """The numbers are normal for any std, also where shape is one whole number; std is 0.01 by default."""
    std = float(rng.uniform(0.3, 0.8))
    generator = remote.generator(int(rng.integers(2**31)))
    w = student.init_normal((10, SIDE, SIDE // 10), std, rng=generator)
    normal_numbers(w, (10, SIDE, SIDE // 10), std, "init_normal(shape, std, rng)")
    share = float(np.mean(np.abs(w) < std))
    require(
        abs(share - 0.6827) < 0.015, f"{share:.1%} lie within one std; of normal numbers, 68.3% do"
    )
    share = float(np.mean(np.abs(w) > 2 * std))
    require(
        abs(share - 0.0455) < 0.007, f"{share:.1%} lie beyond two std; of normal numbers, 4.6% do"
    )
    normal_numbers(student.init_normal(SIDE**2), (SIDE**2,), 0.01, "init_normal(40000)")


@pytest.mark.points(2)
@pytest.mark.hidden(
    "the generator that is passed decides everything: the same seed, the same numbers"
)
def test_rng_is_the_source(student, remote, rng):
    """The same generator seed gives the same numbers, another seed others, whatever np.random does."""
    seed = int(rng.integers(2**31))
    drawn = []
    for number in (seed, seed, seed + 1):
        remote.seed(int(rng.integers(2**31)))  # np.random must not matter
        drawn.append(student.init_normal(9, 1.0, rng=remote.generator(number)))
        assert_shape(drawn[-1], (9,), "init_normal(9, 1.0, rng)")
    message = "the same rng seed gave different numbers; draw from rng alone"
    require(np.array_equal(drawn[0], drawn[1]), message)
    message = "another rng seed gave the same numbers; draw from rng"
    require(not np.array_equal(drawn[0], drawn[2]), message)


@pytest.mark.points(2)
@pytest.mark.hidden(
    "every call draws new numbers, with a generator and without; constants are arrays of their own"
)
def test_fresh_numbers(student, remote, rng):
    """Two calls in a row give different numbers, and constants that training can change one by one."""
    generator = remote.generator(int(rng.integers(2**31)))
    for source in ({"rng": generator}, {}, {"rng": None}):
        first, second = (student.init_normal(9, 1.0, **source) for _ in range(2))
        assert_shape(first, (9,), "init_normal(9, 1.0)")
        assert_shape(second, (9,), "init_normal(9, 1.0)")
        require(not np.array_equal(first, second), "two calls gave the same numbers")
    for name, value in (("init_zeros", ()), ("init_ones", ()), ("init_constant", (3,))):
        first, second = (remote.call(getattr(student, name), (2, 3), *value) for _ in range(2))
        before = remote.value(second)
        first[...] = np.full((2, 3), 8.0)
        assert_close(remote.value(first), np.full((2, 3), 8.0), f"{name} after a step in place")
        message = f"two calls of {name} return one array: training one moves the other"
        require(np.array_equal(remote.value(second), before), message)
