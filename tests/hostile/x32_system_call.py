"""The x32 numbers of x86-64 reach the same calls by other names; the process must not survive."""

# ruff: noqa (written as an attacker would)

import ctypes


def attack(ctx):
    result = ctypes.CDLL(None, use_errno=True).syscall(0x40000000 + 39)
    return [] if result < 0 else ["x32 getpid"]
