import numpy as np
from autograder.authoring import alternative, misconception


def zeros(params):
    return {key: np.zeros_like(value) for key, value in params.items()}


@misconception(
    "RMSprop: nothing is forgotten, that is AdaGrad. Multiply the old h by decay_rate and the new "
    "square by 1 - decay_rate.",
    ko="RMSprop: 아무것도 잊지 않으니 AdaGrad예요. 이전 h에는 decay_rate를, 새 제곱에는 1 - decay_rate를 곱하세요.",
    killed_by="test_rmsprop_by_hand",
    hint="fade",
)
def is_adagrad(student):
    def update(self, params, grads):
        if self.h is None:
            self.h = zeros(params)
        for key in params:
            self.h[key] += grads[key] ** 2
            params[key] -= self.lr * grads[key] / (np.sqrt(self.h[key]) + 1e-7)

    student.RMSprop.update = update


@misconception(
    "RMSprop: without the factor (1 - decay_rate) h settles 100 times too high, and the steps become "
    "10 times too small.",
    ko="RMSprop: (1 - decay_rate)가 없으면 h가 100배 커지고 보폭은 10배 작아져요.",
    killed_by="test_rmsprop_by_hand",
    hint="fade",
)
def no_one_minus(student):
    def update(self, params, grads):
        if self.h is None:
            self.h = zeros(params)
        for key in params:
            self.h[key] = self.decay_rate * self.h[key] + grads[key] ** 2
            params[key] -= self.lr * grads[key] / (np.sqrt(self.h[key]) + 1e-7)

    student.RMSprop.update = update


@misconception(
    "RMSprop: the two factors are swapped. decay_rate (0.99) keeps the old h, 1 - decay_rate takes "
    "in the new square.",
    ko="RMSprop: 두 계수가 바뀌었어요. decay_rate(0.99)는 이전 h에, 1 - decay_rate는 새 제곱에 곱해요.",
    killed_by="test_rmsprop_by_hand",
    hint="fade",
)
def factors_swapped(student):
    def update(self, params, grads):
        if self.h is None:
            self.h = zeros(params)
        for key in params:
            old, new = self.h[key], grads[key] ** 2
            self.h[key] = (1 - self.decay_rate) * old + self.decay_rate * new
            params[key] -= self.lr * grads[key] / (np.sqrt(self.h[key]) + 1e-7)

    student.RMSprop.update = update


@misconception(
    "RMSprop: divide by the square root of h, not by h.",
    ko="RMSprop: h가 아니라 h의 제곱근으로 나누세요.",
    killed_by="test_rmsprop_by_hand",
    hint="fade",
)
def no_sqrt(student):
    def update(self, params, grads):
        if self.h is None:
            self.h = zeros(params)
        for key in params:
            self.h[key] = self.decay_rate * self.h[key] + (1 - self.decay_rate) * grads[key] ** 2
            params[key] -= self.lr * grads[key] / (self.h[key] + 1e-7)

    student.RMSprop.update = update


@misconception(
    "RMSprop: h averages the gradients; it must average their squares.",
    ko="RMSprop: h가 기울기를 평균 내고 있어요. 기울기의 제곱을 평균 내야 해요.",
    killed_by="test_rmsprop_by_hand",
    hint="fade",
)
def forgot_square(student):
    def update(self, params, grads):
        if self.h is None:
            self.h = zeros(params)
        for key in params:
            self.h[key] = self.decay_rate * self.h[key] + (1 - self.decay_rate) * grads[key]
            params[key] -= self.lr * grads[key] / (np.sqrt(np.abs(self.h[key])) + 1e-7)

    student.RMSprop.update = update


@misconception(
    "RMSprop: you correct the start as Adam does; RMSprop's first steps are meant to be larger.",
    ko="RMSprop: Adam처럼 편향을 보정했어요. RMSprop은 첫 보폭이 더 큰 것이 맞아요.",
    killed_by="test_rmsprop_by_hand",
    hint="fade",
)
def corrects_bias(student):
    def update(self, params, grads):
        if self.h is None:
            self.h = zeros(params)
            self.count = 0
        self.count += 1
        for key in params:
            self.h[key] = self.decay_rate * self.h[key] + (1 - self.decay_rate) * grads[key] ** 2
            root = np.sqrt(self.h[key] / (1 - self.decay_rate**self.count))
            params[key] -= self.lr * grads[key] / (root + 1e-7)

    student.RMSprop.update = update


