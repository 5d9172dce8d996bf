import numpy as np
import pytest
from autograder.authoring import assert_between, assert_close, unchanged

#: The 1e-7 inside the logarithm, its absence, clipping and single precision all stay below.
CLOSE = {"rtol": 1e-4, "atol": 1e-6}

BOOK_Y = [0.1, 0.05, 0.6, 0.0, 0.05, 0.1, 0.0, 0.1, 0.0, 0.0]
BOOK_T = [0, 0, 1, 0, 0, 0, 0, 0, 0, 0]


def probabilities(rng, n, classes):
    """Rows that sum to 1, with no entry near 0 or 1."""
    y = rng.uniform(0.2, 1, (n, classes))
    return y / y.sum(axis=1, keepdims=True)


def surprise(y, labels):
    """-log of the right class's probability, sample by sample, without any epsilon."""
    return -np.log(y[np.arange(len(labels)), labels])


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


@pytest.mark.points(3)
@pytest.mark.hidden(
    "labels and one-hot rows agree for every batch size, also for one sample and for N = C"
)
def test_targets_agree(student, rng):
    """Labels, float and integer one-hot rows give the mean surprise for N = 1, 4 and 6; C = 4."""
    for n in (6, 4, 1):
        y, labels = probabilities(rng, n, 4), rng.integers(0, 4, n)
        labels[0] = 1 + labels[0] % 3
        expected = surprise(y, labels).mean()
        for kind, t in (
            ("labels", labels),
            ("float one-hot rows", np.eye(4)[labels]),
            ("integer one-hot rows", np.eye(4, dtype=int)[labels]),
        ):
            found = student.cross_entropy_error(y, t)
            assert_close(found, expected, f"the loss of {n} x 4 probabilities with {kind}", **CLOSE)


@pytest.mark.points(3)
@pytest.mark.hidden("probabilities of exactly 0 and 1: finite, expensive if wrong, free if right")
def test_certainty(student, rng):
    """Certain and wrong costs 10 to 1000 and stays finite; certain and right costs nothing."""
    labels = rng.permutation([0, 1, 1, 2])
    for t, kind in ((labels, "labels"), (np.eye(3)[labels], "one-hot rows")):
        found = student.cross_entropy_error(np.eye(3)[(labels + 1) % 3], t)
        assert_between(found, 10.0, 1000.0, f"the loss of certain, wrong rows with {kind}")
        found = student.cross_entropy_error(np.eye(3)[labels], t)
        assert_between(found, -1e-5, 1e-5, f"the loss of certain, right rows with {kind}")
        y = probabilities(rng, 4, 3)
        y[0] = np.eye(3)[(labels[0] + 1) % 3]
        with unchanged("y", y), unchanged("t", t):
            found = student.cross_entropy_error(y, t)
        assert_between(found, 2.5, 260.0, f"the loss with one certain, wrong row and {kind}")


@pytest.mark.points(2.5)
@pytest.mark.hidden("a mean: a batch given twice has the same loss; y and t stay as they are")
def test_mean_without_side_effects(student, rng):
    """Giving a batch twice changes nothing; neither y nor t (int, float, uint8) is changed."""
    y, labels = probabilities(rng, 5, 6), rng.integers(1, 6, 5)
    expected = surprise(y, labels).mean()
    one_hot = np.eye(6, dtype=np.uint8)[labels]
    for t in (labels, np.eye(6)[labels], labels.astype(np.uint8), one_hot):
        with unchanged("y", y), unchanged("t", t):
            found = student.cross_entropy_error(y, t)
        assert_close(found, expected, "cross_entropy_error(y, t)", **CLOSE)
        twice = student.cross_entropy_error(np.concatenate([y, y]), np.concatenate([t, t]))
        assert_close(twice, expected, "the loss of the batch given twice", **CLOSE)


@pytest.mark.points(2.5)
@pytest.mark.hidden(
    "one sample without the batch axis, with either kind of target; single precision"
)
def test_one_sample(student, rng):
    """y of shape (C,) gives what its batch of one gives; float32 probabilities are fine."""
    y, label = probabilities(rng, 1, 5), rng.integers(1, 5)
    expected = surprise(y, np.array([label]))[0]
    found = student.cross_entropy_error(y[0], np.eye(5)[label])
    assert_close(found, expected, "the loss of (C,) with a one-hot t", **CLOSE)
    found = student.cross_entropy_error(y[0], np.array(label))
    assert_close(found, expected, "the loss of (C,) with a single label", **CLOSE)
    one = y[0].copy()
    with unchanged("y", one):
        student.cross_entropy_error(one, np.array(label))
    y, labels = probabilities(rng, 4, 6).astype(np.float32), rng.integers(0, 6, 4)
    expected = surprise(y.astype(float), labels).mean()
    found = student.cross_entropy_error(y, labels)
    assert_close(found, expected, "the loss of float32 probabilities", **CLOSE)
