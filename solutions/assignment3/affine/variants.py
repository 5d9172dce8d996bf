import numpy as np
from autograder.authoring import alternative, misconception


@misconception(
    "The bias gradient is the sum over the batch; the 1/N is already inside dout.",
    ko="편향의 기울기는 배치에 대한 합이에요. 1/N은 손실 층에서 온 dout에 이미 들어 있어요.",
    killed_by="test_shapes_and_values",
    hint="bias",
)
def db_mean(student):
    def backward(self, dout):
        self.dW = np.dot(self.x.T, dout)
        self.db = np.mean(dout, axis=0)
        return np.dot(dout, self.W.T).reshape(self.original_shape)

    student.Affine.backward = backward


@misconception(
    "The bias gradient keeps one number per output: sum over axis 0 only, not over everything.",
    ko="편향의 기울기는 출력마다 하나씩이에요. 전체가 아니라 axis=0으로만 더하세요.",
    killed_by="test_shapes_and_values",
    hint="bias",
)
def db_sums_everything(student):
    def backward(self, dout):
        self.dW = np.dot(self.x.T, dout)
        self.db = np.sum(dout)
        return np.dot(dout, self.W.T).reshape(self.original_shape)

    student.Affine.backward = backward


@misconception(
    "The bias was added to every row, so its gradient sums over the rows (axis 0), not axis 1.",
    ko="편향은 모든 행에 더해졌으니 행 방향(axis=0)으로 더해야 해요. axis=1이 아니에요.",
    killed_by="test_shapes_and_values",
    hint="bias",
)
def db_wrong_axis(student):
    def backward(self, dout):
        self.dW = np.dot(self.x.T, dout)
        self.db = np.sum(dout, axis=1)
        return np.dot(dout, self.W.T).reshape(self.original_shape)

    student.Affine.backward = backward


@misconception(
    "dW must have the shape of W: x^T times dout, not dout^T times x.",
    ko="dW는 W와 같은 모양이어야 해요. dout^T x가 아니라 x^T dout이에요.",
    killed_by="test_shapes_and_values",
    hint="shapes",
)
def dW_transposed(student):
    def backward(self, dout):
        self.dW = np.dot(dout.T, self.x)
        self.db = np.sum(dout, axis=0)
        return np.dot(dout, self.W.T).reshape(self.original_shape)

    student.Affine.backward = backward


@misconception(
    "dW needs the transpose of x: x^T times dout. Without it the shapes do not fit.",
    ko="dW에는 x의 전치가 필요해요(x^T dout). 전치가 없으면 모양이 맞지 않아요.",
    killed_by="test_shapes_and_values",
    hint="products",
)
def dW_without_transpose(student):
    def backward(self, dout):
        self.dW = np.dot(self.x, dout)
        self.db = np.sum(dout, axis=0)
        return np.dot(dout, self.W.T).reshape(self.original_shape)

    student.Affine.backward = backward


@misconception(
    "dx needs the transpose of W: dout times W^T. Without it only a square W fits, and wrongly.",
    ko="dx에는 W의 전치가 필요해요(dout W^T). 전치가 없으면 정사각 행렬에서만 계산되고 값도 틀려요.",
    killed_by="test_square_weights",
    hint="products",
)
def dx_without_transpose(student):
    def backward(self, dout):
        self.dW = np.dot(self.x.T, dout)
        self.db = np.sum(dout, axis=0)
        return np.dot(dout, self.W).reshape(self.original_shape)

    student.Affine.backward = backward


@misconception(
    "You divide by the batch size a second time; the loss layer already did it.",
    ko="배치 크기로 한 번 더 나눴어요. 손실 층에서 이미 나눴어요.",
    killed_by="test_numerical_gradients",
    hint="products",
)
def divide_again(student):
    def backward(self, dout):
        self.dW = np.dot(self.x.T, dout) / len(dout)
        self.db = np.sum(dout, axis=0) / len(dout)
        return np.dot(dout, self.W.T).reshape(self.original_shape)

    student.Affine.backward = backward


@misconception(
    "forward forgets the bias: it is x W + b.",
    ko="forward에서 편향을 더하지 않았어요. x W + b예요.",
    killed_by="test_shapes_and_values",
    hint="bias",
)
def no_bias(student):
    def forward(self, x):
        self.original_shape = x.shape
        self.x = x.reshape(x.shape[0], -1)
        return np.dot(self.x, self.W)

    student.Affine.forward = forward


