# %% [markdown]
# # Assignment 2: Losses, numerical gradients and gradient descent (손실 함수, 수치 미분, 경사하강법)
#
# In assignment 1 a network turned an image into ten probabilities. Its weights were random, and so
# were its answers. To make it *learn* we need three things, and they are this assignment:
#
# 1. **A number that says how wrong it is.** That is the loss (손실): mean squared error for
#    quantities, cross-entropy for classes (tasks 1 to 5).
# 2. **A direction.** How does the loss change if I move this weight a little? That is the gradient
#    (기울기), and you can measure it for any function with two evaluations per number (task 6).
# 3. **A step.** Walk against the gradient, again and again: gradient descent (경사하강법, tasks 7
#    and 8).
#
# $$\underbrace{L = L(\text{prediction}, \text{truth})}_{1}\qquad
#   \underbrace{\frac{\partial L}{\partial w}}_{2}\qquad
#   \underbrace{w \leftarrow w - \eta \, \frac{\partial L}{\partial w}}_{3}$$
#
# **What you will be able to do afterwards**
#
# - choose a loss by the kind of problem, and know its synonyms: loss, cost, error, objective function
# - compute mean squared error and cross-entropy for a whole batch, for one-hot and label targets, and
#   say why they are averaged
# - differentiate any function numerically, and know how exact that is
# - walk down a loss, and recognise a learning rate that is too large or too small
# - fit a straight line to data: the smallest case of supervised learning
#
# **House rules for every task**
#
# - `y` is the prediction, `t` is the target (truth). Samples are rows: a batch has shape (N, D) or,
#   with C classes, (N, C).
# - A loss is **one number**, not one per sample.
# - Do not change arrays that were handed to you: work on a new array. There is one exception:
#   `numerical_gradient` moves `x` in place and puts it back (task 6 says why).
# - float64, NumPy only. Loops are fine if they give the right numbers.
# - Names and arguments that a task mentions are fixed; everything else is yours.
#
# **How to work.** Replace `raise NotImplementedError` by your code, then run
#
#     grade assignment2 --task mse
#
# as often as you like. Stuck? `grade hint assignment2 mse` gives one hint at a time.

# %% [markdown]
# ## Imports (준비)
#
# NumPy is all you need. Nothing of assignment 1 is imported: the predictions `y` in the tasks are
# what its `softmax` (tasks 3 and 4), its `sigmoid` (task 5) or its output layer for regression
# (tasks 1 and 2) would hand you.

# %%
import numpy as np

# %% [markdown]
# ## 2.1 Mean squared error (평균 제곱 오차) — 12 points
#
# The oldest loss of all, and the natural one for **regression** (회귀), where the answer is a
# quantity: a price, a temperature, an age. Take the difference to the truth, square it so that too
# high and too low both count, and average:
#
# $$\mathrm{MSE} = \frac{1}{K} \sum_{k=1}^{K} (y_k - t_k)^2
#   \qquad\qquad
#   \mathrm{SSE} = \frac{1}{2} \sum_{k=1}^{K} (y_k - t_k)^2$$
#
# Here K counts **all** elements: a batch of shape (N, D) has K = N·D.
#
# Two formulas go by the same name, so mind the difference. *Deep Learning from Scratch* prints the
# one on the right as "mean squared error"; the ½ cancels the 2 of its derivative, which is then simply
# $y - t$. But it is no mean: twice as much data makes it twice as large. In this course the mean is
# called `mean_squared_error`, and the book's half sum is called `sum_squared_error`.
#
# **By hand.** $y = (1.5,\ 0.3)$, $t = (3.45,\ 5.67)$. Differences: −1.95 and −5.37. Squares: 3.8025
# and 28.8369, together 32.6394. MSE = 32.6394 / 2 = **16.3197**. SSE = ½ · 32.6394 = **16.3197**
# too. A coincidence: with exactly two elements, dividing by K and multiplying by ½ are the same.
# Never test a loss with two numbers only!
#
# **Write** two functions:
#
# - `mean_squared_error(y, t)`: the mean over all elements, one number.
# - `sum_squared_error(y, t)`: half the sum over all elements, one number.
#
# `y` and `t` are arrays of one and the same shape, whatever that is: (D,), (N, D) or more axes,
# floats or integers. Neither array is changed.
#
# *Builds on:* the output layer for regression, the identity, of assignment 1.

