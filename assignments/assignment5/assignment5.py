# %% [markdown]
# # Assignment 5: Weight initialisation (가중치 초기화)
#
# Two networks, the same data, the same training: one reads 96% of the digits, the other guesses.
# The only difference is the random numbers they *started* from. In this assignment you find out why,
# and you write the rules that deep networks start with to this day.
#
# A start value has two jobs:
#
# 1. **Break the symmetry.** Units that start equal get equal gradients and stay equal for ever.
# 2. **Keep the signal alive.** On its way through the layers, forward and backward, it must neither
#    fade away nor explode or saturate.
#
# Random numbers do the first job. The second is a question of their size, and the answer depends on
# the activation function: **LeCun** and **Xavier** for sigmoid and tanh, **He** for ReLU. (These
# are the names of people: Yann LeCun, Xavier Glorot, Kaiming He.)
#
# You start with what does not work (1), write the rules that do (2, 3), furnish a whole network with
# them (4), look inside untrained networks, forward (5) and backward (6), and let the start values
# compete (7).
#
# **What you will be able to do afterwards**
#
# - say why weights must not start equal, and why biases may
# - derive the LeCun, Xavier and He rules from one line of variance arithmetic, and write them
# - choose the rule that fits the activation: Xavier for sigmoid and tanh, He for ReLU
# - recognise saturation, collapse and vanishing gradients in a plot, and know the cure
#
# **House rules for every task**
#
# - A weight matrix has shape (n_in, n_out): inputs are rows, outputs columns, so that `x W` works
#   with samples as rows.
# - **Randomness.** Every function that draws has a parameter `rng`. If it is a `np.random.Generator`,
#   it is the *only* source of randomness: the same seed, the same numbers. If it is `None`, draw from
#   `np.random` (a fresh `np.random.default_rng()` is fine as well). Never set a seed inside.
# - Random results are judged by their statistics, never by particular numbers: with 40,000 numbers or
#   more, a right solution fails a check by bad luck less than once in a million times.
# - Do not change arrays or lists that were handed to you.
# - float64, NumPy only. Loops are fine if they give the right numbers.
#
# **How to work.** Replace `raise NotImplementedError` by your code, then run
#
#     grade assignment5 --task constants
#
# as often as you like. Stuck? `grade hint assignment5 constants` gives one hint at a time.

# %% [markdown]
# ## Imports and what is given (준비)
#
# Some of your earlier work is given, in our version, so that an old mistake does not cost you anything
# here:
#
# | name | does |
# |---|---|
# | `sigmoid(x)`, `relu(x)`, `tanh(x)` | the activation functions of assignment 1, any shape |
# | `softmax`, `Affine`, `Relu`, `SoftmaxWithLoss`, `SGD` | for the experiments at the end: the softmax of assignment 1, layers of assignment 3, the optimizer of assignment 4 |

# %%
import numpy as np

from autograder.given import relu, sigmoid, tanh

# %% [markdown]
# ## 5.1 Zeros, ones, constants and plain normals (영, 일, 상수와 단순 정규분포) — 10 points
#
# Before a network can learn, its weights need start values. The obvious choices come first, and you
# will see in the experiments why the obvious choices are bad:
#
# - **All equal** (0, 1, 5, ...): every unit of a hidden layer computes the same number, gets the same
#   gradient and makes the same step. A hundred units stay one unit for ever: the *symmetry* is
#   never broken. With zeros everywhere the hidden layers get no gradient at all.
# - **Random numbers of any size**: they break the symmetry, but with a standard deviation of 1 the
#   signal explodes or saturates, and with 0.01 it fades away after a few layers.
#
# Biases are a different matter: they do start at 0, because the weights already break the symmetry.
#
# **Write** four functions. `shape` is a whole number or a tuple; the result is a float array of that
# shape.
#
# - `init_zeros(shape)`: all 0.
# - `init_ones(shape)`: all 1.
# - `init_constant(shape, value)`: all `value`. Also `init_constant((2, 3), 5)` gives floats, 5.0:
#   an integer array cannot take the small steps of training.
# - `init_normal(shape, std=0.01, rng=None)`: independent normal numbers with mean 0 and standard
#   deviation `std`, drawn as the house rule says: from `rng` alone if it is given, from `np.random`
#   if it is `None`.
#
# *By hand:* a standard normal number has standard deviation 1, and multiplying by $c$ multiplies the
# standard deviation by $c$ (the variance by $c^2$). So 0.3 becomes 0.003 when `std` is 0.01.
#
# Builds on: *TwoLayerNet* of assignment 3, whose `weight_init_std=0.01` was such a plain normal.

