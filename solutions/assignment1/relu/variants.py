import numpy as np
from autograder.authoring import alternative, misconception


@misconception(
    "np.max(x, 0) takes the largest entry along axis 0; you want np.maximum(0, x).",
    ko="np.max(x, 0)은 0번 축의 최댓값을 구해요. 원소별 비교는 np.maximum(0, x)예요.",
    killed_by="test_by_hand",
    hint="maximum",
)
def np_max(student):
    def relu(x):
        return np.max(x, 0)

    student.relu = relu


@misconception(
    "The second argument of np.max is an axis, so np.max(0, x) fails; np.maximum compares.",
    ko="np.max의 두 번째 인자는 축이라서 np.max(0, x)는 오류가 나요. 비교는 np.maximum이에요.",
    killed_by="test_by_hand",
    hint="maximum",
)
def np_max_swapped(student):
    def relu(x):
        return np.max(0, x)

    student.relu = relu


@misconception(
    "Python's max compares two numbers, not two arrays; use np.maximum.",
    ko="파이썬의 max는 숫자 둘을 비교할 뿐 배열은 비교하지 못해요. np.maximum을 쓰세요.",
    killed_by="test_by_hand",
    hint="maximum",
)
def python_max(student):
    def relu(x):
        return max(0, x)

    student.relu = relu


@misconception(
    "You overwrite the caller's array; copy it first or use np.maximum.",
    ko="호출한 쪽의 배열을 덮어쓰고 있어요. 복사하거나 np.maximum을 쓰세요.",
    killed_by="test_leaves_x",
    hint="maximum",
)
def in_place(student):
    def relu(x):
        x[x < 0] = 0
        return x

    student.relu = relu


@misconception(
    "ReLU drops the negative numbers; |x| turns them into positive ones.",
    ko="ReLU는 음수를 0으로 만들어요. 절댓값은 음수를 양수로 바꿔 버려요.",
    killed_by="test_by_hand",
    hint="maximum",
)
def absolute(student):
    def relu(x):
        return np.abs(x)

    student.relu = relu


@misconception(
    "You use min where max belongs: the negative numbers pass and the positive ones are stopped.",
    ko="max 자리에 min을 썼어요. 음수가 통과하고 양수가 막혀요.",
    killed_by="test_by_hand",
    hint="maximum",
)
def minimum(student):
    def relu(x):
        return np.minimum(0, x)

    student.relu = relu


@misconception(
    "ReLU has no upper end: only the sigmoid stays below 1.",
    ko="ReLU에는 위쪽 한계가 없어요. 1을 넘지 않는 것은 시그모이드예요.",
    killed_by="test_large_and_zero",
    hint="maximum",
)
def clipped(student):
    def relu(x):
        return np.clip(x, 0, 1)

    student.relu = relu


@misconception(
    "That is a leaky ReLU; here negative numbers become exactly 0.",
    ko="그건 leaky ReLU예요. 이 과제에서는 음수가 정확히 0이 돼야 해요.",
    killed_by="test_by_hand",
    hint="maximum",
)
def leaky(student):
    def relu(x):
        return np.where(x > 0, x, 0.01 * x)

    student.relu = relu


@misconception(
    "np.zeros(x) reads x as a shape; np.zeros_like(x) makes zeros with the shape of x.",
    ko="np.zeros(x)는 x를 모양으로 해석해요. x와 같은 모양의 0 배열은 np.zeros_like(x)예요.",
    killed_by="test_slope",
    hint="shape",
)
def zeros_of_x(student):
    def relu_grad(x):
        grad = np.zeros(x)
        grad[x >= 0] = 1
        return grad

    student.relu_grad = relu_grad


@misconception(
    "The slope of ReLU is 1 where x > 0, not x itself.",
    ko="x > 0에서 ReLU의 기울기는 x가 아니라 1이에요.",
    killed_by="test_by_hand",
    hint="mask",
)
def grad_returns_x(student):
    def relu_grad(x):
        return np.maximum(0, x)

    student.relu_grad = relu_grad