# %%
def mean_squared_error(y, t):
    """Mean of the squared differences, over all elements.

    Parameters
    ----------
    y : array of any shape
        Predictions, floats or integers.
    t : array of the shape of y
        Targets.

    Returns
    -------
    float
    """
    # YOUR CODE HERE
    raise NotImplementedError


def sum_squared_error(y, t):
    """Half the sum of the squared differences (what the book calls mean_squared_error).

    Parameters
    ----------
    y : array of any shape
        Predictions, floats or integers.
    t : array of the shape of y
        Targets.

    Returns
    -------
    float
    """
    # YOUR CODE HERE
    raise NotImplementedError

# %% [markdown]
# ## 2.2 RMSE, MAE, MAPE, MSLE and cosine similarity (여러 가지 손실과 코사인 유사도) — 14 points
#
# Squared error is not the only way to be wrong. Which loss is right depends on what a miss costs:
#
# | name | formula | choose it when |
# |---|---|---|
# | RMSE | $\sqrt{\mathrm{MSE}}$ | the number should have the unit of the target (won, not won²) |
# | MAE | $\frac{1}{K}\sum_k \lvert y_k - t_k\rvert$ | outliers should not dominate |
# | MAPE | $\frac{100}{K}\sum_k \frac{\lvert y_k - t_k\rvert}{\max(\lvert t_k\rvert,\ \varepsilon)}$ | a miss counts in percent of the *truth* |
# | MSLE | $\frac{1}{K}\sum_k \left(\log(1+y_k) - \log(1+t_k)\right)^2$ | ratios count: 10 for 5 is as bad as 1000 for 500, nearly |
# | cosine | $\cos(y, t) = \frac{\sum_d y_d\, t_d}{\lVert y\rVert\, \lVert t\rVert}$ | only the direction counts, as for word vectors |
#
# Again K counts all elements, whatever the shape. The cosine similarity (코사인 유사도) is different:
# it compares *vectors*, which lie along the last axis, and it is large when they agree. A loss has to
# be small then, so the loss is **minus** the mean similarity. (Keras calls that negated value
# `cosine_similarity`; we keep the two apart.)
#
# **By hand.** $y = (2, 4, 6)$, $t = (1, 4, 10)$. Differences 1, 0, −4. MAE = (1 + 0 + 4)/3 =
# **1.6667**. RMSE = √(17/3) = **2.3805**. MAPE = 100 · (1/1 + 0/4 + 4/10)/3 = **46.667** percent.
#
# **Write** six functions; `y` and `t` are arrays of equal shape, floats or integers, and stay as they
# are:
#
# - `root_mean_squared_error(y, t)`, `mean_absolute_error(y, t)`: one number.
# - `mean_absolute_percentage_error(y, t, eps=1e-7)`: one number, in percent. Targets may be negative,
#   and a target of 0 gives a (huge) finite number: that is what ε is for.
# - `mean_squared_logarithmic_error(y, t)`: one number, for `y` and `t` ≥ 0, both may be 0.
# - `cosine_similarity(y, t)`: for two batches (N, D) an array (N,), one cosine per row; for two
#   vectors (D,) one number. If one of the two vectors is all zeros, the similarity is 0.
# - `cosine_similarity_loss(y, t)`: one number, minus the mean of the similarities.
#
# *Builds on:* Mean squared error.

# %%
def root_mean_squared_error(y, t):
    """Square root of the mean squared error, in the unit of t.

    Parameters
    ----------
    y, t : arrays of one shape
        Predictions and targets.

    Returns
    -------
    float
    """
    # YOUR CODE HERE
    raise NotImplementedError


def mean_absolute_error(y, t):
    """Mean of the absolute differences.

    Parameters
    ----------
    y, t : arrays of one shape
        Predictions and targets.

    Returns
    -------
    float
    """
    # YOUR CODE HERE
    raise NotImplementedError


def mean_absolute_percentage_error(y, t, eps=1e-7):
    """Mean of the absolute differences in percent of the absolute target.

    Parameters
    ----------
    y, t : arrays of one shape
        Predictions and targets, of either sign.
    eps : float
        Smallest number that is divided by, so that a target of 0 stays finite.

    Returns
    -------
    float
        100 for predictions that are off by as much as the target itself.
    """
    # YOUR CODE HERE
    raise NotImplementedError


