import numpy as np
import pytest
from autograder.authoring import assert_between, assert_close, assert_shape, require, unchanged


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


@pytest.mark.points(3)
@pytest.mark.hidden(
    "every batch is scaled alike, whatever is in it, and the bytes stay as they are"
)
def test_same_scale_for_every_batch(student, rng):
    """A dark batch, a bright one and one image alone are divided by the same number."""
    for low, high in ((0, 1), (1, 2), (0, 2), (0, 100), (156, 256), (0, 256)):
        images = rng.integers(low, high, (3, 4, 5)).astype(np.uint8)
        with unchanged("images", images):
            found = student.normalize_images(images)
        assert_close(found, images.astype(float) / 255, "normalize_images(images)")
        check_floats(found, "normalize_images(images)")
        assert_between(np.max(found), 0, 1, "the largest value")
    one = rng.integers(0, 256, 7).astype(np.uint8)
    assert_close(student.normalize_images(one), one.astype(float) / 255, "normalize_images(one)")


@pytest.mark.points(3)
@pytest.mark.hidden("rows keep images and pixels in order, for other shapes than 28 x 28 too")
def test_order_of_pixels(student, remote, rng):
    """Every image is its own row, in row-major order, for any shape and for views."""
    for shape in ((5, 3, 4), (1, 6, 2), (4, 1, 3, 3), (3, 7)):
        images = rng.integers(0, 256, shape).astype(np.uint8)
        with unchanged("images", images):
            found = student.flatten_images(images)
        expected = np.stack([image.ravel() for image in images])
        assert_close(found, expected, f"flatten_images of shape {shape}")
    stored = rng.random((2, 3, 4))
    turned = remote.ref(remote.place(stored), "T")
    expected = np.stack([image.ravel() for image in stored.T])
    assert_close(student.flatten_images(turned), expected, "flatten_images of a transposed view")
