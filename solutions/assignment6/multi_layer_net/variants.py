import numpy as np
from autograder.authoring import alternative, misconception


@misconception(
    "One activation object is shared by all layers, so what the last one remembers overwrites the "
    "others; create a new one for each layer.",
    ko="활성화 객체 하나를 모든 층이 공유해서 마스크가 덮어써져요. 층마다 새로 만드세요.",
    killed_by="test_numerical_gradient",
    hint="build",
)
def shared_activation(student):
    build = student.MultiLayerNet.__init__

    def __init__(self, *args, **kwargs):
        build(self, *args, **kwargs)
        names = [name for name in self.layers if name.startswith("Activation")]
        for name in names:
            self.layers[name] = self.layers[names[0]]

    student.MultiLayerNet.__init__ = __init__


@misconception(
    "Weight decay applies to the weight matrices only, not to the biases.",
    ko="가중치 감소는 가중치 행렬에만 적용하고 편향에는 적용하지 않아요.",
    killed_by="test_weight_decay",
    hint="decay",
)
def decay_on_biases(student):
    compute, total = student.MultiLayerNet.gradient, student.MultiLayerNet.loss

    def loss(self, x, t):
        biases = [value for name, value in self.params.items() if name.startswith("b")]
        extra = 0.5 * self.weight_decay_lambda * sum(np.sum(b**2) for b in biases)
        return total(self, x, t) + extra

    def gradient(self, x, t):
        found = compute(self, x, t)
        for name, value in self.params.items():
            if name.startswith("b"):
                found[name] = found[name] + self.weight_decay_lambda * value
        return found

    student.MultiLayerNet.loss = loss
    student.MultiLayerNet.gradient = gradient


@misconception(
    "The loss misses the decay term, so loss and gradient belong to two different functions; add half "
    "of lambda times the sum of the squared weights.",
    ko="손실에 감쇠 항이 없어서 손실과 기울기가 서로 다른 함수의 것이에요. 가중치 제곱합에 lambda/2를 곱해 더하세요.",
    killed_by="test_weight_decay",
    hint="decay",
)
def decay_only_in_gradient(student):
    def loss(self, x, t):
        return self.last_layer.forward(self.predict(x), t)

    student.MultiLayerNet.loss = loss


@misconception(
    "The gradient misses the decay term: the loss asks for small weights, but nothing makes them "
    "smaller. Add lambda * W to the gradient of every W.",
    ko="기울기에 감쇠 항이 없어요. 손실에만 더하면 가중치가 작아지지 않아요. 모든 W의 기울기에 lambda * W를 더하세요.",
    killed_by="test_weight_decay",
    hint="decay",
)
def decay_only_in_loss(student):
    compute = student.MultiLayerNet.gradient

    def gradient(self, x, t):
        strength, self.weight_decay_lambda = self.weight_decay_lambda, 0
        found = compute(self, x, t)
        self.weight_decay_lambda = strength
        return found

    student.MultiLayerNet.gradient = gradient


@misconception(
    "With one-hot rows the gradient misses the decay term: both kinds of t need it.",
    ko="t가 원-핫일 때 기울기에 감쇠 항이 없어요. 두 경우 모두 더하세요.",
    killed_by="test_weight_decay",
    hint="decay",
)
def decay_for_labels_only(student):
    compute = student.MultiLayerNet.gradient

    def gradient(self, x, t):
        strength = self.weight_decay_lambda
        self.weight_decay_lambda = strength if t.ndim == 1 else 0
        found = compute(self, x, t)
        self.weight_decay_lambda = strength
        return found

    student.MultiLayerNet.gradient = gradient


@misconception(
    "The derivative of 0.5 * lambda * W^2 is lambda * W; you add twice as much to the gradient.",
    ko="0.5 * lambda * W^2의 미분은 lambda * W예요. 기울기에 두 배를 더했어요.",
    killed_by="test_weight_decay",
    hint="decay",
)
def decay_factor_two(student):
    compute = student.MultiLayerNet.gradient

    def gradient(self, x, t):
        found = compute(self, x, t)
        for name, value in self.params.items():
            if name.startswith("W"):
                found[name] = found[name] + self.weight_decay_lambda * value
        return found

    student.MultiLayerNet.gradient = gradient