def mean_squared_logarithmic_error(y, t):
    """Mean squared difference of log(1 + y) and log(1 + t).

    Parameters
    ----------
    y, t : arrays of one shape, all elements >= 0
        Predictions and targets.

    Returns
    -------
    float
    """
    # YOUR CODE HERE
    raise NotImplementedError


def cosine_similarity(y, t):
    """Cosine of the angle between y and t, along the last axis.

    Parameters
    ----------
    y, t : arrays, both of shape (D,) or both of shape (N, D)

    Returns
    -------
    float for (D,), array of shape (N,) for (N, D)
        Between -1 (opposite) and 1 (parallel); 0 where a vector is all zeros.
    """
    # YOUR CODE HERE
    raise NotImplementedError


def cosine_similarity_loss(y, t):
    """Minus the mean cosine similarity, so that agreement gives a small loss.

    Parameters
    ----------
    y, t : arrays, both of shape (D,) or both of shape (N, D)

    Returns
    -------
    float
        Between -1 and 1.
    """
    # YOUR CODE HERE
    raise NotImplementedError

# %% [markdown]
# ## 2.3 One-hot encoding (원-핫 인코딩) — 8 points
#
# A label such as 3 is a *name*, not a quantity: class 3 is not "more" than class 1, and 2 is not
# halfway between them. To compare a label with a row of probabilities, write it as a row itself: a 1
# at the place of the class and 0 everywhere else.
#
# $$\texttt{out}_{n,c} = \begin{cases} 1 & c = \texttt{labels}_n \\ 0 & \text{otherwise}
#   \end{cases}$$
#
# **By hand.** Labels (2, 0) with three classes become two rows: (0, 0, 1) and (1, 0, 0).
#
# **Write** `to_one_hot(labels, num_classes=10)`:
#
# - `labels`: integer array of shape (N,), values 0 to `num_classes` − 1. Any integer dtype; the digits
#   of MNIST come as `uint8`.
# - returns a float array of shape (N, `num_classes`) with exactly one 1 in every row.
#
# The number of columns is `num_classes`, even if a batch happens to hold no sample of the last
# class. An empty batch, shape (0,), gives shape (0, `num_classes`). `labels` stays as it is.
#
# *Builds on:* Softmax of assignment 1, whose rows of probabilities are what these rows are compared
# with.

# %%
def to_one_hot(labels, num_classes=10):
    """Turn class numbers into rows with a single 1.

    Parameters
    ----------
    labels : integer array, shape (N,)
        Class numbers, 0 to num_classes - 1.
    num_classes : int
        Number of columns.

    Returns
    -------
    float array, shape (N, num_classes)
    """
    # YOUR CODE HERE
    raise NotImplementedError

# %% [markdown]
# ## 2.4 Cross-entropy error for batches (교차 엔트로피 오차) — 18 points
#
# For **classification** (분류) the network answers with probabilities, and only one of them matters:
# the one it gave to the class that was right. Call it p. The loss is the *surprise*, $-\log p$: 0 if
# the network was certain and right, 0.69 for fifty-fifty, and without limit as p goes to 0.
#
# | p of the right class | 1 | 0.9 | 0.5 | 0.1 | 0.01 | 0 |
# |---|---|---|---|---|---|---|
# | loss | 0 | 0.105 | 0.693 | 2.303 | 4.605 | 16.1 (see below) |
#
# For a batch of N samples, with one-hot targets $t_{n,c}$ or with labels $\ell_n$:
#
# $$L = -\frac{1}{N}\sum_{n=1}^{N}\sum_{c=1}^{C} t_{n,c}\, \log\left(y_{n,c} + 10^{-7}\right)
#     = -\frac{1}{N}\sum_{n=1}^{N} \log\left(y_{n,\,\ell_n} + 10^{-7}\right)$$
#
# Three things are easily missed:
#
# - **Both sums are the same number.** A one-hot row is 0 everywhere but at the right class, so the
#   inner sum has one term. With labels you pick that term directly and never multiply by zeros.
# - **It is a mean over the N samples**, not over the N·C numbers. Then a learning rate that suits a
#   batch of 10 also suits a batch of 100.
# - **The tiny number** $10^{-7}$ keeps log(0) from being −∞. A probability of exactly 0 does occur: it
#   is what softmax returns when it is very sure. One such sample must not ruin the loss of the batch.
#
# **By hand.** $y = \begin{pmatrix} 0.5 & 0.25 & 0.25 \\ 0.1 & 0.8 & 0.1 \end{pmatrix}$, labels (0, 1):
# the right classes got 0.5 and 0.8. L = −(ln 0.5 + ln 0.8)/2 = (0.6931 + 0.2231)/2 = **0.4581**.
#
# **Write** `cross_entropy_error(y, t)`, which returns one number:
#
# - `y`: probabilities of shape (N, C), with C ≥ 2; or of one sample, shape (C,).
# - `t`: one-hot with the shape of `y` (floats or integers); *or* integer labels of shape (N,). For one
#   sample (C,) the label is an array without axes, such as `np.array(2)`.
#
# The logarithm is the natural one. Add $10^{-7}$ inside it, or guard it in another way (a smaller
# number, `np.clip`): a probability of 0 should cost between 10 and 1000, and the exact value does not
# matter. `y` are probabilities already: no softmax here. `y` and `t` stay as they are.
#
# *Builds on:* Softmax of assignment 1 and One-hot encoding. In assignment 3 the two become one layer
# whose gradient is beautifully simple.

