"""Words and text hygiene that every report format shares.

A check's message may hold what a student printed, raised or named, so it is hostile until
`clean` has seen it. What a failing hidden check may say is decided here, once: its title (the
public rationale) and a sentence that depends on the category alone. Its message would give away
the hidden input.
"""

from __future__ import annotations

import unicodedata

from autograder.results import CheckResult, Status, TaskResult

MAX_CHARS = 4000
MAX_LINES = 40

# One sentence for each of `authoring.CATEGORIES`; tests/test_reports.py compares the keys.
CATEGORIES = {
    # A check's own verdicts.
    "wrong_value": "The result is not the expected one.",
    "wrong_shape": "The result has the wrong shape.",
    "wrong_type": "The result has the wrong type.",
    "not_finite": "The result contains nan or inf.",
    "mutated_input": "An array that was passed in has been changed.",
    "gradient": "The gradient does not match the numerical gradient.",
    # How the code itself ended.
    "not_implemented": "This part is not written yet.",
    "missing": "Something that the task asks for is not defined.",
    "syntax": "The code does not compile.",
    "raised": "The code raised an exception.",
    "timeout": "The code took too long.",
    "crashed": "The process that ran the code died.",
    "out_of_memory": "The code asked for more memory than the assignment allows.",
    "skipped": "Not run: earlier checks crashed or used up the time or the memory.",
}

STATUSES = {
    Status.PASSED: "Passed.",
    Status.FAILED: "The result is not the expected one.",
    Status.ERROR: CATEGORIES["raised"],
    Status.TIMEOUT: CATEGORIES["timeout"],
    Status.CRASHED: CATEGORIES["crashed"],
    Status.OUT_OF_MEMORY: CATEGORIES["out_of_memory"],
    Status.SKIPPED: CATEGORIES["skipped"],
    Status.GRADER_FAULT: "The grader failed here. That is not your fault and costs no points.",
}


def clean(text: str, *, max_chars: int = MAX_CHARS, max_lines: int = MAX_LINES) -> str:
    """`text` without control characters, capped: safe to print, never markup by itself.

    Removes C0 and C1 controls (terminal escapes), format characters (bidirectional overrides and
    zero-width marks, which make text read as something else) and lone surrogates (which no
    encoding can write). Newlines stay; other line breaks become newlines, tabs four spaces.
    """
    cut = len(text) > max_chars
    # Cap first: student text may be huge, and expanding tabs multiplies by four at most.
    text = text[:max_chars].replace("\r\n", "\n").replace("\t", "    ")
    kept = []
    for char in text:
        kind = unicodedata.category(char)
        if char == "\n" or char in "\r\v\f\x85\u2028\u2029":
            kept.append("\n")
        elif kind == "Cs":
            kept.append("\ufffd")
        elif kind not in ("Cc", "Cf"):
            kept.append(char)
    lines = "".join(kept).strip("\n").split("\n")
    if len(lines) > max_lines:
        lines, cut = lines[:max_lines], True
    return "\n".join(lines) + (" ..." if cut else "")


def one_line(text: str) -> str:
    """`clean` text on a single line, for titles and paths."""
    return " ".join(clean(text).split())


def explain(check: CheckResult) -> str:
    """The fixed sentence for a check that did not pass; gives nothing away."""
    if check.status is Status.FAILED or check.status is Status.ERROR:
        return CATEGORIES.get(check.category or "", STATUSES[check.status])
    return STATUSES[check.status]


def message(check: CheckResult) -> str:
    """What may be said about a check to whoever reads the report; empty if it passed."""
    if check.status is Status.PASSED:
        return ""
    return explain(check) if check.hidden else clean(check.message) or explain(check)


def is_unwritten(task: TaskResult) -> bool:
    """Whether the task is still the stub: each check that scores met NotImplementedError."""
    scored = [check for check in task.checks if not check.advisory]
    return bool(scored) and all(check.category == "not_implemented" for check in scored)


def number(points: float) -> str:
    """Points as people write them: 3, 2.5, 0.33 (never 3.0)."""
    return f"{points:.2f}".rstrip("0").rstrip(".")


def plural(count: float, noun: str) -> str:
    return f"{number(count)} {noun}" + ("" if count == 1 else "s")
