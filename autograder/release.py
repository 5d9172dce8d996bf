"""From solutions/ to what a student gets in assignments/: `grade release`.

Everything is built in memory first, all problems are reported together, and only then is the
folder exchanged in one move: a failed release leaves the old one as it was. The same sources give
the same bytes, so `check=True` can tell whether the committed copy is up to date.
"""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from autograder.cells import book_cells, released_notebook, script
from autograder.course import MANIFEST, SCHEMA, Assignment, Course, Task, encode_given
from autograder.errors import ReleaseError
from autograder.lint import as_problem, find_problems
from autograder.publish import public_checks, strip_comments
from autograder.sources import read_checks, read_text
from autograder.stubs import find_blocks, find_leaks, telling_lines, text_outside
from autograder.submission import code_digest, parse_submission

__all__ = ["Fingerprint", "build", "release"]

Fingerprint = Callable[[Assignment, Task], Mapping[str, Any]]

# Made by running or opening things, not by a release.
_IGNORED = frozenset({"__pycache__", ".ipynb_checkpoints", ".pytest_cache", ".DS_Store"})


def release(
    course: Course,
    name: str | None = None,
    output: Path | str | None = None,
    check: bool = False,
    fingerprint: Fingerprint | None = None,
) -> list[Path]:
    """Build assignments/<name>/ from solutions/<name>/ for one or all assignments.

    Args:
        output: the folder to build in; the course's assignments/ without it.
        check: write nothing, and return the paths that differ from a fresh build.
        fingerprint: what diagnosis wants to know about a task's misconceptions (JSON values).
    Returns the paths written (or differing), sorted.
    Raises `ReleaseError` listing every problem; nothing is written then.
    """
    if not course.is_staff:
        raise ReleaseError(
            f"{course.root} has no solutions/, so there is nothing to release.",
            "Run it in an instructor's checkout.",
        )
    names = course.names() if name is None else (_known(course, name),)
    problems = [line for each in names for line in find_problems(course.solutions / each)]
    _raise_all(problems)
    target = Path(output) if output is not None else course.assignments_folder
    built = {}
    for each in names:
        with as_problem(problems):
            built[each] = build(course.assignment(each), fingerprint)
    _raise_all(problems)
    paths: list[Path] = []
    for each, files in built.items():
        folder = target / each
        if check:
            paths.extend(_differing(folder, files))
        else:
            _exchange(folder, files)
            paths.extend(folder / file for file in files)
    return sorted(paths)


def _known(course: Course, name: str) -> str:
    wanted = f"assignment{name}" if name.isdecimal() else name
    # An assignment too broken to be read is still one that can be asked for.
    return wanted if wanted in course.names() else course.assignment(name).name


def _raise_all(problems: list[str]) -> None:
    if problems:
        listed = "\n".join(f"  - {problem}" for problem in dict.fromkeys(problems))
        raise ReleaseError(
            f"The release was stopped by {len(dict.fromkeys(problems))} problem(s):\n{listed}",
            "Repair them and run: grade release",
        )


# ----------------------------------------------------------------------------- building


def build(assignment: Assignment, fingerprint: Fingerprint | None = None) -> dict[str, bytes]:
    """Return the files of a student's copy, by their path inside assignments/<name>/.

    Raises `ReleaseError` if a line of a solution would be given away by one of them.
    """
    if assignment.source is None:
        raise ReleaseError(f"{assignment.name} has no solutions here to be released from.")
    name = assignment.name
    texts = {
        f"{name}.py": script(book_cells(assignment, checks=False)),
        f"{name}.ipynb": released_notebook(assignment),
        "README.md": _readme(assignment),
    }
    for task in assignment.tasks:
        shipped = public_checks(read_text(task.checks), task.checks)
        texts[f"checks/{task.name}.py"] = (
            f"# The public checks of task {task.number}, {task.name}. "
            f"Run them with: grade {name} --task {task.name}\n{shipped}"
        )
        texts[f"hints/{task.name}.md"] = read_text(task.hints).strip("\n") + "\n"
    released = {
        file: code_digest(parse_submission(texts[file].encode("utf-8"), Path(file)).cells)
        for file in (f"{name}.py", f"{name}.ipynb")
    }
    manifest = _manifest(assignment, released, fingerprint)
    texts[MANIFEST] = json.dumps(manifest, ensure_ascii=False, indent=1, allow_nan=False) + "\n"
    _refuse_leaks(assignment, texts)
    return {file: texts[file].encode("utf-8") for file in sorted(texts)}


def _readme(assignment: Assignment) -> str:
    name, first = assignment.name, assignment.tasks[0].name
    number = f" {assignment.number}" if assignment.number else ""
    public = sum(task.points for task in assignment.tasks)
    hidden = sum(task.hidden_points for task in assignment.tasks)
    rows = [
        f"| {task.number} | {task.title} | `{task.name}` "
        f"| {task.points:g} | {task.hidden_points:g} |"
        for task in assignment.tasks
    ]
    commands = (
        (f"grade {name}", "all tasks: where am I?"),
        (f"grade {name} --task {first}", "one task"),
        (f"grade hint {name} {first}", "stuck? one hint at a time"),
    )
    width = max(len(command) for command, _ in commands)
    return "\n".join(
        [
            f"# Assignment{number}: {assignment.title} ({assignment.title_ko})",
            "",
            f"Write your solution into `{name}.ipynb` **or** `{name}.py`, whichever you like to "
            "work in: both hold the same tasks. Save the file, then:",
            "",
            "```",
            *(f"{command:<{width}}  # {what}" for command, what in commands),
            "```",
            "",
            "## Tasks",
            "",
            "| | task | name | public points | hidden points |",
            "|---|---|---|---:|---:|",
            *rows,
            f"| | **all** | | **{public:g}** | **{hidden:g}** |",
            "",
            "The public checks are in `checks/` and run on your machine. The hidden ones run when "
            "your instructor grades what you hand in; they test the same tasks on other inputs.",
            "",
            "## Hints",
            "",
            f"`grade hint {name} TASK` gives the direction, the same with `--level 2` the method, "
            "with `--level 3` almost the code.",
            "",
        ]
    )


