"""Collecting and running checks.py: broken ones are named, nothing of the reader's interferes."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest
import tiny_course
from engine import write_fair_course

from autograder import programs
from autograder.course import Assignment, Course
from autograder.errors import CourseError, GraderFault, GroundupError
from autograder.plugin import CheckRunner, Context, ReferenceLoader, collect_and_run
from autograder.student import LocalChannel, Session


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_fair_course(tmp_path)


def assignment_of(folder: Path) -> Assignment:
    return Course(folder.parent.parent).assignment(folder.name)


def run_all(assignment: Assignment, seed: int = 0) -> dict[str, BaseException | None]:
    """Run every check on our own solution; what each raised."""
    found: dict[str, BaseException | None] = {}

    def body(runner: CheckRunner) -> None:
        load = ReferenceLoader(lambda: programs.solution(assignment))
        for name, checks in runner.checks.items():
            for check in checks:
                with Session(LocalChannel, programs.solution(assignment)) as session:
                    context = Context(assignment, check, session, seed, load)
                    session.begin_check(context.seed)
                    found[f"{name}.{check.name}"] = runner.run(check, context).error

    collect_and_run(assignment, assignment.tasks, body)
    return found


def test_checks_are_collected_in_order_and_pass(folder: Path) -> None:
    found = run_all(assignment_of(folder))
    assert list(found) == [
        "double.test_example", "double.test_secret", "double.test_leaves_x", "halve.test_example",
    ]  # fmt: skip
    assert set(found.values()) == {None}


def replace_halve(folder: Path, body: str, signature: str = "student") -> None:
    (folder / "halve" / "checks.py").write_text(
        "import numpy as np\nimport pytest\nfrom autograder.authoring import require\n\n\n"
        f'@pytest.mark.points(1)\ndef test_example({signature}):\n    """Title."""\n    {body}\n'
    )


@pytest.mark.parametrize(
    ("text", "error", "words"),
    [
        ("import no_such_module\n", GraderFault, "no_such_module"),
        ("1 / 0\n", GraderFault, "ZeroDivisionError"),
        ("raise SystemExit\n", GraderFault, "assignment7"),
        ("x = (\n", CourseError, "checks.py"),
    ],
)
def test_a_checks_file_that_cannot_be_loaded(
    folder: Path, text: str, error: type[Exception], words: str
) -> None:
    path = folder / "halve" / "checks.py"
    path.write_text(path.read_text() + text)
    with pytest.raises(error, match=words):
        run_all(assignment_of(folder))


def test_unknown_fixtures_are_named(folder: Path) -> None:
    replace_halve(folder, "assert student", "student, tmp_path, solution")
    with pytest.raises(CourseError, match="asks for solution, tmp_path; checks may use dataset, "):
        run_all(assignment_of(folder))


@pytest.mark.parametrize(
    "text",
    [
        "\n\n@pytest.mark.parametrize('n', [1, 2])\n@pytest.mark.points(1)\n"
        "def test_many(student, n):\n    'Title.'\n",
        "\n\nclass TestGroup:\n    def test_inside(self, student):\n        'Title.'\n",
    ],
    ids=["parametrised", "class"],
)
def test_checks_are_plain_functions(folder: Path, text: str) -> None:
    path = folder / "halve" / "checks.py"
    path.write_text(path.read_text() + text)
    with pytest.raises(CourseError):
        run_all(assignment_of(folder))


def test_a_missing_file_is_named(folder: Path) -> None:
    assignment = assignment_of(folder)
    (folder / "halve" / "checks.py").unlink()
    with pytest.raises(CourseError, match=r"checks\.py is missing"):
        run_all(assignment)


def test_public_checks_get_no_reference(folder: Path) -> None:
    replace_halve(folder, "assert reference.halve(4) == 2", "student, reference")
    error = run_all(assignment_of(folder))["halve.test_example"]
    assert isinstance(error, GraderFault) and "must not use the reference" in str(error)


def test_hidden_checks_get_the_reference_in_this_process(folder: Path) -> None:
    path = folder / "double" / "checks.py"
    tiny_course.edit(
        path,
        '    assert_close(student.double(x), reference.double(x), "double(x)")\n',
        "    assert type(reference).__name__ == 'module' and reference.np is np\n"
        "    assert reference.shift(1) == 2 and reference.Doubler().apply(x)[0] == 2 * x[0]\n",
    )
    assert run_all(assignment_of(folder))["double.test_secret"] is None


def test_loading_the_reference_leaves_the_given_module_alone(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assignment = assignment_of(folder)
    mine = ModuleType("autograder.given")
    monkeypatch.setitem(sys.modules, "autograder.given", mine)
    load = ReferenceLoader(lambda: programs.solution(assignment))
    assert load() is load() and load().halve(3) == 1.5
    assert sys.modules["autograder.given"] is mine
    monkeypatch.delitem(sys.modules, "autograder.given")
    ReferenceLoader(lambda: programs.solution(assignment))()
    assert "autograder.given" not in sys.modules


def test_two_courses_with_tasks_of_the_same_name(tmp_path: Path) -> None:
    """In one process, as in `grade verify`: each gets its own checks, however they are named."""
    before = set(sys.modules)
    found = []
    for name in ("first", "second"):
        folder = write_fair_course(tmp_path / name)
        replace_halve(folder, f"raise ValueError('{name}')")
        found.append(str(run_all(assignment_of(folder))["halve.test_example"]))
    assert found == ["first", "second"]
    assert not {name for name in set(sys.modules) - before if "halve" in name or "checks" in name}


def test_random_numbers_depend_on_the_seed_and_the_check_only(folder: Path) -> None:
    replace_halve(folder, "raise ValueError(rng.integers(10**9))", "student, rng")
    assignment = assignment_of(folder)
    numbers = [str(run_all(assignment, seed)["halve.test_example"]) for seed in (0, 0, 1)]
    assert numbers[0] == numbers[1] != numbers[2]


def test_the_dataset_is_the_one_that_is_named(folder: Path) -> None:
    replace_halve(
        folder,
        "require(dataset.x_train.shape[1] == 64 and len(dataset.t_test) > 100, 'no digits')",
        "student, dataset",
    )
    assert run_all(assignment_of(folder))["halve.test_example"] is None
    tiny_course.edit(folder / "assignment.toml", 'dataset = "digits"', 'dataset = "minst"')
    error = run_all(assignment_of(folder))["halve.test_example"]
    assert isinstance(error, GroundupError) and "unknown dataset 'minst'" in str(error)


def test_the_readers_pytest_settings_change_nothing(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTEST_ADDOPTS", "--collect-only --maxfail=1 -k nothing")
    monkeypatch.setenv("PYTEST_PLUGINS", "")
    (tmp_path / "pytest.ini").write_text("[pytest]\npython_files = nothing.py\n")
    (tmp_path / "conftest.py").write_text("raise RuntimeError('must not run')\n")
    (folder / "halve" / "conftest.py").write_text("raise RuntimeError('must not run')\n")
    assert set(run_all(assignment_of(folder)).values()) == {None}
    assert os.environ["PYTEST_ADDOPTS"] == "--collect-only --maxfail=1 -k nothing"
    assert "PYTEST_DISABLE_PLUGIN_AUTOLOAD" not in os.environ


def test_nothing_is_written_beside_the_checks(folder: Path) -> None:
    before = sorted(folder.parent.parent.rglob("*"))
    run_all(assignment_of(folder))
    after = [path for path in sorted(folder.parent.parent.rglob("*")) if path not in before]
    assert {path.name.partition(".")[0] for path in after} <= {"__pycache__", "checks"}
    assert not any(path.name == ".pytest_cache" for path in after)


def test_what_the_body_raises_comes_out(folder: Path) -> None:
    def body(runner: CheckRunner) -> None:
        raise KeyboardInterrupt

    assignment = assignment_of(folder)
    with pytest.raises(KeyboardInterrupt):
        collect_and_run(assignment, assignment.tasks, body)


def test_an_interrupt_inside_a_check_stops_everything(folder: Path) -> None:
    replace_halve(folder, "raise KeyboardInterrupt")
    with pytest.raises(KeyboardInterrupt):
        run_all(assignment_of(folder))


def test_fixtures_are_fresh_for_each_check(folder: Path) -> None:
    """Two checks that draw from `rng` do not see each other's draws."""
    replace_halve(folder, "raise ValueError((rng.random(), rng.random()))", "student, rng")
    error = run_all(assignment_of(folder))["halve.test_example"]
    first, second = eval(str(error), {"np": np})
    assert first != second
