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
