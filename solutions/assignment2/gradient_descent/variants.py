import numpy as np
from autograder.authoring import alternative, misconception


@misconception(
    "You climb: subtract the gradient instead of adding it.",
    ko="손실을 올라가고 있어요. 기울기를 더하지 말고 빼세요.",
    killed_by="test_first_step",
    hint="downhill",
)
def ascent(student):
    def gradient_descent(f, init_x, lr=0.01, step_num=100):
        x = np.array(init_x, float)
        for _ in range(step_num):
            x += lr * student.numerical_gradient(f, x)
        return x

    student.gradient_descent = gradient_descent


@misconception(
    "The gradient is computed once at the start; measure it anew at every point.",
    ko="기울기를 처음 한 번만 구했어요. 새 지점마다 다시 구하세요.",
    killed_by="test_reaches_the_minimum",
    hint="again",
)
def stale_gradient(student):
    def gradient_descent(f, init_x, lr=0.01, step_num=100):
        x = np.array(init_x, float)
        gradient = student.numerical_gradient(f, x)
        for _ in range(step_num):
            x -= lr * gradient
        return x

    student.gradient_descent = gradient_descent


@misconception(
    "Only the sign of the gradient is used; its size sets the length of the step.",
    ko="기울기의 부호만 썼어요. 기울기의 크기도 걸음의 길이에 들어가야 해요.",
    killed_by="test_first_step",
    hint="step",
)
def sign_only(student):
    def gradient_descent(f, init_x, lr=0.01, step_num=100):
        x = np.array(init_x, float)
        for _ in range(step_num):
            x -= lr * np.sign(student.numerical_gradient(f, x))
        return x

    student.gradient_descent = gradient_descent


@misconception(
    "You scale the gradient to length 1; use it as it is, so that steps get shorter near the minimum.",
    ko="기울기를 길이 1로 맞췄어요. 최솟값 근처에서 걸음이 짧아지도록 그대로 쓰세요.",
    killed_by="test_first_step",
    hint="step",
)
def normalised(student):
    def gradient_descent(f, init_x, lr=0.01, step_num=100):
        x = np.array(init_x, float)
        for _ in range(step_num):
            gradient = student.numerical_gradient(f, x)
            x -= lr * gradient / (np.linalg.norm(gradient) + 1e-12)
        return x

    student.gradient_descent = gradient_descent


@misconception(
    "return stands inside the loop, so only one step is taken.",
    ko="return이 반복문 안에 있어서 한 걸음만 움직여요.",
    killed_by="test_reaches_the_minimum",
    hint="again",
)
def one_step(student):
    def gradient_descent(f, init_x, lr=0.01, step_num=100):
        x = np.array(init_x, float)
        for _ in range(step_num):
            x -= lr * student.numerical_gradient(f, x)
            return x
        return x

    student.gradient_descent = gradient_descent


@misconception(
    "You take one step too few: range(step_num) already runs step_num times.",
    ko="한 걸음이 모자라요. range(step_num)이면 정확히 step_num번 돌아요.",
    killed_by="test_first_step",
    hint="again",
)
def one_step_short(student):
    def gradient_descent(f, init_x, lr=0.01, step_num=100):
        x = np.array(init_x, float)
        for _ in range(step_num - 1):
            x -= lr * student.numerical_gradient(f, x)
        return x

    student.gradient_descent = gradient_descent


@misconception(
    "The first step is taken before the loop, so there is one too many, even for step_num=0.",
    ko="반복문 전에 이미 한 걸음을 움직여서, step_num=0일 때도 한 걸음이 더 많아요.",
    killed_by="test_number_of_steps",
    hint="again",
)
def one_step_more(student):
    def gradient_descent(f, init_x, lr=0.01, step_num=100):
        x = np.array(init_x, float)
        x = x - lr * student.numerical_gradient(f, x)
        for _ in range(step_num - 1):
            x = x - lr * student.numerical_gradient(f, x)
        return x

    student.gradient_descent = gradient_descent


