# %% [markdown]
# # Assignment 4: Optimizers (매개변수 갱신: 옵티마이저)
#
# Backpropagation tells you which way is uphill. It does not tell you how far to go, and the steepest
# way down is not always the best one: in a narrow valley it leads from wall to wall. Seven answers
# have become famous. You will write all of them, each a class with a single method, and then let
# them race.
#
# | optimizer | what it remembers | the idea |
# |---|---|---|
# | SGD | nothing | a small step downhill |
# | Momentum | a velocity | zig-zag cancels, progress adds up |
# | NAG | a velocity | measure the slope where the velocity leads |
# | AdaGrad | all squared gradients | a learning rate for each number |
# | RMSProp | recent squared gradients | the same, but able to forget |
# | AdaDelta | recent squared gradients and steps | steps about as long as the last ones |
# | Adam | recent gradients and their squares | both ideas, with a fair start |
#
# **What you will be able to do afterwards**
#
# - implement the seven behind one interface, and swap them in a training loop without touching it
# - explain Momentum (accumulate) against RMSProp (careful on steep axes, bold on flat ones)
# - say why Adam needs a bias correction in its first steps
# - use a large learning rate first and a small one later (gear shifting)
# - work with dictionaries of arrays: `items()`, one state per key, updates in place
#
# **The interface.** An optimizer is an object with `update(params, grads)`.
#
# - `params` and `grads` are dictionaries with the same keys, possibly in another order.
#   `params["W1"]` is a float array of any shape, `grads["W1"]` the gradient of the loss with respect
#   to it, of the same shape.
# - `update` changes the arrays in `params` **in place**, because the layers of the network hold the
#   very same arrays. Replacing an array in the dictionary does not reach them. What `update` returns
#   does not matter.
# - `grads` is left as it is.
# - What an optimizer remembers starts at 0, is created at the first `update` with one entry per key,
#   and is kept on `self`: two optimizers share nothing. How you name and store it is up to you; the
#   names in `__init__` are a suggestion.
# - The arguments of `__init__` (`lr`, `momentum`, ...) have the names and default values given.
#
# **How to work.** Replace `raise NotImplementedError` by your code, then run
#
#     grade assignment4 --task sgd
#
# as often as you like. Stuck? `grade hint assignment4 sgd` gives one hint at a time.

# %% [markdown]
# ## Imports (준비)
#
# NumPy is all that the tasks need. The experiments at the end also use the `TwoLayerNet` of
# assignment 3, in our version (`from autograder.given import TwoLayerNet`).

# %%
import numpy as np

# %% [markdown] tags=["experiment"]
# ## Experiments (실험)
#
# Nothing below is graded. Run the cells when the tasks above work: they use *your* code. The plots
# need matplotlib (`pip install matplotlib`).
#
# ### 1. Seven ways through one valley
#
# The contour lines of $x^2/20 + y^2$ and thirty steps of each optimizer from $(-7, 2)$. The small
# cross is the minimum. Who zig-zags, who overshoots, who heads straight for it? The last panel shows
# the height after each step. Change a learning rate and look again: no ranking survives that.

# %% tags=["experiment"]
# fig1_paths: the path of each optimizer on the contour lines of x^2/20 + y^2
import matplotlib.pyplot as plt


def valley_gradient(p):
    return np.array([p[0] / 10, 2 * p[1]])


racers = {
    "SGD, lr 0.95": SGD(lr=0.95),
    "Momentum, lr 0.1": Momentum(lr=0.1),
    "NAG, lr 0.1": Nesterov(lr=0.1),
    "AdaGrad, lr 1.5": AdaGrad(lr=1.5),
    "RMSProp, lr 0.3, decay 0.9": RMSprop(lr=0.3, decay_rate=0.9),
    "AdaDelta, rho 0.9, eps 0.05": AdaDelta(rho=0.9, eps=0.05),
    "Adam, lr 0.3": Adam(lr=0.3),
}
grid_x, grid_y = np.meshgrid(np.linspace(-8.5, 4.5, 120), np.linspace(-3, 3, 80))
levels = [0.05, 0.2, 0.5, 1, 2, 3.5, 5.5, 8]
figure, axes = plt.subplots(2, 4, figsize=(14, 6), layout="constrained")
panels = axes.ravel()
for number, (name, racer) in enumerate(racers.items()):
    path = optimizer_path(racer, valley_gradient, np.array([-7.0, 2.0]), 30)
    color = f"C{number}"
    panel = panels[number]
    panel.contour(grid_x, grid_y, grid_x**2 / 20 + grid_y**2, levels, colors="0.8", linewidths=0.8)
    panel.plot(path[:, 0], path[:, 1], "o-", color=color, markersize=3, linewidth=1.2)
    panel.plot(0, 0, "k+", markersize=10)
    panel.set(title=name, xlabel="x", ylabel="y", xlim=(-8.5, 4.5), ylim=(-3, 3))
    height = path[:, 0] ** 2 / 20 + path[:, 1] ** 2
    panels[-1].semilogy(height, color=color, label=name.split(",")[0])
