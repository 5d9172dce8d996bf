"""Stand-ins for libraries that students import but grading does not need.

Plots and progress bars have no place in the sandbox, yet a submission that draws its loss curve is
not wrong: ``import matplotlib.pyplot as plt`` gives an object whose every attribute and call is
inert. Anything else outside the standard library and NumPy stays missing.
"""

from __future__ import annotations

import importlib.abc
import importlib.machinery
import sys
import types
from collections.abc import Iterator, Sequence
from typing import Any

INERT = frozenset({"matplotlib", "seaborn", "IPython", "mpl_toolkits"})
PROGRESS = "tqdm"


class Inert:
    """Absorbs every attribute, call, item, sum, ``with`` and loop."""

    def __getattr__(self, name: str) -> object:
        return _attribute(name)

    def __call__(self, *args: object, **kwargs: object) -> Inert:
        return Inert()

    def __getitem__(self, key: object) -> Inert:
        return Inert()

    def __setitem__(self, key: object, value: object) -> None:
        """``plt.rcParams["font.family"] = "NanumGothic"`` opens many a notebook."""

    def __delitem__(self, key: object) -> None:
        """Nothing was there."""

    def __len__(self) -> int:
        return 0

    def __bool__(self) -> bool:
        return True

    def _combine(self, other: object = None) -> Inert:
        return Inert()

    __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = __truediv__ = __neg__ = _combine

    def __iter__(self) -> Iterator[Inert]:
        return iter(())

    def __enter__(self) -> Inert:
        return self

    def __exit__(self, *exc: object) -> None:
        return None


#: How many values ``fig, ax = plt.subplots()``, ``line, = ax.plot()`` and the like unpack.
UNPACKED = {"subplots": 2, "plot": 1, "hist": 3}


def _attribute(name: str) -> object:
    if name.startswith("__") and name.endswith("__"):
        raise AttributeError(name)
    if name in UNPACKED:
        return lambda *args, **kwargs: tuple(Inert() for _ in range(UNPACKED[name]))
    return Inert()


def _first(iterable: Any = (), *args: object, **kwargs: object) -> Any:
    """``tqdm(batches)`` is the loop without the bar."""
    return iterable


class InertModule(types.ModuleType):
    """A module that has whatever is asked of it."""

    def __getattr__(self, name: str) -> object:
        return _attribute(name)


class _Finder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Comes last on the import path: a library that is really there wins."""

    def find_spec(
        self,
        fullname: str,
        path: Sequence[str] | None = None,
        target: types.ModuleType | None = None,
    ) -> importlib.machinery.ModuleSpec | None:
        if fullname.partition(".")[0] in INERT | {PROGRESS}:
            return importlib.machinery.ModuleSpec(fullname, self, is_package=True)
        return None

    def create_module(self, spec: importlib.machinery.ModuleSpec) -> types.ModuleType:
        if spec.name.partition(".")[0] != PROGRESS:
            return InertModule(spec.name)
        module: Any = types.ModuleType(spec.name)
        module.tqdm = _first
        module.trange = range
        return module  # type: ignore[no-any-return]

    def exec_module(self, module: types.ModuleType) -> None:
        """Nothing to execute."""


def install() -> None:
    """Append the finder; called in the worker only."""
    sys.meta_path.append(_Finder())
    # The check cells of a notebook are for its reader: here they check nothing.
    sys.modules["autograder.jupyter"] = InertModule("autograder.jupyter")
