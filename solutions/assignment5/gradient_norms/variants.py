import numpy as np
from autograder.authoring import alternative, misconception


def slope_of(z, activation):
    """Slope of an activation, from its output."""
    return {"sigmoid": z * (1 - z), "tanh": 1 - z**2, "relu": (z > 0) * 1.0}[activation]


@misconception(
    "The list starts with the last layer, because you walked backwards; index 0 is the first layer.",
    ko="뒤에서부터 계산해서 목록이 마지막 층부터 시작해요. 인덱스 0이 첫 번째 층이어야 해요.",
    killed_by="test_symmetry",
    hint="order",
)
def last_layer_first(student):
    compute = student.gradient_norms

    def gradient_norms(x, weights, activation="sigmoid"):
        return compute(x, weights, activation)[::-1]

    student.gradient_norms = gradient_norms


@misconception(
    "weights.reverse() turns the caller's list round, and the next call gets the last layer first; "
    "use reversed(weights).",
    ko="weights.reverse()가 호출한 쪽의 목록을 뒤집어서 다음 호출은 마지막 층부터 받아요. "
    "reversed(weights)를 쓰세요.",
    killed_by="test_numerical_gradient",
    hint="order",
)
def reverses_the_list(student):
    def gradient_norms(x, weights, activation="sigmoid"):
        z = student.collect_activations(x, weights, activation)
        d, norms = np.ones_like(z[len(weights) - 1]), []
        weights.reverse()
        for i, W in zip(reversed(range(len(weights))), weights):
            d = d * slope_of(z[i], activation)
            norms.append(float(np.linalg.norm((z[i - 1] if i else x).T @ d)))
            d = d @ W.T
        return norms[::-1]

    student.gradient_norms = gradient_norms


@misconception(
    "The slope of the activation is missing: that factor is exactly what makes gradients vanish.",
    ko="활성화 함수의 기울기가 빠졌어요. 바로 그 인수 때문에 기울기가 사라져요.",
    killed_by="test_one_layer_by_hand",
    hint="slope",
)
def no_slope(student):
    def gradient_norms(x, weights, activation="sigmoid"):
        z = student.collect_activations(x, weights, activation)
        d, norms = np.ones_like(z[len(weights) - 1]), []
        for i in reversed(range(len(weights))):
            norms.append(float(np.linalg.norm((z[i - 1] if i else x).T @ d)))
            d = d @ weights[i].T
        return norms[::-1]

    student.gradient_norms = gradient_norms


@misconception(
    "dW uses the INPUT of the layer (the activations before it, x for the first), not its output.",
    ko="dW에는 층의 출력이 아니라 입력(이전 층의 활성값, 첫 층은 x)을 써야 해요.",
    killed_by="test_one_layer_by_hand",
    hint="input",
)
def wrong_input(student):
    def gradient_norms(x, weights, activation="sigmoid"):
        z = student.collect_activations(x, weights, activation)
        d, norms = np.ones_like(z[len(weights) - 1]), []
        for i in reversed(range(len(weights))):
            d = d * slope_of(z[i], activation)
            norms.append(float(np.linalg.norm(z[i].T @ d)))
            d = d @ weights[i].T
        return norms[::-1]

    student.gradient_norms = gradient_norms


@misconception(
    "Each layer is treated as the last one; on its way back the gradient passes the later weights "
    "(d @ W.T).",
    ko="각 층을 마지막 층처럼 다뤘어요. 기울기는 뒤쪽 층의 가중치(d @ W.T)를 거쳐서 돌아와요.",
    killed_by="test_symmetry",
    hint="input",
)
def no_weight_chain(student):
    def gradient_norms(x, weights, activation="sigmoid"):
        z = student.collect_activations(x, weights, activation)
        norms = []
        for i in range(len(weights)):
            below = z[i - 1] if i else x
            norms.append(float(np.linalg.norm(below.T @ slope_of(z[i], activation))))
        return norms

    student.gradient_norms = gradient_norms


