"""MNIST: from four IDX files in a folder to arrays.

Nothing here falls back to other data: who asks for MNIST gets MNIST, or an error that says how to
get it. The files are not part of the course (datasets/mnist/README.md); `grade data fetch mnist`
brings them, and any folder that holds them will do.
"""

from __future__ import annotations

import hashlib
import warnings
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from autograder.data.dataset import Dataset, split
from autograder.data.digits import DIGITS_TRAIN, PIXEL_MAX, enlarged, stored_digits
from autograder.data.idx import read_idx, to_idx
from autograder.data.places import VARIABLE, course_file, data_folder
from autograder.data.registry import read_registry
from autograder.errors import CourseError

CLASSES = 10
TEST_IMAGES = 10_000
TEST_TRAIN = 8_000  # of the 10,000, where only the test files are at hand
_NAMES = {
    part: (f"{part}-images-idx3-ubyte", f"{part}-labels-idx1-ubyte") for part in ("train", "t10k")
}

Images = NDArray[np.uint8]
Pair = tuple[Any, Any]


def find_mnist() -> Path | None:
    """The folder that holds at least MNIST's test files: mnist/ in the data folder, or that
    folder itself. None if there is none."""
    for folder in (data_folder() / "mnist", data_folder()):
        if has_part(folder, "t10k"):
            return folder
    return None


def has_part(folder: Path, part: str) -> bool:
    """Whether images and labels of "train" or "t10k" are there, packed or not."""
    return all(_locate(folder, name) is not None for name in _NAMES[part])


def load_idx(folder: Path | str) -> Dataset:
    """Read MNIST (or data in its form) from the IDX files of a folder, each with .gz or without.

    With all four files: the 60,000 training and 10,000 test images (about 440 MB of float64).
    With only the 10,000 of the test files (t10k-...): their canonical split, first 8,000 for
    training and last 2,000 for testing after a fixed permutation.

    Raises `CourseError` naming the file that is missing or damaged.
    """
    train, test, name = _read(Path(folder))
    x = np.concatenate([train[0], test[0]]).reshape(len(train[0]) + len(test[0]), -1) / 255.0
    t = np.concatenate([train[1], test[1]]).astype(np.int64)
    return split(x, t, len(train[0]), name)


def load_mnist8k() -> Dataset:
    """The 10,000 MNIST test images on their canonical split, for checks with thresholds.

    Raises `CourseError` if the files were not fetched, or are not those that the thresholds were
    measured on.
    """
    return _mnist8k(_fetched())


@lru_cache(maxsize=2)
def _mnist8k(folder: Path) -> Dataset:
    images, labels = _pair(folder, "t10k")
    known = {file.stem: file.unpacked_sha256 for file in read_registry("mnist").files}
    for name, array in zip(_NAMES["t10k"], (images, labels), strict=True):
        if hashlib.sha256(to_idx(array)).hexdigest() != known[name]:
            raise CourseError(
                f"{_locate(folder, name)} is not the file of MNIST (its content differs).",
                "Fetch it again: grade data fetch mnist",
            )
    order = canonical_order()
    x = images.reshape(TEST_IMAGES, -1)[order] / 255.0
    return split(x, labels[order].astype(np.int64), TEST_TRAIN, "mnist8k")


