# %% [markdown]
# ## RMSProp and AdaDelta (RMSProp과 AdaDelta)
#
# AdaGrad's memory only grows, so one day it stands still. Both of its successors let old squares
# *fade*: they keep an exponential moving average instead of a sum.
#
# **RMSProp.** With $\rho$ = `decay_rate`,
#
# $$h \leftarrow \rho\,h + (1 - \rho)\,g \odot g \qquad\qquad
#   W \leftarrow W - \eta\,\frac{g}{\sqrt{h} + \varepsilon}$$
#
# Steep directions get small steps, flat ones get bold steps, and what happened long ago is forgotten.
# $\varepsilon$ is as in AdaGrad (`1e-7` outside the root).
#
# *By hand.* `lr = 0.1`, `decay_rate = 0.75`, $W = 0$, gradients 2, then 1:
# $h = 0.25 \cdot 4 = 1$, step $0.1 \cdot 2 / 1$, $W = -0.2$; then
# $h = 0.75 \cdot 1 + 0.25 \cdot 1 = 1$, step $0.1 \cdot 1 / 1$, $W = -0.3$.
#
# **AdaDelta** asks how long a step should be at all, and answers: about as long as the recent ones.
# It keeps a second average, $d$, of its own squared *steps*. With $\rho$ = `rho` and
# $\varepsilon$ = `eps`, this time *inside* both roots,
#
# $$h \leftarrow \rho\,h + (1 - \rho)\,g \odot g \qquad
#   s = \frac{\sqrt{d + \varepsilon}}{\sqrt{h + \varepsilon}} \odot g \qquad
#   d \leftarrow \rho\,d + (1 - \rho)\,s \odot s \qquad
#   W \leftarrow W - \eta\,s$$
#
# Mind the order: the new $h$, but the *old* $d$, make the step $s$; then $d$ learns about $s$ (not
# about $\eta s$). Since $d$ starts at 0, it is $\varepsilon$ in the numerator that gets it going.
# The learning rate is nearly superfluous: `lr` is 1.
#
# *By hand.* Default arguments, $W = 0$, gradient 1: $h = 0.05$,
# $s = \sqrt{10^{-6}} / \sqrt{0.050001} = 0.0044721$, $W = -0.0044721$.
#
# **Write** `RMSprop.update(params, grads)` and `AdaDelta.update(params, grads)`. `h` and `d` have one
# entry per key, start at 0 and are kept on `self`.
#
# *Builds on:* AdaGrad (task 4).


# %%
class RMSprop:
    """AdaGrad that forgets: h is a moving average of g*g, the step is lr * g / (sqrt(h) + 1e-7).

    Parameters
    ----------
    lr : float
        Learning rate; the size of a step once the gradients have been steady for a while.
    decay_rate : float
        Share of the old average that survives a step, 0 <= decay_rate < 1.
    """

    def __init__(self, lr=0.01, decay_rate=0.99):
        self.lr = lr
        self.decay_rate = decay_rate
        self.h = None

    def update(self, params, grads):
        """Make one step, changing the arrays in params in place.

        Parameters
        ----------
        params : dict of str to float array, of any shapes
        grads : dict with the same keys and shapes, not changed
        """
        ### BEGIN SOLUTION
        if self.h is None:
            self.h = {key: np.zeros_like(value) for key, value in params.items()}
        for key in params:
            self.h[key] *= self.decay_rate
            self.h[key] += (1 - self.decay_rate) * grads[key] ** 2
            params[key] -= self.lr * grads[key] / (np.sqrt(self.h[key]) + 1e-7)
        ### END SOLUTION


class AdaDelta:
    """Steps about as long as the recent ones: s = sqrt(d + eps) / sqrt(h + eps) * g.

    Parameters
    ----------
    lr : float
        Factor of the step, normally 1.
    rho : float
        Share of the old averages that survives a step, 0 <= rho < 1.
    eps : float
        Added inside both roots; sets the length of the first steps.
    """

    def __init__(self, lr=1.0, rho=0.95, eps=1e-6):
        self.lr = lr
        self.rho = rho
        self.eps = eps
        self.h = None
        self.d = None

    def update(self, params, grads):
        """Make one step, changing the arrays in params in place.

        Parameters
        ----------
        params : dict of str to float array, of any shapes
        grads : dict with the same keys and shapes, not changed
        """
        ### BEGIN SOLUTION
        if self.h is None:
            self.h = {key: np.zeros_like(value) for key, value in params.items()}
            self.d = {key: np.zeros_like(value) for key, value in params.items()}
        for key in params:
            gradient = grads[key]
            self.h[key] = self.rho * self.h[key] + (1 - self.rho) * gradient**2
            step = np.sqrt(self.d[key] + self.eps) / np.sqrt(self.h[key] + self.eps) * gradient
            self.d[key] = self.rho * self.d[key] + (1 - self.rho) * step**2
            params[key] -= self.lr * step
        ### END SOLUTION
