"""Wrong and right variants of a solution, declared beside the task.

    @misconception("You test the sign of dout, but ...", ko="...", killed_by="test_x", hint="gate")
    def mask_from_dout(student):
        student.Relu.backward = lambda self, dout: np.where(dout > 0, dout, 0)

A variant gets the module of the finished solution and changes it. Its name is its id.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

Change = Callable[[Any], None]


@dataclass(frozen=True)
class Misconception:
    """A mistake that people really make; ``killed_by`` names a check that must fail on it."""

    id: str
    sentence: str
    sentence_ko: str
    killed_by: str
    hint: str | None
    apply: Change


@dataclass(frozen=True)
class Alternative:
    """A right solution that looks different; ``why`` says how. ``alone``: see alternative()."""

    id: str
    why: str
    alone: bool
    apply: Change


def misconception(
    sentence: str, *, ko: str, killed_by: str, hint: str | None = None
) -> Callable[[Change], Misconception]:
    """Declare a wrong variant: what a tutor would say (English, Korean), its check, its hint."""
    return lambda change: Misconception(change.__name__, sentence, ko, killed_by, hint, change)


def alternative(why: str, *, alone: bool = False) -> Callable[[Change], Alternative]:
    """Declare a right variant that must get full marks, also in the tasks that build on it.

    ``alone=True``: in its own task only. That is for single precision, which is right where it
    stands but too coarse for the numerical gradient of a network made of it.
    """
    return lambda change: Alternative(change.__name__, why, alone, change)
