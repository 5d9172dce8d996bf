"""Everything that a checks.py or a variants.py may use."""

from autograder.authoring.asserts import (
    CheckFailure,
    accuracy,
    assert_between,
    assert_close,
    assert_shape,
    require,
    unchanged,
)
from autograder.authoring.gradients import (
    assert_gradient,
    away_from_zero,
    numerical_gradient,
    relative_error,
)
from autograder.authoring.variants import Alternative, Misconception, alternative, misconception

__all__ = [
    "Alternative",
    "CheckFailure",
    "Misconception",
    "accuracy",
    "alternative",
    "assert_between",
    "assert_close",
    "assert_gradient",
    "assert_shape",
    "away_from_zero",
    "misconception",
    "numerical_gradient",
    "relative_error",
    "require",
    "unchanged",
]
