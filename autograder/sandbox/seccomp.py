"""seccomp: which system calls a worker may make. An allow-list, as a BPF program of our own.

Computing needs few calls: memory, reading files, the two pipes, clocks, its
own signals. Whatever is not on the list answers EPERM, so that Python raises
an ordinary PermissionError which the student can read. Not on the list, among
others: fork, clone, exec, kill, ptrace, socket, every call that writes to the
file system, and io_uring and user namespaces, where most kernel bugs were.

Four calls get a closer look:
    ioctl      answers ENOTTY: open() asks whether the file is a terminal
    clone3     answers ENOSYS: libc then falls back to clone, which is refused
    prlimit64  on this process only (pid 0)
    fcntl      without F_SETOWN and F_SETSIG, which would send a signal of the
               caller's choice to any process of the same user

A foreign architecture, and the x32 calls of x86-64, kill the process: their
numbers mean something else.
"""

from __future__ import annotations

import errno
import platform
import struct
from collections.abc import Iterable

from autograder.sandbox import linux

_X86_64 = {
    "read": 0, "write": 1, "open": 2, "close": 3, "stat": 4, "fstat": 5, "lstat": 6, "poll": 7,
    "lseek": 8, "mmap": 9, "mprotect": 10, "munmap": 11, "brk": 12, "rt_sigaction": 13,
    "rt_sigprocmask": 14, "rt_sigreturn": 15, "pread64": 17, "pwrite64": 18, "readv": 19,
    "writev": 20, "access": 21, "select": 23, "sched_yield": 24, "mremap": 25, "madvise": 28,
    "dup": 32, "dup2": 33, "nanosleep": 35, "getitimer": 36, "alarm": 37, "setitimer": 38,
    "getpid": 39, "exit": 60, "uname": 63, "getcwd": 79, "readlink": 89, "gettimeofday": 96,
    "getrusage": 98, "sysinfo": 99, "times": 100, "getuid": 102, "getgid": 104, "geteuid": 107,
    "getegid": 108, "getppid": 110, "sigaltstack": 131, "arch_prctl": 158, "gettid": 186,
    "time": 201, "futex": 202, "sched_getaffinity": 204, "getdents64": 217,
    "set_tid_address": 218, "restart_syscall": 219, "clock_gettime": 228, "clock_getres": 229,
    "clock_nanosleep": 230, "exit_group": 231, "openat": 257, "newfstatat": 262,
    "readlinkat": 267, "faccessat": 269, "pselect6": 270, "ppoll": 271, "set_robust_list": 273,
    "dup3": 292, "getcpu": 309, "getrandom": 318, "membarrier": 324, "statx": 332, "rseq": 334,
    "faccessat2": 439,
}  # fmt: skip
_AARCH64 = {
    "getcwd": 17, "dup": 23, "dup3": 24, "faccessat": 48, "openat": 56, "close": 57,
    "getdents64": 61, "lseek": 62, "read": 63, "write": 64, "readv": 65, "writev": 66,
    "pread64": 67, "pwrite64": 68, "pselect6": 72, "ppoll": 73, "readlinkat": 78,
    "newfstatat": 79, "fstat": 80, "exit": 93, "exit_group": 94, "set_tid_address": 96,
    "futex": 98, "set_robust_list": 99, "nanosleep": 101, "getitimer": 102, "setitimer": 103,
    "clock_gettime": 113, "clock_getres": 114, "clock_nanosleep": 115, "sched_getaffinity": 123,
    "sched_yield": 124, "restart_syscall": 128, "sigaltstack": 132, "rt_sigaction": 134,
    "rt_sigprocmask": 135, "rt_sigreturn": 139, "times": 153, "uname": 160, "getrusage": 165,
    "getcpu": 168, "gettimeofday": 169, "getpid": 172, "getppid": 173, "getuid": 174,
    "geteuid": 175, "getgid": 176, "getegid": 177, "gettid": 178, "sysinfo": 179, "brk": 214,
    "munmap": 215, "mremap": 216, "mmap": 222, "mprotect": 226, "madvise": 233,
    "getrandom": 278, "membarrier": 283, "statx": 291, "rseq": 293, "faccessat2": 439,
}  # fmt: skip

