import numpy as np
from autograder.authoring import alternative, misconception


def zeros(params):
    return {key: np.zeros_like(value) for key, value in params.items()}


@misconception(
    "The velocity starts from zero in every call, so nothing is accumulated; keep it on self.",
    ko="호출할 때마다 v가 0에서 시작해서 쌓이는 것이 없어요. self에 보관하세요.",
    killed_by="test_three_steps",
    hint="memory",
)
def v_reset(student):
    def update(self, params, grads):
        self.v = zeros(params)
        for key in params:
            self.v[key] = self.momentum * self.v[key] - self.lr * grads[key]
            params[key] += self.v[key]

    student.Momentum.update = update


@misconception(
    "The old velocity is not multiplied by momentum, so it never fades and the ball never stops.",
    ko="이전 속도에 momentum을 곱하지 않아서 속도가 줄지 않고 공이 멈추지 않아요.",
    killed_by="test_three_steps",
    hint="order",
)
def no_friction(student):
    def update(self, params, grads):
        if self.v is None:
            self.v = zeros(params)
        for key in params:
            self.v[key] = self.v[key] - self.lr * grads[key]
            params[key] += self.v[key]

    student.Momentum.update = update


@misconception(
    "The factor (1 - momentum) belongs to an exponential average (Adam). Here the gradient enters "
    "with lr alone; your steps are 10 times too small.",
    ko="(1 - momentum)은 지수 이동 평균(Adam)의 계수예요. 여기서는 lr만 곱해요. 지금은 보폭이 10배 작아요.",
    killed_by="test_three_steps",
    hint="order",
)
def ema_form(student):
    def update(self, params, grads):
        if self.v is None:
            self.v = zeros(params)
        for key in params:
            step = (1 - self.momentum) * self.lr * grads[key]
            self.v[key] = self.momentum * self.v[key] - step
            params[key] += self.v[key]

    student.Momentum.update = update


@misconception(
    "W moves with the velocity of the step before; update v first, then add the new v.",
    ko="W가 이전 속도로 움직여요. v를 먼저 갱신하고 새 v를 더하세요.",
    killed_by="test_three_steps",
    hint="order",
)
def old_velocity(student):
    def update(self, params, grads):
        if self.v is None:
            self.v = zeros(params)
        for key in params:
            params[key] += self.v[key]
            self.v[key] = self.momentum * self.v[key] - self.lr * grads[key]

    student.Momentum.update = update


@misconception(
    "The ball rolls uphill: the gradient is subtracted once, in v, and then v is added to W.",
    ko="공이 오르막으로 굴러가요. 기울기는 v에서 한 번만 빼고, W에는 v를 더하세요.",
    killed_by="test_three_steps",
    hint="order",
)
def rolls_uphill(student):
    def update(self, params, grads):
        if self.v is None:
            self.v = zeros(params)
        for key in params:
            self.v[key] = self.momentum * self.v[key] + self.lr * grads[key]
            params[key] += self.v[key]

    student.Momentum.update = update


@misconception(
    "The learning rate is applied twice: once in v and once more when W moves.",
    ko="학습률이 두 번 곱해졌어요. v를 계산할 때 한 번이면 충분해요.",
    killed_by="test_three_steps",
    hint="order",
)
def lr_twice(student):
    def update(self, params, grads):
        if self.v is None:
            self.v = zeros(params)
        for key in params:
            self.v[key] = self.momentum * self.v[key] - self.lr * grads[key]
            params[key] += self.lr * self.v[key]

    student.Momentum.update = update


@misconception(
    "momentum also multiplies the new gradient; it belongs to the old velocity alone.",
    ko="새 기울기에도 momentum을 곱했어요. momentum은 이전 속도에만 곱해요.",
    killed_by="test_three_steps",
    hint="order",
)
def friction_on_gradient(student):
    def update(self, params, grads):
        if self.v is None:
            self.v = zeros(params)
        for key in params:
            self.v[key] = self.momentum * (self.v[key] - self.lr * grads[key])
            params[key] += self.v[key]

    student.Momentum.update = update


@misconception(
    "The momentum is a fixed 0.9 in update; use the one that the object was given.",
    ko="update 안의 momentum이 0.9로 고정되어 있어요. 객체가 받은 self.momentum을 쓰세요.",
    killed_by="test_many_steps",
    hint="order",
)
def fixed_momentum(student):
    def update(self, params, grads):
        if self.v is None:
            self.v = zeros(params)
        for key in params:
            self.v[key] = 0.9 * self.v[key] - self.lr * grads[key]
            params[key] += self.v[key]

    student.Momentum.update = update


@misconception(
    "A new array is put into the dictionary, but the layers keep the old one; change the array "
    "itself, for example with +=.",
    ko="딕셔너리에는 새 배열이 들어가지만 층은 옛 배열을 갖고 있어요. += 등으로 배열 자체를 바꾸세요.",
    killed_by="test_in_place",
    hint="order",
)
def rebinding(student):
    def update(self, params, grads):
        if self.v is None:
            self.v = zeros(params)
        for key in params:
            self.v[key] = self.momentum * self.v[key] - self.lr * grads[key]
            params[key] = params[key] + self.v[key]

    student.Momentum.update = update


