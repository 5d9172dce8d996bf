"""The course on disk: where it is, which assignments and tasks it has. No other room knows paths.

Two shapes are read. A *staff* checkout has `solutions/`, from which everything is derived; a
*student's* copy has only the generated `assignments/`, each with a manifest (`grading.json`)
that the release wrote. Callers see the same `Assignment` and `Task` either way.
"""

from __future__ import annotations

import base64
import json
import re
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from autograder.earlier import earlier_tasks, given_source
from autograder.errors import CourseError
from autograder.experiments import Experiment, from_manifest, read_experiments
from autograder.sources import (
    Hint,
    Limits,
    close_matches,
    defined_names_of,
    first_heading,
    limits_of,
    parse_hints,
    parse_source,
    read_checks,
    read_settings,
    read_text,
    read_variants,
)

__all__ = ["MANIFEST", "SCHEMA", "Assignment", "Course", "Limits", "Task"]

MANIFEST = "grading.json"
SCHEMA = 1


@dataclass(frozen=True)
class Task:
    """One task. `points` counts its public checks, `hidden_points` the hidden ones.

    `misconceptions` maps an id to {"sentence", "ko", "hint"}; `fingerprints` is what the release
    stored for diagnosis (empty in a staff checkout, where the variants themselves are at hand).
    """

    name: str
    number: str
    title: str
    names: tuple[str, ...]
    checks: Path
    hints: Path
    variants: Path | None
    misconceptions: Mapping[str, Mapping[str, str]]
    fingerprints: Mapping[str, Any]
    points: float
    hidden_points: float
    source: Path | None = None

    def read_hints(self) -> tuple[Hint, ...]:
        """The hints in their order, each with `id` and `text`."""
        return parse_hints(read_text(self.hints), self.hints)

    def hint(self, name: str) -> str:
        """Text of one hint. Raises `CourseError` listing the ids if there is none of that name."""
        texts = {hint.id: hint.text for hint in self.read_hints()}
        if name not in texts:
            raise CourseError(
                f"Task {self.name} has no hint {name!r}{close_matches(name, texts)}.",
                f"Its hints are: {', '.join(texts)}",
            )
        return texts[name]


@dataclass(frozen=True)
class Assignment:
    """One assignment. `folder` is the student's side of it, `source` solutions/<name> for staff."""

    name: str
    title: str
    title_ko: str
    tasks: tuple[Task, ...]
    dataset: str | None
    limits: Limits
    folder: Path
    source: Path | None
    given: tuple[str, ...]
    given_source: str = field(repr=False)
    manifest: Mapping[str, Any] | None = field(repr=False)

    @property
    def number(self) -> str:
        """The digits of the name: "3" for assignment3, "" for a name without."""
        return _number(self.name)

    def task(self, name: str) -> Task:
        """The task of that name or number ("relu", "3.2" or "2")."""
        for task in self.tasks:
            if name in (task.name, task.number, task.number.rpartition(".")[2]):
                return task
        names = [task.name for task in self.tasks]
        raise CourseError(
            f"{self.name} has no task {name!r}{close_matches(name, names)}.",
            f"Its tasks are: {', '.join(names)}",
        )

    @property
    def released(self) -> Mapping[str, str]:
        """sha256 of the code of the files as released, by file name; empty if never released."""
        found = (self.manifest or {}).get("released", {})
        return found if isinstance(found, Mapping) else {}

    @property
    def experiments(self) -> tuple[Experiment, ...]:
        """The cells that draw figures with the student's code, after those that they need."""
        if self.source is not None:
            return read_experiments(self.source / "intro.py")
        try:
            return from_manifest((self.manifest or {}).get("experiments", ()))
        except (KeyError, TypeError):
            raise CourseError(f"{self.folder / MANIFEST} is damaged: its experiments.") from None


