"""The polite way out is an ordinary exception here."""

# ruff: noqa (written as an attacker would)

import sys


def attack(ctx):
    try:
        sys.exit(0)
    finally:
        raise KeyboardInterrupt
