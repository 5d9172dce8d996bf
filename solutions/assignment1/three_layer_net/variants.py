import numpy as np
from autograder.authoring import alternative, misconception


@misconception(
    "forward ends with the identity; a sigmoid there squeezes every output into (0, 1).",
    ko="forward의 마지막은 항등 함수예요. 시그모이드를 쓰면 출력이 (0, 1)에 갇혀요.",
    killed_by="test_toy_forward",
    hint="output",
)
def sigmoid_on_output(student):
    def forward(network, x):
        z = student.sigmoid(student.affine(x, network["W1"], network["b1"]))
        z = student.sigmoid(student.affine(z, network["W2"], network["b2"]))
        return student.sigmoid(student.affine(z, network["W3"], network["b3"]))

    student.forward = forward


@misconception(
    "Without a nonlinearity three affine layers are just one; apply sigmoid after layers 1 and 2.",
    ko="비선형 함수가 없으면 세 층이 한 층과 같아요. 1층과 2층 뒤에 시그모이드를 적용하세요.",
    killed_by="test_toy_forward",
    hint="pattern",
)
def no_hidden_activation(student):
    def forward(network, x):
        z = student.affine(x, network["W1"], network["b1"])
        z = student.affine(z, network["W2"], network["b2"])
        return student.affine(z, network["W3"], network["b3"])

    student.forward = forward


@misconception(
    "The second layer has no activation: both hidden layers end with a sigmoid.",
    ko="두 번째 층에 활성화 함수가 없어요. 은닉층은 둘 다 시그모이드로 끝나요.",
    killed_by="test_toy_forward",
    hint="pattern",
)
def one_activation(student):
    def forward(network, x):
        z = student.sigmoid(student.affine(x, network["W1"], network["b1"]))
        z = student.affine(z, network["W2"], network["b2"])
        return student.affine(z, network["W3"], network["b3"])

    student.forward = forward


@misconception(
    "This network uses the sigmoid in its hidden layers; yours uses ReLU.",
    ko="이 네트워크의 은닉층은 시그모이드를 써요. 지금은 ReLU를 쓰고 있어요.",
    killed_by="test_toy_forward",
    hint="pattern",
)
def relu_hidden(student):
    def forward(network, x):
        z = student.relu(student.affine(x, network["W1"], network["b1"]))
        z = student.relu(student.affine(z, network["W2"], network["b2"]))
        return student.affine(z, network["W3"], network["b3"])

    student.forward = forward


@misconception(
    "Layer 2 ignores b2; every affine step adds its own bias.",
    ko="2층에서 b2를 더하지 않았어요. 어파인 계산마다 자기 편향이 있어요.",
    killed_by="test_toy_forward",
    hint="pattern",
)
def forgot_b2(student):
    def forward(network, x):
        z = student.sigmoid(student.affine(x, network["W1"], network["b1"]))
        z = student.sigmoid(np.dot(z, network["W2"]))
        return student.affine(z, network["W3"], network["b3"])

    student.forward = forward


@misconception(
    "Layer 3 adds b2 again; its own bias is b3.",
    ko="3층에서 b2를 다시 더하고 있어요. 3층의 편향은 b3예요.",
    killed_by="test_random_network",
    hint="pattern",
)
def b2_twice(student):
    def forward(network, x):
        z = student.sigmoid(student.affine(x, network["W1"], network["b1"]))
        z = student.sigmoid(student.affine(z, network["W2"], network["b2"]))
        return student.affine(z, network["W3"], network["b2"])

    student.forward = forward


@misconception(
    "The second layer starts from x again; feed it what the first layer gave.",
    ko="두 번째 층이 다시 x에서 시작해요. 첫 번째 층의 출력을 넣으세요.",
    killed_by="test_toy_forward",
    hint="pattern",
)
def starts_from_x_again(student):
    def forward(network, x):
        z = student.sigmoid(student.affine(x, network["W1"], network["b1"]))
        z = student.sigmoid(student.affine(x, network["W2"], network["b2"]))
        return student.affine(z, network["W3"], network["b3"])

    student.forward = forward


@misconception(
    "forward already contains the softmax, so predict applies it twice; forward returns logits.",
    ko="forward에 이미 소프트맥스가 있어서 predict에서 두 번 적용돼요. forward는 로짓을 돌려줘야 해요.",
    killed_by="test_toy_forward",
    hint="output",
)
def softmax_in_forward(student):
    inner = student.forward

    def forward(network, x):
        return student.softmax(inner(network, x))

    student.forward = forward


@misconception(
    "predict returns the logits; their softmax is missing.",
    ko="predict가 로짓을 그대로 돌려줘요. 소프트맥스를 적용하세요.",
    killed_by="test_toy_predict",
    hint="output",
)
def predict_without_softmax(student):
    def predict(network, x):
        return student.forward(network, x)

    student.predict = predict


