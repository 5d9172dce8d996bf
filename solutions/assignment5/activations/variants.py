import numpy as np
from autograder.authoring import alternative, misconception


@misconception(
    "Every layer is fed with the original x; pass the activations of the layer before on.",
    ko="모든 층에 원래 x를 넣고 있어요. 이전 층의 활성값을 넘기세요.",
    killed_by="test_chain",
    hint="chain",
)
def always_from_x(student):
    def collect_activations(x, weights, activation="sigmoid"):
        function = getattr(student, activation)
        return {i: function(np.dot(x, W)) for i, W in enumerate(weights)}

    student.collect_activations = collect_activations


@misconception(
    "You store the sums x W; the histogram shows what comes after the activation function.",
    ko="x W의 값을 저장했어요. 히스토그램은 활성화 함수를 지난 값을 보여 줘요.",
    killed_by="test_relu_by_hand",
    hint="chain",
)
def pre_activation(student):
    def collect_activations(x, weights, activation="sigmoid"):
        found = {}
        for i, W in enumerate(weights):
            found[i] = np.dot(x, W)
            x = getattr(student, activation)(found[i])
        return found

    student.collect_activations = collect_activations


@misconception(
    "The activation function is missing on the way to the next layer: only what is stored went through "
    "it.",
    ko="다음 층으로 넘길 때 활성화 함수를 빠뜨렸어요. 저장한 값만 활성화 함수를 지났어요.",
    killed_by="test_chain",
    hint="chain",
)
def passes_sums_on(student):
    def collect_activations(x, weights, activation="sigmoid"):
        found = {}
        for i, W in enumerate(weights):
            x = np.dot(x, W)
            found[i] = getattr(student, activation)(x)
        return found

    student.collect_activations = collect_activations


@misconception(
    "The keys start at 1; the first layer is number 0, as in the book's program.",
    ko="키가 1부터 시작해요. 책의 코드처럼 첫 번째 층이 0번이에요.",
    killed_by="test_relu_by_hand",
    hint="dictionary",
)
def starts_at_one(student):
    collect = student.collect_activations

    def collect_activations(x, weights, activation="sigmoid"):
        return {i + 1: z for i, z in collect(x, weights, activation).items()}

    student.collect_activations = collect_activations


@misconception(
    "The input x is stored as entry 0; the dictionary holds activations only, one for each matrix.",
    ko="입력 x를 0번에 저장했어요. 사전에는 행렬마다 하나씩 활성값만 들어가요.",
    killed_by="test_relu_by_hand",
    hint="dictionary",
)
def includes_input(student):
    collect = student.collect_activations

    def collect_activations(x, weights, activation="sigmoid"):
        later = collect(x, weights, activation)
        return {0: x, **{i + 1: z for i, z in later.items()}}

    student.collect_activations = collect_activations


@misconception(
    "A list comes back; the plotting code wants a dictionary from the number of the layer to its array.",
    ko="리스트를 돌려주고 있어요. 그림을 그리는 코드는 층 번호에서 배열로 가는 사전을 원해요.",
    killed_by="test_relu_by_hand",
    hint="dictionary",
)
def list_of_layers(student):
    collect = student.collect_activations

    def collect_activations(x, weights, activation="sigmoid"):
        return list(collect(x, weights, activation).values())

    student.collect_activations = collect_activations


@misconception(
    "The argument activation is not used: every network gets a sigmoid.",
    ko="activation 인수를 쓰지 않아서 모든 신경망이 시그모이드를 써요.",
    killed_by="test_relu_by_hand",
    hint="chain",
)
def always_sigmoid(student):
    collect = student.collect_activations

    def collect_activations(x, weights, activation="sigmoid"):
        return collect(x, weights)

    student.collect_activations = collect_activations


@misconception(
    "x is standardised in place: the caller's data are changed, and the next experiment starts from "
    "others.",
    ko="x를 그 자리에서 표준화했어요. 호출한 쪽의 데이터가 바뀌어 다음 실험이 다른 데이터로 시작돼요.",
    killed_by="test_chain",
    hint="chain",
)
def standardises_x(student):
    collect = student.collect_activations

    def collect_activations(x, weights, activation="sigmoid"):
        x -= x.mean()
        x /= x.std()
        return collect(x, weights, activation)

    student.collect_activations = collect_activations


