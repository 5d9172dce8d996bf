"""Which known mistake does a failing submission contain?

The failing check is replayed on each wrong implementation that the task lists; where one of them
answers exactly as the student's code did (see :mod:`autograder.transcript`) and fails as well, the
student most likely made that mistake, and its sentence is shown. Matching on outputs rather than
on which checks fail is what keeps the sentences true: a check may fail for many reasons.

In a student's copy the wrong implementations are absent; the release stored their fingerprints
for the public checks at the default seed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from autograder import cache, programs
from autograder.course import Assignment, Task
from autograder.plugin import Check, CheckRunner, Context, ReferenceLoader, collect_and_run
from autograder.results import Diagnosis
from autograder.student import LocalChannel, Session
from autograder.transcript import Fingerprint

DEFAULT_SEED = 0
#: Replays run in this process on our own code; the limit only guards against an author's slip.
REPLAY_SECONDS = 60.0


@dataclass(frozen=True)
class Evidence:
    """What the student's code did in one failing check."""

    check: Check
    fingerprint: Fingerprint
    suggested: str | None


class Diagnoser:
    """Knows how every misconception of an assignment answers every check; remembers it by seed.

    ``on_step`` is told of each replay: on large data the first failing check takes minutes.
    """

    def __init__(
        self, assignment: Assignment, on_step: Callable[[str], None] = lambda what: None
    ) -> None:
        self._assignment = assignment
        self._on_step = on_step
        self._reference = ReferenceLoader(lambda: programs.solution(assignment))
        self._known: dict[tuple[str, str, int], dict[str, Fingerprint]] = {}

    def diagnose(self, evidence: list[Evidence], seed: int) -> dict[str, Diagnosis]:
        """Diagnoses of the failing checks of one task, by check name.

        A check that names the mistake itself is believed, and then nothing is replayed for its
        neighbours: most likely they fail for the same reason, but that is not known. Where
        several mistakes explain one check, those are preferred that explain the most of the other
        failing checks too.
        """
        named = [item for item in evidence if item.suggested in item.check.task.misconceptions]
        candidates = {item.check.name: self._candidates(item, seed) for item in (named or evidence)}
        votes: dict[str, int] = {}
        for ids in candidates.values():
            for name in ids:
                votes[name] = votes.get(name, 0) + 1
        found = {}
        for item in evidence:
            ids = candidates.get(item.check.name, [])
            if ids:
                most = max(votes[name] for name in ids)
                best = tuple(name for name in ids if votes[name] == most)
                found[item.check.name] = describe(item.check.task, best)
        return found

    def _candidates(self, item: Evidence, seed: int) -> list[str]:
        if item.suggested is not None and item.suggested in item.check.task.misconceptions:
            return [item.suggested]
        known = self.fingerprints(item.check, seed)
        return [
            name for name, fingerprint in known.items() if fingerprint.matches(item.fingerprint)
        ]

    def fingerprints(self, check: Check, seed: int) -> Mapping[str, Fingerprint]:
        """How each misconception of the task fails the check; those that pass it are absent."""
        key = (check.task.name, check.name, seed)
        if key not in self._known:
            self._known[key] = (
                _shipped(check, seed) if check.task.variants is None else self._replay(check, seed)
            )
        return self._known[key]

    def _replay(self, check: Check, seed: int) -> dict[str, Fingerprint]:
        """Run the misconceptions, or remember having run them: some of them train networks."""
        name = cache.key(self._sources, check.task.name, check.name, str(seed))
        stored = cache.load("fingerprints", name)
        if not isinstance(stored, dict):
            found = self._run_misconceptions(check, seed)
            cache.save("fingerprints", name, {key: f.to_json() for key, f in found.items()})
            return found
        return {key: Fingerprint.from_json(data) for key, data in stored.items()}

    @cached_property
    def _sources(self) -> str:
        """A hash of all that a replay depends on: the assignment's files, the engine, NumPy."""
        assert self._assignment.source is not None
        engine = Path(__file__).parent
        # assignment.toml names the dataset that the checks train on.
        files = sorted(self._assignment.source.rglob("*.py"))
        files.append(self._assignment.source / "assignment.toml")
        files += [engine / "transcript.py", engine / "worker.py", engine / "diagnosis.py"]
        files += sorted((engine / "student").glob("*.py"))
        files += sorted((engine / "authoring").glob("*.py"))
        return cache.key_of_files(files, np.__version__, self._assignment.given_source)

    def _run_misconceptions(self, check: Check, seed: int) -> dict[str, Fingerprint]:
        found = {}
        task = check.task
        for number, name in enumerate(task.misconceptions, 1):
            self._on_step(
                f"{task.number} {task.name}: learning known mistake {number} of "
                f"{len(task.misconceptions)}, this time only"
            )
            program = programs.variant(self._assignment, check.task, name)
            limits = {"check_seconds": REPLAY_SECONDS, "submission_seconds": REPLAY_SECONDS}
            with Session(LocalChannel, program, **limits) as session:
                context = Context(self._assignment, check, session, seed, self._reference)
                session.begin_check(context.seed)
                try:
                    context.call(check)
                except Exception:
                    found[name] = session.transcript.fingerprint()
        return found


def describe(task: Task, ids: tuple[str, ...]) -> Diagnosis:
    """The sentences for these misconceptions of a task."""
    entries: list[Mapping[str, Any]] = [task.misconceptions[name] for name in ids]
    return Diagnosis(
        ids=ids,
        sentences=tuple(str(entry["sentence"]) for entry in entries),
        sentences_ko=tuple(str(entry["ko"]) for entry in entries),
        hint=str(entries[0]["hint"]) or None,
    )


def _shipped(check: Check, seed: int) -> dict[str, Fingerprint]:
    if seed != DEFAULT_SEED:
        return {}
    entries = check.task.fingerprints.get(check.name, {})
    return {name: Fingerprint.from_json(data) for name, data in entries.items()}


def shipped_fingerprints(assignment: Assignment, task: Task) -> dict[str, dict[str, list[Any]]]:
    """For a release: how the misconceptions of a task fail its public checks, by check name."""
    found: dict[str, dict[str, list[Any]]] = {}

    def body(runner: CheckRunner) -> None:
        diagnoser = Diagnoser(assignment)
        for check in runner.checks[task.name]:
            if not check.mark.hidden and not check.mark.advisory:
                known = diagnoser.fingerprints(check, DEFAULT_SEED)
                found[check.name] = {name: print_.to_json() for name, print_ in known.items()}

    collect_and_run(assignment, [task], body)
    return found
