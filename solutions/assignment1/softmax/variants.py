import math

import numpy as np
from autograder.authoring import alternative, misconception


@misconception(
    "np.exp(1000) is inf and inf/inf is nan; subtract the largest logit of the row before np.exp.",
    ko="np.exp(1000)은 inf이고 inf/inf는 nan이에요. np.exp 전에 그 행의 최댓값을 빼세요.",
    killed_by="test_large_logits",
    hint="shift",
)
def no_maximum(student):
    def softmax(x):
        e = np.exp(x)
        return e / np.sum(e, axis=-1, keepdims=True)

    student.softmax = softmax


@misconception(
    "You divide the logits by their sum; take the exponential of each first.",
    ko="로짓을 그대로 합으로 나누고 있어요. 먼저 지수 함수를 적용하세요.",
    killed_by="test_by_hand",
    hint="shift",
)
def no_exponential(student):
    def softmax(x):
        return x / np.sum(x, axis=-1, keepdims=True)

    student.softmax = softmax


@misconception(
    "Sigmoids of single logits do not add up to 1; softmax divides by the sum over all classes.",
    ko="로짓마다 시그모이드를 적용하면 합이 1이 되지 않아요. 모든 클래스의 합으로 나누세요.",
    killed_by="test_by_hand",
    hint="shift",
)
def sigmoid_of_each(student):
    def softmax(x):
        return 1 / (1 + np.exp(-x))

    student.softmax = softmax


@misconception(
    "The sign is turned round: your largest logit gets the smallest probability.",
    ko="부호가 반대예요. 가장 큰 로짓이 가장 작은 확률을 받고 있어요.",
    killed_by="test_by_hand",
    hint="shift",
)
def reversed_sign(student):
    def softmax(x):
        e = np.exp(np.min(x, axis=-1, keepdims=True) - x)
        return e / np.sum(e, axis=-1, keepdims=True)

    student.softmax = softmax


@misconception(
    "You divide by the maximum; that changes the result. Subtract it.",
    ko="최댓값으로 나누면 결과가 달라져요. 나누지 말고 빼세요.",
    killed_by="test_by_hand",
    hint="shift",
)
def divides_by_maximum(student):
    def softmax(x):
        e = np.exp(x / np.max(x, axis=-1, keepdims=True))
        return e / np.sum(e, axis=-1, keepdims=True)

    student.softmax = softmax


@misconception(
    "You treat the whole batch as one sample: all its entries together sum to 1, not each row.",
    ko="배치 전체를 한 표본처럼 다루고 있어요. 전체가 아니라 각 행의 합이 1이어야 해요.",
    killed_by="test_rows",
    hint="rows",
)
def whole_batch(student):
    def softmax(x):
        e = np.exp(x - np.max(x))
        return e / np.sum(e)

    student.softmax = softmax


@misconception(
    "One maximum for the whole batch lets a small row underflow to 0/0; each row needs its own.",
    ko="배치 전체의 최댓값을 빼면 값이 작은 행이 0/0이 돼요. 행마다 자기 최댓값을 빼세요.",
    killed_by="test_rows_of_different_size",
    hint="rows",
)
def global_maximum(student):
    def softmax(x):
        e = np.exp(x - np.max(x))
        return e / np.sum(e, axis=-1, keepdims=True)

    student.softmax = softmax


@misconception(
    "You divide by the sum of the whole batch; every row must sum to 1 by itself.",
    ko="배치 전체의 합으로 나누고 있어요. 각 행의 합이 1이 되어야 해요.",
    killed_by="test_rows",
    hint="rows",
)
def global_sum(student):
    def softmax(x):
        e = np.exp(x - np.max(x, axis=-1, keepdims=True))
        return e / np.sum(e)

    student.softmax = softmax


@misconception(
    "axis=0 goes down the columns, over the samples; the classes are on the last axis.",
    ko="axis=0은 열을 따라, 곧 표본 방향으로 정규화해요. 클래스는 마지막 축에 있어요.",
    killed_by="test_rows",
    hint="rows",
)
def axis_0(student):
    def softmax(x):
        e = np.exp(x - np.max(x, axis=0, keepdims=True))
        return e / np.sum(e, axis=0, keepdims=True)

    student.softmax = softmax


