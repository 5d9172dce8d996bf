"""Datasets: the digits that come with the course, and MNIST once it was fetched.

    from autograder.data import load_digits, load_mnist

Students may use these in their experiments; the grader gives the same arrays to checks, by the
name that assignment.toml states (`load_dataset`). Nothing falls back to another dataset.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from autograder.data.dataset import Dataset
from autograder.data.digits import DIGITS_SHA256, DIGITS_TRAIN, load_digits
from autograder.data.mnist import load_idx, load_mnist, load_mnist8k
from autograder.errors import CourseError

__all__ = [
    "DATASETS",
    "DIGITS_SHA256",
    "DIGITS_TRAIN",
    "Dataset",
    "load_dataset",
    "load_digits",
    "load_idx",
    "load_mnist",
]

#: What assignment.toml may name. Thresholds were measured on these exact splits.
DATASETS: Mapping[str, Callable[[], Dataset]] = {
    "digits": load_digits,
    "digits28": lambda: load_digits(28),
    "mnist8k": load_mnist8k,
}


def load_dataset(name: str | None) -> Dataset:
    """Return the dataset that an assignment.toml names.

    Raises `CourseError` for an unknown name, and for MNIST where it was not fetched.
    """
    if name is None or name not in DATASETS:
        what = "no dataset" if name is None else f"the unknown dataset {name!r}"
        raise CourseError(
            f"The assignment names {what}.", f"assignment.toml may say: {', '.join(DATASETS)}"
        )
    return DATASETS[name]()
