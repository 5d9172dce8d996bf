"""Never stop: catch the alarm, ignore the signals, swallow every exception."""

# ruff: noqa (written as an attacker would)

import signal


def attack(ctx):
    for number in range(1, signal.NSIG):
        try:
            signal.signal(number, lambda *_: None)
        except (OSError, ValueError):
            pass
    while True:
        try:
            while True:
                pass
        except BaseException:
            continue
