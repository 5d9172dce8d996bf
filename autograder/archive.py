"""Look into a zip that a stranger made, and take two files out of it, in memory.

Nothing is written to disk, so a hostile name or link could not do harm; they are refused all the
same, since an honest archive has none and a later tool may unpack what we let through.
"""

from __future__ import annotations

import io
import re
import stat
import struct
import zipfile
import zlib
from collections.abc import Sequence
from pathlib import Path, PurePosixPath

from autograder.errors import SubmissionError

__all__ = ["MAX_MEMBERS", "MAX_TOTAL_BYTES", "read_members"]

MAX_MEMBERS = 2000
MAX_TOTAL_BYTES = 200 * 1024 * 1024
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    ValueError,
    struct.error,
    NotImplementedError,
    RuntimeError,  # encrypted
)


def read_members(data: bytes, path: Path, wanted: Sequence[str], limit: int) -> dict[str, bytes]:
    """Return the wanted files of a zip, by their name inside it: those of the topmost folder.

    Args:
        data: the bytes of the zip. path: its name, for messages.
        wanted: base names, such as assignment3.py. limit: bytes allowed for each file.
    Raises `SubmissionError` for a broken or hostile archive, or if no wanted file is in it.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
            _refuse_hostile(members, path)
            found = _topmost(members, wanted, path)
            return {member.filename: _read(archive, member, path, limit) for member in found}
    except _BROKEN as error:
        raise SubmissionError(
            f"{path} is a broken or unusual zip: {error or type(error).__name__}.",
            "Zip the folder again without a password, or hand in the file itself.",
        ) from None


def _refuse_hostile(members: Sequence[zipfile.ZipInfo], path: Path) -> None:
    hint = "Zip only the assignment's folder, with plain files in it."
    if len(members) > MAX_MEMBERS:
        raise SubmissionError(f"{path} holds {len(members)} files (at most {MAX_MEMBERS}).", hint)
    if sum(member.file_size for member in members) > MAX_TOTAL_BYTES:
        raise SubmissionError(f"{path} unpacks to more than {MAX_TOTAL_BYTES >> 20} MB.", hint)
    seen: set[str] = set()
    for member in members:
        # orig_filename still has what zipfile cuts off at a NUL.
        name = member.orig_filename.replace("\\", "/")
        kind = stat.S_IFMT(member.external_attr >> 16)
        if name.startswith("/") or re.match(r"[A-Za-z]:", name) or ".." in name.split("/"):
            why = "a path that leads out of the archive"
        elif "\0" in name:
            why = "a name with a NUL byte"
        elif kind not in (0, stat.S_IFREG, stat.S_IFDIR):
            why = "a symbolic link" if stat.S_ISLNK(kind) else "a special file"
        elif member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            why = "an unusual compression"  # its decompressor need not bound its memory
        elif name in seen:
            why = "the same name twice"
        else:
            seen.add(name)
            continue
        raise SubmissionError(f"{path} is refused: it holds {why} ({name[:80]!r}).", hint)


def _topmost(
    members: Sequence[zipfile.ZipInfo], wanted: Sequence[str], path: Path
) -> list[zipfile.ZipInfo]:
    folders: dict[PurePosixPath, list[zipfile.ZipInfo]] = {}
    for member in members:
        place = PurePosixPath(member.filename.replace("\\", "/"))
        if place.name in wanted and not member.is_dir() and "__MACOSX" not in place.parts:
            folders.setdefault(place.parent, []).append(member)
    if not folders:
        raise SubmissionError(
            f"{path} holds no {' and no '.join(wanted)}.", "Zip the folder that holds your file."
        )
    depth = min(len(folder.parts) for folder in folders)
    top = [folder for folder in folders if len(folder.parts) == depth]
    if len(top) > 1:
        raise SubmissionError(
            f"{path} holds {wanted[0]} in several folders: {', '.join(map(str, sorted(top)))}.",
            "Keep one of them, or hand in the file itself.",
        )
    return folders[top[0]]


def _read(archive: zipfile.ZipFile, member: zipfile.ZipInfo, path: Path, limit: int) -> bytes:
    # The size in the directory is the archive's word; what is read is capped whatever it says.
    with archive.open(member) as file:
        content = file.read(limit + 1)
    if len(content) > limit:
        raise SubmissionError(
            f"{path}: {member.filename} is larger than {limit >> 20} MB.",
            "Clear the outputs of the notebook, save, and zip it again.",
        )
    return content
