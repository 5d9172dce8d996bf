"""A submission in, a report out.

One worker runs the checks that show their messages, then the hidden ones; it is replaced when a
check leaves it in doubt. What a check raised is sorted into statuses here, and this is the only
place where a failing hidden check is stripped of everything but its rationale and category.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from autograder import programs
from autograder.authoring import CheckFailure
from autograder.course import Assignment, Task
from autograder.data import load_dataset
from autograder.diagnosis import DEFAULT_SEED, REPLAY_SECONDS, Diagnoser, Evidence
from autograder.errors import GraderFault
from autograder.plugin import Check, CheckRunner, Context, ReferenceLoader, collect_and_run
from autograder.results import CheckResult, Diagnosis, Report, Status, TaskResult
from autograder.sandbox import Sandbox
from autograder.student import (
    MAX_CALLS,
    Channel,
    LocalChannel,
    OutOfBudget,
    Program,
    SandboxChannel,
    Session,
    StudentError,
    WorkerLost,
)
from autograder.submission import Submission

#: After so many timeouts or crashes the rest of a task is skipped; each one costs real waiting.
PATIENCE = 2
#: What a check's own code raises when a student's value is not what it takes for granted.
DATA_ERRORS = (
    TypeError,
    ValueError,
    AttributeError,
    LookupError,
    ArithmeticError,
    MemoryError,
    RecursionError,
    np.linalg.LinAlgError,
)
COSTLY = frozenset({Status.TIMEOUT, Status.CRASHED, Status.OUT_OF_MEMORY})


@dataclass(frozen=True)
class Job:
    """One program to grade: its name in the report, notes on how it was read, and which tasks.

    ``diagnose=False`` leaves out the search for the mistake, where only the verdict counts.
    """

    program: Program
    submission: str
    notes: tuple[str, ...] = ()
    tasks: tuple[str, ...] | None = None
    seed: int = DEFAULT_SEED
    diagnose: bool = True


#: Gets a few words on what begins now: a check, or the replay of a known mistake.
OnStep = Callable[[str], None]


def grade(
    assignment: Assignment,
    submission: Submission,
    sandbox: Sandbox,
    *,
    tasks: Sequence[str] | None = None,
    seed: int = DEFAULT_SEED,
    check_seconds: float | None = None,
    on_step: OnStep | None = None,
) -> Report:
    """Grade one submission; ``tasks`` are names of tasks (default: all).

    Raises GroundupError when the course is broken; whatever the submission does is in the report.
    """
    job = Job(
        programs.submitted(submission, assignment),
        str(submission.path),
        submission.notes,
        None if tasks is None else tuple(tasks),
        seed,
    )
    return grade_jobs(assignment, [job], sandbox, check_seconds=check_seconds, on_step=on_step)[0]


def grade_jobs(
    assignment: Assignment,
    jobs: Iterable[Job],
    sandbox: Sandbox,
    *,
    check_seconds: float | None = None,
    on_step: OnStep | None = None,
    on_report: Callable[[Job, Report], None] | None = None,
) -> list[Report]:
    """Grade many programs with checks that are collected once; reports come in order.

    An iterator may produce its jobs one by one, each when the one before is done.
    """
    if isinstance(jobs, Iterator):
        wanted = set(_all_tasks(assignment))
    else:
        jobs = list(jobs)
        wanted = {name for job in jobs for name in (job.tasks or _all_tasks(assignment))}
    tasks = [task for task in assignment.tasks if task.name in wanted]
    reports: list[Report] = []

    def body(runner: CheckRunner) -> None:
        if assignment.dataset is not None and runner.uses("dataset"):
            load_dataset(assignment.dataset)  # raises here, once, if it is missing
        grader = _Grader(assignment, runner, sandbox, check_seconds, on_step)
        for job in jobs:
            report = grader.grade(job)
            reports.append(report)
            if on_report is not None:
                on_report(job, report)

    collect_and_run(assignment, tasks, body)
    return reports


def _all_tasks(assignment: Assignment) -> tuple[str, ...]:
    return tuple(task.name for task in assignment.tasks)


class _Grader:
    def __init__(
        self,
        assignment: Assignment,
        runner: CheckRunner,
        sandbox: Sandbox,
        check_seconds: float | None,
        on_step: OnStep | None,
    ) -> None:
        self._assignment = assignment
        self._runner = runner
        self._sandbox = sandbox
        self._check_seconds = check_seconds or assignment.limits.check_seconds
        self._on_step = on_step or (lambda what: None)
        self._reference = ReferenceLoader(lambda: programs.solution(assignment))
        self._diagnoser = Diagnoser(assignment, self._on_step)

    def grade(self, job: Job) -> Report:
        start = time.perf_counter()
        limits = {
            "check_seconds": self._check_seconds,
            "submission_seconds": self._assignment.limits.submission_seconds,
        }
        wanted = job.tasks or _all_tasks(self._assignment)
        selected = [task for task in self._assignment.tasks if task.name in wanted]
        with Session(self._channel, job.program, **limits) as session:
            outcomes = self._run_all(selected, session, job)
            notes = (
                *job.notes,
                *_load_notes(session, job.program),
                *dict.fromkeys(_advice(outcomes)),
            )
        results = [self._task_result(task, outcomes, job) for task in selected]
        absent = 0.0
        if self._assignment.source is None:
            absent = float(sum(task.hidden_points for task in selected))
        return Report(
            assignment=self._assignment.name,
            title=self._assignment.title,
            submission=job.submission,
            tasks=tuple(results),
            notes=notes,
            sandbox={
                "mode": self._sandbox.mode,
                **dict.fromkeys(self._sandbox.layers, True),
                "missing": self._sandbox.missing,
            },
            hidden_points=absent,
            seed=job.seed,
            seconds=time.perf_counter() - start,
        )

    def _channel(self) -> Channel:
        return SandboxChannel(self._sandbox.start())

    def _run_all(self, tasks: Sequence[Task], session: Session, job: Job) -> list[_Outcome]:
        """All checks that show their messages run before the first hidden one.

        The student's module lives as long as the session: it may keep what a hidden check gave it,
        and nothing that runs later may have a message to tell it with. Both halves have the whole
        time of a submission: an endless loop costs no earlier task its hidden checks.
        """
        checks = [check for task in tasks for check in self._runner.checks[task.name]]
        outcomes: list[_Outcome] = []
        costly: Counter[str] = Counter()
        for check in sorted(checks, key=lambda check: check.mark.hidden):
            if check.mark.hidden and not (outcomes and outcomes[-1].check.mark.hidden):
                session.start_clock()
            about = f"{check.mark.rationale} (hidden)" if check.mark.hidden else check.mark.title
            self._on_step(f"{check.task.number} {check.task.name}: {about}")
            if costly[check.task.name] >= PATIENCE:
                reason = (
                    f"not run: {PATIENCE} checks of this task already ran out of time or crashed"
                )
                result, evidence = _result(check, _Ending(Status.SKIPPED, "skipped", reason)), None
            else:
                result, evidence = self._run(check, session, job)
            # What earns no points must not cost the checks that do their turn.
            costly[check.task.name] += result.status in COSTLY and not check.mark.advisory
            outcomes.append(_Outcome(check, result, evidence))
        return outcomes

    def _task_result(self, task: Task, outcomes: Sequence[_Outcome], job: Job) -> TaskResult:
        """The task's scored checks in the order of the file, with the mistakes behind them."""
        found = {outcome.check.name: outcome for outcome in outcomes if outcome.check.task == task}
        scored = [
            found[check.name] for check in self._runner.checks[task.name] if not check.mark.advisory
        ]
        unexplained = [each.evidence for each in scored if each.evidence and job.diagnose]
        diagnoses = self._diagnoser.diagnose(unexplained, job.seed)
        checks = tuple(_with(each.result, diagnoses.get(each.check.name)) for each in scored)
        return TaskResult(task.name, f"{task.number} {task.title}", checks)

    def _run(self, check: Check, session: Session, job: Job) -> tuple[CheckResult, Evidence | None]:
        context = Context(self._assignment, check, session, job.seed, self._reference)
        error: BaseException | None
        try:
            session.begin_check(context.seed)
        except (StudentError, WorkerLost, OutOfBudget) as raised:
            error, seconds = raised, 0.0
        else:
            outcome = self._runner.run(check, context)
            error, seconds = outcome.error, outcome.seconds
        ending = self._ending(error, check, session, job.seed)
        if ending.status in COSTLY:
            session.discard_worker()
        evidence = None
        if ending.diagnosable:
            suggested = error.suggests if isinstance(error, CheckFailure) else None
            evidence = Evidence(check, session.transcript.fingerprint(), suggested)
        return _result(check, ending, seconds), evidence

    def _ending(
        self, error: BaseException | None, check: Check, session: Session, seed: int
    ) -> _Ending:
        """What the end of a check says about the student, or about us."""
        if error is None:
            return _Ending(Status.PASSED, None, "")
        if isinstance(error, CheckFailure):
            return _Ending(Status.FAILED, error.category, error.message)
        if isinstance(error, StudentError):
            return _raised(error, session)
        if isinstance(error, WorkerLost):
            category = "crashed" if error.status is Status.CRASHED else error.status.value
            return _Ending(error.status, category, f"Your code was stopped: {error.reason}.")
        if isinstance(error, OutOfBudget):
            return _Ending(Status.SKIPPED, "skipped", f"Not run: {error}.")
        if isinstance(error, AssertionError):
            return _Ending(Status.FAILED, "wrong_value", str(error))
        blames_student = isinstance(error, DATA_ERRORS) and not isinstance(error, GraderFault)
        if blames_student and not session.transcript.empty and self._works(check, seed):
            return _Ending(
                Status.FAILED,
                "wrong_type",
                f"The check cannot work with what your code returned ({type(error).__name__}: "
                f"{error}).",
            )
        # The text of our own exception may quote a hidden input.
        reason = type(error).__name__ if check.mark.hidden else f"{type(error).__name__}: {error}"
        return _Ending(Status.GRADER_FAULT, None, f"The grader is at fault, not you: {reason}")

    def _works(self, check: Check, seed: int) -> bool:
        """Whether the check passes on our own solution; taken for granted where that is absent,
        because `grade verify` proved it before the release."""
        if self._assignment.source is None:
            return True
        limits = {"check_seconds": REPLAY_SECONDS, "submission_seconds": REPLAY_SECONDS}
        with Session(LocalChannel, programs.solution(self._assignment), **limits) as session:
            context = Context(self._assignment, check, session, seed, self._reference)
            session.begin_check(context.seed)
            try:
                context.call(check)
            except Exception:
                return False
        return True


