"""Import what is installed beside numpy, or the engine's other rooms."""

# ruff: noqa (written as an attacker would)

import importlib


def attack(ctx):
    achieved = []
    for name in (
        "pytest",
        "_pytest",
        "click",
        "rich",
        "coverage",
        "hypothesis",
        "pip",
        "setuptools",
        "autograder.grading",
        "autograder.student",
        "autograder.sandbox.launch",
        "solutions",
    ):
        try:
            importlib.import_module(name)
            achieved.append(name)
        except ModuleNotFoundError:
            pass
    return achieved
