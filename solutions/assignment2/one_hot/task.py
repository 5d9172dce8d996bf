# %% [markdown]
# ## One-hot encoding (원-핫 인코딩)
#
# A label such as 3 is a *name*, not a quantity: class 3 is not "more" than class 1, and 2 is not
# halfway between them. To compare a label with a row of probabilities, write it as a row itself: a 1
# at the place of the class and 0 everywhere else.
#
# $$\texttt{out}_{n,c} = \begin{cases} 1 & c = \texttt{labels}_n \\ 0 & \text{otherwise}
#   \end{cases}$$
#
# **By hand.** Labels (2, 0) with three classes become two rows: (0, 0, 1) and (1, 0, 0).
#
# **Write** `to_one_hot(labels, num_classes=10)`:
#
# - `labels`: integer array of shape (N,), values 0 to `num_classes` − 1. Any integer dtype; the digits
#   of MNIST come as `uint8`.
# - returns a float array of shape (N, `num_classes`) with exactly one 1 in every row.
#
# The number of columns is `num_classes`, even if a batch happens to hold no sample of the last
# class. An empty batch, shape (0,), gives shape (0, `num_classes`). `labels` stays as it is.
#
# *Builds on:* Softmax of assignment 1, whose rows of probabilities are what these rows are compared
# with.


# %%
def to_one_hot(labels, num_classes=10):
    """Turn class numbers into rows with a single 1.

    Parameters
    ----------
    labels : integer array, shape (N,)
        Class numbers, 0 to num_classes - 1.
    num_classes : int
        Number of columns.

    Returns
    -------
    float array, shape (N, num_classes)
    """
    ### BEGIN SOLUTION
    labels = np.asarray(labels)
    out = np.zeros((labels.size, num_classes))
    out[np.arange(labels.size), labels] = 1
    return out
    ### END SOLUTION
