# %% [markdown]
# ## Parameters for a whole network (신경망 전체의 매개변수)
#
# A network 784-[100, 50]-10 has three affine layers. Layer $i$ connects `sizes[i-1]` units to
# `sizes[i]`, and the rule for its start values needs *its own* $n_{in}$: 784 for the first layer, 100
# for the second, 50 for the third. One standard deviation for all layers is exactly what you want
# to get away from.
#
# **Write** `init_params(input_size, hidden_size_list, output_size, weight_init_std='relu', rng=None)`.
# It returns a dictionary with the keys `"W1"`, `"b1"`, ..., `"WL"`, `"bL"`, where
# $L$ = `len(hidden_size_list)` + 1:
#
# - `"Wi"`: shape (`sizes[i-1]`, `sizes[i]`), random numbers with mean 0 and the standard deviation
#
#   | `weight_init_std` | standard deviation | made for |
#   |---|---|---|
#   | `"relu"` or `"he"` | $\sqrt{2/n_{in}}$ (He) | ReLU |
#   | `"sigmoid"` or `"xavier"` | $\sqrt{1/n_{in}}$ (the book's Xavier); Glorot's $\sqrt{2/(n_{in}+n_{out})}$ is accepted too | sigmoid, tanh |
#   | a number, such as 0.01 or 1 | that number, in every layer | comparisons |
#
#   Upper and lower case do not matter: `"ReLU"`, `"He"`, `"XAVIER"`. For the names you may draw
#   normal or uniform numbers.
# - `"bi"`: shape (`sizes[i]`,), zeros; an array of its own for every layer.
#
# `hidden_size_list` may be empty (one layer, input to output) and stays as it is. All numbers come
# from `rng` alone if it is given, from `np.random` otherwise, new ones for every layer.
#
# *By hand:* `init_params(800, [200], 10)` has a `W1` with standard deviation $\sqrt{2/800}$ = 0.05
# and a `W2` with $\sqrt{2/200}$ = 0.1.
#
# Builds on: *He initialisation*, *LeCun and Xavier* and *Zeros, ones, constants and plain normals*:
# reuse your functions. *MultiLayerNet* in assignment 6 starts from this dictionary.


# %%
def init_params(input_size, hidden_size_list, output_size, weight_init_std="relu", rng=None):
    """Return start values for a fully connected network.

    Parameters
    ----------
    input_size : int
    hidden_size_list : list of ints
        Sizes of the hidden layers, from first to last; may be empty.
    output_size : int
    weight_init_std : str or float
        "relu" or "he", "sigmoid" or "xavier" (case does not matter), or a standard deviation.
    rng : np.random.Generator or None
        The only source of randomness if given; None means np.random.

    Returns
    -------
    dict
        "W1", "b1", ..., "WL", "bL": float64 arrays of shapes (n_in, n_out) and (n_out,).
    """
    ### BEGIN SOLUTION
    sizes = [input_size, *hidden_size_list, output_size]
    rule = str(weight_init_std).lower()
    params = {}
    for i in range(1, len(sizes)):
        n_in, n_out = sizes[i - 1], sizes[i]
        if rule in ("relu", "he"):
            params[f"W{i}"] = he_normal(n_in, n_out, rng)
        elif rule in ("sigmoid", "xavier"):
            params[f"W{i}"] = lecun_normal(n_in, n_out, rng)
        else:
            params[f"W{i}"] = init_normal((n_in, n_out), float(weight_init_std), rng)
        params[f"b{i}"] = init_zeros(n_out)
    return params
    ### END SOLUTION
