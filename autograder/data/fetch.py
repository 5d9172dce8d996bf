"""`grade data fetch`: files from the first mirror that serves them whole, or from a folder.

A file is stored only after its checksum was right, by one rename; whatever broke off before that
is deleted, so running the command again is always safe and goes on where it stopped.
"""

from __future__ import annotations

import errno
import hashlib
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from autograder.data.idx import read_idx, to_idx
from autograder.data.registry import Registry, RemoteFile
from autograder.errors import CourseError, UsageError

CONNECT_SECONDS = 10.0
READ_SECONDS = 20.0  # without a single byte
FILE_SECONDS = 900.0  # for a whole file, against servers that drip
_CHUNK = 1 << 16

#: Called with the file, the bytes so far, and where they come from.
OnProgress = Callable[[RemoteFile, int, str], None]


def is_complete(folder: Path, file: RemoteFile) -> bool:
    """Whether the file is there, packed by whomever or not at all, with the right content."""
    packed, plain = folder / file.name, folder / file.stem
    try:
        if packed.is_file() and _sha256(packed) == file.sha256:
            return True
        # A packed file is read before a plain one, so it is the one that must be right.
        path = packed if packed.is_file() else plain
        return path.is_file() and _has_content(path, file)
    except (OSError, CourseError):
        return False


def fetch(
    registry: Registry,
    folder: Path,
    *,
    mirrors: Sequence[str] = (),
    on_progress: OnProgress | None = None,
    timeout: tuple[float, float] = (CONNECT_SECONDS, READ_SECONDS),
) -> list[str]:
    """Download what is missing into ``folder``; return the names of the files that arrived.

    ``mirrors`` replace those of the registry. Raises `CourseError` when no mirror serves a file,
    `UsageError` when pooch is not installed or the folder cannot be written.
    """
    missing = [file for file in registry.files if not is_complete(folder, file)]
    if not missing:
        return []
    _require_pooch()
    order = [url.rstrip("/") + "/" for url in mirrors or registry.mirrors]
    with _workshop(folder) as workshop:
        for file in missing:
            failures = []
            for mirror in tuple(order):
                reason = _download(mirror, file, workshop, on_progress, timeout)
                if reason is None:
                    (workshop / file.name).replace(folder / file.name)
                    # The next file is asked for where this one was found.
                    order.remove(mirror)
                    order.insert(0, mirror)
                    break
                failures.append(f"  {mirror}{file.name}: {reason}")
            else:
                raise CourseError(
                    f"{file.name} could not be fetched from any mirror:\n" + "\n".join(failures),
                    "Check the connection and run it again: files that arrived are kept.\n"
                    "Offline? Copy the four files from another computer, then: "
                    f"grade data fetch {registry.name} --from FOLDER\n"
                    'Or practise with the embedded digits: load_mnist(source="digits")',
                )
    return [file.name for file in missing]


def copy_from(registry: Registry, source: Path, folder: Path) -> list[str]:
    """Take files from a folder on this computer, packed or not; return their names.

    Only content that equals the registry's is taken. Files that are absent are left out, but the
    test files must be there. Raises `CourseError` for a wrong file, `UsageError` for a folder that
    does not serve.
    """
    if not source.is_dir():
        raise UsageError(f"{source} is no folder.", "Name the folder that holds the files.")
    found: dict[RemoteFile, Path] = {}
    for file in registry.files:
        for path in (source / file.name, source / file.stem):
            if path.is_file():
                found[file] = path
                break
    lost = [file.name for file in registry.files if "t10k" in file.name and file not in found]
    if lost:
        raise UsageError(
            f"{source} holds no {' and no '.join(lost)} (nor the same without .gz).",
            "At least the two test files are needed.",
        )
    copied = []
    with _workshop(folder) as workshop:
        for file, path in found.items():
            if not _has_content(path, file):
                raise CourseError(
                    f"{path} is not the {file.stem} of {registry.name} (its content differs).",
                    "Files that came before it were taken; look for a sound copy of this one.",
                )
            target = folder / path.name
            if target.exists() and path.samefile(target):
                continue
            shutil.copyfile(path, workshop / path.name)
            (workshop / path.name).replace(target)
            copied.append(path.name)
    return copied