@misconception(
    "RMSprop: the decay rate is a fixed 0.99 in update; use the one that the object was given.",
    ko="RMSprop: update 안의 감쇠율이 0.99로 고정되어 있어요. self.decay_rate를 쓰세요.",
    killed_by="test_rmsprop_many_steps",
    hint="fade",
)
def fixed_decay(student):
    def update(self, params, grads):
        if self.h is None:
            self.h = zeros(params)
        for key in params:
            self.h[key] = 0.99 * self.h[key] + 0.01 * grads[key] ** 2
            params[key] -= self.lr * grads[key] / (np.sqrt(self.h[key]) + 1e-7)

    student.RMSprop.update = update


@misconception(
    "RMSprop: h never gets smaller than its largest value; let it fade in both directions.",
    ko="RMSprop: h가 최댓값 아래로 내려가지 않아요. 작아지기도 해야 해요.",
    killed_by="test_rmsprop_forgets",
    hint="fade",
)
def keeps_maximum(student):
    def update(self, params, grads):
        if self.h is None:
            self.h = zeros(params)
        for key in params:
            new = self.decay_rate * self.h[key] + (1 - self.decay_rate) * grads[key] ** 2
            self.h[key] = np.maximum(self.h[key], new)
            params[key] -= self.lr * grads[key] / (np.sqrt(self.h[key]) + 1e-7)

    student.RMSprop.update = update


@misconception(
    "RMSprop: nothing keeps 0 / 0 away; an element whose gradient was always 0 becomes nan. Add 1e-7 "
    "to the root.",
    ko="RMSprop: 0 / 0을 막지 못해요. 기울기가 계속 0이던 원소가 nan이 돼요. 제곱근에 1e-7을 더하세요.",
    killed_by="test_zero_gradient",
    hint="fade",
)
def no_epsilon(student):
    def update(self, params, grads):
        if self.h is None:
            self.h = zeros(params)
        for key in params:
            self.h[key] = self.decay_rate * self.h[key] + (1 - self.decay_rate) * grads[key] ** 2
            params[key] -= self.lr * grads[key] / np.sqrt(self.h[key])

    student.RMSprop.update = update


@misconception(
    "RMSprop: a new array is put into the dictionary, but the layers keep the old one; change the "
    "array itself, for example with -=.",
    ko="RMSprop: 딕셔너리에는 새 배열이 들어가지만 층은 옛 배열을 갖고 있어요. -= 등으로 배열 자체를 바꾸세요.",
    killed_by="test_rmsprop_in_place",
    hint="order",
)
def rmsprop_rebinding(student):
    def update(self, params, grads):
        if self.h is None:
            self.h = zeros(params)
        for key in params:
            self.h[key] = self.decay_rate * self.h[key] + (1 - self.decay_rate) * grads[key] ** 2
            step = self.lr * grads[key] / (np.sqrt(self.h[key]) + 1e-7)
            params[key] = params[key] - step

    student.RMSprop.update = update


@misconception(
    "RMSprop: h is stored on the class, so all optimizers share one; store it on self.",
    ko="RMSprop: h를 클래스에 저장해서 모든 옵티마이저가 함께 써요. self에 저장하세요.",
    killed_by="test_rmsprop_own_memory",
    hint="fade",
)
def class_memory(student):
    memory = {}

    def update(self, params, grads):
        for key, value in params.items():
            old = memory.get(key, np.zeros_like(value))
            memory[key] = self.decay_rate * old + (1 - self.decay_rate) * grads[key] ** 2
            params[key] -= self.lr * grads[key] / (np.sqrt(memory[key]) + 1e-7)

    student.RMSprop.update = update


