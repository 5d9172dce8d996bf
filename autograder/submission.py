"""From what a student hands in (a .py, a notebook, a folder, a zip) to source text.

Nothing is executed and nothing is unpacked to disk: the input is hostile until the sandbox has
it. Syntax errors are left in the text, for the worker reports them with the rest of the feedback.
"""

from __future__ import annotations

import ast
import errno
import hashlib
import io
import os
import re
import stat
import tokenize
import warnings
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from autograder import archive
from autograder.course import Assignment
from autograder.errors import SubmissionError
from autograder.notebook import RawCell, cell_to_python, read_notebook, split_percent

__all__ = [
    "MAX_BYTES",
    "Cell",
    "Submission",
    "code_digest",
    "defined_names",
    "find_submission",
    "parse_submission",
    "read_source",
    "read_submission",
]

MAX_BYTES = 5 * 1024 * 1024
MAX_ZIP_BYTES = 4 * MAX_BYTES

# PEP 263 cookies we follow. Others are refused: some codecs (utf-7, unicode_escape, rot13) turn
# harmless-looking text into something else.
_ENCODINGS = frozenset(
    {"ascii", "utf-8", "utf-8-sig", "iso-8859-1", "iso8859-1", "iso-8859-15", "latin-1", "cp1252"}
    | {"cp949", "ms949", "uhc", "euc-kr", "euc_kr", "euckr"}
)


# The cells below the tasks of a released notebook, which show a table and are no work of a
# student's: without them a notebook and a .py file with the same solution are the same code.
_CHECK_CELL = re.compile(
    r"""(?:\s|\#[^\n]*\n)*from[ ]autograder\.jupyter[ ]import[ ]check\s+
    check\("\w+",[ ]?"\w+"\)\s*""",
    re.VERBOSE,
)


@dataclass(frozen=True)
class Cell:
    """Source of one code cell. `line` is where it starts in the file (1-based; 1 in a notebook);
    `label` is "cell 3", counted over all cells as a student counts them, and "" in a .py file."""

    source: str
    line: int
    label: str = ""


@dataclass(frozen=True)
class Submission:
    """The graded cells of one file, and notes on what was left out of them."""

    path: Path
    cells: tuple[Cell, ...]
    notes: tuple[str, ...] = ()


def find_submission(assignment: Assignment, path: Path | str | None = None) -> Path:
    """Return the file (or zip) to grade.

    Without a path: <name>.py or .ipynb in the current folder, in a folder <name> below it, or in
    the assignment's own folder, in this order. Of a .py and an .ipynb the edited one is taken.
    Raises `SubmissionError` if there is none, or both were edited.
    """
    if path is not None:
        found = Path(path)
        return _choose_in_folder(found, assignment) if _stat(found, "dir") else found
    here = Path.cwd()
    for folder in (here, here / assignment.name, assignment.folder):
        if any((folder / name).is_file() for name in _file_names(assignment.name)):
            return _choose_in_folder(folder, assignment)
    raise SubmissionError(
        f"No {assignment.name}.py or {assignment.name}.ipynb here ({here}) or in "
        f"{assignment.folder}.",
        f"Name the file: grade {assignment.name} --submission PATH",
    )


def read_submission(path: Path | str, assignment: Assignment | str) -> Submission:
    """Read a .py, .ipynb, folder or zip into cells; raises `SubmissionError` if that fails.

    With an `Assignment` (not only its name) the released stub is known, so that of a .py and an
    .ipynb side by side the edited one can be told.
    """
    path = Path(path)
    name = assignment if isinstance(assignment, str) else assignment.name
    if _stat(path, "dir"):
        path = _choose_in_folder(path, assignment)
    suffix = path.suffix.lower()
    if suffix == ".zip":
        data = _read_bytes(path, MAX_ZIP_BYTES)
        members = archive.read_members(data, path, _file_names(name), MAX_BYTES)
        sources = {path / member: content for member, content in members.items()}
        chosen = _choose(list(sources), sources.__getitem__, assignment, path)
        return parse_submission(sources[chosen], chosen)
    if suffix not in (".py", ".ipynb"):
        raise SubmissionError(
            f"{path} is neither a .py file nor an .ipynb notebook, a folder or a .zip.",
            f"Name the file: grade {name} --submission {name}.py",
        )
    return parse_submission(_read_bytes(path), path)


def read_source(path: Path) -> str:
    """The text of one file, as `read_submission` reads it; raises `SubmissionError`."""
    return _decode(_read_bytes(path), path, cookie=path.suffix.lower() == ".py")


