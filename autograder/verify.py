"""The proof that an assignment is fair: `grade verify`.

Two bugs are the worst that a course can have: a wrong solution that passes and a right one that
fails. So every assignment ships with its wrong and right variants, and this module runs them all
through the real grading, sandbox included, and says what did not come out as declared.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from autograder import programs
from autograder.course import Assignment, Course, Task
from autograder.diagnosis import DEFAULT_SEED, shipped_fingerprints
from autograder.errors import GroundupError
from autograder.grading import Job, grade_jobs
from autograder.release import build, release
from autograder.results import CheckResult, Report, Status
from autograder.sandbox import Sandbox
from autograder.sources import CheckMark, Variant, read_checks, read_text, read_variants
from autograder.submission import parse_submission

#: Of the misconceptions, at least this share must be recognised where they are alone.
DIAGNOSED_SHARE = 0.9
OnStep = Callable[[str], None]


@dataclass
class TaskProof:
    """What was found out about one task; the counts are of what is declared."""

    number: str
    name: str
    public: int
    hidden: int
    advice: int
    misconceptions: int
    alternatives: int
    hints: int
    killed: int = 0
    diagnosed: int = 0
    diagnosed_public: int = 0
    public_killed: int = 0
    passing_alternatives: int = 0
    checks_that_kill: int = 0
    #: check -> misconceptions that fail it (at the default seed)
    kills: dict[str, list[str]] = field(default_factory=dict)


@dataclass
class Proof:
    """The proof of one assignment; ``problems`` is empty when everything holds."""

    assignment: str
    title: str
    seeds: int
    tasks: list[TaskProof] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    #: misconceptions that some other check than the named one catches with some seeds only
    unsteady: list[str] = field(default_factory=list)

    @property
    def ok(self) -> bool:
        return not self.problems


def verify_assignment(
    course: Course,
    assignment: Assignment,
    sandbox: Sandbox,
    *,
    seeds: int = 1,
    on_step: OnStep | None = None,
) -> Proof:
    """Prove one assignment of a staff checkout; its faults are in the proof, not raised."""
    proof = Proof(assignment.name, assignment.title, seeds)
    verifier = _Verifier(course, assignment, sandbox, proof, on_step or (lambda _: None))
    try:
        verifier.run(seeds)
    except GroundupError as error:
        proof.problems.append(str(error))
    return proof


class _Verifier:
    def __init__(
        self, course: Course, assignment: Assignment, sandbox: Sandbox, proof: Proof, step: OnStep
    ) -> None:
        self._course = course
        self._assignment = assignment
        self._sandbox = sandbox
        self._proof = proof
        self._step = step
        self._marks: dict[str, tuple[CheckMark, ...]] = {}
        self._variants: dict[str, tuple[Variant, ...]] = {}
        self._failing: dict[tuple[str, str], list[frozenset[str]]] = {}

    def run(self, seeds: int) -> None:
        for task in self._assignment.tasks:
            self._declare(task)
        self._step("building the release")
        files = build(self._assignment, shipped_fingerprints)
        self._check_solution_and_stub(files, seeds)
        self._check_variants(seeds)
        self._check_student_copy(files)
        self._step("comparing assignments/")
        name = self._assignment.name
        stale = release(self._course, name, check=True, fingerprint=shipped_fingerprints)
        if stale:
            names = ", ".join(path.name for path in stale)
            self._problem(f"assignments/{name} is out of date ({names}); run: grade release {name}")

    # -- what is declared -------------------------------------------------------------------------

    def _declare(self, task: Task) -> None:
        assert task.variants is not None
        marks = read_checks(read_text(task.checks), task.checks)
        variants = read_variants(read_text(task.variants), task.variants)
        hints = [hint.id for hint in task.read_hints()]
        self._marks[task.name], self._variants[task.name] = marks, variants
        wrong = [variant for variant in variants if variant.kind == "misconception"]
        scored = [mark for mark in marks if not mark.advisory]
        for variant in wrong:
            where = f"{task.name}: {variant.id}"
            if variant.killed_by not in [mark.name for mark in scored]:
                self._problem(f"{where} names {variant.killed_by!r}, which is no check")
            if variant.hint and variant.hint not in hints:
                self._problem(
                    f"{where} points at hint {variant.hint!r}; there are {', '.join(hints)}"
                )
            if not variant.ko:
                self._problem(f"{where} has no Korean sentence")
        for mark in scored:
            if mark.points <= 0:
                self._problem(f"{task.name}: {mark.name} is worth nothing")
        self._proof.tasks.append(
            TaskProof(
                number=task.number,
                name=task.name,
                public=sum(not mark.hidden for mark in scored),
                hidden=sum(mark.hidden for mark in scored),
                advice=len(marks) - len(scored),
                misconceptions=len(wrong),
                alternatives=len(variants) - len(wrong),
                hints=len(hints),
            )
        )

    # -- what happens -----------------------------------------------------------------------------

    def _grade(
        self, jobs: Iterable[Job], assignment: Assignment | None = None
    ) -> list[tuple[Job, Report]]:
        found: list[tuple[Job, Report]] = []

        def on_report(job: Job, report: Report) -> None:
            self._step(job.submission)
            found.append((job, report))
            for check in report.checks:
                if check.status in (Status.GRADER_FAULT, Status.SKIPPED):
                    what = f"{job.submission}, seed {job.seed}: {check.name}"
                    self._problem(f"{what} ended with {check.status}: {check.message}")

        grade_jobs(assignment or self._assignment, jobs, self._sandbox, on_report=on_report)
        return found

    def _check_solution_and_stub(self, files: dict[str, bytes], seeds: int) -> None:
        name = f"{self._assignment.name}.py"
        stub = programs.submitted(parse_submission(files[name], Path(name)), self._assignment)
        solution = programs.solution(self._assignment)
        jobs = [Job(solution, "solution", seed=seed) for seed in range(seeds)]
        for job, report in self._grade([*jobs, Job(stub, "stub")]):
            for check in report.checks:
                where = f"the {job.submission} (seed {job.seed}), {check.name}"
                if job.submission == "stub" and check.status is Status.PASSED:
                    self._problem(f"{where}: passes")
                if job.submission == "solution" and check.status is not Status.PASSED:
                    self._problem(f"{where}: {check.status} {check.message}")
            if job.submission == "solution" and report.notes:
                self._problem(f"the solution earns notes: {'; '.join(report.notes)}")

    def _check_variants(self, seeds: int) -> None:
        jobs, meaning = [], []
        names = [task.name for task in self._assignment.tasks]
        for position, task in enumerate(self._assignment.tasks):
            for variant in self._variants[task.name]:
                program = programs.variant(self._assignment, task, variant.id)
                label = f"{task.name}: {variant.id}"
                # An alternative must not harm the tasks that build on it, unless it says so.
                alone = variant.kind == "misconception" or variant.alone
                for seed in range(seeds):
                    # Seeds move the inputs of a check, not what builds on what; and diagnosis
                    # replays everything. Both are proven at one seed.
                    first = seed == DEFAULT_SEED
                    tasks = tuple(names[position:] if first and not alone else [task.name])
                    jobs.append(Job(program, label, tasks=tasks, seed=seed, diagnose=first))
                    meaning.append((task, variant))
        for (job, report), (task, variant) in zip(self._grade(jobs), meaning, strict=True):
            if variant.kind == "alternative":
                self._judge_alternative(job, report, task)
            else:
                self._judge_misconception(job, report, task, variant)
        self._judge_kills()

    def _judge_alternative(self, job: Job, report: Report, task: Task) -> None:
        failing = [check for check in report.checks if check.status is not Status.PASSED]
        for check in failing:
            where = f"alternative {job.submission} (seed {job.seed}), {check.name}"
            self._problem(f"{where}: {check.status} {check.message}")
        if job.seed == DEFAULT_SEED and not failing:
            self._of(task).passing_alternatives += 1

    def _judge_misconception(self, job: Job, report: Report, task: Task, variant: Variant) -> None:
        failing = {check.name for check in report.checks if check.status is not Status.PASSED}
        self._failing.setdefault((task.name, variant.id), []).append(frozenset(failing))
        if variant.killed_by not in failing:
            where = f"misconception {job.submission} (seed {job.seed})"
            self._problem(f"{where} passes {variant.killed_by}, which should catch it")
        if job.seed != DEFAULT_SEED:
            return
        entry = self._of(task)
        entry.killed += variant.killed_by in failing
        entry.diagnosed += _names(report.checks, variant.id)
        for name in failing:
            entry.kills.setdefault(name, []).append(variant.id)

    def _judge_kills(self) -> None:
        for task in self._assignment.tasks:
            entry = self._of(task)
            for mark in self._marks[task.name]:
                if mark.advisory:
                    continue
                if entry.kills.get(mark.name):
                    entry.checks_that_kill += 1
                else:
                    self._problem(f"{task.name}: {mark.name} catches no misconception")
        for (task_name, variant), outcomes in self._failing.items():
            flips = frozenset.union(*outcomes) - frozenset.intersection(*outcomes)
            for name in sorted(flips):
                self._proof.unsteady.append(f"{task_name}: {variant} fails {name} with some seeds")
        self._demand_diagnoses("hidden and public checks", "diagnosed", "misconceptions")

    def _check_student_copy(self, files: dict[str, bytes]) -> None:
        """The public checks and the shipped diagnosis, where solutions/ does not exist."""
        with tempfile.TemporaryDirectory() as folder:
            for name, content in files.items():
                path = Path(folder, "assignments", self._assignment.name, name)
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(content)
            copy = Course(Path(folder)).assignment(self._assignment.name)
            jobs = [Job(programs.solution(self._assignment), "solution in a student's copy")]
            meaning: list[tuple[Task, str] | None] = [None]
            for task in self._assignment.tasks:
                for wrong in task.misconceptions:
                    program = programs.variant(self._assignment, task, wrong)
                    label = f"{task.name}: {wrong} in a student's copy"
                    jobs.append(Job(program, label, tasks=(task.name,)))
                    meaning.append((task, wrong))
            for (_, report), known in zip(self._grade(jobs, copy), meaning, strict=True):
                failing = [check for check in report.checks if check.status is not Status.PASSED]
                if known is None:
                    for check in failing:
                        self._problem(f"without solutions/, {check.name} fails: {check.message}")
                elif failing:
                    entry = self._of(known[0])
                    entry.public_killed += 1
                    entry.diagnosed_public += _names(report.checks, known[1])
        self._demand_diagnoses("public checks alone", "diagnosed_public", "public_killed")

    def _demand_diagnoses(self, what: str, counted: str, among: str) -> None:
        total = sum(getattr(entry, among) for entry in self._proof.tasks)
        found = sum(getattr(entry, counted) for entry in self._proof.tasks)
        if found < DIAGNOSED_SHARE * total:
            self._problem(f"{what} diagnose only {found} of {total} misconceptions")

    # -- helpers ----------------------------------------------------------------------------------

    def _of(self, task: Task) -> TaskProof:
        return next(entry for entry in self._proof.tasks if entry.name == task.name)

    def _problem(self, text: str) -> None:
        self._proof.problems.append(text)


def _names(checks: Iterable[CheckResult], misconception: str) -> bool:
    """Whether some check's diagnosis names the misconception."""
    return any(c.diagnosis is not None and misconception in c.diagnosis.ids for c in checks)
