"""The command `grade`. It reads options, calls the other rooms and prints; it decides nothing.

Modules are imported where they are used: `grade --help` should not wait for NumPy, and while the
sandbox starts in its own process, this one imports pytest.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from autograder import __version__
from autograder.errors import GroundupError, UsageError

if TYPE_CHECKING:
    from autograder.course import Assignment
    from autograder.sandbox import Sandbox

INTERRUPTED = 130
FORMATS = ("terminal", "json")
SANDBOXES = ("auto", "strict", "process")


class AssignmentGroup(click.Group):
    """`grade assignment3` is short for `grade run assignment3`."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and self.get_command(ctx, args[0]) is None and not args[0].startswith("-"):
            args = ["run", *args]
        return super().resolve_command(ctx, args)

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[Any]:
        return [*_complete_assignment(ctx, None, incomplete), *super().shell_complete(ctx, incomplete)]


def _complete_assignment(ctx: click.Context, param: object, incomplete: str) -> list[Any]:
    from click.shell_completion import CompletionItem

    from autograder.course import Course

    try:
        names = Course.find().names()
    except GroundupError:
        return []
    return [CompletionItem(name) for name in names if name.startswith(incomplete)]


def _complete_task(ctx: click.Context, param: object, incomplete: str) -> list[Any]:
    from click.shell_completion import CompletionItem

    from autograder.course import Course

    try:
        tasks = Course.find().assignment(ctx.params["assignment"]).tasks
    except (GroundupError, KeyError):
        return []
    return [CompletionItem(t.name, help=t.title) for t in tasks if t.name.startswith(incomplete)]


assignment_argument = click.argument("assignment", shell_complete=_complete_assignment)


@click.group(
    cls=AssignmentGroup,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 96},
)
@click.version_option(__version__, "--version", prog_name="grade")
@click.pass_context
def cli(ctx: click.Context) -> None:
    """Deep learning from scratch in NumPy, graded on your own machine.

    \b
    Examples:
      grade assignment3                    check your work on assignment 3
      grade assignment3 --task relu        only one task
      grade hint assignment3 relu          a hint, step by step
      grade list                           all assignments and tasks
    """
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help())


@cli.command("run", short_help="Check a submission: `grade assignment3`.")
@assignment_argument
@click.option(
    "--task", "-t", "tasks", multiple=True, shell_complete=_complete_task,
    help="Only this task, by name or number; may be repeated.",
)
@click.option(
    "--submission", "-s", type=click.Path(path_type=Path),
    help="A .py, an .ipynb, a .zip or a folder. Default: your copy of the assignment.",
)
@click.option("--format", "-f", "form", type=click.Choice(FORMATS), default="terminal", show_default=True)
@click.option("--output", "-o", type=click.Path(path_type=Path), help="Write the report to this file.")
@click.option("--seed", type=click.IntRange(0, 2**32 - 1), default=0, show_default=True,
              help="Seed of the random inputs.")
@click.option("--timeout", type=click.FloatRange(0.1, 3600), help="Seconds for one check.")
@click.option("--sandbox", "mode", type=click.Choice(SANDBOXES), default="auto", show_default=True,
              help="auto: every protection that is there; strict: all or nothing.")
def run(
    assignment: str,
    tasks: Sequence[str],
    submission: Path | None,
    form: str,
    output: Path | None,
    seed: int,
    timeout: float | None,
    mode: str,
) -> NoReturn:
    """Check a submission to ASSIGNMENT. `grade assignment3` is short for `grade run assignment3`.

    \b
    Examples:
      grade assignment3
      grade assignment3 --task relu --task 3.4
      grade assignment3 --submission alice/assignment3.ipynb
      grade assignment3 --format json --output report.json

    \b
    Exit codes: 0 all checks passed, 1 some check failed, 2 wrong use,
    3 the grader is at fault.
    """
    from autograder.course import Course
    from autograder.submission import find_submission, read_submission

    found = Course.find().assignment(assignment)
    names = [found.task(name).name for name in tasks] or None
    work = read_submission(find_submission(found, submission), found)
    if output is not None:
        _check_writable(output)
    with _open_sandbox(mode, found) as sandbox:
        from autograder.grading import grade
        from autograder.reports.progress import Progress

        progress = Progress()
        try:
            report = grade(
                found, work, sandbox, tasks=names, seed=seed, check_seconds=timeout,
                on_check=lambda check: progress.step(f"{check.task.number} {check.task.name}"),
            )
        finally:
            progress.done()
    _print_report(report, form, output)
    sys.exit(report.exit_code)