panels[-1].set(title="Height after each step", xlabel="step", ylabel="$x^2/20 + y^2$")
panels[-1].legend(fontsize=7, ncols=2)
figure.suptitle("Thirty steps in the valley $x^2/20 + y^2$")
plt.show()

# %% [markdown] tags=["experiment"]
# ### 2. Learning to read digits
#
# The same network, the same start, the same mini-batches; only the optimizer differs. On the left the
# training loss (each point the mean of the last 20 batches), on the right the accuracy on digits
# that no optimizer has seen. SGD with the same learning rate as Momentum is far behind. Give it ten
# times the rate: how much of the difference is left?

# %% tags=["experiment"]
# fig2_mnist_compare: smoothed training loss and test accuracy of the optimizers on the digits
import matplotlib.pyplot as plt

from autograder.data import load_digits
from autograder.given import TwoLayerNet

digits = load_digits()
racers = {
    "SGD, lr 0.01": SGD(lr=0.01),
    "Momentum, lr 0.01": Momentum(lr=0.01),
    "NAG, lr 0.01": Nesterov(lr=0.01),
    "AdaGrad, lr 0.01": AdaGrad(lr=0.01),
    "RMSProp, lr 0.001": RMSprop(lr=0.001),
    "AdaDelta, lr 1": AdaDelta(),
    "Adam, lr 0.001": Adam(lr=0.001),
}
batch_size, epochs = 100, 20
figure, (left, right) = plt.subplots(1, 2, figsize=(12, 4.5), layout="constrained")
accuracies = {}
for number, (name, optimizer) in enumerate(racers.items()):
    np.random.seed(0)
    network = TwoLayerNet(64, 100, 10, weight_init_std=0.15)
    shuffler, losses = np.random.default_rng(1), []
    for _ in range(epochs):
        order = shuffler.permutation(len(digits.x_train))
        for first in range(0, len(order) - batch_size + 1, batch_size):
            batch = order[first : first + batch_size]
            x, t = digits.x_train[batch], digits.t_train[batch]
            gradients = network.gradient(x, t)
            losses.append(network.last_layer.loss)
            optimizer.update(network.params, gradients)
    accuracies[name] = network.accuracy(digits.x_test, digits.t_test)
    smooth = np.convolve(losses, np.ones(20) / 20, mode="valid")
    style = "--" if name.startswith("NAG") else "-"  # almost on top of Momentum
    left.semilogy(np.arange(len(smooth)) + 20, smooth, style, color=f"C{number}", label=name)
left.set(xlabel="iteration", ylabel="mean loss of the last 20 batches", title="Training loss")
left.set_ylim(0.03, 3)
left.legend(fontsize=8, ncols=2, loc="lower left")
bars = right.barh(
    list(accuracies),
    [100 * value for value in accuracies.values()],
    color=[f"C{number}" for number in range(len(racers))],
)
right.bar_label(bars, fmt="%.1f%%", padding=3)
right.invert_yaxis()
right.set(xlabel="test accuracy in %", xlim=(50, 104), title=f"After {epochs} epochs")
plt.show()

# %% [markdown] tags=["experiment"]
# ### 3. Why Adam corrects its bias
#
# A gradient of exactly 1 in every step: an honest optimizer should make equal steps of `lr`. The red
# line shows what the same means do without the correction. It starts at 3.16 times `lr` and gets
# *worse*, because the mean of the squares wakes up a hundred times more slowly than the mean of the
# gradients. That is a burst of speed at the very moment when one knows least.

# %% tags=["experiment"]
# fig3_adam_bias: size of Adam's steps under a constant gradient, with and without bias correction
import matplotlib.pyplot as plt

lr, count = 0.001, 50
optimizer, params = Adam(lr=lr), {"w": np.zeros(1)}
positions = [0.0]
for _ in range(count):
    optimizer.update(params, {"w": np.ones(1)})
    positions.append(float(params["w"][0]))
with_correction = -np.diff(positions)
t = np.arange(1, count + 1)
without_correction = lr * (1 - 0.9**t) / np.sqrt(1 - 0.999**t)

