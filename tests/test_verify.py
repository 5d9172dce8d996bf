"""`grade verify` finds each fault that is planted, and only those."""

from __future__ import annotations

import functools
import multiprocessing
import os
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import pytest
import tiny_course
from engine import ROOT, run_grade, write_fair_course

from autograder import programs
from autograder.course import Course
from autograder.diagnosis import shipped_fingerprints
from autograder.errors import GroundupError
from autograder.grading import Job, grade_jobs
from autograder.release import release
from autograder.results import Report, Status
from autograder.sandbox import Limits, Sandbox, open_sandbox
from autograder.sources import read_text, read_variants
from autograder.verify import Proof, verify_assignment


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with open_sandbox("auto", Limits(memory_bytes=1 << 30)) as found:
        yield found


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_fair_course(tmp_path)


def prove(folder: Path, sandbox: Sandbox, *, seeds: int = 1, released: bool = True) -> Proof:
    course = Course(folder.parent.parent)
    if released:
        release(course, folder.name, fingerprint=shipped_fingerprints)
    return verify_assignment(course, course.assignment(folder.name), sandbox, seeds=seeds)


def test_a_fair_course_is_proved(folder: Path, sandbox: Sandbox) -> None:
    steps: list[str] = []
    course = Course(folder.parent.parent)
    release(course, folder.name, fingerprint=shipped_fingerprints)
    proof = verify_assignment(
        course, course.assignment("7"), sandbox, seeds=3, on_step=steps.append
    )
    assert proof.problems == [] == proof.unsteady and proof.ok
    double, halve = proof.tasks
    assert (double.public, double.hidden, double.advice, double.hints) == (1, 1, 1, 2)
    assert (double.killed, double.diagnosed, double.misconceptions) == (2, 2, 2)
    assert (double.public_killed, double.diagnosed_public) == (1, 1)  # square passes 2 -> 4
    assert (double.passing_alternatives, double.checks_that_kill) == (1, 2)
    assert double.kills["test_secret"] == ["identity", "square"]
    assert (halve.killed, halve.passing_alternatives, halve.checks_that_kill) == (1, 1, 1)
    assert steps[0] == "building the release" and "double: square" in steps


#: file, text to find, text to put in its place, words of the one problem that must come of it
FAULTS = {
    "the stub passes": (
        "halve/checks.py", "    assert_close(student.halve(4), 2)\n",
        "    try:\n        assert_close(student.halve(4), 2)\n"
        "    except Exception as error:\n        assert 'NotImpl' in repr(error)\n",
        "the stub (seed 0), test_example: passes",
    ),
    "the solution fails": (
        "halve/checks.py", "student.halve(4), 2)", "student.halve(4), 3)",
        "the solution (seed 0), test_example: failed",
    ),
    "the solution earns a note": (
        "halve/task.py", "    return x / 2.0 + 0.0\n    ### END SOLUTION\n",
        "    return x / 2.0 + 0.0\n    ### END SOLUTION\n\n\nhalve.undefined\n",
        "the solution earns notes",
    ),
    "a surviving mistake": (
        "halve/variants.py", "student.halve = lambda x: x\n", "student.halve = lambda x: x / 2\n",
        "misconception halve: identity (seed 0) passes test_example, which should catch it",
    ),
    "a check that catches nothing": (
        "halve/checks.py", "    assert_close(student.halve(4), 2)\n",
        "    assert_close(student.halve(4), 2)\n\n\n@pytest.mark.points(1)\n"
        "def test_two(student):\n    'Nothing.'\n    assert_close(student.halve(0), 0)\n",
        "halve: test_two catches no misconception",
    ),
    "a right variant fails": (
        "halve/variants.py", "lambda x: 0.5 * x", "lambda x: 0.6 * x",
        "alternative halve: product (seed 0), test_example: failed",
    ),
    "a right variant crashes": (
        "halve/variants.py", "lambda x: 0.5 * x", "lambda x: __import__('os')._exit(1)",
        "alternative halve: product (seed 0), test_example: crashed",
    ),
    "an unknown hint": (
        "halve/variants.py", 'hint="way"', 'hint="nowhere"',
        "halve: identity points at hint 'nowhere'; there are way, code",
    ),
    "an unknown check": (
        "halve/variants.py", 'killed_by="test_example"', 'killed_by="test_nothing"',
        "halve: identity names 'test_nothing', which is no check",
    ),
    "no Korean sentence": (
        "halve/variants.py", 'ko="x를 그대로"', 'ko=""', "halve: identity has no Korean sentence",
    ),
    "a check worth nothing": (
        "halve/checks.py", "points(1)", "points(0)", "test_example",
    ),
    "a check with a bug": (
        "halve/checks.py", "    assert_close(student.halve(4), 2)\n", "    1 / 0\n",
        "test_example ended with grader_fault",
    ),
    "a public check that needs the reference": (
        "halve/checks.py", "def test_example(student):", "def test_example(student, reference):",
        "reference",
    ),
    "a broken task": ("halve/task.py", "return x / 2.0", "return (x / 2.0", "task.py"),
    "unbalanced markers": ("halve/task.py", "    ### END SOLUTION\n", "", "SOLUTION"),
    "one mistake told as another": (
        "double/checks.py", '"double(2)")',
        '"double(2)", suggests="square")', "diagnose only",
    ),
}  # fmt: skip


