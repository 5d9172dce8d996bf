import numpy as np
from autograder.authoring import alternative, misconception


@misconception(
    "x is drawn at random but t is always the first labels; index both with the same array.",
    ko="x는 무작위로 뽑았지만 t는 항상 앞부분이에요. 같은 인덱스로 뽑으세요.",
    killed_by="test_recorded_steps",
    hint="batch",
)
def labels_not_indexed(student):
    def train(network, x_train, t_train, iters_num=1000, batch_size=100, learning_rate=0.1):
        losses = []
        for _ in range(iters_num):
            batch = np.random.choice(len(x_train), batch_size)
            x, t = x_train[batch], t_train[:batch_size]
            gradients = network.gradient(x, t)
            for name in network.params:
                network.params[name] -= learning_rate * gradients[name]
            losses.append(network.loss(x, t))
        return losses

    student.train = train


@misconception(
    "The batch is drawn once before the loop, so the network memorises it; draw a new batch in every "
    "iteration.",
    ko="배치를 반복문 밖에서 한 번만 뽑았어요. 매 반복마다 새로 뽑으세요.",
    killed_by="test_every_sample_takes_part",
    hint="batch",
)
def same_batch(student):
    def train(network, x_train, t_train, iters_num=1000, batch_size=100, learning_rate=0.1):
        losses = []
        batch = np.random.choice(len(x_train), batch_size)
        x, t = x_train[batch], t_train[batch]
        for _ in range(iters_num):
            gradients = network.gradient(x, t)
            for name in network.params:
                network.params[name] -= learning_rate * gradients[name]
            losses.append(network.loss(x, t))
        return losses

    student.train = train


@misconception(
    "Batches are taken from the rows in their order; if those are sorted by class, each batch teaches "
    "one class only. Draw at random.",
    ko="행의 순서대로 배치를 잘랐어요. 클래스별로 정렬된 데이터라면 한 클래스만 배우게 돼요. 무작위로 뽑으세요.",
    killed_by="test_batches_are_random",
    hint="batch",
)
def in_order(student):
    def train(network, x_train, t_train, iters_num=1000, batch_size=100, learning_rate=0.1):
        losses = []
        for i in range(iters_num):
            start = i * batch_size % (len(x_train) - batch_size + 1)
            x, t = x_train[start : start + batch_size], t_train[start : start + batch_size]
            gradients = network.gradient(x, t)
            for name in network.params:
                network.params[name] -= learning_rate * gradients[name]
            losses.append(network.loss(x, t))
        return losses

    student.train = train


@misconception(
    "You shuffle once and then repeat the same batches for ever; draw anew, or shuffle again in every "
    "epoch.",
    ko="한 번만 섞고 같은 배치를 계속 반복해요. 매번 새로 뽑거나 에폭마다 다시 섞으세요.",
    killed_by="test_batches_are_random",
    hint="batch",
)
def shuffled_once(student):
    def train(network, x_train, t_train, iters_num=1000, batch_size=100, learning_rate=0.1):
        losses = []
        order = np.random.permutation(len(x_train))
        full = len(x_train) // batch_size
        for i in range(iters_num):
            start = i % full * batch_size
            batch = order[start : start + batch_size]
            x, t = x_train[batch], t_train[batch]
            gradients = network.gradient(x, t)
            for name in network.params:
                network.params[name] -= learning_rate * gradients[name]
            losses.append(network.loss(x, t))
        return losses

    student.train = train


@misconception(
    "Parameters move along the gradient; subtract it to descend.",
    ko="기울기 방향으로 움직이고 있어요. 빼야 손실이 내려가요.",
    killed_by="test_two_clouds",
    hint="step",
)
def ascent(student):
    def train(network, x_train, t_train, iters_num=1000, batch_size=100, learning_rate=0.1):
        losses = []
        for _ in range(iters_num):
            batch = np.random.choice(len(x_train), batch_size)
            x, t = x_train[batch], t_train[batch]
            gradients = network.gradient(x, t)
            for name in network.params:
                network.params[name] += learning_rate * gradients[name]
            losses.append(network.loss(x, t))
        return losses

    student.train = train