@misconception(
    "The gradient is multiplied by the weights but only the last layer multiplies by its slope; every "
    "layer needs its own.",
    ko="마지막 층에서만 활성화 함수의 기울기를 곱했어요. 모든 층에서 각자의 기울기를 곱해야 해요.",
    killed_by="test_numerical_gradient",
    hint="slope",
)
def slope_only_once(student):
    def gradient_norms(x, weights, activation="sigmoid"):
        z = student.collect_activations(x, weights, activation)
        last = len(weights) - 1
        d, norms = slope_of(z[last], activation), []
        for i in reversed(range(len(weights))):
            norms.append(float(np.linalg.norm((z[i - 1] if i else x).T @ d)))
            d = d @ weights[i].T
        return norms[::-1]

    student.gradient_norms = gradient_norms


@misconception(
    "z already is the output of the sigmoid: its slope is z(1 - z). You apply the sigmoid once more.",
    ko="z는 이미 시그모이드의 출력이라 기울기는 z(1 - z)예요. 시그모이드를 한 번 더 적용했어요.",
    killed_by="test_one_layer_by_hand",
    hint="slope",
)
def sigmoid_twice(student):
    def gradient_norms(x, weights, activation="sigmoid"):
        z = student.collect_activations(x, weights, activation)
        d, norms = np.ones_like(z[len(weights) - 1]), []
        for i in reversed(range(len(weights))):
            y = 1 / (1 + np.exp(-z[i]))
            d = d * (y * (1 - y) if activation == "sigmoid" else slope_of(z[i], activation))
            norms.append(float(np.linalg.norm((z[i - 1] if i else x).T @ d)))
            d = d @ weights[i].T
        return norms[::-1]

    student.gradient_norms = gradient_norms


@misconception(
    "The slope z(1 - z) of the sigmoid is used for every activation; tanh has 1 - z^2, ReLU 1 or 0.",
    ko="모든 활성화 함수에 시그모이드의 기울기 z(1 - z)를 썼어요. tanh는 1 - z^2, ReLU는 1 또는 0이에요.",
    killed_by="test_one_layer_by_hand",
    hint="slope",
)
def sigmoid_slope_for_all(student):
    def gradient_norms(x, weights, activation="sigmoid"):
        z = student.collect_activations(x, weights, activation)
        d, norms = np.ones_like(z[len(weights) - 1]), []
        for i in reversed(range(len(weights))):
            d = d * z[i] * (1 - z[i])
            norms.append(float(np.linalg.norm((z[i - 1] if i else x).T @ d)))
            d = d @ weights[i].T
        return norms[::-1]

    student.gradient_norms = gradient_norms


@misconception(
    "The slope of tanh is 1 - z^2; the square is missing.",
    ko="tanh의 기울기는 1 - z^2예요. 제곱이 빠졌어요.",
    killed_by="test_numerical_gradient",
    hint="slope",
)
def tanh_without_square(student):
    def gradient_norms(x, weights, activation="sigmoid"):
        z = student.collect_activations(x, weights, activation)
        d, norms = np.ones_like(z[len(weights) - 1]), []
        for i in reversed(range(len(weights))):
            d = d * (1 - z[i] if activation == "tanh" else slope_of(z[i], activation))
            norms.append(float(np.linalg.norm((z[i - 1] if i else x).T @ d)))
            d = d @ weights[i].T
        return norms[::-1]

    student.gradient_norms = gradient_norms


@misconception(
    "The root is missing: the Frobenius norm is the square root of the sum of squares.",
    ko="제곱근이 빠졌어요. 프로베니우스 노름은 제곱합의 제곱근이에요.",
    killed_by="test_one_layer_by_hand",
    hint="order",
)
def squared_norm(student):
    compute = student.gradient_norms

    def gradient_norms(x, weights, activation="sigmoid"):
        return [value**2 for value in compute(x, weights, activation)]

    student.gradient_norms = gradient_norms


