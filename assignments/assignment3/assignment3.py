# %% [markdown]
# # Assignment 3: Backpropagation (오차역전파)
#
# In assignment 2 you asked every weight of a network one by one: *what happens to the loss if I
# move you a little?* That is honest and slow. Backpropagation answers the same question for all
# weights at once, at the price of about two forward passes.
#
# The whole trick is the **chain rule**. Cut the computation into small nodes. Each node knows only
# its own local derivative. On the way back it receives `dout`, the derivative of the loss with
# respect to its output, multiplies by the local derivative and hands the product on:
#
# $$\frac{\partial L}{\partial x} = \underbrace{\frac{\partial L}{\partial y}}_{\texttt{dout}}
#   \cdot \underbrace{\frac{\partial y}{\partial x}}_{\text{local}}$$
#
# You will build the nodes (1), the layers of a network (2 to 5), the network itself (6), prove that
# your gradients are right (7) and only then train (8). At the end your own code reads handwritten
# digits.
#
# **What you will be able to do afterwards**
#
# - read a computational graph from right to left
# - write `forward` and `backward` of ReLU, sigmoid, affine and softmax-with-loss
# - prove a backward pass with a numerical gradient before you trust it
# - train a two-layer network with mini-batch SGD, and tell training from testing
# - say who decides what: backpropagation gives the direction, gradient descent the size of the step
#
# **House rules for every task**
#
# - Samples are rows: a batch `x` has shape (N, D). A batch of one keeps its axis: (1, D).
# - `dout` has the shape of what `forward` returned; `backward` returns the shape of what `forward`
#   received.
# - `backward` always belongs to the last `forward` of the same object. Two objects share nothing.
# - Do not change arrays that were handed to you (`x`, `t`, `dout`): write into a new array.
#   Two exceptions are named where they occur.
# - float64, NumPy only. Loops are fine if they give the right numbers.
# - Names, arguments and attributes that a task mentions are fixed; everything else inside your
#   classes is yours.
#
# **How to work.** Replace `raise NotImplementedError` by your code, then run
#
#     grade assignment3 --task nodes
#
# as often as you like. Stuck? `grade hint assignment3 nodes` gives one hint at a time.

# %% [markdown]
# ## Imports and what is given (준비)
#
# Three functions of the earlier assignments are given, in our version, so that an old mistake does
# not cost you anything here:
#
# | function | does |
# |---|---|
# | `softmax(x)` | logits (N, C) to probabilities (N, C), stable for large logits |
# | `cross_entropy_error(y, t)` | mean cross-entropy; `t` is labels (N,) or one-hot (N, C) |
# | `numerical_gradient(f, x)` | gradient of `f` at the float array `x` by central differences; moves `x` in place and restores it |

# %%
import numpy as np

from autograder.given import cross_entropy_error, numerical_gradient, softmax

# %% [markdown]
# ## 3.1 Multiplication and addition nodes (곱셈·덧셈 노드) — 8 points
#
# Every backward pass is built from nodes like these two. You buy 2 apples at 100 won and pay 10%
# tax: the graph multiplies twice and ends at 220 won. Going back, it answers *if the apple price
# rises by 1 won, by how much does the bill rise?* (2.2 won: two apples, each with tax).
#
# For a product $z = xy$ and a sum $z = x + y$ the chain rule says
#
# $$\text{product: } \frac{\partial L}{\partial x} = \texttt{dout}\cdot y, \quad
#   \frac{\partial L}{\partial y} = \texttt{dout}\cdot x
#   \qquad\quad
#   \text{sum: } \frac{\partial L}{\partial x} = \frac{\partial L}{\partial y} = \texttt{dout}$$
#
# where `dout` is $\partial L / \partial z$, what arrives from the right.
#
# **Write** two classes, `MulLayer` and `AddLayer`, each with
#
# - `forward(x, y)`: returns the product or the sum. `x` and `y` are numbers or arrays of one shape.
# - `backward(dout)`: returns the pair `(dx, dy)`, each with the shape of `x`.
#
# `MulLayer` has to remember what came in; it is used after `forward` on the same object, and two
# objects must not share anything. Calling `forward` again replaces what was remembered; calling
# `backward` again gives the same answer. Neither method changes the arrays it is given.

# %%
class MulLayer:
    """A node of the computational graph that multiplies its two inputs."""

    def __init__(self):
        self.x = None
        self.y = None

    def forward(self, x, y):
        """Return x * y and remember what backward will need.

        Parameters
        ----------
        x, y : numbers, or arrays of one shape

        Returns
        -------
        number or array of that shape
        """
        # YOUR CODE HERE
        raise NotImplementedError

    def backward(self, dout):
        """Return the gradients of the two inputs of the last forward.

        Parameters
        ----------
        dout : number or array
            Derivative of the loss with respect to the product.

        Returns
        -------
        (dx, dy) : tuple
        """
        # YOUR CODE HERE
        raise NotImplementedError


class AddLayer:
    """A node of the computational graph that adds its two inputs."""

    def forward(self, x, y):
        """Return x + y (numbers, or arrays of one shape)."""
        # YOUR CODE HERE
        raise NotImplementedError

    def backward(self, dout):
        """Return (dx, dy), the gradients of the two inputs.

        Parameters
        ----------
        dout : number or array
            Derivative of the loss with respect to the sum.
        """
        # YOUR CODE HERE
        raise NotImplementedError

# %% [markdown]
# ## 3.2 ReLU layer (ReLU 계층) — 14 points
#
# ReLU lets positive numbers through and stops the rest. On the way back it is a row of gates: where
# a number got through, the gradient gets through; where it was stopped, the gradient is stopped.
# The gates were set by `x` in `forward`. The sign of the gradient has no say in it.
#
# $$y = \max(0, x) \qquad\qquad
#   \frac{\partial L}{\partial x} = \begin{cases} \texttt{dout} & x > 0 \\ 0 & x \le 0 \end{cases}$$
#
# **Write** the class `Relu`:
#
# - `forward(x)`: returns $\max(0, x)$ element by element, in a *new* array; `x` stays as it is.
#   Remember which elements had $x \le 0$.
# - `backward(dout)`: returns the gradient of `x`. At exactly 0 it is 0.
#
# `x` may have any shape, even with no rows at all. `dout` has the shape of `x` and may well hold
# negative numbers. `backward` belongs to the last `forward` of the same object, also when it is
# called twice.

# %%
class Relu:
    """Rectified linear unit: max(0, x), element by element."""

    def __init__(self):
        self.mask = None

    def forward(self, x):
        """Return max(0, x) and remember where x <= 0.

        Parameters
        ----------
        x : array of any shape

        Returns
        -------
        new array of the shape of x
        """
        # YOUR CODE HERE
        raise NotImplementedError

    def backward(self, dout):
        """Return the gradient with respect to the x of the last forward.

        Parameters
        ----------
        dout : array of the shape of x
            Derivative of the loss with respect to what forward returned.

        Returns
        -------
        array of the shape of x
        """
        # YOUR CODE HERE
        raise NotImplementedError

# %% [markdown]
# ## 3.3 Sigmoid layer (시그모이드 계층) — 8 points
#
# The sigmoid squeezes any number into (0, 1). Its derivative can be written with its own *output*,
# so the backward pass needs no second `exp`:
#
# $$y = \frac{1}{1 + e^{-x}} \qquad\qquad
#   \frac{\partial L}{\partial x} = \texttt{dout} \cdot y\,(1 - y)$$
#
# The factor $y(1-y)$ is at most 0.25. Ten sigmoid layers in a row shrink a gradient below a
# millionth: that is the *vanishing gradient*, and the reason why ReLU took over.
#
# **Write** the class `Sigmoid`:
#
# - `forward(x)`: returns the sigmoid of every element and remembers the result. Any shape;
#   an element of 800 gives 1, not nan.
# - `backward(dout)`: returns the gradient of `x`.
#
# Neither method changes the array it is given. `backward` belongs to the last `forward`,
# also when it is called twice.

# %%
class Sigmoid:
    """Logistic function 1 / (1 + exp(-x)), element by element."""

    def __init__(self):
        self.out = None

    def forward(self, x):
        """Return the sigmoid of x and remember it.

        Parameters
        ----------
        x : array of any shape

        Returns
        -------
        new array of the shape of x, values between 0 and 1
        """
        # YOUR CODE HERE
        raise NotImplementedError

    def backward(self, dout):
        """Return the gradient with respect to the x of the last forward.

        Parameters
        ----------
        dout : array of the shape of x
            Derivative of the loss with respect to what forward returned.

        Returns
        -------
        new array of the shape of x
        """
        # YOUR CODE HERE
        raise NotImplementedError

