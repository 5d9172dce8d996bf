"""Whatever is handed in: a clear answer, the right exit code, and points for what is right."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import tiny_course
from engine import (
    ASSIGNMENT,
    RELU_BACKWARD,
    ROOT,
    Run,
    command,
    edited,
    environment,
    find,
    relu_forward,
    run_grade,
    solution_text,
    write_fair_course,
)

from autograder.grading import grade
from autograder.results import Report, Status
from autograder.sandbox import Limits, Sandbox, open_sandbox
from autograder.submission import parse_submission

TWO_TASKS = ("--task", "nodes", "--task", "relu")
NODES_POINTS = 8.0


@pytest.fixture
def hand_in(tmp_path: Path) -> Callable[..., Run]:
    """Grade a text or bytes with the real command; JSON unless told otherwise."""

    def hand_in(content: str | bytes, *options: str, name: str = "assignment3.py") -> Run:
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        form = () if "--format" in options else ("--format", "json")
        return run_grade("assignment3", "--submission", path, *TWO_TASKS, *form, *options)

    return hand_in


# -- files ----------------------------------------------------------------------------------------


def test_the_solution_gets_everything(hand_in: Callable[..., Run]) -> None:
    run = hand_in(solution_text())
    assert (run.code, run.err) == (0, "")
    assert run.json["score"] == run.json["max_score"] == 22.0
    assert run.json["notes"] == []


def test_a_syntax_error_names_its_line_and_costs_one_cell(hand_in: Callable[..., Run]) -> None:
    text = edited((RELU_BACKWARD, "        return np.where(self.mask, 0, dout\n"))
    line = text[: text.index("np.where(self.mask, 0, dout\n")].count("\n") + 1
    run = hand_in(text)
    assert run.code == 1
    assert run.task("nodes")["score"] == NODES_POINTS
    assert run.statuses("relu") == {"error"}
    (note,) = run.json["notes"]
    for words in (note, run.task("relu")["checks"][0]["message"]):
        assert "syntax error" in words and f"line {line}" in words
        assert "return np.where(self.mask, 0, dout" in words


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        ("values = [1, 2]\nvalues[5]", ("IndexError", "values[5]", "line ")),
        ("raise ValueError('mine')", ("ValueError: mine",)),
        ("import torch", ("No module named 'torch'",)),
        ("exit()", ("SystemExit", "exit()")),
        ("import sys\nsys.exit('bye')", ("SystemExit: bye",)),
        ("import os\nos._exit(0)", ("ended its process", "os._exit")),
        ("x = np.ones(1 << 40)", ("MemoryError", "np.ones(1 << 40)")),
        ("def deeper(): deeper()\ndeeper()", ("RecursionError",)),
        ("assert softmax(2) is None", ("AssertionError",)),
        ("print(input('name?'))", ("EOFError",)),
        ("raise NotImplementedError", ("NotImplementedError",)),
    ],
    ids=lambda value: value.split("\n")[0][:20] if isinstance(value, str) else "",
)
def test_a_cell_that_fails_costs_nothing_else(
    hand_in: Callable[..., Run], cell: str, words: tuple[str, ...]
) -> None:
    run = hand_in(f"{solution_text()}\n# %%\n{cell}\n")
    assert run.code == 0 and run.json["score"] == 22.0
    (note,) = run.json["notes"]
    assert note.startswith("Part of your file did not run")
    for word in words:
        assert word in note


def test_an_endless_loop_at_import_names_its_line(hand_in: Callable[..., Run]) -> None:
    loop = "# %%\ncount = 0\nwhile True:\n    count += 1\n"
    run = hand_in(solution_text() + loop, "--timeout", "0.4")
    assert run.code == 0 and run.json["score"] == 22.0
    (note,) = run.json["notes"]
    assert "too long" in note and ("while True" in note or "count += 1" in note)


def test_an_endless_loop_before_the_definitions(hand_in: Callable[..., Run]) -> None:
    run = hand_in("# %%\nwhile True:\n    pass\n" + solution_text(), "--timeout", "0.4")
    assert run.code == 0 and run.json["score"] == 22.0


def test_a_cell_that_defines_and_then_fails(hand_in: Callable[..., Run]) -> None:
    cell = "class Relu:\n    pass\n\nundefined_name\n"
    run = hand_in(f"{solution_text()}\n# %%\n{cell}")
    assert run.code == 1
    assert run.task("nodes")["score"] == NODES_POINTS and run.task("relu")["score"] == 0
    assert "undefined_name" in run.json["notes"][0]


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (b"", "assignment3.py", "is empty"),
        (b" \n\n", "assignment3.py", "is empty"),
        (b"# nothing but a comment\n", "assignment3.py", None),
        (bytes(range(256)) * 40, "assignment3.py", "binary file"),
        ("이름 = 1\n".encode("cp949"), "assignment3.py", "is not UTF-8 text: line 1"),
        ("x = 1\n".encode("utf-16"), "assignment3.py", "UTF-16"),
        (b"x = 1\n", "assignment3.txt", "neither a .py file nor an .ipynb notebook"),
        (b"not json", "assignment3.ipynb", "assignment3.ipynb"),
        (b'{"cells": 3}', "assignment3.ipynb", "assignment3.ipynb"),
        (b'{"cells": []}', "assignment3.ipynb", "no code to grade"),
        (b"PK\x03\x04 broken", "assignment3.zip", "assignment3.zip"),
    ],
    ids=lambda value: repr(value)[:24],
)
def test_files_that_cannot_be_read(
    hand_in: Callable[..., Run], content: bytes, name: str, words: str | None
) -> None:
    run = hand_in(content, name=name)
    if words is None:  # readable, but nothing is defined
        assert run.code == 1 and run.json["score"] == 0
        assert run.statuses("relu") == {"error"}
        assert "does not define Relu" in run.messages("relu")
        return
    assert run.code == 2 and run.out == ""
    assert run.err.startswith("Error: ") and words in run.err and name in run.err
    assert len(run.err.strip().splitlines()) >= 2  # what is wrong, and what to do


def notebook(*cells: str, **metadata: object) -> str:
    listed = [{"cell_type": "code", "source": cell} for cell in cells]
    return json.dumps({"cells": listed, **metadata})


def cells_of_the_solution() -> list[str]:
    return [cell.source for cell in parse_submission(solution_text().encode(), Path("a.py")).cells]


def test_a_notebook_without_metadata(hand_in: Callable[..., Run]) -> None:
    run = hand_in(notebook(*cells_of_the_solution()), name="assignment3.ipynb")
    assert run.code == 0 and run.json["score"] == 22.0


def test_a_notebook_with_a_deleted_stub(hand_in: Callable[..., Run]) -> None:
    cells = [cell for cell in cells_of_the_solution() if "class Relu" not in cell]
    run = hand_in(notebook(*cells, nbformat=4, metadata={}), name="assignment3.ipynb")
    assert run.code == 1
    assert run.task("nodes")["score"] == NODES_POINTS
    assert run.statuses("relu") == {"error"}
    categories = {check["category"] for check in run.task("relu")["checks"]}
    assert categories == {"missing"}
    assert "Your file does not define Relu" in run.messages("relu")


def test_magics_and_shell_lines(hand_in: Callable[..., Run]) -> None:
    cells = cells_of_the_solution()
    cells[0] = f"%matplotlib inline\n!pip install numpy\n{cells[0]}\nnp?"
    cells.append("%%bash\nrm -rf /")
    cells.append(
        "import matplotlib.pyplot as plt\nfig, ax = plt.subplots()\nax.plot([1])\nplt.show()"
    )
    run = hand_in(notebook(*cells), name="assignment3.ipynb")
    assert run.code == 0 and run.json["score"] == 22.0
    assert any("bash" in note for note in run.json["notes"])
    assert not any("did not run" in note for note in run.json["notes"])


def test_errors_in_a_notebook_name_the_cell(hand_in: Callable[..., Run]) -> None:
    cells = cells_of_the_solution()
    position = next(i for i, cell in enumerate(cells) if "class Relu" in cell)
    cells[position] = cells[position].replace("return np.where(self.mask, 0, x)", "return x.mask")
    run = hand_in(notebook(*cells), name="assignment3.ipynb")
    message = run.task("relu")["checks"][0]["message"]
    assert "AttributeError" in message and "return x.mask" in message
    assert f"assignment3.ipynb, cell {position + 1}, line " in message


def test_paths_that_hold_nothing(tmp_path: Path) -> None:
    absent = run_grade("assignment3", "--submission", tmp_path / "nowhere.py")
    assert absent.code == 2 and "does not exist" in absent.err
    empty = run_grade("assignment3", "--submission", tmp_path)
    assert empty.code == 2 and "holds no assignment3.py and no assignment3.ipynb" in empty.err
    assert "--submission" in empty.err


def test_of_a_script_and_a_notebook_the_student_chooses(tmp_path: Path) -> None:
    (tmp_path / "assignment3.py").write_text(solution_text())
    (tmp_path / "assignment3.ipynb").write_text(notebook("x = 1"))
    both = run_grade("assignment3", "--submission", tmp_path)
    assert both.code == 2 and "both were edited" in both.err
    assert str(tmp_path / "assignment3.ipynb") in both.err
    one = run_grade("assignment3", "-s", tmp_path / "assignment3.py", *TWO_TASKS)
    assert one.code == 0 and "Score 22 / 22" in one.out


# -- values ---------------------------------------------------------------------------------------

EVIL = """
class Evil(np.ndarray):
    def __eq__(self, other): raise SystemExit
    def __array__(self, *a, **k): raise RuntimeError
    def __array_ufunc__(self, *a, **k): return 0
    def __array_function__(self, *a, **k): return 0
    def __reduce__(self): raise SystemExit
    def __getattribute__(self, name): raise KeyError(name)
