# %% [markdown]
# ## Numerical differentiation and gradient (수치 미분과 기울기)
#
# The derivative says how fast f changes when x moves a little. So move x a little and look! That
# works for *any* function, even for one that you cannot differentiate on paper, such as the loss of
# a network. The question is only how to move:
#
# $$\underbrace{\frac{f(x+h) - f(x)}{h}}_{\text{forward: error of order } h}
#   \qquad\qquad
#   \underbrace{\frac{f(x+h) - f(x-h)}{2h}}_{\text{central: error of order } h^2}$$
#
# We use the **central difference** (중심 차분) with $h = 10^{-4}$. It is far more exact at the same
# price. Do not make h tiny: computers subtract two nearly equal numbers badly, and $x + 10^{-50}$ is
# simply x.
#
# A function of many numbers has one **partial derivative** (편미분) for each: move that one number
# and hold all others still. All of them together, in the shape of `x`, are the **gradient** (기울기).
#
# **By hand.** $f(x) = 0.01x^2 + 0.1x$ at x = 5: f(5.0001) = 0.7500200001 and f(4.9999) =
# 0.7499800001; the difference 0.00004 divided by 0.0002 is **0.2**. For $f(x_0, x_1) = x_0^2 + x_1^2$
# at (3, 4) the gradient is **(6, 8)**.
#
# **Write** two functions:
#
# - `numerical_diff(f, x, h=1e-4)`: `f` takes a number and returns a number; `x` is a number. Returns
#   the derivative at `x`.
# - `numerical_gradient(f, x, h=1e-4)`: `x` is a float64 array of any shape; `f` takes an array of that
#   shape and returns one number. Returns a float array of the shape of `x`.
#
# Four rules for `numerical_gradient`, each of which matters for networks later:
#
# 1. Move one element at a time, **inside `x` itself** (`x[index] = ...`), and hand `x` to `f`. The loss
#    of a network ignores its argument and reads the weights where they live. Whoever moves a copy
#    measures nothing.
# 2. Put every element back **bit for bit**: save the old value first and write it back. Adding and
#    subtracting h does not do it, because floats round.
# 3. Call `f` exactly twice per element.
# 4. Any number of axes will do, and `x` may be a view of another array, such as `W.T`.
#
# *Builds on:* the losses above, which are the functions you will differentiate. In assignment 3 this
# slow, honest gradient becomes the judge of your backpropagation.


# %%
def numerical_diff(f, x, h=1e-4):
    """Derivative of f at x by the central difference.

    Parameters
    ----------
    f : function of one number, returns a number
    x : float
    h : float
        Distance to each side.

    Returns
    -------
    float
    """
    ### BEGIN SOLUTION
    return (f(x + h) - f(x - h)) / (2 * h)
    ### END SOLUTION


def numerical_gradient(f, x, h=1e-4):
    """Gradient of f at x by central differences, one element at a time.

    Every element of x is moved by +h and -h in place and then restored bit for bit, so f may ignore
    its argument and read the same array from somewhere else (the weights of a network).

    Parameters
    ----------
    f : function of an array of the shape of x, returns a number
        Called exactly 2 * x.size times.
    x : float64 array of any shape
    h : float
        Distance to each side.

    Returns
    -------
    float64 array of the shape of x
    """
    ### BEGIN SOLUTION
    if not np.issubdtype(x.dtype, np.floating):
        x = x.astype(float)  # x + h would be cut off to x in an array of integers
    gradient = np.zeros(x.shape)
    for index in np.ndindex(x.shape):
        original = x[index]
        x[index] = original + h
        above = f(x)
        x[index] = original - h
        below = f(x)
        x[index] = original
        gradient[index] = (above - below) / (2 * h)
    return gradient
    ### END SOLUTION