@misconception(
    "The factor one half is missing in the decay term of the loss.",
    ko="손실의 감쇠 항에 1/2이 빠졌어요.",
    killed_by="test_weight_decay",
    hint="decay",
)
def decay_without_half(student):
    def loss(self, x, t):
        weights = [value for name, value in self.params.items() if name.startswith("W")]
        decay = self.weight_decay_lambda * sum(np.sum(W**2) for W in weights)
        return self.last_layer.forward(self.predict(x), t) + decay

    student.MultiLayerNet.loss = loss


@misconception(
    "The decay leaves out the last weight matrix: there is one affine layer more than hidden layers.",
    ko="감쇠에서 마지막 가중치 행렬이 빠졌어요. 아핀 층은 은닉층보다 하나 더 많아요.",
    killed_by="test_weight_decay",
    hint="decay",
)
def decay_misses_last(student):
    def loss(self, x, t):
        decay = 0
        for i in range(1, self.hidden_layer_num + 1):
            decay += 0.5 * self.weight_decay_lambda * np.sum(self.params[f"W{i}"] ** 2)
        return self.last_layer.forward(self.predict(x), t) + decay

    student.MultiLayerNet.loss = loss


@misconception(
    "The He spread is computed from the network's input for every layer; use the n_in of each layer.",
    ko="He 표준편차를 모든 층에서 신경망의 입력 크기로 계산했어요. 층마다 자기 n_in을 쓰세요.",
    killed_by="test_shapes_and_start",
    hint="build",
)
def he_from_first_layer(student):
    build = student.MultiLayerNet.__init__

    def __init__(
        self,
        input_size,
        hidden_size_list,
        output_size,
        activation="relu",
        weight_init_std="relu",
        weight_decay_lambda=0,
    ):
        if weight_init_std in ("relu", "he"):
            weight_init_std = np.sqrt(2 / input_size)
        build(
            self,
            input_size,
            hidden_size_list,
            output_size,
            activation,
            weight_init_std,
            weight_decay_lambda,
        )

    student.MultiLayerNet.__init__ = __init__


@misconception(
    "All weights start with a spread of 0.01, as in TwoLayerNet; deep networks need a spread that fits "
    "each layer. Hand weight_init_std on to init_params.",
    ko="TwoLayerNet처럼 표준편차 0.01로 시작해요. 깊은 신경망은 층마다 맞는 값이 필요해요. weight_init_std를 init_params에 넘기세요.",
    killed_by="test_shapes_and_start",
    hint="build",
)
def always_small(student):
    build = student.MultiLayerNet.__init__

    def __init__(
        self,
        input_size,
        hidden_size_list,
        output_size,
        activation="relu",
        weight_init_std="relu",
        weight_decay_lambda=0,
    ):
        sizes = (input_size, hidden_size_list, output_size)
        build(self, *sizes, activation, 0.01, weight_decay_lambda)

    student.MultiLayerNet.__init__ = __init__


@misconception(
    "weight_init_std is ignored: the weights always start by He's rule.",
    ko="weight_init_std를 무시하고 항상 He 초깃값을 써요.",
    killed_by="test_start_values",
    hint="build",
)
def always_he(student):
    build = student.MultiLayerNet.__init__

    def __init__(
        self,
        input_size,
        hidden_size_list,
        output_size,
        activation="relu",
        weight_init_std="relu",
        weight_decay_lambda=0,
    ):
        sizes = (input_size, hidden_size_list, output_size)
        build(self, *sizes, activation, "he", weight_decay_lambda)

    student.MultiLayerNet.__init__ = __init__


@misconception(
    "The argument activation is ignored: you always build ReLU layers.",
    ko="activation 인자를 무시하고 항상 ReLU 층을 만들어요.",
    killed_by="test_predict_and_updates",
    hint="build",
)
def always_relu(student):
    build = student.MultiLayerNet.__init__

    def __init__(self, *args, **kwargs):
        kwargs.pop("activation", None)
        build(self, *args, **kwargs)

    student.MultiLayerNet.__init__ = __init__


@misconception(
    "There is an activation after the last affine layer too; ReLU then cuts negative logits off.",
    ko="마지막 아핀 층 뒤에도 활성화 함수가 있어요. ReLU가 음수 로짓을 잘라 버려요.",
    killed_by="test_predict_and_updates",
    hint="build",
)
def activation_at_the_end(student):
    build = student.MultiLayerNet.__init__

    def __init__(self, *args, **kwargs):
        build(self, *args, **kwargs)
        kind = kwargs.get("activation", "relu")
        self.layers["ActivationLast"] = student.Relu() if kind == "relu" else student.Sigmoid()

    student.MultiLayerNet.__init__ = __init__


