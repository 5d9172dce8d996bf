# %% [markdown]
# ## Zeros, ones, constants and plain normals (영, 일, 상수와 단순 정규분포)
#
# Before a network can learn, its weights need start values. The obvious choices come first, and you
# will see in the experiments why the obvious choices are bad:
#
# - **All equal** (0, 1, 5, ...): every unit of a hidden layer computes the same number, gets the same
#   gradient and makes the same step. A hundred units stay one unit for ever: the *symmetry* is
#   never broken. With zeros everywhere the hidden layers get no gradient at all.
# - **Random numbers of any size**: they break the symmetry, but with a standard deviation of 1 the
#   signal explodes or saturates, and with 0.01 it fades away after a few layers.
#
# Biases are a different matter: they do start at 0, because the weights already break the symmetry.
#
# **Write** four functions. `shape` is a whole number or a tuple; the result is a float array of that
# shape.
#
# - `init_zeros(shape)`: all 0.
# - `init_ones(shape)`: all 1.
# - `init_constant(shape, value)`: all `value`. Also `init_constant((2, 3), 5)` gives floats, 5.0:
#   an integer array cannot take the small steps of training.
# - `init_normal(shape, std=0.01, rng=None)`: independent normal numbers with mean 0 and standard
#   deviation `std`, drawn as the house rule says: from `rng` alone if it is given, from `np.random`
#   if it is `None`.
#
# *By hand:* a standard normal number has standard deviation 1, and multiplying by $c$ multiplies the
# standard deviation by $c$ (the variance by $c^2$). So 0.3 becomes 0.003 when `std` is 0.01.
#
# Builds on: *TwoLayerNet* of assignment 3, whose `weight_init_std=0.01` was such a plain normal.


# %%
def init_zeros(shape):
    """Return a float array full of 0.

    Parameters
    ----------
    shape : int or tuple of ints

    Returns
    -------
    float64 array of that shape
    """
    ### BEGIN SOLUTION
    return np.zeros(shape)
    ### END SOLUTION


def init_ones(shape):
    """Return a float array full of 1.

    Parameters
    ----------
    shape : int or tuple of ints

    Returns
    -------
    float64 array of that shape
    """
    ### BEGIN SOLUTION
    return np.ones(shape)
    ### END SOLUTION


def init_constant(shape, value):
    """Return a float array full of value.

    Parameters
    ----------
    shape : int or tuple of ints
    value : int or float

    Returns
    -------
    float64 array of that shape, also where value is an int
    """
    ### BEGIN SOLUTION
    return np.full(shape, float(value))
    ### END SOLUTION


def init_normal(shape, std=0.01, rng=None):
    """Return independent normal numbers with mean 0.

    Parameters
    ----------
    shape : int or tuple of ints
    std : float
        Standard deviation (not the variance).
    rng : np.random.Generator or None
        The only source of randomness if given; None means np.random.

    Returns
    -------
    float64 array of that shape
    """
    ### BEGIN SOLUTION
    source = np.random if rng is None else rng
    return std * source.standard_normal(shape)
    ### END SOLUTION
