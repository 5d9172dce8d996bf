# %% [markdown]
# ## Linear regression by gradient descent (선형 회귀)
#
# Everything together, in the smallest model that learns: one weight a and one bias b. Data come as
# pairs of an input x and a true answer t, which makes it **supervised learning** (지도학습). The model
# answers y = ax + b, the loss is the mean squared error, and here the gradient can be written down:
#
# $$e_n = a x_n + b - t_n, \qquad L = \frac{1}{N}\sum_n e_n^2, \qquad
#   \frac{\partial L}{\partial a} = \frac{2}{N}\sum_n e_n x_n, \qquad
#   \frac{\partial L}{\partial b} = \frac{2}{N}\sum_n e_n$$
#
# The 2 comes from the square, the $x_n$ from the chain rule: a reaches the loss by way of $a x_n$.
#
# Both gradients belong to the *same* point (a, b). Compute both, then move both. If b sees the new a
# already, that is another method.
#
# **By hand.** x = (0, 1, 2), t = (1, 3, 5), which is the line 2x + 1. Start at a = b = 0 with learning
# rate 0.1. Then e = (−1, −3, −5) and L = 35/3 = **11.667**. ∂L/∂a = ⅔·(0 − 3 − 10) = −8.667,
# ∂L/∂b = ⅔·(−9) = −6. One step: a = **0.8667**, b = **0.6**.
#
# **Write** `linear_regression(x, t, lr=0.1, steps=200, a=0.0, b=0.0)`:
#
# - `x`, `t`: float arrays of shape (N,); they stay as they are.
# - starts at the given `a` and `b` and takes `steps` steps of gradient descent on *all* N pairs.
# - returns the tuple `(a, b, history)`: two numbers and a list (or 1-D array) of `steps` losses, where
#   `history[i]` is the loss **before** step i. So `history[0]` is the loss of the start.
#
# *Builds on:* Mean squared error and Gradient descent. In assignment 3 the error $e$ comes back as the
# gradient that flows through a layer.


# %%
def linear_regression(x, t, lr=0.1, steps=200, a=0.0, b=0.0):
    """Fit the line a*x + b to the pairs (x, t) by gradient descent on the mean squared error.

    Parameters
    ----------
    x : array, shape (N,)
        Inputs.
    t : array, shape (N,)
        Targets.
    lr : float
        Learning rate.
    steps : int
        Number of steps.
    a, b : float
        Slope and intercept at the start.

    Returns
    -------
    a : float
        Slope after the last step.
    b : float
        Intercept after the last step.
    history : list of float, length steps
        The mean squared error before each step.
    """
    ### BEGIN SOLUTION
    history = []
    for _ in range(steps):
        error = a * x + b - t
        history.append(float(np.mean(error**2)))
        slope_a, slope_b = 2 * np.mean(error * x), 2 * np.mean(error)
        a, b = a - lr * slope_a, b - lr * slope_b
    return float(a), float(b), history
    ### END SOLUTION
