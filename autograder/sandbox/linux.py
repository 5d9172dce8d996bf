"""The few Linux calls that Python has no name for, through ctypes.

No library is used for Landlock and seccomp: the ones on PyPI are either a
single early release, or leave TCP or signals open by default, or need
libseccomp installed. What we need is a dozen calls that never change (the
kernel promises its system call numbers), so they are made here directly and
tested hard in tests/test_sandbox.py.

Everything raises OSError with the kernel's errno; nothing here decides policy.
"""

from __future__ import annotations

import ctypes
import os

PR_SET_PDEATHSIG = 1
PR_SET_DUMPABLE = 4
PR_SET_KEEPCAPS = 8
PR_SET_SECCOMP = 22
PR_CAPBSET_DROP = 24
PR_SET_CHILD_SUBREAPER = 36
PR_SET_NO_NEW_PRIVS = 38
PR_CAP_AMBIENT = 47
PR_CAP_AMBIENT_CLEAR_ALL = 4

_libc = ctypes.CDLL(None, use_errno=True)


def _checked(result: int, what: str) -> int:
    if result < 0:
        number = ctypes.get_errno()
        raise OSError(number, f"{what}: {os.strerror(number)}")
    return result


def prctl(option: int, *arguments: int) -> int:
    """prctl(2). Unused arguments are passed as zero, which some options insist on."""
    values = [ctypes.c_ulong(a) for a in (*arguments, 0, 0, 0, 0)[:4]]
    return _checked(_libc.prctl(ctypes.c_int(option), *values), f"prctl {option}")


def syscall(number: int, *arguments: int | bytes | None) -> int:
    """The raw system call `number`. bytes are passed as a pointer to a copy."""
    keep = []  # the buffers must outlive the call
    values: list[ctypes.c_long | ctypes.c_void_p] = []
    for argument in arguments:
        if isinstance(argument, bytes):
            buffer = ctypes.create_string_buffer(argument, len(argument))
            keep.append(buffer)
            values.append(ctypes.cast(buffer, ctypes.c_void_p))
        else:
            values.append(ctypes.c_void_p() if argument is None else ctypes.c_long(argument))
    return _checked(int(_libc.syscall(ctypes.c_long(number), *values)), f"system call {number}")


def address_of(data: bytes) -> tuple[int, object]:
    """A stable address holding `data`, and the object that keeps it alive."""
    buffer = ctypes.create_string_buffer(data, len(data))
    return ctypes.addressof(buffer), buffer


def capset(header: bytes, data: bytes) -> int:
    """capset(2) through libc, because its system call number differs between processors."""
    return _checked(_libc.capset(header, data), "capset")


def no_new_privileges() -> None:
    """From now on no set-uid program can raise privileges. Landlock and seccomp require it."""
    prctl(PR_SET_NO_NEW_PRIVS, 1)


def die_with_parent(parent: int) -> None:
    """SIGKILL this process when its parent dies. To be called after the last change of user:
    the kernel forgets the request when the credentials change."""
    prctl(PR_SET_PDEATHSIG, 9)
    if os.getppid() != parent:  # it died while we were asking
        os._exit(1)


def make_undumpable() -> None:
    """Close /proc/<pid>/{mem,environ,fd,maps} and ptrace of this process to equals."""
    prctl(PR_SET_DUMPABLE, 0)
