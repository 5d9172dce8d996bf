# %% [markdown]
# ## The optimizer race and your MNIST run (옵티마이저 비교와 MNIST 학습)
#
# First a race. Which optimizer brings the loss down fastest? A race is only fair if all runners start
# at the same line and run the same track: the same start weights (`make_network` takes care of that),
# the same batches in the same order. Only the update rule differs.
#
# Then the run that all of this was for: **choose an architecture, an optimizer, a batch size and a
# number of epochs, and teach a network to read handwritten digits.** What you choose are the
# *hyperparameters*; what the network learns are its *parameters*. A good start is one or two hidden
# layers of 50 to 100 units, ReLU with He start values, `Adam(0.001)` and batches of 100.
#
# **Write** two functions:
#
# - `compare_optimizers(make_network, optimizers, batches)`: `optimizers` is a dictionary from names to
#   optimizers, `batches` a list of pairs `(x, t)`. For each optimizer take *one* new network from
#   `make_network()` and make one update for each batch, in the order of the list. Returns a dictionary
#   from the names to lists: `network.loss` of each batch, right after its update.
# - `train_mnist(x_train, t_train, x_test, t_test, rng=None)`: builds and trains a network for images
#   of *any* size, (N, D), of ten digits. Returns `(network, history)`: the trained network (with
#   `predict`) and the history of `train_network`, with the test accuracy of every epoch. Hand `rng` on
#   to `train_network`.
#
# **What is graded** in `train_mnist`: the grader sends images and labels for training, others for
# the test accuracy of your history, and then unseen images *without* labels. `network.predict` has
# to give the right digit for at least **95%** of the unseen 8 x 8 digits, however the training rows are
# ordered, within 10 seconds. With the settings above, 25 epochs reach about 98% in less than a second;
# leave yourself such a margin, because every start is random.
# (Your instructor may have the real MNIST graded: 8,000 images of 28 x 28 for training, and 92.5%
# of 2,000 others to be read. There 8 epochs reach about 94%.)
#
# If the accuracy stays low, the message shows your learning curve. A loss that does not move, moves
# slowly, or jumps about means three different things.
#
# **By hand.** Two optimizers and three batches give two lists of three losses.
#
# *Builds on:* everything in this assignment, and the optimizers of assignment 4.


# %%
def compare_optimizers(make_network, optimizers, batches):
    """Train the same network on the same batches, once with each optimizer.

    Parameters
    ----------
    make_network : function without arguments, returns a new network
    optimizers : dict of str to optimizer
    batches : list of pairs (x, t)

    Returns
    -------
    dict of str to list of float
        The loss of each batch after its update.
    """
    ### BEGIN SOLUTION
    losses = {}
    for name, optimizer in optimizers.items():
        network = make_network()
        losses[name] = []
        for x, t in batches:
            optimizer.update(network.params, network.gradient(x, t))
            losses[name].append(float(network.loss(x, t)))
    return losses
    ### END SOLUTION


def train_mnist(x_train, t_train, x_test, t_test, rng=None):
    """Train a network of your choice to read digits.

    Parameters
    ----------
    x_train, x_test : arrays, shape (N, D) and (M, D)
        Pixels between 0 and 1; D is 64 for the small digits, 784 for MNIST.
    t_train, t_test : int arrays, shape (N,) and (M,)
    rng : np.random.Generator or None

    Returns
    -------
    (network, history)
        The trained network, and the dictionary that train_network returned.
    """
    ### BEGIN SOLUTION
    network = MultiLayerNet(x_train.shape[1], [100, 50], 10)
    epochs = 8 if len(x_train) > 3000 else 25  # less data, less work in an epoch
    history = train_network(
        network, Adam(0.001), x_train, t_train, x_test, t_test, epochs, batch_size=100, rng=rng
    )
    return network, history
    ### END SOLUTION


# %% [markdown]
# For the race below and for your own experiments, an optimizer by its name (given):


# %%
def make_optimizer(name, lr):
    """Return a new optimizer: "SGD", "Momentum", "AdaGrad" or "Adam", with this learning rate."""
    return {"SGD": SGD, "Momentum": Momentum, "AdaGrad": AdaGrad, "Adam": Adam}[name](lr)