# %%
def init_zeros(shape):
    """Return a float array full of 0.

    Parameters
    ----------
    shape : int or tuple of ints

    Returns
    -------
    float64 array of that shape
    """
    # YOUR CODE HERE
    raise NotImplementedError


def init_ones(shape):
    """Return a float array full of 1.

    Parameters
    ----------
    shape : int or tuple of ints

    Returns
    -------
    float64 array of that shape
    """
    # YOUR CODE HERE
    raise NotImplementedError


def init_constant(shape, value):
    """Return a float array full of value.

    Parameters
    ----------
    shape : int or tuple of ints
    value : int or float

    Returns
    -------
    float64 array of that shape, also where value is an int
    """
    # YOUR CODE HERE
    raise NotImplementedError


def init_normal(shape, std=0.01, rng=None):
    """Return independent normal numbers with mean 0.

    Parameters
    ----------
    shape : int or tuple of ints
    std : float
        Standard deviation (not the variance).
    rng : np.random.Generator or None
        The only source of randomness if given; None means np.random.

    Returns
    -------
    float64 array of that shape
    """
    # YOUR CODE HERE
    raise NotImplementedError

# %% [markdown]
# ## 5.2 LeCun and Xavier (르쿤·사비에르 초깃값) — 16 points
#
# How large should random weights be? Follow one unit, $a = \sum_{i=1}^{n_{in}} z_i w_i$, with
# independent weights of mean 0. The variances add up:
#
# $$\operatorname{Var}(a) = n_{in} \cdot \operatorname{Var}(w) \cdot \mathrm{E}[z^2]$$
#
# A layer that should neither amplify nor damp the signal needs the product of the first two to be 1.
# That is the **LeCun** rule. The same argument for the gradient, which travels the other way, asks
# for $1/n_{out}$; **Xavier** Glorot took the mean of both worlds:
#
# $$\text{LeCun: } \operatorname{Var}(w) = \frac{1}{n_{in}} \qquad\qquad
#   \text{Xavier: } \operatorname{Var}(w) = \frac{2}{n_{in} + n_{out}}$$
#
# Both rules come in two shapes with the *same* variance:
#
# - **normal**, with mean 0; the standard deviation is the square root of the variance;
# - **uniform** on $[-a, a]$, which has variance $a^2/3$. So $a = \sqrt{3\operatorname{Var}(w)}$, that
#   is $\sqrt{3/n_{in}}$ for LeCun and $\sqrt{6/(n_{in}+n_{out})}$ for Xavier.
#
# **Write** `lecun_uniform(n_in, n_out, rng=None)`, `lecun_normal(...)`, `xavier_uniform(...)` and
# `xavier_normal(...)`, all with the same three parameters. Each returns a weight matrix of shape
# (n_in, n_out), floats, drawn from `rng` alone if it is given and from `np.random` otherwise.
#
# *By hand:* `lecun_normal(400, 100)` has variance 1/400, standard deviation 1/20 = 0.05.
# `xavier_uniform(300, 300)` has limit $\sqrt{6/600}$ = 0.1 and standard deviation 0.1/1.732 = 0.0577.
#
# The book calls $\sqrt{1/n_{in}}$ "Xavier". For square layers that is the same number, and the graded
# checks accept it for the others too (a note will tell you).
#
# Builds on: *Zeros, ones, constants and plain normals*, where the size was a guess.

# %%
def lecun_uniform(n_in, n_out, rng=None):
    """Return weights that are uniform on [-a, a] with variance 1 / n_in.

    Parameters
    ----------
    n_in, n_out : int
        Numbers of inputs and outputs of the layer.
    rng : np.random.Generator or None
        The only source of randomness if given; None means np.random.

    Returns
    -------
    float64 array, shape (n_in, n_out)
    """
    # YOUR CODE HERE
    raise NotImplementedError


def lecun_normal(n_in, n_out, rng=None):
    """Return normal weights with mean 0 and variance 1 / n_in; parameters as above."""
    # YOUR CODE HERE
    raise NotImplementedError


def xavier_uniform(n_in, n_out, rng=None):
    """Return weights that are uniform on [-a, a] with variance 2 / (n_in + n_out)."""
    # YOUR CODE HERE
    raise NotImplementedError


def xavier_normal(n_in, n_out, rng=None):
    """Return normal weights with mean 0 and variance 2 / (n_in + n_out)."""
    # YOUR CODE HERE
    raise NotImplementedError

