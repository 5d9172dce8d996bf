import math
import numpy as np
from autograder.given import cross_entropy_error, numerical_gradient, softmax


class MulLayer:
    def __init__(self):
        self.x = None
        self.y = None

    def forward(self, x, y):
        self.x = x
        self.y = y
        return x * y

    def backward(self, dout):
        dx = dout * self.y
        dy = dout * self.x
        return dx, dy


class AddLayer:
    def forward(self, x, y):
        return x + y

    def backward(self, dout):
        return [dout, dout][0], dout


class Relu:
    def __init__(self):
        self.mask = None

    def forward(self, x):
        flat = x.reshape(-1)
        self.mask = []
        out = []
        for v in flat:
            if v <= 0:
                self.mask.append(True)
                out.append(0.0)
            else:
                self.mask.append(False)
                out.append(float(v))
        return np.array(out, dtype=float).reshape(x.shape)

    def backward(self, dout):
        flat = dout.reshape(-1)
        out = []
        for stopped, g in zip(self.mask, flat):
            out.append(0.0 if stopped else float(g))
        return np.array(out, dtype=float).reshape(dout.shape)


class Sigmoid:
    def __init__(self):
        self.out = None

    def forward(self, x):
        out = np.zeros(x.shape)
        for index in np.ndindex(*x.shape):
            v = float(x[index])
            if v >= 0:
                out[index] = 1.0 / (1.0 + math.exp(-v))
            else:
                e = math.exp(v)
                out[index] = e / (1.0 + e)
        self.out = out
        return out

    def backward(self, dout):
        dx = np.zeros(dout.shape)
        for index in np.ndindex(*dout.shape):
            y = self.out[index]
            dx[index] = dout[index] * y * (1 - y)
        return dx


class Affine:
    def __init__(self, W, b):
        self.W = W
        self.b = b
        self.dW = None
        self.db = None

    def forward(self, x):
        self.shape = x.shape
        n = x.shape[0]
        d, m = self.W.shape
        self.x = x.reshape(n, d)
        out = np.zeros((n, m))
        for i in range(n):
            out[i] = np.dot(self.x[i], self.W) + self.b
        return out

    def backward(self, dout):
        n = dout.shape[0]
        d, m = self.W.shape
        dx = np.zeros((n, d))
        self.dW = np.zeros((d, m))
        self.db = np.zeros(m)
        for i in range(n):
            self.db += dout[i]
            dx[i] = np.dot(self.W, dout[i])
            self.dW += np.outer(self.x[i], dout[i])
        return dx.reshape(self.shape)


class SoftmaxWithLoss:
    def __init__(self):
        self.loss = None
        self.y = None
        self.t = None

    def forward(self, x, t):
        n, c = x.shape
        self.t = t
        self.y = np.zeros((n, c))
        total = 0.0
        for i in range(n):
            row = [float(v) for v in x[i]]
            big = max(row)
            e = [math.exp(v - big) for v in row]
            s = sum(e)
            for j in range(c):
                self.y[i, j] = e[j] / s
            if t.ndim == 1:
                k = int(t[i])
            else:
                k = int(np.argmax(t[i]))
            total += -(row[k] - big - math.log(s))
        self.loss = total / n
        return self.loss

    def backward(self, dout=1):
        n, c = self.y.shape
        dx = self.y.copy()
        for i in range(n):
            k = int(self.t[i]) if self.t.ndim == 1 else int(np.argmax(self.t[i]))
            dx[i, k] -= 1.0
        return dx * dout / n


class FastAffine(Affine):
    pass


class TwoLayerNet:
    def __init__(self, input_size, hidden_size, output_size, weight_init_std=0.01):
        self.params = {}
        self.params["W1"] = weight_init_std * np.random.randn(input_size, hidden_size)
        self.params["b1"] = np.zeros(hidden_size)
        self.params["W2"] = weight_init_std * np.random.randn(hidden_size, output_size)
        self.params["b2"] = np.zeros(output_size)
        self.affine1 = Affine(self.params["W1"], self.params["b1"])
        self.relu = Relu()
        self.affine2 = Affine(self.params["W2"], self.params["b2"])
        self.last = SoftmaxWithLoss()

    def predict(self, x):
        return self.affine2.forward(self.relu.forward(self.affine1.forward(x)))

    def loss(self, x, t):
        return self.last.forward(self.predict(x), t)

    def accuracy(self, x, t):
        y = self.predict(x)
        right = 0
        for i in range(len(x)):
            k = t[i] if t.ndim == 1 else np.argmax(t[i])
            if np.argmax(y[i]) == k:
                right += 1
        return right / len(x)

    def gradient(self, x, t):
        self.loss(x, t)
        dout = self.last.backward(1)
        dout = self.affine2.backward(dout)
        dout = self.relu.backward(dout)
        self.affine1.backward(dout)
        return {"W1": self.affine1.dW, "b1": self.affine1.db, "W2": self.affine2.dW, "b2": self.affine2.db}

    def numerical_gradient(self, x, t):
        def f(_):
            return self.loss(x, t)
        grads = {}
        for key in ("W1", "b1", "W2", "b2"):
            grads[key] = numerical_gradient(f, self.params[key])
        return grads


def relative_error(a, n):
    top = 0.0
    na = 0.0
    nn = 0.0
    for p, q in zip(np.ravel(a), np.ravel(n)):
        top += (p - q) ** 2
        na += p ** 2
        nn += q ** 2
    if na == 0 and nn == 0:
        return 0.0
    return math.sqrt(top) / (math.sqrt(na) + math.sqrt(nn))


def gradient_check(network, x, t):
    a = network.gradient(x, t)
    b = network.numerical_gradient(x, t)
    out = {}
    for key in a:
        out[key] = relative_error(a[key], b[key])
    return out


def train(network, x_train, t_train, iters_num=1000, batch_size=100, learning_rate=0.1):
    losses = []
    for i in range(iters_num):
        idx = np.random.choice(len(x_train), batch_size)
        x = x_train[idx]
        t = t_train[idx]
        grads = network.gradient(x, t)
        for key in network.params:
            network.params[key] -= learning_rate * grads[key]
        losses.append(float(network.loss(x, t)))
    return losses