@misconception(
    "params[k] = params[k] - ... creates a new array that the layers do not see; use -= to update in "
    "place.",
    ko="params[k] = params[k] - ... 는 새 배열을 만들어서 층이 보지 못해요. -=로 제자리에서 갱신하세요.",
    killed_by="test_recorded_steps",
    hint="step",
)
def rebinding(student):
    def train(network, x_train, t_train, iters_num=1000, batch_size=100, learning_rate=0.1):
        losses = []
        for _ in range(iters_num):
            batch = np.random.choice(len(x_train), batch_size)
            x, t = x_train[batch], t_train[batch]
            gradients = network.gradient(x, t)
            for name in network.params:
                network.params[name] = network.params[name] - learning_rate * gradients[name]
            losses.append(network.loss(x, t))
        return losses

    student.train = train


@misconception(
    "The biases are never updated; loop over all keys of params.",
    ko="편향이 갱신되지 않아요. params의 모든 키를 순회하세요.",
    killed_by="test_recorded_steps",
    hint="loop",
)
def only_weights(student):
    def train(network, x_train, t_train, iters_num=1000, batch_size=100, learning_rate=0.1):
        losses = []
        for _ in range(iters_num):
            batch = np.random.choice(len(x_train), batch_size)
            x, t = x_train[batch], t_train[batch]
            gradients = network.gradient(x, t)
            for name in ("W1", "W2"):
                network.params[name] -= learning_rate * gradients[name]
            losses.append(network.loss(x, t))
        return losses

    student.train = train


@misconception(
    "The step is the whole gradient; multiply it by learning_rate.",
    ko="기울기를 그대로 빼고 있어요. learning_rate를 곱하세요.",
    killed_by="test_recorded_steps",
    hint="step",
)
def no_learning_rate(student):
    def train(network, x_train, t_train, iters_num=1000, batch_size=100, learning_rate=0.1):
        losses = []
        for _ in range(iters_num):
            batch = np.random.choice(len(x_train), batch_size)
            x, t = x_train[batch], t_train[batch]
            gradients = network.gradient(x, t)
            for name in network.params:
                network.params[name] -= gradients[name]
            losses.append(network.loss(x, t))
        return losses

    student.train = train


@misconception(
    "You record the loss of the whole training set, which costs more than the training; record the "
    "mini-batch's.",
    ko="전체 훈련 데이터의 손실을 기록하고 있어요. 학습보다 더 오래 걸려요. 미니배치의 손실을 기록하세요.",
    killed_by="test_recorded_steps",
    hint="loop",
)
def loss_of_everything(student):
    def train(network, x_train, t_train, iters_num=1000, batch_size=100, learning_rate=0.1):
        losses = []
        for _ in range(iters_num):
            batch = np.random.choice(len(x_train), batch_size)
            gradients = network.gradient(x_train[batch], t_train[batch])
            for name in network.params:
                network.params[name] -= learning_rate * gradients[name]
            losses.append(network.loss(x_train, t_train))
        return losses

    student.train = train


@misconception(
    "You shuffle the caller's arrays in place; shuffle indices instead and leave the data alone.",
    ko="받은 배열을 직접 섞고 있어요. 데이터는 그대로 두고 인덱스를 섞으세요.",
    killed_by="test_data_untouched",
    hint="batch",
)
def shuffles_inputs(student):
    def train(network, x_train, t_train, iters_num=1000, batch_size=100, learning_rate=0.1):
        losses = []
        for _ in range(iters_num):
            order = np.random.permutation(len(x_train))
            x_train[:], t_train[:] = x_train[order], t_train[order]
            x, t = x_train[:batch_size], t_train[:batch_size]
            gradients = network.gradient(x, t)
            for name in network.params:
                network.params[name] -= learning_rate * gradients[name]
            losses.append(network.loss(x, t))
        return losses

    student.train = train