# %% [markdown]
# ## 5.3 He initialisation (He 초깃값) — 16 points
#
# LeCun and Xavier keep the signal alive as long as the activation is nearly linear around 0, like
# tanh. ReLU is not: it sets every negative sum to 0. The sums are as often negative as positive, so
# **half of the signal's power is lost in every layer**:
#
# $$\mathrm{E}[z^2] = \mathrm{E}[\max(0, a)^2] = \tfrac{1}{2}\operatorname{Var}(a)$$
#
# Ten layers with the LeCun rule leave $(1/2)^{10}$, a thousandth. Kaiming He and his colleagues put
# the lost factor back into the weights:
#
# $$\operatorname{Var}(w) = \frac{2}{n_{in}} \qquad
#   \text{normal: } \sigma = \sqrt{\frac{2}{n_{in}}} \qquad
#   \text{uniform: } a = \sqrt{\frac{6}{n_{in}}}$$
#
# That one factor of 2 is what makes deep ReLU networks trainable from the first step. In the last
# task you will see the difference: the same network, the same data, only the start values differ.
#
# **Write** `he_normal(n_in, n_out, rng=None)` and `he_uniform(n_in, n_out, rng=None)`. Both return a
# float weight matrix of shape (n_in, n_out) with mean 0 and variance $2/n_{in}$, drawn from `rng`
# alone if it is given and from `np.random` otherwise.
#
# *By hand:* the first layer of an MNIST network has $n_{in} = 784$ pixels:
# $\sigma = \sqrt{2/784} = 0.0505$. A layer with $n_{in} = 600$ has the limit $\sqrt{6/600} = 0.1$.
#
# Builds on: *LeCun and Xavier*; twice the variance of LeCun, whose rule this is otherwise.

# %%
def he_normal(n_in, n_out, rng=None):
    """Return normal weights with mean 0 and variance 2 / n_in, made for ReLU.

    Parameters
    ----------
    n_in, n_out : int
        Numbers of inputs and outputs of the layer.
    rng : np.random.Generator or None
        The only source of randomness if given; None means np.random.

    Returns
    -------
    float64 array, shape (n_in, n_out)
    """
    # YOUR CODE HERE
    raise NotImplementedError


def he_uniform(n_in, n_out, rng=None):
    """Return weights that are uniform on [-a, a] with variance 2 / n_in, made for ReLU.

    Parameters
    ----------
    n_in, n_out : int
        Numbers of inputs and outputs of the layer.
    rng : np.random.Generator or None
        The only source of randomness if given; None means np.random.

    Returns
    -------
    float64 array, shape (n_in, n_out)
    """
    # YOUR CODE HERE
    raise NotImplementedError

# %% [markdown]
# ## 5.4 Parameters for a whole network (신경망 전체의 매개변수) — 16 points
#
# A network 784-[100, 50]-10 has three affine layers. Layer $i$ connects `sizes[i-1]` units to
# `sizes[i]`, and the rule for its start values needs *its own* $n_{in}$: 784 for the first layer, 100
# for the second, 50 for the third. One standard deviation for all layers is exactly what you want
# to get away from.
#
# **Write** `init_params(input_size, hidden_size_list, output_size, weight_init_std='relu', rng=None)`.
# It returns a dictionary with the keys `"W1"`, `"b1"`, ..., `"WL"`, `"bL"`, where
# $L$ = `len(hidden_size_list)` + 1:
#
# - `"Wi"`: shape (`sizes[i-1]`, `sizes[i]`), random numbers with mean 0 and the standard deviation
#
#   | `weight_init_std` | standard deviation | made for |
#   |---|---|---|
#   | `"relu"` or `"he"` | $\sqrt{2/n_{in}}$ (He) | ReLU |
#   | `"sigmoid"` or `"xavier"` | $\sqrt{1/n_{in}}$ (the book's Xavier); Glorot's $\sqrt{2/(n_{in}+n_{out})}$ is accepted too | sigmoid, tanh |
#   | a number, such as 0.01 or 1 | that number, in every layer | comparisons |
#
#   Upper and lower case do not matter: `"ReLU"`, `"He"`, `"XAVIER"`. For the names you may draw
#   normal or uniform numbers.
# - `"bi"`: shape (`sizes[i]`,), zeros; an array of its own for every layer.
#
# `hidden_size_list` may be empty (one layer, input to output) and stays as it is. All numbers come
# from `rng` alone if it is given, from `np.random` otherwise, new ones for every layer.
#
# *By hand:* `init_params(800, [200], 10)` has a `W1` with standard deviation $\sqrt{2/800}$ = 0.05
# and a `W2` with $\sqrt{2/200}$ = 0.1.
#
# Builds on: *He initialisation*, *LeCun and Xavier* and *Zeros, ones, constants and plain normals*:
# reuse your functions. *MultiLayerNet* in assignment 6 starts from this dictionary.

