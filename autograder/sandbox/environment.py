"""The variables of a sandbox process: these, and nothing of the grader's.

An environment holds tokens, paths and names; a worker has no use for any.
"""

from __future__ import annotations

import os

from autograder.threads import ONE_THREAD

VARIABLES = {
    "LANG": "C.UTF-8",
    "PATH": "/usr/bin:/bin",
    # With more, the first matrix product would start threads that seccomp refuses, and wait for
    # them for ever.
    **ONE_THREAD,
}


def for_start() -> dict[str, str]:
    """The environment to start a sandbox process with (Windows needs two variables more)."""
    kept = {name: os.environ[name] for name in ("SYSTEMROOT", "SYSTEMDRIVE") if name in os.environ}
    return {**VARIABLES, **kept}


def clean() -> None:
    """Forget every other variable, whatever was added on the way (by bubblewrap, by libraries)."""
    os.environ.clear()
    os.environ.update(VARIABLES)
