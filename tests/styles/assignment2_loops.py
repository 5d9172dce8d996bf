import numpy as np
import math

def mean_squared_error(y, t):
    total = 0.0
    n = 0
    for a, b in zip(y.flatten(), t.flatten()):
        total += (float(a) - float(b)) ** 2
        n += 1
    return total / n

def sum_squared_error(y, t):
    return mean_squared_error(y, t) * y.size / 2

def root_mean_squared_error(y, t):
    return math.sqrt(mean_squared_error(y, t))

def mean_absolute_error(y, t):
    total = 0.0
    for a, b in zip(y.ravel(), t.ravel()):
        total += abs(float(a) - float(b))
    return total / y.size

def mean_absolute_percentage_error(y, t, eps=1e-7):
    total = 0.0
    for a, b in zip(y.ravel(), t.ravel()):
        total += abs(float(a) - float(b)) / max(abs(float(b)), eps)
    return 100 * total / y.size

def mean_squared_logarithmic_error(y, t):
    total = 0.0
    for a, b in zip(y.ravel(), t.ravel()):
        total += (math.log(1 + float(a)) - math.log(1 + float(b))) ** 2
    return total / y.size

def cosine_similarity(y, t):
    if y.ndim == 1:
        dot = ny = nt = 0.0
        for a, b in zip(y, t):
            a = float(a); b = float(b)
            dot += a * b
            ny += a * a
            nt += b * b
        if ny == 0 or nt == 0:
            return 0.0
        return dot / math.sqrt(ny) / math.sqrt(nt)
    return np.array([cosine_similarity(y[i], t[i]) for i in range(len(y))])

def cosine_similarity_loss(y, t):
    c = cosine_similarity(y, t)
    if y.ndim == 1:
        return -c
    return -sum(c) / len(c)

def to_one_hot(labels, num_classes=10):
    out = np.zeros((len(labels), num_classes))
    for i in range(len(labels)):
        out[i, labels[i]] = 1.0
    return out

def cross_entropy_error(y, t):
    if y.ndim == 1:
        y = y.reshape(1, len(y))
        t = t.reshape(1, -1) if t.size == y.size else t.reshape(1)
    N, C = y.shape
    total = 0.0
    for n in range(N):
        if t.ndim == 2:
            for c in range(C):
                if t[n, c] == 1:
                    total -= math.log(y[n, c] + 1e-7)
        else:
            total -= math.log(y[n, t[n]] + 1e-7)
    return total / N

def binary_cross_entropy(y, t):
    total = 0.0
    for p, q in zip(y.ravel(), t.ravel()):
        right = p if q == 1 else 1 - p
        total += -math.log(max(right, 1e-7))
    return total / y.size

def numerical_diff(f, x, h=1e-4):
    return (f(x + h) - f(x - h)) / (2 * h)

def numerical_gradient(f, x, h=1e-4):
    grad = np.zeros(x.shape)
    for idx in np.ndindex(x.shape):
        old = x[idx]
        x[idx] = old + h
        up = f(x)
        x[idx] = old - h
        down = f(x)
        x[idx] = old
        grad[idx] = (up - down) / (2 * h)
    return grad

def gradient_descent(f, init_x, lr=0.01, step_num=100):
    x = init_x.copy()
    for _ in range(step_num):
        x = x - lr * numerical_gradient(f, x)
    return x

def linear_regression(x, t, lr=0.1, steps=200, a=0.0, b=0.0):
    history = []
    N = len(x)
    for i in range(steps):
        loss = da = db = 0.0
        for n in range(N):
            e = a * x[n] + b - t[n]
            loss += e * e
            da += e * x[n]
            db += e
        history.append(loss / N)
        a = a - lr * 2 * da / N
        b = b - lr * 2 * db / N
    return a, b, history
