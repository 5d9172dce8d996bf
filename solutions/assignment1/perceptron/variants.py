import numpy as np
from autograder.authoring import alternative, misconception


@misconception(
    "Your step fires at exactly 0; here it is 1 only for x > 0, so compare strictly.",
    ko="0에서도 1을 내고 있어요. 이 과제의 계단 함수는 x > 0일 때만 1이니 등호 없이 비교하세요.",
    killed_by="test_step_by_hand",
    hint="compare",
)
def step_ge(student):
    def step_function(x):
        return np.array(np.asarray(x) >= 0, dtype=int)

    student.step_function = step_function


@misconception(
    "A Python `if` wants one True or False and cannot decide for an array; compare element-wise.",
    ko="if 문은 참/거짓 하나만 판단할 수 있어서 배열에는 쓸 수 없어요. 원소별로 비교하세요.",
    killed_by="test_step_by_hand",
    hint="compare",
)
def python_if(student):
    def step_function(x):
        if x > 0:
            return 1
        else:
            return 0

    student.step_function = step_function


@misconception(
    "You decide once for the whole array; every element gets its own 0 or 1.",
    ko="배열 전체에 대해 한 번만 판단하고 있어요. 원소마다 0이나 1을 정하고 모양을 유지하세요.",
    killed_by="test_any_shape",
    hint="compare",
)
def all_at_once(student):
    def step_function(x):
        return np.array(1 if np.all(np.asarray(x) > 0) else 0)

    student.step_function = step_function


@misconception(
    "You return booleans; turn them into integers, so that you can calculate with them.",
    ko="불리언을 돌려주고 있어요. 이어지는 계산에 쓸 수 있게 정수로 바꾸세요.",
    killed_by="test_step_by_hand",
    hint="convert",
)
def step_bool(student):
    def step_function(x):
        return np.asarray(x) > 0

    student.step_function = step_function


@misconception(
    "Your step returns floats; the answers 0 and 1 should be integers (dtype=int).",
    ko="실수(float)를 돌려주고 있어요. 0과 1은 정수여야 해요(dtype=int).",
    killed_by="test_step_by_hand",
    hint="convert",
)
def step_float(student):
    def step_function(x):
        return np.where(np.asarray(x) > 0, 1.0, 0.0)

    student.step_function = step_function


@misconception(
    "np.sign gives -1 for negative numbers; a step function knows only 0 and 1.",
    ko="np.sign은 음수에 -1을 줘요. 계단 함수의 값은 0과 1뿐이에요.",
    killed_by="test_step_by_hand",
    hint="compare",
)
def sign(student):
    def step_function(x):
        return np.sign(x).astype(int)

    student.step_function = step_function


@misconception(
    "You turn x into integers before you compare, which makes 0.3 a 0; compare first.",
    ko="비교하기 전에 x를 정수로 바꿔서 0.3이 0이 돼요. 먼저 비교하고 나서 바꾸세요.",
    killed_by="test_near_zero",
    hint="convert",
)
def truncates_first(student):
    def step_function(x):
        return np.array(np.array(x, dtype=int) > 0, dtype=int)

    student.step_function = step_function


@misconception(
    "The identity function is not the identity matrix: it returns its input as it is.",
    ko="항등 함수는 단위 행렬이 아니에요. 입력을 그대로 돌려주세요.",
    killed_by="test_identity",
    hint="compare",
)
def identity_matrix(student):
    def identity_function(x):
        return np.identity(len(x))

    student.identity_function = identity_function


@misconception(
    "Your identity converts its input to float64; it should leave even the dtype alone.",
    ko="입력을 float64로 바꾸고 있어요. 항등 함수는 dtype도 그대로 두어야 해요.",
    killed_by="test_identity",
    hint="convert",
)
def identity_casts(student):
    def identity_function(x):
        return np.array(x, dtype=float)

    student.identity_function = identity_function


