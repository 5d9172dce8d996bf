"""How fast is a training step of the course's own solution? Against PyTorch, and bare products.

    python benchmarks/training.py [--rounds 40] [--steps 50]

One step is forward, loss, backward and plain SGD for an MLP 784-100-10 on a batch of 100, with one
thread. Three things take turns in one process: the solution (MultiLayerNet of assignment 6 on the
layers of assignment 3, SGD of assignment 4), the same model in PyTorch's eager mode, and nothing
but the five matrix products that such a step cannot do without. Prints medians of the rounds, in
CPU time, so that other work on the machine disturbs less. PyTorch is optional (pip install torch).
"""

from __future__ import annotations

import os

# One thread for everybody; before NumPy and PyTorch are imported.
os.environ["OPENBLAS_NUM_THREADS"] = "1"
os.environ["OMP_NUM_THREADS"] = "1"
os.environ["MKL_NUM_THREADS"] = "1"

import argparse
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import numpy as np  # noqa: E402

from autograder import programs  # noqa: E402
from autograder.course import Course  # noqa: E402
from autograder.plugin import ReferenceLoader  # noqa: E402

PIXELS, HIDDEN, CLASSES, BATCH, RATE = 784, 100, 10, 100, 0.1
Step = Callable[[], object]


def batch(dtype: str) -> tuple[Any, Any]:
    """One mini-batch in the shape of MNIST."""
    rng = np.random.default_rng(0)
    return rng.random((BATCH, PIXELS)).astype(dtype), rng.integers(0, CLASSES, BATCH)


def solution_step(course: ModuleType, dtype: str) -> Step:
    """gradient and update of the course's classes, in float32 or float64."""
    np.random.seed(0)
    network = course.MultiLayerNet(PIXELS, [HIDDEN], CLASSES)
    for i in (1, 2):
        affine = network.layers[f"Affine{i}"]
        affine.W, affine.b = affine.W.astype(dtype), affine.b.astype(dtype)
        network.params[f"W{i}"], network.params[f"b{i}"] = affine.W, affine.b
    optimizer = course.SGD(RATE)
    x, t = batch(dtype)

    def step() -> None:
        optimizer.update(network.params, network.gradient(x, t))

    step()
    if any(values.dtype != dtype for values in network.params.values()):
        raise AssertionError(f"the solution does not keep {dtype}")
    return step


def products_step(dtype: str) -> Step:
    """The matrix products alone. The gradient of the images is not among them: nobody needs it."""
    x, _ = batch(dtype)
    rng = np.random.default_rng(1)
    w1, w2, h, d, dh = (
        rng.random(shape).astype(dtype)
        for shape in (
            (PIXELS, HIDDEN),
            (HIDDEN, CLASSES),
            (BATCH, HIDDEN),
            (BATCH, CLASSES),
            (BATCH, HIDDEN),
        )
    )

    def step() -> None:
        x @ w1
        h @ w2
        h.T @ d
        d @ w2.T
        x.T @ dh

    return step


def torch_step(torch: Any, dtype: str) -> Step:
    """The same model, written as PyTorch's own tutorials do."""
    torch.manual_seed(0)
    torch.set_num_threads(1)
    kind = getattr(torch, dtype)
    model = torch.nn.Sequential(
        torch.nn.Linear(PIXELS, HIDDEN), torch.nn.ReLU(), torch.nn.Linear(HIDDEN, CLASSES)
    ).to(kind)
    optimizer = torch.optim.SGD(model.parameters(), lr=RATE)
    loss_of = torch.nn.CrossEntropyLoss()
    x, t = (torch.from_numpy(array) for array in batch(dtype))

    def step() -> None:
        optimizer.zero_grad()
        loss_of(model(x), t).backward()
        optimizer.step()

    return step


def measure(steps: dict[str, Step], rounds: int, count: int) -> dict[str, float]:
    """Median CPU time of one step, in microseconds; the contestants take turns."""
    times: dict[str, list[float]] = {name: [] for name in steps}
    for number in range(rounds + 2):
        for name, step in steps.items():
            start = time.process_time()
            for _ in range(count):
                step()
            if number >= 2:  # the first rounds warm up
                times[name].append((time.process_time() - start) / count * 1e6)
    return {name: statistics.median(values) for name, values in times.items()}


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--rounds", type=int, default=40)
    parser.add_argument("--steps", type=int, default=50, help="of each contestant in a round")
    options = parser.parse_args()
    try:
        import torch
    except ImportError:
        torch = None
    found = Course(ROOT).assignment("assignment6")
    course = ReferenceLoader(lambda: programs.solution(found))()
    version = f"PyTorch {torch.__version__}" if torch else "PyTorch is not installed"
    print(f"NumPy {np.__version__}, {version}; microseconds of CPU time for one step")
    heads = ("solution", "products", "PyTorch", "solution / products", "solution / PyTorch")
    print(f"| numbers | {' | '.join(heads)} |")
    print("|---|---:|---:|---:|---:|---:|")
    for dtype in ("float32", "float64"):
        steps = {"solution": solution_step(course, dtype), "products": products_step(dtype)}
        if torch:
            steps["torch"] = torch_step(torch, dtype)
        median = measure(steps, options.rounds, options.steps)
        ours, bare, theirs = (median.get(name) for name in ("solution", "products", "torch"))
        assert ours is not None and bare is not None
        cells = [dtype, f"{ours:.0f}", f"{bare:.0f}", f"{theirs:.0f}" if theirs else "-"]
        cells += [f"{ours / bare:.2f}", f"{ours / theirs:.2f}" if theirs else "-"]
        print("| " + " | ".join(cells) + " |")


if __name__ == "__main__":
    main()
