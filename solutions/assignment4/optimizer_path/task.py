# %% [markdown]
# ## A race in the valley (골짜기 경주)
#
# Seven optimizers, one valley. The floor of $f(x, y) = x^2 / 20 + y^2$ runs along the x axis, almost
# flat; the walls in the y direction are twenty times as steep. Its gradient is $(x / 10,\ 2y)$. Write
# the function that records a run; the pictures at the end of this notebook are drawn with it.
#
# **Write** `optimizer_path(optimizer, grad_fn, init, steps=30)`:
#
# - `optimizer` is *any* object with `update(params, grads)`. It wants dictionaries, so put the
#   position into one (the key is yours to choose, the same in both).
# - `grad_fn(p)` returns the gradient at the position `p`, an array of shape (D,). Ask for it at the
#   *current* position in every step.
# - `init` is an array of shape (D,), perhaps of whole numbers. Work on a float copy: `init` itself
#   stays where it is.
# - Returns an array of shape (steps + 1, D): the start, then the position after each step. The
#   optimizer changes its array in place, so keep *copies* of the positions; otherwise you collect
#   the same array many times.
#
# **By hand.** SGD with `lr = 0.5` from $(-10, 1)$: the gradient is $(-1, 2)$, so the next position
# is $(-9.5, 0)$; there the gradient is $(-0.95, 0)$, and then comes $(-9.025, 0)$.
#
# *Builds on:* Gradient descent (assignment 2) and every optimizer above.


# %%
def optimizer_path(optimizer, grad_fn, init, steps=30):
    """Record where an optimizer goes.

    Parameters
    ----------
    optimizer : object with update(params, grads)
        Changes the arrays in params in place.
    grad_fn : function
        Takes a position, an array of shape (D,), and returns the gradient there, shape (D,).
    init : array, shape (D,), float or int, not changed
        The start.
    steps : int
        Number of updates.

    Returns
    -------
    float array, shape (steps + 1, D)
        The start and the position after each step.
    """
    ### BEGIN SOLUTION
    params = {"position": np.array(init, dtype=float)}
    path = [params["position"].copy()]
    for _ in range(steps):
        grads = {"position": grad_fn(params["position"])}
        optimizer.update(params, grads)
        path.append(params["position"].copy())
    return np.array(path)
    ### END SOLUTION
