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

# %% [markdown]
# ## 4.1 SGD (확률적 경사하강법) — 8 points
#
# The oldest rule is one line long. The gradient points uphill, so take a small step the other way:
#
# $$W \leftarrow W - \eta\,\frac{\partial L}{\partial W}$$
#
# $\eta$ is the learning rate `lr`. It is called *stochastic* gradient descent because the gradient
# comes from a random mini-batch; the rule itself is plain gradient descent.
#
# **Write** `SGD.update(params, grads)` for the interface described at the top:
#
# - Each array in `params` is changed **in place**. `W = W - step` makes a *new* array and hangs the
#   old name on it; the layers of the network still hold the old one, and the training silently
#   stands still. `W -= step` changes the numbers inside the array that everybody holds.
# - `grads` stays as it is. Its keys are those of `params`, possibly in another order: the key says
#   which gradient belongs to which array.
# - `lr` is read at *every* update, because the learning rate may be changed while training (task 7).
#
# **By hand.** `lr = 0.1`, $W = [1, -2, 3]$, gradient $[0.5, -1, 2]$: the step is
# $0.1 \cdot [0.5, -1, 2] = [0.05, -0.1, 0.2]$ and $W$ becomes $[0.95, -1.9, 2.8]$.
#
# *Builds on:* Gradient descent (assignment 2), where you made the same step for one array, and
# First training run (assignment 3), where the training loop made it for a whole network.

# %%
class SGD:
    """Stochastic gradient descent: W <- W - lr * gradient.

    Parameters
    ----------
    lr : float
        Learning rate; read at every update.
    """

    def __init__(self, lr=0.01):
        self.lr = lr

    def update(self, params, grads):
        """Make one step, changing the arrays in params in place.

        Parameters
        ----------
        params : dict of str to float array, of any shapes
        grads : dict with the same keys and shapes, not changed
        """
        # YOUR CODE HERE
        raise NotImplementedError

# %% [markdown]
# ## 4.2 Momentum (모멘텀) — 16 points
#
# In a long, narrow valley the gradient points at the opposite wall much more than along the floor,
# so SGD zig-zags. Give the point a velocity, like a ball that rolls downhill: the pushes to the left
# and to the right cancel, the pushes along the floor add up.
#
# $$v \leftarrow \alpha\,v - \eta\,\frac{\partial L}{\partial W} \qquad\qquad W \leftarrow W + v$$
#
# $\alpha$ is `momentum`: how much of the old velocity survives a step (friction takes the rest).
# $\eta$ is `lr`. The velocity starts at 0, so the first step is that of SGD. If the gradient stays
# the same, the steps grow towards $\eta / (1 - \alpha)$, ten times the step of SGD for
# $\alpha = 0.9$.
#
# **Write** `Momentum.update(params, grads)`. The velocity `v` has one entry per key, with the shape
# of that parameter. It is created at the first update (before that nobody knows the shapes), kept
# on `self` from then on, and belongs to this optimizer alone.
#
# **By hand.** `lr = 0.1`, `momentum = 0.9`, $W = 0$ and three gradients of 1:
#
# | step | $v$ | $W$ |
# |---|---|---|
# | 1 | $0.9 \cdot 0 - 0.1 = -0.1$ | $-0.1$ |
# | 2 | $0.9 \cdot (-0.1) - 0.1 = -0.19$ | $-0.29$ |
# | 3 | $0.9 \cdot (-0.19) - 0.1 = -0.271$ | $-0.561$ |
#
# *Builds on:* SGD (task 1), with the same interface: arrays are changed in place, `grads` stays as
# it is.

# %%
class Momentum:
    """A rolling ball: v <- momentum * v - lr * gradient, then W <- W + v.

    Parameters
    ----------
    lr : float
        Learning rate.
    momentum : float
        Share of the velocity that survives a step, 0 <= momentum < 1.
    """

    def __init__(self, lr=0.01, momentum=0.9):
        self.lr = lr
        self.momentum = momentum
        self.v = None

    def update(self, params, grads):
        """Make one step, changing the arrays in params in place.

        Parameters
        ----------
        params : dict of str to float array, of any shapes
        grads : dict with the same keys and shapes, not changed
        """
        # YOUR CODE HERE
        raise NotImplementedError

