# %% [markdown]
# ## Adam with bias correction (편향을 보정하는 Adam)
#
# The optimizer that most people try first. It joins the two ideas of this assignment: a fading mean
# $m$ of the gradients (the rolling ball) and a fading mean $v$ of their squares (a rate per element).
# With $\beta_1$ = `beta1`, $\beta_2$ = `beta2` and the gradient $g$,
#
# $$m \leftarrow \beta_1 m + (1 - \beta_1)\,g \qquad\qquad
#   v \leftarrow \beta_2 v + (1 - \beta_2)\,g \odot g$$
#
# Both start at 0, and so both are far too small at first: after one step, $m$ is only a tenth of the
# gradient and $v$ a thousandth of its square. That is the **bias**. It is known exactly, because
# after $t$ steps the weights in the mean add up to $1 - \beta^t$ instead of 1. So divide it out:
#
# $$\hat m = \frac{m}{1 - \beta_1^{\,t}} \qquad \hat v = \frac{v}{1 - \beta_2^{\,t}} \qquad
#   W \leftarrow W - \eta\,\frac{\hat m}{\sqrt{\hat v} + \varepsilon}$$
#
# - $t$ counts the calls of `update`: it is 1 in the first one, and it grows once per *call*, not once
#   per key.
# - $m$ and $v$ themselves stay as they are; only the copies $\hat m$, $\hat v$ are corrected.
# - $\eta$ is `lr`. $\varepsilon$ is `1e-8` (anything up to `1e-7` will do).
#
# The first step is $\eta$ for every element, whatever the size of its gradient, because
# $\hat m / \sqrt{\hat v} = g / |g|$. Without the correction it would be
# $0.1 / \sqrt{0.001} = 3.16$ times as long.
#
# The book folds both corrections into one factor,
# $\eta_t = \eta \sqrt{1 - \beta_2^{\,t}} / (1 - \beta_1^{\,t})$ and
# $W \leftarrow W - \eta_t\, m / (\sqrt{v} + \varepsilon)$. Apart from the tiny $\varepsilon$ that is
# the same, and just as welcome here.
#
# **Write** `Adam.update(params, grads)`.
#
# **By hand.** `Adam(lr=0.12, beta1=0.6, beta2=0.5)`, $W = 0$, gradients 5, then $-1$:
#
# | $t$ | $m$ | $v$ | $\hat m$ | $\hat v$ | step | $W$ |
# |---|---|---|---|---|---|---|
# | 1 | $0.4 \cdot 5 = 2$ | $0.5 \cdot 25 = 12.5$ | $2 / 0.4 = 5$ | $12.5 / 0.5 = 25$ | $0.12 \cdot 5 / 5 = 0.12$ | $-0.12$ |
# | 2 | $1.2 - 0.4 = 0.8$ | $6.25 + 0.5 = 6.75$ | $0.8 / 0.64 = 1.25$ | $6.75 / 0.75 = 9$ | $0.12 \cdot 1.25 / 3 = 0.05$ | $-0.17$ |
#
# In the second step the gradient points the other way, and still $W$ rolls on.
#
# *Builds on:* Momentum (task 2) and RMSProp (task 5).


# %%
class Adam:
    """Fading means of the gradient and of its square, corrected for their start at 0.

    Parameters
    ----------
    lr : float
        Learning rate; the size of the first step of every element.
    beta1, beta2 : float
        Shares of the old means (of the gradient, of its square) that survive a step, each in
        [0, 1).
    """

    def __init__(self, lr=0.001, beta1=0.9, beta2=0.999):
        self.lr = lr
        self.beta1 = beta1
        self.beta2 = beta2
        self.iter = 0
        self.m = None
        self.v = None

    def update(self, params, grads):
        """Make one step, changing the arrays in params in place.

        Parameters
        ----------
        params : dict of str to float array, of any shapes
        grads : dict with the same keys and shapes, not changed
        """
        ### BEGIN SOLUTION
        if self.m is None:
            self.m = {key: np.zeros_like(value) for key, value in params.items()}
            self.v = {key: np.zeros_like(value) for key, value in params.items()}
        self.iter += 1
        for key in params:
            gradient = grads[key]
            self.m[key] = self.beta1 * self.m[key] + (1 - self.beta1) * gradient
            self.v[key] = self.beta2 * self.v[key] + (1 - self.beta2) * gradient**2
            m_hat = self.m[key] / (1 - self.beta1**self.iter)
            v_hat = self.v[key] / (1 - self.beta2**self.iter)
            params[key] -= self.lr * m_hat / (np.sqrt(v_hat) + 1e-8)
        ### END SOLUTION
