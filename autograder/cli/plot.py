"""`grade plot`: the figures of an assignment, drawn with your own code."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import NoReturn

import click

from autograder.cli.common import assignment_argument, opened_sandbox, sandbox_option

#: One worker draws them all.
FIGURES = 12


@click.command()
@assignment_argument
@click.option(
    "--submission",
    "-s",
    type=click.Path(path_type=Path),
    help="A .py, an .ipynb, a .zip or a folder. Default: your copy of the assignment.",
)
@click.option(
    "--to",
    "folder",
    type=click.Path(path_type=Path),
    help="Folder for the pictures. Default: ASSIGNMENT-figures in the current folder.",
)
@click.option("--figure", "-n", "number", type=click.IntRange(1), help="Only this figure.")
@click.option(
    "--timeout",
    type=click.FloatRange(1, 3600),
    default=300,
    show_default=True,
    help="Seconds for one figure.",
)
@sandbox_option
def plot(
    assignment: str,
    submission: Path | None,
    folder: Path | None,
    number: int | None,
    timeout: float,
    mode: str,
) -> NoReturn:
    """Draw the figures of ASSIGNMENT's experiments with your code, as PNG files.

    Nothing is graded. A figure that your code cannot draw yet says why; the others still come.

    \b
    Examples:
      grade plot assignment3
      grade plot assignment3 --figure 2
      grade plot assignment3 --submission alice.ipynb --to pictures

    \b
    Exit codes: 0 all figures drawn, 1 some could not be, 2 wrong use.
    """
    from autograder.course import Course
    from autograder.submission import find_submission, read_submission

    found = Course.find().assignment(assignment)
    work = read_submission(find_submission(found, submission), found)
    target = Path(f"{found.name}-figures") if folder is None else folder
    from autograder.plotting import plot as draw
    from autograder.reports.progress import Progress
    from autograder.reports.wording import clean, one_line

    progress = Progress()
    with opened_sandbox(mode, found, cpu_seconds=FIGURES * timeout) as sandbox:
        try:
            figures = draw(
                found,
                work,
                sandbox,
                target,
                number=number,
                seconds=timeout,
                on_figure=lambda each: progress.step(each.name),
            )
        finally:
            progress.done()
    for figure in figures:
        each = figure.experiment
        title = f": {one_line(each.title)}" if each.title else ""
        colour = "red" if figure.problem else "green"
        click.secho(f"{each.name}{title}", fg=colour, bold=True)
        for line in clean(figure.output).splitlines():
            click.echo(f"    {line}")
        for path in figure.paths:
            click.echo(f"  {path}")
        if figure.problem:
            for line in clean(figure.problem).splitlines():
                click.echo(f"  {line}")
    sys.exit(1 if any(figure.problem for figure in figures) else 0)
