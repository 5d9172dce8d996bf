"""`grade start`: copies of an assignment's stubs for the student to write in.

Nothing of a student's is ever lost: a file that differs from ours stops the whole command, and
with ``force`` it is renamed before ours takes its place.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from autograder.course import Assignment
from autograder.errors import CourseError, UsageError

__all__ = ["Started", "start"]


@dataclass(frozen=True)
class Started:
    """What was done, by file: written, already there and equal, and renamed before (old, new)."""

    folder: Path
    written: tuple[Path, ...]
    present: tuple[Path, ...]
    kept: tuple[tuple[Path, Path], ...]


def start(
    assignment: Assignment,
    parent: Path,
    *,
    suffixes: Sequence[str] = (".py", ".ipynb"),
    force: bool = False,
) -> Started:
    """Copy the stubs with these suffixes and the README to ``parent``/<assignment>/.

    Raises `UsageError` naming the files that differ (nothing is copied then) or that cannot be
    written, and `CourseError` if the assignment was never released.
    """
    name = assignment.name
    wanted = [f"{name}{suffix}" for suffix in suffixes]
    stubs = {file: _read_stub(assignment, file) for file in (*wanted, "README.md")}
    folder = parent / name
    if _same_folder(folder, assignment.folder):
        return Started(folder, (), tuple(folder / file for file in stubs), ())
    try:
        return _copy(folder, stubs, name, force)
    except OSError as error:
        place = error.filename or folder
        raise UsageError(
            f"{place} cannot be written: {error.strerror or error}.",
            f"Choose a folder of your own: grade start {name} --to FOLDER",
        ) from None


def _read_stub(assignment: Assignment, file: str) -> bytes:
    path = assignment.folder / file
    try:
        return path.read_bytes()
    except OSError as error:
        hint = "Download the course again, or ask your instructor."
        if assignment.source is not None:
            hint = f"Make it from the sources: grade release {assignment.name}"
        raise CourseError(f"{path} cannot be copied: {error.strerror or error}.", hint) from None


def _same_folder(first: Path, second: Path) -> bool:
    try:
        return first.samefile(second)
    except OSError:
        return False


def _copy(folder: Path, stubs: dict[str, bytes], name: str, force: bool) -> Started:
    if os.path.lexists(folder) and not folder.is_dir():
        raise UsageError(
            f"{folder} is there already and is no folder.",
            f"Move it away, or choose another place: grade start {name} --to FOLDER",
        )
    differing, present, missing = [], [], []
    for file, content in stubs.items():
        path = folder / file
        if not os.path.lexists(path):
            missing.append(path)
        elif path.is_file() and path.read_bytes() == content:
            present.append(path)
        else:
            differing.append(path)
    if differing and not force:
        listed = "\n".join(f"  {path}" for path in differing)
        raise UsageError(
            f"Left alone, because it differs from what the course hands out:\n{listed}\n"
            "Nothing was copied.",
            f"Go on with it:  grade {name}\n"
            f"Begin anew (yours is kept as .bak):  grade start {name} --force",
        )
    folder.mkdir(parents=True, exist_ok=True)
    kept = []
    for path in (*missing, *differing):
        # Whole or not at all: first the new text beside it, then the exchange.
        part = path.with_name(f".{path.name}.part")
        try:
            part.write_bytes(stubs[path.name])
            if path in differing:
                backup = _free_name(path)
                path.rename(backup)
                kept.append((path, backup))
            part.replace(path)
        finally:
            part.unlink(missing_ok=True)
    return Started(folder, (*missing, *differing), tuple(present), tuple(kept))


def _free_name(path: Path) -> Path:
    """assignment1.py.bak, or the next name that nothing has."""
    number = 1
    while True:
        backup = path.with_name(f"{path.name}.bak{'' if number == 1 else number}")
        if not os.path.lexists(backup):
            return backup
        number += 1