# %%
def init_params(input_size, hidden_size_list, output_size, weight_init_std="relu", rng=None):
    """Return start values for a fully connected network.

    Parameters
    ----------
    input_size : int
    hidden_size_list : list of ints
        Sizes of the hidden layers, from first to last; may be empty.
    output_size : int
    weight_init_std : str or float
        "relu" or "he", "sigmoid" or "xavier" (case does not matter), or a standard deviation.
    rng : np.random.Generator or None
        The only source of randomness if given; None means np.random.

    Returns
    -------
    dict
        "W1", "b1", ..., "WL", "bL": float64 arrays of shapes (n_in, n_out) and (n_out,).
    """
    # YOUR CODE HERE
    raise NotImplementedError

# %% [markdown]
# ## 5.5 Activation histograms (활성값 히스토그램) — 16 points
#
# Is a start value good? Do not guess, look: send random data through a network that has not been
# trained and watch what comes out of every layer. This is the experiment of the book's chapter 6:
# 1,000 samples with 100 features, five layers of 100 units, no biases. You will see three diseases:
#
# - **saturation**: the sigmoid's outputs stick at 0 and 1, where its slope is nearly 0;
# - **collapse**: all outputs are the same number, so a hundred units say what one could say;
# - **death**: a ReLU unit outputs 0 and passes no gradient.
#
# **Write** two functions.
#
# `collect_activations(x, weights, activation='sigmoid')`
#
# - `x`: array (N, D); `weights`: a list of matrices, (D, H1), (H1, H2), ...; `activation`:
#   `'sigmoid'`, `'relu'` or `'tanh'`. Nothing of this is changed.
# - returns a dictionary `{0: z0, 1: z1, ...}` with the *activations* after every layer. Layer 0 is
#   fed with `x`, every later layer with the activations before it:
#
# $$z_0 = \varphi(x W_0), \qquad z_i = \varphi(z_{i-1} W_i)$$
#
# `saturation(z, activation='sigmoid', tol=0.01)`
#
# - `z`: activations of one layer, any shape
# - returns the fraction of them, 0 to 1, that passes on (almost) no gradient:
#
#   | activation | counts as saturated |
#   |---|---|
#   | `'sigmoid'` | $z < tol$ or $z > 1 - tol$ |
#   | `'tanh'` | $|z| > 1 - tol$ |
#   | `'relu'` | $z \le 0$ (whatever `tol`) |
#
# *By hand:* `x = [[1, -2]]` with ReLU and the weights `[[1, -1], [1, 1]]` gives
# $x W$ = `[[-1, -3]]`, so $z_0$ = `[[0, 0]]` and a saturation of 1: all dead. For
# `z = [0.001, 0.5, 0.999, 0.2]` and the sigmoid, two of four are saturated: 0.5.
#
# `sigmoid`, `relu` and `tanh` are given, as you wrote them in assignment 1.
#
# Builds on: *He initialisation* and *LeCun and Xavier*, which now have to show what they are good for.

# %%
def collect_activations(x, weights, activation="sigmoid"):
    """Return the activations after every layer of a network without biases.

    Parameters
    ----------
    x : array, shape (N, D)
    weights : list of arrays
        Shapes (D, H1), (H1, H2), ...
    activation : "sigmoid", "relu" or "tanh"

    Returns
    -------
    dict
        Layer number, from 0, to array of shape (N, units of that layer).
    """
    # YOUR CODE HERE
    raise NotImplementedError


def saturation(z, activation="sigmoid", tol=0.01):
    """Return the fraction of activations that pass on (almost) no gradient.

    Parameters
    ----------
    z : array of any shape
        Activations of one layer.
    activation : "sigmoid", "relu" or "tanh"
    tol : float
        How close to its limits a sigmoid or tanh counts as saturated.

    Returns
    -------
    float between 0 and 1
    """
    # YOUR CODE HERE
    raise NotImplementedError

