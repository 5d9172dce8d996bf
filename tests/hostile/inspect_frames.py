"""Look for the expected values: in the callers' frames, and in every live object."""

# ruff: noqa (written as an attacker would)

import gc
import sys


def attack(ctx):
    needle = ctx["needle"][
        ::-1
    ]  # handed over reversed, so that the search does not find the question
    achieved = []
    frame = sys._getframe()
    while frame is not None:
        for name, value in frame.f_locals.items():
            if (
                name not in ("needle", "ctx")
                and isinstance(value, (str, bytes))
                and needle in str(value)
            ):
                achieved.append(f"frame {frame.f_code.co_name}: {name}")
        frame = frame.f_back
    for found in gc.get_objects():
        if isinstance(found, (dict, list, tuple, set)) and found is not ctx:
            for item in list(found.values() if isinstance(found, dict) else found)[:1000]:
                if type(item) is str and item is not needle and needle in item:
                    achieved.append(f"object: {item[:40]}")
    return achieved
