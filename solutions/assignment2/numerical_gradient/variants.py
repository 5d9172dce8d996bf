import numpy as np
from autograder.authoring import alternative, misconception


@misconception(
    "The two points are 2h apart; dividing by h doubles the derivative.",
    ko="두 점의 간격은 2h예요. h로 나누면 미분값이 두 배가 돼요.",
    killed_by="test_book_slopes",
    hint="central",
)
def diff_divided_by_h(student):
    student.numerical_diff = lambda f, x, h=1e-4: (f(x + h) - f(x - h)) / h


@misconception(
    "/ 2*h divides by 2 and then multiplies by h; write / (2 * h).",
    ko="/ 2*h는 2로 나눈 다음 h를 곱해요. / (2 * h)라고 쓰세요.",
    killed_by="test_book_slopes",
    hint="central",
)
def missing_brackets(student):
    student.numerical_diff = lambda f, x, h=1e-4: (f(x + h) - f(x - h)) / 2 * h


@misconception(
    "h is so small that x + h is x: the difference is exactly 0. Use 1e-4.",
    ko="h가 너무 작아서 x + h가 x와 같아요. 차이가 0이 되니 1e-4를 쓰세요.",
    killed_by="test_book_slopes",
    hint="central",
)
def vanishing_h(student):
    student.numerical_diff = lambda f, x, h=1e-50: (f(x + h) - f(x - h)) / (2 * h)


@misconception(
    "numerical_diff looks to one side only (forward difference); the central difference is far more "
    "exact.",
    ko="numerical_diff가 한쪽만 보고 있어요(전방 차분). 중심 차분이 훨씬 정확해요.",
    killed_by="test_second_order",
    hint="central",
)
def diff_forward(student):
    student.numerical_diff = lambda f, x, h=1e-4: (f(x + h) - f(x)) / h


@misconception(
    "numerical_gradient looks to one side only (forward difference); evaluate at +h and at -h.",
    ko="numerical_gradient가 한쪽만 보고 있어요(전방 차분). +h와 -h에서 모두 계산하세요.",
    killed_by="test_second_order",
    hint="central",
)
def gradient_forward(student):
    def numerical_gradient(f, x, h=1e-4):
        gradient = np.zeros(x.shape)
        for index in np.ndindex(x.shape):
            original = x[index]
            before = f(x)
            x[index] = original + h
            gradient[index] = (f(x) - before) / h
            x[index] = original
        return gradient

    student.numerical_gradient = numerical_gradient


@misconception(
    "In numerical_gradient the two points are 2h apart; dividing by h doubles the gradient.",
    ko="numerical_gradient에서 두 점의 간격은 2h예요. h로 나누면 기울기가 두 배가 돼요.",
    killed_by="test_book_gradient",
    hint="central",
)
def gradient_divided_by_h(student):
    def numerical_gradient(f, x, h=1e-4):
        gradient = np.zeros(x.shape)
        for index in np.ndindex(x.shape):
            original = x[index]
            x[index] = original + h
            above = f(x)
            x[index] = original - h
            gradient[index] = (above - f(x)) / h
            x[index] = original
        return gradient

    student.numerical_gradient = numerical_gradient


@misconception(
    "The sign is turned round: f(x + h) minus f(x - h), not the other way.",
    ko="부호가 반대예요. f(x + h)에서 f(x - h)를 빼세요.",
    killed_by="test_book_gradient",
    hint="central",
)
def gradient_sign(student):
    def numerical_gradient(f, x, h=1e-4):
        gradient = np.zeros(x.shape)
        for index in np.ndindex(x.shape):
            original = x[index]
            x[index] = original + h
            above = f(x)
            x[index] = original - h
            gradient[index] = (f(x) - above) / (2 * h)
            x[index] = original
        return gradient

    student.numerical_gradient = numerical_gradient


@misconception(
    "Adding and subtracting h does not return exactly to the old float; save the old value and write "
    "it back.",
    ko="h를 더했다 빼면 원래 실수로 정확히 돌아오지 않아요. 원래 값을 저장했다가 되돌려 쓰세요.",
    killed_by="test_restores_x",
    hint="restore",
)
def restored_by_arithmetic(student):
    def numerical_gradient(f, x, h=1e-4):
        gradient = np.zeros(x.shape)
        for index in np.ndindex(x.shape):
            x[index] += h
            above = f(x)
            x[index] -= 2 * h
            below = f(x)
            x[index] += h
            gradient[index] = (above - below) / (2 * h)
        return gradient

    student.numerical_gradient = numerical_gradient