@cli.command("list")
@click.option("--format", "-f", "form", type=click.Choice(FORMATS), default="terminal", show_default=True)
def list_assignments(form: str) -> None:
    """List the assignments and their tasks.

    \b
    Example:
      grade list
    """
    from autograder.course import Course

    assignments = Course.find().assignments()
    if form == "json":
        import json

        listing = [
            {
                "name": a.name,
                "title": a.title,
                "title_ko": a.title_ko,
                "tasks": [
                    {"name": t.name, "number": t.number, "title": t.title,
                     "points": t.points, "hidden_points": t.hidden_points}
                    for t in a.tasks
                ],
            }
            for a in assignments
        ]
        click.echo(json.dumps(listing, ensure_ascii=False, indent=2))
        return
    for a in assignments:
        click.secho(f"{a.name}  {a.title} ({a.title_ko})", bold=True)
        width = max(len(t.name) for t in a.tasks)
        for t in a.tasks:
            points = f"{t.points + t.hidden_points:g}"
            click.echo(f"  {t.number:<5} {t.name:<{width}}  {points:>4} points  {t.title}")
    click.echo("\nCheck your work with: grade ASSIGNMENT")


@cli.command()
@assignment_argument
@click.argument("task", shell_complete=_complete_task)
@click.option("--level", "-l", default="1", show_default=True,
              help="1 gives the direction, 2 the method, 3 almost the code; or a hint's id.")
def hint(assignment: str, task: str, level: str) -> None:
    """Show a hint for TASK of ASSIGNMENT, one level at a time.

    \b
    Examples:
      grade hint assignment3 relu
      grade hint assignment3 relu --level 2
    """
    from autograder.course import Course

    found = Course.find().assignment(assignment)
    chosen = found.task(task)
    hints = chosen.read_hints()
    by_id = {entry.id: position for position, entry in enumerate(hints, start=1)}
    number = by_id.get(level) or (int(level) if level.isdecimal() else 0)
    if not 1 <= number <= len(hints):
        raise UsageError(
            f"{chosen.name} has no hint {level!r}.",
            f"Its hints are 1 to {len(hints)}, or by name: {', '.join(by_id)}",
        )
    click.secho(f"{chosen.number} {chosen.title}, hint {number} of {len(hints)}", bold=True)
    click.echo(hints[number - 1].text)
    if number < len(hints):
        click.echo(f"\nMore: grade hint {found.name} {chosen.name} --level {number + 1}")


@cli.command()
@click.argument("assignments", nargs=-1, shell_complete=_complete_assignment)
@click.option("--seeds", type=click.IntRange(1, 10_000), default=1, show_default=True,
              help="Repeat with this many seeds; all must agree.")
@click.option("--format", "-f", "form", type=click.Choice(FORMATS), default="terminal", show_default=True)
@click.option("--sandbox", "mode", type=click.Choice(SANDBOXES), default="auto", show_default=True)
def verify(assignments: Sequence[str], seeds: int, form: str, mode: str) -> NoReturn:
    """Prove that the checks of ASSIGNMENTS (default: all) are fair. For authors.

    The solution gets everything, the stub nothing; every misconception fails the check it names
    and is diagnosed; every check catches one; every alternative passes; hints exist; what
    assignments/ holds is current.

    \b
    Examples:
      grade verify
      grade verify assignment3 --seeds 50
    """
    from autograder.course import Course

    course = Course.find()
    found = [course.assignment(name) for name in assignments or course.names()]
    from autograder.reports.progress import Progress
    from autograder.reports.verification import render, to_json
    from autograder.verify import verify_assignment

    results = []
    for assignment in found:
        progress = Progress()
        with _open_sandbox(mode, assignment) as sandbox:
            try:
                results.append(
                    verify_assignment(course, assignment, sandbox, seeds=seeds, on_step=progress.step)
                )
            finally:
                progress.done()
    click.echo(to_json(results) if form == "json" else render(results), nl=False)
    sys.exit(0 if all(result.ok for result in results) else 1)