"""


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with open_sandbox("auto", Limits(memory_bytes=1 << 30)) as found:
        yield found


@pytest.fixture(scope="module")
def graded(sandbox: Sandbox) -> Callable[..., Report]:
    def graded(text: str, *tasks: str, **options: float) -> Report:
        submission = parse_submission(text.encode(), Path("assignment3.py"))
        names = tasks or ("nodes", "relu")
        return grade(ASSIGNMENT, submission, sandbox, tasks=names, **options)  # type: ignore[arg-type]

    return graded


@pytest.mark.parametrize(
    ("body", "status", "category", "words"),
    [
        ("return None", "failed", "wrong_type", "is None, expected a NumPy array"),
        ("self.mask = x <= 0", "failed", "wrong_type", "is a `return` missing?"),
        ("return [0.0, 2.1, 0.0, 4.2]", "failed", "wrong_type", "is a list"),
        ("return (x,)", "failed", "wrong_type", "is a tuple"),
        ("return 7", "failed", "wrong_type", "is a int, expected a NumPy array"),
        ("return 'text'", "failed", "wrong_type", "is a str"),
        ("return b'xy'", "failed", "wrong_type", "is a bytes"),
        ("return {'y': x}", "failed", "wrong_type", "is a dict"),
        ("return self", "failed", "wrong_type", "is a Relu"),
        ("return np.float64(1)", "failed", "wrong_shape", "has shape (), expected (4,)"),
        ("return x[:, None]", "failed", "wrong_shape", "has shape (4, 1), expected (4,)"),
        ("return np.zeros((0, 4))", "failed", "wrong_shape", "has shape (0, 4)"),
        ("return x.astype(object)", "failed", "wrong_type", "dtype object"),
        ("return x.astype(str)", "failed", "wrong_type", "expected real numbers"),
        ("return x + 0j", "failed", "wrong_type", "dtype complex128"),
        ("return np.array([{}, [], x, None], object)", "failed", "wrong_type", "object"),
        ("return x * np.nan", "failed", "not_finite", "is nan at index [0]"),
        ("return x / 0", "failed", "not_finite", "inf"),
        ("return x > 0", "failed", "wrong_value", "at index [3]: expected 4.2, got 1"),
        ("x *= 0\nreturn x", "failed", "mutated_input", "changed in place"),
        ("return (i for i in x)", "failed", "wrong_type", "is a generator"),
        ("return np.matrix(np.zeros((2, 2)))", "failed", "wrong_shape", "has shape (2, 2)"),
        ("return x.nothing", "error", "raised", "return x.nothing"),
        ("raise KeyError('a')", "error", "raised", "KeyError: 'a'"),
        ("exit()", "error", "raised", "SystemExit"),
        ("raise MemoryError", "out_of_memory", "out_of_memory", "MemoryError"),
        ("return np.ones(1 << 40)", "out_of_memory", "out_of_memory", "np.ones(1 << 40)"),
        ("import os; os._exit(0)", "crashed", "crashed", "Your code was stopped"),
        ("import ctypes; ctypes.string_at(0)", "crashed", "crashed", "SIGSEGV"),
        ("raise NotImplementedError", "failed", "not_implemented", "Not written yet"),
    ],
)
def test_what_forward_may_return(
    graded: Callable[..., Report], body: str, status: str, category: str, words: str
) -> None:
    report = graded(relu_forward(body))
    check = find(report, "relu", "test_lecture_example")
    assert (check.status.value, check.category) == (status, category), check.message
    assert words in check.message
    assert check.points == 0 and report.exit_code == 1
    assert report.tasks[0].score == NODES_POINTS
    assert not any(c.status is Status.GRADER_FAULT for c in report.checks)


@pytest.mark.parametrize(
    "value",
    [
        "np.where(x > 0, x, 0).view(np.recarray)",
        "np.ma.masked_array(np.maximum(x, 0), mask=x <= 0)",
        "np.maximum(x, 0).astype(np.float32)",
        "np.asfortranarray(np.maximum(x, 0))",
        "np.maximum(x, 0).astype('>f8')",
        "np.maximum(x, 0).view(Mine)",
    ],
)
def test_right_values_in_odd_clothes_pass(graded: Callable[..., Report], value: str) -> None:
    mine = "\nclass Mine(np.ndarray):\n    pass\n"
    report = graded(relu_forward(f"self.mask = x <= 0\nreturn {value}") + mine)
    check = find(report, "relu", "test_lecture_example")
    assert check.status is Status.PASSED, check.message


def test_a_subclass_with_evil_operators(graded: Callable[..., Report]) -> None:
    report = graded(relu_forward("return x.view(Evil)") + EVIL)
    assert report.tasks[0].score == NODES_POINTS
    assert report.tasks[1].score == 0
    statuses = {check.status for check in report.tasks[1].checks}
    assert statuses <= {Status.FAILED, Status.ERROR}


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('forward(self, x):\n        """Return max', 'forward(self, x, y):\n        """Return max',
         "missing 1 required positional argument: 'y'"),
        ("class Relu:", "class Relu:\n    def __init__(self, size): pass\n\nclass ReluToo:",
         "It cannot be called as the task says"),
        ("class Relu:", "class ReLU:", "Your file does not define Relu"),
        ("class Relu:", "Relu = 3\nclass ReluToo:", "'int' object is not callable"),
    ],
    ids=["one more argument", "constructor", "other spelling", "not callable"],
)  # fmt: skip
def test_wrong_signatures(graded: Callable[..., Report], old: str, new: str, words: str) -> None:
    report = graded(edited((old, new)))
    check = find(report, "relu", "test_lecture_example")
    assert check.status is Status.ERROR and words in check.message
    assert report.tasks[0].score == NODES_POINTS


@pytest.mark.parametrize(
    "name", ["bool", "sum", "print", "len", "isinstance", "type", "list", "str"]
)
def test_names_that_shadow_builtins_harm_nobody_else(
    graded: Callable[..., Report], name: str
) -> None:
    shadow = f"# %%\ndef {name}(*args, **kwargs):\n    raise RuntimeError('shadowed')\n"
    report = graded(shadow + solution_text())
    assert report.score == 22.0, [check.message for check in report.checks]


def test_a_patched_numpy_harms_nobody_else(graded: Callable[..., Report]) -> None:
    report = graded(solution_text() + "\n# %%\nnp.asarray = np.array = np.abs = None\n")
    assert report.score == 22.0 and report.exit_code == 0


def test_a_gigabyte_of_output_is_capped_and_quick(graded: Callable[..., Report]) -> None:
    body = "for _ in range(1000):\n    print('x' * 10**6)\nself.mask = x <= 0\nreturn x * (x > 0)"
    started = time.monotonic()
    report = graded(relu_forward(body))
    assert report.score == 22.0
    assert time.monotonic() - started < 10


def test_endless_loops_cost_two_checks_and_name_the_line(graded: Callable[..., Report]) -> None:
    started = time.monotonic()
    report = graded(relu_forward("while True:\n    x = x + 1"), check_seconds=0.3)
    assert time.monotonic() - started < 4
    first, second, *rest = report.tasks[1].checks
    for check in (first, second):
        assert (check.status, check.category) == (Status.TIMEOUT, "timeout")
    assert "Your code took too long" in first.message
    assert "line " in first.message and (
        "while True" in first.message or "x = x + 1" in first.message
    )
    assert all(check.status is Status.SKIPPED for check in rest) and rest
    assert report.tasks[0].score == NODES_POINTS


def test_a_loop_that_swallows_every_exception_is_killed(graded: Callable[..., Report]) -> None:
    body = (
        "import signal\nfor timer in (signal.ITIMER_REAL, signal.ITIMER_PROF):\n"
        "    signal.setitimer(timer, 0)\n"
        "while True:\n    try:\n        while True:\n            pass\n"
        "    except BaseException:\n        pass"
    )
    started = time.monotonic()
    report = graded(relu_forward(body), check_seconds=0.3)
    assert time.monotonic() - started < 8
    first = report.tasks[1].checks[0]
    assert first.status is Status.TIMEOUT and "stop" in first.message
    assert report.tasks[0].score == NODES_POINTS


def test_the_time_of_a_whole_submission_is_bounded(sandbox: Sandbox, tmp_path: Path) -> None:
    """Past the limit the rest is skipped, and says so; what was earned before stays."""
    import dataclasses

    limits = dataclasses.replace(ASSIGNMENT.limits, submission_seconds=1.5, check_seconds=5.0)
    short = dataclasses.replace(ASSIGNMENT, limits=limits)
    text = relu_forward("while True: pass")
    submission = parse_submission(text.encode(), Path("assignment3.py"))
    report = grade(short, submission, sandbox, tasks=("nodes", "relu", "sigmoid"))
    nodes, relu, sigmoid = report.tasks
    assert nodes.score == NODES_POINTS
    assert relu.checks[0].status is Status.TIMEOUT
    assert {check.status for check in sigmoid.checks} == {Status.SKIPPED}
    assert "time for this submission is used up" in sigmoid.checks[0].message
    assert report.exit_code == 1


# -- the command ----------------------------------------------------------------------------------


@pytest.fixture
def work(tmp_path: Path) -> Path:
    path = tmp_path / "assignment3.py"
    path.write_text(solution_text())
    return path


def without_times(run: Run) -> object:
    data = run.json
    del data["seconds"]
    for task in data["tasks"]:
        for check in task["checks"]:
            del check["seconds"]
    return data


def test_two_runs_at_once_agree(work: Path) -> None:
    def once(_: int) -> Run:
        return run_grade("assignment3", "-s", work, *TWO_TASKS, "--format", "json")

    with ThreadPoolExecutor(2) as pool:
        first, second = pool.map(once, range(2))
    assert first.code == second.code == 0
    assert without_times(first) == without_times(second)


@pytest.mark.skipif(sys.platform != "linux", reason="/proc tells who is left over")
@pytest.mark.parametrize("stage", ["running", "starting"])
def test_ctrl_c_leaves_nothing_behind(tmp_path: Path, stage: str) -> None:
    work = tmp_path / "assignment3.py"
    work.write_text(relu_forward("while True: pass"))
    output = tmp_path / "report.json"
    process = subprocess.Popen(
        command("assignment3", "-s", work, "--format", "json", "-o", output, "--timeout", "50"),
        env=environment(),
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    try:
        if stage == "running":
            wait_until(lambda: len(family(process.pid)) >= 2)
            time.sleep(0.7)
        else:
            wait_until(lambda: len(family(process.pid)) >= 1)
        others = family(process.pid)
        process.send_signal(signal.SIGINT)
        out, err = (data.decode() for data in process.communicate(timeout=10))
    finally:
        process.kill()
    # A shell shows 130 for both: Python ends itself by the signal where it came inside an exec().
    assert process.returncode in (130, -signal.SIGINT)
    assert out == "" and "Stopped" in err and "Traceback" not in err
    assert sorted(path.name for path in tmp_path.iterdir()) == ["assignment3.py"]
    wait_until(lambda: not any(alive(pid) for pid in others))


def family(pid: int) -> list[int]:
    """All living descendants of a process."""
    children = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            fields = (folder / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[1]) == pid and fields[0] != "Z":
            children.append(int(folder.name))
    return children + [found for child in children for found in family(child)]


def alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def wait_until(condition: Callable[[], bool], seconds: float = 10.0) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.02)


@pytest.fixture
def tiny(tmp_path: Path) -> Path:
    """A tiny course whose solution was copied to assignment7.py beside it."""
    root = tmp_path / "course"
    write_fair_course(root)
    (root / "assignment7.py").write_text(TINY_SOLUTION)
    return root


TINY_DOUBLE = "import numpy as np\n" + tiny_course.DOUBLE[tiny_course.DOUBLE.index("# %%\n") :]
TINY_SOLUTION = TINY_DOUBLE + tiny_course.HALVE[tiny_course.HALVE.index("# %%\n") :]


def test_a_course_that_nobody_may_write_to(tiny: Path) -> None:
    before = sorted(tiny.rglob("*"))
    folders = [path for path in [tiny, *before] if path.is_dir()]
    for path in [*before, *folders]:
        path.chmod(0o555)
    try:
        run = run_grade("7", cwd=tiny, env={"GROUNDUP_CACHE": "/proc/nowhere"})
    finally:
        for path in folders:
            path.chmod(0o755)
    assert run.code == 0, run.err
    assert "Score 8.5 / 8.5" in run.out
    assert sorted(tiny.rglob("*")) == before  # not even a __pycache__


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no full disk at hand")
def test_an_output_that_cannot_be_written(work: Path, tmp_path: Path) -> None:
    arguments = ("assignment3", "-s", work, "--task", "nodes")
    for target, words in (
        (tmp_path, "is a folder"),
        (tmp_path / "no" / "report", "does not exist"),
    ):
        run = run_grade(*arguments, "-o", target)
        assert run.code == 2 and words in run.err and run.out == ""
    if os.geteuid() != 0 or shutil.which("mount") is None:
        pytest.skip("only root can make a tiny disk")
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=4k", "none", disk], check=False)
    if mounted.returncode != 0:
        pytest.skip("no file system can be mounted here")
    try:
        (disk / "filler").write_bytes(b"x" * 4096)
        run = run_grade(*arguments, "-o", disk / "report.txt")
        assert run.code == 2 and "cannot be written" in run.err and "No space" in run.err
        assert [path.name for path in disk.iterdir()] == ["filler"]
    finally:
        subprocess.run(["umount", disk], check=True)


def test_an_output_file_is_written_whole(work: Path, tmp_path: Path) -> None:
    target = tmp_path / "report.json"
    target.write_text("older")
    run = run_grade("assignment3", "-s", work, "--task", "nodes", "-f", "json", "-o", target)
    assert run.code == 0 and run.out == "" and str(target) in run.err
    assert json.loads(target.read_text())["score"] == NODES_POINTS
    assert sorted(p.name for p in tmp_path.iterdir()) == ["assignment3.py", "report.json"]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no full device at hand")
def test_a_full_standard_output(work: Path) -> None:
    with open("/dev/full", "w") as full:  # noqa: PTH123 (a device)
        found = subprocess.run(
            command("assignment3", "-s", work, "--task", "nodes"),
            stdout=full, stderr=subprocess.PIPE, env=environment(), cwd=ROOT, text=True,
        )  # fmt: skip
    assert found.returncode == 2
    assert "Traceback" not in found.stderr and "No space left" in found.stderr


def test_a_reader_that_leaves_early(work: Path) -> None:
    shell = f"{subprocess.list2cmdline(command('assignment3', '-s', work))} | head -n 1"
    found = subprocess.run(
        ["bash", "-c", f"set -o pipefail; {shell}"],
        capture_output=True, text=True, env=environment(), cwd=ROOT, check=False,
    )  # fmt: skip
    assert found.stdout.splitlines() == ["Backpropagation (assignment3)"]
    assert found.stderr == ""
    closed = subprocess.run(
        ["bash", "-c", subprocess.list2cmdline(command("list")) + " >&-"],
        capture_output=True, text=True, env=environment(), cwd=ROOT, check=False,
    )  # fmt: skip
    assert "Traceback" not in closed.stderr


def test_colours_only_where_they_are_wanted(work: Path) -> None:
    arguments = ("assignment3", "-s", work, "--task", "nodes")
    assert "\x1b" not in run_grade(*arguments).out
    assert "\x1b[" in run_grade(*arguments, env={"FORCE_COLOR": "1"}).out
    silent = run_grade(*arguments, env={"FORCE_COLOR": "1", "NO_COLOR": "1"}).out
    assert "\x1b[3" not in silent and "Score 8 / 8" in silent
    narrow = run_grade(*arguments, env={"COLUMNS": "50"}).out
    ascii_only = run_grade(*arguments, env={"PYTHONIOENCODING": "ascii"}).out
    assert ascii_only.isascii() and "Score 8 / 8" in ascii_only
    assert max(map(len, narrow.splitlines()[2:])) <= 60


def test_json_holds_the_documented_fields(hand_in: Callable[..., Run]) -> None:
    run = hand_in(edited((RELU_BACKWARD, "        return np.where(dout > 0, dout, 0)\n")))
    text = (ROOT / "docs" / "report-format.md").read_text(encoding="utf-8")
    example = json.loads(text.partition("```json\n")[2].partition("```")[0])
    assert run.out.isascii()
    assert list(run.json) == list(example)
    assert list(run.json["tasks"][0]) == list(example["tasks"][0])
    check = next(c for c in run.task("relu")["checks"] if c["diagnosis"])
    wanted = example["tasks"][0]["checks"][0]
    assert list(check) == list(wanted) and list(check["diagnosis"]) == list(wanted["diagnosis"])
    assert check["misconception"] == "mask_from_dout"
    statuses = {c["status"] for task in run.json["tasks"] for c in task["checks"]}
    assert statuses == {"passed", "failed"}


# -- whose fault is it ----------------------------------------------------------------------------


def test_a_bug_of_a_check_is_not_the_students(tiny: Path) -> None:
    tiny_course.edit(
        tiny / "solutions/assignment7/halve/checks.py",
        "    assert_close(student.halve(4), 2)\n",
        "    found = student.halve(4)\n    assert found[0] == 2\n",
    )
    run = run_grade("7", "--format", "json", cwd=tiny)
    assert run.code == 3
    (check,) = run.task("halve")["checks"]
    assert check["status"] == "grader_fault" and "The grader is at fault" in check["message"]
    assert run.json["score"] == run.json["max_score"] == 7.5  # the fault is in neither sum
    assert run.task("double")["score"] == 7.5
    shown = run_grade("7", cwd=tiny)
    assert shown.code == 3 and "instructor" in shown.out


@pytest.mark.parametrize(
    "line",
    [
        "student.undeclared(4)",
        "remote.ref(3, 'x')",
        "student.halve(object())",
        "1 / 0",
        "raise KeyError('secret input 42')",
        "import no_such_module",
        "reference.halve(4)",
    ],
)
def test_faults_of_a_check_of_every_kind(tiny: Path, line: str) -> None:
    fixtures = ", ".join(n for n in ("student", "remote", "reference") if n in line) or "student"
    tiny_course.edit(
        tiny / "solutions/assignment7/halve/checks.py",
        '(student):\n    """Four becomes two."""\n    assert_close(student.halve(4), 2)\n',
        f'({fixtures}):\n    """Four becomes two."""\n    {line}\n',
    )
    run = run_grade("7", "--format", "json", cwd=tiny)
    assert run.code == 3
    assert run.statuses("halve") == {"grader_fault"}
    assert run.json["score"] == run.json["max_score"] == 7.5


def test_a_value_that_makes_the_check_itself_raise_is_the_students_failure(tiny: Path) -> None:
    """`found[0]` of a number is an error in the check's own line, but our solution gives a list."""
    tiny_course.edit(
        tiny / "solutions/assignment7/halve/checks.py",
        "    assert_close(student.halve(4), 2)\n",
        "    assert student.halve([4.0, 2])[1] == 1.0\n",
    )
    tiny_course.edit(
        tiny / "solutions/assignment7/halve/task.py", "x / 2.0 + 0.0", "np.asarray(x) / 2.0"
    )
    work = tiny / "assignment7.py"
    for value in ("3.5", "None", "{}", "np.zeros(1)", "'ab'"):
        work.write_text(f"{TINY_DOUBLE}# %%\ndef halve(x):\n    return {value}\n")
        run = run_grade("7", "--format", "json", cwd=tiny)
        assert run.code == 1, run.out
        assert run.statuses("halve") == {"failed"}
        assert run.task("double")["score"] == 7.5
        if value != "'ab'":
            assert "cannot work with what your code returned" in run.messages("halve")


def test_exit_codes(work: Path, tmp_path: Path, hand_in: Callable[..., Run]) -> None:
    assert run_grade("assignment3", "-s", work, "--task", "nodes").code == 0
    assert hand_in(relu_forward("return x")).code == 1
    for wrong in (
        ("assignment99",),
        ("assignment3", "--task", "nothing"),
        ("assignment3", "--no-such-option"),
        ("assignment3", "--seed", "-1"),
        ("assignment3", "--seed", "x"),
        ("assignment3", "--timeout", "0"),
        ("assignment3", "--format", "xml"),
        ("assignment3", "--sandbox", "none"),
        ("assignment3", "extra"),
        ("hint", "assignment3"),
        ("--no-such-option",),
    ):
        run = run_grade(*wrong, cwd=tmp_path.parent if wrong == () else ROOT)
        assert run.code == 2 and run.err.strip(), wrong
