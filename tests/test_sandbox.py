"""The sandbox's layers, launchers and endings, on the machine that runs the tests."""

from __future__ import annotations

import contextlib
import errno
import os
import signal
import struct
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from hostile import harness

from autograder.errors import SandboxError, SandboxUnavailable, UsageError
from autograder.results import Status
from autograder.sandbox import (
    ALL_LAYERS,
    PROCESS_LAYERS,
    STRICT_LAYERS,
    Limits,
    Sandbox,
    open_sandbox,
)
from autograder.sandbox import environment as environment_layer
from autograder.sandbox.launch import BOOT, Exit
from autograder.student import StudentError, StudentModule, WorkerLost

LINUX = sys.platform == "linux"
on_linux = pytest.mark.skipif(not LINUX, reason="Linux only")
LAUNCHERS = ["zygote", "spawn"] if LINUX else ["spawn"]


@pytest.fixture(scope="module", params=LAUNCHERS)
def sandbox(request: pytest.FixtureRequest) -> Iterator[Sandbox]:
    with open_sandbox("auto", Limits(memory_bytes=1 << 30), launcher=request.param) as opened:
        yield opened


def run(sandbox: Sandbox, body: str, *arguments: object, seconds: float = 10.0) -> object:
    """The result of `def f(...)` in a fresh worker."""
    return harness.call(sandbox, body, "f", *arguments, seconds=seconds)


def boot_script(folder: Path, before: str) -> Path:
    """A boot script that does something of its own first."""
    path = folder / "boot_first.py"
    path.write_text(
        "import json, runpy, sys\n"
        "engine, numpy = (json.loads(sys.argv[1])[name] for name in ('engine', 'numpy'))\n"
        f"sys.path += [engine, numpy]\n{before}\n"
        "sys.path[:] = [p for p in sys.path if p not in (engine, numpy)]\n"
        f"runpy.run_path({str(BOOT)!r}, run_name='__main__')\n"
    )
    for parent in (path, *path.parents):  # a boot script may lie in a private temporary folder
        if parent.stat().st_uid == os.getuid() and parent != Path("/"):
            with contextlib.suppress(OSError):
                parent.chmod(parent.stat().st_mode | 0o055)
    return path


# -- layers ---------------------------------------------------------------------------------------


def test_layers_in_force_and_missing_are_disjoint_and_complete(sandbox: Sandbox) -> None:
    assert "process" in sandbox.layers and "environment" in sandbox.layers
    assert not set(sandbox.layers) & set(sandbox.missing)
    assert set(sandbox.layers) | set(sandbox.missing) == set(ALL_LAYERS)
    assert all(sandbox.missing.values()), "every missing layer has a reason"
    assert "\n" not in sandbox.summary() and "landlock" in sandbox.summary()


def test_process_mode_asks_for_no_more(tmp_path: Path) -> None:
    with open_sandbox("process") as plain:
        assert set(plain.layers) | set(plain.missing) == PROCESS_LAYERS
        harness.assert_still_grading(plain)


def test_unknown_mode() -> None:
    with pytest.raises(UsageError, match="auto, strict, process"):
        open_sandbox("paranoid")


def test_a_worker_sees_only_its_pipes(sandbox: Sandbox) -> None:
    body = (
        "import os, stat\n"
        "def f():\n"
        "    found = {}\n"
        "    for fd in range(64):\n"
        "        try:\n"
        "            mode = os.fstat(fd).st_mode\n"
        "        except OSError:\n"
        "            continue\n"
        "        kind = 'pipe' if stat.S_ISFIFO(mode) else 'null' if stat.S_ISCHR(mode) else '?'\n"
        "        found[fd] = kind\n"
        "    return found\n"
    )
    found = run(sandbox, body)
    assert isinstance(found, dict)
    assert [found.pop(fd) for fd in (0, 1, 2)] == ["null"] * 3
    assert list(found.values()) == ["pipe", "pipe"]


