"""From a submission to a report: statuses, advice, and what a hidden check must not tell."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from engine import (
    ASSIGNMENT,
    RELU_BACKWARD,
    edited,
    find,
    relu_forward,
    run_grade,
    solution_text,
    write_fair_course,
)

from autograder import programs
from autograder.course import Course
from autograder.errors import CourseError
from autograder.grading import Job, grade, grade_jobs
from autograder.reports import json as json_report
from autograder.results import Report, Status
from autograder.sandbox import Limits, Sandbox, open_sandbox
from autograder.submission import parse_submission


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with open_sandbox("auto", Limits(memory_bytes=1 << 30)) as found:
        yield found


Graded = Callable[..., Report]


@pytest.fixture(scope="module")
def graded(sandbox: Sandbox) -> Graded:
    def graded(text: str, *tasks: str, **options: Any) -> Report:
        submission = parse_submission(text.encode(), Path("assignment3.py"))
        return grade(ASSIGNMENT, submission, sandbox, tasks=tasks or None, **options)

    return graded


def test_the_solution_gets_a_hundred_points(graded: Graded) -> None:
    report = graded(solution_text())
    assert (report.score, report.max_score, report.exit_code) == (100.0, 100.0, 0)
    assert report.notes == () and report.hidden_points == 0.0
    assert [task.name for task in report.tasks] == [task.name for task in ASSIGNMENT.tasks]
    assert report.sandbox["mode"] == "auto" and report.sandbox["process"] is True


def test_a_stub_gets_nothing_and_is_no_error(graded: Graded) -> None:
    text = solution_text()
    for name in ("forward", "backward"):
        text = text.replace(f"    def {name}(self", f"    def {name}_(self")
    report = graded(edited((RELU_BACKWARD, "        raise NotImplementedError\n")), "relu")
    check = find(report, "relu", "test_lecture_example")
    assert (check.status, check.category) == (Status.FAILED, "not_implemented")
    assert (
        check.message.startswith("Not written yet.")
        and "raise NotImplementedError" in check.message
    )
    assert check.diagnosis is None


def test_results_depend_on_the_seed_and_nothing_else(graded: Graded) -> None:
    def outcome(report: Report) -> object:
        return [(c.name, c.status, c.points, c.message, c.diagnosis) for c in report.checks]

    wrong = relu_forward("self.mask = x <= 0\nreturn x * 1.5")
    first = outcome(graded(wrong, "nodes", "relu", seed=3))
    assert outcome(graded(wrong, "nodes", "relu", seed=3)) == first
    assert outcome(graded(wrong, "relu", seed=3)) == first[4:]  # whatever ran before


def test_tasks_and_callbacks(graded: Graded) -> None:
    seen: list[str] = []
    report = graded(solution_text(), "relu", "nodes", on_step=seen.append)
    assert [task.name for task in report.tasks] == ["nodes", "relu"]  # the assignment's order
    assert "3.2 relu: backward leaves dout as it was (np.where, or a copy)." in seen  # is run ...
    assert "test_leaves_dout" not in {check.name for check in report.checks}  # ... and not scored


def test_the_first_search_for_a_mistake_says_what_it_does(
    graded: Graded, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GROUNDUP_CACHE", str(tmp_path))
    wrong = edited((RELU_BACKWARD, "        return dout\n"))
    for learns in (True, False):  # the second time, it is remembered
        seen: list[str] = []
        graded(wrong, "relu", on_step=seen.append)
        assert any("3.2 relu: learning known mistake 1 of " in step for step in seen) is learns


def test_what_hidden_checks_gave_cannot_be_told_by_later_ones(graded: Graded) -> None:
    """A module may keep every input it sees, and raise it in the next task's public check."""
    keeps = "SEEN.append(x.tolist())\nself.mask = x <= 0\nreturn np.where(self.mask, 0, x)"
    text = relu_forward(keeps).replace("class Relu:", "SEEN = []\n\n\nclass Relu:")
    body = "        self.out = 1 / (1 + np.exp(-x))\n"
    text = edited((body, "        raise ValueError(str(SEEN))\n"), text=text)
    steps: list[str] = []
    report = graded(text, "relu", "sigmoid", on_step=steps.append)
    order = [step.endswith("(hidden)") for step in steps if "known mistake" not in step]
    assert order == sorted(order) and True in order
    told = "".join(check.message for check in report.checks)
    assert "[-1.0, 2.1, -0.3, 4.2]" in told  # of a public check
    assert "1.5" not in told  # test_exactly_zero of relu is hidden
    assert [check.name for check in report.checks] == [
        check.name for check in graded(solution_text(), "relu", "sigmoid").checks
    ]


