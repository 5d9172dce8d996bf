"""What assignments 1, 3 and 4 produced, in our version, so that an earlier mistake costs nothing.

Students import these with ``from autograder.given import ...``. The three functions are for the
tasks, the classes for the training run of the last experiment.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np


def sigmoid(x: np.ndarray) -> np.ndarray:
    """Logistic function 1 / (1 + exp(-x)), element by element; any shape, no overflow."""
    x = np.asarray(x)
    e = np.exp(-np.abs(x))  # at most 1, so large |x| cannot overflow
    return np.where(x >= 0, 1 / (1 + e), e / (1 + e))


def relu(x: np.ndarray) -> np.ndarray:
    """Rectified linear unit max(0, x), element by element; any shape."""
    return np.maximum(0, x)


def tanh(x: np.ndarray) -> np.ndarray:
    """Hyperbolic tangent, element by element; any shape."""
    return np.tanh(x)


def softmax(x: np.ndarray) -> np.ndarray:
    """Turn logits (C,) or (N, C) into probabilities along the last axis, for logits of any size."""
    x = np.asarray(x)
    e = np.exp(x - np.max(x, axis=-1, keepdims=True))
    return e / np.sum(e, axis=-1, keepdims=True)


def cross_entropy_error(y: np.ndarray, t: np.ndarray) -> float:
    """Mean of -log(y[n, t_n] + 1e-7) for probabilities y (N, C); t is labels (N,) or one-hot."""
    y, t = np.atleast_2d(y), np.asarray(t)
    labels = np.argmax(t.reshape(y.shape), axis=1) if t.size == y.size else t.reshape(-1)
    return float(-np.mean(np.log(y[np.arange(len(y)), labels] + 1e-7)))


class Affine:
    """Fully connected layer x W + b, which keeps the arrays W (D, M) and b (M,) it is given.

    backward sets dW and db.
    """

    def __init__(self, W: np.ndarray, b: np.ndarray) -> None:
        self.W = W
        self.b = b
        self.dW: np.ndarray | None = None
        self.db: np.ndarray | None = None

    def forward(self, x: np.ndarray) -> np.ndarray:
        """Return x W + b, (N, M), for a batch x of shape (N, D) or (N, d1, d2, ...)."""
        self.original_shape = x.shape
        self.x = x.reshape(x.shape[0], -1)
        return np.dot(self.x, self.W) + self.b

    def backward(self, dout: np.ndarray) -> np.ndarray:
        """Set dW and db for dout (N, M) and return the gradient of the last x."""
        self.dW = np.dot(self.x.T, dout)
        self.db = np.sum(dout, axis=0)
        return np.dot(dout, self.W.T).reshape(self.original_shape)


class Relu:
    """Rectified linear unit as a layer; its gradient at exactly 0 is 0."""

    def __init__(self) -> None:
        self.mask: np.ndarray | None = None

    def forward(self, x: np.ndarray) -> np.ndarray:
        """Return max(0, x) for any shape and remember where x <= 0."""
        self.mask = x <= 0
        return np.where(self.mask, 0, x)

    def backward(self, dout: np.ndarray) -> np.ndarray:
        """Return the gradient of the last x for dout of its shape."""
        return np.where(self.mask, 0, dout)


class SoftmaxWithLoss:
    """Softmax and mean cross-entropy in one layer. Attributes: loss, y (probabilities), t."""

    def __init__(self) -> None:
        self.loss: float | None = None
        self.y: np.ndarray | None = None
        self.t: np.ndarray | None = None

    def forward(self, x: np.ndarray, t: np.ndarray) -> float:
        """Return the mean cross-entropy of logits x (N, C) against labels (N,) or one-hot t."""
        self.t = t
        self.y = softmax(x)
        self.loss = cross_entropy_error(self.y, self.t)
        return self.loss

    def backward(self, dout: float = 1) -> np.ndarray:
        """Return the gradient of the last logits, shape (N, C), times dout."""
        n = self.y.shape[0]
        if self.t.size == self.y.size:
            dx = self.y - self.t
        else:
            dx = self.y.copy()
            dx[np.arange(n), self.t] -= 1
        return dout * dx / n


class SGD:
    """Stochastic gradient descent with learning rate lr."""

    def __init__(self, lr: float = 0.01) -> None:
        self.lr = lr

    def update(self, params: Mapping[str, np.ndarray], grads: Mapping[str, np.ndarray]) -> None:
        """Change every array of params in place, by -lr times its gradient."""
        for key in params:
            params[key] -= self.lr * grads[key]
