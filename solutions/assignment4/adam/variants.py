import numpy as np
from autograder.authoring import alternative, misconception


def zeros(params):
    return {key: np.zeros_like(value) for key, value in params.items()}


def begin(self, params):
    if self.m is None:
        self.m, self.v = zeros(params), zeros(params)


def average(self, key, gradient):
    self.m[key] = self.beta1 * self.m[key] + (1 - self.beta1) * gradient
    self.v[key] = self.beta2 * self.v[key] + (1 - self.beta2) * gradient**2


@misconception(
    "m and v start at 0 and are too small at first: divide them by 1 - beta^t. (Your first step is "
    "3.16 times lr.)",
    ko="m과 v는 0에서 시작해서 처음에는 너무 작아요. 1 - beta^t로 나누세요. (지금 첫 보폭은 lr의 3.16배예요.)",
    killed_by="test_first_step",
    hint="correct",
)
def no_bias_correction(student):
    def update(self, params, grads):
        begin(self, params)
        for key in params:
            average(self, key, grads[key])
            params[key] -= self.lr * self.m[key] / (np.sqrt(self.v[key]) + 1e-8)

    student.Adam.update = update


@misconception(
    "Only m is corrected; v starts at 0 as well, so divide it by 1 - beta2^t.",
    ko="m만 보정했어요. v도 0에서 시작하니 1 - beta2^t로 나누세요.",
    killed_by="test_first_step",
    hint="correct",
)
def corrects_m_only(student):
    def update(self, params, grads):
        begin(self, params)
        self.iter += 1
        for key in params:
            average(self, key, grads[key])
            m_hat = self.m[key] / (1 - self.beta1**self.iter)
            params[key] -= self.lr * m_hat / (np.sqrt(self.v[key]) + 1e-8)

    student.Adam.update = update


@misconception(
    "Only v is corrected; m starts at 0 as well, so divide it by 1 - beta1^t.",
    ko="v만 보정했어요. m도 0에서 시작하니 1 - beta1^t로 나누세요.",
    killed_by="test_first_step",
    hint="correct",
)
def corrects_v_only(student):
    def update(self, params, grads):
        begin(self, params)
        self.iter += 1
        for key in params:
            average(self, key, grads[key])
            v_hat = self.v[key] / (1 - self.beta2**self.iter)
            params[key] -= self.lr * self.m[key] / (np.sqrt(v_hat) + 1e-8)

    student.Adam.update = update


@misconception(
    "With t = 0 the correction divides by 1 - beta^0 = 0; raise the counter before you use it.",
    ko="t = 0이면 1 - beta^0 = 0으로 나누게 돼요. 쓰기 전에 카운터를 올리세요.",
    killed_by="test_first_step",
    hint="counter",
)
def t_starts_at_0(student):
    def update(self, params, grads):
        begin(self, params)
        for key in params:
            average(self, key, grads[key])
            m_hat = self.m[key] / (1 - self.beta1**self.iter)
            v_hat = self.v[key] / (1 - self.beta2**self.iter)
            params[key] -= self.lr * m_hat / (np.sqrt(v_hat) + 1e-8)
        self.iter += 1

    student.Adam.update = update


@misconception(
    "The step counter stays at 1, so every step is corrected as if it were the first one.",
    ko="카운터가 1에 머물러서 모든 걸음을 첫걸음처럼 보정해요.",
    killed_by="test_by_hand",
    hint="counter",
)
def counter_stands_still(student):
    def update(self, params, grads):
        begin(self, params)
        self.iter = 1
        for key in params:
            average(self, key, grads[key])
            m_hat = self.m[key] / (1 - self.beta1**self.iter)
            v_hat = self.v[key] / (1 - self.beta2**self.iter)
            params[key] -= self.lr * m_hat / (np.sqrt(v_hat) + 1e-8)

    student.Adam.update = update