class Course:
    """A course folder. Raises `CourseError` where it holds neither solutions nor assignments."""

    def __init__(self, root: Path | str) -> None:
        self.root = Path(root).absolute()
        if not _is_course(self.root):
            raise CourseError(
                f"{self.root} is no course: it holds neither solutions/ nor assignments/ "
                f"with a {MANIFEST}.",
                "Run the command inside the course folder, for example: cd groundup",
            )

    def __repr__(self) -> str:
        return f"Course({str(self.root)!r})"

    @classmethod
    def find(cls, start: Path | str | None = None) -> Course:
        """Find the course from `start` (the current folder) upwards, else the one we came with."""
        try:
            here = Path.cwd() if start is None else Path(start).absolute()
        except OSError:  # the current folder was deleted under us
            here = Path(__file__).absolute().parent
        package = Path(__file__).absolute().parent
        # A repository checkout or editable install first, then the files inside a wheel.
        places = (here, *here.parents, package.parent, package / "course_files")
        for place in places:
            if _is_course(place):
                return cls(place)
        raise CourseError(
            f"No course found in {here} or above it.",
            "Change into the folder that holds assignments/ and run the command again.",
        )

    @cached_property
    def is_staff(self) -> bool:
        """True where solutions/ is present, so that hidden checks can run."""
        return _has_solutions(self.root)

    @property
    def solutions(self) -> Path:
        return self.root / "solutions"

    @property
    def assignments_folder(self) -> Path:
        return self.root / "assignments"

    @property
    def datasets(self) -> Path:
        return self.root / "datasets"

    def names(self) -> tuple[str, ...]:
        """Names of all assignments, in the order a student meets them."""
        base, mark = (
            (self.solutions, "assignment.toml")
            if self.is_staff
            else (self.assignments_folder, MANIFEST)
        )
        found = [path.parent.name for path in base.glob(f"*/{mark}")]
        return tuple(sorted((name for name in found if not name.startswith(".")), key=_natural))

    def assignments(self) -> tuple[Assignment, ...]:
        return tuple(self.assignment(name) for name in self.names())

    def assignment(self, name: str) -> Assignment:
        """Read one assignment, by name or number ("assignment3", "3")."""
        names = self.names()
        wanted = f"assignment{name}" if name.isdecimal() else name.strip("/").lower()
        if wanted not in names:
            raise CourseError(
                f"There is no assignment {name!r}{close_matches(wanted, names)}.",
                f"The course has: {', '.join(names) or 'none yet'}. See them with: grade list",
            )
        if self.is_staff:
            return _from_solutions(self.solutions / wanted, self.assignments_folder / wanted)
        return _from_manifest(self.assignments_folder / wanted)


def _has_solutions(root: Path) -> bool:
    return any((root / "solutions").glob("*/assignment.toml"))


def _is_course(root: Path) -> bool:
    try:
        return _has_solutions(root) or any((root / "assignments").glob(f"*/{MANIFEST}"))
    except OSError:  # a parent folder that we may not look into
        return False


def _number(name: str) -> str:
    found = re.search(r"(\d+)$", name)
    return found.group(1) if found else ""


def _natural(name: str) -> tuple[str, int, str]:
    digits = _number(name)
    return (name[: len(name) - len(digits)], int(digits or 0), name)


def _task_number(assignment: str, position: int) -> str:
    return ".".join(part for part in (_number(assignment), str(position)) if part)


# ---------------------------------------------------------------- staff: solutions/<name>/


def _task_from_solutions(folder: Path, number: str) -> Task:
    path = folder / "task.py"
    text = read_text(path)
    title = first_heading(text)
    if title is None:
        raise CourseError(
            f"{path} has no title.",
            "Start it with a markdown cell: # %% [markdown] and below it: # ## Title",
        )
    names = defined_names_of(parse_source(text, path))
    if not names:
        raise CourseError(f"{path} defines no function and no class for the checks to use.")
    checks = read_checks(read_text(folder / "checks.py"), folder / "checks.py")
    variants = read_variants(read_text(folder / "variants.py"), folder / "variants.py")
    return Task(
        name=folder.name,
        number=number,
        title=title,
        names=names,
        checks=folder / "checks.py",
        hints=folder / "hints.md",
        variants=folder / "variants.py",
        misconceptions={
            variant.id: {"sentence": variant.sentence, "ko": variant.ko, "hint": variant.hint}
            for variant in variants
            if variant.kind == "misconception"
        },
        fingerprints={},
        points=sum(check.points for check in checks if not check.hidden),
        hidden_points=sum(check.points for check in checks if check.hidden),
        source=path,
    )


