"""Measure the limits of the random checks of assignment 5 with our own solution.

    OPENBLAS_NUM_THREADS=1 python benchmarks/thresholds_assignment5.py [--seeds 200] [--fast]

Prints, for every quantity that a check bounds: how many seeds, mean, standard deviation, extremes,
the limits and how many standard deviations the nearer one is away. The exit code is 1 if any run of
the right solution lies beyond a limit. The training runs use the very function of the check
(solutions/assignment5/compare/checks.py) on the canonical split of the embedded digits. About four
minutes on a core of its own; ``--fast`` leaves the wrong start values out.
"""

from __future__ import annotations

import argparse
import runpy
import sys
import time
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from autograder import programs  # noqa: E402
from autograder.course import Course  # noqa: E402
from autograder.data import load_digits  # noqa: E402

SIZES = [64, 100, 100, 100, 100, 10]
Params = dict[str, np.ndarray]


def load_solution(root: Path) -> dict[str, Any]:
    """The names that our solution of assignment 5 defines."""
    program = programs.solution(Course(root).assignment("assignment5"))
    given: dict[str, Any] = {}
    exec(program.given, given)
    solution: dict[str, Any] = {"np": np, "sigmoid": given["sigmoid"], "relu": given["relu"]}
    solution["tanh"] = given["tanh"]
    for source, _, _ in program.cells:
        if "autograder.given" not in source:
            exec(source, solution)
    return solution


def make_params(weights: Callable[[int, int], np.ndarray]) -> Params:
    """Start values of the network of task 7, from a function (n_in, n_out) -> matrix."""
    params = {}
    for i, (n_in, n_out) in enumerate(pairwise(SIZES), start=1):
        params[f"W{i}"], params[f"b{i}"] = weights(n_in, n_out), np.zeros(n_out)
    return params


class Table:
    """Prints one row per quantity and remembers whether all values kept their limits."""

    def __init__(self) -> None:
        self.beyond = 0
        print(f"{'quantity':46s} {'n':>5s} {'mean':>9s} {'sd':>9s} {'min':>9s} {'max':>9s}  limits")

    def row(
        self,
        name: str,
        values: list[float],
        low: float = -np.inf,
        high: float = np.inf,
        *,
        logarithm: bool = False,
    ) -> None:
        """``logarithm``: the distance to the limits is counted in sd of the logarithm."""
        found = np.array(values)
        numbers = " ".join(
            f"{v:9.3g}" for v in (found.mean(), found.std(), found.min(), found.max())
        )
        note = ""
        if np.isfinite([low, high]).any():
            self.beyond += int(np.sum(~((found >= low) & (found <= high))))
            note = f"[{low:.3g}, {high:.3g}] {self._distance(found, low, high, logarithm)}"
        print(f"{name:46s} {len(found):5d} {numbers}  {note}", flush=True)

    @staticmethod
    def _distance(found: np.ndarray, low: float, high: float, logarithm: bool) -> str:
        """How many standard deviations the nearer limit is away."""
        if np.ptp(found) == 0:
            return "constant"
        if logarithm:
            found, low, high = np.log(found), np.log(max(low, 1e-300)), np.log(high)
        away = min(found.mean() - low, high - found.mean()) / found.std()
        return f"{away:.1f} sd{' (log)' if logarithm else ''}"


def measure_runs(table: Table, solution: dict[str, Any], seeds: int, wrong: bool) -> None:
    """Task 7: training runs from right and wrong start values."""
    checks = runpy.run_path(str(ROOT / "solutions/assignment5/compare/checks.py"))
    digits, train = load_digits(), checks["train"]
    init_params = solution["init_params"]

    def from_rule(rule: object) -> Callable[[np.random.Generator], Params]:
        return lambda rng: init_params(SIZES[0], SIZES[1:-1], SIZES[-1], rule, rng=rng)

    def from_layers(
        make: Callable[[int, int, np.random.Generator], np.ndarray],
    ) -> Callable[[np.random.Generator], Params]:
        return lambda rng: make_params(lambda n_in, n_out: make(n_in, n_out, rng))

    he, he_loss = checks["HE_ACCURACY"], checks["HE_LOSS"]
    xavier, stuck = checks["XAVIER_ACCURACY"], checks["STUCK_ACCURACY"]
    stuck_loss = checks["STUCK_LOSS"]
    normal = np.random.Generator.standard_normal
    free = (-np.inf, np.inf)
    runs: list[tuple[str, Any, int, tuple[float, float], tuple[float, float]]] = [
        ("He (relu)", from_rule("relu"), seeds, (he, np.inf), (-np.inf, he_loss)),
        (
            "He, uniform",
            from_layers(solution["he_uniform"]),
            seeds,
            (he, np.inf),
            (-np.inf, he_loss),
        ),
        ("Xavier 1/n_in (sigmoid)", from_rule("sigmoid"), seeds, (xavier, np.inf), free),
        (
            "Xavier 2/(n_in+n_out)",
            from_layers(solution["xavier_normal"]),
            seeds,
            (xavier, np.inf),
            free,
        ),
        (
            "Xavier, uniform",
            from_layers(solution["xavier_uniform"]),
            seeds,
            (xavier, np.inf),
            free,
        ),
        ("std=0.01", from_rule(0.01), seeds, (-np.inf, stuck), (stuck_loss, 10)),
    ]
    if wrong:
        bugs: list[tuple[str, Callable[[int, int, np.random.Generator], np.ndarray]]] = [
            ("zeros", lambda n, m, rng: np.zeros((n, m))),
            ("ones", lambda n, m, rng: np.ones((n, m))),
            ("std=1", lambda n, m, rng: normal(rng, (n, m))),
            ("He without root", lambda n, m, rng: 2 / n * normal(rng, (n, m))),
            ("He with n_out", lambda n, m, rng: np.sqrt(2 / m) * normal(rng, (n, m))),
            ("He, 2 outside the root", lambda n, m, rng: 2 / np.sqrt(n) * normal(rng, (n, m))),
        ]
        runs += [(f"wrong: {name}", from_layers(make), 20, free, free) for name, make in bugs]
    for name, make, count, accuracy_limits, loss_limits in runs:
        accuracies, losses = [], []
        for seed in range(count):
            rng = np.random.default_rng(seed)
            with np.errstate(all="ignore"):
                history, accuracy = train(make(rng), digits, rng)
            accuracies.append(accuracy)
            losses.append(float(np.mean(history[-20:])))
        table.row(f"run: {name}: accuracy", accuracies, *accuracy_limits)
        table.row(f"run: {name}: loss", losses, *loss_limits, logarithm=True)


