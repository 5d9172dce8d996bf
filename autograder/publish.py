"""Which parts of a checks.py and a given.py a student may have.

`public_checks` keeps the checks without the `hidden` mark, and of the rest of the module what
those need: a helper or a table of inputs that only hidden checks use would give them away.
"""

from __future__ import annotations

import ast
import io
import symtable
import tokenize
from dataclasses import dataclass
from pathlib import Path

from autograder.errors import CourseError
from autograder.sources import parse_source, read_checks

__all__ = ["public_checks", "strip_comments"]


@dataclass(frozen=True)
class _Part:
    """A top-level statement: the names it binds, the module-level names it uses, its lines."""

    node: ast.stmt
    binds: frozenset[str]
    uses: frozenset[str]
    first: int
    last: int


def public_checks(source: str, path: Path) -> str:
    """Return the public checks of a checks.py with what they use, formatting kept.

    Raises `CourseError` where the module is not written so that this can be decided by reading:
    at top level only imports, constants, helpers and checks, one statement a line.
    """
    hidden = {check.name for check in read_checks(source, path) if check.hidden}
    lines = source.split("\n")
    parts = _parts(parse_source(source, path), lines, path)
    wanted = {
        part.first
        for part in parts
        if isinstance(part.node, ast.FunctionDef)
        and (part.node.name.startswith("test") or _is_autouse(part.node))
        and part.node.name not in hidden
    }
    for part in parts:
        if part.first in wanted and "reference" in part.uses:
            raise CourseError(
                f"{path}:{part.node.lineno}: {part.node.name} is public but uses `reference`, "  # type: ignore[attr-defined]
                "which a student does not have; write the expected values out or hide the check."
            )
    used: set[str] = set()
    while True:
        used = set().union(*(part.uses for part in parts if part.first in wanted))
        more = {part.first for part in parts if part.binds & used} - wanted
        more -= {part.first for part in parts if part.binds & hidden}
        if not more:
            break
        wanted |= more
    return _assemble(parts, wanted, used, lines)


def _parts(tree: ast.Module, lines: list[str], path: Path) -> list[_Part]:
    parts: list[_Part] = []
    for node in tree.body:
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            continue  # the module's docstring speaks to authors
        first = min([node.lineno, *(d.lineno for d in getattr(node, "decorator_list", ()))])
        last = node.end_lineno or node.lineno
        if parts and first <= parts[-1].last:
            raise CourseError(f"{path}:{first}: write one statement a line.")
        binds, uses = _names(node, "\n".join(lines[first - 1 : last]), path)
        parts.append(_Part(node, binds, uses, first, last))
    return parts


def _names(node: ast.stmt, segment: str, path: Path) -> tuple[frozenset[str], frozenset[str]]:
    """(names bound, module-level names used); `symtable` knows the scopes, and runs nothing."""
    if isinstance(node, (ast.Import, ast.ImportFrom)):
        binds = {(alias.asname or alias.name).split(".")[0] for alias in node.names}
        return frozenset(binds), frozenset()
    if isinstance(node, (ast.FunctionDef, ast.ClassDef)):
        binds = {node.name}
    elif isinstance(node, (ast.Assign, ast.AnnAssign)):
        stored = (n for n in ast.walk(node) if isinstance(n, ast.Name))
        binds = {name.id for name in stored if isinstance(name.ctx, ast.Store)}
    else:
        raise CourseError(
            f"{path}:{node.lineno}: at top level only imports, constants, helper functions and "
            "checks may stand, so that the release can tell what is public."
        )
    uses: set[str] = set()
    pending = [symtable.symtable(segment, str(path), "exec")]
    while pending:
        table = pending.pop()
        pending.extend(table.get_children())
        module = table.get_type() == "module"
        uses |= {
            symbol.get_name()
            for symbol in table.get_symbols()
            if symbol.is_referenced() and (module or symbol.is_global())
        }
    if isinstance(node, ast.FunctionDef):
        arguments = node.args
        every = (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs)
        uses |= {argument.arg for argument in every}  # pytest fixtures come in by name
        for decorator in node.decorator_list:  # usefixtures("name")
            uses |= {str(c.value) for c in ast.walk(decorator) if isinstance(c, ast.Constant)}
    return frozenset(binds), frozenset(uses)


def _is_autouse(node: ast.FunctionDef) -> bool:
    return any(
        word.arg == "autouse"
        for decorator in node.decorator_list
        if isinstance(decorator, ast.Call)
        for word in decorator.keywords
    )


def _assemble(parts: list[_Part], wanted: set[int], used: set[str], lines: list[str]) -> str:
    text: list[str] = []
    previous: _Part | None = None
    for part in parts:
        future = isinstance(part.node, ast.ImportFrom) and part.node.module == "__future__"
        if part.first not in wanted and not future:
            continue
        first = part.first
        while first > 1 and lines[first - 2].startswith("#"):
            first -= 1  # a comment right above belongs to the statement
        blank = 0
        while first - blank > 1 and not lines[first - blank - 2].strip():
            blank += 1
        heavy = (ast.FunctionDef, ast.ClassDef)
        if isinstance(part.node, heavy) or (previous and isinstance(previous.node, heavy)):
            blank = 2
        if previous is not None:
            text.extend([""] * min(blank, 2))
        text.extend(lines[first - 1 : part.first - 1])
        text.extend(_used_import(part.node, used) or lines[part.first - 1 : part.last])
        previous = part
    return "\n".join(text).strip("\n") + "\n"


def _used_import(node: ast.stmt, used: set[str]) -> list[str] | None:
    """The import without the names that only hidden checks use; None if all are used."""
    if not isinstance(node, ast.ImportFrom) or node.module == "__future__":
        return None
    kept = [alias for alias in node.names if (alias.asname or alias.name) in used]
    if len(kept) == len(node.names):
        return None
    names = [f"{a.name} as {a.asname}" if a.asname else a.name for a in kept]
    head = f"from {'.' * node.level}{node.module or ''} import "
    if len(head + ", ".join(names)) <= 100:
        return [head + ", ".join(names)]
    return [f"{head}(", *(f"    {name}," for name in names), ")"]


def strip_comments(source: str) -> str:
    """Return the code without comments, docstrings and blank lines.

    By tokens rather than by `ast.unparse`, whose text differs between Python versions.
    """
    tree = ast.parse(source)
    docstrings: dict[int, tuple[int, bool]] = {}
    for node in ast.walk(tree):
        if isinstance(node, (ast.Module, ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            first = node.body[0] if node.body else None
            if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant):
                alone = len(node.body) == 1 and not isinstance(node, ast.Module)
                docstrings[first.lineno] = (first.end_lineno or first.lineno, alone)
    lines = source.split("\n")
    keep: set[int] = set()  # lines inside other multi-line strings stay as they are, blank ones too
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        row, column = token.start
        if token.type == tokenize.COMMENT:
            lines[row - 1] = lines[row - 1][:column].rstrip()
        elif token.type not in (tokenize.NEWLINE, tokenize.NL) and row not in docstrings:
            keep.update(range(row, token.end[0] + 1) if token.end[0] > row else ())
    result: list[str] = []
    skip_to = 0
    for number, line in enumerate(lines, start=1):
        if number in docstrings:
            skip_to, alone = docstrings[number]
            if alone:
                result.append(line[: len(line) - len(line.lstrip())] + "pass")
        elif number > skip_to and (line.strip() or number in keep):
            result.append(line)
    return "\n".join(result) + "\n"
