import numpy as np
from autograder.authoring import alternative, misconception


@misconception(
    "The ReLU layer is skipped on the way back; every layer of forward appears in backward, in "
    "reverse order.",
    ko="역전파에서 ReLU 층을 건너뛰었어요. 순전파의 모든 층이 역순으로 등장해야 해요.",
    killed_by="test_own_numerical_gradient",
    hint="reverse",
)
def relu_skipped(student):
    def gradient(self, x, t):
        self.loss(x, t)
        first, second = self.layers["Affine1"], self.layers["Affine2"]
        first.backward(second.backward(self.last_layer.backward(1)))
        return {"W1": first.dW, "b1": first.db, "W2": second.dW, "b2": second.db}

    student.TwoLayerNet.gradient = gradient


@misconception(
    "gradient reuses the activations of an older batch; run the forward pass for this batch first.",
    ko="예전 배치의 활성값을 재사용하고 있어요. 이 배치로 먼저 순전파를 실행하세요.",
    killed_by="test_fresh_forward",
    hint="reverse",
)
def stale_forward(student):
    def gradient(self, x, t):
        if self.last_layer.y is None:
            self.loss(x, t)
        dout = self.last_layer.backward(1)
        for layer in reversed(list(self.layers.values())):
            dout = layer.backward(dout)
        first, second = self.layers["Affine1"], self.layers["Affine2"]
        return {"W1": first.dW, "b1": first.db, "W2": second.dW, "b2": second.db}

    student.TwoLayerNet.gradient = gradient


@misconception(
    "params and the layers hold different arrays, so updates never reach predict; build the layers "
    "from the arrays in params.",
    ko="params와 층이 서로 다른 배열이라 갱신이 predict에 반영되지 않아요. params의 배열로 층을 만드세요.",
    killed_by="test_updates_reach_predict",
    hint="share",
)
def copied_params(student):
    build = student.TwoLayerNet.__init__

    def __init__(self, *args, **kwargs):
        build(self, *args, **kwargs)
        self.params = {name: values.copy() for name, values in self.params.items()}

    student.TwoLayerNet.__init__ = __init__


@misconception(
    "b1 and b2 carry each other's gradient; check which affine layer each key comes from.",
    ko="b1과 b2의 기울기가 바뀌었어요. 각 키가 어느 아핀 층에서 오는지 확인하세요.",
    killed_by="test_own_numerical_gradient",
    hint="collect",
)
def grads_swapped_keys(student):
    compute = student.TwoLayerNet.gradient

    def gradient(self, x, t):
        found = compute(self, x, t)
        return {"W1": found["W1"], "b1": found["b2"], "W2": found["W2"], "b2": found["b1"]}

    student.TwoLayerNet.gradient = gradient


@misconception(
    "The gradients of the biases are missing; return one entry for each key of params.",
    ko="편향의 기울기가 빠졌어요. params의 모든 키에 대해 기울기를 돌려주세요.",
    killed_by="test_gradient",
    hint="collect",
)
def weights_only(student):
    compute = student.TwoLayerNet.gradient

    def gradient(self, x, t):
        found = compute(self, x, t)
        return {"W1": found["W1"], "W2": found["W2"]}

    student.TwoLayerNet.gradient = gradient


@misconception(
    "np.random.rand is uniform on [0, 1), so all weights are positive; use randn for a zero-mean "
    "normal.",
    ko="np.random.rand는 [0, 1) 균등분포라 모두 양수예요. 평균이 0인 정규분포 randn을 쓰세요.",
    killed_by="test_start_values",
    hint="share",
)
def uniform_init(student):
    build = student.TwoLayerNet.__init__

    def __init__(self, input_size, hidden_size, output_size, weight_init_std=0.01):
        build(self, input_size, hidden_size, output_size, weight_init_std)
        for name in ("W1", "W2"):
            shape = self.params[name].shape
            self.params[name][:] = weight_init_std * np.random.rand(*shape)

    student.TwoLayerNet.__init__ = __init__


