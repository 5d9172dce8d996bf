# The public checks of task 3.8, train. Run them with: grade assignment3 --task train
import numpy as np
import pytest
from autograder.authoring import accuracy, assert_between, assert_close, require
SLOPES = {
    "W1": np.array([[1.0, -2.0]]),
    "b1": np.array([3.0, 0.5]),
    "W2": np.array([[-1.0], [4.0]]),
    "b2": np.array([-2.5]),
}


def column(x):
    """What x says about the row: its first column."""
    return x.reshape(len(x), -1)[:, 0]


def new_net(student, *sizes):
    """A network has predict, whatever else it has."""
    net = student.TwoLayerNet(*sizes)
    kind = type(net).__name__
    require(
        hasattr(net, "predict"), f"TwoLayerNet(...) should be an object with predict, not {kind}"
    )
    return net


class Recorder:
    """A network of the grader's. It has params, gradient and loss, and logs what it is given.

    The gradient is always SLOPES; the loss depends on the batch alone, so that it is the same
    before and after the update.
    """

    def __init__(self, remote, names=tuple(SLOPES)):
        self.slopes = dict(zip(names, SLOPES.values(), strict=True))
        self.batches = []
        start = {name: np.zeros(slope.shape) for name, slope in self.slopes.items()}
        self.network = remote.namespace(params=start, gradient=self.gradient, loss=self.loss)
        self.remote = remote
        self.arrays = {name: remote.ref(self.network, "params", name) for name in self.slopes}

    def gradient(self, *args, **kwargs):
        self.batches.append(read_batch(args, kwargs, "gradient"))
        return self.slopes

    def loss(self, *args, **kwargs):
        x, t = read_batch(args, kwargs, "loss")
        return loss_of(x, t)

    def in_layers(self, name):
        """Value of the array that existed before training: what the layers of a network see."""
        return self.remote.value(self.arrays[name])

    def in_params(self, name):
        """Value of what params holds now."""
        params = self.network.params
        require(isinstance(params, dict) and name in params, "network.params lost an entry")
        return params[name]


def read_batch(args, kwargs, method):
    """x and t of a call such as network.gradient(x, t)."""
    given = {**dict(zip(("x", "t"), args, strict=False)), **kwargs}
    good = len(args) <= 2 and set(given) == {"x", "t"}
    require(good, f"network.{method} should be called as network.{method}(x, t)")
    try:
        x, t = np.asarray(given["x"]), np.asarray(given["t"])
    except ValueError:
        x = t = np.array(None)
    good = (
        x.ndim >= 1
        and t.ndim >= 1
        and len(x) == len(t)
        and x.size > 0
        and {x.dtype.kind, t.dtype.kind} <= {*"iuf"}
    )
    message = f"network.{method}(x, t) should get as many rows in x as in t"
    require(good, message, category="wrong_shape")
    return x.copy(), t.copy()


def loss_of(x, t):
    """The recorder's loss: some number that belongs to this batch."""
    return float(1 + np.mean(column(x)) / 10 + np.mean(t) / 100)


def check_losses(found, count):
    """The list of recorded losses, as an array."""
    good = isinstance(found, (list, tuple)) or (isinstance(found, np.ndarray) and found.ndim > 0)
    require(good, "train should return the list of losses", category="wrong_type")
    require(
        len(found) == count,
        f"train returned {len(found)} losses for {count} iterations",
        suggests="returns_inside_loop" if len(found) == 1 else None,
    )
    numeric = (int, float, np.generic, np.ndarray)
    numbers = [np.asarray(value if isinstance(value, numeric) else None) for value in found]
    good = all(value.size == 1 and value.dtype.kind in "iuf" for value in numbers)
    require(good, "every recorded loss should be one number", category="wrong_type")
    return np.array([float(value.reshape(())) for value in numbers])


