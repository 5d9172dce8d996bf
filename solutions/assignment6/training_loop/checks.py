import functools
import math

import numpy as np
import pytest
from autograder.authoring import accuracy, assert_close, require, unchanged

#: By dataset: learning rate, and the share of the test images that must be read
#: (docs/thresholds.md). Twelve times as many pixels make the same step longer.
DEMANDS = {"digits": (0.5, 0.94), "digits28": (0.1, 0.94), "mnist8k": (0.1, 0.89)}

# ------------------------------------------------------------------------- what comes back


def numbers(found, what, count):
    """A list (or array) of that many finite numbers, as floats."""
    good = isinstance(found, (list, tuple)) or (isinstance(found, np.ndarray) and found.ndim == 1)
    require(good, f"{what} should be a list of numbers", category="wrong_type")
    if len(found) != count:
        message = f"{what} has {len(found)} entries, expected {count}"
        require(False, message, suggests=miscounted(what, len(found), count))
    values = []
    for value in found:
        kinds = (int, float, np.generic, np.ndarray)
        array = np.asarray(value if isinstance(value, kinds) else None)
        good = array.size == 1 and array.dtype.kind in "iuf"
        require(good, f"every entry of {what} should be one number", category="wrong_type")
        values.append(float(array.reshape(())))
    finite = np.isfinite(values).all()
    require(finite, f"{what} holds nan or infinite numbers", category="not_finite")
    return np.array(values)


def miscounted(what, found, count):
    """The mistake behind a wrong number of entries, where only one makes sense."""
    if "acc" in what:
        return "accuracy_per_update" if found > count else None
    return "loss_per_epoch" if found and count % found == 0 else None


def check_history(found, updates, epochs, test_epochs):
    """The three lists of a history as arrays."""
    good = isinstance(found, dict)
    kind = "list_only" if isinstance(found, list) else None
    message = f"train_network should return a dictionary, not {type(found).__name__}"
    require(good, message, category="wrong_type", suggests=kind)
    for key in ("loss", "train_acc", "test_acc"):
        require(key in found, f"the history has no key {key!r}")
    return {
        "loss": numbers(found["loss"], "history['loss']", updates),
        "train_acc": numbers(found["train_acc"], "history['train_acc']", epochs),
        "test_acc": numbers(found["test_acc"], "history['test_acc']", test_epochs),
    }


def learning_curve(history):
    """Loss and accuracies of at most eight epochs, as a table for a message."""
    epochs = len(history["train_acc"])
    loss = [float(np.mean(part)) for part in np.array_split(history["loss"], epochs)]
    shown = sorted({round(each) for each in np.linspace(1, epochs, min(epochs, 8))})
    lines = ["epoch         " + "".join(f"{each:7d}" for each in shown)]
    for name, values in (
        ("loss", loss),
        ("training acc.", history["train_acc"]),
        ("test acc.", history["test_acc"]),
    ):
        if len(values):
            lines.append(f"{name:14}" + "".join(f"{values[each - 1]:7.3f}" for each in shown))
    return "\n".join(lines)


# ------------------------------------------------------------------------------------ spies


def rows_of(x):
    """The sample numbers of a batch: its first column."""
    return x.reshape(len(x), -1)[:, 0].astype(int).tolist()


def read_batch(args, kwargs, method):
    """x and t of a call such as network.gradient(x, t)."""
    given = {**dict(zip(("x", "t"), args, strict=False)), **kwargs}
    good = len(args) <= 2 and set(given) == {"x", "t"}
    require(good, f"network.{method} should be called as network.{method}(x, t)")
    x, t = given["x"], given["t"]
    good = all(isinstance(part, np.ndarray) and part.ndim > 0 for part in (x, t))
    require(good, f"network.{method}(x, t) should get two arrays of rows", category="wrong_type")
    good = len(x) == len(t) > 0
    message = f"network.{method}(x, t) got {len(x)} rows in x and {len(t)} in t"
    require(good, message, category="wrong_shape")
    return x.copy(), t.copy()


