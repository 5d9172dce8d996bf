"""Do nothing, with all signals blocked."""

# ruff: noqa (written as an attacker would)

import signal
import time


def attack(ctx):
    signal.pthread_sigmask(signal.SIG_BLOCK, range(1, signal.NSIG))
    while True:
        time.sleep(1000)
