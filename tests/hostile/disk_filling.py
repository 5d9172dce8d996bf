"""Write data wherever a file can be made."""

# ruff: noqa (written as an attacker would)

import os


def attack(ctx):
    achieved = []
    for folder in (ctx["writable"], "/tmp", "/var/tmp", "/dev/shm", ".", os.path.expanduser("~")):
        path = os.path.join(folder, "groundup-fill")
        try:
            with open(path, "wb") as file:
                file.write(bytes(1 << 20))
            achieved.append(f"wrote 1 MiB to {path}")
        except OSError:
            pass
        try:
            os.remove(path)
        except OSError:
            pass
    try:
        fd = os.memfd_create("fill")
        os.write(fd, bytes(1 << 20))
        achieved.append("memfd")
    except OSError:
        pass
    return achieved
