# %% [markdown]
# ## AdaGrad (아다그라드)
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
        ### BEGIN SOLUTION
        if self.h is None:
            self.h = {key: np.zeros_like(value) for key, value in params.items()}
        for key in params:
            self.h[key] += grads[key] ** 2
            params[key] -= self.lr * grads[key] / (np.sqrt(self.h[key]) + 1e-7)
        ### END SOLUTION