@misconception(
    "You change grads; the caller may still need the true gradients. Multiply into a new array.",
    ko="grads를 바꾸고 있어요. 호출한 쪽이 원래 기울기를 아직 쓸 수 있으니 새 배열에 곱하세요.",
    killed_by="test_in_place",
    hint="order",
)
def scales_grads(student):
    def update(self, params, grads):
        if self.v is None:
            self.v = zeros(params)
        for key in params:
            grads[key] *= self.lr
            self.v[key] = self.momentum * self.v[key] - grads[key]
            params[key] += self.v[key]

    student.Momentum.update = update


@misconception(
    "One velocity is shared by all parameters; keep one for each key.",
    ko="모든 매개변수가 속도 하나를 함께 써요. 키마다 따로 두세요.",
    killed_by="test_own_velocity",
    hint="memory",
)
def shared_velocity(student):
    def update(self, params, grads):
        for key in params:
            old = 0.0 if self.v is None else self.v
            self.v = self.momentum * old - self.lr * grads[key]
            params[key] += self.v

    student.Momentum.update = update


@misconception(
    "The velocity is stored on the class, so all optimizers share one; store it on self.",
    ko="속도를 클래스에 저장해서 모든 옵티마이저가 함께 써요. self에 저장하세요.",
    killed_by="test_own_velocity",
    hint="memory",
)
def class_velocity(student):
    velocity = {}

    def update(self, params, grads):
        for key, value in params.items():
            velocity.setdefault(key, np.zeros_like(value))
            velocity[key] = self.momentum * velocity[key] - self.lr * grads[key]
            params[key] += velocity[key]

    student.Momentum.update = update


@misconception(
    "You move only where the gradient is not 0, but the velocity rolls on there too.",
    ko="기울기가 0이 아닌 곳만 움직여요. 기울기가 0이어도 속도는 계속 굴러가요.",
    killed_by="test_many_steps",
    hint="order",
)
def only_where_gradient(student):
    def update(self, params, grads):
        if self.v is None:
            self.v = zeros(params)
        for key in params:
            self.v[key] = self.momentum * self.v[key] - self.lr * grads[key]
            params[key] += np.where(grads[key] != 0, self.v[key], 0)

    student.Momentum.update = update


@misconception(
    "The velocity is the first gradient array itself, so the next step writes into grads; start from "
    "zeros or a copy.",
    ko="속도가 첫 기울기 배열 그 자체라서 다음 단계가 grads를 바꿔요. 0이나 복사본에서 시작하세요.",
    killed_by="test_in_place",
    hint="create",
)
def keeps_gradient_array(student):
    def update(self, params, grads):
        if self.v is None:
            self.v = {}
        for key in params:
            if key not in self.v:
                self.v[key] = grads[key]
            else:
                self.v[key] *= self.momentum
                self.v[key] += grads[key]
            params[key] -= self.lr * self.v[key]

    student.Momentum.update = update


@alternative("setdefault, and the velocity changed in place")
def velocity_in_place(student):
    def __init__(self, lr=0.01, momentum=0.9):
        self.lr, self.momentum, self.velocity = lr, momentum, {}

    def update(self, params, grads):
        for key, value in params.items():
            v = self.velocity.setdefault(key, np.zeros(value.shape))
            v *= self.momentum
            v -= self.lr * grads[key]
            value += v

    student.Momentum.__init__ = __init__
    student.Momentum.update = update


@alternative("the velocity without lr and with the other sign, as PyTorch keeps it")
def pytorch_form(student):
    class Momentum:
        def __init__(self, lr=0.01, momentum=0.9):
            self.lr, self.momentum, self.buffers = lr, momentum, {}

        def update(self, params, grads):
            for key, gradient in grads.items():
                buffer = self.momentum * self.buffers.get(key, 0.0) + gradient
                self.buffers[key] = buffer
                params[key] -= self.lr * buffer

    student.Momentum = Momentum


@alternative("remembers the last position instead of a velocity")
def heavy_ball(student):
    def __init__(self, lr=0.01, momentum=0.9):
        self.lr, self.momentum, self.last = lr, momentum, {}

    def update(self, params, grads):
        for key in params:
            here = params[key].copy()
            last = self.last.get(key, here)
            params[key][...] = here - self.lr * grads[key] + self.momentum * (here - last)
            self.last[key] = here

    student.Momentum.__init__ = __init__
    student.Momentum.update = update


@alternative("element by element, single precision inside")
def loops(student):
    def update(self, params, grads):
        if self.v is None:
            self.v = {key: np.zeros(value.shape, np.float32) for key, value in params.items()}
        for key in params:
            for index in np.ndindex(params[key].shape):
                v = self.momentum * self.v[key][index] - self.lr * grads[key][index]
                self.v[key][index] = v
                params[key][index] += self.v[key][index]

    student.Momentum.update = update
