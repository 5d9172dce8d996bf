# %% [markdown]
# ## Hyperbolic tangent and its derivative (쌍곡탄젠트와 미분)
#
# tanh has the same S shape as the sigmoid but runs from -1 to 1 and goes through the origin, so
# what it hands to the next layer is centred around 0. Its slope at 0 is 1, four times that of the
# sigmoid.
#
# $$\tanh(x) = \frac{e^x - e^{-x}}{e^x + e^{-x}} \qquad\qquad
#   \tanh'(x) = 1 - y^2 \quad\text{with } y = \tanh(x)$$
#
# **By hand:** for $x = \ln 2$ we have $e^x = 2$ and $e^{-x} = 0.5$, so
# $\tanh = 1.5 / 2.5 = 0.6$ and the slope is $1 - 0.36 = 0.64$.
#
# **Write**
#
# - `tanh(x)`: floats in the shape of `x` (an array of any shape, floats or ints). NumPy's own
#   function may be used. For `x` of ±1000 the result is finite: 1 or
#   -1, in float32 as well.
# - `tanh_grad(x)`: the slope of tanh at `x`, again as a function of `x`, not of $y$.
#
# Neither changes the array it is given.
#
# Builds on: the sigmoid (시그모이드) of the task before. They are relatives:
# $\tanh(x) = 2\,\sigma(2x) - 1$.


# %%
def tanh(x):
    """Return the hyperbolic tangent, element by element.

    Parameters
    ----------
    x : array of any shape, float or int

    Returns
    -------
    float array of the shape of x, values between -1 and 1
    """
    ### BEGIN SOLUTION
    return np.tanh(x)
    ### END SOLUTION


def tanh_grad(x):
    """Return the derivative of tanh at x, element by element.

    Parameters
    ----------
    x : array of any shape
        What tanh would be given, not what it returned.

    Returns
    -------
    float array of the shape of x, values between 0 and 1
    """
    ### BEGIN SOLUTION
    return 1 - tanh(x) ** 2
    ### END SOLUTION
