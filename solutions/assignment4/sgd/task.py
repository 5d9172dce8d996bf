# %% [markdown]
# ## SGD (확률적 경사하강법)
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
        ### BEGIN SOLUTION
        for key in params:
            params[key] -= self.lr * grads[key]
        ### END SOLUTION
