# %% [markdown]
# ## Softmax with maximum subtraction (소프트맥스와 오버플로 대책)
#
# A network for cat, dog or human ends with three numbers, the **logits**. They may be negative and
# add up to anything. Softmax turns them into probabilities: all positive, sum 1, the largest logit
# gets the largest share.
#
# $$y_k = \frac{e^{x_k}}{\sum_{j} e^{x_j}}$$
#
# **By hand:** $x = (\ln 1, \ln 2, \ln 3)$ has the exponentials $1, 2, 3$ with sum 6, so
# $y = (1/6,\; 2/6,\; 3/6)$. In a batch every row is such a sum of its own:
#
# $$\begin{pmatrix} 0 & \ln 3 \\ \ln 3 & 0 \\ 0 & 0 \end{pmatrix} \;\longrightarrow\;
#   \begin{pmatrix} 0.25 & 0.75 \\ 0.75 & 0.25 \\ 0.5 & 0.5 \end{pmatrix}$$
#
# **The trap.** The exponential grows so fast that `np.exp(710)` is already `inf` in float64 (in
# float32: `np.exp(89)`), and `inf / inf` is `nan`. Logits of 1000 are nothing special. The way out
# is to subtract the same number $c$ from all logits of a row, which changes nothing:
#
# $$\frac{e^{x_k - c}}{\sum_j e^{x_j - c}}
#   = \frac{e^{-c}\, e^{x_k}}{e^{-c} \sum_j e^{x_j}} = y_k$$
#
# Take for $c$ the **largest logit of that row**. Then the largest exponent is exactly 0: nothing can
# overflow, and the sum is at least 1, so it cannot vanish either. That some other terms become
# $e^{-2000} = 0$ does no harm; they were that small.
#
# **Write** `softmax(x)`:
#
# - `x` has shape (C,), one sample, or (N, C), a batch with a sample in each row; floats or ints.
# - It returns probabilities (floats) in the shape of `x`. Each row sums to 1 and does not depend on
#   the other rows. A batch of one keeps its axis, (1, C), and an empty batch stays (0, C).
# - It is right for logits of ±1000 and far beyond, in float64 and in float32, also when one row
#   holds [1000, 0, -1000] or when the rows of a batch are of very different size.
# - `x` is not changed.
#
# Builds on: nothing yet. Your network (3층 신경망) and every assignment after this one build on it.


# %%
def softmax(x):
    """Turn logits into probabilities, row by row, without overflow.

    Parameters
    ----------
    x : array (C,) or (N, C), float or int
        Logits of one sample, or of a batch with a sample in each row.

    Returns
    -------
    new float array of the shape of x
        Probabilities: positive or 0, each row sums to 1.
    """
    ### BEGIN SOLUTION
    shifted = x - np.max(x, axis=-1, keepdims=True)
    exps = np.exp(shifted)
    return exps / np.sum(exps, axis=-1, keepdims=True)
    ### END SOLUTION
