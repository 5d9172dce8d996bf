import numpy as np
from autograder.authoring import alternative, misconception


@misconception(
    "Samples are rows here, so x comes first: x (N, D) times W (D, M).",
    ko="여기서는 표본이 행이니 x가 앞에 와야 해요. x (N, D) 곱하기 W (D, M)이에요.",
    killed_by="test_small_batch",
    hint="shapes",
)
def swapped(student):
    def affine(x, W, b):
        return np.dot(W, x) + b

    student.affine = affine


@misconception(
    "x * W multiplies element by element; a layer needs the matrix product, np.dot(x, W).",
    ko="x * W는 원소별 곱이에요. 층에는 행렬 곱 np.dot(x, W)가 필요해요.",
    killed_by="test_small_batch",
    hint="dot",
)
def elementwise(student):
    def affine(x, W, b):
        return x * W + b

    student.affine = affine


@misconception(
    "W is (inputs, outputs) already; transposing it only seems to work when it is square.",
    ko="W는 이미 (입력, 출력) 모양이에요. 전치는 정사각 행렬일 때만 우연히 계산돼요.",
    killed_by="test_square",
    hint="shapes",
)
def transposed_W(student):
    def affine(x, W, b):
        return np.dot(x, W.T) + b

    student.affine = affine


@misconception(
    "The bias is missing: without it the layer cannot shift its output.",
    ko="편향이 빠졌어요. 편향이 없으면 출력을 평행이동할 수 없어요.",
    killed_by="test_one_sample",
    hint="bias",
)
def no_bias(student):
    def affine(x, W, b):
        return np.dot(x, W)

    student.affine = affine


@misconception(
    "You subtract the bias; it is added.",
    ko="편향을 빼고 있어요. 편향은 더하는 값이에요.",
    killed_by="test_one_sample",
    hint="bias",
)
def minus_bias(student):
    def affine(x, W, b):
        return np.dot(x, W) - b

    student.affine = affine


@misconception(
    "b belongs to the outputs, the columns; as a column vector it is added to the samples instead.",
    ko="b는 출력, 곧 열마다 하나예요. 열 벡터로 바꾸면 표본마다 더해져요.",
    killed_by="test_small_batch",
    hint="bias",
)
def bias_per_row(student):
    def affine(x, W, b):
        return np.dot(x, W) + np.reshape(b, (-1, 1))

    student.affine = affine


@misconception(
    "You add the bias to the weights; it is added once, after the product.",
    ko="편향을 가중치에 더하고 있어요. 행렬 곱이 끝난 뒤 한 번만 더하세요.",
    killed_by="test_one_sample",
    hint="bias",
)
def bias_in_weights(student):
    def affine(x, W, b):
        return np.dot(x, W + b)

    student.affine = affine


@misconception(
    "One sample (D,) comes back as a batch (1, M); it should give (M,).",
    ko="표본 하나 (D,)가 배치 (1, M)으로 나와요. 결과는 (M,)이어야 해요.",
    killed_by="test_one_sample",
    hint="shapes",
)
def always_a_batch(student):
    def affine(x, W, b):
        return np.dot(np.atleast_2d(x), W) + b

    student.affine = affine


@misconception(
    "b += ... changes the caller's bias with every call; make a new array.",
    ko="b += ...는 호출할 때마다 호출한 쪽의 편향을 바꿔요. 새 배열에 계산하세요.",
    killed_by="test_batches",
    hint="bias",
)
def adds_into_b(student):
    def affine(x, W, b):
        if x.ndim == 1:
            b += np.dot(x, W)
            return b
        return np.dot(x, W) + b

    student.affine = affine


@misconception(
    "Reshaping x until it fits cuts samples into pieces; let the wrong shape be an error.",
    ko="모양을 억지로 맞추면 표본이 조각나요. 맞지 않는 모양은 오류가 나게 두세요.",
    killed_by="test_mismatch",
    hint="dot",
)
def reshapes_to_fit(student):
    def affine(x, W, b):
        if x.ndim == 1:
            return np.dot(x, W) + b
        return np.dot(x.reshape(-1, W.shape[0]), W) + b

    student.affine = affine


@misconception(
    "zip stops at the shorter of the two, so missing inputs or weights go unnoticed.",
    ko="zip은 짧은 쪽에서 멈춰서 입력이나 가중치가 모자라도 알아채지 못해요.",
    killed_by="test_mismatch",
    hint="dot",
)
def zip_truncates(student):
    def affine(x, W, b):
        if x.ndim == 2:
            return np.array([affine(row, W, b) for row in x]).reshape(len(x), W.shape[1])
        return sum(value * row for value, row in zip(x, W)) + b

    student.affine = affine


@misconception(
    "The array has the dtype of x, which cuts off the decimals for whole-number inputs.",
    ko="배열이 x의 dtype을 따라서 정수 입력이면 소수점 아래가 잘려요.",
    killed_by="test_batches",
    hint="dot",
)
def int_buffer(student):
    def affine(x, W, b):
        y = np.zeros(x.shape[:-1] + b.shape, dtype=x.dtype)
        y[...] = np.dot(x, W) + b
        return y

    student.affine = affine


@misconception(
    "With one neuron the result is still (N, 1), or (1,) for one sample; squeeze drops the axis.",
    ko="뉴런이 하나여도 결과는 (N, 1)이고 표본 하나면 (1,)이에요. squeeze가 그 축을 없애 버려요.",
    killed_by="test_batches",
    hint="shapes",
)
def one_neuron_loses_its_axis(student):
    def affine(x, W, b):
        return np.squeeze(np.dot(x, W) + b)

    student.affine = affine


@alternative("the matrix product operator")
def operator(student):
    def affine(x, W, b):
        return x @ W + b

    student.affine = affine


@alternative("einsum")
def einsum(student):
    def affine(x, W, b):
        return np.einsum("...d,dm->...m", x, W) + b

    student.affine = affine


@alternative("three nested loops, with a look at the shapes first")
def loops(student):
    def affine(x, W, b):
        if x.shape[-1] != W.shape[0] or b.shape != (W.shape[1],):
            raise ValueError("the shapes do not fit")
        rows = x.reshape(-1, x.shape[-1]) if x.ndim == 2 else x[np.newaxis]
        out = np.zeros((len(rows), W.shape[1]))
        for n in range(len(rows)):
            for m in range(W.shape[1]):
                out[n, m] = b[m]
                for d in range(W.shape[0]):
                    out[n, m] += rows[n, d] * W[d, m]
        return out if x.ndim == 2 else out[0]

    student.affine = affine


@alternative("single precision inside, mismatches found by assert")
def single_precision(student):
    def affine(x, W, b):
        assert x.shape[-1] == len(W) and len(b) == W.shape[1]
        return x.astype(np.float32) @ W.astype(np.float32) + b.astype(np.float32)

    student.affine = affine


@alternative("columns as in the mathematics books, then transposed back")
def columns(student):
    def affine(x, W, b):
        return (W.T @ x.T).T + b

    student.affine = affine


@alternative("a column of ones next to x, the bias as one more row of W")
def bias_as_weight(student):
    def affine(x, W, b):
        ones = np.ones((*x.shape[:-1], 1))
        return np.concatenate([x, ones], axis=-1) @ np.vstack([W, b])

    student.affine = affine
