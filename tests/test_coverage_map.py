"""docs/coverage-map.md points at real places, leaves no line open and forgets no task; the places
of docs/decisions.md are real as well."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

from autograder.course import Assignment, Course
from autograder.errors import CourseError
from autograder.notebook import split_percent

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "coverage-map.md"
SOURCES = 5
WRITTEN = range(1, 7)
ELECTIVE = re.compile(r"assignment (\d+) \(elective, not written yet\)")
TASK = re.compile(r"(\d+)\.(\d+) (\w+)")
FIGURE = re.compile(r"assignment (\d+), (fig\d+_\w+)")
QUESTIONS = re.compile(r"assignment (\d+), questions")
Row = tuple[str, ...]


def tables(text: str) -> dict[str, list[Row]]:
    """The rows of the table under each `## ` heading, without its head and ruler."""
    found = {}
    for section in text.split("\n## ")[1:]:
        heading, _, body = section.partition("\n")
        lines = [line for line in body.splitlines() if line.startswith("|")]
        rows = [tuple(cell.strip() for cell in line.strip("|").split("|")) for line in lines]
        assert re.fullmatch(r"(\|---)+\|", lines[1]), f"{heading}: no table"
        found[heading] = rows[2:]
    return found


TABLES = tables(PAGE.read_text(encoding="utf-8"))
*LISTS, BEYOND = TABLES
ROWS = [(idea, where) for heading in LISTS for idea, where in TABLES[heading]]
#: Everything in backticks that stands for a place: the right columns, and the tasks beyond.
PLACES = [place for _, where in ROWS for place in re.findall(r"`([^`]+)`", where)]
PLACES += [place for row in TABLES[BEYOND] for place in re.findall(r"`([^`]+)`", row[0])]


@cache
def assignment(number: int) -> Assignment:
    try:
        return Course(ROOT).assignment(str(number))
    except CourseError:
        pytest.fail(f"the coverage map names assignment {number}, which is not in the course")


def places(pattern: re.Pattern[str], number: int) -> list[re.Match[str]]:
    """The places of this kind in one assignment."""
    found = [match for place in PLACES if (match := pattern.fullmatch(place))]
    return [match for match in found if int(match[1]) == number]


def question_cells(number: int) -> list[str]:
    """The text of the section "Questions to think about", and of what follows it."""
    source = assignment(number).source
    assert source is not None
    cells = split_percent((source / "intro.py").read_text(encoding="utf-8"))
    texts = [cell.source for cell in cells if cell.kind == "markdown" and "experiment" in cell.tags]
    starts = [i for i, text in enumerate(texts) if "### Questions to think about" in text]
    return texts[starts[0] :] if starts else []


def test_five_sources_and_the_rest() -> None:
    assert len(LISTS) == SOURCES
    assert BEYOND.startswith("Beyond the list")
    assert len(ROWS) > 80
    assert len(ROWS) == len(set(ROWS))


@pytest.mark.parametrize(("idea", "where"), ROWS, ids=[idea for idea, _ in ROWS])
def test_every_line_has_a_place(idea: str, where: str) -> None:
    assert idea
    is_covered = "`" in where or ELECTIVE.search(where) or re.match(r"context only: \w", where)
    assert is_covered, f"{idea}: {where or 'no place'}"
    for place in re.findall(r"`([^`]+)`", where):
        kinds = [kind for kind in (TASK, FIGURE, QUESTIONS) if kind.fullmatch(place)]
        assert len(kinds) == 1, f"{idea}: `{place}` is no task, figure or section of questions"


@pytest.mark.parametrize("number", WRITTEN)
def test_the_places_exist(number: int) -> None:
    course_tasks = {(task.number, task.name) for task in assignment(number).tasks}
    tasks = {(f"{match[1]}.{match[2]}", match[3]) for match in places(TASK, number)}
    assert tasks - course_tasks == set(), "no such task"
    figures = {match[2] for match in places(FIGURE, number)}
    assert figures - {figure.name for figure in assignment(number).experiments} == set()
    assert figures, f"no figure of assignment {number} is named"
    assert places(QUESTIONS, number) and question_cells(number)


@pytest.mark.parametrize("number", WRITTEN)
def test_no_task_is_forgotten(number: int) -> None:
    named = {match[3] for match in places(TASK, number)}
    assert {task.name for task in assignment(number).tasks} - named == set()


def test_beyond_the_list_holds_what_no_list_names() -> None:
    listed = {place for _, where in ROWS for place in re.findall(r"`([^`]+)`", where)}
    for task, why in TABLES[BEYOND]:
        assert TASK.fullmatch(task.strip("`")), task
        assert task.strip("`") not in listed, f"{task} is in a list above"
        assert why


def test_what_is_not_written_is_not_there_and_the_rest_is() -> None:
    electives = {int(number) for _, where in ROWS for number in ELECTIVE.findall(where)}
    referenced = {int(found) for place in PLACES for found in re.findall(r"(\d+)[.,]", place)}
    present = {int(each.number) for each in Course(ROOT).assignments()}
    assert electives == {7, 8, 9, 10}
    assert electives & present == set(), "written meanwhile: name its tasks in the map"
    assert present - referenced == set(), "an assignment that the map does not know"


@pytest.mark.parametrize("number", WRITTEN)
def test_every_question_has_an_answer(number: int) -> None:
    questions, *rest = question_cells(number)
    asked = re.findall(r"^# (\d+)\. ", questions, re.M)
    answered = re.findall(r"<summary>(\d+)\. .+</summary>", "\n".join(rest))
    assert asked == [str(i) for i in range(1, len(asked) + 1)] and len(asked) >= 4
    assert answered == asked
    assert "\n".join(rest).count("<details>") == "\n".join(rest).count("</details>") == len(asked)


def test_the_decisions_name_real_tasks() -> None:
    page = tables((ROOT / "docs" / "decisions.md").read_text(encoding="utf-8"))
    numbers = {task.number for number in WRITTEN for task in assignment(number).tasks}
    for heading in list(page)[:2]:
        for topic, _, _, where in page[heading]:
            found = set(re.findall(r"\d+\.\d+", where))
            assert found or where == "everywhere" or ELECTIVE.fullmatch(where), topic
            assert found - numbers == set(), topic
