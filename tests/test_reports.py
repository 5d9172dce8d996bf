"""The JSON and terminal reports: what they show, and what they must never show."""

from __future__ import annotations

import dataclasses
import io
import json
import math
import re
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console

from autograder.authoring.asserts import CATEGORIES
from autograder.reports import json as json_report
from autograder.reports import progress, terminal, wording
from autograder.results import CheckResult, Diagnosis, Report, Status, TaskResult

GATE = Diagnosis(
    ("mask_from_dout",),
    ("You test the sign of dout; the gate was decided by x.",),
    ("dout의 부호를 보고 있어요.",),
    "gate",
)
BATCH = Diagnosis(
    ("no_mean", "mean_of_all"),
    ("You forgot the batch size.", "You divide by all elements."),
    ("배치 크기로 나누지 않았어요.", ""),
    None,
)


def check(status: Status = Status.FAILED, **changes: object) -> CheckResult:
    passed = status is Status.PASSED
    plain = CheckResult(
        name="test_gradient",
        title="backward agrees with the numerical gradient.",
        status=status,
        points=4.0 if passed else 0.0,
        max_points=4.0,
        hidden=False,
        advisory=False,
        category=None if passed else "wrong_value",
        message="" if passed else "forward(x) is 3.0, expected 0.5",
        diagnosis=None,
        seconds=0.00312345,
    )
    return dataclasses.replace(plain, **changes)  # type: ignore[arg-type]


def report(*checks: CheckResult, **changes: object) -> Report:
    plain = Report(
        assignment="assignment3",
        title="Backpropagation",
        submission="assignments/assignment3/assignment3.py",
        tasks=(TaskResult("relu", "3.2 ReLU layer (ReLU 계층)", checks),),
        notes=(),
        sandbox={"mode": "auto", "landlock": True, "seccomp": True, "missing": {"bubblewrap": "?"}},
        hidden_points=0.0,
        seed=7,
        seconds=0.25,
    )
    return dataclasses.replace(plain, **changes)  # type: ignore[arg-type]


def shown(result: Report, *, width: int = 80, encoding: str = "utf-8", color: bool = False) -> str:
    raw = io.BytesIO()
    file = io.TextIOWrapper(raw, encoding=encoding, newline="")
    console = Console(
        file=file,
        width=width,
        force_terminal=color,
        color_system="standard" if color else None,
        highlight=False,
    )
    terminal.render(result, console)
    file.flush()
    return raw.getvalue().decode(encoding)


# --- JSON -----------------------------------------------------------------------------------


def test_json_schema_and_key_order() -> None:
    data = json.loads(json_report.render(report(check(diagnosis=BATCH), check(Status.PASSED))))
    assert list(data) == [
        "schema",
        "assignment",
        "title",
        "submission",
        "score",
        "max_score",
        "hidden_points",
        "seed",
        "seconds",
        "sandbox",
        "notes",
        "tasks",
    ]
    assert list(data["tasks"][0]) == ["name", "title", "score", "max_score", "checks"]
    assert (data["schema"], data["score"], data["max_score"]) == (1, 4.0, 8.0)
    failed, passed = data["tasks"][0]["checks"]
    assert failed == {
        "name": "test_gradient",
        "title": "backward agrees with the numerical gradient.",
        "status": "failed",
        "points": 0.0,
        "max_points": 4.0,
        "hidden": False,
        "advisory": False,
        "category": "wrong_value",
        "message": "forward(x) is 3.0, expected 0.5",
        "misconception": "no_mean",
        "diagnosis": {
            "ids": ["no_mean", "mean_of_all"],
            "sentences": ["You forgot the batch size.", "You divide by all elements."],
            "sentences_ko": ["배치 크기로 나누지 않았어요.", ""],
            "hint": None,
            "one_of": True,
        },
        "seconds": 0.0031,
    }
    assert list(failed) == list(passed)
    assert passed["misconception"] is None and passed["diagnosis"] is None
    assert passed["message"] == ""


