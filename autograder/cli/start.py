"""The first step and the next one: `grade start`, and `grade` without arguments."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from autograder.cli.common import (
    assignment_argument,
    format_option,
    opened_sandbox,
    sandbox_option,
)

if TYPE_CHECKING:
    from autograder.standing import AssignmentStanding


@click.command()
@assignment_argument
@click.option("--notebook", "only", flag_value=".ipynb", help="Only the notebook.")
@click.option("--py", "only", flag_value=".py", help="Only the Python file.")
@click.option(
    "--to",
    "parent",
    type=click.Path(path_type=Path),
    default=Path(),
    help="Make the folder there instead of in the current folder.",
)
@click.option("--force", is_flag=True, help="Begin anew; your files are kept as .bak.")
def start(assignment: str, only: str | None, parent: Path, force: bool) -> None:
    """Copy ASSIGNMENT's tasks into a folder of its name, for you to write in.

    You get the same tasks as a notebook and as a Python file: use the one you like. A file of yours
    is never overwritten.

    \b
    Examples:
      grade start assignment1
      grade start assignment1 --notebook
      grade start assignment1 --to ~/homework
    """
    from autograder.course import Course
    from autograder.starting import start as begin

    found = Course.find().assignment(assignment)
    suffixes = (".py", ".ipynb") if only is None else (only,)
    done = begin(found, parent, suffixes=suffixes, force=force)
    for path, backup in done.kept:
        click.echo(f"{path} was kept as {backup.name}")
    for path in done.written:
        click.echo(f"{path}: written")
    for path in done.present:
        click.echo(f"{path}: already there")
    files = [done.folder / f"{found.name}{suffix}" for suffix in suffixes]
    inside = "" if parent == Path() else f"   (in {parent})"
    click.echo(
        f"\n{found.title} ({found.title_ko}), {len(found.tasks)} tasks\n"
        f"  1. open   {' or '.join(map(str, files))}\n"
        f"  2. write  task {found.tasks[0].number}, {found.tasks[0].title}, and save\n"
        f"  3. check  grade {found.name} --task {found.tasks[0].name}{inside}\n"
        f"  stuck?    grade hint {found.name} {found.tasks[0].name}"
    )


@click.command()
@click.option("--fresh", is_flag=True, help="Grade again, also what has not changed.")
@format_option
@sandbox_option
def status(fresh: bool, form: str, mode: str) -> None:
    """Show where you stand and what comes next; `grade` alone does the same.

    Counts the public checks of your files in the current folder (or in folders named after the
    assignments). What has not changed is not graded again.

    \b
    Examples:
      grade
      grade status --format json
    """
    from autograder.course import Course
    from autograder.reports.progress import Progress
    from autograder.standing import standing

    progress = Progress()
    try:
        found = standing(
            Course.find(),
            lambda assignment: opened_sandbox(mode, assignment),
            fresh=fresh,
            on_grade=lambda assignment: progress.step(f"grading {assignment.name}"),
        )
    finally:
        progress.done()
    if form == "json":
        import json

        click.echo(json.dumps([_plain(each) for each in found], ensure_ascii=False, indent=2))
        return
    _show(found)


def _plain(each: AssignmentStanding) -> dict[str, object]:
    return {
        "name": each.assignment.name,
        "submission": None if each.path is None else str(each.path),
        "problem": each.problem,
        "score": each.score,
        "max_score": each.max_score,
        "tasks": [
            {"name": t.name, "score": t.score, "max_score": t.max_score, "unwritten": t.unwritten}
            for t in each.tasks
        ],
    }


def _show(found: list[AssignmentStanding]) -> None:
    from autograder.reports.wording import number, one_line

    if all(each.path is None for each in found):
        first = found[0].assignment.name
        click.echo("You have not begun an assignment in this folder yet. Begin with:\n")
        click.secho(f"  grade start {first}", bold=True)
        click.echo("\nAll assignments: grade list. All commands: grade --help")
        return
    width = max(len(each.assignment.name) for each in found)
    titles = max(len(each.assignment.title) for each in found)
    for each in found:
        name, title = each.assignment.name, each.assignment.title
        line = f"{name:<{width}}  {title:<{titles}}  "
        if each.path is None:
            click.secho(f"{line}not begun", dim=True)
        elif each.problem is not None:
            click.secho(f"{line}cannot be graded", fg="red")
        else:
            score = f"{number(each.score)} / {number(each.max_score)}"
            done = sum(task.done for task in each.tasks)
            click.secho(
                f"{line}{score:>9}  {_bar(each.score, each.max_score)}  "
                f"{done} of {len(each.tasks)} tasks",
                fg="green" if each.score >= each.max_score else None,
            )
    click.secho("Points of the public checks.", dim=True)
    click.echo("")
    for each in found:
        if each.problem is not None:
            click.echo(f"{each.assignment.name}: {one_line(each.problem)}")
            click.secho(f"  grade {each.assignment.name}", bold=True)
    _next(found)


def _bar(score: float, most: float) -> str:
    # Rounded down: a bar is full only when nothing is missing.
    filled = int(20 * score / most) if most > 0 else 0
    return "#" * filled + "." * (20 - filled)


def _next(found: list[AssignmentStanding]) -> None:
    for each in found:
        task = each.next_task
        if task is not None:
            what = "write" if task.unwritten else "repair"
            click.echo(f"Next: {what} {task.number} {task.title}")
            click.secho(f"  grade {each.assignment.name} --task {task.name}", bold=True)
            click.secho(f"  grade hint {each.assignment.name} {task.name}", bold=True)
            return
    for each in found:
        if each.path is None:
            click.echo(f"Next: {each.assignment.title}")
            click.secho(f"  grade start {each.assignment.name}", bold=True)
            return
    if all(each.problem is None for each in found):
        click.secho("Every public check of the course passes. Well done!", fg="green")
