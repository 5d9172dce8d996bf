import math
import random
import numpy as np
from autograder.given import relu, sigmoid, tanh


def _dims(shape):
    if isinstance(shape, int):
        return (shape,)
    return tuple(shape)


def init_zeros(shape):
    return init_constant(shape, 0)


def init_ones(shape):
    return init_constant(shape, 1)


def init_constant(shape, value):
    a = np.empty(shape)
    flat = a.reshape(-1)
    for i in range(flat.size):
        flat[i] = float(value)
    return a


def init_normal(shape, std=0.01, rng=None):
    if rng is None:
        rng = np.random.default_rng()
    a = np.zeros(shape)
    flat = a.reshape(-1)
    for i in range(len(flat)):
        flat[i] = rng.normal(0.0, std)
    return a


def _uniform(n_in, n_out, a, rng):
    if rng is None:
        rng = np.random.default_rng()
    W = np.zeros((n_in, n_out))
    for i in range(n_in):
        for j in range(n_out):
            W[i, j] = -a + 2 * a * rng.random()
    return W


def lecun_uniform(n_in, n_out, rng=None):
    return _uniform(n_in, n_out, math.sqrt(3 / n_in), rng)


def lecun_normal(n_in, n_out, rng=None):
    return init_normal((n_in, n_out), math.sqrt(1 / n_in), rng)


def xavier_uniform(n_in, n_out, rng=None):
    return _uniform(n_in, n_out, math.sqrt(6 / (n_in + n_out)), rng)


def xavier_normal(n_in, n_out, rng=None):
    return init_normal((n_in, n_out), math.sqrt(2 / (n_in + n_out)), rng)


def he_normal(n_in, n_out, rng=None):
    return init_normal((n_in, n_out), math.sqrt(2 / n_in), rng)


def he_uniform(n_in, n_out, rng=None):
    return _uniform(n_in, n_out, math.sqrt(6 / n_in), rng)


def init_params(input_size, hidden_size_list, output_size, weight_init_std="relu", rng=None):
    sizes = [input_size]
    for h in hidden_size_list:
        sizes.append(h)
    sizes.append(output_size)
    params = {}
    for i in range(1, len(sizes)):
        n_in = sizes[i - 1]
        n_out = sizes[i]
        if isinstance(weight_init_std, str):
            name = weight_init_std.lower()
            if name == "relu" or name == "he":
                W = he_uniform(n_in, n_out, rng)
            elif name == "sigmoid" or name == "xavier":
                W = xavier_uniform(n_in, n_out, rng)
            else:
                raise ValueError(name)
        else:
            W = init_normal((n_in, n_out), weight_init_std, rng)
        params["W" + str(i)] = W
        params["b" + str(i)] = init_zeros(n_out)
    return params


def collect_activations(x, weights, activation="sigmoid"):
    acts = {}
    z = x
    for i in range(len(weights)):
        a = np.dot(z, weights[i])
        if activation == "sigmoid":
            z = sigmoid(a)
        elif activation == "relu":
            z = relu(a)
        else:
            z = tanh(a)
        acts[i] = z
    return acts


def saturation(z, activation="sigmoid", tol=0.01):
    count = 0
    total = 0
    for v in z.flatten():
        v = float(v)
        total += 1
        if activation == "sigmoid":
            if v < tol or v > 1 - tol:
                count += 1
        elif activation == "tanh":
            if abs(v) > 1 - tol:
                count += 1
        else:
            if v <= 0:
                count += 1
    return count / total


def gradient_norms(x, weights, activation="sigmoid"):
    acts = collect_activations(x, weights, activation)
    L = len(weights)
    norms = [0.0] * L
    g = np.ones(acts[L - 1].shape)
    for i in range(L - 1, -1, -1):
        z = acts[i]
        if activation == "sigmoid":
            slope = z * (1 - z)
        elif activation == "tanh":
            slope = 1 - z ** 2
        else:
            slope = (z > 0).astype(float)
        d = g * slope
        before = x if i == 0 else acts[i - 1]
        dW = np.dot(before.T, d)
        norms[i] = math.sqrt(float(np.sum(dW ** 2)))
        g = np.dot(d, weights[i].T)
    return norms


def compare_initializations(train_fn, configs=(0.01, "sigmoid", "relu")):
    result = {}
    for c in configs:
        losses, acc = train_fn(c)
        last = list(losses)[-20:]
        total = 0.0
        for l in last:
            total += l
        result[c] = {"loss": total / len(last), "accuracy": float(acc)}
    return result
