"""`grade plot`: the figures of an assignment's experiments, drawn with a student's code.

The cells are the course's own (never those of a submission) and run here, where matplotlib is; the
student's names in them are proxies, so that the student's code runs in its sandbox as ever. Each
figure starts from a fresh check of the session: one that fails, or hangs, leaves the others alone.
"""

from __future__ import annotations

import contextlib
import io
import linecache
import sys
import traceback
import warnings
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np

from autograder import programs
from autograder.course import Assignment
from autograder.errors import GraderFault, GroundupError, UsageError
from autograder.experiments import Experiment
from autograder.sandbox import Sandbox
from autograder.slicing import Slice, slice_for
from autograder.student import (
    OutOfBudget,
    Program,
    Remote,
    SandboxChannel,
    Session,
    StudentError,
    StudentModule,
    WorkerLost,
)
from autograder.submission import Submission

#: Training is slow, and nobody is graded here.
FIGURE_SECONDS = 300.0
DPI = 120


@dataclass(frozen=True)
class Figure:
    """What became of one experiment: the files, what it printed, and the problem if it had one."""

    experiment: Experiment
    paths: tuple[Path, ...]
    output: str
    problem: str | None


def plot(
    assignment: Assignment,
    submission: Submission,
    sandbox: Sandbox,
    folder: Path,
    *,
    number: int | None = None,
    seconds: float = FIGURE_SECONDS,
    on_figure: Callable[[Experiment], None] | None = None,
) -> list[Figure]:
    """Draw all figures (or the one of this number) as PNG files in ``folder``.

    Raises `UsageError` if matplotlib is missing, there is no such figure, or the folder cannot be
    written. What the student's code does wrong is in the results.
    """
    experiments = assignment.experiments
    wanted = [each for each in experiments if each.number and number in (None, each.number)]
    if not wanted:
        numbers = ", ".join(str(each.number) for each in experiments if each.number)
        what = f"figure {number}" if number is not None and numbers else "figures"
        raise UsageError(
            f"{assignment.name} has no {what}.",
            f"Its figures are: {numbers}" if numbers else "See the others with: grade list",
        )
    _require_matplotlib()
    _make_folder(folder)
    program = programs.submitted(submission, assignment)
    results = []
    with Session(
        lambda: SandboxChannel(sandbox.start()),
        program,
        check_seconds=seconds,
        submission_seconds=seconds * len(wanted),
    ) as session:
        for each in wanted:
            if on_figure is not None:
                on_figure(each)
            parts = slice_for([(e.name, e.source) for e in experiments], experiments.index(each))
            with _Stage(assignment, session) as stage:
                results.append(_draw(each, parts, stage, program, folder))
    return results


def _draw(
    experiment: Experiment, parts: Sequence[Slice], stage: _Stage, program: Program, folder: Path
) -> Figure:
    import matplotlib.pyplot as plt

    paths: list[Path] = []
    problem = None
    output = io.StringIO()
    try:
        with contextlib.redirect_stdout(output):
            stage.begin()
            for part in parts[:-1]:
                stage.run(part)
            plt.close("all")  # drawn by the cells that this one needs
            stage.run(parts[-1])
        for position, number in enumerate(plt.get_fignums(), start=1):
            suffix = "" if position == 1 else f"-{position}"
            path = folder / f"{experiment.name}{suffix}.png"
            _save(plt.figure(number), path)
            paths.append(path)
        if not paths:
            problem = "The cell drew nothing."
    except GraderFault as error:
        problem = f"The cell cannot be drawn outside a notebook: {error}"
    except GroundupError:
        raise
    except Exception as error:
        problem = _explain(error, program, experiment)
    finally:
        plt.close("all")
    return Figure(experiment, tuple(paths), output.getvalue(), problem)


# -------------------------------------------------------------------------- the cells' world


