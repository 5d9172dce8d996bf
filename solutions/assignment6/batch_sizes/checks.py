import numpy as np
import pytest
from autograder.authoring import assert_close, require


def table(count, start=0):
    """Rows that carry their own number, and labels that repeat it."""
    number = np.arange(start, start + count)
    return np.stack([number.astype(float), np.ones(count)], axis=1), number


class Factory:
    """Hands out recording networks and optimizers, one after the other.

    All of them are made before the comparison: inside a call of the student's the worker is busy.
    """

    def __init__(self, remote, count):
        self.networks = [Network(remote, number) for number in range(count)]
        self.optimizers = [Optimizer(remote) for _ in range(count)]
        self.given_networks, self.given_optimizers = 0, 0

    def make_network(self):
        self.given_networks += 1
        count = len(self.networks)
        message = f"make_network was called more than {count} times: once for each batch size"
        require(self.given_networks <= count, message)
        return self.networks[self.given_networks - 1].handle

    def make_optimizer(self):
        self.given_optimizers += 1
        count = len(self.optimizers)
        message = f"make_optimizer was called more than {count} times: once for each batch size"
        require(self.given_optimizers <= count, message)
        return self.optimizers[self.given_optimizers - 1].handle

    def check_fresh(self):
        """Every setting had a network and an optimizer of its own."""
        count = len(self.networks)
        for made, what, mistake in (
            (self.given_networks, "make_network", "same_network"),
            (self.given_optimizers, "make_optimizer", "same_optimizer"),
        ):
            message = f"{what} was called {made} times for {count} batch sizes: start each one anew"
            require(made == count, message, suggests=mistake if made == 1 else None)


class Network:
    """Its accuracy tells which network it is, on which rows it is measured, and after how many steps."""

    def __init__(self, remote, number):
        self.number, self.sizes, self.rows, self.order = number, [], set(), []
        methods = {"gradient": self.gradient, "loss": self.loss, "accuracy": self.accuracy}
        self.handle = remote.namespace(params={"w": np.zeros(1)}, **methods)

    def gradient(self, x, t):
        self.sizes.append(len(x))
        self.order += [int(row) for row in np.asarray(x)[:, 0]]
        self.rows |= {int(row) for row in np.asarray(x)[:, 0]}
        return {"w": np.ones(1)}

    def loss(self, x, t):
        return 1 / (1 + len(self.sizes))

    def accuracy(self, x, t):
        return self.accuracy_of({int(row) for row in np.asarray(x)[:, 0]})

    def accuracy_of(self, rows):
        # It falls with every update, so the best of a history is not the last.
        return float(
            self.number / 10 + 1 / (1 + len(self.sizes)) + len(rows) / 1e5 + sum(rows) / 1e9
        )


class Optimizer:
    """Counts its updates."""

    def __init__(self, remote):
        self.count = 0
        self.handle = remote.namespace(update=self.update)

    def update(self, params, grads):
        self.count += 1


def check_report(found, batch_sizes):
    """A dictionary with an entry for every batch size."""
    good = isinstance(found, dict)
    message = f"compare_batch_sizes should return a dictionary, not {type(found).__name__}"
    require(good, message, category="wrong_type")
    for size in batch_sizes:
        require(size in found, f"the result has no key {size!r}")
        entry = found[size]
        good = isinstance(entry, dict) and {"updates", "accuracy"} <= set(entry)
        message = f"the entry of {size!r} should have the keys 'updates' and 'accuracy'"
        require(good, message)
    require(len(found) == len(batch_sizes), "the result has keys that are no batch sizes")
    return found


@pytest.mark.points(2.5)
def test_updates_per_epoch(student):
    """60,000 samples in batches of 100: 600 updates; 101: 2; 25 in batches of 10: 3; of 1: 25."""
    for samples, size, expected in (
        (60000, 100, 600),
        (25, 10, 3),
        (101, 100, 2),
        (199, 100, 2),
        (100, 100, 1),
        (31, 10, 4),
        (25, 100, 1),
        (25, 1, 25),
    ):
        found = student.updates_per_epoch(samples, size)
        assert_close(found, expected, f"updates_per_epoch({samples}, {size})")
    kind = np.asarray(student.updates_per_epoch(25, 10)).dtype.kind
    require(kind in "iu", "updates_per_epoch should return an int", category="wrong_type")


