"""`--format json`: the report as one strict JSON object, described in docs/report-format.md."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping

from autograder.reports.wording import clean, message
from autograder.results import CheckResult, Diagnosis, Report, TaskResult

SCHEMA = 1


def to_dict(report: Report) -> dict[str, object]:
    """The report as plain data, keys always in the same order."""
    return {
        "schema": SCHEMA,
        "assignment": report.assignment,
        "title": clean(report.title),
        "submission": clean(report.submission),
        "score": report.score,
        "max_score": report.max_score,
        "hidden_points": report.hidden_points,
        "seed": report.seed,
        "seconds": round(report.seconds, 4),
        "sandbox": _plain(report.sandbox),
        "notes": [clean(note) for note in report.notes],
        "tasks": [_task(task) for task in report.tasks],
    }


def render(report: Report) -> str:
    """Two-space indented JSON in ASCII, which any terminal or pipe can carry; no final newline.

    Raises ValueError on a score that is nan or inf: JSON has no such numbers, and a score like
    that must never reach a grade book.
    """
    return json.dumps(to_dict(report), indent=2, allow_nan=False)


def _task(task: TaskResult) -> dict[str, object]:
    return {
        "name": task.name,
        "title": clean(task.title),
        "score": task.score,
        "max_score": task.max_score,
        "checks": [_check(check) for check in task.checks],
    }


def _check(check: CheckResult) -> dict[str, object]:
    diagnosis = check.diagnosis
    return {
        "name": check.name,
        "title": clean(check.title),
        "status": check.status.value,
        "points": check.points,
        "max_points": check.max_points,
        "hidden": check.hidden,
        "advisory": check.advisory,
        "category": check.category,
        "message": message(check),
        "misconception": diagnosis.ids[0] if diagnosis and diagnosis.ids else None,
        "diagnosis": _diagnosis(diagnosis) if diagnosis else None,
        "seconds": round(check.seconds, 4),
    }


def _diagnosis(diagnosis: Diagnosis) -> dict[str, object]:
    return {
        "ids": list(diagnosis.ids),
        "sentences": [clean(sentence) for sentence in diagnosis.sentences],
        "sentences_ko": [clean(sentence) for sentence in diagnosis.sentences_ko],
        "hint": diagnosis.hint,
        "one_of": diagnosis.one_of,
    }


def _plain(value: object) -> object:
    """The sandbox's facts come from many layers; whatever JSON cannot hold becomes its text."""
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    if isinstance(value, float) and not math.isfinite(value):
        return None
    if value is None or type(value) in (bool, int, float):
        return value
    return clean(str(value))
