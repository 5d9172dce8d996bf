# %% [markdown]
# ## Batch GD, mini-batch, SGD (배치 경사하강법, 미니배치, SGD)
#
# How many samples should one step look at?
#
# | name | batch | one epoch is | character |
# |---|---|---|---|
# | batch gradient descent (GD) | all N samples | 1 update | careful: exact direction, hardly ever a step |
# | mini-batch | for example 100 | $\lceil N / 100 \rceil$ updates | the compromise |
# | stochastic gradient descent (SGD) | 1 sample | N updates | hasty: many steps, each in a rough direction |
#
# All three read the same N samples in an epoch, so they cost about the same arithmetic. They differ in how
# often they *act* on what they read. To compare them fairly, everything else must be equal: each
# setting starts with a fresh network and a fresh optimizer. (Momentum and Adam remember earlier steps;
# a second run would inherit the speed of the first.)
#
# **Write** two functions:
#
# - `updates_per_epoch(n_samples, batch_size)`: the number of updates in one epoch, an int. The smaller
#   last batch counts too; with a batch size of N or more it is 1.
# - `compare_batch_sizes(make_network, make_optimizer, x_train, t_train, x_test, t_test,
#   batch_sizes=(1, 100, None), epochs=1, rng=None)`: for each batch size (`None` stands for all
#   training samples) take *one* new network from `make_network()` and *one* new optimizer from
#   `make_optimizer()`, train with `train_network`, then measure. Returns a dictionary
#   `{batch_size: {"updates": ..., "accuracy": ...}}`, with the batch sizes as they were given: the
#   number of updates in all epochs, and `network.accuracy` on the test data after training.
#
# **By hand.** MNIST has 60,000 training images; in batches of 100 an epoch has 600 updates. 25 samples
# in batches of 10 make 3, in batches of 100 only 1.
#
# *Builds on:* `train_network` (task 4).


# %%
def updates_per_epoch(n_samples, batch_size):
    """Return how many mini-batches one pass over the data has.

    Parameters
    ----------
    n_samples : int
        At least 1.
    batch_size : int
        At least 1.

    Returns
    -------
    int
    """
    ### BEGIN SOLUTION
    return -(-n_samples // batch_size)  # rounds up: // rounds down, also below zero
    ### END SOLUTION


def compare_batch_sizes(
    make_network,
    make_optimizer,
    x_train,
    t_train,
    x_test,
    t_test,
    batch_sizes=(1, 100, None),
    epochs=1,
    rng=None,
):
    """Train once with each batch size and compare what came of it.

    Parameters
    ----------
    make_network : function without arguments, returns a new network
    make_optimizer : function without arguments, returns a new optimizer
    x_train, t_train, x_test, t_test : arrays
        The test data is only measured.
    batch_sizes : sequence of int or None
        None means all training samples at once.
    epochs : int
    rng : np.random.Generator or None

    Returns
    -------
    dict
        For each batch size a dictionary: "updates" (int, in all epochs) and "accuracy" (float, on the
        test data, after training).
    """
    ### BEGIN SOLUTION
    report = {}
    for batch_size in batch_sizes:
        network, optimizer = make_network(), make_optimizer()
        size = len(x_train) if batch_size is None else batch_size
        history = train_network(
            network, optimizer, x_train, t_train, epochs=epochs, batch_size=size, rng=rng
        )
        report[batch_size] = {
            "updates": len(history["loss"]),
            "accuracy": float(network.accuracy(x_test, t_test)),
        }
    return report
    ### END SOLUTION
