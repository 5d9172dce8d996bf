"""The embedded dataset: 1,797 handwritten digits, split the same way for everybody.

Where the file comes from, what is in it and what it cannot show: datasets/digits/README.md.
"""

from __future__ import annotations

import hashlib
import io
from functools import cache

import numpy as np
from numpy.typing import NDArray

from autograder.data.dataset import Dataset, split
from autograder.data.places import course_file
from autograder.errors import CourseError

DIGITS_SHA256 = "d4438d0c124a7c01148166957dd91b5043b97d7f7dde6b90ce5ad5b76b151d24"
DIGITS_TRAIN = 1437  # about 80%; the other 360 rows are the test set
PIXEL_MAX = 16


@cache
def load_digits(size: int = 8) -> Dataset:
    """Return the digits on their canonical split: 1,437 training and 360 test images.

    ``size=8`` gives rows of 64 numbers; ``size=28`` gives MNIST's shape, rows of 784: the same
    images with each pixel repeated 3 x 3 and a margin of 2, so that code for MNIST runs on them.

    The file is read once per process. Raises `CourseError` if it is missing or is not the file
    that the thresholds of the course were measured on, ValueError for another size.
    """
    if size not in (8, 28):
        raise ValueError(f"the digits come in size 8 and in size 28, not {size!r}")
    images, labels = stored_digits()
    if size == 28:
        images = enlarged(images)
    x = images.reshape(len(images), -1) / float(PIXEL_MAX)
    name = "digits" if size == 8 else "digits28"
    return split(x, labels.astype(np.int64), DIGITS_TRAIN, name)


def stored_digits() -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    """Images (1797, 8, 8) of 0..16 and labels (1797,), in canonical order."""
    path = course_file("digits/digits.npz")
    content = path.read_bytes()
    if hashlib.sha256(content).hexdigest() != DIGITS_SHA256:
        raise CourseError(
            f"{path} is not the file this course was measured with (its sha256 differs).",
            "Restore it, for example with: git checkout -- datasets/digits/digits.npz",
        )
    with np.load(io.BytesIO(content), allow_pickle=False) as stored:
        order = stored["order"]
        return stored["images"][order], stored["labels"][order]


def enlarged(images: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """8 x 8 images in MNIST's 28 x 28: 24 x 24 by repetition, and a margin of 2."""
    return np.pad(images.repeat(3, axis=1).repeat(3, axis=2), ((0, 0), (2, 2), (2, 2)))
