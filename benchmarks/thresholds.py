"""Are the accuracy thresholds fair, and what do they catch? Measured, over many seeds.

    python benchmarks/thresholds.py --seeds 200 --bug-seeds 40 --write docs/thresholds.md
    python benchmarks/thresholds.py --mnist FOLDER --seeds 200 --write docs/thresholds.md

Trains the course's own solutions as the checks do, on the embedded digits (and, with a folder of
MNIST's IDX files, on 8,000 of its test images), and says how likely a right solution is to miss its
threshold by bad luck. Then trains every known mistake of the training tasks, and says how often the
threshold notices it; the others must be noticed by a check that looks at something else than
accuracy. Prints Markdown tables; ``--write`` puts them between the markers of that file, and
``--keep FILE`` remembers every single run, so that an interrupted measurement can go on.
"""

from __future__ import annotations

import os

os.environ["OPENBLAS_NUM_THREADS"] = "1"  # before NumPy is imported; one thread a process

import argparse
import functools
import json
import math
import multiprocessing
import re
import runpy
import signal
import statistics
import sys
import time
import types
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import numpy as np  # noqa: E402

from autograder import programs  # noqa: E402
from autograder.authoring import Misconception  # noqa: E402
from autograder.course import Course  # noqa: E402
from autograder.data import Dataset, load_digits, load_idx  # noqa: E402
from autograder.plugin import ReferenceLoader  # noqa: E402
from autograder.sources import read_text, read_variants  # noqa: E402

#: Some mistakes never end. A right solution needs a tenth of this (CPU time, in seconds).
RUN_SECONDS = {"digits": 3.0, "digits28": 15.0, "mnist8k": 30.0}
HELD_OUT = 200  # training rows that the checks of 6.6 pass as x_test: their labels may be known
COURSE = ROOT
MNIST: str | None = None


# ------------------------------------------------------------------------------- what is trained


def train_two_layers(course: ModuleType, data: Dataset, seed: int, iterations: int) -> float:
    """3.8: TwoLayerNet(D, 50, 10), plain SGD with batches drawn by the solution."""
    np.random.seed(seed)
    network = course.TwoLayerNet(data.x_train.shape[1], 50, 10)
    course.train(network, data.x_train.copy(), data.t_train.copy(), iterations, 100, 0.1)
    return score(network, data)


def train_headline(course: ModuleType, data: Dataset, seed: int, order: str) -> float:
    """6.6: train_mnist as the checks call it; the rows in three orders."""
    np.random.seed(seed)
    rng = np.random.default_rng(seed)
    rows = np.arange(len(data.x_train)) if order == "given" else rng.permutation(len(data.x_train))
    learn, watch = rows[:-HELD_OUT], rows[-HELD_OUT:]
    if order == "sorted":
        learn = learn[np.argsort(data.t_train[learn], kind="stable")]
    network, _ = course.train_mnist(
        data.x_train[learn],
        data.t_train[learn],
        data.x_train[watch],
        data.t_train[watch],
        rng=np.random.default_rng(seed),
    )
    return score(network, data)


def train_by_loop(course: ModuleType, data: Dataset, seed: int, order: str) -> float:
    """6.4: train_network teaches softmax regression, 12 epochs in batches of 50."""
    np.random.seed(seed)
    checks = checks_of("assignment6", "training_loop")
    network = checks["SoftmaxRegression"](data.x_train.shape[1], 10)
    rate, _ = checks["DEMANDS"][data.name]
    descent = types.SimpleNamespace(update=functools.partial(checks["descend"], rate=rate))
    x, t = data.x_train[:-HELD_OUT], data.t_train[:-HELD_OUT]
    if order == "sorted":
        rows = np.argsort(data.t_train, kind="stable")
        x, t = data.x_train[rows], data.t_train[rows]
    rest = data.x_train[-HELD_OUT:], data.t_train[-HELD_OUT:]
    course.train_network(
        network, descent, x, t, *rest, epochs=12, batch_size=50, rng=np.random.default_rng(seed)
    )
    return score(network, data)


