import numpy as np
from autograder.authoring import alternative, misconception


@misconception(
    "That is the book's half sum of squares; the mean divides by the number of elements, so that it "
    "does not grow with the batch.",
    ko="그것은 책에 나오는 1/2 제곱합이에요. 평균은 원소 수로 나누므로 배치가 커져도 값이 커지지 않아요.",
    killed_by="test_mean_or_half_sum",
    hint="half",
)
def book_half_sum(student):
    def mean_squared_error(y, t):
        return 0.5 * np.sum((y - t) ** 2)

    student.mean_squared_error = mean_squared_error


@misconception(
    "Square first, then average: otherwise positive and negative errors cancel.",
    ko="먼저 제곱하고 그다음에 평균을 내세요. 그러지 않으면 양수와 음수 오차가 서로 지워져요.",
    killed_by="test_lecture_example",
    hint="steps",
)
def square_of_mean(student):
    def mean_squared_error(y, t):
        return np.mean(y - t) ** 2

    student.mean_squared_error = mean_squared_error


@misconception(
    "You subtract the squares; square the difference: (y - t)², not y² - t².",
    ko="제곱끼리 뺐어요. y² - t²가 아니라 차이를 제곱한 (y - t)²예요.",
    killed_by="test_lecture_example",
    hint="steps",
)
def difference_of_squares(student):
    student.mean_squared_error = lambda y, t: np.mean(y**2 - t**2)


@misconception(
    "You return one value per element; a loss is a single number, so average over all of them.",
    ko="원소마다 값을 하나씩 돌려주고 있어요. 손실은 숫자 하나이므로 전체의 평균을 내세요.",
    killed_by="test_lecture_example",
    hint="steps",
)
def no_reduction(student):
    def mean_squared_error(y, t):
        return (y - t) ** 2

    student.mean_squared_error = mean_squared_error


@misconception(
    "You add the squares up but never divide by their number; that is a sum, not a mean.",
    ko="제곱을 더하기만 하고 개수로 나누지 않았어요. 그것은 합이지 평균이 아니에요.",
    killed_by="test_lecture_example",
    hint="average",
)
def sum_instead_of_mean(student):
    def mean_squared_error(y, t):
        return np.sum((y - t) ** 2)

    student.mean_squared_error = mean_squared_error


@misconception(
    "You took the mean and the book's ½; the mean has no factor ½, that belongs to the half sum.",
    ko="평균에 책의 1/2까지 곱했어요. 1/2은 제곱합에만 붙고 평균에는 붙지 않아요.",
    killed_by="test_lecture_example",
    hint="half",
)
def half_mean(student):
    def mean_squared_error(y, t):
        return 0.5 * np.mean((y - t) ** 2)

    student.mean_squared_error = mean_squared_error


@misconception(
    "The square root is too much: with it you have the RMSE, which comes in the next task.",
    ko="제곱근까지 씌웠어요. 그것은 다음 문제의 RMSE예요.",
    killed_by="test_lecture_example",
    hint="steps",
)
def root_taken(student):
    def mean_squared_error(y, t):
        return np.sqrt(np.mean((y - t) ** 2))

    student.mean_squared_error = mean_squared_error


@misconception(
    "You average absolute differences; the S in MSE says: square them.",
    ko="차이의 절댓값을 평균했어요. MSE의 S는 제곱(squared)이에요.",
    killed_by="test_lecture_example",
    hint="steps",
)
def absolute_instead_of_square(student):
    def mean_squared_error(y, t):
        return np.mean(np.abs(y - t))

    student.mean_squared_error = mean_squared_error


@misconception(
    "len(y) counts only the rows of a batch; the mean divides by all elements, N times D.",
    ko="len(y)는 배치의 행 수만 세요. 평균은 전체 원소 수(N×D)로 나눠야 해요.",
    killed_by="test_batches",
    hint="average",
)
def divided_by_rows(student):
    def mean_squared_error(y, t):
        return np.sum((y - t) ** 2) / len(y)

    student.mean_squared_error = mean_squared_error


@misconception(
    "With an axis the mean leaves one number per column; leave the axis out to average everything.",
    ko="axis를 주면 열마다 값이 하나씩 남아요. 전체 평균을 내려면 axis를 빼세요.",
    killed_by="test_batches",
    hint="average",
)
def one_per_column(student):
    def mean_squared_error(y, t):
        return np.mean((y - t) ** 2, axis=0)

    student.mean_squared_error = mean_squared_error


@misconception(
    "With axis=-1 you get one loss per sample; the loss of a batch is one number.",
    ko="axis=-1이면 표본마다 손실이 하나씩 나와요. 배치의 손실은 숫자 하나예요.",
    killed_by="test_batches",
    hint="average",
)
def one_per_sample(student):
    def mean_squared_error(y, t):
        return np.mean((y - t) ** 2, axis=-1)

    student.mean_squared_error = mean_squared_error


