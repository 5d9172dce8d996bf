import numpy as np
from autograder.authoring import alternative, misconception


def as_batch(y, t):
    """(N, C) probabilities and (N,) labels."""
    y, t = np.atleast_2d(y), np.asarray(t)
    return y, t.reshape(y.shape).argmax(axis=1) if t.size == y.size else t.reshape(-1)


@misconception(
    "log(0) is minus infinity, and one such sample ruins the loss; add a tiny number such as 1e-7 "
    "inside the log.",
    ko="log(0)은 음의 무한대라서 표본 하나가 손실 전체를 망가뜨려요. 로그 안에 1e-7 같은 작은 값을 더하세요.",
    killed_by="test_certainty",
    hint="mean",
)
def no_epsilon(student):
    def cross_entropy_error(y, t):
        y, t = as_batch(y, t)
        return -np.mean(np.log(y[np.arange(len(y)), t]))

    student.cross_entropy_error = cross_entropy_error


@misconception(
    "You add the tiny number after the logarithm; it only helps inside, before log(0) happens.",
    ko="작은 값을 로그 밖에서 더했어요. log(0)이 생기기 전에 로그 안에서 더해야 해요.",
    killed_by="test_certainty",
    hint="mean",
)
def epsilon_outside(student):
    def cross_entropy_error(y, t):
        y, t = as_batch(y, t)
        return -np.mean(np.log(y[np.arange(len(y)), t]) + 1e-7)

    student.cross_entropy_error = cross_entropy_error


@misconception(
    "Your epsilon is so large that being certain and wrong costs too little; use 1e-7.",
    ko="더하는 값이 너무 커서, 확신하고 틀려도 손실이 작아요. 1e-7을 쓰세요.",
    killed_by="test_certainty",
    hint="mean",
)
def large_epsilon(student):
    def cross_entropy_error(y, t):
        y, t = as_batch(y, t)
        return -np.mean(np.log(np.maximum(y[np.arange(len(y)), t], 1e-3)))

    student.cross_entropy_error = cross_entropy_error


@misconception(
    "The loss grows with the batch: divide by the number of samples.",
    ko="배치가 커지면 손실도 커져요. 표본 수로 나누세요.",
    killed_by="test_two_rows",
    hint="mean",
)
def sum_not_mean(student):
    def cross_entropy_error(y, t):
        y, t = as_batch(y, t)
        return -np.sum(np.log(y[np.arange(len(y)), t] + 1e-7))

    student.cross_entropy_error = cross_entropy_error


@misconception(
    "You average over all N times C numbers; the mean runs over the N samples only, so yours is C "
    "times too small.",
    ko="N×C개 전체로 평균을 냈어요. 표본 N개에 대해서만 평균을 내야 해요. 지금은 C배 작아요.",
    killed_by="test_book_example",
    hint="mean",
)
def mean_over_classes_too(student):
    def cross_entropy_error(y, t):
        y, t = as_batch(y, t)
        return -np.mean(np.eye(y.shape[1])[t] * np.log(y + 1e-7))

    student.cross_entropy_error = cross_entropy_error


@misconception(
    "y.shape[1] is the number of classes; divide by y.shape[0], the number of samples.",
    ko="y.shape[1]은 클래스 수예요. 표본 수인 y.shape[0]으로 나누세요.",
    killed_by="test_book_example",
    hint="mean",
)
def divided_by_classes(student):
    def cross_entropy_error(y, t):
        y, t = as_batch(y, t)
        return -np.sum(np.log(y[np.arange(len(y)), t] + 1e-7)) / y.shape[1]

    student.cross_entropy_error = cross_entropy_error


@misconception(
    "For a single sample (C,) len(y) is the number of classes; make it a batch with one row first.",
    ko="표본 하나 (C,)에서는 len(y)가 클래스 수예요. 먼저 한 행짜리 배치로 바꾸세요.",
    killed_by="test_book_example",
    hint="pick",
)
def one_sample_divided_by_classes(student):
    def cross_entropy_error(y, t):
        size = len(y)
        y, t = as_batch(y, t)
        return -np.sum(np.log(y[np.arange(len(y)), t] + 1e-7)) / size

    student.cross_entropy_error = cross_entropy_error


@misconception(
    "Labels are multiplied as if they were numbers; where t holds labels, pick one probability per "
    "row instead.",
    ko="정수 레이블을 숫자처럼 곱하고 있어요. 레이블이면 행마다 확률 하나를 골라내세요.",
    killed_by="test_two_rows",
    hint="pick",
)
def one_hot_only(student):
    def cross_entropy_error(y, t):
        return -np.sum(t * np.log(y + 1e-7)) / (1 if np.ndim(y) == 1 else len(y))

    student.cross_entropy_error = cross_entropy_error