def test_a_worker_has_a_clean_environment(
    sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GROUNDUP_TOKEN", "secret")
    body = "import os, sys\ndef f():\n    return dict(os.environ), sys.argv, sys.orig_argv\n"
    variables, arguments, original = run(sandbox, body)  # type: ignore[misc]
    assert variables == environment_layer.VARIABLES
    assert arguments == original == [""]


@pytest.mark.parametrize(
    "name",
    "pytest click rich coverage autograder.grading autograder.student solutions".split(),
)
def test_what_is_installed_cannot_be_imported(sandbox: Sandbox, name: str) -> None:
    with pytest.raises(StudentError) as caught:
        run(sandbox, f"def f():\n    import {name}\n")
    assert caught.value.kind == "ModuleNotFoundError"


def test_the_standard_library_and_numpy_can_be_imported(sandbox: Sandbox) -> None:
    """Also modules that were not loaded before the doors closed."""
    names = (
        "csv email.mime.text html.parser unittest doctest zlib bz2 lzma hashlib sqlite3"
        " xml.dom.minidom zoneinfo configparser cProfile timeit secrets tokenize ast dis"
        " http.client asyncio concurrent.futures multiprocessing"
        " numpy.fft numpy.ma numpy.polynomial numpy.testing"
    ).split()
    body = (
        "import importlib\n"
        "def f(names):\n"
        "    failed = []\n"
        "    for name in names:\n"
        "        try:\n"
        "            importlib.import_module(name)\n"
        "        except ImportError as error:\n"
        "            failed.append((name, str(error)))\n"
        "    return failed\n"
    )
    here = [name for name in names if _importable(name)]
    assert len(here) > 20
    assert run(sandbox, body, here) == []


def _importable(name: str) -> bool:
    return (
        subprocess.run(
            [sys.executable, "-W", "ignore", "-c", f"import {name}"],
            capture_output=True,
            check=False,
        ).returncode
        == 0
    )


def test_numpy_computes(sandbox: Sandbox) -> None:
    """A large product would hang if BLAS wanted threads."""
    body = (
        "import numpy as np\n"
        "def f(a):\n"
        "    return a @ a.T, np.linalg.svd(a)[1], np.random.default_rng(0).normal(size=3)\n"
    )
    matrix = np.random.default_rng(1).normal(size=(300, 300))
    product, values, drawn = run(sandbox, body, matrix)  # type: ignore[misc]
    np.testing.assert_allclose(product, matrix @ matrix.T)
    np.testing.assert_allclose(values, np.linalg.svd(matrix)[1])
    np.testing.assert_array_equal(drawn, np.random.default_rng(0).normal(size=3))


@on_linux
def test_a_kernel_without_landlock(tmp_path: Path) -> None:
    boot = boot_script(
        tmp_path, "from autograder.sandbox import landlock\nlandlock.abi = lambda: 0"
    )
    with open_sandbox("auto", boot=boot) as weak:
        assert "landlock" not in weak.layers and "seccomp" in weak.layers
        assert "no Landlock" in weak.missing["landlock"]
        harness.assert_still_grading(weak)
    with (
        open_sandbox("strict", boot=boot) as strict,
        pytest.raises(SandboxUnavailable, match="landlock"),
    ):
        strict.start()


@on_linux
def test_a_processor_without_a_list_of_system_calls(tmp_path: Path) -> None:
    boot = boot_script(
        tmp_path, "from autograder.sandbox import seccomp\nseccomp.supported = lambda: False"
    )
    with open_sandbox("auto", boot=boot) as weak:
        assert "no list of system calls" in weak.missing["seccomp"]
        harness.assert_still_grading(weak)


@on_linux
def test_a_layer_that_fails_in_the_worker(tmp_path: Path) -> None:
    """The kernel promises the feature and then refuses it."""
    before = (
        "from autograder.sandbox import seccomp\n"
        "def refuse(program): raise OSError(1, 'refused')\n"
        "seccomp.install = refuse"
    )
    boot = boot_script(tmp_path, before)
    with open_sandbox("auto", boot=boot) as weak:
        assert "refused" in weak.missing["seccomp"] and "landlock" in weak.layers
    with (
        open_sandbox("strict", boot=boot) as strict,
        pytest.raises(SandboxError, match=r"seccomp.*refused"),
    ):
        strict.start()


@on_linux
@pytest.mark.parametrize(
    ("pretended", "achieved"),
    [
        ("landlock.restrict_self = lambda ruleset: None", "reading|listing"),
        ("seccomp.install = lambda program: None", "opening a network socket"),
    ],
)
def test_strict_finds_out_a_layer_that_only_pretends(
    tmp_path: Path, pretended: str, achieved: str
) -> None:
    boot = boot_script(tmp_path, f"from autograder.sandbox import landlock, seccomp\n{pretended}")
    with open_sandbox("strict", boot=boot) as strict:
        assert set(strict.layers) >= STRICT_LAYERS
        with pytest.raises(SandboxUnavailable, match=achieved):
            strict.start()


@on_linux
@pytest.mark.parametrize(
    ("without", "achieved"), [("landlock", "listing the root folder"), ("seccomp", "socket")]
)
def test_strict_refuses_when_a_layer_is_disabled(without: str, achieved: str) -> None:
    with (
        open_sandbox("strict", layers=STRICT_LAYERS - {without}) as strict,
        pytest.raises(SandboxUnavailable, match=achieved),
    ):
        strict.start()


@on_linux
def test_strict_holds_here_or_says_why() -> None:
    with open_sandbox("strict") as strict:
        try:
            worker = strict.start()
        except SandboxUnavailable as error:
            pytest.skip(f"this machine: {error}")
        worker.close()
        assert set(strict.layers) >= STRICT_LAYERS
        harness.assert_still_grading(strict)


def test_strict_is_refused_on_other_systems(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    with pytest.raises(SandboxUnavailable, match="darwin") as caught:
        open_sandbox("strict")
    assert caught.value.exit_code == 2 and caught.value.hint


@on_linux
@pytest.mark.parametrize(
    ("program", "reason"),
    [(None, "not installed"), ("#!/bin/sh\necho no permissions here >&2\nexit 1\n", "no permiss")],
)
def test_without_bubblewrap(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, program: str | None, reason: str
) -> None:
    if program:
        (tmp_path / "bwrap").write_text(program)
        (tmp_path / "bwrap").chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    with open_sandbox("auto") as opened:
        assert reason in opened.missing["bubblewrap"]
        harness.assert_still_grading(opened)


@pytest.mark.parametrize("launcher", LAUNCHERS)
def test_a_boot_that_fails_is_told_with_its_reason(tmp_path: Path, launcher: str) -> None:
    boot = boot_script(tmp_path, "raise ImportError('numpy is broken')")
    with (
        open_sandbox("auto", launcher=launcher, boot=boot) as broken,
        pytest.raises(SandboxError, match="numpy is broken"),
    ):
        broken.start()


@on_linux
def test_threads_before_the_doors_close_are_refused(tmp_path: Path) -> None:
    """Landlock and seccomp bind one thread: another would stay free."""
    before = "import _thread, time\n_thread.start_new_thread(time.sleep, (9,))"
    boot = boot_script(tmp_path, before)
    with (
        open_sandbox("auto", launcher="spawn", boot=boot) as broken,
        pytest.raises(SandboxError, match="threads"),
    ):
        broken.start()


@on_linux
def test_harden_grader() -> None:
    code = (
        "import ctypes\nfrom autograder.sandbox import harden_grader\n"
        "libc = ctypes.CDLL(None)\n"
        "before = libc.prctl(3, 0, 0, 0, 0)\nharden_grader()\n"
        "print(before, libc.prctl(3, 0, 0, 0, 0))\n"
    )
    result = subprocess.run(
        [sys.executable, "-c", code],
        cwd=Path(__file__).parents[1],
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[1])},
        capture_output=True,
        text=True,
        check=True,
    )
    assert result.stdout.split() == ["1", "0"]


