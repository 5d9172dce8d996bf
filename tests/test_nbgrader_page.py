"""What students wrote, as they and their instructors see it: pictures, links, endless text."""

from __future__ import annotations

import base64
import json
import struct
import time
import zlib
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from nbgrader_class import DOUBLE, HALVE, Class, cell_of, needs_nbgrader, tiny_class

ROOT = Path(__file__).resolve().parent.parent
pytest.importorskip("nbgrader")

from autograder.nbgrader.page import (  # noqa: E402
    AS_TYPED,
    LONGEST,
    LONGEST_RAW,
    MOST_TEXT,
    Page,
    pictures,
)
from autograder.nbgrader.rebuild import StudentCell, rebuild  # noqa: E402


def png(shade: int = 0) -> str:
    """Base64 of a picture of one pixel."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    header = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    pixel = zlib.compress(bytes([0, shade]))
    data = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixel)
    return base64.b64encode(data + chunk(b"IEND", b"")).decode()


def pasted(source: str, *names: str) -> dict[str, Any]:
    """A markdown cell with attached pictures of different shades."""
    attached = {name: {"image/png": png(number)} for number, name in enumerate(names)}
    return {
        "cell_type": "markdown", "id": "pasted", "metadata": {}, "source": source,
        "attachments": attached,
    }  # fmt: skip


def own(source: str, *names: str) -> dict[str, Any]:
    return Page().own("markdown", source, pictures(pasted(source, *names)))


# ------------------------------------------------------------------------------ pictures


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("![image.png](attachment:image.png)", "image.png"),
        ("![x](attachment:my%20picture.png)", "my picture.png"),
        ("![그림](attachment:그림.png)", "그림.png"),
        ("![x][1]\n\n[1]: attachment:a.png", "a.png"),
        ("![x](attachment&colon;a.png)", "a.png"),
    ],
)
def test_a_pasted_picture_is_carried(source: str, name: str) -> None:
    cell = own(source, name)
    assert cell["cell_type"] == "markdown" and cell["source"] == source
    assert list(cell["attachments"].values()) == [{"image/png": png()}]


def test_only_pictures_that_are_shown_are_carried() -> None:
    cell = own("![x](attachment:b.png)", "a.png", "b.png")
    assert cell["attachments"] == {"b.png": {"image/png": png(1)}}
    assert "attachments" not in own("no picture", "a.png")


@pytest.mark.parametrize(
    "bundle",
    [
        {"image/svg+xml": "<svg onload='alert(1)'/>"},
        {"text/html": png()},
        {"image/png": png() + '" onerror="alert(1)'},
        {"image/png": ""},
        {"image/png": 7},
        {"image/png": [png(), 7]},
        {},
        None,
        "image/png",
    ],
)
def test_nothing_else_is_carried(bundle: object) -> None:
    cell = {**pasted("![x](attachment:a)"), "attachments": {"a": bundle}}
    assert pictures(cell) == {}
    assert pictures({**cell, "attachments": [bundle]}) == {}
    assert Page().own("markdown", "![x](attachment:a)", {}) == {
        "cell_type": "raw", "source": "![x](attachment:a)",
    }  # fmt: skip


def test_lines_of_base64_are_joined() -> None:
    cell = {**pasted("-"), "attachments": {"a": {"image/png": [png()[:20] + "\n", png()[20:]]}}}
    assert pictures(cell) == {"a": ("image/png", png())}


def test_a_picture_counts_as_often_as_it_is_shown() -> None:
    large = {"a.png": ("image/png", "A" * 1_000_000)}
    page = Page()
    assert page.own("markdown", "![x](attachment:a.png)\n" * 9, large)["cell_type"] == "raw"
    for _ in range(8):
        assert "attachments" in page.own("markdown", "![x](attachment:a.png)", large)
    assert page.own("markdown", "![x](attachment:a.png)", large)["cell_type"] == "raw"


def test_an_answer_whose_picture_is_gone_is_shown_as_typed() -> None:
    text = "![x](attachment:a.png) $$1$$ <b>\n\n~~~\n1"
    answer = Page().answer(text, {})
    assert answer == {"source": f"{AS_TYPED}\n\n~~~~\n{text.replace('<', '< ')}\n~~~~\n"}


# --------------------------------------------------------------------------- endless text


@pytest.mark.parametrize("text", ["[" * 200_000, "![a](" * 80_000])
def test_long_text_is_not_rendered(text: str) -> None:
    started = time.monotonic()
    cell = own(text)
    assert cell["cell_type"] == "raw"
    assert cell["source"].startswith(f"[Only the first {LONGEST_RAW} of {len(text)} characters")
    answer = Page().answer(text, {})["source"]
    assert f"Only the first {LONGEST} of {len(text)} characters" in answer
    assert len(answer) < LONGEST + 300
    assert time.monotonic() - started < 60


def test_many_texts_together_are_not_rendered() -> None:
    page = Page()
    kinds = [page.own("markdown", "a" * LONGEST, {})["cell_type"] for _ in range(8)]
    most = MOST_TEXT // LONGEST
    assert kinds == ["markdown"] * most + ["raw"] * (8 - most)


def test_short_text_that_grows_is_not_rendered() -> None:
    assert own("[a]: http://" + "x" * 9000 + "\n\n" + "[a] " * 2500)["cell_type"] == "raw"


def test_many_brackets_beside_a_large_picture_are_not_rendered() -> None:
    large = {"a.png": ("image/png", "A" * 4_000_000)}
    text = "![x](attachment:a.png)"
    assert Page().own("markdown", text + " [x]" * 50, large)["cell_type"] == "markdown"
    assert Page().own("markdown", "[" * 5000 + text, large)["cell_type"] == "raw"


def test_our_own_texts_are_rendered() -> None:
    for path in (ROOT / "assignments").glob("*/*.ipynb"):
        book = json.loads(path.read_text(encoding="utf-8"))
        cells = [
            StudentCell(cell["cell_type"], "".join(cell["source"]))
            for cell in book["cells"]
            if cell["cell_type"] == "markdown"
        ]
        assert cells
        assert {cell.cell_type for cell in rebuild({"cells": []}, cells)["cells"]} == {"markdown"}


# ---------------------------------------------------------------------------------- links

HARMFUL = (
    "[x](javascript:alert(1))",
    "[x](JavaScript:alert(1))",
    "[x](java&#115;cript:alert(1))",
    "[x](javascript&colon;alert(1))",
    "[x](javascript&#58;alert(1))",
    "[x](java&Tab;script:alert(1))",
    "[x](&#1;javascript:alert(1))",
    "[x][1]\n\n[1]: javascript:alert(1)",
    "[x]\n\n[x]: javascript:alert(1)",
    "[x](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==)",
    "[x](data:image/png;base64,AAAA)",
    "![x](data:image/svg+xml;base64,AAAA)",
    "![x](javascript:alert(1))",
    "[x](vbscript:alert(1))",
    "[x](file:///etc/passwd)",
    # nbconvert takes files/ away after it has rendered the text.
    "[x](files/javascript:alert(1))",
    "[x](/files/javascript:alert(1))",
)
HARMLESS = (
    "[x](https://numpy.org) [y](HTTP://numpy.org) [z](mailto:a@b.c) https://numpy.org",
    "[x](#top) [y](picture.png) [z](/a:b) [w](?a:b) [v](../a)",
    "# A heading\n\n- $a:b$ `javascript:alert(1)` javascript:alert(1)",
    "![x](https://numpy.org/logo.png) ![y](data:image/png;base64,AAAA)",
)


class Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [value or "" for name, value in attrs if name in ("href", "src")]


def links(page: str) -> list[str]:
    reader = Links()
    reader.feed(page)
    return reader.found


@pytest.mark.parametrize("text", HARMFUL)
def test_a_link_that_could_run_something_is_text(text: str) -> None:
    assert own(text) == {"cell_type": "raw", "source": text}
    assert Page().answer(text, {})["source"].startswith(AS_TYPED)


@pytest.mark.parametrize("text", HARMLESS)
def test_other_links_stay(text: str) -> None:
    assert own(text) == {"cell_type": "markdown", "source": text}
    assert Page().answer(text, {}) == {"source": text}


# ------------------------------------------------------------------------ the whole of it

PASTED = "![image.png](attachment:image.png)"
CELLS = {
    "pasted": pasted(PASTED, "image.png"),
    "missing": pasted(PASTED),
    "colon": pasted("![x](attachment&colon;a.png)"),
    "long": pasted("[" * 200_000),
    **{f"link{number}": pasted(text) for number, text in enumerate(HARMFUL)},
}


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Class:
    made = tiny_class(tmp_path_factory.mktemp("page"))
    made.generate()
    for student, cell in CELLS.items():
        if not student.startswith("link"):
            book = made.solved(double=DOUBLE, halve=HALVE)
            book["cells"].append(cell)
            made.submit(student, book)
    book = made.solved(double=DOUBLE, halve=HALVE)
    for number in range(len(HARMFUL)):
        book["cells"].append({**CELLS[f"link{number}"], "id": f"link{number}"})
    made.submit("links", book)
    for student, source in (("answer", PASTED), ("lost", PASTED), ("linked", HARMFUL[0])):
        book = made.solved(double=DOUBLE, halve=HALVE)
        cell = cell_of(book, "halve-prompt-2")
        cell["source"] = source
        if student == "answer":
            cell["attachments"] = {"image.png": {"image/png": png()}}
        made.submit(student, book)
    made.nbgrader("autograde", "assignment7")
    printed = made.nbgrader("generate_feedback", "assignment7")
    assert "Traceback" not in printed and "ERROR" not in printed, printed
    return made


def feedback(course: Class, student: str) -> str:
    folder = course.gradebook / "feedback" / student / "assignment7"
    return (folder / "assignment7.html").read_text(encoding="utf-8")


class TestFeedback:
    pytestmark = needs_nbgrader

    @pytest.mark.parametrize(
        "student", ["pasted", "missing", "colon", "long", "links", "answer", "lost", "linked"]
    )
    def test_there_is_a_page_for_everyone(self, course: Class, student: str) -> None:
        page = feedback(course, student)
        assert "7.1 Doubling" in page
        assert course.scores(student) == {"double": 7.5, "halve": 1.0}
        shown = [link for link in links(page) if not link.startswith(("#", "http"))]
        pictures = [f"data:image/png;base64,{png()}"] if student in ("pasted", "answer") else []
        assert shown == pictures

    def test_what_is_not_rendered_can_be_read(self, course: Class) -> None:
        assert "attachment:image.png" in feedback(course, "missing")
        lost = feedback(course, "lost")
        assert "attachment:image.png" in lost and AS_TYPED in lost
        assert "javascript:alert(1)" in feedback(course, "linked")
        assert feedback(course, "links").count("alert(1)") >= len(HARMFUL) - 4

    def test_an_answer_stays_with_the_person_who_grades_it(self, course: Class) -> None:
        for student in ("answer", "lost", "linked"):
            assert course.grades()[student]["halve-prompt-2"] == (None, True)
