import math
import numpy as np


class SGD:
    def __init__(self, lr=0.01):
        self.lr = lr

    def update(self, params, grads):
        for key in params:
            p = params[key]
            g = grads[key]
            for i in np.ndindex(p.shape):
                p[i] = p[i] - self.lr * g[i]


class Momentum:
    def __init__(self, lr=0.01, momentum=0.9):
        self.lr = lr
        self.momentum = momentum
        self.v = None

    def update(self, params, grads):
        if self.v is None:
            self.v = {}
            for key in params:
                self.v[key] = np.zeros(params[key].shape)
        for key in params:
            p, g, v = params[key], grads[key], self.v[key]
            for i in np.ndindex(p.shape):
                v[i] = self.momentum * v[i] - self.lr * g[i]
                p[i] += v[i]


class Nesterov:
    def __init__(self, lr=0.01, momentum=0.9):
        self.lr = lr
        self.momentum = momentum
        self.v = None

    def update(self, params, grads):
        if self.v is None:
            self.v = {}
            for key in params:
                self.v[key] = np.zeros(params[key].shape)
        a = self.momentum
        for key in params:
            p, g, v = params[key], grads[key], self.v[key]
            for i in np.ndindex(p.shape):
                old = v[i]
                v[i] = a * old - self.lr * g[i]
                p[i] = p[i] - a * old + (1 + a) * v[i]


class AdaGrad:
    def __init__(self, lr=0.01):
        self.lr = lr
        self.h = None

    def update(self, params, grads):
        if self.h is None:
            self.h = {}
            for key in params:
                self.h[key] = np.zeros(params[key].shape)
        for key in params:
            p, g, h = params[key], grads[key], self.h[key]
            for i in np.ndindex(p.shape):
                h[i] += float(g[i]) ** 2
                p[i] -= self.lr * g[i] / (math.sqrt(h[i]) + 1e-7)


class RMSprop:
    def __init__(self, lr=0.01, decay_rate=0.99):
        self.lr = lr
        self.decay_rate = decay_rate
        self.h = None

    def update(self, params, grads):
        if self.h is None:
            self.h = {}
            for key in params:
                self.h[key] = np.zeros(params[key].shape)
        for key in params:
            p, g, h = params[key], grads[key], self.h[key]
            for i in np.ndindex(p.shape):
                h[i] = self.decay_rate * h[i] + (1 - self.decay_rate) * float(g[i]) ** 2
                p[i] -= self.lr * g[i] / (math.sqrt(h[i]) + 1e-7)


class AdaDelta:
    def __init__(self, lr=1.0, rho=0.95, eps=1e-6):
        self.lr = lr
        self.rho = rho
        self.eps = eps
        self.h = None
        self.d = None

    def update(self, params, grads):
        if self.h is None:
            self.h = {}
            self.d = {}
            for key in params:
                self.h[key] = np.zeros(params[key].shape)
                self.d[key] = np.zeros(params[key].shape)
        for key in params:
            p, g, h, d = params[key], grads[key], self.h[key], self.d[key]
            for i in np.ndindex(p.shape):
                h[i] = self.rho * h[i] + (1 - self.rho) * float(g[i]) ** 2
                s = math.sqrt(d[i] + self.eps) / math.sqrt(h[i] + self.eps) * g[i]
                d[i] = self.rho * d[i] + (1 - self.rho) * s * s
                p[i] -= self.lr * s


class Adam:
    def __init__(self, lr=0.001, beta1=0.9, beta2=0.999):
        self.lr = lr
        self.beta1 = beta1
        self.beta2 = beta2
        self.iter = 0
        self.m = None
        self.v = None

    def update(self, params, grads):
        if self.m is None:
            self.m = {}
            self.v = {}
            for key in params:
                self.m[key] = np.zeros(params[key].shape)
                self.v[key] = np.zeros(params[key].shape)
        self.iter += 1
        c1 = 1 - self.beta1 ** self.iter
        c2 = 1 - self.beta2 ** self.iter
        for key in params:
            p, g, m, v = params[key], grads[key], self.m[key], self.v[key]
            for i in np.ndindex(p.shape):
                m[i] = self.beta1 * m[i] + (1 - self.beta1) * g[i]
                v[i] = self.beta2 * v[i] + (1 - self.beta2) * g[i] ** 2
                p[i] -= self.lr * (m[i] / c1) / (math.sqrt(v[i] / c2) + 1e-8)


def gear_shift(lr0, epoch, drop=0.5, every=10, min_lr=0.0):
    rate = lr0
    for e in range(1, epoch + 1):
        if e % every == 0:
            rate = rate * drop
    if rate < min_lr:
        rate = min_lr
    return float(rate)


def optimizer_path(optimizer, grad_fn, init, steps=30):
    p = np.array([float(v) for v in init])
    path = np.zeros((steps + 1, len(p)))
    path[0] = p
    params = {"p": p}
    for i in range(steps):
        optimizer.update(params, {"p": grad_fn(params["p"])})
        path[i + 1] = params["p"]
    return path
