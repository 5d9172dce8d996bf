"""`grade assignment3`: check a submission and print the report."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NoReturn

import click

from autograder.cli.common import (
    assignment_argument,
    complete_task,
    format_option,
    opened_sandbox,
    sandbox_option,
)
from autograder.errors import UsageError


@click.command("run", short_help="Check a submission: `grade assignment3`.")
@assignment_argument
@click.option(
    "--task",
    "-t",
    "tasks",
    multiple=True,
    shell_complete=complete_task,
    help="Only this task, by name or number; may be repeated.",
)
@click.option(
    "--submission",
    "-s",
    type=click.Path(path_type=Path),
    help="A .py, an .ipynb, a .zip or a folder. Default: your copy of the assignment.",
)
@format_option
@click.option(
    "--output", "-o", type=click.Path(path_type=Path), help="Write the report to this file."
)
@click.option(
    "--seed",
    type=click.IntRange(0, 2**32 - 1),
    default=0,
    show_default=True,
    help="Seed of the random inputs.",
)
@click.option("--timeout", type=click.FloatRange(0.1, 3600), help="Seconds for one check.")
@sandbox_option
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
    with opened_sandbox(mode, found) as sandbox:
        from autograder.grading import grade
        from autograder.reports.progress import Progress

        progress = Progress()
        try:
            report = grade(
                found,
                work,
                sandbox,
                tasks=names,
                seed=seed,
                check_seconds=timeout,
                on_step=progress.step,
            )
        finally:
            progress.done()
    _print_report(report, form, output)
    sys.exit(report.exit_code)


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
    click.echo(
        f"{report.score:g} of {report.max_score:g} points; the report is in {output}", err=True
    )


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
