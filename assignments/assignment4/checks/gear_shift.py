# The public checks of task 4.7, gear_shift. Run them with: grade assignment4 --task gear_shift
import pytest
from autograder.authoring import assert_close


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
