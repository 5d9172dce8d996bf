"""The first script of a sandbox process: `python -I -S -X utf8 boot.py '<configuration>'`.

`-I -S` leaves the standard library alone on sys.path. The two folders that we
need, the engine's and numpy's, are added for as long as the imports take and
removed again: both may hold everything that is installed, and `import pytest`
must be an ordinary ModuleNotFoundError for a student.

The configuration (JSON) is made by launch.py:
    engine, numpy    parent folders of the packages autograder and numpy
    control          the zygote's socket; null: this process becomes the one worker,
                     talking over its standard input and output
    layers, required, limits     see confine.Plan
"""

from __future__ import annotations

import json
import sys
from typing import Any


def main(configuration: dict[str, Any]) -> None:
    folders = [configuration["engine"], configuration["numpy"]]
    sys.path += folders
    from autograder.sandbox import zygote  # imports wire, worker, numpy and the layers

    sys.path[:] = [entry for entry in sys.path if entry not in folders]
    zygote.forget_folders(folders)
    sys.argv = sys.orig_argv = [""]
    sys.dont_write_bytecode = True  # a worker could not; let it not try

    plan = zygote.make_plan(configuration)
    if configuration["control"] is None:
        zygote.serve_alone(plan)
    else:
        zygote.serve(configuration["control"], plan)


if __name__ == "__main__":
    main(json.loads(sys.argv[1]))