# %% [markdown]
# ## 4.3 NAG: look ahead, then correct (네스테로프 모멘텀) — 10 points
#
# Momentum measures the slope where it stands and then rolls on. Nesterov's accelerated gradient
# knows where the old velocity is about to carry it, and measures the slope *there*. It notices a
# rising wall one step earlier and brakes.
#
# Gradients at a place where the parameters are not would be awkward for a network. So one keeps the
# parameters at the look-ahead place all the time. Seen from there, with $v_\text{old}$ the velocity
# *before* this step and $g$ the gradient at the present parameters,
#
# $$v = \alpha\,v_\text{old} - \eta\,g \qquad\qquad
#   W \leftarrow W - \alpha\,v_\text{old} + (1 + \alpha)\,v$$
#
# (go back from the old look-ahead place, make the step, look ahead again), which is the same as
#
# $$W \leftarrow W + \alpha^2\,v_\text{old} - (1 + \alpha)\,\eta\,g$$
#
# $\alpha$ is `momentum`, $\eta$ is `lr`. With $\alpha = 0$ this is SGD.
#
# **Write** `Nesterov.update(params, grads)`. Some printed and translated versions of this rule
# overwrite the velocity first and then use it where $v_\text{old}$ is meant. Follow the formula
# above.
#
# **By hand.** `lr = 0.1`, `momentum = 0.9`, $W = 0$ and two gradients of 1:
#
# | step | $v_\text{old}$ | $v$ | $W$ |
# |---|---|---|---|
# | 1 | $0$ | $-0.1$ | $0 - 0 + 1.9 \cdot (-0.1) = -0.19$ |
# | 2 | $-0.1$ | $-0.19$ | $-0.19 + 0.09 + 1.9 \cdot (-0.19) = -0.461$ |
#
# *Builds on:* Momentum (task 2), with the same velocity, one per key, kept on `self`.

# %%
class Nesterov:
    """Momentum with a look ahead (NAG); params are the look-ahead position.

    Parameters
    ----------
    lr : float
        Learning rate.
    momentum : float
        Share of the velocity that survives a step, 0 <= momentum < 1.
    """

    def __init__(self, lr=0.01, momentum=0.9):
        self.lr = lr
        self.momentum = momentum
        self.v = None

    def update(self, params, grads):
        """Make one step, changing the arrays in params in place.

        Parameters
        ----------
        params : dict of str to float array, of any shapes
        grads : dict with the same keys and shapes, not changed
        """
        # YOUR CODE HERE
        raise NotImplementedError

# %% [markdown]
# ## 4.4 AdaGrad (아다그라드) — 12 points
#
# One learning rate for millions of weights is a compromise. AdaGrad gives every single number a
# rate of its own: where the gradients have been large, it treads carefully; where they have been
# small, it dares more. It adds up the squares of all gradients so far, element by element:
#
# $$h \leftarrow h + g \odot g \qquad\qquad
#   W \leftarrow W - \eta\,\frac{g}{\sqrt{h} + \varepsilon}$$
#
# $g$ is the gradient, $\eta$ is `lr`, and $\odot$ multiplies element by element. $\varepsilon$
# (`1e-7`, added *outside* the root; any value between `1e-8` and `1e-7` will do) keeps $0 / 0$ away:
# a gradient of exactly 0 leaves the parameter where it is.
#
# Two things to notice. The very first step is $\eta$ for *every* element, whatever the size of its
# gradient, since $g / \sqrt{g^2} = \pm 1$. And $h$ only ever grows, so the steps shrink: under a
# constant gradient the $n$-th step is $\eta / \sqrt{n}$. AdaGrad never forgets.
#
# **Write** `AdaGrad.update(params, grads)`. `h` has one entry per key, with the shape of that
# parameter; it starts at 0 and is kept on `self`.
#
# **By hand.** `lr = 0.1`, $W = 0$, gradients 3, then 4:
#
# | step | $h$ | step size | $W$ |
# |---|---|---|---|
# | 1 | $9$ | $0.1 \cdot 3 / 3 = 0.1$ | $-0.1$ |
# | 2 | $9 + 16 = 25$ | $0.1 \cdot 4 / 5 = 0.08$ | $-0.18$ |
#
# *Builds on:* SGD (task 1) for the step, Momentum (task 2) for a memory per key.

