# %% [markdown]
# ## Experiment: std=0.01, Xavier and He on a deep ReLU network (초깃값 비교 실험)
#
# Now the start values meet a real task: a ReLU network 64-100-100-100-100-10 (five affine layers)
# learns the handwritten digits with plain SGD, learning rate 0.02, batches of 128. Three runs, and the
# *only* difference is where the weights start. What the grader's own runs over 30 epochs show:
#
# | start values | mean loss at the end | test accuracy |
# |---|---|---|
# | 0.01 for all layers | 2.30 = ln 10, nothing learnt | 8% (guessing) |
# | Xavier | about 0.7 | about 87% |
# | He | about 0.2 | about 96% |
#
# An experiment is only worth something if the runs are comparable: each setting is trained once, under
# the same conditions, and the loss of a single mini-batch, which is noisy, is replaced by a mean.
#
# **Write** `compare_initializations(train_fn, configs=(0.01, 'sigmoid', 'relu'))`.
#
# - `train_fn(init)`: a function that is handed to you. It trains one network with the start values
#   `init` (as in `init_params`), which takes a while, and returns the pair (list of the losses of all
#   mini-batches, test accuracy). It may give another result when it is called again.
# - `configs`: the settings. Call `train_fn` **exactly once** for each of them, in this order.
# - returns a dictionary with one entry per setting: the key is the setting itself, the value a
#   dictionary `{"loss": ..., "accuracy": ...}`, with the mean of the **last 20** losses (of all of
#   them, if there are fewer) and the accuracy, both floats.
#
# *By hand:* losses of eighty times 9.0 and then twenty times 1.0 give a final loss of 1.0, not 7.4.
#
# In the last check the grader trains for real, from the start values that *your* `init_params` makes.
#
# Builds on: *Parameters for a whole network*, whose choices are compared here.


# %%
def compare_initializations(train_fn, configs=(0.01, "sigmoid", "relu")):
    """Train once with each setting and report how it ended.

    Parameters
    ----------
    train_fn : function of one setting
        Trains a network and returns (list of losses, test accuracy).
    configs : sequence of settings
        What train_fn is called with, in this order.

    Returns
    -------
    dict
        Setting to {"loss": mean of the last 20 losses, "accuracy": float}.
    """
    ### BEGIN SOLUTION
    report = {}
    for init in configs:
        losses, accuracy = train_fn(init)
        report[init] = {"loss": float(np.mean(losses[-20:])), "accuracy": float(accuracy)}
    return report
    ### END SOLUTION
