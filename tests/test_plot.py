"""`grade plot`: pictures from a student's code, and what is said where there is none."""

from __future__ import annotations

import ast
import json
import shutil
import struct
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from engine import Run, environment, run_grade
from hypothesis import given, settings
from hypothesis import strategies as st
from tiny_course import DOUBLE, HALVE, edit, write_course

from autograder.course import MANIFEST, Course
from autograder.errors import CourseError
from autograder.experiments import Experiment, read_experiments
from autograder.release import release
from autograder.slicing import Slice, bound_names, free_names, slice_for

pytest.importorskip("matplotlib")

NAME = "assignment7"
INTRO = """\
# %% [markdown]
# # Assignment 7: Tiny

# %%
import numpy as np

from autograder.given import shift

# %% [markdown] tags=["experiment"]
# ## Experiments

# %% tags=["experiment"]
# fig1_doubles: twice x against x
import matplotlib.pyplot as plt

from autograder.data import load_digits

start = np.array([1.0, 2.0, 3.0])


def draw(values, title):
    plt.plot(values)
    plt.title(title)


draw(double(start), "doubles")
plt.show()

# %% tags=["experiment"]
# fig2_objects: an object of the student's, and a given function
draw(Doubler().apply(shift(start)), "objects")
print("the sum is", float(np.sum(double(start))))
plt.figure()
draw(halve(start), "a second figure")

# %% tags=["experiment"]
# fig3_random: numbers that the student's code draws
np.random.seed(5)
rng = np.random.default_rng(5)
draw(noise(4), "global")
print([float(n) for n in noise(2)], [float(n) for n in np.random.rand(2)])
print(float(noise_of(rng)), float(rng.random()))
"""
NOISE = """
# %% [markdown]
# ## Noise

# %%
def noise(n):
    ### BEGIN SOLUTION
    return np.random.rand(n)
    ### END SOLUTION


def noise_of(rng):
    ### BEGIN SOLUTION
    return rng.random()
    ### END SOLUTION
"""