def test_json_agrees_with_its_documentation(root: Path) -> None:
    text = (root / "docs" / "report-format.md").read_text(encoding="utf-8")
    example = json.loads(text.split("```json")[1].split("```")[0])
    real = json_report.to_dict(report(check(diagnosis=GATE)))

    def shape(value: object) -> object:
        if isinstance(value, dict):
            return [(key, shape(item)) for key, item in value.items()]
        return [shape(item) for item in value] if isinstance(value, list) else type(value)

    example["sandbox"] = real["sandbox"] = {}
    assert shape(example) == shape(real)
    statuses = text.split("## Statuses")[1].split("##")[0]
    assert re.findall(r"^\| `(\w+)`", statuses, re.M) == [status.value for status in Status]


def test_json_is_strict_and_ascii() -> None:
    odd = {"path": Path("x"), "ratio": math.nan, "layers": ("a", 1), "text": "\ud800é\x1b"}
    text = json_report.render(report(check(message="값 \ud800 é"), sandbox=odd))
    assert text.isascii() and text.endswith("}")
    sandbox = json.loads(text, parse_constant=lambda name: pytest.fail(name))["sandbox"]
    assert sandbox == {"path": "x", "ratio": None, "layers": ["a", 1], "text": "\ufffdé"}


@pytest.mark.parametrize("bad", [math.nan, math.inf])
def test_json_refuses_a_score_that_is_no_number(bad: float) -> None:
    with pytest.raises(ValueError):
        json_report.render(report(check(Status.PASSED, points=bad)))


# --- secrets --------------------------------------------------------------------------------


@pytest.mark.parametrize("status", [s for s in Status if s is not Status.PASSED])
def test_a_hidden_check_shows_its_rationale_and_category_only(status: Status) -> None:
    secret = report(
        check(status, hidden=True, message="input was [31337]", title="the gate depends on x")
    )
    for text in (shown(secret), json_report.render(secret)):
        assert "31337" not in text
        assert "the gate depends on x" in text
        assert wording.explain(secret.checks[0]) in text


def test_hidden_checks_are_marked_and_diagnosed_but_tell_no_message() -> None:
    """A diagnosis is a sentence of the course; the message could quote a hidden input."""
    text = shown(report(check(hidden=True, diagnosis=GATE)))
    assert "(hidden)" in text
    assert "sign of dout" in text
    assert "forward(x) is 3.0" not in text


# --- terminal -------------------------------------------------------------------------------


def test_a_passing_report_is_short() -> None:
    text = shown(report(check(Status.PASSED)))
    assert "✔ backward agrees with the numerical gradient." in text
    assert "Score 4 / 4  " + "█" * 30 in text
    assert "Every check that runs here passes" in text
    assert "grade hint" not in text
    assert "\x1b" not in text


def test_a_failing_check_says_what_why_and_what_next() -> None:
    text = shown(report(check(diagnosis=GATE), check(Status.PASSED)))
    lines = text.splitlines()
    at = next(i for i, line in enumerate(lines) if "✘" in line)
    assert lines[at].endswith("0/4")
    assert lines[at + 1] == "      forward(x) is 3.0, expected 0.5"
    assert lines[at + 2] == "      │ You test the sign of dout; the gate was decided by x."
    assert lines[at + 3] == "      │ dout의 부호를 보고 있어요."
    assert "    Stuck? grade hint assignment3 relu --level gate" in lines
    assert lines[-1] == "  grade assignment3 --task relu"


def test_the_next_step_names_a_submission_from_elsewhere() -> None:
    text = shown(report(check(), submission="my files/first attempt.py"))
    assert "grade assignment3 --task relu --submission 'my files/first attempt.py'" in text


def test_a_submission_below_the_current_folder_is_named_from_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    text = shown(report(check(), submission=str(tmp_path / "mine" / "a.py")))
    assert text.splitlines()[1] == str(Path("mine", "a.py"))
    assert str(tmp_path) not in text


