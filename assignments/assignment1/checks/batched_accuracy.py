# The public checks of task 1.8, batched_accuracy. Run them with: grade assignment1 --task batched_accuracy
import numpy as np
import pytest
from autograder.authoring import assert_close, require


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