# -- the programs of the single layers ------------------------------------------------------------


@on_linux
@pytest.mark.parametrize("machine", ["x86_64", "aarch64"])
def test_seccomp_program_decides_every_call_as_written(machine: str) -> None:
    """The BPF program is run by an interpreter of our own, for every system call number."""
    from autograder.sandbox import seccomp

    program = seccomp.build_program(machine)
    architecture, allowed, special = seccomp.MACHINES[machine]
    assert len(program) % 8 == 0 and len(program) // 8 < 4096
    eperm = seccomp.refuse(errno.EPERM)
    for number in range(600):
        if number in special.values():
            continue
        expected = seccomp.ALLOW if number in allowed.values() else eperm
        assert bpf(program, architecture, number) == expected, number

    def ask(name: str, *arguments: int) -> int:
        return bpf(program, architecture, special[name], *arguments)

    assert ask("ioctl", 1, 2) == seccomp.refuse(errno.ENOTTY)
    assert ask("clone3") == seccomp.refuse(errno.ENOSYS)
    assert ask("prlimit64", 0, 7) == seccomp.ALLOW
    assert ask("prlimit64", 4711, 7) == eperm
    set_owner, set_signal, get_flags = 8, 10, 3
    assert ask("fcntl", 5, get_flags) == seccomp.ALLOW
    assert ask("fcntl", 5, set_owner) == ask("fcntl", 5, set_signal) == eperm
    assert bpf(program, 0x40000003, 1) == seccomp.KILL_PROCESS  # 32-bit calls
    if machine == "x86_64":
        assert bpf(program, architecture, 0x40000000) == seccomp.KILL_PROCESS


