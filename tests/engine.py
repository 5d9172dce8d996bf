"""Tools for the tests of the engine: the real command, real sessions, submissions to break."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import tiny_course

from autograder import programs
from autograder.course import Assignment, Course
from autograder.results import CheckResult, Report
from autograder.sandbox import Sandbox
from autograder.student import (
    Channel,
    LocalChannel,
    Program,
    Remote,
    SandboxChannel,
    Session,
    StudentModule,
)

ROOT = Path(__file__).resolve().parent.parent
ASSIGNMENT = Course(ROOT).assignment("assignment3")


def solution_text(assignment: Assignment = ASSIGNMENT) -> str:
    """Our solution as a student would hand it in: one .py file."""
    cells = programs.solution(assignment).cells
    return "".join(f"# %%\n{source}\n\n" for source, _, _ in cells)


def edited(*changes: tuple[str, str], text: str | None = None) -> str:
    """The solution with texts replaced that must be there exactly once."""
    text = solution_text() if text is None else text
    for old, new in changes:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return text


RELU_FORWARD = "        self.mask = x <= 0\n        return np.where(self.mask, 0, x)\n"
RELU_BACKWARD = "        return np.where(self.mask, 0, dout)\n"


def relu_forward(body: str) -> str:
    """The solution, but Relu.forward has this body (unindented lines)."""
    lines = "".join(f"        {line}\n" for line in body.splitlines())
    return edited((RELU_FORWARD, lines))


@dataclass(frozen=True)
class Run:
    """How a `grade` command ended."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> dict[str, Any]:
        def refuse(constant: str) -> None:
            raise AssertionError(f"{constant} is not JSON")

        found: dict[str, Any] = json.loads(self.out, parse_constant=refuse)
        return found

    def task(self, name: str) -> dict[str, Any]:
        found: dict[str, Any] = next(t for t in self.json["tasks"] if t["name"] == name)
        return found

    def statuses(self, name: str) -> set[str]:
        return {check["status"] for check in self.task(name)["checks"]}

    def messages(self, name: str) -> str:
        return "\n".join(check["message"] for check in self.task(name)["checks"])


def environment(extra: Mapping[str, str] | None = None) -> dict[str, str]:
    path = os.pathsep.join(filter(None, [str(ROOT), os.environ.get("PYTHONPATH", "")]))
    plain = {"PYTHONPATH": path, "PYTHONIOENCODING": "utf-8", "PYTHONDONTWRITEBYTECODE": "1"}
    return {**os.environ, **plain, **(extra or {})}


def command(*arguments: object) -> list[str]:
    return [sys.executable, "-m", "autograder", *map(str, arguments)]


def run_grade(
    *arguments: object,
    cwd: Path = ROOT,
    env: Mapping[str, str] | None = None,
    timeout: float = 60.0,
) -> Run:
    """Run the real `grade`; whatever happens, no traceback of ours may reach the reader."""
    found = subprocess.run(
        command(*arguments),
        cwd=cwd,
        env=environment(env),
        capture_output=True,
        stdin=subprocess.DEVNULL,
        timeout=timeout,
    )
    run = Run(found.returncode, found.stdout.decode("utf-8"), found.stderr.decode("utf-8"))
    assert "Traceback" not in run.out + run.err, run.out + run.err
    return run


def session(sandbox: Sandbox | None, source: str, **limits: float) -> Session:
    """A session with one file, begun; without a sandbox the worker lives in this process."""

    def start() -> Channel:
        return LocalChannel() if sandbox is None else SandboxChannel(sandbox.start())

    return Session(start, Program(((source, 1, "work.py"),)), **limits)


def student_of(opened: Session, *names: str) -> Any:
    return StudentModule(opened, names)


def remote_of(opened: Session) -> Remote:
    return Remote(opened)


def find(report: Report, task: str, check: str) -> CheckResult:
    found = next(entry for entry in report.tasks if entry.name == task)
    return next(entry for entry in found.checks if entry.name == check)


# -- a course whose checks are fair, so that each fault planted in it is the only one --------------

FAIR_DOUBLE = '''\
import numpy as np
import pytest

from autograder.authoring import assert_close, unchanged


@pytest.mark.points(3)
def test_example(student):
    """Two becomes four."""
    assert_close(student.double(np.array([2.0])), [4.0], "double(2)")


@pytest.mark.points(4.5)
@pytest.mark.hidden("other numbers")
def test_secret(student, reference, rng):
    """Secret."""
    x = rng.standard_normal(5)
    assert_close(student.double(x), reference.double(x), "double(x)")


@pytest.mark.advice("keep x as it is")
def test_leaves_x(student):
    """x stays."""
    x = np.array([1.0])
    with unchanged("x", x):
        student.double(x)
'''

FAIR_DOUBLE_VARIANTS = """\
import numpy as np

from autograder.authoring import alternative, misconception


@misconception("You return x itself.", ko="x를 그대로", killed_by="test_example", hint="way")
def identity(student):
    student.double = lambda x: x


@misconception("You return the square of x.", ko="x의 제곱", killed_by="test_secret", hint="code")
def square(student):
    student.double = lambda x: x * x


@alternative("a loop")
def loop(student):
    student.double = lambda x: np.array([value + value for value in x])
"""

FAIR_HALVE = '''\
import pytest

from autograder.authoring import assert_close


@pytest.mark.points(1)
def test_example(student):
    """Four becomes two."""
    assert_close(student.halve(4), 2)
'''

FAIR_HALVE_VARIANTS = """\
from autograder.authoring import alternative, misconception


@misconception("You return x itself.", ko="x를 그대로", killed_by="test_example", hint="way")
def identity(student):
    student.halve = lambda x: x


@alternative("a product")
def product(student):
    student.halve = lambda x: 0.5 * x
"""


def write_fair_course(root: Path) -> Path:
    """The tiny course with checks and variants that `grade verify` has no quarrel with."""
    folder = tiny_course.write_course(root)
    for name, text in {
        "double/checks.py": FAIR_DOUBLE,
        "double/variants.py": FAIR_DOUBLE_VARIANTS,
        "halve/checks.py": FAIR_HALVE,
        "halve/variants.py": FAIR_HALVE_VARIANTS,
    }.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder
