# %% [markdown]
# # Assignment 1: The forward pass (순전파: 퍼셉트론, 활성화 함수, 소프트맥스)
#
# A neural network is less mysterious than its name. It multiplies, adds, bends the result a little
# and does the same again. In this assignment you write all of that from nothing but NumPy: data goes
# in on the left, probabilities come out on the right. Where good weights come from is the business of
# the assignments after this one.
#
# | you write | it is |
# |---|---|
# | 1. perceptron | a single neuron: weighted sum, bias, decision |
# | 2. to 4. sigmoid, tanh, ReLU | what bends the sum: activation functions and their slopes |
# | 5. softmax | any numbers into probabilities, without overflow |
# | 6. affine | a whole layer of neurons in one matrix product |
# | 7. three-layer network | the pieces put together |
# | 8. accuracy in batches | how often is the network right? |
#
# **What you will be able to do afterwards**
#
# - read a neuron as weighted sum + bias + nonlinearity (a weight is the importance of an input, the
#   bias is how easily the neuron fires)
# - keep shapes straight: (N, D) times (D, M) plus (M,)
# - compute softmax for logits of any size
# - choose the output layer by the problem: identity, sigmoid or softmax
# - process images in batches, and say why
#
# **House rules for every task**
#
# - Samples are rows: a batch `x` has shape (N, D), one sample has shape (D,). A batch of one keeps
#   its axis: (1, D).
# - Do not change arrays that were handed to you: write into a new array.
# - Where the formula makes real numbers, integer inputs give floats.
# - NumPy only. Loops are fine if they give the right numbers.
# - Names and arguments that a task mentions are fixed; everything inside your functions is yours.
#
# **How to work.** Replace `raise NotImplementedError` by your code, then run
#
#     grade assignment1 --task perceptron
#
# as often as you like. Stuck? `grade hint assignment1 perceptron` gives one hint at a time.

# %% [markdown]
# ## Imports (준비)
#
# This is the first assignment: nothing is given but NumPy.

# %%
import numpy as np

# %% [markdown]
# ## 1.1 Identity, step and the perceptron (항등 함수, 계단 함수, 퍼셉트론) — 10 points
#
# The oldest artificial neuron adds up its inputs, each times a weight, adds a bias and fires when
# the sum is positive. A **weight** says how important its input is; the **bias** says how easily
# the neuron fires at all. What turns the sum into an answer is the *activation function*, here the
# step function:
#
# $$\mathrm{step}(a) = \begin{cases} 1 & a > 0 \\ 0 & a \le 0 \end{cases}
#   \qquad\qquad
#   \mathrm{perceptron}(x) = \mathrm{step}(x_1 w_1 + \dots + x_D w_D + b)$$
#
# The identity function is the other extreme: it changes nothing. It is the activation of the
# output layer when a network predicts a number (regression).
#
# **By hand:** with $w = (0.5, 0.5)$ and $b = -0.7$ the input $(1, 1)$ gives
# $0.5 + 0.5 - 0.7 = 0.3 > 0$, so 1; the input $(1, 0)$ gives $-0.2$, so 0. This perceptron is an
# AND gate. Other weights make it NAND or OR.
#
# **Write**
#
# - `identity_function(x)`: returns `x` with the same values, shape and dtype.
# - `step_function(x)`: 1 where `x > 0` and 0 elsewhere (so the step of 0 is 0), as **integers**, in
#   the shape of `x`. `x` may be a number or an array of any shape.
# - `perceptron(x, w, b)`: for one sample `x` of shape (D,) a single integer, for a batch (N, D)
#   integers of shape (N,). `w` has shape (D,), `b` is a number.
#
# None of them changes what it is given.

# %%
def identity_function(x):
    """Return x as it is: same values, shape and dtype.

    Parameters
    ----------
    x : array of any shape

    Returns
    -------
    array
    """
    # YOUR CODE HERE
    raise NotImplementedError


