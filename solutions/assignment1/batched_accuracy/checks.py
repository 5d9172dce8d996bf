import numpy as np
import pytest
from autograder.authoring import assert_close, require, unchanged


def recorder(calls):
    """A network whose scores are its inputs; it notes what it is given (empty slices do not count)."""

    def predict(rows):
        found = np.asarray(rows)
        require(
            found.ndim == 2,
            f"predict_fn got an array of shape {found.shape}; give it a slice of rows, (n, D)",
            category="wrong_shape",
        )
        if len(found):
            calls.append(found.copy())
        return found

    return predict


def sizes_of(calls):
    return [len(rows) for rows in calls]


@pytest.mark.points(2.5)
def test_all_right_all_wrong(student):
    """40 right answers give 1.0, 40 wrong ones 0.0, and 30 right of 40 give 0.75."""
    labels = (3 * np.arange(40)) % 10
    scores = np.eye(10)[labels]
    right = student.batched_accuracy(recorder([]), scores, labels, 10)
    assert_close(right, 1.0, "the accuracy of 40 right answers")
    wrong = student.batched_accuracy(recorder([]), scores, (labels + 1) % 10, 10)
    assert_close(wrong, 0.0, "the accuracy of 40 wrong answers")
    mixed = np.where(np.arange(40) % 4 == 0, (labels + 3) % 10, labels)
    some = student.batched_accuracy(recorder([]), scores, mixed, 10)
    assert_close(some, 0.75, "the accuracy of 30 right answers of 40")


@pytest.mark.points(2.5)
def test_seven_images(student):
    """7 images in batches of 3: predict_fn sees 3, 3 and 1 rows, and 5 right answers give 5/7."""
    answers = np.array([0, 1, 2, 1, 0, 2, 1])
    labels = np.array([0, 1, 0, 1, 0, 2, 2])
    calls = []
    found = student.batched_accuracy(recorder(calls), np.eye(3)[answers], labels, 3)
    assert_close(found, 5 / 7, "the accuracy of 5 right answers of 7")
    sizes = sizes_of(calls)
    require(sizes == [3, 3, 1], f"predict_fn was given {sizes} rows instead of [3, 3, 1]")


@pytest.mark.points(2.5)
@pytest.mark.hidden("predict_fn sees every row exactly once and in order, a slice at a time")
def test_every_row_once(student, rng):
    """25 rows in batches of 10, then 24 in batches of 6: consecutive slices, every row once."""
    for n, batch_size in ((25, 10), (24, 6)):
        x = rng.standard_normal((n, 4)) - 20  # logits; the largest may be far below 0
        labels = np.maximum(x.argmax(axis=1), 1)  # no label is 0, so an answer of 0 is wrong
        calls = []
        found = student.batched_accuracy(recorder(calls), x, labels, batch_size)
        sizes = sizes_of(calls)
        wanted = [min(batch_size, n - start) for start in range(0, n, batch_size)]
        require(sizes == wanted, f"predict_fn was given {sizes} rows instead of {wanted}")
        require(
            np.array_equal(np.concatenate(calls), x),
            "predict_fn should see every row exactly once and in order",
            suggests="random_batches",
        )
        assert_close(found, np.mean(x.argmax(axis=1) == labels), "the accuracy")


@pytest.mark.points(2.5)
@pytest.mark.hidden(
    "the mean is over the samples, not over the batches, whatever the last batch holds"
)
def test_small_last_batch(student, rng):
    """The last, smaller batch counts by its size: 10 right and 1 wrong make 10/11, and the like."""
    for full, rest in ((10, 1), (20, 3)):
        x = rng.random((full + rest, 5))
        labels = x.argmax(axis=1)
        labels[full:] = (labels[full:] + 1 + rng.integers(0, 4)) % 5
        found = student.batched_accuracy(recorder([]), x, labels, 10)
        assert_close(found, full / (full + rest), "the accuracy with a wrong last batch")
        labels = np.where(
            np.arange(full + rest) < full, (x.argmax(axis=1) + 1) % 5, x.argmax(axis=1)
        )
        found = student.batched_accuracy(recorder([]), x, labels, 10)
        assert_close(found, rest / (full + rest), "the accuracy with a right last batch only")


@pytest.mark.points(2)
@pytest.mark.hidden(
    "batches of one, larger than the data, and by default; x and t stay as they were"
)
def test_batch_sizes(student, rng):
    """batch_size 1, 3, more than N, and the default of 100; x and t are not changed."""
    x = rng.random((7, 4))
    labels = x.argmax(axis=1)
    labels[0] = (labels[0] + 1) % 4
    for batch_size in (1, 3, 50):
        with unchanged("x", x), unchanged("t", labels):
            found = student.batched_accuracy(recorder([]), x, labels, batch_size)
        assert_close(found, 6 / 7, f"the accuracy with batch_size {batch_size}")
    many = rng.random((230, 4))
    calls = []
    found = student.batched_accuracy(recorder(calls), many, many.argmax(axis=1))
    assert_close(found, 1.0, "the accuracy with the default batch_size")
    sizes = sizes_of(calls)
    require(sizes == [100, 100, 30], f"the default made {sizes} instead of [100, 100, 30] rows")
