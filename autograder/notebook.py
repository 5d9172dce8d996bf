"""Cells: py:percent text and Jupyter notebooks, in and out, without running anything.

Reading is our own and small, instead of nbformat's, so that the base install needs no Jupyter
package; of a notebook we want three fields per cell, and must survive hand-damaged ones.
Writing (release only) is jupytext's work, imported when needed.
"""

from __future__ import annotations

import ast
import io
import itertools
import json
import re
import tokenize
import warnings
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from autograder.errors import ReleaseError, SubmissionError

__all__ = [
    "RawCell",
    "cell_to_python",
    "join_percent",
    "parses",
    "read_notebook",
    "split_percent",
    "write_notebook",
]

_MARKER = re.compile(r"#[ \t]*%%%*(?:[ \t\[{].*)?$")
_KIND = re.compile(r"\[(markdown|md|raw)\]")
_TAGS = re.compile(r"""tags["']?\s*[=:]\s*\[([^\]]*)\]""")
_PARSE_ERRORS = (SyntaxError, ValueError, MemoryError, RecursionError)

# Cell magics whose body is still Python in this namespace; every other %% cell is another
# language or another process.
_PYTHON_CELL_MAGICS = frozenset({"time", "timeit", "capture", "prun"})
_LINE_MAGIC = re.compile(
    r"%+[A-Za-z_]|!|\?{1,2}[%\w]|[%\w.*]+\?{1,2}\s*(?:#.*)?$|(?:pip3?|conda|mamba) install\b"
    r"|get_ipython\(\)\.\w*(?:magic|system|getoutput)\(.*\)$"
)
_ASSIGNED_MAGIC = re.compile(r"""([^=!<>#'"]+?)\s*=\s*(?:!(?!=)|%[A-Za-z_])""")


@dataclass(frozen=True)
class RawCell:
    """One cell as it stands in the file.

    `kind` is "code", "markdown" or "raw"; `line` the 1-based line of the file where `source`
    starts (1 in notebooks); `number` counts all cells from 1; `marker` is the py:percent line
    above the cell with its newline, "" in notebooks and for text above the first marker.
    """

    kind: str
    source: str
    line: int
    number: int
    tags: tuple[str, ...] = ()
    marker: str = ""


def parses(source: str) -> bool:
    """True if the text is Python. Only the parser sees it; nothing is compiled or run."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a student's "\d" must not warn in the grader
        try:
            ast.parse(source)
        except _PARSE_ERRORS:
            return False
    return True


# ------------------------------------------------------------------------- py:percent


def split_percent(text: str) -> list[RawCell]:
    """Split py:percent text (LF newlines) at its `# %%` lines; `join_percent` is the inverse.

    Text without a marker is one code cell. A marker inside a string is text of the string.
    """
    lines = [line for line in re.split(r"(?<=\n)", text) if line]  # only \n ends a line of Python
    inside_strings = _lines_inside_strings(text) if '"""' in text or "'''" in text else set()
    starts = [
        index
        for index, line in enumerate(lines)
        if _MARKER.match(line) and index + 1 not in inside_strings
    ]
    cells: list[RawCell] = []
    if not starts or starts[0] > 0:
        body = lines[: starts[0]] if starts else lines
        cells.append(RawCell("code", "".join(body), 1, 1))
    for start, end in itertools.pairwise([*starts, len(lines)]):
        marker = lines[start]
        kind = _KIND.search(marker)
        tags = _TAGS.search(marker)
        cells.append(
            RawCell(
                kind=("raw" if kind.group(1) == "raw" else "markdown") if kind else "code",
                source="".join(lines[start + 1 : end]),
                line=start + 2,
                number=len(cells) + 1,
                tags=tuple(re.findall(r"""["']([^"']*)["']""", tags.group(1))) if tags else (),
                marker=marker,
            )
        )
    return cells


def join_percent(cells: Sequence[RawCell]) -> str:
    """Put the cells of `split_percent` together again, to the byte."""
    return "".join(cell.marker + cell.source for cell in cells)


