"""What a worker may read: the standard library and numpy, and what these two need.

Not readable: our own package, pytest and everything else that is installed,
the course, the submissions, the rest of the disk. The standard library's
folder often *contains* site-packages, so it is given out child by child.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable

INSTALLED = frozenset({"site-packages", "dist-packages"})

#: Small system files that the standard library opens at run time.
SYSTEM_FILES = (
    "/etc/ld.so.cache",
    "/etc/localtime",
    "/usr/share/zoneinfo",
    "/dev/urandom",
)
NULL_DEVICE = "/dev/null"


def standard_library() -> list[str]:
    """The folders of the standard library: pure Python, then compiled modules."""
    folders = [os.path.dirname(os.path.realpath(os.__file__))]
    for entry in sys.path:
        if os.path.basename(entry) == "lib-dynload" and not _inside(entry, folders):
            folders.append(os.path.realpath(entry))
    return folders


def numpy_folders(parent: str) -> list[str]:
    """numpy and the libraries that its wheel brings along."""
    found = [os.path.join(parent, name) for name in ("numpy", "numpy.libs")]
    return [os.path.realpath(path) for path in found if os.path.isdir(path)]


def shared_libraries() -> list[str]:
    """Where compiled modules of the standard library find theirs (libz, libcrypto, ...).

    Folders that hold nothing but libraries are named as a whole; in those that
    hold packages as well (/usr/lib, lib of a conda environment) only the files
    `*.so*` themselves.
    """
    multiarch = getattr(sys.implementation, "_multiarch", "")
    found = []
    for base in ("/lib64", "/usr/lib64"):
        if os.path.isdir(base):
            found += _children(base, lambda name: not name.startswith("python"))
    if multiarch:
        found += [f"/lib/{multiarch}", f"/usr/lib/{multiarch}"]
    mixed = {"/lib", "/usr/lib", "/usr/local/lib", os.path.dirname(standard_library()[0])}
    for base in mixed:
        if os.path.isdir(base):
            found += _children(base, lambda name: ".so" in name)
    return sorted({os.path.realpath(path) for path in found if os.path.exists(path)})


def readable(numpy_parent: str) -> list[str]:
    """Everything that Landlock should let a worker read (a folder stands for all below it)."""
    found = [*numpy_folders(numpy_parent), *shared_libraries(), *SYSTEM_FILES]
    for folder in standard_library():
        found += _children(folder, lambda name: name not in INSTALLED)
    return found


def _children(folder: str, wanted: Callable[[str], bool]) -> list[str]:
    return [os.path.join(folder, name) for name in os.listdir(folder) if wanted(name)]


def _inside(path: str, folders: list[str]) -> bool:
    real = os.path.realpath(path)
    return any(real == folder or real.startswith(folder + os.sep) for folder in folders)
