# %% [markdown]
# ## MultiLayerNet (다층 신경망)
#
# A network of any depth. Between an input and an output layer you may now stack as many hidden layers
# as you like; each is fully connected to the next. Other names for the same thing: multi-layer
# perceptron (MLP), fully connected network, deep neural network (DNN).
#
# $$x \to \underbrace{\text{Affine}_1 \to \text{activation}}_{\text{hidden } 1} \to \dots \to
#   \underbrace{\text{Affine}_{L-1} \to \text{activation}}_{\text{hidden } L-1} \to \text{Affine}_L
#   \to \text{logits} \to \text{SoftmaxWithLoss} \to L$$
#
# New is **weight decay**: a price on large weights, paid in the loss and therefore also in the
# gradient. It covers the weight matrices and leaves the biases alone.
#
# $$L_{\text{total}} = L + \frac{\lambda}{2} \sum_{i} \sum_{jk} W_{i,jk}^2 \qquad
#   \frac{\partial L_{\text{total}}}{\partial W_i} = \frac{\partial L}{\partial W_i} + \lambda W_i$$
#
# **Write** the class `MultiLayerNet(input_size, hidden_size_list, output_size, activation="relu",
# weight_init_std="relu", weight_decay_lambda=0)`:
#
# - `hidden_size_list` holds the sizes of the hidden layers and may be empty; `activation` is `"relu"`
#   or `"sigmoid"`, after every affine layer but the last.
# - `params`: a dictionary `"W1"`, `"b1"`, `"W2"`, ... as the given `init_params(input_size,
#   hidden_size_list, output_size, weight_init_std)` returns it: `"relu"` or `"he"` gives
#   $\sqrt{2/n_{in}}$ *of each layer*, `"sigmoid"` or `"xavier"` $\sqrt{1/n_{in}}$, a number is the
#   standard deviation of all layers. Biases start at 0. Build the layers once, from these arrays, so
#   that an update of `params` in place changes what `predict` returns.
# - `predict(x)`: the logits (N, output_size), without softmax.
# - `loss(x, t)`: mean cross-entropy plus the decay term, one number.
# - `accuracy(x, t)`: the fraction of samples whose largest logit is the right one.
# - `gradient(x, t)`: a dictionary with the keys of `params`: the gradient of `loss` for this batch.
#   `params` stay as they are.
#
# `x` has shape (N, input_size); `t` holds integer labels (N,) or one-hot rows (N, output_size).
#
# **By hand.** With $\lambda = 0.1$ and a single weight $W = 3$, the loss grows by
# $\frac{0.1}{2} \cdot 3^2 = 0.45$ and the gradient by $0.1 \cdot 3 = 0.3$.
#
# *Builds on:* `TwoLayerNet` (assignment 3), which is `MultiLayerNet(n, [h], m)`, and `init_params`
# (assignment 5). `Affine`, `Relu`, `Sigmoid` and `SoftmaxWithLoss` are given.


# %%
class MultiLayerNet:
    """Affine layers with activations between them, softmax and cross-entropy as the loss.

    Parameters
    ----------
    input_size, output_size : int
    hidden_size_list : list of int
        Sizes of the hidden layers, possibly none.
    activation : "relu" or "sigmoid"
    weight_init_std : str or float
        "relu"/"he", "sigmoid"/"xavier", or a standard deviation.
    weight_decay_lambda : float
        Strength of the weight decay; 0 turns it off.

    Attributes
    ----------
    params : dict
        "W1", "b1", "W2", "b2", ...: float arrays, shared with the layers.
    """

    def __init__(
        self,
        input_size,
        hidden_size_list,
        output_size,
        activation="relu",
        weight_init_std="relu",
        weight_decay_lambda=0,
    ):
        ### BEGIN SOLUTION
        self.weight_decay_lambda = weight_decay_lambda
        self.hidden_layer_num = len(hidden_size_list)
        self.params = init_params(input_size, hidden_size_list, output_size, weight_init_std)
        new_activation = {"relu": Relu, "sigmoid": Sigmoid}[activation]
        self.layers = {}
        for i in range(1, self.hidden_layer_num + 2):
            self.layers[f"Affine{i}"] = Affine(self.params[f"W{i}"], self.params[f"b{i}"])
            if i <= self.hidden_layer_num:
                self.layers[f"Activation{i}"] = new_activation()
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
        """Return the mean cross-entropy of the batch plus the weight decay, a float."""
        ### BEGIN SOLUTION
        loss = self.last_layer.forward(self.predict(x), t)
        if self.weight_decay_lambda:
            weights = [self.params[f"W{i}"] for i in range(1, self.hidden_layer_num + 2)]
            loss += 0.5 * self.weight_decay_lambda * sum(np.sum(W**2) for W in weights)
        return loss
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
        self.last_layer.forward(self.predict(x), t)
        dout = self.last_layer.backward(1)
        first, *others = self.layers.values()
        for layer in reversed(others):
            dout = layer.backward(dout)
        # Nobody asks for the gradient of the images. first.backward(dout) would compute it as well:
        # one of the three large matrix products of a step.
        first.dW, first.db = np.dot(first.x.T, dout), np.sum(dout, axis=0)

        gradients = {}
        for i in range(1, self.hidden_layer_num + 2):
            affine = self.layers[f"Affine{i}"]
            gradients[f"W{i}"], gradients[f"b{i}"] = affine.dW, affine.db
            if self.weight_decay_lambda:
                gradients[f"W{i}"] = affine.dW + self.weight_decay_lambda * affine.W
        return gradients
        ### END SOLUTION