# %%
def cross_entropy_error(y, t):
    """Mean over the batch of -log(probability of the right class).

    Parameters
    ----------
    y : array, shape (N, C) or (C,)
        Probabilities.
    t : array
        One-hot with the shape of y, or integer labels: (N,), for one sample a single number.

    Returns
    -------
    float
        0 for a perfect prediction, ln C for a clueless one, finite even where y is 0.
    """
    # YOUR CODE HERE
    raise NotImplementedError

# %% [markdown]
# ## 2.5 Binary cross-entropy (이진 교차 엔트로피) — 8 points
#
# Cat or dog, spam or not: with two classes one probability is enough. A sigmoid at the output says
# how likely class 1 is, and class 0 gets the rest. The surprise is then
#
# $$L = -\frac{1}{K}\sum_{k=1}^{K}\Big( t_k \log y_k + (1 - t_k) \log (1 - y_k) \Big),
#   \qquad t_k \in \{0, 1\}$$
#
# It looks like two terms, but for each sample one of them is multiplied by 0: what remains is
# −log(probability of what was true). Mind the **minus**: it stands before the whole bracket. Some
# lecture notes print the formula without it, and a training that makes that number small makes the
# error large.
#
# **By hand.** $y = (0.9,\ 0.2)$, $t = (1,\ 0)$: −(ln 0.9 + ln 0.8)/2 = (0.10536 + 0.22314)/2 =
# **0.16425**.
#
# **Write** `binary_cross_entropy(y, t)`, which returns one number:
#
# - `y`: probabilities of class 1, any shape, often (N,) or (N, 1). Exactly 0 and exactly 1 do occur.
# - `t`: 0 or 1 (integers or floats), same shape.
#
# Guard *both* logarithms (for example with `np.clip` and $10^{-7}$): certain and wrong should cost
# between 10 and 1000, certain and right nothing. The mean runs over all elements. `y` and `t` stay as
# they are.
#
# *Builds on:* Sigmoid of assignment 1 and Cross-entropy error for batches: for the two columns
# (1 − y, y) both losses are the same.

# %%
def binary_cross_entropy(y, t):
    """Mean of -log(probability of what was true), for two classes.

    Parameters
    ----------
    y : array of any shape
        Probabilities of class 1, between 0 and 1 inclusive.
    t : array of the shape of y
        Targets, 0 or 1.

    Returns
    -------
    float
    """
    # YOUR CODE HERE
    raise NotImplementedError

