"""Past libc: system calls by number (x86-64), 64-bit, and in the x32 table where asked."""

# ruff: noqa (written as an attacker would)

import ctypes
import platform

NUMBERS = {
    "pipe": 22, "shmget": 29, "pause": 34, "socket": 41, "socketpair": 53, "clone": 56, "fork": 57,
    "vfork": 58, "execve": 59, "kill": 62, "semget": 64, "msgget": 68, "chdir": 80, "mkdir": 83,
    "chmod": 90, "umask": 95, "ptrace": 101, "syslog": 103, "setuid": 105, "setpgid": 109,
    "setsid": 112, "personality": 135, "setpriority": 141, "prctl": 157, "chroot": 161,
    "mount": 165, "sethostname": 170, "tkill": 200, "io_setup": 206, "epoll_create": 213,
    "timer_create": 222, "mq_open": 240, "add_key": 248, "inotify_init": 253, "unshare": 272,
    "splice": 275, "signalfd": 282, "timerfd_create": 283, "eventfd": 284, "epoll_create1": 291,
    "perf_event_open": 298, "name_to_handle_at": 303, "open_by_handle_at": 304, "setns": 308,
    "process_vm_readv": 310, "process_vm_writev": 311, "kcmp": 312, "seccomp": 317,
    "memfd_create": 319, "bpf": 321, "execveat": 322, "userfaultfd": 323, "io_uring_setup": 425,
    "pidfd_send_signal": 424, "open_tree": 428, "fsopen": 430, "clone3": 435, "close_range": 436,
    "openat2": 437, "pidfd_getfd": 438, "landlock_create_ruleset": 444, "memfd_secret": 447,
    "map_shadow_stack": 453,
}  # fmt: skip
REFUSALS = {1, 38}  # EPERM, ENOSYS


def attack(ctx):
    if platform.machine() != "x86_64":
        return []
    libc = ctypes.CDLL(None, use_errno=True)
    achieved = []
    skipped = (
        set()
        if ctx["filtered"]
        else {"fork", "vfork", "clone", "clone3", "pause", "kill", "tkill", "execve"}
    )
    for name, number in NUMBERS.items():
        if name in skipped:  # would not come back where nothing refuses it
            continue
        ctypes.set_errno(0)
        if libc.syscall(number, 0, 0, 0, 0, 0) >= 0 or ctypes.get_errno() not in REFUSALS:
            achieved.append(f"{name} ({ctypes.get_errno()})")
    return achieved
