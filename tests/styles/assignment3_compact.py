from __future__ import annotations
from dataclasses import dataclass, field
from functools import reduce, partial
import numpy as np
from autograder.given import numerical_gradient as _numgrad


@dataclass
class MulLayer:
    x: object = None
    y: object = None

    def forward(self, x, y):
        self.x, self.y = np.array(x, copy=True), np.array(y, copy=True)
        return np.multiply(x, y)

    def backward(self, dout):
        return tuple(np.multiply(dout, other) for other in (self.y, self.x))


class AddLayer:
    forward = staticmethod(np.add)

    def backward(self, dout):
        return (dout,) * 2


class Relu:
    __slots__ = ("mask",)

    def __init__(self):
        self.mask = None

    def forward(self, x):
        self.mask = x <= 0
        return np.where(self.mask, 0.0, x)

    def backward(self, dout):
        return dout * ~self.mask


class Sigmoid:
    def __init__(self):
        self.out = None

    def forward(self, x):
        self.out = 0.5 * (1.0 + np.tanh(0.5 * x))
        return self.out.copy()

    def backward(self, dout):
        return np.einsum("...,...->...", dout, self.out * (1 - self.out))


class Affine:
    def __init__(self, W, b):
        self.W, self.b = W, b
        self.dW = self.db = None
        self._x = None

    def forward(self, x):
        self._x = x
        return np.einsum("nd,dm->nm", x.reshape(x.shape[0], self.W.shape[0]), self.W) + self.b[None, :]

    def backward(self, dout):
        x = self._x
        flat = x.reshape(x.shape[0], self.W.shape[0])
        self.dW = np.einsum("nd,nm->dm", flat, dout)
        self.db = np.einsum("nm->m", dout)
        return np.einsum("nm,dm->nd", dout, self.W).reshape(x.shape)


class SoftmaxWithLoss:
    def __init__(self):
        self.loss = self.y = self.t = None

    def forward(self, x, t):
        z = x - x.max(axis=-1, keepdims=True)
        logp = z - np.log(np.exp(z).sum(axis=-1, keepdims=True))
        self.t = np.eye(x.shape[1])[t] if t.ndim == 1 else t
        self.y = np.exp(logp)
        self.loss = -np.sum(np.where(self.t != 0, logp * self.t, 0.0)) / len(x)
        return self.loss

    def backward(self, dout=1):
        return dout * (self.y - self.t) / len(self.y)


class TwoLayerNet:
    def __init__(self, input_size, hidden_size, output_size, weight_init_std=0.01):
        sizes = (input_size, hidden_size, output_size)
        rng = np.random.default_rng()
        self.params = {}
        self.layers = []
        for i, (a, b) in enumerate(zip(sizes, sizes[1:]), 1):
            self.params[f"W{i}"] = rng.normal(scale=weight_init_std, size=(a, b))
            self.params[f"b{i}"] = np.zeros(b)
            self.layers.append(Affine(self.params[f"W{i}"], self.params[f"b{i}"]))
        self.layers.insert(1, Relu())
        self.last = SoftmaxWithLoss()

    def predict(self, x):
        return reduce(lambda h, layer: layer.forward(h), self.layers, x)

    def loss(self, x, t):
        return self.last.forward(self.predict(x), t)

    def accuracy(self, x, t):
        labels = t if t.ndim == 1 else t.argmax(axis=1)
        return np.mean(self.predict(x).argmax(axis=1) == labels)

    def gradient(self, x, t):
        self.loss(x, t)
        reduce(lambda d, layer: layer.backward(d), reversed(self.layers), self.last.backward())
        one, _, two = self.layers
        return dict(b2=two.db, W2=two.dW, b1=one.db, W1=one.dW)

    def numerical_gradient(self, x, t):
        f = lambda _=None: self.loss(x, t)
        return {k: _numgrad(f, v) for k, v in self.params.items()}


def relative_error(a, n):
    norm = np.linalg.norm
    den = norm(np.ravel(a)) + norm(np.ravel(n))
    return np.divide(norm(np.ravel(a) - np.ravel(n)), den) if den else np.float64(0)


def gradient_check(network, x, t):
    a, n = network.gradient(x, t), network.numerical_gradient(x, t)
    return {k: relative_error(a[k], n[k]) for k in network.params}


def train(network, x_train, t_train, iters_num=1000, batch_size=100, learning_rate=0.1):
    rng = np.random.default_rng(0)

    def step():
        i = rng.choice(x_train.shape[0], size=batch_size, replace=batch_size > len(x_train))
        x, t = x_train[i], t_train[i]
        value = network.loss(x, t)
        for k, g in network.gradient(x, t).items():
            np.subtract(network.params[k], learning_rate * g, out=network.params[k])
        return value

    return [step() for _ in range(iters_num)]
