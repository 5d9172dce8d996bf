"""Abort."""

import os


def attack(ctx):
    os.abort()
