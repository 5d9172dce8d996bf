# %% [markdown]
# ## Identity, step and the perceptron (항등 함수, 계단 함수, 퍼셉트론)
#
# The oldest artificial neuron adds up its inputs, each times a weight, adds a bias and fires when
# the sum is positive. A **weight** says how important its input is; the **bias** says how easily
# the neuron fires at all. What turns the sum into an answer is the *activation function*, here the
# step function:
#
# $$\mathrm{step}(a) = \begin{cases} 1 & a > 0 \\ 0 & a \le 0 \end{cases}
#   \qquad\qquad
#   \mathrm{perceptron}(x) = \mathrm{step}(x_1 w_1 + \dots + x_D w_D + b)$$
#
# The identity function is the other extreme: it changes nothing. It is the activation of the
# output layer when a network predicts a number (regression).
#
# **By hand:** with $w = (0.5, 0.5)$ and $b = -0.7$ the input $(1, 1)$ gives
# $0.5 + 0.5 - 0.7 = 0.3 > 0$, so 1; the input $(1, 0)$ gives $-0.2$, so 0. This perceptron is an
# AND gate. Other weights make it NAND or OR.
#
# **Write**
#
# - `identity_function(x)`: returns `x` with the same values, shape and dtype.
# - `step_function(x)`: 1 where `x > 0` and 0 elsewhere (so the step of 0 is 0), as **integers**, in
#   the shape of `x`. `x` may be a number or an array of any shape.
# - `perceptron(x, w, b)`: for one sample `x` of shape (D,) a single integer, for a batch (N, D)
#   integers of shape (N,). `w` has shape (D,), `b` is a number.
#
# None of them changes what it is given.


# %%
def identity_function(x):
    """Return x as it is: same values, shape and dtype.

    Parameters
    ----------
    x : array of any shape

    Returns
    -------
    array
    """
    ### BEGIN SOLUTION
    return x
    ### END SOLUTION


def step_function(x):
    """Return 1 where x > 0, else 0, element by element.

    Parameters
    ----------
    x : number or array of any shape

    Returns
    -------
    integer array of the shape of x
    """
    ### BEGIN SOLUTION
    return np.array(np.asarray(x) > 0, dtype=int)
    ### END SOLUTION


def perceptron(x, w, b):
    """Return 1 where the weighted sum of the inputs plus the bias is positive, else 0.

    Parameters
    ----------
    x : array (D,) or (N, D)
        One sample, or a batch with a sample in each row.
    w : array (D,)
    b : number

    Returns
    -------
    one integer for one sample, integers (N,) for a batch
    """
    ### BEGIN SOLUTION
    return step_function(np.dot(x, w) + b)
    ### END SOLUTION
