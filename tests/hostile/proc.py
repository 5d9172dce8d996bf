"""Look at the grader through /proc."""

# ruff: noqa (written as an attacker would)

import os


def attack(ctx):
    achieved = []
    for pid in (ctx["grader"], os.getppid(), 1):
        for name in ("mem", "environ", "maps", "cmdline", "status", "stat"):
            try:
                with open(f"/proc/{pid}/{name}", "rb") as file:
                    file.read(1)
                achieved.append(f"/proc/{pid}/{name}")
            except OSError:
                pass
        for name in ("fd", "task", "cwd", "root"):
            try:
                os.listdir(f"/proc/{pid}/{name}")
                achieved.append(f"/proc/{pid}/{name}")
            except OSError:
                pass
        for name in ("exe", "cwd", "root", "fd/0", "fd/3"):
            try:
                achieved.append(os.readlink(f"/proc/{pid}/{name}"))
            except OSError:
                pass
    for path in ("/proc", "/proc/self/environ", "/proc/self/maps", "/proc/self/mountinfo"):
        try:
            os.listdir(path) if path == "/proc" else open(path).read()
            achieved.append(path)
        except OSError:
            pass
    return achieved
