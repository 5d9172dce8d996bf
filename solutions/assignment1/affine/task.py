# %% [markdown]
# ## The affine transformation y = xW + b (어파인 변환)
#
# A layer of M neurons is M weighted sums side by side: the weights of neuron $m$ are column $m$ of a
# matrix $W$, its bias is $b_m$. One matrix product computes the whole layer, for one sample or for
# a whole batch:
#
# $$Y = XW + b, \qquad
#   \underbrace{(N, M)}_{Y} = \underbrace{(N, D)}_{X} \cdot \underbrace{(D, M)}_{W}
#   + \underbrace{(M,)}_{b}$$
#
# Mathematics books write $Wx + b$ with columns; in code the samples are **rows**, so $x$ comes
# first. It is a *matrix* product: `x * W` would be something else.
#
# **By hand:**
#
# $$\begin{pmatrix} 1 & 2 & 3 \end{pmatrix}
#   \begin{pmatrix} 1 & 0 \\ 0 & 1 \\ 1 & 1 \end{pmatrix}
#   + \begin{pmatrix} 10 & 20 \end{pmatrix}
#   = \begin{pmatrix} 1 + 3 + 10 & 2 + 3 + 20 \end{pmatrix}
#   = \begin{pmatrix} 14 & 25 \end{pmatrix}$$
#
# **Write** `affine(x, W, b)`:
#
# - `x` (D,) gives (M,), `x` (N, D) gives (N, M), also for N = 1 and N = 0. `W` is (D, M), `b` (M,).
#   Floats or ints.
# - Shapes that do not fit raise an error (`np.dot` raises `ValueError` all by itself). Never make
#   them fit by force.
# - None of the three arrays is changed.
#
# Builds on: the weighted sum of your perceptron (퍼셉트론), now for M neurons at once.


# %%
def affine(x, W, b):
    """Return x W + b, the weighted sums of a layer.

    Parameters
    ----------
    x : array (D,) or (N, D)
        One sample, or a batch with a sample in each row.
    W : array (D, M)
    b : array (M,)

    Returns
    -------
    new array (M,) or (N, M)

    Raises
    ------
    ValueError
        If the shapes do not fit.
    """
    ### BEGIN SOLUTION
    return np.dot(x, W) + b
    ### END SOLUTION
