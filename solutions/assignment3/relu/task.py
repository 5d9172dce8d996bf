# %% [markdown]
# ## ReLU layer (ReLU 계층)
#
# ReLU lets positive numbers through and stops the rest. On the way back it is a row of gates: where
# a number got through, the gradient gets through; where it was stopped, the gradient is stopped.
# The gates were set by `x` in `forward`. The sign of the gradient has no say in it.
#
# $$y = \max(0, x) \qquad\qquad
#   \frac{\partial L}{\partial x} = \begin{cases} \texttt{dout} & x > 0 \\ 0 & x \le 0 \end{cases}$$
#
# **Write** the class `Relu`:
#
# - `forward(x)`: returns $\max(0, x)$ element by element, in a *new* array; `x` stays as it is.
#   Remember which elements had $x \le 0$.
# - `backward(dout)`: returns the gradient of `x`. At exactly 0 it is 0.
#
# `x` may have any shape, even with no rows at all. `dout` has the shape of `x` and may well hold
# negative numbers. `backward` belongs to the last `forward` of the same object, also when it is
# called twice.


# %%
class Relu:
    """Rectified linear unit: max(0, x), element by element."""

    def __init__(self):
        self.mask = None

    def forward(self, x):
        """Return max(0, x) and remember where x <= 0.

        Parameters
        ----------
        x : array of any shape

        Returns
        -------
        new array of the shape of x
        """
        ### BEGIN SOLUTION
        self.mask = x <= 0
        return np.where(self.mask, 0, x)
        ### END SOLUTION

    def backward(self, dout):
        """Return the gradient with respect to the x of the last forward.

        Parameters
        ----------
        dout : array of the shape of x
            Derivative of the loss with respect to what forward returned.

        Returns
        -------
        array of the shape of x
        """
        ### BEGIN SOLUTION
        return np.where(self.mask, 0, dout)
        ### END SOLUTION
