"""Where data lies: the files that come with the course, and those that were fetched."""

from __future__ import annotations

import os
from pathlib import Path

from autograder import cache
from autograder.errors import CourseError

VARIABLE = "GROUNDUP_DATA"


def course_file(name: str) -> Path:
    """A file of datasets/, in a checkout or in an installed package ("digits/digits.npz")."""
    package = Path(__file__).resolve().parent.parent
    places = (package.parent / "datasets", package / "course_files" / "datasets")
    for place in places:
        if (place / name).is_file():
            return place / name
    raise CourseError(
        f"A file of the course is missing: no {name} in {' or '.join(map(str, places))}.",
        f"Restore datasets/{name}, or install the package again.",
    )


def data_folder() -> Path:
    """The folder for fetched data: $GROUNDUP_DATA, else in the user's cache folder.

    Each dataset has a folder of its name in it. It need not exist yet.
    """
    chosen = os.environ.get(VARIABLE)
    return Path(chosen).expanduser().absolute() if chosen else cache.folder() / "datasets"