@misconception(
    "axis=1 exists only in a batch; axis=-1 is the last axis of a batch and of one sample alike.",
    ko="axis=1은 배치에만 있어요. axis=-1은 배치에서도 표본 하나에서도 마지막 축이에요.",
    killed_by="test_by_hand",
    hint="rows",
)
def axis_1(student):
    def softmax(x):
        e = np.exp(x - np.max(x, axis=1, keepdims=True))
        return e / np.sum(e, axis=1, keepdims=True)

    student.softmax = softmax


@misconception(
    "Without keepdims the sums have shape (N,) and line up with the columns, not with the rows.",
    ko="keepdims가 없으면 합의 모양이 (N,)이 되어 행이 아니라 열에 맞춰져요.",
    killed_by="test_rows_alone",
    hint="keepdims",
)
def sum_without_keepdims(student):
    def softmax(x):
        e = np.exp(x - np.max(x, axis=-1, keepdims=True))
        return e / np.sum(e, axis=-1)

    student.softmax = softmax


@misconception(
    "Without keepdims the maxima have shape (N,) and are subtracted from the columns.",
    ko="keepdims가 없으면 최댓값의 모양이 (N,)이 되어 행이 아니라 열에서 빼게 돼요.",
    killed_by="test_rows_of_different_size",
    hint="keepdims",
)
def maximum_without_keepdims(student):
    def softmax(x):
        e = np.exp(x - np.max(x, axis=-1))
        return e / np.sum(e, axis=-1, keepdims=True)

    student.softmax = softmax


@misconception(
    "You transpose the batch to work along axis 0 and forget to transpose the result back.",
    ko="배치를 전치해서 계산한 뒤 결과를 다시 전치하지 않았어요.",
    killed_by="test_rows",
    hint="rows",
)
def not_transposed_back(student):
    def softmax(x):
        x = x.T
        e = np.exp(x - np.max(x, axis=0))
        return e / np.sum(e, axis=0)

    student.softmax = softmax


@misconception(
    "Subtracting the minimum makes the exponents larger, not smaller; subtract the maximum.",
    ko="최솟값을 빼면 지수가 더 커져요. 최댓값을 빼세요.",
    killed_by="test_wide_row",
    hint="shift",
)
def minimum_instead(student):
    def softmax(x):
        e = np.exp(x - np.min(x, axis=-1, keepdims=True))
        return e / np.sum(e, axis=-1, keepdims=True)

    student.softmax = softmax


@misconception(
    "Subtracting the mean leaves large logits large; only the maximum makes every exponent <= 0.",
    ko="평균을 빼도 큰 로짓은 여전히 커요. 최댓값을 빼야 모든 지수가 0 이하가 돼요.",
    killed_by="test_wide_row",
    hint="shift",
)
def mean_instead(student):
    def softmax(x):
        e = np.exp(x - np.mean(x, axis=-1, keepdims=True))
        return e / np.sum(e, axis=-1, keepdims=True)

    student.softmax = softmax


@misconception(
    "The largest absolute value is not the maximum: rows of large negative logits become 0/0.",
    ko="절댓값의 최댓값은 최댓값이 아니에요. 큰 음수만 있는 행은 0/0이 돼요.",
    killed_by="test_large_logits",
    hint="shift",
)
def maximum_of_absolute(student):
    def softmax(x):
        e = np.exp(x - np.max(np.abs(x), axis=-1, keepdims=True))
        return e / np.sum(e, axis=-1, keepdims=True)

    student.softmax = softmax


@misconception(
    "Clipping makes different large logits equal; subtracting the maximum keeps their differences.",
    ko="로짓을 잘라내면 서로 다른 큰 값이 같아져요. 최댓값을 빼면 차이가 그대로 남아요.",
    killed_by="test_large_logits",
    hint="shift",
)
def clips(student):
    def softmax(x):
        e = np.exp(np.clip(x, -500, 500))
        return e / np.sum(e, axis=-1, keepdims=True)

    student.softmax = softmax


@misconception(
    "A longer float only moves the overflow further out; subtracting the maximum removes it.",
    ko="더 긴 실수형을 써도 오버플로가 조금 늦춰질 뿐이에요. 최댓값을 빼면 완전히 사라져요.",
    killed_by="test_rows_of_different_size",
    hint="shift",
)
def longer_float(student):
    def softmax(x):
        e = np.exp(np.asarray(x, dtype=np.longdouble))
        return (e / np.sum(e, axis=-1, keepdims=True)).astype(float)

    student.softmax = softmax


