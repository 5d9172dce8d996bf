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
