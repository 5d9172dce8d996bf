"""Commands that only show something: `grade list`, `grade hint`, `grade completion`."""

from __future__ import annotations

import click

from autograder.cli.common import assignment_argument, complete_task, format_option
from autograder.errors import UsageError


@click.command("list")
@format_option
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
                    {
                        "name": t.name,
                        "number": t.number,
                        "title": t.title,
                        "points": t.points,
                        "hidden_points": t.hidden_points,
                    }
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


@click.command()
@assignment_argument
@click.argument("task", shell_complete=complete_task)
@click.option(
    "--level",
    "-l",
    default="1",
    show_default=True,
    help="1 gives the direction, 2 the method, 3 almost the code; or a hint's id.",
)
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


@click.command()
@click.argument("shell", type=click.Choice(("bash", "zsh", "fish")))
@click.pass_context
def completion(ctx: click.Context, shell: str) -> None:
    """Print the code that completes `grade` in your SHELL.

    \b
    Example:
      eval "$(grade completion bash)"
    """
    from click.shell_completion import get_completion_class

    found = get_completion_class(shell)
    assert found is not None
    click.echo(found(ctx.find_root().command, {}, "grade", "_GRADE_COMPLETE").source())
