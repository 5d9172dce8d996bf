"""Who may import whom. The table is the architecture: read it before you add an import.

A room is a module or a package directly under autograder/. A new room needs a line here; a new
import that the table forbids is a decision to be made, not a line to be added in passing.
"""

from __future__ import annotations

import ast
import graphlib
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ENGINE = Path(__file__).resolve().parent.parent / "autograder"

# room: the rooms that it may import (itself always; `errors` and `results` are plain vocabulary)
MAY_IMPORT = {
    # vocabulary
    "errors": "",
    "results": "",
    "threads": "",
    # text and files; nothing of a student's is executed
    "sources": "errors",
    "earlier": "errors sources notebook",
    "notebook": "errors",
    "experiments": "sources notebook",
    "course": "errors experiments sources earlier",
    "archive": "errors",
    "submission": "errors course archive notebook",
    "cache": "",
    "data": "errors cache",
    "given": "errors course",  # only for work outside `grade`; in the sandbox there is another
    # the sandbox's side of the pipe: must start fast and hold no secret
    "wire": "",
    "standins": "",
    "worker": "wire standins",
    # the grader's side of the pipe
    "sandbox": "errors threads wire",
    "transcript": "",
    "student": "errors results wire sandbox transcript worker",  # worker: trusted code in process
    "programs": "errors course sources submission student",
    # checks
    "authoring": "errors results wire student",
    "plugin": "errors results course sources data student authoring",
    "diagnosis": "errors results cache course programs student transcript authoring plugin",
    "grading": "errors results course data submission sandbox student programs authoring plugin "
    "diagnosis",
    # formats: they read results and decide nothing
    "reports": "results",
    # the author's tools
    "stubs": "errors",
    "publish": "errors sources",
    "lint": "errors course sources notebook stubs publish",
    "cells": "errors course sources notebook stubs",
    "release": "errors course sources notebook submission stubs publish lint authoring cells",
    "verify": "errors results course sources submission sandbox student programs authoring "
    "diagnosis grading release",
    # the student's tools
    "starting": "errors course",
    "standing": "errors results cache course grading sandbox submission",
    "slicing": "",
    "plotting": "errors course experiments programs sandbox slicing student submission",
    # notebooks: the check cell in a student's kernel, and nbgrader's converters for instructors
    "jupyter": "reports",
    "nbgrader": "errors results cache course submission programs cells notebook sandbox grading "
    "reports threads",
    # the doors
    "cli": "*",
    "__main__": "cli",
    "__init__": "",
}

# Single files that may do what the rest of their room may not.
EXCEPTIONS = {
    "sandbox/boot.py": "worker",
    "sandbox/zygote.py": "worker",
    "reports/verification.py": "verify",
}

# Rooms that start inside the sandbox, or before everything else: these third parties, no others.
THIRD_PARTY = {
    "__init__": "",
    "errors": "",
    "results": "",
    "threads": "",
    "standins": "",
    "transcript": "numpy",
    "wire": "numpy",
    "worker": "numpy",
    "sandbox": "numpy",
}


def room_of(path: Path) -> str:
    return path.relative_to(ENGINE).parts[0].removesuffix(".py")


def imports(path: Path) -> Iterator[tuple[int, str]]:
    """(line, dotted name) of each import in the file, lazy ones and TYPE_CHECKING included."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            module = "." * node.level + (node.module or "")
            if module == "autograder":
                yield from ((node.lineno, f"autograder.{alias.name}") for alias in node.names)
            else:
                yield node.lineno, module


FILES = sorted(ENGINE.rglob("*.py"))


@pytest.mark.parametrize("path", FILES, ids=[str(p.relative_to(ENGINE)) for p in FILES])
def test_imports_follow_the_table(path: Path) -> None:
    room = room_of(path)
    where = path.relative_to(ENGINE).as_posix()
    assert room in MAY_IMPORT, f"{where}: room {room!r} is not in the table of test_imports.py"
    allowed = {room, *MAY_IMPORT[room].split(), *EXCEPTIONS.get(where, "").split()}
    third_parties = THIRD_PARTY.get(room)
    for line, name in imports(path):
        top, _, rest = name.partition(".")
        assert top, f"{where}:{line}: write absolute imports (found {name!r})"
        if top == "autograder":
            target = rest.partition(".")[0] or "__init__"
            fine = "*" in allowed or target in allowed or rest == "__version__"
            assert fine, f"{where}:{line}: {room} may not import {target}"
        elif third_parties is not None and top not in sys.stdlib_module_names:
            assert top in third_parties.split(), f"{where}:{line}: {room} may not import {top}"


def test_the_table_has_no_cycle_and_no_unknown_room() -> None:
    graph = {room: set(text.replace("*", "").split()) for room, text in MAY_IMPORT.items()}
    assert set().union(*graph.values()) <= set(graph)
    assert set(THIRD_PARTY) <= set(MAY_IMPORT)
    order = list(graphlib.TopologicalSorter(graph).static_order())  # raises CycleError
    assert order.index("results") < order.index("grading") < order.index("verify")


def test_the_test_sees_every_kind_of_import(tmp_path: Path) -> None:
    source = tmp_path / "sample.py"
    source.write_text(
        "import autograder.wire as w\nfrom autograder import grading\n"
        "def later():\n    from autograder.reports.json import render\nfrom . import x\n"
    )
    assert sorted(imports(source)) == [
        (1, "autograder.wire"),
        (2, "autograder.grading"),
        (4, "autograder.reports.json"),
        (5, "."),
    ]
