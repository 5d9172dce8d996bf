# The public checks of task 5.2, lecun_xavier. Run them with: grade assignment5 --task lecun_xavier
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


@pytest.mark.advice(
    "for layers that are not square Glorot's rule is 2 / (n_in + n_out); the book's 1 / n_in is LeCun's"
)
def test_glorot_rule(student, remote):
    """xavier_normal(400, 100) has standard deviation sqrt(2 / 500) = 0.0632."""
    w, what = weights(student, "xavier_normal", 400, 100, rng=remote.generator(4))
    has_spread(w, np.sqrt(2 / 500), what, {})
