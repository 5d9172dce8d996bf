"""Find the grader's variables, in Python's copy and in libc's."""

# ruff: noqa (written as an attacker would)

import ctypes
import os


def attack(ctx):
    libc = ctypes.CDLL(None)
    libc.getenv.restype = ctypes.c_char_p
    achieved = [
        f"{name}={value}"
        for name, value in os.environ.items()
        if "SECRET" in name or "HOME" in name
    ]
    for name in (b"GROUNDUP_TEST_SECRET", b"HOME", b"USER", b"PYTHONPATH", b"VIRTUAL_ENV"):
        if libc.getenv(name):
            achieved.append(name.decode())
    strings = ctypes.POINTER(ctypes.c_char_p).in_dll(libc, "environ")
    index = 0
    while strings and strings[index]:
        if b"SECRET" in strings[index]:
            achieved.append(strings[index].decode())
        index += 1
    return achieved