def test_one_of_several_mistakes_and_the_same_one_again() -> None:
    text = shown(report(check(diagnosis=BATCH), check(diagnosis=BATCH)))
    assert text.count("This looks like one of:") == 1
    assert text.count("│ • You forgot the batch size.") == 1
    assert "│ • You divide by all elements." in text
    assert text.count("The same mistake as above.") == 1


def test_unwritten_tasks_take_one_line() -> None:
    stub = check(category="not_implemented", message="not implemented")
    text = shown(report(stub, stub))
    assert "… 3.2 ReLU layer (ReLU 계층): not written yet" in text
    assert "not implemented" not in text and "✘" not in text
    assert "grade hint assignment3 relu" in text


def test_a_started_task_comes_before_an_unwritten_one() -> None:
    unwritten = TaskResult("nodes", "3.1 Nodes", (check(category="not_implemented"),))
    started = TaskResult("relu", "3.2 ReLU", (check(),))
    text = shown(report(tasks=(unwritten, started)))
    assert "Next: fix 3.2 ReLU" in text


def test_the_end_of_the_report() -> None:
    text = shown(
        report(
            check(Status.GRADER_FAULT, message="KeyError"),
            check(Status.SKIPPED, message=""),
            check(advisory=True, title="dout stays as it was", message="it changed"),
            check(Status.PASSED, advisory=True, title="nothing to say"),
            hidden_points=2.5,
            notes=("Two cells were merged.",),
        )
    )
    assert "2.5 more points in hidden checks" in text
    assert "• Two cells were merged." in text
    assert "0.2 s; seed 7; sandbox auto: 2 layers, without bubblewrap" in text
    assert "Please show this page to your" in text
    assert "Not run: earlier checks crashed or used up the time or the memory." in text
    assert "• dout stays as it was" in text and "nothing to say" not in text
    assert "Well done" not in text


def test_a_bar_is_full_only_for_full_marks() -> None:
    text = shown(report(check(Status.PASSED, points=99.0, max_points=99.0), check(max_points=1.0)))
    assert "█" * 29 + "░" in text


def test_a_gradient_message_stands_out() -> None:
    message = "dx is most wrong at [0, 2]: yours 0.5, numerical -1.25e-07"
    text = shown(report(check(category="gradient", message=message)), color=True)
    for value in ("[0, 2]", "0.5", "-1.25e-07"):
        assert re.search(r"\x1b\[[\d;]*36m" + re.escape(value) + r"\x1b\[0m", text)
    assert "\x1b[" not in shown(report(check(category="gradient", message=message)))


@pytest.mark.parametrize("width", [40, 60, 80, 200])
def test_no_line_is_wider_than_the_terminal(width: int) -> None:
    long = "dout의 부호를 보고 있어요 " * 12 + "x" * 300
    wide = Diagnosis(("a", "b"), (long, long), (long, long), None)
    text = shown(
        report(check(title=long, message=long, diagnosis=wide), notes=(long,)), width=width
    )
    # The path and commands stay whole, so that they can be copied; everything else folds.
    lines = [line for line in text.splitlines() if "grade " not in line and ".py" not in line]
    assert max(cell_len(line) for line in lines) <= min(width, terminal.MAX_WIDTH)


def test_ascii_terminals_get_ascii() -> None:
    text = shown(report(check(diagnosis=GATE, message="값 3")), encoding="ascii")
    assert "  x backward agrees" in text
    assert "      | You test the sign" in text
    assert "3.2 ReLU layer  " in text  # the Korean in brackets is left out ...
    assert "\\uac12 3" in text  # ... but nothing of a message is
    assert "\\u" not in text.replace("\\uac12", "")


def test_no_colour_when_piped_or_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    assert not terminal.make_console(io.StringIO()).is_terminal
    monkeypatch.setenv("NO_COLOR", "1")
    assert terminal.make_console(io.StringIO()).no_color