# %% [markdown]
# ## 3.4 Affine layer (Affine 계층) — 16 points
#
# The fully connected layer: every output is a weighted sum of all inputs plus a bias. For a batch of
# N samples with D features and M outputs, with the samples as rows,
#
# $$Y = XW + b, \qquad X: (N, D),\quad W: (D, M),\quad b: (M,),\quad Y: (N, M)$$
#
# Going back, all three get a gradient. The shapes leave you little choice, and that is the best way
# to remember the formulas: a gradient has the shape of the thing it belongs to.
#
# $$\frac{\partial L}{\partial X} = \texttt{dout}\, W^{\mathsf T} \qquad
#   \frac{\partial L}{\partial W} = X^{\mathsf T}\, \texttt{dout} \qquad
#   \frac{\partial L}{\partial b} = \sum_{n=1}^{N} \texttt{dout}_n$$
#
# There is no division by N here: the loss layer at the end takes the mean, so the 1/N is already
# inside `dout`.
#
# **Write** the class `Affine`:
#
# - `Affine(W, b)`: keeps *the arrays it is given*, not copies, as the attributes `W` and `b`. Whoever
#   trains the network changes those arrays in place, and the layer must see it.
# - `forward(x)`: returns $XW + b$. An image batch of shape (N, d1, d2, ...) is flattened to
#   (N, D) first.
# - `backward(dout)`: sets the attributes `dW` and `db`, freshly on every call, and returns the
#   gradient of `x` in the shape that `x` had.
#
# Neither method changes `x`, `dout`, `W` or `b`.

# %%
class Affine:
    """Fully connected layer x W + b.

    Attributes
    ----------
    W, b : arrays of shape (D, M) and (M,)
        The very arrays that were passed in.
    dW, db : arrays of the shapes of W and b, or None
        Gradients, set by backward.
    """

    def __init__(self, W, b):
        self.W = W
        self.b = b
        self.dW = None
        self.db = None

    def forward(self, x):
        """Return x W + b for a batch.

        Parameters
        ----------
        x : array, shape (N, D) or (N, d1, d2, ...) with d1 * d2 * ... = D

        Returns
        -------
        array, shape (N, M)
        """
        # YOUR CODE HERE
        raise NotImplementedError

    def backward(self, dout):
        """Set dW and db and return the gradient of the x of the last forward.

        Parameters
        ----------
        dout : array, shape (N, M)
            Derivative of the loss with respect to what forward returned.

        Returns
        -------
        array of the shape of x
        """
        # YOUR CODE HERE
        raise NotImplementedError

# %% [markdown]
# ## 3.5 Softmax with loss (Softmax-with-Loss 계층) — 16 points
#
# The last layer: softmax turns the logits into probabilities `y`, and the cross-entropy says how
# surprised they are by the truth `t`. Each alone has an ugly derivative; together
# almost everything cancels and what remains is *prediction minus truth*:
#
# $$L = -\frac{1}{N}\sum_{n=1}^{N} \log y_{n, t_n}, \quad y = \mathrm{softmax}(x)
#   \qquad\Longrightarrow\qquad \frac{\partial L}{\partial x} = \frac{y - t}{N}
#   \quad (t \text{ one-hot})$$
#
# The loss is a *mean* over the batch, and that is where the $1/N$ comes from.
#
# **Write** the class `SoftmaxWithLoss`:
#
# - `forward(x, t)`: `x` are logits of shape (N, C); `t` are integer labels (N,) *or* one-hot rows
#   (N, C). Returns the mean cross-entropy, one number. Sets the attributes `y` (the
#   probabilities), `t` and `loss`. Logits of ±1000 must give finite numbers.
# - `backward(dout=1)`: returns the gradient of `x`, shape (N, C), for both kinds of `t`. The loss is
#   the end of the chain, so `dout` is 1; multiply by it or ignore it.
#
# `x`, `t` and the stored `y` stay as they are, so that `backward` gives the same answer twice. Use
# the given `softmax` and `cross_entropy_error`, or your own: the grader allows for the `1e-7` inside
# the given logarithm, and for its absence.

# %%
class SoftmaxWithLoss:
    """Softmax followed by the mean cross-entropy.

    Attributes
    ----------
    loss : float or None
        What the last forward returned.
    y : array, shape (N, C), or None
        Probabilities of the last forward.
    t : array or None
        Targets of the last forward.
    """

    def __init__(self):
        self.loss = None
        self.y = None
        self.t = None

    def forward(self, x, t):
        """Return the mean cross-entropy of softmax(x) against t.

        Parameters
        ----------
        x : array, shape (N, C)
            Logits.
        t : array
            Integer labels of shape (N,), or one-hot rows of shape (N, C).

        Returns
        -------
        float
        """
        # YOUR CODE HERE
        raise NotImplementedError

    def backward(self, dout=1):
        """Return the gradient of the loss with respect to the logits of the last forward.

        Parameters
        ----------
        dout : number
            Derivative of the final result with respect to the loss, normally 1.

        Returns
        -------
        array, shape (N, C)
        """
        # YOUR CODE HERE
        raise NotImplementedError

# %% [markdown]
# ## 3.6 TwoLayerNet (2층 신경망) — 16 points
#
# Now stack your layers:
#
# $$x \;\to\; \text{Affine}(W_1, b_1) \;\to\; \text{ReLU} \;\to\; \text{Affine}(W_2, b_2)
#   \;\to\; \text{logits} \;\to\; \text{SoftmaxWithLoss} \;\to\; L$$
#
# The forward pass walks through the layers; the backward pass walks through the *same* layers in
# reverse order and hands `dout` from one to the next. That is all of backpropagation.
#
# **Write** the class `TwoLayerNet` with your `Affine`, `Relu` and `SoftmaxWithLoss`:
#
# - `TwoLayerNet(input_size, hidden_size, output_size, weight_init_std=0.01)`: sets the attribute
#   `params`, a dictionary with exactly these keys:
#
#   | key | shape | start value |
#   |---|---|---|
#   | `"W1"` | (input_size, hidden_size) | `weight_init_std` times standard normal (`np.random.randn`) |
#   | `"b1"` | (hidden_size,) | 0 |
#   | `"W2"` | (hidden_size, output_size) | `weight_init_std` times standard normal |
#   | `"b2"` | (output_size,) | 0 |
#
#   Build the layers once, from the arrays in `params`, so that both see the same memory:
#   `params["W1"] -= ...` must change what `predict` returns.
# - `predict(x)`: the *logits*, shape (N, output_size). No softmax here.
# - `loss(x, t)`: the mean cross-entropy of the batch, one number.
# - `accuracy(x, t)`: the fraction of samples, 0 to 1, whose largest logit is the right one.
# - `gradient(x, t)`: a dictionary with the keys of `params`: the gradient of the loss by one forward
#   and one backward pass, for this batch. `params`, `x` and `t` stay as they are.
# - `numerical_gradient(x, t)`: the same dictionary by the given `numerical_gradient(f, x)`, which
#   moves each number of `x` in place while it calls `f`. Slow and reliable: your witness in the next
#   task.
#
# `x` has shape (N, input_size); `t` holds integer labels (N,) or one-hot rows (N, output_size).

# %%
class TwoLayerNet:
    """Affine, ReLU, affine, with softmax and cross-entropy as the loss.

    Attributes
    ----------
    params : dict
        "W1", "b1", "W2", "b2": float64 arrays, shared with the layers.
    """

    def __init__(self, input_size, hidden_size, output_size, weight_init_std=0.01):
        # YOUR CODE HERE
        raise NotImplementedError

    def predict(self, x):
        """Return the logits, shape (N, output_size), of a batch x of shape (N, input_size)."""
        # YOUR CODE HERE
        raise NotImplementedError

    def loss(self, x, t):
        """Return the mean cross-entropy of the batch, a float."""
        # YOUR CODE HERE
        raise NotImplementedError

    def accuracy(self, x, t):
        """Return the fraction of samples that are classified correctly.

        Parameters
        ----------
        x : array, shape (N, input_size)
        t : array
            Integer labels (N,) or one-hot rows (N, output_size).

        Returns
        -------
        float between 0 and 1
        """
        # YOUR CODE HERE
        raise NotImplementedError

    def gradient(self, x, t):
        """Return the gradients of the loss of this batch by backpropagation.

        Returns
        -------
        dict
            Keys and shapes of params.
        """
        # YOUR CODE HERE
        raise NotImplementedError

    def numerical_gradient(self, x, t):
        """Return the gradients of the loss of this batch by central differences.

        Returns
        -------
        dict
            Keys and shapes of params.
        """
        # YOUR CODE HERE
        raise NotImplementedError