@dataclass(frozen=True)
class _Outcome:
    """What came of one check, and what may tell which mistake is behind it."""

    check: Check
    result: CheckResult
    evidence: Evidence | None


def _advice(outcomes: Sequence[_Outcome]) -> list[str]:
    return [
        f"{each.check.task.title}: {each.check.mark.advice}"
        for each in outcomes
        if each.check.mark.advisory
        and each.evidence is not None
        and each.result.status is Status.FAILED
    ]


@dataclass(frozen=True)
class _Ending:
    status: Status
    category: str | None
    message: str

    @property
    def diagnosable(self) -> bool:
        """Whether the code ran far enough for its answers to say something."""
        return self.status in (Status.FAILED, Status.ERROR) and self.category not in (
            "not_implemented",
            "missing",
            "syntax",
        )


def _raised(error: StudentError, session: Session) -> _Ending:
    """A StudentError in words: what, where (the student's own lines only)."""
    where = session.program.where(error)
    if error.category == "timeout":
        why = ""
        if session.called_too_often:
            why = f" It called the check's functions {MAX_CALLS} times: does a loop never end?"
        return _Ending(Status.TIMEOUT, "timeout", f"Your code took too long.{why}{where}")
    if error.category == "out_of_memory":
        message = f"Your code asked for more memory than the assignment allows: {error}."
        return _Ending(Status.OUT_OF_MEMORY, "out_of_memory", f"{message}{where}")
    if error.category == "not_implemented":
        return _Ending(Status.FAILED, "not_implemented", f"Not written yet.{where}")
    if error.category == "missing":
        cause = next(iter(session.load_errors), None)
        if cause is None:
            message = f"{error.message[:1].upper()}{error.message[1:]}."
            return _Ending(Status.ERROR, "missing", message)
        reason = _load_reason(cause, session.program)
        return _Ending(cause.status, "missing", f"{error.message}. The reason may be: {reason}")
    if error.category == "wrong_type":
        return _Ending(Status.FAILED, "wrong_type", f"{error.message}.{where}")
    if not error.frames and error.kind == "TypeError":
        message = f"It cannot be called as the task says: {error.message}."
        return _Ending(Status.ERROR, "raised", message)
    return _Ending(error.status, error.category, f"{error}{where}")