def _manifest(
    assignment: Assignment, released: Mapping[str, str], fingerprint: Fingerprint | None
) -> dict[str, Any]:
    given = assignment.given_source
    tasks = []
    for task in assignment.tasks:
        marks = read_checks(read_text(task.checks), task.checks)
        tasks.append(
            {
                "name": task.name,
                "number": task.number,
                "title": task.title,
                "names": list(task.names),
                "points": task.points,
                "hidden_points": task.hidden_points,
                "hidden_checks": [
                    {"rationale": mark.rationale, "points": mark.points}
                    for mark in marks
                    if mark.hidden
                ],
                "misconceptions": {key: dict(value) for key, value in task.misconceptions.items()},
                "fingerprints": dict(fingerprint(assignment, task)) if fingerprint else {},
            }
        )
    return {
        "schema": SCHEMA,
        "assignment": assignment.name,
        "title": assignment.title,
        "title_ko": assignment.title_ko,
        "dataset": assignment.dataset,
        "limits": vars(assignment.limits),
        # Our versions of earlier functions, which this assignment hands to the student anyway.
        # Packed so that nobody reads them by accident: a curtain, not a lock.
        "given": {
            "names": list(assignment.given),
            "source": encode_given(strip_comments(given) if given else ""),
        },
        "tasks": tasks,
        # For `grade plot`, which trusts these cells and not the ones in a submission.
        "experiments": [cell.to_json() for cell in assignment.experiments],
        "released": dict(released),
    }


def _refuse_leaks(assignment: Assignment, texts: Mapping[str, str]) -> None:
    assert assignment.source is not None
    secrets: list[str] = []
    outside = [read_text(assignment.source / "intro.py"), assignment.given_source]
    for task in assignment.tasks:
        assert task.source is not None
        text = read_text(task.source)
        blocks, _ = find_blocks(text, task.source)
        outside.append(text_outside(text, blocks))
        secrets.extend(line for block in blocks for line in telling_lines(block))
    allowed = "\n".join(outside)
    pairs = []
    for file, text in texts.items():
        is_json = file.endswith((".ipynb", ".json"))
        for part in _strings(json.loads(text)) if is_json else (text,):
            pairs.append((str(assignment.folder / file), part))
    leaks = find_leaks(secrets, allowed, pairs)
    if leaks:
        raise ReleaseError("\n  - ".join(leaks))


def _strings(value: object) -> Iterator[str]:
    """Every text inside a JSON value; a list of lines counts as one text too."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for item in value.values():
            yield from _strings(item)
    elif isinstance(value, list):
        if value and all(isinstance(item, str) for item in value):
            yield "".join(value)
        for item in value:
            yield from _strings(item)


# ------------------------------------------------------------------------------ writing


def _differing(folder: Path, files: Mapping[str, bytes]) -> list[Path]:
    paths = {folder / file for file, data in files.items() if _on_disk(folder / file) != data}
    if folder.is_dir():
        for path in folder.rglob("*"):
            inside = path.relative_to(folder)
            ignored = _IGNORED.intersection(inside.parts)
            if not ignored and path.is_file() and inside.as_posix() not in files:
                paths.add(path)
    return sorted(paths)


def _on_disk(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except OSError:
        return None


def _exchange(folder: Path, files: Mapping[str, bytes]) -> None:
    """Put a freshly written folder in the place of the old one."""
    if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
        raise ReleaseError(f"{folder} is not a plain folder.", f"Remove it: rm {folder}")
    if folder.is_dir() and any(folder.iterdir()) and not (folder / MANIFEST).is_file():
        raise ReleaseError(
            f"{folder} was not made by a release (it has no {MANIFEST}) and is left alone.",
            "Name another folder with --output, or move this one away.",
        )
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        # Beside the old folder, so that renaming never crosses file systems.
        workshop = Path(tempfile.mkdtemp(prefix=f".{folder.name}.", dir=folder.parent))
        try:
            _write(workshop / "new", files)
            had_old = folder.exists()
            if had_old:
                folder.rename(workshop / "old")
            try:
                (workshop / "new").rename(folder)
            except OSError:
                if had_old:
                    (workshop / "old").rename(folder)
                raise
        finally:
            shutil.rmtree(workshop, ignore_errors=True)
    except OSError as error:
        raise ReleaseError(
            f"{folder} could not be written: {error.strerror or error}. Nothing was changed.",
            f"Check the free space and permissions of {folder.parent}.",
        ) from None


def _write(folder: Path, files: Mapping[str, bytes]) -> None:
    for file, data in files.items():
        path = folder / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
