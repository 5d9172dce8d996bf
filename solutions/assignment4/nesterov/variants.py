import numpy as np
from autograder.authoring import alternative, misconception


def zeros(params):
    return {key: np.zeros_like(value) for key, value in params.items()}


@misconception(
    "The momentum^2 term needs the velocity from BEFORE this step; you overwrote it first.",
    ko="momentum^2 항에는 갱신 전의 속도가 필요해요. 먼저 덮어써 버렸어요.",
    killed_by="test_two_steps",
    hint="both",
)
def new_velocity_for_old(student):
    def update(self, params, grads):
        if self.v is None:
            self.v = zeros(params)
        for key in params:
            self.v[key] = self.momentum * self.v[key] - self.lr * grads[key]
            params[key] += self.momentum**2 * self.v[key]
            params[key] -= (1 + self.momentum) * self.lr * grads[key]

    student.Nesterov.update = update


@misconception(
    "That is ordinary momentum; NAG adds the look ahead. (Or your name for the old velocity stands "
    "for the array that you changed with *= or -=.)",
    ko="일반 모멘텀이에요. NAG에는 앞을 내다보는 보정이 더해져요. (또는 옛 속도라고 이름 붙인 배열을 *=, -=로 바꿨어요.)",
    killed_by="test_two_steps",
    hint="lookahead",
)
def plain_momentum(student):
    def update(self, params, grads):
        if self.v is None:
            self.v = zeros(params)
        for key in params:
            self.v[key] = self.momentum * self.v[key] - self.lr * grads[key]
            params[key] += self.v[key]

    student.Nesterov.update = update


@misconception(
    "The gradient term lost its learning rate.",
    ko="기울기 항에 학습률이 빠졌어요.",
    killed_by="test_two_steps",
    hint="combine",
)
def missing_lr(student):
    def update(self, params, grads):
        if self.v is None:
            self.v = zeros(params)
        for key in params:
            old = self.v[key]
            self.v[key] = self.momentum * old - self.lr * grads[key]
            params[key] += self.momentum**2 * old - (1 + self.momentum) * grads[key]

    student.Nesterov.update = update


@misconception(
    "v is never stored, so every step is like the first one and nothing accelerates.",
    ko="v를 저장하지 않아서 매번 첫걸음과 같고 가속이 없어요.",
    killed_by="test_two_steps",
    hint="both",
)
def v_not_stored(student):
    def update(self, params, grads):
        if self.v is None:
            self.v = zeros(params)
        for key in params:
            step = self.momentum**2 * self.v[key] - (1 + self.momentum) * self.lr * grads[key]
            params[key] += step

    student.Nesterov.update = update


@misconception(
    "You look ahead but do not go back first: the old look ahead, momentum * v_old, is still in W.",
    ko="앞을 내다보기 전에 이전의 내다보기를 되돌리지 않았어요. momentum * v_old를 빼야 해요.",
    killed_by="test_two_steps",
    hint="combine",
)
def never_goes_back(student):
    def update(self, params, grads):
        if self.v is None:
            self.v = zeros(params)
        for key in params:
            self.v[key] = self.momentum * self.v[key] - self.lr * grads[key]
            params[key] += (1 + self.momentum) * self.v[key]

    student.Nesterov.update = update


@misconception(
    "The old velocity enters with momentum squared in this form of the rule, not with momentum.",
    ko="이 식에서 이전 속도의 계수는 momentum이 아니라 momentum의 제곱이에요.",
    killed_by="test_two_steps",
    hint="combine",
)
def not_squared(student):
    def update(self, params, grads):
        if self.v is None:
            self.v = zeros(params)
        for key in params:
            old = self.v[key]
            self.v[key] = self.momentum * old - self.lr * grads[key]
            params[key] += self.momentum * old - (1 + self.momentum) * self.lr * grads[key]

    student.Nesterov.update = update


@misconception(
    "The gradient enters once only: its factor is (1 + momentum) * lr, one part for the step and "
    "one for the look ahead.",
    ko="기울기의 계수는 (1 + momentum) * lr이에요. 걸음의 몫과 내다보기의 몫이 모두 필요해요.",
    killed_by="test_two_steps",
    hint="combine",
)
def gradient_once(student):
    def update(self, params, grads):
        if self.v is None:
            self.v = zeros(params)
        for key in params:
            old = self.v[key]
            self.v[key] = self.momentum * old - self.lr * grads[key]
            params[key] += self.momentum**2 * old - self.lr * grads[key]

    student.Nesterov.update = update


@misconception(
    "Numbers such as 1.9 or 0.81 are fixed in update; compute them from self.momentum.",
    ko="update 안에 1.9나 0.81 같은 숫자가 고정되어 있어요. self.momentum으로 계산하세요.",
    killed_by="test_many_steps",
    hint="combine",
)
def fixed_momentum(student):
    def update(self, params, grads):
        if self.v is None:
            self.v = zeros(params)
        for key in params:
            old = self.v[key]
            self.v[key] = 0.9 * old - self.lr * grads[key]
            params[key] += 0.81 * old - 1.9 * self.lr * grads[key]

    student.Nesterov.update = update