@pytest.fixture(scope="module")
def released(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A student's copy of the course, without solutions."""
    staff = tmp_path_factory.mktemp("staff")
    folder = write_course(staff)
    (folder / "intro.py").write_text(INTRO)
    shutil.copytree(folder / "halve", folder / "noise")
    (folder / "noise" / "task.py").write_text(NOISE.lstrip())
    edit(folder / "assignment.toml", '"halve"]', '"halve", "noise"]')
    student = tmp_path_factory.mktemp("student")
    release(Course(staff), output=student / "assignments")
    return student


SOLUTION = f"{INTRO.split('# %% [markdown] tags')[0]}\n{DOUBLE}\n{HALVE}\n{NOISE}"

Plot = Callable[..., Run]


@pytest.fixture
def plot(released: Path, tmp_path: Path) -> Plot:
    """Draw with the solution, in which texts that are there once are replaced."""
    shutil.copytree(released / "assignments", tmp_path / "assignments")

    def run(*options: object, changes: tuple[tuple[str, str], ...] = ()) -> Run:
        text = SOLUTION
        for old, new in changes:
            assert text.count(old) == 1, old
            text = text.replace(old, new)
        (tmp_path / f"{NAME}.py").write_text(text)
        return run_grade("plot", NAME, *options, cwd=tmp_path)

    return run


def pictures(folder: Path) -> list[str]:
    """Names of the files, each of which must be a PNG of a sensible size."""
    for path in folder.iterdir():
        data = path.read_bytes()
        assert data.startswith(b"\x89PNG\r\n\x1a\n") and data.endswith(b"IEND\xaeB`\x82")
        width, height = struct.unpack(">II", data[16:24])
        assert 300 < width < 3000 and 200 < height < 3000
    return sorted(path.name for path in folder.iterdir())


ALL = ["fig1_doubles.png", "fig2_objects-2.png", "fig2_objects.png", "fig3_random.png"]


def test_all_figures(plot: Plot, tmp_path: Path) -> None:
    run = plot()
    assert run.code == 0 and run.err == ""
    assert pictures(tmp_path / f"{NAME}-figures") == ALL
    assert "fig1_doubles: twice x against x" in run.out
    assert "the sum is 12.0" in run.out


def test_the_same_code_draws_the_same_pictures(plot: Plot, tmp_path: Path) -> None:
    plot("--to", "one")
    plot("--to", "two", "--figure", "2")
    one, two = tmp_path / "one", tmp_path / "two"
    assert pictures(two) == ALL[1:3]
    for name in ALL[1:3]:
        assert (one / name).read_bytes() == (two / name).read_bytes()
    plot("--to", "three", "-n", 2, changes=(("return x / 2.0 + 0.0", "return x / 3"),))
    assert (tmp_path / "three" / ALL[1]).read_bytes() != (one / ALL[1]).read_bytes()
    assert (tmp_path / "three" / ALL[2]).read_bytes() == (one / ALL[2]).read_bytes()


def test_seeds_reach_the_students_code(plot: Plot) -> None:
    """np.random.seed(5) and default_rng(5) in a cell mean what they mean in a notebook."""
    run = plot("--figure", "3")
    lines = [line.strip() for line in run.out.splitlines()]
    there, own = np.random.RandomState(5), np.random.RandomState(5)
    there.rand(4)
    assert f"{there.rand(2).tolist()} {own.rand(2).tolist()}" in lines
    first = float(np.random.default_rng(5).random())
    assert f"{first} {first}" in lines


PROBLEMS = {
    "stub": (("return x / 2.0 + 0.0", "raise NotImplementedError"), "Not written yet"),
    "error": (("return x / 2.0 + 0.0", "return x / nothing"), "name 'nothing' is not defined"),
    "crash": (("return x / 2.0 + 0.0", "import os; os._exit(3)"), "Your code was stopped"),
    "endless": (("return x / 2.0 + 0.0", "while True: pass"), "Your code took too long"),
    "text": (("return x / 2.0 + 0.0", "return {'a': None}"), "cannot work with what your code"),
    "gone": (("def halve(x)", "def half(x)"), "Your file does not define halve"),
    "syntax": (("return x / 2.0 + 0.0", "return x /"), "Your file does not define halve"),
}


@pytest.mark.parametrize("case", PROBLEMS)
def test_one_problem_leaves_the_other_figures(plot: Plot, tmp_path: Path, case: str) -> None:
    change, words = PROBLEMS[case]
    run = plot("--timeout", "2", changes=(change,))
    assert run.code == 1
    assert words in run.out
    assert pictures(tmp_path / f"{NAME}-figures") == [ALL[0], ALL[3]]
    if case in ("stub", "error", "endless"):
        line = (tmp_path / f"{NAME}.py").read_text().split("\n").index(f"    {change[1]}") + 1
        assert f"{NAME}.py, line {line}, in halve\n      {change[1]}" in run.out
    if case == "text":
        assert 'fig2_objects, line 5\n      draw(halve(start), "a second figure")' in run.out


def test_the_students_code_stays_in_the_sandbox(plot: Plot, tmp_path: Path) -> None:
    change = (
        "return x / 2.0 + 0.0",
        f"open({str(tmp_path / 'escaped')!r}, 'w').write('x'); return x",
    )
    run = plot(changes=(change,))
    assert run.code == 1 and not (tmp_path / "escaped").exists()


def test_cells_of_a_submission_are_not_trusted(plot: Plot, tmp_path: Path) -> None:
    cell = f'# %% tags=["experiment"]\nopen({str(tmp_path / "escaped")!r}, "w")\n'
    run = plot(changes=(("# %%\ndef halve", f"{cell}\n# %%\ndef halve"),))
    assert run.code == 0 and not (tmp_path / "escaped").exists()


def test_terminal_escapes_are_taken_out(plot: Plot) -> None:
    run = plot(changes=(("return x / 2.0 + 0.0", "raise ValueError('\\x1b[31mred')"),))
    assert "\x1b" not in run.out and "red" in run.out


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (("--figure", "9"), "has no figure 9"),
        (("--figure", "0"), "--figure"),
        (("--submission", "absent.py"), "does not exist"),
        (("--to", f"{NAME}.py"), "cannot be written"),
        (("--to", "/proc/figures"), "cannot be written"),
    ],
)
def test_wrong_use(plot: Plot, options: tuple[str, ...], message: str) -> None:
    run = plot(*options)
    assert run.code == 2 and message in run.err


