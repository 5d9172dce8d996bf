"""Leave a process behind that outlives the worker, in a session of its own."""

# ruff: noqa (written as an attacker would)

import os
import time


def attack(ctx):
    try:
        if os.fork() == 0:
            os.setsid()
            if os.fork() == 0:
                time.sleep(60)
            os._exit(0)
    except OSError:
        return []
    return ["daemon"]