@misconception(
    "The bias never enters the sum; without it every line goes through 0 and AND is impossible.",
    ko="편향이 합에 들어가지 않았어요. 편향이 없으면 경계가 항상 원점을 지나서 AND를 만들 수 없어요.",
    killed_by="test_and_gate",
    hint="sum",
)
def no_bias(student):
    def perceptron(x, w, b):
        return student.step_function(np.dot(x, w))

    student.perceptron = perceptron


@misconception(
    "You subtract b as if it were a threshold; the bias is added.",
    ko="b를 임계값처럼 빼고 있어요. 편향은 더하는 값이에요.",
    killed_by="test_and_gate",
    hint="sum",
)
def minus_threshold(student):
    def perceptron(x, w, b):
        return student.step_function(np.dot(x, w) - b)

    student.perceptron = perceptron


@misconception(
    "You add the bias to every weight; it is added once, to the finished sum.",
    ko="편향을 가중치마다 더하고 있어요. 가중합이 끝난 뒤 한 번만 더하세요.",
    killed_by="test_and_gate",
    hint="sum",
)
def bias_in_weights(student):
    def perceptron(x, w, b):
        return student.step_function(np.dot(x, w + b))

    student.perceptron = perceptron


@misconception(
    "You return the weighted sum itself; the step function has to decide whether the neuron fires.",
    ko="가중합을 그대로 돌려주고 있어요. 계단 함수를 거쳐 0이나 1로 바꾸세요.",
    killed_by="test_and_gate",
    hint="sum",
)
def no_step(student):
    def perceptron(x, w, b):
        return np.dot(x, w) + b

    student.perceptron = perceptron


@misconception(
    "np.sum(x * w) adds up the whole batch; every row needs a sum of its own.",
    ko="np.sum(x * w)는 배치 전체를 더해요. 행마다 따로 더해야 해요.",
    killed_by="test_and_gate",
    hint="sum",
)
def sums_whole_batch(student):
    def perceptron(x, w, b):
        return student.step_function(np.sum(x * w) + b)

    student.perceptron = perceptron


@misconception(
    "The weights take the whole-number type of x and lose their decimals: 0.5 becomes 0.",
    ko="가중치가 x의 정수형으로 바뀌면서 소수점 아래가 사라져요. 0.5가 0이 돼요.",
    killed_by="test_other_neurons",
    hint="sum",
)
def weights_as_ints(student):
    def perceptron(x, w, b):
        return student.step_function(np.sum(x * w.astype(x.dtype), axis=-1) + b)

    student.perceptron = perceptron


@alternative("np.where, a copy for the identity, and the matrix product operator")
def where_and_copy(student):
    def identity_function(x):
        return np.copy(x)

    def step_function(x):
        return np.where(np.greater(x, 0), 1, 0)

    def perceptron(x, w, b):
        return (x @ w > -b).astype(np.int32)

    student.identity_function = identity_function
    student.step_function = step_function
    student.perceptron = perceptron


@alternative("the book's step function: compare, then astype")
def book(student):
    def step_function(x):
        return np.array(x > 0, dtype=np.int64)

    student.step_function = step_function


@alternative("element by element and sample by sample, in loops")
def loops(student):
    def step_function(x):
        x = np.asarray(x)
        out = np.zeros(x.shape, dtype=int)
        for index in np.ndindex(x.shape):
            if x[index] > 0:
                out[index] = 1
        return out

    def perceptron(x, w, b):
        if x.ndim == 1:
            total = 0.0
            for value, weight in zip(x, w):
                total += value * weight
            return 1 if total + b > 0 else 0
        return np.array([perceptron(row, w, b) for row in x])

    student.step_function = step_function
    student.perceptron = perceptron


@alternative("a weighted sum along the last axis, small integers, the Heaviside function")
def heaviside(student):
    def step_function(x):
        return np.heaviside(x, 0.0).astype(np.uint8)

    def perceptron(x, w, b):
        return student.step_function((x * w).sum(axis=-1) + b)

    student.step_function = step_function
    student.perceptron = perceptron