def step_function(x):
    """Return 1 where x > 0, else 0, element by element.

    Parameters
    ----------
    x : number or array of any shape

    Returns
    -------
    integer array of the shape of x
    """
    # YOUR CODE HERE
    raise NotImplementedError


def perceptron(x, w, b):
    """Return 1 where the weighted sum of the inputs plus the bias is positive, else 0.

    Parameters
    ----------
    x : array (D,) or (N, D)
        One sample, or a batch with a sample in each row.
    w : array (D,)
    b : number

    Returns
    -------
    one integer for one sample, integers (N,) for a batch
    """
    # YOUR CODE HERE
    raise NotImplementedError

# %% [markdown]
# ## 1.2 Sigmoid and its derivative (시그모이드와 미분) — 12 points
#
# The step function knows only yes and no. The sigmoid is its smooth sister: it squeezes any number
# into (0, 1), so its value can be read as a probability ("cat or dog?"), and it has a slope
# everywhere, which is what learning will need.
#
# $$\sigma(x) = \frac{1}{1 + e^{-x}} \qquad\qquad
#   \sigma'(x) = y\,(1 - y) \quad\text{with } y = \sigma(x)$$
#
# **By hand:** $\sigma(0) = 1/(1+1) = 0.5$ with slope $0.5 \cdot 0.5 = 0.25$, the steepest there is.
# For $x = \ln 3$ we have $e^{-x} = 1/3$, so $\sigma = 3/4$ and the slope is $3/16$.
#
# **Write**
#
# - `sigmoid(x)`: floats in the shape of `x`. `x` may be a number or an array of any shape, even
#   with no rows, of floats or of ints. For `x` of ±1000 the result is finite: 1 or 0,
#   in float32 as well.
# - `sigmoid_grad(x)`: the slope of the sigmoid at `x`. Note that it receives `x`, not $y$.
#
# Neither changes the array it is given. `np.exp(1000)` overflows to `inf` and warns. For the plain
# formula that does no harm, because $1/\infty = 0$; avoiding the warning is a matter of style.
#
# Builds on: nothing, but compare the curve with your step function (계단 함수) in the experiments.

# %%
def sigmoid(x):
    """Return 1 / (1 + exp(-x)), element by element.

    Parameters
    ----------
    x : number or array of any shape, float or int

    Returns
    -------
    float array of the shape of x, values between 0 and 1
    """
    # YOUR CODE HERE
    raise NotImplementedError


def sigmoid_grad(x):
    """Return the derivative of the sigmoid at x, element by element.

    Parameters
    ----------
    x : number or array of any shape
        What the sigmoid would be given, not what it returned.

    Returns
    -------
    float array of the shape of x, values between 0 and 0.25
    """
    # YOUR CODE HERE
    raise NotImplementedError

# %% [markdown]
# ## 1.3 Hyperbolic tangent and its derivative (쌍곡탄젠트와 미분) — 8 points
#
# tanh has the same S shape as the sigmoid but runs from -1 to 1 and goes through the origin, so
# what it hands to the next layer is centred around 0. Its slope at 0 is 1, four times that of the
# sigmoid.
#
# $$\tanh(x) = \frac{e^x - e^{-x}}{e^x + e^{-x}} \qquad\qquad
#   \tanh'(x) = 1 - y^2 \quad\text{with } y = \tanh(x)$$
#
# **By hand:** for $x = \ln 2$ we have $e^x = 2$ and $e^{-x} = 0.5$, so
# $\tanh = 1.5 / 2.5 = 0.6$ and the slope is $1 - 0.36 = 0.64$.
#
# **Write**
#
# - `tanh(x)`: floats in the shape of `x` (an array of any shape, floats or ints). NumPy's own
#   function may be used. For `x` of ±1000 the result is finite: 1 or
#   -1, in float32 as well.
# - `tanh_grad(x)`: the slope of tanh at `x`, again as a function of `x`, not of $y$.
#
# Neither changes the array it is given.
#
# Builds on: the sigmoid (시그모이드) of the task before. They are relatives:
# $\tanh(x) = 2\,\sigma(2x) - 1$.

