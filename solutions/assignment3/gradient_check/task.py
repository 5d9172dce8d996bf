# %% [markdown]
# ## Gradient checking (기울기 확인)
#
# A wrong backward pass rarely crashes. It trains a little worse, and you look for the reason for
# days. So prove it right before you train: compute the gradient twice, once fast by backpropagation,
# once slowly by central differences, and compare.
#
# Compare how? A difference of 0.001 is nothing for a gradient of 1,000 and everything for a gradient
# of 0.001. So divide by the size of the two:
#
# $$\text{error}(a, n) = \frac{\lVert a - n \rVert}{\lVert a \rVert + \lVert n \rVert}
#   \qquad \lVert v \rVert = \sqrt{\textstyle\sum_i v_i^2} \;\text{ over all elements}$$
#
# It lies between 0 (equal) and 1 (opposite), does not care about the scale, and treats both sides
# alike. With h = 1e-4 or 1e-5 in float64, an error below 1e-6 means right, above 1e-4 means wrong.
#
# **Write** two functions:
#
# - `relative_error(a, n)`: the error above for two arrays of one shape (any number of axes). If both
#   are all zeros it is 0.0, not nan.
# - `gradient_check(network, x, t)`: calls `network.gradient(x, t)` and
#   `network.numerical_gradient(x, t)`, two dictionaries with the same keys, and returns a dictionary
#   that maps *every* key to the relative error of the two arrays. Any network with these two methods
#   and `params` will do.


# %%
def relative_error(a, n):
    """Return ||a - n|| / (||a|| + ||n||), Euclidean norms over all elements.

    Parameters
    ----------
    a, n : arrays of one shape

    Returns
    -------
    float
        Between 0 and 1; 0.0 if both arrays are all zeros.
    """
    ### BEGIN SOLUTION
    scale = np.linalg.norm(a) + np.linalg.norm(n)
    if scale == 0:
        return 0.0
    return float(np.linalg.norm(a - n) / scale)
    ### END SOLUTION


def gradient_check(network, x, t):
    """Compare backpropagation with numerical gradients, parameter by parameter.

    Parameters
    ----------
    network : object with gradient(x, t) and numerical_gradient(x, t)
    x, t : a batch

    Returns
    -------
    dict
        Name of each parameter to its relative error.
    """
    ### BEGIN SOLUTION
    fast = network.gradient(x, t)
    slow = network.numerical_gradient(x, t)
    return {name: relative_error(fast[name], slow[name]) for name in slow}
    ### END SOLUTION