# %% [markdown]
# ## 5.6 Vanishing gradients and symmetry (기울기 소실과 대칭성) — 14 points
#
# The histograms show the way forward. What a weight learns is decided on the way back: layer $i$
# multiplies the gradient by the slope of its activation and by its weights. The sigmoid's slope is
# at most 0.25, so ten sigmoid layers with Xavier weights leave less than a hundred-thousandth of the
# gradient for the first layer. ReLU's slope is 1 where a unit is on, and He's factor 2 makes up
# for the units that are off.
#
# Measure it: take the network of the previous task, pretend that the loss is the *sum of the last
# activations*, so that the gradient that starts at the end is all ones, and go back. With $z_{-1} = x$
# and $\odot$ for element by element,
#
# $$d_i = g_i \odot \varphi'(a_i), \qquad
#   \frac{\partial L}{\partial W_i} = z_{i-1}^{\mathsf T} d_i, \qquad
#   g_{i-1} = d_i W_i^{\mathsf T}, \qquad g_{\text{last}} = 1$$
#
# The slope can be read from the activation itself: $z(1-z)$ for the sigmoid, $1 - z^2$ for tanh, and
# for ReLU 1 where $z > 0$, else 0.
#
# **Write** `gradient_norms(x, weights, activation='sigmoid')` with the arguments of
# `collect_activations`. It returns a list with one float per layer, **first layer first**: the
# Frobenius norm $\|\partial L/\partial W_i\| = \sqrt{\sum_{jk} (\partial L/\partial W_i)_{jk}^2}$
# (`np.linalg.norm` of a matrix). `x` and `weights` stay as they are.
#
# *By hand:* one sigmoid layer, two samples `x = [[1], [1]]`, `W = [[0, 0, 0, 0]]`: every activation is
# 0.5, every slope 0.25, every entry of the gradient 2 · 0.25 = 0.5, and the norm is
# $\sqrt{4 \cdot 0.25}$ = 1.
#
# **Symmetry.** Try all-zero weights in two or more layers: only the *last* layer gets a gradient, and
# all its columns are equal. The others wait for ever. That is why nobody starts at zero.
#
# Builds on: *Activation histograms* for the way forward, and the *Affine*, *Sigmoid* and *ReLU layers*
# of assignment 3 for the way back.

# %%
def gradient_norms(x, weights, activation="sigmoid"):
    """Return the size of the gradient of every weight matrix, for L = sum of the last activations.

    Parameters
    ----------
    x : array, shape (N, D)
    weights : list of arrays
        Shapes (D, H1), (H1, H2), ...; at least one.
    activation : "sigmoid", "relu" or "tanh"

    Returns
    -------
    list of floats
        Frobenius norms of dL/dW, index 0 is the first layer.
    """
    # YOUR CODE HERE
    raise NotImplementedError

# %% [markdown]
# ## 5.7 Experiment: std=0.01, Xavier and He on a deep ReLU network (초깃값 비교 실험) — 12 points
#
# Now the start values meet a real task: a ReLU network 64-100-100-100-100-10 (five affine layers)
# learns the handwritten digits with plain SGD, learning rate 0.02, batches of 128. Three runs, and the
# *only* difference is where the weights start. What the grader's own runs over 30 epochs show:
#
# | start values | mean loss at the end | test accuracy |
# |---|---|---|
# | 0.01 for all layers | 2.30 = ln 10, nothing learnt | 8% (guessing) |
# | Xavier | about 0.7 | about 87% |
# | He | about 0.2 | about 96% |
#
# An experiment is only worth something if the runs are comparable: each setting is trained once, under
# the same conditions, and the loss of a single mini-batch, which is noisy, is replaced by a mean.
#
# **Write** `compare_initializations(train_fn, configs=(0.01, 'sigmoid', 'relu'))`.
#
# - `train_fn(init)`: a function that is handed to you. It trains one network with the start values
#   `init` (as in `init_params`), which takes a while, and returns the pair (list of the losses of all
#   mini-batches, test accuracy). It may give another result when it is called again.
# - `configs`: the settings. Call `train_fn` **exactly once** for each of them, in this order.
# - returns a dictionary with one entry per setting: the key is the setting itself, the value a
#   dictionary `{"loss": ..., "accuracy": ...}`, with the mean of the **last 20** losses (of all of
#   them, if there are fewer) and the accuracy, both floats.
#
# *By hand:* losses of eighty times 9.0 and then twenty times 1.0 give a final loss of 1.0, not 7.4.
#
# In the last check the grader trains for real, from the start values that *your* `init_params` makes.
#
# Builds on: *Parameters for a whole network*, whose choices are compared here.

# %%
def compare_initializations(train_fn, configs=(0.01, "sigmoid", "relu")):
    """Train once with each setting and report how it ended.

    Parameters
    ----------
    train_fn : function of one setting
        Trains a network and returns (list of losses, test accuracy).
    configs : sequence of settings
        What train_fn is called with, in this order.

    Returns
    -------
    dict
        Setting to {"loss": mean of the last 20 losses, "accuracy": float}.
    """
    # YOUR CODE HERE
    raise NotImplementedError

