"""What the files of a task declare, read from their text and never by running them.

The course, the release and the student's copy all need to know names, points, misconceptions
and hints. Reading them with `ast` keeps those commands fast and safe in any checkout, and a
broken file is reported with its line instead of as somebody else's traceback.

Every function raises `CourseError` naming file, line and what to write instead.
"""

from __future__ import annotations

import ast
import difflib
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from autograder.errors import CourseError

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

__all__ = [
    "CheckMark",
    "Hint",
    "Limits",
    "Variant",
    "close_matches",
    "defined_names_of",
    "first_heading",
    "limits_of",
    "parse_hints",
    "parse_source",
    "read_checks",
    "read_settings",
    "read_text",
    "read_variants",
]

_TASK_NAME = re.compile(r"[a-z][a-z0-9_]*")
_KEYS = ("title", "title_ko", "tasks", "dataset", "given", "limits")
_HINT_HEADING = re.compile(r"^## +(?P<id>\S.*?)\s*$")
_HINT_ID = re.compile(r"[a-z][a-z0-9_-]*")
_MARKDOWN_MARKER = re.compile(r"^#\s*%%.*\[(markdown|md)\]")


@dataclass(frozen=True)
class Limits:
    """Seconds for one check, seconds for a submission (for all its public checks, and again for the
    hidden ones), and mebibytes of memory."""

    check_seconds: float = 5.0
    submission_seconds: float = 60.0
    memory_mb: int = 2048


@dataclass(frozen=True)
class CheckMark:
    """One check of a checks.py: its function name, its docstring's first line and its marks."""

    name: str
    title: str
    points: float
    hidden: bool
    rationale: str
    advice: str
    line: int

    @property
    def advisory(self) -> bool:
        """Whether the check is worth no points and a failure becomes a note."""
        return bool(self.advice)


@dataclass(frozen=True)
class Variant:
    """One decorated function of a variants.py; `kind` is "misconception" or "alternative"."""

    kind: str
    id: str
    sentence: str
    ko: str
    killed_by: str
    hint: str
    alone: bool
    line: int


@dataclass(frozen=True)
class Hint:
    """One section of a hints.md."""

    id: str
    text: str


@dataclass
class _Marks:
    points: float | None = None
    rationale: str | None = None
    advice: str = ""
    hidden_nodes: set[int] = field(default_factory=set)


