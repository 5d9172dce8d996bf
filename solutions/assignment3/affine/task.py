# %% [markdown]
# ## Affine layer (Affine 계층)
#
# The fully connected layer: every output is a weighted sum of all inputs plus a bias. For a batch of
# N samples with D features and M outputs, with the samples as rows,
#
# $$Y = XW + b, \qquad X: (N, D),\quad W: (D, M),\quad b: (M,),\quad Y: (N, M)$$
#
# Going back, all three get a gradient. The shapes leave you little choice, and that is the best way
# to remember the formulas: a gradient has the shape of the thing it belongs to.
#
# $$\frac{\partial L}{\partial X} = \texttt{dout}\, W^{\mathsf T} \qquad
#   \frac{\partial L}{\partial W} = X^{\mathsf T}\, \texttt{dout} \qquad
#   \frac{\partial L}{\partial b} = \sum_{n=1}^{N} \texttt{dout}_n$$
#
# There is no division by N here: the loss layer at the end takes the mean, so the 1/N is already
# inside `dout`.
#
# **Write** the class `Affine`:
#
# - `Affine(W, b)`: keeps *the arrays it is given*, not copies, as the attributes `W` and `b`. Whoever
#   trains the network changes those arrays in place, and the layer must see it.
# - `forward(x)`: returns $XW + b$. An image batch of shape (N, d1, d2, ...) is flattened to
#   (N, D) first.
# - `backward(dout)`: sets the attributes `dW` and `db`, freshly on every call, and returns the
#   gradient of `x` in the shape that `x` had.
#
# Neither method changes `x`, `dout`, `W` or `b`.


# %%
class Affine:
    """Fully connected layer x W + b.

    Attributes
    ----------
    W, b : arrays of shape (D, M) and (M,)
        The very arrays that were passed in.
    dW, db : arrays of the shapes of W and b, or None
        Gradients, set by backward.
    """

    def __init__(self, W, b):
        self.W = W
        self.b = b
        self.dW = None
        self.db = None

    def forward(self, x):
        """Return x W + b for a batch.

        Parameters
        ----------
        x : array, shape (N, D) or (N, d1, d2, ...) with d1 * d2 * ... = D

        Returns
        -------
        array, shape (N, M)
        """
        ### BEGIN SOLUTION
        self.original_shape = x.shape
        self.x = x.reshape(x.shape[0], -1)
        return np.dot(self.x, self.W) + self.b
        ### END SOLUTION

    def backward(self, dout):
        """Set dW and db and return the gradient of the x of the last forward.

        Parameters
        ----------
        dout : array, shape (N, M)
            Derivative of the loss with respect to what forward returned.

        Returns
        -------
        array of the shape of x
        """
        ### BEGIN SOLUTION
        self.dW = np.dot(self.x.T, dout)
        self.db = np.sum(dout, axis=0)
        return np.dot(dout, self.W.T).reshape(self.original_shape)
        ### END SOLUTION
