# The public checks of task 5.7, compare. Run them with: grade assignment5 --task compare
import pytest
from autograder.authoring import assert_close, require

CONFIGS = (0.01, "sigmoid", "relu")


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
