import numpy as np
from autograder.authoring import alternative, misconception


@misconception(
    "As in many notes the minus sign is missing: your loss is negative, and training would make the "
    "error larger.",
    ko="많은 노트처럼 마이너스가 빠졌어요. 손실이 음수가 되어 학습할수록 오차가 커져요.",
    killed_by="test_by_hand",
    hint="terms",
)
def missing_minus(student):
    def binary_cross_entropy(y, t):
        y = np.clip(y, 1e-7, 1 - 1e-7)
        return np.mean(t * np.log(y) + (1 - t) * np.log(1 - y))

    student.binary_cross_entropy = binary_cross_entropy


@misconception(
    "The minus reaches only the first term; put brackets around the sum of both.",
    ko="마이너스가 첫 항에만 붙었어요. 두 항의 합을 괄호로 묶으세요.",
    killed_by="test_by_hand",
    hint="terms",
)
def minus_on_first_term(student):
    def binary_cross_entropy(y, t):
        y = np.clip(y, 1e-7, 1 - 1e-7)
        return np.mean(-t * np.log(y) + (1 - t) * np.log(1 - y))

    student.binary_cross_entropy = binary_cross_entropy


@misconception(
    "Samples with t = 0 contribute nothing; add (1 - t) log(1 - y).",
    ko="t = 0인 표본이 손실에 들어가지 않아요. (1 - t) log(1 - y)를 더하세요.",
    killed_by="test_by_hand",
    hint="terms",
)
def only_positive_term(student):
    def binary_cross_entropy(y, t):
        return -np.mean(t * np.log(np.clip(y, 1e-7, 1)))

    student.binary_cross_entropy = binary_cross_entropy


@misconception(
    "The roles are swapped: y is the probability of class 1, so log(y) belongs to t = 1.",
    ko="역할이 바뀌었어요. y는 클래스 1의 확률이므로 log(y)는 t = 1일 때의 항이에요.",
    killed_by="test_by_hand",
    hint="terms",
)
def swapped_classes(student):
    def binary_cross_entropy(y, t):
        y = np.clip(y, 1e-7, 1 - 1e-7)
        return -np.mean((1 - t) * np.log(y) + t * np.log(1 - y))

    student.binary_cross_entropy = binary_cross_entropy


@misconception(
    "Truth and prediction are swapped: the logarithms belong to y, the factors are t and 1 - t.",
    ko="정답과 예측이 바뀌었어요. 로그는 y에 씌우고, 곱하는 값은 t와 1 - t예요.",
    killed_by="test_by_hand",
    hint="terms",
)
def arguments_swapped(student):
    def binary_cross_entropy(y, t):
        t = np.clip(t, 1e-7, 1 - 1e-7)
        return -np.mean(y * np.log(t) + (1 - y) * np.log(1 - t))

    student.binary_cross_entropy = binary_cross_entropy


@misconception(
    "The second logarithm should be of 1 - y, the probability of class 0.",
    ko="두 번째 로그는 클래스 0의 확률인 1 - y에 씌워야 해요.",
    killed_by="test_by_hand",
    hint="terms",
)
def same_log_twice(student):
    def binary_cross_entropy(y, t):
        y = np.clip(y, 1e-7, 1 - 1e-7)
        return -np.mean(t * np.log(y) + (1 - t) * np.log(y))

    student.binary_cross_entropy = binary_cross_entropy


@misconception(
    "Average over the samples, so that the batch size does not change the scale.",
    ko="배치 크기에 따라 값이 달라지지 않도록 표본에 대해 평균을 내세요.",
    killed_by="test_by_hand",
    hint="check",
)
def summed(student):
    def binary_cross_entropy(y, t):
        y = np.clip(y, 1e-7, 1 - 1e-7)
        return -np.sum(t * np.log(y) + (1 - t) * np.log(1 - y))

    student.binary_cross_entropy = binary_cross_entropy


@misconception(
    "You average over the samples with t = 1 only; those with t = 0 count as well, by log(1 - y).",
    ko="t = 1인 표본만 골라서 평균을 냈어요. t = 0인 표본도 log(1 - y)로 세야 해요.",
    killed_by="test_both_classes_count",
    hint="terms",
)
def mean_of_positives(student):
    def binary_cross_entropy(y, t):
        y = np.clip(y, 1e-7, 1 - 1e-7)
        return -np.mean(np.log(y[t == 1])) if np.any(t == 1) else 0.0

    student.binary_cross_entropy = binary_cross_entropy


