# %% [markdown]
# ## Shuffling and mini-batches (데이터 섞기와 미니배치)
#
# One gradient from all images is exact and expensive; one from a single image is cheap and hasty. A
# **mini-batch** is the compromise. In assignment 3 you drew every batch from the whole bag, and put
# the samples back: some came twice, some never. From now on you draw **without replacement**: shuffle
# all samples, deal them out like cards, and when the pack is used up, one **epoch** is over. Every
# sample has been seen exactly once.
#
# With N samples and batches of $b$, an epoch has $\lceil N / b \rceil$ batches. If the division has
# a remainder, the last batch is simply smaller.
#
# **Write** two functions:
#
# - `shuffle_dataset(x, t, rng=None)`: returns new arrays with the same rows in a random order. Row `i`
#   of both still belongs together.
# - `iterate_minibatches(x, t, batch_size, shuffle=True, rng=None)`: gives the pairs
#   `(x_batch, t_batch)` of one pass over the data, one after the other (`yield` them, or return a
#   list). Every sample is in exactly one batch. With `shuffle=False` the rows come in their order,
#   otherwise in a new random order on every pass. No samples, no batches.
#
# `x` may have any number of axes (rows, or images), `t` may hold labels (N,) or one-hot rows (N, C).
# Neither is changed.
#
# `rng` is a `np.random.Generator` or `None`. If there is one, take all random numbers from it: the same
# seed must give the same batches. If there is none, use `np.random` or a generator of your own.
#
# **By hand.** Ten samples in batches of 4: a pass may deal them as 7 2 9 0 | 4 1 8 3 | 6 5. The sizes
# are 4, 4 and 2; no number comes twice and none is missing.
#
# *Builds on:* the mini-batches of assignment 3 (`train`). There, drawing with replacement was fine
# too; here it is not.


# %%
def shuffle_dataset(x, t, rng=None):
    """Return the samples in a random order, images and labels together.

    Parameters
    ----------
    x : array, shape (N, ...)
    t : array, shape (N,) or (N, C)
    rng : np.random.Generator or None
        The only source of randomness if given.

    Returns
    -------
    (x, t) : new arrays of the same shapes
    """
    ### BEGIN SOLUTION
    order = (rng or np.random).permutation(len(x))
    return x[order], t[order]
    ### END SOLUTION


def iterate_minibatches(x, t, batch_size, shuffle=True, rng=None):
    """Deal all samples out in mini-batches: one pass, without replacement.

    Parameters
    ----------
    x : array, shape (N, ...)
    t : array, shape (N,) or (N, C)
    batch_size : int
        Samples per batch; the last batch holds what is left.
    shuffle : bool
        A new random order if true, else the order of the rows.
    rng : np.random.Generator or None
        The only source of randomness if given.

    Yields
    ------
    (x_batch, t_batch) : arrays with the same number of rows
    """
    ### BEGIN SOLUTION
    order = (rng or np.random).permutation(len(x)) if shuffle else np.arange(len(x))
    for start in range(0, len(x), batch_size):
        batch = order[start : start + batch_size]
        yield x[batch], t[batch]
    ### END SOLUTION
