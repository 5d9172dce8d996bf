import pytest
from autograder.authoring import assert_close, require


@pytest.mark.points(2)
def test_stairs(student):
    """lr0 0.1: epochs 0, 9, 10, 19, 20 run at 0.1, 0.1, 0.05, 0.05, 0.025."""
    expected = {0: 0.1, 9: 0.1, 10: 0.05, 19: 0.05, 20: 0.025}
    rates = {epoch: student.gear_shift(0.1, epoch) for epoch in expected}
    for epoch, rate in expected.items():
        assert_close(rates[epoch], rate, f"gear_shift(0.1, {epoch})")


@pytest.mark.points(1)
def test_floor(student):
    """The rate never falls below min_lr = 0.06: lr0 0.2 gives 0.06 in epoch 20, lr0 0.05 at once."""
    rates = {epoch: student.gear_shift(0.2, epoch, min_lr=0.06) for epoch in (5, 15, 20)}
    for epoch, rate in {5: 0.2, 15: 0.1, 20: 0.06}.items():
        assert_close(rates[epoch], rate, f"gear_shift(0.2, {epoch}, min_lr=0.06)")
    assert_close(student.gear_shift(0.05, 3, min_lr=0.06), 0.06, "gear_shift(0.05, 3, min_lr=0.06)")


@pytest.mark.points(2.5)
@pytest.mark.hidden("other gears: any lr0, drop and every")
def test_other_gears(student, rng):
    """Every epoch up to the fourth shift, for random lr0 and drop; every is 1, or random."""
    for every in (1, *map(int, rng.integers(2, 8, 3))):
        lr0, drop = float(rng.uniform(0.2, 2)), float(rng.uniform(0.1, 0.9))
        epochs = range(4 * every + 1)
        rates = [student.gear_shift(lr0, epoch, drop, every) for epoch in epochs]
        for epoch, rate in zip(epochs, rates, strict=True):
            expected = lr0
            for _ in range(every, epoch + 1, every):
                expected *= drop
            assert_close(rate, expected, f"gear_shift in epoch {epoch}")


@pytest.mark.points(2.5)
@pytest.mark.hidden("a long run with a lower limit, and the same answer when asked again")
def test_hundred_epochs(student, rng):
    """Over 100 epochs the rate never rises, ends at min_lr, and depends on the epoch alone."""
    lr0, min_lr = float(rng.uniform(0.5, 2)), float(rng.uniform(0.001, 0.01))
    rates = [student.gear_shift(lr0, epoch, every=9, min_lr=min_lr) for epoch in range(100)]
    again = [student.gear_shift(lr0, epoch, every=9, min_lr=min_lr) for epoch in (0, 8, 9)]
    assert_close(rates[0], lr0, "the rate of epoch 0")
    for epoch, rate in enumerate(rates):
        assert_close(rate, max(lr0 * 0.5 ** (epoch // 9), min_lr), f"the rate of epoch {epoch}")
    for epoch, rate in zip((0, 8, 9), again, strict=True):
        assert_close(rate, rates[epoch], f"the rate of epoch {epoch} when asked again")
    require(rates == sorted(rates, reverse=True), "the rate rises in some epoch")
