"""Checks are pytest functions: this plugin collects them once and runs each as often as asked.

A grading run is turned inside out. :func:`collect_and_run` lets pytest collect the checks and then
hands control to a body, which runs single checks against single submissions through
:meth:`CheckRunner.run` and decides what comes next. So one pytest session grades one submission or
ten thousand, with fixtures, marks and parametrised helpers working as in any test suite.
"""

from __future__ import annotations

import inspect
import os
import sys
import time
import zlib
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from types import ModuleType
from typing import Literal

import numpy as np
import pytest

from autograder.course import Assignment, Task
from autograder.data import Dataset, load_dataset
from autograder.errors import CourseError, GraderFault
from autograder.sources import CheckMark, read_checks, read_text
from autograder.student import Program, Remote, Session, StudentModule

FIXTURES = frozenset({"student", "remote", "rng", "reference", "dataset"})
INI = Path(__file__).with_name("checks.ini")


@dataclass(frozen=True)
class Check:
    """One collected check: what checks.py declares about it, and the pytest item that runs it."""

    task: Task
    mark: CheckMark
    item: pytest.Function = field(repr=False, compare=False)

    @property
    def name(self) -> str:
        return self.mark.name


class Context:
    """What the fixtures of one check see: one session, one seed."""

    def __init__(
        self,
        assignment: Assignment,
        check: Check,
        session: Session,
        seed: int,
        load_reference: Callable[[], ModuleType],
    ) -> None:
        names = [name for task in assignment.tasks for name in task.names]
        self.session = session
        self.student = StudentModule(session, names)
        self.remote = Remote(session)
        # Each check draws its own numbers, whichever checks ran before it.
        self.seed = zlib.crc32(f"{check.task.name}.{check.name}".encode()) ^ (seed & 0xFFFFFFFF)
        self._assignment = assignment
        self._check = check
        self._load_reference = load_reference

    @property
    def rng(self) -> np.random.Generator:
        return np.random.default_rng(self.seed)

    @property
    def reference(self) -> ModuleType:
        if not self._check.mark.hidden:
            raise GraderFault(f"{self._check.name} is public and must not use the reference")
        return self._load_reference()

    @property
    def dataset(self) -> Dataset:
        # Never another dataset than the one that assignment.toml names.
        return load_dataset(self._assignment.dataset)

    def call(self, check: Check) -> None:
        """Run the check as a plain function, outside pytest: diagnosis replays it this way."""
        function = check.item.obj
        fixtures = {name: getattr(self, name) for name in inspect.signature(function).parameters}
        function(**fixtures)


@dataclass(frozen=True)
class Outcome:
    """How one run of one check ended: the exception it raised, if any, and its wall time."""

    error: BaseException | None
    seconds: float


class CheckRunner:
    """The pytest plugin, and the handle that the body gets."""

    def __init__(self, tasks: Sequence[Task], body: Callable[[CheckRunner], None]) -> None:
        self._tasks = {str(task.checks.resolve()): task for task in tasks}
        self._body = body
        self._context: Context | None = None
        self._error: BaseException | None = None
        self.checks: dict[str, list[Check]] = {task.name: [] for task in tasks}
        self.failure: BaseException | None = None
        self.collected = False

    def run(self, check: Check, context: Context) -> Outcome:
        """Run one check with pytest; KeyboardInterrupt passes through."""
        self._context, self._error = context, None
        start = time.perf_counter()
        check.item.ihook.pytest_runtest_protocol(item=check.item, nextitem=None)
        self._context = None
        return Outcome(self._error, time.perf_counter() - start)

    def uses(self, fixture: str) -> bool:
        """Whether any collected check asks for this fixture."""
        collected = [check for checks in self.checks.values() for check in checks]
        return any(fixture in check.item.fixturenames for check in collected)

    # -- hooks ------------------------------------------------------------------------------------

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        try:
            self._sort(items)
        except CourseError as error:  # pytest would print it as its own bug and go on
            self.failure = self.failure or error

    def _sort(self, items: Sequence[pytest.Item]) -> None:
        marks: dict[str, dict[str, CheckMark]] = {}
        for item in items:
            path = str(item.path.resolve())
            task = self._tasks[path]
            if path not in marks:
                found = read_checks(read_text(task.checks), task.checks)
                marks[path] = {mark.name: mark for mark in found}
            if not isinstance(item, pytest.Function) or item.name not in marks[path]:
                raise CourseError(f"{task.checks}: {item.name} must be one plain function.")
            unknown = set(item.fixturenames) - FIXTURES
            unknown = unknown.intersection(inspect.signature(item.obj).parameters) or unknown
            if unknown:  # name those that are written down, not those that they ask for in turn
                raise CourseError(
                    f"{task.checks}: {item.name} asks for {', '.join(sorted(unknown))}; "
                    f"checks may use {', '.join(sorted(FIXTURES))}."
                )
            self.checks[task.name].append(Check(task, marks[path][item.name], item))

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        if report.failed and self.failure is None:
            self.failure = GraderFault(f"{report.nodeid} cannot be loaded:\n{report.longreprtext}")

    def pytest_runtestloop(self) -> bool:
        self.collected = True
        try:
            if self.failure is None:
                self._body(self)
        except BaseException as error:
            self.failure = error
        return True

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_makereport(
        self, item: pytest.Item, call: pytest.CallInfo[None]
    ) -> pytest.TestReport:
        """Keep the exception, in place of pytest's own report.

        That one formats a traceback which nobody reads, at up to 0.1 s for each failing check.
        """
        if call.excinfo is not None and self._error is None:
            self._error = call.excinfo.value
        outcome: Literal["passed", "failed"] = "failed" if call.excinfo else "passed"
        assert call.when != "collect"
        return pytest.TestReport(item.nodeid, item.location, {}, outcome, None, call.when)

    # -- fixtures ---------------------------------------------------------------------------------

    @pytest.fixture
    def student(self) -> StudentModule:
        """The student's module."""
        return self._now.student

    @pytest.fixture
    def remote(self) -> Remote:
        """Operations in the student's process."""
        return self._now.remote

    @pytest.fixture
    def rng(self) -> np.random.Generator:
        """Random numbers that depend on the seed and the check only."""
        return self._now.rng

    @pytest.fixture
    def reference(self) -> ModuleType:
        """Our own solution, for hidden checks."""
        return self._now.reference

    @pytest.fixture
    def dataset(self) -> Dataset:
        """The dataset that assignment.toml names."""
        return self._now.dataset

    @property
    def _now(self) -> Context:
        assert self._context is not None
        return self._context


