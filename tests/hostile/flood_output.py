"""Print without end."""

# ruff: noqa (written as an attacker would)

import os
import sys


def attack(ctx):
    for _ in range(2000):
        print("x" * 100_000)
        sys.stderr.write("y" * 1000)
    for fd in (1, 2):
        os.write(fd, b"z" * 100_000)
    return []