# %%
def tanh(x):
    """Return the hyperbolic tangent, element by element.

    Parameters
    ----------
    x : array of any shape, float or int

    Returns
    -------
    float array of the shape of x, values between -1 and 1
    """
    # YOUR CODE HERE
    raise NotImplementedError


def tanh_grad(x):
    """Return the derivative of tanh at x, element by element.

    Parameters
    ----------
    x : array of any shape
        What tanh would be given, not what it returned.

    Returns
    -------
    float array of the shape of x, values between 0 and 1
    """
    # YOUR CODE HERE
    raise NotImplementedError

# %% [markdown]
# ## 1.4 ReLU and its derivative (ReLU 함수와 미분) — 12 points
#
# The rectified linear unit is the simplest activation that is not a straight line: positive numbers
# pass, negative ones become 0. It costs next to nothing and its slope does not fade for large x,
# which is why nearly every hidden layer of today uses it.
#
# $$\mathrm{relu}(x) = \max(0, x) \qquad\qquad
#   \mathrm{relu}'(x) = \begin{cases} 1 & x > 0 \\ 0 & x < 0 \end{cases}$$
#
# At exactly 0 the curve has a corner and no slope. Either 0 or 1 is fine there in this task; the
# ReLU *layer* of assignment 3 will settle for 0.
#
# **By hand:** $(-1.5, 0, 2)$ becomes $(0, 0, 2)$; the slopes at $-1.5$ and at $2$ are 0 and 1.
#
# **Write**
#
# - `relu(x)`: a **new** array in the shape of `x`; `x` itself stays as it is.
# - `relu_grad(x)`: the slope at `x`: numbers (floats or ints, no booleans) in the shape of `x`.
#
# `x` is an array of any shape, even with no rows, of floats or of ints.
#
# Builds on: the step function (계단 함수). Which of today's two functions is nearly the same?

# %%
def relu(x):
    """Return max(0, x), element by element.

    Parameters
    ----------
    x : array of any shape, float or int

    Returns
    -------
    new array of the shape of x
    """
    # YOUR CODE HERE
    raise NotImplementedError


def relu_grad(x):
    """Return the derivative of relu at x: 1 where x > 0, 0 where x < 0.

    Parameters
    ----------
    x : array of any shape, float or int

    Returns
    -------
    new array of numbers of the shape of x
    """
    # YOUR CODE HERE
    raise NotImplementedError

# %% [markdown]
# ## 1.5 Softmax with maximum subtraction (소프트맥스와 오버플로 대책) — 20 points
#
# A network for cat, dog or human ends with three numbers, the **logits**. They may be negative and
# add up to anything. Softmax turns them into probabilities: all positive, sum 1, the largest logit
# gets the largest share.
#
# $$y_k = \frac{e^{x_k}}{\sum_{j} e^{x_j}}$$
#
# **By hand:** $x = (\ln 1, \ln 2, \ln 3)$ has the exponentials $1, 2, 3$ with sum 6, so
# $y = (1/6,\; 2/6,\; 3/6)$. In a batch every row is such a sum of its own:
#
# $$\begin{pmatrix} 0 & \ln 3 \\ \ln 3 & 0 \\ 0 & 0 \end{pmatrix} \;\longrightarrow\;
#   \begin{pmatrix} 0.25 & 0.75 \\ 0.75 & 0.25 \\ 0.5 & 0.5 \end{pmatrix}$$
#
# **The trap.** The exponential grows so fast that `np.exp(710)` is already `inf` in float64 (in
# float32: `np.exp(89)`), and `inf / inf` is `nan`. Logits of 1000 are nothing special. The way out
# is to subtract the same number $c$ from all logits of a row, which changes nothing:
#
# $$\frac{e^{x_k - c}}{\sum_j e^{x_j - c}}
#   = \frac{e^{-c}\, e^{x_k}}{e^{-c} \sum_j e^{x_j}} = y_k$$
#
# Take for $c$ the **largest logit of that row**. Then the largest exponent is exactly 0: nothing can
# overflow, and the sum is at least 1, so it cannot vanish either. That some other terms become
# $e^{-2000} = 0$ does no harm; they were that small.
#
# **Write** `softmax(x)`:
#
# - `x` has shape (C,), one sample, or (N, C), a batch with a sample in each row; floats or ints.
# - It returns probabilities (floats) in the shape of `x`. Each row sums to 1 and does not depend on
#   the other rows. A batch of one keeps its axis, (1, C), and an empty batch stays (0, C).
# - It is right for logits of ±1000 and far beyond, in float64 and in float32, also when one row
#   holds [1000, 0, -1000] or when the rows of a batch are of very different size.
# - `x` is not changed.
#
# Builds on: nothing yet. Your network (3층 신경망) and every assignment after this one build on it.

# %%
def softmax(x):
    """Turn logits into probabilities, row by row, without overflow.

    Parameters
    ----------
    x : array (C,) or (N, C), float or int
        Logits of one sample, or of a batch with a sample in each row.

    Returns
    -------
    new float array of the shape of x
        Probabilities: positive or 0, each row sums to 1.
    """
    # YOUR CODE HERE
    raise NotImplementedError

# %% [markdown]
# ## 1.6 The affine transformation y = xW + b (어파인 변환) — 10 points
#
# A layer of M neurons is M weighted sums side by side: the weights of neuron $m$ are column $m$ of a
# matrix $W$, its bias is $b_m$. One matrix product computes the whole layer, for one sample or for
# a whole batch:
#
# $$Y = XW + b, \qquad
#   \underbrace{(N, M)}_{Y} = \underbrace{(N, D)}_{X} \cdot \underbrace{(D, M)}_{W}
#   + \underbrace{(M,)}_{b}$$
#
# Mathematics books write $Wx + b$ with columns; in code the samples are **rows**, so $x$ comes
# first. It is a *matrix* product: `x * W` would be something else.
#
# **By hand:**
#
# $$\begin{pmatrix} 1 & 2 & 3 \end{pmatrix}
#   \begin{pmatrix} 1 & 0 \\ 0 & 1 \\ 1 & 1 \end{pmatrix}
#   + \begin{pmatrix} 10 & 20 \end{pmatrix}
#   = \begin{pmatrix} 1 + 3 + 10 & 2 + 3 + 20 \end{pmatrix}
#   = \begin{pmatrix} 14 & 25 \end{pmatrix}$$
#
# **Write** `affine(x, W, b)`:
#
# - `x` (D,) gives (M,), `x` (N, D) gives (N, M), also for N = 1 and N = 0. `W` is (D, M), `b` (M,).
#   Floats or ints.
# - Shapes that do not fit raise an error (`np.dot` raises `ValueError` all by itself). Never make
#   them fit by force.
# - None of the three arrays is changed.
#
# Builds on: the weighted sum of your perceptron (퍼셉트론), now for M neurons at once.

# %%
def affine(x, W, b):
    """Return x W + b, the weighted sums of a layer.

    Parameters
    ----------
    x : array (D,) or (N, D)
        One sample, or a batch with a sample in each row.
    W : array (D, M)
    b : array (M,)

    Returns
    -------
    new array (M,) or (N, M)

    Raises
    ------
    ValueError
        If the shapes do not fit.
    """
    # YOUR CODE HERE
    raise NotImplementedError

