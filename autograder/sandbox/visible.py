"""What a worker may read: the standard library and numpy, and what these two need.

Not readable: our own package, pytest and everything else that is installed,
the course, the submissions, the rest of the disk. The standard library's
folder often *contains* site-packages, so it is given out child by child.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

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
    folders = [Path(os.__file__).resolve().parent]
    for entry in map(Path, sys.path):
        if entry.name == "lib-dynload" and folders[0] not in entry.resolve().parents:
            folders.append(entry.resolve())
    return list(map(str, folders))


def numpy_folders(parent: str) -> list[str]:
    """numpy and the libraries that its wheel brings along."""
    found = [Path(parent, name) for name in ("numpy", "numpy.libs")]
    return [str(path.resolve()) for path in found if path.is_dir()]


def shared_libraries() -> list[str]:
    """Where compiled modules of the standard library find theirs (libz, libcrypto, ...).

    Folders that hold nothing but libraries are named as a whole; in those that
    hold packages as well (/usr/lib, lib of a conda environment) only the files
    `*.so*` themselves.
    """
    multiarch = getattr(sys.implementation, "_multiarch", "")
    found = []
    for base in ("/lib64", "/usr/lib64"):
        found += _children(base, lambda name: not name.startswith("python"))
    if multiarch:
        found += [Path("/lib", multiarch), Path("/usr/lib", multiarch)]
    for base in ("/lib", "/usr/lib", "/usr/local/lib", str(Path(standard_library()[0]).parent)):
        found += _children(base, lambda name: ".so" in name)
    return sorted({str(path.resolve()) for path in found if path.exists()})


def readable(numpy_parent: str) -> list[str]:
    """Everything that Landlock should let a worker read (a folder stands for all below it)."""
    found = [*numpy_folders(numpy_parent), *shared_libraries(), *SYSTEM_FILES]
    for folder in standard_library():
        found += map(str, _children(folder, lambda name: name not in INSTALLED))
    return found


def _children(folder: str, wanted: Callable[[str], bool]) -> list[Path]:
    if not Path(folder).is_dir():
        return []
    return [path for path in Path(folder).iterdir() if wanted(path.name)]