def parse_submission(data: bytes, path: Path) -> Submission:
    """Turn the bytes of a .py or .ipynb file into a `Submission`; `path` names it in messages."""
    if len(data) > MAX_BYTES:
        raise _too_large(path, MAX_BYTES)
    if not data.strip():
        raise SubmissionError(f"{path} is empty.", "Save your work in the editor and try again.")
    is_notebook = path.suffix.lower() == ".ipynb"
    text = _decode(data, path, cookie=not is_notebook)
    raw = read_notebook(text, path) if is_notebook else split_percent(text)
    cells: list[Cell] = []
    notes: list[str] = []
    for cell in raw:
        _refuse_broken_text(cell, path, is_notebook)
        where = f"cell {cell.number}" if is_notebook else ""
        if cell.kind != "code":
            notes.extend(_forgotten_code(cell) if not is_notebook else ())
            continue
        if "experiment" in cell.tags or not cell.source.strip():
            continue
        if _CHECK_CELL.fullmatch(cell.source):
            continue
        source, left_out = cell_to_python(cell.source, notebook=is_notebook)
        place = where or f"cell at line {cell.line}"
        notes.extend(f"{path.name}, {place}: {note}." for note in left_out)
        if source is not None:
            cells.append(Cell(source, cell.line, where))
    if not cells:
        raise SubmissionError(
            f"{path} holds no code to grade.",
            "Write your solution into the code cells and save the file.",
        )
    return Submission(path, tuple(cells), tuple(notes))


def code_digest(cells: Iterable[Cell]) -> str:
    """sha256 (hex) of the graded code; the same for a .py and an .ipynb with the same cells.

    Space at line ends and blank lines around a cell do not count as an edit: editors add them.
    """
    texts = ("\n".join(line.rstrip() for line in cell.source.split("\n")) for cell in cells)
    joined = "\0".join(text.strip("\n") for text in texts if text.strip())
    return hashlib.sha256(joined.encode("utf-8")).hexdigest()


def defined_names(cells: Iterable[Cell]) -> tuple[str, ...]:
    """Names that the cells define at module level, in order: a best effort for messages.

    A cell that does not parse still tells its `def` and `class` lines.
    """
    names: dict[str, None] = {}
    for cell in cells:
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                tree = ast.parse(cell.source)
        except (SyntaxError, ValueError, MemoryError, RecursionError):
            found = re.findall(r"^(?:async +def|def|class) +(\w+)", cell.source, re.MULTILINE)
            names.update(dict.fromkeys(found))
            continue
        pending: list[ast.AST] = list(reversed(tree.body))
        while pending:
            node = pending.pop()
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
                names[node.name] = None  # what stands inside is not at module level
            elif isinstance(node, ast.alias):
                names[(node.asname or node.name).split(".")[0]] = None
            elif isinstance(node, ast.Name):
                if isinstance(node.ctx, ast.Store):
                    names[node.id] = None
            elif not isinstance(node, (ast.Lambda, ast.comprehension)):
                pending.extend(reversed(list(ast.iter_child_nodes(node))))
    return tuple(name for name in names if name != "*")


# ------------------------------------------------------------------- which of the files


def _file_names(name: str) -> tuple[str, str]:
    return f"{name}.py", f"{name}.ipynb"


def _choose_in_folder(folder: Path, assignment: Assignment | str) -> Path:
    name = assignment if isinstance(assignment, str) else assignment.name
    if folder.suffix in (".py", ".ipynb"):
        raise SubmissionError(
            f"{folder} is a folder, though its name ends in {folder.suffix}.",
            f"Name the file in it: grade {name} --submission {folder / folder.name}",
        )
    for place in (folder, folder / name):
        files = [place / file for file in _file_names(name) if os.path.lexists(place / file)]
        for file in files:
            _refuse_leaving(file, folder)
        if files:
            return _choose(files, _read_bytes, assignment, folder)
    raise SubmissionError(
        f"{folder} holds no {name}.py and no {name}.ipynb.",
        f"Name the file: grade {name} --submission {folder / 'YOUR_FILE.py'}",
    )


def _refuse_leaving(file: Path, folder: Path) -> None:
    # A link out of a submitted folder could hand in another student's file, or our solution.
    try:
        inside = file.resolve().is_relative_to(folder.resolve())
    except (OSError, RuntimeError):  # a loop of links
        raise _unreadable(file, "its symbolic links lead in a circle") from None
    if not inside:
        raise SubmissionError(
            f"{file} is a symbolic link that leads out of {folder}.",
            "Put the file itself there, or name it with --submission.",
        )


def _choose(
    files: Sequence[Path],
    read: Callable[[Path], bytes],
    assignment: Assignment | str,
    place: Path,
) -> Path:
    """Of a .py and an .ipynb take the edited one; the .py if neither was."""
    if len(files) == 1:
        return files[0]
    released = {} if isinstance(assignment, str) else assignment.released
    edited: list[Path] = []
    digests: set[str] = set()
    for path in files:
        try:
            digest = code_digest(parse_submission(read(path), path).cells)
        except SubmissionError:
            digest = f"unreadable {path}"  # that is an edit too; the reader will say what is wrong
        digests.add(digest)
        if digest != released.get(path.name):
            edited.append(path)
    if not edited or len(digests) == 1:
        return next(path for path in files if path.suffix == ".py")
    if len(edited) == 1:
        return edited[0]
    name = assignment if isinstance(assignment, str) else assignment.name
    script, book = sorted(files, key=lambda path: path.suffix != ".py")
    raise SubmissionError(
        f"{place} holds both {script.name} and {book.name}, and both were edited.",
        f"Say which one to grade: grade {name} --submission {script}   or   --submission {book}",
    )