# %% [markdown]
# ## 1.7 A three-layer network: forward and predict (3층 신경망) — 16 points
#
# Now put the pieces together. Data flows one way, through two hidden layers and an output layer
# (a *feedforward* network):
#
# $$z_1 = \sigma(x W_1 + b_1) \qquad z_2 = \sigma(z_1 W_2 + b_2) \qquad a_3 = z_2 W_3 + b_3$$
#
# What happens to $a_3$ depends on the problem:
#
# | problem | example | output activation |
# |---|---|---|
# | regression | how much will it cost? | identity |
# | two classes | cat or dog? | sigmoid |
# | many classes | cat, dog or human? | softmax |
#
# **Why the sigmoids in between?** Without them three affine layers collapse into one, because
# $(xW_1)W_2 = x(W_1W_2)$: depth would buy nothing.
#
# **Write**
#
# - `forward(network, x)`: returns $a_3$ through the **identity**: the prediction of a regression, or
#   the logits of a classification.
# - `predict(network, x)`: returns the **softmax** of that: probabilities.
#
# `network` is a dict with the keys `"W1"`, `"b1"`, `"W2"`, `"b2"`, `"W3"`, `"b3"`. `x` is one sample
# (D,) or a batch (N, D); the result is (M,) or (N, M). Neither the dict, nor its arrays, nor `x` is
# changed. Softmax keeps the order, so the largest logit and the largest probability are in the same
# place: at test time one may leave it out.
#
# **By hand** (one number): in the book's toy network $x = (1.0, 0.5)$ meets the first column
# $(0.1, 0.2)$ of $W_1$ and $b = 0.1$: $0.1 + 0.1 + 0.1 = 0.3$, and $\sigma(0.3) \approx 0.574$.
# The output at the end is $(0.3168, 0.6963)$.
#
# Builds on: identity (항등 함수), sigmoid (시그모이드), softmax (소프트맥스) and affine (어파인 변환).
# A network is only as good as its pieces: if one of those fails a check, mend it first.

# %%
def forward(network, x):
    """Run x through the network up to the identity at the output.

    Parameters
    ----------
    network : dict
        Arrays "W1" (D, H1), "b1" (H1,), "W2" (H1, H2), "b2" (H2,), "W3" (H2, M), "b3" (M,).
    x : array (D,) or (N, D)

    Returns
    -------
    array (M,) or (N, M), any real numbers
    """
    # YOUR CODE HERE
    raise NotImplementedError


def predict(network, x):
    """Return the probabilities of the classes: the softmax of forward.

    Parameters
    ----------
    network : dict, as for forward
    x : array (D,) or (N, D)

    Returns
    -------
    array (M,) or (N, M); each row sums to 1
    """
    # YOUR CODE HERE
    raise NotImplementedError

# %% [markdown]
# ## 1.8 Accuracy in batches (배치 처리와 정확도) — 12 points
#
# How often is the network right? Accuracy is the share of samples whose largest score is at the
# place of the right label. Ten thousand images at once may not fit into memory; one at a time is
# slow, since array libraries are made for large arrays and every call has its overhead. So one
# works in **batches**: the first 100 rows, the next 100, and so on.
#
# **By hand:** 7 images in batches of 3 make batches of 3, 3 and **1**. With 2, 3 and 0 right answers
# the accuracy is $(2 + 3 + 0) / 7 = 5/7 \approx 0.714$. The average of the three accuracies,
# $(2/3 + 3/3 + 0/1)/3 \approx 0.556$, would count the lonely last image three times.
#
# **Write** `batched_accuracy(predict_fn, x, t, batch_size=100)`:
#
# - `predict_fn` is a function: it gets rows of `x`, shape (n, D), and returns scores (n, C), for
#   example probabilities. Call it on consecutive slices of `batch_size` rows, so that it sees every
#   row once and in order. The last slice may be smaller; no slice may be larger.
# - `t` holds the right labels as integers 0 to C-1, shape (N,).
# - It returns the share of right answers as one float between 0 and 1.
# - `x` and `t` are not changed.
#
# Builds on: `predict` of your three-layer network (3층 신경망), which will often be the `predict_fn`:
#
#     batched_accuracy(lambda rows: predict(network, rows), x, t)

# %%
def batched_accuracy(predict_fn, x, t, batch_size=100):
    """Return the share of samples whose largest score is at the right label.

    Parameters
    ----------
    predict_fn : function
        Takes rows (n, D) with n <= batch_size, returns scores (n, C).
    x : array (N, D)
    t : int array (N,)
        Right labels.
    batch_size : int
        Largest number of rows that predict_fn is given at once.

    Returns
    -------
    float between 0 and 1
    """
    # YOUR CODE HERE
    raise NotImplementedError

