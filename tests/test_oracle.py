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


def test_step_function_and_perceptron(ours: Any, rng: Any) -> None:
    x, w, b = rng.normal(size=(20, 3)), rng.normal(size=3), 0.25
    nothing = torch.tensor(0.0, dtype=torch.float64)
    close(ours(1).step_function(x), torch.heaviside(tensor(x), nothing))
    close(ours(1).perceptron(x, w, b), torch.heaviside(tensor(x) @ tensor(w) + b, nothing))
    close(ours(1).identity_function(x), torch.nn.Identity()(tensor(x)))


def test_batched_accuracy(ours: Any, rng: Any) -> None:
    x, W, t = rng.normal(size=(23, 4)), rng.normal(size=(4, 5)), rng.integers(0, 5, 23)
    right = (tensor(x) @ tensor(W)).argmax(dim=1) == tensor(t)
    close(ours(1).batched_accuracy(lambda rows: rows @ W, x, t, 10), right.double().mean())


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


def test_numerical_derivative_and_descent(ours: Any) -> None:
    """Central differences again: what they are off by, descent is off by as well."""
    t = tensor(0.7, grad=True)
    torch.sin(t).backward()
    close(ours(2).numerical_diff(np.sin, 0.7), t.grad, rtol=1e-6)
    point = tensor([-3.0, 4.0], grad=True)
    optimizer = torch.optim.SGD([point], lr=0.1)
    for _ in range(20):
        optimizer.zero_grad()
        (point[0] ** 2 / 20 + point[1] ** 2).backward()
        optimizer.step()
    found = ours(2).gradient_descent(
        lambda v: v[0] ** 2 / 20 + v[1] ** 2, np.array([-3.0, 4.0]), lr=0.1, step_num=20
    )
    close(found, point, rtol=1e-6)


def test_linear_regression(ours: Any, rng: Any) -> None:
    x, t = rng.normal(size=30), rng.normal(size=30)
    line = tensor([0.5, -0.5], grad=True)
    optimizer, history = torch.optim.SGD([line], lr=0.1), []
    for _ in range(50):
        optimizer.zero_grad()
        loss = torch.nn.functional.mse_loss(line[0] * tensor(x) + line[1], tensor(t))
        history.append(loss.item())
        loss.backward()
        optimizer.step()
    a, b, losses = ours(2).linear_regression(x, t, lr=0.1, steps=50, a=0.5, b=-0.5)
    close([a, b], line)
    close(losses, history)


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


class Recording:
    """A network of ours that remembers the batches it was asked about."""

    def __init__(self, network: Any) -> None:
        self.params, self.loss, self.accuracy = network.params, network.loss, network.accuracy
        self._gradient, self.batches = network.gradient, list[Any]()
        self.start = {key: value.copy() for key, value in network.params.items()}

    def gradient(self, x: Any, t: Any) -> Any:
        self.batches.append((x.copy(), t.copy()))
        return self._gradient(x, t)


def mlp(p: dict[str, Any], x: Any, activation: Any = torch.relu) -> Any:
    """Logits of affine layers W1, b1, W2, b2, ... with activations between them."""
    count = len(p) // 2
    for i in range(1, count + 1):
        x = x @ p[f"W{i}"] + p[f"b{i}"]
        x = activation(x) if i < count else x
    return x


def replay(recording: Recording, make: Callable[[Any], Any]) -> tuple[dict[str, Any], list[float]]:
    """Torch's parameters after the same start and the same batches, and the loss of each batch
    after its update (with the book's 1e-7 in the logarithm)."""
    p = {key: tensor(value, grad=True) for key, value in recording.start.items()}
    optimizer, losses = make(list(p.values())), []
    for x, t in recording.batches:
        optimizer.zero_grad()
        torch.nn.functional.cross_entropy(mlp(p, tensor(x)), tensor(t)).backward()
        optimizer.step()
        with torch.no_grad():
            y = torch.softmax(mlp(p, tensor(x)), dim=1)[torch.arange(len(t)), tensor(t)]
            losses.append(float(-torch.log(y + 1e-7).mean()))
    return p, losses


def test_a_whole_training(ours: Any, rng: Any) -> None:
    np.random.seed(0)
    x, labels = rng.normal(size=(50, 6)), rng.integers(0, 4, 50)
    network = Recording(ours(3).TwoLayerNet(6, 5, 4, 0.5))
    found = ours(3).train(network, x, labels, 20, 10, 0.2)
    p, losses = replay(network, lambda each: torch.optim.SGD(each, lr=0.2))
    assert len(losses) == 20
    close(found, losses)
    for key, value in network.params.items():
        close(value, p[key])


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


