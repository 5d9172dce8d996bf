import numpy as np
from autograder.authoring import alternative, misconception


@misconception(
    "The gradient of x is dout times y, and that of y is dout times x; yours are not swapped.",
    ko="x의 기울기에는 y가, y의 기울기에는 x가 곱해져요. 지금은 서로 바꾸지 않았어요.",
    killed_by="test_apple_bill",
    hint="swap",
)
def not_swapped(student):
    def backward(self, dout):
        return dout * self.x, dout * self.y

    student.MulLayer.backward = backward


@misconception(
    "You return the local derivatives only; the chain rule multiplies them by the incoming dout.",
    ko="국소 미분만 돌려주고 있어요. 연쇄 법칙에서는 상류에서 온 dout을 곱해야 해요.",
    killed_by="test_apple_bill",
    hint="swap",
)
def ignores_dout(student):
    def backward(self, dout):
        return self.y, self.x

    student.MulLayer.backward = backward


@misconception(
    "A sum does not share the gradient out: both inputs receive the whole dout.",
    ko="덧셈은 기울기를 나누지 않아요. 양쪽 모두 dout 전체를 받아요.",
    killed_by="test_sum_passes_on",
    hint="pass",
)
def add_halves(student):
    def backward(self, dout):
        return dout / 2, dout / 2

    student.AddLayer.backward = backward


@misconception(
    "A sum has the local derivative 1 on both sides, so backward passes dout on; yours returns 1.",
    ko="덧셈의 국소 미분은 양쪽 모두 1이니 dout을 그대로 전달하세요. 지금은 1을 돌려주고 있어요.",
    killed_by="test_sum_passes_on",
    hint="pass",
)
def add_returns_one(student):
    def backward(self, dout):
        return 1.0, 1.0

    student.AddLayer.backward = backward


@misconception(
    "The inputs are stored on the class, so two nodes overwrite each other; store them on self.",
    ko="입력을 클래스에 저장해서 노드끼리 덮어써요. self에 저장하세요.",
    killed_by="test_fruit_bill",
    hint="remember",
)
def class_state(student):
    def __init__(self):
        pass

    def forward(self, x, y):
        student.MulLayer.x, student.MulLayer.y = x, y
        return x * y

    student.MulLayer.__init__ = __init__
    student.MulLayer.forward = forward


@misconception(
    "The node keeps the inputs of its first forward for ever; store x and y anew on every call.",
    ko="첫 forward의 입력만 계속 기억하고 있어요. 호출할 때마다 x와 y를 새로 저장하세요.",
    killed_by="test_arrays_and_memory",
    hint="remember",
)
def first_inputs_only(student):
    def forward(self, x, y):
        if self.x is None:
            self.x, self.y = x, y
        return x * y

    student.MulLayer.forward = forward


@misconception(
    "backward writes into the inputs it remembered, so a second backward is wrong; multiply into new "
    "arrays.",
    ko="backward가 기억해 둔 입력을 덮어써서 두 번째 backward가 틀려요. 새 배열에 곱하세요.",
    killed_by="test_arrays_and_memory",
    hint="remember",
)
def overwrites_memory(student):
    def forward(self, x, y):
        self.x, self.y = np.array(x, dtype=float), np.array(y, dtype=float)
        return x * y

    def backward(self, dout):
        self.x *= dout
        self.y *= dout
        return self.y, self.x

    student.MulLayer.forward = forward
    student.MulLayer.backward = backward


@alternative("the backward step is a closure made in forward")
def closures(student):
    class MulLayer:
        def forward(self, x, y):
            self.pull_back = lambda dout: (np.multiply(dout, y), np.multiply(x, dout))
            return np.multiply(x, y)

        def backward(self, dout):
            return self.pull_back(dout)

    student.MulLayer = MulLayer


@alternative("copies of the inputs in one tuple; the sum hands out the same dout twice, in a list")
def tuple_and_list(student):
    class MulLayer:
        def forward(self, x, y):
            self.saved = (np.array(x), np.array(y))
            return self.saved[0] * self.saved[1]

        def backward(self, dout):
            x, y = self.saved
            return [y * dout, x * dout]

    class AddLayer:
        def forward(self, x, y):
            return np.add(x, y)

        def backward(self, dout):
            return [dout, dout]

    student.MulLayer = MulLayer
    student.AddLayer = AddLayer


@alternative("writes the products into buffers of its own")
def own_buffers(student):
    class MulLayer:
        def forward(self, x, y):
            self.x, self.y = np.array(x, dtype=float), np.array(y, dtype=float)
            return self.x * self.y

        def backward(self, dout):
            dx, dy = self.y.copy(), self.x.copy()
            dx *= dout
            dy *= dout
            return dx, dy

    student.MulLayer = MulLayer
