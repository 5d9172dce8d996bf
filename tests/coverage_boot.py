"""Runs in place of boot.py while coverage is measured: notes which lines a sandbox ran.

A sandbox cannot be measured as other processes are: it sees no installed packages, opens no file,
and most workers end by a signal. So a trace function of our own writes each jump from line to line,
once, into a file that is mapped into memory before the process is confined. A mapping needs no
descriptor and survives any end. measure_coverage.py copies this script into the folder that it
later reads.
"""

from __future__ import annotations

import dis
import json
import mmap
import os
import struct
import sys
from pathlib import Path
from types import FrameType
from typing import Any

FOLDER = Path(__file__).resolve().parent
SIZE = 1 << 18
RECORD = struct.Struct("<Hhh")  # 1 + number of the file, from line, to line; a 0 ends the list
RETURNS = {dis.opmap[name] for name in ("RETURN_VALUE", "RETURN_CONST") if name in dis.opmap}


def engine_files(engine: Path) -> list[str]:
    """The files that are measured, in an order on which writer and reader agree."""
    return sorted(map(str, (engine / "autograder").rglob("*.py")))


class Recorder:
    def __init__(self, files: list[str]) -> None:
        self._numbers = {name: number for number, name in enumerate(files, 1)}
        self._seen: set[tuple[int, int, int]] = set()
        self.open()

    def open(self) -> None:
        """A file of this process's own; called again in every fork."""
        path = FOLDER / f"{os.urandom(8).hex()}.arcs"
        fd = os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600)
        os.ftruncate(fd, SIZE)
        self._memory = mmap.mmap(fd, SIZE)
        os.close(fd)
        self._offset = 0

    def mark(self, number: int, start: int, end: int) -> None:
        arc = (number, start, end)
        if arc not in self._seen and self._offset < SIZE - RECORD.size:
            self._seen.add(arc)
            RECORD.pack_into(self._memory, self._offset, *arc)
            self._offset += RECORD.size

    def trace(self, frame: FrameType, event: str, arg: object) -> Any:
        """Follows the frames of the engine's own files; others cost one look-up a call."""
        code = frame.f_code
        number = self._numbers.get(code.co_filename)
        if number is None:
            return None
        begins = frame.f_lasti < 0 or code.co_code[frame.f_lasti + 1] == 0  # else: resumes
        last = -code.co_firstlineno if begins else frame.f_lineno

        def local(frame: FrameType, event: str, arg: object) -> Any:
            nonlocal last
            if event == "line":
                self.mark(number, last, frame.f_lineno)
                last = frame.f_lineno
            elif event == "return" and code.co_code[frame.f_lasti] in RETURNS:
                self.mark(number, last, -code.co_firstlineno)
            return local

        return local


def main() -> None:
    engine = Path(json.loads(sys.argv[1])["engine"])
    recorder = Recorder(engine_files(engine))
    os.register_at_fork(after_in_child=recorder.open)
    boot = engine / "autograder" / "sandbox" / "boot.py"
    code = compile(boot.read_text(encoding="utf-8"), str(boot), "exec")
    sys.settrace(recorder.trace)
    exec(code, {"__name__": "__main__", "__file__": str(boot)})


if __name__ == "__main__":
    main()