def test_gear_shift(ours: Any) -> None:
    weight = torch.zeros(1, requires_grad=True)
    optimizer = torch.optim.SGD([weight], lr=0.8)
    schedule = torch.optim.lr_scheduler.StepLR(optimizer, step_size=3, gamma=0.5)
    for epoch in range(10):
        close(ours(4).gear_shift(0.8, epoch, drop=0.5, every=3), optimizer.param_groups[0]["lr"])
        optimizer.step()
        schedule.step()


def test_optimizer_path(ours: Any) -> None:
    point = tensor([-7.0, 2.0], grad=True)
    oracle = torch.optim.SGD([point], lr=0.1, momentum=0.9)
    path = [point.detach().numpy().copy()]
    for _ in range(20):
        oracle.zero_grad()
        (point[0] ** 2 / 20 + point[1] ** 2).backward()
        oracle.step()
        path.append(point.detach().numpy().copy())
    found = ours(4).optimizer_path(
        ours(4).Momentum(lr=0.1, momentum=0.9),
        lambda at: np.array([at[0] / 10, 2 * at[1]]),
        np.array([-7.0, 2.0]),
        steps=20,
    )
    close(found, path)


# -- assignment 5 ---------------------------------------------------------------------------------

INITIALISERS = [
    ("he_normal", lambda w: torch.nn.init.kaiming_normal_(w, nonlinearity="relu")),
    ("he_uniform", lambda w: torch.nn.init.kaiming_uniform_(w, nonlinearity="relu")),
    ("lecun_normal", lambda w: torch.nn.init.kaiming_normal_(w, nonlinearity="linear")),
    ("lecun_uniform", lambda w: torch.nn.init.kaiming_uniform_(w, nonlinearity="linear")),
    ("xavier_normal", torch.nn.init.xavier_normal_),
    ("xavier_uniform", torch.nn.init.xavier_uniform_),
]


def same_distribution(ours: Any, theirs: Any) -> bool:
    """Whether the Kolmogorov-Smirnov distance of two samples of the same size stays below the bound
    that equal distributions exceed once in a million, 2.69 * sqrt(2 / n)."""
    first, second = np.sort(ours.ravel()), np.sort(theirs.numpy().ravel())
    assert first.size == second.size >= 30_000
    points = np.concatenate([first, second])
    distance = np.searchsorted(first, points, "right") - np.searchsorted(second, points, "right")
    return bool(np.abs(distance).max() / first.size < 2.69 * np.sqrt(2 / first.size))


@pytest.mark.parametrize(("name", "init"), INITIALISERS, ids=[n for n, _ in INITIALISERS])
@pytest.mark.parametrize(("n_in", "n_out"), [(400, 300), (50, 2000)])
def test_initialisers_draw_from_the_same_distribution(
    ours: Any, name: str, init: Any, n_in: int, n_out: int
) -> None:
    torch.manual_seed(0)
    # torch keeps (out, in); its fan_in is our n_in
    theirs = init(torch.empty(n_out, n_in, dtype=torch.float64))
    found = getattr(ours(5), name)(n_in, n_out, np.random.default_rng(0))
    assert found.shape == (n_in, n_out)
    assert same_distribution(found, theirs)
    assert not same_distribution(1.1 * found, theirs)


def test_plain_start_values(ours: Any) -> None:
    torch.manual_seed(0)
    empty = torch.empty(200, 150, dtype=torch.float64)
    init = torch.nn.init
    close(ours(5).init_zeros((200, 150)), init.zeros_(empty))
    close(ours(5).init_ones((200, 150)), init.ones_(empty))
    close(ours(5).init_constant((200, 150), 3), init.constant_(empty, 3))
    found = ours(5).init_normal((200, 150), 0.05, np.random.default_rng(0))
    assert same_distribution(found, init.normal_(empty, std=0.05))


@pytest.mark.parametrize(("rule", "nonlinearity"), [("he", "relu"), ("sigmoid", "linear")])
def test_start_values_of_a_network(ours: Any, rule: str, nonlinearity: str) -> None:
    """The book's "xavier" has the variance 1 / n_in, which torch calls Kaiming with gain 1."""
    torch.manual_seed(0)
    params = ours(5).init_params(300, [200, 250], 150, rule, np.random.default_rng(0))
    for i, (n_in, n_out) in enumerate([(300, 200), (200, 250), (250, 150)], start=1):
        empty = torch.empty(n_out, n_in, dtype=torch.float64)
        theirs = torch.nn.init.kaiming_normal_(empty, nonlinearity=nonlinearity)
        assert params[f"W{i}"].shape == (n_in, n_out)
        assert same_distribution(params[f"W{i}"], theirs)
        close(params[f"b{i}"], np.zeros(n_out))


