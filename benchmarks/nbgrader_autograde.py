"""`nbgrader autograde` of a class: through our sandbox, and as nbgrader does it, in kernels.

    python benchmarks/nbgrader_autograde.py [-n 50] [--assignment assignment3]

Three runs over the same submissions (the solution and known mistakes, in turn), each a process of
its own with a gradebook of its own:

    bare     nbgrader's pipeline without executing anything: start-up, files, database
    stock    nbgrader as it is; each test cell calls the same checks as plain functions, in the
             kernel, without protection, and gives partial credit
    ours     nbgrader_config.py: strict sandbox, diagnoses, explanations

It also compares the scores of `stock` and `ours`: equal work, or the ratio means nothing.
"""

from __future__ import annotations

import argparse
import importlib.util
import inspect
import json
import os
import random
import resource
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
import types
import warnings
import zlib
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(ROOT), str(HERE)]

TEST = """import sys
sys.path[:0] = [{root!r}, {here!r}]
from nbgrader_autograde import score_in_kernel
score_in_kernel({assignment!r}, {task!r}, globals())"""
BARE = """c = get_config()
c.Autograde.autograde_preprocessors = ["nbgrader.preprocessors.LimitOutput",
    "nbgrader.preprocessors.SaveAutoGrades", "nbgrader.preprocessors.AssignLatePenalties",
    "nbgrader.preprocessors.CheckCellMetadata"]
"""


# ------------------------------------------------------------------------- in the kernel


def score_in_kernel(assignment: str, task: str, names: dict[str, Any]) -> float:
    """What an instructor's own test cell would do: call the checks, add the points up."""
    import numpy as np
    from inprocess import Direct

    from autograder.course import Course
    from autograder.data import load_digits
    from autograder.plugin import ReferenceLoader
    from autograder.programs import solution

    found = Course(ROOT).assignment(assignment)
    if "reference" not in _KEPT:
        _KEPT["reference"] = ReferenceLoader(lambda: solution(found))()
    spec = importlib.util.spec_from_file_location("checks", found.task(task).checks)
    assert spec is not None and spec.loader is not None
    checks = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(checks)
    total = 0.0
    # nbgrader gives a cell that writes to stderr no points, and NumPy's warnings go there.
    warnings.simplefilter("ignore")
    for name, check in vars(checks).items():
        if not name.startswith("test") or not callable(check):
            continue
        seed = zlib.crc32(f"{task}.{name}".encode())
        random.seed(seed)
        np.random.seed(seed % 2**32)
        have = {
            "student": types.SimpleNamespace(**names),
            "remote": Direct(),
            "rng": np.random.default_rng(seed),
            "reference": _KEPT["reference"],
            "dataset": load_digits(),
        }
        try:
            check(**{each: have[each] for each in inspect.signature(check).parameters})
        except Exception:
            continue
        marks = [mark.args for mark in getattr(check, "pytestmark", ()) if mark.name == "points"]
        total += marks[0][0] if marks else 0.0
    return float(total)


_KEPT: dict[str, Any] = {}


# ------------------------------------------------------------------------------ the runs