@misconception(
    "There is no activation between the affine layers; the whole network collapses into one linear map.",
    ko="아핀 층 사이에 활성화 함수가 없어서 신경망 전체가 하나의 선형 변환이 돼요.",
    killed_by="test_predict_and_updates",
    hint="build",
)
def no_activation(student):
    build = student.MultiLayerNet.__init__

    def __init__(self, *args, **kwargs):
        build(self, *args, **kwargs)
        self.layers = {k: v for k, v in self.layers.items() if k.startswith("Affine")}

    student.MultiLayerNet.__init__ = __init__


@misconception(
    "An empty list of hidden layers does not work; the network is then a single affine layer.",
    ko="은닉층 목록이 비면 동작하지 않아요. 그때는 아핀 층 하나짜리 신경망이에요.",
    killed_by="test_gradients_of_many_nets",
    hint="build",
)
def needs_a_hidden_layer(student):
    build = student.MultiLayerNet.__init__

    def __init__(self, input_size, hidden_size_list, output_size, *args, **kwargs):
        first = hidden_size_list[0]
        sizes = [first, *hidden_size_list[1:]]
        build(self, input_size, sizes, output_size, *args, **kwargs)

    student.MultiLayerNet.__init__ = __init__


@misconception(
    "params and the layers hold different arrays, so updates never reach predict; build the layers from "
    "the arrays in params.",
    ko="params와 층이 서로 다른 배열이라 갱신이 predict에 반영되지 않아요. params의 배열로 층을 만드세요.",
    killed_by="test_predict_and_updates",
    hint="build",
)
def copied_params(student):
    build = student.MultiLayerNet.__init__

    def __init__(self, *args, **kwargs):
        build(self, *args, **kwargs)
        self.params = {name: values.copy() for name, values in self.params.items()}

    student.MultiLayerNet.__init__ = __init__


@misconception(
    "predict returns probabilities; softmax belongs to the loss layer, here it is applied twice.",
    ko="predict가 확률을 돌려줘요. 소프트맥스는 손실 층에 있으니 여기서는 두 번 적용돼요.",
    killed_by="test_predict_and_updates",
    hint="walk",
)
def softmax_predict(student):
    walk = student.MultiLayerNet.predict

    def predict(self, x):
        return student.softmax(walk(self, x))

    student.MultiLayerNet.predict = predict


@misconception(
    "The activations are skipped on the way back; every layer of the forward pass appears in the "
    "backward pass, in reverse order.",
    ko="역전파에서 활성화 층을 건너뛰었어요. 순전파의 모든 층이 역순으로 등장해야 해요.",
    killed_by="test_numerical_gradient",
    hint="walk",
)
def activations_skipped(student):
    def gradient(self, x, t):
        self.loss(x, t)
        dout = self.last_layer.backward(1)
        count = self.hidden_layer_num + 1
        gradients = {}
        for i in range(count, 0, -1):
            affine = self.layers[f"Affine{i}"]
            dout = affine.backward(dout)
            gradients[f"W{i}"] = affine.dW + self.weight_decay_lambda * affine.W
            gradients[f"b{i}"] = affine.db
        return gradients

    student.MultiLayerNet.gradient = gradient


@misconception(
    "The backward pass walks through the layers from front to back; reverse the order.",
    ko="역전파에서 층을 앞에서 뒤로 지나가요. 순서를 뒤집으세요.",
    killed_by="test_numerical_gradient",
    hint="walk",
)
def backward_forwards(student):
    def gradient(self, x, t):
        self.loss(x, t)
        dout = self.last_layer.backward(1)
        for layer in self.layers.values():
            dout = layer.backward(dout)
        gradients = {}
        for i in range(1, self.hidden_layer_num + 2):
            affine = self.layers[f"Affine{i}"]
            gradients[f"W{i}"], gradients[f"b{i}"] = affine.dW, affine.db
        return gradients

    student.MultiLayerNet.gradient = gradient


