import numpy as np
from autograder.authoring import alternative, misconception


@misconception(
    "The loss is a mean over N samples, so its gradient must be divided by N; yours is N times too "
    "large.",
    ko="손실은 N개 표본의 평균이므로 기울기도 N으로 나눠야 해요. 지금은 N배 커요.",
    killed_by="test_uniform_logits",
    hint="mean",
)
def no_batch_division(student):
    def backward(self, dout=1):
        t = self.t if self.t.size == self.y.size else np.eye(self.y.shape[1])[self.t]
        return self.y - t

    student.SoftmaxWithLoss.backward = backward


@misconception(
    "You divide by the number of classes; divide by the number of samples.",
    ko="클래스 수로 나눴어요. 표본 수로 나누세요.",
    killed_by="test_uniform_logits",
    hint="mean",
)
def divide_by_classes(student):
    def backward(self, dout=1):
        t = self.t if self.t.size == self.y.size else np.eye(self.y.shape[1])[self.t]
        return (self.y - t) / self.y.shape[1]

    student.SoftmaxWithLoss.backward = backward


@misconception(
    "The difference has the wrong sign: it is y - t, prediction minus truth.",
    ko="부호가 반대예요. t - y가 아니라 y - t(예측 빼기 정답)예요.",
    killed_by="test_uniform_logits",
    hint="difference",
)
def t_minus_y(student):
    def backward(self, dout=1):
        t = self.t if self.t.size == self.y.size else np.eye(self.y.shape[1])[self.t]
        return (t - self.y) / len(self.y)

    student.SoftmaxWithLoss.backward = backward


@misconception(
    "You subtract 1 inside self.y; work on a copy, otherwise a second backward is wrong.",
    ko="self.y 안에서 1을 빼고 있어요. 복사본을 쓰지 않으면 두 번째 backward가 틀려요.",
    killed_by="test_no_side_effects",
    hint="labels",
)
def mutates_y(student):
    def backward(self, dout=1):
        t = self.t.argmax(axis=1) if self.t.size == self.y.size else self.t
        self.y[np.arange(len(t)), t] -= 1
        return self.y / len(t)

    student.SoftmaxWithLoss.backward = backward


@misconception(
    "With integer labels y - t subtracts the label number from every probability; subtract 1 at the "
    "correct class only.",
    ko="정수 레이블에서 y - t는 모든 확률에서 레이블 번호를 빼요. 정답 클래스에서만 1을 빼세요.",
    killed_by="test_uniform_logits",
    hint="labels",
)
def labels_broadcast(student):
    def backward(self, dout=1):
        t = self.t if self.t.ndim == 2 else self.t[:, None]
        return (self.y - t) / len(self.y)

    student.SoftmaxWithLoss.backward = backward


@misconception(
    "Your backward only works for labels; t may also be one-hot, with the shape of y.",
    ko="backward가 정수 레이블만 처리해요. t는 y와 같은 모양의 원-핫일 수도 있어요.",
    killed_by="test_numerical_gradient",
    hint="labels",
)
def labels_only(student):
    def backward(self, dout=1):
        dx = self.y.copy()
        dx[np.arange(len(dx)), self.t] -= 1
        return dx / len(dx)

    student.SoftmaxWithLoss.backward = backward


@misconception(
    "y - t already contains the derivative of softmax; do not multiply by y(1 - y) again.",
    ko="y - t에는 이미 소프트맥스의 미분이 들어 있어요. y(1 - y)를 다시 곱하지 마세요.",
    killed_by="test_uniform_logits",
    hint="difference",
)
def softmax_jacobian_again(student):
    def backward(self, dout=1):
        t = self.t if self.t.size == self.y.size else np.eye(self.y.shape[1])[self.t]
        return self.y * (1 - self.y) * (self.y - t) / len(self.y)

    student.SoftmaxWithLoss.backward = backward


@misconception(
    "The loss is summed over the batch; it should be the mean, so that it does not grow with N.",
    ko="손실을 배치 전체에 대해 더했어요. N에 따라 커지지 않도록 평균을 내세요.",
    killed_by="test_batch_given_twice",
    hint="mean",
)
def loss_summed(student):
    def forward(self, x, t):
        self.t, self.y = t, student.softmax(x)
        self.loss = student.cross_entropy_error(self.y, t) * len(x)
        return self.loss

    student.SoftmaxWithLoss.forward = forward