@misconception(
    "The learning rate is fixed inside the function; use the argument lr.",
    ko="학습률이 함수 안에 고정되어 있어요. 인자 lr을 쓰세요.",
    killed_by="test_first_step",
    hint="step",
)
def fixed_learning_rate(student):
    def gradient_descent(f, init_x, lr=0.01, step_num=100):
        x = np.array(init_x, float)
        for _ in range(step_num):
            x -= 0.01 * student.numerical_gradient(f, x)
        return x

    student.gradient_descent = gradient_descent


@misconception(
    "The learning rate is left out: the step is lr times the gradient.",
    ko="학습률이 빠졌어요. 걸음은 lr 곱하기 기울기예요.",
    killed_by="test_first_step",
    hint="step",
)
def no_learning_rate(student):
    def gradient_descent(f, init_x, lr=0.01, step_num=100):
        x = np.array(init_x, float)
        for _ in range(step_num):
            x -= student.numerical_gradient(f, x)
        return x

    student.gradient_descent = gradient_descent


@misconception(
    "lr scales x, not the gradient: write x - lr * gradient.",
    ko="lr을 기울기가 아니라 x에 곱했어요. x - lr * 기울기로 쓰세요.",
    killed_by="test_first_step",
    hint="step",
)
def gradient_becomes_x(student):
    def gradient_descent(f, init_x, lr=0.01, step_num=100):
        x = np.array(init_x, float)
        for _ in range(step_num):
            x = lr * (x - student.numerical_gradient(f, x))
        return x

    student.gradient_descent = gradient_descent


@misconception(
    "You return init_x, where the walk began; return the point where it ended.",
    ko="출발점 init_x를 돌려줬어요. 마지막에 도착한 점을 돌려주세요.",
    killed_by="test_first_step",
    hint="again",
)
def returns_the_start(student):
    def gradient_descent(f, init_x, lr=0.01, step_num=100):
        x = np.array(init_x, float)
        for _ in range(step_num):
            x = x - lr * student.numerical_gradient(f, x)
        return init_x

    student.gradient_descent = gradient_descent


@misconception(
    "You return the whole path; return the last point (or a tuple that starts with it).",
    ko="지나온 길 전체를 돌려줬어요. 마지막 점(또는 그 점으로 시작하는 튜플)을 돌려주세요.",
    killed_by="test_first_step",
    hint="again",
)
def returns_the_path(student):
    def gradient_descent(f, init_x, lr=0.01, step_num=100):
        x, path = np.array(init_x, float), [np.array(init_x, float)]
        for _ in range(step_num):
            x = x - lr * student.numerical_gradient(f, x)
            path.append(x)
        return np.array(path)

    student.gradient_descent = gradient_descent


@misconception(
    "You return the value of f; the point x itself is wanted.",
    ko="f의 값을 돌려줬어요. 점 x 자체를 돌려주세요.",
    killed_by="test_first_step",
    hint="again",
)
def returns_the_value(student):
    def gradient_descent(f, init_x, lr=0.01, step_num=100):
        x = np.array(init_x, float)
        for _ in range(step_num):
            x -= lr * student.numerical_gradient(f, x)
        return f(x)

    student.gradient_descent = gradient_descent


@misconception(
    "You only accept steps that lower f; gradient descent takes every step, also the bad ones of a "
    "learning rate that is too large.",
    ko="f가 줄어드는 걸음만 받아들였어요. 경사하강법은 학습률이 너무 커서 나쁜 걸음이 되어도 그대로 움직여요.",
    killed_by="test_learning_rate",
    hint="step",
)
def only_improvements(student):
    def gradient_descent(f, init_x, lr=0.01, step_num=100):
        x = np.array(init_x, float)
        for _ in range(step_num):
            candidate = x - lr * student.numerical_gradient(f, x)
            if f(candidate) <= f(x):
                x = candidate
        return x

    student.gradient_descent = gradient_descent