@misconception(
    "The step counter grows once per parameter; it must grow once per update.",
    ko="카운터가 매개변수마다 커져요. update 호출마다 한 번만 늘어야 해요.",
    killed_by="test_steady_gradient",
    hint="counter",
)
def counter_per_key(student):
    def update(self, params, grads):
        begin(self, params)
        for key in params:
            self.iter += 1
            average(self, key, grads[key])
            m_hat = self.m[key] / (1 - self.beta1**self.iter)
            v_hat = self.v[key] / (1 - self.beta2**self.iter)
            params[key] -= self.lr * m_hat / (np.sqrt(v_hat) + 1e-8)

    student.Adam.update = update


@misconception(
    "beta is multiplied by t; it is raised to the power of t (** in Python).",
    ko="beta에 t를 곱했어요. t제곱이어야 해요(파이썬에서는 **).",
    killed_by="test_by_hand",
    hint="counter",
)
def times_instead_of_power(student):
    def update(self, params, grads):
        begin(self, params)
        self.iter += 1
        for key in params:
            average(self, key, grads[key])
            m_hat = self.m[key] / (1 - self.beta1 * self.iter)
            v_hat = self.v[key] / (1 - self.beta2 * self.iter)
            params[key] -= self.lr * m_hat / (np.sqrt(v_hat) + 1e-8)

    student.Adam.update = update


@misconception(
    "The corrected means are stored back and corrected again next time; keep the raw means and "
    "correct copies.",
    ko="보정한 값을 다시 저장해서 다음에 또 보정돼요. 원래 평균은 두고 복사본만 보정하세요.",
    killed_by="test_by_hand",
    hint="correct",
)
def corrects_in_place(student):
    def update(self, params, grads):
        begin(self, params)
        self.iter += 1
        for key in params:
            average(self, key, grads[key])
            self.m[key] = self.m[key] / (1 - self.beta1**self.iter)
            self.v[key] = self.v[key] / (1 - self.beta2**self.iter)
            params[key] -= self.lr * self.m[key] / (np.sqrt(self.v[key]) + 1e-8)

    student.Adam.update = update


@misconception(
    "The corrected learning rate is stored back into self.lr and corrected again next time; use a "
    "local name for it.",
    ko="보정한 학습률을 self.lr에 다시 저장해서 다음에 또 보정돼요. 지역 변수를 쓰세요.",
    killed_by="test_by_hand",
    hint="correct",
)
def lr_compounds(student):
    def update(self, params, grads):
        begin(self, params)
        self.iter += 1
        self.lr *= np.sqrt(1 - self.beta2**self.iter) / (1 - self.beta1**self.iter)
        for key in params:
            average(self, key, grads[key])
            params[key] -= self.lr * self.m[key] / (np.sqrt(self.v[key]) + 1e-7)

    student.Adam.update = update


@misconception(
    "beta1 belongs to the mean m and beta2 to the squares v; they are swapped.",
    ko="beta1은 평균 m, beta2는 제곱 v의 계수예요. 서로 바뀌었어요.",
    killed_by="test_by_hand",
    hint="means",
)
def betas_swapped(student):
    def update(self, params, grads):
        begin(self, params)
        self.iter += 1
        for key in params:
            gradient = grads[key]
            self.m[key] = self.beta2 * self.m[key] + (1 - self.beta2) * gradient
            self.v[key] = self.beta1 * self.v[key] + (1 - self.beta1) * gradient**2
            m_hat = self.m[key] / (1 - self.beta2**self.iter)
            v_hat = self.v[key] / (1 - self.beta1**self.iter)
            params[key] -= self.lr * m_hat / (np.sqrt(v_hat) + 1e-8)

    student.Adam.update = update


@misconception(
    "The corrections are swapped: m is divided by 1 - beta1^t, v by 1 - beta2^t.",
    ko="보정이 서로 바뀌었어요. m은 1 - beta1^t로, v는 1 - beta2^t로 나누세요.",
    killed_by="test_first_step",
    hint="correct",
)
def corrections_swapped(student):
    def update(self, params, grads):
        begin(self, params)
        self.iter += 1
        for key in params:
            average(self, key, grads[key])
            m_hat = self.m[key] / (1 - self.beta2**self.iter)
            v_hat = self.v[key] / (1 - self.beta1**self.iter)
            params[key] -= self.lr * m_hat / (np.sqrt(v_hat) + 1e-8)

    student.Adam.update = update


