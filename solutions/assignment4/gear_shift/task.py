# %% [markdown]
# ## Gear shifting: a stepwise learning rate (기어 변속: 계단식 학습률)
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
    ### BEGIN SOLUTION
    shifts = epoch // every
    return max(lr0 * drop**shifts, min_lr)
    ### END SOLUTION
