"""How much of the engine do the tests run? `python3 tests/measure_coverage.py [pytest options]`

Measures the tests' own process, the `grade` commands that they start, and the sandboxed workers
(see coverage_boot.py). Prints the table; --json FILE writes the numbers as well. The exit code is
that of pytest.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import coverage
from coverage_boot import RECORD, SIZE, engine_files

ROOT = Path(__file__).resolve().parent.parent
BOOT = "coverage_boot.py"
#: The fast tests, and of the slow ones those that nothing else replaces. Parity runs the same lines
#: as the others, hundreds of times.
TESTS = ["-q", "-m", "not slow or nbgrader", "--ignore=tests/test_nbgrader_parity.py"]

CONFIGURATION = """\
[run]
source_pkgs = autograder
branch = true
parallel = true
data_file = {folder}/data
[report]
exclude_also =
    if TYPE_CHECKING:
    raise AssertionError
    (kind|error|def .*): \\.\\.\\.$
    def [a-z_]+\\(self.*\\) -> .*: \\.\\.\\.
"""

#: Every interpreter that starts with this folder on its path is measured; sandboxes start the
#: other boot script. Bubblewrap has to show the folder, writable, to the process inside.
SITE = """\
import coverage
coverage.process_startup()
from pathlib import Path
from autograder.sandbox import bubblewrap, launch
launch.BOOT = Path({boot!r})
prefix = bubblewrap.prefix
def with_folder(*args, **kwargs):
    command = prefix(*args, **kwargs)
    at = len(command) - 1 - command[::-1].index("--remount-ro")
    return [*command[:at], "--bind", {folder!r}, {folder!r}, *command[at:]]
bubblewrap.prefix = with_folder
"""


def measure(options: Sequence[str], json_file: Path | None = None) -> int:
    """Run pytest with these options, print the table, return pytest's exit code."""
    # Not in /tmp, which bubblewrap replaces by an empty one.
    with tempfile.TemporaryDirectory(prefix=".coverage-", dir=ROOT) as name:
        folder = Path(name)
        boot, settings = folder / BOOT, folder / "coveragerc"
        shutil.copy(Path(__file__).with_name(BOOT), boot)
        settings.write_text(CONFIGURATION.format(folder=folder), encoding="utf-8")
        site = SITE.format(boot=str(boot), folder=str(folder))
        (folder / "sitecustomize.py").write_text(site, encoding="utf-8")
        path = os.pathsep.join(filter(None, [name, str(ROOT), os.environ.get("PYTHONPATH", "")]))
        code = subprocess.run(
            [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", *options],
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": path, "COVERAGE_PROCESS_START": str(settings)},
        ).returncode
        write_workers_data(folder)
        found = coverage.Coverage(config_file=str(settings))
        found.combine()
        print()
        found.report(show_missing=True, skip_covered=True)
        if json_file is not None:
            found.json_report(outfile=str(json_file))
    return code


def write_workers_data(folder: Path) -> None:
    """What the sandboxes noted, as a data file of coverage's."""
    files = engine_files(ROOT)
    arcs: dict[str, set[tuple[int, int]]] = {name: set() for name in files}
    for path in folder.glob("*.arcs"):
        data = path.read_bytes()
        for offset in range(0, SIZE - RECORD.size, RECORD.size):
            number, start, end = RECORD.unpack_from(data, offset)
            if number == 0:
                break
            arcs[files[number - 1]].add((start, end))
    data_file = coverage.CoverageData(basename=str(folder / "data.sandboxes"))
    data_file.add_arcs({name: found for name, found in arcs.items() if found})
    data_file.write()


def main(arguments: list[str]) -> int:
    json_file = None
    if arguments[:1] == ["--json"]:
        json_file, arguments = Path(arguments[1]).absolute(), arguments[2:]
    return measure(arguments or TESTS, json_file)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
