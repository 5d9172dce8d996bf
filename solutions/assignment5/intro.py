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
