import numpy as np
from autograder.authoring import alternative, misconception


@misconception(
    "You test the sign of dout; the gate was decided by x during forward (store the mask there).",
    ko="dout의 부호를 보고 있어요. 통과 여부는 순전파의 x가 결정하므로 그때 마스크를 저장하세요.",
    killed_by="test_numerical_gradient",
    hint="mask",
)
def mask_from_dout(student):
    def backward(self, dout):
        return np.where(dout > 0, dout, 0)

    student.Relu.backward = backward


@misconception(
    "The mask is inverted: you keep the gradient exactly where the unit was off.",
    ko="마스크가 반대예요. 꺼져 있던 곳의 기울기만 남기고 있어요.",
    killed_by="test_lecture_example",
    hint="where",
)
def inverted_mask(student):
    def backward(self, dout):
        return np.where(self.mask, dout, 0)

    student.Relu.backward = backward


@misconception(
    "You return 1 where the gate is open; multiply by dout, or the chain of derivatives ends here.",
    ko="열린 곳에서 1을 돌려주고 있어요. dout을 곱하지 않으면 연쇄 법칙이 여기서 끊겨요.",
    killed_by="test_lecture_example",
    hint="where",
)
def ignores_dout(student):
    def backward(self, dout):
        return np.where(self.mask, 0.0, 1.0)

    student.Relu.backward = backward


@misconception(
    "Large values are cut off, as in ReLU6; ReLU has no upper bound.",
    ko="ReLU6처럼 큰 값을 잘라요. ReLU에는 상한이 없어요.",
    killed_by="test_memory_and_shapes",
    hint="where",
)
def relu6(student):
    def forward(self, x):
        self.mask = (x <= 0) | (x >= 6)
        return np.clip(x, 0, 6)

    student.Relu.forward = forward


@misconception(
    "backward does not use the mask: the gradient also flows through the units that were off.",
    ko="backward에서 마스크를 쓰지 않았어요. 꺼져 있던 곳으로도 기울기가 흘러가요.",
    killed_by="test_lecture_example",
    hint="gate",
)
def no_gate(student):
    def backward(self, dout):
        return dout

    student.Relu.backward = backward


@misconception(
    "forward overwrites its input, which other layers still need; write into a copy.",
    ko="forward가 입력을 덮어써요. 다른 층이 아직 필요로 하니 복사본에 쓰세요.",
    killed_by="test_exactly_zero",
    hint="where",
)
def forward_inplace(student):
    def forward(self, x):
        self.mask = x <= 0
        x[self.mask] = 0
        return x

    student.Relu.forward = forward


@misconception(
    "At exactly 0 the gradient is 0 in this course: the mask is x <= 0, not x < 0.",
    ko="이 과제에서는 x = 0에서 기울기가 0이에요. 마스크는 x < 0이 아니라 x <= 0이에요.",
    killed_by="test_exactly_zero",
    hint="mask",
)
def strict_mask(student):
    def forward(self, x):
        self.mask = x < 0
        return np.where(self.mask, 0, x)

    student.Relu.forward = forward


@misconception(
    "The mask is only set by the first batch; make a new one in every forward.",
    ko="마스크가 첫 배치에서만 정해져요. forward마다 새로 만드세요.",
    killed_by="test_memory_and_shapes",
    hint="gate",
)
def mask_once(student):
    def forward(self, x):
        if self.mask is None:
            self.mask = x <= 0
        return np.where(x <= 0, 0, x)

    student.Relu.forward = forward


@misconception(
    "The mask is stored on the class, so all ReLU layers share one; store it on self.",
    ko="마스크를 클래스에 저장해서 모든 ReLU 층이 함께 써요. self에 저장하세요.",
    killed_by="test_memory_and_shapes",
    hint="gate",
)
def class_mask(student):
    def __init__(self):
        pass

    def forward(self, x):
        student.Relu.mask = x <= 0
        return np.where(student.Relu.mask, 0, x)

    student.Relu.__init__ = __init__
    student.Relu.forward = forward


@alternative("element by element, in a loop")
def loops(student):
    class Relu:
        def forward(self, x):
            out = np.zeros(x.shape)
            self.on = np.zeros(x.shape, dtype=bool)
            for index in np.ndindex(x.shape):
                if x[index] > 0:
                    out[index] = x[index]
                    self.on[index] = True
            return out

        def backward(self, dout):
            dx = np.zeros(dout.shape)
            for index in np.ndindex(dout.shape):
                if self.on[index]:
                    dx[index] = dout[index]
            return dx

    student.Relu = Relu


@alternative("single precision inside")
def single_precision(student):
    class Relu:
        def forward(self, x):
            x = x.astype(np.float32)
            self.gate = (x > 0).astype(np.float32)
            return x * self.gate

        def backward(self, dout):
            return dout.astype(np.float32) * self.gate

    student.Relu = Relu


@alternative("writes into a copy in forward and into dout in backward, as the book does")
def in_place_dout(student):
    def forward(self, x):
        self.mask = x <= 0
        out = x.copy()
        out[self.mask] = 0
        return out

    def backward(self, dout):
        dout[self.mask] = 0
        return dout

    student.Relu.forward = forward
    student.Relu.backward = backward


@alternative("keeps a copy of x and uses (x + |x|) / 2")
def absolute_value(student):
    def forward(self, x):
        self.x = np.array(x)
        return (self.x + np.abs(self.x)) / 2

    def backward(self, dout):
        return dout * np.heaviside(self.x, 0.0)

    student.Relu.forward = forward
    student.Relu.backward = backward


@alternative("reads the gates from the output")
def gates_from_output(student):
    def forward(self, x):
        self.out = np.maximum(x, 0)
        return self.out.copy()

    def backward(self, dout):
        return dout * (self.out > 0)

    student.Relu.forward = forward
    student.Relu.backward = backward
