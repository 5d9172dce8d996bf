import numpy as np
from autograder.authoring import alternative, misconception


@misconception(
    "The width depends on the largest label in this batch; use num_classes.",
    ko="이 배치에서 가장 큰 레이블에 따라 폭이 달라져요. num_classes를 쓰세요.",
    killed_by="test_missing_classes",
    hint="place",
)
def max_plus_one(student):
    def to_one_hot(labels, num_classes=10):
        return np.eye(labels.max() + 1)[labels]

    student.to_one_hot = to_one_hot


@misconception(
    "You give every class that occurs its own column; the column is the label itself.",
    ko="배치에 나온 클래스에만 열을 만들었어요. 열 번호는 레이블 자체예요.",
    killed_by="test_missing_classes",
    hint="place",
)
def columns_of_unique_labels(student):
    def to_one_hot(labels, num_classes=10):
        return (labels[:, None] == np.unique(labels)).astype(float)

    student.to_one_hot = to_one_hot


@misconception(
    "out[:, labels] = 1 sets those columns in every row; pair each row with its own label (np.arange).",
    ko="out[:, labels] = 1은 모든 행의 그 열을 1로 만들어요. np.arange로 행과 레이블을 짝지으세요.",
    killed_by="test_by_hand",
    hint="pairs",
)
def whole_columns(student):
    def to_one_hot(labels, num_classes=10):
        out = np.zeros((len(labels), num_classes))
        out[:, labels] = 1
        return out

    student.to_one_hot = to_one_hot


@misconception(
    "Samples are rows: the result has shape (N, num_classes), not (num_classes, N).",
    ko="표본이 행이에요. 결과의 모양은 (num_classes, N)이 아니라 (N, num_classes)예요.",
    killed_by="test_by_hand",
    hint="place",
)
def transposed(student):
    def to_one_hot(labels, num_classes=10):
        return np.eye(num_classes)[labels].T

    student.to_one_hot = to_one_hot


@misconception(
    "Row and column are swapped in the index: the row is the sample, the column is the label.",
    ko="행과 열의 순서가 바뀌었어요. 행은 표본, 열은 레이블이에요.",
    killed_by="test_by_hand",
    hint="pairs",
)
def swapped_index(student):
    def to_one_hot(labels, num_classes=10):
        out = np.zeros((num_classes, len(labels)))
        out[np.arange(len(labels)), labels] = 1
        return out

    student.to_one_hot = to_one_hot


@misconception(
    "Labels start at 0; subtracting 1 sends class 0 to the last column.",
    ko="레이블은 0부터 시작해요. 1을 빼면 0번 클래스가 마지막 열로 가요.",
    killed_by="test_by_hand",
    hint="place",
)
def off_by_one(student):
    def to_one_hot(labels, num_classes=10):
        return np.eye(num_classes)[np.asarray(labels).astype(int) - 1]

    student.to_one_hot = to_one_hot


@misconception(
    "The ten is hard-wired, as in the book's MNIST loader; take the number of columns from num_classes.",
    ko="책의 MNIST 코드처럼 10이 고정되어 있어요. 열의 수는 num_classes로 정하세요.",
    killed_by="test_by_hand",
    hint="place",
)
def always_ten(student):
    def to_one_hot(labels, num_classes=10):
        out = np.zeros((labels.size, 10))
        for row, label in zip(out, labels):
            row[label] = 1
        return out

    student.to_one_hot = to_one_hot


@misconception(
    "You write the label itself into its column; one-hot has a 1 there, whatever the label.",
    ko="열에 레이블 값을 그대로 적었어요. 레이블이 무엇이든 그 자리는 1이에요.",
    killed_by="test_by_hand",
    hint="pairs",
)
def label_as_value(student):
    def to_one_hot(labels, num_classes=10):
        out = np.zeros((len(labels), num_classes))
        out[np.arange(len(labels)), labels] = labels
        return out

    student.to_one_hot = to_one_hot


@misconception(
    "Your classes stop at ten: num_classes may be larger or smaller than that.",
    ko="클래스를 열 개까지만 다뤄요. num_classes는 더 크거나 작을 수 있어요.",
    killed_by="test_many_labels",
    hint="identity",
)
def slice_of_ten(student):
    def to_one_hot(labels, num_classes=10):
        return np.eye(10)[labels][:, :num_classes]

    student.to_one_hot = to_one_hot


@misconception(
    "The array has the dtype of the labels; make it a float array, since it will meet probabilities.",
    ko="배열의 dtype이 정수예요. 확률과 함께 계산하므로 실수 배열로 만드세요.",
    killed_by="test_edges",
    hint="place",
)
def integer_rows(student):
    def to_one_hot(labels, num_classes=10):
        out = np.zeros((len(labels), num_classes), dtype=labels.dtype)
        out[np.arange(len(labels)), labels] = 1
        return out

    student.to_one_hot = to_one_hot


@misconception(
    "Without rows your array forgets its columns; start from np.zeros((N, num_classes)).",
    ko="행이 없으면 열의 수도 사라져요. np.zeros((N, num_classes))에서 시작하세요.",
    killed_by="test_edges",
    hint="place",
)
def empty_batch(student):
    def to_one_hot(labels, num_classes=10):
        return np.array([[float(c == label) for c in range(num_classes)] for label in labels])

    student.to_one_hot = to_one_hot


@misconception(
    "A batch of one loses its axis: (1,) labels give (1, num_classes).",
    ko="표본이 하나면 축이 사라져요. (1,) 레이블은 (1, num_classes)가 되어야 해요.",
    killed_by="test_edges",
    hint="identity",
)
def squeezes(student):
    def to_one_hot(labels, num_classes):
        return np.squeeze(np.eye(num_classes)[labels.reshape(-1)])

    student.to_one_hot = to_one_hot


@alternative("rows of the identity matrix")
def identity_rows(student):
    student.to_one_hot = lambda labels, num_classes=10: np.eye(num_classes)[labels]


@alternative("a comparison with all class numbers, in single precision")
def comparison(student):
    def to_one_hot(labels, num_classes=10):
        return (labels.reshape(-1, 1) == np.arange(num_classes)).astype(np.float32)

    student.to_one_hot = to_one_hot


@alternative("row by row, as the book's MNIST loader does it")
def book_loop(student):
    def to_one_hot(labels, num_classes=10):
        T = np.zeros((labels.size, num_classes))
        for idx, row in enumerate(T):
            row[labels[idx]] = 1
        return T

    student.to_one_hot = to_one_hot


@alternative("flat positions")
def flat_positions(student):
    def to_one_hot(labels, num_classes=10):
        out = np.zeros(len(labels) * num_classes)
        out[np.arange(len(labels)) * num_classes + labels.astype(int)] = 1.0
        return out.reshape(len(labels), num_classes)

    student.to_one_hot = to_one_hot
