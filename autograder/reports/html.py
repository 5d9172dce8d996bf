"""One task's result as HTML, for notebooks: check cells, nbgrader's feedback, formgrader.

It is made of the JSON report rather than of a `Report`, because the check cell in a notebook and
`grade nbgrader sync` have only that. Every text is escaped here, whoever wrote it: a message may
quote what a student printed, and formgrader shows it to an instructor who is logged in. There is
no script, no link and no style but the few attributes below, which suit light and dark pages.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from typing import Any

from autograder.reports.wording import clean, number, one_line

__all__ = ["note_html", "task_html", "task_text"]

_MARKS = {"passed": ("✔", "#2e8540"), "skipped": ("…", "#888"), "grader_fault": ("!", "#a0f")}
_FAILED = ("✘", "#d43f3a")
_BOX = "font-family: sans-serif; font-size: 13px; line-height: 1.4; max-width: 60em"
_CELL = "text-align: left; vertical-align: top; padding: 3px 8px"
_POINTS = "text-align: right; vertical-align: top; padding: 3px 8px; white-space: nowrap"
_REASON = "margin: 2px 0 0; white-space: pre-wrap; font-family: monospace; font-size: 12px"
_ADVICE = "margin: 4px 0 0; padding-left: 8px; border-left: 3px solid #e0a800"


def task_html(
    task: Mapping[str, Any],
    assignment: str,
    *,
    hidden: bool = True,
    notes: Iterable[str] = (),
) -> str:
    """A heading with the score, a table of the checks, what a tutor would say, and notes.

    `task` is an entry of "tasks" in a JSON report. Without `hidden`, only what the public checks
    say, and only their points.
    """
    checks = _shown(task, hidden)
    score, most = _totals(checks)
    rows = []
    told: set[tuple[str, ...]] = set()
    for check in checks:
        rows.append(_row(check, told))
    parts = [
        f'<div style="{_BOX}">',
        f"<b>{_text(task.get('title', ''))}: {number(score)} / {number(most)}</b>",
        f'<table style="border-collapse: collapse">{"".join(rows)}</table>',
    ]
    if any(check.get("status") not in ("passed", "grader_fault") for check in checks):
        command = f"grade hint {assignment} {task.get('name', '')}{_level(checks)}"
        parts.append(f"<div>Stuck? <code>{_text(command)}</code></div>")
    parts += [note_html(note) for note in notes]
    return "".join([*parts, "</div>"])


def note_html(note: str) -> str:
    """One remark of a report, in a line of its own."""
    return f'<div style="{_REASON}">{_lines(note)}</div>'


def task_text(
    task: Mapping[str, Any], assignment: str, *, hidden: bool = True, notes: Iterable[str] = ()
) -> str:
    """The same as plain text."""
    checks = _shown(task, hidden)
    score, most = _totals(checks)
    lines = [f"{one_line(str(task.get('title', '')))}: {number(score)} / {number(most)}"]
    told: set[tuple[str, ...]] = set()
    for check in checks:
        lines.append(f"  {_mark(check)[0]} {_title(check)}  {_earned(check)}")
        if check.get("status") == "passed":
            continue
        lines += [f"      {line}" for line in clean(str(check.get("message", ""))).split("\n")]
        lines += [f"    | {line}" for line in _sentences(check, told)]
    if any(check.get("status") not in ("passed", "grader_fault") for check in checks):
        lines.append(f"  Stuck? grade hint {assignment} {task.get('name', '')}{_level(checks)}")
    return "\n".join([*lines, *map(clean, notes)])


def _shown(task: Mapping[str, Any], hidden: bool) -> list[Mapping[str, Any]]:
    checks = [check for check in task.get("checks", ()) if not check.get("advisory")]
    return [check for check in checks if hidden or not check.get("hidden")]


def _totals(checks: Sequence[Mapping[str, Any]]) -> tuple[float, float]:
    counted = [check for check in checks if check.get("status") != "grader_fault"]
    return sum(c["points"] for c in counted), sum(c["max_points"] for c in counted)


def _row(check: Mapping[str, Any], told: set[tuple[str, ...]]) -> str:
    mark, colour = _mark(check)
    body = _text(_title(check))
    if check.get("status") != "passed":
        reason = _lines(str(check.get("message", "")))
        body += f'<div style="{_REASON}">{reason}</div>' if reason else ""
        sentences = _sentences(check, told)
        if sentences:
            advice = "<br>".join(_lines(sentence) for sentence in sentences)
            body += f'<div style="{_ADVICE}">{advice}</div>'
    return (
        f'<tr><td style="{_CELL}; color: {colour}">{mark}</td>'
        f'<td style="{_CELL}">{body}</td><td style="{_POINTS}">{_earned(check)}</td></tr>'
    )


def _mark(check: Mapping[str, Any]) -> tuple[str, str]:
    """Symbol and colour; what is not written yet is no mistake."""
    if check.get("category") == "not_implemented":
        return _MARKS["skipped"]
    return _MARKS.get(str(check.get("status")), _FAILED)


def _title(check: Mapping[str, Any]) -> str:
    title = one_line(str(check.get("title", "")))
    return f"{title} (hidden)" if check.get("hidden") else title


def _earned(check: Mapping[str, Any]) -> str:
    points, most = number(check["points"]), number(check["max_points"])
    if check.get("status") == "grader_fault":
        return "not counted"
    return points if check.get("status") == "passed" else f"{points}/{most}"


def _sentences(check: Mapping[str, Any], told: set[tuple[str, ...]]) -> list[str]:
    """What a tutor would say, in both languages; only once for each mistake of a task."""
    diagnosis = check.get("diagnosis")
    if not isinstance(diagnosis, Mapping):
        return []
    ids = tuple(map(str, diagnosis.get("ids", ())))
    if ids in told:
        return ["The same mistake as above."]
    told.add(ids)
    lines = ["This looks like one of:"] if len(ids) > 1 else []
    bullet = "• " if len(ids) > 1 else ""
    sentences = list(diagnosis.get("sentences", ()))
    korean = [*diagnosis.get("sentences_ko", ()), *[""] * len(sentences)]
    for sentence, translation in zip(sentences, korean, strict=False):
        lines.append(bullet + str(sentence))
        if translation:
            lines.append(str(translation))
    return lines


def _level(checks: Sequence[Mapping[str, Any]]) -> str:
    """The hint that the first diagnosis of a public check recommends."""
    for check in checks:
        diagnosis = check.get("diagnosis")
        if isinstance(diagnosis, Mapping) and diagnosis.get("hint") and not check.get("hidden"):
            return f" --level {one_line(str(diagnosis['hint']))}"
    return ""


def _text(text: object) -> str:
    return escape(one_line(str(text)))


def _lines(text: str) -> str:
    return escape(clean(text)).replace("\n", "<br>")