@misconception(
    "x -= ... changes the caller's logits; write the shifted values into a new array.",
    ko="x -= ...는 호출한 쪽의 로짓까지 바꿔요. 뺀 값은 새 배열에 담으세요.",
    killed_by="test_ints_and_input",
    hint="shift",
)
def in_place(student):
    def softmax(x):
        x -= np.max(x, axis=-1, keepdims=True)
        e = np.exp(x)
        return e / np.sum(e, axis=-1, keepdims=True)

    student.softmax = softmax


@misconception(
    "np.zeros_like(x) of int logits is an int array, which cuts every probability down to 0.",
    ko="정수 로짓의 np.zeros_like(x)는 정수 배열이라 확률이 모두 0으로 잘려요. 실수 배열을 쓰세요.",
    killed_by="test_ints_and_input",
    hint="keepdims",
)
def int_buffer(student):
    def softmax(x):
        out = np.zeros_like(x)
        for index in np.ndindex(x.shape[:-1]):
            e = np.exp(x[index] - np.max(x[index]))
            out[index] = e / np.sum(e)
        return out

    student.softmax = softmax


@misconception(
    "One sample (C,) comes back as a batch (1, C); the result has the shape of x.",
    ko="표본 하나 (C,)가 배치 (1, C)로 나와요. 결과의 모양은 x와 같아야 해요.",
    killed_by="test_by_hand",
    hint="keepdims",
)
def always_a_batch(student):
    def softmax(x):
        x = np.atleast_2d(x)
        e = np.exp(x - np.max(x, axis=1, keepdims=True))
        return e / np.sum(e, axis=1, keepdims=True)

    student.softmax = softmax


@misconception(
    "A batch of one loses its axis: (1, C) must stay (1, C).",
    ko="표본이 하나인 배치의 축이 사라져요. (1, C)는 (1, C)로 남아야 해요.",
    killed_by="test_rows_alone",
    hint="keepdims",
)
def squeezes(student):
    def softmax(x):
        e = np.exp(x - np.max(x, axis=-1, keepdims=True))
        return np.squeeze(e / np.sum(e, axis=-1, keepdims=True))

    student.softmax = softmax


@alternative("the transposes of the printed book, one branch for a batch and one for a sample")
def transposes(student):
    def softmax(x):
        if x.ndim == 2:
            x = x.T
            x = x - np.max(x, axis=0)
            y = np.exp(x) / np.sum(np.exp(x), axis=0)
            return y.T
        x = x - np.max(x)
        return np.exp(x) / np.sum(np.exp(x))

    student.softmax = softmax


@alternative("by way of the logarithm of the sum")
def log_sum_exp(student):
    def softmax(x):
        top = np.max(x, axis=-1, keepdims=True)
        log_sum = top + np.log(np.sum(np.exp(x - top), axis=-1, keepdims=True))
        return np.exp(x - log_sum)

    student.softmax = softmax


@alternative("number by number with math.exp, in Python loops")
def loops(student):
    def softmax(x):
        rows = np.atleast_2d(x)
        out = np.zeros(rows.shape)
        for i in range(rows.shape[0]):
            top = max(rows[i].tolist())
            exps = [math.exp(value - top) for value in rows[i].tolist()]
            total = sum(exps)
            for k in range(len(exps)):
                out[i, k] = exps[k] / total
        return out.reshape(x.shape)

    student.softmax = softmax


@alternative("single precision inside")
def single_precision(student):
    def softmax(x):
        x = np.asarray(x, dtype=np.float32)
        e = np.exp(x - x.max(axis=-1, keepdims=True))
        return e / e.sum(axis=-1, keepdims=True)

    student.softmax = softmax


@alternative("in place on its own copy, shapes by np.newaxis instead of keepdims")
def own_copy(student):
    def softmax(x):
        y = np.array(x, dtype=float)
        y -= y.max(axis=-1)[..., np.newaxis]
        np.exp(y, out=y)
        y /= y.sum(axis=-1)[..., np.newaxis]
        return y

    student.softmax = softmax


@alternative(
    "one over the sum of e^(x_j - x_k): no maximum, and an overflow there gives the right 0"
)
def all_pairs(student):
    def softmax(x):
        x = np.asarray(x, dtype=float)
        return 1 / np.sum(np.exp(x[..., np.newaxis, :] - x[..., :, np.newaxis]), axis=-1)

    student.softmax = softmax


@alternative("a tiny number in the denominator, out of habit")
def cautious(student):
    def softmax(x):
        e = np.exp(x - np.amax(x, axis=-1, keepdims=True))
        return e / (e.sum(axis=-1, keepdims=True) + 1e-8)

    student.softmax = softmax
