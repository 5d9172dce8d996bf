"""What a dataset is to the course: images as rows, labels, one fixed split."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, eq=False)
class Dataset:
    """Images as rows and their labels. All arrays are read-only; copy them to change them.

    x_train, x_test : float64 (N, D), ink between 0 and 1; D is 64 (8 x 8) or 784 (28 x 28)
    t_train, t_test : int64 (N,), the digit 0..9
    """

    x_train: NDArray[np.float64]
    t_train: NDArray[np.int64]
    x_test: NDArray[np.float64]
    t_test: NDArray[np.int64]
    name: str


def split(x: NDArray[np.float64], t: NDArray[np.int64], cut: int, name: str) -> Dataset:
    """The first ``cut`` rows for training, the rest for testing; both become read-only."""
    for array in (x, t):
        array.setflags(write=False)
    return Dataset(x[:cut], t[:cut], x[cut:], t[cut:], name)