@misconception(
    "You cut large gradients off; take them as they are, and see what a large learning rate does.",
    ko="큰 기울기를 잘라 냈어요. 있는 그대로 써서 큰 학습률이 어떤 일을 하는지 보세요.",
    killed_by="test_learning_rate",
    hint="step",
)
def clipped(student):
    def gradient_descent(f, init_x, lr=0.01, step_num=100):
        x = np.array(init_x, float)
        for _ in range(step_num):
            x -= lr * np.clip(student.numerical_gradient(f, x), -100, 100)
        return x

    student.gradient_descent = gradient_descent


@misconception(
    "You move one element before the next slope is measured; take the whole gradient at one point, then move all of x.",
    ko="한 원소를 옮긴 뒤에 다음 기울기를 재고 있어요. 한 점에서 기울기를 모두 구한 다음 x 전체를 옮기세요.",
    killed_by="test_coupled",
    hint="again",
)
def one_element_after_the_other(student):
    def gradient_descent(f, init_x, lr=0.01, step_num=100):
        x = np.array(init_x, dtype=float)
        for _ in range(step_num):
            for index in np.ndindex(x.shape):
                x[index] -= lr * student.numerical_gradient(f, x)[index]
        return x

    student.gradient_descent = gradient_descent


@misconception(
    "You stop when the gradient is small; take all step_num steps.",
    ko="기울기가 작다고 멈추고 있어요. step_num번을 모두 진행하세요.",
    killed_by="test_coupled",
    hint="again",
)
def stops_early(student):
    def gradient_descent(f, init_x, lr=0.01, step_num=100):
        x = np.array(init_x, dtype=float)
        for _ in range(step_num):
            grad = student.numerical_gradient(f, x)
            if np.linalg.norm(grad) < 1e-4:
                break
            x -= lr * grad
        return x

    student.gradient_descent = gradient_descent


@misconception(
    "x comes back flat; it keeps the shape of init_x, whatever that is.",
    ko="x가 1차원으로 펴져서 돌아와요. init_x의 모양을 그대로 지키세요.",
    killed_by="test_coupled",
    hint="step",
)
def flattens(student):
    def gradient_descent(f, init_x, lr=0.01, step_num=100):
        x = np.array(init_x, dtype=float)
        for _ in range(step_num):
            x -= lr * student.numerical_gradient(f, x)
        return x.flatten()

    student.gradient_descent = gradient_descent


@alternative("the book's way: works in init_x itself and returns the history too")
def book_style(student):
    def gradient_descent(f, init_x, lr=0.01, step_num=100):
        x = init_x
        x_history = []
        for i in range(step_num):
            x_history.append(x.copy())
            grad = student.numerical_gradient(f, x)
            x -= lr * grad
        return x, np.array(x_history)

    student.gradient_descent = gradient_descent


@alternative("a while loop and new arrays")
def while_loop(student):
    def gradient_descent(f, init_x, lr=0.01, step_num=100):
        x, left = init_x, step_num
        while left > 0:
            x, left = x - student.numerical_gradient(f, x) * lr, left - 1
        return x

    student.gradient_descent = gradient_descent


@alternative("recursion")
def recursion(student):
    def gradient_descent(f, init_x, lr=0.01, step_num=100):
        if step_num == 0:
            return np.array(init_x)
        x = np.array(init_x) - lr * student.numerical_gradient(f, np.array(init_x))
        return gradient_descent(f, x, lr, step_num - 1)

    student.gradient_descent = gradient_descent


@alternative("its own central differences, element by element")
def own_differences(student):
    def gradient_descent(f, init_x, lr=0.01, step_num=100):
        x = init_x.copy()
        for _ in range(step_num):
            steps = np.zeros_like(x)
            for index in np.ndindex(x.shape):
                right, left = x.copy(), x.copy()
                right[index] += 1e-5
                left[index] -= 1e-5
                steps[index] = lr * (f(right) - f(left)) / 2e-5
            x = x - steps
        return x

    student.gradient_descent = gradient_descent