def bpf(program: bytes, architecture: int, number: int, *arguments: int) -> int:
    """Run classic BPF on a struct seccomp_data."""
    data = struct.pack("<IIQ6Q", number, architecture, 0, *(*arguments, 0, 0, 0, 0, 0, 0)[:6])
    accumulator = position = 0
    while True:
        code, if_true, if_false, value = struct.unpack_from("<HBBI", program, 8 * position)
        position += 1
        if code == 0x20:
            (accumulator,) = struct.unpack_from("<I", data, value)
        elif code == 0x06:
            return int(value)
        else:
            met = {
                0x15: accumulator == value,
                0x25: accumulator > value,
                0x35: accumulator >= value,
            }[code]
            position += if_true if met else if_false


@on_linux
def test_landlock_handles_what_each_version_knows() -> None:
    from autograder.sandbox import landlock

    assert landlock.handled(1) == ((1 << 13) - 1, 0, 0)
    assert landlock.handled(2) == ((1 << 14) - 1, 0, 0)
    assert landlock.handled(3) == ((1 << 15) - 1, 0, 0)
    assert landlock.handled(4) == ((1 << 15) - 1, 3, 0)
    assert landlock.handled(5) == ((1 << 16) - 1, 3, 0)
    assert landlock.handled(6) == landlock.handled(7) == landlock.handled(99)
    assert landlock.handled(6) == ((1 << 16) - 1, 3, 3)


def test_visible_paths_hold_no_installed_packages() -> None:
    from autograder.sandbox import visible
    from autograder.sandbox.launch import locate_numpy

    shown = [Path(path).resolve() for path in visible.readable(locate_numpy())]
    hidden = [Path(pytest.__file__), Path(__file__), Path(environment_layer.__file__)]
    for path in hidden:
        assert not any(folder in path.resolve().parents for folder in shown), path
    assert any(folder in Path(np.__file__).resolve().parents for folder in shown)
    assert Path(contextlib.__file__).resolve() in shown


# -- life and death of workers --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("import os\ndef f(): os._exit(7)\n", Exit("exited", 7)),
        ("import ctypes\ndef f(): ctypes.string_at(1)\n", Exit("signalled", int(signal.SIGSEGV))),
    ],
)
def test_how_a_worker_ended(sandbox: Sandbox, body: str, expected: Exit) -> None:
    with sandbox.start() as worker:
        deadline = time.monotonic() + 10
        source = {"op": "run", "file": "s.py", "line": 1, "source": body + "f()\n"}
        worker.transport.send({"id": 1, **source}, (), deadline)
        assert worker.wait(10) == expected
        assert worker.wait(0) == expected  # remembered
    assert str(expected) in ("exited with code 7", "ended by SIGSEGV")


def test_kill_and_close_are_repeatable(sandbox: Sandbox) -> None:
    worker = sandbox.start()
    assert worker.wait(0.0) == Exit("unknown")  # it is alive
    worker.kill()
    worker.kill()
    assert worker.wait() == Exit("signalled", int(signal.SIGKILL))
    worker.close()
    worker.close()
    harness.assert_still_grading(sandbox)


