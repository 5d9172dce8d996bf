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