def prepare(folder: Path, assignment: str, kind: str, count: int) -> None:
    """A course folder with `count` submissions, ready for `nbgrader autograde`."""
    from autograder.cells import released_notebook, source_notebook
    from autograder.course import Course
    from autograder.programs import variant_source

    found = Course(ROOT).assignment(assignment)
    source = json.loads(source_notebook(found))
    release = json.loads(released_notebook(found))
    base = folder
    if kind == "ours":
        (folder / "solutions").mkdir(parents=True)
        shutil.copytree(ROOT / "solutions", folder / "solutions", dirs_exist_ok=True)
        shutil.copy(ROOT / "nbgrader_config.py", folder)
        base = folder / "gradebook"
    else:
        (folder / "source" / assignment).mkdir(parents=True)
        if kind == "bare":
            (folder / "nbgrader_config.py").write_text(BARE)
        for cell in (*source["cells"], *release["cells"]):
            if cell["id"].endswith("-checks"):
                task = cell["id"].removesuffix("-checks")
                cell["source"] = TEST.format(
                    root=str(ROOT), here=str(HERE), assignment=assignment, task=task
                )
        path = folder / "source" / assignment / f"{assignment}.ipynb"
        path.write_text(json.dumps(source), encoding="utf-8")
    command(folder, "generate_assignment", assignment)
    mistakes = [
        variant_source(task.variants.read_text("utf-8"), name, task.variants)
        for task in found.tasks
        if task.variants is not None
        for name in task.misconceptions
    ]
    # Experiments draw figures, which no grading needs.
    solved = [c for c in source["cells"] if "experiment" not in c["metadata"].get("tags", ())]
    place = next(at for at, cell in enumerate(solved) if cell["id"].endswith("-checks"))
    assert place
    for number in range(count):
        cells = [dict(cell) for cell in solved]
        if number % 2:
            extra = {"cell_type": "code", "id": "change", "metadata": {}, "outputs": [],
                     "execution_count": None,
                     "source": mistakes[number * 7 % len(mistakes)]}  # fmt: skip
            # Kernels run from top to bottom: all definitions, the change, then the tests.
            tests = [cell for cell in cells if cell["id"].endswith("-checks")]
            cells = [cell for cell in cells if not cell["id"].endswith("-checks")]
            cells += [extra, *tests]
        path = base / "submitted" / f"s{number:03}" / assignment / f"{assignment}.ipynb"
        path.parent.mkdir(parents=True)
        path.write_text(json.dumps({**source, "cells": cells}), encoding="utf-8")


def command(folder: Path, *arguments: str) -> float:
    """Run nbgrader; returns seconds."""
    start = time.perf_counter()
    done = subprocess.run(
        [str(Path(sys.executable).parent / "nbgrader"), *arguments],
        cwd=folder,
        env={
            **os.environ,
            "PYTHONPATH": str(ROOT),
            "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]]),
            "JUPYTER_CONFIG_DIR": str(folder / "no-config"),
            "OPENBLAS_NUM_THREADS": "1",  # for the kernels too: many threads are slower here
        },
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    if done.returncode:
        sys.exit(done.stdout[-4000:])
    return time.perf_counter() - start


def scores(database: Path) -> dict[str, float]:
    with sqlite3.connect(database) as open_database:
        return dict(
            open_database.execute(
                """SELECT sa.student_id, sum(g.auto_score) FROM grade g
                JOIN submitted_notebook sn ON g.notebook_id = sn.id
                JOIN submitted_assignment sa ON sn.assignment_id = sa.id
                GROUP BY sa.student_id"""
            )
        )


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("-n", type=int, default=50, help="submissions (default 50)")
    parser.add_argument("--assignment", default="assignment3")
    options = parser.parse_args()
    seconds: dict[str, float] = {}
    work: dict[str, float] = {}  # of processors: says more where other programs run as well
    with tempfile.TemporaryDirectory() as place:
        for kind in ("bare", "stock", "ours"):
            folder = Path(place, kind)
            prepare(folder, options.assignment, kind, options.n)
            if kind == "ours":  # replays of the known mistakes are remembered on disk
                command(folder, "autograde", options.assignment, "--student=s001")
                shutil.rmtree(folder / "gradebook" / "autograded")
            before = resource.getrusage(resource.RUSAGE_CHILDREN)
            seconds[kind] = command(folder, "autograde", options.assignment)
            after = resource.getrusage(resource.RUSAGE_CHILDREN)
            work[kind] = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
            print(
                f"{kind:6} {seconds[kind]:7.1f} s  {seconds[kind] / options.n:6.3f} s a submission"
                f"  ({work[kind]:.1f} s of processor time)"
            )
        stock = scores(Path(place, "stock", "gradebook.db"))
        ours = scores(Path(place, "ours", "gradebook", "gradebook.db"))
    differ = [student for student in ours if stock[student] != ours[student]]
    print(f"scores that agree: {len(ours) - len(differ)} of {len(ours)}")
    for student in differ:
        print(f"  {student}: stock {stock[student]:g}, ours {ours[student]:g}")
    bare = seconds["bare"]
    print(f"as a whole:      {seconds['stock'] / seconds['ours']:.1f} x faster than stock")
    grading = {kind: max(seconds[kind] - bare, 1e-9) for kind in ("stock", "ours")}
    print(
        f"without nbgrader's own {bare:.1f} s: stock {grading['stock']:.1f} s, "
        f"ours {grading['ours']:.1f} s more"
    )


if __name__ == "__main__":
    main()