def test_a_picture_that_cannot_be_written(plot: Plot, tmp_path: Path) -> None:
    (tmp_path / "out" / "fig1_doubles.png").mkdir(parents=True)
    run = plot("--to", "out", "-n", 1)
    assert run.code == 2 and "fig1_doubles.png cannot be written" in run.err
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["fig1_doubles.png"]


def test_matplotlib_missing(plot: Plot, tmp_path: Path) -> None:
    blocker = tmp_path / "blocker" / "matplotlib"
    blocker.mkdir(parents=True)
    (blocker / "__init__.py").write_text(
        "raise ModuleNotFoundError(\"No module named 'matplotlib'\", name='matplotlib')\n"
    )
    (tmp_path / f"{NAME}.py").write_text(SOLUTION)
    code = (
        f"import sys; sys.path.insert(0, {str(tmp_path / 'blocker')!r}); "
        "from autograder.cli import main; main()"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, "plot", NAME],
        cwd=tmp_path,
        env=environment(),
        capture_output=True,
        text=True,
    )
    assert done.returncode == 2 and 'pip install "groundup[plot]"' in done.stderr


def test_help_has_examples(plot: Plot) -> None:
    run = plot("--help")
    assert run.code == 0 and "grade plot assignment3 --figure 2" in run.out


# ------------------------------------------------------------------- where the cells come from


def test_staff_and_students_read_the_same_cells(released: Path, tmp_path: Path) -> None:
    (tmp_path / "intro.py").write_text(INTRO)
    found = read_experiments(tmp_path / "intro.py")
    assert found == Course(released).assignment(NAME).experiments
    assert [(e.name, e.number) for e in found] == [
        ("setup", 0),
        ("fig1_doubles", 1),
        ("fig2_objects", 2),
        ("fig3_random", 3),
    ]


def test_cells_without_a_name_are_numbered(tmp_path: Path) -> None:
    cells = ["a = 1", "# fig4_later: four", "b = 2", "# figure: no", "%matplotlib inline"]
    text = "".join(f'# %% tags=["experiment"]\n{cell}\n\n' for cell in cells)
    (tmp_path / "intro.py").write_text(text)
    found = read_experiments(tmp_path / "intro.py")
    assert [e.name for e in found][:4] == ["fig1", "fig4_later", "fig5", "fig6"]
    assert found[1] == Experiment("fig4_later", "# fig4_later: four", 4, "four")


def test_a_damaged_manifest_is_named(released: Path, tmp_path: Path) -> None:
    shutil.copytree(released / "assignments", tmp_path / "assignments")
    path = tmp_path / "assignments" / NAME / MANIFEST
    manifest = json.loads(path.read_text(encoding="utf-8"))
    for damage in ([{"name": "x"}], 3, [1]):
        path.write_text(json.dumps({**manifest, "experiments": damage}), encoding="utf-8")
        with pytest.raises(CourseError, match=MANIFEST):
            _ = Course(tmp_path).assignment(NAME).experiments
    del manifest["experiments"]  # released before there were any
    path.write_text(json.dumps(manifest), encoding="utf-8")
    assert Course(tmp_path).assignment(NAME).experiments == ()


# ---------------------------------------------------------------- cells that need other cells


def ran(cells: list[str], wanted: int) -> dict[str, object]:
    namespace: dict[str, object] = {}
    for part in slice_for([(str(i), cell) for i, cell in enumerate(cells)], wanted):
        exec(compile(part.code, part.name, "exec"), namespace)
    return namespace


def names(parts: list[Slice]) -> list[tuple[str, int]]:
    return [(part.name, len(part.code.body)) for part in parts]