# %%
class AdaGrad:
    """A learning rate per element: h adds up g*g, the step is lr * g / (sqrt(h) + 1e-7).

    Parameters
    ----------
    lr : float
        Learning rate; the size of the first step of every element.
    """

    def __init__(self, lr=0.01):
        self.lr = lr
        self.h = None

    def update(self, params, grads):
        """Make one step, changing the arrays in params in place.

        Parameters
        ----------
        params : dict of str to float array, of any shapes
        grads : dict with the same keys and shapes, not changed
        """
        # YOUR CODE HERE
        raise NotImplementedError

# %% [markdown]
# ## 4.5 RMSProp and AdaDelta (RMSProp과 AdaDelta) — 14 points
#
# AdaGrad's memory only grows, so one day it stands still. Both of its successors let old squares
# *fade*: they keep an exponential moving average instead of a sum.
#
# **RMSProp.** With $\rho$ = `decay_rate`,
#
# $$h \leftarrow \rho\,h + (1 - \rho)\,g \odot g \qquad\qquad
#   W \leftarrow W - \eta\,\frac{g}{\sqrt{h} + \varepsilon}$$
#
# Steep directions get small steps, flat ones get bold steps, and what happened long ago is forgotten.
# $\varepsilon$ is as in AdaGrad (`1e-7` outside the root).
#
# *By hand.* `lr = 0.1`, `decay_rate = 0.75`, $W = 0$, gradients 2, then 1:
# $h = 0.25 \cdot 4 = 1$, step $0.1 \cdot 2 / 1$, $W = -0.2$; then
# $h = 0.75 \cdot 1 + 0.25 \cdot 1 = 1$, step $0.1 \cdot 1 / 1$, $W = -0.3$.
#
# **AdaDelta** asks how long a step should be at all, and answers: about as long as the recent ones.
# It keeps a second average, $d$, of its own squared *steps*. With $\rho$ = `rho` and
# $\varepsilon$ = `eps`, this time *inside* both roots,
#
# $$h \leftarrow \rho\,h + (1 - \rho)\,g \odot g \qquad
#   s = \frac{\sqrt{d + \varepsilon}}{\sqrt{h + \varepsilon}} \odot g \qquad
#   d \leftarrow \rho\,d + (1 - \rho)\,s \odot s \qquad
#   W \leftarrow W - \eta\,s$$
#
# Mind the order: the new $h$, but the *old* $d$, make the step $s$; then $d$ learns about $s$ (not
# about $\eta s$). Since $d$ starts at 0, it is $\varepsilon$ in the numerator that gets it going.
# The learning rate is nearly superfluous: `lr` is 1.
#
# *By hand.* Default arguments, $W = 0$, gradient 1: $h = 0.05$,
# $s = \sqrt{10^{-6}} / \sqrt{0.050001} = 0.0044721$, $W = -0.0044721$.
#
# **Write** `RMSprop.update(params, grads)` and `AdaDelta.update(params, grads)`. `h` and `d` have one
# entry per key, start at 0 and are kept on `self`.
#
# *Builds on:* AdaGrad (task 4).

# %%
class RMSprop:
    """AdaGrad that forgets: h is a moving average of g*g, the step is lr * g / (sqrt(h) + 1e-7).

    Parameters
    ----------
    lr : float
        Learning rate; the size of a step once the gradients have been steady for a while.
    decay_rate : float
        Share of the old average that survives a step, 0 <= decay_rate < 1.
    """

    def __init__(self, lr=0.01, decay_rate=0.99):
        self.lr = lr
        self.decay_rate = decay_rate
        self.h = None

    def update(self, params, grads):
        """Make one step, changing the arrays in params in place.

        Parameters
        ----------
        params : dict of str to float array, of any shapes
        grads : dict with the same keys and shapes, not changed
        """
        # YOUR CODE HERE
        raise NotImplementedError


