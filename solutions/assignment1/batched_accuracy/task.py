# %% [markdown]
# ## Accuracy in batches (배치 처리와 정확도)
#
# How often is the network right? Accuracy is the share of samples whose largest score is at the
# place of the right label. Ten thousand images at once may not fit into memory; one at a time is
# slow, since array libraries are made for large arrays and every call has its overhead. So one
# works in **batches**: the first 100 rows, the next 100, and so on.
#
# **By hand:** 7 images in batches of 3 make batches of 3, 3 and **1**. With 2, 3 and 0 right answers
# the accuracy is $(2 + 3 + 0) / 7 = 5/7 \approx 0.714$. The average of the three accuracies,
# $(2/3 + 3/3 + 0/1)/3 \approx 0.556$, would count the lonely last image three times.
#
# **Write** `batched_accuracy(predict_fn, x, t, batch_size=100)`:
#
# - `predict_fn` is a function: it gets rows of `x`, shape (n, D), and returns scores (n, C), for
#   example probabilities. Call it on consecutive slices of `batch_size` rows, so that it sees every
#   row once and in order. The last slice may be smaller; no slice may be larger.
# - `t` holds the right labels as integers 0 to C-1, shape (N,).
# - It returns the share of right answers as one float between 0 and 1.
# - `x` and `t` are not changed.
#
# Builds on: `predict` of your three-layer network (3층 신경망), which will often be the `predict_fn`:
#
#     batched_accuracy(lambda rows: predict(network, rows), x, t)


# %%
def batched_accuracy(predict_fn, x, t, batch_size=100):
    """Return the share of samples whose largest score is at the right label.

    Parameters
    ----------
    predict_fn : function
        Takes rows (n, D) with n <= batch_size, returns scores (n, C).
    x : array (N, D)
    t : int array (N,)
        Right labels.
    batch_size : int
        Largest number of rows that predict_fn is given at once.

    Returns
    -------
    float between 0 and 1
    """
    ### BEGIN SOLUTION
    hits = 0
    for start in range(0, len(x), batch_size):
        scores = predict_fn(x[start : start + batch_size])
        hits += np.sum(np.argmax(scores, axis=1) == t[start : start + batch_size])
    return float(hits) / len(x)
    ### END SOLUTION
