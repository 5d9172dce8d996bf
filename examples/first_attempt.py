# %% [markdown]
# # Assignment 3: Backpropagation, a first attempt
#
# What a submission looks like half-way: some tasks are right, two contain mistakes that many people
# make, one stops with an exception, and the last ones are not written yet. See what the grader says:
#
#     grade assignment3 --submission examples/first_attempt.py

# %%
import numpy as np

from autograder.given import cross_entropy_error, numerical_gradient, softmax

# %% [markdown]
# ## 3.1 Multiplication and addition nodes

# %%
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
        return dout, dout


# %% [markdown]
# ## 3.2 ReLU layer

# %%
class Relu:
    def __init__(self):
        self.mask = None

    def forward(self, x):
        return np.maximum(0, x)

    def backward(self, dout):
        # only positive values get through a ReLU
        return np.maximum(0, dout)


# %% [markdown]
# ## 3.3 Sigmoid layer

# %%
class Sigmoid:
    def __init__(self):
        self.out = None

    def forward(self, x):
        self.out = 1.0 / (1.0 + np.exp(-x))
        return self.out

    def backward(self, dout):
        return dout * (1.0 - self.out) * self.out


# %% [markdown]
# ## 3.4 Affine layer

# %%
class Affine:
    def __init__(self, W, b):
        self.W = W
        self.b = b
        self.dW = None
        self.db = None

    def forward(self, x):
        self.shape = x.shape
        self.x = x.reshape(x.shape[0], -1)
        return np.dot(self.x, self.W) + self.b

    def backward(self, dout):
        dx = np.dot(dout, self.W.T)
        self.dW = np.dot(self.x, dout)  # shapes?
        self.db = np.sum(dout, axis=0)
        return dx.reshape(self.shape)


# %% [markdown]
# ## 3.5 Softmax with loss

# %%
class SoftmaxWithLoss:
    def __init__(self):
        self.loss = None
        self.y = None
        self.t = None

    def forward(self, x, t):
        self.t = t
        self.y = softmax(x)
        self.loss = cross_entropy_error(self.y, self.t)
        return self.loss

    def backward(self, dout=1):
        if self.t.ndim == 2:
            return self.y - self.t
        dx = self.y.copy()
        dx[np.arange(len(self.t)), self.t] -= 1
        return dx


# %% [markdown]
# ## 3.6 TwoLayerNet

# %%
class TwoLayerNet:
    def __init__(self, input_size, hidden_size, output_size, weight_init_std=0.01):
        # YOUR CODE HERE
        raise NotImplementedError

    def predict(self, x):
        # YOUR CODE HERE
        raise NotImplementedError

    def loss(self, x, t):
        # YOUR CODE HERE
        raise NotImplementedError

    def accuracy(self, x, t):
        # YOUR CODE HERE
        raise NotImplementedError

    def gradient(self, x, t):
        # YOUR CODE HERE
        raise NotImplementedError

    def numerical_gradient(self, x, t):
        # YOUR CODE HERE
        raise NotImplementedError


# %% [markdown]
# ## 3.7 Gradient checking

# %%
def relative_error(a, n):
    # YOUR CODE HERE
    raise NotImplementedError


def gradient_check(network, x, t):
    # YOUR CODE HERE
    raise NotImplementedError


# %% [markdown]
# ## 3.8 First training run: mini-batch SGD

# %%
def train(network, x_train, t_train, iters_num=1000, batch_size=100, learning_rate=0.1):
    # YOUR CODE HERE
    raise NotImplementedError
