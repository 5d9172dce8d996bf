"""Attacks, run through the real protocol against the layers that this machine can put on.

With Landlock and seccomp every attack must achieve nothing. With weaker layers only integrity is
promised: the grader survives, nothing is forged, and the next submission is graded.
"""

from __future__ import annotations

import ast
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hostile import harness

from autograder.results import Status
from autograder.sandbox import (
    ALL_LAYERS,
    PROCESS_LAYERS,
    Limits,
    Sandbox,
    harden_grader,
    open_sandbox,
)
from autograder.student import Instance, StudentError, StudentModule, WorkerLost

if sys.platform != "linux":
    pytest.skip("the layers under attack exist on Linux only", allow_module_level=True)

NOBODY = 65534
SECRET = "xyzzy-hidden-check-41"
FULL = frozenset(ALL_LAYERS) - {"bubblewrap"}
LAYERS = {
    "full": (FULL, "zygote"),
    "full+bubblewrap": (frozenset(ALL_LAYERS), "zygote"),
    "full, spawned": (FULL, "spawn"),
    "process": (PROCESS_LAYERS, "zygote"),
    "process+bubblewrap": (PROCESS_LAYERS | {"bubblewrap"}, "zygote"),
}
STRONG = [name for name in LAYERS if name.startswith("full")]
WEAK = [name for name in LAYERS if name not in STRONG]

#: These return a list of what they achieved.
REFUSED = """
    fork_bomb thread_bomb memory_bomb disk_filling inode_filling tamper kill kill_by_fcntl ptrace
    proc read_files imports environment sockets run_programs daemon privileges system_calls
    inspect_frames flood_output
""".split()

#: These end without an answer, in this way.
ENDINGS = {
    "swallow_everything": {Status.TIMEOUT},
    "sleep_for_ever": {Status.TIMEOUT},
    "crash": {Status.CRASHED},
    "leave": {Status.CRASHED},
    "abort": {Status.CRASHED},
    "x32_system_call": {Status.CRASHED},
    "close_descriptors": {Status.CRASHED, Status.TIMEOUT},
    "system_exit": {Status.ERROR},
    "patch_everything": {Status.CRASHED, Status.ERROR, Status.TIMEOUT},
}


@pytest.fixture(scope="module", autouse=True)
def hardened() -> None:
    harden_grader()


@pytest.fixture(scope="module")
def context(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Any]]:
    """What an attacker may know; the files and sockets really exist and are open to all users."""
    folder = tmp_path_factory.mktemp("course")
    secret = folder / "solutions" / "checks.py"
    secret.parent.mkdir()
    secret.write_text(SECRET)
    secret.chmod(0o666)
    writable = folder / "writable"
    writable.mkdir()
    for path in (writable, *secret.parents):
        if path.is_relative_to(Path("/tmp")) and path != Path("/tmp") and path.owner() == _me():
            path.chmod(0o777)
    with (
        socket.create_server(("127.0.0.1", 0)) as server,
        socket.socket(socket.AF_UNIX) as abstract,
    ):
        name = f"groundup-{os.getpid()}"
        abstract.bind(f"\0{name}")
        abstract.listen()
        yield {
            "grader": os.getpid(),
            "group": os.getpgrp(),
            "secret": str(secret),
            "engine": str(Path(sys.modules["autograder.student"].__file__ or "")),
            "pytest": pytest.__file__,
            "writable": str(writable),
            "port": server.getsockname()[1],
            "abstract": name,
            "needle": SECRET[::-1],
            "variant": "",
        }


def _me() -> str:
    import pwd

    return pwd.getpwuid(os.geteuid()).pw_name


@pytest.fixture(scope="module")
def sandboxes() -> Iterator[dict[str, Sandbox]]:
    """One sandbox for each set of layers, kept open: attacks must not spoil it for the next."""
    opened: dict[str, Sandbox] = {}
    os.environ["GROUNDUP_TEST_SECRET"] = SECRET
    yield opened
    del os.environ["GROUNDUP_TEST_SECRET"]
    for sandbox in opened.values():
        sandbox.close()


@pytest.fixture
def sandbox(request: pytest.FixtureRequest, sandboxes: dict[str, Sandbox]) -> Sandbox:
    name = request.param
    if name not in sandboxes:
        layers, launcher = LAYERS[name]
        sandboxes[name] = open_sandbox("auto", harness.LIMITS, layers=layers, launcher=launcher)
    found = sandboxes[name]
    missing = LAYERS[name][0] - set(found.layers)
    if missing:
        pytest.skip(f"this machine has no {', '.join(sorted(missing))}")
    return found