def train_choice(
    course: ModuleType, data: Dataset, seed: int, hidden: list[int], name: str, lr: float
) -> float:
    """6.6 with other settings that a student may well choose, 25 epochs in batches of 100."""
    np.random.seed(seed)
    network = course.MultiLayerNet(data.x_train.shape[1], hidden, 10)
    learn = slice(0, len(data.x_train) - HELD_OUT)
    course.train_network(
        network,
        course.make_optimizer(name, lr),
        data.x_train[learn],
        data.t_train[learn],
        epochs=25,
        rng=np.random.default_rng(seed),
    )
    return score(network, data)


def score(network: Any, data: Dataset) -> float:
    """Accuracy on the test images, as the grader counts it."""
    return float(np.mean(np.argmax(network.predict(data.x_test), axis=1) == data.t_test))


@dataclass(frozen=True)
class Run:
    """One kind of training: the check's task and name, the data, and what is trained."""

    what: str
    task: str
    check: str
    data: str
    train: Callable[..., float]
    options: tuple[Any, ...]

    @property
    def assignment(self) -> str:
        return self.task.partition("/")[0]

    @property
    def threshold(self) -> float:
        """The accuracy that the check demands."""
        demand = checks_of(*self.task.split("/"))["DEMANDS"][self.data]
        return float(demand[-1] if isinstance(demand, tuple) else demand)


TRAIN, LOOP, MNIST_RUN = "assignment3/train", "assignment6/training_loop", "assignment6/mnist"


def runs_on(data: str, net: str, iterations: int, epochs: int) -> dict[str, Run]:
    """What the checks train with one dataset; the names are kept in files of `--keep`."""
    headline = f"{net}-[100, 50]-10, Adam 0.001, {epochs} epochs"
    runs = {
        "a3": (f"{net}-50-10, SGD 0.1, {iterations} iterations", TRAIN, "3.8 `test_reads_digits`",
               train_two_layers, (iterations,)),
        "loop": ("softmax regression, 12 epochs", LOOP, "6.4 `test_reads_digits`",
                 train_by_loop, ("given",)),
        "loop sorted": ("the same, rows sorted by class", LOOP, "6.4 `test_sorted_digits`",
                        train_by_loop, ("sorted",)),
        "headline": (headline, MNIST_RUN, "6.6 `test_reads_digits`",
                     train_headline, ("given",)),
        "headline other": ("the same, other rows held out each time", MNIST_RUN,
                           "6.6 `test_history_is_true`", train_headline, ("random",)),
        "headline sorted": ("the same, rows sorted by class", MNIST_RUN, "6.6 `test_sorted_rows`",
                            train_headline, ("sorted",)),
    }  # fmt: skip
    prefix = "" if data == "digits" else f"{data} "
    return {
        prefix + name: Run(what, task, check, data, train, options)
        for name, (what, task, check, train, options) in runs.items()
    }


RUNS = runs_on("digits", "64", 900, 25)
LARGE_RUNS = runs_on("digits28", "784", 900, 25)
MNIST_RUNS = runs_on("mnist8k", "784", 800, 8)
CHOICES = {
    f"choice {number}": Run(
        f"64-{hidden}-10, {name} {lr:g}, 25 epochs",
        MNIST_RUN,
        "6.6",
        "digits",
        train_choice,
        (hidden, name, lr),
    )
    for number, (hidden, name, lr) in enumerate(
        (
            ([100], "Adam", 0.001),
            ([50], "Adam", 0.005),
            ([100, 100], "Adam", 0.001),
            ([100, 50], "Momentum", 0.01),
            ([100, 50], "AdaGrad", 0.01),
            ([100, 50], "SGD", 0.1),
        )
    )
}
EVERYTHING = RUNS | LARGE_RUNS | CHOICES | MNIST_RUNS

#: (assignment, task) whose misconceptions are trained, and with which runs.
BUGS = (
    ("assignment3", "train", ("a3",)),
    ("assignment6", "minibatches", ("headline", "headline sorted")),
    ("assignment6", "multi_layer_net", ("headline",)),
    ("assignment6", "training_loop", ("headline", "headline sorted")),
    ("assignment6", "mnist", ("headline", "headline sorted")),
)


# ------------------------------------------- mistakes of earlier tasks, which only training shows


def relu_gradient_missing(course: ModuleType) -> None:
    course.Relu.backward = lambda self, dout: dout


def gradient_is_sum(course: ModuleType) -> None:
    right = course.SoftmaxWithLoss.backward
    course.SoftmaxWithLoss.backward = lambda self, dout=1: right(self, dout) * len(self.y)


