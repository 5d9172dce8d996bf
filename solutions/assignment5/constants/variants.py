import numpy as np
from autograder.authoring import alternative, misconception


@misconception(
    "You scale by the square root of std: std already is the standard deviation, multiply by it.",
    ko="std의 제곱근을 곱했어요. std는 이미 표준편차이니 그대로 곱하세요.",
    killed_by="test_mean_and_spread",
    hint="scale",
)
def std_is_variance(student):
    def init_normal(shape, std=0.01, rng=None):
        source = np.random if rng is None else rng
        return np.sqrt(std) * source.standard_normal(shape)

    student.init_normal = init_normal


@misconception(
    "std went into the place of the mean: np.random.normal takes (mean, standard deviation, size).",
    ko="std를 평균 자리에 넣었어요. np.random.normal의 인수는 (평균, 표준편차, 크기) 순서예요.",
    killed_by="test_mean_and_spread",
    hint="scale",
)
def std_as_mean(student):
    def init_normal(shape, std=0.01, rng=None):
        source = np.random if rng is None else rng
        return source.normal(std, size=shape)

    student.init_normal = init_normal


@misconception(
    "The numbers are standard normal: std is not used. Multiply by it.",
    ko="표준정규분포 그대로예요. std를 쓰지 않았으니 곱하세요.",
    killed_by="test_mean_and_spread",
    hint="scale",
)
def std_ignored(student):
    def init_normal(shape, std=0.01, rng=None):
        source = np.random if rng is None else rng
        return source.standard_normal(shape)

    student.init_normal = init_normal


@misconception(
    "np.random.rand and rng.random are uniform on [0, 1), so every weight is positive; draw from a "
    "normal distribution.",
    ko="np.random.rand와 rng.random은 [0, 1) 균등분포라 가중치가 모두 양수예요. 정규분포에서 뽑으세요.",
    killed_by="test_mean_and_spread",
    hint="source",
)
def uniform_numbers(student):
    def init_normal(shape, std=0.01, rng=None):
        source = np.random if rng is None else rng
        return std * source.random(shape)

    student.init_normal = init_normal


@misconception(
    "The rng that is passed is ignored, so a run cannot be repeated. Draw from rng when it is given.",
    ko="넘겨받은 rng를 쓰지 않아서 실행을 재현할 수 없어요. rng가 있으면 거기서 뽑으세요.",
    killed_by="test_rng_is_the_source",
    hint="source",
)
def ignores_rng(student):
    def init_normal(shape, std=0.01, rng=None):
        return std * np.random.standard_normal(shape)

    student.init_normal = init_normal


@misconception(
    "A generator with a fixed seed is made inside the function, so every layer gets the same numbers.",
    ko="함수 안에서 시드를 고정한 생성기를 만들어 모든 층의 가중치가 같아져요.",
    killed_by="test_fresh_numbers",
    hint="source",
)
def fixed_seed(student):
    def init_normal(shape, std=0.01, rng=None):
        return std * np.random.default_rng(0).standard_normal(shape)

    student.init_normal = init_normal


@misconception(
    "np.random.seed inside the function makes every call draw the same numbers; seeding is the "
    "caller's business.",
    ko="함수 안의 np.random.seed 때문에 호출할 때마다 같은 수가 나와요. 시드는 호출하는 쪽이 정해요.",
    killed_by="test_fresh_numbers",
    hint="source",
)
def seeds_np_random(student):
    def init_normal(shape, std=0.01, rng=None):
        if rng is not None:
            return std * rng.standard_normal(shape)
        np.random.seed(0)
        return std * np.random.standard_normal(shape)

    student.init_normal = init_normal


@misconception(
    "np.full with an int makes an int array, which later cannot take float steps; pass float(value).",
    ko="np.full에 정수를 넣으면 정수 배열이 되어 나중에 실수 갱신을 할 수 없어요. float(value)를 넣으세요.",
    killed_by="test_constants",
    hint="float",
)
def int_constant(student):
    def init_constant(shape, value):
        return np.full(shape, value)

    student.init_constant = init_constant


@misconception(
    "*shape unpacks a tuple, but shape may also be one whole number; use standard_normal(shape).",
    ko="*shape는 튜플만 풀 수 있어요. 정수 하나일 수도 있으니 standard_normal(shape)를 쓰세요.",
    killed_by="test_bell_curve",
    hint="source",
)
def unpacks_shape(student):
    def init_normal(shape, std=0.01, rng=None):
        if rng is not None:
            return std * rng.standard_normal(shape)
        return std * np.random.randn(*shape)

    student.init_normal = init_normal


@alternative("normal(mean, std, size) of either source, constants by arithmetic")
def normal_call(student):
    def init_normal(shape, std=0.01, rng=None):
        draw = np.random.normal if rng is None else rng.normal
        return draw(0.0, std, shape)

    student.init_normal = init_normal
    student.init_ones = lambda shape: np.zeros(shape) + 1
    student.init_constant = lambda shape, value: value * np.ones(shape)


@alternative("a fresh Generator where none is passed, empty and fill")
def fresh_generator(student):
    def init_constant(shape, value):
        w = np.empty(shape)
        w.fill(value)
        return w

    def init_normal(shape, std=0.01, rng=None):
        rng = rng or np.random.default_rng()
        return rng.normal(scale=std, size=shape)

    student.init_constant = init_constant
    student.init_normal = init_normal


@alternative("single precision, numbers one by one")
def loops(student):
    def init_normal(shape, std=0.01, rng=None):
        one = np.random.normal if rng is None else rng.normal
        w = np.zeros(shape, dtype=np.float32)
        flat = w.reshape(-1)
        for i in range(flat.size):
            flat[i] = std * one()
        return w

    student.init_zeros = lambda shape: np.zeros(shape, dtype=np.float32)
    student.init_constant = lambda shape, value: np.full(shape, value, dtype=np.float32)
    student.init_normal = init_normal
