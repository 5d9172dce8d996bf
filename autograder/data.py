"""The embedded dataset: 1,797 handwritten digits, split the same way for everybody.

Where the file comes from, what is in it and what it cannot show: datasets/digits/README.md.
Students may use this module in their experiments; the grader gives the same arrays to checks.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from autograder.errors import CourseError

__all__ = ["DIGITS_SHA256", "DIGITS_TRAIN", "Dataset", "load_dataset", "load_digits"]

DIGITS_SHA256 = "d4438d0c124a7c01148166957dd91b5043b97d7f7dde6b90ce5ad5b76b151d24"
DIGITS_TRAIN = 1437  # about 80%; the other 360 rows are the test set
_PIXEL_MAX = 16.0


@dataclass(frozen=True, eq=False)
class Dataset:
    """Images as rows and their labels. All arrays are read-only; copy them to change them.

    x_train, x_test : float64 (N, 64), ink between 0 and 1
    t_train, t_test : int64 (N,), the digit 0..9
    """

    x_train: NDArray[np.float64]
    t_train: NDArray[np.int64]
    x_test: NDArray[np.float64]
    t_test: NDArray[np.int64]
    name: str


def _digits_file() -> Path:
    package = Path(__file__).resolve().parent
    places = (package.parent / "datasets", package / "course_files" / "datasets")
    for place in places:
        path = place / "digits" / "digits.npz"
        if path.is_file():
            return path
    raise CourseError(
        f"The digits are missing: no digits/digits.npz in {' or '.join(map(str, places))}.",
        "Restore datasets/digits/digits.npz, or install the package again.",
    )


@cache
def load_digits() -> Dataset:
    """Return the digits on their canonical split: 1,437 training and 360 test images.

    The file is read once per process. Raises `CourseError` if it is missing or is not the file
    that the thresholds of the course were measured on.
    """
    path = _digits_file()
    content = path.read_bytes()
    if hashlib.sha256(content).hexdigest() != DIGITS_SHA256:
        raise CourseError(
            f"{path} is not the file this course was measured with (its sha256 differs).",
            "Restore it, for example with: git checkout -- datasets/digits/digits.npz",
        )
    with np.load(io.BytesIO(content), allow_pickle=False) as stored:
        images, labels, order = stored["images"], stored["labels"], stored["order"]
    x = images.reshape(len(images), -1)[order] / _PIXEL_MAX
    t = labels[order].astype(np.int64)
    for array in (x, t):
        array.setflags(write=False)
    cut = DIGITS_TRAIN
    return Dataset(x[:cut], t[:cut], x[cut:], t[cut:], "digits")


def load_dataset(name: str) -> Dataset:
    """Return the dataset that an assignment.toml names. Raises `CourseError` for an unknown one."""
    if name not in _LOADERS:
        raise CourseError(
            f"There is no dataset {name!r}.", f"Embedded datasets are: {', '.join(_LOADERS)}"
        )
    return _LOADERS[name]()


_LOADERS: dict[str, Callable[[], Dataset]] = {"digits": load_digits}