# %% [markdown] tags=["experiment"]
# ## Experiments (실험)
#
# Nothing below is graded. Run the cells when the tasks above work: they use *your* code. The plots
# need matplotlib (`pip install matplotlib`).
#
# ### 1. The activation functions
#
# All of them in one picture. Which are bounded? Which go through the origin? Which one is not
# continuous, and which one is a straight line (and therefore useless in a hidden layer)?

# %% tags=["experiment"]
# fig1_activations: step, sigmoid, tanh, ReLU and identity on [-5, 5]
import matplotlib.pyplot as plt

x = np.linspace(-5, 5, 401)
figure, axes = plt.subplots(figsize=(7, 5))
for name, y, style in (
    ("step", step_function(x), ":"),
    ("sigmoid", sigmoid(x), "-"),
    ("tanh", tanh(x), "-"),
    ("ReLU", relu(x), "-"),
    ("identity", identity_function(x), "--"),
):
    axes.plot(x, y, style, label=name, linewidth=2)
axes.axhline(0, color="0.8", zorder=0)
axes.axvline(0, color="0.8", zorder=0)
axes.set(xlabel="x (weighted sum plus bias)", ylabel="activation", ylim=(-1.5, 3))
axes.set_title("Activation functions")
axes.legend()
plt.show()

# %% [markdown] tags=["experiment"]
# ### 2. Their slopes
#
# A slope says how much of a change gets through, and later how much of a gradient. The sigmoid never
# passes on more than a quarter: after ten sigmoids at most $0.25^{10}$, about a millionth, is left.
# This is the *vanishing gradient*. What does ReLU do instead?

# %% tags=["experiment"]
# fig2_activation_grads: slopes of sigmoid, tanh and ReLU, with the peak of the sigmoid marked
import matplotlib.pyplot as plt

x = np.linspace(-5, 5, 401)
figure, axes = plt.subplots(figsize=(7, 4.5))
axes.plot(x, sigmoid_grad(x), label="sigmoid", linewidth=2)
axes.plot(x, tanh_grad(x), label="tanh", linewidth=2)
axes.plot(x[x < 0], relu_grad(x[x < 0]), label="ReLU", linewidth=2, color="C2")
axes.plot(x[x > 0], relu_grad(x[x > 0]), linewidth=2, color="C2")
peak = float(sigmoid_grad(np.array([0.0]))[0])
axes.plot(0, peak, "o", color="C0")
axes.annotate(
    f"never above {peak:.2f}",
    (0, peak),
    (1.6, 0.45),
    arrowprops={"arrowstyle": "->", "color": "C0"},
)
axes.set(xlabel="x", ylabel="slope", ylim=(-0.05, 1.1), title="Slopes of the activation functions")
axes.legend(loc="upper left")
plt.show()

# %% [markdown] tags=["experiment"]
# ### 3. Softmax or a sigmoid for each class?
#
# Both turn the logits 2, 1 and 0.1 into numbers between 0 and 1. Only one of them can be read as
# "cat, dog or human, with these probabilities". Look at the sums in the titles. Note also how softmax
# spreads the shares: the large one gets larger.

# %% tags=["experiment"]
# fig3_softmax_vs_sigmoid: the same three logits through softmax and through element-wise sigmoid
import matplotlib.pyplot as plt

logits = np.array([2.0, 1.0, 0.1])
classes = ["cat\n(logit 2)", "dog\n(logit 1)", "human\n(logit 0.1)"]
figure, (left, right) = plt.subplots(1, 2, figsize=(9, 4), sharey=True)
for axes, name, y in (
    (left, "softmax", softmax(logits)),
    (right, "sigmoid of each", sigmoid(logits)),
):
    bars = axes.bar(classes, y, color=["C0", "C1", "C2"])
    axes.bar_label(bars, fmt="%.2f")
    axes.set(title=f"{name}: the sum is {float(np.sum(y)):.2f}", ylim=(0, 1))