@misconception(
    "AdaDelta multiplies by the running size of its own past steps, sqrt(d + eps); you kept RMSProp.",
    ko="AdaDelta는 지난 걸음들의 크기 sqrt(d + eps)를 곱해요. RMSProp과 같아졌어요.",
    killed_by="test_adadelta_first_steps",
    hint="length",
)
def adadelta_is_rmsprop(student):
    def update(self, params, grads):
        if self.h is None:
            self.h = zeros(params)
        for key in params:
            self.h[key] = self.rho * self.h[key] + (1 - self.rho) * grads[key] ** 2
            params[key] -= self.lr * grads[key] / np.sqrt(self.h[key] + self.eps)

    student.AdaDelta.update = update


@misconception(
    "AdaDelta: d must average the squared STEPS, not the squared gradients, and the old d is used "
    "in the step.",
    ko="AdaDelta: d는 기울기가 아니라 걸음(step)의 제곱을 평균하고, 걸음에는 이전 d를 써요.",
    killed_by="test_adadelta_first_steps",
    hint="order",
)
def adadelta_d_of_gradients(student):
    def update(self, params, grads):
        if self.h is None:
            self.h, self.d = zeros(params), zeros(params)
        for key in params:
            gradient = grads[key]
            self.h[key] = self.rho * self.h[key] + (1 - self.rho) * gradient**2
            self.d[key] = self.rho * self.d[key] + (1 - self.rho) * gradient**2
            ratio = np.sqrt(self.d[key] + self.eps) / np.sqrt(self.h[key] + self.eps)
            params[key] -= self.lr * ratio * gradient

    student.AdaDelta.update = update


@misconception(
    "AdaDelta: d starts at 0 and there is no eps in the numerator, so the first step is 0 and all "
    "the others are too.",
    ko="AdaDelta: d가 0에서 시작하는데 분자에 eps가 없어서 첫걸음도, 그다음 걸음도 모두 0이에요.",
    killed_by="test_adadelta_first_steps",
    hint="length",
)
def adadelta_never_starts(student):
    def update(self, params, grads):
        if self.h is None:
            self.h, self.d = zeros(params), zeros(params)
        for key in params:
            gradient = grads[key]
            self.h[key] = self.rho * self.h[key] + (1 - self.rho) * gradient**2
            step = np.sqrt(self.d[key]) / np.sqrt(self.h[key] + self.eps) * gradient
            self.d[key] = self.rho * self.d[key] + (1 - self.rho) * step**2
            params[key] -= self.lr * step

    student.AdaDelta.update = update


@misconception(
    "AdaDelta: d is never updated, so the steps stay as tiny as the first one.",
    ko="AdaDelta: d를 갱신하지 않아서 걸음이 처음처럼 계속 작아요.",
    killed_by="test_adadelta_first_steps",
    hint="order",
)
def adadelta_d_not_updated(student):
    def update(self, params, grads):
        if self.h is None:
            self.h, self.d = zeros(params), zeros(params)
        for key in params:
            gradient = grads[key]
            self.h[key] = self.rho * self.h[key] + (1 - self.rho) * gradient**2
            ratio = np.sqrt(self.d[key] + self.eps) / np.sqrt(self.h[key] + self.eps)
            params[key] -= self.lr * ratio * gradient

    student.AdaDelta.update = update


@misconception(
    "AdaDelta: the step is made with the h from before this gradient; update h first.",
    ko="AdaDelta: 이번 기울기를 반영하기 전의 h로 걸음을 계산했어요. h를 먼저 갱신하세요.",
    killed_by="test_adadelta_first_steps",
    hint="order",
)
def adadelta_old_h(student):
    def update(self, params, grads):
        if self.h is None:
            self.h, self.d = zeros(params), zeros(params)
        for key in params:
            gradient = grads[key]
            step = np.sqrt(self.d[key] + self.eps) / np.sqrt(self.h[key] + self.eps) * gradient
            self.h[key] = self.rho * self.h[key] + (1 - self.rho) * gradient**2
            self.d[key] = self.rho * self.d[key] + (1 - self.rho) * step**2
            params[key] -= self.lr * step

    student.AdaDelta.update = update


