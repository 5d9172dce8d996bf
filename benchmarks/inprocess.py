"""The checks of an assignment as plain pytest, without isolation: what grading is measured against.

A conftest.py that gives the checks the student's module itself, imported into this process. It is
what a course without a sandbox would do, and exists for benchmarks only.
"""

from __future__ import annotations

import random
import zlib
from collections.abc import Callable
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import numpy as np
import pytest

from autograder.course import Course
from autograder.data import load_digits
from autograder.plugin import ReferenceLoader
from autograder.programs import solution, submitted
from autograder.submission import read_submission

MARKS = ("points(n)", "hidden(rationale)", "advice(sentence)")


class Direct:
    """The operations of `remote`, on objects of this process."""

    def place(self, array: Any) -> Any:
        return np.array(array)

    def parameter(self, array: Any) -> Any:
        return np.array(array)

    def ref(self, owner: Any, attribute: str, *items: Any) -> Any:
        found = getattr(owner, attribute)
        for item in items:
            found = found[item]
        return found

    def value(self, thing: Any) -> Any:
        return np.array(thing) if isinstance(thing, np.ndarray) else thing

    def call(self, function: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        return function(*args, **kwargs)

    def same(self, first: object, second: object) -> bool:
        return first is second

    def shares_memory(self, first: Any, second: Any) -> bool:
        return bool(np.shares_memory(first, second))

    def namespace(self, **members: Any) -> SimpleNamespace:
        def own(value: Any) -> Any:
            if isinstance(value, dict):
                return {key: own(item) for key, item in value.items()}
            return value.copy() if isinstance(value, np.ndarray) else value

        return SimpleNamespace(**{name: own(value) for name, value in members.items()})

    def generator(self, seed: int) -> np.random.Generator:
        return np.random.default_rng(seed)

    def seed(self, seed: int) -> None:
        random.seed(seed)
        np.random.seed(seed)

    def output(self) -> str:
        return ""

    def warnings(self) -> list[tuple[str, str, int]]:
        return []


class InProcess:
    """The pytest plugin with the fixtures of the checks."""

    def __init__(self, assignment: str, submission: Path) -> None:
        found = Course.find().assignment(assignment)
        work = read_submission(submission, found)
        self._student = ReferenceLoader(lambda: submitted(work, found))
        self._reference = ReferenceLoader(lambda: solution(found))

    def pytest_configure(self, config: pytest.Config) -> None:
        for mark in MARKS:
            config.addinivalue_line("markers", mark)

    @pytest.fixture
    def seed(self, request: pytest.FixtureRequest) -> int:
        seed = zlib.crc32(request.node.name.encode())
        Direct().seed(seed)
        return seed

    @pytest.fixture
    def student(self, seed: int) -> ModuleType:
        return self._student()

    @pytest.fixture
    def remote(self) -> Direct:
        return Direct()

    @pytest.fixture
    def rng(self, seed: int) -> np.random.Generator:
        return np.random.default_rng(seed)

    @pytest.fixture
    def reference(self) -> ModuleType:
        return self._reference()

    @pytest.fixture
    def dataset(self) -> Any:
        return load_digits()


def run(assignment: str, submission: Path) -> int:
    """pytest over the checks of the assignment, in this process; its exit code."""
    found = Course.find().assignment(assignment)
    files = [str(task.checks) for task in found.tasks]
    options = ["-q", "-p", "no:cacheprovider", "--import-mode=importlib", "--noconftest"]
    options += ["--rootdir", str(found.source), "-c", "/dev/null"]
    return int(pytest.main([*options, *files], plugins=[InProcess(assignment, submission)]))


if __name__ == "__main__":
    import sys

    sys.exit(run(sys.argv[1], Path(sys.argv[2])))
