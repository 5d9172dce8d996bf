import numpy as np
import pytest
from autograder.authoring import assert_between, assert_close, require

CONFIGS = (0.01, "sigmoid", "relu")
SIZES = (64, 100, 100, 100, 100, 10)
EPOCHS, BATCH, RATE = 30, 128, 0.02

# The limits of the real runs, measured with our solution by benchmarks/thresholds_assignment5.py (200
# to 1,200 seeds for each row; no run beyond a limit):
#   He        accuracy 0.955, sd 0.0102, worst 0.92: 0.89 is 6 sd below
#             loss 0.198, sd of its logarithm 0.083, worst 0.26: 0.33 is 6 sd above
#   Xavier    accuracy 0.859, sd 0.032, worst 0.65: now and then a run starts late. 0.30 only demands
#             that it learns (guessing gives 0.08 to 0.11); the tail beyond is about one in a million
#   std 0.01  always 0.0778 (one class for every image) with a loss of ln 10 = 2.303
HE_ACCURACY, HE_LOSS, XAVIER_ACCURACY, STUCK_ACCURACY, STUCK_LOSS = 0.89, 0.33, 0.30, 0.15, 2.2


def train(params, dataset, rng, epochs=EPOCHS):
    """Train a ReLU network from these start values; the losses of the batches and the test accuracy.

    In float32, which halves the time; the accuracies are the same within their spread.
    """
    depth = len(params) // 2
    weights = [np.array(params[f"W{i}"], dtype=np.float32) for i in range(1, depth + 1)]
    biases = [np.array(params[f"b{i}"], dtype=np.float32) for i in range(1, depth + 1)]
    images, labels = dataset.x_train.astype(np.float32), dataset.t_train
    losses = []
    for _ in range(epochs):
        order = rng.permutation(len(images))
        for start in range(0, len(images) - BATCH + 1, BATCH):
            rows = order[start : start + BATCH]
            inputs = forward(images[rows], weights, biases)
            logits = inputs.pop()
            logits = logits - logits.max(axis=1, keepdims=True)
            y = np.exp(logits)
            y /= y.sum(axis=1, keepdims=True)
            right = (np.arange(BATCH), labels[rows])
            losses.append(float(np.mean(-np.log(y[right] + 1e-7))))
            y[right] -= 1
            d = y / np.float32(BATCH)
            for i in reversed(range(depth)):
                step, step_b = inputs[i].T @ d, d.sum(axis=0)
                if i:
                    d = (d @ weights[i].T) * (inputs[i] > 0)
                weights[i] -= np.float32(RATE) * step
                biases[i] -= np.float32(RATE) * step_b
    scores = forward(dataset.x_test.astype(np.float32), weights, biases)[-1]
    return losses, float(np.mean(scores.argmax(axis=1) == dataset.t_test))


def forward(x, weights, biases):
    """The inputs of all layers, and the logits at the end."""
    found = [x]
    for i, (W, b) in enumerate(zip(weights, biases, strict=True)):
        a = found[-1] @ W + b
        found.append(np.maximum(a, 0) if i < len(weights) - 1 else a)
    return found


def complete(report, configs):
    """A dictionary with an entry for every setting, each with a loss and an accuracy."""
    message = "compare_initializations should return a dictionary with an entry for every setting"
    require(isinstance(report, dict), message, category="wrong_type")
    # A handful of settings: a comparison by type too keeps 0.01 and '0.01' apart.
    for config in configs:
        keys = [key for key in report if type(key) is type(config) and key == config]
        require(keys, f"the report has no entry {config!r}; its keys are {list(report)}")
        entry = report[config]
        good = isinstance(entry, dict) and {"loss", "accuracy"} <= set(entry)
        require(good, f"the entry for {config!r} should have the keys 'loss' and 'accuracy'")
    require(
        len(report) == len(configs), f"the report has keys that nobody asked for: {list(report)}"
    )
    return report


def rehearse(student):
    """One round with invented results: nobody should wait for three runs that are misreported."""
    results = []

    def train_fn(init):
        results.append(([len(results) + k / 20 for k in range(45)], len(results) / 10))
        return results[-1]

    report = complete(student.compare_initializations(train_fn, CONFIGS), CONFIGS)
    message = f"train_fn was called {len(results)} times for {len(CONFIGS)} settings"
    require(len(results) == len(CONFIGS), message)
    for config, (losses, accuracy) in zip(CONFIGS, results, strict=True):
        assert_close(report[config]["loss"], sum(losses[-20:]) / 20, f"the loss of {config!r}")
        assert_close(report[config]["accuracy"], accuracy, f"the accuracy of {config!r}")


