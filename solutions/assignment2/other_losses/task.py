# %% [markdown]
# ## RMSE, MAE, MAPE, MSLE and cosine similarity (여러 가지 손실과 코사인 유사도)
#
# Squared error is not the only way to be wrong. Which loss is right depends on what a miss costs:
#
# | name | formula | choose it when |
# |---|---|---|
# | RMSE | $\sqrt{\mathrm{MSE}}$ | the number should have the unit of the target (won, not won²) |
# | MAE | $\frac{1}{K}\sum_k \lvert y_k - t_k\rvert$ | outliers should not dominate |
# | MAPE | $\frac{100}{K}\sum_k \frac{\lvert y_k - t_k\rvert}{\max(\lvert t_k\rvert,\ \varepsilon)}$ | a miss counts in percent of the *truth* |
# | MSLE | $\frac{1}{K}\sum_k \left(\log(1+y_k) - \log(1+t_k)\right)^2$ | ratios count: 10 for 5 is as bad as 1000 for 500, nearly |
# | cosine | $\cos(y, t) = \frac{\sum_d y_d\, t_d}{\lVert y\rVert\, \lVert t\rVert}$ | only the direction counts, as for word vectors |
#
# Again K counts all elements, whatever the shape. The cosine similarity (코사인 유사도) is different:
# it compares *vectors*, which lie along the last axis, and it is large when they agree. A loss has to
# be small then, so the loss is **minus** the mean similarity. (Keras calls that negated value
# `cosine_similarity`; we keep the two apart.)
#
# **By hand.** $y = (2, 4, 6)$, $t = (1, 4, 10)$. Differences 1, 0, −4. MAE = (1 + 0 + 4)/3 =
# **1.6667**. RMSE = √(17/3) = **2.3805**. MAPE = 100 · (1/1 + 0/4 + 4/10)/3 = **46.667** percent.
#
# **Write** six functions; `y` and `t` are arrays of equal shape, floats or integers, and stay as they
# are:
#
# - `root_mean_squared_error(y, t)`, `mean_absolute_error(y, t)`: one number.
# - `mean_absolute_percentage_error(y, t, eps=1e-7)`: one number, in percent. Targets may be negative,
#   and a target of 0 gives a (huge) finite number: that is what ε is for.
# - `mean_squared_logarithmic_error(y, t)`: one number, for `y` and `t` ≥ 0, both may be 0.
# - `cosine_similarity(y, t)`: for two batches (N, D) an array (N,), one cosine per row; for two
#   vectors (D,) one number. If one of the two vectors is all zeros, the similarity is 0.
# - `cosine_similarity_loss(y, t)`: one number, minus the mean of the similarities.
#
# *Builds on:* Mean squared error.


# %%
def root_mean_squared_error(y, t):
    """Square root of the mean squared error, in the unit of t.

    Parameters
    ----------
    y, t : arrays of one shape
        Predictions and targets.

    Returns
    -------
    float
    """
    ### BEGIN SOLUTION
    return float(np.sqrt(mean_squared_error(y, t)))
    ### END SOLUTION


def mean_absolute_error(y, t):
    """Mean of the absolute differences.

    Parameters
    ----------
    y, t : arrays of one shape
        Predictions and targets.

    Returns
    -------
    float
    """
    ### BEGIN SOLUTION
    return float(np.mean(np.abs(np.asarray(y) - np.asarray(t))))
    ### END SOLUTION


def mean_absolute_percentage_error(y, t, eps=1e-7):
    """Mean of the absolute differences in percent of the absolute target.

    Parameters
    ----------
    y, t : arrays of one shape
        Predictions and targets, of either sign.
    eps : float
        Smallest number that is divided by, so that a target of 0 stays finite.

    Returns
    -------
    float
        100 for predictions that are off by as much as the target itself.
    """
    ### BEGIN SOLUTION
    y, t = np.asarray(y), np.asarray(t)
    return float(100 * np.mean(np.abs(y - t) / np.maximum(np.abs(t), eps)))
    ### END SOLUTION


def mean_squared_logarithmic_error(y, t):
    """Mean squared difference of log(1 + y) and log(1 + t).

    Parameters
    ----------
    y, t : arrays of one shape, all elements >= 0
        Predictions and targets.

    Returns
    -------
    float
    """
    ### BEGIN SOLUTION
    return float(np.mean((np.log1p(y) - np.log1p(t)) ** 2))
    ### END SOLUTION


def cosine_similarity(y, t):
    """Cosine of the angle between y and t, along the last axis.

    Parameters
    ----------
    y, t : arrays, both of shape (D,) or both of shape (N, D)

    Returns
    -------
    float for (D,), array of shape (N,) for (N, D)
        Between -1 (opposite) and 1 (parallel); 0 where a vector is all zeros.
    """
    ### BEGIN SOLUTION
    y, t = np.asarray(y, dtype=float), np.asarray(t, dtype=float)
    norms = np.linalg.norm(y, axis=-1) * np.linalg.norm(t, axis=-1)
    # Where a norm is 0 the numerator is 0 as well, so any divisor but 0 will do.
    return np.sum(y * t, axis=-1) / np.where(norms == 0, 1.0, norms)
    ### END SOLUTION


def cosine_similarity_loss(y, t):
    """Minus the mean cosine similarity, so that agreement gives a small loss.

    Parameters
    ----------
    y, t : arrays, both of shape (D,) or both of shape (N, D)

    Returns
    -------
    float
        Between -1 and 1.
    """
    ### BEGIN SOLUTION
    return float(-np.mean(cosine_similarity(y, t)))
    ### END SOLUTION
