import numpy as np
from autograder.authoring import alternative, misconception


def descend(update, x, t, lr, steps, a, b):
    """Gradient descent with another ``update(a, b, e, x, t, lr)``."""
    history = []
    for _ in range(steps):
        e = a * x + b - t
        history.append(float(np.mean(e**2)))
        a, b = update(a, b, e, x, t, lr)
    return float(a), float(b), history


@misconception(
    "b sees the a that has moved already; compute both gradients first, then move both.",
    ko="b가 이미 바뀐 a를 쓰고 있어요. 두 기울기를 먼저 구한 다음 함께 갱신하세요.",
    killed_by="test_one_step",
    hint="both",
)
def one_after_the_other(student):
    def update(a, b, e, x, t, lr):
        a = a - lr * 2 * np.mean(e * x)
        return a, b - lr * 2 * np.mean(a * x + b - t)

    def linear_regression(x, t, lr=0.1, steps=200, a=0.0, b=0.0):
        return descend(update, x, t, lr, steps, a, b)

    student.linear_regression = linear_regression


@misconception(
    "The gradient of a mean is a mean; with the sum the step is N times too large.",
    ko="평균의 기울기는 평균이에요. 합을 쓰면 걸음이 N배 커져서 발산해요.",
    killed_by="test_one_step",
    hint="error",
)
def summed_gradient(student):
    def update(a, b, e, x, t, lr):
        return a - lr * 2 * np.sum(e * x), b - lr * 2 * np.sum(e)

    def linear_regression(x, t, lr=0.1, steps=200, a=0.0, b=0.0):
        return descend(update, x, t, lr, steps, a, b)

    student.linear_regression = linear_regression


@misconception(
    "By the chain rule the gradient of a carries the input x; you used the gradient of b for both.",
    ko="연쇄 법칙에 따라 a의 기울기에는 x가 곱해져요. 두 곳 모두 b의 기울기를 썼어요.",
    killed_by="test_one_step",
    hint="error",
)
def no_x_factor(student):
    def update(a, b, e, x, t, lr):
        return a - lr * 2 * np.mean(e), b - lr * 2 * np.mean(e)

    def linear_regression(x, t, lr=0.1, steps=200, a=0.0, b=0.0):
        return descend(update, x, t, lr, steps, a, b)

    student.linear_regression = linear_regression


@misconception(
    "The mean of e times x is not the mean of e times the mean of x: multiply element by element first.",
    ko="e와 x의 평균을 따로 구해서 곱했어요. 원소마다 먼저 곱한 다음 평균을 내세요.",
    killed_by="test_one_step",
    hint="error",
)
def product_of_means(student):
    def update(a, b, e, x, t, lr):
        return a - lr * 2 * np.mean(e) * np.mean(x), b - lr * 2 * np.mean(e)

    def linear_regression(x, t, lr=0.1, steps=200, a=0.0, b=0.0):
        return descend(update, x, t, lr, steps, a, b)

    student.linear_regression = linear_regression


@misconception(
    "The derivative of e² is 2e; the factor 2 is missing.",
    ko="e²의 미분은 2e예요. 2가 빠졌어요.",
    killed_by="test_one_step",
    hint="error",
)
def missing_two(student):
    def update(a, b, e, x, t, lr):
        return a - lr * np.mean(e * x), b - lr * np.mean(e)

    def linear_regression(x, t, lr=0.1, steps=200, a=0.0, b=0.0):
        return descend(update, x, t, lr, steps, a, b)

    student.linear_regression = linear_regression


@misconception(
    "You climb the loss: with e = ax + b - t both gradients are subtracted.",
    ko="손실을 올라가고 있어요. e = ax + b - t이면 두 기울기를 모두 빼야 해요.",
    killed_by="test_one_step",
    hint="error",
)
def ascent(student):
    def update(a, b, e, x, t, lr):
        return a + lr * 2 * np.mean(e * x), b + lr * 2 * np.mean(e)

    def linear_regression(x, t, lr=0.1, steps=200, a=0.0, b=0.0):
        return descend(update, x, t, lr, steps, a, b)

    student.linear_regression = linear_regression


@misconception(
    "Only a moves; the bias b needs its own gradient and step.",
    ko="a만 움직이고 있어요. 편향 b도 자기 기울기로 움직여야 해요.",
    killed_by="test_one_step",
    hint="both",
)
def bias_forgotten(student):
    def update(a, b, e, x, t, lr):
        return a - lr * 2 * np.mean(e * x), b

    def linear_regression(x, t, lr=0.1, steps=200, a=0.0, b=0.0):
        return descend(update, x, t, lr, steps, a, b)

    student.linear_regression = linear_regression


