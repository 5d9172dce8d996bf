"""For those who write assignments: `grade verify` and `grade release`."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

import click

from autograder.cli.common import complete_assignment, format_option, opened_sandbox, sandbox_option


@click.command()
@click.argument("assignments", nargs=-1, shell_complete=complete_assignment)
@click.option(
    "--seeds",
    type=click.IntRange(1, 10_000),
    default=1,
    show_default=True,
    help="Repeat with this many seeds; all must agree.",
)
@format_option
@sandbox_option
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
        with opened_sandbox(mode, assignment) as sandbox:
            try:
                results.append(
                    verify_assignment(
                        course, assignment, sandbox, seeds=seeds, on_step=progress.step
                    )
                )
            finally:
                progress.done()
    click.echo(to_json(results) if form == "json" else render(results), nl=False)
    sys.exit(0 if all(result.ok for result in results) else 1)


@click.command()
@click.argument("assignments", nargs=-1, shell_complete=complete_assignment)
@click.option(
    "--output",
    "-o",
    type=click.Path(path_type=Path),
    help="Folder to write to (default: assignments/).",
)
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
