"""A course with one assignment of two tasks, small enough to see through, for tests."""

from __future__ import annotations

from pathlib import Path

TOML = """\
title = "Tiny"
title_ko = "작은 과제"
tasks = ["double", "halve"]
dataset = "digits"
given = ["shift"]
[limits]
check_seconds = 2.5
"""

INTRO = """\
# %% [markdown]
# # Assignment 7: Tiny
#
# Welcome.

# %%
import numpy as np

from autograder.given import shift

# %% [markdown] tags=["experiment"]
# ## Experiments

# %% tags=["experiment"]
print(double(2))
"""

GIVEN = '''\
"""What was made before."""

import numpy as np


def shift(x):
    """Move x by one."""
    # one step
    text = """kept # here

    too"""
    return np.asarray(x) + 1 + 0 * len(text)  # done
'''

DOUBLE = '''\
# %% [markdown]
# ## Doubling (두 배)
#
# Return twice x.

# %%
def double(x):
    """Twice x."""
    scale = 2
    ### BEGIN SOLUTION
    secret_sum = x + x * (scale - 1)
    if scale:
        secret_sum = secret_sum + 0
    ### END SOLUTION
    return secret_sum


class Doubler:
    def apply(self, x):
        ### BEGIN SOLUTION
        return double(x) * np.ones_like(x)
        ### END SOLUTION
'''

DOUBLE_CHECKS = '''\
"""Checks of double; the docstring is for authors."""

from __future__ import annotations

import numpy as np
import pytest

from autograder.authoring import assert_close, require

# shared by all
LIMIT = 1e-9
HIDDEN_INPUT = [3, 1, 4]


def helper(x):
    return np.asarray(x) * LIMIT


def hidden_helper(x):
    require(len(x) == 3, "secret message")
    return HIDDEN_INPUT


# two and two
@pytest.mark.points(3)
def test_example(student):
    """Two becomes four.

    More text.
    """
    hidden_helper = 4  # a local of the same name
    assert_close(student.double(2), hidden_helper)


@pytest.mark.points(4.5)
@pytest.mark.hidden("other numbers")
def test_secret(student, reference):
    """Secret."""
    assert_close(student.double(HIDDEN_INPUT), hidden_helper(HIDDEN_INPUT))


@pytest.mark.advice("keep x as it is")
def test_leaves_x(student):
    """x stays."""
    helper(student.double(1))
'''

VARIANTS = """\
from autograder.authoring import alternative, misconception


@misconception("You return x itself.", ko="x를 그대로", killed_by="test_example", hint="way")
def identity(student):
    student.double = lambda x: x


@alternative("a loop")
def loop(student):
    pass
"""

HINTS = """\
# Hints

## way
Think of a sum.

## code
```python
## not a heading
```
Nearly there.
"""

HALVE = """\
# %% [markdown]
# ## Halving
#
# Return half of x.

# %%
def halve(x):
    ### BEGIN SOLUTION
    return x / 2.0 + 0.0
    ### END SOLUTION
"""

HALVE_CHECKS = '''\
import pytest


@pytest.mark.points(1)
def test_example(student):
    """Four becomes two."""
    assert student.halve(4) == 2
'''


def write_course(root: Path) -> Path:
    """Write the staff's side of the course below root; return solutions/assignment7."""
    folder = root / "solutions" / "assignment7"
    files = {
        "assignment.toml": TOML,
        "intro.py": INTRO,
        "given.py": GIVEN,
        "double/task.py": DOUBLE,
        "double/checks.py": DOUBLE_CHECKS,
        "double/variants.py": VARIANTS,
        "double/hints.md": HINTS,
        "halve/task.py": HALVE,
        "halve/checks.py": HALVE_CHECKS,
        "halve/variants.py": VARIANTS,
        "halve/hints.md": HINTS,
    }
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def edit(path: Path, old: str, new: str) -> None:
    """Replace a text that must be there."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
