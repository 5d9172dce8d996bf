# %% [markdown]
# # Assignment 6: Batched MNIST training (MNIST 미니배치 학습)
#
# You have neurons, losses, gradients, optimizers and good start values. Now they meet real work:
# handwritten digits, thousands of them, in batches.
#
# Nothing here is mathematically new. New is the *craft*: getting images into shape, dealing them out
# fairly, stacking as many layers as you like, writing the loop that trains them, and measuring
# honestly what came of it. At the end your own code, from the first line to the last, reads digits
# that it has never seen.
#
# $$\text{images} \;\to\; \text{pixels in } [0, 1] \;\to\; \text{shuffled batches} \;\to\;
#   \text{network} \;\to\; \text{loss} \;\to\; \text{gradient} \;\to\; \text{update} \;\to\;
#   \text{next batch}$$
#
# **What you will be able to do afterwards**
#
# - preprocess images: bytes to numbers between 0 and 1, squares to rows
# - draw batches without replacement, so that every sample is seen once in an epoch
# - build a fully connected network of any depth (MLP, DNN) with weight decay
# - write the training loop, and recognise its silent mistakes
# - compare batch sizes and optimizers at equal work
# - tell parameters (learned) from hyperparameters (chosen): epochs, batch size, learning rate,
#   architecture
#
# **House rules for every task**
#
# - Samples are rows: a batch `x` has shape (N, D). Labels `t` have shape (N,), or are one-hot rows.
# - Do not change arrays that were handed to you. One exception: an optimizer changes a network's
#   parameters, in place.
# - float64, NumPy only. Loops are fine if they give the right numbers.
# - Where a function takes `rng`, that generator is its only source of randomness if it is given;
#   `None` leaves the choice to you (`np.random`, or a generator of your own).
# - Names, arguments, attributes and keys that a task mentions are fixed; everything else is yours.
#
# **How to work.** Replace `raise NotImplementedError` by your code, then run
#
#     grade assignment6 --task preprocessing
#
# as often as you like. Stuck? `grade hint assignment6 preprocessing` gives one hint at a time.
#
# **The data.** Grading uses the 1,797 small digits (8 x 8 pixels) that come with the course, because
# they train in a second. Your code does not care: `grade data fetch mnist` brings the real MNIST
# (28 x 28), and `from autograder.data import load_mnist` reads it.

# %% [markdown]
# ## Imports and what is given (준비)
#
# What you built in the earlier assignments is given, in our version, so that an old mistake does not
# cost you anything here:
#
# | from | names |
# |---|---|
# | 1, 2 | `softmax(x)`, `cross_entropy_error(y, t)` |
# | 3 | the layers `Affine(W, b)`, `Relu()`, `Sigmoid()`, `SoftmaxWithLoss()` |
# | 4 | the optimizers `SGD(lr)`, `Momentum(lr)`, `AdaGrad(lr)`, `Adam(lr)` |
# | 5 | `init_params(input_size, hidden_size_list, output_size, weight_init_std)`: start values `W1`, `b1`, `W2`, ... |

# %%
import numpy as np

from autograder.given import (
    SGD,
    AdaGrad,
    Adam,
    Affine,
    Momentum,
    Relu,
    Sigmoid,
    SoftmaxWithLoss,
    cross_entropy_error,
    init_params,
    softmax,
)

# %% [markdown]
# ## 6.1 Image preprocessing (이미지 전처리) — 10 points
#
# MNIST arrives as bytes: each pixel is a `uint8` between 0 (paper) and 255 (ink), each image a
# square of 28 x 28 of them. A network wants neither. Inputs near 1 keep the weighted sums, and so
# the gradients, at a healthy size: with raw bytes, plain SGD at the usual learning rate learns
# nothing at all (11% correct, which is guessing). And an affine layer takes rows, not squares.
#
# $$\texttt{normalized} = \frac{\texttt{image}}{255} \in [0, 1], \qquad
#   (N, 28, 28) \;\longrightarrow\; (N, 784)$$
#
# The divisor is the largest value that a byte *can* have, not the largest one that happens to occur:
# training and test images must be scaled in the same way, whatever is in them.
#
# **Write** two functions:
#
# - `normalize_images(images)`: `uint8` array of any shape to a *float* array (float64 or float32) of
#   the same shape, every value divided by 255.
# - `flatten_images(images)`: (N, ...) to (N, product of the other axes). Image `i` becomes row `i`;
#   its pixels keep their order, line after line. N is at least 1.
#
# Neither changes `images`.
#
# **By hand.** The bytes 0, 51 and 255 become 0, 0.2 and 1. The image
# $\begin{pmatrix} 1 & 2 \\ 3 & 4 \end{pmatrix}$ becomes the row $(1, 2, 3, 4)$.
#
# *Builds on:* nothing but NumPy. In assignment 1 the images came ready-made; now you make them.

