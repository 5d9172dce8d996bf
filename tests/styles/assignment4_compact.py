from __future__ import annotations
from collections import defaultdict
from dataclasses import dataclass, field
import numpy as np


class _Memory:
    def _get(self, name, key, like):
        store = self.__dict__.setdefault("_store", {})
        if (name, key) not in store:
            store[name, key] = np.zeros_like(like)
        return store[name, key]


@dataclass
class SGD:
    lr: float = 0.01

    def update(self, params, grads):
        for k in params.keys() & grads.keys():
            np.add(params[k], np.multiply(-self.lr, grads[k]), out=params[k])
        return params


@dataclass
class Momentum(_Memory):
    lr: float = 0.01
    momentum: float = 0.9

    def update(self, params, grads):
        for k, w in params.items():
            v = self._get("v", k, w)
            v *= self.momentum
            v -= self.lr * grads[k]
            w += v


@dataclass
class Nesterov:
    lr: float = 0.01
    momentum: float = 0.9
    v: dict = field(default_factory=lambda: defaultdict(float))

    def update(self, params, grads):
        a = self.momentum
        for k, g in grads.items():
            params[k] += a * a * self.v[k] - (1 + a) * self.lr * g
            self.v[k] = a * self.v[k] - self.lr * g


@dataclass
class AdaGrad:
    lr: float = 0.01
    h: dict = field(default_factory=dict)

    def update(self, params, grads):
        for k, g in grads.items():
            self.h[k] = self.h.get(k, 0) + np.square(g)
            params[k][...] = params[k] - self.lr * g / (np.sqrt(self.h[k]) + 1e-8)


@dataclass
class RMSprop:
    lr: float = 0.01
    decay_rate: float = 0.99
    h: dict = field(default_factory=dict)

    def update(self, params, grads):
        r = self.decay_rate
        for k, g in grads.items():
            old = self.h.get(k, np.float64(0))
            self.h[k] = old + (1 - r) * (g * g - old)
            params[k][...] -= self.lr * g / (np.sqrt(self.h[k]) + 5e-8)


@dataclass
class AdaDelta:
    lr: float = 1.0
    rho: float = 0.95
    eps: float = 1e-6
    _hd: dict = field(default_factory=dict)

    def update(self, params, grads):
        for k, g in grads.items():
            h, d = self._hd.get(k, (0.0, 0.0))
            h = self.rho * h + (1 - self.rho) * g**2
            s = np.sqrt((d + self.eps) / (h + self.eps)) * g
            self._hd[k] = h, self.rho * d + (1 - self.rho) * s**2
            params[k] -= self.lr * s


@dataclass
class Adam:
    lr: float = 0.001
    beta1: float = 0.9
    beta2: float = 0.999
    _s: dict = field(default_factory=dict)
    _b1: float = 1.0
    _b2: float = 1.0

    def update(self, params, grads):
        self._b1 *= self.beta1
        self._b2 *= self.beta2
        for k, g in grads.items():
            m, v = self._s.get(k, (0, 0))
            m = m + (1 - self.beta1) * (g - m)
            v = v + (1 - self.beta2) * (g**2 - v)
            self._s[k] = m, v
            params[k] -= self.lr * np.sqrt(1 - self._b2) / (1 - self._b1) * m / (np.sqrt(v) + 1e-8)


def gear_shift(lr0, epoch, drop=0.5, every=10, min_lr=0.0):
    return np.maximum(lr0 * np.power(float(drop), epoch // every), min_lr)


def optimizer_path(optimizer, grad_fn, init, steps=30):
    pos = {"p": np.asarray(init).astype(float)}

    def go():
        yield pos["p"].copy()
        for _ in range(steps):
            optimizer.update(pos, dict(p=grad_fn(pos["p"].copy())))
            yield pos["p"].copy()

    return np.stack(list(go()))