@misconception(
    "exp of a large logit overflows to infinity; subtract the maximum of each row first (the given "
    "softmax does).",
    ko="큰 로짓에서 exp가 넘쳐 무한대가 돼요. 먼저 각 행의 최댓값을 빼세요(주어진 softmax가 그렇게 해요).",
    killed_by="test_large_logits",
    hint="difference",
)
def unstable_softmax(student):
    def forward(self, x, t):
        e = np.exp(x)
        self.t, self.y = t, e / e.sum(axis=1, keepdims=True)
        self.loss = student.cross_entropy_error(self.y, t)
        return self.loss

    student.SoftmaxWithLoss.forward = forward


@misconception(
    "A probability can round to 0 and log(0) is minus infinity; add a tiny number inside the log.",
    ko="확률이 0으로 반올림되면 log(0)은 음의 무한대예요. 로그 안에 아주 작은 수를 더하세요.",
    killed_by="test_large_logits",
    hint="difference",
)
def log_of_zero(student):
    def forward(self, x, t):
        self.t, self.y = t, student.softmax(x)
        labels = t.argmax(axis=1) if t.ndim == 2 else t
        self.loss = float(-np.mean(np.log(self.y[np.arange(len(x)), labels])))
        return self.loss

    student.SoftmaxWithLoss.forward = forward


@misconception(
    "forward returns the loss but does not store it; set self.loss as well.",
    ko="forward가 손실을 돌려주기만 하고 저장하지 않아요. self.loss에도 저장하세요.",
    killed_by="test_no_side_effects",
    hint="difference",
)
def loss_not_stored(student):
    def forward(self, x, t):
        self.t, self.y = t, student.softmax(x)
        return student.cross_entropy_error(self.y, t)

    student.SoftmaxWithLoss.forward = forward


@misconception(
    "You subtract the maximum of the whole batch; a row far below it becomes 0/0. Subtract each row's "
    "own maximum.",
    ko="배치 전체의 최댓값을 뺐어요. 그보다 훨씬 작은 행은 0/0이 돼요. 행마다 자기 최댓값을 빼세요.",
    killed_by="test_large_logits",
    hint="difference",
)
def batch_maximum(student):
    def forward(self, x, t):
        e = np.exp(x - x.max())
        self.t, self.y = t, e / e.sum(axis=1, keepdims=True)
        self.loss = student.cross_entropy_error(self.y, t)
        return self.loss

    student.SoftmaxWithLoss.forward = forward


@alternative("log-sum-exp loss without any epsilon; one-hot targets throughout")
def log_sum_exp(student):
    class SoftmaxWithLoss:
        def forward(self, x, t):
            self.t = t
            self.target = t if t.ndim == 2 else np.eye(x.shape[1])[t]
            shifted = x - x.max(axis=1, keepdims=True)
            log_y = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
            self.y = np.exp(log_y)
            self.loss = -(self.target * log_y).sum() / len(x)
            return self.loss

        def backward(self, dout=1):
            return (self.y - self.target) * dout / len(self.y)

    student.SoftmaxWithLoss = SoftmaxWithLoss


@alternative("one sample after the other")
def loops(student):
    class SoftmaxWithLoss:
        def forward(self, x, t):
            self.t = t
            self.labels = [int(np.argmax(row)) if np.ndim(row) else int(row) for row in t]
            self.y = np.array([student.softmax(row) for row in x])
            losses = [-np.log(p[k] + 1e-12) for p, k in zip(self.y, self.labels)]
            self.loss = sum(losses) / len(losses)
            return self.loss

        def backward(self, dout=1):
            dx = np.array(self.y)
            for row, label in zip(dx, self.labels):
                row[label] -= 1.0
            dx /= len(dx)
            return dx

    student.SoftmaxWithLoss = SoftmaxWithLoss


@alternative("single precision inside", alone=True)
def single_precision(student):
    def forward(self, x, t):
        self.t = t
        self.y = student.softmax(x.astype(np.float32))
        self.loss = student.cross_entropy_error(self.y, t)
        return self.loss

    student.SoftmaxWithLoss.forward = forward


@alternative("converts labels to one-hot early and ignores dout")
def one_hot_early(student):
    def forward(self, x, t):
        self.t = np.array(t)
        self.onehot = np.zeros(x.shape)
        if t.ndim == 1:
            self.onehot[np.arange(len(t)), t] = 1
        else:
            self.onehot[:] = t
        self.y = student.softmax(x)
        self.loss = student.cross_entropy_error(self.y, self.onehot)
        return self.loss

    def backward(self, dout=1):
        return (self.y - self.onehot) / len(self.onehot)

    student.SoftmaxWithLoss.forward = forward
    student.SoftmaxWithLoss.backward = backward