# %% [markdown]
# ## 3.7 Gradient checking (기울기 확인) — 10 points
#
# A wrong backward pass rarely crashes. It trains a little worse, and you look for the reason for
# days. So prove it right before you train: compute the gradient twice, once fast by backpropagation,
# once slowly by central differences, and compare.
#
# Compare how? A difference of 0.001 is nothing for a gradient of 1,000 and everything for a gradient
# of 0.001. So divide by the size of the two:
#
# $$\text{error}(a, n) = \frac{\lVert a - n \rVert}{\lVert a \rVert + \lVert n \rVert}
#   \qquad \lVert v \rVert = \sqrt{\textstyle\sum_i v_i^2} \;\text{ over all elements}$$
#
# It lies between 0 (equal) and 1 (opposite), does not care about the scale, and treats both sides
# alike. With h = 1e-4 or 1e-5 in float64, an error below 1e-6 means right, above 1e-4 means wrong.
#
# **Write** two functions:
#
# - `relative_error(a, n)`: the error above for two arrays of one shape (any number of axes). If both
#   are all zeros it is 0.0, not nan.
# - `gradient_check(network, x, t)`: calls `network.gradient(x, t)` and
#   `network.numerical_gradient(x, t)`, two dictionaries with the same keys, and returns a dictionary
#   that maps *every* key to the relative error of the two arrays. Any network with these two methods
#   and `params` will do.

# %%
def relative_error(a, n):
    """Return ||a - n|| / (||a|| + ||n||), Euclidean norms over all elements.

    Parameters
    ----------
    a, n : arrays of one shape

    Returns
    -------
    float
        Between 0 and 1; 0.0 if both arrays are all zeros.
    """
    # YOUR CODE HERE
    raise NotImplementedError


def gradient_check(network, x, t):
    """Compare backpropagation with numerical gradients, parameter by parameter.

    Parameters
    ----------
    network : object with gradient(x, t) and numerical_gradient(x, t)
    x, t : a batch

    Returns
    -------
    dict
        Name of each parameter to its relative error.
    """
    # YOUR CODE HERE
    raise NotImplementedError

# %% [markdown]
# ## 3.8 First training run: mini-batch SGD (미니배치 학습) — 12 points
#
# Everything is in place. Learning is a loop of four steps:
#
# 1. **mini-batch**: draw some training samples at random
# 2. **gradient**: ask the network for the gradient of the loss of this mini-batch
# 3. **update**: move every parameter a small step against its gradient
# 4. **record** the loss, then repeat
#
# $$W \leftarrow W - \eta\, \frac{\partial L}{\partial W}
#   \qquad (\eta \text{ is the learning rate})$$
#
# Backpropagation decided the direction; the learning rate decides the size of the step.
#
# **Write** the function `train(network, x_train, t_train, iters_num, batch_size, learning_rate)`:
#
# - Each of the `iters_num` iterations draws `batch_size` samples *anew*. With or without
#   replacement, or through a fresh shuffle per epoch: all fine, as long as every batch is full.
#   `x` and `t` of a batch belong together: one array of indices for both.
# - Use only what every network has: `network.gradient(x, t)`, `network.loss(x, t)` and
#   `network.params`. The grader also hands you networks of its own that have nothing else.
# - Update every entry of `params` *in place*, because the layers share those arrays.
# - Record `network.loss` of the mini-batch, before or after the update, and return the list of
#   `iters_num` losses.
#
# `x_train` and `t_train` stay as they are. With your `TwoLayerNet(64, 50, 10)`, 900 iterations,
# batches of 100 and a learning rate of 0.1, at least 94% of the test digits should be read
# correctly. Training makes 900 batches: a loop over samples is fine, but the matrix products need
# `@` or `np.dot`; a loop over their single elements takes too long.

# %%
def train(network, x_train, t_train, iters_num=1000, batch_size=100, learning_rate=0.1):
    """Train a network by mini-batch stochastic gradient descent.

    Parameters
    ----------
    network : object with params (dict of arrays), gradient(x, t) and loss(x, t)
        Its params are updated in place.
    x_train : array, shape (N, D)
    t_train : array, shape (N,) or (N, C)
    iters_num : int
        Number of updates.
    batch_size : int
        Samples per mini-batch.
    learning_rate : float

    Returns
    -------
    list of float
        The loss of each mini-batch, iters_num numbers.
    """
    # YOUR CODE HERE
    raise NotImplementedError

