# %% [markdown]
# ## Vanishing gradients and symmetry (기울기 소실과 대칭성)
#
# The histograms show the way forward. What a weight learns is decided on the way back: layer $i$
# multiplies the gradient by the slope of its activation and by its weights. The sigmoid's slope is
# at most 0.25, so ten sigmoid layers with Xavier weights leave less than a hundred-thousandth of the
# gradient for the first layer. ReLU's slope is 1 where a unit is on, and He's factor 2 makes up
# for the units that are off.
#
# Measure it: take the network of the previous task, pretend that the loss is the *sum of the last
# activations*, so that the gradient that starts at the end is all ones, and go back. With $z_{-1} = x$
# and $\odot$ for element by element,
#
# $$d_i = g_i \odot \varphi'(a_i), \qquad
#   \frac{\partial L}{\partial W_i} = z_{i-1}^{\mathsf T} d_i, \qquad
#   g_{i-1} = d_i W_i^{\mathsf T}, \qquad g_{\text{last}} = 1$$
#
# The slope can be read from the activation itself: $z(1-z)$ for the sigmoid, $1 - z^2$ for tanh, and
# for ReLU 1 where $z > 0$, else 0.
#
# **Write** `gradient_norms(x, weights, activation='sigmoid')` with the arguments of
# `collect_activations`. It returns a list with one float per layer, **first layer first**: the
# Frobenius norm $\|\partial L/\partial W_i\| = \sqrt{\sum_{jk} (\partial L/\partial W_i)_{jk}^2}$
# (`np.linalg.norm` of a matrix). `x` and `weights` stay as they are.
#
# *By hand:* one sigmoid layer, two samples `x = [[1], [1]]`, `W = [[0, 0, 0, 0]]`: every activation is
# 0.5, every slope 0.25, every entry of the gradient 2 · 0.25 = 0.5, and the norm is
# $\sqrt{4 \cdot 0.25}$ = 1.
#
# **Symmetry.** Try all-zero weights in two or more layers: only the *last* layer gets a gradient, and
# all its columns are equal. The others wait for ever. That is why nobody starts at zero.
#
# Builds on: *Activation histograms* for the way forward, and the *Affine*, *Sigmoid* and *ReLU layers*
# of assignment 3 for the way back.


# %%
def gradient_norms(x, weights, activation="sigmoid"):
    """Return the size of the gradient of every weight matrix, for L = sum of the last activations.

    Parameters
    ----------
    x : array, shape (N, D)
    weights : list of arrays
        Shapes (D, H1), (H1, H2), ...; at least one.
    activation : "sigmoid", "relu" or "tanh"

    Returns
    -------
    list of floats
        Frobenius norms of dL/dW, index 0 is the first layer.
    """
    ### BEGIN SOLUTION
    activations = collect_activations(x, weights, activation)
    slope = {
        "sigmoid": lambda z: z * (1 - z),
        "tanh": lambda z: 1 - z**2,
        "relu": lambda z: z > 0,
    }[activation]
    norms = []
    gradient = np.ones_like(activations[len(weights) - 1])
    for i in reversed(range(len(weights))):
        below = activations[i - 1] if i > 0 else x
        d = gradient * slope(activations[i])
        norms.append(float(np.linalg.norm(np.dot(below.T, d))))
        gradient = np.dot(d, weights[i].T)
    return norms[::-1]
    ### END SOLUTION
