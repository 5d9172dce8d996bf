import math

import numpy as np
from autograder.authoring import alternative, misconception


@misconception(
    "The exponent needs a minus sign: your curve falls from 1 to 0 instead of rising.",
    ko="지수에 마이너스가 빠졌어요. 곡선이 0에서 1로 올라가야 하는데 내려가고 있어요.",
    killed_by="test_values_by_hand",
    hint="formula",
)
def sign_flip(student):
    def sigmoid(x):
        return 1 / (1 + np.exp(x))

    student.sigmoid = sigmoid


@misconception(
    "1 / 1 + np.exp(-x) is 1 plus the exponential; put the whole denominator in parentheses.",
    ko="1 / 1 + np.exp(-x)는 1에 지수를 더한 값이에요. 분모 전체를 괄호로 묶으세요.",
    killed_by="test_values_by_hand",
    hint="formula",
)
def missing_parentheses(student):
    def sigmoid(x):
        return 1 / 1 + np.exp(-x)

    student.sigmoid = sigmoid


@misconception(
    "math.exp takes a single number; np.exp works on the whole array.",
    ko="math.exp는 숫자 하나만 받아요. 배열에는 np.exp를 쓰세요.",
    killed_by="test_values_by_hand",
    hint="formula",
)
def math_exp(student):
    def sigmoid(x):
        return 1 / (1 + math.exp(-x))

    student.sigmoid = sigmoid


@misconception(
    "e^x / (1 + e^x) becomes inf/inf = nan for large x; 1 / (1 + e^-x) is safe.",
    ko="e^x / (1 + e^x)는 x가 크면 inf/inf, 즉 nan이 돼요. 1 / (1 + e^-x)로 쓰세요.",
    killed_by="test_far_out",
    hint="formula",
)
def exp_over_exp(student):
    def sigmoid(x):
        return np.exp(x) / (1 + np.exp(x))

    student.sigmoid = sigmoid


@misconception(
    "np.zeros_like(x) of an int array is an int array, which cuts every result down to 0.",
    ko="정수 배열의 np.zeros_like(x)는 정수 배열이라 결과가 모두 0으로 잘려요. 실수 배열을 쓰세요.",
    killed_by="test_symmetry_and_ints",
    hint="formula",
)
def int_buffer(student):
    def sigmoid(x):
        out = np.zeros_like(x)
        out[...] = 1 / (1 + np.exp(-x))
        return out

    student.sigmoid = sigmoid


@misconception(
    "You change the sign of x in place, and the caller's array with it; write -x instead.",
    ko="x의 부호를 제자리에서 바꿔서 호출한 쪽의 배열까지 달라져요. -x를 쓰세요.",
    killed_by="test_symmetry_and_ints",
    hint="formula",
)
def negates_in_place(student):
    def sigmoid(x):
        x *= -1
        return 1 / (1 + np.exp(x))

    student.sigmoid = sigmoid


@misconception(
    "You put x itself into y(1 - y); y is the sigmoid of x, so compute that first.",
    ko="y(1 - y)에 x를 그대로 넣었어요. y는 x의 시그모이드이니 먼저 그 값을 구하세요.",
    killed_by="test_values_by_hand",
    hint="receives",
)
def grad_on_output(student):
    def sigmoid_grad(x):
        return x * (1 - x)

    student.sigmoid_grad = sigmoid_grad


@misconception(
    "The slope is y(1 - y), not y(1 + y): it can never exceed 0.25.",
    ko="미분은 y(1 + y)가 아니라 y(1 - y)예요. 값이 0.25를 넘을 수 없다는 점으로 확인하세요.",
    killed_by="test_values_by_hand",
    hint="slope",
)
def grad_plus(student):
    def sigmoid_grad(x):
        y = student.sigmoid(x)
        return y * (1 + y)

    student.sigmoid_grad = sigmoid_grad


