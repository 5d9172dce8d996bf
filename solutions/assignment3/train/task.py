# %% [markdown]
# ## First training run: mini-batch SGD (미니배치 학습)
#
# Everything is in place. Learning is a loop of four steps:
#
# 1. **mini-batch**: draw some training samples at random
# 2. **gradient**: ask the network for the gradient of the loss of this mini-batch
# 3. **update**: move every parameter a small step against its gradient
# 4. **record** the loss, then repeat
#
# $$W \leftarrow W - \eta\, \frac{\partial L}{\partial W}
#   \qquad (\eta \text{ is the learning rate})$$
#
# Backpropagation decided the direction; the learning rate decides the size of the step.
#
# **Write** the function `train(network, x_train, t_train, iters_num, batch_size, learning_rate)`:
#
# - Each of the `iters_num` iterations draws `batch_size` samples *anew*. With or without
#   replacement, or through a fresh shuffle per epoch: all fine, as long as every batch is full.
#   `x` and `t` of a batch belong together: one array of indices for both.
# - Use only what every network has: `network.gradient(x, t)`, `network.loss(x, t)` and
#   `network.params`. The grader also hands you networks of its own that have nothing else.
# - Update every entry of `params` *in place*, because the layers share those arrays.
# - Record `network.loss` of the mini-batch, before or after the update, and return the list of
#   `iters_num` losses.
#
# `x_train` and `t_train` stay as they are. With your `TwoLayerNet(64, 50, 10)`, 900 iterations,
# batches of 100 and a learning rate of 0.1, at least 94% of the test digits should be read
# correctly. Training makes 900 batches: a loop over samples is fine, but the matrix products need
# `@` or `np.dot`; a loop over their single elements takes too long.


# %%
def train(network, x_train, t_train, iters_num=1000, batch_size=100, learning_rate=0.1):
    """Train a network by mini-batch stochastic gradient descent.

    Parameters
    ----------
    network : object with params (dict of arrays), gradient(x, t) and loss(x, t)
        Its params are updated in place.
    x_train : array, shape (N, D)
    t_train : array, shape (N,) or (N, C)
    iters_num : int
        Number of updates.
    batch_size : int
        Samples per mini-batch.
    learning_rate : float

    Returns
    -------
    list of float
        The loss of each mini-batch, iters_num numbers.
    """
    ### BEGIN SOLUTION
    losses = []
    for _ in range(iters_num):
        batch = np.random.choice(len(x_train), batch_size)
        x, t = x_train[batch], t_train[batch]
        gradients = network.gradient(x, t)
        for name in network.params:
            network.params[name] -= learning_rate * gradients[name]
        losses.append(network.loss(x, t))
    return losses
    ### END SOLUTION
