"""`--format terminal`: what a student reads after every attempt.

One section a task, one line a check; under a check that did not pass the reason, then what a
tutor would say. Everything is printed as `rich.text.Text`, never as markup, because titles may
hold brackets and messages hold what students wrote. Only rich.console and rich.text are used:
tables, panels and progress bars would double the import time of the whole command.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import IO, TYPE_CHECKING

from autograder.reports.wording import (
    clean,
    is_unwritten,
    message,
    number,
    one_line,
    plural,
)
from autograder.results import CheckResult, Diagnosis, Report, Status, TaskResult

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

MAX_WIDTH = 96  # Longer lines are hard to read, however wide the window is.

_SYMBOLS = {"pass": "✔", "fail": "✘", "todo": "…", "note": "•", "bar": "│", "on": "█", "off": "░"}
_ASCII = {"pass": "+", "fail": "x", "todo": ".", "note": "*", "bar": "|", "on": "#", "off": "-"}

# An index such as [0, 2] or a number such as -1.5e-07, so that the eye finds both values.
_NUMBERS = r"\[\d+(?:, ?\d+)*\]|(?<![\w.])[-+]?\d+\.?\d*(?:[eE][-+]?\d+)?(?![\w])"


def make_console(file: IO[str] | None = None) -> Console:
    """A console for `render`; plain text when piped, and no colour where NO_COLOR is set."""
    from rich.console import Console

    return Console(file=file, highlight=False, markup=False, emoji=False)


def render(report: Report, console: Console) -> None:
    """Print `report` on `console`."""
    _Printer(report, console).run()


class _Printer:
    def __init__(self, report: Report, console: Console) -> None:
        self.report = report
        self.console = console
        self.width = max(40, min(console.width, MAX_WIDTH))
        self.in_section = True
        self.encoding = console.encoding or "ascii"
        self.symbols = _SYMBOLS if self.writable("".join(_SYMBOLS.values())) else _ASCII

    def run(self) -> None:
        report = self.report
        self.line(f"{self.title(report.title)} ({report.assignment})", style="bold")
        self.line(self.path(), style="dim")
        for task in report.tasks:
            self.task(task)
        self.blank()
        for note in report.notes:
            self.block(clean(note), first=f"{self.symbols['note']} ", rest="  ")
        self.total()
        self.next_step()

    # --- one task -------------------------------------------------------------------------

    def task(self, task: TaskResult) -> None:
        score = f"{number(task.score)} / {number(task.max_score)}"
        if is_unwritten(task):
            title = f"{self.symbols['todo']} {self.title(task.title)}: not written yet"
            if self.in_section:
                self.blank()
            self.in_section = False
            self.row(title, score, style="dim")
            return
        self.in_section = True
        self.blank()
        self.row(self.title(task.title), score, style="bold")
        told: set[tuple[str, ...]] = set()
        for check in task.checks:
            self.check(check, told)
        if any(check.status is not Status.PASSED and check.counts for check in task.checks):
            command = f"grade hint {self.report.assignment} {task.name}{_level(task)}"
            self.line(f"    Stuck? {command}", style="cyan")

    def check(self, check: CheckResult, told: set[tuple[str, ...]]) -> None:
        """One check; `told` holds the diagnoses that this task has already been given."""
        passed = check.status is Status.PASSED
        if check.advisory:
            if not passed:
                self.row(self.title(check.title), "advice", "note", "yellow", style="yellow")
                self.block(message(check), first="      ", rest="      ")
            return
        symbol, colour = "pass" if passed else "fail", "green" if passed else "red"
        if check.category == "not_implemented" or check.status is Status.SKIPPED:
            symbol, colour = "todo", "dim"
        elif check.status is Status.GRADER_FAULT:
            symbol, colour = "note", "magenta"
        points = number(check.points) if passed else f"{number(check.points)}/"
        points += "" if passed else number(check.max_points)
        title = self.title(check.title) + (" (hidden)" if check.hidden else "")
        self.row(title, points, symbol, colour)
        if passed:
            return
        self.block(message(check), first="      ", rest="      ", values=_has_gradient(check))
        if check.diagnosis is not None:
            self.diagnosis(check.diagnosis, told)

    def diagnosis(self, diagnosis: Diagnosis, told: set[tuple[str, ...]]) -> None:
        margin = f"      {self.symbols['bar']} "
        if diagnosis.ids in told:
            self.line(f"{margin}The same mistake as above.", style="yellow")
            return
        told.add(diagnosis.ids)
        if diagnosis.one_of:
            self.line(f"{margin}This looks like one of:", style="yellow")
        bullet, indent = (f"{self.symbols['note']} ", "  ") if diagnosis.one_of else ("", "")
        korean = list(diagnosis.sentences_ko) + [""] * len(diagnosis.sentences)
        for sentence, translation in zip(diagnosis.sentences, korean, strict=False):
            self.block(clean(sentence), first=margin + bullet, rest=margin + indent, style="yellow")
            if translation and self.writable(translation):
                rest = margin + indent
                self.block(clean(translation), first=rest, rest=rest, style="dim")

    # --- the end --------------------------------------------------------------------------

    def total(self) -> None:
        report = self.report
        score, most = report.score, report.max_score
        words = f"Score {number(score)} / {number(most)}  "
        length = min(30, self.width - len(words))
        # Rounded down: a bar is full only when nothing is missing.
        filled = int(length * score / most) if most > 0 else 0
        bar = self.symbols["on"] * filled + self.symbols["off"] * (length - filled)
        done = "green" if score >= most > 0 else "bold"
        self.line(words + bar, style=done)
        if report.hidden_points > 0:
            self.block(
                f"{plural(report.hidden_points, 'more point')} in hidden checks, which your "
                "instructor runs.",
                style="dim",
            )
        facts = [f"{report.seconds:.1f} s", f"seed {report.seed}", *_sandbox(report)]
        self.block(one_line("; ".join(facts)), style="dim")

    def next_step(self) -> None:
        report = self.report
        statuses = {check.status for check in report.checks}
        if Status.GRADER_FAULT in statuses:
            self.block(
                "The grader itself failed in at least one check. Please show this page to your "
                "instructor; those checks cost you nothing.",
                style="magenta",
            )
        unwritten = None
        for task in report.tasks:
            open_checks = [c for c in task.checks if c.counts and c.status is not Status.PASSED]
            if not open_checks:
                continue
            if not is_unwritten(task):
                return self.step(f"Next: fix {self.title(task.title)}, then", self.again(task))
            unwritten = unwritten or task
        if unwritten is not None:
            command = f"grade hint {report.assignment} {unwritten.name}"
            return self.step(f"Next: write {self.title(unwritten.title)}. A first hint:", command)
        if Status.GRADER_FAULT not in statuses and report.checks:
            self.line("Every check that runs here passes. Well done!", style="green")

    def step(self, words: str, command: str) -> None:
        # The command stands on a line of its own, whole, so that it can be copied.
        self.block(words)
        self.line(f"  {command}", style="bold cyan")

    def again(self, task: TaskResult) -> str:
        command = f"grade {self.report.assignment} --task {task.name}"
        path = self.path()
        # In the assignment's own folder the file is found without being named.
        if Path(path).parent.name == self.report.assignment:
            return command
        return f"{command} --submission {shlex.quote(path)}"

    def path(self) -> str:
        """The submission, from the current folder if it lies there."""
        path = Path(self.report.submission)
        if path.is_absolute() and path.is_relative_to(Path.cwd()):
            path = path.relative_to(Path.cwd())
        return one_line(str(path))

    # --- printing -------------------------------------------------------------------------

    def writable(self, text: str) -> bool:
        try:
            text.encode(self.encoding)
        except (UnicodeError, LookupError):
            return False
        return True

    def title(self, words: str) -> str:
        """A title, without the Korean in brackets where the terminal cannot show it."""
        words = one_line(words)
        if self.writable(words):
            return words
        return re.sub(r" ?\([^()]*[^\x00-\x7f][^()]*\)", "", words)

    def text(self, words: str, style: str = "") -> Text:
        from rich.text import Text

        if not self.writable(words):
            words = words.encode("ascii", "backslashreplace").decode("ascii")
        return Text(words, style=style)

    def blank(self) -> None:
        self.console.print()

    def line(self, words: str, style: str = "") -> None:
        """One line that the terminal may wrap but that we do not break."""
        self.console.print(self.text(words, style), soft_wrap=True)

    def row(
        self, words: str, right: str, symbol: str = "", colour: str = "", style: str = ""
    ) -> None:
        """`words`, folded, with `right` at the right edge of the first line."""
        from rich.text import Text

        first = self.text(f"  {self.symbols[symbol]} " if symbol else "", colour)
        rest = " " * len(first)
        width = max(20, self.width - len(first) - len(right) - 2)
        for at, piece in enumerate(self.fold(self.text(words, style), width)):
            out = Text.assemble(first if at == 0 else rest, piece)
            if at == 0:
                gap = self.width - out.cell_len - len(right)
                out = Text.assemble(out, " " * gap, self.text(right, style or colour))
            self.console.print(out, soft_wrap=True)

    def block(
        self, words: str, *, first: str = "", rest: str = "", style: str = "", values: bool = False
    ) -> None:
        """Lines of `words`, folded to the width, each behind the margin `first` or `rest`."""
        from rich.text import Text

        margin = first
        for raw in words.split("\n"):
            text = self.text(raw, "bold" if values else style)
            if values:
                text.highlight_regex(_NUMBERS, style="cyan")
            for piece in self.fold(text, max(20, self.width - len(first))) or [Text()]:
                self.console.print(Text.assemble(self.text(margin, style), piece), soft_wrap=True)
                margin = rest

    def fold(self, text: Text, width: int) -> Iterable[Text]:
        pieces = list(text.wrap(self.console, width, overflow="fold"))
        for piece in pieces:
            piece.rstrip()
        return pieces


def _has_gradient(check: CheckResult) -> bool:
    return not check.hidden and check.category == "gradient"


def _level(task: TaskResult) -> str:
    """The hint that the first diagnosis recommends; without one the hints begin at the first."""
    for check in task.checks:
        diagnosis = check.diagnosis
        if diagnosis and diagnosis.hint and not check.hidden:
            return f" --level {shlex.quote(one_line(diagnosis.hint))}"
    return ""


def _sandbox(report: Report) -> list[str]:
    """The protection that was on, in a few words; nothing if the report does not say."""
    facts = report.sandbox
    layers = [name for name, on in facts.items() if on is True]
    if not layers:
        return []
    words = f"sandbox {facts.get('mode', 'on')}: {plural(len(layers), 'layer')}"
    missing = facts.get("missing")
    if isinstance(missing, Mapping) and missing:
        words += f", without {', '.join(map(str, missing))}"
    return [words]
