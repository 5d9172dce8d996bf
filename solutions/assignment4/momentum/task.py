# %% [markdown]
# ## Momentum (모멘텀)
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
        ### BEGIN SOLUTION
        if self.v is None:
            self.v = {key: np.zeros_like(value) for key, value in params.items()}
        for key in params:
            self.v[key] = self.momentum * self.v[key] - self.lr * grads[key]
            params[key] += self.v[key]
        ### END SOLUTION