class _Stage:
    """The namespace of the cells, and the changes to NumPy and matplotlib while they run."""

    def __init__(self, assignment: Assignment, session: Session) -> None:
        self._session = session
        self._remote = Remote(session)
        self._stack = contextlib.ExitStack()
        names = [name for task in assignment.tasks for name in task.names]
        student = StudentModule(session, names)
        self._given = ModuleType("autograder.given")
        exec(compile(assignment.given_source, "<given>", "exec"), self._given.__dict__)
        self._namespace: dict[str, Any] = {
            "__name__": "experiments",
            "np": np,
            **{name: getattr(self._given, name) for name in assignment.given},
            **{name: getattr(student, name) for name in names},
        }

    def __enter__(self) -> _Stage:
        import matplotlib

        matplotlib.use("Agg")
        import matplotlib.pyplot as plt

        enter = self._stack.enter_context
        enter(plt.rc_context())
        enter(warnings.catch_warnings())
        warnings.simplefilter("ignore")  # a missing glyph, an overflow: not the reader's business
        enter(_replaced(plt, "show", lambda *args, **kwargs: None))
        enter(_replaced(np.random, "seed", self._seed))
        enter(_replaced(np.random, "default_rng", self._default_rng))
        enter(_module("autograder.given", self._given))
        return self

    def __exit__(self, *exc: object) -> None:
        self._stack.close()

    def begin(self) -> None:
        """A fresh start for the student's side, the same for each figure."""
        self._session.begin_check(0)
        np.random.seed(0)

    def run(self, part: Slice) -> None:
        label = f"<{part.name}>"
        linecache.cache[label] = (len(part.source), None, part.source.splitlines(True), label)
        exec(compile(part.code, label, "exec", dont_inherit=True), self._namespace)

    def _seed(self, seed: Any = None) -> None:
        # In a notebook there is one np.random; here there are two.
        _original_seed(seed)
        if seed is not None:
            self._remote.seed(seed)

    def _default_rng(self, seed: Any = None) -> np.random.Generator:
        if not isinstance(seed, (int, np.integer)):
            return _original_generator(seed)
        return _Twin(int(seed), self._remote)


#: Taken before anything is replaced.
_original_seed = np.random.seed
_original_generator = np.random.default_rng


class _Twin(np.random.Generator):
    """A generator that can be handed to the student's code: that one starts from the same seed."""

    def __init__(self, seed: int, remote: Remote) -> None:
        super().__init__(np.random.PCG64(seed))
        self.__seed, self.__remote = seed, remote
        self.__there: Any = None

    def __groundup_handle__(self) -> Any:
        if self.__there is None:
            self.__there = self.__remote.generator(self.__seed)
        return self.__there.__groundup_handle__()


@contextlib.contextmanager
def _replaced(owner: Any, name: str, value: Any) -> Iterator[None]:
    kept = getattr(owner, name)
    setattr(owner, name, value)
    try:
        yield
    finally:
        setattr(owner, name, kept)


@contextlib.contextmanager
def _module(name: str, module: ModuleType) -> Iterator[None]:
    kept = sys.modules.get(name)
    sys.modules[name] = module
    try:
        yield
    finally:
        if kept is None:
            del sys.modules[name]
        else:
            sys.modules[name] = kept


# ------------------------------------------------------------------------- words about errors


def _explain(error: Exception, program: Program, experiment: Experiment) -> str:
    """Why there is no figure, with the line: the student's if there is one, else the cell's."""
    if isinstance(error, StudentError):
        where = program.where(error)
        if error.category == "not_implemented":
            return f"Not written yet.{where}"
        if error.category == "timeout":
            return f"Your code took too long.{where}"
        if error.category == "missing":
            return f"{error.message[:1].upper()}{error.message[1:]}."
        return f"{error}{where}"
    if isinstance(error, WorkerLost):
        return f"Your code was stopped: {error.reason}."
    if isinstance(error, OutOfBudget):
        return f"Not drawn: {error}."
    where = ""
    label = f"<{experiment.name}>"
    frames = [f for f in traceback.extract_tb(error.__traceback__) if f.filename == label]
    if frames:
        where = f"\n{experiment.name}, line {frames[-1].lineno}\n    {frames[-1].line}"
    return (
        "The cell cannot work with what your code returned "
        f"({type(error).__name__}: {error}).{where}"
    )


# ------------------------------------------------------------------------------------- files


def _save(figure: Any, path: Path) -> None:
    buffer = io.BytesIO()
    # Without the version of matplotlib the same figure gives the same file.
    figure.savefig(buffer, format="png", dpi=DPI, bbox_inches="tight", metadata={"Software": None})
    part = path.with_name(f".{path.name}.part")
    try:
        part.write_bytes(buffer.getvalue())
        part.replace(path)
    except OSError as error:
        with contextlib.suppress(OSError):
            part.unlink()
        raise _unwritable(path, error) from None


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _unwritable(folder, error) from None


def _unwritable(path: Path, error: OSError) -> UsageError:
    return UsageError(
        f"{path} cannot be written: {error.strerror or error}.",
        "Choose another folder with --to.",
    )


def _require_matplotlib() -> None:
    try:
        import matplotlib  # noqa: F401
    except ImportError as error:
        raise UsageError(
            f"Figures need {error.name}, which is not installed.",
            'Install it: pip install "groundup[plot]"',
        ) from None
