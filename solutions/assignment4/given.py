"""What assignment 3 produced, in our version: the network that the experiments train.

Students import it with ``from autograder.given import TwoLayerNet``.
"""

from __future__ import annotations

import numpy as np


def softmax(x: np.ndarray) -> np.ndarray:
    """Turn logits (N, C) into probabilities (N, C), row by row, for any size of the logits."""
    e = np.exp(x - np.max(x, axis=-1, keepdims=True))
    return e / np.sum(e, axis=-1, keepdims=True)


def cross_entropy_error(y: np.ndarray, t: np.ndarray) -> float:
    """Mean of -log(y[n, t_n] + 1e-7); t holds labels (N,) or one-hot rows (N, C)."""
    y, t = np.atleast_2d(y), np.asarray(t)
    labels = np.argmax(t.reshape(y.shape), axis=1) if t.size == y.size else t.reshape(-1)
    return float(-np.mean(np.log(y[np.arange(len(y)), labels] + 1e-7)))


class Affine:
    """Fully connected layer x W + b, which works on the very arrays W and b that it is given."""

    def __init__(self, W: np.ndarray, b: np.ndarray) -> None:
        self.W, self.b = W, b
        self.dW: np.ndarray | None = None
        self.db: np.ndarray | None = None

    def forward(self, x: np.ndarray) -> np.ndarray:
        self.original_shape = x.shape
        self.x = x.reshape(x.shape[0], -1)
        return np.dot(self.x, self.W) + self.b

    def backward(self, dout: np.ndarray) -> np.ndarray:
        self.dW = np.dot(self.x.T, dout)
        self.db = np.sum(dout, axis=0)
        return np.dot(dout, self.W.T).reshape(self.original_shape)


class Relu:
    """max(0, x), element by element."""

    def forward(self, x: np.ndarray) -> np.ndarray:
        self.mask = x <= 0
        return np.where(self.mask, 0, x)

    def backward(self, dout: np.ndarray) -> np.ndarray:
        return np.where(self.mask, 0, dout)


class SoftmaxWithLoss:
    """Softmax followed by the mean cross-entropy."""

    def forward(self, x: np.ndarray, t: np.ndarray) -> float:
        self.y, self.t = softmax(x), t
        self.loss = cross_entropy_error(self.y, t)
        return self.loss

    def backward(self, dout: float = 1) -> np.ndarray:
        n = self.y.shape[0]
        dx = self.y.copy()
        if self.t.size == self.y.size:
            dx -= self.t
        else:
            dx[np.arange(n), self.t] -= 1
        return dout * dx / n


def numerical_gradient(f, x: np.ndarray, h: float = 1e-4) -> np.ndarray:
    """Gradient of f at the float array x by central differences; x is moved and restored."""
    gradient = np.zeros(x.shape)
    for index in np.ndindex(x.shape):
        original = x[index]
        x[index] = original + h
        upper = f(x)
        x[index] = original - h
        lower = f(x)
        x[index] = original
        gradient[index] = (upper - lower) / (2 * h)
    return gradient


class TwoLayerNet:
    """Affine, ReLU, affine, with softmax and cross-entropy as the loss.

    Attributes
    ----------
    params : dict
        "W1", "b1", "W2", "b2": float64 arrays, shared with the layers, so that an update in place
        reaches the network.
    """

    def __init__(
        self,
        input_size: int,
        hidden_size: int,
        output_size: int,
        weight_init_std: float = 0.01,
    ) -> None:
        self.params = {
            "W1": weight_init_std * np.random.randn(input_size, hidden_size),
            "b1": np.zeros(hidden_size),
            "W2": weight_init_std * np.random.randn(hidden_size, output_size),
            "b2": np.zeros(output_size),
        }
        self.layers = {
            "Affine1": Affine(self.params["W1"], self.params["b1"]),
            "Relu1": Relu(),
            "Affine2": Affine(self.params["W2"], self.params["b2"]),
        }
        self.last_layer = SoftmaxWithLoss()

    def predict(self, x: np.ndarray) -> np.ndarray:
        """Return the logits, shape (N, output_size), of a batch x of shape (N, input_size)."""
        for layer in self.layers.values():
            x = layer.forward(x)
        return x

    def loss(self, x: np.ndarray, t: np.ndarray) -> float:
        """Return the mean cross-entropy of the batch."""
        return self.last_layer.forward(self.predict(x), t)

    def accuracy(self, x: np.ndarray, t: np.ndarray) -> float:
        """Return the fraction of samples that are classified correctly; t as in `loss`."""
        labels = t if t.ndim == 1 else np.argmax(t, axis=1)
        return float(np.mean(np.argmax(self.predict(x), axis=1) == labels))

    def gradient(self, x: np.ndarray, t: np.ndarray) -> dict[str, np.ndarray]:
        """Return the gradients of the loss of this batch by backpropagation, by key of params."""
        self.loss(x, t)
        dout = self.last_layer.backward(1)
        for layer in reversed(list(self.layers.values())):
            dout = layer.backward(dout)
        first, second = self.layers["Affine1"], self.layers["Affine2"]
        return {"W1": first.dW, "b1": first.db, "W2": second.dW, "b2": second.db}

    def numerical_gradient(self, x: np.ndarray, t: np.ndarray) -> dict[str, np.ndarray]:
        """Return the gradients of the loss of this batch by central differences."""
        return {
            name: numerical_gradient(lambda _: self.loss(x, t), values)
            for name, values in self.params.items()
        }
