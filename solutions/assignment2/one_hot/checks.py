import numpy as np
import pytest
from autograder.authoring import assert_close, assert_shape, require, unchanged


@pytest.mark.points(2)
def test_by_hand(student):
    """Labels [2, 0] with three classes become [[0, 0, 1], [1, 0, 0]]."""
    found = student.to_one_hot(np.array([2, 0]), 3)
    assert_close(found, [[0, 0, 1], [1, 0, 0]], "to_one_hot([2, 0], 3)")


@pytest.mark.points(1)
def test_missing_classes(student):
    """A batch in which only class 3 occurs still gets ten columns."""
    expected = np.zeros((2, 10))
    expected[:, 3] = 1
    assert_close(student.to_one_hot(np.array([3, 3])), expected, "to_one_hot([3, 3])")


@pytest.mark.points(3)
@pytest.mark.hidden("many labels of other integer dtypes, with other numbers of classes")
def test_many_labels(student, rng):
    """300 labels of several integer dtypes: one 1 per row, in the column of the label."""
    for dtype, classes in ((np.uint8, 10), (np.int32, 4), (np.int64, 17)):
        labels = rng.integers(0, classes, 300).astype(dtype)
        labels[0] = 0
        found = student.to_one_hot(labels, classes)
        expected = (labels[:, None] == np.arange(classes)).astype(float)
        assert_close(found, expected, f"to_one_hot of {dtype.__name__} labels")


@pytest.mark.points(2)
@pytest.mark.hidden("floats come out, labels stay as they are, an empty batch keeps its columns")
def test_edges(student, rng):
    """The result is a float array, labels are unchanged, (0,) gives (0, num_classes)."""
    labels = rng.permutation(5)
    with unchanged("labels", labels):
        found = student.to_one_hot(labels, 5)
    assert_close(found, np.eye(5)[labels], "to_one_hot(labels, 5)")
    message = f"to_one_hot returns dtype {found.dtype}, expected floats such as float64"
    require(found.dtype.kind == "f", message, category="wrong_type")
    found = student.to_one_hot(np.array([3], dtype=np.uint8), 5)
    assert_close(found, [[0, 0, 0, 1, 0]], "to_one_hot of a batch of one")
    require(
        found.dtype.kind == "f",
        f"to_one_hot of uint8 labels has dtype {found.dtype}, expected floats",
        category="wrong_type",
    )
    for times in (1, 2):
        again = student.to_one_hot((labels + times) % 5, 5)
        assert_close(again, np.eye(5)[(labels + times) % 5], "to_one_hot, called again")
    found = student.to_one_hot(np.zeros(0, dtype=int), 4)
    assert_shape(found, (0, 4), "to_one_hot of an empty batch")