# %%
def normalize_images(images):
    """Scale bytes to floats between 0 and 1.

    Parameters
    ----------
    images : uint8 array of any shape
        0 is paper, 255 is ink.

    Returns
    -------
    new float array of the same shape
    """
    # YOUR CODE HERE
    raise NotImplementedError


def flatten_images(images):
    """Make one row of every image.

    Parameters
    ----------
    images : array, shape (N, d1, d2, ...)

    Returns
    -------
    array, shape (N, d1 * d2 * ...)
        The pixels of each image in row-major order.
    """
    # YOUR CODE HERE
    raise NotImplementedError

# %% [markdown]
# ## 6.2 Shuffling and mini-batches (데이터 섞기와 미니배치) — 16 points
#
# One gradient from all images is exact and expensive; one from a single image is cheap and hasty. A
# **mini-batch** is the compromise. In assignment 3 you drew every batch from the whole bag, and put
# the samples back: some came twice, some never. From now on you draw **without replacement**: shuffle
# all samples, deal them out like cards, and when the pack is used up, one **epoch** is over. Every
# sample has been seen exactly once.
#
# With N samples and batches of $b$, an epoch has $\lceil N / b \rceil$ batches. If the division has
# a remainder, the last batch is simply smaller.
#
# **Write** two functions:
#
# - `shuffle_dataset(x, t, rng=None)`: returns new arrays with the same rows in a random order. Row `i`
#   of both still belongs together.
# - `iterate_minibatches(x, t, batch_size, shuffle=True, rng=None)`: gives the pairs
#   `(x_batch, t_batch)` of one pass over the data, one after the other (`yield` them, or return a
#   list). Every sample is in exactly one batch. With `shuffle=False` the rows come in their order,
#   otherwise in a new random order on every pass. No samples, no batches.
#
# `x` may have any number of axes (rows, or images), `t` may hold labels (N,) or one-hot rows (N, C).
# Neither is changed.
#
# `rng` is a `np.random.Generator` or `None`. If there is one, take all random numbers from it: the same
# seed must give the same batches. If there is none, use `np.random` or a generator of your own.
#
# **By hand.** Ten samples in batches of 4: a pass may deal them as 7 2 9 0 | 4 1 8 3 | 6 5. The sizes
# are 4, 4 and 2; no number comes twice and none is missing.
#
# *Builds on:* the mini-batches of assignment 3 (`train`). There, drawing with replacement was fine
# too; here it is not.

# %%
def shuffle_dataset(x, t, rng=None):
    """Return the samples in a random order, images and labels together.

    Parameters
    ----------
    x : array, shape (N, ...)
    t : array, shape (N,) or (N, C)
    rng : np.random.Generator or None
        The only source of randomness if given.

    Returns
    -------
    (x, t) : new arrays of the same shapes
    """
    # YOUR CODE HERE
    raise NotImplementedError


def iterate_minibatches(x, t, batch_size, shuffle=True, rng=None):
    """Deal all samples out in mini-batches: one pass, without replacement.

    Parameters
    ----------
    x : array, shape (N, ...)
    t : array, shape (N,) or (N, C)
    batch_size : int
        Samples per batch; the last batch holds what is left.
    shuffle : bool
        A new random order if true, else the order of the rows.
    rng : np.random.Generator or None
        The only source of randomness if given.

    Yields
    ------
    (x_batch, t_batch) : arrays with the same number of rows
    """
    # YOUR CODE HERE
    raise NotImplementedError