@misconception(
    "The gradient of the last affine layer is missing; there is one affine layer more than hidden "
    "layers.",
    ko="마지막 아핀 층의 기울기가 빠졌어요. 아핀 층은 은닉층보다 하나 더 많아요.",
    killed_by="test_numerical_gradient",
    hint="walk",
)
def last_gradient_missing(student):
    compute = student.MultiLayerNet.gradient

    def gradient(self, x, t):
        found = compute(self, x, t)
        last = self.hidden_layer_num + 1
        return {k: v for k, v in found.items() if k not in (f"W{last}", f"b{last}")}

    student.MultiLayerNet.gradient = gradient


@misconception(
    "gradient reuses the activations of an older batch; run the forward pass for this batch first.",
    ko="예전 배치의 활성값을 재사용하고 있어요. 이 배치로 먼저 순전파를 실행하세요.",
    killed_by="test_gradients_of_many_nets",
    hint="walk",
)
def stale_forward(student):
    compute = student.MultiLayerNet.gradient

    def gradient(self, x, t):
        if not hasattr(self, "first_batch"):
            self.first_batch = (x, t)
        return compute(self, *self.first_batch)

    student.MultiLayerNet.gradient = gradient


@misconception(
    "accuracy compares class numbers with one-hot rows; take the argmax of t as well when it is 2-D.",
    ko="정확도에서 클래스 번호를 원-핫과 비교하고 있어요. t가 2차원이면 t에도 argmax를 쓰세요.",
    killed_by="test_accuracy",
    hint="walk",
)
def accuracy_one_hot(student):
    def accuracy(self, x, t):
        return float(np.sum(np.argmax(self.predict(x), axis=1) == t.ravel()[: len(x)]) / len(x))

    student.MultiLayerNet.accuracy = accuracy


@misconception(
    "accuracy counts the right answers; divide by the number of samples to get a fraction.",
    ko="맞힌 개수를 돌려주고 있어요. 표본 수로 나눠 비율로 만드세요.",
    killed_by="test_accuracy",
    hint="walk",
)
def accuracy_counts(student):
    def accuracy(self, x, t):
        labels = t if t.ndim == 1 else np.argmax(t, axis=1)
        return int(np.sum(np.argmax(self.predict(x), axis=1) == labels))

    student.MultiLayerNet.accuracy = accuracy


@misconception(
    "With one-hot rows the division by the number of samples is missing.",
    ko="원-핫 레이블일 때 표본 수로 나누지 않았어요.",
    killed_by="test_gradients_of_many_nets",
    hint="walk",
)
def one_hot_not_averaged(student):
    compute = student.MultiLayerNet.gradient

    def gradient(self, x, t):
        factor = 1 if t.ndim == 1 else len(x)
        return {name: factor * value for name, value in compute(self, x, t).items()}

    student.MultiLayerNet.gradient = gradient


@alternative("no layer objects: the formulas in two loops, params read on every call")
def formulas(student):
    class MultiLayerNet:
        def __init__(
            self,
            input_size,
            hidden_size_list,
            output_size,
            activation="relu",
            weight_init_std="relu",
            weight_decay_lambda=0,
        ):
            sizes = [input_size] + list(hidden_size_list) + [output_size]
            self.L = len(sizes) - 1
            self.activation, self.lam = activation, weight_decay_lambda
            rng = np.random.default_rng()
            self.params = {}
            for i in range(self.L):
                n_in, n_out = sizes[i], sizes[i + 1]
                if weight_init_std in ("relu", "he"):
                    std = (2 / n_in) ** 0.5
                elif weight_init_std in ("sigmoid", "xavier"):
                    std = (1 / n_in) ** 0.5
                else:
                    std = weight_init_std
                self.params["W" + str(i + 1)] = rng.normal(0.0, std, (n_in, n_out))
                self.params["b" + str(i + 1)] = np.zeros((n_out,))

        def forward(self, x):
            self.inputs = []
            for i in range(1, self.L + 1):
                self.inputs.append(x)
                x = x @ self.params[f"W{i}"] + self.params[f"b{i}"]
                if i < self.L:
                    x = np.maximum(0, x) if self.activation == "relu" else 1 / (1 + np.exp(-x))
            return x

        def predict(self, x):
            return self.forward(x)

        def onehot(self, t, classes):
            return t if t.ndim == 2 else np.eye(classes)[t]

        def loss(self, x, t):
            z = self.forward(x)
            z = z - z.max(axis=1, keepdims=True)
            log_p = z - np.log(np.exp(z).sum(axis=1, keepdims=True))
            loss = -(self.onehot(t, z.shape[1]) * log_p).sum() / len(x)
            for i in range(1, self.L + 1):
                loss = loss + self.lam / 2 * (self.params[f"W{i}"] ** 2).sum()
            return loss

        def accuracy(self, x, t):
            t = t if t.ndim == 1 else t.argmax(axis=-1)
            return (self.forward(x).argmax(axis=-1) == t).mean()

        def gradient(self, x, t):
            y = student.softmax(self.forward(x))
            d = (y - self.onehot(t, y.shape[1])) / len(x)
            grads = {}
            for i in range(self.L, 0, -1):
                h = self.inputs[i - 1]
                grads[f"W{i}"] = h.T @ d + self.lam * self.params[f"W{i}"]
                grads[f"b{i}"] = d.sum(axis=0)
                if i > 1:
                    d = d @ self.params[f"W{i}"].T
                    d = d * (h > 0) if self.activation == "relu" else d * h * (1 - h)
            return grads

    student.MultiLayerNet = MultiLayerNet


