"""Crash the interpreter."""

# ruff: noqa (written as an attacker would)

import ctypes


def attack(ctx):
    ctypes.string_at(1)
