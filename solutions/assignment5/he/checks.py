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
NAMES = ("he_normal", "he_uniform")


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


def mistakes(name, n_in, n_out):
    """Misconception -> the standard deviation that it leads to."""
    if name == "he_normal":
        return {
            "no_sqrt": 2 / n_in,
            "fan_out": np.sqrt(2 / n_out),
            "xavier": np.sqrt(1 / n_in),
            "two_outside_root": 2 / np.sqrt(n_in),
        }
    return {
        "limit_is_std": np.sqrt(2 / n_in / 3),
        "lecun_limit": np.sqrt(1 / n_in),
        "glorot_limit": np.sqrt(2 / (n_in + n_out)),
    }


def has_spread(w, name, what):
    """Mean 0 and variance 2 / n_in."""
    std, mean, spread = float(np.sqrt(2 / w.shape[0])), float(np.mean(w)), float(np.std(w))
    reason = "positive" if mean > 0.5 * spread else None
    message = f"the mean of {what} is {mean:.3g}, expected 0 (within {0.03 * std:.2g})"
    require(abs(mean) < 0.03 * std, message, suggests=reason)
    for mistake, wrong in mistakes(name, *w.shape).items():
        if abs(spread / wrong - 1) < 0.03:
            reason = mistake
    message = f"the standard deviation of {what} is {spread:.4g}, expected {std:.4g} (within 3%)"
    require(abs(spread / std - 1) < 0.03, message, suggests=reason)


@pytest.mark.points(3.5)
def test_mnist_layer(student):
    """he_normal(784, 100) has mean 0 and standard deviation sqrt(2 / 784) = 0.0505."""
    w, what = weights(student, "he_normal", 784, 100)
    has_spread(w, "he_normal", what)


@pytest.mark.points(3)
def test_uniform_limit(student):
    """he_uniform(600, 100) stays inside [-0.1, 0.1] and reaches both ends."""
    w, what = weights(student, "he_uniform", 600, 100)
    low, high = float(w.min()), float(w.max())
    message = f"{what} runs from {low:.4g} to {high:.4g}, expected from -0.1 to 0.1"
    reason = "positive" if low >= 0 else None
    for mistake, std in mistakes("he_uniform", 600, 100).items():
        if abs(high / (np.sqrt(3) * std) - 1) < 0.01:
            reason = mistake
    inside = low >= -0.1 - 1e-7 and high <= 0.1 + 1e-7
    require(inside, message, suggests=reason)
    # P(no one of 60,000 in the outer 1% of one side) = 0.995^60000, less than 1e-130.
    require(low < -0.099 and high > 0.099, message, suggests=reason)


@pytest.mark.points(3.5)
@pytest.mark.hidden("wide and narrow layers: mean, spread, and flat or bell-shaped as named")
def test_distribution(student, remote, rng):
    """Both functions: variance 2 / n_in for any layer, normal or uniform as the name says."""
    wide, narrow = int(rng.integers(380, 460)), int(rng.integers(110, 150))
    for n_in, n_out in ((wide, narrow), (narrow, wide)):
        generator = remote.generator(int(rng.integers(2**31)))
        limit = np.sqrt(6 / n_in)
        w, what = weights(student, "he_normal", n_in, n_out, rng=generator)
        has_spread(w, "he_normal", what)
        share = float(np.mean(np.abs(w) > limit))
        message = f"{share:.1%} of {what} lie beyond 1.73 std; of normal numbers, 8.3% do"
        require(abs(share - 0.0833) < 0.009, message, suggests="uniform_for_normal")
        share = float(np.mean(np.abs(w) < np.sqrt(2 / n_in)))
        message = f"{share:.1%} of {what} lie within one std; of normal numbers, 68.3% do"
        require(abs(share - 0.6827) < 0.015, message)
        w, what = weights(student, "he_uniform", n_in, n_out, rng=generator)
        has_spread(w, "he_uniform", what)
        largest = float(np.max(np.abs(w)))
        message = f"{what} reaches {largest:.4g}; a uniform with this variance ends at {limit:.4g}"
        # 1e-6 for a limit that was rounded to float32.
        require(largest <= limit * (1 + 1e-6), message)
        share = float(np.mean(np.abs(w) > 0.9 * limit))
        message = f"{share:.1%} of {what} lie in the outer tenth; of uniform numbers, 10% do"
        require(abs(share - 0.1) < 0.01, message)


@pytest.mark.points(4)
@pytest.mark.hidden("a signal keeps its power on its way through ten ReLU layers")
def test_signal_survives(student, remote, rng):
    """The mean square of a signal stays within a factor of 10 after ten ReLU layers of width 200."""
    # The log of the ratio of right solutions has mean near 0 and sd 0.36 (benchmarks/, 2,000 seeds):
    # log(10) = 2.3 is 6 sd away. With 1 / n_in the ratio is near 1 / 1000.
    for name in NAMES:
        generator = remote.generator(int(rng.integers(2**31)))
        signal = rng.standard_normal((100, 200))
        before = float(np.mean(signal**2))
        for _ in range(10):
            w, _ = weights(student, name, 200, 200, rng=generator)
            signal = np.maximum(signal @ w, 0)
        after = float(np.mean(signal**2))
        # Every layer multiplies the power by the same factor; the size of it tells the mistake.
        factor = (max(after, 1e-300) / before) ** 0.1
        reason = None
        for mistake, std in mistakes(name, 200, 200).items():
            # On square layers the rules of LeCun and Glorot are one, and fan_out is right.
            known = mistake in ("no_sqrt", "xavier", "two_outside_root", "limit_is_std")
            if known and abs(np.log(factor * 0.01 / std**2)) < 0.2:
                reason = mistake
        message = f"ten ReLU layers of {name}(200, 200) multiply the power by {after / before:.3g}"
        require(before / 10 < after < 10 * before, message, suggests=reason)


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
