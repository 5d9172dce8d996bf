"""The command `grade`: reads options, calls the other rooms, prints. It decides nothing.

Modules are imported where they are used: `grade --help` should not wait for NumPy, and while the
sandbox starts in its own process, this one imports pytest.
"""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Callable, Sequence
from typing import Any, NoReturn

import click

from autograder import __version__
from autograder.cli.authors import release, verify
from autograder.cli.common import complete_assignment
from autograder.cli.data import data
from autograder.cli.nbgrader import nbgrader
from autograder.cli.plot import plot
from autograder.cli.reading import completion, hint, list_assignments
from autograder.cli.run import run
from autograder.cli.start import start, status
from autograder.errors import GroundupError, UsageError
from autograder.threads import prefer_one_thread

INTERRUPTED = 130


class AssignmentGroup(click.Group):
    """`grade assignment3` is short for `grade run assignment3`."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and self.get_command(ctx, args[0]) is None and not args[0].startswith("-"):
            args = ["run", *args]
        return super().resolve_command(ctx, args)

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[Any]:
        return [
            *complete_assignment(ctx, None, incomplete),
            *super().shell_complete(ctx, incomplete),
        ]


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
      grade                                where do I stand, what comes next?
      grade start assignment1              get the tasks of assignment 1
      grade assignment3                    check your work on assignment 3
      grade assignment3 --task relu        only one task
      grade hint assignment3 relu          a hint, step by step
      grade list                           all assignments and tasks
    """
    if ctx.invoked_subcommand is None:
        ctx.invoke(status, fresh=False, form="terminal", mode="auto")


for command in (
    start,
    status,
    run,
    list_assignments,
    hint,
    verify,
    release,
    data,
    plot,
    nbgrader,
    completion,
):
    cli.add_command(command)


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Entry point: every expected error becomes two lines and an exit code, never a traceback."""
    prefer_one_thread()
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
        _drop_output()
        return 0
    except OSError as error:  # a full disk behind `grade ... > report.txt`, for example
        _drop_output()
        click.secho(f"Error: {error}", err=True, fg="red")
        return UsageError.exit_code


def _drop_output() -> None:
    """Send what is still buffered nowhere: Python would try again at its exit, and complain."""
    with contextlib.suppress(OSError, ValueError, AttributeError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
