"""The README's commands are real: bootstrap.py, .ci/run and the command line know each of them."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

README = Path(__file__).resolve().parent.parent / "README.md"


def commands(text: str) -> list[list[str]]:
    """The lines of the ```sh blocks, split into words, comments dropped."""
    lines = "\n".join(re.findall(r"```sh\n(.*?)```", text, re.S)).splitlines()
    return [words for line in lines if (words := shlex.split(line, comments=True))]


def test_the_two_commands(root: Path) -> None:
    first, second = commands(README.read_text(encoding="utf-8"))[:2]
    assert first[:3] == ["python3", "bootstrap.py", "grade"]
    assert (root / first[-1]).is_file(), f"{first[-1]} is not there"
    assert second == ["python3", "bootstrap.py", "test"]


def test_the_first_screen_is_what_the_first_command_prints(root: Path) -> None:
    text = README.read_text(encoding="utf-8")
    block = re.search(r"```text\n(.*?)```", text, re.S)
    assert block is not None
    expected = [line for line in block.group(1).splitlines() if line.strip() != "..."]
    command = commands(text)[0]
    done = subprocess.run(
        [sys.executable, "-m", "autograder", *command[command.index("grade") + 1 :]],
        cwd=root,
        env={**os.environ, "COLUMNS": "80", "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        encoding="utf-8",
    )
    assert done.returncode == 1, done.stderr
    printed = iter(done.stdout.splitlines())
    for line in expected:  # each of them, in this order
        assert line in printed, line


def test_ci_ends_with_the_second_command(root: Path) -> None:
    second = commands(README.read_text(encoding="utf-8"))[1]
    last = (root / ".ci" / "run").read_text(encoding="utf-8").splitlines()[-1]
    assert shlex.split(last) == ["exec", *second]


def test_bootstrap_explains_both(root: Path) -> None:
    done = subprocess.run(
        [sys.executable, str(root / "bootstrap.py"), "--help"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert "python3 bootstrap.py grade assignment3" in done.stdout
    assert "python3 bootstrap.py test" in done.stdout


def test_each_folder_and_page_that_the_readme_names_is_there(root: Path) -> None:
    text = README.read_text(encoding="utf-8")
    folders = re.findall(r"`(\w+/)`", text)
    pages = re.findall(r"\]\(([\w./-]+)\)", text)
    assert len(folders) >= 7 and pages
    assert [name for name in folders + pages if not (root / name).exists()] == []


def test_the_readme_fits_a_sitting() -> None:
    assert len(README.read_text(encoding="utf-8").splitlines()) <= 140
