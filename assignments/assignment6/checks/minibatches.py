# The public checks of task 6.2, minibatches. Run them with: grade assignment6 --task minibatches
import numpy as np
import pytest
from autograder.authoring import require


def collect(batches, limit=1000):
    """The batches as a list of pairs of arrays; at most ``limit`` are read."""
    kind = type(batches).__name__
    good = hasattr(batches, "__iter__")
    message = f"iterate_minibatches should give batches one after the other, not {kind}"
    require(good, message, category="wrong_type")
    found = []
    for item in batches:
        good = isinstance(item, (tuple, list)) and len(item) == 2
        require(good, "every batch should be a pair (x_batch, t_batch)", category="wrong_type")
        x, t = item
        for part, what in ((x, "x_batch"), (t, "t_batch")):
            good = isinstance(part, np.ndarray) and part.ndim > 0 and part.dtype.kind in "biuf"
            require(good, f"{what} should be an array of rows", category="wrong_type")
        message = "there is a batch without samples: a last batch is only needed for what is left"
        require(len(x) > 0, message, category="wrong_shape")
        found.append((x, t))
        require(len(found) < limit, f"there are more than {limit} batches", suggests="endless")
    return found


def rows_of(batches):
    """The sample numbers in the order in which they come; x and t must agree about them."""
    for _, t in batches:
        message = f"whole labels came back as {t.dtype}: they can no longer be used as indices"
        require(t.dtype.kind in "iu", message, category="wrong_type")
    numbers = [number for x, _ in batches for number in x.reshape(len(x), -1)[:, 0].tolist()]
    labels = [label for _, t in batches for label in t.tolist()]
    message = "rows of x and t do not belong together: index both with the same array"
    require(numbers == labels, message)
    return [int(number) for number in numbers]


def check_once(rows, n, what):
    """Every sample exactly once."""
    twice = sorted({row for row in rows if rows.count(row) > 1})
    missing = sorted(set(range(n)) - set(rows))
    problems = []
    if twice:
        problems.append(f"sample {twice[0]} comes {rows.count(twice[0])} times")
    if missing:
        problems.append(f"sample {missing[0]} never comes ({len(missing)} are missing)")
    require(not problems, f"{what}: " + " and ".join(problems))
    require(len(rows) == n, f"{what} has {len(rows)} samples instead of {n}")


@pytest.mark.points(3.5)
def test_ten_samples(student):
    """Ten samples in batches of 4: sizes 4, 4 and 2, every sample once; in batches of 5: 5 and 5."""
    x, t = np.stack([np.arange(10.0), np.ones(10)], axis=1), np.arange(10)
    batches = collect(student.iterate_minibatches(x, t, 4))
    sizes = [len(x_batch) for x_batch, _ in batches]
    require(sizes == [4, 4, 2], f"the batches have {sizes} samples, expected [4, 4, 2]")
    check_once(rows_of(batches), 10, "one pass")
    sizes = [len(x_batch) for x_batch, _ in collect(student.iterate_minibatches(x, t, 5))]
    require(sizes == [5, 5], f"ten samples in batches of 5 give {sizes}, expected [5, 5]")


@pytest.mark.points(3)
def test_shuffle_or_not(student):
    """shuffle=False keeps the order of the rows; otherwise every pass has a new order."""
    x, t = np.arange(60.0)[:, None], np.arange(60)
    kept = rows_of(collect(student.iterate_minibatches(x, t, 8, shuffle=False)))
    require(kept == list(range(60)), "with shuffle=False the rows should come in their own order")
    passes = [rows_of(collect(student.iterate_minibatches(x, t, 8, rng=None))) for _ in range(2)]
    require(passes[0] != kept, "the rows come in their own order: they are not shuffled")
    require(passes[0] != passes[1], "two passes come in the same order")
