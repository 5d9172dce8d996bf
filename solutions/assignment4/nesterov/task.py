# %% [markdown]
# ## NAG: look ahead, then correct (네스테로프 모멘텀)
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
        ### BEGIN SOLUTION
        if self.v is None:
            self.v = {key: np.zeros_like(value) for key, value in params.items()}
        for key in params:
            old = self.v[key]
            new = self.momentum * old - self.lr * grads[key]
            params[key] += (1 + self.momentum) * new - self.momentum * old
            self.v[key] = new
        ### END SOLUTION
