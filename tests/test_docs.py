"""The pages tell the truth: their commands run as they stand, their links lead somewhere, and the
example of the authors' page is a task that can be verified."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from test_readme import commands

from autograder.cli import cli
from autograder.course import Course

ROOT = Path(__file__).resolve().parent.parent
DOCS = sorted((ROOT / "docs").glob("*.md"))
PAGES = [ROOT / "README.md", *DOCS]
#: The assignment that authors.md makes.
EXAMPLE = "assignment99"

each_page = pytest.mark.parametrize(
    "page", PAGES, ids=[str(page.relative_to(ROOT)) for page in PAGES]
)


@pytest.fixture(autouse=True)
def files_of_the_reader(monkeypatch: pytest.MonkeyPatch) -> None:
    """A page names files that its reader has: whether they are here is no question of its truth."""
    monkeypatch.setattr(click.Path, "convert", lambda self, value, param, ctx: Path(value))


def grade_commands(text: str) -> list[list[str]]:
    """What follows `grade` wherever the text names a command that can be run as it stands.

    In a sentence that is `grade ...` in backticks, in a block a line of ```sh; in both also
    $(grade ...) inside another command.
    """
    inline = [shlex.split(code) for code in re.findall(r"`(grade [^`<]*)`", text)]
    blocks = [words[words.index("grade") :] for words in commands(text) if "grade" in words]
    inner = [shlex.split(code) for code in re.findall(r"\$\((grade [^)`]*)\)", text)]
    return [words[1:] for words in inline + blocks + inner]


def resolve(words: list[str]) -> tuple[str, click.Context]:
    """The full name and the parsed context of a command; click raises where there is none."""
    command: click.Command = cli
    context = cli.make_context("grade", list(words))
    path = []
    while isinstance(command, click.Group):
        rest = [*getattr(context, "_protected_args", ()), *context.args]
        if not rest:  # `grade` alone
            break
        name, found, rest = command.resolve_command(context, rest)
        assert name is not None and found is not None
        path.append(name)
        command = found
        # `grade start` without anything names the command; with arguments they must be complete.
        context = command.make_context(name, rest, parent=context, resilient_parsing=not rest)
    return " ".join(path), context


def leaves(command: click.Command, path: tuple[str, ...] = ()) -> Iterator[str]:
    """The full names of all commands that do something."""
    if isinstance(command, click.Group):
        for name, child in command.commands.items():
            yield from leaves(child, (*path, name))
    else:
        yield " ".join(path)


@each_page
def test_each_command_and_option_exists(page: Path) -> None:
    course = Course(ROOT)
    for words in grade_commands(page.read_text(encoding="utf-8")):
        line = f"{page.name}: grade {shlex.join(words)}"
        try:
            _, context = resolve(words)
        except click.exceptions.Exit:  # --help and --version end here
            continue
        except click.ClickException as error:
            pytest.fail(f"{line}: {error.format_message()}")
        named = context.params.get("assignments") or [context.params.get("assignment")]
        for name in named:
            if name is None or name == EXAMPLE:
                continue
            assert re.fullmatch(r"assignment\d+", name), f"{line}: {name} is no command"
            assert name in course.names(), f"{line}: there is no {name}"
            tasks = context.params.get("tasks") or [context.params.get("task")]
            for task in filter(None, tasks):
                course.assignment(name).task(task)


def test_the_pages_name_enough_commands_for_this_to_mean_something() -> None:
    def count(name: str) -> int:
        return len(grade_commands((ROOT / name).read_text(encoding="utf-8")))

    assert count("docs/students.md") > 20 and count("docs/authors.md") > 5
    assert count("README.md") > 8


def test_every_command_is_on_some_page() -> None:
    explained = set()
    for page in PAGES:
        for words in grade_commands(page.read_text(encoding="utf-8")):
            if not {"--help", "-h", "--version"} & set(words):
                explained.add(resolve(words)[0])
    assert set(leaves(cli)) - explained == set()


@pytest.mark.parametrize(
    "wrong",
    [
        "grade asignment",
        "grade data fetsh mnist",
        "grade data fetch --from here",
        "grade plot assignment1 --figures 2",
        "grade hint assignment1 relu --level",
        "grade assignment1 --format pdf",
    ],
)
def test_a_wrong_command_would_be_found(wrong: str) -> None:
    (words,) = grade_commands(f"Try `{wrong}`.")
    try:
        name, context = resolve(words)
    except click.ClickException:
        return
    assert name == "run" and context.params["assignment"] not in Course(ROOT).names()


def anchors(page: Path) -> set[str]:
    """The names that GitHub gives to the headings of a page."""
    headings = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.M)
    return {re.sub(r"[^\w\- ]", "", each.lower()).replace(" ", "-") for each in headings}


@each_page
def test_links_lead_somewhere(page: Path) -> None:
    text = re.sub(r"```.*?```", "", page.read_text(encoding="utf-8"), flags=re.S)
    for target in re.findall(r"\]\(([^)\s]+)\)", text):
        if re.match(r"https?://", target):
            continue
        name, _, anchor = target.partition("#")
        there = (page.parent / name).resolve() if name else page
        assert there.exists(), f"{page.name} links to {target}"
        assert there.is_relative_to(ROOT), f"{page.name} links out of the project: {target}"
        if anchor:
            assert anchor in anchors(there), f"{page.name} links to {target}: no such heading"


def test_the_index_names_every_page() -> None:
    index = (ROOT / "docs" / "README.md").read_text(encoding="utf-8")
    linked = set(re.findall(r"\]\(([\w-]+\.md)\)", index))
    assert linked == {page.name for page in DOCS} - {"README.md"}


@each_page
def test_titles_are_in_both_languages(page: Path) -> None:
    """English first, Korean beside it; the README and the report format have their own ways."""
    title = page.read_text(encoding="utf-8").splitlines()[0]
    assert title.startswith("# ")
    if page.name in {"students.md", "authors.md", "coverage-map.md", "decisions.md"}:
        assert re.search(r"\([^)]*[가-힣][^)]*\)$", title), title


def test_the_example_of_the_authors_page_is_a_sound_task(tmp_path: Path) -> None:
    text = (ROOT / "docs" / "authors.md").read_text(encoding="utf-8")
    files = dict(re.findall(r"^`(solutions/[\w./]+)`\n\n```\w+\n(.*?)```", text, re.M | re.S))
    assert len(files) == 6
    for name, content in files.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"}
    for words in (["release", EXAMPLE], ["verify", EXAMPLE, "--seeds", "2"]):
        done = subprocess.run(
            [sys.executable, "-m", "autograder", *words],
            cwd=tmp_path,
            env=environment,
            capture_output=True,
            encoding="utf-8",
        )
        assert done.returncode == 0, done.stdout + done.stderr
    assert (tmp_path / "assignments" / EXAMPLE / f"{EXAMPLE}.ipynb").is_file()
