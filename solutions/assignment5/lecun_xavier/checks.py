import numpy as np
import pytest
from autograder.authoring import assert_shape, require

# How far may 40,000 right samples stray?
#   standard deviation: sd 0.35% (normal) or 0.22% (uniform), so 3% is 8 sd
#   mean: sd std / 200, so 0.03 std is 6 sd
#   share of normal numbers beyond sqrt(3) std, 0.0833: sd 0.0014, so 0.009 is 6 sd
#   share of normal numbers within one std, 0.6827: sd 0.0023, so 0.015 is 6 sd (one failure in
#   10^10); a triangle has 0.650, a normal cut off at two of its std 0.651
#   share of uniform numbers beyond 0.9 of the limit, 0.1: sd 0.0015, so 0.01 is 6 sd
NAMES = ("lecun_uniform", "lecun_normal", "xavier_uniform", "xavier_normal")


def weights(student, name, n_in, n_out, **source):
    """The weights that a function made, with the right shape and of floats; and what to call them."""
    w, what = getattr(student, name)(n_in, n_out, **source), f"{name}({n_in}, {n_out})"
    if isinstance(w, np.ndarray) and n_in != n_out and w.shape == (n_out, n_in):
        message = f"{what} has shape ({n_out}, {n_in}), expected ({n_in}, {n_out}): inputs first"
        require(False, message, category="wrong_shape", suggests="transposed")
    assert_shape(w, (n_in, n_out), what)
    require(
        w.dtype.kind == "f", f"{what} has dtype {w.dtype}, expected floats", category="wrong_type"
    )
    return w, what


def has_spread(w, std, what, mistakes):
    """Mean 0 and standard deviation std. mistakes: misconception -> the spread that it leads to."""
    mean, spread = float(np.mean(w)), float(np.std(w))
    reason = "positive_uniform" if mean > 0.5 * spread else None
    message = f"the mean of {what} is {mean:.3g}, expected 0 (within {0.03 * std:.2g})"
    require(abs(mean) < 0.03 * std, message, suggests=reason)
    for name, wrong in mistakes.items():
        if abs(spread / wrong - 1) < 0.03:
            reason = name
    message = f"the standard deviation of {what} is {spread:.4g}, expected {std:.4g} (within 3%)"
    require(abs(spread / std - 1) < 0.03, message, suggests=reason)


def is_flat(w, std, what):
    """Uniform on [-limit, limit] with this standard deviation."""
    limit = np.sqrt(3) * std
    largest = float(np.max(np.abs(w)))
    message = f"{what} reaches {largest:.4g}; a uniform with this variance ends at {limit:.4g}"
    # 1e-6 for a limit that was rounded to float32.
    require(largest <= limit * (1 + 1e-6), message, suggests="normal_for_uniform")
    share = float(np.mean(np.abs(w) > 0.9 * limit))
    message = (
        f"{share:.1%} of {what} lie in the outer tenth of the interval; of uniform numbers, 10% do"
    )
    require(abs(share - 0.1) < 0.01, message)


def is_bell(w, std, what):
    """Normal with this standard deviation: 8.33% lie beyond sqrt(3) of them, 68.27% within one."""
    share = float(np.mean(np.abs(w) > np.sqrt(3) * std))
    message = f"{share:.1%} of {what} lie beyond 1.73 std; of normal numbers, 8.3% do"
    require(abs(share - 0.0833) < 0.009, message, suggests="uniform_for_normal")
    share = float(np.mean(np.abs(w) < std))
    message = f"{share:.1%} of {what} lie within one std; of normal numbers, 68.3% do"
    require(abs(share - 0.6827) < 0.015, message)


@pytest.mark.points(3)
def test_shapes_and_limits(student):
    """Shape (n_in, n_out); for 300 x 300 both uniforms stay inside [-0.1, 0.1] and reach both ends."""
    for name in NAMES:
        weights(student, name, 3, 5)
    for name in ("lecun_uniform", "xavier_uniform"):
        w, what = weights(student, name, 300, 300)
        low, high = float(w.min()), float(w.max())
        message = f"{what} runs from {low:.4g} to {high:.4g}, expected from -0.1 to 0.1"
        reason = None
        if abs(high / np.sqrt(1 / 300) - 1) < 0.01:
            reason = "uniform_limit_is_std"
        elif low >= 0:
            reason = "positive_uniform"
        elif high > 0.15:
            reason = "normal_for_uniform"
        inside = low >= -0.1 - 1e-7 and high <= 0.1 + 1e-7
        require(inside, message, suggests=reason)
        # P(no one of 90,000 in the outer 1% of one side) = 0.995^90000, less than 1e-195.
        require(low < -0.099 and high > 0.099, message, suggests=reason)


