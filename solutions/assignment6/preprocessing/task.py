# %% [markdown]
# ## Image preprocessing (이미지 전처리)
#
# MNIST arrives as bytes: each pixel is a `uint8` between 0 (paper) and 255 (ink), each image a
# square of 28 x 28 of them. A network wants neither. Inputs near 1 keep the weighted sums, and so
# the gradients, at a healthy size: with raw bytes, plain SGD at the usual learning rate learns
# nothing at all (11% correct, which is guessing). And an affine layer takes rows, not squares.
#
# $$\texttt{normalized} = \frac{\texttt{image}}{255} \in [0, 1], \qquad
#   (N, 28, 28) \;\longrightarrow\; (N, 784)$$
#
# The divisor is the largest value that a byte *can* have, not the largest one that happens to occur:
# training and test images must be scaled in the same way, whatever is in them.
#
# **Write** two functions:
#
# - `normalize_images(images)`: `uint8` array of any shape to a *float* array (float64 or float32) of
#   the same shape, every value divided by 255.
# - `flatten_images(images)`: (N, ...) to (N, product of the other axes). Image `i` becomes row `i`;
#   its pixels keep their order, line after line. N is at least 1.
#
# Neither changes `images`.
#
# **By hand.** The bytes 0, 51 and 255 become 0, 0.2 and 1. The image
# $\begin{pmatrix} 1 & 2 \\ 3 & 4 \end{pmatrix}$ becomes the row $(1, 2, 3, 4)$.
#
# *Builds on:* nothing but NumPy. In assignment 1 the images came ready-made; now you make them.


# %%
def normalize_images(images):
    """Scale bytes to floats between 0 and 1.

    Parameters
    ----------
    images : uint8 array of any shape
        0 is paper, 255 is ink.

    Returns
    -------
    new float array of the same shape
    """
    ### BEGIN SOLUTION
    return images / 255.0
    ### END SOLUTION


def flatten_images(images):
    """Make one row of every image.

    Parameters
    ----------
    images : array, shape (N, d1, d2, ...)

    Returns
    -------
    array, shape (N, d1 * d2 * ...)
        The pixels of each image in row-major order.
    """
    ### BEGIN SOLUTION
    return images.reshape(images.shape[0], -1)
    ### END SOLUTION