@pytest.mark.points(2.5)
def test_report(student):
    """Losses of 80 times 9 and 20 times 1 give a loss of 1.0, with the accuracy, for all three settings."""
    report = student.compare_initializations(lambda init: ([9.0] * 80 + [1.0] * 20, 0.5))
    complete(report, CONFIGS)
    for config in CONFIGS:
        assert_close(report[config]["loss"], 1.0, f"the loss of {config!r}")
        assert_close(report[config]["accuracy"], 0.5, f"the accuracy of {config!r}")


@pytest.mark.points(2.5)
def test_other_settings(student):
    """Settings ('he', 0.5): each gets its own result; four losses are averaged over four."""
    results = {"he": ([4.0, 3.0, 2.0, 1.0], 0.75), 0.5: ([8.0, 8.0, 6.0, 6.0], 0.25)}

    def train_fn(init):
        require(init in results, f"train_fn was called with {init!r}, which is not in configs")
        return results[init]

    report = complete(student.compare_initializations(train_fn, ("he", 0.5)), ("he", 0.5))
    assert_close(report["he"]["loss"], 2.5, "the loss of 'he'")
    assert_close(report["he"]["accuracy"], 0.75, "the accuracy of 'he'")
    assert_close(report[0.5]["loss"], 7.0, "the loss of 0.5")
    assert_close(report[0.5]["accuracy"], 0.25, "the accuracy of 0.5")


@pytest.mark.points(3)
@pytest.mark.hidden(
    "train_fn is called once for each setting, in order, and the results stay together"
)
def test_each_setting_once(student, rng):
    """Every setting is trained once, in order; the mean is over the last 20 losses of that run."""
    configs = tuple(str(name) for name in rng.permutation(["relu", "sigmoid", "he", "xavier"]))
    calls, runs = [], []

    def train_fn(init):
        calls.append(init)
        runs.append((rng.uniform(0, 3, 45).tolist(), float(rng.uniform(0.1, 0.9))))
        return runs[-1]

    report = complete(student.compare_initializations(train_fn, configs), configs)
    message = f"train_fn was called {len(calls)} times for {len(configs)} settings"
    require(len(calls) == len(configs), message)
    require(tuple(calls) == configs, "train_fn was called in another order than that of configs")
    for config, (losses, accuracy) in zip(configs, runs, strict=True):
        assert_close(report[config]["loss"], sum(losses[-20:]) / 20, "the loss")
        assert_close(report[config]["accuracy"], accuracy, "the accuracy")


@pytest.mark.points(4)
@pytest.mark.hidden(
    "three real runs on the digits from your own init_params: He learns, std=0.01 does not"
)
def test_real_runs(student, remote, rng, dataset):
    """Trained from your init_params for 30 epochs, He reads 89% of new digits, Xavier 30%, std=0.01 none."""
    rehearse(student)
    starts, runs = {}, {}
    for config in CONFIGS:
        generator = remote.generator(int(rng.integers(2**31)))
        hidden = list(SIZES[1:-1])
        params = student.init_params(SIZES[0], hidden, SIZES[-1], config, rng=generator)
        shapes = [(f"W{i + 1}", SIZES[i : i + 2]) for i in range(5)]
        shapes += [(f"b{i + 1}", SIZES[i + 1 : i + 2]) for i in range(5)]
        good = isinstance(params, dict) and all(np.shape(params.get(k)) == v for k, v in shapes)
        require(good, "init_params does not fit the network 64-100-100-100-100-10 (task 4)")
        starts[config] = params

    def train_fn(init):
        require(init in starts, "train_fn was called with a setting that is not in configs")
        runs[init] = train(starts[init], dataset, rng)
        return runs[init]

    with np.errstate(all="ignore"):  # start values that explode are a result, not a fault
        report = complete(student.compare_initializations(train_fn, CONFIGS), CONFIGS)
    for config, (losses, accuracy) in runs.items():
        assert_close(report[config]["loss"], np.mean(losses[-20:]), f"the loss of {config!r}")
        assert_close(report[config]["accuracy"], accuracy, f"the accuracy of {config!r}")
    he, xavier, small = (report[config] for config in ("relu", "sigmoid", 0.01))
    dead = "he_never_starts" if he["accuracy"] < 0.2 else "he_is_xavier"
    assert_between(he["accuracy"], HE_ACCURACY, 1.0, "the accuracy with He", suggests=dead)
    assert_between(he["loss"], 0.0, HE_LOSS, "the loss with He", suggests=dead)
    assert_between(xavier["accuracy"], XAVIER_ACCURACY, 1.0, "the accuracy with Xavier")
    why = "small_std_ignored"
    assert_between(small["accuracy"], 0.0, STUCK_ACCURACY, "the accuracy with 0.01", suggests=why)
    assert_between(small["loss"], STUCK_LOSS, 10.0, "the loss with 0.01", suggests=why)