@misconception(
    "Every t is used as an index; one-hot rows must be turned into labels first (where is the 1?).",
    ko="t를 항상 인덱스로 쓰고 있어요. 원-핫이면 먼저 레이블로 바꾸세요(1이 있는 자리).",
    killed_by="test_book_example",
    hint="pick",
)
def labels_only(student):
    def cross_entropy_error(y, t):
        if y.ndim == 1:
            y, t = y.reshape(1, -1), np.reshape(t, -1)
        return -np.mean(np.log(y[np.arange(len(y)), t] + 1e-7))

    student.cross_entropy_error = cross_entropy_error


@misconception(
    "argmax without an axis searches the whole table and finds a single place; the 1 of every row needs "
    "axis=1.",
    ko="axis 없는 argmax는 표 전체에서 한 자리만 찾아요. 행마다 1의 자리를 찾으려면 axis=1이 필요해요.",
    killed_by="test_two_rows",
    hint="pick",
)
def argmax_without_axis(student):
    def cross_entropy_error(y, t):
        y = np.atleast_2d(y)
        t = t.argmax() if t.size == y.size else np.reshape(t, -1)
        return -np.mean(np.log(y[np.arange(len(y)), t] + 1e-7))

    student.cross_entropy_error = cross_entropy_error


@misconception(
    "argmax along axis=0 runs through the samples; the classes lie along axis=1.",
    ko="axis=0의 argmax는 표본을 따라가요. 클래스는 axis=1에 있어요.",
    killed_by="test_two_rows",
    hint="pick",
)
def argmax_along_samples(student):
    def cross_entropy_error(y, t):
        y, t = np.atleast_2d(y), np.asarray(t)
        if t.size == y.size:
            t = t.argmax(axis=0) if t.ndim == 2 else t.reshape(1, -1).argmax(axis=1)
        return -np.mean(np.log(y[np.arange(len(y)), t.reshape(-1)] + 1e-7))

    student.cross_entropy_error = cross_entropy_error


@misconception(
    "You divide by N twice: np.mean has done it already.",
    ko="N으로 두 번 나눴어요. np.mean이 이미 나눠 줘요.",
    killed_by="test_two_rows",
    hint="mean",
)
def divided_twice(student):
    def cross_entropy_error(y, t):
        y, t = as_batch(y, t)
        return -np.mean(np.log(y[np.arange(len(y)), t] + 1e-7)) / len(y)

    student.cross_entropy_error = cross_entropy_error


@misconception(
    "y[:, t] takes whole columns (an N x N table); pair rows and labels with np.arange(N).",
    ko="y[:, t]는 열 전체를 골라 N x N 표가 돼요. np.arange(N)으로 행과 레이블을 짝지으세요.",
    killed_by="test_two_rows",
    hint="pick",
)
def whole_columns(student):
    def cross_entropy_error(y, t):
        y, t = as_batch(y, t)
        return -np.sum(np.log(y[:, t] + 1e-7)) / len(y)

    student.cross_entropy_error = cross_entropy_error


@misconception(
    "You take the probability of the class that the network prefers; take that of the *right* class.",
    ko="네트워크가 고른 클래스의 확률을 썼어요. *정답* 클래스의 확률을 쓰세요.",
    killed_by="test_book_example",
    hint="right",
)
def of_the_predicted_class(student):
    def cross_entropy_error(y, t):
        y, t = as_batch(y, t)
        return -np.mean(np.log(y.max(axis=1) + 1e-7))

    student.cross_entropy_error = cross_entropy_error


@misconception(
    "The minus sign is missing: logarithms of probabilities are negative, a loss is not.",
    ko="마이너스가 빠졌어요. 확률의 로그는 음수이지만 손실은 음수가 아니에요.",
    killed_by="test_book_example",
    hint="right",
)
def missing_minus(student):
    def cross_entropy_error(y, t):
        y, t = as_batch(y, t)
        return np.mean(np.log(y[np.arange(len(y)), t] + 1e-7))

    student.cross_entropy_error = cross_entropy_error


@misconception(
    "Use the natural logarithm np.log, not log10; otherwise the gradient y - t no longer fits.",
    ko="log10이 아니라 자연로그 np.log를 쓰세요. 그래야 기울기가 y - t가 돼요.",
    killed_by="test_book_example",
    hint="right",
)
def log10(student):
    def cross_entropy_error(y, t):
        y, t = as_batch(y, t)
        return -np.mean(np.log10(y[np.arange(len(y)), t] + 1e-7))

    student.cross_entropy_error = cross_entropy_error