# %% [markdown]
# ## 6.3 MultiLayerNet (다층 신경망) — 24 points
#
# A network of any depth. Between an input and an output layer you may now stack as many hidden layers
# as you like; each is fully connected to the next. Other names for the same thing: multi-layer
# perceptron (MLP), fully connected network, deep neural network (DNN).
#
# $$x \to \underbrace{\text{Affine}_1 \to \text{activation}}_{\text{hidden } 1} \to \dots \to
#   \underbrace{\text{Affine}_{L-1} \to \text{activation}}_{\text{hidden } L-1} \to \text{Affine}_L
#   \to \text{logits} \to \text{SoftmaxWithLoss} \to L$$
#
# New is **weight decay**: a price on large weights, paid in the loss and therefore also in the
# gradient. It covers the weight matrices and leaves the biases alone.
#
# $$L_{\text{total}} = L + \frac{\lambda}{2} \sum_{i} \sum_{jk} W_{i,jk}^2 \qquad
#   \frac{\partial L_{\text{total}}}{\partial W_i} = \frac{\partial L}{\partial W_i} + \lambda W_i$$
#
# **Write** the class `MultiLayerNet(input_size, hidden_size_list, output_size, activation="relu",
# weight_init_std="relu", weight_decay_lambda=0)`:
#
# - `hidden_size_list` holds the sizes of the hidden layers and may be empty; `activation` is `"relu"`
#   or `"sigmoid"`, after every affine layer but the last.
# - `params`: a dictionary `"W1"`, `"b1"`, `"W2"`, ... as the given `init_params(input_size,
#   hidden_size_list, output_size, weight_init_std)` returns it: `"relu"` or `"he"` gives
#   $\sqrt{2/n_{in}}$ *of each layer*, `"sigmoid"` or `"xavier"` $\sqrt{1/n_{in}}$, a number is the
#   standard deviation of all layers. Biases start at 0. Build the layers once, from these arrays, so
#   that an update of `params` in place changes what `predict` returns.
# - `predict(x)`: the logits (N, output_size), without softmax.
# - `loss(x, t)`: mean cross-entropy plus the decay term, one number.
# - `accuracy(x, t)`: the fraction of samples whose largest logit is the right one.
# - `gradient(x, t)`: a dictionary with the keys of `params`: the gradient of `loss` for this batch.
#   `params` stay as they are.
#
# `x` has shape (N, input_size); `t` holds integer labels (N,) or one-hot rows (N, output_size).
#
# **By hand.** With $\lambda = 0.1$ and a single weight $W = 3$, the loss grows by
# $\frac{0.1}{2} \cdot 3^2 = 0.45$ and the gradient by $0.1 \cdot 3 = 0.3$.
#
# *Builds on:* `TwoLayerNet` (assignment 3), which is `MultiLayerNet(n, [h], m)`, and `init_params`
# (assignment 5). `Affine`, `Relu`, `Sigmoid` and `SoftmaxWithLoss` are given.

# %%
class MultiLayerNet:
    """Affine layers with activations between them, softmax and cross-entropy as the loss.

    Parameters
    ----------
    input_size, output_size : int
    hidden_size_list : list of int
        Sizes of the hidden layers, possibly none.
    activation : "relu" or "sigmoid"
    weight_init_std : str or float
        "relu"/"he", "sigmoid"/"xavier", or a standard deviation.
    weight_decay_lambda : float
        Strength of the weight decay; 0 turns it off.

    Attributes
    ----------
    params : dict
        "W1", "b1", "W2", "b2", ...: float arrays, shared with the layers.
    """

    def __init__(
        self,
        input_size,
        hidden_size_list,
        output_size,
        activation="relu",
        weight_init_std="relu",
        weight_decay_lambda=0,
    ):
        # YOUR CODE HERE
        raise NotImplementedError

    def predict(self, x):
        """Return the logits, shape (N, output_size), of a batch x of shape (N, input_size)."""
        # YOUR CODE HERE
        raise NotImplementedError

    def loss(self, x, t):
        """Return the mean cross-entropy of the batch plus the weight decay, a float."""
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

