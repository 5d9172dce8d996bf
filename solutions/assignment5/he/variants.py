import numpy as np
from autograder.authoring import alternative, misconception


@misconception(
    "The standard deviation is sqrt(2 / n_in); without the root the weights are far too small and "
    "deep networks do not learn.",
    ko="표준편차는 sqrt(2 / n_in)이에요. 제곱근이 없으면 가중치가 너무 작아서 깊은 망이 학습하지 못해요.",
    killed_by="test_mnist_layer",
    hint="root",
)
def no_sqrt(student):
    def he_normal(n_in, n_out, rng=None):
        source = np.random if rng is None else rng
        return (2 / n_in) * source.standard_normal((n_in, n_out))

    student.he_normal = he_normal


@misconception(
    "He initialisation uses the number of inputs n_in (784 for the first MNIST layer), not n_out.",
    ko="He 초깃값은 n_out이 아니라 입력 수 n_in(MNIST 첫 층은 784)을 사용해요.",
    killed_by="test_mnist_layer",
    hint="inputs",
)
def fan_out(student):
    def he_normal(n_in, n_out, rng=None):
        source = np.random if rng is None else rng
        return np.sqrt(2 / n_out) * source.standard_normal((n_in, n_out))

    student.he_normal = he_normal


@misconception(
    "That is 1 / n_in, the rule of LeCun (the book's Xavier); ReLU throws half away and needs 2 / n_in.",
    ko="1 / n_in은 LeCun(책의 Xavier) 규칙이에요. ReLU는 절반을 버리므로 2 / n_in이 필요해요.",
    killed_by="test_signal_survives",
    hint="half",
)
def xavier(student):
    def he_normal(n_in, n_out, rng=None):
        source = np.random if rng is None else rng
        return np.sqrt(1 / n_in) * source.standard_normal((n_in, n_out))

    student.he_normal = he_normal


@misconception(
    "The 2 belongs inside the square root: sqrt(2 / n_in), not 2 / sqrt(n_in).",
    ko="2는 제곱근 안에 들어가야 해요. 2 / sqrt(n_in)이 아니라 sqrt(2 / n_in)이에요.",
    killed_by="test_mnist_layer",
    hint="root",
)
def two_outside_root(student):
    def he_normal(n_in, n_out, rng=None):
        source = np.random if rng is None else rng
        return 2 / np.sqrt(n_in) * source.standard_normal((n_in, n_out))

    student.he_normal = he_normal


@misconception(
    "The limit of the uniform is not the standard deviation: it is sqrt(3) times as large, "
    "sqrt(6 / n_in).",
    ko="균등분포의 한계는 표준편차가 아니에요. 그 sqrt(3)배인 sqrt(6 / n_in)이에요.",
    killed_by="test_uniform_limit",
    hint="root",
)
def limit_is_std(student):
    def he_uniform(n_in, n_out, rng=None):
        limit = np.sqrt(2 / n_in)
        source = np.random if rng is None else rng
        return source.uniform(-limit, limit, (n_in, n_out))

    student.he_uniform = he_uniform


@misconception(
    "sqrt(3 / n_in) is LeCun's limit; twice the variance needs sqrt(6 / n_in).",
    ko="sqrt(3 / n_in)은 LeCun의 한계예요. 분산이 두 배이므로 sqrt(6 / n_in)이 필요해요.",
    killed_by="test_signal_survives",
    hint="half",
)
def lecun_limit(student):
    def he_uniform(n_in, n_out, rng=None):
        limit = np.sqrt(3 / n_in)
        source = np.random if rng is None else rng
        return source.uniform(-limit, limit, (n_in, n_out))

    student.he_uniform = he_uniform


@misconception(
    "sqrt(6 / (n_in + n_out)) is Xavier's limit; He looks at the inputs only.",
    ko="sqrt(6 / (n_in + n_out))은 Xavier의 한계예요. He는 입력 수만 봐요.",
    killed_by="test_uniform_limit",
    hint="inputs",
)
def glorot_limit(student):
    def he_uniform(n_in, n_out, rng=None):
        limit = np.sqrt(6 / (n_in + n_out))
        source = np.random if rng is None else rng
        return source.uniform(-limit, limit, (n_in, n_out))

    student.he_uniform = he_uniform