@pytest.mark.parametrize("activation", ["sigmoid", "relu", "tanh"])
def test_activations_and_gradients_by_depth(ours: Any, rng: Any, activation: str) -> None:
    x, weights = rng.normal(size=(9, 4)), [rng.normal(size=s) for s in [(4, 6), (6, 5), (5, 3)]]
    theirs, z = [tensor(W, grad=True) for W in weights], tensor(x)
    found = ours(5).collect_activations(x, weights, activation)
    for i, W in enumerate(theirs):
        z = getattr(torch, activation)(z @ W)
        close(found[i], z)
    z.sum().backward()
    norms = [W.grad.norm() for W in theirs]
    close(ours(5).gradient_norms(x, weights, activation), [float(norm) for norm in norms])
    stuck = {
        "sigmoid": (z < 0.01) | (z > 0.99),
        "tanh": z.abs() > 0.99,
        "relu": z <= 0,
    }[activation]
    close(ours(5).saturation(found[2], activation), stuck.double().mean())


# -- assignment 6 ---------------------------------------------------------------------------------


def test_preprocessing(ours: Any, rng: Any) -> None:
    images = rng.integers(0, 256, (5, 1, 4, 6), dtype=np.uint8)
    close(ours(6).normalize_images(images), tensor(images).double() / 255)
    close(ours(6).flatten_images(images), torch.flatten(tensor(images), start_dim=1))


@pytest.mark.parametrize("hidden", [[], [7], [7, 5, 6]])
@pytest.mark.parametrize("activation", ["relu", "sigmoid"])
def test_multi_layer_net(ours: Any, rng: Any, hidden: list[int], activation: str) -> None:
    np.random.seed(0)
    net = ours(6).MultiLayerNet(6, hidden, 4, activation, 0.5, weight_decay_lambda=0.3)
    for key in net.params:
        net.params[key] += 0.1
    x, labels = rng.normal(size=(8, 6)), rng.integers(0, 4, 8)
    p = {key: tensor(value, grad=True) for key, value in net.params.items()}
    logits = mlp(p, tensor(x), getattr(torch, activation))
    squares = sum((value**2).sum() for key, value in p.items() if key.startswith("W"))
    decay = 0.5 * 0.3 * squares
    (torch.nn.functional.cross_entropy(logits, tensor(labels)) + decay).backward()
    chosen = torch.softmax(logits, dim=1)[torch.arange(8), tensor(labels)]
    close(net.predict(x), logits)
    close(net.loss(x, labels), -torch.log(chosen + 1e-7).mean() + decay)
    close(net.accuracy(x, labels), (logits.argmax(dim=1) == tensor(labels)).double().mean())
    gradients = net.gradient(x, labels)
    assert set(gradients) == set(p)
    for key, value in gradients.items():
        close(value, p[key].grad)


def test_training_loop(ours: Any, rng: Any) -> None:
    np.random.seed(0)
    x, labels = rng.normal(size=(50, 6)), rng.integers(0, 4, 50)
    network = Recording(ours(6).MultiLayerNet(6, [8, 5], 4))
    history = ours(6).train_network(
        network, ours(6).Adam(0.01), x, labels, x[:9], labels[:9], epochs=4, batch_size=10
    )
    p, losses = replay(network, lambda each: torch.optim.Adam(each, lr=0.01, eps=1e-8))
    assert len(losses) == 20
    close(history["loss"], losses)
    for key, value in network.params.items():
        close(value, p[key])
    right = mlp(p, tensor(x)).argmax(dim=1) == tensor(labels)
    close(history["train_acc"][-1], right.double().mean())
    close(history["test_acc"][-1], right[:9].double().mean())


def test_optimizer_race(ours: Any, rng: Any) -> None:
    batches = [(rng.normal(size=(10, 6)), rng.integers(0, 4, 10)) for _ in range(20)]
    networks: list[Recording] = []

    def make_network() -> Recording:
        np.random.seed(1)
        networks.append(Recording(ours(6).MultiLayerNet(6, [8], 4)))
        return networks[-1]

    contest = {
        "SGD": (ours(6).SGD(0.1), lambda p: torch.optim.SGD(p, lr=0.1)),
        "Momentum": (ours(6).Momentum(0.1, 0.9), lambda p: torch.optim.SGD(p, 0.1, momentum=0.9)),
        "AdaGrad": (ours(6).AdaGrad(0.1), lambda p: torch.optim.Adagrad(p, lr=0.1, eps=1e-7)),
    }
    found = ours(6).compare_optimizers(
        make_network, {name: optimizer for name, (optimizer, _) in contest.items()}, batches
    )
    for network, (name, (_, make)) in zip(networks, contest.items(), strict=True):
        close(found[name], replay(network, make)[1])