@misconception(
    "history[i] is the loss before step i; you note it after the step.",
    ko="history[i]는 i번째 걸음 전의 손실이에요. 지금은 걸음 뒤의 손실을 적고 있어요.",
    killed_by="test_one_step",
    hint="before",
)
def loss_after_the_step(student):
    def linear_regression(x, t, lr=0.1, steps=200, a=0.0, b=0.0):
        history = []
        for _ in range(steps):
            e = a * x + b - t
            a, b = a - lr * 2 * np.mean(e * x), b - lr * 2 * np.mean(e)
            history.append(float(np.mean((a * x + b - t) ** 2)))
        return float(a), float(b), history

    student.linear_regression = linear_regression


@misconception(
    "history has one entry too many: one loss per step, noted before it, and none after the last.",
    ko="history가 하나 더 길어요. 걸음마다 걸음 전의 손실 하나씩이고, 마지막 걸음 뒤에는 적지 않아요.",
    killed_by="test_one_step",
    hint="before",
)
def one_loss_more(student):
    def linear_regression(x, t, lr=0.1, steps=200, a=0.0, b=0.0):
        history = []
        for step in range(steps + 1):
            e = a * x + b - t
            history.append(float(np.mean(e**2)))
            if step < steps:
                a, b = a - lr * 2 * np.mean(e * x), b - lr * 2 * np.mean(e)
        return float(a), float(b), history

    student.linear_regression = linear_regression


@misconception(
    "The losses in history are half as large as they should be: the mean squared error has no factor ½.",
    ko="history의 손실이 절반이에요. 평균 제곱 오차에는 1/2이 붙지 않아요.",
    killed_by="test_one_step",
    hint="error",
)
def half_loss(student):
    def linear_regression(x, t, lr=0.1, steps=200, a=0.0, b=0.0):
        history = []
        for _ in range(steps):
            e = a * x + b - t
            history.append(float(0.5 * np.mean(e**2)))
            a, b = a - lr * 2 * np.mean(e * x), b - lr * 2 * np.mean(e)
        return float(a), float(b), history

    student.linear_regression = linear_regression


@misconception(
    "Only the last loss is kept; append every loss to a list.",
    ko="마지막 손실만 남았어요. 손실을 매번 목록에 추가하세요.",
    killed_by="test_finds_the_line",
    hint="before",
)
def last_loss_only(student):
    kept = student.linear_regression

    def linear_regression(x, t, lr=0.1, steps=200, a=0.0, b=0.0):
        a, b, history = kept(x, t, lr, steps, a, b)
        return a, b, history[-1:]

    student.linear_regression = linear_regression


@misconception(
    "Slope and intercept come back in the wrong order: return a first, then b.",
    ko="기울기와 절편의 순서가 바뀌었어요. a를 먼저, b를 나중에 돌려주세요.",
    killed_by="test_one_step",
    hint="both",
)
def returned_in_wrong_order(student):
    kept = student.linear_regression

    def linear_regression(x, t, lr=0.1, steps=200, a=0.0, b=0.0):
        a, b, history = kept(x, t, lr, steps, a, b)
        return b, a, history

    student.linear_regression = linear_regression


@misconception(
    "Every step uses a single pair only; the mean runs over all N pairs in every step.",
    ko="걸음마다 데이터 한 쌍만 썼어요. 걸음마다 N쌍 전체의 평균을 쓰세요.",
    killed_by="test_one_step",
    hint="error",
)
def one_pair_per_step(student):
    def linear_regression(x, t, lr=0.1, steps=200, a=0.0, b=0.0):
        history = []
        for step in range(steps):
            history.append(float(np.mean((a * x + b - t) ** 2)))
            i = step % len(x)
            e = a * x[i] + b - t[i]
            a, b = a - lr * 2 * e * x[i], b - lr * 2 * e
        return float(a), float(b), history

    student.linear_regression = linear_regression


@misconception(
    "The start is always (0, 0); begin at the a and b that are passed in.",
    ko="항상 (0, 0)에서 시작해요. 인자로 받은 a와 b에서 시작하세요.",
    killed_by="test_start_and_defaults",
    hint="before",
)
def start_ignored(student):
    kept = student.linear_regression

    def linear_regression(x, t, lr=0.1, steps=200, a=0.0, b=0.0):
        return kept(x, t, lr, steps, 0.0, 0.0)

    student.linear_regression = linear_regression


