# %% [markdown]
# ## He initialisation (He 초깃값)
#
# LeCun and Xavier keep the signal alive as long as the activation is nearly linear around 0, like
# tanh. ReLU is not: it sets every negative sum to 0. The sums are as often negative as positive, so
# **half of the signal's power is lost in every layer**:
#
# $$\mathrm{E}[z^2] = \mathrm{E}[\max(0, a)^2] = \tfrac{1}{2}\operatorname{Var}(a)$$
#
# Ten layers with the LeCun rule leave $(1/2)^{10}$, a thousandth. Kaiming He and his colleagues put
# the lost factor back into the weights:
#
# $$\operatorname{Var}(w) = \frac{2}{n_{in}} \qquad
#   \text{normal: } \sigma = \sqrt{\frac{2}{n_{in}}} \qquad
#   \text{uniform: } a = \sqrt{\frac{6}{n_{in}}}$$
#
# That one factor of 2 is what makes deep ReLU networks trainable from the first step. In the last
# task you will see the difference: the same network, the same data, only the start values differ.
#
# **Write** `he_normal(n_in, n_out, rng=None)` and `he_uniform(n_in, n_out, rng=None)`. Both return a
# float weight matrix of shape (n_in, n_out) with mean 0 and variance $2/n_{in}$, drawn from `rng`
# alone if it is given and from `np.random` otherwise.
#
# *By hand:* the first layer of an MNIST network has $n_{in} = 784$ pixels:
# $\sigma = \sqrt{2/784} = 0.0505$. A layer with $n_{in} = 600$ has the limit $\sqrt{6/600} = 0.1$.
#
# Builds on: *LeCun and Xavier*; twice the variance of LeCun, whose rule this is otherwise.


# %%
def he_normal(n_in, n_out, rng=None):
    """Return normal weights with mean 0 and variance 2 / n_in, made for ReLU.

    Parameters
    ----------
    n_in, n_out : int
        Numbers of inputs and outputs of the layer.
    rng : np.random.Generator or None
        The only source of randomness if given; None means np.random.

    Returns
    -------
    float64 array, shape (n_in, n_out)
    """
    ### BEGIN SOLUTION
    source = np.random if rng is None else rng
    return np.sqrt(2 / n_in) * source.standard_normal((n_in, n_out))
    ### END SOLUTION


def he_uniform(n_in, n_out, rng=None):
    """Return weights that are uniform on [-a, a] with variance 2 / n_in, made for ReLU.

    Parameters
    ----------
    n_in, n_out : int
        Numbers of inputs and outputs of the layer.
    rng : np.random.Generator or None
        The only source of randomness if given; None means np.random.

    Returns
    -------
    float64 array, shape (n_in, n_out)
    """
    ### BEGIN SOLUTION
    limit = np.sqrt(6 / n_in)
    source = np.random if rng is None else rng
    return source.uniform(-limit, limit, (n_in, n_out))
    ### END SOLUTION
