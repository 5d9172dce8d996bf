"""Shared by all tests: where the project is, and an environment that is the same everywhere."""

from __future__ import annotations

from pathlib import Path

import pytest

from autograder.threads import prefer_one_thread

prefer_one_thread()  # before a test module imports NumPy; the processes of tests inherit it


@pytest.fixture(scope="session")
def root() -> Path:
    """The checkout."""
    return Path(__file__).resolve().parent.parent


@pytest.fixture(autouse=True)
def plain_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the developer's shell says about colours and widths must not decide a test."""
    for name in ("COLUMNS", "LINES", "NO_COLOR", "FORCE_COLOR", "CLICOLOR_FORCE"):
        monkeypatch.delenv(name, raising=False)
