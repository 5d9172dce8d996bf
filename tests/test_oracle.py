"""Our reference solutions against PyTorch, in float64.

Where the definitions agree, so do the numbers, to a relative 1e-10 or better. Where they differ
(an epsilon inside a logarithm), the test says so and compares with PyTorch's version of the same
formula. Runs where torch is installed: pip install "groundup[oracle]".
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pytest

from autograder import programs
from autograder.course import Course
from autograder.plugin import ReferenceLoader

torch = pytest.importorskip("torch")

RTOL = 1e-10
ROOT = Path(__file__).resolve().parent.parent
SHAPES = [(5,), (3, 4), (2, 3, 4), (1, 1)]


@pytest.fixture(scope="module")
def ours() -> Callable[[int], ModuleType]:
    modules: dict[int, ModuleType] = {}

    def load(number: int) -> ModuleType:
        if number not in modules:
            assignment = Course(ROOT).assignment(str(number))
            modules[number] = ReferenceLoader(lambda: programs.solution(assignment))()
        return modules[number]

    return load


@pytest.fixture
def rng() -> np.random.Generator:
    return np.random.default_rng(7)


def tensor(array: Any, grad: bool = False) -> Any:
    made = torch.tensor(np.asarray(array))
    return made.requires_grad_() if grad else made


def close(actual: Any, expected: Any, rtol: float = RTOL, atol: float = 1e-13) -> None:
    expected = expected.detach().numpy() if hasattr(expected, "detach") else expected
    np.testing.assert_allclose(actual, expected, rtol=rtol, atol=atol)


# -- assignment 1 ---------------------------------------------------------------------------------


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("name", ["sigmoid", "tanh", "relu"])
def test_activations_and_their_slopes(ours: Any, rng: Any, name: str, shape: Any) -> None:
    x = rng.normal(0, 3, shape)
    t = tensor(x, grad=True)
    y = getattr(torch, name)(t)
    y.sum().backward()
    close(getattr(ours(1), name)(x), y)
    close(getattr(ours(1), f"{name}_grad")(x), t.grad)


@pytest.mark.parametrize("scale", [1.0, 1000.0, 1e5])
def test_softmax(ours: Any, rng: Any, scale: float) -> None:
    for x in (rng.normal(0, scale, (6, 5)), rng.normal(0, scale, 7)):
        close(ours(1).softmax(x), torch.softmax(tensor(x), -1))
    wide = np.array([[1000.0, 0.0, -1000.0], [1e-3, 2e-3, 0.0], [-1e4, -1e4, -1e4 + 1]])
    close(ours(1).softmax(wide), torch.softmax(tensor(wide), -1))


def test_affine(ours: Any, rng: Any) -> None:
    x, W, b = rng.normal(size=(4, 3)), rng.normal(size=(3, 5)), rng.normal(size=5)
    close(ours(1).affine(x, W, b), torch.nn.functional.linear(tensor(x), tensor(W.T), tensor(b)))


# -- assignment 2 ---------------------------------------------------------------------------------


@pytest.mark.parametrize("shape", [(6,), (4, 3), (1, 5)])
def test_losses(ours: Any, rng: Any, shape: Any) -> None:
    y, t = rng.random(shape), rng.random(shape)
    a, b, functional = tensor(y), tensor(t), torch.nn.functional
    close(ours(2).mean_squared_error(y, t), functional.mse_loss(a, b))
    close(ours(2).sum_squared_error(y, t), functional.mse_loss(a, b, reduction="sum") / 2)
    close(ours(2).root_mean_squared_error(y, t), functional.mse_loss(a, b).sqrt())
    close(ours(2).mean_absolute_error(y, t), functional.l1_loss(a, b))
    close(ours(2).mean_absolute_percentage_error(y, t), 100 * ((a - b).abs() / b).mean())
    logs = functional.mse_loss(torch.log1p(a), torch.log1p(b))
    close(ours(2).mean_squared_logarithmic_error(y, t), logs)
    cosine = functional.cosine_similarity(a, b, dim=-1)
    close(ours(2).cosine_similarity(y, t), cosine)
    close(ours(2).cosine_similarity_loss(y, t), -cosine.mean())


def test_cross_entropy(ours: Any, rng: Any) -> None:
    """The book adds 1e-7 inside the logarithm; torch does not. Both are compared."""
    y = ours(1).softmax(rng.normal(size=(8, 5)))
    labels = rng.integers(0, 5, 8)
    shifted = torch.nn.functional.nll_loss(torch.log(tensor(y) + 1e-7), tensor(labels))
    exact = torch.nn.functional.nll_loss(torch.log(tensor(y)), tensor(labels))
    for target in (labels, np.eye(5)[labels]):
        found = ours(2).cross_entropy_error(y, target)
        close(found, shifted)
        # d log(y) = 1e-7 / y at most, for the smallest probability of a right class
        assert 0 <= float(exact) - found <= 1.0001e-7 / y[np.arange(8), labels].min()


def test_binary_cross_entropy(ours: Any, rng: Any) -> None:
    y, t = rng.uniform(0.01, 0.99, (6, 2)), rng.integers(0, 2, (6, 2)).astype(float)
    expected = torch.nn.functional.binary_cross_entropy(tensor(y), tensor(t))
    close(ours(2).binary_cross_entropy(y, t), expected)


def test_one_hot(ours: Any) -> None:
    labels = np.array([3, 0, 9, 1])
    close(ours(2).to_one_hot(labels, 10), torch.nn.functional.one_hot(tensor(labels), 10))


def test_numerical_gradient(ours: Any, rng: Any) -> None:
    """Central differences are an approximation: agreement to 1e-6, not to 1e-10."""
    x = rng.normal(size=(3, 4))
    t = tensor(x, grad=True)
    (torch.sin(t) * t**2).sum().backward()
    found = ours(2).numerical_gradient(lambda v: float(np.sum(np.sin(v) * v**2)), x)
    close(found, t.grad, rtol=1e-6, atol=1e-7)


# -- assignment 3 ---------------------------------------------------------------------------------


def test_graph_nodes(ours: Any, rng: Any) -> None:
    x, y, dout = rng.normal(size=(3, 2, 3))
    for name, operation in (("MulLayer", torch.mul), ("AddLayer", torch.add)):
        a, b = tensor(x, grad=True), tensor(y, grad=True)
        out = operation(a, b)
        out.backward(tensor(dout))
        node = getattr(ours(3), name)()
        close(node.forward(x, y), out)
        close(node.backward(dout), np.stack([a.grad.numpy(), b.grad.numpy()]))


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize(("name", "function"), [("Relu", torch.relu), ("Sigmoid", torch.sigmoid)])
def test_activation_layers(ours: Any, rng: Any, name: str, function: Any, shape: Any) -> None:
    x, dout = rng.normal(size=shape), rng.normal(size=shape)
    t = tensor(x, grad=True)
    y = function(t)
    y.backward(tensor(dout))
    layer = getattr(ours(3), name)()
    close(layer.forward(x), y)
    close(layer.backward(dout), t.grad)


@pytest.mark.parametrize("shape", [(4, 6), (1, 6), (4, 2, 3)])
def test_affine_layer(ours: Any, rng: Any, shape: Any) -> None:
    x, W, b = rng.normal(size=shape), rng.normal(size=(6, 5)), rng.normal(size=5)
    dout = rng.normal(size=(shape[0], 5))
    tx, tw, tb = tensor(x, grad=True), tensor(W, grad=True), tensor(b, grad=True)
    out = tx.reshape(shape[0], -1) @ tw + tb
    out.backward(tensor(dout))
    layer = ours(3).Affine(W, b)
    close(layer.forward(x), out)
    close(layer.backward(dout), tx.grad)
    close(layer.dW, tw.grad)
    close(layer.db, tb.grad)


@pytest.mark.parametrize("n", [1, 4, 7])
def test_softmax_with_loss(ours: Any, rng: Any, n: int) -> None:
    """The gradient is exact; the loss carries the book's 1e-7 (see test_cross_entropy)."""
    x, labels = rng.normal(size=(n, 4)), rng.integers(0, 4, n)
    t = tensor(x, grad=True)
    loss = torch.nn.functional.cross_entropy(t, tensor(labels))
    loss.backward()
    for target in (labels, np.eye(4)[labels]):
        layer = ours(3).SoftmaxWithLoss()
        close(layer.forward(x, target), loss, rtol=1e-5)
        close(layer.backward(), t.grad)