@misconception(
    "You apply the sigmoid twice in the slope: y is sigmoid(x) already.",
    ko="미분에서 시그모이드를 두 번 적용했어요. y가 이미 sigmoid(x)예요.",
    killed_by="test_values_by_hand",
    hint="receives",
)
def sigmoid_twice(student):
    def sigmoid_grad(x):
        y = student.sigmoid(x)
        return student.sigmoid(y) * (1 - student.sigmoid(y))

    student.sigmoid_grad = sigmoid_grad


@misconception(
    "1 - y^2 is the slope of tanh; the sigmoid has y(1 - y).",
    ko="1 - y^2는 tanh의 미분이에요. 시그모이드는 y(1 - y)예요.",
    killed_by="test_slope",
    hint="slope",
)
def slope_of_tanh(student):
    def sigmoid_grad(x):
        return 1 - student.sigmoid(x) ** 2

    student.sigmoid_grad = sigmoid_grad


@misconception(
    "sigmoid_grad writes into an array of x's whole-number type, which cuts every slope down to 0.",
    ko="sigmoid_grad의 결과 배열이 x의 정수형을 따라서 기울기가 모두 0으로 잘려요.",
    killed_by="test_symmetry_and_ints",
    hint="slope",
)
def grad_int_buffer(student):
    def sigmoid_grad(x):
        y = student.sigmoid(x)
        out = np.zeros_like(x)
        out[...] = y * (1 - y)
        return out

    student.sigmoid_grad = sigmoid_grad


@misconception(
    "For a single number math.exp raises OverflowError at -1000; np.exp serves numbers as well.",
    ko="수 하나일 때 math.exp는 -1000에서 OverflowError를 내요. np.exp는 수에도 쓸 수 있어요.",
    killed_by="test_far_out",
    hint="formula",
)
def math_exp_for_numbers(student):
    import math

    right = student.sigmoid

    def sigmoid(x):
        return 1 / (1 + math.exp(-x)) if np.ndim(x) == 0 else right(x)

    student.sigmoid = sigmoid


@alternative("the book's two one-liners, which warn about overflow and are right")
def book(student):
    def sigmoid(x):
        return 1 / (1 + np.exp(-x))

    def sigmoid_grad(x):
        return (1.0 - sigmoid(x)) * sigmoid(x)

    student.sigmoid = sigmoid
    student.sigmoid_grad = sigmoid_grad


@alternative("by way of tanh and cosh")
def hyperbolic(student):
    def sigmoid(x):
        return 0.5 * (1 + np.tanh(0.5 * np.asarray(x)))

    def sigmoid_grad(x):
        return 0.25 / np.cosh(0.5 * np.asarray(x)) ** 2

    student.sigmoid = sigmoid
    student.sigmoid_grad = sigmoid_grad


@alternative("element by element, with math.exp on the safe side of 0")
def loops(student):
    def sigmoid(x):
        x = np.asarray(x, dtype=float)
        out = np.zeros(x.shape)
        for index in np.ndindex(x.shape):
            if x[index] >= 0:
                out[index] = 1.0 / (1.0 + math.exp(-x[index]))
            else:
                e = math.exp(x[index])
                out[index] = e / (1.0 + e)
        return out

    student.sigmoid = sigmoid


@alternative("single precision inside, x clipped where the answer is 0 or 1 anyway")
def single_precision(student):
    def sigmoid(x):
        x = np.clip(np.asarray(x, dtype=np.float32), -80, 80)
        return 1 / (1 + np.exp(-x))

    def sigmoid_grad(x):
        y = sigmoid(x)
        return y - y**2

    student.sigmoid = sigmoid
    student.sigmoid_grad = sigmoid_grad


@alternative("the negative half mirrored, in place on its own copy")
def mirrored(student):
    def sigmoid(x):
        y = np.array(x, dtype=float)
        np.abs(y, out=y)
        np.negative(y, out=y)
        np.exp(y, out=y)
        y += 1
        np.reciprocal(y, out=y)
        return np.where(np.less(x, 0), 1 - y, y)

    student.sigmoid = sigmoid
