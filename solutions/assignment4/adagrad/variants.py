import numpy as np
from autograder.authoring import alternative, misconception


def zeros(params):
    return {key: np.zeros_like(value) for key, value in params.items()}


@misconception(
    "Divide by the square root of h; without it the steps depend on the size of the gradient.",
    ko="h의 제곱근으로 나눠야 해요. 그렇지 않으면 보폭이 기울기의 크기에 좌우돼요.",
    killed_by="test_three_four_five",
    hint="divide",
)
def no_sqrt(student):
    def update(self, params, grads):
        if self.h is None:
            self.h = zeros(params)
        for key in params:
            self.h[key] += grads[key] ** 2
            params[key] -= self.lr * grads[key] / (self.h[key] + 1e-7)

    student.AdaGrad.update = update


@misconception(
    "h adds up the squares of the gradients; the gradients themselves cancel each other.",
    ko="h에는 기울기의 제곱을 더해요. 기울기를 그대로 더하면 서로 상쇄돼요.",
    killed_by="test_three_four_five",
    hint="accumulate",
)
def h_of_gradient(student):
    def update(self, params, grads):
        if self.h is None:
            self.h = zeros(params)
        for key in params:
            self.h[key] += grads[key]
            params[key] -= self.lr * grads[key] / (np.sqrt(np.abs(self.h[key])) + 1e-7)

    student.AdaGrad.update = update


@misconception(
    "h is overwritten, so only the sign of the last gradient counts; add the squares up with +=.",
    ko="h를 덮어써서 마지막 기울기의 부호만 남아요. +=로 제곱을 누적하세요.",
    killed_by="test_three_four_five",
    hint="accumulate",
)
def replaces_h(student):
    def update(self, params, grads):
        self.h = {key: grads[key] ** 2 for key in params}
        for key in params:
            params[key] -= self.lr * grads[key] / (np.sqrt(self.h[key]) + 1e-7)

    student.AdaGrad.update = update


@misconception(
    "One h for the whole array makes one learning rate for all its elements; keep h element by "
    "element.",
    ko="배열 전체에 h 하나를 쓰면 학습률도 하나뿐이에요. 원소마다 따로 두세요.",
    killed_by="test_any_scale",
    hint="rate",
)
def one_h_per_array(student):
    def update(self, params, grads):
        if self.h is None:
            self.h = {key: 0.0 for key in params}
        for key in params:
            self.h[key] += np.sum(grads[key] ** 2)
            params[key] -= self.lr * grads[key] / (np.sqrt(self.h[key]) + 1e-7)

    student.AdaGrad.update = update


@misconception(
    "You divide by the old h, which is still 0 in the first step: grow h first, then divide.",
    ko="아직 0인 이전 h로 나누고 있어요. h를 먼저 늘린 뒤에 나누세요.",
    killed_by="test_three_four_five",
    hint="accumulate",
)
def divides_too_early(student):
    def update(self, params, grads):
        if self.h is None:
            self.h = zeros(params)
        for key in params:
            params[key] -= self.lr * grads[key] / (np.sqrt(self.h[key]) + 1e-7)
            self.h[key] += grads[key] ** 2

    student.AdaGrad.update = update


@misconception(
    "h forgets: that is RMSProp, the next task. AdaGrad adds the whole square and keeps everything.",
    ko="h가 잊어버려요. 그건 다음 과제의 RMSProp이에요. AdaGrad는 제곱을 그대로 더하고 모두 기억해요.",
    killed_by="test_three_four_five",
    hint="accumulate",
)
def forgets(student):
    def update(self, params, grads):
        if self.h is None:
            self.h = zeros(params)
        for key in params:
            self.h[key] = 0.99 * self.h[key] + 0.01 * grads[key] ** 2
            params[key] -= self.lr * grads[key] / (np.sqrt(self.h[key]) + 1e-7)

    student.AdaGrad.update = update


@misconception(
    "The shrunken learning rate is stored back into self.lr and shrinks again next time; only h is "
    "remembered.",
    ko="줄어든 학습률을 self.lr에 다시 저장해서 다음에 또 줄어들어요. 기억하는 것은 h뿐이에요.",
    killed_by="test_three_four_five",
    hint="rate",
)
def lr_compounds(student):
    def update(self, params, grads):
        if self.h is None:
            self.h = zeros(params)
        for key in params:
            self.h[key] += grads[key] ** 2
            self.lr = self.lr / (np.sqrt(self.h[key]) + 1e-7)
            params[key] -= self.lr * grads[key]

    student.AdaGrad.update = update


@misconception(
    "The step uses only the sign of the gradient divided by the root of the number of updates; that "
    "is right for a constant gradient alone. Add up the squares.",
    ko="기울기의 부호를 갱신 횟수의 제곱근으로 나누면 기울기가 일정할 때만 맞아요. 제곱을 누적하세요.",
    killed_by="test_many_steps",
    hint="accumulate",
)
def counts_steps(student):
    def update(self, params, grads):
        self.h = (self.h or 0) + 1
        for key in params:
            params[key] -= self.lr * np.sign(grads[key]) / np.sqrt(self.h)

    student.AdaGrad.update = update


