"""Results that are expensive to compute and cheap to check: a folder of JSON files, by content.

A key is a hash of everything that the result depends on, so an entry is never wrong, only unused.
Losing the folder, or not being able to write it, costs time and nothing else.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any


def folder() -> Path:
    """The user's cache folder for this program; GROUNDUP_CACHE overrides it."""
    chosen = os.environ.get("GROUNDUP_CACHE")
    if chosen:
        return Path(chosen)
    from platformdirs import user_cache_path

    return user_cache_path("groundup", appauthor=False)


def key(*parts: str | bytes) -> str:
    """A file name for what depends on exactly these parts."""
    digest = hashlib.sha256()
    for part in parts:
        data = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        digest.update(len(data).to_bytes(8, "little") + data)
    return digest.hexdigest()[:40]


def key_of_files(paths: Iterable[Path], *parts: str) -> str:
    """The same for the content of files."""
    return key(*parts, *(path.read_bytes() for path in paths))


def load(kind: str, name: str) -> Any:
    """What was saved, or None."""
    try:
        return json.loads((folder() / kind / f"{name}.json").read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return None


def save(kind: str, name: str, data: Any) -> None:
    """Save whole or not at all, and never fail."""
    target = folder() / kind / f"{name}.json"
    part = target.with_suffix(f".{os.getpid()}.part")
    with contextlib.suppress(OSError):
        target.parent.mkdir(parents=True, exist_ok=True)
        try:
            part.write_text(json.dumps(data), encoding="utf-8")
            part.replace(target)
        finally:
            part.unlink(missing_ok=True)
