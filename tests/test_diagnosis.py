"""A known mistake is recognised by its output, here and in a student's copy; a right one never."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import tiny_course
from engine import ASSIGNMENT, edited, relu_forward, write_fair_course

from autograder import programs
from autograder.course import Assignment, Course
from autograder.diagnosis import describe, shipped_fingerprints
from autograder.grading import Job, grade_jobs
from autograder.release import build
from autograder.results import Report, Status
from autograder.sandbox import Limits, Sandbox, open_sandbox
from autograder.sources import read_text, read_variants
from autograder.submission import parse_submission


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with open_sandbox("auto", Limits(memory_bytes=1 << 30)) as found:
        yield found


def student_copy(assignment: Assignment, root: Path) -> Assignment:
    for name, content in build(assignment, shipped_fingerprints).items():
        path = root / "assignments" / assignment.name / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return Course(root).assignment(assignment.name)


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Assignment:
    return student_copy(ASSIGNMENT, tmp_path_factory.mktemp("copy"))


def ids_of(report: Report) -> list[tuple[str, ...]]:
    return [check.diagnosis.ids for check in report.checks if check.diagnosis is not None]


def all_mistakes(tasks: Any) -> list[tuple[Any, str, Job]]:
    return [
        (task, name, Job(programs.variant(ASSIGNMENT, task, name), name, tasks=(task.name,)))
        for task in tasks
        for name in task.misconceptions
    ]


def judge(reports: list[Report], mistakes: list[tuple[Any, str, Job]], share: float) -> None:
    """Named in at least that share of the failing ones, and by its own words."""
    failing, named = [], []
    for report, (task, name, _) in zip(reports, mistakes, strict=True):
        if all(check.status is Status.PASSED for check in report.checks):
            continue
        failing.append(name)
        for check in report.checks:
            if check.diagnosis is None:
                continue
            assert check.status is not Status.PASSED
            assert set(check.diagnosis.ids) <= set(task.misconceptions)
            assert check.diagnosis == describe(task, check.diagnosis.ids)
            assert check.diagnosis.one_of == (len(check.diagnosis.ids) > 1)
        if any(name in ids for ids in ids_of(report)):
            named.append(name)
    assert len(failing) > 20
    assert len(named) >= share * len(failing), sorted(set(failing) - set(named))


def test_each_mistake_gets_its_own_sentence(sandbox: Sandbox) -> None:
    mistakes = all_mistakes(task for task in ASSIGNMENT.tasks if task.name != "train")
    reports = grade_jobs(ASSIGNMENT, [job for _, _, job in mistakes], sandbox)
    judge(reports, mistakes, 0.9)
    alone = sum(
        any(ids == (name,) for ids in ids_of(report))
        for report, (_, name, _) in zip(reports, mistakes, strict=True)
    )
    assert alone >= 0.8 * len(mistakes)  # and most of them stand alone


@pytest.mark.slow
def test_each_mistake_in_training_gets_its_own_sentence(sandbox: Sandbox) -> None:
    chosen = [task for task in ASSIGNMENT.tasks if task.name in ("train", "relu", "nodes")]
    mistakes = all_mistakes(chosen)
    judge(grade_jobs(ASSIGNMENT, [job for *_, job in mistakes], sandbox), mistakes, 0.9)


def test_a_students_copy_recognises_them_as_well(sandbox: Sandbox, copy: Assignment) -> None:
    assert copy.source is None and all(task.variants is None for task in copy.tasks)
    mistakes = all_mistakes(task for task in ASSIGNMENT.tasks if task.name != "train")
    judge(grade_jobs(copy, [job for *_, job in mistakes], sandbox), mistakes, 0.9)


def test_with_another_seed_a_copy_compares_no_random_inputs(
    sandbox: Sandbox, copy: Assignment
) -> None:
    """Shipped fingerprints are those of seed 0; for others a copy says nothing."""
    task = ASSIGNMENT.task("relu")
    program = programs.variant(ASSIGNMENT, task, "mask_from_dout")
    jobs = [Job(program, "wrong", tasks=("relu",), seed=seed) for seed in (0, 1)]
    first, second = grade_jobs(copy, jobs, sandbox)
    assert ("mask_from_dout",) in ids_of(first)
    assert any(check.status is not Status.PASSED for check in second.checks)
    assert ids_of(second) == []
    (staff,) = grade_jobs(ASSIGNMENT, jobs[1:], sandbox)  # a staff checkout replays them
    assert ("mask_from_dout",) in ids_of(staff)


def test_right_solutions_get_none(sandbox: Sandbox) -> None:
    jobs = [Job(programs.solution(ASSIGNMENT), "ours")]
    for task in ASSIGNMENT.tasks:
        assert task.variants is not None
        for variant in read_variants(read_text(task.variants), task.variants):
            if variant.kind == "alternative" and task.name != "train":
                program = programs.variant(ASSIGNMENT, task, variant.id)
                jobs.append(Job(program, variant.id, tasks=(task.name,)))
    reports = grade_jobs(ASSIGNMENT, jobs, sandbox)
    assert len(reports) > 10
    assert [report.submission for report in reports if ids_of(report)] == []


@pytest.mark.parametrize(
    "body",
    [
        "return x * 3.14159", "raise KeyError('x')", "return None", "return np.zeros((7, 7))",
        "raise NotImplementedError", "return forward", "return np.full(x.shape, np.nan)",
    ],
)  # fmt: skip
def test_an_unknown_mistake_gets_no_sentence(sandbox: Sandbox, body: str) -> None:
    submission = parse_submission(relu_forward(body).encode(), Path("assignment3.py"))
    job = Job(programs.submitted(submission, ASSIGNMENT), "unknown", tasks=("relu",))
    (report,) = grade_jobs(ASSIGNMENT, [job], sandbox)
    assert any(check.status is not Status.PASSED for check in report.checks)
    assert ids_of(report) == []


@pytest.mark.parametrize(
    "backward",
    [
        "        return np.array([[d if d > 0 else 0 for d in row] for row in dout])\n",
        "        return (dout * (np.sign(dout) + 1) / 2).astype(np.float32)\n",
        "        return np.maximum(dout, 0)\n",
    ],
    ids=["loops", "float32", "another formula"],
)
def test_the_same_mistake_in_other_words(sandbox: Sandbox, backward: str) -> None:
    from engine import RELU_BACKWARD

    submission = parse_submission(edited((RELU_BACKWARD, backward)).encode(), Path("a.py"))
    job = Job(programs.submitted(submission, ASSIGNMENT), "words", tasks=("relu",))
    (report,) = grade_jobs(ASSIGNMENT, [job], sandbox)
    assert ("mask_from_dout",) in ids_of(report)


# -- ambiguity, votes, the cache: on a tiny course -------------------------------------------------

TWINS = """