# %% [markdown] tags=["experiment"]
# ## Experiments (실험)
#
# Nothing below is graded. Run the cells when the tasks above work: they use *your* code. The plots
# need matplotlib (`pip install matplotlib`).
#
# ### 1. Look into untrained networks
#
# 1,000 random samples go through five layers of 100 units. Each row of plots is one choice of
# start values with the activation it is used with. Look for the three diseases: everything at the
# edges (*saturation*), everything in one bar (*collapse*), everything at 0 (*death*). Which rows are
# healthy in layer 5? The percentage is your `saturation`; about half of all ReLU outputs are 0, and that
# is normal.

# %% tags=["experiment"]
# fig1_histograms: activations of five layers for four sizes of start values and three activations
import matplotlib.pyplot as plt

x = np.random.default_rng(0).standard_normal((1000, 100))
choices = [
    ("sigmoid", "std 1", 1.0),
    ("sigmoid", "std 0.01", 0.01),
    ("sigmoid", "Xavier", np.sqrt(1 / 100)),
    ("tanh", "std 1", 1.0),
    ("tanh", "std 0.01", 0.01),
    ("tanh", "Xavier", np.sqrt(1 / 100)),
    ("relu", "std 0.01", 0.01),
    ("relu", "Xavier", np.sqrt(1 / 100)),
    ("relu", "He", np.sqrt(2 / 100)),
]
limits = {"sigmoid": (0, 1), "tanh": (-1, 1), "relu": (0, 3)}
colours = {"sigmoid": "tab:blue", "tanh": "tab:green", "relu": "tab:red"}
figure, axes = plt.subplots(len(choices), 5, figsize=(11, 13), layout="constrained")
for row, (activation, name, std) in zip(axes, choices, strict=True):
    rng = np.random.default_rng(1)
    weights = [std * rng.standard_normal((100, 100)) for _ in range(5)]
    activations = collect_activations(x, weights, activation)
    for i, panel in enumerate(row):
        panel.hist(
            activations[i].ravel(), bins=40, range=limits[activation], color=colours[activation]
        )
        share = saturation(activations[i], activation)
        word = "zero" if activation == "relu" else "saturated"
        panel.set_title(f"layer {i + 1}: {share:.0%} {word}", fontsize=8)
        panel.set_yticks([])
        panel.tick_params(labelsize=7)
        if activation == "relu":
            # Half of the units are off anyway; the bar at 0 would hide all others.
            panel.set_ylim(0, 12_000)
    row[0].set_ylabel(f"{activation}\n{name}", fontsize=10)
figure.supxlabel("activation")
figure.suptitle("Activations of an untrained network, 1,000 samples, 5 layers of 100 units")
plt.show()

# %% [markdown] tags=["experiment"]
# ### 2. How fast does the signal fade?
#
# The same question in one number per layer: the standard deviation of the activations, down to layer
# 20. A straight line on this logarithmic axis means that every layer multiplies by the same factor.
# Read it off for ReLU with the LeCun rule: $\sqrt{1/2} \approx 0.71$ per layer, the lost half. He's
# factor 2 bends the line back to horizontal.

# %% tags=["experiment"]
# fig2_std_per_layer: standard deviation of the activations against depth
import matplotlib.pyplot as plt

x = np.random.default_rng(0).standard_normal((300, 100))
lines = [
    ("relu", "ReLU, He", "tab:red", "-", lambda rng: he_normal(100, 100, rng)),
    ("relu", "ReLU, LeCun", "tab:red", "--", lambda rng: lecun_normal(100, 100, rng)),
    ("relu", "ReLU, std 0.01", "tab:red", ":", lambda rng: init_normal((100, 100), 0.01, rng)),
    ("tanh", "tanh, Xavier", "tab:green", "-", lambda rng: xavier_normal(100, 100, rng)),
    ("tanh", "tanh, std 0.01", "tab:green", ":", lambda rng: init_normal((100, 100), 0.01, rng)),
]
figure, axes = plt.subplots(figsize=(8, 4.5), layout="constrained")
for activation, name, colour, style, make in lines:
    rng = np.random.default_rng(2)
    weights = [make(rng) for _ in range(20)]
    activations = collect_activations(x, weights, activation)
    spread = [np.std(activations[i]) for i in range(20)]
    axes.plot(range(1, 21), spread, style, color=colour, marker=".", label=name)
axes.set_yscale("log")
axes.set_ylim(1e-6, 10)
axes.set_xticks(range(1, 21, 2))
axes.set(xlabel="layer", ylabel="standard deviation of the activations")
axes.set_title("He keeps the signal of a ReLU network alive; without its factor 2 it fades")
axes.legend(loc="lower right")
plt.show()

