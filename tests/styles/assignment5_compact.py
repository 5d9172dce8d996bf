import numpy as np
from functools import partial
from itertools import accumulate, pairwise
from autograder.given import relu, sigmoid, tanh

SLOPE = {"sigmoid": lambda z: z - z * z, "tanh": lambda z: (1 - z) * (1 + z), "relu": np.sign}
PHI = dict(sigmoid=lambda a: 0.5 * (1 + np.tanh(a / 2)), tanh=np.tanh, relu=lambda a: a * (a > 0))

init_zeros = np.zeros
init_ones = np.ones
init_constant = partial(np.full, dtype=np.float64)

def init_normal(shape, std=0.01, rng=None):
    return (rng or np.random).normal(scale=std, size=shape)

def _u(var):
    def f(n_in, n_out, rng=None):
        return (3 * var(n_in, n_out)) ** .5 * (2 * (rng or np.random).random(size=(n_in, n_out)) - 1)
    return f

def _n(var):
    return lambda n_in, n_out, rng=None: init_normal((n_in, n_out), std=var(n_in, n_out) ** .5, rng=rng)

lecun_uniform, lecun_normal = (f(lambda i, o: 1 / i) for f in (_u, _n))
xavier_uniform, xavier_normal = (f(lambda i, o: 2 / (i + o)) for f in (_u, _n))
he_uniform, he_normal = (f(lambda i, o: 2 / i) for f in (_u, _n))

def init_params(input_size, hidden_size_list, output_size, weight_init_std="relu", rng=None):
    rng = np.random.default_rng() if rng is None else rng
    sizes = [input_size, *hidden_size_list, output_size]
    match weight_init_std:
        case str(s):
            rule = {"relu": he_normal, "he": he_normal, "sigmoid": lecun_uniform, "xavier": lecun_uniform}[s.casefold()]
        case std:
            rule = lambda i, o, rng: init_normal((i, o), std, rng)
    Ws = {f"W{k}": rule(i, o, rng) for k, (i, o) in enumerate(pairwise(sizes), 1)}
    bs = {f"b{k}": np.zeros(o) for k, o in enumerate(sizes[1:], 1)}
    return Ws | bs

def collect_activations(x, weights, activation="sigmoid"):
    phi = PHI[activation]
    it = accumulate(weights, lambda z, W: phi(z @ W), initial=x)
    next(it)
    return dict(enumerate(it))

def saturation(z, activation="sigmoid", tol=0.01):
    return np.mean({"sigmoid": lambda: (z < tol) | (z > 1 - tol), "tanh": lambda: abs(z) > 1 - tol, "relu": lambda: z <= 0}[activation]())

def gradient_norms(x, weights, activation="sigmoid"):
    z = [x, *collect_activations(x, weights, activation).values()]
    d, out = 1.0, []
    g = np.ones_like(z[-1])
    for W, zin, zout in zip(weights[::-1], z[-2::-1], z[:0:-1]):
        d = g * SLOPE[activation](zout)
        out.insert(0, np.linalg.norm(np.einsum("ni,nj->ij", zin, d)))
        g = d @ W.T
    return out

def compare_initializations(train_fn, configs=(0.01, "sigmoid", "relu")):
    return {c: {"loss": np.mean(l[-20:]), "accuracy": a} for c, (l, a) in zip(configs, map(train_fn, configs))}