@misconception(
    "That counts in bits (log2); this course uses the natural logarithm np.log.",
    ko="log2로 비트 단위로 셌어요. 이 과제는 자연로그 np.log를 써요.",
    killed_by="test_book_example",
    hint="right",
)
def log2(student):
    def cross_entropy_error(y, t):
        y, t = as_batch(y, t)
        return -np.mean(np.log2(y[np.arange(len(y)), t] + 1e-7))

    student.cross_entropy_error = cross_entropy_error


@misconception(
    "You average the probabilities and take one logarithm; take the logarithm of each sample, then "
    "average.",
    ko="확률을 먼저 평균 내고 로그를 한 번만 씌웠어요. 표본마다 로그를 씌운 다음 평균을 내세요.",
    killed_by="test_two_rows",
    hint="mean",
)
def log_of_mean(student):
    def cross_entropy_error(y, t):
        y, t = as_batch(y, t)
        return -np.log(np.mean(y[np.arange(len(y)), t]) + 1e-7)

    student.cross_entropy_error = cross_entropy_error


@misconception(
    "You apply softmax once more; y are probabilities already.",
    ko="소프트맥스를 한 번 더 적용했어요. y는 이미 확률이에요.",
    killed_by="test_book_example",
    hint="right",
)
def softmax_again(student):
    def cross_entropy_error(y, t):
        y, t = as_batch(y, t)
        e = np.exp(y - y.max(axis=1, keepdims=True))
        y = e / e.sum(axis=1, keepdims=True)
        return -np.mean(np.log(y[np.arange(len(y)), t] + 1e-7))

    student.cross_entropy_error = cross_entropy_error


@misconception(
    "You also add (1 - t) log(1 - y): that is binary cross-entropy. Here only the right class counts.",
    ko="(1 - t) log(1 - y)까지 더했어요. 그것은 이진 교차 엔트로피예요. 여기서는 정답 클래스만 세요.",
    killed_by="test_book_example",
    hint="right",
)
def binary_formula(student):
    def cross_entropy_error(y, t):
        y, t = as_batch(y, t)
        t = np.eye(y.shape[1])[t]
        return -np.sum(t * np.log(y + 1e-7) + (1 - t) * np.log(1 - y + 1e-7)) / len(y)

    student.cross_entropy_error = cross_entropy_error


@misconception(
    "That is the squared error of the probabilities; cross-entropy is -log of the right one.",
    ko="그것은 확률의 제곱 오차예요. 교차 엔트로피는 정답 확률의 -log예요.",
    killed_by="test_book_example",
    hint="right",
)
def squared_error(student):
    def cross_entropy_error(y, t):
        y, t = as_batch(y, t)
        return np.sum((y - np.eye(y.shape[1])[t]) ** 2) / len(y)

    student.cross_entropy_error = cross_entropy_error


@misconception(
    "You return one loss per sample; average them into a single number.",
    ko="표본마다 손실을 하나씩 돌려주고 있어요. 평균을 내서 숫자 하나로 만드세요.",
    killed_by="test_two_rows",
    hint="mean",
)
def no_reduction(student):
    def cross_entropy_error(y, t):
        y, t = as_batch(y, t)
        return -np.log(y[np.arange(len(y)), t] + 1e-7)

    student.cross_entropy_error = cross_entropy_error


@misconception(
    "You take t for one-hot when its length equals the number of classes; N labels can be C many. "
    "Compare sizes or dimensions instead.",
    ko="t의 길이가 클래스 수와 같으면 원-핫으로 보고 있어요. 레이블이 C개일 수도 있으니 size나 ndim을 비교하세요.",
    killed_by="test_targets_agree",
    hint="pick",
)
def confused_when_n_is_c(student):
    def cross_entropy_error(y, t):
        y = np.atleast_2d(y)
        if np.ndim(t) and t.shape[-1] == y.shape[-1]:
            t = np.broadcast_to(t, y.shape)
            return -np.sum(t * np.log(y + 1e-7)) / len(y)
        return -np.mean(np.log(y[np.arange(len(y)), np.reshape(t, -1)] + 1e-7))

    student.cross_entropy_error = cross_entropy_error


@misconception(
    "y += 1e-7 writes into the caller's probabilities; add it in a new array.",
    ko="y += 1e-7은 넘겨받은 확률을 바꿔 버려요. 새 배열에서 더하세요.",
    killed_by="test_mean_without_side_effects",
    hint="mean",
)
def overwrites_y(student):
    def cross_entropy_error(y, t):
        y += 1e-7
        y, t = as_batch(y, t)
        return -np.mean(np.log(y[np.arange(len(y)), t]))

    student.cross_entropy_error = cross_entropy_error