def test_two_layer_net(ours: Any, rng: Any) -> None:
    np.random.seed(0)
    net = ours(3).TwoLayerNet(6, 5, 4, 0.5)
    x, labels = rng.normal(size=(7, 6)), rng.integers(0, 4, 7)
    p = {key: tensor(value, grad=True) for key, value in net.params.items()}
    hidden = torch.relu(tensor(x) @ p["W1"] + p["b1"])
    logits = hidden @ p["W2"] + p["b2"]
    torch.nn.functional.cross_entropy(logits, tensor(labels)).backward()
    close(net.predict(x), logits)
    gradients = net.gradient(x, labels)
    assert set(gradients) == set(p)
    for key, value in gradients.items():
        close(value, p[key].grad)


# -- assignment 4 ---------------------------------------------------------------------------------

OPTIMIZERS: list[tuple[str, dict[str, float], Callable[[Any], Any]]] = [
    ("SGD", {"lr": 0.1}, lambda p: torch.optim.SGD(p, lr=0.1)),
    (
        "Momentum",
        {"lr": 0.1, "momentum": 0.8},
        lambda p: torch.optim.SGD(p, lr=0.1, momentum=0.8),
    ),
    (
        "Nesterov",
        {"lr": 0.1, "momentum": 0.8},
        lambda p: torch.optim.SGD(p, lr=0.1, momentum=0.8, nesterov=True),
    ),
    # The book's 1e-7 in place of torch's 1e-10 and 1e-8; it stands outside the root in both.
    ("AdaGrad", {"lr": 0.1}, lambda p: torch.optim.Adagrad(p, lr=0.1, eps=1e-7)),
    (
        "RMSprop",
        {"lr": 0.05, "decay_rate": 0.95},
        lambda p: torch.optim.RMSprop(p, lr=0.05, alpha=0.95, eps=1e-7),
    ),
    (
        "AdaDelta",
        {"lr": 1.0, "rho": 0.9, "eps": 1e-6},
        lambda p: torch.optim.Adadelta(p, lr=1.0, rho=0.9, eps=1e-6),
    ),
    (
        "Adam",
        {"lr": 0.01, "beta1": 0.8, "beta2": 0.99},
        lambda p: torch.optim.Adam(p, lr=0.01, betas=(0.8, 0.99), eps=1e-8),
    ),
]


