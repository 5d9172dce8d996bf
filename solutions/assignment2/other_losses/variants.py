import numpy as np
from autograder.authoring import alternative, misconception


@misconception(
    "The root is missing, so the result has the square of the unit.",
    ko="제곱근이 빠져서 단위가 제곱이 되었어요.",
    killed_by="test_rmse_and_mae",
    hint="pieces",
)
def rmse_without_root(student):
    student.root_mean_squared_error = lambda y, t: np.mean((y - t) ** 2)


@misconception(
    "You take the root of every square and then average: that is the MAE. Average first, root last.",
    ko="제곱마다 제곱근을 씌운 뒤 평균을 냈어요. 그것은 MAE예요. 평균을 먼저, 제곱근을 마지막에 하세요.",
    killed_by="test_rmse_and_mae",
    hint="pieces",
)
def rmse_root_too_early(student):
    student.root_mean_squared_error = lambda y, t: np.mean(np.sqrt((y - t) ** 2))


@misconception(
    "You take the root of the sum of squares (a norm); divide by the number of elements before the root.",
    ko="제곱합에 바로 제곱근을 씌웠어요(노름). 제곱근 전에 원소 수로 나누세요.",
    killed_by="test_rmse_and_mae",
    hint="pieces",
)
def rmse_is_a_norm(student):
    student.root_mean_squared_error = lambda y, t: np.linalg.norm(y - t)


@misconception(
    "Without the absolute value errors of opposite sign cancel.",
    ko="절댓값이 없으면 부호가 다른 오차가 서로 지워져요.",
    killed_by="test_rmse_and_mae",
    hint="pieces",
)
def mae_without_abs(student):
    student.mean_absolute_error = lambda y, t: np.mean(y - t)


@misconception(
    "The absolute value comes too late: take it of every difference, before the mean.",
    ko="절댓값을 너무 늦게 씌웠어요. 평균을 내기 전에 차이마다 씌우세요.",
    killed_by="test_rmse_and_mae",
    hint="pieces",
)
def mae_abs_of_mean(student):
    student.mean_absolute_error = lambda y, t: np.abs(np.mean(y - t))


@misconception(
    "You add the absolute errors up; the M in MAE is a mean.",
    ko="절대 오차를 더하기만 했어요. MAE의 M은 평균이에요.",
    killed_by="test_rmse_and_mae",
    hint="pieces",
)
def mae_is_a_sum(student):
    student.mean_absolute_error = lambda y, t: np.sum(np.abs(y - t))


@misconception(
    "len(y) counts only the rows of a batch; use np.mean, which counts every element.",
    ko="len(y)는 배치의 행 수만 세요. 모든 원소를 세는 np.mean을 쓰세요.",
    killed_by="test_batches",
    hint="pieces",
)
def mae_divided_by_rows(student):
    student.mean_absolute_error = lambda y, t: np.sum(np.abs(y - t)) / len(y)


@misconception(
    "You divide by the prediction; a percentage error is a percentage of the true value t.",
    ko="예측값으로 나눴어요. 백분율 오차는 정답 t에 대한 백분율이에요.",
    killed_by="test_mape_and_msle",
    hint="divide",
)
def mape_of_prediction(student):
    def mean_absolute_percentage_error(y, t, eps=1e-7):
        return 100 * np.mean(np.abs(y - t) / np.maximum(np.abs(y), eps))

    student.mean_absolute_percentage_error = mean_absolute_percentage_error


@misconception(
    "That is a fraction; in percent it is 100 times as large.",
    ko="그것은 비율이에요. 백분율로는 100배를 해야 해요.",
    killed_by="test_mape_and_msle",
    hint="divide",
)
def mape_as_fraction(student):
    def mean_absolute_percentage_error(y, t, eps=1e-7):
        return np.mean(np.abs(y - t) / np.maximum(np.abs(t), eps))

    student.mean_absolute_percentage_error = mean_absolute_percentage_error


@misconception(
    "You divide the sum of the errors by the sum of the targets; divide element by element, then average.",
    ko="오차의 합을 정답의 합으로 나눴어요. 원소마다 나눈 다음 평균을 내세요.",
    killed_by="test_mape_and_msle",
    hint="divide",
)
def mape_ratio_of_sums(student):
    def mean_absolute_percentage_error(y, t, eps=1e-7):
        return 100 * np.sum(np.abs(y - t)) / np.maximum(np.sum(np.abs(t)), eps)

    student.mean_absolute_percentage_error = mean_absolute_percentage_error


