import math
import numpy as np
from autograder.given import (SGD, AdaGrad, Adam, Affine, Momentum, Relu, Sigmoid, SoftmaxWithLoss, cross_entropy_error, init_params, softmax)


def normalize_images(images):
    out = np.zeros(images.shape)
    src = images.ravel()
    dst = out.ravel()
    for i in range(src.size):
        dst[i] = int(src[i]) / 255
    return dst.reshape(images.shape)


def flatten_images(images):
    rows = []
    for im in images:
        rows.append(im.flatten())
    return np.array(rows)


def shuffle_dataset(x, t, rng=None):
    if rng is None:
        rng = np.random.default_rng()
    order = list(range(len(x)))
    # Fisher-Yates
    for i in range(len(order) - 1, 0, -1):
        j = int(rng.integers(0, i + 1))
        order[i], order[j] = order[j], order[i]
    xs = x.copy()
    ts = t.copy()
    for i, j in enumerate(order):
        xs[i] = x[j]
        ts[i] = t[j]
    return xs, ts


def iterate_minibatches(x, t, batch_size, shuffle=True, rng=None):
    if shuffle:
        x, t = shuffle_dataset(x, t, rng)
    batches = []
    for start in range(0, len(x), batch_size):
        batches.append((x[start:start + batch_size], t[start:start + batch_size]))
    return batches


class MultiLayerNet:
    def __init__(self, input_size, hidden_size_list, output_size, activation="relu", weight_init_std="relu", weight_decay_lambda=0):
        self.params = init_params(input_size, hidden_size_list, output_size, weight_init_std)
        self.lam = weight_decay_lambda
        self.layers = []
        self.n = len(hidden_size_list) + 1
        self.affines = []
        for i in range(1, self.n + 1):
            a = Affine(self.params["W%d" % i], self.params["b%d" % i])
            self.affines.append(a)
            self.layers.append(a)
            if i < self.n:
                if activation == "relu":
                    self.layers.append(Relu())
                else:
                    self.layers.append(Sigmoid())
        self.last = SoftmaxWithLoss()

    def predict(self, x):
        for layer in self.layers:
            x = layer.forward(x)
        return x

    def loss(self, x, t):
        value = self.last.forward(self.predict(x), t)
        decay = 0.0
        for i in range(1, self.n + 1):
            decay += float(np.sum(self.params["W%d" % i] ** 2))
        return float(value + 0.5 * self.lam * decay)

    def accuracy(self, x, t):
        y = self.predict(x)
        right = 0
        for i in range(len(y)):
            label = int(np.argmax(t[i])) if t.ndim == 2 else int(t[i])
            if int(np.argmax(y[i])) == label:
                right += 1
        return right / len(y)

    def gradient(self, x, t):
        self.loss(x, t)
        d = self.last.backward(1)
        for layer in reversed(self.layers):
            d = layer.backward(d)
        grads = {}
        for i in range(1, self.n + 1):
            grads["W%d" % i] = self.affines[i - 1].dW + self.lam * self.params["W%d" % i]
            grads["b%d" % i] = self.affines[i - 1].db
        return grads


def train_network(network, optimizer, x_train, t_train, x_test=None, t_test=None, epochs=1, batch_size=100, rng=None):
    history = {"loss": [], "train_acc": [], "test_acc": []}
    for epoch in range(epochs):
        for xb, tb in iterate_minibatches(x_train, t_train, batch_size, True, rng):
            loss = network.loss(xb, tb)
            grads = network.gradient(xb, tb)
            optimizer.update(network.params, grads)
            history["loss"].append(float(loss))
        history["train_acc"].append(float(network.accuracy(x_train, t_train)))
        if x_test is not None:
            history["test_acc"].append(float(network.accuracy(x_test, t_test)))
    return history


def updates_per_epoch(n_samples, batch_size):
    n = n_samples // batch_size
    if n_samples % batch_size != 0:
        n += 1
    return n


def compare_batch_sizes(make_network, make_optimizer, x_train, t_train, x_test, t_test, batch_sizes=(1, 100, None), epochs=1, rng=None):
    report = {}
    for b in batch_sizes:
        size = b
        if size is None:
            size = len(x_train)
        network = make_network()
        opt = make_optimizer()
        h = train_network(network, opt, x_train, t_train, x_test, t_test, epochs, size, rng)
        report[b] = {"updates": len(h["loss"]), "accuracy": float(network.accuracy(x_test, t_test))}
    return report


def compare_optimizers(make_network, optimizers, batches):
    out = {}
    for name in optimizers:
        net = make_network()
        losses = []
        for x, t in batches:
            g = net.gradient(x, t)
            optimizers[name].update(net.params, g)
            losses.append(float(net.loss(x, t)))
        out[name] = losses
    return out


def train_mnist(x_train, t_train, x_test, t_test, rng=None):
    net = MultiLayerNet(x_train.shape[1], [100], 10)
    h = train_network(net, Adam(0.001), x_train, t_train, x_test, t_test, epochs=30, batch_size=50, rng=rng)
    return net, h