left.set_ylabel("output")
plt.show()

# %% [markdown] tags=["experiment"]
# ### 4. Why batches?
#
# 500 images of 64 pixels go through a network with random weights, in batches of different size. Each
# call of `predict` costs some time before the first multiplication happens; a large batch shares that
# cost among many images. Where does the curve flatten out? (`grade plot` runs your code in a sandbox,
# where every call costs more still; the notebook shows the numbers of NumPy alone.)

# %% tags=["experiment"]
# fig4_batch_speed: microseconds per image against the size of the batch
import time

import matplotlib.pyplot as plt

from autograder.data import load_digits

images = load_digits().x_train[:500]
draw = np.random.default_rng(0)
network = {}
for number, (inputs, outputs) in enumerate([(64, 50), (50, 100), (100, 10)], start=1):
    network[f"W{number}"] = 0.1 * draw.standard_normal((inputs, outputs))
    network[f"b{number}"] = np.zeros(outputs)
sizes = [1, 2, 5, 10, 20, 50, 100, 250, 500]
microseconds = []
for size in sizes:
    predict(network, images[:size])  # a first call, to warm up
    begin = time.perf_counter()
    for first in range(0, len(images), size):
        predict(network, images[first : first + size])
    microseconds.append(1e6 * (time.perf_counter() - begin) / len(images))

figure, axes = plt.subplots(figsize=(7, 4.5))
axes.loglog(sizes, microseconds, "o-")
axes.set(xlabel="batch size (images per call)", ylabel="time per image (µs)")
axes.set_title(f"{microseconds[0] / microseconds[-1]:.0f} times faster in one batch of {sizes[-1]}")
axes.grid(True, which="both", alpha=0.3)
plt.show()

# %% [markdown] tags=["experiment"]
# ### 5. What one perceptron can say, and what it cannot
#
# A perceptron cuts the plane along a straight line; the weights turn the line, the bias shifts it. So
# AND, NAND and OR are within its reach. Try to find weights for the fourth picture: XOR, which should
# be 1 where exactly one input is 1. Then think of two lines instead of one: that is a second layer.

# %% tags=["experiment"]
# fig5_gates: the decision areas of AND, NAND and OR, and XOR, which no single line can separate
import matplotlib.pyplot as plt

corners = np.array([[0.0, 0.0], [1.0, 0.0], [0.0, 1.0], [1.0, 1.0]])
ticks = np.linspace(-0.5, 1.5, 101)
grid = np.array([[a, b] for b in ticks for a in ticks])
gates = {
    "AND": (np.array([0.5, 0.5]), -0.7),
    "NAND": (np.array([-0.5, -0.5]), 0.7),
    "OR": (np.array([0.5, 0.5]), -0.2),
}
figure, panels = plt.subplots(1, 4, figsize=(13, 3.6), sharey=True)
for axes, name in zip(panels, [*gates, "XOR"], strict=True):
    if name in gates:
        w, b = gates[name]
        area = np.reshape(perceptron(grid, w, b), (len(ticks), len(ticks)))
        axes.contourf(ticks, ticks, area, levels=[-0.5, 0.5, 1.5], colors=["#dce6f5", "#f7dcc4"])
        fires = perceptron(corners, w, b) == 1
        axes.set_title(f"{name}: w = ({w[0]:g}, {w[1]:g}), b = {b:g}", fontsize=10)
    else:
        fires = np.array([False, True, True, False])
        axes.set_title("XOR: which line?", fontsize=10)
    axes.plot(*corners[fires].T, "o", color="C1", markersize=10, label="1")
    axes.plot(*corners[~fires].T, "x", color="C0", markersize=10, label="0")
    axes.set(xlabel="$x_1$", xlim=(-0.5, 1.5), ylim=(-0.5, 1.5), aspect="equal")
