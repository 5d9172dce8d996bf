# %% [markdown]
# ## A three-layer network: forward and predict (3층 신경망)
#
# Now put the pieces together. Data flows one way, through two hidden layers and an output layer
# (a *feedforward* network):
#
# $$z_1 = \sigma(x W_1 + b_1) \qquad z_2 = \sigma(z_1 W_2 + b_2) \qquad a_3 = z_2 W_3 + b_3$$
#
# What happens to $a_3$ depends on the problem:
#
# | problem | example | output activation |
# |---|---|---|
# | regression | how much will it cost? | identity |
# | two classes | cat or dog? | sigmoid |
# | many classes | cat, dog or human? | softmax |
#
# **Why the sigmoids in between?** Without them three affine layers collapse into one, because
# $(xW_1)W_2 = x(W_1W_2)$: depth would buy nothing.
#
# **Write**
#
# - `forward(network, x)`: returns $a_3$ through the **identity**: the prediction of a regression, or
#   the logits of a classification.
# - `predict(network, x)`: returns the **softmax** of that: probabilities.
#
# `network` is a dict with the keys `"W1"`, `"b1"`, `"W2"`, `"b2"`, `"W3"`, `"b3"`. `x` is one sample
# (D,) or a batch (N, D); the result is (M,) or (N, M). Neither the dict, nor its arrays, nor `x` is
# changed. Softmax keeps the order, so the largest logit and the largest probability are in the same
# place: at test time one may leave it out.
#
# **By hand** (one number): in the book's toy network $x = (1.0, 0.5)$ meets the first column
# $(0.1, 0.2)$ of $W_1$ and $b = 0.1$: $0.1 + 0.1 + 0.1 = 0.3$, and $\sigma(0.3) \approx 0.574$.
# The output at the end is $(0.3168, 0.6963)$.
#
# Builds on: identity (항등 함수), sigmoid (시그모이드), softmax (소프트맥스) and affine (어파인 변환).
# A network is only as good as its pieces: if one of those fails a check, mend it first.


# %%
def forward(network, x):
    """Run x through the network up to the identity at the output.

    Parameters
    ----------
    network : dict
        Arrays "W1" (D, H1), "b1" (H1,), "W2" (H1, H2), "b2" (H2,), "W3" (H2, M), "b3" (M,).
    x : array (D,) or (N, D)

    Returns
    -------
    array (M,) or (N, M), any real numbers
    """
    ### BEGIN SOLUTION
    z1 = sigmoid(affine(x, network["W1"], network["b1"]))
    z2 = sigmoid(affine(z1, network["W2"], network["b2"]))
    return identity_function(affine(z2, network["W3"], network["b3"]))
    ### END SOLUTION


def predict(network, x):
    """Return the probabilities of the classes: the softmax of forward.

    Parameters
    ----------
    network : dict, as for forward
    x : array (D,) or (N, D)

    Returns
    -------
    array (M,) or (N, M); each row sums to 1
    """
    ### BEGIN SOLUTION
    return softmax(forward(network, x))
    ### END SOLUTION