@pytest.mark.points(2.5)
def test_three_settings(student, remote):
    """20 samples, 2 epochs, batches of 1, 8 and all: 40, 6 and 2 updates, the test accuracy of each."""
    factory = Factory(remote, 3)
    (x, t), (x_test, t_test) = table(20), table(5, start=50)
    found = student.compare_batch_sizes(
        factory.make_network, factory.make_optimizer, x, t, x_test, t_test, (1, 8, None), epochs=2
    )
    report = check_report(found, (1, 8, None))
    factory.check_fresh()
    for size, updates in ((1, 40), (8, 6), (None, 2)):
        what = f"the number of updates with batch_size {size}"
        assert_close(report[size]["updates"], updates, what)
        whole = np.asarray(report[size]["updates"]).dtype.kind in "iu"
        require(whole, f"{what} should be an int", category="wrong_type")


@pytest.mark.points(3)
@pytest.mark.hidden("every setting trains its own network, with its own optimizer, for all epochs")
def test_own_network_and_optimizer(student, remote):
    """Each network sees batches of its size only, and each optimizer makes only its own steps."""
    factory = Factory(remote, 4)
    (x, t), (x_test, t_test) = table(18), table(4, start=50)
    sizes = (5, None, 18, 1)
    found = student.compare_batch_sizes(
        factory.make_network, factory.make_optimizer, x, t, x_test, t_test, sizes, epochs=3
    )
    check_report(found, sizes)
    factory.check_fresh()
    for size, network, optimizer in zip(sizes, factory.networks, factory.optimizers, strict=True):
        full = size or 18
        expected = [min(full, 18 - start) for start in range(0, 18, full)] * 3
        message = f"with batch_size {size} the batches have {network.sizes[:8]} ... samples"
        require(network.sizes == expected, message)
        message = f"with batch_size {size} the optimizer made {optimizer.count} updates"
        require(optimizer.count == len(expected), message)
        require(network.rows == set(range(18)), "a network saw other rows than the training data")


@pytest.mark.points(1)
@pytest.mark.hidden("a generator that is passed in is the only source of randomness")
def test_given_generator(student, remote, rng):
    """rng with the same seed gives every network the same batches, with another seed others."""
    (x, t), (x_test, t_test) = table(24), table(4, start=50)

    def order(seed):
        factory = Factory(remote, 2)
        remote.seed(int(rng.integers(2**31)))
        student.compare_batch_sizes(
            factory.make_network,
            factory.make_optimizer,
            x,
            t,
            x_test,
            t_test,
            (5, 8),
            2,
            rng=remote.generator(seed),
        )
        return [network.order for network in factory.networks]

    seed = int(rng.integers(1000))
    first, again, other = order(seed), order(seed), order(seed + 1)
    message = "rng with the same seed gave two different orders: hand it on to train_network"
    require(first == again, message, suggests="ignores_rng")
    require(first != other, "rng with two seeds gave the same order: hand it on to train_network")


@pytest.mark.points(3)
@pytest.mark.hidden("the accuracy is that of the trained network, on the test data")
def test_reported_accuracy(student, remote, rng):
    """Every entry holds the accuracy of its own network on the test data, after training."""
    sizes = tuple(int(size) for size in rng.choice(np.arange(2, 12), 3, replace=False))
    factory = Factory(remote, 3)
    (x, t), (x_test, t_test) = table(24), table(6, start=100)
    found = student.compare_batch_sizes(
        factory.make_network, factory.make_optimizer, x, t, x_test, t_test, sizes, epochs=2
    )
    report = check_report(found, sizes)
    factory.check_fresh()
    for size, network in zip(sizes, factory.networks, strict=True):
        expected = network.accuracy_of(set(range(100, 106)))
        assert_close(report[size]["accuracy"], expected, f"the accuracy with batch_size {size}")
        assert_close(report[size]["updates"], 2 * -(-24 // size), f"updates with batch_size {size}")