@pytest.mark.parametrize(("name", "settings", "make"), OPTIMIZERS, ids=lambda v: str(v)[:12])
def test_optimizers_for_twenty_steps(
    ours: Any, rng: Any, name: str, settings: Any, make: Any
) -> None:
    params = {f"p{i}": rng.normal(size=shape) for i, shape in enumerate(SHAPES)}
    theirs = {key: tensor(value, grad=True) for key, value in params.items()}
    optimizer, oracle = getattr(ours(4), name)(**settings), make(list(theirs.values()))
    for _ in range(20):
        grads = {key: rng.normal(size=value.shape) for key, value in params.items()}
        optimizer.update(params, grads)
        for key, value in theirs.items():
            value.grad = tensor(grads[key])
        oracle.step()
        for key, value in params.items():
            close(value, theirs[key])


# -- assignment 5 ---------------------------------------------------------------------------------

INITIALISERS = [
    ("he_normal", lambda w: torch.nn.init.kaiming_normal_(w, nonlinearity="relu")),
    ("he_uniform", lambda w: torch.nn.init.kaiming_uniform_(w, nonlinearity="relu")),
    ("lecun_normal", lambda w: torch.nn.init.kaiming_normal_(w, nonlinearity="linear")),
    ("lecun_uniform", lambda w: torch.nn.init.kaiming_uniform_(w, nonlinearity="linear")),
    ("xavier_normal", torch.nn.init.xavier_normal_),
    ("xavier_uniform", torch.nn.init.xavier_uniform_),
]


@pytest.mark.parametrize(("name", "init"), INITIALISERS, ids=[n for n, _ in INITIALISERS])
@pytest.mark.parametrize(("n_in", "n_out"), [(400, 300), (50, 2000)])
def test_initialisers_draw_from_the_same_distribution(
    ours: Any, name: str, init: Any, n_in: int, n_out: int
) -> None:
    """Two samples of at least 100,000 numbers: the Kolmogorov-Smirnov distance stays below the
    bound that equal distributions exceed once in a million, 2.69 * sqrt(2 / n)."""
    torch.manual_seed(0)
    # torch keeps (out, in); its fan_in is our n_in
    theirs = init(torch.empty(n_out, n_in, dtype=torch.float64)).numpy().ravel()
    found = getattr(ours(5), name)(n_in, n_out, np.random.default_rng(0))
    assert found.shape == (n_in, n_out)
    points = np.sort(np.concatenate([found.ravel(), theirs]))
    first = np.searchsorted(np.sort(found.ravel()), points, side="right") / theirs.size
    second = np.searchsorted(np.sort(theirs), points, side="right") / theirs.size
    assert np.abs(first - second).max() < 2.69 * np.sqrt(2 / theirs.size)