@misconception(
    "dx comes back flattened; give it the shape that x had before you flattened it.",
    ko="dx가 평평한 모양으로 나와요. 펼치기 전 x의 모양으로 되돌리세요.",
    killed_by="test_images",
    hint="shapes",
)
def not_reshaped_back(student):
    def backward(self, dout):
        self.dW = np.dot(self.x.T, dout)
        self.db = np.sum(dout, axis=0)
        return np.dot(dout, self.W.T)

    student.Affine.backward = backward


@misconception(
    "The layer works on its own copy of W and b, so in-place updates in training never reach it.",
    ko="층이 W와 b의 복사본을 쓰고 있어서 학습 중의 갱신이 전달되지 않아요.",
    killed_by="test_shares_parameters",
    hint="products",
)
def copies_params(student):
    def __init__(self, W, b):
        self.W = W.copy()
        self.b = b.copy()
        self.dW = None
        self.db = None

    student.Affine.__init__ = __init__


@misconception(
    "Gradients are added up over the calls; here every backward starts afresh.",
    ko="호출할 때마다 기울기가 누적돼요. 여기서는 backward마다 새로 계산해요.",
    killed_by="test_fresh_gradients",
    hint="products",
)
def accumulates(student):
    def backward(self, dout):
        dW, db = np.dot(self.x.T, dout), np.sum(dout, axis=0)
        self.dW = dW if self.dW is None else self.dW + dW
        self.db = db if self.db is None else self.db + db
        return np.dot(dout, self.W.T).reshape(self.original_shape)

    student.Affine.backward = backward


@misconception(
    "The shape of x is only remembered on the first call; store it in every forward.",
    ko="첫 호출의 x 모양만 기억해요. forward마다 새로 저장하세요.",
    killed_by="test_fresh_gradients",
    hint="shapes",
)
def first_shape(student):
    def forward(self, x):
        if not hasattr(self, "original_shape"):
            self.original_shape = x.shape
        self.x = x.reshape(x.shape[0], -1)
        return np.dot(self.x, self.W) + self.b

    student.Affine.forward = forward


@misconception(
    "The layer copies b, so updates of the bias never reach it; keep the array itself.",
    ko="b를 복사해서 편향의 갱신이 층에 전달되지 않아요. 받은 배열을 그대로 보관하세요.",
    killed_by="test_shares_parameters",
    hint="products",
)
def copies_bias(student):
    def __init__(self, W, b):
        self.W = W
        self.b = b.copy()
        self.dW = None
        self.db = None

    student.Affine.__init__ = __init__


@alternative("einsum, with names of its own for what it remembers")
def einsum(student):
    def forward(self, x):
        self.given = x
        flat = x.reshape(len(x), -1)
        return np.einsum("nd,dm->nm", flat, self.W) + self.b

    def backward(self, dout):
        flat = self.given.reshape(len(self.given), -1)
        self.dW = np.einsum("nd,nm->dm", flat, dout)
        self.db = np.einsum("nm->m", dout)
        return np.einsum("nm,dm->nd", dout, self.W).reshape(self.given.shape)

    student.Affine.forward = forward
    student.Affine.backward = backward


@alternative("one sample after the other")
def loops(student):
    class Affine:
        def __init__(self, W, b):
            self.W, self.b = W, b

        def forward(self, x):
            self.samples = [np.array(row) for row in x]
            return np.array([self.b + sample.ravel() @ self.W for sample in self.samples])

        def backward(self, dout):
            self.dW, self.db = np.zeros(self.W.shape), np.zeros(self.b.shape)
            dx = []
            for sample, gradient in zip(self.samples, dout):
                self.dW += np.outer(sample, gradient)
                self.db += gradient
                dx.append((self.W @ gradient).reshape(sample.shape))
            return np.array(dx)

    student.Affine = Affine


@alternative("single precision inside", alone=True)
def single_precision(student):
    def forward(self, x):
        self.shape = x.shape
        self.flat = x.reshape(len(x), -1).astype(np.float32)
        return self.flat @ self.W.astype(np.float32) + self.b.astype(np.float32)

    def backward(self, dout):
        dout = dout.astype(np.float32)
        self.dW, self.db = self.flat.T @ dout, dout.sum(0)
        return (dout @ self.W.astype(np.float32).T).reshape(self.shape)

    student.Affine.forward = forward
    student.Affine.backward = backward


@alternative("fills gradient buffers that it allocates once")
def gradient_buffers(student):
    def __init__(self, W, b):
        self.W, self.b = W, b
        self.dW, self.db = np.zeros_like(W), np.zeros_like(b)

    def backward(self, dout):
        np.matmul(self.x.T, dout, out=self.dW)
        self.db[...] = np.ones(len(dout)) @ dout
        return (self.W @ dout.T).T.reshape(self.original_shape)

    student.Affine.__init__ = __init__
    student.Affine.backward = backward