@misconception(
    "The weights are not multiplied by weight_init_std; with a spread of 1 training starts badly.",
    ko="가중치에 weight_init_std를 곱하지 않았어요. 표준편차가 1이면 학습이 나쁘게 시작해요.",
    killed_by="test_params_and_first_loss",
    hint="share",
)
def unscaled_init(student):
    build = student.TwoLayerNet.__init__

    def __init__(self, input_size, hidden_size, output_size, weight_init_std=0.01):
        build(self, input_size, hidden_size, output_size, 1.0)

    student.TwoLayerNet.__init__ = __init__


@misconception(
    "The weight matrices lie the other way round: the course uses (inputs, outputs), so that x W works.",
    ko="가중치 행렬의 방향이 반대예요. x W가 되도록 (입력 수, 출력 수) 모양으로 만드세요.",
    killed_by="test_params_and_first_loss",
    hint="share",
)
def transposed_weights(student):
    build = student.TwoLayerNet.__init__
    compute = student.TwoLayerNet.gradient

    def __init__(self, *args, **kwargs):
        build(self, *args, **kwargs)
        for name in ("W1", "W2"):
            self.params[name] = self.params[name].T

    def gradient(self, x, t):
        return {name: values.T for name, values in compute(self, x, t).items()}

    student.TwoLayerNet.__init__ = __init__
    student.TwoLayerNet.gradient = gradient


@misconception(
    "predict returns probabilities; softmax belongs to the loss layer, here it is applied twice.",
    ko="predict가 확률을 돌려줘요. 소프트맥스는 손실 층에 있으니 여기서는 두 번 적용돼요.",
    killed_by="test_predict_gives_logits",
    hint="reverse",
)
def softmax_predict(student):
    walk = student.TwoLayerNet.predict

    def predict(self, x):
        return student.softmax(walk(self, x))

    student.TwoLayerNet.predict = predict


@misconception(
    "accuracy compares class numbers with one-hot rows; take the argmax of t as well when it is 2-D.",
    ko="정확도에서 클래스 번호를 원-핫과 비교하고 있어요. t가 2차원이면 t에도 argmax를 쓰세요.",
    killed_by="test_accuracy",
    hint="collect",
)
def accuracy_one_hot(student):
    def accuracy(self, x, t):
        return float(np.sum(np.argmax(self.predict(x), axis=1) == t.ravel()[: len(x)]) / len(x))

    student.TwoLayerNet.accuracy = accuracy


@misconception(
    "accuracy counts the right answers; divide by the number of samples to get a fraction.",
    ko="맞힌 개수를 돌려주고 있어요. 표본 수로 나눠 비율로 만드세요.",
    killed_by="test_accuracy",
    hint="collect",
)
def accuracy_counts(student):
    def accuracy(self, x, t):
        labels = t if t.ndim == 1 else np.argmax(t, axis=1)
        return float(np.sum(np.argmax(self.predict(x), axis=1) == labels))

    student.TwoLayerNet.accuracy = accuracy


@misconception(
    "params is stored on the class, so all networks share one dictionary; create it on self in "
    "__init__.",
    ko="params를 클래스에 저장해서 모든 신경망이 함께 써요. __init__에서 self에 만드세요.",
    killed_by="test_predict_gives_logits",
    hint="share",
)
def class_params(student):
    build = student.TwoLayerNet.__init__
    student.TwoLayerNet.params = {}

    def __init__(self, *args, **kwargs):
        build(self, *args, **kwargs)
        student.TwoLayerNet.params.update(self.params)
        del self.params

    student.TwoLayerNet.__init__ = __init__


