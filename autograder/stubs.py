"""Solution blocks: find them, replace them by stubs, and prove that none of them got out.

    ### BEGIN SOLUTION          becomes         # YOUR CODE HERE
    ...                                         raise NotImplementedError
    ### END SOLUTION

The rules are strict on purpose. A marker that is almost right (`### begin solution`) would
publish the solution without a word, so it is an error and never guessed at.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

__all__ = ["Block", "find_blocks", "find_leaks", "make_stub", "telling_lines", "text_outside"]

BEGIN = "### BEGIN SOLUTION"
END = "### END SOLUTION"
_ALMOST = re.compile(r"#\W*(?:begin|end)[\s_-]*solution", re.IGNORECASE)
_STUB = ("# YOUR CODE HERE", "raise NotImplementedError")


@dataclass(frozen=True)
class Block:
    """One solution. `begin` and `end` are the 0-based lines of its markers."""

    begin: int
    end: int
    indent: str
    lines: tuple[str, ...]


def find_blocks(text: str, path: Path) -> tuple[list[Block], list[str]]:
    """Return the solution blocks of a source text, and every problem found, with file and line."""
    blocks: list[Block] = []
    problems: list[str] = []
    opened: int | None = None
    lines = text.split("\n")
    for index, line in enumerate(lines):
        where = f"{path}:{index + 1}"
        marker = line.lstrip(" \t")
        if marker == BEGIN:
            if opened is not None:
                problems.append(f"{where}: {BEGIN} inside the block of line {opened + 1}.")
            opened = index
        elif marker == END:
            if opened is None:
                problems.append(f"{where}: {END} without {BEGIN} above it.")
                continue
            block = _block(lines, opened, index)
            opened = None
            blocks.append(block)
            problems.extend(_problems_of(block, lines, path))
        elif _ALMOST.search(line):
            problems.append(f"{where}: write the marker exactly as {BEGIN} or {END}.")
    if opened is not None:
        problems.append(f"{path}:{opened + 1}: {BEGIN} without {END} below it.")
    return blocks, problems


def _block(lines: Sequence[str], begin: int, end: int) -> Block:
    first = lines[begin]
    indent = first[: len(first) - len(first.lstrip(" \t"))]
    return Block(begin, end, indent, tuple(lines[begin + 1 : end]))


def _problems_of(block: Block, lines: Sequence[str], path: Path) -> list[str]:
    where = f"{path}:{block.begin + 1}"
    if lines[block.end] != block.indent + END:
        return [f"{path}:{block.end + 1}: indent {END} like its {BEGIN} in line {block.begin + 1}."]
    if not any(line.strip() and not line.lstrip().startswith("#") for line in block.lines):
        return [f"{where}: the solution block is empty."]
    if not block.indent:
        return [f"{where}: a solution block must stand inside a function, not at module level."]
    for offset, line in enumerate(block.lines, start=block.begin + 2):
        if line.strip() and not line.startswith(block.indent):
            return [f"{path}:{offset}: the line is indented less than its solution block."]
    return []


def make_stub(text: str, blocks: Iterable[Block]) -> str:
    """Replace each block; everything outside the blocks stays to the byte."""
    lines = text.split("\n")
    for block in sorted(blocks, key=lambda block: block.begin, reverse=True):
        lines[block.begin : block.end + 1] = [block.indent + line for line in _STUB]
    return "\n".join(lines)


def text_outside(text: str, blocks: Iterable[Block]) -> str:
    """The text without its blocks and markers."""
    lines = text.split("\n")
    for block in sorted(blocks, key=lambda block: block.begin, reverse=True):
        del lines[block.begin : block.end + 1]
    return "\n".join(lines)


# ----------------------------------------------------------------------------- leaks


def _normal(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


def telling_lines(block: Block) -> list[str]:
    """Lines of a solution that would give something away: not `else:`, not `return out`."""
    found = []
    for line in block.lines:
        code = _normal(line.split("  # ")[0])
        if code.startswith("#"):
            continue
        words = re.findall(r"[A-Za-z_]\w*", code)
        operators = re.search(r"[-+*/@<>\[(]|\bif\b|\bfor\b", code)
        if len(code) >= 12 and len(words) >= 2 and operators:
            found.append(code)
    return found


def find_leaks(secrets: Iterable[str], allowed: str, texts: Iterable[tuple[str, str]]) -> list[str]:
    """Return a sentence for each secret line that stands in one of the (name, text) pairs.

    A line that also stands in `allowed`, the source outside all solution blocks, is no secret.
    """
    public = _normal(allowed)
    hidden = [secret for secret in dict.fromkeys(secrets) if not _stands_in(secret, public)]
    return [
        f"{name} would give away a line of the solution: {secret}"
        for name, text in texts
        for normal in [_normal(text)]
        for secret in hidden
        if _stands_in(secret, normal)
    ]


def _stands_in(line: str, text: str) -> bool:
    # As whole words: `x = a + b` is not given away by `max = a + bias`.
    at = text.find(line)
    while at >= 0:
        before, after = text[at - 1 : at] if at else "", text[at + len(line) : at + len(line) + 1]
        if not re.match(r"[\w.]", before) and not re.match(r"\w", after):
            return True
        at = text.find(line, at + 1)
    return False
