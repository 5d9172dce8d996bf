"""Every command: its help, its options, what it prints."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner, Result
from engine import ASSIGNMENT, environment, run_grade, write_fair_course

from autograder import __version__
from autograder.cli import _guarded, cli
from autograder.cli.common import complete_assignment, complete_task
from autograder.course import Course
from autograder.errors import GraderFault, SandboxUnavailable, UsageError


def commands(group: click.Group = cli, path: tuple[str, ...] = ()) -> Iterator[Any]:
    for name, command in group.commands.items():
        yield (*path, name), command
        if isinstance(command, click.Group):
            yield from commands(command, (*path, name))


COMMANDS = dict(commands())


def call(*arguments: str) -> Result:
    return CliRunner().invoke(cli, arguments, prog_name="grade")


@pytest.fixture
def tiny(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    write_fair_course(tmp_path)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_tree_is_walked() -> None:
    assert {("run",), ("list",), ("hint",), ("verify",), ("release",), ("completion",)} <= set(
        COMMANDS
    )


@pytest.mark.parametrize("path", COMMANDS, ids=" ".join)
def test_every_command_has_help_with_an_example(path: tuple[str, ...]) -> None:
    found = call(*path, "--help")
    assert found.exit_code == 0
    assert call(*path, "-h").output == found.output
    command = COMMANDS[path]
    assert command.help and command.get_short_help_str()
    examples = re.findall(r"^ +(?:eval \"\$\()?(grade .*)$", found.output, re.MULTILINE)
    examples = [line for line in examples if "Usage" not in line]
    assert examples, found.output
    own = " ".join(("grade", *path))
    assert any(line.startswith((own, "grade assignment")) for line in examples)
    for parameter in command.params:
        if isinstance(parameter, click.Option) and parameter.name != "help":
            assert parameter.help or parameter.name in ("form",), parameter.name
    assert max(map(len, found.output.splitlines())) <= 100


@pytest.mark.parametrize("path", COMMANDS, ids=" ".join)
def test_unknown_options_are_refused_with_a_pointer_to_the_help(path: tuple[str, ...]) -> None:
    found = call(*path, "--no-such-option")
    assert found.exit_code == 2
    assert "No such option" in found.output and "--help" in found.output


def test_help_is_quick_because_numpy_stays_out() -> None:
    script = (
        "import sys\nfrom autograder.cli import cli\n"
        "try: cli.main(['--help'])\nexcept SystemExit: pass\n"
        "print({'numpy', 'pytest', 'rich'} & set(sys.modules))"
    )
    found = subprocess.run(
        [sys.executable, "-c", script],
        env=environment(),
        capture_output=True,
        text=True,
        check=True,
    )
    assert found.stdout.endswith("set()\n")


def test_version() -> None:
    assert run_grade("--version").out == f"grade, version {__version__}\n"


def test_errors_are_two_lines_and_an_exit_code(tmp_path: Path) -> None:
    run = run_grade("assignmet3")
    assert (run.code, run.out) == (2, "")
    first, second = run.err.splitlines()
    assert first.startswith("Error: There is no assignment 'assignmet3'")
    assert "assignment3" in second


@pytest.mark.parametrize(
    ("error", "code", "words"),
    [
        (UsageError("wrong", "next"), 2, ["Error: wrong", "next"]),
        (GraderFault("ours"), 3, ["Error: ours"]),
        (SandboxUnavailable("no"), 2, ["Error: no"]),
        (KeyboardInterrupt(), 130, ["", "Stopped. Nothing was changed."]),
        (click.Abort(), 130, ["", "Stopped. Nothing was changed."]),
        (click.UsageError("bad option"), 2, ["Error: bad option"]),
        (OSError(28, "No space left on device"), 2, ["Error: [Errno 28] No space left on device"]),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, BaseException) else None,
)
def test_exit_codes_of_errors(
    error: BaseException,
    code: int,
    words: list[str],
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("autograder.cli._drop_output", lambda: None)  # pytest needs its output

    def command() -> None:
        raise error

    assert _guarded(command) == code
    out, err = capsys.readouterr()
    assert out == "" and err.splitlines() == words


def test_a_command_may_return_its_exit_code() -> None:
    assert (_guarded(lambda: 4), _guarded(lambda: None), _guarded(lambda: "text")) == (4, 0, 0)


# -- list, hint, completion -----------------------------------------------------------------------


def test_list(tiny: Path) -> None:
    shown = call("list").output
    assert "assignment7  Tiny (작은 과제)" in shown
    assert re.search(r"7\.1 +double +7\.5 points +Doubling", shown)
    (entry,) = json.loads(call("list", "--format", "json").output)
    assert (entry["name"], entry["title"], entry["title_ko"]) == (
        "assignment7",
        "Tiny",
        "작은 과제",
    )
    double = entry["tasks"][0]
    assert (double["name"], double["number"], double["points"], double["hidden_points"]) == (
        "double", "7.1", 3.0, 4.5,
    )  # fmt: skip


def test_hints_come_one_level_at_a_time(tiny: Path) -> None:
    first = call("hint", "7", "double")
    assert first.exit_code == 0
    assert "7.1 Doubling (두 배), hint 1 of 2" in first.output and "Think of a sum." in first.output
    assert "Nearly there" not in first.output
    assert first.output.endswith("More: grade hint assignment7 double --level 2\n")
    last = call("hint", "assignment7", "7.1", "--level", "2")
    assert "Nearly there." in last.output and "More:" not in last.output
    assert call("hint", "7", "double", "-l", "code").output == last.output


@pytest.mark.parametrize("level", ["0", "3", "-1", "x", "", "²"])
def test_levels_that_do_not_exist(tiny: Path, level: str) -> None:
    run = run_grade("hint", "7", "double", f"--level={level}", cwd=tiny)
    assert run.code == 2
    assert "has no hint" in run.err and "1 to 2, or by name: way, code" in run.err


def test_every_hint_of_the_course_can_be_shown() -> None:
    for task in ASSIGNMENT.tasks:
        count = len(task.read_hints())
        assert count >= 3
        for level in range(1, count + 1):
            found = call("hint", "assignment3", task.name, "--level", str(level))
            assert found.exit_code == 0 and len(found.output.splitlines()) >= 2


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_scripts(shell: str) -> None:
    found = call("completion", shell)
    assert found.exit_code == 0 and "_GRADE_COMPLETE" in found.output
    assert call("completion", "tcsh").exit_code == 2


def test_completion_knows_assignments_and_tasks(
    tiny: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    context = click.Context(cli)
    assert [item.value for item in complete_assignment(context, None, "assi")] == ["assignment7"]
    assert complete_assignment(context, None, "x") == []
    context.params = {"assignment": "7"}
    assert [item.value for item in complete_task(context, None, "")] == ["double", "halve"]
    context.params = {"assignment": "99"}
    assert complete_task(context, None, "") == []
    assert complete_task(click.Context(cli), None, "") == []
    shown = [item.value for item in cli.shell_complete(click.Context(cli), "")]
    assert "assignment7" in shown and "hint" in shown
    words = run_grade(
        cwd=tiny,
        env={"_GRADE_COMPLETE": "bash_complete", "COMP_WORDS": "grade as", "COMP_CWORD": "1"},
    )
    assert words.out.splitlines() == ["plain,assignment7"]


# -- release --------------------------------------------------------------------------


def test_release_and_its_check(tiny: Path) -> None:
    before = run_grade("release", "--check", cwd=tiny)
    assert before.code == 1 and "out of date" in before.out and "grade release" in before.out
    assert not (tiny / "assignments").exists()
    made = run_grade("release", cwd=tiny)
    assert (made.code, made.out) == (0, "assignment7: released\n")
    assert (tiny / "assignments" / "assignment7" / "assignment7.ipynb").is_file()
    after = run_grade("release", "assignment7", "--check", cwd=tiny)
    assert (after.code, after.out) == (0, "")
    elsewhere = tiny / "elsewhere"
    assert run_grade("release", "--output", elsewhere, cwd=tiny).code == 0
    assert (elsewhere / "assignment7" / "grading.json").is_file()
    assert Course(tiny).is_staff


def test_commands_say_where_the_course_is_missing(tmp_path: Path) -> None:
    """Outside of every course the command falls back to the one that it came with."""
    run = run_grade("list", cwd=tmp_path)
    assert run.code == 0 and "assignment3" in run.out
