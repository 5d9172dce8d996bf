"""`grade nbgrader`: results of `grade` in nbgrader's gradebook. The rest is nbgrader's own."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from autograder.cli.common import assignment_argument, opened_sandbox, sandbox_option
from autograder.errors import UsageError

EXTRA = 'pip install "groundup[nbgrader]"'


@click.group(short_help="Work with nbgrader's gradebook.")
def nbgrader() -> None:
    """Work with nbgrader's gradebook. For instructors; docs/nbgrader.md is the manual.

    `nbgrader autograde assignment3` grades by the same checks; this writes results into the
    gradebook that were made without it.

    \b
    Example:
      grade nbgrader sync assignment3 --results results/
    """


@nbgrader.command()
@assignment_argument
@click.option(
    "--results",
    "-r",
    multiple=True,
    type=click.Path(path_type=Path, exists=True),
    help="A JSON report, or a folder of them; may be repeated.",
)
@click.option(
    "--submission",
    "-s",
    type=click.Path(path_type=Path, exists=True),
    help="Grade this now, for the one --student.",
)
@click.option("--student", multiple=True, help="Only this student; may be repeated.")
@sandbox_option
def sync(
    assignment: str,
    results: Sequence[Path],
    submission: Path | None,
    student: Sequence[str],
    mode: str,
) -> None:
    """Write results for ASSIGNMENT into the gradebook, where formgrader and export see them.

    A report belongs to the student that its file is named after (alice.json), or its folder
    (alice/report.json). Doing it twice changes nothing.

    \b
    Examples:
      grade nbgrader sync assignment3 --results reports/
      grade nbgrader sync assignment3 --submission alice.py --student alice
    """
    from autograder.course import Course

    course = Course.find()
    if not course.is_staff:
        raise UsageError(
            "Only an instructor's checkout has a gradebook.", "Run it where solutions/ is."
        )
    found = course.assignment(assignment)
    if bool(results) == (submission is not None):
        raise UsageError(
            "Say either which --results to write or which --submission to grade.",
            f"For example: grade nbgrader sync {found.name} --results reports/",
        )
    try:
        from autograder.nbgrader.sync import Registrar, demand_student, read_results
    except ModuleNotFoundError as error:
        if (error.name or "").startswith("autograder"):
            raise
        raise UsageError(f"nbgrader is not installed (no {error.name}).", EXTRA) from None
    if submission is None:
        reports = read_results(results, found)
        unknown = set(student) - reports.keys()
        if unknown:
            raise UsageError(
                f"There is no result of {', '.join(sorted(unknown))}.",
                f"There are results of: {', '.join(sorted(reports))}",
            )
        reports = {name: reports[name] for name in sorted(student or reports)}
        registrar = Registrar(found)
    else:
        if len(student) != 1:
            raise UsageError("Say whose submission it is.", "Add: --student NAME")
        demand_student(student[0])
        registrar = Registrar(found)  # finds a missing gradebook before the work
        from autograder.grading import grade
        from autograder.reports.json import to_dict
        from autograder.submission import find_submission, read_submission

        work = read_submission(find_submission(found, submission), found)
        with opened_sandbox(mode, found) as sandbox:
            reports = {student[0]: to_dict(grade(found, work, sandbox))}
    for name, report in reports.items():
        click.echo(f"{name}: {registrar.write(name, report):g} points")
