"""The check cell: in any Python, in a real kernel, and inside the sandbox."""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import pytest
from tiny_course import edit, write_course

from autograder import jupyter
from autograder.course import Course
from autograder.jupyter import Outcome, check
from autograder.release import release
from autograder.reports.html import task_html, task_text

ROOT = Path(__file__).resolve().parent.parent
HAS_KERNEL = all(importlib.util.find_spec(name) for name in ("nbclient", "ipykernel"))


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A student's copy of assignment 7 with a wrong `double`; the current folder."""
    source = write_course(tmp_path / "staff")
    edit(
        source / "double" / "checks.py",
        "assert_close(student.double(HIDDEN_INPUT), hidden_helper(HIDDEN_INPUT))",
        "assert_close(student.double(np.array([3.0, 1.0, 4.0])), [6.0, 2.0, 8.0])",
    )
    release(Course(tmp_path / "staff"), output=tmp_path / "assignments")
    folder = tmp_path / "assignments" / "assignment7"
    book = json.loads((folder / "assignment7.ipynb").read_text(encoding="utf-8"))
    for cell in book["cells"]:
        text = "".join(cell["source"])
        if cell["id"] == "double":
            cell["source"] = text.replace("    return secret_sum", "    return '<b>'").replace(
                "    # YOUR CODE HERE\n    raise NotImplementedError\n", ""
            )
        if cell["id"] == "halve":
            cell["source"] = "def halve(x):\n    return x / 2"
    (folder / "assignment7.ipynb").write_text(json.dumps(book), encoding="utf-8")
    (folder / "assignment7.py").unlink()
    monkeypatch.chdir(folder)
    for name in ("JPY_SESSION_NAME", "NBGRADER_EXECUTION"):
        monkeypatch.delenv(name, raising=False)
    return folder


def test_a_table_of_the_public_checks(desk: Path) -> None:
    outcome = check("assignment7", "double")
    assert outcome is not None and not outcome.passed
    html, text = outcome._repr_html_(), repr(outcome)
    for shown in (html, text):
        assert "7.1 Doubling (두 배): 0 / 3" in shown
        assert "Two becomes four." in shown
        assert "assignment7.ipynb as saved" in shown
        assert "grade hint assignment7 double" in shown
        assert "hidden" not in shown
    assert "<table" in html and "<b>'" not in html
    good = check("assignment7", "halve")
    assert good is not None and good.passed and "7.2 Halving: 1 / 1" in repr(good)
    both = check("assignment7")
    assert both is not None and "7.1" in repr(both) and "7.2" in repr(both)


def test_the_saved_notebook_counts_and_not_the_kernel(desk: Path) -> None:
    (desk / "numpy.py").write_text("raise SystemExit('not NumPy')", encoding="utf-8")
    good = check("assignment7", "halve")
    assert good is not None and good.passed, repr(good)


@pytest.mark.parametrize("whole", [True, False])
def test_the_name_of_the_notebook_comes_from_jupyter(
    desk: Path, monkeypatch: pytest.MonkeyPatch, whole: bool
) -> None:
    renamed = desk / "assignment7 (1).ipynb"
    (desk / "assignment7.ipynb").rename(renamed)
    name = str(renamed) if whole else f"elsewhere/{renamed.name}"
    monkeypatch.setenv("JPY_SESSION_NAME", name)
    good = check("assignment7", "halve")
    assert good is not None and good.passed and "(1).ipynb as saved" in repr(good)