def test_an_idle_worker_ends_when_its_pipe_closes(sandbox: Sandbox) -> None:
    worker = sandbox.start()
    worker.transport.close()
    assert worker.wait(10) == Exit("exited", 0)
    worker.close()


def test_too_much_memory_is_an_exception_and_the_worker_goes_on(sandbox: Sandbox) -> None:
    body = (
        "import numpy as np\n"
        "def f(): return np.ones(1 << 28).sum()\n"  # 2 GiB; the limit is 1
        "def g(): return 1\n"
    )
    with harness.session(sandbox, body) as session:
        session.begin_check(seed=0)
        student = StudentModule(session, ["f", "g"])
        with pytest.raises(StudentError) as caught:
            student.f()
        assert caught.value.status is Status.OUT_OF_MEMORY
        assert student.g() == 1


@on_linux
@pytest.mark.slow
def test_processor_time_is_limited() -> None:
    with (
        open_sandbox("auto", Limits(cpu_seconds=1)) as sandbox,
        pytest.raises(WorkerLost) as caught,
    ):
        body = "import time\ndef f():\n    while True: pass\n"
        run(sandbox, body, seconds=20.0)
    assert caught.value.status is Status.TIMEOUT


@on_linux
def test_a_dead_zygote_is_replaced() -> None:
    # Without bubblewrap, whose own process would be the one that dies.
    with open_sandbox("auto", layers=STRICT_LAYERS) as sandbox:
        worker = sandbox.start()
        zygote = sandbox._launcher._zygote._process  # type: ignore[attr-defined]
        zygote.kill()
        zygote.wait()
        assert worker.wait(5).kind in ("unknown", "signalled")  # it died with its zygote
        harness.assert_still_grading(sandbox)
        worker.close()


@pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="counts descriptors in /proc")
def test_nothing_is_left_behind(sandbox: Sandbox) -> None:
    def held() -> tuple[int, int]:
        return len(list(Path("/proc/self/fd").iterdir())), threading.active_count()

    harness.assert_still_grading(sandbox)
    before = held()
    for _ in range(5):
        with sandbox.start():
            pass
    assert held() == before


@pytest.mark.parametrize("launcher", LAUNCHERS)
def test_closing_ends_every_process(launcher: str) -> None:
    children = Path(f"/proc/self/task/{os.getpid()}/children")
    if not children.exists():
        pytest.skip("this kernel does not list children")
    before = children.read_text()
    with open_sandbox("auto", launcher=launcher) as sandbox:
        worker = sandbox.start()
        assert children.read_text() != before
        worker.close()
    assert children.read_text() == before


def test_a_sandbox_that_was_never_used_closes() -> None:
    for launcher in LAUNCHERS:
        open_sandbox("auto", launcher=launcher).close()


def test_several_threads_start_workers(sandbox: Sandbox) -> None:
    results: list[object] = []

    def work(number: int) -> None:
        body = f"def f(): return {number}\n"
        results.append(run(sandbox, body))

    threads = [threading.Thread(target=work, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sorted(results) == [0, 1, 2, 3]  # type: ignore[type-var]


def test_opening_does_not_wait_for_numpy() -> None:
    """The grader goes on while the sandbox loads: opening takes a fraction of being ready."""
    started = time.perf_counter()
    with open_sandbox("auto") as sandbox:
        opened = time.perf_counter() - started
        sandbox.start().close()
        ready = time.perf_counter() - started
    assert opened < ready / 2


@pytest.mark.parametrize(
    ("launcher", "starts"), [(name, 50 if name == "zygote" else 5) for name in LAUNCHERS]
)
def test_latency_of_starts(launcher: str, starts: int) -> None:
    """Printed for the record (pytest -s), asserted nowhere: other tests share the processors."""
    times = []
    with open_sandbox("auto", launcher=launcher) as sandbox:
        for _ in range(starts):
            started = time.perf_counter()
            assert run(sandbox, "def f(): return 1\n") == 1
            times.append(1000 * (time.perf_counter() - started))
    times.sort()
    median, worst = times[len(times) // 2], times[-1]
    print(f"\n{launcher}: start to answer: median {median:.1f} ms, worst {worst:.1f} ms")