# %% [markdown]
# ## 6.4 The training loop (학습 루프) — 20 points
#
# All parts are on the table: batches, a network that knows its gradient, an optimizer that knows what
# to do with it. The training loop brings them together. It is short, and it is the place where most
# silent mistakes of deep learning live: nothing crashes, the numbers just become a little worse, or
# too good.
#
# For every **epoch**:
#
# 1. for every mini-batch of a *new* shuffled pass over the training data
#    - ask the network for the **gradient** of this batch
#    - let the optimizer **update** the network's parameters with it
#    - record the **loss** of this batch
# 2. after the last batch, measure the **accuracy** on *all* training data, and on the test data if
#    there are any
#
# The test data is only ever looked at. A network that has trained on it tells you nothing about
# images it has never seen: that mistake is called *leakage*.
#
# **Write** the function `train_network(network, optimizer, x_train, t_train, x_test=None, t_test=None,
# epochs=1, batch_size=100, rng=None)`. It returns the history, a dictionary of three lists of numbers:
#
# | key | one number for each | what |
# |---|---|---|
# | `"loss"` | update | `network.loss` of the mini-batch, before or after its update |
# | `"train_acc"` | epoch | `network.accuracy` on all of `x_train`, after the epoch |
# | `"test_acc"` | epoch | `network.accuracy` on all of `x_test`, after the epoch; empty without test data |
#
# - Every epoch sees every training sample once (the last batch may be smaller), in a new order.
#   Take the batches from `iterate_minibatches`, and hand `rng` on to it.
# - Use only `network.params`, `network.gradient(x, t)`, `network.loss(x, t)`,
#   `network.accuracy(x, t)` and `optimizer.update(params, grads)`, which gets `network.params`
#   itself. The grader also hands you networks and optimizers of its own that have nothing else.
# - The data stays as it is.
#
# **By hand.** 25 samples in batches of 10 make 3 updates an epoch (10, 10 and 5 samples). After 3 epochs
# there are 9 losses, 3 training accuracies and, without test data, no test accuracies.
#
# *Builds on:* `iterate_minibatches` (task 2), `MultiLayerNet` (task 3), `train` (assignment 3) and the
# optimizers (assignment 4).

# %%
def train_network(
    network,
    optimizer,
    x_train,
    t_train,
    x_test=None,
    t_test=None,
    epochs=1,
    batch_size=100,
    rng=None,
):
    """Train a network by mini-batches and say how it went.

    Parameters
    ----------
    network : object with params, gradient(x, t), loss(x, t) and accuracy(x, t)
        Its params are updated in place.
    optimizer : object with update(params, grads)
    x_train, t_train : arrays with N rows
    x_test, t_test : arrays with the same number of rows, or None
        Only measured, never trained on.
    epochs : int
        Passes over the training data.
    batch_size : int
    rng : np.random.Generator or None
        The only source of randomness if given.

    Returns
    -------
    dict
        "loss": list of floats, one for each update; "train_acc" and "test_acc": lists of floats, one
        for each epoch ("test_acc" is empty without test data).
    """
    # YOUR CODE HERE
    raise NotImplementedError

# %% [markdown]
# ## 6.5 Batch GD, mini-batch, SGD (배치 경사하강법, 미니배치, SGD) — 12 points
#
# How many samples should one step look at?
#
# | name | batch | one epoch is | character |
# |---|---|---|---|
# | batch gradient descent (GD) | all N samples | 1 update | careful: exact direction, hardly ever a step |
# | mini-batch | for example 100 | $\lceil N / 100 \rceil$ updates | the compromise |
# | stochastic gradient descent (SGD) | 1 sample | N updates | hasty: many steps, each in a rough direction |
#
# All three read the same N samples in an epoch, so they cost about the same arithmetic. They differ in how
# often they *act* on what they read. To compare them fairly, everything else must be equal: each
# setting starts with a fresh network and a fresh optimizer. (Momentum and Adam remember earlier steps;
# a second run would inherit the speed of the first.)
#
# **Write** two functions:
#
# - `updates_per_epoch(n_samples, batch_size)`: the number of updates in one epoch, an int. The smaller
#   last batch counts too; with a batch size of N or more it is 1.
# - `compare_batch_sizes(make_network, make_optimizer, x_train, t_train, x_test, t_test,
#   batch_sizes=(1, 100, None), epochs=1, rng=None)`: for each batch size (`None` stands for all
#   training samples) take *one* new network from `make_network()` and *one* new optimizer from
#   `make_optimizer()`, train with `train_network`, then measure. Returns a dictionary
#   `{batch_size: {"updates": ..., "accuracy": ...}}`, with the batch sizes as they were given: the
#   number of updates in all epochs, and `network.accuracy` on the test data after training.
#
# **By hand.** MNIST has 60,000 training images; in batches of 100 an epoch has 600 updates. 25 samples
# in batches of 10 make 3, in batches of 100 only 1.
#
# *Builds on:* `train_network` (task 4).

