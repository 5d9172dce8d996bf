"""Everything that would stop a release, found in one go and told by file and line.

An author who repairs one problem should not meet the next one only then.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from autograder.errors import CourseError, ReleaseError
from autograder.notebook import split_percent
from autograder.publish import public_checks
from autograder.sources import (
    parse_hints,
    parse_source,
    read_checks,
    read_settings,
    read_text,
    read_variants,
)
from autograder.stubs import find_blocks, make_stub

__all__ = ["as_problem", "find_problems"]

_FOLDER_FILES = frozenset({"assignment.toml", "intro.py", "given.py", "__pycache__"})
_TASK_FILES = ("task.py", "checks.py", "variants.py", "hints.md")


@contextlib.contextmanager
def as_problem(problems: list[str]) -> Iterator[None]:
    try:
        yield
    except CourseError as error:
        problems.append(error.message)
    except ReleaseError as error:
        if error.hint and "pip install" in error.hint:  # a missing tool is no problem of a source
            raise
        problems.append(error.message)


def find_problems(folder: Path) -> list[str]:
    """Everything that stops a release of solutions/<name>/, each with its file; [] if nothing."""
    problems: list[str] = []
    settings: Mapping[str, Any] = {}
    with as_problem(problems):
        settings = read_settings(folder / "assignment.toml")
    present = [path for path in sorted(folder.iterdir()) if path.name not in _FOLDER_FILES]
    listed = settings.get("tasks", [path.name for path in present if path.is_dir()])
    for path in present:
        if not path.is_dir():
            problems.append(f"{path} does not belong there: move or delete it.")
        elif path.name not in listed:
            problems.append(f"{path} is not listed under tasks in assignment.toml.")
    for task in listed:
        if task in ("intro", "experiment"):
            problems.append(f"{folder / task}: the name is taken by cells of the notebook.")
        if not (folder / task).is_dir():
            problems.append(f"{folder / task} is missing, but assignment.toml lists it.")
            continue
        problems.extend(_problems_of_task(folder / task))
    with as_problem(problems):
        problems.extend(_problems_of_cells(folder / "intro.py", solution=False))
    return problems


def _problems_of_task(folder: Path) -> list[str]:
    problems: list[str] = []
    for path in sorted(folder.iterdir()):
        if path.name not in (*_TASK_FILES, "__pycache__"):
            problems.append(f"{path} does not belong there: move or delete it.")
    checks: set[str] = set()
    hints: set[str] = set()
    with as_problem(problems):
        problems.extend(_problems_of_cells(folder / "task.py", solution=True))
    with as_problem(problems):
        path = folder / "checks.py"
        checks = {mark.name for mark in read_checks(read_text(path), path)}
        if not checks:
            problems.append(f"{path} holds no check: write functions named test_...")
        public_checks(read_text(path), path)
    with as_problem(problems):
        path = folder / "hints.md"
        hints = {hint.id for hint in parse_hints(read_text(path), path)}
    with as_problem(problems):
        path = folder / "variants.py"
        for variant in read_variants(read_text(path), path):
            where = f"{path}:{variant.line}: {variant.id}"
            if variant.killed_by and checks and variant.killed_by not in checks:
                problems.append(f"{where}: checks.py has no check {variant.killed_by}.")
            if variant.hint and hints and variant.hint not in hints:
                problems.append(f"{where}: hints.md has no hint {variant.hint}.")
    return problems


def _problems_of_cells(path: Path, *, solution: bool) -> list[str]:
    """Problems of a task.py (with solution blocks) or an intro.py (without)."""
    text = read_text(path)
    blocks, problems = find_blocks(text, path)
    with as_problem(problems):
        parse_source(text, path)
    cells = split_percent(text)
    if not cells[0].marker and cells[0].source.strip():
        problems.append(f"{path}:1: text stands above the first cell; start with # %% [markdown].")
    if not solution:
        if blocks:
            problems.append(f"{path}: a solution block does not belong into the introduction.")
        return problems
    if not blocks and not problems:
        problems.append(f"{path} has no solution block, so it would be released solved.")
    if not problems:
        try:
            parse_source(make_stub(text, blocks), path)
        except CourseError as error:
            problems.append(f"{error.message} (in the stub: what is left outside the blocks)")
    return problems
