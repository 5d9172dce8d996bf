import numpy as np
from autograder.authoring import alternative, misconception


@misconception(
    "LeCun scales with the number of INPUTS of a unit: n_in, the first size of the matrix.",
    ko="LeCun은 뉴런의 입력 수 n_in, 즉 행렬의 첫 번째 크기를 기준으로 해요.",
    killed_by="test_lecun_by_hand",
    hint="variance",
)
def lecun_fan_out(student):
    def lecun_normal(n_in, n_out, rng=None):
        source = np.random if rng is None else rng
        return np.sqrt(1 / n_out) * source.standard_normal((n_in, n_out))

    student.lecun_normal = lecun_normal


@misconception(
    "A uniform on [-a, a] has standard deviation a / sqrt(3): the limit must be sqrt(3) times the "
    "standard deviation you want.",
    ko="[-a, a] 균등분포의 표준편차는 a / sqrt(3)이에요. 한계는 원하는 표준편차의 sqrt(3)배여야 해요.",
    killed_by="test_shapes_and_limits",
    hint="limit",
)
def uniform_limit_is_std(student):
    def uniform(variance, shape, rng):
        limit = np.sqrt(variance)
        source = np.random if rng is None else rng
        return source.uniform(-limit, limit, shape)

    student.lecun_uniform = lambda n, m, rng=None: uniform(1 / n, (n, m), rng)
    student.xavier_uniform = lambda n, m, rng=None: uniform(2 / (n + m), (n, m), rng)


@misconception(
    "The interval must be symmetric, from -limit to +limit; yours starts at 0.",
    ko="구간은 -한계에서 +한계까지 대칭이어야 해요. 지금은 0에서 시작해요.",
    killed_by="test_shapes_and_limits",
    hint="limit",
)
def positive_uniform(student):
    def xavier_uniform(n_in, n_out, rng=None):
        limit = np.sqrt(6 / (n_in + n_out))
        source = np.random if rng is None else rng
        return source.uniform(0, limit, (n_in, n_out))

    student.xavier_uniform = xavier_uniform


@misconception(
    "You scale by the variance; numbers are scaled by its square root, the standard deviation.",
    ko="분산을 곱했어요. 제곱근인 표준편차를 곱하세요.",
    killed_by="test_xavier",
    hint="variance",
)
def no_sqrt(student):
    def xavier_normal(n_in, n_out, rng=None):
        source = np.random if rng is None else rng
        return 2 / (n_in + n_out) * source.standard_normal((n_in, n_out))

    student.xavier_normal = xavier_normal


@misconception(
    "The 2 is missing: Xavier takes the mean of n_in and n_out, so the variance is 2 / (n_in + n_out).",
    ko="2가 빠졌어요. Xavier는 n_in과 n_out의 평균을 쓰므로 분산은 2 / (n_in + n_out)이에요.",
    killed_by="test_xavier",
    hint="variance",
)
def missing_two(student):
    def xavier_normal(n_in, n_out, rng=None):
        source = np.random if rng is None else rng
        return np.sqrt(1 / (n_in + n_out)) * source.standard_normal((n_in, n_out))

    student.xavier_normal = xavier_normal


@misconception(
    "The matrix lies the other way round: (n_in, n_out), so that x W works with samples as rows.",
    ko="행렬의 방향이 반대예요. 표본이 행일 때 x W가 되도록 (n_in, n_out) 모양으로 만드세요.",
    killed_by="test_shapes_and_limits",
    hint="variance",
)
def transposed(student):
    def lecun_normal(n_in, n_out, rng=None):
        source = np.random if rng is None else rng
        return np.sqrt(1 / n_in) * source.standard_normal((n_out, n_in))

    student.lecun_normal = lecun_normal


@misconception(
    "The function named normal draws uniform numbers: the spread is right, the bell is missing.",
    ko="이름은 normal인데 균등분포에서 뽑았어요. 표준편차는 맞지만 종 모양이 아니에요.",
    killed_by="test_lecun",
    hint="two",
)
def uniform_for_normal(student):
    student.lecun_normal = student.lecun_uniform
    student.xavier_normal = student.xavier_uniform


