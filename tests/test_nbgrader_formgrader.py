"""Formgrader as an instructor sees it: the real server, in a real browser."""

from __future__ import annotations

import contextlib
import csv
import importlib.util
import json
import socket
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from browser import CHROMIUM, Page, chromium
from nbgrader_class import DOUBLE, HALVE, Class, cell_of, needs_nbgrader, tiny_class

pytestmark = [
    *needs_nbgrader,
    pytest.mark.skipif(
        CHROMIUM is None or importlib.util.find_spec("websocket") is None,
        reason="needs Chromium and websocket-client",
    ),
]


#: A picture of one pixel.
DOT = "R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7"


@contextlib.contextmanager
def server(course: Class) -> Iterator[str]:
    """Jupyter's server with formgrader in the course folder; yields its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    log = (course.folder / "server.log").open("w")
    process = subprocess.Popen(
        ["jupyter", "server", "--allow-root", "--ip=127.0.0.1", f"--port={port}",
         "--ServerApp.port_retries=0", "--IdentityProvider.token=", "--ServerApp.password=",
         "--ServerApp.disable_check_xsrf=True",
         f"--ServerApp.root_dir={course.folder}", "--no-browser"],
        cwd=course.folder, env=course.environment, stdin=subprocess.DEVNULL,
        stdout=log, stderr=log,
    )  # fmt: skip
    try:
        address = f"http://127.0.0.1:{port}"
        ends = time.monotonic() + 90
        while True:
            assert process.poll() is None, (course.folder / "server.log").read_text()
            with contextlib.suppress(OSError), urllib.request.urlopen(f"{address}/api"):
                break
            assert time.monotonic() < ends
            time.sleep(0.2)
        yield address
    finally:
        process.terminate()
        try:
            process.wait(timeout=30)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        log.close()


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Class:
    made = tiny_class(tmp_path_factory.mktemp("formgrader"))
    made.generate()
    wrong = made.solved(double=DOUBLE.replace("return scale * x", "return x"), halve=HALVE)
    cell_of(wrong, "halve-prompt-2").update(
        source="Because of *me*. ![dot.gif](attachment:dot.gif)",
        attachments={"dot.gif": {"image/gif": DOT}},
    )
    for name, source in (("lost", "![](attachment:lost.png)"), ("link", "[x](javascript:go())")):
        cell = {"cell_type": "markdown", "id": name, "metadata": {}, "source": source}
        wrong["cells"].append(cell)
    made.submit("ann", wrong)
    made.submit("ben", made.solved(double=DOUBLE, halve=HALVE))
    made.nbgrader("autograde", "assignment7", "--student=ann")
    return made


@pytest.fixture(scope="module")
def page(course: Class, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    with server(course) as address, chromium(tmp_path_factory.mktemp("profile")) as browser:
        browser.address = address  # type: ignore[attr-defined]
        yield browser


def go(page: Page, path: str) -> None:
    page.open(f"{page.address}{path}")  # type: ignore[attr-defined]


def test_the_gradebook_lists_the_assignment_and_the_student(page: Page) -> None:
    go(page, "/formgrader/gradebook/")
    page.wait("document.body.innerText.includes('assignment7')")
    go(page, "/formgrader/gradebook/assignment7/assignment7")
    page.wait("document.body.innerText.includes('Submission #1')")
    go(page, "/formgrader/manage_assignments")
    page.wait("document.body.innerText.includes('assignment7')")


def submission_id(course: Class, student: str) -> str:
    ((found,),) = course.query(
        "SELECT sn.id FROM submitted_notebook sn JOIN submitted_assignment sa "
        "ON sn.assignment_id = sa.id WHERE sa.student_id = ?",
        student,
    )
    return str(found)


def test_a_submission_shows_our_feedback_and_takes_a_manual_score(
    course: Class, page: Page
) -> None:
    go(page, f"/formgrader/submissions/{submission_id(course, 'ann')}")
    text = page.wait("document.body.innerText.includes('You return x itself.') "
                     "&& document.body.innerText")  # fmt: skip
    assert "7.1 Doubling (두 배): 0 / 7.5" in text and "x를 그대로" in text
    assert "other numbers (hidden)" in text and "Because of" in text
    assert "attachment:lost.png" in text and "javascript:go()" in text
    dots = "[...document.images].filter(i => i.src.startsWith('data:image/gif') && i.naturalWidth)"
    assert page.wait(f"{dots}.length") == 1
    live = "[...document.links].filter(a => a.href.includes('go()')).length"
    assert page.run(live) == 0
    field = "document.querySelector('input.score#double-checks')"
    page.wait(f"{field}.placeholder != ''")  # the browser has heard of the automatic score
    page.run(f"{field}.value = '2.5'; $({field}).change(); true")
    ends = time.monotonic() + 30
    while (2.5,) not in course.query("SELECT manual_score FROM grade"):
        assert time.monotonic() < ends, "the score does not reach the gradebook"
        time.sleep(0.2)
    # The comment box, too.
    box = "document.querySelector('textarea.comment')"
    page.run(f"{box}.value = 'Look again.'; $({box}).change(); true")
    while ("Look again.",) not in course.query("SELECT manual_comment FROM comment"):
        assert time.monotonic() < ends + 30, "the comment does not reach the gradebook"
        time.sleep(0.2)
    course.nbgrader("export")
    with (course.folder / "grades.csv").open(encoding="utf-8", newline="") as file:
        (row,) = (row for row in csv.DictReader(file) if row["student_id"] == "ann")
    assert float(row["score"]) == 2.5 + 1.0


def test_formgraders_own_button_grades_through_us(course: Class, page: Page) -> None:
    go(page, "/formgrader/manage_submissions/assignment7")
    page.wait("document.body.innerText.includes('ben')")
    answer = page.command(
        "Runtime.evaluate",
        expression="fetch('/formgrader/api/submission/assignment7/ben/autograde', "
        "{method: 'POST'}).then(r => r.text())",
        awaitPromise=True,
        returnByValue=True,
    )
    told = json.loads(answer["result"]["value"])
    assert told["success"], told
    assert course.scores("ben") == {"double": 7.5, "halve": 1.0}
    assert "7.1 Doubling" in course.explanation("ben", "double")
    go(page, f"/formgrader/submissions/{submission_id(course, 'ben')}")
    page.wait("document.body.innerText.includes('7.1 Doubling (두 배): 7.5 / 7.5')")


def test_no_kernel_was_started(course: Class) -> None:
    log = Path(course.folder / "server.log").read_text(encoding="utf-8")
    assert "Kernel started" not in log and "Traceback" not in log