panels[0].set_ylabel("$x_2$")
panels[3].legend(loc="center")
plt.show()

# %% [markdown] tags=["experiment"]
# ### 6. What the subtraction of the maximum buys
#
# Two logits, $c + 1$ and $c$. Softmax depends on their difference only, so the larger one has a share
# of 0.73 whatever $c$ is. The formula typed in as it stands holds in a narrow band: beyond 709 it
# becomes `inf / inf`, below about -745 it becomes `0 / 0`. How far does yours hold?

# %% tags=["experiment"]
# fig6_overflow: the share of the larger of two logits, with and without subtracting the maximum
import matplotlib.pyplot as plt

offsets = np.linspace(-1500, 1500, 301)
pairs = np.stack([offsets + 1, offsets], axis=1)
with np.errstate(all="ignore"):
    naive = np.exp(pairs) / np.sum(np.exp(pairs), axis=1, keepdims=True)
lost = offsets[np.isnan(naive[:, 0])]
figure, axes = plt.subplots(figsize=(8, 4))
axes.plot(offsets, softmax(pairs)[:, 0], linewidth=6, alpha=0.4, label="your softmax")
axes.plot(offsets, naive[:, 0], "--", color="C3", linewidth=2, label="without the maximum")
axes.axvspan(offsets[0], lost[lost < 0].max(), color="C3", alpha=0.12, label="0/0 or inf/inf: nan")
axes.axvspan(lost[lost > 0].min(), offsets[-1], color="C3", alpha=0.12)
axes.set(xlabel="c (the logits are c + 1 and c)", ylabel="probability of the larger logit")
axes.set(ylim=(0, 1), title="Softmax depends on differences only")
axes.legend(loc="lower center")
plt.show()

# %% [markdown] tags=["experiment"]
# ### Questions to think about
#
# 1. Data flows one way through your network. What is such a network called, and what would the other
#    kind do?
# 2. Why must an activation function in a hidden layer not be a straight line?
# 3. Which output layer belongs to a house price, to cat or dog, to cat, dog or human?
# 4. May softmax be left out at test time, and why?
# 5. Name two reasons for working in batches.
# 6. What does a large weight say about its input? What does a very negative bias do to a neuron?

# %% [markdown] tags=["experiment"]
# ### What we would answer (우리의 답)
#
# Think first: a question is worth more than its answer.
#
# <details>
# <summary>1. Feedforward or recurrent</summary>
#
# Data flows one way, from the inputs to the outputs: a *feedforward* network. A *recurrent* network
# feeds what it has computed back into itself, so that it can read a sentence word by word and
# remember the beginning.
#
# </details>
#
# <details>
# <summary>2. Why not a straight line</summary>
#
# Straight lines in a row are one straight line: $(xW_1)W_2 = x(W_1W_2)$. However many layers you
# stack, the network could do no more than a single affine layer.
#
# </details>
#
# <details>
# <summary>3. Which output layer</summary>
#
# The house price: identity, because it may be any number. Cat or dog: a sigmoid, one probability; the
# other animal gets the rest. Cat, dog or human: softmax, three probabilities with sum 1.
#
# </details>
#
# <details>
# <summary>4. Softmax at test time</summary>
#
# Yes, as long as you only want to know the class. Softmax keeps the order of the logits, so the largest
# one stays the largest, and `argmax` gives the same answer without a single exponential. You need
# softmax where you want probabilities, and in training, because cross-entropy is made of them.
#
# </details>
#
# <details>
# <summary>5. Two reasons for batches</summary>
#
# NumPy and the libraries below it are made for large arrays: one big product is far quicker than many
# small ones, and every call costs something before it begins. And data has to be brought to the
# processor: fewer, larger loads leave more of the time for computing.
#
# </details>
#
# <details>
# <summary>6. Weight and bias</summary>
#
# A large weight (of either sign) says that the input is important. A very negative bias makes a
# neuron hard to excite: it fires only when the weighted inputs together exceed $-b$.
#
# </details>