@misconception(
    "All weights are positive: np.random.rand and rng.random give numbers in [0, 1). The mean must be 0.",
    ko="가중치가 모두 양수예요. np.random.rand와 rng.random은 [0, 1)의 수를 줘요. 평균은 0이어야 해요.",
    killed_by="test_mnist_layer",
    hint="root",
)
def positive(student):
    def he_normal(n_in, n_out, rng=None):
        source = np.random if rng is None else rng
        return np.sqrt(2 / n_in) * source.random((n_in, n_out))

    student.he_normal = he_normal


@misconception(
    "he_normal draws uniform numbers: the spread is right, the bell curve is missing.",
    ko="he_normal이 균등분포에서 뽑고 있어요. 표준편차는 맞지만 종 모양이 아니에요.",
    killed_by="test_distribution",
    hint="root",
)
def uniform_for_normal(student):
    student.he_normal = student.he_uniform


@misconception(
    "The matrix lies the other way round: (n_in, n_out), so that x W works with samples as rows.",
    ko="행렬의 방향이 반대예요. 표본이 행일 때 x W가 되도록 (n_in, n_out) 모양으로 만드세요.",
    killed_by="test_mnist_layer",
    hint="inputs",
)
def transposed(student):
    def he_normal(n_in, n_out, rng=None):
        source = np.random if rng is None else rng
        return np.sqrt(2 / n_in) * source.standard_normal((n_out, n_in))

    student.he_normal = he_normal


@misconception(
    "The rng that is passed is ignored, so a run cannot be repeated. Draw from rng when it is given.",
    ko="넘겨받은 rng를 쓰지 않아서 실행을 재현할 수 없어요. rng가 있으면 거기서 뽑으세요.",
    killed_by="test_source",
    hint="inputs",
)
def ignores_rng(student):
    def he_normal(n_in, n_out, rng=None):
        return np.sqrt(2 / n_in) * np.random.randn(n_in, n_out)

    student.he_normal = he_normal


@misconception(
    "np.random.seed inside the function makes every layer of one size start with the same weights.",
    ko="함수 안의 np.random.seed 때문에 크기가 같은 층이 모두 같은 가중치로 시작해요.",
    killed_by="test_source",
    hint="inputs",
)
def seeds_np_random(student):
    def he_normal(n_in, n_out, rng=None):
        if rng is not None:
            return rng.normal(0, np.sqrt(2 / n_in), (n_in, n_out))
        np.random.seed(42)
        return np.sqrt(2 / n_in) * np.random.randn(n_in, n_out)

    student.he_normal = he_normal


@alternative("sqrt(2) times the LeCun functions of the task before")
def stretched_lecun(student):
    student.he_normal = lambda n_in, n_out, rng=None: (
        np.sqrt(2) * student.lecun_normal(n_in, n_out, rng)
    )
    student.he_uniform = lambda n_in, n_out, rng=None: (
        np.sqrt(2) * student.lecun_uniform(n_in, n_out, rng)
    )


@alternative("normal(mean, std, size), a fresh Generator where none is passed")
def other_calls(student):
    def he_normal(n_in, n_out, rng=None):
        rng = np.random.default_rng() if rng is None else rng
        return rng.normal(loc=0.0, scale=(2 / n_in) ** 0.5, size=(n_in, n_out))

    def he_uniform(n_in, n_out, rng=None):
        rng = np.random.default_rng() if rng is None else rng
        return (rng.random((n_in, n_out)) - 0.5) * np.sqrt(24 / n_in)

    student.he_normal = he_normal
    student.he_uniform = he_uniform


@alternative("the book's form, randn / sqrt(n) * sqrt(2), in single precision")
def book_form(student):
    def he_normal(n_in, n_out, rng=None):
        z = np.random.randn(n_in, n_out) if rng is None else rng.standard_normal((n_in, n_out))
        return z.astype(np.float32) / np.sqrt(np.float32(n_in)) * np.sqrt(np.float32(2))

    def he_uniform(n_in, n_out, rng=None):
        u = np.random.rand(n_in, n_out) if rng is None else rng.random((n_in, n_out))
        limit = np.float32(np.sqrt(6.0 / n_in))
        return limit * (2 * u.astype(np.float32) - 1)

    student.he_normal = he_normal
    student.he_uniform = he_uniform


@alternative("row by row")
def rows(student):
    def he_normal(n_in, n_out, rng=None):
        one_row = np.random.normal if rng is None else rng.normal
        return np.array([one_row(0, np.sqrt(2.0 / n_in), n_out) for _ in range(n_in)])

    student.he_normal = he_normal
