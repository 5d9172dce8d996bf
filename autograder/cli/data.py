"""`grade data`: datasets that are too large to come with the course."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import click

from autograder.cli.common import format_option
from autograder.errors import UsageError

if TYPE_CHECKING:
    from autograder.data.registry import RemoteFile


@click.group()
def data() -> None:
    """Datasets: what is here, where it lies, and how to get more.

    \b
    Examples:
      grade data list
      grade data fetch mnist
      grade data path
    """


@data.command()
@click.argument("name")
@click.option(
    "--from",
    "source",
    type=click.Path(path_type=Path),
    help="Take the files from this folder instead of the network.",
)
@click.option(
    "--to",
    "target",
    type=click.Path(path_type=Path),
    help="Folder for data, in place of the usual one (see: grade data path).",
)
@click.option(
    "--mirror",
    "mirrors",
    multiple=True,
    metavar="URL",
    help="A server to ask instead of the known ones; may be repeated.",
)
def fetch(name: str, source: Path | None, target: Path | None, mirrors: Sequence[str]) -> None:
    """Get the dataset NAME, from the network or from a folder of yours.

    Every file is compared with its known checksum. What broke off is never used: run the command
    again and it goes on with what is missing.

    \b
    Examples:
      grade data fetch mnist
      grade data fetch mnist --from /media/usb/mnist
      grade data fetch mnist --to ~/datasets
      grade data fetch mnist --mirror http://classroom.local/mnist/
    """
    from autograder.data import fetch as fetching
    from autograder.data.places import VARIABLE, data_folder
    from autograder.data.registry import read_registry

    if source is not None and mirrors:
        raise UsageError("--from and --mirror exclude each other.")
    registry = read_registry(name)
    base = data_folder() if target is None else target.expanduser().absolute()
    folder = base / registry.name
    if source is not None:
        arrived = fetching.copy_from(registry, source, folder)
    else:
        bar = DownloadBar(sys.stderr)
        try:
            arrived = fetching.fetch(registry, folder, mirrors=mirrors, on_progress=bar.step)
        finally:
            bar.done()
    for file in arrived:
        click.echo(f"{file}: here, checksum right")
    click.echo(f"{registry.title}\nLicence: {registry.licence}\nFolder: {folder}")
    if not arrived:
        click.echo("All of it was here already.")
    if base != data_folder():
        click.echo(f"So that it is found there: export {VARIABLE}={base}")
    click.echo("In Python: from autograder.data import load_mnist")


class DownloadBar:
    """One line on a terminal: file, bar, per cent. Nothing where nobody looks."""

    WIDTH = 24

    def __init__(self, stream: IO[str]) -> None:
        self._stream = stream
        self._active = stream.isatty()
        self._shown = ""

    def step(self, file: RemoteFile, count: int, mirror: str) -> None:
        share = min(1.0, count / file.size)
        filled = int(self.WIDTH * share)
        text = (
            f"{file.name} [{'#' * filled}{'.' * (self.WIDTH - filled)}] "
            f"{100 * share:3.0f}% of {_size(file.size)}"
        )
        if self._active and text != self._shown:
            self._stream.write("\r" + text.ljust(len(self._shown)))
            self._stream.flush()
            self._shown = text

    def done(self) -> None:
        if self._shown:
            self._stream.write("\r" + " " * len(self._shown) + "\r")
            self._stream.flush()


def _size(count: int) -> str:
    return f"{count / 1e6:.1f} MB" if count >= 1e6 else f"{count / 1e3:.0f} kB"


@data.command("list")
@format_option
def list_datasets(form: str) -> None:
    """List the datasets and say which are on this computer.

    \b
    Example:
      grade data list
    """
    found = _state()
    if form == "json":
        import json

        click.echo(json.dumps(found, ensure_ascii=False, indent=2))
        return
    for entry in found:
        click.secho(f"{entry['name']:<9} {entry['title']}", bold=True)
        click.echo(f"{'':<9} {entry['state']}")


def _state() -> list[dict[str, Any]]:
    from autograder.data.mnist import find_mnist, has_part
    from autograder.data.registry import read_registry

    folder = find_mnist()
    size = _size(read_registry("mnist").size)
    get = f"not on this computer ({size}): grade data fetch mnist"
    complete = folder is not None and has_part(folder, "train")
    only_test = f"only the test images, in {folder}; the rest: grade data fetch mnist"
    here = f"in {folder}"
    path = None if folder is None else str(folder)
    return [
        {
            "name": "digits",
            "title": "1,437 + 360 digits of 8 x 8 pixels",
            "here": True,
            "folder": None,
            "state": "comes with the course: load_digits()",
        },
        {
            "name": "digits28",
            "title": "the same enlarged to MNIST's 28 x 28",
            "here": True,
            "folder": None,
            "state": "comes with the course: load_digits(28)",
        },
        {
            "name": "mnist",
            "title": "60,000 + 10,000 digits of 28 x 28 pixels",
            "here": complete,
            "folder": path,
            "state": get if folder is None else here if complete else only_test,
        },
        {
            "name": "mnist8k",
            "title": "8,000 + 2,000 of MNIST's test images",
            "here": folder is not None,
            "folder": path,
            "state": get if folder is None else here,
        },
    ]


@data.command()
@click.argument("name", required=False)
def path(name: str | None) -> None:
    """Print the folder for fetched data, or the folder of the dataset NAME.

    Without the variable GROUNDUP_DATA it is in your cache folder.

    \b
    Examples:
      grade data path
      ls "$(grade data path mnist)"
    """
    from autograder.data.places import data_folder

    if name is None:
        click.echo(data_folder())
        return
    entries = {entry["name"]: entry for entry in _state()}
    if name not in entries:
        raise UsageError(f"There is no dataset {name!r}.", f"There are: {', '.join(entries)}")
    entry = entries[name]
    if entry["folder"] is None:
        raise UsageError(f"{name} has no folder: {entry['state']}.", "See: grade data list")
    click.echo(entry["folder"])