# %% [markdown] tags=["experiment"]
# ## Experiments (실험)
#
# Nothing below is graded. Run the cells when the tasks above work: they use *your* code. The plots
# need matplotlib (`pip install matplotlib`).
#
# ### 1. The apple graph
#
# Two apples at 100 won, three oranges at 150 won, 10% tax. Black numbers flow forward, red numbers
# are the gradients that flow back: by how many won does the bill grow when this number grows by 1?

# %% tags=["experiment"]
# fig1_apple_graph: what flows forward and what flows back, edge by edge
import matplotlib.pyplot as plt

mul_apple, mul_orange, add_fruit, mul_tax = MulLayer(), MulLayer(), AddLayer(), MulLayer()
apples = mul_apple.forward(100.0, 2.0)
oranges = mul_orange.forward(150.0, 3.0)
fruit = add_fruit.forward(apples, oranges)
bill = mul_tax.forward(fruit, 1.1)
d_fruit, d_tax = mul_tax.backward(1.0)
d_apples, d_oranges = add_fruit.backward(d_fruit)
d_apple_price, d_apple_count = mul_apple.backward(d_apples)
d_orange_price, d_orange_count = mul_orange.backward(d_oranges)

figure, axes = plt.subplots(figsize=(10, 5))
positions = {"mul_apple": (2, 3), "mul_orange": (2, 1), "add_fruit": (4, 2), "mul_tax": (6, 2)}
edges = [
    ((0, 3.5), (2, 3), "apple price", 100.0, d_apple_price),
    ((0, 2.6), (2, 3), "apple count", 2.0, d_apple_count),
    ((0, 1.4), (2, 1), "orange price", 150.0, d_orange_price),
    ((0, 0.5), (2, 1), "orange count", 3.0, d_orange_count),
    ((2, 3), (4, 2), "apples", apples, d_apples),
    ((2, 1), (4, 2), "oranges", oranges, d_oranges),
    ((4, 0.3), (6, 2), "tax", 1.1, d_tax),
    ((4, 2), (6, 2), "fruit", fruit, d_fruit),
    ((6, 2), (8, 2), "bill", bill, 1.0),
]
for (x0, y0), (x1, y1), name, value, slope in edges:
    axes.plot([x0, x1], [y0, y1], color="0.85", zorder=1)
    middle = ((x0 + x1) / 2, (y0 + y1) / 2)
    axes.text(*middle, f"{name} {value:g}\n", ha="center", va="center", fontsize=9)
    axes.text(*middle, f"\n{slope:g}", ha="center", va="center", fontsize=9, color="red")
for name, place in positions.items():
    axes.scatter(*place, s=500, color="white", edgecolor="black", zorder=2)
    axes.annotate("+" if name == "add_fruit" else "×", place, ha="center", va="center")
axes.axis("off")
axes.set_title("Forward values (black) and gradients (red)")
plt.show()

# %% [markdown] tags=["experiment"]
# ### 2. Is my backward pass right?
#
# One bar per parameter. Below the dashed line (a relative error of one in a million) you may trust
# it. (The bars stand near 5e-7 and not lower because of the `1e-7` inside the given logarithm: the
# loss and its gradient belong to slightly different formulas.) Now break something on purpose, for
# example drop the division by N in `SoftmaxWithLoss`, and look again: which bars move?

# %% tags=["experiment"]
# fig2_gradcheck: relative error of each parameter, against the limit of 1e-6
import matplotlib.pyplot as plt

from autograder.data import load_digits

digits = load_digits()
np.random.seed(0)
network = TwoLayerNet(64, 10, 10, weight_init_std=0.1)
errors = gradient_check(network, digits.x_train[:3].copy(), digits.t_train[:3].copy())
plt.bar(list(errors), list(errors.values()))
plt.yscale("log")
plt.axhline(1e-6, linestyle="--", color="red", label="1e-6")
plt.ylabel("relative error")
plt.title("Backpropagation against numerical gradients")
plt.legend()
plt.show()

# %% [markdown] tags=["experiment"]
# ### 3. Learning to read digits
#
# Sixty epochs of mini-batch SGD. An epoch is as many iterations as it takes to see the training set
# once on average. The loss is noisy because every mini-batch is different. Compare the two accuracy
# curves: only the test curve tells how well the network reads digits it has never seen.

