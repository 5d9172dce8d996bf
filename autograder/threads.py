"""One thread for NumPy's matrix products, in the sandbox and in the grader alike.

The matrices of a course are small. Threads that share one such product mostly wait for each other,
and on a machine with other work they wait long: a training that takes a second takes a minute.
"""

from __future__ import annotations

import os

#: What the builds of NumPy (OpenBLAS, MKL, OpenMP) read, once, when they are loaded.
ONE_THREAD = {
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
}


def prefer_one_thread() -> None:
    """Use one thread in this process and its children, unless the user has said otherwise.

    To be called before NumPy is imported; later it changes nothing.
    """
    for name, count in ONE_THREAD.items():
        os.environ.setdefault(name, count)
