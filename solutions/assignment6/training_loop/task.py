# %% [markdown]
# ## The training loop (학습 루프)
#
# All parts are on the table: batches, a network that knows its gradient, an optimizer that knows what
# to do with it. The training loop brings them together. It is short, and it is the place where most
# silent mistakes of deep learning live: nothing crashes, the numbers just become a little worse, or
# too good.
#
# For every **epoch**:
#
# 1. for every mini-batch of a *new* shuffled pass over the training data
#    - ask the network for the **gradient** of this batch
#    - let the optimizer **update** the network's parameters with it
#    - record the **loss** of this batch
# 2. after the last batch, measure the **accuracy** on *all* training data, and on the test data if
#    there are any
#
# The test data is only ever looked at. A network that has trained on it tells you nothing about
# images it has never seen: that mistake is called *leakage*.
#
# **Write** the function `train_network(network, optimizer, x_train, t_train, x_test=None, t_test=None,
# epochs=1, batch_size=100, rng=None)`. It returns the history, a dictionary of three lists of numbers:
#
# | key | one number for each | what |
# |---|---|---|
# | `"loss"` | update | `network.loss` of the mini-batch, before or after its update |
# | `"train_acc"` | epoch | `network.accuracy` on all of `x_train`, after the epoch |
# | `"test_acc"` | epoch | `network.accuracy` on all of `x_test`, after the epoch; empty without test data |
#
# - Every epoch sees every training sample once (the last batch may be smaller), in a new order.
#   Take the batches from `iterate_minibatches`, and hand `rng` on to it.
# - Use only `network.params`, `network.gradient(x, t)`, `network.loss(x, t)`,
#   `network.accuracy(x, t)` and `optimizer.update(params, grads)`, which gets `network.params`
#   itself. The grader also hands you networks and optimizers of its own that have nothing else.
# - The data stays as it is.
#
# **By hand.** 25 samples in batches of 10 make 3 updates an epoch (10, 10 and 5 samples). After 3 epochs
# there are 9 losses, 3 training accuracies and, without test data, no test accuracies.
#
# *Builds on:* `iterate_minibatches` (task 2), `MultiLayerNet` (task 3), `train` (assignment 3) and the
# optimizers (assignment 4).


# %%
def train_network(
    network,
    optimizer,
    x_train,
    t_train,
    x_test=None,
    t_test=None,
    epochs=1,
    batch_size=100,
    rng=None,
):
    """Train a network by mini-batches and say how it went.

    Parameters
    ----------
    network : object with params, gradient(x, t), loss(x, t) and accuracy(x, t)
        Its params are updated in place.
    optimizer : object with update(params, grads)
    x_train, t_train : arrays with N rows
    x_test, t_test : arrays with the same number of rows, or None
        Only measured, never trained on.
    epochs : int
        Passes over the training data.
    batch_size : int
    rng : np.random.Generator or None
        The only source of randomness if given.

    Returns
    -------
    dict
        "loss": list of floats, one for each update; "train_acc" and "test_acc": lists of floats, one
        for each epoch ("test_acc" is empty without test data).
    """
    ### BEGIN SOLUTION
    history = {"loss": [], "train_acc": [], "test_acc": []}
    for _ in range(epochs):
        for x, t in iterate_minibatches(x_train, t_train, batch_size, rng=rng):
            optimizer.update(network.params, network.gradient(x, t))
            history["loss"].append(float(network.loss(x, t)))
        history["train_acc"].append(float(network.accuracy(x_train, t_train)))
        if x_test is not None:
            history["test_acc"].append(float(network.accuracy(x_test, t_test)))
    return history
    ### END SOLUTION
