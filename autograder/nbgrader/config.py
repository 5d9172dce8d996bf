"""What nbgrader_config.py sets, and the source notebooks that nbgrader starts from.

A configuration that fails half-way would be worse than none: nbgrader prints a traceback, goes on
with its defaults, and runs the students' code in a kernel. So the settings come first, and a
problem ends the command.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
import warnings
from pathlib import Path
from typing import Any

from autograder import cells, notebook
from autograder.cells import source_notebook
from autograder.course import Assignment, Course
from autograder.errors import GroundupError, UsageError

__all__ = ["FOLDER", "configure", "source_key", "write_sources"]

#: Everything of nbgrader's is in this folder of the course, which Git ignores.
FOLDER = "gradebook"
EXTRA = 'pip install "groundup[nbgrader]"'
_STEPS = ("source", "release", "submitted", "autograded", "feedback", "source_with_tests")
_HERE = "autograder.nbgrader"


def configure(c: Any, root: Path | str) -> None:
    """Fill nbgrader's configuration `c` for the course in `root`, and bring its sources up to date.

    Ends the command with a message if that is impossible.
    """
    root = Path(root).absolute()
    c.CourseDirectory.root = str(root)
    c.CourseDirectory.db_url = f"sqlite:///{root / FOLDER / 'gradebook.db'}"
    for step in _STEPS:
        setattr(c.CourseDirectory, f"{step}_directory", f"{FOLDER}/{step}")
    c.ClearSolutions.code_stub = {"python": "# YOUR CODE HERE\nraise NotImplementedError"}
    c.ClearSolutions.text_stub = cells.ANSWER
    c.Autograde.exporter_class = f"{_HERE}.exporter.SubmissionExporter"
    # Without CheckCellMetadata: the marks are ours, and looking at them again takes a tenth of
    # the time that nbgrader needs for a submission.
    c.Autograde.sanitize_preprocessors = [
        f"{_HERE}.rebuild.RebuildNotebook",
        "nbgrader.preprocessors.OverwriteCells",
    ]
    c.Autograde.autograde_preprocessors = [
        f"{_HERE}.autograde.SandboxedGrading",
        "nbgrader.preprocessors.LimitOutput",
        f"{_HERE}.autograde.SaveScores",
        "nbgrader.preprocessors.AssignLatePenalties",
    ]
    # nbgrader's own handling of its database warns about itself, three times for each student.
    warnings.filterwarnings("ignore", "Object of type <Submitted", module=r"nbgrader\.api")
    find_alembic()
    try:
        write_sources(Course(root))
    except GroundupError as error:
        raise SystemExit(f"Error: {error}\n{error.hint or ''}".rstrip()) from None
    except OSError as error:
        raise SystemExit(f"Error: {root / FOLDER} cannot be written: {error}") from None


def find_alembic() -> None:
    """nbgrader starts `alembic` for a new gradebook, and leaves half of one if it is not found.

    That happens where nbgrader was called by its full path: alembic lies beside it.
    """
    if shutil.which("alembic") is None:
        folder = Path(sys.executable).parent
        if (folder / "alembic").exists() or (folder / "alembic.exe").exists():
            os.environ["PATH"] = os.pathsep.join([str(folder), os.environ.get("PATH", "")])
            return
        raise SystemExit(f"Error: the command alembic is missing.\n{EXTRA}")


def write_sources(course: Course) -> list[str]:
    """Write gradebook/source/<assignment>/<assignment>.ipynb where solutions/ changed.

    Returns the names of the assignments written. Only notebooks are in that folder: nbgrader
    releases every other file as it is.
    """
    if not course.is_staff:
        raise UsageError(
            f"{course.root} has no solutions/, so there is nothing for nbgrader to grade with.",
            "Run nbgrader in an instructor's checkout.",
        )
    written = []
    stamp = course.root / FOLDER / "source.json"
    known = _read(stamp)
    keys = {}
    for name in course.names():
        key = keys[name] = source_key(course.solutions / name)
        path = course.root / FOLDER / "source" / name / f"{name}.ipynb"
        if known.get(name) == key and path.is_file():
            continue
        text = source_notebook(course.assignment(name))
        path.parent.mkdir(parents=True, exist_ok=True)
        _write(path, text)
        written.append(name)
    if written or keys.keys() != known.keys():
        _write(stamp, json.dumps(keys, indent=1) + "\n")
    return written


def source_key(folder: Path) -> str:
    """A hash of all that a source notebook is made of."""
    from autograder.cache import key_of_files

    files = sorted(path for path in folder.rglob("*") if path.suffix in (".py", ".toml"))
    engine = [Path(str(module.__file__)) for module in (cells, notebook)]
    return key_of_files([*files, *engine], *(path.relative_to(folder).as_posix() for path in files))


def find_assignment(root: Path, name: str) -> Assignment:
    """The assignment of that name in the course at `root`."""
    return Course(root).assignment(name)


def _read(path: Path) -> dict[str, str]:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _write(path: Path, text: str) -> None:
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    part.write_text(text, encoding="utf-8")
    part.replace(path)
