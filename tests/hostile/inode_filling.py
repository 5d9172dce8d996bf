"""Make empty files, folders, links and pipes."""

# ruff: noqa (written as an attacker would)

import os


def attack(ctx):
    achieved = []
    for folder in (ctx["writable"], "/tmp", "/dev/shm", "/var/tmp"):
        for name, make in (
            ("file", lambda path: os.close(os.open(path, os.O_CREAT | os.O_WRONLY))),
            ("folder", os.mkdir),
            ("pipe", os.mkfifo),
            ("link", lambda path: os.symlink("/etc/passwd", path)),
            ("node", lambda path: os.mknod(path)),
        ):
            path = os.path.join(folder, f"groundup-{name}")
            try:
                make(path)
                achieved.append(f"{name} in {folder}")
                (os.rmdir if name == "folder" else os.remove)(path)
            except OSError:
                pass
    return achieved
