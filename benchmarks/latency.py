"""How long does a student wait? `grade assignment3` against the same checks without a sandbox.

    python benchmarks/latency.py [--assignment assignment3] [--rounds 10]

Three commands take turns in one run, on the same machine: the whole command `grade` on the
solution; the same checks as plain in-process pytest; and `python -c "import numpy, pytest"`, below
which nothing that tests NumPy code can get. Medians of the rounds, and what the grader does with
its time.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from autograder.course import Course  # noqa: E402


def solution_file(assignment: str, folder: Path) -> Path:
    """The whole solution as one submission."""
    found = Course(ROOT).assignment(assignment)
    assert found.source is not None
    parts = [found.source / "intro.py", *(task.source for task in found.tasks if task.source)]
    path = folder / f"{assignment}.py"
    path.write_text("\n".join(part.read_text(encoding="utf-8") for part in parts), encoding="utf-8")
    return path


def seconds(command: list[str]) -> float:
    start = time.perf_counter()
    done = subprocess.run(command, cwd=ROOT, env=ENVIRONMENT, capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"{' '.join(command)} ended with {done.returncode}:\n{done.stdout}{done.stderr}")
    return time.perf_counter() - start


#: No plugins that happen to be installed: they would only slow the plain run down.
ENVIRONMENT = {
    **os.environ,
    "PYTHONPATH": str(ROOT),
    "OPENBLAS_NUM_THREADS": "1",
    "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1",
}

PHASES = """
import time; begin = time.perf_counter()
from pathlib import Path; import sys
from autograder.course import Course
from autograder.submission import read_submission
found = Course.find().assignment(sys.argv[1]); work = read_submission(Path(sys.argv[2]), found)
from autograder.sandbox import open_sandbox
read = time.perf_counter()
with open_sandbox() as sandbox:
    from autograder.grading import grade
    imported = time.perf_counter()
    report = grade(found, work, sandbox)
    graded = time.perf_counter()
closed = time.perf_counter()
checks = sum(check.seconds for check in report.checks)
slowest = max(report.checks, key=lambda check: check.seconds)
print(f"  read course and submission        {read - begin:.3f} s")
print(f"  import numpy, pytest, engine      {imported - read:.3f} s (the sandbox starts meanwhile)")
print(f"  collect, load, clean up           {graded - imported - checks:.3f} s")
print(f"  the checks themselves             {checks:.3f} s")
print(f"    of which {slowest.name:<24} {slowest.seconds:.3f} s")
print(f"  end the sandbox                   {closed - graded:.3f} s")
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--assignment", default="assignment3")
    parser.add_argument("--rounds", type=int, default=10)
    options = parser.parse_args()
    python = sys.executable
    with tempfile.TemporaryDirectory() as folder:
        path = str(solution_file(options.assignment, Path(folder)))
        name = options.assignment
        commands = {
            f"grade {name}": [python, "-m", "autograder", name, "--submission", path],
            "plain pytest, no isolation": [python, "benchmarks/inprocess.py", name, path],
            "import numpy, pytest": [python, "-c", "import numpy, pytest"],
        }
        times: dict[str, list[float]] = {label: [] for label in commands}
        for command in commands.values():
            seconds(command)  # compiled files and disk caches
        for _ in range(options.rounds):
            for label, command in commands.items():
                times[label].append(seconds(command))
        medians = {label: statistics.median(found) for label, found in times.items()}
        for label, median in medians.items():
            low, high = min(times[label]), max(times[label])
            print(f"{label:<28} {median:.3f} s   ({low:.3f} to {high:.3f})")
        whole, plain, floor = medians.values()
        print(f"grade / plain pytest         {whole / plain:.2f}")
        print(f"grade / imports alone        {whole / floor:.2f}")
        print("where the time of one run goes:")
        subprocess.run([python, "-c", PHASES, name, path], cwd=ROOT, env=ENVIRONMENT, check=True)


if __name__ == "__main__":
    main()
