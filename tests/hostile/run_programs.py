"""Run another program."""

# ruff: noqa (written as an attacker would)

import ctypes
import os
import subprocess
import sys


def attack(ctx):
    achieved = []
    libc = ctypes.CDLL(None)
    for name, run in (
        ("subprocess", lambda: subprocess.run(["/bin/true"], timeout=2, check=True)),
        ("shell", lambda: subprocess.check_output("id", shell=True, timeout=2)),
        ("posix_spawn", lambda: os.posix_spawn("/bin/true", ["true"], {})),
        (
            "spawn",
            lambda: os.spawnv(os.P_WAIT, sys.executable, [sys.executable, "-c", ""]) and 1 / 0,
        ),
        ("popen", lambda: os.popen("id").read() or 1 / 0),
        ("vfork", lambda: 1 / (libc.system(b"true") == 0)),
        ("system", lambda: 1 / (os.system("true") == 0)),
        ("exec", lambda: os.execv("/bin/sh", ["sh", "-c", "sleep 30"])),
    ):
        try:
            run()
            achieved.append(name)
        except (OSError, subprocess.SubprocessError, ZeroDivisionError):
            pass
    return achieved
