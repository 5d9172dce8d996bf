"""Where submissions are graded: processes beside nbgrader's, each with a sandbox of its own.

nbgrader asks for one submission at a time, and works on files and its database in between. A desk
grades meanwhile what will be asked for next. It is a process and not a thread, so that nothing
which pytest does to its process (warnings, environment, modules) happens to nbgrader's, which
may be the server that runs formgrader.

    python -m autograder.nbgrader.desk ROOT ASSIGNMENT MODE SEED

reads a path a line and answers each with a line of JSON: {"ready": true} at first, then
{"report": ...}, or {"unreadable": reason}; {"fatal": [class, message, hint]} is its last word.
"""

from __future__ import annotations

import atexit
import contextlib
import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any

from autograder import errors
from autograder.course import Assignment, Course
from autograder.errors import GraderFault, GroundupError, SubmissionError
from autograder.threads import ONE_THREAD

__all__ = ["Office", "office", "reason"]

#: More processes than processors would only make the time limits of checks tighter.
MOST_DESKS = 8
ENGINE = Path(__file__).resolve().parents[2]


class Office:
    """The desks for one assignment. Reports are remembered until they have been asked for."""

    def __init__(self, assignment: Assignment, mode: str, seed: int) -> None:
        self._command = [sys.executable, "-m", "autograder.nbgrader.desk"]
        self._command += [str(_root(assignment)), assignment.name, mode, str(seed)]
        self._free: list[_Desk] = []
        self._lock = threading.Lock()
        count = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 2
        self.size = max(1, min(MOST_DESKS, count))
        self._threads = ThreadPoolExecutor(self.size, thread_name_prefix="desk")
        self._ahead: dict[Path, Future[Any]] = {}
        self._first = self._threads.submit(self._open)

    def wait(self) -> None:
        """Return when the first desk can grade; raises `GroundupError` if none ever will."""
        self._free.append(self._first.result())

    def grade(self, path: Path, following: Sequence[Path] = ()) -> dict[str, Any]:
        """The JSON report of a file; `following` are graded ahead while the caller goes on.

        Raises `SubmissionError` if the file cannot be read, and other errors where grading broke.
        """
        for other in (path, *following[: self.size]):
            if other not in self._ahead:
                self._ahead[other] = self._threads.submit(self._grade, other)
        return self._ahead.pop(path).result()  # type: ignore[no-any-return]

    def forget(self) -> None:
        """Drop what was graded ahead: the files may have changed by the next run."""
        for future in self._ahead.values():
            future.cancel()
        self._ahead.clear()

    def close(self) -> None:
        self._threads.shutdown(wait=False, cancel_futures=True)
        with self._lock:
            desks, self._free = self._free, []
        for desk in desks:
            desk.close()

    def _open(self) -> _Desk:
        return _Desk(self._command)

    def _grade(self, path: Path) -> dict[str, Any]:
        with self._lock:
            desk = self._free.pop() if self._free else None
        if desk is None:
            desk = self._open()
        answer = desk.ask(path)  # a desk that broke is not put back
        with self._lock:
            self._free.append(desk)
        if "unreadable" in answer:
            raise SubmissionError(answer["unreadable"])
        return answer["report"]  # type: ignore[no-any-return]


class _Desk:
    """One process."""

    def __init__(self, command: Sequence[str]) -> None:
        # In a session of its own: an interrupt is for nbgrader, and the end of its input ends it.
        self._process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=ENGINE,  # whose folder is searched for modules
            env=_environment(),
            start_new_session=True,
        )
        try:
            self._read()
        except BaseException:
            self.close()
            raise

    def ask(self, path: Path) -> dict[str, Any]:
        assert self._process.stdin is not None
        try:
            self._process.stdin.write(os.fsencode(json.dumps(str(path))) + b"\n")
            self._process.stdin.flush()
        except OSError:
            self.close()
            raise GraderFault("a process that grades has ended") from None
        return self._read()

    def _read(self) -> dict[str, Any]:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            code = self._process.wait()
            raise GraderFault(f"a process that grades ended by itself (exit code {code})")
        answer: dict[str, Any] = json.loads(line)
        if "fatal" in answer:
            self.close()
            kind, message, hint = answer["fatal"]
            found = getattr(errors, kind, GraderFault)
            raise found(message, hint)
        return answer

    def close(self) -> None:
        assert self._process.stdin is not None and self._process.stdout is not None
        with contextlib.suppress(OSError):
            self._process.stdin.close()
        try:
            self._process.wait(timeout=5)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._process.stdout.close()


_offices: dict[tuple[str, str, int, str], Office] = {}


def office(assignment: Assignment, mode: str, seed: int, key: str) -> Office:
    """This process's office for an assignment; a new one when `key`, its sources, changed."""
    wanted = (assignment.name, mode, seed, key)
    if wanted not in _offices:
        close_offices()
        found = Office(assignment, mode, seed)
        try:
            found.wait()
        except BaseException:
            found.close()
            raise
        _offices[wanted] = found
    return _offices[wanted]


@atexit.register
def close_offices() -> None:
    """End all desks of this process."""
    while _offices:
        _offices.popitem()[1].close()


def reason(error: SubmissionError, path: Path) -> str:
    """What is wrong with a file and what to do, for its student: without the instructor's folders.

    The same words for the note at the top of a notebook and the explanation below each task.
    """
    told = " ".join(filter(None, (error.message, error.hint)))
    return told.replace(str(path), path.name)


def _root(assignment: Assignment) -> Path:
    assert assignment.source is not None
    return assignment.source.parent.parent


def _environment() -> dict[str, str]:
    """This process's, with one thread for matrix products."""
    return {**ONE_THREAD, **os.environ}


# ------------------------------------------------------------------- inside the process


def main(arguments: Sequence[str]) -> None:
    """Serve until the input ends."""
    root, name, mode, seed = arguments
    # What checks or libraries print must not get between the answers.
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)

    def answer(**content: Any) -> None:
        answers.write(json.dumps(content, allow_nan=False) + "\n")
        answers.flush()

    try:
        _serve(Course(root).assignment(name), mode, int(seed), answer)
    except GroundupError as error:
        answer(fatal=[type(error).__name__, error.message, error.hint])
    except BrokenPipeError:
        pass  # nbgrader is gone


def _serve(assignment: Assignment, mode: str, seed: int, answer: Any) -> None:
    from autograder import programs
    from autograder.grading import Job, grade_jobs
    from autograder.reports.json import to_dict
    from autograder.sandbox import MODES, Limits, harden_grader, open_sandbox
    from autograder.submission import read_submission

    if mode not in MODES:
        hint = f"There are: {', '.join(MODES)}"
        raise errors.UsageError(f"There is no sandbox mode {mode!r}.", hint)
    harden_grader()

    def jobs() -> Iterator[Job]:
        sandbox.start().close()  # refuse here, before the first submission
        answer(ready=True)
        for line in sys.stdin:
            path = Path(json.loads(line))
            try:
                work = read_submission(path, assignment)
            except SubmissionError as error:
                answer(unreadable=reason(error, path))
                continue
            program = programs.submitted(work, assignment)
            yield Job(program, path.name, work.notes, None, seed)

    with open_sandbox(mode, Limits(memory_bytes=assignment.limits.memory_mb << 20)) as sandbox:
        grade_jobs(
            assignment, jobs(), sandbox, on_report=lambda _, found: answer(report=to_dict(found))
        )


if __name__ == "__main__":
    main(sys.argv[1:])
