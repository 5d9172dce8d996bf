import numpy as np
from autograder.authoring import alternative, misconception


@misconception(
    "That is an absolute error; tiny gradients would always pass. Divide by the size of the gradients.",
    ko="절대 오차예요. 기울기가 아주 작으면 항상 통과해요. 기울기의 크기로 나누세요.",
    killed_by="test_values_by_hand",
    hint="scale",
)
def absolute(student):
    def relative_error(a, n):
        return float(np.mean(np.abs(a - n)))

    student.relative_error = relative_error


@misconception(
    "0/0 is nan when both gradients vanish; return 0 in that case.",
    ko="두 기울기가 모두 0이면 0/0 = nan이에요. 그때는 0을 돌려주세요.",
    killed_by="test_values_by_hand",
    hint="zero",
)
def nan_on_zero(student):
    def relative_error(a, n):
        return float(np.linalg.norm(a - n) / (np.linalg.norm(a) + np.linalg.norm(n)))

    student.relative_error = relative_error


@misconception(
    "You divide by only one of the two norms, which makes the error asymmetric; use their sum.",
    ko="한쪽 노름으로만 나눠서 비대칭이 돼요. 두 노름의 합을 쓰세요.",
    killed_by="test_scale_free_and_symmetric",
    hint="norms",
)
def one_sided(student):
    def relative_error(a, n):
        return float(np.linalg.norm(a - n) / max(np.linalg.norm(a), 1e-12))

    student.relative_error = relative_error


@misconception(
    "You average the ratios element by element, so elements near zero dominate; take norms first.",
    ko="원소별 비율을 평균하면 0에 가까운 원소가 결과를 좌우해요. 먼저 노름을 구하세요.",
    killed_by="test_scale_free_and_symmetric",
    hint="norms",
)
def element_wise(student):
    def relative_error(a, n):
        scale = np.abs(a) + np.abs(n)
        ratio = np.abs(a - n) / np.where(scale == 0, 1, scale)
        return float(np.mean(ratio))

    student.relative_error = relative_error


@misconception(
    "The norm is the root of the sum of squares; you left out the root.",
    ko="노름은 제곱합의 제곱근이에요. 제곱근이 빠졌어요.",
    killed_by="test_values_by_hand",
    hint="norms",
)
def squared_norms(student):
    def relative_error(a, n):
        scale = np.sum(a**2) + np.sum(n**2)
        return float(np.sum((a - n) ** 2) / scale) if scale else 0.0

    student.relative_error = relative_error


@misconception(
    "Biases can be wrong too; check every parameter.",
    ko="편향도 틀릴 수 있어요. 모든 매개변수를 검사하세요.",
    killed_by="test_right_network",
    hint="zero",
)
def only_weights(student):
    def gradient_check(network, x, t):
        fast, slow = network.gradient(x, t), network.numerical_gradient(x, t)
        names = [name for name in slow if name.startswith("W")]
        return {name: student.relative_error(fast[name], slow[name]) for name in names}

    student.gradient_check = gradient_check


@misconception(
    "You compare the gradient with itself; the witness is network.numerical_gradient.",
    ko="기울기를 자기 자신과 비교하고 있어요. network.numerical_gradient와 비교하세요.",
    killed_by="test_wrong_network",
    hint="zero",
)
def no_witness(student):
    def gradient_check(network, x, t):
        fast, slow = network.gradient(x, t), network.gradient(x, t)
        return {name: student.relative_error(fast[name], slow[name]) for name in slow}

    student.gradient_check = gradient_check


@misconception(
    "One all-zero gradient against another one is an error of 1, not 0; return 0 only if both are "
    "zero.",
    ko="한쪽만 모두 0이면 오차는 0이 아니라 1이에요. 둘 다 0일 때만 0을 돌려주세요.",
    killed_by="test_scale_free_and_symmetric",
    hint="zero",
)
def zero_if_either(student):
    def relative_error(a, n):
        size_a, size_n = np.linalg.norm(a), np.linalg.norm(n)
        if size_a == 0 or size_n == 0:
            return 0.0
        return float(np.linalg.norm(a - n) / (size_a + size_n))

    student.relative_error = relative_error


@misconception(
    "The four names are fixed in your code; loop over the keys of the gradients.",
    ko="이름 네 개가 코드에 고정되어 있어요. 기울기의 키를 순회하세요.",
    killed_by="test_wrong_network",
    hint="zero",
)
def four_fixed_keys(student):
    def gradient_check(network, x, t):
        fast, slow = network.gradient(x, t), network.numerical_gradient(x, t)
        names = ("W1", "b1", "W2", "b2")
        return {name: student.relative_error(fast[name], slow[name]) for name in names}

    student.gradient_check = gradient_check


@alternative("sums of squares instead of linalg, and a loop over params")
def sums_of_squares(student):
    def relative_error(a, n):
        def norm(v):
            return np.sqrt((np.ravel(v) ** 2).sum())

        top, bottom = norm(np.subtract(a, n)), norm(a) + norm(n)
        return top / bottom if bottom > 0 else 0.0

    def gradient_check(network, x, t):
        numeric = network.numerical_gradient(x, t)
        analytic = network.gradient(x, t)
        report = {}
        for key in network.params:
            report[key] = relative_error(analytic[key], numeric[key])
        return report

    student.relative_error = relative_error
    student.gradient_check = gradient_check


@alternative("guards the denominator with a tiny number")
def guarded(student):
    def relative_error(a, n):
        a, n = np.asarray(a).flatten(), np.asarray(n).flatten()
        return np.linalg.norm(a - n) / (np.linalg.norm(a) + np.linalg.norm(n) + 1e-12)

    student.relative_error = relative_error


@alternative("pairs the two dictionaries with zip")
def zipped(student):
    import math

    def relative_error(a, n):
        pairs = list(zip(a.ravel().tolist(), n.ravel().tolist()))
        bottom = math.hypot(*(p for p, _ in pairs)) + math.hypot(*(q for _, q in pairs))
        return 0.0 if bottom == 0 else math.hypot(*(p - q for p, q in pairs)) / bottom

    def gradient_check(network, x, t):
        fast = sorted(network.gradient(x=x, t=t).items())
        slow = sorted(network.numerical_gradient(x, t).items())
        return dict((k, relative_error(a, n)) for (k, a), (_, n) in zip(fast, slow))

    student.relative_error = relative_error
    student.gradient_check = gradient_check
