"""The assertions that checks are made of: categories, tolerances, messages."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder import authoring
from autograder.authoring import (
    Alternative,
    CheckFailure,
    Misconception,
    accuracy,
    alternative,
    assert_between,
    assert_close,
    assert_gradient,
    assert_shape,
    away_from_zero,
    misconception,
    numerical_gradient,
    relative_error,
    require,
    unchanged,
)


def failure(category: str, words: str) -> Any:
    """The block must raise a CheckFailure of this category whose message holds these words."""

    class Expected:
        def __enter__(self) -> None: ...

        def __exit__(self, kind: object, error: BaseException | None, _: object) -> bool:
            assert isinstance(error, CheckFailure), f"nothing or the wrong thing: {error!r}"
            assert error.category == category
            assert words in error.message == str(error)
            return True

    return Expected()


def test_all_is_exported_and_documented() -> None:
    for name in authoring.__all__:
        assert getattr(authoring, name).__doc__, name


def test_values_that_are_close_pass() -> None:
    assert_close(np.array([1.0, 2.0]), [1, 2])
    assert_close(np.array([1, 2]), [1.0, 2.0])
    assert_close(np.array([True, False]), [1, 0])
    assert_close(3, 3.0)
    assert_close(np.float32(0.1), 0.1)
    assert_close(np.array(3.0), 3)  # 0-d for a number
    assert_close(1 + 1e-8, 1)
    assert_close(np.zeros((0, 3)), np.zeros((0, 3)))
    assert_close(np.array([1e-10]), [0.0])


@pytest.mark.parametrize(
    ("actual", "expected", "category", "words"),
    [
        (np.array([1.0, 2.5]), [1, 2], "wrong_value", "y at index [1]: expected 2, got 2.5"),
        (np.array([1.0, 2.5]), [1, 2], "wrong_value", "(1 of 2 values differ)"),
        (np.array([[1.0, 9], [5, 2]]), np.ones((2, 2)), "wrong_value", "y at index [0, 1]"),
        (np.array([1 + 1e-6]), [1], "wrong_value", "expected 1, got 1.000001"),
        (2.5, 2, "wrong_value", "y: expected 2, got 2.5"),
        (np.array(2.5), 2, "wrong_value", "expected 2"),
        (np.ones(3), np.ones(2), "wrong_shape", "y has shape (3,), expected (2,)"),
        (np.ones((2, 1)), np.ones(2), "wrong_shape", "shape (2, 1), expected (2,)"),
        (np.ones(1), 1, "wrong_shape", "expected () (a single number)"),
        (np.float64(1), np.ones(1), "wrong_shape", "has shape ()"),
        ([1.0], [1.0], "wrong_type", "y is a list, expected a NumPy array"),
        (1.0, np.ones(1), "wrong_type", "y is a float, expected a NumPy array"),
        (None, 1, "wrong_type", "y is None, expected a number (is a `return` missing?)"),
        ("1", 1, "wrong_type", "y is a str, expected a number"),
        (np.array(["1"]), [1], "wrong_type", "y has dtype <U1, expected real numbers"),
        (np.array([1j]), [1], "wrong_type", "complex128"),
        (np.array([None]), [1], "wrong_type", "object"),
        (np.array([1, np.nan]), [1, 1], "not_finite", "y is nan at index [1]"),
        (np.array([np.inf, 1]), [1, 1], "not_finite", "y is inf at index [0]"),
        (float("-inf"), 1, "not_finite", "y is -inf, expected a finite number"),
    ],
)
def test_each_thing_that_can_be_wrong(
    actual: object, expected: object, category: str, words: str
) -> None:
    with failure(category, words):
        assert_close(actual, expected, "y")


def test_the_worst_element_is_named() -> None:
    wrong = np.array([1.1, 5.0, 1.2])
    with failure("wrong_value", "index [1]: expected 1, got 5 (3 of 3 values differ)"):
        assert_close(wrong, np.ones(3))


def test_float32_gets_the_tolerance_of_its_rounding() -> None:
    third = np.full(4, 1 / 3)
    assert_close(third.astype(np.float32) * np.float32(3), np.ones(4), rtol=1e-12)
    assert_close(third.astype(np.float32), third)
    with failure("wrong_value", "expected 0.33333333, got 0.33325195"):
        assert_close(third.astype(np.float16), third)
    with failure("wrong_value", "got 1.001"):
        assert_close(np.float32(1.001), 1.0)
    with failure("wrong_value", "got 1.000001"):
        assert_close(np.float64(1.000001), 1.0)  # no such mercy for float64


def test_tolerances_can_be_chosen_and_mistakes_suggested() -> None:
    assert_close(1.05, 1.0, rtol=0.1)
    assert_close(0.5, 0.0, atol=1)
    with pytest.raises(CheckFailure) as caught:
        assert_close(2.0, 1.0, suggests="twice")
    assert caught.value.suggests == "twice"


def test_huge_integers_are_compared_without_overflow() -> None:
    assert_close(np.array([2**63], np.uint64), [2.0**63])
    with failure("wrong_value", "expected -1"):
        assert_close(np.array([2**64 - 1], np.uint64), [-1.0])


@given(st.floats(-1e6, 1e6), st.floats(1e-3, 10))
def test_closeness_is_what_it_says(value: float, off: float) -> None:
    assert_close(value, value)
    with pytest.raises(CheckFailure):
        assert_close(value + off, value, rtol=0, atol=off / 2)
    assert_close(value + off, value, rtol=0, atol=off * 2)


def test_shapes() -> None:
    assert_shape(np.ones((2, 3)), (2, 3))
    assert_shape(np.nan, ())
    with failure("wrong_shape", "W has shape (2, 3), expected (3, 2)"):
        assert_shape(np.ones((2, 3)), (3, 2), "W")
    with failure("wrong_type", "W is a tuple"):
        assert_shape((1, 2), (2,), "W")


def test_between() -> None:
    assert_between(0.5, 0, 1)
    assert_between(np.array(1), 0, 1)
    with failure("wrong_value", "the loss is 2, expected between 0 and 1"):
        assert_between(2, 0, 1, "the loss")
    with failure("wrong_value", "is 2, expected at least 3"):
        assert_between(2, 3, float("inf"))
    with failure("wrong_value", "is 2, expected at most 1"):
        assert_between(2, float("-inf"), 1)
    with failure("not_finite", "is nan"):
        assert_between(float("nan"), 0, 1)
    with failure("wrong_shape", "shape (1,)"):
        assert_between(np.ones(1), 0, 1)
    with failure("wrong_type", "is None"):
        assert_between(None, 0, 1)


def test_unchanged() -> None:
    x = np.arange(4.0)
    with unchanged("x", x):
        x + 1
    with failure("mutated_input", "x was changed in place"), unchanged("x", x):
        x[2] = 7
    with pytest.raises(ZeroDivisionError), unchanged("x", x):
        x[0] = 1 / 0
    signed = np.zeros(1)
    with failure("mutated_input", "x"), unchanged("x", signed):
        signed *= -1  # -0.0 is not what was handed in


def test_require() -> None:
    require([1], "never shown")
    with failure("wrong_shape", "words"):
        require([], "words", category="wrong_shape")
    with pytest.raises(AssertionError, match="nonsense"):
        CheckFailure("message", "nonsense")


def test_accuracy() -> None:
    labels = np.array([0, 1, 2, 1])
    assert accuracy(labels, labels) == 1.0
    assert accuracy(np.array([0, 1, 2, 2]), labels) == 0.75
    assert accuracy(np.eye(3)[labels], labels) == 1.0
    with failure("wrong_shape", "have shape (3,) for 4 samples"):
        accuracy(labels[:3], labels, "they")
    with failure("wrong_shape", "shape (4, 1, 1)"):
        accuracy(np.zeros((4, 1, 1)), labels)
    with failure("wrong_shape", "shape ()"):
        accuracy(np.float64(1), labels)
    with failure("wrong_type", "list"):
        accuracy([0, 1, 2, 1], labels)
    with failure("not_finite", "nan"):
        accuracy(np.full((4, 3), np.nan), labels)


# -- gradients ------------------------------------------------------------------------------------


def test_numerical_gradient_of_known_functions() -> None:
    x = np.array([[1.0, -2.0], [0.5, 3.0]])
    kept = x.tobytes()
    found = numerical_gradient(lambda: (x**3).sum(), x)
    assert np.allclose(found, 3 * x**2, rtol=1e-8)
    assert x.tobytes() == kept  # restored to the bit
    scalar = np.array(2.0)
    assert np.allclose(numerical_gradient(lambda: np.sin(scalar), scalar), np.cos(2.0))
    assert numerical_gradient(lambda: 1.0, np.zeros((0, 2))).shape == (0, 2)


def test_relative_error() -> None:
    assert relative_error(np.zeros(3), np.zeros(3)) == 0.0
    assert relative_error([1.0, 2], [1.0, 2]) == 0.0
    assert relative_error(1.0, -1.0) == 1.0
    assert relative_error(3.0, 1.0) == 0.5
    a, n = np.array([1.0, 2]), np.array([2.0, 2])
    assert relative_error(a, n) == relative_error(n, a) == relative_error(1e9 * a, 1e9 * n)


def test_assert_gradient() -> None:
    x = np.array([[1.0, 2.0, 3.0]])

    def loss() -> Any:
        return (x**2).sum()

    assert_gradient(2 * x, loss, x)
    assert_gradient((2 * x).astype(np.float32), loss, x)
    wrong = 2 * x
    wrong[0, 1] = 9.0
    words = "furthest off at index [0, 1]: numerical 4, yours 9"
    with failure("gradient", words):
        assert_gradient(wrong, loss, x, "dx")
    with pytest.raises(CheckFailure) as caught:
        assert_gradient(-2 * x, loss, x, "dx", suggests="sign")
    assert caught.value.suggests == "sign" and "relative error 1.0e+00" in caught.value.message
    assert "gradient check of dx" in caught.value.message and "limit 1e-06" in caught.value.message
    with failure("wrong_shape", "dx has shape (3,)"):
        assert_gradient(x[0], loss, x, "dx")
    with failure("wrong_type", "is None"):
        assert_gradient(None, loss, x, "dx")
    with failure("not_finite", "nan"):
        assert_gradient(x * np.nan, loss, x, "dx")
    assert_gradient(np.zeros((1, 3)), lambda: 4.0, x)


def test_the_limit_has_room_on_both_sides() -> None:
    """As the module says: right gradients stay far below it, a missing 1/N far above."""
    rng = np.random.default_rng(0)
    x = rng.standard_normal((4, 3))

    def loss() -> Any:
        return np.log1p(np.exp(x)).mean()

    right = 1 / (1 + np.exp(-x)) / x.size
    assert relative_error(right, numerical_gradient(loss, x)) < 1e-8
    with pytest.raises(CheckFailure):
        assert_gradient(right * x.size, loss, x)
    with pytest.raises(CheckFailure):
        assert_gradient(right * 1.00001, loss, x)


@given(st.integers(0, 2**32 - 1))
def test_away_from_zero(seed: int) -> None:
    x = away_from_zero(np.random.default_rng(seed), (5, 7), 0.05)
    assert x.shape == (5, 7) and np.abs(x).min() >= 0.05
    assert (x > 0).any() and (x < 0).any()


# -- variants -------------------------------------------------------------------------------------


def test_variants_are_declared_by_decorators() -> None:
    @misconception("wrong", ko="틀림", killed_by="test_a", hint="way")
    def mistake(student: Any) -> None:
        student.f = None

    @alternative("loops", alone=True)
    def loops(student: Any) -> None:
        student.f = len

    assert isinstance(mistake, Misconception) and isinstance(loops, Alternative)
    assert (mistake.id, mistake.sentence, mistake.sentence_ko) == ("mistake", "wrong", "틀림")
    assert (mistake.killed_by, mistake.hint) == ("test_a", "way")
    assert (loops.id, loops.why, loops.alone) == ("loops", "loops", True)
    module = type("Module", (), {})()
    loops.apply(module)
    assert module.f is len