# %%
def updates_per_epoch(n_samples, batch_size):
    """Return how many mini-batches one pass over the data has.

    Parameters
    ----------
    n_samples : int
        At least 1.
    batch_size : int
        At least 1.

    Returns
    -------
    int
    """
    # YOUR CODE HERE
    raise NotImplementedError


def compare_batch_sizes(
    make_network,
    make_optimizer,
    x_train,
    t_train,
    x_test,
    t_test,
    batch_sizes=(1, 100, None),
    epochs=1,
    rng=None,
):
    """Train once with each batch size and compare what came of it.

    Parameters
    ----------
    make_network : function without arguments, returns a new network
    make_optimizer : function without arguments, returns a new optimizer
    x_train, t_train, x_test, t_test : arrays
        The test data is only measured.
    batch_sizes : sequence of int or None
        None means all training samples at once.
    epochs : int
    rng : np.random.Generator or None

    Returns
    -------
    dict
        For each batch size a dictionary: "updates" (int, in all epochs) and "accuracy" (float, on the
        test data, after training).
    """
    # YOUR CODE HERE
    raise NotImplementedError

# %% [markdown]
# ## 6.6 The optimizer race and your MNIST run (옵티마이저 비교와 MNIST 학습) — 18 points
#
# First a race. Which optimizer brings the loss down fastest? A race is only fair if all runners start
# at the same line and run the same track: the same start weights (`make_network` takes care of that),
# the same batches in the same order. Only the update rule differs.
#
# Then the run that all of this was for: **choose an architecture, an optimizer, a batch size and a
# number of epochs, and teach a network to read handwritten digits.** What you choose are the
# *hyperparameters*; what the network learns are its *parameters*. A good start is one or two hidden
# layers of 50 to 100 units, ReLU with He start values, `Adam(0.001)` and batches of 100.
#
# **Write** two functions:
#
# - `compare_optimizers(make_network, optimizers, batches)`: `optimizers` is a dictionary from names to
#   optimizers, `batches` a list of pairs `(x, t)`. For each optimizer take *one* new network from
#   `make_network()` and make one update for each batch, in the order of the list. Returns a dictionary
#   from the names to lists: `network.loss` of each batch, right after its update.
# - `train_mnist(x_train, t_train, x_test, t_test, rng=None)`: builds and trains a network for images
#   of *any* size, (N, D), of ten digits. Returns `(network, history)`: the trained network (with
#   `predict`) and the history of `train_network`, with the test accuracy of every epoch. Hand `rng` on
#   to `train_network`.
#
# **What is graded** in `train_mnist`: the grader sends images and labels for training, others for
# the test accuracy of your history, and then unseen images *without* labels. `network.predict` has
# to give the right digit for at least **95%** of the unseen 8 x 8 digits, however the training rows are
# ordered, within 10 seconds. With the settings above, 25 epochs reach about 98% in less than a second;
# leave yourself such a margin, because every start is random.
# (Your instructor may have the real MNIST graded: 8,000 images of 28 x 28 for training, and 92.5%
# of 2,000 others to be read. There 8 epochs reach about 94%.)
#
# If the accuracy stays low, the message shows your learning curve. A loss that does not move, moves
# slowly, or jumps about means three different things.
#
# **By hand.** Two optimizers and three batches give two lists of three losses.
#
# *Builds on:* everything in this assignment, and the optimizers of assignment 4.