@misconception(
    "The gradient enters v with the wrong sign: v points downhill, so lr * gradient is subtracted.",
    ko="v의 부호가 반대예요. v는 내리막을 향하므로 -lr * 기울기로 이루어져요.",
    killed_by="test_looks_ahead",
    hint="combine",
)
def velocity_uphill(student):
    def update(self, params, grads):
        if self.v is None:
            self.v = zeros(params)
        for key in params:
            old = self.v[key]
            self.v[key] = self.momentum * old + self.lr * grads[key]
            params[key] += self.momentum**2 * old - (1 + self.momentum) * self.lr * grads[key]

    student.Nesterov.update = update


@misconception(
    "A new array is put into the dictionary, but the layers keep the old one; change the array "
    "itself, for example with +=.",
    ko="딕셔너리에는 새 배열이 들어가지만 층은 옛 배열을 갖고 있어요. += 등으로 배열 자체를 바꾸세요.",
    killed_by="test_in_place",
    hint="combine",
)
def rebinding(student):
    def update(self, params, grads):
        if self.v is None:
            self.v = zeros(params)
        for key in params:
            old = self.v[key]
            self.v[key] = self.momentum * old - self.lr * grads[key]
            step = (1 + self.momentum) * self.v[key] - self.momentum * old
            params[key] = params[key] + step

    student.Nesterov.update = update


@misconception(
    "One velocity is shared by all parameters; keep one for each key.",
    ko="모든 매개변수가 속도 하나를 함께 써요. 키마다 따로 두세요.",
    killed_by="test_own_velocity",
    hint="both",
)
def shared_velocity(student):
    def update(self, params, grads):
        for key in params:
            old = 0.0 if self.v is None else self.v
            self.v = self.momentum * old - self.lr * grads[key]
            params[key] += (1 + self.momentum) * self.v - self.momentum * old

    student.Nesterov.update = update


@misconception(
    "The velocity is stored on the class, so all optimizers share one; store it on self.",
    ko="속도를 클래스에 저장해서 모든 옵티마이저가 함께 써요. self에 저장하세요.",
    killed_by="test_own_velocity",
    hint="both",
)
def class_velocity(student):
    velocity = {}

    def update(self, params, grads):
        for key, value in params.items():
            old = velocity.get(key, np.zeros_like(value))
            velocity[key] = self.momentum * old - self.lr * grads[key]
            params[key] += (1 + self.momentum) * velocity[key] - self.momentum * old

    student.Nesterov.update = update


@misconception(
    "The velocity is the first gradient array itself, so the next step writes into grads; start from "
    "zeros or a copy.",
    ko="속도가 첫 기울기 배열 그 자체라서 다음 단계가 grads를 바꿔요. 0이나 복사본에서 시작하세요.",
    killed_by="test_in_place",
    hint="both",
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
            params[key] -= self.lr * (grads[key] + self.momentum * self.v[key])

    student.Nesterov.update = update


@alternative("the form with momentum squared, the velocity changed in place afterwards")
def squared_form(student):
    def update(self, params, grads):
        if self.v is None:
            self.v = zeros(params)
        for key in params:
            params[key] += self.momentum * self.momentum * self.v[key]
            params[key] -= (1 + self.momentum) * self.lr * grads[key]
            self.v[key] *= self.momentum
            self.v[key] -= self.lr * grads[key]

    student.Nesterov.update = update


@alternative("a buffer of gradients, as PyTorch keeps it")
def pytorch_form(student):
    class Nesterov:
        def __init__(self, lr=0.01, momentum=0.9):
            self.lr, self.momentum, self.buffers = lr, momentum, {}

        def update(self, params, grads):
            for key, gradient in grads.items():
                buffer = self.momentum * self.buffers.get(key, 0.0) + gradient
                self.buffers[key] = buffer
                params[key] -= self.lr * (gradient + self.momentum * buffer)

    student.Nesterov = Nesterov


@alternative("keeps the ball's own place and computes the place ahead from it")
def keeps_the_ball(student):
    class Nesterov:
        def __init__(self, lr=0.01, momentum=0.9):
            self.lr, self.momentum, self.balls = lr, momentum, None

        def update(self, params, grads):
            if self.balls is None:
                self.balls = {k: (p.copy(), np.zeros(p.shape)) for k, p in params.items()}
            for key, (ball, velocity) in self.balls.items():
                velocity = self.momentum * velocity - self.lr * grads[key]
                ball = ball + velocity
                self.balls[key] = ball, velocity
                params[key][:] = ball + self.momentum * velocity

    student.Nesterov = Nesterov


@alternative("single precision inside")
def single_precision(student):
    def update(self, params, grads):
        if self.v is None:
            self.v = {key: np.zeros(value.shape, np.float32) for key, value in params.items()}
        for key, gradient in grads.items():
            old = self.v[key]
            self.v[key] = (self.momentum * old - self.lr * gradient).astype(np.float32)
            params[key] += (self.v[key] + self.momentum * (self.v[key] - old)).astype(np.float32)

    student.Nesterov.update = update
