# %% [markdown]
# ## TwoLayerNet (2층 신경망)
#
# Now stack your layers:
#
# $$x \;\to\; \text{Affine}(W_1, b_1) \;\to\; \text{ReLU} \;\to\; \text{Affine}(W_2, b_2)
#   \;\to\; \text{logits} \;\to\; \text{SoftmaxWithLoss} \;\to\; L$$
#
# The forward pass walks through the layers; the backward pass walks through the *same* layers in
# reverse order and hands `dout` from one to the next. That is all of backpropagation.
#
# **Write** the class `TwoLayerNet` with your `Affine`, `Relu` and `SoftmaxWithLoss`:
#
# - `TwoLayerNet(input_size, hidden_size, output_size, weight_init_std=0.01)`: sets the attribute
#   `params`, a dictionary with exactly these keys:
#
#   | key | shape | start value |
#   |---|---|---|
#   | `"W1"` | (input_size, hidden_size) | `weight_init_std` times standard normal (`np.random.randn`) |
#   | `"b1"` | (hidden_size,) | 0 |
#   | `"W2"` | (hidden_size, output_size) | `weight_init_std` times standard normal |
#   | `"b2"` | (output_size,) | 0 |
#
#   Build the layers once, from the arrays in `params`, so that both see the same memory:
#   `params["W1"] -= ...` must change what `predict` returns.
# - `predict(x)`: the *logits*, shape (N, output_size). No softmax here.
# - `loss(x, t)`: the mean cross-entropy of the batch, one number.
# - `accuracy(x, t)`: the fraction of samples, 0 to 1, whose largest logit is the right one.
# - `gradient(x, t)`: a dictionary with the keys of `params`: the gradient of the loss by one forward
#   and one backward pass, for this batch. `params`, `x` and `t` stay as they are.
# - `numerical_gradient(x, t)`: the same dictionary by the given `numerical_gradient(f, x)`, which
#   moves each number of `x` in place while it calls `f`. Slow and reliable: your witness in the next
#   task.
#
# `x` has shape (N, input_size); `t` holds integer labels (N,) or one-hot rows (N, output_size).


# %%
class TwoLayerNet:
    """Affine, ReLU, affine, with softmax and cross-entropy as the loss.

    Attributes
    ----------
    params : dict
        "W1", "b1", "W2", "b2": float64 arrays, shared with the layers.
    """

    def __init__(self, input_size, hidden_size, output_size, weight_init_std=0.01):
        ### BEGIN SOLUTION
        self.params = {
            "W1": weight_init_std * np.random.randn(input_size, hidden_size),
            "b1": np.zeros(hidden_size),
            "W2": weight_init_std * np.random.randn(hidden_size, output_size),
            "b2": np.zeros(output_size),
        }
        self.layers = {
            "Affine1": Affine(self.params["W1"], self.params["b1"]),
            "Relu1": Relu(),
            "Affine2": Affine(self.params["W2"], self.params["b2"]),
        }
        self.last_layer = SoftmaxWithLoss()
        ### END SOLUTION

    def predict(self, x):
        """Return the logits, shape (N, output_size), of a batch x of shape (N, input_size)."""
        ### BEGIN SOLUTION
        for layer in self.layers.values():
            x = layer.forward(x)
        return x
        ### END SOLUTION

    def loss(self, x, t):
        """Return the mean cross-entropy of the batch, a float."""
        ### BEGIN SOLUTION
        return self.last_layer.forward(self.predict(x), t)
        ### END SOLUTION

    def accuracy(self, x, t):
        """Return the fraction of samples that are classified correctly.

        Parameters
        ----------
        x : array, shape (N, input_size)
        t : array
            Integer labels (N,) or one-hot rows (N, output_size).

        Returns
        -------
        float between 0 and 1
        """
        ### BEGIN SOLUTION
        labels = t if t.ndim == 1 else np.argmax(t, axis=1)
        return float(np.mean(np.argmax(self.predict(x), axis=1) == labels))
        ### END SOLUTION

    def gradient(self, x, t):
        """Return the gradients of the loss of this batch by backpropagation.

        Returns
        -------
        dict
            Keys and shapes of params.
        """
        ### BEGIN SOLUTION
        self.loss(x, t)
        dout = self.last_layer.backward(1)
        for layer in reversed(list(self.layers.values())):
            dout = layer.backward(dout)
        first, second = self.layers["Affine1"], self.layers["Affine2"]
        return {"W1": first.dW, "b1": first.db, "W2": second.dW, "b2": second.db}
        ### END SOLUTION

    def numerical_gradient(self, x, t):
        """Return the gradients of the loss of this batch by central differences.

        Returns
        -------
        dict
            Keys and shapes of params.
        """
        ### BEGIN SOLUTION
        return {
            name: numerical_gradient(lambda _: self.loss(x, t), values)
            for name, values in self.params.items()
        }
        ### END SOLUTION
