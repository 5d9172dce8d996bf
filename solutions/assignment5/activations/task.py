# %% [markdown]
# ## Activation histograms (활성값 히스토그램)
#
# Is a start value good? Do not guess, look: send random data through a network that has not been
# trained and watch what comes out of every layer. This is the experiment of the book's chapter 6:
# 1,000 samples with 100 features, five layers of 100 units, no biases. You will see three diseases:
#
# - **saturation**: the sigmoid's outputs stick at 0 and 1, where its slope is nearly 0;
# - **collapse**: all outputs are the same number, so a hundred units say what one could say;
# - **death**: a ReLU unit outputs 0 and passes no gradient.
#
# **Write** two functions.
#
# `collect_activations(x, weights, activation='sigmoid')`
#
# - `x`: array (N, D); `weights`: a list of matrices, (D, H1), (H1, H2), ...; `activation`:
#   `'sigmoid'`, `'relu'` or `'tanh'`. Nothing of this is changed.
# - returns a dictionary `{0: z0, 1: z1, ...}` with the *activations* after every layer. Layer 0 is
#   fed with `x`, every later layer with the activations before it:
#
# $$z_0 = \varphi(x W_0), \qquad z_i = \varphi(z_{i-1} W_i)$$
#
# `saturation(z, activation='sigmoid', tol=0.01)`
#
# - `z`: activations of one layer, any shape
# - returns the fraction of them, 0 to 1, that passes on (almost) no gradient:
#
#   | activation | counts as saturated |
#   |---|---|
#   | `'sigmoid'` | $z < tol$ or $z > 1 - tol$ |
#   | `'tanh'` | $|z| > 1 - tol$ |
#   | `'relu'` | $z \le 0$ (whatever `tol`) |
#
# *By hand:* `x = [[1, -2]]` with ReLU and the weights `[[1, -1], [1, 1]]` gives
# $x W$ = `[[-1, -3]]`, so $z_0$ = `[[0, 0]]` and a saturation of 1: all dead. For
# `z = [0.001, 0.5, 0.999, 0.2]` and the sigmoid, two of four are saturated: 0.5.
#
# `sigmoid`, `relu` and `tanh` are given, as you wrote them in assignment 1.
#
# Builds on: *He initialisation* and *LeCun and Xavier*, which now have to show what they are good for.


# %%
def collect_activations(x, weights, activation="sigmoid"):
    """Return the activations after every layer of a network without biases.

    Parameters
    ----------
    x : array, shape (N, D)
    weights : list of arrays
        Shapes (D, H1), (H1, H2), ...
    activation : "sigmoid", "relu" or "tanh"

    Returns
    -------
    dict
        Layer number, from 0, to array of shape (N, units of that layer).
    """
    ### BEGIN SOLUTION
    function = {"sigmoid": sigmoid, "relu": relu, "tanh": tanh}[activation]
    activations = {}
    z = x
    for i, W in enumerate(weights):
        z = function(np.dot(z, W))
        activations[i] = z
    return activations
    ### END SOLUTION


def saturation(z, activation="sigmoid", tol=0.01):
    """Return the fraction of activations that pass on (almost) no gradient.

    Parameters
    ----------
    z : array of any shape
        Activations of one layer.
    activation : "sigmoid", "relu" or "tanh"
    tol : float
        How close to its limits a sigmoid or tanh counts as saturated.

    Returns
    -------
    float between 0 and 1
    """
    ### BEGIN SOLUTION
    if activation == "sigmoid":
        stuck = (z < tol) | (z > 1 - tol)
    elif activation == "tanh":
        stuck = np.abs(z) > 1 - tol
    else:
        stuck = z <= 0
    return float(np.mean(stuck))
    ### END SOLUTION