@pytest.mark.points(3.5)
def test_lecun_by_hand(student):
    """lecun_normal(400, 100) has standard deviation 0.05; with (100, 400) it is 0.1."""
    for n_in, n_out, std in ((400, 100, 0.05), (100, 400, 0.1)):
        w, what = weights(student, "lecun_normal", n_in, n_out)
        mistakes = {"lecun_fan_out": np.sqrt(1 / n_out), "no_sqrt": 1 / n_in}
        has_spread(w, std, what, mistakes)


@pytest.mark.points(3.5)
@pytest.mark.hidden(
    "LeCun for wide and narrow layers: mean, spread, and flat or bell-shaped as named"
)
def test_lecun(student, remote, rng):
    """Both LeCun functions: variance 1 / n_in for any layer, uniform or normal as the name says."""
    wide, narrow = int(rng.integers(380, 460)), int(rng.integers(110, 150))
    for n_in, n_out in ((wide, narrow), (narrow, wide)):
        generator = remote.generator(int(rng.integers(2**31)))
        std = np.sqrt(1 / n_in)
        mistakes = {"lecun_fan_out": np.sqrt(1 / n_out), "no_sqrt": 1 / n_in}
        w, what = weights(student, "lecun_normal", n_in, n_out, rng=generator)
        has_spread(w, std, what, mistakes)
        is_bell(w, std, what)
        w, what = weights(student, "lecun_uniform", n_in, n_out, rng=generator)
        mistakes = {
            "normal_for_uniform": np.sqrt(3) * std,
            "uniform_limit_is_std": std / np.sqrt(3),
        }
        has_spread(w, std, what, mistakes)
        is_flat(w, std, what)


@pytest.mark.points(4)
@pytest.mark.hidden(
    "Xavier for square and other layers: mean, spread, and flat or bell-shaped as named"
)
def test_xavier(student, remote, rng):
    """Both Xavier functions: variance 1 / n for n x n; else 2 / (n_in + n_out), or the book's 1 / n_in."""
    n, wide, narrow = int(rng.integers(210, 330)), int(rng.integers(380, 460)), 110
    for n_in, n_out in ((n, n), (wide, narrow), (narrow, wide)):
        generator = remote.generator(int(rng.integers(2**31)))
        std, book = np.sqrt(2 / (n_in + n_out)), np.sqrt(1 / n_in)
        w, what = weights(student, "xavier_normal", n_in, n_out, rng=generator)
        # The nearer of the two accepted rules; they are 24% apart and more.
        std_normal = min(std, book, key=lambda each: abs(np.std(w) - each))
        mistakes = {"no_sqrt": std**2, "missing_two": std / np.sqrt(2)}
        has_spread(w, std_normal, what, mistakes)
        is_bell(w, std_normal, what)
        w, what = weights(student, "xavier_uniform", n_in, n_out, rng=generator)
        std_uniform = min(std, book, key=lambda each: abs(np.std(w) - each))
        mistakes = {
            "normal_for_uniform": np.sqrt(3) * std,
            "uniform_limit_is_std": std / np.sqrt(3),
        }
        has_spread(w, std_uniform, what, mistakes)
        is_flat(w, std_uniform, what)


@pytest.mark.points(2)
@pytest.mark.hidden("the generator that is passed is the only source; every call draws new numbers")
def test_source(student, remote, rng):
    """The same generator seed gives the same weights; two calls in a row give different ones."""
    for name in NAMES:
        seed = int(rng.integers(2**31))
        first, what = weights(student, name, 4, 3, rng=remote.generator(seed))
        remote.seed(int(rng.integers(2**31)))  # np.random must not matter
        generator = remote.generator(seed)
        again, _ = weights(student, name, 4, 3, rng=generator)
        message = f"{what}: the same rng seed gave different numbers; draw from rng alone"
        require(np.array_equal(first, again), message)
        more, _ = weights(student, name, 4, 3, rng=generator)
        require(
            not np.array_equal(again, more), f"{what}: two calls on one rng gave the same numbers"
        )
        one, two = (weights(student, name, 4, 3, rng=None)[0] for _ in range(2))
        require(
            not np.array_equal(one, two), f"{what}: two calls without rng gave the same numbers"
        )


@pytest.mark.advice(
    "for layers that are not square Glorot's rule is 2 / (n_in + n_out); the book's 1 / n_in is LeCun's"
)
def test_glorot_rule(student, remote):
    """xavier_normal(400, 100) has standard deviation sqrt(2 / 500) = 0.0632."""
    w, what = weights(student, "xavier_normal", 400, 100, rng=remote.generator(4))
    has_spread(w, np.sqrt(2 / 500), what, {})