@misconception(
    "You subtract the mean from the caller's x; work on the data as they are, or on a copy.",
    ko="넘겨받은 x에서 평균을 빼 버렸어요. 데이터를 그대로 쓰거나 복사본에 계산하세요.",
    killed_by="test_start_and_defaults",
    hint="error",
)
def centres_x_in_place(student):
    kept = student.linear_regression

    def linear_regression(x, t, lr=0.1, steps=200, a=0.0, b=0.0):
        middle = x.mean()
        x -= middle
        a, b, history = kept(x, t, lr, steps, a, b + a * middle)
        return a, b - a * middle, history

    student.linear_regression = linear_regression


@misconception(
    "You stop as soon as the loss hardly changes; take all the steps that were asked for.",
    ko="손실이 거의 변하지 않으면 멈추고 있어요. 요청받은 걸음을 모두 움직이세요.",
    killed_by="test_least_squares",
    hint="before",
)
def stops_early(student):
    def linear_regression(x, t, lr=0.1, steps=200, a=0.0, b=0.0):
        history = []
        for _ in range(steps):
            e = a * x + b - t
            history.append(float(np.mean(e**2)))
            if len(history) > 1 and abs(history[-2] - history[-1]) < 1e-6:
                break
            a, b = a - lr * 2 * np.mean(e * x), b - lr * 2 * np.mean(e)
        return float(a), float(b), history

    student.linear_regression = linear_regression


@misconception(
    "The learning rate is limited inside the function; use lr as it is, even if it is too large.",
    ko="함수 안에서 학습률을 제한하고 있어요. 너무 크더라도 lr을 그대로 쓰세요.",
    killed_by="test_too_large",
    hint="both",
)
def learning_rate_limited(student):
    kept = student.linear_regression

    def linear_regression(x, t, lr=0.1, steps=200, a=0.0, b=0.0):
        return kept(x, t, min(lr, 0.5), steps, a, b)

    student.linear_regression = linear_regression


@misconception(
    "You limit the gradient; a learning rate that is too large must be seen to fail.",
    ko="기울기의 크기를 제한하고 있어요. 학습률이 너무 크면 발산하는 모습이 그대로 보여야 해요.",
    killed_by="test_too_large",
    hint="both",
)
def gradient_limited(student):
    def update(a, b, e, x, t, lr):
        step_a, step_b = 2 * np.mean(e * x), 2 * np.mean(e)
        return a - lr * np.clip(step_a, -10, 10), b - lr * np.clip(step_b, -10, 10)

    def linear_regression(x, t, lr=0.1, steps=200, a=0.0, b=0.0):
        return descend(update, x, t, lr, steps, a, b)

    student.linear_regression = linear_regression


@alternative("both parameters in one array, matrix products")
def matrix_form(student):
    def linear_regression(x, t, lr=0.1, steps=200, a=0.0, b=0.0):
        design = np.stack([x, np.ones_like(x)], axis=1)
        w = np.array([a, b], dtype=float)
        history = np.zeros(steps)
        for step in range(steps):
            e = design @ w - t
            history[step] = e @ e / len(x)
            w -= lr * 2 / len(x) * (design.T @ e)
        return w[0], w[1], history

    student.linear_regression = linear_regression


@alternative("the numerical gradient of the mean squared error")
def numerically(student):
    def linear_regression(x, t, lr=0.1, steps=200, a=0.0, b=0.0):
        w = np.array([a, b], dtype=float)

        def loss(p):
            return student.mean_squared_error(p[0] * x + p[1], t)

        history = []
        for _ in range(steps):
            history.append(loss(w))
            w = w - lr * student.numerical_gradient(loss, w)
        return w[0], w[1], history

    student.linear_regression = linear_regression


@alternative("loops over the points")
def loops(student):
    def linear_regression(x, t, lr=0.1, steps=200, a=0.0, b=0.0):
        points = list(zip(x.tolist(), t.tolist()))
        n = len(points)
        history = []
        for _ in range(steps):
            loss = da = db = 0.0
            for p, truth in points:
                e = a * p + b - truth
                loss += e * e / n
                da += 2 * e * p / n
                db += 2 * e / n
            history.append(loss)
            a -= lr * da
            b -= lr * db
        return [a, b, history]

    student.linear_regression = linear_regression


@alternative("single precision inside")
def single_precision(student):
    def linear_regression(x, t, lr=0.1, steps=200, a=0.0, b=0.0):
        x, t = x.astype(np.float32), t.astype(np.float32)
        a, b, two_lr = np.float32(a), np.float32(b), np.float32(2 * lr)
        history = []
        for _ in range(steps):
            e = a * x + b - t
            history.append(np.mean(e * e))
            a, b = a - two_lr * np.mean(e * x), b - two_lr * np.mean(e)
        return a, b, history

    student.linear_regression = linear_regression