def loss_of(x, t):
    """The spy's loss: some number that belongs to this batch."""
    return float(1 + np.mean(rows_of(x)) / 10 + np.mean(t) / 100)


class Spies:
    """A network and an optimizer of the grader's that log what they are given.

    The gradient is the number of the batch, the loss depends on the batch alone, the accuracy on the
    rows and on how many updates there were before.
    """

    def __init__(self, remote, batch_size, params=None):
        self.batch_size, self.batches, self.updates = batch_size, [], []
        start = {"w": np.zeros(1)} if params is None else params
        methods = {name: getattr(self, name) for name in ("gradient", "loss", "accuracy")}
        self.network = remote.namespace(params=start, **methods)
        self.optimizer = remote.namespace(update=self.update)

    def gradient(self, *args, **kwargs):
        self.batches.append(read_batch(args, kwargs, "gradient"))
        return {"w": np.array([float(len(self.batches))])}

    def loss(self, *args, **kwargs):
        return loss_of(*read_batch(args, kwargs, "loss"))

    def accuracy(self, *args, **kwargs):
        x, t = read_batch(args, kwargs, "accuracy")
        require(rows_of(x) == t.tolist(), "network.accuracy got rows of x and t that do not match")
        return self.accuracy_of(rows_of(x), len(self.updates))

    @staticmethod
    def accuracy_of(rows, updates):
        return float(0.1 + len(rows) / 1000 + sum(rows) / 1e6 + updates / 1e4)

    def update(self, *args, **kwargs):
        given = {**dict(zip(("params", "grads"), args, strict=False)), **kwargs}
        good = len(args) <= 2 and set(given) == {"params", "grads"}
        message = "optimizer.update should be called as optimizer.update(params, grads)"
        require(good, message)
        good = all(isinstance(part, dict) and "w" in part for part in given.values())
        message = "optimizer.update should get network.params and what network.gradient returned"
        require(good, message, category="wrong_type")
        self.updates.append((given["params"]["w"], given["grads"]["w"]))

    def check_updates(self, epochs, per_epoch, history=None):
        """One update for each gradient, and as many as there are batches."""
        asked, made, count = len(self.batches), len(self.updates), epochs * per_epoch
        if made == 0 and asked:
            w = self.network.params["w"]
            moved = isinstance(w, np.ndarray) and np.any(w != 0)
            message = "optimizer.update was never called: it is the optimizer that makes the steps"
            require(False, message, suggests="steps_by_hand" if moved else "no_update")
        message = f"optimizer.update was called {made} times, expected {count}"
        require(made == count, message, suggests=self.what_is_missing(epochs, per_epoch, history))
        require(asked >= count, f"network.gradient was called {asked} times, expected {count}")

    def what_is_missing(self, epochs, per_epoch, history):
        """The mistake behind too few updates, where only one makes sense."""
        made, sizes = len(self.updates), {len(x) for x, _ in self.batches}
        if made == epochs and sizes == {self.batch_size}:
            return "one_batch_per_epoch"
        if made == per_epoch and len(sizes) == 2 and isinstance(history, dict):
            measured = history.get("train_acc")
            once = isinstance(measured, list) and len(measured) == 1
            return "one_epoch" if once else "exhausted_generator"
        return None


def check_epoch(batches, samples, size):
    """One pass: every sample once, in batches of the right size, with its own label."""
    sizes = [len(x) for x, _ in batches]
    expected = [min(size, samples - start) for start in range(0, samples, size)]
    paired = all(rows_of(x) == t.tolist() for x, t in batches)
    require(paired, "images and labels of a batch do not belong together")
    rows = [row for x, _ in batches for row in rows_of(x)]
    outside = [row for row in rows if row >= samples]
    message = "network.gradient got rows of the test data"
    require(not outside, message, suggests="trains_on_test")
    message = f"one epoch shows {len(set(rows))} of {samples} samples"
    require(len(set(rows)) == samples, message)
    require(len(rows) == samples, f"one epoch shows {len(rows)} samples instead of {samples}")
    message = f"the batches of an epoch have {sizes} samples, expected {expected}"
    require(sizes == expected, message, category="wrong_shape")
    return rows


