"""`from autograder.given import softmax`: functions of earlier assignments, in our version.

For notebooks and scripts that students run themselves. Names are looked up when they are asked
for, in the course around the current folder; the assignment one stands in comes first. In the
sandbox the worker has its own module of this name, and this file is not visible there.
"""

from __future__ import annotations

import contextlib
import linecache
from functools import lru_cache
from pathlib import Path
from typing import Any

from autograder.course import Assignment, Course
from autograder.errors import CourseError

__all__: list[str]


def __getattr__(name: str) -> Any:
    if name == "__all__":
        return _names()
    if name.startswith("_"):
        # Python itself asks for such names and wants this answer.
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    for assignment in _assignments():
        if name in assignment.given:
            return _run(assignment.name, assignment.given_source)[name]
    # Not AttributeError: `from ... import` would replace its message by one without the names.
    raise ImportError(
        f"{name!r} is not given. Given are: {', '.join(_names()) or 'none in this course'}.",
        name=__name__,
    )


def __dir__() -> list[str]:
    return [*_names(), "__all__", "__doc__", "__name__"]


def _names() -> list[str]:
    return sorted({name for assignment in _assignments() for name in assignment.given})


def _assignments() -> tuple[Assignment, ...]:
    try:
        return _read(Path.cwd())
    except (CourseError, OSError) as error:
        raise ImportError(str(error), name=__name__) from None


@lru_cache(maxsize=4)  # one `from ... import` asks several times
def _read(here: Path) -> tuple[Assignment, ...]:
    course = Course.find(here)
    sides = (course.assignments_folder, course.solutions)

    def elsewhere(name: str) -> bool:
        return not any(side / name in (here, *here.parents) for side in sides)

    found = []
    for name in sorted(course.names(), key=elsewhere):
        # A damaged assignment must not take the functions of the others away.
        with contextlib.suppress(CourseError):
            found.append(course.assignment(name))
    return tuple(found)


@lru_cache(maxsize=32)
def _run(assignment: str, source: str) -> dict[str, Any]:
    """Run the course's own given code (never a student's) and return its namespace."""
    filename = f"<given functions of {assignment}>"
    linecache.cache[filename] = (len(source), None, source.splitlines(keepends=True), filename)
    namespace: dict[str, Any] = {"__name__": "autograder.given", "__file__": filename}
    exec(compile(source, filename, "exec", dont_inherit=True), namespace)
    return namespace
