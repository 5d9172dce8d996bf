"""What several commands share: arguments with completion, and a sandbox for the time of a run."""

from __future__ import annotations

import math
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import click

from autograder.errors import GroundupError

if TYPE_CHECKING:
    from autograder.course import Assignment
    from autograder.sandbox import Sandbox

FORMATS = ("terminal", "json")
SANDBOXES = ("auto", "strict", "process")


def complete_assignment(ctx: click.Context, param: object, incomplete: str) -> list[Any]:
    from click.shell_completion import CompletionItem

    from autograder.course import Course

    try:
        names = Course.find().names()
    except GroundupError:
        return []
    return [CompletionItem(name) for name in names if name.startswith(incomplete)]


def complete_task(ctx: click.Context, param: object, incomplete: str) -> list[Any]:
    from click.shell_completion import CompletionItem

    from autograder.course import Course

    try:
        tasks = Course.find().assignment(ctx.params["assignment"]).tasks
    except (GroundupError, KeyError):
        return []
    return [CompletionItem(t.name, help=t.title) for t in tasks if t.name.startswith(incomplete)]


assignment_argument = click.argument("assignment", shell_complete=complete_assignment)


format_option = click.option(
    "--format", "-f", "form", type=click.Choice(FORMATS), default="terminal", show_default=True
)
sandbox_option = click.option(
    "--sandbox",
    "mode",
    type=click.Choice(SANDBOXES),
    default="auto",
    show_default=True,
    help="auto: every protection that is there; strict: all or nothing.",
)


@contextmanager
def opened_sandbox(
    mode: str, assignment: Assignment, *, cpu_seconds: float | None = None
) -> Iterator[Sandbox]:
    """The sandbox starts in the background; the one line says what protection is missing.

    ``cpu_seconds`` of one worker's whole life, where a submission may take longer than usual.
    """
    from autograder.sandbox import Limits, harden_grader, open_sandbox

    harden_grader()
    limits = Limits(memory_bytes=assignment.limits.memory_mb << 20)
    if cpu_seconds is not None:
        limits = replace(limits, cpu_seconds=math.ceil(cpu_seconds))
    with open_sandbox(mode, limits) as sandbox:
        yield sandbox
        missing = {name: why for name, why in sandbox.missing.items() if name != "bubblewrap"}
        if missing:
            reasons = "; ".join(f"no {name} ({why})" for name, why in missing.items())
            click.echo(f"Sandbox weaker than it could be: {reasons}", err=True)
