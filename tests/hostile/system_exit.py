"""The polite way out is an ordinary exception here."""

import sys


def attack(ctx):
    try:
        sys.exit(0)
    finally:
        raise KeyboardInterrupt