# %% [markdown]
# ## 2.6 Numerical differentiation and gradient (수치 미분과 기울기) — 18 points
#
# The derivative says how fast f changes when x moves a little. So move x a little and look! That
# works for *any* function, even for one that you cannot differentiate on paper, such as the loss of
# a network. The question is only how to move:
#
# $$\underbrace{\frac{f(x+h) - f(x)}{h}}_{\text{forward: error of order } h}
#   \qquad\qquad
#   \underbrace{\frac{f(x+h) - f(x-h)}{2h}}_{\text{central: error of order } h^2}$$
#
# We use the **central difference** (중심 차분) with $h = 10^{-4}$. It is far more exact at the same
# price. Do not make h tiny: computers subtract two nearly equal numbers badly, and $x + 10^{-50}$ is
# simply x.
#
# A function of many numbers has one **partial derivative** (편미분) for each: move that one number
# and hold all others still. All of them together, in the shape of `x`, are the **gradient** (기울기).
#
# **By hand.** $f(x) = 0.01x^2 + 0.1x$ at x = 5: f(5.0001) = 0.7500200001 and f(4.9999) =
# 0.7499800001; the difference 0.00004 divided by 0.0002 is **0.2**. For $f(x_0, x_1) = x_0^2 + x_1^2$
# at (3, 4) the gradient is **(6, 8)**.
#
# **Write** two functions:
#
# - `numerical_diff(f, x, h=1e-4)`: `f` takes a number and returns a number; `x` is a number. Returns
#   the derivative at `x`.
# - `numerical_gradient(f, x, h=1e-4)`: `x` is a float64 array of any shape; `f` takes an array of that
#   shape and returns one number. Returns a float array of the shape of `x`.
#
# Four rules for `numerical_gradient`, each of which matters for networks later:
#
# 1. Move one element at a time, **inside `x` itself** (`x[index] = ...`), and hand `x` to `f`. The loss
#    of a network ignores its argument and reads the weights where they live. Whoever moves a copy
#    measures nothing.
# 2. Put every element back **bit for bit**: save the old value first and write it back. Adding and
#    subtracting h does not do it, because floats round.
# 3. Call `f` exactly twice per element.
# 4. Any number of axes will do, and `x` may be a view of another array, such as `W.T`.
#
# *Builds on:* the losses above, which are the functions you will differentiate. In assignment 3 this
# slow, honest gradient becomes the judge of your backpropagation.

# %%
def numerical_diff(f, x, h=1e-4):
    """Derivative of f at x by the central difference.

    Parameters
    ----------
    f : function of one number, returns a number
    x : float
    h : float
        Distance to each side.

    Returns
    -------
    float
    """
    # YOUR CODE HERE
    raise NotImplementedError


def numerical_gradient(f, x, h=1e-4):
    """Gradient of f at x by central differences, one element at a time.

    Every element of x is moved by +h and -h in place and then restored bit for bit, so f may ignore
    its argument and read the same array from somewhere else (the weights of a network).

    Parameters
    ----------
    f : function of an array of the shape of x, returns a number
        Called exactly 2 * x.size times.
    x : float64 array of any shape
    h : float
        Distance to each side.

    Returns
    -------
    float64 array of the shape of x
    """
    # YOUR CODE HERE
    raise NotImplementedError

# %% [markdown]
# ## 2.7 Gradient descent (경사하강법) — 10 points
#
# The gradient points to where f grows fastest. To make f small, go the other way, a little, and look
# again:
#
# $$x \leftarrow x - \eta\, \nabla f(x)$$
#
# That is all of gradient descent. The sign does the steering: on a positive slope the step goes to
# the left, on a negative slope to the right, downhill in both cases. The **learning rate** (학습률) η
# sets the length of the step. You choose it; it is not learned. Too small, and nothing happens; too
# large, and every step overshoots further than the one before.
#
# **By hand.** $f = x_0^2 + x_1^2$, start at (−3, 4), η = 0.1. The gradient is (−6, 8), so the first
# step leads to (−3 + 0.6, 4 − 0.8) = (**−2.4, 3.2**). Every step multiplies x by 0.8, and after a
# hundred steps hardly anything is left: 0.8¹⁰⁰ is about 2·10⁻¹⁰.
#
# **Write** `gradient_descent(f, init_x, lr=0.01, step_num=100)`:
#
# - `f`: takes an array of the shape of `init_x`, returns one number.
# - `init_x`: where to start, a float array. It had better stay as it is.
# - takes exactly `step_num` steps of learning rate `lr`, each with the gradient at the point reached so
#   far; no steps at all for `step_num=0`.
# - returns the last x, an array of the shape of `init_x`. (A tuple that starts with it, such as
#   `(x, history)`, is fine too.)
#
# *Builds on:* Numerical differentiation and gradient: use your `numerical_gradient`.

