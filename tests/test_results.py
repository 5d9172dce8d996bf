"""Scores, counts and exit codes of reports; exit codes of exceptions."""

from __future__ import annotations

import copy
import pickle

import pytest

from autograder import errors
from autograder.results import CheckResult, Diagnosis, Report, Status, TaskResult


def check(
    status: Status = Status.PASSED,
    points: float = 0.0,
    max_points: float = 1.0,
    *,
    advisory: bool = False,
) -> CheckResult:
    return CheckResult(
        "test_it", "It works.", status, points, max_points, False, advisory, None, "", None, 0.0
    )


def report(*tasks: tuple[CheckResult, ...]) -> Report:
    return Report(
        assignment="assignment3",
        title="Backpropagation",
        submission="a.py",
        tasks=tuple(TaskResult(f"task{i}", f"Task {i}", checks) for i, checks in enumerate(tasks)),
        notes=(),
        sandbox={},
        hidden_points=0.0,
        seed=0,
        seconds=0.0,
    )


def test_scores_are_sums_that_round_once() -> None:
    tenths = tuple(check(points=0.1, max_points=0.1) for _ in range(10))
    assert sum([0.1] * 10) != 1.0  # what a plain sum would give
    assert report(tenths).tasks[0].score == 1.0
    assert report(tenths[:3], tenths[3:]).score == 1.0
    assert report(tenths[:3], tenths[3:]).max_score == 1.0


def test_advice_and_faults_of_the_grader_have_no_say_in_the_score() -> None:
    result = report(
        (
            check(points=2, max_points=2),
            check(Status.FAILED, 0, 3),
            check(Status.FAILED, 0, 5, advisory=True),
            check(Status.GRADER_FAULT, 0, 7),
        )
    )
    assert (result.score, result.max_score) == (2, 5)


@pytest.mark.parametrize("status", list(Status))
def test_exit_code(status: Status) -> None:
    expected = {Status.PASSED: 0, Status.GRADER_FAULT: 3}.get(status, 1)
    assert report((check(),), (check(status), check())).exit_code == expected


def test_a_grader_fault_outranks_a_failure_and_advice_fails_nothing() -> None:
    assert report((check(Status.FAILED), check(Status.GRADER_FAULT))).exit_code == 3
    assert report((check(Status.FAILED, advisory=True), check())).exit_code == 0


def test_counts_know_every_status() -> None:
    counts = report((check(), check(Status.TIMEOUT), check(Status.FAILED, advisory=True))).counts
    assert set(counts) == set(Status)
    assert {status: n for status, n in counts.items() if n} == {
        Status.PASSED: 1,
        Status.TIMEOUT: 1,
    }


def test_statuses_are_their_words() -> None:
    assert [str(status) for status in Status] == [
        "passed",
        "failed",
        "error",
        "timeout",
        "crashed",
        "out_of_memory",
        "skipped",
        "grader_fault",
    ]
    assert f"{Status.PASSED}" == "passed" == Status.PASSED


def test_one_of() -> None:
    assert not Diagnosis(("a",), ("A.",), ("",), None).one_of
    assert Diagnosis(("a", "b"), ("A.", "B."), ("", ""), None).one_of


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        (errors.UsageError, 2),
        (errors.CourseError, 2),
        (errors.SubmissionError, 2),
        (errors.ReleaseError, 2),
        (errors.GraderFault, 3),
        (errors.SandboxError, 3),
        (errors.SandboxUnavailable, 2),
    ],
)
def test_errors(kind: type[errors.GroundupError], code: int) -> None:
    error = kind("assignment9 does not exist.", hint="grade list")
    assert error.exit_code == code
    assert str(error) == "assignment9 does not exist."
    for twin in (copy.copy(error), pickle.loads(pickle.dumps(error))):
        assert (type(twin), twin.message, twin.hint) == (kind, error.message, "grade list")
    assert kind("x").hint is None


def test_the_tree_in_the_docstring_is_the_tree() -> None:
    assert errors.__doc__ is not None
    rows = [
        line.lstrip(" ├└─│").split() for line in errors.__doc__.splitlines() if "exit code" in line
    ]
    assert {row[0] for row in rows} == set(errors.__all__)
    for name, _, _, code, *_ in rows:
        assert getattr(errors, name).exit_code == int(code)
