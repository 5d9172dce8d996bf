# %% [markdown]
# ## LeCun and Xavier (르쿤·사비에르 초깃값)
#
# How large should random weights be? Follow one unit, $a = \sum_{i=1}^{n_{in}} z_i w_i$, with
# independent weights of mean 0. The variances add up:
#
# $$\operatorname{Var}(a) = n_{in} \cdot \operatorname{Var}(w) \cdot \mathrm{E}[z^2]$$
#
# A layer that should neither amplify nor damp the signal needs the product of the first two to be 1.
# That is the **LeCun** rule. The same argument for the gradient, which travels the other way, asks
# for $1/n_{out}$; **Xavier** Glorot took the mean of both worlds:
#
# $$\text{LeCun: } \operatorname{Var}(w) = \frac{1}{n_{in}} \qquad\qquad
#   \text{Xavier: } \operatorname{Var}(w) = \frac{2}{n_{in} + n_{out}}$$
#
# Both rules come in two shapes with the *same* variance:
#
# - **normal**, with mean 0; the standard deviation is the square root of the variance;
# - **uniform** on $[-a, a]$, which has variance $a^2/3$. So $a = \sqrt{3\operatorname{Var}(w)}$, that
#   is $\sqrt{3/n_{in}}$ for LeCun and $\sqrt{6/(n_{in}+n_{out})}$ for Xavier.
#
# **Write** `lecun_uniform(n_in, n_out, rng=None)`, `lecun_normal(...)`, `xavier_uniform(...)` and
# `xavier_normal(...)`, all with the same three parameters. Each returns a weight matrix of shape
# (n_in, n_out), floats, drawn from `rng` alone if it is given and from `np.random` otherwise.
#
# *By hand:* `lecun_normal(400, 100)` has variance 1/400, standard deviation 1/20 = 0.05.
# `xavier_uniform(300, 300)` has limit $\sqrt{6/600}$ = 0.1 and standard deviation 0.1/1.732 = 0.0577.
#
# The book calls $\sqrt{1/n_{in}}$ "Xavier". For square layers that is the same number, and the graded
# checks accept it for the others too (a note will tell you).
#
# Builds on: *Zeros, ones, constants and plain normals*, where the size was a guess.


# %%
def lecun_uniform(n_in, n_out, rng=None):
    """Return weights that are uniform on [-a, a] with variance 1 / n_in.

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
    limit = np.sqrt(3 / n_in)
    source = np.random if rng is None else rng
    return source.uniform(-limit, limit, (n_in, n_out))
    ### END SOLUTION


def lecun_normal(n_in, n_out, rng=None):
    """Return normal weights with mean 0 and variance 1 / n_in; parameters as above."""
    ### BEGIN SOLUTION
    source = np.random if rng is None else rng
    return np.sqrt(1 / n_in) * source.standard_normal((n_in, n_out))
    ### END SOLUTION


def xavier_uniform(n_in, n_out, rng=None):
    """Return weights that are uniform on [-a, a] with variance 2 / (n_in + n_out)."""
    ### BEGIN SOLUTION
    limit = np.sqrt(6 / (n_in + n_out))
    source = np.random if rng is None else rng
    return source.uniform(-limit, limit, (n_in, n_out))
    ### END SOLUTION


def xavier_normal(n_in, n_out, rng=None):
    """Return normal weights with mean 0 and variance 2 / (n_in + n_out)."""
    ### BEGIN SOLUTION
    source = np.random if rng is None else rng
    return np.sqrt(2 / (n_in + n_out)) * source.standard_normal((n_in, n_out))
    ### END SOLUTION
