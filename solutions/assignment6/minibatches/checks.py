import numpy as np
import pytest
from autograder.authoring import assert_close, assert_shape, require, unchanged


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


@pytest.mark.points(3)
@pytest.mark.hidden("a generator that is passed in is the only source of randomness")
def test_given_generator(student, remote, rng):
    """The same seed gives the same batches, another seed others, whatever np.random does."""
    x, t = np.arange(40.0)[:, None], np.arange(40)
    seed = int(rng.integers(1000))

    def run(seed, function):
        remote.seed(int(rng.integers(2**31)))
        generator = remote.generator(seed)
        if function == "shuffle_dataset":
            batches = [pair_of(student.shuffle_dataset(x, t, rng=generator))]
            return rows_of(batches)
        both = [collect(student.iterate_minibatches(x, t, 7, rng=generator)) for _ in range(2)]
        message = "two passes with the same generator come in the same order"
        require(rows_of(both[0]) != rows_of(both[1]), message)
        return rows_of([batch for batches in both for batch in batches])

    for function in ("iterate_minibatches", "shuffle_dataset"):
        first, again, other = run(seed, function), run(seed, function), run(seed + 1, function)
        require(first == again, f"{function}: rng with the same seed gave two different orders")
        require(first != other, f"{function}: rng with two seeds gave the same order")


@pytest.mark.points(2.5)
@pytest.mark.hidden("images and one-hot labels, batches larger than the data, no data at all")
def test_any_shape(student, remote, rng):
    """4-D images with one-hot rows keep their shape; a huge batch_size gives one batch."""
    labels = rng.integers(0, 3, 7)
    x, t = rng.random((7, 1, 2, 3)), np.eye(3)[labels]
    with unchanged("x", x), unchanged("t", t):
        batches = collect(student.iterate_minibatches(x, t, 3))
    sizes = [len(x_batch) for x_batch, _ in batches]
    require(sizes == [3, 3, 1], f"the batches have {sizes} samples, expected [3, 3, 1]")
    for x_batch, t_batch in batches:
        assert_shape(x_batch, (len(x_batch), 1, 2, 3), "x_batch")
        assert_shape(t_batch, (len(x_batch), 3), "t_batch")
        for image, label in zip(x_batch, t_batch, strict=True):
            place = np.flatnonzero((x == image).all(axis=(1, 2, 3)))
            require(len(place) == 1, "a batch holds an image that is not in x")
            assert_close(label, t[place[0]], "the label of an image")
    # Kept in the worker until the last is made, as list(iterate_minibatches(...)) would.
    kept = remote.ref(remote.namespace(kept=[]), "kept")
    remote.ref(kept, "extend")(student.iterate_minibatches(x, t, 3, shuffle=False))
    kept = remote.value(kept)
    for number, (x_batch, _) in enumerate(kept):
        message = "a batch changes when the next one is made: give every batch arrays of its own"
        require(np.array_equal(x_batch, x[3 * number : 3 * number + 3]), message)
    require(len(collect(student.iterate_minibatches(x, t, 100))) == 1, "there should be one batch")
    empty = collect(student.iterate_minibatches(x[:0], t[:0], 3))
    require(not empty, "without samples there should be no batch")


@pytest.mark.points(2)
@pytest.mark.hidden("every batch is a fair mixture: the samples are shuffled, not whole blocks")
def test_mixed_batches(student, remote):
    """On rows sorted by class every batch holds many classes, and the data stays as it is."""
    # Placed, because a generator runs after the call has returned: it must not touch them then.
    x, t = remote.place(np.arange(400.0)[:, None]), remote.place(np.arange(400))
    batches = collect(student.iterate_minibatches(x, t, 40))
    for array, what in ((x, "x"), (t, "t")):
        message = f"{what} was changed in place; leave the caller's arrays alone"
        untouched = np.array_equal(np.ravel(remote.value(array)), np.arange(400))
        require(untouched, message, category="mutated_input")
    rows = rows_of(batches)
    check_once(rows, 400, "one pass")
    classes = [len({int(row) // 40 for row in labels}) for _, labels in batches]
    message = f"one of the batches has rows of {min(classes)} of 10 blocks only"
    require(min(classes) >= 5, message)


def pair_of(found):
    """(x, t) as shuffle_dataset returns them."""
    good = isinstance(found, (tuple, list)) and len(found) == 2
    good = good and all(isinstance(part, np.ndarray) and part.ndim > 0 for part in found)
    require(good, "shuffle_dataset should return the two arrays x, t", category="wrong_type")
    return tuple(found)


@pytest.mark.points(2)
@pytest.mark.hidden("shuffle_dataset: all rows, in a new order, still in pairs; the originals stay")
def test_shuffle_dataset(student):
    """All rows are there once, paired, in a new order, for rows and for images."""
    for shape in ((40, 2), (40, 1, 2, 2)):
        x = np.repeat(np.arange(40.0), int(np.prod(shape[1:]))).reshape(shape)
        t = np.arange(40)
        with unchanged("x", x), unchanged("t", t):
            found, labels = pair_of(student.shuffle_dataset(x, t))
        assert_shape(found, shape, "the shuffled x")
        assert_shape(labels, (40,), "the shuffled t")
        rows = rows_of([(found, labels)])
        check_once(rows, 40, "shuffle_dataset(x, t)")
        require(rows != list(range(40)), "shuffle_dataset left the rows in their order")
        more = rows_of([pair_of(student.shuffle_dataset(x, t, rng=None))])
        require(more != rows, "two calls of shuffle_dataset give the same order")
    # Of 40 rows at random, fewer than 5 of the 10 blocks: below 210 * 0.4**40, one in 10**13.
    x, t = np.arange(400.0)[:, None], np.arange(400)
    rows = rows_of([pair_of(student.shuffle_dataset(x, t))])
    fewest = min(len({row // 40 for row in rows[i : i + 40]}) for i in range(0, 400, 40))
    require(
        fewest >= 5, f"after shuffle_dataset, 40 rows in a row come from {fewest} of 10 blocks only"
    )