def _load_reason(error: StudentError | WorkerLost, program: Program) -> str:
    if isinstance(error, WorkerLost):
        return f"running your file ended its process ({error.reason})."
    if error.category == "timeout":
        return f"running your file took too long.{program.where(error)}"
    if error.category == "syntax":
        return f"a syntax error: {error.message}.{program.where(error)}"
    return f"running your file stopped with {error}.{program.where(error)}"


def _load_notes(session: Session, program: Program) -> list[str]:
    return [
        f"Part of your file did not run: {_load_reason(e, program)}" for e in session.load_errors
    ]


def _result(check: Check, ending: _Ending, seconds: float = 0.0) -> CheckResult:
    mark = check.mark
    hide = mark.hidden and ending.status is not Status.GRADER_FAULT
    return CheckResult(
        name=mark.name,
        title=mark.rationale if mark.hidden else mark.title,
        status=ending.status,
        points=mark.points if ending.status is Status.PASSED else 0.0,
        max_points=mark.points,
        hidden=mark.hidden,
        advisory=mark.advisory,
        category=ending.category,
        message="" if hide else ending.message,
        diagnosis=None,
        seconds=seconds,
    )


def _with(result: CheckResult, diagnosis: Diagnosis | None) -> CheckResult:
    fields: Mapping[str, Any] = {**result.__dict__, "diagnosis": diagnosis}
    return result if diagnosis is None else CheckResult(**fields)
