"""A line on standard error for work that takes longer than a moment."""

from __future__ import annotations

import sys
import time
from typing import IO

#: Quicker work needs no company.
PATIENCE = 1.0


class Progress:
    """``step("3.8 train")`` shows what is going on, on a terminal only; ``done()`` removes it."""

    def __init__(self, total: int | None = None, stream: IO[str] | None = None) -> None:
        self._stream = sys.stderr if stream is None else stream
        self._active = self._stream.isatty()
        self._start = time.monotonic()
        self._total = total
        self._count = 0
        self._shown = 0

    def step(self, what: str) -> None:
        """One more piece of work begins."""
        self._count += 1
        seconds = time.monotonic() - self._start
        if not self._active or seconds < PATIENCE:
            return
        count = f"{self._count}/{self._total}" if self._total else str(self._count)
        text = f"[{count}, {seconds:.0f} s] {what}"[:78]
        self._stream.write("\r" + text.ljust(self._shown))
        self._stream.flush()
        self._shown = len(text)

    def done(self) -> None:
        """Take the line away again."""
        if self._shown:
            self._stream.write("\r" + " " * self._shown + "\r")
            self._stream.flush()
            self._shown = 0