HOSTILE = (
    "[red]x[/red] [/] [link=http://a]b[/link] :smile: \x1b[31m\x1b]0;t\x07 \x9b31m \u202eabc \ud800"
)


def test_hostile_text_is_shown_as_text() -> None:
    fake = Diagnosis((HOSTILE,), (HOSTILE,), (HOSTILE,), HOSTILE)
    text = shown(
        report(
            check(title=HOSTILE, message=HOSTILE, diagnosis=fake),
            check(advisory=True, message=HOSTILE),
            notes=(HOSTILE,),
            submission=HOSTILE,
            title=HOSTILE,
        )
    )
    assert "[red]x[/red] [/] [link=http://a]b[/link]" in text
    assert ":smile:" in text
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]", text)


@given(st.text(st.characters(exclude_categories=())))
def test_clean_text_has_no_control_characters_and_can_be_written(text: str) -> None:
    result = wording.clean(text)
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]", result)
    result.encode("utf-8")
    assert wording.clean(result) == result


def test_clean_caps_length_and_lines() -> None:
    assert len(wording.clean("x" * 10**6)) <= wording.MAX_CHARS + 4
    assert wording.clean("a\n" * 1000).count("\n") < wording.MAX_LINES
    assert wording.clean("a\n" * 1000).endswith(" ...")
    assert wording.clean("a\r\nb\tc") == "a\nb    c"


def test_every_category_has_a_sentence() -> None:
    assert set(wording.CATEGORIES) == set(CATEGORIES)


def test_numbers_as_people_write_them() -> None:
    assert [wording.number(x) for x in (3.0, 2.5, 1 / 3, 100.0, 0.0)] == [
        "3",
        "2.5",
        "0.33",
        "100",
        "0",
    ]


def test_rendering_loads_no_heavy_part_of_rich() -> None:
    program = (
        "import sys, io\n"
        "from autograder.reports import terminal\n"
        "assert not [m for m in sys.modules if m.startswith('rich')], 'rich at import'\n"
        "from autograder.results import *\n"
        "d = Diagnosis(('a',), ('A.',), ('',), None)\n"
        "c = CheckResult('n', 't', Status.FAILED, 0, 1, False, False, 'wrong_value', 'm', d, 0)\n"
        "r = Report('a', 't', 's', (TaskResult('n', 't', (c,)),), (), {}, 0, 0, 0)\n"
        "terminal.render(r, terminal.make_console(io.StringIO()))\n"
        "print(*sorted(m for m in sys.modules if m.startswith(('rich', 'pygments', 'numpy'))))\n"
    )
    root = Path(__file__).resolve().parent.parent
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=root, capture_output=True, text=True, check=True
    )
    loaded = set(done.stdout.split())
    assert "rich.text" in loaded
    heavy = {"rich.table", "rich.panel", "rich.progress", "rich.syntax", "rich.markdown"}
    assert not loaded & heavy
    assert not [name for name in loaded if name.startswith(("pygments", "numpy"))]


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_the_line_of_progress_comes_after_a_moment_and_goes(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    now = [100.0]
    monkeypatch.setattr(progress.time, "monotonic", lambda: now[0])
    terminal = Terminal()
    line = progress.Progress(3, terminal)
    line.step("quick")
    assert terminal.getvalue() == ""
    now[0] += 2
    line.step("3.8 train")
    line.step("x" * 100)
    shown = terminal.getvalue().split("\r")
    assert shown[1] == "[2/3, 2 s] 3.8 train" and len(shown[2]) == 78
    line.done()
    line.done()
    assert terminal.getvalue().endswith("\r" + " " * 78 + "\r")
    open_end = progress.Progress(stream=terminal)
    now[0] += 2
    open_end.step("more")
    assert terminal.getvalue().endswith("\r[1, 2 s] more")


def test_without_a_terminal_no_line_of_progress(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress, "PATIENCE", -1.0)
    pipe = io.StringIO()
    line = progress.Progress(3, pipe)
    line.step("work")
    line.done()
    assert pipe.getvalue() == ""
