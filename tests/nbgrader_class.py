"""A class of students in a real nbgrader course, for tests: folders, commands, what came out.

nbgrader runs in processes of its own, as an instructor would call it; scores are read from its
database with sqlite3, so that no rounding and no library stands between.
"""

from __future__ import annotations

import copy
import importlib.util
import json
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from tiny_course import edit, write_course

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent

needs_nbgrader = [
    pytest.mark.slow,
    pytest.mark.nbgrader,
    pytest.mark.skipif(
        importlib.util.find_spec("nbgrader") is None, reason="needs the extra: groundup[nbgrader]"
    ),
]

DOUBLE = '''\
def double(x):
    """Twice x."""
    scale = 2
    return scale * x


class Doubler:
    def apply(self, x):
        return double(x) * np.ones_like(x)
'''
HALVE = "def halve(x):\n    return x / 2\n"


class Class:
    """A course folder with nbgrader's gradebook in it."""

    def __init__(self, folder: Path, assignment: str) -> None:
        self.folder = folder
        self.assignment = assignment
        shutil.copy(ROOT / "nbgrader_config.py", folder)
        self.environment = {
            **{k: v for k, v in os.environ.items() if not k.startswith(("NBGRADER", "JUPYTER"))},
            "PYTHONPATH": str(ROOT),
            "PATH": os.pathsep.join([str(BIN), os.environ["PATH"]]),
            "JUPYTER_CONFIG_DIR": str(folder / "no-config"),
            "JUPYTER_PLATFORM_DIRS": "1",
        }

    @property
    def gradebook(self) -> Path:
        return self.folder / "gradebook"

    # -- commands ---------------------------------------------------------------------------

    def call(
        self, *command: str, timeout: float = 600, **environment: str
    ) -> subprocess.CompletedProcess[str]:
        """Run a command in the course folder; both outputs are in `stdout`."""
        return subprocess.run(
            command,
            cwd=self.folder,
            env={**self.environment, **environment},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=timeout,
        )

    def nbgrader(self, *arguments: str) -> str:
        """Run nbgrader, which must succeed; returns what it printed."""
        done = self.call("nbgrader", *arguments)
        assert done.returncode == 0, done.stdout
        return done.stdout

    def grade(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return self.call(sys.executable, "-m", "autograder", *arguments)

    def generate(self) -> None:
        self.nbgrader("generate_assignment", self.assignment)

    # -- submissions ------------------------------------------------------------------------

    def released(self) -> dict[str, Any]:
        """The notebook that students get."""
        path = self.gradebook / "release" / self.assignment / f"{self.assignment}.ipynb"
        found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        return found

    def solved(self, **sources: str) -> dict[str, Any]:
        """The released notebook with these texts in its solution cells."""
        book = self.released()
        for name, source in sources.items():
            cell_of(book, name)["source"] = source
        return book

    def place(self, student: str, file: str = "") -> Path:
        """Where a student's file goes."""
        folder = self.gradebook / "submitted" / student / self.assignment
        folder.mkdir(parents=True, exist_ok=True)
        return folder / (file or f"{self.assignment}.ipynb")

    def submit(self, student: str, book: Mapping[str, Any] | str | bytes) -> Path:
        path = self.place(student)
        if isinstance(book, bytes):
            path.write_bytes(book)
        else:
            path.write_text(book if isinstance(book, str) else json.dumps(book), encoding="utf-8")
        return path

    # -- results ----------------------------------------------------------------------------

    def query(self, sql: str, *values: object) -> list[tuple[Any, ...]]:
        with sqlite3.connect(self.gradebook / "gradebook.db") as database:
            rows = database.execute(sql, values).fetchall()
        database.close()
        return rows

    def grades(self) -> dict[str, dict[str, tuple[float | None, bool]]]:
        """{student: {grade id: (auto_score, needs_manual_grade)}}, straight from the database."""
        rows = self.query(
            """SELECT sa.student_id, bc.name, g.auto_score, g.needs_manual_grade
            FROM grade g JOIN base_cell bc ON g.cell_id = bc.id
            JOIN submitted_notebook sn ON g.notebook_id = sn.id
            JOIN submitted_assignment sa ON sn.assignment_id = sa.id"""
        )
        found: dict[str, dict[str, tuple[float | None, bool]]] = {}
        for student, cell, score, manual in rows:
            found.setdefault(student, {})[cell] = (score, bool(manual))
        return found

    def scores(self, student: str) -> dict[str, float | None]:
        """{task: score}; every check cell must have one."""
        own = self.grades()[student]
        return {
            name.removesuffix("-checks"): score
            for name, (score, _) in own.items()
            if name.endswith("-checks")
        }

    def autograded(self, student: str) -> dict[str, Any]:
        path = self.gradebook / "autograded" / student / self.assignment
        text = (path / f"{self.assignment}.ipynb").read_text(encoding="utf-8")
        found: dict[str, Any] = json.loads(text)
        return found

    def explanation(self, student: str, task: str) -> str:
        """The HTML in a task's check cell, whose other output is a plain number."""
        cell = cell_of(self.autograded(student), f"{task}-checks")
        (output,) = cell["outputs"]
        assert output["output_type"] == "execute_result"
        score = "".join(output["data"]["text/plain"])
        assert repr(float(score)) == score
        return "".join(output["data"]["text/html"])


def cell_of(book: Mapping[str, Any], name: str) -> dict[str, Any]:
    """The cell of that id."""
    (found,) = [cell for cell in book["cells"] if cell["id"] == name]
    return found  # type: ignore[no-any-return]


def code_cell(source: str, name: str, **marks: object) -> dict[str, Any]:
    """A code cell; `marks` are nbgrader's metadata."""
    return {
        "cell_type": "code",
        "id": name,
        "source": source,
        "metadata": {"nbgrader": marks} if marks else {},
        "outputs": [],
        "execution_count": None,
    }


def with_cells(book: Mapping[str, Any], position: int, *cells: Mapping[str, Any]) -> dict[str, Any]:
    """A copy with cells inserted."""
    changed = copy.deepcopy(dict(book))
    changed["cells"][position:position] = cells
    return changed


def tiny_class(folder: Path) -> Class:
    """Assignment 7: `double` (3 + 4.5 points), `halve` (1 point), and a question for a person."""
    source = write_course(folder)
    edit(
        source / "double" / "checks.py",
        "assert_close(student.double(HIDDEN_INPUT), hidden_helper(HIDDEN_INPUT))",
        "assert_close(student.double(np.array([3.0, 1.0, 4.0])), [6.0, 2.0, 8.0])",
    )
    task = source / "halve" / "task.py"
    question = '\n# %% [markdown] tags=["manual:5"]\n# Because two halves make a whole.\n'
    task.write_text(task.read_text(encoding="utf-8") + question, encoding="utf-8")
    return Class(folder, "assignment7")