@misconception(
    "The betas are fixed numbers in update; use the ones that the object was given.",
    ko="update 안의 beta가 고정된 숫자예요. 객체가 받은 self.beta1, self.beta2를 쓰세요.",
    killed_by="test_many_steps",
    hint="means",
)
def fixed_betas(student):
    def update(self, params, grads):
        self.beta1, self.beta2 = 0.9, 0.999
        begin(self, params)
        self.iter += 1
        for key in params:
            average(self, key, grads[key])
            m_hat = self.m[key] / (1 - self.beta1**self.iter)
            v_hat = self.v[key] / (1 - self.beta2**self.iter)
            params[key] -= self.lr * m_hat / (np.sqrt(v_hat) + 1e-8)

    student.Adam.update = update


@misconception(
    "The factors (1 - beta) are missing, so m and v are sums instead of means.",
    ko="(1 - beta) 계수가 빠져서 m과 v가 평균이 아니라 합이 되었어요.",
    killed_by="test_first_step",
    hint="means",
)
def no_one_minus(student):
    def update(self, params, grads):
        begin(self, params)
        self.iter += 1
        for key in params:
            self.m[key] = self.beta1 * self.m[key] + grads[key]
            self.v[key] = self.beta2 * self.v[key] + grads[key] ** 2
            m_hat = self.m[key] / (1 - self.beta1**self.iter)
            v_hat = self.v[key] / (1 - self.beta2**self.iter)
            params[key] -= self.lr * m_hat / (np.sqrt(v_hat) + 1e-8)

    student.Adam.update = update


@misconception(
    "The root is missing: divide by the square root of v, or the step depends on the size of the "
    "gradient.",
    ko="제곱근이 빠졌어요. v의 제곱근으로 나누지 않으면 보폭이 기울기의 크기에 좌우돼요.",
    killed_by="test_scale_invariance",
    hint="correct",
)
def no_sqrt(student):
    def update(self, params, grads):
        begin(self, params)
        self.iter += 1
        for key in params:
            average(self, key, grads[key])
            m_hat = self.m[key] / (1 - self.beta1**self.iter)
            v_hat = self.v[key] / (1 - self.beta2**self.iter)
            params[key] -= self.lr * m_hat / (v_hat + 1e-8)

    student.Adam.update = update


@misconception(
    "v averages the gradients; it must average their squares.",
    ko="v가 기울기를 평균 내고 있어요. 기울기의 제곱을 평균 내야 해요.",
    killed_by="test_first_step",
    hint="means",
)
def forgot_square(student):
    def update(self, params, grads):
        begin(self, params)
        self.iter += 1
        for key in params:
            self.m[key] = self.beta1 * self.m[key] + (1 - self.beta1) * grads[key]
            self.v[key] = self.beta2 * self.v[key] + (1 - self.beta2) * grads[key]
            m_hat = self.m[key] / (1 - self.beta1**self.iter)
            v_hat = self.v[key] / (1 - self.beta2**self.iter)
            params[key] -= self.lr * m_hat / (np.sqrt(v_hat) + 1e-8)

    student.Adam.update = update


@misconception(
    "The numerator is the gradient itself, so nothing rolls on: use the corrected mean m.",
    ko="분자에 기울기를 그대로 써서 관성이 없어요. 보정한 평균 m을 쓰세요.",
    killed_by="test_by_hand",
    hint="means",
)
def gradient_as_numerator(student):
    def update(self, params, grads):
        begin(self, params)
        self.iter += 1
        for key in params:
            average(self, key, grads[key])
            v_hat = self.v[key] / (1 - self.beta2**self.iter)
            params[key] -= self.lr * grads[key] / (np.sqrt(v_hat) + 1e-8)

    student.Adam.update = update


@misconception(
    "You add the step, which climbs the loss; subtract it.",
    ko="걸음을 더하면 손실이 커져요. 빼세요.",
    killed_by="test_first_step",
    hint="correct",
)
def climbs(student):
    def update(self, params, grads):
        begin(self, params)
        self.iter += 1
        for key in params:
            average(self, key, grads[key])
            m_hat = self.m[key] / (1 - self.beta1**self.iter)
            v_hat = self.v[key] / (1 - self.beta2**self.iter)
            params[key] += self.lr * m_hat / (np.sqrt(v_hat) + 1e-8)

    student.Adam.update = update


