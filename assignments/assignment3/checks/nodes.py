# The public checks of task 3.1, nodes. Run them with: grade assignment3 --task nodes
import pytest
from autograder.authoring import assert_close, require


def node(made):
    """A node has forward and backward, whatever else it has."""
    kind = type(made).__name__
    require(hasattr(made, "forward"), f"MulLayer() and AddLayer() should be objects, not {kind}")
    return made


def pair(gradients):
    """backward returns (dx, dy); a list of two will do."""
    good = isinstance(gradients, (tuple, list)) and len(gradients) == 2
    require(good, "backward(dout) should return two gradients: return dx, dy")
    return gradients


@pytest.mark.points(2)
def test_apple_bill(student):
    """Two apples at 100 won with 10% tax cost 220 won; the gradients are 2.2, 110 and 200."""
    apples, tax = node(student.MulLayer()), node(student.MulLayer())
    bill = tax.forward(apples.forward(100.0, 2.0), 1.1)
    assert_close(bill, 220.0, "the bill")
    d_apples, d_tax = pair(tax.backward(1.0))
    d_price, d_count = pair(apples.backward(d_apples))
    assert_close(d_price, 2.2, "the gradient of the apple price")
    assert_close(d_count, 110.0, "the gradient of the apple count")
    assert_close(d_tax, 200.0, "the gradient of the tax")


@pytest.mark.points(1)
def test_sum_passes_on(student):
    """300 + 450 = 750, and both inputs of a sum receive the whole dout of 1.1."""
    total = node(student.AddLayer())
    assert_close(total.forward(300.0, 450.0), 750.0, "forward(300, 450)")
    d_left, d_right = pair(total.backward(1.1))
    assert_close(d_left, 1.1, "dx of the sum")
    assert_close(d_right, 1.1, "dy of the sum")
