"""What can be fetched: files, sizes, checksums, mirrors (datasets/<name>/registry.toml)."""

from __future__ import annotations

import sys
from dataclasses import dataclass

from autograder.data.places import course_file
from autograder.errors import UsageError

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

#: Datasets with a registry.toml.
FETCHABLE = ("mnist",)


@dataclass(frozen=True)
class RemoteFile:
    """One file: ``size`` and ``sha256`` of the .gz, ``unpacked_sha256`` of the IDX in it."""

    name: str
    size: int
    sha256: str
    unpacked_sha256: str

    @property
    def stem(self) -> str:
        """The name without .gz."""
        return self.name.removesuffix(".gz")


@dataclass(frozen=True)
class Registry:
    """What a dataset consists of and where it is served; each mirror ends in a slash."""

    name: str
    title: str
    licence: str
    mirrors: tuple[str, ...]
    files: tuple[RemoteFile, ...]

    @property
    def size(self) -> int:
        """Bytes to download."""
        return sum(file.size for file in self.files)


def read_registry(name: str) -> Registry:
    """The registry of a dataset. Raises `UsageError` if it is none that can be fetched."""
    if name not in FETCHABLE:
        embedded = " (the digits come with the course)" if name.startswith("digits") else ""
        raise UsageError(
            f"There is no dataset {name!r} to fetch{embedded}.",
            f"Can be fetched: {', '.join(FETCHABLE)}. See: grade data list",
        )
    table = tomllib.loads(course_file(f"{name}/registry.toml").read_text(encoding="utf-8"))
    return Registry(
        name=name,
        title=table["title"],
        licence=table["licence"],
        mirrors=tuple(table["mirrors"]),
        files=tuple(RemoteFile(**entry) for entry in table["files"]),
    )
