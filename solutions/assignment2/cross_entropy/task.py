# %% [markdown]
# ## Cross-entropy error for batches (교차 엔트로피 오차)
#
# For **classification** (분류) the network answers with probabilities, and only one of them matters:
# the one it gave to the class that was right. Call it p. The loss is the *surprise*, $-\log p$: 0 if
# the network was certain and right, 0.69 for fifty-fifty, and without limit as p goes to 0.
#
# | p of the right class | 1 | 0.9 | 0.5 | 0.1 | 0.01 | 0 |
# |---|---|---|---|---|---|---|
# | loss | 0 | 0.105 | 0.693 | 2.303 | 4.605 | 16.1 (see below) |
#
# For a batch of N samples, with one-hot targets $t_{n,c}$ or with labels $\ell_n$:
#
# $$L = -\frac{1}{N}\sum_{n=1}^{N}\sum_{c=1}^{C} t_{n,c}\, \log\left(y_{n,c} + 10^{-7}\right)
#     = -\frac{1}{N}\sum_{n=1}^{N} \log\left(y_{n,\,\ell_n} + 10^{-7}\right)$$
#
# Three things are easily missed:
#
# - **Both sums are the same number.** A one-hot row is 0 everywhere but at the right class, so the
#   inner sum has one term. With labels you pick that term directly and never multiply by zeros.
# - **It is a mean over the N samples**, not over the N·C numbers. Then a learning rate that suits a
#   batch of 10 also suits a batch of 100.
# - **The tiny number** $10^{-7}$ keeps log(0) from being −∞. A probability of exactly 0 does occur: it
#   is what softmax returns when it is very sure. One such sample must not ruin the loss of the batch.
#
# **By hand.** $y = \begin{pmatrix} 0.5 & 0.25 & 0.25 \\ 0.1 & 0.8 & 0.1 \end{pmatrix}$, labels (0, 1):
# the right classes got 0.5 and 0.8. L = −(ln 0.5 + ln 0.8)/2 = (0.6931 + 0.2231)/2 = **0.4581**.
#
# **Write** `cross_entropy_error(y, t)`, which returns one number:
#
# - `y`: probabilities of shape (N, C), with C ≥ 2; or of one sample, shape (C,).
# - `t`: one-hot with the shape of `y` (floats or integers); *or* integer labels of shape (N,). For one
#   sample (C,) the label is an array without axes, such as `np.array(2)`.
#
# The logarithm is the natural one. Add $10^{-7}$ inside it, or guard it in another way (a smaller
# number, `np.clip`): a probability of 0 should cost between 10 and 1000, and the exact value does not
# matter. `y` are probabilities already: no softmax here. `y` and `t` stay as they are.
#
# *Builds on:* Softmax of assignment 1 and One-hot encoding. In assignment 3 the two become one layer
# whose gradient is beautifully simple.


# %%
def cross_entropy_error(y, t):
    """Mean over the batch of -log(probability of the right class).

    Parameters
    ----------
    y : array, shape (N, C) or (C,)
        Probabilities.
    t : array
        One-hot with the shape of y, or integer labels: (N,), for one sample a single number.

    Returns
    -------
    float
        0 for a perfect prediction, ln C for a clueless one, finite even where y is 0.
    """
    ### BEGIN SOLUTION
    y, t = np.atleast_2d(y), np.asarray(t)
    # As many numbers as probabilities: one-hot. The position of the 1 is the label.
    labels = t.reshape(y.shape).argmax(axis=1) if t.size == y.size else t.reshape(-1)
    return float(-np.mean(np.log(y[np.arange(len(y)), labels] + 1e-7)))
    ### END SOLUTION
