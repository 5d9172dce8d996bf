"""Start threads, which would also outlive the call and answer in its place."""

# ruff: noqa (written as an attacker would)

import _thread
import threading
import time


def attack(ctx):
    achieved = []
    for number in range(64):
        try:
            threading.Thread(target=time.sleep, args=(30,), daemon=True).start()
            achieved.append(f"thread {number}")
        except RuntimeError:
            break
    try:
        _thread.start_new_thread(time.sleep, (30,))
        achieved.append("raw thread")
    except RuntimeError:
        pass
    return achieved