# ------------------------------------------------------------------------------- downloading


class _Meter:
    """What pooch takes for a progress bar; ends a download that is too long or too slow."""

    def __init__(self, file: RemoteFile, mirror: str, on_progress: OnProgress | None) -> None:
        self.total = 0  # pooch sets it to what the server claims
        self._file, self._mirror, self._on_progress = file, mirror, on_progress
        self._done = 0
        self._ends = time.monotonic() + FILE_SECONDS

    def update(self, count: int) -> None:
        self._done += count
        if self._done > self._file.size + _CHUNK:
            raise ValueError("it is larger than it should be")
        if time.monotonic() > self._ends:
            raise ValueError(f"it took longer than {FILE_SECONDS / 60:.0f} minutes")
        if self._on_progress is not None:
            self._on_progress(self._file, min(self._done, self._file.size), self._mirror)

    def reset(self) -> None:
        self._done = 0

    def close(self) -> None:
        """Nothing to close."""


def _download(
    mirror: str,
    file: RemoteFile,
    workshop: Path,
    on_progress: OnProgress | None,
    timeout: tuple[float, float],
) -> str | None:
    """None if the file arrived with the right checksum, else the reason in a few words."""
    import pooch  # type: ignore[import-untyped, unused-ignore]
    from requests import exceptions

    pooch.get_logger().setLevel("ERROR")
    meter = _Meter(file, mirror, on_progress)
    downloader = pooch.HTTPDownloader(
        progressbar=meter,
        chunk_size=_CHUNK,
        timeout=timeout,
        # A server that unpacks .gz files on the way would change their checksum.
        headers={"Accept-Encoding": "identity"},
    )
    try:
        pooch.retrieve(
            url=mirror + file.name,
            known_hash=f"sha256:{file.sha256}",
            fname=file.name,
            path=workshop,
            downloader=downloader,
        )
    except exceptions.HTTPError as error:
        status = error.response.status_code if error.response is not None else "an error"
        return f"the server answers {status}"
    except exceptions.Timeout:
        return "no answer in time"
    except (exceptions.ChunkedEncodingError, exceptions.ContentDecodingError):
        return "the transfer broke off"
    except exceptions.ConnectionError:
        return "no connection"
    except (exceptions.InvalidURL, exceptions.InvalidSchema, exceptions.MissingSchema):
        return "this is no address of a web server"
    except exceptions.RequestException as error:
        return f"{type(error).__name__}"
    except ValueError as error:
        if "hash of downloaded file" in str(error):
            return "what came is not the file (its checksum differs)"
        return str(error)
    return None


def _require_pooch() -> None:
    try:
        import pooch  # type: ignore[import-untyped, unused-ignore]  # noqa: F401
    except ImportError as error:
        raise UsageError(
            f"Downloading needs {error.name}, which is not installed.",
            'Install it: pip install "groundup[data]"   '
            "Or copy the files from elsewhere: grade data fetch mnist --from FOLDER",
        ) from None


@contextmanager
def _workshop(folder: Path) -> Iterator[Path]:
    """A folder inside ``folder`` for unfinished files; gone afterwards, come what may."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".unfinished-", dir=folder) as workshop:
            yield Path(workshop)
    except OSError as error:
        full = error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
        raise UsageError(
            f"{folder} cannot be written: {error.strerror or error}.",
            "Free some space and run it again: files that arrived are kept."
            if full
            else "Choose another folder: grade data fetch mnist --to FOLDER",
        ) from None


def _has_content(path: Path, file: RemoteFile) -> bool:
    array = read_idx(path, 3 if "images" in file.name else 1)
    return hashlib.sha256(to_idx(array)).hexdigest() == file.unpacked_sha256


def _sha256(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while piece := file.read(1 << 20):
            digest.update(piece)
    return digest.hexdigest()
