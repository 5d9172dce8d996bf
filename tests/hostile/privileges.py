"""Become root again, or lift a limit."""

# ruff: noqa (written as an attacker would)

import ctypes
import os
import resource


def attack(ctx):
    achieved = []
    libc = ctypes.CDLL(None, use_errno=True)
    if 0 in (os.getuid(), os.geteuid(), os.getgid(), os.getegid()):
        achieved.append("root")
    for name, change in (
        ("setuid", lambda: os.setuid(0)),
        ("setresuid", lambda: os.setresuid(0, 0, 0)),
        ("setgroups", lambda: os.setgroups([0])),
        ("chroot", lambda: os.chroot("/")),
        ("nice", lambda: os.nice(-5)),
        ("own limits", lambda: resource.setrlimit(resource.RLIMIT_AS, (-1, -1))),
        (
            "the grader's limits",
            lambda: resource.prlimit(ctx["grader"], resource.RLIMIT_CPU, (1, 1)),
        ),
        ("scheduler", lambda: os.sched_setaffinity(ctx["grader"], {0})),
    ):
        try:
            change()
            achieved.append(name)
        except (OSError, ValueError):
            pass
    for name, call in (
        ("unshare", lambda: libc.unshare(0x10000000)),
        ("mount", lambda: libc.mount(b"x", b"/", b"tmpfs", 0, 0)),
    ):
        if call() == 0:
            achieved.append(name)
    return achieved