@misconception(
    "You never write the old value back, so later elements are evaluated at a shifted point and x "
    "stays changed.",
    ko="원래 값을 되돌려 쓰지 않아서 다음 성분이 옮겨진 점에서 계산되고 x도 바뀐 채로 남아요.",
    killed_by="test_matrix",
    hint="restore",
)
def never_restored(student):
    def numerical_gradient(f, x, h=1e-4):
        gradient = np.zeros(x.shape)
        for index in np.ndindex(x.shape):
            original = x[index]
            x[index] = original + h
            above = f(x)
            x[index] = original - h
            gradient[index] = (above - f(x)) / (2 * h)
        return gradient

    student.numerical_gradient = numerical_gradient


@misconception(
    "After the first evaluation you step back by h only: the second point is x itself, not x - h.",
    ko="첫 계산 뒤에 h만큼만 되돌아갔어요. 두 번째 점은 x가 아니라 x - h여야 해요.",
    killed_by="test_book_gradient",
    hint="restore",
)
def steps_back_too_little(student):
    def numerical_gradient(f, x, h=1e-4):
        gradient = np.zeros(x.shape)
        for index in np.ndindex(x.shape):
            original = x[index]
            x[index] = original + h
            above = f(x)
            x[index] -= h
            gradient[index] = (above - f(x)) / (2 * h)
            x[index] = original
        return gradient

    student.numerical_gradient = numerical_gradient


@misconception(
    "You move copies; the loss of a network reads its own weights, so the change must happen inside x "
    "itself.",
    ko="복사본을 움직이고 있어요. 신경망의 손실은 자기 가중치를 직접 읽으므로 x 자체를 바꿔야 해요.",
    killed_by="test_moves_x_itself",
    hint="restore",
)
def moves_copies(student):
    def numerical_gradient(f, x, h=1e-4):
        gradient = np.zeros(x.shape)
        for index in np.ndindex(x.shape):
            right, left = x.copy(), x.copy()
            right[index] += h
            left[index] -= h
            gradient[index] = (f(right) - f(left)) / (2 * h)
        return gradient

    student.numerical_gradient = numerical_gradient


@misconception(
    "All elements move together, which mixes the partial derivatives; move one at a time.",
    ko="모든 성분을 한꺼번에 움직이면 편미분이 섞여요. 하나씩 움직이세요.",
    killed_by="test_book_gradient",
    hint="restore",
)
def all_at_once(student):
    def numerical_gradient(f, x, h=1e-4):
        return np.ones(x.shape) * (f(x + h) - f(x - h)) / (2 * h)

    student.numerical_gradient = numerical_gradient


@misconception(
    "f gets a single element; it is a function of the whole array, so pass x.",
    ko="f에 성분 하나만 넘겼어요. f는 배열 전체의 함수이므로 x를 넘기세요.",
    killed_by="test_book_gradient",
    hint="index",
)
def f_of_one_element(student):
    def numerical_gradient(f, x, h=1e-4):
        gradient = np.zeros(x.shape)
        for index in np.ndindex(x.shape):
            gradient[index] = (f(x[index] + h) - f(x[index] - h)) / (2 * h)
        return gradient

    student.numerical_gradient = numerical_gradient


@misconception(
    "x[i] with a plain integer is a whole row of a matrix; run through all index tuples (np.ndindex).",
    ko="정수 하나로 쓴 x[i]는 행렬에서 행 전체예요. 모든 인덱스 튜플을 도세요(np.ndindex).",
    killed_by="test_matrix",
    hint="index",
)
def vectors_only(student):
    def numerical_gradient(f, x, h=1e-4):
        gradient = np.zeros_like(x)
        for i in range(x.size):
            original = x[i]
            x[i] = original + h
            above = f(x)
            x[i] = original - h
            below = f(x)
            gradient[i] = (above - below) / (2 * h)
            x[i] = original
        return gradient

    student.numerical_gradient = numerical_gradient


@misconception(
    "You move whole rows of the matrix at once; every element needs its own two evaluations.",
    ko="행렬의 행 전체를 한꺼번에 움직였어요. 원소마다 따로 두 번씩 계산해야 해요.",
    killed_by="test_matrix",
    hint="index",
)
def row_by_row(student):
    def numerical_gradient(f, x, h=1e-4):
        gradient = np.zeros_like(x)
        for i in range(len(x)):
            original = np.copy(x[i])
            x[i] = original + h
            above = f(x)
            x[i] = original - h
            below = f(x)
            gradient[i] = (above - below) / (2 * h)
            x[i] = original
        return gradient

    student.numerical_gradient = numerical_gradient


@misconception(
    "You hand the rows of the matrix to f one by one, as the book does for its plots; f wants all of x.",
    ko="책의 그림용 코드처럼 f에 행을 하나씩 넘겼어요. f에는 x 전체를 넘기세요.",
    killed_by="test_matrix",
    hint="index",
)
def f_of_one_row(student):
    kept = student.numerical_gradient

    def numerical_gradient(f, x, h=1e-4):
        if x.ndim == 1:
            return kept(f, x, h)
        gradient = np.zeros_like(x)
        for i, row in enumerate(x):
            gradient[i] = kept(f, row, h)
        return gradient

    student.numerical_gradient = numerical_gradient


