import math

import numpy as np
from autograder.authoring import alternative, misconception


@misconception(
    "The ratio of exponentials is inf/inf = nan for large |x|; np.tanh is safe.",
    ko="지수의 비율을 그대로 계산하면 |x|가 클 때 inf/inf, 즉 nan이 돼요. np.tanh는 안전해요.",
    killed_by="test_curve",
    hint="numpy",
)
def exp_ratio(student):
    def tanh(x):
        return (np.exp(x) - np.exp(-x)) / (np.exp(x) + np.exp(-x))

    student.tanh = tanh


@misconception(
    "Almost: tanh(x) = 2 sigmoid(2x) - 1, so the argument has to be doubled as well.",
    ko="거의 맞아요. tanh(x) = 2 sigmoid(2x) - 1이니 인자도 두 배로 해야 해요.",
    killed_by="test_values_by_hand",
    hint="relatives",
)
def scaled_sigmoid(student):
    def tanh(x):
        return 2 / (1 + np.exp(-x)) - 1

    student.tanh = tanh


@misconception(
    "np.tan is the tangent of an angle; the activation is np.tanh.",
    ko="np.tan은 각도의 탄젠트예요. 활성화 함수는 np.tanh예요.",
    killed_by="test_values_by_hand",
    hint="numpy",
)
def tangent(student):
    def tanh(x):
        return np.tan(x)

    student.tanh = tanh


@misconception(
    "Your curve falls: the numerator is e^x - e^-x, not the other way round.",
    ko="곡선이 내려가고 있어요. 분자는 e^-x - e^x가 아니라 e^x - e^-x예요.",
    killed_by="test_values_by_hand",
    hint="numpy",
)
def sign_flip(student):
    def tanh(x):
        return np.tanh(-x)

    student.tanh = tanh


@misconception(
    "out=x writes the result over the caller's array; let NumPy make a new one.",
    ko="out=x는 호출한 쪽의 배열을 결과로 덮어써요. 새 배열에 계산하세요.",
    killed_by="test_curve",
    hint="numpy",
)
def overwrites_x(student):
    def tanh(x):
        return np.tanh(x, out=x) if x.dtype.kind == "f" else np.tanh(x)

    student.tanh = tanh


@misconception(
    "1 - x^2 uses the input where the output belongs; take y = tanh(x) first.",
    ko="1 - x^2에는 입력이 아니라 출력이 들어가야 해요. 먼저 y = tanh(x)를 구하세요.",
    killed_by="test_slope",
    hint="slope",
)
def grad_on_output(student):
    def tanh_grad(x):
        return 1 - x**2

    student.tanh_grad = tanh_grad


@misconception(
    "y(1 - y) belongs to the sigmoid; for tanh it is 1 - y^2.",
    ko="y(1 - y)는 시그모이드의 미분이에요. tanh는 1 - y^2예요.",
    killed_by="test_values_by_hand",
    hint="slope",
)
def slope_of_sigmoid(student):
    def tanh_grad(x):
        y = student.tanh(x)
        return y * (1 - y)

    student.tanh_grad = tanh_grad


@misconception(
    "The square is missing: the slope is 1 - y^2, not 1 - y.",
    ko="제곱이 빠졌어요. 기울기는 1 - y가 아니라 1 - y^2예요.",
    killed_by="test_values_by_hand",
    hint="slope",
)
def no_square(student):
    def tanh_grad(x):
        return 1 - student.tanh(x)

    student.tanh_grad = tanh_grad


@misconception(
    "The slope is 1 minus y^2; with a plus it would be steepest far away from 0.",
    ko="기울기는 1 + y^2가 아니라 1 - y^2예요. 0에서 멀어질수록 완만해져야 해요.",
    killed_by="test_slope",
    hint="slope",
)
def plus_square(student):
    def tanh_grad(x):
        return 1 + student.tanh(x) ** 2

    student.tanh_grad = tanh_grad


@misconception(
    "You set tanh to 1 or -1 where it has not arrived yet; np.tanh is exact everywhere.",
    ko="아직 ±1에 이르지 않은 곳에서 ±1로 바꾸고 있어요. np.tanh는 어디서나 정확해요.",
    killed_by="test_curve",
    hint="numpy",
)
def saturates_too_early(student):
    def tanh(x):
        return np.where(np.abs(x) > 3.5, np.sign(x), np.tanh(x))

    student.tanh = tanh


@alternative("by way of the sigmoid, with an exponential that cannot overflow")
def from_sigmoid(student):
    def tanh(x):
        e = np.exp(-2 * np.abs(x))
        return np.sign(x) * (1 - e) / (1 + e)

    def tanh_grad(x):
        y = tanh(x)
        return (1 - y) * (1 + y)

    student.tanh = tanh
    student.tanh_grad = tanh_grad


@alternative("element by element, in a loop")
def loops(student):
    def tanh(x):
        out = np.zeros(x.shape)
        for index in np.ndindex(x.shape):
            out[index] = math.tanh(x[index])
        return out

    student.tanh = tanh


@alternative("single precision inside")
def single_precision(student):
    def tanh(x):
        return np.tanh(np.asarray(x, dtype=np.float32))

    student.tanh = tanh


@alternative("the slope as 1 / cosh^2")
def reciprocal_cosh(student):
    def tanh_grad(x):
        return 1 / np.cosh(x) ** 2

    student.tanh_grad = tanh_grad


@alternative("in place on its own copies, never on x")
def own_buffers(student):
    def tanh(x):
        y = np.array(x, dtype=float)
        np.tanh(y, out=y)
        return y

    def tanh_grad(x):
        y = tanh(x)
        y *= -y
        y += 1
        return y

    student.tanh = tanh
    student.tanh_grad = tanh_grad