def bias_gradient_missing(course: ModuleType) -> None:
    right = course.MultiLayerNet.gradient

    def gradient(self: Any, x: Any, t: Any) -> Any:
        found = right(self, x, t)
        return {k: v if k.startswith("W") else np.zeros_like(v) for k, v in found.items()}

    course.MultiLayerNet.gradient = gradient


def adam_without_correction(course: ModuleType) -> None:
    class Adam(course.Adam):  # type: ignore[misc, name-defined]
        def update(self, params: Any, grads: Any) -> None:
            if self.m is None:
                self.m = {k: np.zeros_like(v) for k, v in params.items()}
                self.v = {k: np.zeros_like(v) for k, v in params.items()}
            for k in params:
                self.m[k] = self.beta1 * self.m[k] + (1 - self.beta1) * grads[k]
                self.v[k] = self.beta2 * self.v[k] + (1 - self.beta2) * grads[k] ** 2
                params[k] -= self.lr * self.m[k] / (np.sqrt(self.v[k]) + 1e-8)

    course.Adam = Adam


def start_std_001(course: ModuleType) -> None:
    right = course.init_params
    course.init_params = lambda n, hidden, m, std="relu": right(n, hidden, m, 0.01)


def he_without_root(course: ModuleType) -> None:
    def init_params(n: int, hidden: list[int], m: int, std: object = "relu") -> dict[str, Any]:
        params = right(n, hidden, m, 1.0)
        for name, values in params.items():
            if name.startswith("W"):
                values *= 2 / len(values)
        return params  # type: ignore[no-any-return]

    right = course.init_params
    course.init_params = init_params


def always_sigmoid(course: ModuleType) -> None:
    course.Relu = course.Sigmoid


def learning_rate(factor: float) -> Callable[[ModuleType], None]:
    def change(course: ModuleType) -> None:
        right = course.Adam
        course.Adam = lambda lr=0.001: right(lr * factor)

    return change


#: name -> (change, the check that catches it)
ELSEWHERE: dict[str, tuple[Callable[[ModuleType], None], str]] = {
    "Adam without bias correction": (adam_without_correction, "4.6 values of the first steps"),
    "no gradient through ReLU": (relu_gradient_missing, "3.2, 6.3 gradient checks"),
    "sum instead of mean in the loss gradient": (gradient_is_sum, "3.5, 6.3 gradient checks"),
    "bias gradients missing": (bias_gradient_missing, "3.4, 6.3 gradient checks"),
    "start values with standard deviation 0.01": (
        start_std_001,
        "5.4, 6.3 `test_shapes_and_start`",
    ),
    "He without the root": (he_without_root, "5.3, 6.3 `test_shapes_and_start`"),
    "sigmoid in place of ReLU": (always_sigmoid, "6.3 `test_predict_and_updates`"),
    "learning rate / 10": (learning_rate(0.1), "a choice, not a mistake; the threshold"),
    "learning rate x 10": (learning_rate(10), "a choice, not a mistake"),
    "learning rate x 100": (learning_rate(100), "a choice, not a mistake"),
}


# ------------------------------------------------------------------------------------- measuring


def prepare(course: Path, mnist: str | None) -> None:
    """In each process: low priority, and where the course and the data are."""
    global COURSE, MNIST
    COURSE, MNIST = course, mnist
    os.nice(10)
    signal.signal(signal.SIGVTALRM, never_ends)
    np.seterr(all="ignore")  # diverging runs are part of the experiment


def never_ends(*_: object) -> None:
    raise TimeoutError("the training does not end")


@functools.cache
def data_of(name: str) -> Dataset:
    if name != "mnist8k":
        return load_digits(28 if name == "digits28" else 8)
    assert MNIST is not None
    return load_idx(MNIST)


@functools.cache
def checks_of(assignment: str, task: str) -> dict[str, Any]:
    """The names of a task's checks.py: the thresholds and the grader's own network."""
    return runpy.run_path(str(Course(COURSE).assignment(assignment).task(task).checks))


@functools.lru_cache(maxsize=4)
def course_with(assignment: str, task: str, mistake: str) -> ModuleType:
    """The solution as a module, with one mistake built in ("" for none)."""
    found = Course(COURSE).assignment(assignment)
    module = ReferenceLoader(lambda: programs.solution(found))()
    if task == "elsewhere":
        ELSEWHERE[mistake][0](module)
    elif mistake:
        misconceptions(assignment, task)[mistake].apply(module)
    return module