@misconception(
    "Nothing keeps 0 / 0 away: an element whose gradient was always 0 becomes nan. Add 1e-7 to the "
    "root.",
    ko="0 / 0을 막지 못해요. 기울기가 계속 0이던 원소가 nan이 돼요. 제곱근에 1e-7을 더하세요.",
    killed_by="test_zero_gradient",
    hint="divide",
)
def no_epsilon(student):
    def update(self, params, grads):
        if self.h is None:
            self.h = zeros(params)
        for key in params:
            self.h[key] += grads[key] ** 2
            params[key] -= self.lr * grads[key] / np.sqrt(self.h[key])

    student.AdaGrad.update = update


@misconception(
    "You divide h by the number of updates, so the steps do not shrink; h is the plain sum of the "
    "squares.",
    ko="h를 갱신 횟수로 나누어서 보폭이 줄지 않아요. h는 제곱을 그냥 더한 합이에요.",
    killed_by="test_shrinking_steps",
    hint="accumulate",
)
def averages_h(student):
    def __init__(self, lr=0.01):
        self.lr, self.h, self.count = lr, None, 0

    def update(self, params, grads):
        if self.h is None:
            self.h = zeros(params)
        self.count += 1
        for key in params:
            self.h[key] += grads[key] ** 2
            root = np.sqrt(self.h[key] / self.count)
            params[key] -= self.lr * grads[key] / (root + 1e-7)

    student.AdaGrad.__init__ = __init__
    student.AdaGrad.update = update


@misconception(
    "A new array is put into the dictionary, but the layers keep the old one; change the array "
    "itself, for example with -=.",
    ko="딕셔너리에는 새 배열이 들어가지만 층은 옛 배열을 갖고 있어요. -= 등으로 배열 자체를 바꾸세요.",
    killed_by="test_in_place",
    hint="divide",
)
def rebinding(student):
    def update(self, params, grads):
        if self.h is None:
            self.h = zeros(params)
        for key in params:
            self.h[key] += grads[key] ** 2
            step = self.lr * grads[key] / (np.sqrt(self.h[key]) + 1e-7)
            params[key] = params[key] - step

    student.AdaGrad.update = update


@misconception(
    "You square grads in place; the caller may still need the true gradients.",
    ko="grads를 제자리에서 제곱하고 있어요. 호출한 쪽이 원래 기울기를 아직 쓸 수 있어요.",
    killed_by="test_in_place",
    hint="accumulate",
)
def squares_grads(student):
    def update(self, params, grads):
        if self.h is None:
            self.h = zeros(params)
        for key in params:
            gradient = grads[key].copy()
            grads[key] **= 2
            self.h[key] += grads[key]
            params[key] -= self.lr * gradient / (np.sqrt(self.h[key]) + 1e-7)

    student.AdaGrad.update = update


@misconception(
    "h is stored on the class, so all optimizers share one; store it on self.",
    ko="h를 클래스에 저장해서 모든 옵티마이저가 함께 써요. self에 저장하세요.",
    killed_by="test_own_memory",
    hint="accumulate",
)
def class_memory(student):
    memory = {}

    def update(self, params, grads):
        for key in params:
            memory[key] = memory.get(key, 0.0) + grads[key] ** 2
            params[key] -= self.lr * grads[key] / (np.sqrt(memory[key]) + 1e-7)

    student.AdaGrad.update = update


@alternative("keeps all squares and adds them up anew; the tiny number inside the root")
def keeps_history(student):
    class AdaGrad:
        def __init__(self, lr=0.01):
            self.lr, self.squares = lr, {}

        def update(self, params, grads):
            for key, gradient in grads.items():
                self.squares.setdefault(key, []).append(np.square(gradient))
                params[key] -= self.lr * gradient / np.sqrt(sum(self.squares[key]) + 1e-10)

    student.AdaGrad = AdaGrad


@alternative("1e-8, and a division only where the gradient is not 0")
def where_not_zero(student):
    def update(self, params, grads):
        if self.h is None:
            self.h = dict.fromkeys(params, 0.0)
        for key, gradient in grads.items():
            self.h[key] = self.h[key] + gradient * gradient
            rate = self.lr / np.maximum(np.sqrt(self.h[key]), 1e-8)
            params[key][...] -= np.where(gradient == 0, 0.0, rate * gradient)

    student.AdaGrad.update = update


@alternative("element by element, single precision inside")
def loops(student):
    def update(self, params, grads):
        if self.h is None:
            self.h = {key: np.zeros(value.shape, np.float32) for key, value in params.items()}
        for key in params:
            for index in np.ndindex(params[key].shape):
                g = np.float32(grads[key][index])
                self.h[key][index] += g * g
                params[key][index] -= self.lr * g / (np.sqrt(self.h[key][index]) + 1e-7)

    student.AdaGrad.update = update