# %% tags=["experiment"]
# fig3_learning_curves: loss by iteration, accuracy by epoch
import matplotlib.pyplot as plt

from autograder.data import load_digits

digits = load_digits()
np.random.seed(1)
network = TwoLayerNet(64, 50, 10)
batch_size = 100
iterations_per_epoch = len(digits.x_train) // batch_size
losses, train_accuracy, test_accuracy = [], [], []
for epoch in range(60):
    losses += list(
        train(network, digits.x_train, digits.t_train, iterations_per_epoch, batch_size, 0.1)
    )
    train_accuracy.append(network.accuracy(digits.x_train, digits.t_train))
    test_accuracy.append(network.accuracy(digits.x_test, digits.t_test))

figure, (left, right) = plt.subplots(1, 2, figsize=(10, 4))
left.plot(losses)
left.set(xlabel="iteration", ylabel="loss of the mini-batch", title="Training loss")
right.plot(train_accuracy, label="training")
right.plot(test_accuracy, label="test", linestyle="--")
right.set(xlabel="epoch", ylabel="accuracy", title=f"Test accuracy {test_accuracy[-1]:.3f}")
right.legend()
plt.show()

# %% [markdown] tags=["experiment"]
# ### 4. What did we gain?
#
# The same gradient, once with two evaluations of the loss for each of the 3,760 parameters, once
# with one forward and one backward pass.

# %% tags=["experiment"]
# fig4_speed: numerical gradient against backpropagation
import time

import matplotlib.pyplot as plt

from autograder.data import load_digits

digits = load_digits()
x, t = digits.x_train[:10].copy(), digits.t_train[:10].copy()
np.random.seed(0)
network = TwoLayerNet(64, 50, 10)
seconds = {}
for name, compute in (
    ("numerical", network.numerical_gradient),
    ("backpropagation", network.gradient),
):
    start = time.perf_counter()
    compute(x, t)
    seconds[name] = time.perf_counter() - start
plt.bar(list(seconds), [1000 * value for value in seconds.values()])
plt.yscale("log")
plt.ylabel("milliseconds for one gradient")
plt.title(f"{seconds['numerical'] / seconds['backpropagation']:.0f} times faster")
plt.show()

# %% [markdown] tags=["experiment"]
# ### Questions to think about
#
# 1. Backpropagation computes something, somebody else changes the weights. Who does what?
# 2. Is the forward pass only needed for testing?
# 3. Why is the gradient of softmax and cross-entropy together as simple as $y - t$?
# 4. The gradient check passes, and yet the test accuracy is poor. How can that be?
# 5. What happens in training, and what in testing?

# %% [markdown] tags=["experiment"]
# ### What we would answer (우리의 답)
#
# Think first: a question is worth more than its answer.
#
# <details>
# <summary>1. Who does what</summary>
#
# Backpropagation computes the gradients, by the chain rule, and changes nothing. The optimizer changes
# the weights (here it is the update inside your `train`), and the learning rate sets the size of its
# step.
#
# </details>
#
# <details>
# <summary>2. Is forward only for testing</summary>
#
# No. Training runs forward (it needs the loss, and every layer keeps what its `backward` will ask for)
# *and* backward. Testing runs forward only.
#
# </details>
#
# <details>
# <summary>3. Why y - t</summary>
#
# The logarithm of the loss undoes the exponential of softmax: $-\log y_k = \log \sum_j e^{x_j} - x_k$.
# The derivative of the first term is softmax itself, $y$; the second takes away 1 at the right class,
# $t$. (In a batch, divided by N.) The pair was chosen so that this happens; identity with half the
# squared error is another such pair.
#
# </details>
#
# <details>
# <summary>4. Check passed, accuracy poor</summary>
#
# The check proves that `backward` is the derivative of *your* `forward`, nothing more. The forward pass
# may compute something you did not intend, images and labels may be mixed up, the learning rate may be
# wrong, the start weights poor, the training too short, the network too small, or it may have learnt
# the training data by heart.
#
# </details>
#
# <details>
# <summary>5. Training and testing</summary>
#
# Training looks for the values of W and b that make the loss small, on training data. Testing leaves
# them alone and asks, with data that the network has never seen, how good they are.
#
# </details>
