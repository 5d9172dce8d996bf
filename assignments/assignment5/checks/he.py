# The public checks of task 5.3, he. Run them with: grade assignment5 --task he
import numpy as np
import pytest
from autograder.authoring import assert_shape, require


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
