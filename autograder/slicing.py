"""Which parts of earlier cells a cell of a notebook needs, so that it can run by itself.

Imports, functions and classes are taken alone; for any other name the whole cell that assigns it
last must run. Names are followed by reading the source, nothing is executed.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

__all__ = ["Slice", "slice_for"]

_ALONE = (ast.Import, ast.ImportFrom, ast.FunctionDef, ast.ClassDef)
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)


@dataclass(frozen=True)
class Slice:
    """Some statements of a cell, or all; `code` keeps the cell's line numbers."""

    name: str
    source: str
    code: ast.Module


def slice_for(cells: Sequence[tuple[str, str]], wanted: int) -> list[Slice]:
    """What to run, in order, so that cell number ``wanted`` of (name, source) works; it comes last.

    Raises SyntaxError for a cell that is not Python.
    """
    trees = [ast.parse(source) for _, source in cells]
    chosen: dict[int, set[int]] = {wanted: set(range(len(trees[wanted].body)))}
    pending = [(name, wanted) for name in free_names(trees[wanted].body)]
    done = set()
    while pending:
        name, before = pending.pop()
        if (name, before) in done:
            continue
        done.add((name, before))
        for index in reversed(range(before)):
            body = trees[index].body
            binding = {at for at, node in enumerate(body) if name in bound_names([node])}
            if not binding:
                continue
            if not all(isinstance(body[at], _ALONE) for at in binding):
                binding = set(range(len(body)))
                pending += [(each, index) for each in free_names(body)]
            else:
                # What a function uses may be bound in its own cell, or before.
                used = free_names([body[at] for at in sorted(binding)]) - {name}
                pending += [(each, index + 1) for each in used]
            chosen.setdefault(index, set()).update(binding)
            break
    return [
        Slice(
            cells[index][0],
            cells[index][1],
            ast.Module([trees[index].body[at] for at in sorted(chosen[index])], []),
        )
        for index in sorted(chosen)
    ]


def bound_names(nodes: Iterable[ast.AST]) -> set[str]:
    """Names that these statements bind in their own namespace."""
    return {name for node in nodes for kind, name in _events(node) if kind == "bind"}


def free_names(nodes: Iterable[ast.AST]) -> set[str]:
    """Names that these statements use before they bind them themselves."""
    bound: set[str] = set()
    free: set[str] = set()
    for node in nodes:
        for kind, name in _events(node):
            if kind == "bind":
                bound.add(name)
            elif name not in bound:
                free.add(name)
    return free


def _events(node: ast.AST) -> Iterator[tuple[str, str]]:
    """("use" or "bind", name) in the order in which running the node would meet them."""
    if isinstance(node, ast.Name):
        yield ("use" if isinstance(node.ctx, ast.Load) else "bind"), node.id
    elif isinstance(node, (ast.Import, ast.ImportFrom)):
        for alias in node.names:
            yield "bind", (alias.asname or alias.name).split(".")[0]
    elif isinstance(node, (*_FUNCTIONS, ast.ClassDef)):
        yield from _inside(node)
        if not isinstance(node, ast.Lambda):
            yield "bind", node.name
    elif isinstance(node, (ast.ListComp, ast.SetComp, ast.GeneratorExp, ast.DictComp)):
        own = bound_names(child.target for child in node.generators)
        for child in ast.iter_child_nodes(node):
            yield from (event for event in _events(child) if event[1] not in own)
    elif isinstance(node, ast.AugAssign):
        yield from (("use", name) for _, name in _events(node.target))
        yield from _events(node.value)
        yield from _events(node.target)
    else:
        # A value is computed before its target is bound; the fields of ast stand the other way.
        late = ("target", "targets", "optional_vars")
        fields = sorted(ast.iter_fields(node), key=lambda field: field[0] in late)
        if isinstance(node, (ast.For, ast.AsyncFor)):
            fields = sorted(ast.iter_fields(node), key=lambda field: field[0] != "iter")
        for _, value in fields:
            for child in value if isinstance(value, list) else [value]:
                if isinstance(child, ast.AST):
                    yield from _events(child)


def _inside(node: ast.AST) -> Iterator[tuple[str, str]]:
    """Uses of names by a function or class that are not its own."""
    own: set[str] = set()
    events: list[tuple[str, str]] = []
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.arguments):
            every = [*child.posonlyargs, *child.args, *child.kwonlyargs, child.vararg, child.kwarg]
            own.update(each.arg for each in every if each is not None)
        events += _events(child)
    own.update(name for kind, name in events if kind == "bind")
    yield from (("use", name) for kind, name in events if kind == "use" and name not in own)