# %%
def gradient_descent(f, init_x, lr=0.01, step_num=100):
    """Walk step_num steps against the gradient of f.

    Parameters
    ----------
    f : function of an array of the shape of init_x, returns a number
    init_x : float array
        The start.
    lr : float
        Learning rate.
    step_num : int
        Number of steps.

    Returns
    -------
    array of the shape of init_x
        The point reached last.
    """
    # YOUR CODE HERE
    raise NotImplementedError

# %% [markdown]
# ## 2.8 Linear regression by gradient descent (선형 회귀) — 12 points
#
# Everything together, in the smallest model that learns: one weight a and one bias b. Data come as
# pairs of an input x and a true answer t, which makes it **supervised learning** (지도학습). The model
# answers y = ax + b, the loss is the mean squared error, and here the gradient can be written down:
#
# $$e_n = a x_n + b - t_n, \qquad L = \frac{1}{N}\sum_n e_n^2, \qquad
#   \frac{\partial L}{\partial a} = \frac{2}{N}\sum_n e_n x_n, \qquad
#   \frac{\partial L}{\partial b} = \frac{2}{N}\sum_n e_n$$
#
# The 2 comes from the square, the $x_n$ from the chain rule: a reaches the loss by way of $a x_n$.
#
# Both gradients belong to the *same* point (a, b). Compute both, then move both. If b sees the new a
# already, that is another method.
#
# **By hand.** x = (0, 1, 2), t = (1, 3, 5), which is the line 2x + 1. Start at a = b = 0 with learning
# rate 0.1. Then e = (−1, −3, −5) and L = 35/3 = **11.667**. ∂L/∂a = ⅔·(0 − 3 − 10) = −8.667,
# ∂L/∂b = ⅔·(−9) = −6. One step: a = **0.8667**, b = **0.6**.
#
# **Write** `linear_regression(x, t, lr=0.1, steps=200, a=0.0, b=0.0)`:
#
# - `x`, `t`: float arrays of shape (N,); they stay as they are.
# - starts at the given `a` and `b` and takes `steps` steps of gradient descent on *all* N pairs.
# - returns the tuple `(a, b, history)`: two numbers and a list (or 1-D array) of `steps` losses, where
#   `history[i]` is the loss **before** step i. So `history[0]` is the loss of the start.
#
# *Builds on:* Mean squared error and Gradient descent. In assignment 3 the error $e$ comes back as the
# gradient that flows through a layer.

# %%
def linear_regression(x, t, lr=0.1, steps=200, a=0.0, b=0.0):
    """Fit the line a*x + b to the pairs (x, t) by gradient descent on the mean squared error.

    Parameters
    ----------
    x : array, shape (N,)
        Inputs.
    t : array, shape (N,)
        Targets.
    lr : float
        Learning rate.
    steps : int
        Number of steps.
    a, b : float
        Slope and intercept at the start.

    Returns
    -------
    a : float
        Slope after the last step.
    b : float
        Intercept after the last step.
    history : list of float, length steps
        The mean squared error before each step.
    """
    # YOUR CODE HERE
    raise NotImplementedError

# %% [markdown] tags=["experiment"]
# ## Experiments (실험)
#
# Nothing below is graded. Run the cells when the tasks above work: they use *your* code. The plots
# need matplotlib (`pip install matplotlib`).
#
# ### 1. Three ways to be wrong
#
# The truth is 3; the prediction slides from 0 to 8. Who cares most about a miss by 5, and who hardly
# at all? And what is different about the third curve to the left and to the right of the truth?

# %% tags=["experiment"]
# fig1_losses: squared, absolute and squared logarithmic error against the prediction
import matplotlib.pyplot as plt

truth = np.array([3.0])
predictions = np.linspace(0.0, 8.0, 81)
figure, axes = plt.subplots(figsize=(7, 4.5))
for name, loss, style, place in (
    ("squared (MSE)", mean_squared_error, "-", (6.0, 7.3)),
    ("absolute (MAE)", mean_absolute_error, "--", (6.5, 2.9)),
    ("squared logarithmic (MSLE)", mean_squared_logarithmic_error, "-.", (4.9, 0.85)),
):
    values = [loss(np.array([p]), truth) for p in predictions]
    (line,) = axes.plot(predictions, values, style)
    axes.annotate(name, place, color=line.get_color())
axes.axvline(3.0, color="0.6", linewidth=1)
axes.annotate("truth t = 3", (3.0, 9.4), xytext=(6, 0), textcoords="offset points", color="0.4")
axes.set(xlabel="prediction y", ylabel="loss", ylim=(-0.2, 10), title="One target, three losses")
plt.show()