def read_text(path: Path) -> str:
    """Return a course file's text with LF newlines. Raises `CourseError` if it cannot be read."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise CourseError(f"{path} is missing.", "Restore it, then run: grade verify") from None
    except UnicodeDecodeError as error:
        what = f"{path} is not UTF-8 text ({error.reason})."
        raise CourseError(what, "Save it as UTF-8.") from None
    except OSError as error:
        raise CourseError(f"{path} cannot be read: {error.strerror or error}.") from error
    return text.replace("\r\n", "\n").replace("\r", "\n")


def parse_source(source: str, path: Path) -> ast.Module:
    """Parse a course file. Raises `CourseError` with file and line if it is not Python."""
    try:
        return ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        line = getattr(error, "lineno", None) or 1
        what = getattr(error, "msg", None) or str(error) or type(error).__name__
        raise CourseError(f"{path}:{line} is not valid Python: {what}.") from None


def defined_names_of(tree: ast.Module) -> tuple[str, ...]:
    """Names that top-level `def` and `class` statements define, in order, each once."""
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
    return tuple(dict.fromkeys(node.name for node in tree.body if isinstance(node, kinds)))


def first_heading(source: str) -> str | None:
    """Text of the first heading of the first markdown cell of a py:percent source, or None."""
    inside = False
    for line in source.split("\n"):
        if line.startswith("# %%") or line.startswith("#%%"):
            inside = bool(_MARKDOWN_MARKER.match(line))
        elif inside and (found := re.match(r"# ?(#+) +(\S.*?)\s*$", line)):
            return found.group(2)
    return None


def _mark_of(node: ast.expr) -> tuple[str, ast.Call | None] | None:
    """("points", call) for `@pytest.mark.points(...)`; the call is None for a bare mark."""
    call = node if isinstance(node, ast.Call) else None
    target = call.func if call else node
    if not isinstance(target, ast.Attribute):
        return None
    owner = target.value
    is_mark = (isinstance(owner, ast.Name) and owner.id == "mark") or (
        isinstance(owner, ast.Attribute) and owner.attr == "mark"
    )
    return (target.attr, call) if is_mark else None


def _literal(node: ast.expr | None) -> object:
    try:
        return None if node is None else ast.literal_eval(node)
    except (ValueError, TypeError, SyntaxError):
        return None


def _read_marks(function: ast.FunctionDef, path: Path) -> _Marks:
    marks = _Marks()
    for decorator in function.decorator_list:
        found = _mark_of(decorator)
        if found is None:
            continue
        kind, call = found
        where = f"{path}:{decorator.lineno}: {function.name}"
        argument = _literal(call.args[0]) if call and call.args else None
        if kind == "points":
            if isinstance(argument, bool) or not isinstance(argument, (int, float)):
                raise CourseError(f"{where} needs a plain number in @pytest.mark.points(...).")
            if not 0 <= argument <= 1000:
                raise CourseError(f"{where} carries {argument} points; write 0 to 1000.")
            marks.points = float(argument)
        elif kind == "hidden":
            if not isinstance(argument, str) or not argument.strip():
                raise CourseError(
                    f"{where} needs a reason for the student: "
                    '@pytest.mark.hidden("what is tested, without the input").'
                )
            marks.rationale = argument
            marks.hidden_nodes.add(id(call.func if call else decorator))
        elif kind == "advice":
            if not isinstance(argument, str) or not argument.strip():
                raise CourseError(
                    f'{where} needs a sentence for the student: @pytest.mark.advice("...").'
                )
            marks.advice = argument
    return marks


def read_checks(source: str, path: Path) -> tuple[CheckMark, ...]:
    """Return the checks of a checks.py in order.

    Checks must be plain functions and marks must be written out above them: what is hidden has
    to be visible to a reader of the text, since the release leaves hidden checks out by it.
    """
    tree = parse_source(source, path)
    checks: dict[str, CheckMark] = {}
    understood: set[int] = set()
    for node in tree.body:
        if isinstance(node, ast.ClassDef) and node.name.startswith("Test"):
            raise CourseError(f"{path}:{node.lineno}: write checks as functions, not in a class.")
        if not isinstance(node, ast.FunctionDef) or not node.name.startswith("test"):
            continue
        if node.name in checks:
            raise CourseError(f"{path}:{node.lineno}: {node.name} is defined twice.")
        marks = _read_marks(node, path)
        understood |= marks.hidden_nodes
        checks[node.name] = CheckMark(
            name=node.name,
            title=(ast.get_docstring(node) or node.name).split("\n")[0].strip(),
            points=0.0 if marks.advice else marks.points or 0.0,
            hidden=marks.rationale is not None,
            rationale=marks.rationale or "",
            advice=marks.advice,
            line=node.lineno,
        )
    for inner in ast.walk(tree):
        if not isinstance(inner, ast.Attribute) or id(inner) in understood:
            continue
        if inner.attr == "hidden":
            raise CourseError(
                f"{path}:{inner.lineno}: write @pytest.mark.hidden(...) directly above a check; "
                "any other form could let a hidden check slip into the student's copy."
            )
    return tuple(checks.values())


def _variant_calls(node: ast.FunctionDef) -> Iterator[tuple[str, ast.Call]]:
    for decorator in node.decorator_list:
        if isinstance(decorator, ast.Call):
            target = decorator.func
            name = target.id if isinstance(target, ast.Name) else getattr(target, "attr", "")
            if name in ("misconception", "alternative"):
                yield name, decorator


def read_variants(source: str, path: Path) -> tuple[Variant, ...]:
    """Return the misconceptions and alternatives that a variants.py declares, in order."""
    variants: dict[str, Variant] = {}
    for node in parse_source(source, path).body:
        if not isinstance(node, ast.FunctionDef):
            continue
        for kind, call in _variant_calls(node):
            where = f"{path}:{call.lineno}: {node.name}"
            texts = {"sentence": _literal(call.args[0]) if call.args else None}
            texts |= {word.arg: _literal(word.value) for word in call.keywords if word.arg}
            if node.name in variants:
                raise CourseError(f"{where} is declared twice.")
            if not isinstance(texts["sentence"], str) or not texts["sentence"].strip():
                raise CourseError(f"{where} needs a literal sentence as @{kind}'s first argument.")
            alone = texts.pop("alone", None) is True
            for name, value in texts.items():
                if value is not None and not isinstance(value, str):
                    raise CourseError(f"{where}: {name} must be a literal string.")

            def text(name: str, texts: dict[str, object] = texts) -> str:
                return str(texts.get(name) or "")

            variants[node.name] = Variant(
                kind=kind,
                id=node.name,
                sentence=text("sentence"),
                ko=text("ko"),
                killed_by=text("killed_by"),
                hint=text("hint"),
                alone=alone,
                line=node.lineno,
            )
    return tuple(variants.values())


def parse_hints(source: str, path: Path) -> tuple[Hint, ...]:
    """Split a hints.md into its `## id` sections, in order. Text before the first is ignored."""
    sections: dict[str, list[str]] = {}
    current: list[str] | None = None
    fenced = False
    for number, line in enumerate(source.split("\n"), start=1):
        if line.lstrip().startswith(("```", "~~~")):
            fenced = not fenced
        found = None if fenced else _HINT_HEADING.match(line)
        if found is None:
            if current is not None:
                current.append(line)
            continue
        name = found.group("id")
        if not _HINT_ID.fullmatch(name):
            raise CourseError(f"{path}:{number}: hint id {name!r}: use a short lower-case word.")
        if name in sections:
            raise CourseError(f"{path}:{number}: hint {name!r} stands there twice.")
        current = sections.setdefault(name, [])
    hints = tuple(Hint(name, "\n".join(lines).strip()) for name, lines in sections.items())
    if not hints:
        raise CourseError(f"{path} holds no hint.", "Write sections that start with: ## <hint-id>")
    for hint in hints:
        if not hint.text:
            raise CourseError(f"{path}: hint {hint.id!r} is empty.")
    return hints


def close_matches(name: str, names: Iterable[str]) -> str:
    """Return the words " (did you mean relu?)" for a message, or "" if nothing is close."""
    matches = difflib.get_close_matches(name.lower(), list(names), n=3, cutoff=0.5)
    return f" (did you mean {' or '.join(matches)}?)" if matches else ""


def read_settings(path: Path) -> dict[str, Any]:
    """Read and check an assignment.toml. Raises `CourseError` naming the key at fault."""
    try:
        settings: dict[str, Any] = tomllib.loads(read_text(path))
    except tomllib.TOMLDecodeError as error:
        raise CourseError(f"{path} is not valid TOML: {error}.") from None

    def expect(key: str, ok: bool, what: str) -> None:
        if not ok:
            raise CourseError(f"{path}: {key} must be {what}.")

    for key in settings:
        expect(f"unknown key {key!r}{close_matches(key, _KEYS)}; keys", key in _KEYS, f"of {_KEYS}")
    for key in ("title", "title_ko"):
        value = settings.get(key)
        expect(key, isinstance(value, str) and bool(value.strip()), "a text in quotes")
    tasks, given = settings.get("tasks"), settings.get("given", [])
    expect("tasks", isinstance(tasks, list) and bool(tasks), "a list of folder names")
    assert isinstance(tasks, list)
    for task in tasks:
        good = isinstance(task, str) and _TASK_NAME.fullmatch(task) is not None
        expect(f"tasks: {task!r}", good, "a lower-case name such as two_layer_net")
        expect(f"tasks: {task!r}", tasks.count(task) == 1, "listed once")
    good = isinstance(given, list) and all(isinstance(n, str) and n.isidentifier() for n in given)
    expect("given", good, "a list of Python names")
    expect("dataset", isinstance(settings.get("dataset", ""), str), "a text in quotes")
    limits = settings.get("limits", {})
    expect("[limits]", isinstance(limits, dict), "a table")
    known = tuple(Limits.__dataclass_fields__)
    for key, value in limits.items():
        what = f"[limits] unknown key {key!r}{close_matches(key, known)}; keys"
        expect(what, key in known, f"of {known}")
        number = isinstance(value, (int, float)) and not isinstance(value, bool)
        expect(f"[limits] {key}", number and 0 < value < 1e6, "a positive number")
    return settings


def limits_of(values: Mapping[str, Any]) -> Limits:
    """The limits that a checked table names; the defaults for the others."""
    default = Limits()
    return Limits(
        check_seconds=float(values.get("check_seconds", default.check_seconds)),
        submission_seconds=float(values.get("submission_seconds", default.submission_seconds)),
        memory_mb=int(values.get("memory_mb", default.memory_mb)),
    )