def table(count, start=0):
    """Rows that carry their own number, and labels that repeat it."""
    number = np.arange(start, start + count)
    return np.stack([number.astype(float), np.ones(count)], axis=1), number


# ------------------------------------------------------------- networks that really learn


class Learner:
    """A real network and a real optimizer in the grader's process; only the loop is the student's.

    ``net`` has params, gradient, loss, accuracy; ``step(params, grads)`` changes the params in place.
    What the loop hands from ``gradient`` to ``update`` is a ticket: the gradients stay here.
    """

    def __init__(self, remote, dataset):
        rate, self.threshold = DEMANDS[dataset.name]
        self.net = SoftmaxRegression(dataset.x_train.shape[1], 10)
        self.step = functools.partial(descend, rate=rate)
        self.gradients, self.updates = [], 0
        methods = {name: getattr(self, name) for name in ("gradient", "loss", "accuracy")}
        self.network = remote.namespace(params={"w": np.zeros(1)}, **methods)
        self.optimizer = remote.namespace(update=self.update)

    def gradient(self, *args, **kwargs):
        self.gradients.append(self.net.gradient(*read_batch(args, kwargs, "gradient")))
        return {"w": np.array([len(self.gradients) - 1.0])}

    def loss(self, *args, **kwargs):
        return float(self.net.loss(*read_batch(args, kwargs, "loss")))

    def accuracy(self, *args, **kwargs):
        return float(self.net.accuracy(*read_batch(args, kwargs, "accuracy")))

    def update(self, params, grads):
        ticket = grads.get("w") if isinstance(grads, dict) else None
        good = isinstance(ticket, np.ndarray) and ticket.shape == (1,)
        good = good and float(ticket[0]) in range(len(self.gradients))
        message = "optimizer.update should get network.params and what network.gradient returned"
        require(good, message, category="wrong_type")
        self.updates += 1
        self.step(self.net.params, self.gradients[int(ticket[0])])

    def check(self, found, epochs, batches, tested, x, labels):
        """The accuracy on images that the student's process never had labels for."""
        message = f"optimizer.update was called {self.updates} times in {epochs} epochs of {batches} batches"
        require(self.updates == epochs * batches, message)
        history = check_history(found, epochs * batches, epochs, epochs if tested else 0)
        score = accuracy(self.net.predict(x), labels)
        message = (
            f"After training, {score:.1%} of {len(labels)} unseen images are read correctly, at least "
            f"{self.threshold:.0%} are expected. This is how it went:\n{learning_curve(history)}"
        )
        require(score >= self.threshold, message)


class SoftmaxRegression:
    """One affine layer with softmax: the smallest network that reads digits."""

    def __init__(self, pixels, classes):
        self.params = {"W": np.zeros((pixels, classes)), "b": np.zeros(classes)}

    def predict(self, x):
        return x @ self.params["W"] + self.params["b"]

    def probabilities(self, x):
        e = np.exp(self.predict(x) - self.predict(x).max(axis=1, keepdims=True))
        return e / e.sum(axis=1, keepdims=True)

    def loss(self, x, t):
        return float(-np.mean(np.log(self.probabilities(x)[np.arange(len(x)), t] + 1e-12)))

    def accuracy(self, x, t):
        return float(np.mean(self.predict(x).argmax(axis=1) == t))

    def gradient(self, x, t):
        d = self.probabilities(x)
        d[np.arange(len(x)), t] -= 1
        d /= len(x)
        return {"W": x.T @ d, "b": d.sum(axis=0)}


def descend(params, grads, rate):
    """Plain gradient descent."""
    for name in params:
        params[name] -= rate * grads[name]


# ------------------------------------------------------------------------------------ checks