@misconception(
    "You divide by the number of samples; the loss here is a sum, not a mean.",
    ko="표본 수로 나눴어요. 여기서 손실은 평균이 아니라 합이에요.",
    killed_by="test_one_layer_by_hand",
    hint="input",
)
def mean_gradient(student):
    compute = student.gradient_norms

    def gradient_norms(x, weights, activation="sigmoid"):
        return [value / len(x) for value in compute(x, weights, activation)]

    student.gradient_norms = gradient_norms


@misconception(
    "That is the norm of the gradient of the activations; asked for is the one of the weights, dW.",
    ko="활성값 기울기의 노름이에요. 구할 것은 가중치의 기울기 dW의 노름이에요.",
    killed_by="test_symmetry",
    hint="input",
)
def norm_of_d(student):
    def gradient_norms(x, weights, activation="sigmoid"):
        z = student.collect_activations(x, weights, activation)
        d, norms = np.ones_like(z[len(weights) - 1]), []
        for i in reversed(range(len(weights))):
            d = d * slope_of(z[i], activation)
            norms.append(float(np.linalg.norm(d)))
            d = d @ weights[i].T
        return norms[::-1]

    student.gradient_norms = gradient_norms


@alternative("forward pass of its own, insert at the front, sums written out")
def own_forward(student):
    def gradient_norms(x, weights, activation="sigmoid"):
        inputs, slopes = [], []
        for W in weights:
            a = x.dot(W)
            inputs.append(x)
            if activation == "sigmoid":
                x = 0.5 * (1 + np.tanh(0.5 * a))
                slopes.append(x - x * x)
            elif activation == "tanh":
                x = np.tanh(a)
                slopes.append(np.cosh(a) ** -2.0)
            else:
                x = np.where(a > 0, a, 0.0)
                slopes.append((a > 0).astype(float))
        norms, g = [], 1.0
        for W, below, slope in zip(weights[::-1], inputs[::-1], slopes[::-1]):
            d = g * slope
            dW = np.zeros_like(W)
            for sample, row in zip(below, d):
                dW += np.outer(sample, row)
            norms.insert(0, np.sqrt(np.sum(dW**2)))
            g = d @ W.T
        return norms

    student.gradient_norms = gradient_norms


@alternative("the layers of assignment 3, the result as an array")
def with_layers(student):
    from autograder.given import Affine

    def gradient_norms(x, weights, activation="sigmoid"):
        class Slope:
            def forward(self, a):
                self.z = getattr(student, activation)(a)
                return self.z

            def backward(self, dout):
                return dout * slope_of(self.z, activation)

        affines, slopes = [Affine(W, np.zeros(W.shape[1])) for W in weights], []
        z = x
        for affine in affines:
            slopes.append(Slope())
            z = slopes[-1].forward(affine.forward(z))
        dout = np.ones(z.shape)
        for affine, slope in zip(reversed(affines), reversed(slopes)):
            dout = affine.backward(slope.backward(dout))
        return np.array([np.linalg.norm(affine.dW) for affine in affines])

    student.gradient_norms = gradient_norms


@alternative("single precision for the norms, a dictionary on the way, a tuple at the end")
def filled_by_index(student):
    def gradient_norms(x, weights, activation="sigmoid"):
        z = student.collect_activations(x, weights, activation)
        z[-1] = x
        norms = {}
        g = np.ones(z[len(weights) - 1].shape)
        for i in range(len(weights) - 1, -1, -1):
            g = g * slope_of(z[i], activation)
            norms[i] = np.linalg.norm(z[i - 1].T.dot(g)).astype(np.float32).item()
            g = g.dot(weights[i].T)
        return tuple(norms[i] for i in range(len(weights)))

    student.gradient_norms = gradient_norms
