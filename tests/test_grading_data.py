"""An instructor may let a training assignment be graded on other images: one line of its .toml."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from engine import ROOT, edited, run_grade, solution_text

from autograder.course import Course

#: The real images, where somebody has put them; the project does not contain them.
MNIST = ROOT.parent / "shared" / "mnist"
needs_mnist = pytest.mark.skipif(not MNIST.is_dir(), reason=f"needs MNIST's IDX files in {MNIST}")
DATA = ["digits28", pytest.param("mnist8k", marks=needs_mnist)]
EPOCHS = "epochs = 8 if len(x_train) > 3000 else 25"


@pytest.fixture
def course(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A staff checkout of its own, with a folder for data of its own."""
    shutil.copytree(ROOT / "solutions", tmp_path / "solutions")
    monkeypatch.setenv("GROUNDUP_DATA", str(tmp_path / "data"))
    return tmp_path


def grade_on(
    course: Path, name: str, data: str, text: str, seconds: float = 60.0
) -> dict[str, object]:
    settings = course / "solutions" / name / "assignment.toml"
    old = settings.read_text(encoding="utf-8")
    assert old.count('dataset = "digits"') == 1
    settings.write_text(old.replace('"digits"', f'"{data}"'), encoding="utf-8")
    if data == "mnist8k":
        assert run_grade("data", "fetch", "mnist", "--from", MNIST, cwd=course).code == 0
    work = course / f"{name}.py"
    work.write_text(text, encoding="utf-8")
    run = run_grade(name, "--submission", work, "--format", "json", cwd=course, timeout=seconds)
    found: dict[str, object] = run.json
    found["failing"] = [
        check["name"]
        for task in run.json["tasks"]
        for check in task["checks"]
        if check["status"] != "passed"
    ]
    return found


@pytest.mark.slow
@pytest.mark.parametrize("data", DATA)
@pytest.mark.parametrize("name", ["assignment3", "assignment6"])
def test_the_solution_passes_on_other_images(course: Path, name: str, data: str) -> None:
    report = grade_on(course, name, data, solution_text(Course(ROOT).assignment(name)))
    assert report["failing"] == [] and report["score"] == 100


@pytest.mark.slow
@pytest.mark.parametrize("data", DATA)
def test_too_little_training_fails_there_too(course: Path, data: str) -> None:
    text = solution_text(Course(ROOT).assignment("assignment6"))
    # To name the mistake, every network known to be wrong is trained on these images, once.
    wrong = edited((EPOCHS, "epochs = 1"), text=text)
    report = grade_on(course, "assignment6", data, wrong, seconds=600)
    assert report["failing"] == ["test_reads_digits", "test_history_is_true", "test_sorted_rows"]


def test_without_the_images_nothing_else_is_taken(course: Path) -> None:
    settings = course / "solutions" / "assignment6" / "assignment.toml"
    settings.write_text(settings.read_text().replace('"digits"', '"mnist8k"'), encoding="utf-8")
    work = course / "assignment6.py"
    work.write_text("import numpy as np\n", encoding="utf-8")
    run = run_grade("assignment6", "--submission", work, cwd=course)
    assert run.code != 0 and "grade data fetch mnist" in run.err
