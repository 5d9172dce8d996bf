from itertools import pairwise

import numpy as np
import pytest
from autograder.authoring import assert_close, assert_shape, require

# Every weight matrix that is measured holds 40,000 numbers or more: sd of the standard deviation
# 0.35%, so 3% is 8 sd; sd of the mean std / 200, so 0.03 std is 6 sd.


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


@pytest.mark.points(4.5)
@pytest.mark.hidden(
    "every rule by each of its names, and a number, in every layer of another network"
)
def test_every_rule(student, remote, rng):
    """All four names, however capitalised, and two numbers give each of three layers its spread."""
    sizes = [int(rng.integers(low, low + 30)) for low in (600, 270, 160, 270)]
    number = float(rng.uniform(0.2, 0.4))

    def spelled(name):
        """The name with its letters in upper or lower case, as it comes."""
        upper = rng.integers(0, 2, len(name))
        return "".join(c.upper() if up else c for c, up in zip(name, upper, strict=True))

    names = ("relu", "he", "sigmoid", "xavier")
    for rule in (*map(str.upper, names), *map(spelled, names), "ReLU", number, 1):
        generator = remote.generator(int(rng.integers(2**31)))
        params = student.init_params(sizes[0], sizes[1:-1], sizes[-1], rule, rng=generator)
        complete(params, sizes)
        for i, (n_in, n_out) in enumerate(pairwise(sizes), start=1):
            he, book, glorot = np.sqrt([2 / n_in, 1 / n_in, 2 / (n_in + n_out)])
            first = np.sqrt([2 / sizes[0], 1 / sizes[0], 2 / (sizes[0] + sizes[1])])
            if not isinstance(rule, str):
                accepted, first, mistakes = [rule], [], [("number_ignored", he)]
            elif rule.lower() in ("relu", "he"):
                accepted, mistakes = [he], [("names_swapped", book), ("he_without_root", 2 / n_in)]
            else:
                accepted, mistakes = [book, glorot], [("names_swapped", he)]
            has_spread(params[f"W{i}"], f"W{i}", accepted, f"{rule!r}", first, mistakes)


@pytest.mark.points(3)
@pytest.mark.hidden("networks of other depths; every layer has arrays of its own")
def test_every_layer_its_own(student, remote, rng):
    """No hidden layer gives one layer; equal layers get other weights, and biases to train apart."""
    n = int(rng.integers(4, 9))
    complete(student.init_params(n, [], 3), [n, 3], "init_params with []")
    for source in ({}, {"rng": remote.generator(int(rng.integers(2**31)))}):
        kept = remote.call(student.init_params, n, [n, n], n, **source)
        complete(remote.value(kept), [n] * 4)
        names = ["W1", "W2", "W3", "b1", "b2", "b3"]
        arrays = [remote.ref(kept, "", name) for name in names]
        for i in range(3):
            for j in range(i):
                same = np.array_equal(arrays[i][...], arrays[j][...])
                message = (
                    f"{names[i]} and {names[j]} hold the same numbers; every layer needs new ones"
                )
                require(not same, message)
                message = (
                    f"{names[3 + i]} and {names[3 + j]} are one array: training one moves both"
                )
                require(not remote.shares_memory(arrays[3 + i], arrays[3 + j]), message)
        for name, array in zip(names, arrays, strict=True):
            step = np.full(np.shape(array[...]), 0.5)
            array[...] = step
            assert_close(array[...], step, f"{name} after a step in place")


@pytest.mark.points(2)
@pytest.mark.hidden(
    "the generator that is passed is the only source; hidden_size_list stays as it is"
)
def test_source(student, remote, rng):
    """The same generator seed gives the same network; the list of sizes can be used again."""
    seed = int(rng.integers(2**31))
    hidden = remote.namespace(sizes=[5, 6])
    sizes = remote.ref(hidden, "sizes")
    for rule in ("relu", "he", "sigmoid", "xavier", 0.3):
        nets = []
        for number in (seed, seed, seed + 1):
            remote.seed(int(rng.integers(2**31)))  # np.random must not matter
            net = student.init_params(4, sizes, 3, rule, rng=remote.generator(number))
            message = "hidden_size_list was changed; build a new list of sizes"
            require(remote.value(sizes) == [5, 6], message, category="mutated_input")
            nets.append(complete(net, [4, 5, 6, 3]))
        for name in ("W1", "W2", "W3"):
            first, again, other = (net[name] for net in nets)
            message = f"{name}: the same rng seed gave different numbers; pass rng on"
            require(np.array_equal(first, again), message)
            message = f"{name}: another rng seed gave the same numbers; pass rng on"
            require(not np.array_equal(first, other), message)
