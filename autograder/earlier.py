"""What an assignment is given from the ones before it: their solutions, found by name.

One mistake must not be punished twice, so official grading never runs a student's earlier file
beneath a later assignment. `given` in assignment.toml lists names; the tasks that define them are
looked up in the earlier assignments, with whatever those tasks need themselves.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from autograder.errors import CourseError
from autograder.notebook import split_percent
from autograder.sources import close_matches, defined_names_of, parse_source, read_text

__all__ = ["Earlier", "earlier_tasks", "given_source"]

_GIVEN_MODULE = "autograder.given"


@dataclass(frozen=True)
class Earlier:
    """One task of an earlier assignment: its text, what it defines and which names it uses."""

    path: Path
    text: str
    defines: tuple[str, ...]
    uses: frozenset[str]


def earlier_tasks(folders: Iterable[tuple[Path, Sequence[str]]]) -> list[Earlier]:
    """Read the tasks of (assignment folder, task names), in the order of the course."""
    found = []
    for folder, names in folders:
        for name in names:
            path = folder / name / "task.py"
            text = read_text(path)
            tree = parse_source(text, path)
            uses = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
            found.append(Earlier(path, text, defined_names_of(tree), frozenset(uses)))
    return found


def given_source(tasks: Sequence[Earlier], names: Sequence[str], toml: Path) -> str:
    """Source that defines ``names``, as one module. Raises CourseError for a name that no earlier
    task defines."""
    home = {name: task for task in tasks for name in task.defines}  # the latest definition wins
    for name in names:
        if name not in home:
            raise CourseError(
                f"{toml}: given names {name!r}, which no earlier assignment defines"
                f"{close_matches(name, home)}.",
            )
    needed: list[Earlier] = []
    waiting = [home[name] for name in names]
    while waiting:
        task = waiting.pop()
        if task not in needed:
            needed.append(task)
            waiting += [home[name] for name in task.uses if name in home]
    needed.sort(key=tasks.index)
    imports = dict.fromkeys(
        line for task in needed for line in _imports(task.path.parent.parent / "intro.py")
    )
    return "\n".join([*imports, *(task.text for task in needed)]) + "\n"


def _imports(intro: Path) -> list[str]:
    """The import statements of an intro that its tasks stand on, without given names: they are
    defined here."""
    text = "".join(
        cell.source
        for cell in split_percent(read_text(intro))
        if cell.kind == "code" and "experiment" not in cell.tags
    )
    return [
        ast.unparse(node)
        for node in parse_source(text, intro).body
        if isinstance(node, (ast.Import, ast.ImportFrom))
        and getattr(node, "module", "") != _GIVEN_MODULE
    ]