def collect_and_run(
    assignment: Assignment, tasks: Sequence[Task], body: Callable[[CheckRunner], None]
) -> None:
    """Collect the checks of ``tasks`` and call ``body`` with the runner.

    Raises what the body raised, and GraderFault or CourseError when a checks.py is broken.
    """
    runner = CheckRunner(tasks, body)
    files = [str(task.checks.resolve()) for task in tasks]
    for task in tasks:
        if not task.checks.is_file():
            raise CourseError(f"{task.checks} is missing.", "Restore it, then run: grade verify")
    arguments = ["-c", str(INI), "--rootdir", str(tasks[0].checks.parent.parent)]
    arguments += ["--import-mode=importlib", "--noconftest", "--assert=plain"]
    arguments += (
        "-p no:cacheprovider -p no:terminal -p no:logging -p no:unittest -p no:doctest".split()
    )
    arguments += "-p no:junitxml -p no:pastebin -p no:faulthandler -p no:stepwise".split()
    arguments += ["--capture=no"]
    kept = {key: os.environ.get(key) for key in _ENVIRONMENT}
    modules = set(sys.modules)
    os.environ.update(_ENVIRONMENT)
    try:
        code = pytest.main([*arguments, *files], plugins=[runner])
    finally:
        _forget_modules(files, modules)
        for key, value in kept.items():
            if value is None:
                os.environ.pop(key, None)
            else:
                os.environ[key] = value
    if runner.failure is not None:
        raise runner.failure
    if code == pytest.ExitCode.INTERRUPTED:
        raise KeyboardInterrupt  # Ctrl-C while the checks were being collected
    if not runner.collected:
        raise GraderFault(f"pytest gave up on the checks of {assignment.name} (exit code {code})")


def _forget_modules(files: Sequence[str], kept: Collection[str]) -> None:
    """Take the modules of checks out of sys.modules again.

    Pytest names them <folder>.checks and would hand out the first of that name for ever: the
    checks of another assignment that has a task of the same name too.
    """
    for name, module in list(sys.modules.items()):
        if name not in kept and getattr(module, "__file__", None) in files:
            while name:
                if name not in kept:
                    sys.modules.pop(name, None)
                name = name.rpartition(".")[0]


#: The reader's own pytest settings must not change a grade.
_ENVIRONMENT: Mapping[str, str] = {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", "PYTEST_ADDOPTS": ""}


class ReferenceLoader:
    """Our solution as a module of the grader's own process, executed at first use."""

    def __init__(self, load: Callable[[], Program]) -> None:
        self._load = load

    def __call__(self) -> ModuleType:
        return self._module

    @cached_property
    def _module(self) -> ModuleType:
        program = self._load()
        given = ModuleType("autograder.given")
        exec(compile(program.given, "<given>", "exec"), given.__dict__)
        module = ModuleType("reference")
        kept = sys.modules.get("autograder.given")
        sys.modules["autograder.given"] = given
        try:
            for source, line, label in program.cells:
                code = compile("\n" * (line - 1) + source, label, "exec", dont_inherit=True)
                exec(code, module.__dict__)
        finally:
            if kept is None:
                del sys.modules["autograder.given"]
            else:
                sys.modules["autograder.given"] = kept
        return module
