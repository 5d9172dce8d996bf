"""Do nothing, with all signals blocked."""

import signal
import time


def attack(ctx):
    signal.pthread_sigmask(signal.SIG_BLOCK, range(1, signal.NSIG))
    while True:
        time.sleep(1000)
