# %% [markdown]
# ## Binary cross-entropy (이진 교차 엔트로피)
#
# Cat or dog, spam or not: with two classes one probability is enough. A sigmoid at the output says
# how likely class 1 is, and class 0 gets the rest. The surprise is then
#
# $$L = -\frac{1}{K}\sum_{k=1}^{K}\Big( t_k \log y_k + (1 - t_k) \log (1 - y_k) \Big),
#   \qquad t_k \in \{0, 1\}$$
#
# It looks like two terms, but for each sample one of them is multiplied by 0: what remains is
# −log(probability of what was true). Mind the **minus**: it stands before the whole bracket. Some
# lecture notes print the formula without it, and a training that makes that number small makes the
# error large.
#
# **By hand.** $y = (0.9,\ 0.2)$, $t = (1,\ 0)$: −(ln 0.9 + ln 0.8)/2 = (0.10536 + 0.22314)/2 =
# **0.16425**.
#
# **Write** `binary_cross_entropy(y, t)`, which returns one number:
#
# - `y`: probabilities of class 1, any shape, often (N,) or (N, 1). Exactly 0 and exactly 1 do occur.
# - `t`: 0 or 1 (integers or floats), same shape.
#
# Guard *both* logarithms (for example with `np.clip` and $10^{-7}$): certain and wrong should cost
# between 10 and 1000, certain and right nothing. The mean runs over all elements. `y` and `t` stay as
# they are.
#
# *Builds on:* Sigmoid of assignment 1 and Cross-entropy error for batches: for the two columns
# (1 − y, y) both losses are the same.


# %%
def binary_cross_entropy(y, t):
    """Mean of -log(probability of what was true), for two classes.

    Parameters
    ----------
    y : array of any shape
        Probabilities of class 1, between 0 and 1 inclusive.
    t : array of the shape of y
        Targets, 0 or 1.

    Returns
    -------
    float
    """
    ### BEGIN SOLUTION
    y, t = np.clip(y, 1e-7, 1 - 1e-7), np.asarray(t)
    return float(-np.mean(t * np.log(y) + (1 - t) * np.log(1 - y)))
    ### END SOLUTION