def check_batches(recorder, count, size, t_train):
    """As many full batches as iterations, and rows of x with their own labels."""
    sizes = [len(x) for x, _ in recorder.batches]
    require(
        len(sizes) == count,
        f"network.gradient was called {len(sizes)} times in {count} iterations",
    )
    require(
        set(sizes) == {size},
        f"a batch has {next((n for n in sizes if n != size), 0)} rows, expected {size}",
        category="wrong_shape",
    )
    paired = all(np.array_equal(column(x), t) for x, t in recorder.batches)
    always_first = all(np.array_equal(t, t_train[:size]) for _, t in recorder.batches)
    require(
        paired,
        "rows of x and t do not belong together: index both with the same array",
        suggests="labels_not_indexed" if always_first else None,
    )


def check_updates(recorder, step, count):
    """Every parameter moved by -step * gradient, count times, in place."""
    moved = {name: -step * count * slope for name, slope in recorder.slopes.items()}

    def all_are(read, factor, names=None):
        return all(
            np.shape(read(name)) == value.shape and np.allclose(read(name), factor * value)
            for name, value in moved.items()
            if names is None or name[0] in names
        )

    layers, params = recorder.in_layers, recorder.in_params
    if all_are(layers, 1) and all_are(params, 1):
        return
    if all_are(params, 1) and all_are(layers, 0):
        message = "params hold new arrays; the layers still see the old ones: update in place"
        require(False, message, suggests="rebinding")
    if all_are(layers, -1) or all_are(params, -1):
        message = "the parameters moved along the gradient; subtract it to descend"
        require(False, message, suggests="ascent")
    if all_are(layers, 1 / step):
        message = "the steps are not multiplied by the learning rate"
        require(False, message, suggests="no_learning_rate")
    if all_are(layers, 1, "W") and all_are(layers, 0, "b"):
        message = "the weights moved but the biases did not: loop over all keys of params"
        require(False, message, suggests="only_weights")
    for name, value in moved.items():
        assert_close(params(name), value, f"params[{name!r}] after {count} steps")
        assert_close(layers(name), value, f"the array of {name!r} that the layers see")


@pytest.mark.points(2.5)
def test_two_clouds(student, rng):
    """Two clouds of points: after 300 iterations the loss is below 0.1, the accuracy above 0.97."""
    t = np.arange(300) % 2
    x = rng.standard_normal((300, 2)) + np.where(t == 0, 3.0, -3.0)[:, None]
    network = new_net(student, 2, 8, 2, 0.1)
    losses = check_losses(student.train(network, x.copy(), t.copy(), 300, 50, 0.1), 300)
    assert_between(losses[0], 0.2, 2.0, "the first loss")
    assert_between(losses[-20:].mean(), 0.0, 0.1, "the mean of the last 20 losses")
    score = accuracy(network.predict(x), t, "predict(x) after training")
    assert_between(score, 0.97, 1.0, "the accuracy after training")


@pytest.mark.points(2.5)
def test_recorded_steps(student, remote):
    """A recording network: full new batches with their labels, in-place steps, the batch's loss."""
    # 27 rows do not fill batches of 8: the rest of an epoch is no full batch.
    x = np.stack([np.arange(27.0), np.ones(27)], axis=1)
    t = np.arange(27)
    recorder = Recorder(remote)
    found = student.train(recorder.network, x, t, 6, 8, 0.5)
    losses = check_losses(found, 6)
    check_batches(recorder, 6, 8, t)
    sets = {tuple(sorted(column(batch))) for batch, _ in recorder.batches}
    message = "every iteration uses the same batch; draw a new one inside the loop"
    require(len(sets) > 1, message, suggests="same_batch")
    check_updates(recorder, 0.5, 6)
    if np.allclose(losses, loss_of(x, t)):
        message = "you record the loss of the whole training set; take the mini-batch's"
        require(False, message, suggests="loss_of_everything")
    expected = [loss_of(*batch) for batch in recorder.batches]
    assert_close(losses, expected, "the recorded losses")


@pytest.mark.advice("train only updates W1, b1, W2 and b2; a loop over params fits every network")
def test_any_names(student, remote):
    """Parameters with other names are updated as well."""
    recorder = Recorder(remote, names=("weights", "bias", "W3", "b3"))
    student.train(recorder.network, np.ones((8, 1)), np.ones(8), 2, 4, 0.5)
    check_updates(recorder, 0.5, 2)