@pytest.mark.parametrize("fault", FAULTS)
def test_each_planted_fault_is_reported(folder: Path, sandbox: Sandbox, fault: str) -> None:
    name, old, new, words = FAULTS[fault]
    tiny_course.edit(folder / name, old, new)
    try:
        proof = prove(folder, sandbox, released=False)
    except GroundupError as error:  # the course cannot even be read
        assert words in str(error)
        return
    assert not proof.ok
    assert any(words in problem for problem in proof.problems), proof.problems


def test_a_stale_release_is_reported(folder: Path, sandbox: Sandbox) -> None:
    proof = prove(folder, sandbox, released=False)
    (problem,) = proof.problems
    assert "assignments/assignment7 is out of date" in problem
    assert "grade release assignment7" in problem
    assert prove(folder, sandbox).ok
    released = folder.parent.parent / "assignments" / "assignment7"
    (released / "README.md").write_text("by hand")
    assert "README.md" in prove(folder, sandbox, released=False).problems[0]


def test_verdicts_that_flip_with_the_seed_are_unsteady(folder: Path, sandbox: Sandbox) -> None:
    path = folder / "double" / "checks.py"
    path.write_text(
        path.read_text().replace(
            "    x = rng.standard_normal(5)\n", "    x = rng.integers(1, 3, 1)\n"
        )
    )
    proof = prove(folder, sandbox, seeds=8)
    assert any("double: square" in line and "test_secret" in line for line in proof.problems)
    assert proof.unsteady == ["double: square fails test_secret with some seeds"]


def test_the_command_prints_a_table_and_an_exit_code(folder: Path) -> None:
    root = folder.parent.parent
    stale = run_grade("verify", cwd=root)
    assert stale.code == 1 and "PROBLEM: assignments/assignment7 is out of date" in stale.out
    assert run_grade("release", cwd=root).code == 0
    fine = run_grade("verify", "7", "--seeds", "2", cwd=root)
    assert fine.code == 0 and "ok: solution 100 %" in fine.out and "7.1 double" in fine.out
    data = run_grade("verify", "--format", "json", cwd=root)
    assert data.code == 0 and '"assignment7"' in data.out
    assert run_grade("verify", "99", cwd=root).code == 2


# -- the course itself ----------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize("name", Course(ROOT).names())
def test_each_assignment_is_fair(name: str, sandbox: Sandbox) -> None:
    """What `grade verify` proves, on the course itself, with what assignments/ holds."""
    course = Course(ROOT)
    proof = verify_assignment(course, course.assignment(name), sandbox)
    assert proof.problems == []
    assert sum(task.killed for task in proof.tasks) == sum(t.misconceptions for t in proof.tasks)


# Each verdict with each of several seeds; GROUNDUP_SEEDS=50 demands fifty, which takes long.
# `grade verify --seeds 50` does the same and more (the tasks that build on a right variant, the
# diagnoses). Here the variants run in their own task, and processes share the seeds.

SEEDS = {"assignment3": 50}
FEWER_SEEDS = 10


def number_of_seeds(name: str) -> int:
    return int(os.environ.get("GROUNDUP_SEEDS", SEEDS.get(name, FEWER_SEEDS)))


def verdicts(name: str, seeds: list[int]) -> list[str]:
    """What did not come out as declared with these seeds. Runs in a process of its own."""
    assignment = Course(ROOT).assignment(name)
    jobs = [Job(programs.solution(assignment), "solution", seed=seed) for seed in seeds]
    killers: dict[str, str] = {}
    for task in assignment.tasks:
        assert task.variants is not None
        for variant in read_variants(read_text(task.variants), task.variants):
            label = f"{task.name}: {variant.id}"
            killers[label] = variant.killed_by
            program = programs.variant(assignment, task, variant.id)
            only = (task.name,)
            jobs += [Job(program, label, tasks=only, seed=s, diagnose=False) for s in seeds]
    problems = []

    def judge(job: Job, report: Report) -> None:
        failing = {check.name for check in report.checks if check.status is not Status.PASSED}
        killer = killers.get(job.submission)
        if failing and not killer:
            problems.append(f"{job.submission}, seed {job.seed}: fails {sorted(failing)}")
        if killer and killer not in failing:
            problems.append(f"{job.submission}, seed {job.seed}: passes {killer}")

    with open_sandbox("auto", Limits(memory_bytes=1 << 30)) as sandbox:
        grade_jobs(assignment, jobs, sandbox, on_report=judge)
    return problems


@pytest.mark.slow
@pytest.mark.parametrize("name", Course(ROOT).names())
def test_every_verdict_agrees_with_many_seeds(name: str) -> None:
    seeds = range(number_of_seeds(name))
    count = min(4, os.cpu_count() or 1, len(seeds))
    shares = [list(seeds[number::count]) for number in range(count)]
    spawn = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(count, mp_context=spawn) as pool:
        found = pool.map(functools.partial(verdicts, name), shares)
        assert [problem for problems in found for problem in problems] == []