@misconception(
    "A single sample (C,) has no rows to pick from; make it a batch with one row first.",
    ko="표본 하나 (C,)에는 고를 행이 없어요. 먼저 한 행짜리 배치로 바꾸세요.",
    killed_by="test_one_sample",
    hint="pick",
)
def batches_only(student):
    def cross_entropy_error(y, t):
        if t.size == y.size:
            t = t.argmax(axis=-1)
        return -np.sum(np.log(y[np.arange(y.shape[0]), t] + 1e-7)) / y.shape[0]

    student.cross_entropy_error = cross_entropy_error


@misconception(
    "A one-hot t may come without the batch axis, but so may a label: np.array(2) is a target as well.",
    ko="배치 축 없이 원-핫뿐 아니라 레이블 하나(np.array(2))가 올 수도 있어요.",
    killed_by="test_one_sample",
    hint="pick",
)
def single_label_ignored(student):
    def cross_entropy_error(y, t):
        if y.ndim == 1:
            return -np.sum(t * np.log(y + 1e-7))
        y, t = as_batch(y, t)
        return -np.mean(np.log(y[np.arange(len(y)), t] + 1e-7))

    student.cross_entropy_error = cross_entropy_error


@misconception(
    "You raise the zeros inside the caller's probabilities; np.clip without out makes a new array.",
    ko="호출한 쪽의 확률 배열에서 0을 직접 바꾸고 있어요. out 없이 np.clip을 쓰면 새 배열이 만들어져요.",
    killed_by="test_certainty",
    hint="mean",
)
def clips_in_place(student):
    right = student.cross_entropy_error

    def cross_entropy_error(y, t):
        y[y <= 0] = 1e-7
        return right(y, t)

    student.cross_entropy_error = cross_entropy_error


@misconception(
    "-t of a one-hot array of unsigned integers wraps around to 255; put the minus before the sum.",
    ko="부호 없는 정수로 된 원-핫 배열에서 -t는 255가 돼요. 빼기 부호는 합 앞에 붙이세요.",
    killed_by="test_mean_without_side_effects",
    hint="right",
)
def negative_unsigned(student):
    right = student.cross_entropy_error

    def cross_entropy_error(y, t):
        if t.size != y.size:
            return right(y, t)
        rows = np.reshape(y, (-1, y.shape[-1]))
        return np.sum(-t.reshape(rows.shape) * np.log(rows + 1e-7)) / len(rows)

    student.cross_entropy_error = cross_entropy_error


@alternative("the book's way: reshape, argmax, sum, divide")
def book_style(student):
    def cross_entropy_error(y, t):
        if y.ndim == 1:
            t = t.reshape(1, t.size)
            y = y.reshape(1, y.size)
        if t.size == y.size:
            t = t.argmax(axis=1)
        batch_size = y.shape[0]
        return -np.sum(np.log(y[np.arange(batch_size), t] + 1e-7)) / batch_size

    student.cross_entropy_error = cross_entropy_error


@alternative("labels become one-hot, everything is multiplied, clipped logarithm")
def one_hot_product(student):
    def cross_entropy_error(y, t):
        y = np.array(y, dtype=float, ndmin=2)
        if t.size != y.size:
            t = np.eye(y.shape[1])[np.array(t).reshape(-1)]
        return -(t.reshape(y.shape) * np.log(np.clip(y, 1e-12, 1.0))).sum() / y.shape[0]

    student.cross_entropy_error = cross_entropy_error


@alternative("one sample after the other, by recursion over the rows")
def loops(student):
    import math

    def cross_entropy_error(y, t):
        if y.ndim == 1:
            label = int(t) if t.size == 1 else t.tolist().index(1)
            return -math.log(max(float(y[label]), 1e-15))
        losses = [cross_entropy_error(row, np.asarray(target)) for row, target in zip(y, t)]
        return sum(losses) / len(losses)

    student.cross_entropy_error = cross_entropy_error


@alternative("single precision inside, a Python float outside")
def single_precision(student):
    def cross_entropy_error(y, t):
        y, t = as_batch(y.astype(np.float32), t)
        picked = np.take_along_axis(y, t.reshape(-1, 1).astype(int), axis=1)
        return float(-np.log(picked + np.float32(1e-7)).mean())

    student.cross_entropy_error = cross_entropy_error


@alternative("a boolean mask, the smallest normal number as the guard")
def boolean_mask(student):
    def cross_entropy_error(y, t):
        y, t = as_batch(y, t)
        mask = np.arange(y.shape[1]) == t[:, None]
        return np.array(-np.log(np.maximum(y[mask], np.finfo(float).tiny)).mean())

    student.cross_entropy_error = cross_entropy_error
