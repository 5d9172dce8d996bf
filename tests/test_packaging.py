"""What students install: the contents of the wheel, a run from it, and bootstrap.py's manners."""

from __future__ import annotations

import ast
import importlib.util
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import sysconfig
import tarfile
import venv
import zipfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from types import ModuleType

import pytest

PURELIB = Path(sysconfig.get_path("purelib"))


def run(command: list[str], **options: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, capture_output=True, text=True, **options)  # type: ignore[call-overload,no-any-return]


# --- what is packed ---------------------------------------------------------------------------


@pytest.fixture(scope="module")
def packed(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the wheel and the sdist, built as a release would be, without the network."""
    out = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "build", "--no-isolation", "--wheel", "--sdist"]
    done = run([*command, "--outdir", str(out), str(root)])
    assert done.returncode == 0, done.stdout + done.stderr
    return out


@pytest.fixture(scope="module")
def wheel(packed: Path) -> Path:
    (path,) = packed.glob("groundup-*.whl")
    return path


def files_in(archive: Path) -> Iterator[tuple[PurePosixPath, bytes]]:
    if archive.suffix == ".whl":
        with zipfile.ZipFile(archive) as opened:
            for name in opened.namelist():
                yield PurePosixPath(name), opened.read(name)
    else:
        with tarfile.open(archive) as opened_tar:
            for member in opened_tar.getmembers():
                if member.isfile():
                    content = opened_tar.extractfile(member)
                    assert content is not None
                    yield PurePosixPath(*PurePosixPath(member.name).parts[1:]), content.read()


def secrets_of(solutions: Path) -> set[bytes]:
    """Texts that no student may find: hidden checks, solutions, the code of known mistakes."""
    hidden, public, texts = set(), set(), set()
    for path in solutions.glob("*/*/checks.py"):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
                marks = " ".join(map(ast.unparse, node.decorator_list))
                (hidden if "mark.hidden" in marks else public).add(f"def {node.name}(")
    for path in solutions.glob("*/*/task.py"):
        source = path.read_text(encoding="utf-8")
        for block in re.findall(r"### BEGIN SOLUTION *\n(.*?)\n *### END", source, re.S):
            if block.count("\n") >= 2:  # a line or two may stand in a hint as well
                texts.add(block)
    for path in solutions.glob("*/*/variants.py"):
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.startswith("@misconception"):
                texts.add(line)
    assert hidden and texts, "the test has nothing to look for"
    return {text.encode() for text in (hidden - public) | texts}


@pytest.mark.slow
@pytest.mark.parametrize("suffix", ["whl", "tar.gz"])
def test_nothing_secret_is_packed(packed: Path, root: Path, suffix: str) -> None:
    (archive,) = packed.glob(f"*.{suffix}")
    secrets = secrets_of(root / "solutions")
    paths = []
    for path, content in files_in(archive):
        paths.append(path)
        assert not {"solutions", "tests", "cache", "__pycache__"} & set(path.parts), path
        assert "hidden" not in path.name, path
        if "assignments" in path.parts:
            assert path.name != "variants.py", path
            assert b"pytest.mark.hidden" not in content, path
            assert b"BEGIN SOLUTION" not in content, path
            # Notebooks are JSON: newlines and quotes are escaped there.
            plain = content.replace(b"\\n", b"\n").replace(b'\\"', b'"')
            found = [secret for secret in secrets if secret in content or secret in plain]
            assert found == [], path
    assert len(paths) > 20


@pytest.mark.slow
def test_the_wheel_holds_the_engine_the_course_and_the_data(wheel: Path, root: Path) -> None:
    packed = {str(path) for path, _ in files_in(wheel)}
    engine = {
        path.relative_to(root).as_posix()
        for path in (root / "autograder").rglob("*")
        if path.is_file() and not {"__pycache__", ".ruff_cache"} & set(path.parts)
    }
    assert engine <= packed
    tracked = run(["git", "ls-files", "assignments", "datasets"], cwd=root)
    if tracked.returncode == 0:
        course = {f"autograder/course_files/{name}" for name in tracked.stdout.splitlines()}
        assert course and course <= packed
    assert any(name.startswith("autograder/course_files/assignments/") for name in packed)
    assert "autograder/course_files/datasets/digits/digits.npz" in packed
    roots = {PurePosixPath(name).parts[0] for name in packed}
    assert len(roots) == 2 and "autograder" in roots, "only autograder/ and its .dist-info/"


# --- a run from the wheel ---------------------------------------------------------------------


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The bin folder of a fresh environment that holds the wheel; other packages are borrowed."""
    home = tmp_path_factory.mktemp("installed")
    venv.create(home, symlinks=os.name != "nt")
    bin_folder = home / ("Scripts" if os.name == "nt" else "bin")
    python = str(bin_folder / "python")
    # pip alone, without this environment's other packages: those would count as installed.
    shutil.copytree(PURELIB / "pip", home / "only-pip" / "pip")
    done = run(
        [python, "-m", "pip", "install", "--no-deps", "--no-index", "--no-cache-dir", str(wheel)],
        env={**os.environ, "PYTHONPATH": str(home / "only-pip")},
    )
    assert done.returncode == 0, done.stdout + done.stderr
    where = run([python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"])
    # A .pth file in a borrowed folder is not read, so an editable Groundup there stays out.
    Path(where.stdout.strip(), "borrowed.pth").write_text(str(PURELIB))
    return bin_folder


@pytest.mark.slow
def test_a_student_grades_from_the_wheel_in_an_empty_folder(
    installed: Path, root: Path, tmp_path: Path
) -> None:
    sample = tmp_path / "first_attempt.py"
    shutil.copy(root / "examples" / "first_attempt.py", sample)
    empty = tmp_path / "empty"
    empty.mkdir()
    env = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}

    origin = run(
        [str(installed / "python"), "-c", "import autograder; print(autograder.__file__)"],
        cwd=empty,
        env=env,
    )
    assert Path(origin.stdout.strip()).is_relative_to(installed.parent), origin

    command = [str(installed / "grade"), "assignment3", "--submission", str(sample)]
    done = run([*command, "--format", "json"], cwd=empty, env=env)
    assert done.returncode == 1, done.stdout + done.stderr
    report = json.loads(done.stdout)
    assert report["assignment"] == "assignment3"
    assert 0 < report["score"] < report["max_score"]
    checks = [check for task in report["tasks"] for check in task["checks"]]
    assert not any(check["hidden"] for check in checks)
    assert report["hidden_points"] > 0
    assert report["hidden_points"] + report["max_score"] == pytest.approx(100)
    assert any(check["misconception"] for check in checks)
    assert not any(check["status"] == "grader_fault" for check in checks)
    assert list(empty.iterdir()) == [], "grading leaves nothing behind"


# --- bootstrap.py -----------------------------------------------------------------------------


@pytest.fixture
def bootstrap(root: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("bootstrap", root / "bootstrap.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_bootstrap_needs_the_standard_library_only(root: Path) -> None:
    done = run([sys.executable, "-I", "-S", str(root / "bootstrap.py")])
    assert done.returncode == 2
    assert "python3 bootstrap.py test" in done.stdout


def test_bootstrap_names_the_python_that_it_needs(
    bootstrap: ModuleType, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bootstrap, "MINIMUM", (99, 1))
    assert bootstrap.main(["grade", "assignment3"]) == bootstrap.SETUP_FAILED
    message = capsys.readouterr().err
    assert "needs Python 99.1 or newer" in message
    assert "bootstrap.py grade assignment3" in message


@pytest.mark.parametrize("code", [0, 1, 2, 3])
def test_bootstrap_passes_the_exit_code_on(bootstrap: ModuleType, code: int) -> None:
    assert bootstrap.run([sys.executable, "-c", f"raise SystemExit({code})"]) == code


@pytest.mark.skipif(os.name == "nt", reason="signals")
def test_bootstrap_reports_a_signal_as_shells_do(bootstrap: ModuleType) -> None:
    program = "import os, signal; os.kill(os.getpid(), signal.SIGTERM)"
    assert bootstrap.run([sys.executable, "-c", program]) == 128 + signal.SIGTERM


def test_bootstrap_shows_what_failed(bootstrap: ModuleType) -> None:
    program = "import sys; print('on stdout'); print('on stderr', file=sys.stderr); sys.exit(7)"
    with pytest.raises(bootstrap.SetupError) as caught:
        bootstrap.attempt([sys.executable, "-c", program], "try this")
    text = caught.value.args[0]
    assert "on stdout" in text and "on stderr" in text
    assert "Could not try this (exit code 7" in text


def test_bootstrap_installs_again_when_the_project_changes(
    bootstrap: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "autograder").mkdir()
    (tmp_path / "pyproject.toml").write_text("a = 1")
    (tmp_path / "autograder" / "__init__.py").write_text("")
    monkeypatch.setattr(bootstrap, "ROOT", tmp_path)
    before = bootstrap.current_fingerprint()
    assert bootstrap.current_fingerprint() == before
    (tmp_path / "pyproject.toml").write_text("a = 2")
    assert bootstrap.current_fingerprint() != before


@pytest.mark.parametrize("stamp", ["", "{", "[]", '{"fingerprint": "old", "extras": [""]}'])
def test_bootstrap_does_not_trust_a_damaged_stamp(
    bootstrap: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, stamp: str
) -> None:
    path = tmp_path / "groundup.json"
    path.write_text(stamp)
    monkeypatch.setattr(bootstrap, "STAMP", path)
    assert bootstrap.installed_extras("new") == set()


def test_bootstrap_adds_up_the_tests(bootstrap: ModuleType, tmp_path: Path) -> None:
    totals = {"passed": 0, "failed": 0, "skipped": 0}
    results = tmp_path / "results.xml"
    assert bootstrap.count(results, totals) == 0  # pytest never got as far as writing it
    results.write_text(
        '<testsuites><testsuite tests="9" failures="2" errors="1" skipped="3"/></testsuites>'
    )
    assert bootstrap.count(results, totals) == 9
    assert totals == {"passed": 3, "failed": 3, "skipped": 3}