@pytest.mark.points(4)
def test_counts(student, remote):
    """25 samples, batches of 10, 3 epochs: 9 updates, 9 losses, 3 training accuracies."""
    spies = Spies(remote, 10)
    x, t = table(25)
    history = student.train_network(spies.network, spies.optimizer, x, t, epochs=3, batch_size=10)
    spies.check_updates(3, 3, history)
    check_history(history, 9, 3, 0)
    for epoch in range(3):
        rows = check_epoch(spies.batches[3 * epoch : 3 * epoch + 3], 25, 10)
        message = "the samples come in the order of the rows: shuffle them in every epoch"
        require(rows != list(range(25)), message, suggests="no_shuffle")


@pytest.mark.points(4)
def test_reads_digits(student, remote, dataset):
    """Your loop teaches the grader's one-layer network: 94% of the test digits after 12 epochs."""
    learner = Learner(remote, dataset)
    held_out = slice(len(dataset.x_train) - 200, None)
    x, t = dataset.x_train[: held_out.start], dataset.t_train[: held_out.start]
    history = student.train_network(
        learner.network,
        learner.optimizer,
        x,
        t,
        dataset.x_train[held_out],
        dataset.t_train[held_out],
        epochs=12,
        batch_size=50,
    )
    learner.check(history, 12, math.ceil(len(x) / 50), True, dataset.x_test, dataset.t_test)


@pytest.mark.points(3.5)
@pytest.mark.hidden(
    "with recording networks: every sample once an epoch, in a new order, no test rows"
)
def test_every_epoch(student, remote):
    """Each epoch shows every training sample once, paired and reshuffled, and no test sample."""
    spies = Spies(remote, 8)
    (x, t), (x_test, t_test) = table(30), table(7, start=30)
    history = student.train_network(
        spies.network, spies.optimizer, x, t, x_test, t_test, epochs=3, batch_size=8
    )
    seen = {row for batch, _ in spies.batches for row in rows_of(batch)}
    message = "network.gradient got rows of the test data"
    require(max(seen, default=0) < 30, message, suggests="trains_on_test")
    spies.check_updates(3, 4, history)
    check_history(history, 12, 3, 3)
    orders = [check_epoch(spies.batches[4 * i : 4 * i + 4], 30, 8) for i in range(3)]
    unshuffled = list(range(30)) in orders
    require(not unshuffled, "the samples come in the order of the rows", suggests="no_shuffle")
    message = "every epoch comes in the same order: shuffle again in every epoch"
    require(len({tuple(order) for order in orders}) == 3, message, suggests="shuffled_once")
    # One sample at a time.
    spies, (x, t) = Spies(remote, 1), table(7)
    student.train_network(spies.network, spies.optimizer, x, t, batch_size=1)
    spies.check_updates(1, 7)
    check_epoch(spies.batches, 7, 1)
    # A network that makes no mistake: `epochs` says how long, whatever the accuracy.
    spies, (x, t) = Spies(remote, 4), table(8)
    spies.accuracy_of = lambda rows, updates: 1.0
    student.train_network(spies.network, spies.optimizer, x, t, x, t, epochs=3, batch_size=4)
    message = (
        f"with an accuracy of 1, optimizer.update was called {len(spies.updates)} times, expected 6"
    )
    require(len(spies.updates) == 6, message, suggests="stops_when_perfect")


