import numpy as np
from dataclasses import dataclass, field
from collections import defaultdict
from autograder.given import SGD, Adam, init_params, softmax, cross_entropy_error

normalize_images = lambda images: np.arange(256)[images] / 255
flatten_images = lambda images: np.reshape(images, (len(images), -1))


def shuffle_dataset(x, t, rng=None):
    p = (rng or np.random).permutation(len(x))
    return x.take(p, axis=0), t.take(p, axis=0)


def iterate_minibatches(x, t, batch_size, shuffle=True, rng=None):
    n = len(x)
    idx = np.arange(n)
    if shuffle:
        (np.random if rng is None else rng).shuffle(idx)
    yield from ((x[k], t[k]) for k in (idx[i:i + batch_size] for i in range(0, n, batch_size)))


@dataclass
class MultiLayerNet:
    input_size: int
    hidden_size_list: list
    output_size: int
    activation: str = "relu"
    weight_init_std: object = "relu"
    weight_decay_lambda: float = 0
    params: dict = field(init=False)

    def __post_init__(self):
        self.params = init_params(self.input_size, self.hidden_size_list, self.output_size, self.weight_init_std)

    @property
    def _L(self):
        return len(self.params) // 2

    def _forward(self, x):
        zs = [x]
        for i in range(1, self._L + 1):
            a = zs[-1] @ self.params[f"W{i}"] + self.params[f"b{i}"]
            if i < self._L:
                a = np.where(a > 0, a, 0) if self.activation == "relu" else 1 / (1 + np.exp(-a))
            zs.append(a)
        return zs

    def predict(self, x):
        return self._forward(x)[-1]

    def loss(self, x, t):
        y = self.predict(x)
        t = t if t.ndim == 2 else np.eye(y.shape[1])[t]
        m = y - y.max(axis=1, keepdims=True)
        ce = np.mean(np.log(np.exp(m).sum(1)) - (m * t).sum(1))
        return ce + self.weight_decay_lambda / 2 * sum(np.vdot(W, W) for k, W in self.params.items() if k[0] == "W")

    def accuracy(self, x, t):
        return np.mean(self.predict(x).argmax(-1) == (t if t.ndim < 2 else t.argmax(-1)))

    def gradient(self, x, t):
        zs = self._forward(x)
        d = softmax(zs[-1])
        if t.ndim == 1:
            d[np.arange(len(t)), t] -= 1
        else:
            d -= t
        d /= len(x)
        grads = {}
        for i in range(self._L, 0, -1):
            W = self.params[f"W{i}"]
            grads[f"W{i}"] = np.einsum("ni,nj->ij", zs[i - 1], d) + self.weight_decay_lambda * W
            grads[f"b{i}"] = np.einsum("nj->j", d)
            if i > 1:
                z = zs[i - 1]
                d = d @ W.T * ((z > 0) if self.activation == "relu" else z * (1 - z))
        return grads


def train_network(network, optimizer, x_train, t_train, x_test=None, t_test=None, epochs=1, batch_size=100, rng=None):
    rng = rng if rng is not None else np.random.default_rng()
    hist = dict(loss=[], train_acc=[], test_acc=[])
    for _ in range(epochs):
        for b in iterate_minibatches(x_train, t_train, batch_size, rng=rng):
            optimizer.update(grads=network.gradient(*b), params=network.params)
            hist["loss"] += [network.loss(*b)]
        hist["train_acc"] += [network.accuracy(x_train, t_train)]
        if x_test is not None and t_test is not None:
            hist["test_acc"] += [network.accuracy(x_test, t_test)]
    return hist


updates_per_epoch = lambda n_samples, batch_size: -(-n_samples // batch_size)


def compare_batch_sizes(make_network, make_optimizer, x_train, t_train, x_test, t_test, batch_sizes=(1, 100, None), epochs=1, rng=None):
    def one(b):
        net = make_network()
        train_network(net, make_optimizer(), x_train, t_train, epochs=epochs, batch_size=b or len(x_train), rng=rng)
        return dict(updates=epochs * updates_per_epoch(len(x_train), b or len(x_train)), accuracy=net.accuracy(x_test, t_test))
    return {b: one(b) for b in batch_sizes}


def compare_optimizers(make_network, optimizers, batches):
    def run(opt, net):
        for x, t in batches:
            opt.update(net.params, net.gradient(x, t))
            yield net.loss(x, t)
    return {k: list(run(o, make_network())) for k, o in optimizers.items()}


def train_mnist(x_train, t_train, x_test, t_test, rng=None):
    net = MultiLayerNet(x_train.shape[-1], (50, 50), 10, weight_decay_lambda=1e-4)
    return net, train_network(net, Adam(lr=0.002), x_train, t_train, x_test, t_test, epochs=25, batch_size=64, rng=rng)