def _from_solutions(source: Path, folder: Path) -> Assignment:
    settings = read_settings(source / "assignment.toml")
    given = tuple(settings.get("given", ()))
    source_of_given = ""
    if given and not (source / "given.py").is_file():
        source_of_given = _from_earlier(source, given)
    elif given or (source / "given.py").is_file():
        given_path = source / "given.py"
        source_of_given = read_text(given_path)
        defined = defined_names_of(parse_source(source_of_given, given_path))
        for name in given:
            if name not in defined:
                raise CourseError(
                    f"{given_path} does not define {name}, which assignment.toml lists under given."
                )
    manifest: Mapping[str, Any] | None = None
    if (folder / MANIFEST).is_file():
        try:
            manifest = _read_manifest(folder / MANIFEST)
        except CourseError:
            manifest = None  # generated, and staff can generate it anew; never stops staff
    return Assignment(
        name=source.name,
        title=settings["title"],
        title_ko=settings["title_ko"],
        tasks=tuple(
            _task_from_solutions(source / task, _task_number(source.name, position))
            for position, task in enumerate(settings["tasks"], start=1)
        ),
        dataset=settings.get("dataset"),
        limits=limits_of(settings.get("limits", {})),
        folder=folder,
        source=source,
        given=given,
        given_source=source_of_given,
        manifest=manifest,
    )


# ---------------------------------------------------------- student: assignments/<name>/


def _from_earlier(source: Path, names: tuple[str, ...]) -> str:
    """Source of given names, from the solutions of the assignments before this one."""
    folders = [
        toml.parent
        for toml in sorted(
            source.parent.glob("*/assignment.toml"), key=lambda t: _natural(t.parent.name)
        )
        if _natural(toml.parent.name) < _natural(source.name)
    ]
    tasks = earlier_tasks(
        (folder, read_settings(folder / "assignment.toml")["tasks"]) for folder in folders
    )
    return given_source(tasks, names, source / "assignment.toml")


def encode_given(source: str) -> str:
    """Pack given code for a manifest: out of sight of a reader of the file, not a secret.

    A curtain, not a lock: anyone can decode it. Level 0 (stored) is deliberate, since compressed
    bytes differ between zlib builds and a release must be byte-identical everywhere.
    """
    return base64.b64encode(zlib.compress(source.encode("utf-8"), 0)).decode("ascii")


def _read_manifest(path: Path) -> Mapping[str, Any]:
    again = "Download the assignment again, or ask your instructor (staff: grade release)."
    try:
        manifest = json.loads(read_text(path))
    except (ValueError, RecursionError) as error:
        raise CourseError(f"{path} is damaged: {error}.", again) from None
    if not isinstance(manifest, dict):
        raise CourseError(f"{path} is damaged: not a JSON object.", again)
    if manifest.get("schema") != SCHEMA:
        raise CourseError(
            f"{path} has schema {manifest.get('schema')!r}; this program reads {SCHEMA}.",
            "Update the program: pip install --upgrade groundup",
        )
    return manifest


def _from_manifest(folder: Path) -> Assignment:
    path = folder / MANIFEST
    manifest = _read_manifest(path)
    try:
        packed = manifest["given"]["source"]
        return Assignment(
            name=folder.name,
            title=str(manifest["title"]),
            title_ko=str(manifest["title_ko"]),
            tasks=tuple(
                Task(
                    name=task["name"],
                    number=task["number"],
                    title=task["title"],
                    names=tuple(task["names"]),
                    checks=folder / "checks" / f"{task['name']}.py",
                    hints=folder / "hints" / f"{task['name']}.md",
                    variants=None,
                    misconceptions=dict(task["misconceptions"]),
                    fingerprints=dict(task["fingerprints"]),
                    points=float(task["points"]),
                    hidden_points=float(task["hidden_points"]),
                )
                for task in manifest["tasks"]
            ),
            dataset=manifest["dataset"],
            limits=limits_of(manifest["limits"]),
            folder=folder,
            source=None,
            given=tuple(manifest["given"]["names"]),
            given_source=zlib.decompress(base64.b64decode(packed)).decode("utf-8"),
            manifest=manifest,
        )
    except (KeyError, TypeError, ValueError, AttributeError, zlib.error) as error:
        raise CourseError(
            f"{path} is damaged: {type(error).__name__} at {error}.",
            "Download the assignment again, or ask your instructor (staff: grade release).",
        ) from None