@functools.cache
def misconceptions(assignment: str, task: str) -> dict[str, Misconception]:
    """The declared mistakes of a task, as objects that can be applied to a module."""
    path = variants_path(assignment, task)
    namespace: dict[str, Any] = {}
    exec(compile(read_text(path), str(path), "exec"), namespace)
    found = [value for value in namespace.values() if isinstance(value, Misconception)]
    return {each.id: each for each in found}


def variants_path(assignment: str, task: str) -> Path:
    path = Course(COURSE).assignment(assignment).task(task).variants
    assert path is not None
    return path


Job = tuple[str, str, str, int]  # run, task, mistake, seed


def measure(job: Job) -> tuple[Job, float]:
    """The accuracy of one training, nan where it raised an exception or went on and on."""
    name, task, mistake, seed = job
    run = EVERYTHING[name]
    course, data = course_with(run.assignment, task, mistake), data_of(run.data)
    signal.setitimer(signal.ITIMER_VIRTUAL, RUN_SECONDS[run.data])
    try:
        return job, run.train(course, data, seed, *run.options)
    except Exception:
        return job, math.nan
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)


def measure_all(
    jobs: Sequence[Job], workers: int, course: Path, mnist: str | None, keep: Path | None
) -> dict[tuple[str, str, str], list[float]]:
    """All jobs, spread over processes; accuracies by (run, task, mistake), in order of seeds."""
    known: dict[Job, float] = {}
    if keep is not None and keep.is_file():
        for line in keep.read_text(encoding="utf-8").splitlines():
            name, task, mistake, seed, value = json.loads(line)
            known[name, task, mistake, seed] = math.nan if value is None else value
    missing = [job for job in jobs if job not in known]
    start = time.monotonic()
    with multiprocessing.Pool(workers, prepare, (course, mnist)) as pool:
        for count, (job, value) in enumerate(pool.imap_unordered(measure, missing, chunksize=2), 1):
            known[job] = value
            if keep is not None:
                with keep.open("a", encoding="utf-8") as file:
                    print(json.dumps([*job, None if math.isnan(value) else value]), file=file)
            if count % 100 == 0:
                seconds = time.monotonic() - start
                message = f"  {count} of {len(missing)} in {seconds:.0f} s"
                print(message, file=sys.stderr, flush=True)
    found: dict[tuple[str, str, str], list[float]] = {}
    for job in jobs:
        found.setdefault(job[:3], []).append(known[job])
    return found


# --------------------------------------------------------------------------------------- tables


def normal_bound(values: Sequence[float], threshold: float) -> float:
    """P(accuracy < threshold) of a normal distribution with the mean and deviation found."""
    return statistics.NormalDist(statistics.mean(values), statistics.stdev(values)).cdf(threshold)


