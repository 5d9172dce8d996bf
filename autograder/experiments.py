"""Experiments: the cells at the end of an assignment that draw figures with the student's code.

They stand in intro.py, tagged `experiment`; the release carries them in the manifest. Each begins
with a comment such as `# fig2_slopes: the slopes of sigmoid, tanh and ReLU`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from autograder.notebook import cell_to_python, split_percent
from autograder.sources import read_text

__all__ = ["Experiment", "from_manifest", "read_experiments"]

_FIRST_LINE = re.compile(r"#\s*(fig(\d+)\w*)\s*:\s*(.*)")


@dataclass(frozen=True)
class Experiment:
    """One code cell. `number` counts the figures; 0 is a cell of imports before the tasks."""

    name: str
    source: str
    number: int
    title: str = ""

    def to_json(self) -> dict[str, str]:
        return {"name": self.name, "source": self.source}


def read_experiments(path: Path) -> tuple[Experiment, ...]:
    """The code cells of an intro.py: those before the tasks, then the experiments."""
    cells = [cell for cell in split_percent(read_text(path)) if cell.kind == "code"]
    ordered = sorted(cells, key=lambda cell: "experiment" in cell.tags)
    sources = []
    for cell in ordered:
        source, _ = cell_to_python(cell.source.strip("\n"), notebook=True)
        if source is not None and source.strip():
            sources.append((source, "experiment" in cell.tags))
    return tuple(_numbered(sources))


def from_manifest(entries: Iterable[Mapping[str, Any]]) -> tuple[Experiment, ...]:
    """What `Experiment.to_json` wrote."""
    return tuple(_numbered((str(e["source"]), e["name"] != "setup") for e in entries))


def _numbered(sources: Iterable[tuple[str, bool]]) -> Iterable[Experiment]:
    count = 0
    for source, draws in sources:
        if not draws:
            yield Experiment("setup", source, 0)
            continue
        count += 1
        found = _FIRST_LINE.match(source)
        if found:
            count = int(found.group(2))
            yield Experiment(found.group(1), source, count, found.group(3).strip())
        else:
            yield Experiment(f"fig{count}", source, count)