@misconception(
    "saturation returns a count; divide by the number of values, or take the mean of the comparison.",
    ko="개수를 돌려주고 있어요. 값의 수로 나누거나 비교 결과의 평균을 구하세요.",
    killed_by="test_saturation_by_hand",
    hint="fraction",
)
def count_not_fraction(student):
    fraction = student.saturation

    def saturation(z, activation="sigmoid", tol=0.01):
        return fraction(z, activation, tol) * np.size(z)

    student.saturation = saturation


@misconception(
    "Only one end is counted: a sigmoid saturates at 0 and at 1, tanh at -1 and at 1.",
    ko="한쪽 끝만 셌어요. 시그모이드는 0과 1, tanh는 -1과 1 양쪽에서 포화돼요.",
    killed_by="test_saturation_by_hand",
    hint="fraction",
)
def upper_end_only(student):
    fraction = student.saturation

    def saturation(z, activation="sigmoid", tol=0.01):
        if activation == "relu":
            return fraction(z, activation, tol)
        return float(np.mean(z > 1 - tol))

    student.saturation = saturation


@misconception(
    "tol is ignored: the limits 0.01 and 0.99 are written into the code.",
    ko="tol을 무시하고 0.01과 0.99를 코드에 직접 썼어요.",
    killed_by="test_saturation_by_hand",
    hint="fraction",
)
def tol_ignored(student):
    fraction = student.saturation

    def saturation(z, activation="sigmoid", tol=0.01):
        return fraction(z, activation, 0.01)

    student.saturation = saturation


@misconception(
    "The limits of the sigmoid are used for tanh and ReLU too; each activation has limits of its own.",
    ko="tanh와 ReLU에도 시그모이드의 한계를 썼어요. 활성화 함수마다 한계가 달라요.",
    killed_by="test_saturation_by_hand",
    hint="fraction",
)
def sigmoid_limits(student):
    fraction = student.saturation

    def saturation(z, activation="sigmoid", tol=0.01):
        return fraction(z, "sigmoid", tol)

    student.saturation = saturation


@misconception(
    "ReLU is dead at 0 only; tol is for sigmoid and tanh.",
    ko="ReLU는 0일 때만 죽은 거예요. tol은 시그모이드와 tanh에만 써요.",
    killed_by="test_saturation",
    hint="fraction",
)
def relu_uses_tol(student):
    fraction = student.saturation

    def saturation(z, activation="sigmoid", tol=0.01):
        if activation == "relu":
            return float(np.mean(z < tol))
        return fraction(z, activation, tol)

    student.saturation = saturation


@misconception(
    "A percentage comes back; a fraction lies between 0 and 1.",
    ko="백분율을 돌려주고 있어요. 비율은 0과 1 사이의 값이에요.",
    killed_by="test_saturation_by_hand",
    hint="fraction",
)
def percentage(student):
    fraction = student.saturation

    def saturation(z, activation="sigmoid", tol=0.01):
        return 100 * fraction(z, activation, tol)

    student.saturation = saturation


@alternative("the book's program: a dictionary that grows, its last entry as the next input")
def book_program(student):
    def collect_activations(x, weights, activation="sigmoid"):
        activations = {}
        for i in range(len(weights)):
            if i != 0:
                x = activations[i - 1]
            a = np.dot(x, weights[i])
            if activation == "sigmoid":
                z = 1 / (1 + np.exp(-a))
            elif activation == "relu":
                z = np.maximum(0, a)
            else:
                z = np.tanh(a)
            activations[i] = z
        return activations

    student.collect_activations = collect_activations


@alternative("counts with sum and size; slopes of the activations in place of limits for ReLU")
def counting(student):
    def saturation(z, activation="sigmoid", tol=0.01):
        z = np.asarray(z)
        if activation == "sigmoid":
            return np.sum(np.minimum(z, 1 - z) < tol) / z.size
        if activation == "tanh":
            return np.count_nonzero(1 - np.abs(z) < tol) / z.size
        return 1 - np.count_nonzero(z) / z.size

    student.saturation = saturation


@alternative("single precision inside, a loop over the samples, in-place on own copies")
def single_precision(student):
    def collect_activations(x, weights, activation="sigmoid"):
        found = {}
        z = x.astype(np.float32)
        for i, W in enumerate(weights):
            a = np.zeros((len(z), W.shape[1]), dtype=np.float32)
            for row, sample in zip(a, z):
                row += sample @ W.astype(np.float32)
            if activation == "relu":
                a[a < 0] = 0
            elif activation == "tanh":
                np.tanh(a, out=a)
            else:
                a = 1 / (1 + np.exp(-a))
            found[i] = z = a
        return found

    student.collect_activations = collect_activations