@alternative("an ordered dict of layers, every layer walked back, own start values with randn")
def ordered(student):
    from collections import OrderedDict

    class MultiLayerNet:
        def __init__(
            self,
            input_size,
            hidden_size_list,
            output_size,
            activation="relu",
            weight_init_std="relu",
            weight_decay_lambda=0,
        ):
            self.hidden_size_list = hidden_size_list
            self.weight_decay_lambda = weight_decay_lambda
            self.params = {}
            all_sizes = [input_size] + hidden_size_list + [output_size]
            self.layers = OrderedDict()
            for idx in range(1, len(all_sizes)):
                scale = weight_init_std
                if str(weight_init_std).lower() in ("relu", "he"):
                    scale = np.sqrt(2.0 / all_sizes[idx - 1])
                elif str(weight_init_std).lower() in ("sigmoid", "xavier"):
                    scale = np.sqrt(1.0 / all_sizes[idx - 1])
                W = scale * np.random.randn(all_sizes[idx - 1], all_sizes[idx])
                self.params["W" + str(idx)] = W
                self.params["b" + str(idx)] = np.zeros(all_sizes[idx])
                self.layers["Affine" + str(idx)] = student.Affine(W, self.params["b" + str(idx)])
                if idx < len(all_sizes) - 1:
                    layer = student.Relu() if activation == "relu" else student.Sigmoid()
                    self.layers["Act" + str(idx)] = layer
            self.lastLayer = student.SoftmaxWithLoss()

        def predict(self, x):
            for layer in self.layers.values():
                x = layer.forward(x)
            return x

        def loss(self, x, t):
            decay = 0
            for idx in range(1, len(self.hidden_size_list) + 2):
                decay += 0.5 * self.weight_decay_lambda * np.sum(self.params["W" + str(idx)] ** 2)
            return self.lastLayer.forward(self.predict(x), t) + decay

        def accuracy(self, x, t):
            y = np.argmax(self.predict(x), axis=1)
            if t.ndim != 1:
                t = np.argmax(t, axis=1)
            return np.sum(y == t) / float(x.shape[0])

        def gradient(self, x, t):
            self.loss(x, t)
            dout = self.lastLayer.backward(1)
            layers = list(self.layers.values())
            layers.reverse()
            for layer in layers:
                dout = layer.backward(dout)
            grads = OrderedDict()
            for idx in range(1, len(self.hidden_size_list) + 2):
                layer = self.layers["Affine" + str(idx)]
                grads["W" + str(idx)] = layer.dW + self.weight_decay_lambda * layer.W
                grads["b" + str(idx)] = layer.db
            return grads

    student.MultiLayerNet = MultiLayerNet


@alternative("gradients copied, accuracy by a loop, logits of a batch row by row")
def row_by_row(student):
    compute = student.MultiLayerNet.gradient
    walk = student.MultiLayerNet.predict

    def gradient(self, x, t):
        return {name: value.copy() for name, value in compute(self, x, t).items()}

    def accuracy(self, x, t):
        right = 0
        for image, truth in zip(x, t):
            guess = int(np.argmax(walk(self, image[np.newaxis, :])))
            right += guess == (truth if t.ndim == 1 else truth.argmax())
        return right / len(x)

    student.MultiLayerNet.gradient = gradient
    student.MultiLayerNet.accuracy = accuracy