@misconception(
    "AdaDelta: d averages the square of the step before it is multiplied by lr.",
    ko="AdaDelta: d는 lr을 곱하기 전의 걸음을 제곱해서 평균해요.",
    killed_by="test_adadelta_many_steps",
    hint="order",
)
def adadelta_lr_inside_d(student):
    def update(self, params, grads):
        if self.h is None:
            self.h, self.d = zeros(params), zeros(params)
        for key in params:
            gradient = grads[key]
            self.h[key] = self.rho * self.h[key] + (1 - self.rho) * gradient**2
            ratio = np.sqrt(self.d[key] + self.eps) / np.sqrt(self.h[key] + self.eps)
            step = self.lr * ratio * gradient
            self.d[key] = self.rho * self.d[key] + (1 - self.rho) * step**2
            params[key] -= step

    student.AdaDelta.update = update


@misconception(
    "AdaDelta: lr is not used; the parameter moves by lr times the step.",
    ko="AdaDelta: lr을 쓰지 않았어요. 매개변수는 lr 곱하기 걸음만큼 움직여요.",
    killed_by="test_adadelta_many_steps",
    hint="order",
)
def adadelta_ignores_lr(student):
    def update(self, params, grads):
        if self.h is None:
            self.h, self.d = zeros(params), zeros(params)
        for key in params:
            gradient = grads[key]
            self.h[key] = self.rho * self.h[key] + (1 - self.rho) * gradient**2
            step = np.sqrt(self.d[key] + self.eps) / np.sqrt(self.h[key] + self.eps) * gradient
            self.d[key] = self.rho * self.d[key] + (1 - self.rho) * step**2
            params[key] -= step

    student.AdaDelta.update = update


@misconception(
    "AdaDelta: a new array is put into the dictionary, but the layers keep the old one; change the "
    "array itself, for example with -=.",
    ko="AdaDelta: 딕셔너리에는 새 배열이 들어가지만 층은 옛 배열을 갖고 있어요. -= 등으로 배열 자체를 바꾸세요.",
    killed_by="test_adadelta_in_place",
    hint="order",
)
def adadelta_rebinding(student):
    def update(self, params, grads):
        if self.h is None:
            self.h, self.d = zeros(params), zeros(params)
        for key in params:
            gradient = grads[key]
            self.h[key] = self.rho * self.h[key] + (1 - self.rho) * gradient**2
            step = np.sqrt(self.d[key] + self.eps) / np.sqrt(self.h[key] + self.eps) * gradient
            self.d[key] = self.rho * self.d[key] + (1 - self.rho) * step**2
            params[key] = params[key] - self.lr * step

    student.AdaDelta.update = update


@misconception(
    "AdaDelta: one d is shared by all parameters; keep one for each key.",
    ko="AdaDelta: 모든 매개변수가 d 하나를 함께 써요. 키마다 따로 두세요.",
    killed_by="test_adadelta_own_memory",
    hint="length",
)
def adadelta_shared_d(student):
    def update(self, params, grads):
        if self.h is None:
            self.h, self.d = zeros(params), 0.0
        for key in params:
            gradient = grads[key]
            self.h[key] = self.rho * self.h[key] + (1 - self.rho) * gradient**2
            step = np.sqrt(self.d + self.eps) / np.sqrt(self.h[key] + self.eps) * gradient
            self.d = self.rho * self.d + (1 - self.rho) * step**2
            params[key] -= self.lr * step

    student.AdaDelta.update = update


@misconception(
    "AdaDelta: h and d are stored on the class, so all optimizers share them; store them on self.",
    ko="AdaDelta: h와 d를 클래스에 저장해서 모든 옵티마이저가 함께 써요. self에 저장하세요.",
    killed_by="test_adadelta_own_memory",
    hint="length",
)
def adadelta_class_memory(student):
    memory = {}

    def update(self, params, grads):
        for key, gradient in grads.items():
            h, d = memory.get(key, (np.zeros_like(gradient), np.zeros_like(gradient)))
            h = self.rho * h + (1 - self.rho) * gradient**2
            step = np.sqrt(d + self.eps) / np.sqrt(h + self.eps) * gradient
            memory[key] = h, self.rho * d + (1 - self.rho) * step**2
            params[key] -= self.lr * step

    student.AdaDelta.update = update