@misconception(
    "The limit of the uniform is used as the standard deviation of a normal: values run beyond the "
    "limit and spread 1.73 times too far.",
    ko="균등분포의 한계를 정규분포의 표준편차로 썼어요. 값이 한계를 넘고 1.73배 넓게 퍼져요.",
    killed_by="test_lecun",
    hint="two",
)
def normal_for_uniform(student):
    def lecun_uniform(n_in, n_out, rng=None):
        source = np.random if rng is None else rng
        return source.normal(0, np.sqrt(3 / n_in), (n_in, n_out))

    student.lecun_uniform = lecun_uniform


@misconception(
    "The rng that is passed is ignored, so a run cannot be repeated. Draw from rng when it is given.",
    ko="넘겨받은 rng를 쓰지 않아서 실행을 재현할 수 없어요. rng가 있으면 거기서 뽑으세요.",
    killed_by="test_source",
    hint="two",
)
def ignores_rng(student):
    def xavier_uniform(n_in, n_out, rng=None):
        limit = np.sqrt(6 / (n_in + n_out))
        return np.random.uniform(-limit, limit, (n_in, n_out))

    student.xavier_uniform = xavier_uniform


@misconception(
    "A generator with a fixed seed is made inside the function, so equal layers get equal weights.",
    ko="함수 안에서 시드를 고정한 생성기를 만들어 같은 크기의 층이 같은 가중치를 가져요.",
    killed_by="test_source",
    hint="two",
)
def fixed_seed(student):
    def lecun_normal(n_in, n_out, rng=None):
        rng = np.random.default_rng(0) if rng is None else rng
        return np.sqrt(1 / n_in) * rng.standard_normal((n_in, n_out))

    student.lecun_normal = lecun_normal


@alternative("one helper for all four, a shifted and stretched random() as the uniform")
def one_helper(student):
    def draw(variance, shape, rng, flat):
        rng = rng or np.random.default_rng()
        if flat:
            return (2 * rng.random(shape) - 1) * np.sqrt(3 * variance)
        return rng.normal(0.0, np.sqrt(variance), shape)

    student.lecun_uniform = lambda n_in, n_out, rng=None: draw(1 / n_in, (n_in, n_out), rng, True)
    student.lecun_normal = lambda n_in, n_out, rng=None: draw(1 / n_in, (n_in, n_out), rng, False)

    def xavier_uniform(n_in, n_out, rng=None):
        return draw(2 / (n_in + n_out), (n_in, n_out), rng, True)

    def xavier_normal(n_in, n_out, rng=None):
        return draw(2 / (n_in + n_out), (n_in, n_out), rng, False)

    student.xavier_uniform = xavier_uniform
    student.xavier_normal = xavier_normal


@alternative("single precision, randn and rand of np.random")
def single_precision(student):
    def normal(shape, rng):
        return (np.random.randn(*shape) if rng is None else rng.normal(size=shape)).astype(
            "float32"
        )

    def uniform(shape, rng):
        u = np.random.rand(*shape) if rng is None else rng.random(shape)
        return (2 * u - 1).astype("float32")

    def scale(variance):
        return np.float32(variance**0.5)

    student.lecun_normal = lambda n, m, rng=None: normal((n, m), rng) * scale(1 / n)
    student.lecun_uniform = lambda n, m, rng=None: uniform((n, m), rng) * scale(3 / n)
    student.xavier_normal = lambda n, m, rng=None: (
        normal((n, m), rng) / np.float32(((n + m) / 2) ** 0.5)
    )
    student.xavier_uniform = lambda n, m, rng=None: uniform((n, m), rng) * scale(6 / (n + m))


@alternative("column by column, in a loop; init_normal of the task before")
def columns(student):
    def lecun_normal(n_in, n_out, rng=None):
        w = np.empty((n_in, n_out))
        for j in range(n_out):
            w[:, j] = student.init_normal(n_in, n_in**-0.5, rng)
        return w

    def xavier_normal(n_in, n_out, rng=None):
        return student.init_normal((n_in, n_out), std=np.sqrt(2.0 / (n_in + n_out)), rng=rng)

    student.lecun_normal = lecun_normal
    student.xavier_normal = xavier_normal