@misconception(
    "For a negative target max(t, eps) is eps and the error explodes; take |t| first.",
    ko="음수 정답에서는 max(t, eps)가 eps가 되어 오차가 폭발해요. 먼저 |t|를 구하세요.",
    killed_by="test_special_targets",
    hint="divide",
)
def mape_sign(student):
    def mean_absolute_percentage_error(y, t, eps=1e-7):
        return 100 * np.mean(np.abs(y - t) / np.maximum(t, eps))

    student.mean_absolute_percentage_error = mean_absolute_percentage_error


@misconception(
    "t is replaced by |t| before the difference is taken; the absolute value belongs to the denominator.",
    ko="차이를 구하기 전에 t를 |t|로 바꿨어요. 절댓값은 분모에만 씌우세요.",
    killed_by="test_special_targets",
    hint="divide",
)
def mape_abs_too_early(student):
    def mean_absolute_percentage_error(y, t, eps=1e-7):
        t = np.abs(t)
        return 100 * np.mean(np.abs(y - t) / np.maximum(t, eps))

    student.mean_absolute_percentage_error = mean_absolute_percentage_error


@misconception(
    "A target of 0 is divided by; let eps be the smallest denominator.",
    ko="정답이 0이면 0으로 나누게 돼요. 분모가 eps보다 작아지지 않게 하세요.",
    killed_by="test_special_targets",
    hint="divide",
)
def mape_divides_by_zero(student):
    def mean_absolute_percentage_error(y, t, eps=1e-7):
        return 100 * np.mean(np.abs(y - t) / np.abs(t))

    student.mean_absolute_percentage_error = mean_absolute_percentage_error


@misconception(
    "MSLE uses log(1 + value); a plain log is minus infinity at 0.",
    ko="MSLE는 log(1 + 값)을 써요. 그냥 log는 0에서 음의 무한대예요.",
    killed_by="test_mape_and_msle",
    hint="pieces",
)
def msle_plain_log(student):
    student.mean_squared_logarithmic_error = lambda y, t: np.mean((np.log(y) - np.log(t)) ** 2)


@misconception(
    "You take the logarithm of the error; take the logarithms of y and t, then their difference.",
    ko="오차에 로그를 씌웠어요. y와 t에 먼저 로그를 씌우고 그 차이를 구하세요.",
    killed_by="test_mape_and_msle",
    hint="pieces",
)
def msle_log_of_error(student):
    student.mean_squared_logarithmic_error = lambda y, t: np.mean(np.log1p(np.abs(y - t)) ** 2)


@misconception(
    "The square is missing: MSLE is the mean of the *squared* differences of the logarithms.",
    ko="제곱이 빠졌어요. MSLE는 로그 차이를 제곱해서 평균을 내요.",
    killed_by="test_mape_and_msle",
    hint="pieces",
)
def msle_without_square(student):
    student.mean_squared_logarithmic_error = lambda y, t: np.mean(np.abs(np.log1p(y) - np.log1p(t)))


@misconception(
    "A dot product grows with the lengths; divide by both norms, so that only the direction counts.",
    ko="내적은 벡터가 길수록 커져요. 방향만 남도록 두 노름으로 나누세요.",
    killed_by="test_cosine_directions",
    hint="rows",
)
def cosine_without_norms(student):
    student.cosine_similarity = lambda y, t: np.sum(y * t, axis=-1)


@misconception(
    "You treat the whole batch as one long vector; every row has its own cosine (axis=-1).",
    ko="배치 전체를 긴 벡터 하나로 다뤘어요. 행마다 코사인이 하나씩 있어요(axis=-1).",
    killed_by="test_cosine_directions",
    hint="rows",
)
def cosine_of_whole_batch(student):
    def cosine_similarity(y, t):
        return np.sum(y * t) / (np.linalg.norm(y) * np.linalg.norm(t))

    student.cosine_similarity = cosine_similarity


@misconception(
    "axis=0 runs through the samples; a vector lies along the last axis, so use axis=-1.",
    ko="axis=0은 표본을 따라가요. 벡터는 마지막 축에 있으니 axis=-1을 쓰세요.",
    killed_by="test_cosine_directions",
    hint="rows",
)
def cosine_along_samples(student):
    def cosine_similarity(y, t):
        norms = np.linalg.norm(y, axis=0) * np.linalg.norm(t, axis=0)
        return np.sum(y * t, axis=0) / np.where(norms == 0, 1, norms)

    student.cosine_similarity = cosine_similarity


