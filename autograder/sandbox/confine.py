"""A process puts the layers on itself, from the weakest to the strongest.

Runs in every worker, before any line of the student's. The order matters:
changing the user needs rights that later steps take away, the limits must not
stop the set-up itself, and the system call filter comes last because it
refuses the calls that the other layers are made of.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Collection, Mapping
from typing import Any

from autograder.sandbox import environment, identity, rlimits, visible
from autograder.sandbox.limits import Limits

if sys.platform == "linux":
    from autograder.sandbox import landlock, linux, seccomp


class ConfinementError(Exception):
    """A layer that is required cannot be had here."""


class Plan:
    """Which layers a worker shall wear, with what can be prepared before it exists.

    Args (all from the launcher's configuration, see launch.py):
        requested: names of layers to put on where possible
        required: those without which no worker may run
        limits: fields of `Limits`
        numpy_parent: the folder that contains numpy
    """

    def __init__(
        self,
        requested: Collection[str],
        required: Collection[str],
        limits: Mapping[str, int],
        numpy_parent: str,
    ) -> None:
        self.requested = frozenset(requested)
        self.required = frozenset(required)
        self.limits = Limits(**limits)
        self.missing: dict[str, str] = {}
        self.ruleset: int | None = None
        self.program: bytes | None = None
        readable = visible.readable(numpy_parent)
        if self._possible("landlock", "it exists on Linux only"):
            self._prepare_landlock(readable)
        if self._possible("seccomp", "it exists on Linux only"):
            self._prepare_seccomp()
        # Passing through root's private folders is harmless only below Landlock.
        self.keep_read_search = (
            self.ruleset is not None
            and identity.holds_read_search()
            and not identity.passable(
                [*visible.standard_library(), *visible.numpy_folders(numpy_parent)]
            )
        )

    def _possible(self, layer: str, reason: str) -> bool:
        if layer not in self.requested:
            return False
        if sys.platform == "linux":
            return True
        self._miss(layer, reason)
        return False

    def _prepare_landlock(self, readable: list[str]) -> None:
        try:
            self.ruleset = landlock.build_ruleset(readable, (visible.NULL_DEVICE,))
        except OSError as error:
            self._miss("landlock", str(error))

    def _prepare_seccomp(self) -> None:
        if seccomp.supported():
            self.program = seccomp.build_program()
        else:
            self._miss("seccomp", f"no list of system calls for {os.uname().machine}")

    def _miss(self, layer: str, reason: str) -> None:
        if layer in self.required:
            raise ConfinementError(f"{layer}: {reason}")
        self.missing[layer] = reason


def confine(plan: Plan, keep: Collection[int], parent: int | None = None) -> dict[str, Any]:
    """Put the plan's layers on this process; only the descriptors `keep` stay open.

    `parent` is the process whose death shall end this one (Linux). Returns
    {"layers": names in force, "missing": {name: why}}. Raises ConfinementError
    for a required layer; the process must then end without running anything.
    """
    in_force = ["process"]
    missing = dict(plan.missing)

    def wear(layer: str, put_on: Callable[[], None]) -> bool:
        if layer not in plan.requested:
            return False
        try:
            put_on()
        except (OSError, ValueError) as error:
            if layer in plan.required:
                raise ConfinementError(f"{layer}: {error}") from error
            missing[layer] = str(error)
            return False
        in_force.append(layer)
        return True

    wear("environment", environment.clean)
    wear("descriptors", lambda: _close_descriptors({*keep, plan.ruleset or 0}))
    if hasattr(os, "geteuid"):
        wear("non_root", lambda: identity.become_nobody(plan.keep_read_search))
    elif "non_root" in plan.requested:
        missing["non_root"] = "there are no user ids here"
    if rlimits.available():
        wear("rlimits", lambda: rlimits.apply(plan.limits))
    elif "rlimits" in plan.requested:
        missing["rlimits"] = "this system has no resource limits"
    if sys.platform == "linux":
        _confine_linux(plan, wear, parent)
    unmet = plan.required - set(in_force)
    if unmet:
        raise ConfinementError(f"{', '.join(sorted(unmet))}: not in force")
    return {"layers": in_force, "missing": missing}


def _confine_linux(
    plan: Plan, wear: Callable[[str, Callable[[], None]], bool], parent: int | None
) -> None:
    linux.make_undumpable()
    if parent is not None:
        linux.die_with_parent(parent)
    wear("no_new_privs", linux.no_new_privileges)
    ruleset, program = plan.ruleset, plan.program
    landlocked = False
    if ruleset is not None:
        landlocked = wear("landlock", lambda: landlock.restrict_self(ruleset))
        os.close(ruleset)
    if plan.keep_read_search and not landlocked:
        identity.set_capabilities(0)
    if program is not None:
        wear("seccomp", lambda: seccomp.install(program))


def _close_descriptors(keep: Collection[int]) -> None:
    """Close everything but `keep` and the standard three (which are the null device)."""
    start = 3
    for fd in sorted(keep):
        if fd >= start:
            os.closerange(start, fd)
            start = fd + 1
    os.closerange(start, _highest_descriptor())


def _highest_descriptor() -> int:
    try:
        limit = os.sysconf("SC_OPEN_MAX")
    except (ValueError, OSError, AttributeError):
        limit = 1024
    return min(max(limit, 1024), 1 << 16)