def test_advice_becomes_a_note_and_costs_nothing(graded: Graded) -> None:
    in_place = "        dout[self.mask] = 0\n        return dout\n"
    report = graded(edited((RELU_BACKWARD, in_place)), "nodes", "relu")
    assert (report.score, report.exit_code) == (22.0, 0)
    (note,) = report.notes
    assert "ReLU" in note and "changes dout in place" in note


def test_an_early_error_is_named_as_the_reason_for_what_is_missing(graded: Graded) -> None:
    report = graded(edited(("class Relu:", "1 / 0\n\n\nclass Relu:")), "relu", "two_layer_net")
    check = find(report, "relu", "test_lecture_example")
    assert check.status is Status.ERROR and check.category == "missing"
    assert "does not define Relu. The reason may be" in check.message
    assert "ZeroDivisionError" in check.message and "1 / 0" in check.message
    assert len(report.notes) == 1


def test_jobs_share_the_checks_and_nothing_else(sandbox: Sandbox) -> None:
    names = ("nodes", "relu")
    jobs = [Job(programs.solution(ASSIGNMENT), "ours", tasks=names)]
    for body in ("return None", "import os; os._exit(1)", "while True: pass"):
        submission = parse_submission(relu_forward(body).encode(), Path("a.py"))
        jobs.append(Job(programs.submitted(submission, ASSIGNMENT), body, ("a note",), names))
    jobs.append(Job(programs.solution(ASSIGNMENT), "again", tasks=names))
    order = []
    reports = grade_jobs(
        ASSIGNMENT, jobs, sandbox, check_seconds=0.3,
        on_report=lambda job, report: order.append((job.submission, report.score)),
    )  # fmt: skip
    assert [name for name, _ in order] == [job.submission for job in jobs]
    assert [report.score for report in reports] == [22.0, 8.0, 8.0, 8.0, 22.0]
    assert "a note" in reports[1].notes
    crashed = reports[2].tasks[1].checks
    assert [check.status for check in crashed[:2]] == [Status.CRASHED] * 2
    assert {check.status for check in crashed[2:]} == {Status.SKIPPED}
    assert "2 checks of this task already" not in crashed[-1].message  # hidden: no message
    assert crashed[-1].message == ""


def test_unknown_assignments_and_broken_courses(tmp_path: Path, sandbox: Sandbox) -> None:
    folder = write_fair_course(tmp_path)
    assignment = Course(tmp_path).assignment("7")
    (folder / "halve" / "checks.py").unlink()
    submission = parse_submission(b"x = 1\n", Path("a.py"))
    with pytest.raises(CourseError, match=r"checks\.py is missing"):
        grade(assignment, submission, sandbox)


# -- what a hidden check must not tell ------------------------------------------------------------

LEAKS = {
    "in the exception": "raise ValueError(f'SPY {x!r} {x.tolist()}')",
    "in its type": "raise type('SPY_' + str(x.ravel()[:3]), (Exception,), {})()",
    "printed": "print('SPY', x)\nself.mask = x <= 0\nreturn x",
    "as a warning": "import warnings\nwarnings.warn(f'SPY {x}')\nself.mask = x <= 0\nreturn x",
    "by the wrong value": "self.mask = x <= 0\nreturn x + 0.125",
    "by the wrong type": "return 'SPY' + str(x)",
    "as the name of a class": "return type('SPY' + str(float(x.ravel()[0])), (), {})()",
    "as the shape": "return np.zeros(int(abs(x.ravel()[0]) * 1e3))",
    "as nan": "return x * np.nan",
    "in the message of not written": "raise NotImplementedError(f'SPY {x}')",
    "in a syntax error": "exec(f'SPY {x}')",
    "in the name of a function": "exec(f'def SPY{x.size}(): 1 / 0')\neval(f'SPY{x.size}()')",
    "as a missing attribute": "class Q: pass\nreturn getattr(Q(), 'SPY' + str(x.size))",
    "as a timeout": "SPY = x\nwhile True: pass",
    "by crashing": "import os\nos._exit(int(abs(x.ravel()[0]) * 10) % 200)",
    "out of memory": "return np.ones(int(1e15 + x.size))",
}


