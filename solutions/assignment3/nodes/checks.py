import pytest
from autograder.authoring import assert_close, require, unchanged


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


@pytest.mark.points(2.5)
@pytest.mark.hidden("a bill of apples, oranges and tax: five gradients through four nodes")
def test_fruit_bill(student, rng):
    """Apples, oranges and tax: all five gradients of the bill."""
    price_a, count_a, price_o, count_o = (float(n) for n in rng.integers(2, 200, 4))
    rate = float(rng.integers(5, 30)) / 100 + 1
    apples, oranges = node(student.MulLayer()), node(student.MulLayer())
    fruit, tax = node(student.AddLayer()), node(student.MulLayer())
    sum_apples, sum_oranges = apples.forward(price_a, count_a), oranges.forward(price_o, count_o)
    bill = tax.forward(fruit.forward(sum_apples, sum_oranges), rate)
    assert_close(bill, (price_a * count_a + price_o * count_o) * rate, "the bill")
    d_fruit, d_rate = pair(tax.backward(1.0))
    d_apples, d_oranges = pair(fruit.backward(d_fruit))
    assert_close(d_rate, price_a * count_a + price_o * count_o, "the gradient of the tax")
    for layer, d_sum, price, count in (
        (apples, d_apples, price_a, count_a),
        (oranges, d_oranges, price_o, count_o),
    ):
        d_price, d_count = pair(layer.backward(d_sum))
        assert_close(d_price, rate * count, "the gradient of a price")
        assert_close(d_count, rate * price, "the gradient of a count")


@pytest.mark.points(2.5)
@pytest.mark.hidden("arrays, any dout, both methods called twice, two objects side by side")
def test_arrays_and_memory(student, rng):
    """Arrays work and stay as they are; a node remembers its own last inputs and nobody else's."""
    x, y, dout = rng.standard_normal((3, 2, 3))
    first, second = node(student.MulLayer()), node(student.MulLayer())
    first.forward(x + 1, y - 1)
    with unchanged("x", x), unchanged("y", y):
        product = first.forward(x, y)
    assert_close(product, x * y, "the product")
    second.forward(y, y)
    for time in ("first", "second"):
        with unchanged("dout", dout):
            dx, dy = pair(first.backward(dout))
        assert_close(dx, dout * y, f"dx of the product, {time} backward")
        assert_close(dy, dout * x, f"dy of the product, {time} backward")
    total = node(student.AddLayer())
    with unchanged("x", x), unchanged("y", y):
        added = total.forward(x, y)
    assert_close(added, x + y, "the sum")
    dx, dy = pair(total.backward(dout.copy()))
    assert_close(dx, dout, "dx of the sum")
    assert_close(dy, dout, "dy of the sum")
