"""Landlock: which files a worker may open. Everything that is not listed is refused by the kernel.

Landlock (Linux 5.13 and later) needs neither root nor a namespace. A ruleset
says which kinds of access it *handles*; a handled access is refused unless a
rule for the file, or for a folder above it, allows it. The versions ("ABI")
differ in what can be handled:

    1  files: execute, write, read, list, remove, make (13 rights)
    2  + moving files between folders
    3  + truncating
    4  + TCP bind and connect
    5  + ioctl on devices
    6  + signals and abstract unix sockets to processes outside the sandbox
    7  only logging flags; nothing new to handle

We handle all that the running kernel knows. It must be probed by the system
call: /sys/kernel/security/lsm may be missing although Landlock works.

Landlock does not govern metadata: stat(2) tells that a file exists and its
size. Listing and reading are refused.
"""

from __future__ import annotations

import errno
import os
import stat
import struct
from collections.abc import Iterable

from autograder.sandbox import linux

# The same numbers on every architecture.
CREATE_RULESET, ADD_RULE, RESTRICT_SELF = 444, 445, 446
ASK_VERSION = 1
RULE_PATH_BENEATH = 1

WRITE_FILE, READ_FILE, READ_DIR = 1 << 1, 1 << 2, 1 << 3
TRUNCATE = 1 << 14
_FILE_RIGHTS_OF_ABI = {1: 13, 2: 14, 3: 15, 4: 15, 5: 16}  # the lowest n bits; 5 and later: 16


def abi() -> int:
    """The version of the running kernel's Landlock; 0 where there is none."""
    try:
        return linux.syscall(CREATE_RULESET, None, 0, ASK_VERSION)
    except OSError:
        return 0


def handled(version: int) -> tuple[int, int, int]:
    """(file rights, network rights, scopes) that a kernel of this version can handle."""
    files = (1 << _FILE_RIGHTS_OF_ABI.get(version, 16)) - 1
    network = 0b11 if version >= 4 else 0
    scopes = 0b11 if version >= 6 else 0
    return files, network, scopes


def build_ruleset(readable: Iterable[str], writable: Iterable[str] = ()) -> int:
    """A ruleset (a file descriptor, closed on exec) that allows reading below `readable`,
    and reading and writing the files `writable`. Paths that do not exist are skipped.

    Building takes some hundred system calls, applying it one: the zygote
    builds once and every worker applies the same ruleset.
    """
    version = abi()
    if version < 1:
        raise OSError(errno.ENOSYS, "this kernel has no Landlock")
    files, network, scopes = handled(version)
    size = 8 if version < 4 else 16 if version < 6 else 24
    attributes = struct.pack("=QQQ", files, network, scopes)[:size]
    ruleset = linux.syscall(CREATE_RULESET, attributes, size, 0)
    try:
        for path in readable:
            _allow(ruleset, path, READ_FILE | READ_DIR)
        for path in writable:
            _allow(ruleset, path, (READ_FILE | WRITE_FILE | TRUNCATE) & files)
    except BaseException:
        os.close(ruleset)
        raise
    return ruleset


def _allow(ruleset: int, path: str, rights: int) -> None:
    try:
        fd = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except OSError:  # not there, or not for us: then nothing below it needs a rule
        return
    try:
        if not stat.S_ISDIR(os.fstat(fd).st_mode):
            rights &= ~READ_DIR  # the kernel refuses folder rights on a file
        linux.syscall(ADD_RULE, ruleset, RULE_PATH_BENEATH, struct.pack("=Qi", rights, fd), 0)
    finally:
        os.close(fd)


def restrict_self(ruleset: int) -> None:
    """Bind the calling thread, and all it will start, to the ruleset. There is no way back."""
    linux.syscall(RESTRICT_SELF, ruleset, 0)
