# %% [markdown]
# ## Sigmoid layer (시그모이드 계층)
#
# The sigmoid squeezes any number into (0, 1). Its derivative can be written with its own *output*,
# so the backward pass needs no second `exp`:
#
# $$y = \frac{1}{1 + e^{-x}} \qquad\qquad
#   \frac{\partial L}{\partial x} = \texttt{dout} \cdot y\,(1 - y)$$
#
# The factor $y(1-y)$ is at most 0.25. Ten sigmoid layers in a row shrink a gradient below a
# millionth: that is the *vanishing gradient*, and the reason why ReLU took over.
#
# **Write** the class `Sigmoid`:
#
# - `forward(x)`: returns the sigmoid of every element and remembers the result. Any shape;
#   an element of 800 gives 1, not nan.
# - `backward(dout)`: returns the gradient of `x`.
#
# Neither method changes the array it is given. `backward` belongs to the last `forward`,
# also when it is called twice.


# %%
class Sigmoid:
    """Logistic function 1 / (1 + exp(-x)), element by element."""

    def __init__(self):
        self.out = None

    def forward(self, x):
        """Return the sigmoid of x and remember it.

        Parameters
        ----------
        x : array of any shape

        Returns
        -------
        new array of the shape of x, values between 0 and 1
        """
        ### BEGIN SOLUTION
        self.out = 1 / (1 + np.exp(-x))
        return self.out
        ### END SOLUTION

    def backward(self, dout):
        """Return the gradient with respect to the x of the last forward.

        Parameters
        ----------
        dout : array of the shape of x
            Derivative of the loss with respect to what forward returned.

        Returns
        -------
        new array of the shape of x
        """
        ### BEGIN SOLUTION
        return dout * self.out * (1 - self.out)
        ### END SOLUTION
