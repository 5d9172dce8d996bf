"""The proofs of `grade verify` as a table, or as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # a report format knows results; the proof's shape is the only thing of verify's
    from autograder.verify import Proof, TaskProof

HEADINGS = (
    *("task", "public", "hidden", "advice", "killed", "diagnosed", "from public"),
    *("checks kill", "right variants", "hints"),
)
MAX_PROBLEMS = 40


def render(proofs: Iterable[Proof]) -> str:
    """One table an assignment, then what does not hold."""
    return "\n".join(_render(proof) for proof in proofs)


def _render(proof: Proof) -> str:
    rows = [HEADINGS, *(_row(f"{t.number} {t.name}", [t]) for t in proof.tasks)]
    rows.append(_row("total", proof.tasks))
    widths = [max(len(row[column]) for row in rows) for column in range(len(HEADINGS))]
    lines = [f"{proof.assignment}  {proof.title}  (seeds: {proof.seeds})"]
    for row in rows:
        cells = [row[0].ljust(widths[0])]
        cells += [cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True)]
        lines.append("  ".join(cells))
    lines += [f"unsteady: {line}" for line in proof.unsteady]
    lines += [f"PROBLEM: {line}" for line in proof.problems[:MAX_PROBLEMS]]
    if len(proof.problems) > MAX_PROBLEMS:
        lines.append(f"... and {len(proof.problems) - MAX_PROBLEMS} more problems")
    if proof.ok:
        lines.append(
            "ok: solution 100 %, stub 0, every misconception killed, every check kills one, "
            "every right variant passes, hints resolve, public checks stand alone, files current"
        )
    return "\n".join(lines) + "\n"


def _row(name: str, tasks: Sequence[TaskProof]) -> tuple[str, ...]:
    def total(field: str) -> int:
        return sum(getattr(task, field) for task in tasks)

    checks = total("public") + total("hidden")
    return (
        name,
        str(total("public")),
        str(total("hidden")),
        str(total("advice")),
        f"{total('killed')}/{total('misconceptions')}",
        f"{total('diagnosed')}/{total('misconceptions')}",
        f"{total('diagnosed_public')}/{total('public_killed')}",
        f"{total('checks_that_kill')}/{checks}",
        f"{total('passing_alternatives')}/{total('alternatives')}",
        str(total("hints")),
    )


def to_json(proofs: Iterable[Proof]) -> str:
    """The proofs as one JSON array."""
    return (
        json.dumps([{**asdict(p), "ok": p.ok} for p in proofs], ensure_ascii=False, indent=2) + "\n"
    )
