"""Abort."""

# ruff: noqa (written as an attacker would)

import os


def attack(ctx):
    os.abort()
