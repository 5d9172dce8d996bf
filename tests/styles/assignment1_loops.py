import numpy as np
import math

def identity_function(x):
    return x

def step_function(x):
    if np.ndim(x) == 0:
        if x > 0:
            return 1
        return 0
    x = np.asarray(x)
    out = np.zeros(x.shape, dtype=np.int32)
    for idx in np.ndindex(*x.shape):
        if x[idx] > 0:
            out[idx] = 1
    return out

def perceptron(x, w, b):
    if x.ndim == 1:
        s = 0.0
        for i in range(len(x)):
            s += x[i] * w[i]
        s += b
        return 1 if s > 0 else 0
    return np.array([perceptron(row, w, b) for row in x], dtype=int)

def _sig(v):
    v = float(v)
    if v >= 0:
        return 1.0 / (1.0 + math.exp(-v))
    e = math.exp(v)
    return e / (1.0 + e)

def sigmoid(x):
    if np.ndim(x) == 0:
        return _sig(x)
    out = np.empty(x.shape)
    for idx in np.ndindex(*x.shape):
        out[idx] = _sig(x[idx])
    return out

def sigmoid_grad(x):
    y = sigmoid(x)
    return y * (1 - y)

def tanh(x):
    x = np.asarray(x)
    out = np.zeros(x.shape, dtype=float)
    for idx in np.ndindex(*x.shape):
        out[idx] = math.tanh(x[idx])
    return out

def tanh_grad(x):
    y = tanh(x)
    return 1 - y ** 2

def relu(x):
    out = x.copy()
    for idx in np.ndindex(*x.shape):
        if out[idx] < 0:
            out[idx] = 0
    return out

def relu_grad(x):
    out = np.zeros(x.shape, dtype=int)
    for idx in np.ndindex(*x.shape):
        out[idx] = 1 if x[idx] >= 0 else 0
    return out

def softmax(x):
    if x.ndim == 1:
        c = max(x)
        e = [math.exp(float(v) - float(c)) for v in x]
        s = sum(e)
        return np.array([v / s for v in e])
    out = np.zeros(x.shape)
    for n in range(x.shape[0]):
        out[n] = softmax(x[n])
    return out

def affine(x, W, b):
    D, M = W.shape
    if x.shape[-1] != D:
        raise ValueError("x and W")
    if b.shape != (M,):
        raise ValueError("b")
    if x.ndim == 1:
        out = np.zeros(M)
        for m in range(M):
            s = b[m]
            for d in range(D):
                s = s + x[d] * W[d, m]
            out[m] = s
        return out
    out = np.zeros((x.shape[0], M))
    for n in range(x.shape[0]):
        out[n] = affine(x[n], W, b)
    return out

def forward(network, x):
    z1 = sigmoid(affine(x, network["W1"], network["b1"]))
    z2 = sigmoid(affine(z1, network["W2"], network["b2"]))
    return identity_function(affine(z2, network["W3"], network["b3"]))

def predict(network, x):
    return softmax(forward(network, x))

def batched_accuracy(predict_fn, x, t, batch_size=100):
    right = 0
    i = 0
    while i < len(x):
        scores = predict_fn(x[i:i + batch_size])
        for j in range(len(scores)):
            best = 0
            for c in range(len(scores[j])):
                if scores[j][c] > scores[j][best]:
                    best = c
            if best == t[i + j]:
                right += 1
        i += batch_size
    return right / len(x)