# machine: (audit architecture, allowed calls, the calls looked at more closely)
MACHINES: dict[str, tuple[int, dict[str, int], dict[str, int]]] = {
    "x86_64": (
        0xC000003E,
        _X86_64,
        {"ioctl": 16, "fcntl": 72, "prlimit64": 302, "clone3": 435},
    ),
    "aarch64": (
        0xC00000B7,
        _AARCH64,
        {"ioctl": 29, "fcntl": 25, "prlimit64": 261, "clone3": 435},
    ),
}
X32_BIT = 0x40000000

# F_DUPFD, F_GETFD, F_SETFD, F_GETFL, F_SETFL, F_DUPFD_CLOEXEC, F_GETPIPE_SZ
FCNTL_COMMANDS = (0, 1, 2, 3, 4, 1030, 1032)

# The eight-byte instructions of classic BPF (linux/filter.h, linux/bpf_common.h).
_LOAD, _JUMP_EQUAL, _JUMP_GREATER, _JUMP_GREATER_EQUAL, _RETURN = 0x20, 0x15, 0x25, 0x35, 0x06
# Offsets in struct seccomp_data; an argument's low half comes first (little endian).
_NUMBER, _ARCHITECTURE, _FIRST_ARGUMENT, _SECOND_ARGUMENT = 0, 4, 16, 24

ALLOW, KILL_PROCESS, _ERRNO = 0x7FFF0000, 0x80000000, 0x00050000
_FILTER_MODE = 2


def refuse(number: int) -> int:
    """The filter's answer "this call fails with that errno"."""
    return _ERRNO | number


def supported(machine: str | None = None) -> bool:
    """Whether we have a list for this processor."""
    return (machine or platform.machine()) in MACHINES


def build_program(machine: str | None = None) -> bytes:
    """The filter for `machine` (this one by default) as packed BPF instructions."""
    architecture, allowed, special = MACHINES[machine or platform.machine()]
    program: list[bytes] = []

    def emit(code: int, value: int, if_true: int = 0, if_false: int = 0) -> None:
        program.append(struct.pack("<HBBI", code, if_true, if_false, value))

    emit(_LOAD, _ARCHITECTURE)
    emit(_JUMP_EQUAL, architecture, if_true=1)
    emit(_RETURN, KILL_PROCESS)
    emit(_LOAD, _NUMBER)
    if machine == "x86_64" or (machine is None and platform.machine() == "x86_64"):
        emit(_JUMP_GREATER_EQUAL, X32_BIT, if_false=1)
        emit(_RETURN, KILL_PROCESS)

    for name, answer in (("ioctl", errno.ENOTTY), ("clone3", errno.ENOSYS)):
        emit(_JUMP_EQUAL, special[name], if_false=1)
        emit(_RETURN, refuse(answer))

    for name, offset, values in (
        ("prlimit64", _FIRST_ARGUMENT, (0,)),
        ("fcntl", _SECOND_ARGUMENT, FCNTL_COMMANDS),
    ):
        # load + one test and one return a value + the refusal, all skipped by other calls
        emit(_JUMP_EQUAL, special[name], if_false=2 * len(values) + 2)
        emit(_LOAD, offset)
        for value in values:
            emit(_JUMP_EQUAL, value, if_false=1)
            emit(_RETURN, ALLOW)
        emit(_RETURN, refuse(errno.EPERM))

    for first, last in _runs(allowed.values()):  # neighbours share one test
        emit(_JUMP_GREATER_EQUAL, first, if_false=2)
        emit(_JUMP_GREATER, last, if_true=1)
        emit(_RETURN, ALLOW)
    emit(_RETURN, refuse(errno.EPERM))
    return b"".join(program)


def _runs(numbers: Iterable[int]) -> list[tuple[int, int]]:
    """Consecutive numbers as (first, last) pairs."""
    runs: list[tuple[int, int]] = []
    for number in sorted(numbers):
        if runs and number == runs[-1][1] + 1:
            runs[-1] = (runs[-1][0], number)
        else:
            runs.append((number, number))
    return runs


def install(program: bytes) -> None:
    """Put the filter on the calling thread. There is no way back. Needs no_new_privileges()."""
    address, keep = linux.address_of(program)
    header, keep_header = linux.address_of(struct.pack("@HP", len(program) // 8, address))
    linux.prctl(linux.PR_SET_SECCOMP, _FILTER_MODE, header)
    del keep, keep_header