@misconception(
    "Nothing keeps 0 / 0 away: an element whose gradient was always 0 becomes nan. Add 1e-8 to the "
    "root.",
    ko="0 / 0을 막지 못해요. 기울기가 계속 0이던 원소가 nan이 돼요. 제곱근에 1e-8을 더하세요.",
    killed_by="test_zero_gradient",
    hint="correct",
)
def no_epsilon(student):
    def update(self, params, grads):
        begin(self, params)
        self.iter += 1
        for key in params:
            average(self, key, grads[key])
            m_hat = self.m[key] / (1 - self.beta1**self.iter)
            v_hat = self.v[key] / (1 - self.beta2**self.iter)
            params[key] -= self.lr * m_hat / np.sqrt(v_hat)

    student.Adam.update = update


@misconception(
    "A new array is put into the dictionary, but the layers keep the old one; change the array "
    "itself, for example with -=.",
    ko="딕셔너리에는 새 배열이 들어가지만 층은 옛 배열을 갖고 있어요. -= 등으로 배열 자체를 바꾸세요.",
    killed_by="test_in_place",
    hint="correct",
)
def rebinding(student):
    def update(self, params, grads):
        begin(self, params)
        self.iter += 1
        for key in params:
            average(self, key, grads[key])
            m_hat = self.m[key] / (1 - self.beta1**self.iter)
            v_hat = self.v[key] / (1 - self.beta2**self.iter)
            params[key] = params[key] - self.lr * m_hat / (np.sqrt(v_hat) + 1e-8)

    student.Adam.update = update


@misconception(
    "m and v are made anew in every call, so nothing is remembered; create them only once.",
    ko="호출할 때마다 m과 v를 새로 만들어서 기억이 남지 않아요. 처음 한 번만 만드세요.",
    killed_by="test_by_hand",
    hint="means",
)
def means_reset(student):
    def update(self, params, grads):
        self.m, self.v = zeros(params), zeros(params)
        self.iter += 1
        for key in params:
            average(self, key, grads[key])
            m_hat = self.m[key] / (1 - self.beta1**self.iter)
            v_hat = self.v[key] / (1 - self.beta2**self.iter)
            params[key] -= self.lr * m_hat / (np.sqrt(v_hat) + 1e-8)

    student.Adam.update = update


@misconception(
    "m and v are shared by all parameters; keep one of each for every key.",
    ko="모든 매개변수가 m과 v를 함께 써요. 키마다 따로 두세요.",
    killed_by="test_own_memory",
    hint="means",
)
def shared_means(student):
    def update(self, params, grads):
        if self.m is None:
            self.m, self.v = 0.0, 0.0
        self.iter += 1
        for key in params:
            self.m = self.beta1 * self.m + (1 - self.beta1) * grads[key]
            self.v = self.beta2 * self.v + (1 - self.beta2) * grads[key] ** 2
            m_hat = self.m / (1 - self.beta1**self.iter)
            v_hat = self.v / (1 - self.beta2**self.iter)
            params[key] -= self.lr * m_hat / (np.sqrt(v_hat) + 1e-8)

    student.Adam.update = update


@misconception(
    "The step counter is stored on the class, so all optimizers count together; store it on self.",
    ko="카운터를 클래스에 저장해서 모든 옵티마이저가 함께 세요. self에 저장하세요.",
    killed_by="test_own_memory",
    hint="counter",
)
def class_counter(student):
    def update(self, params, grads):
        begin(self, params)
        kind = type(self)
        kind.count = getattr(kind, "count", 0) + 1
        for key in params:
            average(self, key, grads[key])
            m_hat = self.m[key] / (1 - self.beta1**kind.count)
            v_hat = self.v[key] / (1 - self.beta2**kind.count)
            params[key] -= self.lr * m_hat / (np.sqrt(v_hat) + 1e-8)

    student.Adam.update = update