@misconception(
    "relu_grad returns booleans; turn them into numbers, so that you can multiply and subtract.",
    ko="relu_grad가 불리언을 돌려줘요. 곱하고 뺄 수 있게 숫자로 바꾸세요.",
    killed_by="test_by_hand",
    hint="mask",
)
def grad_bool(student):
    def relu_grad(x):
        return x > 0

    student.relu_grad = relu_grad


@misconception(
    "relu(x) / x is 0/0 = nan at 0; decide by the sign of x instead of dividing.",
    ko="relu(x) / x는 0에서 0/0, 즉 nan이에요. 나누지 말고 x의 부호로 판단하세요.",
    killed_by="test_large_and_zero",
    hint="mask",
)
def grad_by_division(student):
    def relu_grad(x):
        return np.maximum(0, x) / x

    student.relu_grad = relu_grad


@misconception(
    "(sign(x) + 1) / 2 is a half at exactly 0; the slope there must be 0 or 1.",
    ko="(sign(x) + 1) / 2는 0에서 0.5가 돼요. 0에서의 기울기는 0이나 1이어야 해요.",
    killed_by="test_large_and_zero",
    hint="mask",
)
def grad_half_at_zero(student):
    def relu_grad(x):
        return (np.sign(x) + 1) / 2

    student.relu_grad = relu_grad


@misconception(
    "The slope left of 0 is 0, not -1: ReLU is flat there.",
    ko="0 왼쪽의 기울기는 -1이 아니라 0이에요. ReLU는 그곳에서 평평해요.",
    killed_by="test_slope",
    hint="mask",
)
def grad_is_sign(student):
    def relu_grad(x):
        return np.where(x > 0, 1.0, -1.0)

    student.relu_grad = relu_grad


@misconception(
    "np.vectorize cannot work on a batch without rows; compare the whole array at once.",
    ko="np.vectorize는 행이 없는 배치를 처리하지 못해요. 배열 전체를 한 번에 비교하세요.",
    killed_by="test_any_shape",
    hint="shape",
)
def grad_without_rows(student):
    student.relu_grad = np.vectorize(lambda v: 1.0 if v > 0 else 0.0)


@alternative("the book's relu_grad: zeros_like, then 1 from 0 on")
def book(student):
    def relu_grad(x):
        grad = np.zeros_like(x)
        grad[x >= 0] = 1
        return grad

    student.relu_grad = relu_grad


@alternative("a mask, multiplied")
def mask(student):
    def relu(x):
        return x * (x > 0)

    def relu_grad(x):
        return (x > 0) * 1

    student.relu = relu
    student.relu_grad = relu_grad


@alternative("(x + |x|) / 2 and the Heaviside function")
def absolute_value(student):
    def relu(x):
        return (x + np.abs(x)) / 2

    def relu_grad(x):
        return np.heaviside(x, 1.0)

    student.relu = relu
    student.relu_grad = relu_grad


@alternative("element by element, in loops")
def loops(student):
    def relu(x):
        out = np.zeros(x.shape)
        for index in np.ndindex(x.shape):
            out[index] = max(0.0, x[index])
        return out

    def relu_grad(x):
        out = np.zeros(x.shape, dtype=int)
        for index in np.ndindex(x.shape):
            if x[index] > 0:
                out[index] = 1
        return out

    student.relu = relu
    student.relu_grad = relu_grad


@alternative("in place on its own copy, single precision for the slope")
def own_copy(student):
    def relu(x):
        out = x.copy()
        out[out < 0] = 0
        return out

    def relu_grad(x):
        return (np.asarray(x) > 0).astype(np.float32)

    student.relu = relu
    student.relu_grad = relu_grad


@alternative("the sign of the output")
def sign_of_output(student):
    def relu_grad(x):
        return np.sign(student.relu(x))

    student.relu_grad = relu_grad