@misconception(
    "predict should return probabilities; choosing the class (argmax) is the caller's business.",
    ko="predict는 확률을 돌려줘야 해요. argmax로 클래스를 고르는 것은 호출한 쪽의 일이에요.",
    killed_by="test_toy_predict",
    hint="output",
)
def predict_is_argmax(student):
    def predict(network, x):
        return np.argmax(student.forward(network, x), axis=-1)

    student.predict = predict


@misconception(
    "Sigmoids of the outputs do not sum to 1; for several classes predict needs the softmax.",
    ko="출력마다 시그모이드를 적용하면 합이 1이 안 돼요. 여러 클래스에는 소프트맥스가 필요해요.",
    killed_by="test_toy_predict",
    hint="output",
)
def predict_with_sigmoid(student):
    def predict(network, x):
        return student.sigmoid(student.forward(network, x))

    student.predict = predict


@misconception(
    "Your own exponentials in predict overflow for large logits; call your softmax function.",
    ko="predict에서 직접 계산한 지수가 큰 로짓에서 넘쳐요. 앞에서 만든 softmax를 부르세요.",
    killed_by="test_large_weights",
    hint="reuse",
)
def naive_softmax(student):
    def predict(network, x):
        e = np.exp(student.forward(network, x))
        return e / np.sum(e, axis=-1, keepdims=True)

    student.predict = predict


@misconception(
    "You store results in the network dict; keep them in local variables.",
    ko="중간 결과를 network 딕셔너리에 저장하고 있어요. 지역 변수에 담으세요.",
    killed_by="test_batch_and_dict",
    hint="reuse",
)
def stores_in_network(student):
    inner = student.forward

    def forward(network, x):
        network["z1"] = student.sigmoid(student.affine(x, network["W1"], network["b1"]))
        return inner(network, x)

    student.forward = forward


@misconception(
    "pop takes the weights out of the dict, so the second call finds none; read them with [ ].",
    ko="pop은 딕셔너리에서 가중치를 꺼내 없애요. 두 번째 호출이 실패하니 [ ]로 읽으세요.",
    killed_by="test_batch_and_dict",
    hint="reuse",
)
def pops_weights(student):
    def forward(network, x):
        z = student.sigmoid(student.affine(x, network.pop("W1"), network.pop("b1")))
        z = student.sigmoid(student.affine(z, network.pop("W2"), network.pop("b2")))
        return student.affine(z, network.pop("W3"), network.pop("b3"))

    student.forward = forward


@misconception(
    "One maximum for the whole batch lets other rows underflow to 0/0; call your softmax.",
    ko="배치 전체의 최댓값 하나만 빼면 다른 행이 0/0이 돼요. 앞에서 만든 softmax를 부르세요.",
    killed_by="test_large_weights",
    hint="reuse",
)
def global_maximum(student):
    def predict(network, x):
        a = student.forward(network, x)
        e = np.exp(a - np.max(a))
        return e / np.sum(e, axis=-1, keepdims=True)

    student.predict = predict


@misconception(
    "You take the arrays by their place in the dict; take them by name, in whatever order they stand.",
    ko="딕셔너리에 담긴 순서로 배열을 꺼내고 있어요. 순서는 정해져 있지 않으니 이름으로 꺼내세요.",
    killed_by="test_batch_and_dict",
    hint="pattern",
)
def order_of_the_dict(student):
    def forward(network, x):
        W1, W2, W3, b1, b2, b3 = network.values()
        z1 = student.sigmoid(np.dot(x, W1) + b1)
        z2 = student.sigmoid(np.dot(z1, W2) + b2)
        return np.dot(z2, W3) + b3

    student.forward = forward


@alternative("the book's code: names of its own for every step, np.dot throughout")
def book(student):
    def forward(network, x):
        W1, W2, W3 = network["W1"], network["W2"], network["W3"]
        b1, b2, b3 = network["b1"], network["b2"], network["b3"]
        a1 = np.dot(x, W1) + b1
        z1 = student.sigmoid(a1)
        a2 = np.dot(z1, W2) + b2
        z2 = student.sigmoid(a2)
        a3 = np.dot(z2, W3) + b3
        return student.identity_function(a3)

    student.forward = forward


@alternative("a loop over the layers; the sigmoid by way of tanh")
def loop_over_layers(student):
    def forward(network, x):
        h = x
        for layer in range(1, 4):
            h = h @ network[f"W{layer}"] + network[f"b{layer}"]
            if layer < 3:
                h = (np.tanh(h / 2) + 1) / 2
        return h

    student.forward = forward


@alternative("sample by sample")
def sample_by_sample(student):
    def forward(network, x):
        if x.ndim == 2:
            return np.array([forward(network, row) for row in x])
        for layer in "123":
            x = student.affine(x, network["W" + layer], network["b" + layer])
            x = x if layer == "3" else student.sigmoid(x)
        return x

    student.forward = forward


@alternative("predict does all the work itself, with a softmax of its own that is safe")
def own_softmax(student):
    def predict(network, x):
        a = student.forward(network, x)
        e = np.exp(a - a.max(axis=-1, keepdims=True))
        return e / e.sum(axis=-1, keepdims=True)

    student.predict = predict