@misconception(
    "np.dot(y, t.T) compares every row with every other row; only row n of y with row n of t is wanted.",
    ko="np.dot(y, t.T)는 모든 행을 서로 비교해요. y의 n번째 행과 t의 n번째 행만 비교하세요.",
    killed_by="test_cosine_directions",
    hint="rows",
)
def cosine_all_pairs(student):
    def cosine_similarity(y, t):
        norms = np.linalg.norm(y, axis=-1) * np.linalg.norm(t, axis=-1)
        return np.dot(y, t.T) / np.where(norms == 0, 1, norms)

    student.cosine_similarity = cosine_similarity


@misconception(
    "np.dot of two batches is a matrix product; multiply element by element and sum along the last axis.",
    ko="두 배치의 np.dot은 행렬 곱이에요. 원소마다 곱한 다음 마지막 축으로 더하세요.",
    killed_by="test_cosine_directions",
    hint="rows",
)
def cosine_of_vectors_only(student):
    def cosine_similarity(y, t):
        return np.dot(y, t) / (np.linalg.norm(y) * np.linalg.norm(t))

    student.cosine_similarity = cosine_similarity


@misconception(
    "axis=1 exists for batches only; axis=-1 works for a single vector as well.",
    ko="axis=1은 배치에만 있어요. axis=-1을 쓰면 벡터 하나에도 통해요.",
    killed_by="test_cosine_details",
    hint="rows",
)
def cosine_needs_a_batch(student):
    def cosine_similarity(y, t):
        norms = np.linalg.norm(y, axis=1) * np.linalg.norm(t, axis=1)
        return np.sum(y * t, axis=1) / np.where(norms == 0, 1, norms)

    student.cosine_similarity = cosine_similarity


@misconception(
    "A vector of zeros has norm 0, and 0/0 is nan; guard the denominator, the similarity is 0 there.",
    ko="영벡터의 노름은 0이고 0/0은 nan이에요. 분모를 보호하세요. 이때 유사도는 0이에요.",
    killed_by="test_cosine_details",
    hint="rows",
)
def cosine_zero_vector(student):
    def cosine_similarity(y, t):
        return np.sum(y * t, axis=-1) / (np.linalg.norm(y, axis=-1) * np.linalg.norm(t, axis=-1))

    student.cosine_similarity = cosine_similarity


@misconception(
    "A loss must get smaller when the vectors agree; put a minus before the mean similarity.",
    ko="벡터가 같아질수록 손실은 작아져야 해요. 평균 유사도에 마이너스를 붙이세요.",
    killed_by="test_cosine_directions",
    hint="rows",
)
def cosine_sign(student):
    def cosine_similarity_loss(y, t):
        return np.mean(student.cosine_similarity(y, t))

    student.cosine_similarity_loss = cosine_similarity_loss


@misconception(
    "1 - cosine is the cosine distance; the loss of this course is just minus the mean similarity.",
    ko="1 - 코사인은 코사인 거리예요. 이 과제의 손실은 평균 유사도에 마이너스만 붙여요.",
    killed_by="test_cosine_directions",
    hint="rows",
)
def cosine_distance(student):
    def cosine_similarity_loss(y, t):
        return 1 - np.mean(student.cosine_similarity(y, t))

    student.cosine_similarity_loss = cosine_similarity_loss


@misconception(
    "You add the similarities up; average them, so that the loss does not grow with the batch.",
    ko="유사도를 더하기만 했어요. 배치에 따라 커지지 않도록 평균을 내세요.",
    killed_by="test_cosine_directions",
    hint="rows",
)
def cosine_loss_summed(student):
    def cosine_similarity_loss(y, t):
        return -np.sum(student.cosine_similarity(y, t))

    student.cosine_similarity_loss = cosine_similarity_loss


@misconception(
    "A zero vector may be y or t; guard both norms.",
    ko="영벡터는 y일 수도 t일 수도 있어요. 두 노름을 모두 보호하세요.",
    killed_by="test_cosine_details",
    hint="rows",
)
def zero_target_vector(student):
    def cosine_similarity(y, t):
        first = np.linalg.norm(y, axis=-1)
        return np.sum(y * t, axis=-1) / (
            np.where(first == 0, 1.0, first) * np.linalg.norm(t, axis=-1)
        )

    student.cosine_similarity = cosine_similarity


@misconception(
    "MAPE ignores the eps that it is given; the smallest divisor is an argument.",
    ko="MAPE가 주어진 eps를 쓰지 않아요. 나눗수의 최솟값은 인수예요.",
    killed_by="test_special_targets",
    hint="divide",
)
def mape_ignores_eps(student):
    def mean_absolute_percentage_error(y, t, eps=1e-7):
        return 100 * np.mean(np.abs(y - t) / np.maximum(np.abs(t), 1e-7))

    student.mean_absolute_percentage_error = mean_absolute_percentage_error


