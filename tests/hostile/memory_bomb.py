"""Touch as much memory as there is."""

# ruff: noqa (written as an attacker would)

import numpy as np


def attack(ctx):
    blocks = []
    try:
        while len(blocks) < 64:
            blocks.append(np.ones(8 << 20))  # 64 MiB
    except MemoryError:
        pass
    size = 64 * len(blocks)
    blocks.clear()
    return [f"{size} MiB"] if size > 600 else []
