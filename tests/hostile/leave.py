"""Leave without an answer, looking successful."""

# ruff: noqa (written as an attacker would)

import os


def attack(ctx):
    os._exit(0)
