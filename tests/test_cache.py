"""The cache may be lost, broken or forbidden; it is never wrong."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from autograder import cache


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("GROUNDUP_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


def test_what_was_saved_is_loaded(folder: Path) -> None:
    assert cache.load("kind", "name") is None
    cache.save("kind", "name", {"a": [1, 2.5, "x"]})
    assert cache.load("kind", "name") == {"a": [1, 2.5, "x"]}
    assert cache.load("other", "name") is None
    cache.save("kind", "name", 3)
    assert cache.load("kind", "name") == 3
    assert [path.name for path in (folder / "kind").iterdir()] == ["name.json"]


def test_keys_depend_on_every_part_and_its_place() -> None:
    keys = [
        cache.key(), cache.key(""), cache.key("a"), cache.key("a", ""), cache.key("", "a"),
        cache.key("ab", "c"), cache.key("a", "bc"), cache.key("\ud800"), cache.key("x" * 300),
    ]  # fmt: skip
    assert len(set(keys)) == len(keys)
    assert cache.key("a") == cache.key(b"a") and cache.key("a").isalnum()


def test_keys_of_files_depend_on_their_content(tmp_path: Path) -> None:
    path = tmp_path / "a.py"
    path.write_text("x = 1")
    first = cache.key_of_files([path], "1.0")
    assert cache.key_of_files([path], "1.0") == first != cache.key_of_files([path], "1.1")
    path.write_text("x = 2")
    assert cache.key_of_files([path], "1.0") != first


@pytest.mark.parametrize("content", [b"", b"{", b"\xff\xfe", b"[" * 100_000])
def test_a_broken_entry_is_no_entry(folder: Path, content: bytes) -> None:
    (folder / "kind").mkdir(parents=True)
    (folder / "kind" / "name.json").write_bytes(content)
    assert cache.load("kind", "name") is None


def test_a_folder_that_cannot_be_written_costs_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("in the way")
    monkeypatch.setenv("GROUNDUP_CACHE", str(blocked))
    cache.save("kind", "name", 1)
    assert cache.load("kind", "name") is None
    assert blocked.read_text() == "in the way"


def test_nothing_half_written_is_left(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(self: Path, target: Path) -> Path:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    cache.save("kind", "name", 1)
    assert cache.load("kind", "name") is None
    assert list((folder / "kind").iterdir()) == []


def test_the_folder_is_the_users_unless_chosen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("GROUNDUP_CACHE")
    assert cache.folder().name == "groundup" and cache.folder().is_absolute()


def test_entries_are_plain_json(folder: Path) -> None:
    cache.save("kind", "name", ["한글"])
    assert json.loads((folder / "kind" / "name.json").read_bytes()) == ["한글"]