@alternative("a list of layers, the book's attribute name, a Generator for the start values")
def list_of_layers(student):
    class TwoLayerNet(student.TwoLayerNet):
        def __init__(self, input_size, hidden_size, output_size, weight_init_std=0.01):
            draw = np.random.default_rng().normal
            self.params = {}
            self.params["W1"] = draw(0.0, weight_init_std, (input_size, hidden_size))
            self.params["b1"] = np.zeros((hidden_size,))
            self.params["W2"] = draw(0.0, weight_init_std, (hidden_size, output_size))
            self.params["b2"] = np.zeros((output_size,))
            self.stack = [
                student.Affine(self.params["W1"], self.params["b1"]),
                student.Relu(),
                student.Affine(self.params["W2"], self.params["b2"]),
            ]
            self.lastLayer = student.SoftmaxWithLoss()

        def predict(self, x):
            for layer in self.stack:
                x = layer.forward(x)
            return x

        def loss(self, x, t):
            return self.lastLayer.forward(self.predict(x), t)

        def gradient(self, x, t):
            self.loss(x, t)
            dout = self.lastLayer.backward()
            for layer in self.stack[::-1]:
                dout = layer.backward(dout)
            grads = {}
            for number, layer in ((1, self.stack[0]), (2, self.stack[2])):
                grads[f"W{number}"] = layer.dW.copy()
                grads[f"b{number}"] = layer.db.copy()
            return grads

        def accuracy(self, x, t):
            right = 0
            for scores, truth in zip(self.predict(x), t):
                right += int(scores.argmax() == (truth.argmax() if t.ndim > 1 else truth))
            return right / len(x)

    student.TwoLayerNet = TwoLayerNet


@alternative("no layer objects at all: the formulas written out, params read on every call")
def formulas(student):
    class TwoLayerNet:
        def __init__(self, input_size, hidden_size, output_size, weight_init_std=0.01):
            normal = np.random.normal
            self.params = dict(
                W1=normal(scale=weight_init_std, size=(input_size, hidden_size)),
                b1=np.zeros(hidden_size),
                W2=normal(scale=weight_init_std, size=(hidden_size, output_size)),
                b2=np.zeros(output_size),
            )

        def predict(self, x):
            p = self.params
            self.h = np.maximum(x @ p["W1"] + p["b1"], 0)
            return self.h @ p["W2"] + p["b2"]

        def loss(self, x, t):
            return student.cross_entropy_error(student.softmax(self.predict(x)), t)

        def accuracy(self, x, t):
            t = t.argmax(axis=-1) if t.ndim == 2 else t
            return (self.predict(x).argmax(axis=1) == t).mean()

        def gradient(self, x, t):
            y = student.softmax(self.predict(x))
            onehot = t if t.ndim == 2 else np.eye(y.shape[1])[t]
            d = (y - onehot) / len(x)
            d_hidden = (d @ self.params["W2"].T) * (self.h > 0)
            return {
                "W2": self.h.T @ d,
                "b2": d.sum(axis=0),
                "W1": x.T @ d_hidden,
                "b1": d_hidden.sum(axis=0),
            }

        def numerical_gradient(self, x, t):
            grads = {}
            for key in ("W1", "b1", "W2", "b2"):
                grads[key] = student.numerical_gradient(lambda W: self.loss(x, t), self.params[key])
            return grads

    student.TwoLayerNet = TwoLayerNet


@alternative("an OrderedDict of layers and of gradients, a central difference of its own")
def ordered(student):
    from collections import OrderedDict

    compute = student.TwoLayerNet.gradient
    build = student.TwoLayerNet.__init__

    def __init__(self, *args, **kwargs):
        build(self, *args, **kwargs)
        self.layers = OrderedDict(self.layers)

    def gradient(self, x, t):
        return OrderedDict(compute(self, x, t))

    def numerical_gradient(self, x, t, h=1e-5):
        grads = OrderedDict()
        for key, values in self.params.items():
            grads[key] = np.zeros(values.shape)
            flat, out = values.reshape(-1), grads[key].reshape(-1)
            for i in range(flat.size):
                kept = flat[i]
                flat[i] = kept + h
                above = self.loss(x, t)
                flat[i] = kept - h
                out[i] = (above - self.loss(x, t)) / (2 * h)
                flat[i] = kept
        return grads

    student.TwoLayerNet.__init__ = __init__
    student.TwoLayerNet.gradient = gradient
    student.TwoLayerNet.numerical_gradient = numerical_gradient