@misconception(
    "AdaDelta: eps stands inside both roots, sqrt(h + eps).",
    ko="AdaDelta: eps는 두 제곱근 안에 있어요. sqrt(h + eps)예요.",
    killed_by="test_adadelta_many_steps",
    hint="length",
)
def adadelta_eps_outside(student):
    def update(self, params, grads):
        if self.h is None:
            self.h, self.d = zeros(params), zeros(params)
        for key in params:
            gradient = grads[key]
            self.h[key] = self.rho * self.h[key] + (1 - self.rho) * gradient**2
            step = np.sqrt(self.d[key] + self.eps) / (np.sqrt(self.h[key]) + self.eps) * gradient
            self.d[key] = self.rho * self.d[key] + (1 - self.rho) * step**2
            params[key] -= self.lr * step

    student.AdaDelta.update = update


@alternative("the difference form of the averages, 1e-8, one root of a quotient")
def difference_form(student):
    class RMSprop:
        def __init__(self, lr=0.01, decay_rate=0.99):
            self.lr, self.decay, self.squares = lr, decay_rate, {}

        def update(self, params, grads):
            for key, gradient in grads.items():
                h = self.squares.setdefault(key, np.zeros(gradient.shape))
                h += (1 - self.decay) * (gradient * gradient - h)
                params[key] -= self.lr * (gradient / (np.sqrt(h) + 1e-8))

    class AdaDelta:
        def __init__(self, lr=1.0, rho=0.95, eps=1e-6):
            self.lr, self.rho, self.eps, self.memory = lr, rho, eps, {}

        def update(self, params, grads):
            for key, gradient in grads.items():
                h, d = self.memory.get(key, (0.0, 0.0))
                h = h + (1 - self.rho) * (gradient * gradient - h)
                step = gradient * np.sqrt((d + self.eps) / (h + self.eps))
                d = d + (1 - self.rho) * (step * step - d)
                self.memory[key] = h, d
                params[key] -= self.lr * step

    student.RMSprop = RMSprop
    student.AdaDelta = AdaDelta


@alternative("the tiny number inside RMSprop's root")
def epsilon_inside(student):
    def update(self, params, grads):
        if self.h is None:
            self.h = dict.fromkeys(params, 0.0)
        for key, value in params.items():
            g = grads[key]
            self.h[key] = self.decay_rate * self.h[key] + (1 - self.decay_rate) * g * g
            value -= self.lr * g / np.sqrt(self.h[key] + 1e-8)

    student.RMSprop.update = update


@alternative("element by element, single precision inside")
def loops(student):
    def rmsprop(self, params, grads):
        if self.h is None:
            self.h = {key: np.zeros(value.shape, np.float32) for key, value in params.items()}
        for key in params:
            for index in np.ndindex(params[key].shape):
                g = grads[key][index]
                self.h[key][index] *= self.decay_rate
                self.h[key][index] += (1 - self.decay_rate) * g * g
                params[key][index] -= self.lr * g / (np.sqrt(self.h[key][index]) + 1e-7)

    def adadelta(self, params, grads):
        if self.h is None:
            self.h = {key: np.zeros(value.shape, np.float32) for key, value in params.items()}
            self.d = {key: np.zeros(value.shape, np.float32) for key, value in params.items()}
        for key in params:
            h, d = self.h[key], self.d[key]
            for index in np.ndindex(params[key].shape):
                g = grads[key][index]
                h[index] = self.rho * h[index] + (1 - self.rho) * g * g
                step = np.sqrt(d[index] + self.eps) / np.sqrt(h[index] + self.eps) * g
                d[index] = self.rho * d[index] + (1 - self.rho) * step * step
                params[key][index] -= self.lr * step

    student.RMSprop.update = rmsprop
    student.AdaDelta.update = adadelta