# ------------------------------------------------------------------------ bytes and text


def _stat(path: Path, kind: str = "file") -> bool:
    """True if the path is of that kind; raises `SubmissionError` if it is not there at all."""
    try:
        mode = path.stat().st_mode
    except (OSError, ValueError, RuntimeError) as error:
        raise _os_error(path, error) from None
    return stat.S_ISDIR(mode) if kind == "dir" else stat.S_ISREG(mode)


def _read_bytes(path: Path, limit: int = MAX_BYTES) -> bytes:
    if not _stat(path):
        raise SubmissionError(f"{path} is not a regular file.", "Hand in a .py or .ipynb file.")
    try:
        # Not blocking: between the look above and this, a file could become a pipe.
        flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
        with os.fdopen(os.open(path, flags), "rb") as file:
            data = file.read(limit + 1)
    except OSError as error:
        raise _os_error(path, error) from None
    if len(data) > limit:
        raise _too_large(path, limit)
    return data


def _too_large(path: Path, limit: int) -> SubmissionError:
    return SubmissionError(
        f"{path} is larger than {limit // 2**20} MB.",
        "Clear the outputs (Kernel > Restart & Clear Output), save, and try again.",
    )


def _unreadable(path: Path, why: str) -> SubmissionError:
    return SubmissionError(f"{path} cannot be read: {why}.", "Check the path and its permissions.")


def _os_error(path: Path, error: Exception) -> SubmissionError:
    number = getattr(error, "errno", None)
    if number in (errno.ENOENT, errno.ENOTDIR):
        return SubmissionError(
            f"{path} does not exist.", "Check the spelling; ls shows what is in this folder."
        )
    if number == errno.EACCES:
        return SubmissionError(
            f"{path} cannot be read: permission denied.", f"Allow it: chmod u+r {path}"
        )
    if number == errno.ELOOP:
        return _unreadable(path, "its symbolic links lead in a circle")
    return _unreadable(path, getattr(error, "strerror", None) or str(error))


def _decode(data: bytes, path: Path, *, cookie: bool) -> str:
    """Bytes to text with LF newlines: a BOM first, then (in .py files) a PEP 263 cookie."""
    save = "Save the file as UTF-8 in your editor and try again."
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise SubmissionError(f"{path} is saved as UTF-16.", save)
    if b"\0" in data:
        raise SubmissionError(f"{path} is a binary file, not source text.", save)
    encoding = "utf-8-sig"
    if cookie:
        try:
            encoding = tokenize.detect_encoding(io.BytesIO(data).readline)[0]
        except SyntaxError as error:
            # It is also raised where the first two lines are not UTF-8: the decoding below
            # finds the line.
            if "unknown encoding" in str(error):
                raise SubmissionError(f"{path} names an {error}.", save) from None
        if encoding not in _ENCODINGS:
            raise SubmissionError(f"{path} is in {encoding}, which is not read.", save)
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        name = "UTF-8" if encoding.startswith("utf-8") else encoding
        raise SubmissionError(
            f"{path} is not {name} text: line {line} holds the byte 0x{data[error.start]:02x}.",
            f"{save} A Korean file may instead begin with: # -*- coding: cp949 -*-"
            if name == "UTF-8" and cookie
            else save,
        ) from None
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _refuse_broken_text(cell: RawCell, path: Path, is_notebook: bool) -> None:
    # JSON can spell what a file of bytes cannot: NUL, and halves of surrogate pairs that no
    # encoder takes.
    for offset, line in enumerate(cell.source.split("\n")):
        if "\0" in line or any("\ud800" <= char <= "\udfff" for char in line):
            place = f"cell {cell.number}, line {offset + 1}" if is_notebook else f"line {offset}"
            raise SubmissionError(
                f"{path} holds a broken character in {place}.", "Delete it and save again."
            )


def _forgotten_code(cell: RawCell) -> list[str]:
    """A note if lines of Python stand in a markdown cell of a .py file: a lost `# %%`."""
    lines = cell.source.split("\n")
    if cell.source.lstrip().startswith(('"""', "'''")):
        return []
    for offset, line in enumerate(lines):
        if line.strip() and not line.lstrip().startswith("#"):
            return [
                f"line {cell.line + offset} stands in a {cell.kind} cell and is not graded; "
                "write # %% on a line above it if it is code."
            ]
    return []