def measure_signals(table: Table, solution: dict[str, Any], seeds: int) -> None:
    """Tasks 3, 5 and 6: how far signals and gradients stray in networks with right start values."""
    collect, saturation = solution["collect_activations"], solution["saturation"]
    for name in ("he_normal", "he_uniform"):
        ratios = []
        for seed in range(seeds):
            rng = np.random.default_rng(seed)
            signal = rng.standard_normal((100, 200))
            before = np.mean(signal**2)
            for _ in range(10):
                signal = np.maximum(signal @ solution[name](200, 200, rng), 0)
            ratios.append(float(np.mean(signal**2) / before))
        table.row(f"signal after ten layers: {name}", ratios, 0.1, 10, logarithm=True)
    found: dict[str, list[float]] = {
        name: [] for name in ("share", "small", "xavier", "ratio", "dead", "sigmoid", "relu")
    }
    for seed in range(seeds):
        rng = np.random.default_rng(seed)
        x = rng.standard_normal((500, 100))
        draws = [rng.standard_normal((100, 100)) for _ in range(5)]
        found["share"].append(saturation(collect(x, draws, "sigmoid")[4]))
        found["small"].append(np.std(collect(x, [0.01 * w for w in draws], "sigmoid")[4]))
        found["xavier"].append(np.std(collect(x, [0.1 * w for w in draws], "sigmoid")[4]))
        z = collect(x, [np.sqrt(0.02) * w for w in draws], "relu")
        found["ratio"].append(np.std(z[4]) / np.std(z[0]))
        found["dead"].append(saturation(z[0], "relu"))
        x = rng.standard_normal((100, 50))
        draws = [rng.standard_normal((50, 50)) for _ in range(10)]
        for activation, std in (("sigmoid", np.sqrt(1 / 50)), ("relu", np.sqrt(2 / 50))):
            norms = solution["gradient_norms"](x, [std * w for w in draws], activation)
            found[activation].append(norms[0] / norms[-1])
    table.row("experiment: saturation with std 1", found["share"], 0.25, 0.75)
    table.row("experiment: spread with std 0.01", found["small"], 0, 0.03)
    table.row("experiment: spread with Xavier", found["xavier"], 0.05, 0.25, logarithm=True)
    table.row("experiment: layer 5 over 1, He", found["ratio"], 0.3, 3, logarithm=True)
    table.row("experiment: zeros in layer 1", found["dead"], 0.4, 0.6)
    table.row("gradients: first over last, sigmoid", found["sigmoid"], 1e-300, 1e-4, logarithm=True)
    table.row("gradients: first over last, He", found["relu"], 0.05, 5, logarithm=True)


def main() -> int:
    """Measure everything; 1 if a right solution went beyond a limit."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--seeds", type=int, default=200, help="training runs for each rule")
    parser.add_argument("--signals", type=int, default=1000, help="untrained networks")
    parser.add_argument("--fast", action="store_true", help="leave the wrong start values out")
    options = parser.parse_args()
    start = time.perf_counter()
    solution, table = load_solution(ROOT), Table()
    measure_signals(table, solution, options.signals)
    measure_runs(table, solution, options.seeds, not options.fast)
    print(f"{time.perf_counter() - start:.0f} s; beyond a limit: {table.beyond}")
    return 1 if table.beyond else 0


if __name__ == "__main__":
    sys.exit(main())
