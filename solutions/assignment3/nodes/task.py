# %% [markdown]
# ## Multiplication and addition nodes (곱셈·덧셈 노드)
#
# Every backward pass is built from nodes like these two. You buy 2 apples at 100 won and pay 10%
# tax: the graph multiplies twice and ends at 220 won. Going back, it answers *if the apple price
# rises by 1 won, by how much does the bill rise?* (2.2 won: two apples, each with tax).
#
# For a product $z = xy$ and a sum $z = x + y$ the chain rule says
#
# $$\text{product: } \frac{\partial L}{\partial x} = \texttt{dout}\cdot y, \quad
#   \frac{\partial L}{\partial y} = \texttt{dout}\cdot x
#   \qquad\quad
#   \text{sum: } \frac{\partial L}{\partial x} = \frac{\partial L}{\partial y} = \texttt{dout}$$
#
# where `dout` is $\partial L / \partial z$, what arrives from the right.
#
# **Write** two classes, `MulLayer` and `AddLayer`, each with
#
# - `forward(x, y)`: returns the product or the sum. `x` and `y` are numbers or arrays of one shape.
# - `backward(dout)`: returns the pair `(dx, dy)`, each with the shape of `x`.
#
# `MulLayer` has to remember what came in; it is used after `forward` on the same object, and two
# objects must not share anything. Calling `forward` again replaces what was remembered; calling
# `backward` again gives the same answer. Neither method changes the arrays it is given.


# %%
class MulLayer:
    """A node of the computational graph that multiplies its two inputs."""

    def __init__(self):
        self.x = None
        self.y = None

    def forward(self, x, y):
        """Return x * y and remember what backward will need.

        Parameters
        ----------
        x, y : numbers, or arrays of one shape

        Returns
        -------
        number or array of that shape
        """
        ### BEGIN SOLUTION
        self.x = x
        self.y = y
        return x * y
        ### END SOLUTION

    def backward(self, dout):
        """Return the gradients of the two inputs of the last forward.

        Parameters
        ----------
        dout : number or array
            Derivative of the loss with respect to the product.

        Returns
        -------
        (dx, dy) : tuple
        """
        ### BEGIN SOLUTION
        return dout * self.y, dout * self.x
        ### END SOLUTION


class AddLayer:
    """A node of the computational graph that adds its two inputs."""

    def forward(self, x, y):
        """Return x + y (numbers, or arrays of one shape)."""
        ### BEGIN SOLUTION
        return x + y
        ### END SOLUTION

    def backward(self, dout):
        """Return (dx, dy), the gradients of the two inputs.

        Parameters
        ----------
        dout : number or array
            Derivative of the loss with respect to the sum.
        """
        ### BEGIN SOLUTION
        return dout * 1, dout * 1
        ### END SOLUTION
