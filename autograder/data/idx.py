"""IDX, the file format of MNIST: a magic number, one size per axis, then one byte per value.

The parser is strict, because a file that came over the network, or from a friend's disk, may be
anything: a wrong or missing byte is an error that names the file, never a shifted image. Memory
is bounded by what the header may say (`MAX_BYTES`), whatever a compressed file unpacks to.
"""

from __future__ import annotations

import gzip
import math
import struct
import zlib
from pathlib import Path
from typing import IO, cast

import numpy as np
from numpy.typing import NDArray

from autograder.errors import CourseError

MAX_BYTES = 256 << 20  # five times the largest file of MNIST
_UBYTE = 0x08
_AGAIN = "Fetch the file again: grade data fetch mnist"


def read_idx(path: Path, ndim: int) -> NDArray[np.uint8]:
    """Read a file of unsigned bytes with ``ndim`` axes, packed with gzip if its name ends in .gz.

    Raises `CourseError` naming the file and what is wrong with it.
    """
    try:
        # A named pipe would make open() wait for ever.
        if not path.is_file():
            what = "is not a regular file" if path.exists() else "does not exist"
            raise CourseError(f"{path} {what}.", _AGAIN)
        if path.suffix != ".gz":
            with path.open("rb") as plain:
                return _parse(plain, path, ndim)
        with gzip.open(path, "rb") as packed:
            return _parse(cast("IO[bytes]", packed), path, ndim)
    except EOFError:
        raise CourseError(
            f"{path} breaks off: the compressed data is incomplete.", _AGAIN
        ) from None
    except (gzip.BadGzipFile, zlib.error) as error:
        raise CourseError(f"{path} is not a sound gzip file: {error}.", _AGAIN) from None
    except OSError as error:
        raise CourseError(f"{path} cannot be read: {error.strerror or error}.") from None


def _parse(file: IO[bytes], path: Path, ndim: int) -> NDArray[np.uint8]:
    magic = _exactly(file, 4, path, "header")
    if magic != bytes((0, 0, _UBYTE, ndim)):
        raise CourseError(
            f"{path} is not an IDX file of bytes with {ndim} {'axis' if ndim == 1 else 'axes'}: "
            f"it starts with {magic.hex()} instead of {bytes((0, 0, _UBYTE, ndim)).hex()}.",
            _AGAIN,
        )
    shape = struct.unpack(f">{ndim}I", _exactly(file, 4 * ndim, path, "header"))
    size = math.prod(shape)
    if 0 in shape or size > MAX_BYTES:
        raise CourseError(f"{path} claims to hold {' x '.join(map(str, shape))} values.", _AGAIN)
    data = _exactly(file, size, path, "data")
    if file.read(1):
        raise CourseError(f"{path} goes on after its {size:,} values.", _AGAIN)
    return np.frombuffer(data, np.uint8).reshape(shape)


def _exactly(file: IO[bytes], size: int, path: Path, part: str) -> bytes:
    # Piece by piece: a header that lies about the size must not reserve memory for its claim.
    pieces, missing = [], size
    while missing:
        piece = file.read(min(missing, 1 << 20))
        if not piece:
            raise CourseError(
                f"{path} breaks off: {size - missing:,} of {size:,} bytes of its {part}.", _AGAIN
            )
        pieces.append(piece)
        missing -= len(piece)
    return b"".join(pieces)


def to_idx(array: NDArray[np.uint8]) -> bytes:
    """The bytes of an IDX file of this array; the inverse of `read_idx`."""
    header = bytes((0, 0, _UBYTE, array.ndim)) + struct.pack(f">{array.ndim}I", *array.shape)
    return header + np.ascontiguousarray(array, np.uint8).tobytes()