def _lines_inside_strings(text: str) -> set[int]:
    """1-based lines on which a multi-line string is still open when the line begins.

    Only of a file that parses as a whole: a forgotten closing quote in one cell must not swallow
    the markers of the cells below it.
    """
    if not parses(text):
        return set()
    inside: set[int] = set()
    opened: list[int] = []
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        kind = tokenize.tok_name[token.type]
        if kind.endswith("STRING_START"):  # f-strings from Python 3.12 on
            opened.append(token.start[0])
        elif kind.endswith("STRING_END"):
            inside.update(range(opened.pop() + 1, token.end[0] + 1))
        elif kind == "STRING":
            inside.update(range(token.start[0] + 1, token.end[0] + 1))
    return inside


# ---------------------------------------------------------------------------- .ipynb


def read_notebook(text: str, path: object) -> list[RawCell]:
    """Read the cells of a notebook. Raises `SubmissionError` if it is not one."""
    again = f"Open {path} in Jupyter, save it, and run the command again."
    try:
        document = json.loads(text)
    except RecursionError:
        raise SubmissionError(f"{path} is no notebook: nested too deeply.", again) from None
    except ValueError as error:
        if re.search(r"^(<{7}|>{7}) ", text, re.MULTILINE):
            hint = "Resolve the conflict that Git marked with <<<<<<< and save the notebook again."
            raise SubmissionError(f"{path} holds an unresolved Git conflict.", hint) from None
        raise SubmissionError(f"{path} is no notebook: invalid JSON, {error}.", again) from None
    if not isinstance(document, dict):
        raise SubmissionError(f"{path} is no notebook: its JSON is not an object.", again)
    if "cells" not in document and "worksheets" in document:
        raise SubmissionError(
            f"{path} is a notebook of the old format 3, which is not read.",
            f"Convert it: jupyter nbconvert --to notebook --inplace {path}",
        )
    cells = document.get("cells")
    if not isinstance(cells, list):
        raise SubmissionError(f'{path} is no notebook: it has no list of "cells".', again)
    return [_notebook_cell(cell, number, path) for number, cell in enumerate(cells, start=1)]


def _notebook_cell(cell: Any, number: int, path: object) -> RawCell:
    broken = f"{path} is damaged: cell {number}"
    hint = "Open it in Jupyter, repair or delete that cell, and save."
    if not isinstance(cell, dict):
        raise SubmissionError(f"{broken} is not an object.", hint)
    source = cell.get("source", "")
    if isinstance(source, list) and all(isinstance(part, str) for part in source):
        source = "".join(source)
    if not isinstance(source, str):
        raise SubmissionError(f"{broken} has a source that is not text.", hint)
    metadata = cell.get("metadata")
    tags = metadata.get("tags") if isinstance(metadata, dict) else None
    kind = cell.get("cell_type")
    return RawCell(
        kind=kind if kind in ("code", "markdown") else "raw",
        source=source.replace("\r\n", "\n").replace("\r", "\n"),
        line=1,
        number=number,
        tags=tuple(tag for tag in tags if isinstance(tag, str)) if isinstance(tags, list) else (),
    )


# ------------------------------------------------------------------- IPython's additions