def test_the_name_of_the_notebook_comes_from_visual_studio_code(
    desk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    renamed = desk / "mine.ipynb"
    (desk / "assignment7.ipynb").rename(renamed)
    monkeypatch.setattr(sys.modules["__main__"], "__vsc_ipynb_file__", str(renamed), raising=False)
    good = check("assignment7", "halve")
    assert good is not None and good.passed


def test_a_notebook_that_was_never_saved(desk: Path) -> None:
    (desk / "assignment7.ipynb").unlink()
    outcome = check("assignment7", "halve")
    assert outcome is not None and not outcome.passed and outcome.report is None
    for shown in (repr(outcome), outcome._repr_html_()):
        assert "has not been saved yet" in shown and "Ctrl+S" in shown
    named = check("assignment7", "halve", path="no.ipynb")
    assert named is not None and "no.ipynb" in repr(named) and not named.passed


def test_what_the_command_says_is_passed_on(desk: Path) -> None:
    unknown = check("assignment7", "haalve")
    assert unknown is not None and "has no task 'haalve'" in repr(unknown)
    (desk / "assignment7.ipynb").write_text("<<<<<<< <b>mine", encoding="utf-8")
    broken = check("assignment7", "halve")
    assert broken is not None and "unresolved Git conflict" in repr(broken)
    assert "<b>" not in broken._repr_html_()


def test_under_validate_a_failure_is_an_exception(
    desk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NBGRADER_EXECUTION", "validate")
    monkeypatch.setenv("JPY_SESSION_NAME", str(desk / "another.ipynb"))
    assert check("assignment7", "halve") is None
    with pytest.raises(AssertionError, match="Two becomes four"):
        check("assignment7", "double")


def test_a_checked_out_engine_is_found_from_anywhere(
    desk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("PYTHONPATH", raising=False)
    done = subprocess.run(
        [sys.executable, "-c",
         f"import sys; sys.path.insert(0, {str(ROOT)!r})\n"
         "from autograder.jupyter import check\nprint(check('assignment7', 'halve'))"],
        capture_output=True, text=True, encoding="utf-8",
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
    )  # fmt: skip
    assert "7.2 Halving: 1 / 1" in done.stdout, done.stderr


@pytest.mark.slow
@pytest.mark.skipif(not HAS_KERNEL, reason="needs nbclient and ipykernel")
def test_in_a_real_kernel(desk: Path) -> None:
    script = """
import nbformat, nbclient
book = nbformat.read("assignment7.ipynb", as_version=4)
nbclient.NotebookClient(book, kernel_name="python3", allow_errors=True).execute()
for cell in book.cells:
    if cell.id.endswith("-checks"):
        (output,) = cell.outputs
        assert output.output_type == "execute_result", output
        assert "<table" in output.data["text/html"]
        print(output.data["text/plain"])
"""
    env = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"}
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", script],
        capture_output=True, text=True, encoding="utf-8", env=env,
    )  # fmt: skip
    assert "7.1 Doubling (두 배): 0 / 3" in done.stdout, done.stderr
    assert "7.2 Halving: 1 / 1" in done.stdout


def test_times_are_told_in_words() -> None:
    assert [jupyter._ago(s) for s in (-5, 0, 119, 120, 7200, 200_000)] == [
        "0 seconds", "0 seconds", "119 seconds", "2 minutes", "2 hours", "2 days",
    ]  # fmt: skip


# ----------------------------------------------------------------------------- the table


EVIL = "<script>alert('x')</script>\x1b[31m\u202e&amp;"


def task(**fields: object) -> dict[str, object]:
    one = {
        "name": "t", "title": EVIL, "status": "failed", "points": 0.0, "max_points": 2.0,
        "hidden": False, "advisory": False, "category": "wrong_value", "message": EVIL,
        "diagnosis": {"ids": ["a", "b"], "sentences": [EVIL, "two"], "sentences_ko": ["하나", ""],
                      "hint": "way", "one_of": True},
        **fields,
    }  # fmt: skip
    hidden = {**one, "hidden": True, "title": "secret rationale", "message": "No."}
    passed = {**one, "status": "passed", "points": 2.0, "title": "fine"}
    return {"name": "relu", "title": EVIL, "checks": [one, hidden, passed]}


def test_everything_in_the_table_is_escaped() -> None:
    html = task_html(task(), "assignment3", notes=[EVIL])
    seen: set[str] = set()
    parser = HTMLParser()
    parser.handle_starttag = lambda tag, attrs: seen.add(tag)  # type: ignore[method-assign]
    parser.feed(html)
    assert seen <= {"div", "b", "table", "tr", "td", "br", "code"}
    assert "\x1b" not in html and "\u202e" not in html and "onerror" not in html
    assert "하나" in html and "This looks like one of:" in html
    assert html.count("The same mistake as above.") == 1
    assert "grade hint assignment3 relu --level way" in html
    assert ": 2 / 6</b>" in html


def test_hidden_checks_can_be_left_out() -> None:
    for shown in (
        task_html(task(), "assignment3", hidden=False),
        task_text(task(), "assignment3", hidden=False),
    ):
        assert "secret rationale" not in shown and ": 2 / 4" in shown
    assert "secret rationale (hidden)" in task_text(task(), "assignment3")


def test_a_fault_of_the_grader_is_not_a_failure() -> None:
    html = task_html(task(status="grader_fault"), "assignment3")
    assert html.count("not counted") == 2 and ": 2 / 2</b>" in html
    report = {"tasks": [task(status="grader_fault")], "notes": []}
    assert Outcome("assignment3", report).passed
    assert not Outcome("assignment3", {"tasks": [task()], "notes": []}).passed
