#!/usr/bin/env python3
"""Make .venv, install Groundup into it, and run a command from it.

    python3 bootstrap.py grade assignment3        any `grade` command
    python3 bootstrap.py test [pytest options]    all of the project's own checks
    python3 bootstrap.py install EXTRA            an extra of pyproject.toml, such as nbgrader

The standard library is all this file needs. Progress goes to standard error, so what the command
prints stays clean, and the command's exit code becomes ours. If the set-up itself fails, pip's
own words are printed and the exit code is 4, which no `grade` command uses.
"""

# Written so that even an old Python can parse this file and say what is missing.
import hashlib
import importlib.util
import json
import os
import subprocess
import sys
import tempfile
import time
import xml.etree.ElementTree as ElementTree
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
STAMP = VENV / "groundup.json"
SETUP_FAILED = 4
MINIMUM = (3, 10)


class SetupError(Exception):
    """The environment cannot be made; args are what happened and what to do next."""


def main(arguments):
    if sys.version_info < MINIMUM:
        print(
            "Groundup needs Python {}.{} or newer; this is Python {}.{}.\n"
            "Install a newer one from https://www.python.org/downloads/ and run for example\n"
            "    python3.12 bootstrap.py {}".format(
                *MINIMUM, *sys.version_info[:2], " ".join(arguments) or "grade list"
            ),
            file=sys.stderr,
        )
        return SETUP_FAILED
    if not arguments or arguments[0] in ("-h", "--help"):
        print(__doc__.strip())
        return 0 if arguments else 2
    testing = arguments[0] == "test"
    try:
        if arguments[0] == "install" and len(arguments) == 2:
            prepare(arguments[1])
            return 0
        prepare("dev" if testing else "")
        if testing:
            return run_tests(arguments[1:])
        return run([str(script(arguments[0])), *arguments[1:]])
    except SetupError as problem:
        what, next_step = problem.args
        print(f"\n{what}\n\nNext step: {next_step}", file=sys.stderr)
        return SETUP_FAILED


# --- the environment ----------------------------------------------------------------------


def script(name):
    """The path of a command in .venv."""
    if os.name == "nt":
        return VENV / "Scripts" / (name + ".exe")
    return VENV / "bin" / name


def prepare(extra):
    """Make sure that .venv holds this checkout, with the `extra`; quick when it does already."""
    fingerprint = current_fingerprint()
    installed = installed_extras(fingerprint)
    if extra in installed or ("dev" in installed and not extra):
        return
    started = time.monotonic()
    what = "Installing Groundup"
    if extra:
        what += " and its test tools" if extra == "dev" else f" and its extra {extra}"
    print(f"{what} into .venv (only this once) ... ", end="", file=sys.stderr, flush=True)
    if not venv_works():
        make_venv()
    ensure_pip()
    target = "." + (f"[{extra}]" if extra else "")
    # Editable: what you change in this checkout counts at once.
    pip_install("--editable", target, "--constraint", "constraints.txt")
    STAMP.write_text(
        json.dumps({"fingerprint": fingerprint, "extras": sorted({*installed, extra})})
    )
    print(f"done in {time.monotonic() - started:.0f} s", file=sys.stderr)


def current_fingerprint():
    """Changes whenever the installation has to be made again."""
    digest = hashlib.sha256()
    for path in ("pyproject.toml", "autograder/__init__.py"):
        digest.update((ROOT / path).read_bytes())
    # The editable installation points at ROOT; a moved or copied checkout needs a new one.
    digest.update(f"{ROOT}\0{sys.version_info[:2]}".encode())
    return digest.hexdigest()


def installed_extras(fingerprint):
    """Which extras .venv holds for this very fingerprint; empty if it has to be installed."""
    try:
        stamp = json.loads(STAMP.read_text())
        if stamp["fingerprint"] == fingerprint and script("grade").exists() and venv_works():
            return set(stamp["extras"])
    except (OSError, ValueError, KeyError, TypeError):
        pass  # No stamp, or half a stamp from an interrupted run: install again.
    return set()


def venv_works():
    """Whether .venv has a Python that starts and is of our version (upgrades break old ones)."""
    question = "import sys; print(*sys.version_info[:2])"
    try:
        answer = subprocess.run([str(script("python")), "-c", question], stdout=subprocess.PIPE)
    except OSError:
        return False
    return answer.stdout.decode().split() == [str(n) for n in sys.version_info[:2]]