class AdaDelta:
    """Steps about as long as the recent ones: s = sqrt(d + eps) / sqrt(h + eps) * g.

    Parameters
    ----------
    lr : float
        Factor of the step, normally 1.
    rho : float
        Share of the old averages that survives a step, 0 <= rho < 1.
    eps : float
        Added inside both roots; sets the length of the first steps.
    """

    def __init__(self, lr=1.0, rho=0.95, eps=1e-6):
        self.lr = lr
        self.rho = rho
        self.eps = eps
        self.h = None
        self.d = None

    def update(self, params, grads):
        """Make one step, changing the arrays in params in place.

        Parameters
        ----------
        params : dict of str to float array, of any shapes
        grads : dict with the same keys and shapes, not changed
        """
        # YOUR CODE HERE
        raise NotImplementedError

# %% [markdown]
# ## 4.6 Adam with bias correction (편향을 보정하는 Adam) — 20 points
#
# The optimizer that most people try first. It joins the two ideas of this assignment: a fading mean
# $m$ of the gradients (the rolling ball) and a fading mean $v$ of their squares (a rate per element).
# With $\beta_1$ = `beta1`, $\beta_2$ = `beta2` and the gradient $g$,
#
# $$m \leftarrow \beta_1 m + (1 - \beta_1)\,g \qquad\qquad
#   v \leftarrow \beta_2 v + (1 - \beta_2)\,g \odot g$$
#
# Both start at 0, and so both are far too small at first: after one step, $m$ is only a tenth of the
# gradient and $v$ a thousandth of its square. That is the **bias**. It is known exactly, because
# after $t$ steps the weights in the mean add up to $1 - \beta^t$ instead of 1. So divide it out:
#
# $$\hat m = \frac{m}{1 - \beta_1^{\,t}} \qquad \hat v = \frac{v}{1 - \beta_2^{\,t}} \qquad
#   W \leftarrow W - \eta\,\frac{\hat m}{\sqrt{\hat v} + \varepsilon}$$
#
# - $t$ counts the calls of `update`: it is 1 in the first one, and it grows once per *call*, not once
#   per key.
# - $m$ and $v$ themselves stay as they are; only the copies $\hat m$, $\hat v$ are corrected.
# - $\eta$ is `lr`. $\varepsilon$ is `1e-8` (anything up to `1e-7` will do).
#
# The first step is $\eta$ for every element, whatever the size of its gradient, because
# $\hat m / \sqrt{\hat v} = g / |g|$. Without the correction it would be
# $0.1 / \sqrt{0.001} = 3.16$ times as long.
#
# The book folds both corrections into one factor,
# $\eta_t = \eta \sqrt{1 - \beta_2^{\,t}} / (1 - \beta_1^{\,t})$ and
# $W \leftarrow W - \eta_t\, m / (\sqrt{v} + \varepsilon)$. Apart from the tiny $\varepsilon$ that is
# the same, and just as welcome here.
#
# **Write** `Adam.update(params, grads)`.
#
# **By hand.** `Adam(lr=0.12, beta1=0.6, beta2=0.5)`, $W = 0$, gradients 5, then $-1$:
#
# | $t$ | $m$ | $v$ | $\hat m$ | $\hat v$ | step | $W$ |
# |---|---|---|---|---|---|---|
# | 1 | $0.4 \cdot 5 = 2$ | $0.5 \cdot 25 = 12.5$ | $2 / 0.4 = 5$ | $12.5 / 0.5 = 25$ | $0.12 \cdot 5 / 5 = 0.12$ | $-0.12$ |
# | 2 | $1.2 - 0.4 = 0.8$ | $6.25 + 0.5 = 6.75$ | $0.8 / 0.64 = 1.25$ | $6.75 / 0.75 = 9$ | $0.12 \cdot 1.25 / 3 = 0.05$ | $-0.17$ |
#
# In the second step the gradient points the other way, and still $W$ rolls on.
#
# *Builds on:* Momentum (task 2) and RMSProp (task 5).

# %%
class Adam:
    """Fading means of the gradient and of its square, corrected for their start at 0.

    Parameters
    ----------
    lr : float
        Learning rate; the size of the first step of every element.
    beta1, beta2 : float
        Shares of the old means (of the gradient, of its square) that survive a step, each in
        [0, 1).
    """

    def __init__(self, lr=0.001, beta1=0.9, beta2=0.999):
        self.lr = lr
        self.beta1 = beta1
        self.beta2 = beta2
        self.iter = 0
        self.m = None
        self.v = None

    def update(self, params, grads):
        """Make one step, changing the arrays in params in place.

        Parameters
        ----------
        params : dict of str to float array, of any shapes
        grads : dict with the same keys and shapes, not changed
        """
        # YOUR CODE HERE
        raise NotImplementedError

