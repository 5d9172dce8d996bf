import numpy as np
from autograder.authoring import alternative, misconception


@misconception(
    "self.out is already sigmoid(x); taking the sigmoid of it again gives a wrong slope.",
    ko="self.out은 이미 sigmoid(x)예요. 다시 시그모이드를 적용하면 기울기가 틀려요.",
    killed_by="test_values_by_hand",
    hint="output",
)
def derivative_of_out(student):
    def backward(self, dout):
        y = 1 / (1 + np.exp(-self.out))
        return dout * y * (1 - y)

    student.Sigmoid.backward = backward


@misconception(
    "You return the local slope only; multiply it by dout (chain rule).",
    ko="국소 미분만 돌려주고 있어요. dout을 곱하세요(연쇄 법칙).",
    killed_by="test_values_by_hand",
    hint="product",
)
def no_dout(student):
    def backward(self, dout):
        return self.out * (1 - self.out)

    student.Sigmoid.backward = backward


@misconception(
    "The slope is y(1 - y), not y(1 + y).",
    ko="기울기는 y(1 + y)가 아니라 y(1 - y)예요.",
    killed_by="test_values_by_hand",
    hint="product",
)
def plus(student):
    def backward(self, dout):
        return dout * self.out * (1 + self.out)

    student.Sigmoid.backward = backward


@misconception(
    "1 - y^2 is the slope of tanh; the sigmoid has y(1 - y).",
    ko="1 - y^2는 tanh의 미분이에요. 시그모이드는 y(1 - y)예요.",
    killed_by="test_values_by_hand",
    hint="product",
)
def one_minus_squared(student):
    def backward(self, dout):
        return dout * (1 - self.out**2)

    student.Sigmoid.backward = backward


@misconception(
    "The minus in the exponent is missing: your curve falls where the sigmoid rises.",
    ko="지수에 마이너스가 빠졌어요. 시그모이드는 올라가야 하는데 내려가고 있어요.",
    killed_by="test_values_by_hand",
    hint="output",
)
def sign_of_exponent(student):
    def forward(self, x):
        self.out = 1 / (1 + np.exp(x))
        return self.out

    student.Sigmoid.forward = forward


@misconception(
    "backward writes into dout, which may be used elsewhere too; multiply into a new array.",
    ko="backward가 dout을 직접 바꿔요. 다른 곳에서도 쓸 수 있으니 새 배열에 계산하세요.",
    killed_by="test_numerical_gradient",
    hint="product",
)
def mutates_dout(student):
    def backward(self, dout):
        dout *= self.out * (1 - self.out)
        return dout

    student.Sigmoid.backward = backward


@misconception(
    "The output is only remembered on the first call; store it in every forward.",
    ko="첫 호출의 출력만 기억하고 있어요. forward마다 새로 저장하세요.",
    killed_by="test_memory_and_vanishing",
    hint="save",
)
def first_output_only(student):
    def forward(self, x):
        out = 1 / (1 + np.exp(-x))
        if self.out is None:
            self.out = out
        return out

    student.Sigmoid.forward = forward


@alternative("branches on the sign of x, so that exp never overflows")
def stable_branches(student):
    class Sigmoid:
        def forward(self, x):
            e = np.exp(-np.abs(x))
            self.y = np.where(x >= 0, 1 / (1 + e), e / (1 + e))
            return self.y.copy()

        def backward(self, dout):
            return (self.y - self.y**2) * dout

    student.Sigmoid = Sigmoid


@alternative("by way of tanh, remembering x instead of the output")
def tanh_formula(student):
    def forward(self, x):
        self.x = x.copy()
        return 0.5 * (1 + np.tanh(0.5 * x))

    def backward(self, dout):
        return dout / (4 * np.cosh(0.5 * self.x) ** 2)

    student.Sigmoid.forward = forward
    student.Sigmoid.backward = backward


@alternative("single precision inside")
def single_precision(student):
    def forward(self, x):
        self.out = 1 / (1 + np.exp(-x.astype(np.float32)))
        return self.out

    def backward(self, dout):
        return dout.astype(np.float32) * (1 - self.out) * self.out

    student.Sigmoid.forward = forward
    student.Sigmoid.backward = backward


@alternative("element by element, in a loop")
def loops(student):
    def forward(self, x):
        self.out = np.empty(x.shape)
        for index in np.ndindex(x.shape):
            self.out[index] = 1.0 / (1.0 + np.exp(-x[index]))
        return self.out

    def backward(self, dout):
        dx = np.empty(dout.shape)
        for index in np.ndindex(dout.shape):
            dx[index] = dout[index] * self.out[index] * (1.0 - self.out[index])
        return dx

    student.Sigmoid.forward = forward
    student.Sigmoid.backward = backward
