# The public checks of task 6.6, mnist. Run them with: grade assignment6 --task mnist
import numpy as np
import pytest
from autograder.authoring import accuracy, assert_close, require

#: By dataset: the share of the unseen images that must be read (docs/thresholds.md).
DEMANDS = {"digits": 0.95, "digits28": 0.95, "mnist8k": 0.925}


class Runner:
    """A recording network of the grader's. The loss tells the batch and how often it was updated."""

    def __init__(self, remote):
        self.seen, self.asked = [], 0
        methods = {"gradient": self.gradient, "loss": self.loss}
        self.handle = remote.namespace(params={"w": remote.parameter(np.zeros(1))}, **methods)
        self.original = remote.ref(self.handle, "params", "w")

    def gradient(self, x, t):
        self.seen.append((np.array(x), np.array(t)))
        return {"w": np.array([float(len(self.seen))])}

    def loss(self, x, t):
        return float(np.sum(x) + len(self.seen) / 100)


class Starter:
    """Hands out recording networks; all are made before the race starts."""

    def __init__(self, remote, count):
        self.runners = [Runner(remote) for _ in range(count)]
        self.started = 0

    def make_network(self):
        self.started += 1
        count = len(self.runners)
        message = f"make_network was called more than {count} times: once for each optimizer"
        require(self.started <= count, message)
        return self.runners[self.started - 1].handle

    def check_fresh(self):
        count = len(self.runners)
        message = f"make_network was called {self.started} times for {count} optimizers"
        mistake = "one_network" if self.started == 1 else None
        require(self.started == count, message, suggests=mistake)


class Engine:
    """A recording optimizer."""

    def __init__(self, remote):
        self.gradients, self.params = [], []
        self.handle = remote.namespace(update=self.update)

    def update(self, params, grads):
        self.gradients.append(float(np.sum(grads["w"])))
        self.params.append(params["w"])


def check_losses(found, names, count):
    """A list of numbers for each name."""
    good = isinstance(found, dict)
    message = f"compare_optimizers should return a dictionary, not {type(found).__name__}"
    require(good, message, category="wrong_type")
    require(set(found) == set(names), f"the result has the keys {sorted(map(str, found))}")
    for name in names:
        values = found[name]
        good = isinstance(values, (list, np.ndarray)) and len(values) == count
        message = f"{name!r} should have a list of {count} losses, one for each batch"
        require(good, message, category="wrong_shape")
    return {name: np.array(values, dtype=float) for name, values in found.items()}


def read_run(found):
    """(network, history) as train_mnist should return them; the history as arrays."""
    good = isinstance(found, (tuple, list)) and len(found) == 2
    mistake = "only_network" if hasattr(found, "predict") else None
    message = "train_mnist should return two things: network, history"
    require(good, message, category="wrong_type", suggests=mistake)
    network, history = found
    good = isinstance(history, dict) and {"loss", "train_acc", "test_acc"} <= set(history)
    message = "the history should be the dictionary of train_network: loss, train_acc, test_acc"
    require(good, message, category="wrong_type")
    require(hasattr(network, "predict"), "the network has no predict", category="wrong_type")
    curves = {}
    for key in ("loss", "train_acc", "test_acc"):
        try:
            values = np.array(history[key], dtype=float)
        except (TypeError, ValueError):
            values = np.array(None)
        good = values.ndim == 1 and len(values) > 0
        message = f"history[{key!r}] should be a list of numbers, not empty"
        require(good, message, category="wrong_type")
        curves[key] = values
    epochs, tested = len(curves["train_acc"]), len(curves["test_acc"])
    message = f"the history has {tested} test accuracies for {epochs} epochs"
    require(epochs == tested, message, category="wrong_shape")
    return network, curves


def by_epoch(history):
    """The mean loss of every epoch."""
    parts = np.array_split(history["loss"], min(len(history["train_acc"]), len(history["loss"])))
    return np.array([np.mean(part) for part in parts])


