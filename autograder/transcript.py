"""What a piece of code returned during one check, reduced to something that can be compared.

Diagnosis recognises a mistake by its output: if the student's code answered a check exactly as a
known wrong implementation does, it most likely contains that mistake. A :class:`Transcript`
collects every answer; its :class:`Fingerprint` is small enough to be shipped to students in place
of the wrong implementations themselves.
"""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

PROJECTIONS = 8
MAX_NUMBERS = 20_000
#: Two computations of the same formula, one of them in float32, differ by less.
TOLERANCE = 1e-5


@functools.cache
def _directions() -> np.ndarray[Any, Any]:
    """Fixed pseudo-random directions, (MAX_NUMBERS, PROJECTIONS).

    From a formula, because NumPy does not promise the same random numbers in every release and
    fingerprints are made on one machine and compared on another.
    """
    index = np.arange(1, MAX_NUMBERS + 1)[:, None]
    roots = np.sqrt(np.array([2, 3, 5, 7, 11, 13, 17, 19]))
    directions: np.ndarray[Any, Any] = np.cos(2 * np.pi * np.mod(index * roots, 1.0))
    return directions


@dataclass(frozen=True)
class Fingerprint:
    """``structure``: hash of names, types, shapes and exceptions. ``numbers``: the norm of all
    numbers, then their projections onto fixed random directions."""

    structure: str
    numbers: tuple[float, ...]

    def matches(self, other: Fingerprint) -> bool:
        """Equal structure, and numbers equal up to rounding of the computation."""
        if self.structure != other.structure:
            return False
        # Below 1e-154 the squares in the norm vanish: numbers that small are all the same here.
        scale = max(self.numbers[0], other.numbers[0], 1e-140)
        return all(
            abs(a - b) <= TOLERANCE * scale
            for a, b in zip(self.numbers, other.numbers, strict=True)
        )

    def to_json(self) -> list[Any]:
        """``[structure, number, ...]``, numbers with nine significant digits."""
        return [self.structure, *(float(f"{number:.9g}") for number in self.numbers)]

    @classmethod
    def from_json(cls, data: list[Any]) -> Fingerprint:
        return cls(str(data[0]), tuple(float(number) for number in data[1:]))


class Transcript:
    """Answers in the order in which they came."""

    def __init__(self) -> None:
        self._structure = hashlib.blake2b(digest_size=8)
        self._numbers: list[np.ndarray[Any, Any]] = []
        self._room = MAX_NUMBERS  # a training loop answers with far more than anybody looks at
        self._count = 0

    @property
    def empty(self) -> bool:
        """True while nothing but the start of the check has been recorded."""
        return self._count == 0

    def add(self, label: str, value: object = None) -> None:
        """Record one answer under the name of the call it answers."""
        self._count += 1
        self._mark(label)
        self._add(value)

    def _mark(self, text: str) -> None:
        self._structure.update(text.encode("utf-8", "replace") + b"\0")

    def _add(self, value: object) -> None:
        if (
            isinstance(value, (bool, int, float, np.ndarray, np.generic))
            and np.asarray(value).dtype.kind in "biuf"
        ):
            array = np.asarray(value)
            self._mark(f"number{array.shape}")
            # Cut first: half a gigabyte of booleans would become four of float64.
            self._numbers.append(array.reshape(-1)[: self._room].astype(np.float64))
            self._room -= len(self._numbers[-1])
        elif isinstance(value, (list, tuple)):
            self._mark(f"{type(value).__name__}{len(value)}")
            for item in value:
                self._add(item)
        elif isinstance(value, Mapping):
            self._mark(f"dict{len(value)}")
            for key in sorted(value, key=str):
                self._mark(str(key))
                self._add(value[key])
        elif isinstance(value, str):
            self._mark(f"text {value}")
        else:
            self._mark(type(value).__name__)

    def fingerprint(self) -> Fingerprint:
        """The transcript so far."""
        numbers = np.concatenate([np.zeros(0), *self._numbers])
        # Huge and non-finite numbers are brought into a range in which projections mean something.
        numbers = np.nan_to_num(numbers, nan=1234.5, posinf=1e6, neginf=-1e6)
        numbers = np.clip(numbers, -1e6, 1e6)
        projections = numbers @ _directions()[: len(numbers)]
        values = (float(np.linalg.norm(numbers)), *(float(p) for p in projections))
        return Fingerprint(self._structure.hexdigest(), values)