@cli.command()
@click.argument("assignments", nargs=-1, shell_complete=_complete_assignment)
@click.option("--output", "-o", type=click.Path(path_type=Path), help="Folder to write to (default: assignments/).")
@click.option("--check", is_flag=True, help="Change nothing; exit 1 if anything is out of date.")
def release(assignments: Sequence[str], output: Path | None, check: bool) -> None:
    """Make what students get from solutions/: stubs, notebooks, public checks. For authors.

    \b
    Examples:
      grade release
      grade release assignment3 --check
    """
    from autograder.course import Course
    from autograder.diagnosis import shipped_fingerprints
    from autograder.release import release as make

    course = Course.find()
    stale = []
    for name in assignments or course.names():
        changed = make(course, name, output=output, check=check, fingerprint=shipped_fingerprints)
        stale += changed if check else []
        if not check:
            click.echo(f"{name}: released")
    for path in stale:
        click.echo(f"out of date: {path}")
    if stale:
        click.echo("Bring it up to date with: grade release")
        sys.exit(1)


@cli.command()
@click.argument("shell", type=click.Choice(("bash", "zsh", "fish")))
def completion(shell: str) -> None:
    """Print the code that completes `grade` in your SHELL.

    \b
    Example:
      eval "$(grade completion bash)"
    """
    from click.shell_completion import get_completion_class

    found = get_completion_class(shell)
    assert found is not None
    click.echo(found(cli, {}, "grade", "_GRADE_COMPLETE").source())


@contextmanager
def _open_sandbox(mode: str, assignment: Assignment) -> Iterator[Sandbox]:
    """The sandbox starts in the background; the one line says what protection is missing."""
    from autograder.sandbox import Limits, harden_grader, open_sandbox

    harden_grader()
    limits = Limits(memory_bytes=assignment.limits.memory_mb << 20)
    with open_sandbox(mode, limits) as sandbox:
        yield sandbox
        missing = {name: why for name, why in sandbox.missing.items() if name != "bubblewrap"}
        if missing:
            reasons = "; ".join(f"no {name} ({why})" for name, why in missing.items())
            click.echo(f"Sandbox weaker than it could be: {reasons}", err=True)


def _print_report(report: Any, form: str, output: Path | None) -> None:
    from autograder.reports import json as json_report
    from autograder.reports import terminal

    if output is None:
        if form == "json":
            click.echo(json_report.render(report))
        else:
            terminal.render(report, terminal.make_console())
        return
    from io import StringIO

    text = StringIO()
    if form == "json":
        text.write(json_report.render(report) + "\n")
    else:
        terminal.render(report, terminal.make_console(text))
    _write(output, text.getvalue())
    click.echo(f"{report.score:g} of {report.max_score:g} points; the report is in {output}", err=True)


def _check_writable(path: Path) -> None:
    """Find out before the work, not after it."""
    if path.is_dir():
        raise UsageError(f"{path} is a folder; --output needs a file.")
    if not path.absolute().parent.is_dir():
        raise UsageError(f"The folder of {path} does not exist.", f"mkdir -p {path.parent}")


def _write(path: Path, text: str) -> None:
    """Whole or not at all: a report that breaks off would be worse than none."""
    part = path.with_name(f".{path.name}.part")
    try:
        part.write_text(text, encoding="utf-8")
        part.replace(path)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise UsageError(f"{path} cannot be written: {error.strerror or error}.") from None


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Entry point: every expected error becomes two lines and an exit code, never a traceback."""
    sys.exit(_guarded(lambda: cli.main(arguments, prog_name="grade", standalone_mode=False)))


def _guarded(command: Callable[[], Any]) -> int:
    try:
        code = command()
        return code if isinstance(code, int) else 0
    except GroundupError as error:
        click.secho(f"Error: {error}", err=True, fg="red")
        if error.hint:
            click.echo(error.hint, err=True)
        return error.exit_code
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except (KeyboardInterrupt, click.Abort):
        click.echo("\nStopped. Nothing was changed.", err=True)
        return INTERRUPTED
    except BrokenPipeError:  # `grade ... | head`
        sys.stderr.close()
        return 0