# %%
def compare_optimizers(make_network, optimizers, batches):
    """Train the same network on the same batches, once with each optimizer.

    Parameters
    ----------
    make_network : function without arguments, returns a new network
    optimizers : dict of str to optimizer
    batches : list of pairs (x, t)

    Returns
    -------
    dict of str to list of float
        The loss of each batch after its update.
    """
    # YOUR CODE HERE
    raise NotImplementedError


def train_mnist(x_train, t_train, x_test, t_test, rng=None):
    """Train a network of your choice to read digits.

    Parameters
    ----------
    x_train, x_test : arrays, shape (N, D) and (M, D)
        Pixels between 0 and 1; D is 64 for the small digits, 784 for MNIST.
    t_train, t_test : int arrays, shape (N,) and (M,)
    rng : np.random.Generator or None

    Returns
    -------
    (network, history)
        The trained network, and the dictionary that train_network returned.
    """
    # YOUR CODE HERE
    raise NotImplementedError

# %% [markdown]
# For the race below and for your own experiments, an optimizer by its name (given):

# %%
def make_optimizer(name, lr):
    """Return a new optimizer: "SGD", "Momentum", "AdaGrad" or "Adam", with this learning rate."""
    return {"SGD": SGD, "Momentum": Momentum, "AdaGrad": AdaGrad, "Adam": Adam}[name](lr)

# %% [markdown] tags=["experiment"]
# ## Experiments (실험)
#
# Nothing below is graded. Run the cells when the tasks above work: they use *your* code. The plots
# need matplotlib (`pip install matplotlib`). They use the digits of the course, enlarged to MNIST's
# 28 x 28 pixels where that matters; with `x, t` from `load_mnist()` they work just the same.
#
# ### 1. What the network sees
#
# Twenty-five digits and what a person says they are. Some are hard for you, too.

# %% tags=["experiment"]
# fig1_samples: 25 training images with their labels
import matplotlib.pyplot as plt

from autograder.data import load_digits

big = load_digits(28)
figure, axes = plt.subplots(5, 5, figsize=(6, 6.6))
for ax, image, label in zip(axes.flat, big.x_train, big.t_train, strict=False):
    ax.imshow(image.reshape(28, 28), cmap="gray_r", vmin=0, vmax=1)
    ax.set_title(str(label), fontsize=11)
    ax.axis("off")
figure.suptitle("Handwritten digits and their labels")
plt.show()

# %% [markdown] tags=["experiment"]
# ### 2. The loss while it learns
#
# Your `train_mnist`, step by step. Each dot is the loss of one mini-batch, the line their mean over an
# epoch. Why do the dots scatter? What would the picture look like with batches of 1,000?

# %% tags=["experiment"]
# fig2_loss_curve: the loss of every mini-batch, and its mean over each epoch
import matplotlib.pyplot as plt

from autograder.data import load_digits

digits = load_digits()
np.random.seed(1)
network, history = train_mnist(
    digits.x_train, digits.t_train, digits.x_test, digits.t_test, np.random.default_rng(1)
)
losses = np.array(history["loss"])
epochs = len(history["test_acc"])
per_epoch = len(losses) // epochs
figure, ax = plt.subplots(figsize=(8, 4.5))
ax.plot(np.arange(1, len(losses) + 1), losses, ".", color="0.7", markersize=4, label="mini-batch")
means = losses[: epochs * per_epoch].reshape(epochs, per_epoch).mean(axis=1)
ax.plot(per_epoch * (np.arange(epochs) + 0.5), means, linewidth=2, label="mean over an epoch")
ax.axhline(np.log(10), linestyle=":", color="black", label="guessing: ln 10")
ax.set(xlabel="update", ylabel="cross-entropy loss", yscale="log", title="Training loss")
ax.legend()
plt.show()

# %% [markdown] tags=["experiment"]
# ### 3. Training and test accuracy
#
# Two curves, one question: how much of what the network learned holds for digits that it has never
# seen? Where do the curves part?

# %% tags=["experiment"]
# fig3_accuracy: accuracy on training and test images after every epoch
import matplotlib.pyplot as plt

