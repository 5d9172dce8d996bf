# The public checks of task 5.4, init_params. Run them with: grade assignment5 --task init_params
from itertools import pairwise

import numpy as np
import pytest
from autograder.authoring import assert_close, assert_shape, require


def complete(params, sizes, what="init_params(...)"):
    """A dictionary with exactly the right keys and shapes, floats only, and zero biases."""
    require(isinstance(params, dict), f"{what} should return a dictionary", category="wrong_type")
    wanted = {}
    for i, (n_in, n_out) in enumerate(pairwise(sizes), start=1):
        wanted[f"W{i}"], wanted[f"b{i}"] = (n_in, n_out), (n_out,)
    missing = [name for name in wanted if name not in params]
    last = f"W{len(sizes) - 1}"
    reason = "missing_output_layer" if last in missing and len(sizes) > 2 else None
    require(not missing, f"{what} has no {', '.join(missing)}", suggests=reason)
    extra = [str(name) for name in params if name not in wanted]
    require(not extra, f"{what} has keys that nobody asked for: {', '.join(extra)}")
    for name, shape in wanted.items():
        if name[0] == "b" and np.shape(params[name]) == (1, *shape):
            message = f"{name} has shape {(1, *shape)}, expected {shape}"
            require(False, message, category="wrong_shape", suggests="row_biases")
        if name[0] == "W" and np.shape(params[name]) == shape[::-1] != shape:
            message = f"{name} has shape {shape[::-1]}, expected {shape}: inputs first"
            require(False, message, category="wrong_shape", suggests="transposed")
        assert_shape(params[name], shape, name)
        kind = params[name].dtype
        message = f"{name} has dtype {kind}, expected floats: integers cannot take small steps"
        reason = "int_biases" if name[0] == "b" else None
        require(kind.kind == "f", message, category="wrong_type", suggests=reason)
        if name[0] == "b":
            reason = "random_biases" if np.std(params[name]) > 0 else None
            assert_close(params[name], np.zeros(shape), name, suggests=reason)
    return params


def has_spread(w, name, accepted, what, first_input, mistakes=()):
    """Mean 0 and one of the accepted standard deviations."""
    spread, mean = float(np.std(w)), float(np.mean(w))
    std = min(accepted, key=lambda value: abs(spread - value))
    reason = None
    for mistake, wrong in mistakes:
        if abs(spread / wrong - 1) < 0.03:
            reason = mistake
    if name != "W1" and any(abs(spread / wrong - 1) < 0.03 for wrong in first_input):
        reason = "std_from_input_only"
    require(abs(mean) < 0.03 * std, f"{what}: {name} has mean {mean:.3g}, expected 0")
    message = f"{what}: {name} has standard deviation {spread:.4g}, expected {std:.4g} (within 3%)"
    require(abs(spread / std - 1) < 0.03, message, suggests=reason)


@pytest.mark.points(3.5)
def test_keys_and_shapes(student):
    """784-[100, 50]-10: W1 (784,100), W2 (100,50), W3 (50,10), and zero biases b1, b2, b3: floats."""
    complete(student.init_params(784, [100, 50], 10), [784, 100, 50, 10])


@pytest.mark.points(3)
def test_he_by_hand(student):
    """800-[200]-200 with He: standard deviation 0.05 for W1 and 0.1 for W2; with 0.02: both 0.02."""
    params = complete(student.init_params(800, [200], 200), [800, 200, 200])
    for name, std in (("W1", 0.05), ("W2", 0.1)):
        mistakes = [("he_without_root", std**2), ("names_swapped", std / np.sqrt(2))]
        has_spread(params[name], name, [std], "init_params(800, [200], 200)", [0.05], mistakes)
    params = complete(student.init_params(800, [200], 200, 0.02), [800, 200, 200])
    for name, always in (("W1", 0.05), ("W2", 0.1)):
        mistakes = [("number_ignored", always)]
        has_spread(params[name], name, [0.02], "weight_init_std=0.02", [], mistakes)
