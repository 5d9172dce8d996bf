"""Crash the interpreter."""

import ctypes


def attack(ctx):
    ctypes.string_at(1)
