# The public checks of task 6.1, preprocessing. Run them with: grade assignment6 --task preprocessing
import numpy as np
import pytest
from autograder.authoring import assert_close, assert_shape, require


def check_floats(found, what):
    """Pixels that networks can work with."""
    kind = getattr(getattr(found, "dtype", None), "kind", "f")
    message = f"{what} should hold floats, not {getattr(found, 'dtype', '')}"
    require(kind == "f", message, category="wrong_type")


@pytest.mark.points(2)
def test_bytes_to_floats(student):
    """The bytes 0, 51 and 255 become the floats 0, 0.2 and 1."""
    found = student.normalize_images(np.array([[0, 51], [255, 102]], np.uint8))
    assert_close(found, [[0, 0.2], [1, 0.4]], "normalize_images(images)")
    check_floats(found, "normalize_images(images)")


@pytest.mark.points(2)
def test_squares_to_rows(student):
    """Two images of 28 x 28 become two rows of 784; a 2 x 2 image is read line after line."""
    found = student.flatten_images(np.array([[[1, 2], [3, 4]], [[5, 6], [7, 8]]], np.uint8))
    assert_close(found, [[1, 2, 3, 4], [5, 6, 7, 8]], "flatten_images(images)")
    assert_shape(student.flatten_images(np.zeros((2, 28, 28))), (2, 784), "flatten_images(images)")
