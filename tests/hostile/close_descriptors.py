"""Close the pipes, so that the grader waits for an answer that cannot come."""

# ruff: noqa (written as an attacker would)

import os
import time


def attack(ctx):
    os.closerange(0, 64)
    time.sleep(1000)