# %% [markdown] tags=["experiment"]
# ### 3. Vanishing gradients
#
# Now backwards: the size of the gradient that reaches each of ten layers. Follow the blue line from
# right to left: every sigmoid layer takes most of the gradient away, with the best start values there
# are, because its slope is at most 0.25. The first layers hardly learn at all.

# %% tags=["experiment"]
# fig3_gradient_norms: gradient norm per layer, sigmoid and ReLU with He, logarithmic
import matplotlib.pyplot as plt

x = np.random.default_rng(0).standard_normal((200, 100))
lines = [
    ("relu", "ReLU, He", "tab:red", "-", np.sqrt(2 / 100)),
    ("relu", "ReLU, Xavier", "tab:red", "--", np.sqrt(1 / 100)),
    ("tanh", "tanh, Xavier", "tab:green", "-", np.sqrt(1 / 100)),
    ("sigmoid", "sigmoid, Xavier", "tab:blue", "-", np.sqrt(1 / 100)),
    ("sigmoid", "sigmoid, std 0.01", "tab:blue", ":", 0.01),
]
figure, axes = plt.subplots(figsize=(8, 4.5), layout="constrained")
for activation, name, colour, style, std in lines:
    rng = np.random.default_rng(3)
    weights = [std * rng.standard_normal((100, 100)) for _ in range(10)]
    norms = gradient_norms(x, weights, activation)
    axes.plot(range(1, 11), norms, style, color=colour, marker="o", label=name)
axes.set_yscale("log")
axes.set_xticks(range(1, 11))
axes.set(xlabel="layer", ylabel="norm of the gradient of W")
axes.set_title("What arrives at each layer on the way back")
axes.legend(loc="lower right")
plt.show()

# %% [markdown] tags=["experiment"]
# ### 4. The race
#
# Three runs of the five-layer ReLU network on the digits, SGD with learning rate 0.02, batches of 128.
# Your `init_params` makes the start values, your `compare_initializations` runs the experiment; the
# training loop uses the layers of assignment 3 and the optimizer of assignment 4. It takes a few
# seconds.

# %% tags=["experiment"]
# fig4_init_compare: training loss of a five-layer ReLU network for std 0.01, Xavier and He
import matplotlib.pyplot as plt

from autograder.data import load_digits
from autograder.given import SGD, Affine, Relu, SoftmaxWithLoss

digits = load_digits()
names = {0.01: "std 0.01", "sigmoid": "Xavier", "relu": "He"}
rng = np.random.default_rng(4)
# Drawn before the runs: train_init below is called from your function and only trains.
starts = {rule: init_params(64, [100, 100, 100, 100], 10, rule, rng=rng) for rule in names}
curves = {}


def train_init(rule):
    params = {name: values.copy() for name, values in starts[rule].items()}
    layers = []
    for i in range(1, 6):
        layers += [Affine(params[f"W{i}"], params[f"b{i}"]), Relu()]
    layers.pop()  # no ReLU after the last affine layer
    last_layer, optimizer, losses = SoftmaxWithLoss(), SGD(lr=0.02), []
    for _ in range(30):
        order = rng.permutation(len(digits.x_train))
        for start in range(0, len(order) - 127, 128):
            rows = order[start : start + 128]
            z = digits.x_train[rows]
            for layer in layers:
                z = layer.forward(z)
            losses.append(last_layer.forward(z, digits.t_train[rows]))
            d = last_layer.backward(1)
            for layer in reversed(layers):
                d = layer.backward(d)
            grads = {}
            for i, affine in enumerate(layers[::2], start=1):
                grads[f"W{i}"], grads[f"b{i}"] = affine.dW, affine.db
            optimizer.update(params, grads)
    z = digits.x_test
    for layer in layers:
        z = layer.forward(z)
    curves[rule] = losses
    return losses, float(np.mean(np.argmax(z, axis=1) == digits.t_test))


report = compare_initializations(train_init, tuple(names))
figure, axes = plt.subplots(figsize=(8, 4.5), layout="constrained")
for rule, colour, width in (
    (0.01, "tab:gray", 4),
    ("sigmoid", "tab:orange", 2),
    ("relu", "tab:red", 2),
):
    # The mean over one epoch, 11 batches: single batches are noisy.
    smooth = np.convolve(curves[rule], np.ones(11) / 11, mode="valid")
    label = f"{names[rule]}: test accuracy {report[rule]['accuracy']:.1%}"
    axes.plot(np.arange(len(smooth)) + 11, smooth, color=colour, linewidth=width, label=label)