# %% [markdown] tags=["experiment"]
# ### 2. Cross-entropy: the price of confidence
#
# Two classes; the right one gets probability p. Squared error never charges more than 1, however
# sure the network was. Cross-entropy charges without limit, or would: the $10^{-7}$ inside the
# logarithm stops it at about 16.1. On the right the same curve on a logarithmic axis, where the stop
# is visible as a bend.

# %% tags=["experiment"]
# fig2_cee: cross-entropy and squared error against the probability of the right class
import matplotlib.pyplot as plt

target = np.array([1.0, 0.0])


def of_two(loss, p):
    return loss(np.array([p, 1.0 - p]), target)


figure, (left, right) = plt.subplots(1, 2, figsize=(11, 4.2))
linear = np.linspace(0.0, 1.0, 101)
left.plot(linear, [of_two(cross_entropy_error, p) for p in linear], label="cross-entropy, -log(p)")
left.plot(linear, [of_two(mean_squared_error, p) for p in linear], "--", label="mean squared error")
left.set(xlabel="probability p of the right class", ylabel="loss", ylim=(-0.1, 5))
left.set_title("Sure and wrong is expensive")
left.legend()
small = np.logspace(-12, 0, 61)
right.semilogx(small, [of_two(cross_entropy_error, p) for p in small], label="your loss")
right.semilogx(small, -np.log(small), ":", color="0.4", label="-log(p) without the 1e-7")
right.axhline(-np.log(1e-7), color="red", linewidth=1, label="limit: -log(1e-7) = 16.1")
right.set(xlabel="probability p of the right class (log axis)", ylabel="loss (nats)")
right.set_title("What the 1e-7 does")
right.legend()
plt.show()

# %% [markdown] tags=["experiment"]
# ### 3. How small should h be?
#
# The derivative of sin at 1 is cos(1). Smaller steps first help, then hurt: the difference of two
# nearly equal numbers loses its digits. Read off the best h of both methods, and by how much the
# central difference wins at $h = 10^{-4}$.

# %% tags=["experiment"]
# fig3_difference_error: error of forward and central differences against h (log-log)
import matplotlib.pyplot as plt

steps = np.logspace(-1, -12, 45)
central = [abs(numerical_diff(np.sin, 1.0, h) - np.cos(1.0)) for h in steps]
forward = [abs((np.sin(1.0 + h) - np.sin(1.0)) / h - np.cos(1.0)) for h in steps]
figure, axes = plt.subplots(figsize=(7, 4.5))
axes.loglog(steps, forward, "o--", markersize=3, label="forward: (f(x + h) - f(x)) / h")
axes.loglog(steps, central, "o-", markersize=3, label="central: (f(x + h) - f(x - h)) / 2h (yours)")
axes.axvline(1e-4, color="0.6", linewidth=1)
axes.annotate("h = 1e-4", (1e-4, 1e-12), xytext=(-52, 0), textcoords="offset points", color="0.4")
axes.invert_xaxis()
axes.set(xlabel="step h (smaller to the right)", ylabel="|numerical - exact|")
axes.set_title("Derivative of sin at x = 1: cut-off error, then rounding error")
axes.legend()
plt.show()

# %% [markdown] tags=["experiment"]
# ### 4. The learning rate decides
#
# A long valley, $f = x_0^2/20 + x_1^2$, and thirty steps from (-7, 2). The three paths differ in
# nothing but the learning rate. Which one crawls, which one zigzags, which one leaves the picture?
# (Assignment 4 is about doing better in this valley.)

# %% tags=["experiment"]
# fig4_gd_contour: paths of gradient descent on x0^2/20 + x1^2 for three learning rates
import matplotlib.pyplot as plt


def valley(x):
    return x[0] ** 2 / 20 + x[1] ** 2


