import numpy as np
from autograder.authoring import alternative, misconception


@misconception(
    "You add the gradient, which climbs the loss; the step goes the other way, so subtract it.",
    ko="기울기를 더하면 손실이 커져요. 반대 방향으로 가야 하니 빼세요.",
    killed_by="test_one_step",
    hint="step",
)
def climbs(student):
    def update(self, params, grads):
        for key in params:
            params[key] += self.lr * grads[key]

    student.SGD.update = update


@misconception(
    "A new array is put into the dictionary, but the layers keep the old one; change the array "
    "itself, for example with -=.",
    ko="딕셔너리에는 새 배열이 들어가지만 층은 옛 배열을 갖고 있어요. -= 등으로 배열 자체를 바꾸세요.",
    killed_by="test_in_place",
    hint="inplace",
)
def rebinding(student):
    def update(self, params, grads):
        for key in params:
            params[key] = params[key] - self.lr * grads[key]

    student.SGD.update = update


@misconception(
    "You build new parameters and return them, but nobody takes them; update must change the "
    "arrays in params.",
    ko="새 매개변수를 만들어 돌려주지만 아무도 받지 않아요. params 안의 배열을 직접 바꾸세요.",
    killed_by="test_one_step",
    hint="inplace",
)
def returns_new_params(student):
    def update(self, params, grads):
        return {key: params[key] - self.lr * grads[key] for key in params}

    student.SGD.update = update


@misconception(
    "The loop variable gets a new array in every round, and params never hears of it; use "
    "params[key] -= ... or change the array itself.",
    ko="반복 변수에 새 배열을 넣을 뿐 params는 그대로예요. params[key] -= ... 처럼 배열 자체를 바꾸세요.",
    killed_by="test_one_step",
    hint="inplace",
)
def local_name(student):
    def update(self, params, grads):
        for key, value in params.items():
            value = value - self.lr * grads[key]
        return params

    student.SGD.update = update


@misconception(
    "You change grads; the caller may still need the true gradients. Multiply into a new array.",
    ko="grads를 바꾸고 있어요. 호출한 쪽이 원래 기울기를 아직 쓸 수 있으니 새 배열에 곱하세요.",
    killed_by="test_in_place",
    hint="step",
)
def scales_grads(student):
    def update(self, params, grads):
        for key in params:
            grads[key] *= self.lr
            params[key] -= grads[key]

    student.SGD.update = update


@misconception(
    "The learning rate is a fixed number in update; use the one that the object was given.",
    ko="update 안의 학습률이 고정된 숫자예요. 객체가 받은 self.lr을 쓰세요.",
    killed_by="test_one_step",
    hint="step",
)
def fixed_lr(student):
    def update(self, params, grads):
        for key in params:
            params[key] -= 0.01 * grads[key]

    student.SGD.update = update


@misconception(
    "There is no learning rate in the step: the whole gradient is subtracted.",
    ko="보폭에 학습률이 없어요. 기울기를 통째로 빼고 있어요.",
    killed_by="test_one_step",
    hint="step",
)
def no_lr(student):
    def update(self, params, grads):
        for key in params:
            params[key] -= grads[key]

    student.SGD.update = update


@misconception(
    "The learning rate of the first day is kept in a second place; changing optimizer.lr has no "
    "effect. Read self.lr at every update.",
    ko="처음의 학습률을 따로 저장해 두어서 optimizer.lr을 바꿔도 소용없어요. update마다 self.lr을 읽으세요.",
    killed_by="test_changed_learning_rate",
    hint="step",
)
def frozen_lr(student):
    def __init__(self, lr=0.01):
        self.lr = lr
        self.rate = float(lr)

    def update(self, params, grads):
        for key in params:
            params[key] -= self.rate * grads[key]

    student.SGD.__init__ = __init__
    student.SGD.update = update


@misconception(
    "You pair arrays and gradients by their position in the dictionaries; look the gradient up by "
    "its key.",
    ko="딕셔너리에 들어 있는 순서로 짝을 지었어요. 같은 키로 기울기를 찾으세요.",
    killed_by="test_every_key",
    hint="keys",
)
def pairs_by_position(student):
    def update(self, params, grads):
        for value, gradient in zip(params.values(), grads.values()):
            value -= self.lr * gradient

    student.SGD.update = update


@misconception(
    "Only the first parameter is updated: the loop ends after one round (look at the indentation "
    "of return).",
    ko="첫 번째 매개변수만 갱신돼요. 반복이 한 번 만에 끝나요(return의 들여쓰기를 보세요).",
    killed_by="test_in_place",
    hint="keys",
)
def first_key_only(student):
    def update(self, params, grads):
        for key in params:
            params[key] -= self.lr * grads[key]
            return params

    student.SGD.update = update


@alternative("items() and np.subtract with out=")
def subtract_out(student):
    def update(self, params, grads):
        for key, value in params.items():
            np.subtract(value, self.lr * grads[key], out=value)

    student.SGD.update = update


@alternative("element by element, in a loop")
def loops(student):
    def update(self, params, grads):
        for key in grads:
            for index in np.ndindex(params[key].shape):
                params[key][index] -= self.lr * grads[key][index]

    student.SGD.update = update


@alternative("assigns into the array with [...], and returns params")
def assigns_into(student):
    def update(self, params, grads):
        for key, gradient in grads.items():
            params[key][...] = params[key] - gradient * self.lr
        return params

    student.SGD.update = update


@alternative("single precision inside, a class of its own")
def single_precision(student):
    class SGD:
        def __init__(self, lr=0.01):
            self.lr = lr

        def update(self, params, grads):
            for key in sorted(params):
                step = np.float32(self.lr) * grads[key].astype(np.float32)
                params[key] -= step

    student.SGD = SGD