@misconception(
    "The gradient comes out flat; it has the shape of x.",
    ko="기울기가 1차원으로 펼쳐져 나왔어요. 기울기의 모양은 x와 같아요.",
    killed_by="test_matrix",
    hint="index",
)
def flat_result(student):
    kept = student.numerical_gradient

    def numerical_gradient(f, x, h=1e-4):
        return kept(f, x, h).ravel()

    student.numerical_gradient = numerical_gradient


@misconception(
    "reshape(-1) or ravel() of a view such as W.T makes a copy, and moving the copy moves nothing; "
    "index x itself.",
    ko="W.T 같은 뷰에서 reshape(-1)이나 ravel()은 복사본을 만들어요. x 자체를 인덱싱하세요.",
    killed_by="test_coupled_and_view",
    hint="index",
)
def flattens_a_view(student):
    def numerical_gradient(f, x, h=1e-4):
        flat = x.reshape(-1)
        gradient = np.zeros(x.size)
        for i in range(x.size):
            original = flat[i]
            flat[i] = original + h
            above = f(x)
            flat[i] = original - h
            below = f(x)
            flat[i] = original
            gradient[i] = (above - below) / (2 * h)
        return gradient.reshape(x.shape)

    student.numerical_gradient = numerical_gradient


@misconception(
    "f is called more often than twice per element; for a network every call is a whole forward pass.",
    ko="f를 성분마다 두 번보다 많이 불렀어요. 신경망에서는 한 번 부를 때마다 순전파 전체를 계산해요.",
    killed_by="test_restores_x",
    hint="central",
)
def too_many_calls(student):
    def numerical_gradient(f, x, h=1e-4):
        gradient = np.zeros(x.shape)
        for index in np.ndindex(x.shape):
            original = x[index]
            here = f(x)
            x[index] = original + h
            right = (f(x) - here) / h
            x[index] = original - h
            left = (here - f(x)) / h
            x[index] = original
            gradient[index] = (right + left) / 2
        return gradient

    student.numerical_gradient = numerical_gradient


@alternative("the book's way with np.nditer and a local h")
def book_style(student):
    def numerical_gradient(f, x):
        h = 1e-4
        grad = np.zeros_like(x)
        it = np.nditer(x, flags=["multi_index"], op_flags=["readwrite"])
        while not it.finished:
            idx = it.multi_index
            tmp_val = x[idx]
            x[idx] = float(tmp_val) + h
            fxh1 = f(x)
            x[idx] = tmp_val - h
            fxh2 = f(x)
            grad[idx] = (fxh1 - fxh2) / (2 * h)
            x[idx] = tmp_val
            it.iternext()
        return grad

    def numerical_diff(f, x):
        h = 1e-4
        return (f(x + h) - f(x - h)) / (2 * h)

    student.numerical_gradient = numerical_gradient
    student.numerical_diff = numerical_diff


@alternative("x.flat, the left side first, a smaller h")
def flat_iterator(student):
    def numerical_gradient(f, x, h=1e-5):
        gradient = np.empty(x.size)
        for i in range(x.size):
            kept = x.flat[i]
            x.flat[i] = kept - h
            below = f(x)
            x.flat[i] = kept + h
            gradient[i] = (f(x) - below) / 2 / h
            x.flat[i] = kept
        return gradient.reshape(x.shape)

    student.numerical_gradient = numerical_gradient
    student.numerical_diff = lambda f, x, h=1e-5: np.float64(f(x + h) - f(x - h)) * 0.5 / h


@alternative("two sweeps, x restored from a copy each time")
def two_sweeps(student):
    def numerical_gradient(f, x, h=1e-4):
        kept = x.copy()
        values = []
        for step in (h, -h):
            for index in np.ndindex(*x.shape):
                x[index] += step
                values.append(f(x))
                x[...] = kept
        above, below = np.array(values).reshape(2, *x.shape)
        return (above - below) / (2 * h)

    student.numerical_gradient = numerical_gradient


@alternative("the true distance of the two points as the divisor; 0-d array for numbers")
def true_distance(student):
    def numerical_gradient(f, x, h=1e-4):
        gradient = np.zeros(x.shape)
        for index, value in np.ndenumerate(x.copy()):
            right, left = value + h, value - h
            x[index] = right
            gradient[index] = f(x)
            x[index] = left
            gradient[index] -= f(x)
            gradient[index] /= right - left
            x[index] = value
        return gradient

    student.numerical_gradient = numerical_gradient
    student.numerical_diff = lambda f, x, h=1e-4: np.array(
        (f(x + h) - f(x - h)) / ((x + h) - (x - h))
    )