grid0, grid1 = np.meshgrid(np.linspace(-8, 3, 111), np.linspace(-4, 4, 81))
figure, panels = plt.subplots(1, 3, figsize=(13, 4.3), sharey=True)
for panel, lr in zip(panels, (0.1, 0.95, 1.05), strict=True):
    path = [np.array([-7.0, 2.0])]
    for _ in range(30):
        result = gradient_descent(valley, path[-1].copy(), lr, 1)
        path.append(np.array(result[0] if isinstance(result, tuple) else result))
    path = np.array(path)
    panel.contour(grid0, grid1, valley((grid0, grid1)), levels=12, colors="0.8", linewidths=0.8)
    panel.plot(path[:, 0], path[:, 1], "o-", markersize=3, linewidth=1)
    panel.plot(0, 0, "r+", markersize=12)
    panel.set(xlim=(-8, 3), ylim=(-4, 4), xlabel="$x_0$")
    panel.set_title(f"learning rate {lr}\nafter 30 steps f = {valley(path[-1]):.2g}")
panels[0].set_ylabel("$x_1$")
plt.show()

# %% [markdown] tags=["experiment"]
# ### 5. A line learns
#
# Forty noisy measurements, a line that starts flat, and 100 steps of gradient descent. On the left
# the line after 0, 5, 20 and 100 steps; on the right its loss. Why does the loss not fall to 0?

# %% tags=["experiment"]
# fig5_linear_regression: data, the fitted line on its way, and the loss per step
import matplotlib.pyplot as plt

rng = np.random.default_rng(0)
inputs = rng.uniform(-1.0, 1.0, 40)
measured = 2.5 * inputs - 0.7 + 0.3 * rng.standard_normal(40)
ends = np.array([-1.0, 1.0])
figure, (left, right) = plt.subplots(1, 2, figsize=(11, 4.2))
left.scatter(inputs, measured, s=15, color="0.4", label="data")
for steps, shade in ((0, 0.25), (5, 0.45), (20, 0.7), (100, 1.0)):
    slope, intercept, losses = linear_regression(inputs, measured, 0.1, steps)
    left.plot(
        ends,
        slope * ends + intercept,
        color="C0",
        alpha=shade,
        label=f"{steps} steps: {slope:.2f} x {intercept:+.2f}",
    )
left.set(xlabel="x", ylabel="t", title="The line on its way")
left.set_xticks([-1, -0.5, 0, 0.5, 1])
left.legend(loc="lower right")
right.plot(np.arange(len(losses)), losses)
right.axhline(0.3**2, color="0.5", linestyle=":", label="variance of the noise, 0.09")
right.set(xlabel="step", ylabel="mean squared error", yscale="log", title="Loss before each step")
right.legend()
plt.show()

# %% [markdown] tags=["experiment"]
# ### Questions to think about
#
# 1. Loss, cost, error, objective function: are these different things in this course?
# 2. Noise around the truth is often Gaussian. Which of your losses belongs to that, and why?
# 3. $\partial L / \partial w$ is positive. Should w grow or shrink?
# 4. Linear regression is which kind of learning: supervised, unsupervised or reinforcement?
# 5. How do you recognise in a loss curve that the learning rate is too large? Too small?

# %% [markdown] tags=["experiment"]
# ### What we would answer (우리의 답)
#
# Think first: a question is worth more than its answer.
#
# <details>
# <summary>1. Four names</summary>
#
# In this course they are one thing: the number that training makes small. Some books say *loss* for
# one sample, *cost* for the mean over many, and *objective* for whatever is optimised, penalties
# included. "The sum of the weights", as one sometimes reads, is none of them: a loss compares answers
# with the truth.
#
# </details>
#
# <details>
# <summary>2. Gaussian noise</summary>
#
# Squared error. The density of a Gaussian around $y$ is $e^{-(y-t)^2 / 2\sigma^2}$ times a constant,
# so its negative logarithm is $(y-t)^2$ times a constant, plus a constant. Making the data as likely as
# possible and making the squared error as small as possible is the same. This is what people mean who
# speak of a "Gaussian loss".
#
# </details>
#
# <details>
# <summary>3. A positive slope</summary>
#
# Shrink. A positive slope means that a larger w makes a larger loss; $w \leftarrow w - \eta \cdot
# (\text{positive})$ moves it to the left.
#
# </details>
#
# <details>
# <summary>4. Which kind of learning</summary>
#
# Supervised: every x comes with the right answer t, and the loss measures how far off the line is. The
# data are the teacher.
#
# </details>
#
# <details>
# <summary>5. Reading the loss curve</summary>
#
# Too large: the loss jumps up and down or grows, in the end to `inf` and `nan`. Too small: a smooth
# curve that hardly falls. Somewhere in between it falls quickly and then levels out.
#
# </details>
