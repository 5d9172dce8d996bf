"""End the grader, the zygote, or everybody."""

# ruff: noqa (written as an attacker would)

import os
import signal


def attack(ctx):
    achieved = []
    for number in (0, signal.SIGSTOP, signal.SIGTERM, signal.SIGKILL):
        for name, send, target in (
            ("grader", os.kill, ctx["grader"]),
            ("parent", os.kill, os.getppid()),
            ("first process", os.kill, 1),
            ("grader's group", os.killpg, ctx["group"]),
            ("everybody", os.kill, -1),
        ):
            if target in (0, os.getpid()) or (target == -1 and not ctx["filtered"]):
                continue  # the latter would end the workers of other graders on this machine
            try:
                send(target, number)
                achieved.append(f"signal {int(number)} to {name}")
            except OSError:
                pass
    try:
        fd = os.pidfd_open(ctx["grader"])
        signal.pidfd_send_signal(fd, 0)
        achieved.append("pidfd")
    except OSError:
        pass
    return achieved