def learning_curve(history):
    """Loss and accuracies of at most eight epochs, as a table."""
    loss = by_epoch(history)
    shown = sorted({round(each) for each in np.linspace(1, len(loss), min(len(loss), 8))})
    lines = ["epoch         " + "".join(f"{each:7d}" for each in shown)]
    for name, values in (
        ("loss", loss),
        ("training acc.", history["train_acc"]),
        ("test acc.", history["test_acc"]),
    ):
        cells = [f"{values[each - 1]:7.3f}" if each <= len(values) else "" for each in shown]
        lines.append(f"{name:14}" + "".join(cells))
    return "\n".join(lines)


def reading_of(history):
    """What a tutor sees in such a curve."""
    loss, train = by_epoch(history), history["train_acc"]
    if not np.isfinite(loss).all() or loss.max() > 5 or loss[-1] > loss[0] * 1.05:
        return "The loss explodes: the learning rate is too large, or the steps go uphill."
    late = loss[-max(2, len(loss) // 4) :]
    falling = len(loss) < 4 or late[-1] < 0.97 * late[0]
    if loss[-1] > 1.5 and not falling:
        if loss[0] - loss[-1] > 0.02:
            return "The loss falls far too slowly: take larger steps, or another optimizer."
        return (
            "The loss does not move and stays near ln 10 = 2.3, which is guessing: do the start values "
            "differ from 0, does the optimizer reach the parameters, is the learning rate tiny?"
        )
    if falling and train[-1] < 0.97:
        return "The loss is still falling: train for more epochs, or with larger steps."
    if train[-1] < 0.97:
        return "The loss has stopped falling too early: are the batches mixed, do the labels fit?"
    return (
        "The history looks good, yet unseen images are not read as well: is this the network that was "
        "trained, did it see all digits?"
    )


def check_reading(network, history, dataset):
    """The accuracy on images whose labels stay with the grader."""
    threshold, labels = DEMANDS[dataset.name], dataset.t_test
    score = accuracy(network.predict(dataset.x_test), labels, "predict(x)")
    message = (
        f"The network reads {score:.1%} of {len(labels)} unseen images, at least {100 * threshold:g}% are "
        f"needed. {reading_of(history)}\n{learning_curve(history)}"
    )
    require(score >= threshold, message)


def parts_of(dataset, rng=None):
    """Training rows in a random order, or as they come, and 200 held out for the history."""
    order = (
        np.arange(len(dataset.x_train)) if rng is None else rng.permutation(len(dataset.x_train))
    )
    learn, watch = order[:-200], order[-200:]
    pairs = [(dataset.x_train[rows], dataset.t_train[rows]) for rows in (learn, watch)]
    return [*pairs[0], *pairs[1]]


@pytest.mark.points(2.5)
def test_race(student, remote):
    """Two optimizers, three batches: two lists of the three losses after the updates."""
    starter, engines = Starter(remote, 2), {name: Engine(remote) for name in ("first", "second")}
    batches = [(np.full((2, 3), float(i)), np.array([0, 1])) for i in (1, 2, 3)]
    found = student.compare_optimizers(
        starter.make_network, {name: engine.handle for name, engine in engines.items()}, batches
    )
    losses = check_losses(found, engines, 3)
    starter.check_fresh()
    for name, engine in engines.items():
        message = f"the optimizer {name!r} made {len(engine.gradients)} updates for 3 batches"
        require(len(engine.gradients) == 3, message)
        assert_close(losses[name], [6.01, 12.02, 18.03], f"the losses of {name!r}")


@pytest.mark.points(4.5)
def test_reads_digits(student, remote, dataset):
    """train_mnist reads at least 95% of 360 unseen digits (or shows you its learning curve)."""
    network, history = read_run(student.train_mnist(*parts_of(dataset), rng=remote.generator(1)))
    check_reading(network, history, dataset)
