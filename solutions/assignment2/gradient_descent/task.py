# %% [markdown]
# ## Gradient descent (경사하강법)
#
# The gradient points to where f grows fastest. To make f small, go the other way, a little, and look
# again:
#
# $$x \leftarrow x - \eta\, \nabla f(x)$$
#
# That is all of gradient descent. The sign does the steering: on a positive slope the step goes to
# the left, on a negative slope to the right, downhill in both cases. The **learning rate** (학습률) η
# sets the length of the step. You choose it; it is not learned. Too small, and nothing happens; too
# large, and every step overshoots further than the one before.
#
# **By hand.** $f = x_0^2 + x_1^2$, start at (−3, 4), η = 0.1. The gradient is (−6, 8), so the first
# step leads to (−3 + 0.6, 4 − 0.8) = (**−2.4, 3.2**). Every step multiplies x by 0.8, and after a
# hundred steps hardly anything is left: 0.8¹⁰⁰ is about 2·10⁻¹⁰.
#
# **Write** `gradient_descent(f, init_x, lr=0.01, step_num=100)`:
#
# - `f`: takes an array of the shape of `init_x`, returns one number.
# - `init_x`: where to start, a float array. It had better stay as it is.
# - takes exactly `step_num` steps of learning rate `lr`, each with the gradient at the point reached so
#   far; no steps at all for `step_num=0`.
# - returns the last x, an array of the shape of `init_x`. (A tuple that starts with it, such as
#   `(x, history)`, is fine too.)
#
# *Builds on:* Numerical differentiation and gradient: use your `numerical_gradient`.


# %%
def gradient_descent(f, init_x, lr=0.01, step_num=100):
    """Walk step_num steps against the gradient of f.

    Parameters
    ----------
    f : function of an array of the shape of init_x, returns a number
    init_x : float array
        The start.
    lr : float
        Learning rate.
    step_num : int
        Number of steps.

    Returns
    -------
    array of the shape of init_x
        The point reached last.
    """
    ### BEGIN SOLUTION
    x = np.array(init_x, dtype=float)
    for _ in range(step_num):
        x -= lr * numerical_gradient(f, x)
    return x
    ### END SOLUTION