@pytest.mark.points(2.5)
@pytest.mark.hidden("the history: batch losses, accuracies on all rows, measured after each epoch")
def test_history(student, remote):
    """loss belongs to the batches, train_acc and test_acc to all rows after each epoch."""
    spies = Spies(remote, 9)
    (x, t), (x_test, t_test) = table(22), table(6, start=100)
    found = student.train_network(
        spies.network, spies.optimizer, x, t, x_test, t_test, epochs=2, batch_size=9
    )
    spies.check_updates(2, 3, found)
    history = check_history(found, 6, 2, 2)
    everything = loss_of(x, t)
    message = "history['loss'] holds the loss of the whole training set; take the mini-batch's"
    require(not np.allclose(history["loss"], everything), message, suggests="loss_of_everything")
    expected = [loss_of(*batch) for batch in spies.batches]
    assert_close(history["loss"], expected, "history['loss']")
    last_batch = [Spies.accuracy_of(rows_of(spies.batches[i][0]), i + 1) for i in (2, 5)]
    message = "history['train_acc'] is measured on the last mini-batch; use all training samples"
    on_batch = np.allclose(history["train_acc"], last_batch)
    require(not on_batch, message, suggests="accuracy_on_batch")
    early = [Spies.accuracy_of(list(range(22)), i) for i in (0, 3)]
    message = "the accuracies are measured before the epoch, not after it"
    require(not np.allclose(history["train_acc"], early), message, suggests="accuracy_too_early")
    for key, rows in (("train_acc", list(range(22))), ("test_acc", list(range(100, 106)))):
        expected = [Spies.accuracy_of(rows, updates) for updates in (3, 6)]
        assert_close(history[key], expected, f"history[{key!r}]")


@pytest.mark.points(2)
@pytest.mark.hidden(
    "the optimizer gets network.params itself and the gradient of the current batch"
)
def test_update_arguments(student, remote):
    """update(network.params, gradient of this batch), right after it; the data stays unchanged."""
    spies = Spies(remote, 5, params={"w": remote.parameter(np.zeros(1))})
    original = remote.ref(spies.network, "params", "w")
    x, t = remote.place(table(20)[0]), remote.place(table(20)[1])
    student.train_network(spies.network, spies.optimizer, x, t, epochs=2, batch_size=5)
    spies.check_updates(2, 4)
    for number, (param, gradient) in enumerate(spies.updates, start=1):
        itself = remote.same(param, original)
        message = "optimizer.update should get network.params itself, not a copy of its arrays"
        require(itself, message, suggests="copied_params")
        what = f"the gradient that update number {number} got"
        assert_close(gradient, [float(number)], what)
    for array, before in zip((x, t), table(20), strict=True):
        same = np.array_equal(remote.value(array), before)
        message = "the training data was changed in place"
        require(same, message, category="mutated_input", suggests="shuffles_in_place")


@pytest.mark.points(1.5)
@pytest.mark.hidden("a generator that is passed in is the only source of randomness")
def test_given_generator(student, remote, rng):
    """rng with the same seed gives the same batches, with another seed others, in every epoch new."""

    def order(seed):
        spies, (x, t) = Spies(remote, 5), table(24)
        remote.seed(int(rng.integers(2**31)))
        student.train_network(
            spies.network, spies.optimizer, x, t, epochs=3, batch_size=5, rng=remote.generator(seed)
        )
        spies.check_updates(3, 5)
        orders = [check_epoch(spies.batches[5 * i : 5 * i + 5], 24, 5) for i in range(3)]
        message = "with an rng, epochs come in the same order: shuffle again in every epoch"
        distinct = len({tuple(order) for order in orders}) == 3
        require(distinct, message, suggests="same_order_with_rng")
        return [row for batch, _ in spies.batches for row in rows_of(batch)]

    seed = int(rng.integers(1000))
    first, again, other = order(seed), order(seed), order(seed + 1)
    message = "rng with the same seed gave two different orders: hand it on to iterate_minibatches"
    require(first == again, message, suggests="ignores_rng")
    require(first != other, "rng with two seeds gave the same order")


@pytest.mark.points(2.5)
@pytest.mark.hidden("a real network learns the digits from training rows that are sorted by class")
def test_sorted_digits(student, remote, dataset):
    """The one-layer network, 12 epochs on rows sorted by class: 94% of the test digits."""
    learner = Learner(remote, dataset)
    order = np.argsort(dataset.t_train, kind="stable")
    x, t = dataset.x_train[order], dataset.t_train[order]
    with unchanged("x_train", x), unchanged("t_train", t):
        found = student.train_network(
            learner.network, learner.optimizer, x, t, epochs=12, batch_size=50
        )
    learner.check(found, 12, math.ceil(len(x) / 50), False, dataset.x_test, dataset.t_test)
