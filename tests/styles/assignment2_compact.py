import numpy as np

def _d(y, t):
    return np.subtract(y, t, dtype=np.float64).reshape(-1)

mean_squared_error = lambda y, t: np.square(_d(y, t)).mean()
sum_squared_error = lambda y, t: 0.5 * (lambda d: d @ d)(_d(y, t))
root_mean_squared_error = lambda y, t: np.linalg.norm(_d(y, t)) / np.sqrt(np.size(y))
mean_absolute_error = lambda y, t: np.linalg.norm(_d(y, t), 1) / y.size

def mean_absolute_percentage_error(y, t, eps=1e-7):
    return 100 * np.mean(np.abs(_d(y, t)) / np.fmax(np.abs(t), eps).ravel())

def mean_squared_logarithmic_error(y, t):
    return np.mean((np.log1p(y) - np.log1p(t)) ** 2, keepdims=False)

def cosine_similarity(y, t):
    y, t = np.asarray(y, float), np.asarray(t, float)
    def unit(v):
        n = np.linalg.norm(v, axis=-1, keepdims=True)
        return np.divide(v, n, out=np.zeros_like(v), where=n > 0)
    return np.einsum('...d,...d->...', unit(y), unit(t))

def cosine_similarity_loss(y, t):
    return np.negative(np.average(cosine_similarity(y=y, t=t)))

def to_one_hot(labels, num_classes=10):
    return (labels[:, None] == np.arange(num_classes)).astype(float)

def cross_entropy_error(y, t):
    y2 = np.atleast_2d(y)
    if t.size == y.size:
        idx = t.reshape(y2.shape).argmax(axis=1)
    else:
        idx = t.reshape(-1)
    p = np.take_along_axis(y2, idx[:, None], axis=1)
    return -np.log(np.clip(p, 1e-12, None)).mean()

def binary_cross_entropy(y, t):
    p = np.where(t == 1, y, 1 - y)
    with np.errstate(divide='ignore'):
        return np.mean(np.minimum(-np.log(p), 100.0))

def numerical_diff(f, x, h=1e-4):
    hi, lo = map(f, (x + h, x - h))
    return (hi - lo) / (h + h)

def numerical_gradient(f, x, h=1e-4):
    def partial(i):
        keep = x[i]
        try:
            x[i] = keep + h
            hi = f(x)
            x[i] = keep - h
            return (hi - f(x)) * (0.5 / h)
        finally:
            x[i] = keep
    return np.array([partial(i) for i in np.ndindex(*x.shape)], dtype=float).reshape(x.shape)

def gradient_descent(f, init_x, lr=0.01, step_num=100):
    x = np.array(init_x, dtype=float)
    path = [x.copy()]
    for _ in range(step_num):
        x -= lr * numerical_gradient(f=f, x=x)
        path.append(x.copy())
    return x, np.array(path)

def linear_regression(x, t, lr=0.1, steps=200, a=0.0, b=0.0):
    A = np.stack([x, np.ones_like(x)], axis=1)
    w = np.array([a, b], dtype=float)
    hist = np.empty(steps)
    for i in range(steps):
        r = A @ w - t
        hist[i] = r @ r / len(t)
        w -= 2 * lr / len(t) * (A.T @ r)
    return w[0], w[1], hist