@misconception("You return x plus two.", ko="", killed_by="test_secret", hint="code")
def plus_two(student):
    student.double = lambda x: x + 2


@misconception("You return x squared, by a loop.", ko="", killed_by="test_secret", hint="way")
def square_loop(student):
    student.double = lambda x: np.array([v * v for v in x])
"""


def test_what_cannot_be_told_apart_is_one_of(tmp_path: Path, sandbox: Sandbox) -> None:
    folder = write_fair_course(tmp_path)
    with (folder / "double" / "variants.py").open("a") as file:
        file.write(TWINS)
    assignment = Course(tmp_path).assignment("7")
    task = assignment.task("double")
    jobs = [
        Job(programs.variant(assignment, task, name), name, tasks=("double",))
        for name in ("identity", "square", "square_loop", "plus_two")
    ]
    identity, square, loop, plus = grade_jobs(assignment, jobs, sandbox)
    assert ids_of(identity) == [("identity",), ("identity",)]
    assert ids_of(square) == ids_of(loop) == [("square", "square_loop")]
    assert ids_of(plus) == [("plus_two",)]
    (diagnosis,) = [c.diagnosis for c in square.checks if c.diagnosis]
    assert diagnosis.one_of and diagnosis.hint == "code"  # of the first
    assert diagnosis.sentences == (
        "You return the square of x.",
        "You return x squared, by a loop.",
    )
    assert diagnosis.sentences_ko == ("x의 제곱", "")


def test_a_check_that_names_the_mistake_is_believed(tmp_path: Path, sandbox: Sandbox) -> None:
    folder = write_fair_course(tmp_path)
    tiny_course.edit(
        folder / "double" / "checks.py",
        '"double(2)")',
        '"double(2)", suggests="square" if SUGGEST else "no_such_mistake")',
    )
    path = folder / "double" / "checks.py"
    text = path.read_text()
    assignment = Course(tmp_path).assignment("7")
    job = Job(
        programs.variant(assignment, assignment.task("double"), "identity"), "i", tasks=("double",)
    )
    found = {}
    for value in (True, False):
        path.write_text(f"{text}\n\nSUGGEST = {value}\n")
        (report,) = grade_jobs(Course(tmp_path).assignment("7"), [job], sandbox)
        found[value] = {c.name: c.diagnosis.ids for c in report.checks if c.diagnosis}
    assert found[True] == {"test_example": ("square",)}
    # a name that the task does not list counts for nothing: the outputs are compared
    assert found[False] == {"test_example": ("identity",), "test_secret": ("identity",)}


def test_replays_are_remembered_by_content(
    tmp_path: Path, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache = tmp_path / "cache"
    monkeypatch.setenv("GROUNDUP_CACHE", str(cache))
    folder = write_fair_course(tmp_path / "course")

    def diagnose(source: str) -> list[tuple[str, ...]]:
        assignment = Course(tmp_path / "course").assignment("7")
        text = f"# %%\n{source}\n"
        submission = parse_submission(text.encode(), Path("a.py"))
        job = Job(programs.submitted(submission, assignment), "a", tasks=("double",))
        (report,) = grade_jobs(assignment, [job], sandbox)
        return ids_of(report)

    same = "def double(x): return x"
    assert diagnose(same) == [("identity",)] * 2
    entries = sorted((cache / "fingerprints").iterdir())
    assert len(entries) == 2
    assert diagnose(same) == [("identity",)] * 2
    assert sorted((cache / "fingerprints").iterdir()) == entries
    for entry in entries:  # proof that they are used: with an empty one nothing is recognised
        entry.write_text("{}")
    assert diagnose(same) == []
    for entry in entries:
        entry.write_text("[1, 2")
    assert diagnose(same) == [("identity",)] * 2
    assert all(json.loads(entry.read_text()) for entry in entries)
    tiny_course.edit(folder / "double" / "variants.py", "lambda x: x\n", "lambda x: x + 0\n")
    assert diagnose(same) == [("identity",)] * 2
    assert len(list((cache / "fingerprints").iterdir())) == 4
