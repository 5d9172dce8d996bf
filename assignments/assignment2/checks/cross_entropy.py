# The public checks of task 2.4, cross_entropy. Run them with: grade assignment2 --task cross_entropy
import numpy as np
import pytest
from autograder.authoring import assert_close

#: The 1e-7 inside the logarithm, its absence, clipping and single precision all stay below.
CLOSE = {"rtol": 1e-4, "atol": 1e-6}

BOOK_Y = [0.1, 0.05, 0.6, 0.0, 0.05, 0.1, 0.0, 0.1, 0.0, 0.0]
BOOK_T = [0, 0, 1, 0, 0, 0, 0, 0, 0, 0]


@pytest.mark.points(2)
def test_book_example(student):
    """The book's digit examples: the right class 2 has probability 0.6 or 0.1: 0.510825, 2.302585."""
    t = np.array(BOOK_T)
    found = student.cross_entropy_error(np.array(BOOK_Y), t)
    assert_close(found, -np.log(0.6), "the loss where class 2 has probability 0.6", **CLOSE)
    y = np.array(BOOK_Y)
    y[[2, 7]] = y[[7, 2]]  # now the network prefers class 7
    found = student.cross_entropy_error(y, t)
    assert_close(found, -np.log(0.1), "the loss where class 2 has probability 0.1", **CLOSE)


@pytest.mark.points(3)
def test_two_rows(student):
    """Two samples by hand: 0.458145, as one-hot rows and as labels."""
    y = np.array([[0.5, 0.25, 0.25], [0.1, 0.8, 0.1]])
    expected = (np.log(2.0) + np.log(1.25)) / 2
    one_hot = np.array([[1.0, 0.0, 0.0], [0.0, 1.0, 0.0]])
    assert_close(student.cross_entropy_error(y, one_hot), expected, "for one-hot rows", **CLOSE)
    assert_close(student.cross_entropy_error(y, np.array([0, 1])), expected, "for labels", **CLOSE)


@pytest.mark.points(2)
def test_uniform(student):
    """Ten equal probabilities cost ln 10 = 2.302585, whatever the labels and the batch size."""
    for n in (1, 7):
        y, labels = np.full((n, 10), 0.1), 3 * np.arange(n) % 10
        found = student.cross_entropy_error(y, labels)
        assert_close(found, np.log(10.0), f"the loss of {n} clueless rows", **CLOSE)
