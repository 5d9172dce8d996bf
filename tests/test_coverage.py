"""The tests run the engine's code: nearly all of it, in the sandboxes too."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

DEMANDED = 95.0


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="sandboxes are measured on Linux")
@pytest.mark.skipif(
    "GROUNDUP_COVERAGE" not in os.environ,
    reason="runs most tests once more, and slower; GROUNDUP_COVERAGE=1 asks for it",
)
def test_the_tests_cover_the_engine(root: Path, tmp_path: Path) -> None:
    numbers = tmp_path / "coverage.json"
    script = root / "tests" / "measure_coverage.py"
    found = subprocess.run(
        [sys.executable, str(script), "--json", str(numbers)],
        cwd=root, capture_output=True, text=True,
    )  # fmt: skip
    print(found.stdout[-4000:])
    assert found.returncode == 0, found.stdout[-4000:] + found.stderr[-2000:]
    data = json.loads(numbers.read_text())
    worker = data["files"]["autograder/worker.py"]["summary"]["percent_covered"]
    covered = data["totals"]["covered_lines"]
    assert 100 * covered >= DEMANDED * data["totals"]["num_statements"]
    assert worker >= DEMANDED  # most of it runs in sandboxes only
