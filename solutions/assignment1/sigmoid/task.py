# %% [markdown]
# ## Sigmoid and its derivative (시그모이드와 미분)
#
# The step function knows only yes and no. The sigmoid is its smooth sister: it squeezes any number
# into (0, 1), so its value can be read as a probability ("cat or dog?"), and it has a slope
# everywhere, which is what learning will need.
#
# $$\sigma(x) = \frac{1}{1 + e^{-x}} \qquad\qquad
#   \sigma'(x) = y\,(1 - y) \quad\text{with } y = \sigma(x)$$
#
# **By hand:** $\sigma(0) = 1/(1+1) = 0.5$ with slope $0.5 \cdot 0.5 = 0.25$, the steepest there is.
# For $x = \ln 3$ we have $e^{-x} = 1/3$, so $\sigma = 3/4$ and the slope is $3/16$.
#
# **Write**
#
# - `sigmoid(x)`: floats in the shape of `x`. `x` may be a number or an array of any shape, even
#   with no rows, of floats or of ints. For `x` of ±1000 the result is finite: 1 or 0,
#   in float32 as well.
# - `sigmoid_grad(x)`: the slope of the sigmoid at `x`. Note that it receives `x`, not $y$.
#
# Neither changes the array it is given. `np.exp(1000)` overflows to `inf` and warns. For the plain
# formula that does no harm, because $1/\infty = 0$; avoiding the warning is a matter of style.
#
# Builds on: nothing, but compare the curve with your step function (계단 함수) in the experiments.


# %%
def sigmoid(x):
    """Return 1 / (1 + exp(-x)), element by element.

    Parameters
    ----------
    x : number or array of any shape, float or int

    Returns
    -------
    float array of the shape of x, values between 0 and 1
    """
    ### BEGIN SOLUTION
    # exp only ever sees numbers <= 0, so that it cannot overflow.
    small = np.exp(-np.abs(x))
    return np.where(np.asarray(x) >= 0, 1 / (1 + small), small / (1 + small))
    ### END SOLUTION


def sigmoid_grad(x):
    """Return the derivative of the sigmoid at x, element by element.

    Parameters
    ----------
    x : number or array of any shape
        What the sigmoid would be given, not what it returned.

    Returns
    -------
    float array of the shape of x, values between 0 and 0.25
    """
    ### BEGIN SOLUTION
    y = sigmoid(x)
    return y * (1 - y)
    ### END SOLUTION