def load_mnist(
    normalize: bool = True,
    flatten: bool = True,
    one_hot_label: bool = False,
    *,
    source: str = "mnist",
) -> tuple[Pair, Pair]:
    """MNIST as the book loads it: ``(x_train, t_train), (x_test, t_test) = load_mnist()``.

    Parameters
    ----------
    normalize : True gives float32 between 0 and 1, False uint8 from 0 to 255
    flatten : True gives rows (N, 784), False images (N, 1, 28, 28)
    one_hot_label : False gives labels (N,) int64, True rows (N, 10) float64
    source : "mnist", or "digits" for the 1,797 embedded digits in MNIST's shape

    Raises
    ------
    CourseError
        If MNIST was not fetched. Other data is only ever returned when asked for by name.

    With only MNIST's test files at hand these are split 8,000 / 2,000, and a warning says so.
    """
    if source == "digits":
        train, test = _digits_like_mnist()
    elif source == "mnist":
        folder = _fetched()
        train, test, name = _read(folder)
        if name != "mnist":
            warnings.warn(
                f"{folder} holds only MNIST's 10,000 test images: "
                "they are split into 8,000 for training and 2,000 for testing",
                stacklevel=2,
            )
    else:
        raise ValueError(f'source must be "mnist" or "digits", not {source!r}')

    def prepared(pair: tuple[Images, Images]) -> Pair:
        images, labels = pair
        x: NDArray[Any] = images[:, None, :, :]
        if flatten:
            x = x.reshape(len(x), -1)
        if normalize:
            x = x.astype(np.float32)
            x /= 255.0
        t: NDArray[Any] = labels.astype(np.int64)
        return (x if normalize else x.copy()), (np.eye(CLASSES)[t] if one_hot_label else t)

    return prepared(train), prepared(test)


def canonical_order() -> NDArray[np.uint16]:
    """A fixed permutation of the 10,000 test images: ``default_rng(0).permutation(10000)``.

    Stored, because NumPy does not promise the same stream in all future versions.
    """
    order: NDArray[np.uint16] = np.load(course_file("mnist/order.npy"), allow_pickle=False)
    return order


# ------------------------------------------------------------------------------ reading files


def _fetched() -> Path:
    folder = find_mnist()
    if folder is None:
        raise CourseError(
            f"MNIST is not on this computer (looked in {data_folder() / 'mnist'}). "
            "Get it with: grade data fetch mnist\n"
            'Or take the digits that came with the course: load_mnist(source="digits")',
            f"Files that you have already: grade data fetch mnist --from FOLDER, or {VARIABLE}.",
        )
    return folder


def _read(folder: Path) -> tuple[tuple[Images, Images], tuple[Images, Images], str]:
    """Training pair, test pair (uint8) and the name of the split."""
    images, labels = _pair(folder, "t10k")
    if any(_locate(folder, name) for name in _NAMES["train"]):
        return _pair(folder, "train"), (images, labels), "mnist"
    if len(images) != TEST_IMAGES:
        raise CourseError(
            f"{folder} holds no training files, and its test files hold {len(images):,} images: "
            f"only MNIST's {TEST_IMAGES:,} have a canonical split.",
            f"Add {_NAMES['train'][0]}.gz and {_NAMES['train'][1]}.gz.",
        )
    order = canonical_order()
    first, last = order[:TEST_TRAIN], order[TEST_TRAIN:]
    return (images[first], labels[first]), (images[last], labels[last]), "mnist8k"


def _pair(folder: Path, part: str) -> tuple[Images, Images]:
    paths = []
    for name in _NAMES[part]:
        found = _locate(folder, name)
        if found is None:
            raise CourseError(
                f"{folder} holds neither {name} nor {name}.gz.",
                "Fetch it: grade data fetch mnist",
            )
        paths.append(found)
    images, labels = read_idx(paths[0], 3), read_idx(paths[1], 1)
    if images.shape[1:] != (28, 28):
        raise CourseError(
            f"{paths[0]} holds images of {images.shape[1]} x {images.shape[2]}, not of 28 x 28."
        )
    if len(images) != len(labels):
        raise CourseError(
            f"{paths[0]} holds {len(images):,} images, but {paths[1].name} {len(labels):,} labels."
        )
    if labels.max() >= CLASSES:
        raise CourseError(f"{paths[1]} holds the label {labels.max()}; a digit is 0 to 9.")
    return images, labels


def _locate(folder: Path, name: str) -> Path | None:
    for candidate in (folder / f"{name}.gz", folder / name):
        if candidate.is_file():
            return candidate
    return None


def _digits_like_mnist() -> tuple[tuple[Images, Images], tuple[Images, Images]]:
    images, labels = stored_digits()
    ink = enlarged(np.rint(images * (255 / PIXEL_MAX)).astype(np.uint8))
    cut = DIGITS_TRAIN
    return (ink[:cut], labels[:cut]), (ink[cut:], labels[cut:])