figure, ax = plt.subplots(figsize=(8, 4.5))
ax.plot(range(1, epochs + 1), history["train_acc"], marker="o", markersize=3, label="training")
ax.plot(
    range(1, epochs + 1),
    history["test_acc"],
    marker="s",
    markersize=3,
    linestyle="--",
    label="test",
)
ax.axhline(0.95, linestyle=":", color="red", label="95%, what the grader asks for")
ax.set(xlabel="epoch", ylabel="accuracy", ylim=(0, 1.02), title="Accuracy after each epoch")
ax.legend(loc="lower right")
plt.show()

# %% [markdown] tags=["experiment"]
# ### 4. Careful, hasty, or in between
#
# One epoch with plain SGD and the same learning rate, in batches of different sizes. All of them look
# at every image exactly once. The numbers say how many updates they made of it.

# %% tags=["experiment"]
# fig4_batch_gd_sgd: test accuracy after one epoch, by batch size
import matplotlib.pyplot as plt

from autograder.data import load_digits

digits = load_digits()
sizes = (1, 10, 100, 1000, None)
np.random.seed(1)
networks = iter([MultiLayerNet(64, [50], 10) for _ in sizes])
optimizers = iter([make_optimizer("SGD", 0.05) for _ in sizes])
report = compare_batch_sizes(
    lambda: next(networks),
    lambda: next(optimizers),
    digits.x_train,
    digits.t_train,
    digits.x_test,
    digits.t_test,
    sizes,
    epochs=1,
    rng=np.random.default_rng(1),
)
places = [size or len(digits.x_train) for size in sizes]
accuracies = [report[size]["accuracy"] for size in sizes]
figure, ax = plt.subplots(figsize=(8, 4.5))
ax.semilogx(places, accuracies, marker="o")
for size, place, height in zip(sizes, places, accuracies, strict=True):
    count = report[size]["updates"]
    text = f"{count} update" + ("s" if count > 1 else "")
    shift = (8, 5) if size else (8, -4)
    ax.annotate(text, (place, height), textcoords="offset points", xytext=shift)
ax.axhline(0.1, linestyle=":", color="black", label="guessing")
ax.set(
    xlabel=f"batch size (the last one is all {places[-1]:,} images)",
    ylabel="test accuracy",
    xlim=(0.5, 12000),
    ylim=(0, 1.1),
    title="After one epoch of SGD, learning rate 0.05",
)
ax.legend()
plt.show()

# %% [markdown] tags=["experiment"]
# ### 5. The race
#
# Four optimizers, the same start weights, the same batches in the same order, the learning rates that
# the book uses. Who is ahead after 50 updates, who after 300? Would another learning rate change the
# order? They race on MNIST if it is on this computer, else on the course's digits.

# %% tags=["experiment"]
# fig5_optimizers: the loss of SGD, Momentum, AdaGrad and Adam on the same batches
import matplotlib.pyplot as plt

from autograder.data import load_mnist
from autograder.errors import GroundupError

try:  # the real images, once `grade data fetch mnist` has brought them
    (x, t), _ = load_mnist()
    source = "MNIST"
except GroundupError:  # the course's digits in the same shape
    (x, t), _ = load_mnist(source="digits")
    source = "the course's digits"
rates = {"SGD": 0.01, "Momentum": 0.01, "AdaGrad": 0.01, "Adam": 0.001}
runners = {name: make_optimizer(name, rate) for name, rate in rates.items()}
batches = []
rng = np.random.default_rng(2)
while len(batches) < 300:
    batches += list(iterate_minibatches(x[:3000], t[:3000], 100, rng=rng))
starters = []
for _ in runners:
    np.random.seed(3)  # the same start weights for everybody
    starters.append(MultiLayerNet(784, [100, 100], 10))
line = iter(starters)
race = compare_optimizers(lambda: next(line), runners, batches[:300])
figure, ax = plt.subplots(figsize=(8, 4.5))
window = np.ones(15) / 15
for name, losses in race.items():
    smooth = np.convolve(losses, window, mode="valid")
    ax.plot(np.arange(8, 8 + len(smooth)), smooth, label=f"{name} (lr {rates[name]:g})")
ax.set(
    xlabel="update",
    ylabel="loss, mean of 15 batches",
    yscale="log",
    title=f"Same network, same batches of {source}, four update rules",
)
ax.legend()
plt.show()

# %% [markdown] tags=["experiment"]
# ### 6. What it still gets wrong
#
# The test images that your network of experiment 2 misreads. Would you have read them? Which digits does
# it mix up?

