# %% [markdown]
# ## Softmax with loss (Softmax-with-Loss 계층)
#
# The last layer: softmax turns the logits into probabilities `y`, and the cross-entropy says how
# surprised they are by the truth `t`. Each alone has an ugly derivative; together
# almost everything cancels and what remains is *prediction minus truth*:
#
# $$L = -\frac{1}{N}\sum_{n=1}^{N} \log y_{n, t_n}, \quad y = \mathrm{softmax}(x)
#   \qquad\Longrightarrow\qquad \frac{\partial L}{\partial x} = \frac{y - t}{N}
#   \quad (t \text{ one-hot})$$
#
# The loss is a *mean* over the batch, and that is where the $1/N$ comes from.
#
# **Write** the class `SoftmaxWithLoss`:
#
# - `forward(x, t)`: `x` are logits of shape (N, C); `t` are integer labels (N,) *or* one-hot rows
#   (N, C). Returns the mean cross-entropy, one number. Sets the attributes `y` (the
#   probabilities), `t` and `loss`. Logits of ±1000 must give finite numbers.
# - `backward(dout=1)`: returns the gradient of `x`, shape (N, C), for both kinds of `t`. The loss is
#   the end of the chain, so `dout` is 1; multiply by it or ignore it.
#
# `x`, `t` and the stored `y` stay as they are, so that `backward` gives the same answer twice. Use
# the given `softmax` and `cross_entropy_error`, or your own: the grader allows for the `1e-7` inside
# the given logarithm, and for its absence.


# %%
class SoftmaxWithLoss:
    """Softmax followed by the mean cross-entropy.

    Attributes
    ----------
    loss : float or None
        What the last forward returned.
    y : array, shape (N, C), or None
        Probabilities of the last forward.
    t : array or None
        Targets of the last forward.
    """

    def __init__(self):
        self.loss = None
        self.y = None
        self.t = None

    def forward(self, x, t):
        """Return the mean cross-entropy of softmax(x) against t.

        Parameters
        ----------
        x : array, shape (N, C)
            Logits.
        t : array
            Integer labels of shape (N,), or one-hot rows of shape (N, C).

        Returns
        -------
        float
        """
        ### BEGIN SOLUTION
        self.t = t
        self.y = softmax(x)
        self.loss = cross_entropy_error(self.y, self.t)
        return self.loss
        ### END SOLUTION

    def backward(self, dout=1):
        """Return the gradient of the loss with respect to the logits of the last forward.

        Parameters
        ----------
        dout : number
            Derivative of the final result with respect to the loss, normally 1.

        Returns
        -------
        array, shape (N, C)
        """
        ### BEGIN SOLUTION
        n = self.y.shape[0]
        if self.t.size == self.y.size:
            dx = self.y - self.t
        else:
            dx = self.y.copy()
            dx[np.arange(n), self.t] -= 1
        return dout * dx / n
        ### END SOLUTION
