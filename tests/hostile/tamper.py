"""Change, rename or delete a file of the grader's."""

# ruff: noqa (written as an attacker would)

import os


def attack(ctx):
    achieved = []
    secret = ctx["secret"]
    for name, change in (
        ("chmod", lambda: os.chmod(secret, 0o777)),
        ("chown", lambda: os.chown(secret, os.getuid(), os.getgid())),
        ("utime", lambda: os.utime(secret, (0, 0))),
        ("truncate", lambda: os.truncate(secret, 0)),
        ("rename", lambda: os.rename(secret, secret + ".old")),
        ("link", lambda: os.link(secret, secret + ".link")),
        ("unlink", lambda: os.unlink(secret)),
        ("open", lambda: open(secret, "w")),
        ("setxattr", lambda: os.setxattr(secret, "user.x", b"1")),
    ):
        try:
            change()
            achieved.append(name)
        except OSError:
            pass
    return achieved