CELLS = [
    ("zero", "import math\nimport json\nside = 3\nlog = ['zero']"),
    ("one", "def area(r):\n    return math.pi * r ** 2 * side\nlog.append('one')"),
    ("two", "side = 4"),
    ("three", "result = area(2)"),
    ("four", "side = 5\nresult = side + 1"),
    ("five", "side = side + 1"),
    ("six", "log = log + ['six']\ntotal = [side for side in range(3)]"),
]


def test_imports_and_functions_are_taken_alone() -> None:
    assert names(slice_for(CELLS, 3)) == [("zero", 4), ("one", 1), ("three", 1)]
    assert names(slice_for([*CELLS[:1], ("x", "math.pi")], 1)) == [("zero", 1), ("x", 1)]


def test_a_cell_that_needs_nothing_runs_alone() -> None:
    assert names(slice_for(CELLS, 4)) == [("four", 2)]


def test_a_name_that_is_used_before_it_is_bound_comes_from_before() -> None:
    assert names(slice_for(CELLS, 5)) == [("four", 2), ("five", 1)]
    assert names(slice_for(CELLS, 6)) == [("zero", 4), ("six", 2)]


def test_line_numbers_stay() -> None:
    part = slice_for(CELLS, 3)[1]
    assert part.code.body[0].lineno == 1 and part.source == CELLS[1][1]
    later = slice_for([("a", "x = 1\n\ndef f():\n    return 1"), ("b", "f()")], 1)[0]
    assert later.code.body[0].lineno == 3


@pytest.mark.parametrize(
    ("source", "free", "bound"),
    [
        ("x = y", {"y"}, {"x"}),
        ("x = x + 1", {"x"}, {"x"}),
        ("x += 1", {"x"}, {"x"}),
        ("x: int = z", {"int", "z"}, {"x"}),
        ("x = 1\ny = x", set(), {"x", "y"}),
        ("for i in items: i", {"items"}, {"i"}),
        ("for x in x: pass", {"x"}, {"x"}),
        ("[a * b for a in c]", {"b", "c"}, set()),
        ("{k: v for k, v in d.items() if k != w}", {"d", "w"}, set()),
        ("with open(p) as f: f", {"open", "p"}, {"f"}),
        ("import a.b, c as d", set(), {"a", "d"}),
        ("from m import n as o", set(), {"o"}),
        ("def f(a, *b, c=d, **e): return a + g", {"d", "g"}, {"f"}),
        ("def f():\n    k = 1\n    return k", set(), {"f"}),
        ("class A(B):\n    c = D", {"B", "D"}, {"A"}),
        ("h = lambda q: q + r", {"r"}, {"h"}),
        ("a[i] = b.c", {"a", "i", "b"}, set()),
        ("a, (b, *c) = d", {"d"}, {"a", "b", "c"}),
        ("(n := m)", {"m"}, {"n"}),
        ("f'{s!r:{t}}'", {"s", "t"}, set()),
    ],
)
def test_names(source: str, free: set[str], bound: set[str]) -> None:
    body = ast.parse(source).body
    assert free_names(body) == free
    assert bound_names(body) == bound


statements = st.tuples(st.sampled_from("abcd"), st.lists(st.sampled_from("abcd"), max_size=2))


@settings(max_examples=200, deadline=None)
@given(st.lists(st.lists(statements, min_size=1, max_size=3), min_size=1, max_size=5))
def test_a_slice_computes_what_all_cells_compute(
    program: list[list[tuple[str, list[str]]]],
) -> None:
    """Random cells of assignments: the last one sees the same values, alone or after all others."""
    cells = ["a, b, c, d = 1, 10, 100, 1000"]
    cells += ["\n".join(f"{n} = {' + '.join([*u, '7'])}" for n, u in cell) for cell in program]
    everything: dict[str, object] = {}
    for cell in cells:
        exec(cell, everything)
    last = {name for name, _ in program[-1]}
    alone = ran(cells, len(cells) - 1)
    assert {name: alone[name] for name in last} == {name: everything[name] for name in last}