@misconception(
    "You move only where the gradient is not 0, but the mean rolls on there too.",
    ko="기울기가 0이 아닌 곳만 움직여요. 기울기가 0이어도 평균은 계속 굴러가요.",
    killed_by="test_many_steps",
    hint="means",
)
def only_where_gradient(student):
    def update(self, params, grads):
        begin(self, params)
        self.iter += 1
        for key in params:
            average(self, key, grads[key])
            m_hat = self.m[key] / (1 - self.beta1**self.iter)
            v_hat = self.v[key] / (1 - self.beta2**self.iter)
            step = self.lr * m_hat / (np.sqrt(v_hat) + 1e-8)
            params[key] -= np.where(grads[key] != 0, step, 0)

    student.Adam.update = update


@alternative("the book's form: both corrections folded into the learning rate, 1e-7")
def folded(student):
    def update(self, params, grads):
        if self.m is None:
            self.m, self.v = zeros(params), zeros(params)
        self.iter += 1
        lr_t = self.lr * np.sqrt(1.0 - self.beta2**self.iter) / (1.0 - self.beta1**self.iter)
        for key in params.keys():
            self.m[key] += (1 - self.beta1) * (grads[key] - self.m[key])
            self.v[key] += (1 - self.beta2) * (grads[key] ** 2 - self.v[key])
            params[key] -= lr_t * self.m[key] / (np.sqrt(self.v[key]) + 1e-7)

    student.Adam.update = update


@alternative("running products of the betas instead of a counter; buffers changed in place")
def running_products(student):
    class Adam:
        def __init__(self, lr=0.001, beta1=0.9, beta2=0.999):
            self.lr, self.beta1, self.beta2 = lr, beta1, beta2
            self.power1, self.power2, self.means = 1.0, 1.0, {}

        def update(self, params, grads):
            self.power1 *= self.beta1
            self.power2 *= self.beta2
            for key, gradient in grads.items():
                new = np.zeros((2, *gradient.shape))
                mean, square = self.means.setdefault(key, new)
                mean *= self.beta1
                mean += (1 - self.beta1) * gradient
                square *= self.beta2
                square += (1 - self.beta2) * np.square(gradient)
                root = np.sqrt(square / (1 - self.power2)) + 1e-8
                params[key] -= self.lr / (1 - self.power1) * mean / root

    student.Adam = Adam


@alternative("the tiny number inside the root, another loop, one counter per key")
def counter_for_each_key(student):
    class Adam:
        def __init__(self, lr=0.001, beta1=0.9, beta2=0.999):
            self.lr, self.beta1, self.beta2, self.state = lr, beta1, beta2, {}

        def update(self, params, grads):
            for key in sorted(params):
                t, m, v = self.state.get(key, (0, 0.0, 0.0))
                t = t + 1
                m = self.beta1 * m + (1 - self.beta1) * grads[key]
                v = self.beta2 * v + (1 - self.beta2) * grads[key] * grads[key]
                self.state[key] = t, m, v
                root = np.sqrt(v / (1 - self.beta2**t) + 1e-9)
                np.subtract(params[key], self.lr * m / (1 - self.beta1**t) / root, out=params[key])

    student.Adam = Adam


@alternative("element by element, single precision inside")
def loops(student):
    def update(self, params, grads):
        if self.m is None:
            self.m = {key: np.zeros(value.shape, np.float32) for key, value in params.items()}
            self.v = {key: np.zeros(value.shape, np.float32) for key, value in params.items()}
        self.iter += 1
        for key in params:
            m, v = self.m[key], self.v[key]
            for index in np.ndindex(params[key].shape):
                g = grads[key][index]
                m[index] = self.beta1 * m[index] + (1 - self.beta1) * g
                v[index] = self.beta2 * v[index] + (1 - self.beta2) * g * g
                m_hat = m[index] / (1 - self.beta1**self.iter)
                v_hat = v[index] / (1 - self.beta2**self.iter)
                params[key][index] -= self.lr * m_hat / (np.sqrt(v_hat) + 1e-8)

    student.Adam.update = update
