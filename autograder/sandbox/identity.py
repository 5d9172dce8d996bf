"""Never root: a worker of a root grader becomes nobody.

Root passes every permission check and most limits do not bind it, so a grader
that runs as root (a container, a CI machine) gives each worker the user id
65534 and no capability at all.

One exception. The interpreter may live in a folder that only root may enter
(pyenv in a home of mode 0700). A worker without rights could then not
import the standard library's remaining modules. Where Landlock confines what
can be opened, the worker keeps the single capability to pass such folders,
CAP_DAC_READ_SEARCH; Landlock decides the rest. Without Landlock it keeps
nothing, and only the modules that were loaded before are there.
"""

from __future__ import annotations

import contextlib
import os
import struct
import sys
from collections.abc import Iterable
from pathlib import Path

if sys.platform == "linux":
    from autograder.sandbox import linux

NOBODY = 65534
CAP_DAC_READ_SEARCH = 2
_LAST_CAPABILITY = 63
_CAPABILITY_VERSION_3 = 0x20080522


def is_root() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() == 0


def passable(paths: Iterable[str]) -> bool:
    """Whether a user without rights can reach and read all these files and folders."""
    for path in map(Path, paths):
        if not path.exists():
            continue
        if not path.stat().st_mode & 0o004:
            return False
        if not all(folder.stat().st_mode & 0o001 for folder in path.parents):
            return False
    return True


def holds_read_search() -> bool:
    """Whether this process has CAP_DAC_READ_SEARCH now (Linux: root, or given to a service)."""
    status = Path("/proc/self/status")
    for line in status.read_text().splitlines() if status.exists() else ():
        name, _, value = line.partition(":")
        if name == "CapEff":
            return bool(int(value, 16) >> CAP_DAC_READ_SEARCH & 1)
    return False


def become_nobody(keep_read_search: bool = False) -> None:
    """Give up root for good: user, groups and capabilities.

    Other users stay who they are, but lose capabilities that somebody gave them.
    """
    if sys.platform == "linux":
        for capability in range(_LAST_CAPABILITY + 1):
            # EINVAL: the kernel has no such capability; EPERM: we have no CAP_SETPCAP
            with contextlib.suppress(OSError):
                linux.prctl(linux.PR_CAPBSET_DROP, capability)
        if keep_read_search:
            linux.prctl(linux.PR_SET_KEEPCAPS, 1)
    if is_root():
        os.setgroups([])
        if hasattr(os, "setresgid"):
            os.setresgid(NOBODY, NOBODY, NOBODY)
            os.setresuid(NOBODY, NOBODY, NOBODY)
        else:  # macOS: from root these set the saved ids too
            os.setgid(NOBODY)
            os.setuid(NOBODY)
    if sys.platform == "linux":
        set_capabilities(1 << CAP_DAC_READ_SEARCH if keep_read_search else 0)


def set_capabilities(mask: int) -> None:
    """Hold exactly the capabilities of `mask`, and pass none on."""
    low, high = mask & 0xFFFFFFFF, mask >> 32
    header = struct.pack("=Ii", _CAPABILITY_VERSION_3, 0)
    data = struct.pack("=6I", low, low, 0, high, high, 0)  # effective, permitted, inheritable
    linux.capset(header, data)
    with contextlib.suppress(OSError):
        linux.prctl(linux.PR_CAP_AMBIENT, linux.PR_CAP_AMBIENT_CLEAR_ALL)