axes.axhline(np.log(10), color="black", linewidth=0.8, linestyle="--")
axes.annotate(
    "ln 10: guessing", (0, np.log(10)), xytext=(4, 4), textcoords="offset points", fontsize=8
)
axes.set(xlabel="iteration", ylabel="training loss (mean of 11 mini-batches)", ylim=(0, 2.6))
axes.set_title("The same network, the same data: only the start values differ")
axes.legend(loc="upper right", bbox_to_anchor=(1, 0.86))
plt.show()

# %% [markdown] tags=["experiment"]
# ### 5. Symmetry
#
# A small network, 64-8-10 with tanh, after 500 steps of training: the first weights of its eight hidden
# units, drawn as images of the pixels they look at. In the upper row all weights started from one
# constant, in the lower row from Xavier. The upper row shows one unit eight times: equal units get
# equal gradients, and eight of them can do no more than one. Below, each unit has found a feature of its
# own.

# %% tags=["experiment"]
# fig5_symmetry: first weights after training from a constant and from Xavier
import matplotlib.pyplot as plt

from autograder.data import load_digits
from autograder.given import softmax

digits = load_digits()
onehot = np.eye(10)[digits.t_train]
starts = {
    "a constant": (init_constant((64, 8), 0.02), init_constant((8, 10), 0.02)),
    "Xavier": (
        xavier_normal(64, 8, np.random.default_rng(5)),
        xavier_normal(8, 10, np.random.default_rng(6)),
    ),
}
figure, axes = plt.subplots(2, 8, figsize=(11, 4), layout="constrained")
for row, (name, (W1, W2)) in zip(axes, starts.items(), strict=True):
    W1, W2 = np.array(W1), np.array(W2)
    for _ in range(500):
        h = np.tanh(digits.x_train @ W1)
        d = (softmax(h @ W2) - onehot) / len(onehot)
        d_hidden = (d @ W2.T) * (1 - h**2)
        W2 -= 0.5 * h.T @ d
        W1 -= 0.5 * digits.x_train.T @ d_hidden
    right = np.argmax(np.tanh(digits.x_test @ W1) @ W2, axis=1) == digits.t_test
    for unit, panel in enumerate(row):
        picture = panel.imshow(W1[:, unit].reshape(8, 8), cmap="RdBu", vmin=-1, vmax=1)
        panel.set(xticks=[], yticks=[], title=f"unit {unit + 1}")
    row[0].set_ylabel(f"from {name}:\n{np.mean(right):.0%} right")
figure.colorbar(picture, ax=axes, label="weight")
figure.suptitle("Units that start equal stay equal (test accuracy after 500 steps)")
plt.show()

# %% [markdown] tags=["experiment"]
# ### Questions to think about
#
# 1. Why not start with all weights equal? And what happens in a ReLU network if they are all zero?
# 2. Which start values go with ReLU, which with sigmoid and tanh? What does each get wrong elsewhere?
# 3. What is the largest slope of the sigmoid, and what follows for ten layers in a row?
# 4. "We used a He network and a Xavier network." What is wrong with that sentence?
# 5. In experiment 1 ReLU with Xavier does not look so bad. Why does it lose the race all the same?

# %% [markdown] tags=["experiment"]
# ### What we would answer (우리의 답)
#
# Think first: a question is worth more than its answer.
#
# <details>
# <summary>1. All equal, all zero</summary>
#
# All units of a hidden layer compute the same, get the same gradient and stay identical: a hundred
# units do the work of one. With zeros everywhere it is worse. Every gradient is a product with a zero
# weight or a zero activation, so in a ReLU network nothing moves except the last bias.
#
# </details>
#
# <details>
# <summary>2. Which start values</summary>
#
# He goes with ReLU, Xavier (or LeCun) with sigmoid and tanh. Xavier under ReLU forgets that half of
# the signal is cut off in every layer, so the signal fades with depth. He under tanh is twice too much
# variance, which pushes the units towards saturation.
#
# </details>
#
# <details>
# <summary>3. The slope of the sigmoid</summary>
#
# 0.25, at 0. The slopes alone leave at most $0.25^{10}$, a millionth, of the gradient after ten layers:
# it vanishes, and the first layers hardly learn.
#
# </details>
#
# <details>
# <summary>4. A He network</summary>
#
# He and Xavier are no networks but authors, Kaiming He and Xavier Glorot. Their names stand for the
# rule by which the weights of *any* network may start. Their fame comes from deep networks for ImageNet,
# which did not train before.
#
# </details>
#
# <details>
# <summary>5. ReLU with Xavier</summary>
#
# Five layers lose a factor of $\sqrt{2}$ each, a sixth of the signal is left: the histograms get
# narrower, which is easy to miss. But the gradient shrinks by the same factors on the way back, so the
# first steps are small, and He has long arrived. With twenty layers Xavier would be hopeless.
#
# </details>