# %% tags=["experiment"]
# fig6_mistakes: misread test images, with predicted and true digit
import matplotlib.pyplot as plt

from autograder.data import load_digits

digits = load_digits()
guesses = np.argmax(network.predict(digits.x_test), axis=1)
wrong = np.flatnonzero(guesses != digits.t_test)
figure, axes = plt.subplots(2, 6, figsize=(9, 3.9))
for ax in axes.flat:
    ax.axis("off")
for ax, i in zip(axes.flat, wrong, strict=False):
    ax.imshow(digits.x_test[i].reshape(8, 8), cmap="gray_r", vmin=0, vmax=1)
    ax.set_title(f"read {guesses[i]}, is {digits.t_test[i]}", fontsize=10)
figure.suptitle(f"{len(wrong)} of {len(guesses)} test images are misread")
figure.tight_layout()
plt.show()

# %% [markdown] tags=["experiment"]
# ### Questions to think about
#
# 1. Parameter or hyperparameter: weight, bias, learning rate, number of epochs, batch size, start
#    weights, number of layers, activation function?
# 2. Batch gradient descent, mini-batch, SGD: who is too careful, who is too hasty?
# 3. What is drawing without replacement, and what happens on data sorted by class without shuffling?
# 4. Why are the pixels divided by 255? What becomes of SGD with a learning rate of 0.1 on raw bytes?
#    Would a scale from -1 to 1 do as well?
# 5. What do the words DNN, MLP and fully connected layer mean?
# 6. The gradient of a mini-batch is noisy. What might that noise be good for?
# 7. You look at the test accuracy after every epoch and stop where it is best. Is that number still
#    honest?

# %% [markdown] tags=["experiment"]
# ### What we would answer (우리의 답)
#
# Think first: a question is worth more than its answer.
#
# <details>
# <summary>1. Parameter or hyperparameter</summary>
#
# Weights and biases are parameters: the machine finds them. All the rest is chosen by you before
# training: hyperparameters. The start weights too: the rule that draws them is your choice.
#
# </details>
#
# <details>
# <summary>2. Careful and hasty</summary>
#
# Batch gradient descent is too careful: it reads everything before each single step. SGD is too hasty:
# it steps after every sample, in a direction that one sample suggests. The mini-batch is the
# compromise, and the one that matrix libraries like best.
#
# </details>
#
# <details>
# <summary>3. Without replacement</summary>
#
# A sample that was drawn does not go back into the bag until the bag is empty: every sample once in an
# epoch. Without shuffling, sorted data shows the network one class after the other; each batch pulls
# all outputs towards its own class, and the first classes are forgotten at the end of the epoch. On
# 8,000 sorted MNIST images, SGD then reads 35% instead of 93%.
#
# </details>
#
# <details>
# <summary>4. Why 255</summary>
#
# Inputs near 1 keep the weighted sums, and with them the gradients, in the range that start values and
# learning rates were made for. With raw bytes everything is 255 times as large: SGD with a learning
# rate of 0.1 stays at 11%, the share of the most frequent digit; Adam, which divides by the size of the
# gradient, still learns, but worse. A scale from -1 to 1 works nearly as well as 0 to 1 (92% and 94% in
# the same run). What matters is that training and test images get the same one.
#
# </details>
#
# <details>
# <summary>5. DNN, MLP, fully connected</summary>
#
# In a fully connected layer every output depends on every input: `Affine`. A multi-layer perceptron
# (MLP) is a stack of such layers with activations between them. A deep neural network (DNN) is any
# network with several hidden layers, of whatever kind.
#
# </details>
#
# <details>
# <summary>6. Noise</summary>
#
# A small valley that the loss of all samples has may be absent in the loss of this mini-batch. The
# scatter can shake the parameters out of shallow local minima and off flat places where the exact
# gradient is nearly 0.
#
# </details>
#
# <details>
# <summary>7. The best epoch</summary>
#
# No longer quite. You have chosen by the test data, so its number is the best of many and a little too
# good: the test data became part of the training. Choose on a third set, the validation data, and look
# at the test data once, at the end. That is why the grader keeps labels that you never see.
#
# </details>