# %% [markdown]
# ## 4.7 Gear shifting: a stepwise learning rate (기어 변속: 계단식 학습률) — 8 points
#
# A large learning rate covers ground quickly, but near the bottom it jumps to and fro above it. A
# small one settles nicely, but takes for ever to get there. So drive in a high gear first and shift
# down on the way:
#
# $$\eta(\text{epoch}) = \max\left(\eta_0 \cdot \text{drop}^{\,\lfloor \text{epoch} / \text{every}
#   \rfloor},\ \eta_\text{min}\right)$$
#
# **Write** `gear_shift(lr0, epoch, drop=0.5, every=10, min_lr=0.0)`: the learning rate for one epoch,
# as a float. Epochs are counted from 0, so the epochs 0 to `every - 1` run at `lr0`. Between two
# shifts the rate stays constant (a staircase, no slide), and it never falls below `min_lr`. The
# function remembers nothing: the same arguments give the same rate.
#
# **By hand.** `lr0 = 0.1` with the default arguments: epochs 0 and 9 run at $0.1$, epoch 10 at
# $0.1 \cdot 0.5 = 0.05$, epoch 20 at $0.1 \cdot 0.25 = 0.025$. With `min_lr = 0.03` epoch 20 would
# run at $0.03$.
#
# *Builds on:* SGD (task 1), which reads `optimizer.lr` at every update: before each epoch one writes
# `optimizer.lr = gear_shift(0.1, epoch)`.

# %%
def gear_shift(lr0, epoch, drop=0.5, every=10, min_lr=0.0):
    """Return the learning rate of an epoch: lr0, multiplied by drop every few epochs.

    Parameters
    ----------
    lr0 : float
        Learning rate of the first epochs.
    epoch : int
        Counted from 0.
    drop : float
        Factor at each shift, between 0 and 1.
    every : int
        Number of epochs between two shifts.
    min_lr : float
        The rate never falls below this.

    Returns
    -------
    float
    """
    # YOUR CODE HERE
    raise NotImplementedError

# %% [markdown]
# ## 4.8 A race in the valley (골짜기 경주) — 12 points
#
# Seven optimizers, one valley. The floor of $f(x, y) = x^2 / 20 + y^2$ runs along the x axis, almost
# flat; the walls in the y direction are twenty times as steep. Its gradient is $(x / 10,\ 2y)$. Write
# the function that records a run; the pictures at the end of this notebook are drawn with it.
#
# **Write** `optimizer_path(optimizer, grad_fn, init, steps=30)`:
#
# - `optimizer` is *any* object with `update(params, grads)`. It wants dictionaries, so put the
#   position into one (the key is yours to choose, the same in both).
# - `grad_fn(p)` returns the gradient at the position `p`, an array of shape (D,). Ask for it at the
#   *current* position in every step.
# - `init` is an array of shape (D,), perhaps of whole numbers. Work on a float copy: `init` itself
#   stays where it is.
# - Returns an array of shape (steps + 1, D): the start, then the position after each step. The
#   optimizer changes its array in place, so keep *copies* of the positions; otherwise you collect
#   the same array many times.
#
# **By hand.** SGD with `lr = 0.5` from $(-10, 1)$: the gradient is $(-1, 2)$, so the next position
# is $(-9.5, 0)$; there the gradient is $(-0.95, 0)$, and then comes $(-9.025, 0)$.
#
# *Builds on:* Gradient descent (assignment 2) and every optimizer above.

# %%
def optimizer_path(optimizer, grad_fn, init, steps=30):
    """Record where an optimizer goes.

    Parameters
    ----------
    optimizer : object with update(params, grads)
        Changes the arrays in params in place.
    grad_fn : function
        Takes a position, an array of shape (D,), and returns the gradient there, shape (D,).
    init : array, shape (D,), float or int, not changed
        The start.
    steps : int
        Number of updates.

    Returns
    -------
    float array, shape (steps + 1, D)
        The start and the position after each step.
    """
    # YOUR CODE HERE
    raise NotImplementedError

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