figure, axes = plt.subplots(figsize=(8, 4), layout="constrained")
axes.plot(t, without_correction / lr, "o-", color="C3", markersize=3, label="without correction")
axes.plot(t, with_correction / lr, "o-", color="C0", markersize=3, label="your Adam")
axes.axhline(1, color="0.6", linestyle="--", linewidth=1)
axes.annotate(
    f"{without_correction[0] / lr:.2f} in the first step",
    (1, without_correction[0] / lr),
    xytext=(12, -4),
    textcoords="offset points",
    color="C3",
)
axes.set(
    xlabel="step $t$",
    ylabel="step size / lr",
    ylim=(0, 7.5),
    title="Adam under a constant gradient of 1",
)
axes.legend()
plt.show()

# %% [markdown] tags=["experiment"]
# ### 4. Shifting gears
#
# Gradients from mini-batches are noisy. Here a ball in the valley $w^2 / 2$, in a hundred dimensions,
# gets a gradient with random errors. A large learning rate arrives quickly and then trembles high
# above the floor; a small one goes deep but takes long; shifting gears has both. The stairs on the
# left are your `gear_shift`.

# %% tags=["experiment"]
# fig4_gear_shift: learning rate per epoch (stairs), and the loss with and without shifting
import matplotlib.pyplot as plt

epochs, steps_per_epoch = 60, 5
plans = {
    "always 0.5": [0.5] * epochs,
    "always 0.01": [0.01] * epochs,
    "gear_shift(0.5, epoch)": [gear_shift(0.5, epoch) for epoch in range(epochs)],
}
figure, (left, right) = plt.subplots(1, 2, figsize=(12, 4.5), layout="constrained")
for name, rates in plans.items():
    noise = np.random.default_rng(0)
    optimizer, params = SGD(lr=rates[0]), {"w": np.full(100, 3.0)}
    losses = []
    for rate in rates:
        optimizer.lr = rate
        for _ in range(steps_per_epoch):
            optimizer.update(params, {"w": params["w"] + noise.standard_normal(100)})
        losses.append(0.5 * float(np.mean(params["w"] ** 2)))
    left.stairs(rates, np.arange(epochs + 1), baseline=None, linewidth=2, label=name)
    right.semilogy(np.arange(1, epochs + 1), losses, label=name)
left.set(xlabel="epoch", ylabel="learning rate", yscale="log", title="The plan")
right.set(xlabel="epoch", ylabel="loss $\\frac{1}{2}$ mean($w^2$)", title="What comes of it")
for panel in (left, right):
    panel.legend()
plt.show()

# %% [markdown] tags=["experiment"]
# ### Questions to think about
#
# 1. Momentum and RMSProp, in one sentence each: what does the one do about a zig-zag, what the other?
# 2. Are RMSProp and AdaGrad the same?
# 3. What does `params.items()` give you?
# 4. Which of the seven would still work well if the loss were measured in another unit, say multiplied
#    by 1000, without touching `lr`?
# 5. Why does every optimizer change the arrays in place? Find the line in assignment 3 that makes it
#    necessary.
# 6. What is gear shifting, and why is it not enough to start in the lowest gear?

# %% [markdown] tags=["experiment"]
# ### What we would answer (우리의 답)
#
# Think first: a question is worth more than its answer.
#
# <details>
# <summary>1. Momentum and RMSProp</summary>
#
# Momentum adds up the gradients, so that pushes to the left and to the right cancel and pushes along
# the valley accumulate. RMSProp divides every gradient by its recent size: small steps along the steep
# axis, bold ones along the flat axis.
#
# </details>
#
# <details>
# <summary>2. RMSProp and AdaGrad</summary>
#
# No, though notes often put them in one pair of brackets. AdaGrad adds up all squares since the
# beginning and never forgets, so its steps shrink for ever. RMSProp keeps a fading mean: what happened
# long ago no longer counts, and it can speed up again.
#
# </details>
#
# <details>
# <summary>3. What items() gives</summary>
#
# Pairs of key and value, here the name of a parameter and its array. It is the array itself, no copy:
# `value -= step` in the loop changes the network, `value = value - step` does not.
#
# </details>
#
# <details>
# <summary>4. Loss times 1000</summary>
#
# All gradients become 1000 times as large. AdaGrad, RMSProp, AdaDelta and Adam divide the gradient by
# its own size, so but for the tiny $\varepsilon$ nothing changes. SGD, Momentum and NAG take steps
# 1000 times as long, and fly out of the valley.
#
# </details>
#
# <details>
# <summary>5. Why in place</summary>
#
# Because the layers hold the same arrays: `Affine(self.params["W1"], self.params["b1"])` in the
# `__init__` of `TwoLayerNet`. A new array in `params` would leave the layer with the old one.
#
# </details>
#
# <details>
# <summary>6. Gear shifting</summary>
#
# A large learning rate first, a small one near the minimum. In the lowest gear from the start you would
# arrive just as precisely, but after many times as many steps: most of the way is far from the minimum,
# where long steps do no harm.
#
# </details>