def tail_bound(values: Sequence[float], threshold: float) -> float:
    """The same with an exponential tail fitted to the lowest tenth: heavier than a normal one."""
    ordered = sorted(values)
    corner = ordered[len(ordered) // 10]
    lower = [corner - value for value in ordered if value < corner]
    if threshold >= corner or not lower:
        return math.nan
    return len(lower) / len(ordered) * math.exp(-(corner - threshold) / statistics.mean(lower))


def chance(value: float) -> str:
    return "-" if math.isnan(value) else f"{value:.0e}" if value > 1e-12 else "< 1e-12"


def thresholds_table(runs: dict[str, Run], found: dict[Any, list[float]]) -> list[str]:
    lines = [
        "| run | check | seeds | mean | sd | min | threshold | sd away | below | normal | tail |",
        "|---|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|",
    ]
    for name, run in runs.items():
        values = found.get((name, "", ""))
        if not values:
            continue
        mean, sd = statistics.mean(values), statistics.stdev(values)
        below = sum(value < run.threshold for value in values)
        cells = [run.what, run.check, str(len(values)), f"{mean:.4f}", f"{sd:.4f}"]
        cells += [f"{min(values):.4f}", f"{run.threshold:g}", f"{(mean - run.threshold) / sd:.1f}"]
        cells += [str(below), chance(normal_bound(values, run.threshold))]
        cells += [chance(tail_bound(values, run.threshold))]
        lines.append("| " + " | ".join(cells) + " |")
    return lines


def noticed(values: Sequence[float], threshold: float) -> str:
    """Share of seeds below the threshold; exceptions count as noticed."""
    if all(map(math.isnan, values)):
        return "100% (raises, or never ends)"
    low = sum(math.isnan(value) or value < threshold for value in values)
    mean = statistics.mean(value for value in values if not math.isnan(value))
    return f"{low / len(values):.0%} (mean {mean:.3f})"


def bugs_tables(found: dict[Any, list[float]]) -> list[str]:
    lines = []
    for assignment, task, runs in BUGS:
        if not any(key[1] == task for key in found):
            continue
        number = Course(COURSE).assignment(assignment).task(task).number
        heads = [f"{RUNS[name].check} (< {RUNS[name].threshold:g})" for name in runs]
        lines += ["", f"**{number} {task}**", ""]
        lines += [f"| mistake | {' | '.join(heads)} | always caught by |"]
        lines += ["|---|" + "---|" * (len(runs) + 1)]
        path = variants_path(assignment, task)
        for variant in read_variants(read_text(path), path):
            if variant.kind == "misconception":
                shares = [
                    noticed(found[name, task, variant.id], RUNS[name].threshold) for name in runs
                ]
                caught = f"`{variant.killed_by}`"
                lines.append(f"| {variant.id} | {' | '.join(shares)} | {caught} |")
    if any(key[1] == "elsewhere" for key in found):
        lines += ["", "**Mistakes of other tasks, and choices**", ""]
        lines += ["| mistake | 6.6 `test_reads_digits` (< 0.95) | caught by |", "|---|---|---|"]
        for mistake, (_, caught) in ELSEWHERE.items():
            share = noticed(found["headline", "elsewhere", mistake], RUNS["headline"].threshold)
            lines.append(f"| {mistake} | {share} | {caught} |")
    return lines


def write(path: Path, section: str, lines: list[str]) -> None:
    """Replace what stands between the markers of a section."""
    text = path.read_text(encoding="utf-8")
    begin, end = f"<!-- begin: {section} -->", f"<!-- end: {section} -->"
    pattern = re.compile(re.escape(begin) + ".*?" + re.escape(end), re.DOTALL)
    if not pattern.search(text):
        sys.exit(f"{path} has no markers {begin} and {end}")
    new = "\n".join([begin, *lines, end])
    path.write_text(pattern.sub(lambda _: new, text), encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--seeds", type=int, default=200, help="of every right solution")
    parser.add_argument(
        "--bug-seeds", type=int, default=40, help="of every mistake; 0 leaves them out"
    )
    parser.add_argument(
        "--mnist", metavar="FOLDER", help="IDX files: measure on MNIST, not the digits"
    )
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--course", type=Path, default=ROOT)
    parser.add_argument("--write", type=Path, metavar="FILE", help="put the tables into this file")
    parser.add_argument("--keep", type=Path, metavar="FILE", help="remember every run in this file")
    options = parser.parse_args()

    global COURSE
    COURSE = options.course
    groups = {"digits": RUNS, "digits28": LARGE_RUNS, "choices": CHOICES}
    if options.mnist:
        groups = {"mnist": MNIST_RUNS}
    jobs: list[Job] = [
        (name, "", "", seed)
        for runs in groups.values()
        for name in runs
        for seed in range(options.seeds)
    ]
    if not options.mnist:
        for assignment, task, names in BUGS:
            for mistake in misconceptions(assignment, task):
                seeds = range(options.bug_seeds)
                jobs += [(name, task, mistake, seed) for name in names for seed in seeds]
        for mistake in ELSEWHERE:
            jobs += [("headline", "elsewhere", mistake, seed) for seed in range(options.bug_seeds)]
    found = measure_all(jobs, options.workers, options.course, options.mnist, options.keep)
    sections = {section: thresholds_table(runs, found) for section, runs in groups.items()}
    if not options.mnist and options.bug_seeds:
        sections["bugs"] = bugs_tables(found)
    for section, lines in sections.items():
        print("\n".join(["", f"## {section}", *lines]))
        if options.write:
            write(options.write, section, lines)


if __name__ == "__main__":
    main()
