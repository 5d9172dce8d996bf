"""Leave without an answer, looking successful."""

import os


def attack(ctx):
    os._exit(0)