def cell_to_python(source: str, *, notebook: bool) -> tuple[str | None, list[str]]:
    """Neutralise IPython's commands in a cell that is not Python; its line count stays.

    Returns the text and a note for each line left out; the text is None for a cell in another
    language. A real syntax error stays where it is: the worker reports it to the student.
    `x = !ls` is a command only in a notebook; in a .py file it is a mistaken `not`.
    """
    # A notebook exported as a script spells its commands out, as calls of a missing function.
    if parses(source) and "get_ipython()." not in source:
        return source, []
    lines = source.split("\n")
    first = next((index for index, line in enumerate(lines) if line.strip()), 0)
    if found := re.match(r"%%\s*(\S*)", lines[first]):
        if found.group(1) not in _PYTHON_CELL_MAGICS:
            return None, [f"a %%{found.group(1)} cell is not graded; only Python cells are"]
        lines[first] = f"# {lines[first]}"
        if parses("\n".join(lines)):
            return "\n".join(lines), []
    notes: list[str] = []
    state = _Lexer()
    in_magic = False
    for index, line in enumerate(lines):
        text = line.strip()
        indent = line[: len(line) - len(line.lstrip())]
        if in_magic:
            in_magic = text.endswith("\\")
            lines[index] = f"{indent}# {text}"
            continue
        replacement = _neutral(text, notebook) if state.at_statement else None
        if replacement is None:
            state.feed(line)
            continue
        in_magic = text.endswith("\\")
        lines[index] = f"{indent}{replacement}  # {text}".replace("\\", "/")
        notes.append(f"line {index + 1} is an IPython command and was not run: {text[:60]}")
    return "\n".join(lines), notes


def _neutral(text: str, notebook: bool) -> str | None:
    if _LINE_MAGIC.match(text):
        return "pass"
    found = _ASSIGNED_MAGIC.match(text) if notebook else None
    return f"{found.group(1)} = None" if found else None


class _Lexer:
    """Knows whether the next line begins a statement, in text that no parser accepts."""

    def __init__(self) -> None:
        self._quote = ""
        self._depth = 0
        self._continued = False

    @property
    def at_statement(self) -> bool:
        return not self._quote and not self._depth and not self._continued

    def feed(self, line: str) -> None:
        position = 0
        self._continued = line.endswith("\\")
        while position < len(line):
            char = line[position]
            if self._quote:
                if char == "\\":
                    position += 1
                elif line.startswith(self._quote, position):
                    position += len(self._quote) - 1
                    self._quote = ""
            elif char == "#":
                self._continued = False
                break
            elif char in "\"'":
                self._quote = char * 3 if line.startswith(char * 3, position) else char
                position += len(self._quote) - 1
            elif char in "([{":
                self._depth += 1
            elif char in ")]}":
                self._depth = max(0, self._depth - 1)
            position += 1
        if len(self._quote) == 1 and not self._continued:
            self._quote = ""  # an unclosed plain string ends with its line


# --------------------------------------------------------------------------- writing


def write_notebook(
    text: str, ids: Iterable[str], metadata: Mapping[str, Mapping[str, Any]] | None = None
) -> str:
    """Turn py:percent text into notebook JSON with the given cell ids, in order.

    `metadata` holds what a cell needs beside its tags, by its id. The same text gives the same
    bytes: no version stamps, no random ids, no outputs.
    Raises `ReleaseError` if jupytext is missing or sees other cells than we do.
    """
    try:
        import jupytext  # type: ignore[import-untyped, unused-ignore]
        import nbformat
    except ImportError as error:
        raise ReleaseError(
            f"Writing notebooks needs {error.name}, which is not installed.",
            'Install the author\'s tools: pip install "groundup[author]"',
        ) from None
    book = jupytext.reads(text, fmt="py:percent")
    names = list(ids)
    if len(book.cells) != len(names):
        raise ReleaseError(
            f"jupytext reads {len(book.cells)} cells where the release wrote {len(names)}.",
            "Look for a # %% line inside a string of a task.py.",
        )
    for cell, name in zip(book.cells, names, strict=True):
        cell["id"] = name
        # Lines, as Jupyter itself stores them: changes of a release can then be read in a diff.
        cell["source"] = [line for line in re.split(r"(?<=\n)", cell["source"]) if line]
        # jupytext notes the blank lines between cells here, which nobody needs.
        tags = cell["metadata"].get("tags")
        cell["metadata"] = {
            **({"tags": list(tags)} if tags else {}),
            **(metadata or {}).get(name, {}),
        }
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    document = {
        "cells": book.cells,
        "metadata": {"kernelspec": kernel, "language_info": {"name": "python"}},
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    text = json.dumps(document, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    nbformat.validate(json.loads(text))
    return text