def under(names: list[str]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("sandbox", names, indirect=True)


def outcome(sandbox: Sandbox, name: str, context: dict[str, Any], seconds: float = 5.0) -> Any:
    """What an attack returned, or the exception that its end became. Any other one is a bug."""
    try:
        return harness.attack(sandbox, name, context, seconds)
    except (StudentError, WorkerLost) as error:
        return error


def test_every_attack_is_run() -> None:
    written = {path.stem for path in harness.FOLDER.glob("*.py")} - {"__init__", "harness"}
    assert written == {*REFUSED, *ENDINGS, "forge", "evil_values"}


@under(STRONG)
@pytest.mark.parametrize("name", REFUSED)
def test_achieves_nothing(sandbox: Sandbox, name: str, context: dict[str, Any]) -> None:
    before = _state(context)
    result = outcome(sandbox, name, {**context, "filtered": True}, seconds=20.0)
    assert result == []
    assert _state(context) == before
    harness.assert_still_grading(sandbox)


@under(WEAK)
@pytest.mark.parametrize("name", REFUSED)
def test_grading_survives_with_weak_layers(
    sandbox: Sandbox, name: str, context: dict[str, Any]
) -> None:
    if name in ("kill", "kill_by_fcntl", "privileges", "tamper") and os.geteuid() != 0:
        pytest.skip("without Landlock and seccomp, a worker of the same user may end the grader")
    result = outcome(sandbox, name, {**context, "filtered": False})
    assert isinstance(result, (list, StudentError, WorkerLost))
    _repair(context)
    harness.assert_still_grading(sandbox)


@under([*STRONG, *WEAK])
@pytest.mark.parametrize("name", ENDINGS)
def test_ends_as_a_failure_of_the_submission(
    sandbox: Sandbox, name: str, context: dict[str, Any]
) -> None:
    if name == "x32_system_call" and "seccomp" not in sandbox.layers:
        pytest.skip("refused by seccomp only")
    started = time.monotonic()
    result = outcome(sandbox, name, context, seconds=0.3)
    assert isinstance(result, (StudentError, WorkerLost)), result
    assert result.status in ENDINGS[name]
    assert time.monotonic() - started < 5
    harness.assert_still_grading(sandbox)


def _variants(name: str, table: str) -> list[str]:
    """The keys of the dict `table` of a submission, read without running it."""
    tree = ast.parse((harness.FOLDER / f"{name}.py").read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        value: ast.expr | None = None
        if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == table:
            value = node.value
        if isinstance(node, ast.FunctionDef) and node.name == table:
            value = next(
                n.value
                for n in ast.walk(node)
                if isinstance(n, ast.Return) and isinstance(n.value, ast.Dict)
            )
        if isinstance(value, ast.Dict):
            return [key.value for key in value.keys if isinstance(key, ast.Constant)]
    raise AssertionError(f"no {table} in {name}.py")


PLAIN = (type(None), bool, int, float, complex, str, bytes, list, tuple, dict, np.ndarray)


def assert_plain(value: object) -> None:
    """Nothing in `value` is of a type that the sender chose."""
    if isinstance(value, Instance):
        return
    assert type(value) in PLAIN or isinstance(value, np.generic), type(value)
    if type(value) is np.ndarray:
        assert value.dtype.kind in "biufcUS"
    elif type(value) in (list, tuple):
        for item in value:  # type: ignore[attr-defined]
            assert_plain(item)
    elif type(value) is dict:
        for key, item in value.items():
            assert_plain(key)
            assert_plain(item)


@under(["full", "process"])
@pytest.mark.parametrize("variant", ["slow drip", *_variants("forge", "variants")])
def test_forged_frame(sandbox: Sandbox, variant: str, context: dict[str, Any]) -> None:
    result = outcome(sandbox, "forge", {**context, "variant": variant}, seconds=0.5)
    if isinstance(result, (StudentError, WorkerLost)):
        shown = f"{result} {getattr(result, 'kind', '')} {getattr(result, 'category', '')}"
        assert "\x1b" not in shown and "\u202e" not in shown
        assert len(shown) < 10_000
    else:
        assert_plain(result)
    harness.assert_still_grading(sandbox)


@under(["full"])
@pytest.mark.parametrize("variant", _variants("evil_values", "VALUES"))
def test_evil_value(sandbox: Sandbox, variant: str, context: dict[str, Any]) -> None:
    result = outcome(sandbox, "evil_values", {**context, "variant": variant}, seconds=2.0)
    if isinstance(result, (StudentError, WorkerLost)):
        assert len(str(result)) < 10_000
    else:
        assert_plain(result)
        assert len(repr(result)) < 1_000_000 or variant == "many"
    harness.assert_still_grading(sandbox)


@under(["full"])
def test_answers_in_advance_do_not_reach_a_later_question(sandbox: Sandbox) -> None:
    """A worker that writes 50 answers at once has answered one question; the rest never count
    for another submission, and the numbers 42 must not be read as answers of honest code."""
    source = (harness.FOLDER / "forge.py").read_text()
    with harness.session(sandbox, source) as opened:
        opened.begin_check(seed=0)
        student = StudentModule(opened, ["attack"])
        assert student.attack({"variant": "answers in advance"}) == 42  # its own answer: allowed
    harness.assert_still_grading(sandbox)


@under(["full"])
def test_a_worker_never_sees_another_submission(sandbox: Sandbox) -> None:
    """What np.empty uncovers was never another student's."""
    leave = (
        "import numpy as np\ndef f():\n"
        "    global keep\n    keep = [np.full(1 << 16, 7.25) for _ in range(50)]\n"
    )
    look = (
        "import numpy as np\ndef f():\n"
        "    return sum(int((np.empty(1 << 16) == 7.25).sum()) for _ in range(50))\n"
    )
    harness.call(sandbox, leave, "f")
    assert harness.call(sandbox, look, "f") == 0


@under(WEAK)
def test_leftovers_die_with_their_worker(sandbox: Sandbox) -> None:
    """Without seccomp a daemon can be started; it is gone when its worker is closed."""
    if os.geteuid() != 0:
        pytest.skip("only then do all the workers' processes have a user of their own")
    source = (harness.FOLDER / "daemon.py").read_text()
    limits = Limits(memory_bytes=1 << 30, processes=1000)
    with open_sandbox("auto", limits, layers=frozenset(sandbox.layers)) as weak:
        before = harness.workers_of(NOBODY)  # workers that other tests keep ready
        with harness.session(weak, source) as opened:
            opened.begin_check(seed=0)
            assert StudentModule(opened, ["attack"]).attack({}) == ["daemon"]
            time.sleep(0.1)
            started = harness.workers_of(NOBODY) - before
            assert len(started) >= 2  # the worker and its daemon
        assert not any(map(harness.alive, started))
        harness.assert_still_grading(weak)


def test_a_stopped_bubblewrap_ends_all_the_same() -> None:
    """With weak layers a worker of the grader's user can stop bubblewrap's first process."""
    with open_sandbox("auto", layers=PROCESS_LAYERS | {"bubblewrap"}) as weak:
        if "bubblewrap" not in weak.layers:
            pytest.skip(weak.missing["bubblewrap"])
        monitor = weak._launcher._zygote._process.pid  # type: ignore[attr-defined]
        (first,) = map(int, Path(f"/proc/{monitor}/task/{monitor}/children").read_text().split())
        assert harness.alive(first)
        os.kill(first, signal.SIGSTOP)
    deadline = time.monotonic() + 5
    while harness.alive(first) and time.monotonic() < deadline:
        time.sleep(0.01)
    assert not harness.alive(first)


def _state(context: dict[str, Any]) -> object:
    """What an attack could have changed outside."""
    secret = Path(context["secret"])
    return (
        secret.read_text(),
        secret.stat().st_mode,
        sorted(path.name for path in secret.parent.iterdir()),
        sorted(path.name for path in Path(context["writable"]).iterdir()),
    )


def _repair(context: dict[str, Any]) -> None:
    secret = Path(context["secret"])
    shutil.rmtree(secret.parent)
    secret.parent.mkdir()
    secret.parent.chmod(0o777)
    secret.write_text(SECRET)
    secret.chmod(0o666)


# -- the same for a grader who is not root ---------------------------------------------------------


@pytest.mark.slow
@pytest.mark.skipif(os.geteuid() != 0, reason="already running as an ordinary user")
def test_all_of_this_for_an_ordinary_user(root: Path, tmp_path: Path) -> None:
    """The whole file once more as an ordinary user, for whom the workers have the same user id."""
    command = _as_ordinary_user()
    if command is None:
        pytest.skip("an ordinary user cannot reach this interpreter")
    tmp_path.chmod(0o777)
    for folder in tmp_path.parents:
        if folder.is_relative_to("/tmp") and folder != Path("/tmp"):
            folder.chmod(0o755)
    result = subprocess.run(
        # The two plugins write to the checkout, where an ordinary user may not.
        [
            *(*command, sys.executable, "-m", "pytest", "-q", __file__),
            *("-p", "no:cacheprovider", "-p", "no:hypothesispytest", f"--basetemp={tmp_path}/t"),
        ],
        cwd=root,
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1", "HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert result.returncode == 0, result.stdout[-5000:] + result.stderr[-2000:]
    print(result.stdout.splitlines()[-1])
    assert " passed" in result.stdout


def _as_ordinary_user() -> list[str] | None:
    """A command prefix that drops root; where the interpreter lies below /root, bubblewrap shows
    that folder alone under one that everybody may enter."""
    setpriv, bwrap = shutil.which("setpriv"), shutil.which("bwrap")
    if setpriv is None:
        return None
    user = ["--reuid", str(NOBODY), "--regid", str(NOBODY), "--clear-groups"]
    drop = [setpriv, *user, "--inh-caps=-all", "--bounding-set=-all"]
    here = f"import sys, numpy, pytest; assert sys.base_prefix == {sys.base_prefix!r}"
    reach = [sys.executable, "-c", here]
    candidates = [drop]
    home = Path(sys.base_prefix).resolve()
    if bwrap is not None and home.is_relative_to("/root"):
        top = Path("/root", home.relative_to("/root").parts[0])
        show = [bwrap, "--dev-bind", "/", "/", "--tmpfs", "/root", "--ro-bind", str(top), str(top)]
        candidates.append([*show, "--", *drop])
    for candidate in candidates:
        if subprocess.run([*candidate, *reach], capture_output=True, check=False).returncode == 0:
            return candidate
    return None
