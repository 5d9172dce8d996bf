"""Both front doors give one score, to the last bit: every known program, in a real gradebook.

The solution, the stub, every misconception, every alternative and twenty mixtures of
misconceptions are handed in as notebooks, graded by `nbgrader autograde`, and compared with what
`grade` says about the same files.
"""

from __future__ import annotations

import csv
import json
import random
import re
import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from nbgrader_class import ROOT, Class, code_cell, needs_nbgrader

from autograder.cells import released_notebook, source_notebook
from autograder.course import Assignment, Course
from autograder.grading import Job, grade_jobs
from autograder.programs import submitted, variant_source
from autograder.results import Report
from autograder.sandbox import Limits, open_sandbox
from autograder.sources import read_text, read_variants
from autograder.submission import read_submission

pytestmark = needs_nbgrader
MIXTURES = 20


def submissions(assignment: Assignment) -> Iterator[tuple[str, dict[str, Any]]]:
    """(student, notebook) for every program that the course knows."""
    solution = json.loads(source_notebook(assignment))
    yield "solution", solution
    yield "stub", json.loads(released_notebook(assignment))
    changes: list[tuple[str, str, str]] = []
    for task in assignment.tasks:
        assert task.variants is not None
        text = read_text(task.variants)
        for known in read_variants(text, task.variants):
            source = variant_source(text, known.id, task.variants)
            changes.append((task.name, known.id, source))
            yield f"{task.name}.{known.id}", changed(solution, source)
    draw = random.Random(20)
    mistakes = {(task.name, name) for task in assignment.tasks for name in task.misconceptions}
    wrong = [change for change in changes if change[:2] in mistakes]
    for number in range(MIXTURES):
        chosen = draw.sample(wrong, draw.randint(2, 4))
        yield f"mixed.{number}", changed(solution, *(source for _, _, source in chosen))


def changed(solution: dict[str, Any], *sources: str) -> dict[str, Any]:
    extra = [code_cell(source, f"change-{at}") for at, source in enumerate(sources)]
    return {**solution, "cells": [*solution["cells"], *extra]}


def graded_by_grade(assignment: Assignment, paths: dict[str, Path]) -> dict[str, Report]:
    works = {student: read_submission(path, assignment) for student, path in paths.items()}
    jobs = [Job(submitted(work, assignment), name, work.notes) for name, work in works.items()]
    limits = Limits(memory_bytes=assignment.limits.memory_mb << 20)
    with open_sandbox("strict", limits) as sandbox:
        reports = grade_jobs(assignment, jobs, sandbox)
    return {report.submission: report for report in reports}


def give_time(solutions: Path, name: str) -> None:
    """Let no submission run out of its time, which goes by the wall's clock: two runs on a busy
    machine would stop at different checks. Each check keeps its limit, in processor time."""
    settings = solutions / name / "assignment.toml"
    text, found = re.subn(
        r"(?m)^submission_seconds = .*$", "submission_seconds = 1000.0", settings.read_text("utf-8")
    )
    assert found == 1
    settings.write_text(text, encoding="utf-8")


@pytest.mark.parametrize("name", Course(ROOT).names())
def test_the_gradebook_agrees_with_the_command_line(tmp_path: Path, name: str) -> None:
    shutil.copytree(ROOT / "solutions", tmp_path / "solutions")
    give_time(tmp_path / "solutions", name)
    made = Class(tmp_path, name)
    made.generate()
    assignment = Course(tmp_path).assignment(name)
    paths = {student: made.submit(student, book) for student, book in submissions(assignment)}
    with ThreadPoolExecutor(1) as aside:  # two processes at once take half the time
        autograded = aside.submit(made.call, "nbgrader", "autograde", name, timeout=3000)
        reports = graded_by_grade(assignment, paths)
        log = autograded.result()
    assert log.returncode == 0, log.stdout[-3000:]
    grades = made.grades()
    assert set(grades) == set(paths)
    made.nbgrader("export")
    with (tmp_path / "grades.csv").open(encoding="utf-8", newline="") as file:
        totals = {row["student_id"]: float(row["score"]) for row in csv.DictReader(file)}
    for student, report in reports.items():
        for task in report.tasks:
            assert grades[student][f"{task.name}-checks"] == (task.score, False), student
        assert totals[student] == report.score, student
    assert reports["solution"].score == 100.0 and reports["stub"].score == 0.0
    for student in ("solution", "stub", "mixed.0"):
        run = made.grade(name, "--submission", str(paths[student]), "--format", "json")
        told = json.loads(run.stdout[run.stdout.index("{") :])
        assert told["score"] == totals[student]
        assert {t["name"]: t["score"] for t in told["tasks"]} == made.scores(student)