def make_venv():
    try:
        import venv
    except ImportError:
        raise SetupError(
            "This Python comes without the venv module.",
            "install it (on Debian or Ubuntu: sudo apt-get install python3-venv)",
        ) from None
    try:
        # pip follows in ensure_pip: Debian ships venv but not the ensurepip that it wants.
        venv.create(VENV, clear=True, symlinks=os.name != "nt")
    except (OSError, subprocess.CalledProcessError) as problem:
        raise SetupError(
            f"Cannot make a virtual environment in {VENV}: {problem}",
            f"check that {ROOT} can be written to and that the disk has room",
        ) from None


def ensure_pip():
    """Get pip into .venv: from the standard library, else with the pip of this Python."""
    python = str(script("python"))
    has_pip = "import importlib.util as u, sys; sys.exit(u.find_spec('pip') is None)"
    if subprocess.run([python, "-c", has_pip]).returncode == 0:
        return
    if importlib.util.find_spec("ensurepip"):
        attempt([python, "-m", "ensurepip", "--upgrade", "--default-pip"], "make pip")
    elif importlib.util.find_spec("pip"):
        where = "import sysconfig; print(sysconfig.get_path('purelib'))"
        folder = subprocess.run([python, "-c", where], stdout=subprocess.PIPE, check=True)
        # Even a pip too old for `--python` can put a new pip into a folder.
        command = [sys.executable, "-m", "pip", "install", "--quiet", "--target"]
        attempt([*command, folder.stdout.decode().strip(), "pip"], "fetch pip")
    else:
        raise SetupError(
            "This Python has neither ensurepip nor pip.",
            "install one (on Debian or Ubuntu: sudo apt-get install python3-venv)",
        )


def pip_install(*what):
    command = [str(script("python")), "-m", "pip", "install", "--disable-pip-version-check"]
    attempt([*command, *what], "install the packages that Groundup needs")


def attempt(command, purpose):
    """Run a set-up command quietly; show all of its output if it fails."""
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    if done.returncode:
        raise SetupError(
            done.stdout.decode(errors="replace")
            + f"\nCould not {purpose} (exit code {done.returncode} from: {' '.join(command)}).",
            "read the last lines above; is there a network connection? Then run the same "
            "command again.",
        )


# --- commands -----------------------------------------------------------------------------


def run(command):
    """Run `command` in the folder we were called from; its exit code is ours."""
    try:
        code = subprocess.run(command).returncode
    except FileNotFoundError:
        known = ", ".join(sorted(path.stem for path in script("x").parent.glob("*"))[:40])
        raise SetupError(
            f"There is no command {Path(command[0]).stem!r} in .venv.", f"use one of: {known}"
        ) from None
    except KeyboardInterrupt:
        return 130
    return 128 - code if code < 0 else code


def run_tests(options):
    """Ruff, mypy, the fast tests, the slow tests. All of them run, whatever fails on the way.

    With pytest options (a file, -k, -m ...) there is one run of pytest with just these.
    """
    os.chdir(ROOT)
    python = str(script("python"))
    stages = [
        ("ruff check", [python, "-m", "ruff", "check", "."]),
        ("ruff format", [python, "-m", "ruff", "format", "--check", "."]),
        ("mypy", [python, "-m", "mypy"]),
    ]
    pytest = [python, "-m", "pytest"]
    if options:
        stages.append(("pytest", [*pytest, *options]))
    else:
        stages.append(("fast tests", [*pytest, "-q", "-m", "not slow"]))
        stages.append(("slow tests", [*pytest, "-q", "-m", "slow", "--durations=5"]))
    failures = []
    totals = {"passed": 0, "failed": 0, "skipped": 0}
    with tempfile.TemporaryDirectory() as folder:
        for name, command in stages:
            print(f"== {name}", flush=True)
            started = time.monotonic()
            results = Path(folder, name + ".xml")
            if "pytest" in command:
                command = [*command, f"--junitxml={results}"]
            code = run(command)
            if count(results, totals) == 0 and code == 5:
                code = 0  # None of the tests carries this mark; the sum below must not be 0.
            if code:
                failures.append(f"{name} (exit code {code})")
            print(f"== {name}: {time.monotonic() - started:.1f} s", flush=True)
            if code == 130:
                break
    if not sum(totals.values()):
        failures.append("no test ran")
    if failures:
        print("== Not good yet: " + ", ".join(failures))
    print(", ".join(f"{number} {word}" for word, number in totals.items()), flush=True)
    return 1 if failures else 0


def count(results, totals):
    """Add a JUnit file's numbers to `totals`; returns how many tests it lists."""
    if not results.exists():
        return 0
    for suite in ElementTree.parse(results).getroot().iter("testsuite"):
        ran = int(suite.get("tests", 0))
        failed = int(suite.get("failures", 0)) + int(suite.get("errors", 0))
        skipped = int(suite.get("skipped", 0))
        totals["failed"] += failed
        totals["skipped"] += skipped
        totals["passed"] += ran - failed - skipped
        return ran
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
