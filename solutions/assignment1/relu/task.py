# %% [markdown]
# ## ReLU and its derivative (ReLU 함수와 미분)
#
# The rectified linear unit is the simplest activation that is not a straight line: positive numbers
# pass, negative ones become 0. It costs next to nothing and its slope does not fade for large x,
# which is why nearly every hidden layer of today uses it.
#
# $$\mathrm{relu}(x) = \max(0, x) \qquad\qquad
#   \mathrm{relu}'(x) = \begin{cases} 1 & x > 0 \\ 0 & x < 0 \end{cases}$$
#
# At exactly 0 the curve has a corner and no slope. Either 0 or 1 is fine there in this task; the
# ReLU *layer* of assignment 3 will settle for 0.
#
# **By hand:** $(-1.5, 0, 2)$ becomes $(0, 0, 2)$; the slopes at $-1.5$ and at $2$ are 0 and 1.
#
# **Write**
#
# - `relu(x)`: a **new** array in the shape of `x`; `x` itself stays as it is.
# - `relu_grad(x)`: the slope at `x`: numbers (floats or ints, no booleans) in the shape of `x`.
#
# `x` is an array of any shape, even with no rows, of floats or of ints.
#
# Builds on: the step function (계단 함수). Which of today's two functions is nearly the same?


# %%
def relu(x):
    """Return max(0, x), element by element.

    Parameters
    ----------
    x : array of any shape, float or int

    Returns
    -------
    new array of the shape of x
    """
    ### BEGIN SOLUTION
    return np.maximum(0, x)
    ### END SOLUTION


def relu_grad(x):
    """Return the derivative of relu at x: 1 where x > 0, 0 where x < 0.

    Parameters
    ----------
    x : array of any shape, float or int

    Returns
    -------
    new array of numbers of the shape of x
    """
    ### BEGIN SOLUTION
    return np.where(x > 0, 1.0, 0.0)
    ### END SOLUTION