@pytest.mark.parametrize("leak", LEAKS)
def test_a_hidden_check_tells_its_category_only(graded: Graded, leak: str) -> None:
    report = graded(relu_forward(LEAKS[leak]), "relu", check_seconds=0.3)
    hidden = [check for check in report.checks if check.hidden]
    assert len(hidden) == 3 and any(check.status is not Status.PASSED for check in hidden)
    marks = {check.name: check for check in ASSIGNMENT_MARKS}
    for check in hidden:
        assert check.message == ""
        assert check.title == marks[check.name].rationale
        assert check.title != marks[check.name].title
        if check.diagnosis is not None:  # the course's own sentences
            known = [entry["sentence"] for entry in ASSIGNMENT.task("relu").misconceptions.values()]
            assert set(check.diagnosis.sentences) <= set(known)
    data = json.loads(json_report.render(report))
    for shown, check in zip(
        [c for c in data["tasks"][0]["checks"] if c["hidden"]], hidden, strict=True
    ):
        assert "SPY" not in json.dumps(shown)
        sentence = shown["message"]
        assert not any(char.isdigit() for char in sentence)
        assert (sentence == "") == (check.status is Status.PASSED)


def _marks() -> Any:
    from autograder.sources import read_checks, read_text

    path = ASSIGNMENT.task("relu").checks
    return read_checks(read_text(path), path)


ASSIGNMENT_MARKS = _marks()


def test_the_terminal_is_as_silent(tmp_path: Path) -> None:
    """Only the two public checks may quote what the code raised and printed."""
    path = tmp_path / "assignment3.py"
    path.write_text(relu_forward(f"print('SPY', x)\n{LEAKS['in the exception']}"))
    for form in ("terminal", "json"):
        run = run_grade("assignment3", "-s", path, "--task", "relu", "--format", form)
        assert run.code == 1
        assert "SPY" in run.out  # the public ones do quote it
        # a permutation of 0.0, -0.0, 1.5, -1.5, 2.0 is what a hidden check passes; the public ones
        # pass the lecture's numbers and random ones with many digits
        assert re.search(r"-1\.5[,\]]", run.out) is None


def test_faults_of_hidden_checks_do_not_quote_their_input(sandbox: Sandbox, tmp_path: Path) -> None:
    folder = write_fair_course(tmp_path)
    path = folder / "double" / "checks.py"
    path.write_text(
        path.read_text().replace(
            '    assert_close(student.double(x), reference.double(x), "double(x)")\n',
            "    raise KeyError('the input is 3.14159')\n",
        )
    )
    assignment = Course(tmp_path).assignment("7")
    (report,) = grade_jobs(assignment, [Job(programs.solution(assignment), "ours")], sandbox)
    check = find(report, "double", "test_secret")
    assert check.status is Status.GRADER_FAULT and report.exit_code == 3
    assert check.message == "The grader is at fault, not you: KeyError"
    assert (report.score, report.max_score) == (4.0, 4.0)


def test_a_students_copy_says_how_much_is_hidden(tmp_path: Path) -> None:
    from autograder.diagnosis import shipped_fingerprints
    from autograder.release import build

    for name, content in build(ASSIGNMENT, shipped_fingerprints).items():
        path = tmp_path / "assignments" / ASSIGNMENT.name / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    work = tmp_path / "assignments" / ASSIGNMENT.name / "assignment3.py"
    stub = run_grade("assignment3", "--format", "json", cwd=tmp_path)
    assert stub.code == 1 and stub.json["score"] == 0
    assert not any(c["hidden"] for t in stub.json["tasks"] for c in t["checks"])
    work.write_text(solution_text())
    run = run_grade("assignment3", "--format", "json", cwd=tmp_path)
    assert run.code == 0, run.out
    assert run.json["score"] == run.json["max_score"] == 100 - run.json["hidden_points"]
    assert run.json["hidden_points"] == sum(task.hidden_points for task in ASSIGNMENT.tasks) > 0
    shown = run_grade("assignment3", cwd=tmp_path)
    assert f"{run.json['hidden_points']:g} more points in hidden checks" in shown.out
    part = run_grade("assignment3", "--task", "relu", "--format", "json", cwd=tmp_path)
    assert part.json["hidden_points"] == ASSIGNMENT.task("relu").hidden_points