@alternative("everything in Python loops")
def loops(student):
    import math

    def pairs(y, t):
        return list(zip(np.ravel(y).tolist(), np.ravel(t).tolist()))

    def mean(values):
        return sum(values) / len(values)

    def cosine(a, b):
        dot = sum(p * q for p, q in zip(a, b))
        length = math.sqrt(sum(p * p for p in a)) * math.sqrt(sum(q * q for q in b))
        return dot / length if length > 0 else 0.0

    def cosine_similarity(y, t):
        if y.ndim == 1:
            return cosine(y.tolist(), t.tolist())
        return np.array([cosine(a.tolist(), b.tolist()) for a, b in zip(y, t)])

    student.root_mean_squared_error = lambda y, t: math.sqrt(
        mean([(a - b) ** 2 for a, b in pairs(y, t)])
    )
    student.mean_absolute_error = lambda y, t: mean([abs(a - b) for a, b in pairs(y, t)])
    student.mean_absolute_percentage_error = lambda y, t, eps=1e-7: mean(
        [100 * abs(a - b) / max(abs(b), eps) for a, b in pairs(y, t)]
    )
    student.mean_squared_logarithmic_error = lambda y, t: mean(
        [(math.log(1 + a) - math.log(1 + b)) ** 2 for a, b in pairs(y, t)]
    )
    student.cosine_similarity = cosine_similarity
    student.cosine_similarity_loss = lambda y, t: -float(np.mean(cosine_similarity(y, t)))


@alternative("a tiny number added to the denominators, as Keras does")
def added_epsilon(student):
    def unit(v):
        return v / (np.sqrt(np.sum(np.square(v), axis=-1, keepdims=True)) + 1e-7)

    def mean_absolute_percentage_error(y, t, eps=1e-7):
        return 100.0 * np.mean(np.abs((t - y) / (np.abs(t) + eps)))

    student.mean_absolute_percentage_error = mean_absolute_percentage_error
    student.cosine_similarity = lambda y, t: (unit(y) * unit(t)).sum(axis=-1)
    student.cosine_similarity_loss = lambda y, t: -(unit(y) * unit(t)).sum(axis=-1).mean()


@alternative("single precision inside")
def single_precision(student):
    def single(*arrays):
        return [a.astype(np.float32) for a in arrays]

    def rmse(y, t):
        y, t = single(y, t)
        return np.sqrt(np.mean((y - t) ** 2))

    def mae(y, t):
        y, t = single(y, t)
        return np.mean(np.abs(y - t))

    def mape(y, t, eps=1e-7):
        y, t = single(y, t)
        return 100 * np.mean(np.abs(y - t) / np.maximum(np.abs(t), np.float32(eps)))

    def msle(y, t):
        y, t = single(y, t)
        return np.mean((np.log1p(y) - np.log1p(t)) ** 2)

    def cosine(y, t):
        y, t = single(y, t)
        norms = np.sqrt(np.sum(y * y, axis=-1)) * np.sqrt(np.sum(t * t, axis=-1))
        return np.einsum("...d,...d->...", y, t) / np.maximum(norms, np.float32(1e-12))

    student.root_mean_squared_error = rmse
    student.mean_absolute_error = mae
    student.mean_absolute_percentage_error = mape
    student.mean_squared_logarithmic_error = msle
    student.cosine_similarity = cosine
    student.cosine_similarity_loss = lambda y, t: -np.mean(cosine(y, t))


@alternative("norms, a masked division, the logarithm of a ratio")
def other_formulas(student):
    def cosine_similarity(y, t):
        norms = np.linalg.norm(y, axis=-1) * np.linalg.norm(t, axis=-1)
        dots = np.sum(y * t, axis=-1).astype(float)
        return np.divide(dots, norms, out=np.zeros(np.shape(norms)), where=norms > 0)

    student.root_mean_squared_error = lambda y, t: np.linalg.norm(y - t) / np.sqrt(y.size)
    student.mean_absolute_error = lambda y, t: np.abs(y - t).sum() / y.size
    student.mean_squared_logarithmic_error = lambda y, t: np.mean(np.log((y + 1) / (t + 1)) ** 2)
    student.cosine_similarity = cosine_similarity
    student.cosine_similarity_loss = lambda y, t: np.mean(-cosine_similarity(y, t))