@misconception(
    "train does not return the recorded losses; put a return behind the loop, not inside it.",
    ko="기록한 손실을 돌려주지 않아요. return은 반복문 안이 아니라 뒤에 쓰세요.",
    killed_by="test_recorded_steps",
    hint="loop",
)
def returns_inside_loop(student):
    def train(network, x_train, t_train, iters_num=1000, batch_size=100, learning_rate=0.1):
        losses = []
        for _ in range(iters_num):
            batch = np.random.choice(len(x_train), batch_size)
            x, t = x_train[batch], t_train[batch]
            gradients = network.gradient(x, t)
            for name in network.params:
                network.params[name] -= learning_rate * gradients[name]
            losses.append(network.loss(x, t))
            return losses

    student.train = train


@misconception(
    "The rest of an epoch is used as a smaller batch; every batch must be full.",
    ko="에폭 끝의 나머지를 작은 배치로 썼어요. 모든 배치는 꽉 차야 해요.",
    killed_by="test_recorded_steps",
    hint="batch",
)
def short_last_batch(student):
    def train(network, x_train, t_train, iters_num=1000, batch_size=100, learning_rate=0.1):
        losses = []
        queue = np.array([], dtype=int)
        for _ in range(iters_num):
            if len(queue) == 0:
                queue = np.random.permutation(len(x_train))
            batch, queue = queue[:batch_size], queue[batch_size:]
            x, t = x_train[batch], t_train[batch]
            gradients = network.gradient(x, t)
            for name in network.params:
                network.params[name] -= learning_rate * gradients[name]
            losses.append(network.loss(x, t))
        return losses

    student.train = train


@alternative("without replacement, the book's four keys, the loss before the update")
def four_keys(student):
    def train(network, x_train, t_train, iters_num=1000, batch_size=100, learning_rate=0.1):
        history = []
        for _ in range(iters_num):
            mask = np.random.choice(x_train.shape[0], batch_size, replace=False)
            x_batch, t_batch = x_train[mask], t_train[mask]
            history.append(network.loss(x_batch, t_batch))
            grad = network.gradient(x_batch, t_batch)
            for key in ("W1", "b1", "W2", "b2"):
                network.params[key] -= learning_rate * grad[key]
        return history

    student.train = train


@alternative("a fresh permutation per epoch, a Generator, losses in an array, in-place by [...]")
def epochs(student):
    def train(network, x_train, t_train, iters_num=1000, batch_size=100, learning_rate=0.1):
        rng = np.random.default_rng()
        losses = np.zeros(iters_num)
        queue = np.array([], dtype=int)
        for i in range(iters_num):
            if len(queue) < batch_size:
                queue = rng.permutation(len(x_train))
            picked, queue = queue[:batch_size], queue[batch_size:]
            grads = network.gradient(x_train[picked], t_train[picked])
            losses[i] = network.loss(x_train[picked], t_train[picked])
            for key, value in network.params.items():
                value[...] = value - learning_rate * grads[key]
        return losses

    student.train = train


@alternative("a shuffled list of pairs")
def pairs(student):
    import random

    def train(network, x_train, t_train, iters_num=1000, batch_size=100, learning_rate=0.1):
        losses = []
        samples = list(zip(x_train, t_train))
        for _ in range(iters_num):
            chosen = random.sample(samples, batch_size)
            x = np.array([row for row, _ in chosen])
            t = np.array([label for _, label in chosen])
            grads = network.gradient(x, t)
            for key in grads:
                np.subtract(
                    network.params[key], learning_rate * grads[key], out=network.params[key]
                )
            losses.append(float(network.loss(x, t)))
        return losses

    student.train = train
