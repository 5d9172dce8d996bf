# %% [markdown]
# ## Mean squared error (평균 제곱 오차)
#
# The oldest loss of all, and the natural one for **regression** (회귀), where the answer is a
# quantity: a price, a temperature, an age. Take the difference to the truth, square it so that too
# high and too low both count, and average:
#
# $$\mathrm{MSE} = \frac{1}{K} \sum_{k=1}^{K} (y_k - t_k)^2
#   \qquad\qquad
#   \mathrm{SSE} = \frac{1}{2} \sum_{k=1}^{K} (y_k - t_k)^2$$
#
# Here K counts **all** elements: a batch of shape (N, D) has K = N·D.
#
# Two formulas go by the same name, so mind the difference. *Deep Learning from Scratch* prints the
# one on the right as "mean squared error"; the ½ cancels the 2 of its derivative, which is then simply
# $y - t$. But it is no mean: twice as much data makes it twice as large. In this course the mean is
# called `mean_squared_error`, and the book's half sum is called `sum_squared_error`.
#
# **By hand.** $y = (1.5,\ 0.3)$, $t = (3.45,\ 5.67)$. Differences: −1.95 and −5.37. Squares: 3.8025
# and 28.8369, together 32.6394. MSE = 32.6394 / 2 = **16.3197**. SSE = ½ · 32.6394 = **16.3197**
# too. A coincidence: with exactly two elements, dividing by K and multiplying by ½ are the same.
# Never test a loss with two numbers only!
#
# **Write** two functions:
#
# - `mean_squared_error(y, t)`: the mean over all elements, one number.
# - `sum_squared_error(y, t)`: half the sum over all elements, one number.
#
# `y` and `t` are arrays of one and the same shape, whatever that is: (D,), (N, D) or more axes,
# floats or integers. Neither array is changed.
#
# *Builds on:* the output layer for regression, the identity, of assignment 1.


# %%
def mean_squared_error(y, t):
    """Mean of the squared differences, over all elements.

    Parameters
    ----------
    y : array of any shape
        Predictions, floats or integers.
    t : array of the shape of y
        Targets.

    Returns
    -------
    float
    """
    ### BEGIN SOLUTION
    return float(np.mean((np.asarray(y) - np.asarray(t)) ** 2))
    ### END SOLUTION


def sum_squared_error(y, t):
    """Half the sum of the squared differences (what the book calls mean_squared_error).

    Parameters
    ----------
    y : array of any shape
        Predictions, floats or integers.
    t : array of the shape of y
        Targets.

    Returns
    -------
    float
    """
    ### BEGIN SOLUTION
    return float(0.5 * np.sum((np.asarray(y) - np.asarray(t)) ** 2))
    ### END SOLUTION