@misconception(
    "sum_squared_error carries the factor 0.5, chosen so that its derivative is simply y - t.",
    ko="sum_squared_error에는 0.5가 붙어요. 그래야 미분이 y - t로 깔끔해져요.",
    killed_by="test_book_example",
    hint="half",
)
def sum_without_half(student):
    def sum_squared_error(y, t):
        return np.sum((y - t) ** 2)

    student.sum_squared_error = sum_squared_error


@misconception(
    "sum_squared_error is half the sum, not half the mean: do not divide by the number of elements.",
    ko="sum_squared_error는 합의 절반이에요. 평균의 절반이 아니니 원소 수로 나누지 마세요.",
    killed_by="test_book_example",
    hint="half",
)
def half_sum_divided(student):
    def sum_squared_error(y, t):
        return 0.5 * np.mean((y - t) ** 2)

    student.sum_squared_error = sum_squared_error


@misconception(
    "The two functions are swapped: the mean is mean_squared_error, half the sum is sum_squared_error.",
    ko="두 함수가 서로 바뀌었어요. 평균은 mean_squared_error, 1/2 제곱합은 sum_squared_error예요.",
    killed_by="test_mean_or_half_sum",
    hint="half",
)
def swapped(student):
    student.mean_squared_error, student.sum_squared_error = (
        student.sum_squared_error,
        student.mean_squared_error,
    )


@misconception(
    "You divide the half sum by the number of rows; this one is meant to grow with the batch.",
    ko="1/2 제곱합을 행 수로 나눴어요. 이 함수는 배치와 함께 커지는 게 맞아요.",
    killed_by="test_half_sum_of_batches",
    hint="half",
)
def half_sum_per_sample(student):
    def sum_squared_error(y, t):
        return 0.5 * np.sum((y - t) ** 2) / (1 if y.ndim == 1 else len(y))

    student.sum_squared_error = sum_squared_error


@misconception(
    "y -= t writes the difference into the caller's predictions; make a new array with y - t.",
    ko="y -= t는 넘겨받은 예측값을 덮어써요. y - t로 새 배열을 만드세요.",
    killed_by="test_properties",
    hint="steps",
)
def overwrites_y(student):
    def mean_squared_error(y, t):
        y -= t
        y *= y
        return y.mean()

    student.mean_squared_error = mean_squared_error


@misconception(
    "The differences are stored with the whole-number type of t, which cuts off their decimals.",
    ko="차이를 t의 정수형 배열에 담아서 소수점 아래가 잘려요.",
    killed_by="test_properties",
    hint="steps",
)
def int_buffer(student):
    def mean_squared_error(y, t):
        d = np.zeros_like(t)
        d[...] = y - t
        return np.mean(d**2)

    student.mean_squared_error = mean_squared_error


@alternative("one element after the other")
def loops(student):
    def total(y, t):
        result = 0.0
        for a, b in zip(y.reshape(-1).tolist(), t.reshape(-1).tolist()):
            result += (a - b) ** 2
        return result

    student.mean_squared_error = lambda y, t: total(y, t) / y.size
    student.sum_squared_error = lambda y, t: total(y, t) / 2


@alternative("a dot product of the flattened difference")
def dot_product(student):
    def mean_squared_error(y, t):
        d = (y - t).ravel()
        return d @ d / d.size

    def sum_squared_error(y, t):
        d = (y - t).ravel()
        return np.dot(d, d) / 2

    student.mean_squared_error = mean_squared_error
    student.sum_squared_error = sum_squared_error


@alternative("single precision inside, a Python float outside")
def single_precision(student):
    def mean_squared_error(y, t):
        return float(np.mean(np.square(y.astype(np.float32) - t.astype(np.float32))))

    def sum_squared_error(y, t):
        return np.float32(0.5) * np.sum(np.square(y.astype(np.float32) - t.astype(np.float32)))

    student.mean_squared_error = mean_squared_error
    student.sum_squared_error = sum_squared_error


@alternative("in place on an own copy; a 0-d array comes back")
def in_place_on_a_copy(student):
    def squares(y, t):
        d = y.astype(float)
        d -= t
        d *= d
        return d

    student.mean_squared_error = lambda y, t: np.array(squares(y, t).mean())
    student.sum_squared_error = lambda y, t: np.array(squares(y, t).sum() * 0.5)


@alternative("variance plus the square of the mean, and the norm")
def variance_formula(student):
    def mean_squared_error(y, t):
        d = y - t
        return np.var(d) + np.mean(d) ** 2

    def sum_squared_error(y, t):
        return np.linalg.norm(y - t) ** 2 / 2

    student.mean_squared_error = mean_squared_error
    student.sum_squared_error = sum_squared_error


@alternative("the half sum as the book prints it; the mean derived from it")
def from_the_half_sum(student):
    def sum_squared_error(y, t):
        return 0.5 * np.sum((y - t) ** 2)

    def mean_squared_error(y, t):
        return 2 * sum_squared_error(y, t) / y.size

    student.sum_squared_error = sum_squared_error
    student.mean_squared_error = mean_squared_error
