"""Fingerprints: equal for one formula computed twice, different for another mistake."""

from __future__ import annotations

import json
import math
import tracemalloc
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from autograder.transcript import MAX_NUMBERS, Fingerprint, Transcript


def print_of(*values: Any, label: str = "forward") -> Fingerprint:
    transcript = Transcript()
    for value in values:
        transcript.add(label, value)
    return transcript.fingerprint()


def alike(first: Any, second: Any) -> bool:
    found = print_of(first).matches(print_of(second))
    assert found == print_of(second).matches(print_of(first))
    return found


def test_a_new_transcript_is_empty() -> None:
    transcript = Transcript()
    assert transcript.empty
    transcript.add("f")
    assert not transcript.empty


X = np.random.default_rng(0).standard_normal((20, 30))


def test_rounding_does_not_matter() -> None:
    assert alike(X, X.copy())
    assert alike(X @ X.T, np.array([[sum(a * b) for b in X] for a in X]))
    assert alike(X, X.astype(np.float32))
    assert alike(np.exp(X).astype(np.float32), np.exp(X.astype(np.float32)))
    assert alike(3, 3.0) and alike(np.float32(3), 3) and alike(np.array(3), 3)
    assert alike(np.array([1, 0]), np.array([True, False]))


@pytest.mark.parametrize(
    "other",
    [X * 1.001, -X, X + 1e-3, X.T.copy(), X[::-1], np.abs(X), X.reshape(600), X[:19], X * 0],
    ids="scaled negated shifted transposed reversed absolute flat short zero".split(),
)  # fmt: skip
def test_another_mistake_does_not_match(other: np.ndarray[Any, Any]) -> None:
    assert not alike(X, other)


def test_one_element_among_many_is_seen() -> None:
    other = X.copy()
    other[3, 4] += 0.01
    assert not alike(X, other)


def test_structure_matters() -> None:
    pairs = [
        ([1, 2], (1, 2)), ([1, 2], np.array([1, 2])), ([1, [2]], [1, 2]), (None, 0), ("a", "b"),
        ({"a": 1}, {"b": 1}), ({"a": 1}, [1]), (b"x", None), (np.array("a"), None),
    ]  # fmt: skip
    for first, second in pairs:
        assert not alike(first, second), (first, second)
    assert alike({"a": 1, "b": 2}, {"b": 2, "a": 1})
    assert alike({1: "x", "1": 2}, {1: "x", "1": 2})
    assert not print_of(1, label="f").matches(print_of(1, label="g"))
    assert not print_of(1).matches(print_of(1, 1))


def test_numbers_that_are_none() -> None:
    assert alike(np.array([np.nan, 1]), np.array([np.nan, 1]))
    assert not alike(np.array([np.nan, 1]), np.array([np.inf, 1]))
    assert not alike(np.array([np.inf]), np.array([-np.inf]))
    assert alike(np.array([1e300]), np.array([1e301]))  # both far beyond what means anything
    assert print_of(np.array([1e308, -1e308, np.nan])).matches(
        print_of(np.array([1e308, -1e308, np.nan]))
    )
    assert alike(np.array([1.2e-218]), np.array([1.3e-218])) and alike(5e-324, 0.0)
    assert not alike(1e-100, 2e-100)
    assert alike(np.zeros((0, 3)), np.zeros((0, 3)))
    assert not alike(np.zeros((0, 3)), np.zeros((3, 0)))


def test_long_answers_are_cut_but_still_told_apart() -> None:
    long = np.ones(MAX_NUMBERS + 500)
    assert alike(long, long)
    other = long.copy()
    other[10] = 2
    assert not alike(long, other)


def test_huge_answers_cost_the_grader_no_memory() -> None:
    """A student may return half a gigabyte; recording it must not make four of it."""
    huge = np.zeros((20_000, 1_000), bool)
    tracemalloc.start()
    try:
        fingerprint = print_of(huge, huge[:, ::2])
        assert tracemalloc.get_traced_memory()[1] < 30 << 20  # 20 MB for the strided one
    finally:
        tracemalloc.stop()
    assert fingerprint.matches(print_of(huge.copy(), huge[:, ::2]))


def test_many_answers_cost_no_memory_either() -> None:
    """A training loop asks back thousands of times, and a class has many students."""
    batch = np.ones(1_000)
    transcript = Transcript()
    tracemalloc.start()
    try:
        for number in range(2_000):
            transcript.add("callback", number * batch)
        assert tracemalloc.get_traced_memory()[0] < 1 << 20  # all of it would be 16 MB
    finally:
        tracemalloc.stop()
    first = [number * batch for number in range(MAX_NUMBERS // 1_000)]
    numbers = print_of(*first, label="callback").numbers
    assert transcript.fingerprint().numbers == numbers


def test_what_was_recorded_does_not_change_with_the_array() -> None:
    array = np.ones(5)
    transcript = Transcript()
    transcript.add("f", array)
    array[:] = 7
    assert transcript.fingerprint().matches(print_of(np.ones(5), label="f"))


@settings(deadline=None, max_examples=60)
@given(
    hnp.arrays(np.float64, hnp.array_shapes(max_dims=3, max_side=6), elements=st.floats(-1e4, 1e4))
)
def test_what_is_written_to_a_manifest_still_matches(array: np.ndarray[Any, Any]) -> None:
    fingerprint = print_of(array, "text")
    data = json.loads(json.dumps(fingerprint.to_json(), allow_nan=False))
    assert Fingerprint.from_json(data).matches(fingerprint)
    assert fingerprint.matches(Fingerprint.from_json(data))
    assert all(map(math.isfinite, fingerprint.numbers)) and len(fingerprint.numbers) == 9
    assert print_of(array, "text") == fingerprint  # and the same again, to the bit