@misconception(
    "log(1 - y) still meets log(0) when y is 1; guard both logarithms.",
    ko="y = 1이면 log(1 - y)가 여전히 log(0)이에요. 두 로그를 모두 보호하세요.",
    killed_by="test_certainty",
    hint="guard",
)
def guard_on_one_side(student):
    def binary_cross_entropy(y, t):
        return -np.mean(t * np.log(y + 1e-7) + (1 - t) * np.log(1 - y))

    student.binary_cross_entropy = binary_cross_entropy


@misconception(
    "Nothing guards the logarithms: y = 0 or y = 1 gives infinity, or nan where it is multiplied by 0.",
    ko="로그를 보호하지 않았어요. y가 0이나 1이면 무한대가 되고, 0을 곱하면 nan이 돼요.",
    killed_by="test_certainty",
    hint="guard",
)
def no_guard(student):
    def binary_cross_entropy(y, t):
        return -np.mean(t * np.log(y) + (1 - t) * np.log(1 - y))

    student.binary_cross_entropy = binary_cross_entropy


@misconception(
    "You divide by len(y), the number of rows; for (N, D) the mean runs over all elements.",
    ko="행 수인 len(y)로 나눴어요. (N, D)에서는 전체 원소에 대해 평균을 내세요.",
    killed_by="test_batches",
    hint="check",
)
def divided_by_rows(student):
    def binary_cross_entropy(y, t):
        y = np.clip(y, 1e-7, 1 - 1e-7)
        return -np.sum(t * np.log(y) + (1 - t) * np.log(1 - y)) / len(y)

    student.binary_cross_entropy = binary_cross_entropy


@misconception(
    "With an axis a batch (N, 1) gives an array of one number; leave the axis out.",
    ko="axis를 주면 (N, 1)에서 원소 하나짜리 배열이 나와요. axis를 빼세요.",
    killed_by="test_batches",
    hint="check",
)
def one_per_column(student):
    def binary_cross_entropy(y, t):
        y = np.clip(y, 1e-7, 1 - 1e-7)
        return -np.mean(t * np.log(y) + (1 - t) * np.log(1 - y), axis=0)

    student.binary_cross_entropy = binary_cross_entropy


@misconception(
    "You clip inside the caller's array; np.clip without out makes a new one.",
    ko="넘겨받은 배열 자체를 잘라 냈어요. out 없이 np.clip을 쓰면 새 배열이 나와요.",
    killed_by="test_batches",
    hint="guard",
)
def clips_in_place(student):
    def binary_cross_entropy(y, t):
        np.clip(y, 1e-7, 1 - 1e-7, out=y)
        return -np.mean(t * np.log(y) + (1 - t) * np.log(1 - y))

    student.binary_cross_entropy = binary_cross_entropy


@misconception(
    "-t of unsigned integers wraps around to 255; put the minus before the mean.",
    ko="부호 없는 정수에서 -t는 255가 돼요. 빼기 부호는 평균 앞에 붙이세요.",
    killed_by="test_batches",
    hint="terms",
)
def negative_unsigned(student):
    def binary_cross_entropy(y, t):
        y = np.clip(y, 1e-7, 1 - 1e-7)
        return np.mean(-t * np.log(y) - (1 - t) * np.log(1 - y))

    student.binary_cross_entropy = binary_cross_entropy


@alternative("picks the probability of what was true")
def picks(student):
    def binary_cross_entropy(y, t):
        p = np.where(t == 1, y, 1 - y)
        return -np.log(p + 1e-7).mean()

    student.binary_cross_entropy = binary_cross_entropy


@alternative("by way of the cross-entropy of two columns")
def two_columns(student):
    def binary_cross_entropy(y, t):
        y = y.reshape(-1)
        return student.cross_entropy_error(np.stack([1 - y, y], axis=1), t.reshape(-1).astype(int))

    student.binary_cross_entropy = binary_cross_entropy


@alternative("element by element")
def loops(student):
    import math

    def binary_cross_entropy(y, t):
        total = 0.0
        for p, truth in zip(y.ravel().tolist(), t.ravel().tolist()):
            p = min(max(p, 1e-15), 1 - 1e-15)
            total -= truth * math.log(p) + (1 - truth) * math.log(1 - p)
        return total / y.size

    student.binary_cross_entropy = binary_cross_entropy


@alternative("single precision inside, 1e-7 added in both logarithms")
def single_precision(student):
    def binary_cross_entropy(y, t):
        y, t = y.astype(np.float32), t.astype(np.float32)
        tiny = np.float32(1e-7)
        return float(np.mean(-t * np.log(y + tiny) - (1 - t) * np.log(1 - y + tiny)))

    student.binary_cross_entropy = binary_cross_entropy
