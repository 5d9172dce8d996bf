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
