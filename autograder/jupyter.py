"""`check("assignment3", "relu")` in a notebook: what the public checks say, as a table.

The cell stands below each task. It grades the notebook *as it was last saved*, in a process of
its own, exactly as `grade assignment3 --task relu` does: the kernel only shows the result, so
whatever was run, deleted or redefined in it plays no part. Nothing of Jupyter is imported here.

Inside the sandbox another module of this name stands in, whose `check` does nothing.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Mapping
from html import escape
from pathlib import Path
from typing import Any

__all__ = ["Outcome", "check"]

#: The current folder stays out of the search for modules: a numpy.py beside the notebook is not
#: NumPy. (From Python 3.11 on, PYTHONSAFEPATH says the same.)
_PROGRAM = (
    "import sys; sys.path[:] = filter(None, sys.path); from autograder.cli import main; main()"
)
#: A whole submission may take a minute; one task that takes longer is stuck.
SECONDS = 120
SAVE = "Save the notebook (Ctrl+S, or ⌘S) and run this cell again."


class Outcome:
    """The result of `check`: a notebook shows it as a table, everything else as text.

    `passed` tells whether every public check passed; `report` is the JSON report, None if there
    is none, and `error` says why.
    """

    def __init__(
        self, assignment: str, report: Mapping[str, Any] | None, error: str = "", saved: str = ""
    ) -> None:
        self.report = report
        self.error = error
        self._assignment = assignment
        self._saved = saved

    @property
    def passed(self) -> bool:
        return self.report is not None and all(
            check["status"] in ("passed", "grader_fault")
            for task in self.report["tasks"]
            for check in task["checks"]
            if not check["hidden"] and not check["advisory"]
        )

    def _repr_html_(self) -> str:
        from autograder.reports.html import task_html

        if self.report is None:
            return f"<pre>{escape(self.error)}</pre>"
        notes = [*self.report["notes"], self._saved]
        tables = [task_html(t, self._assignment, hidden=False) for t in self.report["tasks"]]
        return "".join(tables) + "".join(f"<div><small>{escape(n)}</small></div>" for n in notes)

    def __repr__(self) -> str:
        from autograder.reports.html import task_text

        if self.report is None:
            return self.error
        texts = [task_text(t, self._assignment, hidden=False) for t in self.report["tasks"]]
        return "\n".join([*texts, *self.report["notes"], self._saved])


def check(
    assignment: str, task: str | None = None, *, path: str | Path | None = None
) -> Outcome | None:
    """Run the public checks of a task (or of all) on the saved notebook.

    `path` names the file where it cannot be found by itself. Under `nbgrader validate` a failing
    check raises AssertionError and a passing one returns None, which that command understands.
    """
    validating = os.environ.get("NBGRADER_EXECUTION") == "validate"
    file = Path(path) if path is not None else _notebook(assignment, validating)
    if file is None:
        outcome = Outcome(
            assignment,
            None,
            f"This notebook has not been saved yet, or its name is not {assignment}.ipynb. {SAVE}\n"
            f'If that does not help, name the file: check("{assignment}", "{task or ""}", '
            'path="my notebook.ipynb")',
        )
    else:
        outcome = _grade(assignment, task, file)
    if validating and not outcome.passed:
        raise AssertionError(repr(outcome))
    return None if validating else outcome


def _notebook(assignment: str, validating: bool) -> Path | None:
    """The file behind the kernel that runs this, if it can be told."""
    here = [Path(f"{assignment}{end}") for end in (".ipynb", ".py")]
    named = []
    # Jupyter Server sets the one, Visual Studio Code the other.
    main = vars(sys.modules["__main__"]) if "__main__" in sys.modules else {}
    for name in (main.get("__vsc_ipynb_file__"), os.environ.get("JPY_SESSION_NAME")):
        if isinstance(name, str) and name.endswith(".ipynb"):
            named += [Path(name), Path(Path(name).name)]
    # `nbgrader validate` may itself have been started from another notebook.
    places = [*here, *named] if validating else [*named, *here]
    return next((place for place in places if place.is_file()), None)


def _grade(assignment: str, task: str | None, file: Path) -> Outcome:
    command = [sys.executable, "-c", _PROGRAM, "run", assignment]
    command += ["--task", task] if task else []
    command += ["--submission", str(file.absolute()), "--format", "json"]
    try:
        saved = f"{file.name} as saved {_ago(time.time() - file.stat().st_mtime)} ago"
        done = subprocess.run(
            command,
            env=_environment(),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=SECONDS,
        )
    except subprocess.TimeoutExpired:
        return Outcome(assignment, None, f"The checks took longer than {SECONDS} seconds.")
    except OSError as error:
        return Outcome(assignment, None, f"The checks cannot be started: {error}")
    try:
        report = json.loads(done.stdout)
        if not isinstance(report["tasks"], list):
            raise TypeError
    except (ValueError, TypeError, KeyError):
        words = done.stderr.decode("utf-8", "replace").strip()
        return Outcome(assignment, None, words or f"The checks ended with {done.returncode}.")
    return Outcome(assignment, report, "", saved)


def _environment() -> dict[str, str]:
    """Ours, where this engine is found and no relative path is searched."""
    paths = [path for path in os.environ.get("PYTHONPATH", "").split(os.pathsep) if path]
    paths = [path for path in paths if Path(path).is_absolute()]
    root = Path(__file__).resolve().parent.parent
    if root.name != "site-packages":  # a checkout that is not installed
        paths.insert(0, str(root))
    return {**os.environ, "PYTHONPATH": os.pathsep.join(paths), "PYTHONIOENCODING": "utf-8"}


def _ago(seconds: float) -> str:
    seconds = max(0.0, seconds)
    for length, name in ((86400, "day"), (3600, "hour"), (60, "minute")):
        if seconds >= 2 * length:
            return f"{seconds / length:.0f} {name}s"
    return f"{seconds:.0f} seconds"
