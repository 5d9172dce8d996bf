import numpy as np
from autograder.authoring import alternative, misconception


@misconception(
    "Training accuracy is measured on the last mini-batch only; use the whole training set.",
    ko="훈련 정확도를 마지막 미니배치로만 재요. 훈련 데이터 전체를 쓰세요.",
    killed_by="test_history",
    hint="measure",
)
def accuracy_on_batch(student):
    def train_network(
        network,
        optimizer,
        x_train,
        t_train,
        x_test=None,
        t_test=None,
        epochs=1,
        batch_size=100,
        rng=None,
    ):
        history = {"loss": [], "train_acc": [], "test_acc": []}
        for _ in range(epochs):
            for x, t in student.iterate_minibatches(x_train, t_train, batch_size, True, rng):
                optimizer.update(network.params, network.gradient(x, t))
                history["loss"].append(network.loss(x, t))
            history["train_acc"].append(network.accuracy(x, t))
            if x_test is not None:
                history["test_acc"].append(network.accuracy(x_test, t_test))
        return history

    student.train_network = train_network


@misconception(
    "An epoch is a full pass over the data; you make one update per epoch. Loop over all mini-batches.",
    ko="에폭은 데이터를 한 바퀴 도는 것이에요. 에폭당 한 번만 갱신하고 있어요. 모든 미니배치를 순회하세요.",
    killed_by="test_counts",
    hint="loops",
)
def one_batch_per_epoch(student):
    def train_network(
        network,
        optimizer,
        x_train,
        t_train,
        x_test=None,
        t_test=None,
        epochs=1,
        batch_size=100,
        rng=None,
    ):
        history = {"loss": [], "train_acc": [], "test_acc": []}
        for _ in range(epochs):
            x, t = next(iter(student.iterate_minibatches(x_train, t_train, batch_size, True, rng)))
            optimizer.update(network.params, network.gradient(x, t))
            history["loss"].append(network.loss(x, t))
            history["train_acc"].append(network.accuracy(x_train, t_train))
            if x_test is not None:
                history["test_acc"].append(network.accuracy(x_test, t_test))
        return history

    student.train_network = train_network


@misconception(
    "The batches come in the order of the rows; data sorted by class would ruin training. Shuffle.",
    ko="배치가 행의 순서대로 나와요. 클래스 순으로 정렬된 데이터라면 학습이 망가져요. 섞으세요.",
    killed_by="test_every_epoch",
    hint="loops",
)
def no_shuffle(student):
    def train_network(
        network,
        optimizer,
        x_train,
        t_train,
        x_test=None,
        t_test=None,
        epochs=1,
        batch_size=100,
        rng=None,
    ):
        history = {"loss": [], "train_acc": [], "test_acc": []}
        for _ in range(epochs):
            for x, t in student.iterate_minibatches(x_train, t_train, batch_size, shuffle=False):
                optimizer.update(network.params, network.gradient(x, t))
                history["loss"].append(network.loss(x, t))
            history["train_acc"].append(network.accuracy(x_train, t_train))
            if x_test is not None:
                history["test_acc"].append(network.accuracy(x_test, t_test))
        return history

    student.train_network = train_network


@misconception(
    "You shuffle once before the first epoch and then repeat the same batches; call iterate_minibatches "
    "in every epoch.",
    ko="첫 에폭 전에 한 번만 섞고 같은 배치를 반복해요. 에폭마다 iterate_minibatches를 새로 부르세요.",
    killed_by="test_every_epoch",
    hint="loops",
)
def shuffled_once(student):
    def train_network(
        network,
        optimizer,
        x_train,
        t_train,
        x_test=None,
        t_test=None,
        epochs=1,
        batch_size=100,
        rng=None,
    ):
        history = {"loss": [], "train_acc": [], "test_acc": []}
        batches = list(student.iterate_minibatches(x_train, t_train, batch_size, True, rng))
        for _ in range(epochs):
            for x, t in batches:
                optimizer.update(network.params, network.gradient(x, t))
                history["loss"].append(network.loss(x, t))
            history["train_acc"].append(network.accuracy(x_train, t_train))
            if x_test is not None:
                history["test_acc"].append(network.accuracy(x_test, t_test))
        return history

    student.train_network = train_network


@misconception(
    "The batches are made once, before the loop over epochs: a generator is empty after one pass, so "
    "later epochs train on nothing.",
    ko="배치 생성기를 에폭 반복문 밖에서 한 번만 만들었어요. 생성기는 한 바퀴 돌면 비어서 다음 에폭은 아무것도 학습하지 않아요.",
    killed_by="test_counts",
    hint="loops",
)
def exhausted_generator(student):
    def train_network(
        network,
        optimizer,
        x_train,
        t_train,
        x_test=None,
        t_test=None,
        epochs=1,
        batch_size=100,
        rng=None,
    ):
        history = {"loss": [], "train_acc": [], "test_acc": []}
        batches = iter(student.iterate_minibatches(x_train, t_train, batch_size, True, rng))
        for _ in range(epochs):
            for x, t in batches:
                optimizer.update(network.params, network.gradient(x, t))
                history["loss"].append(network.loss(x, t))
            history["train_acc"].append(network.accuracy(x_train, t_train))
            if x_test is not None:
                history["test_acc"].append(network.accuracy(x_test, t_test))
        return history

    student.train_network = train_network


@misconception(
    "The test set is part of training: the reported accuracy is worthless (leakage).",
    ko="시험 데이터로 학습하고 있어요. 보고된 정확도는 의미가 없어요(누출).",
    killed_by="test_every_epoch",
    hint="measure",
)
def trains_on_test(student):
    right = student.train_network

    def train_network(
        network,
        optimizer,
        x_train,
        t_train,
        x_test=None,
        t_test=None,
        epochs=1,
        batch_size=100,
        rng=None,
    ):
        if x_test is not None:
            x_train = np.concatenate([x_train, x_test])
            t_train = np.concatenate([t_train, t_test])
        return right(network, optimizer, x_train, t_train, x_test, t_test, epochs, batch_size, rng)

    student.train_network = train_network


@misconception(
    "The optimizer is never called, so the network stays as it was. Gradients alone change nothing.",
    ko="옵티마이저를 부르지 않아서 신경망이 그대로예요. 기울기만으로는 아무것도 바뀌지 않아요.",
    killed_by="test_counts",
    hint="step",
)
def no_update(student):
    right = student.train_network

    class Idle:
        def update(self, params, grads):
            pass

    def train_network(network, optimizer, *args, **kwargs):
        return right(network, Idle(), *args, **kwargs)

    student.train_network = train_network


@misconception(
    "You make the step yourself; leave it to optimizer.update, or Momentum and Adam cannot do their work.",
    ko="갱신을 직접 계산하고 있어요. Momentum이나 Adam도 쓸 수 있게 optimizer.update에 맡기세요.",
    killed_by="test_counts",
    hint="step",
)
def steps_by_hand(student):
    right = student.train_network

    class ByHand:
        def update(self, params, grads):
            for name in params:
                params[name] -= 0.1 * grads[name]

    def train_network(network, optimizer, *args, **kwargs):
        return right(network, ByHand(), *args, **kwargs)

    student.train_network = train_network


@misconception(
    "The optimizer gets a copy of the parameters, so the network itself never changes; hand over "
    "network.params itself.",
    ko="옵티마이저에 매개변수의 복사본을 넘겨서 신경망은 바뀌지 않아요. network.params 자체를 넘기세요.",
    killed_by="test_update_arguments",
    hint="step",
)
def copied_params(student):
    import copy

    right = student.train_network

    class Copying:
        def __init__(self, optimizer):
            self.optimizer = optimizer

        def update(self, params, grads):
            self.optimizer.update(copy.deepcopy(params), grads)

    def train_network(network, optimizer, *args, **kwargs):
        return right(network, Copying(optimizer), *args, **kwargs)

    student.train_network = train_network


@misconception(
    "The gradient is that of the previous batch; ask for the gradient of this batch, then update with it.",
    ko="이전 배치의 기울기로 갱신하고 있어요. 이 배치의 기울기를 구한 뒤 그것으로 갱신하세요.",
    killed_by="test_update_arguments",
    hint="step",
)
def previous_gradient(student):
    right = student.train_network

    class Late:
        def __init__(self, optimizer):
            self.optimizer, self.kept = optimizer, None

        def update(self, params, grads):
            self.optimizer.update(params, self.kept or grads)
            self.kept = grads

    def train_network(network, optimizer, *args, **kwargs):
        return right(network, Late(optimizer), *args, **kwargs)

    student.train_network = train_network


@misconception(
    "The loss is recorded once per epoch; record it after every update.",
    ko="손실을 에폭마다 한 번만 기록해요. 갱신할 때마다 기록하세요.",
    killed_by="test_counts",
    hint="step",
)
def loss_per_epoch(student):
    def train_network(
        network,
        optimizer,
        x_train,
        t_train,
        x_test=None,
        t_test=None,
        epochs=1,
        batch_size=100,
        rng=None,
    ):
        history = {"loss": [], "train_acc": [], "test_acc": []}
        for _ in range(epochs):
            for x, t in student.iterate_minibatches(x_train, t_train, batch_size, True, rng):
                optimizer.update(network.params, network.gradient(x, t))
            history["loss"].append(network.loss(x, t))
            history["train_acc"].append(network.accuracy(x_train, t_train))
            if x_test is not None:
                history["test_acc"].append(network.accuracy(x_test, t_test))
        return history

    student.train_network = train_network


@misconception(
    "You record the loss of the whole training set after every update, which costs more than the "
    "training; record the mini-batch's.",
    ko="갱신할 때마다 전체 훈련 데이터의 손실을 기록해요. 학습보다 더 오래 걸려요. 미니배치의 손실을 기록하세요.",
    killed_by="test_history",
    hint="step",
)
def loss_of_everything(student):
    def train_network(
        network,
        optimizer,
        x_train,
        t_train,
        x_test=None,
        t_test=None,
        epochs=1,
        batch_size=100,
        rng=None,
    ):
        history = {"loss": [], "train_acc": [], "test_acc": []}
        for _ in range(epochs):
            for x, t in student.iterate_minibatches(x_train, t_train, batch_size, True, rng):
                optimizer.update(network.params, network.gradient(x, t))
                history["loss"].append(network.loss(x_train, t_train))
            history["train_acc"].append(network.accuracy(x_train, t_train))
            if x_test is not None:
                history["test_acc"].append(network.accuracy(x_test, t_test))
        return history

    student.train_network = train_network


@misconception(
    "Accuracy is measured after every update, on all data, which makes training many times slower; "
    "measure once per epoch.",
    ko="갱신할 때마다 전체 데이터로 정확도를 재서 학습이 훨씬 느려져요. 에폭마다 한 번만 재세요.",
    killed_by="test_counts",
    hint="measure",
)
def accuracy_per_update(student):
    def train_network(
        network,
        optimizer,
        x_train,
        t_train,
        x_test=None,
        t_test=None,
        epochs=1,
        batch_size=100,
        rng=None,
    ):
        history = {"loss": [], "train_acc": [], "test_acc": []}
        for _ in range(epochs):
            for x, t in student.iterate_minibatches(x_train, t_train, batch_size, True, rng):
                optimizer.update(network.params, network.gradient(x, t))
                history["loss"].append(network.loss(x, t))
                history["train_acc"].append(network.accuracy(x_train, t_train))
                if x_test is not None:
                    history["test_acc"].append(network.accuracy(x_test, t_test))
        return history

    student.train_network = train_network


@misconception(
    "The accuracies are measured at the beginning of the epoch; the first one belongs to an untrained "
    "network, and the last epoch is never measured.",
    ko="정확도를 에폭이 시작될 때 재요. 첫 값은 학습 전의 것이고 마지막 에폭은 재지 않아요.",
    killed_by="test_history",
    hint="measure",
)
def accuracy_too_early(student):
    def train_network(
        network,
        optimizer,
        x_train,
        t_train,
        x_test=None,
        t_test=None,
        epochs=1,
        batch_size=100,
        rng=None,
    ):
        history = {"loss": [], "train_acc": [], "test_acc": []}
        for _ in range(epochs):
            history["train_acc"].append(network.accuracy(x_train, t_train))
            if x_test is not None:
                history["test_acc"].append(network.accuracy(x_test, t_test))
            for x, t in student.iterate_minibatches(x_train, t_train, batch_size, True, rng):
                optimizer.update(network.params, network.gradient(x, t))
                history["loss"].append(network.loss(x, t))
        return history

    student.train_network = train_network


@misconception(
    "test_acc is measured on the training data; use x_test and t_test.",
    ko="test_acc를 훈련 데이터로 재고 있어요. x_test와 t_test를 쓰세요.",
    killed_by="test_history",
    hint="measure",
)
def measures_train_twice(student):
    def train_network(
        network,
        optimizer,
        x_train,
        t_train,
        x_test=None,
        t_test=None,
        epochs=1,
        batch_size=100,
        rng=None,
    ):
        history = {"loss": [], "train_acc": [], "test_acc": []}
        for _ in range(epochs):
            for x, t in student.iterate_minibatches(x_train, t_train, batch_size, True, rng):
                optimizer.update(network.params, network.gradient(x, t))
                history["loss"].append(network.loss(x, t))
            history["train_acc"].append(network.accuracy(x_train, t_train))
            if x_test is not None:
                history["test_acc"].append(network.accuracy(x_train, t_train))
        return history

    student.train_network = train_network


@misconception(
    "The argument epochs is ignored: you stop after one pass.",
    ko="epochs 인자를 무시하고 한 바퀴만 돌아요.",
    killed_by="test_counts",
    hint="loops",
)
def one_epoch(student):
    right = student.train_network

    def train_network(
        network,
        optimizer,
        x_train,
        t_train,
        x_test=None,
        t_test=None,
        epochs=1,
        batch_size=100,
        rng=None,
    ):
        return right(network, optimizer, x_train, t_train, x_test, t_test, 1, batch_size, rng)

    student.train_network = train_network


@misconception(
    "You stop as soon as every training sample is read correctly; go on for as many epochs as asked, the "
    "loss still falls.",
    ko="훈련 데이터를 모두 맞히면 멈춰요. 손실은 아직 줄어드니 epochs만큼 계속하세요.",
    killed_by="test_every_epoch",
    hint="loops",
)
def stops_when_perfect(student):
    right = student.train_network

    def train_network(
        network,
        optimizer,
        x_train,
        t_train,
        x_test=None,
        t_test=None,
        epochs=1,
        batch_size=100,
        rng=None,
    ):
        history = {"loss": [], "train_acc": [], "test_acc": []}
        for _ in range(epochs):
            part = right(network, optimizer, x_train, t_train, x_test, t_test, 1, batch_size, rng)
            for key in history:
                history[key] += part[key]
            if history["train_acc"][-1] >= 1.0:
                break
        return history

    student.train_network = train_network


@misconception(
    "The argument batch_size is ignored: you always take 100 samples.",
    ko="batch_size 인자를 무시하고 항상 100개씩 뽑아요.",
    killed_by="test_counts",
    hint="loops",
)
def fixed_batch_size(student):
    right = student.train_network

    def train_network(
        network,
        optimizer,
        x_train,
        t_train,
        x_test=None,
        t_test=None,
        epochs=1,
        batch_size=100,
        rng=None,
    ):
        return right(network, optimizer, x_train, t_train, x_test, t_test, epochs, 100, rng)

    student.train_network = train_network


@misconception(
    "Batches are drawn with replacement, as in assignment 3: in one epoch some samples come twice and "
    "others never. Take them from iterate_minibatches.",
    ko="과제 3처럼 복원추출로 배치를 뽑아서 한 에폭에 두 번 나오거나 빠지는 표본이 있어요. iterate_minibatches를 쓰세요.",
    killed_by="test_counts",
    hint="loops",
)
def with_replacement(student):
    def train_network(
        network,
        optimizer,
        x_train,
        t_train,
        x_test=None,
        t_test=None,
        epochs=1,
        batch_size=100,
        rng=None,
    ):
        history = {"loss": [], "train_acc": [], "test_acc": []}
        n = len(x_train)
        for _ in range(epochs):
            for start in range(0, n, batch_size):
                batch = (rng or np.random).choice(n, min(batch_size, n - start))
                x, t = x_train[batch], t_train[batch]
                optimizer.update(network.params, network.gradient(x, t))
                history["loss"].append(network.loss(x, t))
            history["train_acc"].append(network.accuracy(x_train, t_train))
            if x_test is not None:
                history["test_acc"].append(network.accuracy(x_test, t_test))
        return history

    student.train_network = train_network


@misconception(
    "Images are shuffled, labels are not: each image is taught the label of another one.",
    ko="이미지만 섞고 레이블은 섞지 않아서 이미지마다 다른 레이블을 배워요.",
    killed_by="test_counts",
    hint="loops",
)
def labels_not_shuffled(student):
    right = student.train_network

    def train_network(
        network,
        optimizer,
        x_train,
        t_train,
        x_test=None,
        t_test=None,
        epochs=1,
        batch_size=100,
        rng=None,
    ):
        order = (rng or np.random).permutation(len(x_train))
        return right(
            network, optimizer, x_train[order], t_train, x_test, t_test, epochs, batch_size, rng
        )

    student.train_network = train_network


@misconception(
    "rng is not handed on to iterate_minibatches, so nobody can repeat your run.",
    ko="rng를 iterate_minibatches에 넘기지 않아서 실험을 재현할 수 없어요.",
    killed_by="test_given_generator",
    hint="loops",
)
def ignores_rng(student):
    right = student.train_network

    def train_network(
        network,
        optimizer,
        x_train,
        t_train,
        x_test=None,
        t_test=None,
        epochs=1,
        batch_size=100,
        rng=None,
    ):
        return right(network, optimizer, x_train, t_train, x_test, t_test, epochs, batch_size)

    student.train_network = train_network


@misconception(
    "Only the list of losses is returned; the history is a dictionary with loss, train_acc and test_acc.",
    ko="손실 목록만 돌려줘요. loss, train_acc, test_acc가 있는 딕셔너리를 돌려주세요.",
    killed_by="test_counts",
    hint="measure",
)
def list_only(student):
    right = student.train_network

    def train_network(*args, **kwargs):
        return right(*args, **kwargs)["loss"]

    student.train_network = train_network


@misconception(
    "The training data is shuffled in place: the caller's arrays come back in another order.",
    ko="훈련 데이터를 제자리에서 섞어서 호출한 쪽의 배열 순서가 바뀌어요.",
    killed_by="test_update_arguments",
    hint="loops",
)
def shuffles_in_place(student):
    right = student.train_network

    def train_network(
        network,
        optimizer,
        x_train,
        t_train,
        x_test=None,
        t_test=None,
        epochs=1,
        batch_size=100,
        rng=None,
    ):
        order = (rng or np.random).permutation(len(x_train))
        x_train[:], t_train[:] = x_train[order], t_train[order]
        return right(network, optimizer, x_train, t_train, x_test, t_test, epochs, batch_size, rng)

    student.train_network = train_network


@misconception(
    "With an rng every epoch comes in the same order: you restore the generator, or shuffle only once. "
    "Go on drawing from the same rng.",
    ko="rng가 있으면 에폭마다 같은 순서가 나와요. 생성기를 되돌리거나 한 번만 섞지 말고 같은 rng에서 계속 뽑으세요.",
    killed_by="test_given_generator",
    hint="loops",
)
def same_order_with_rng(student):
    import copy

    right = student.train_network

    def train_network(
        network,
        optimizer,
        x_train,
        t_train,
        x_test=None,
        t_test=None,
        epochs=1,
        batch_size=100,
        rng=None,
    ):
        data = (x_train, t_train, x_test, t_test)
        if rng is None:
            return right(network, optimizer, *data, epochs, batch_size)
        history = {"loss": [], "train_acc": [], "test_acc": []}
        for _ in range(epochs):
            part = right(network, optimizer, *data, 1, batch_size, copy.deepcopy(rng))
            for key in history:
                history[key] += part[key]
        return history

    student.train_network = train_network


@alternative("own permutations, the loss before the update, lists by name")
def own_batches(student):
    def train_network(
        network,
        optimizer,
        x_train,
        t_train,
        x_test=None,
        t_test=None,
        epochs=1,
        batch_size=100,
        rng=None,
    ):
        rng = np.random.default_rng() if rng is None else rng
        losses, train_accuracies, test_accuracies = [], [], []
        n = x_train.shape[0]
        for epoch in range(epochs):
            order = rng.permutation(n)
            for i in range(int(np.ceil(n / batch_size))):
                chosen = order[i * batch_size : (i + 1) * batch_size]
                x_batch, t_batch = x_train[chosen], t_train[chosen]
                losses.append(network.loss(x_batch, t_batch))
                grads = network.gradient(x_batch, t_batch)
                optimizer.update(network.params, grads)
            train_accuracies.append(network.accuracy(x_train, t_train))
            if x_test is not None and t_test is not None:
                test_accuracies.append(network.accuracy(x_test, t_test))
        return dict(loss=losses, train_acc=train_accuracies, test_acc=test_accuracies)

    student.train_network = train_network


@alternative(
    "arrays instead of lists, keyword arguments, shuffle_dataset and slices, a progress print"
)
def arrays(student):
    def train_network(
        network,
        optimizer,
        x_train,
        t_train,
        x_test=None,
        t_test=None,
        epochs=1,
        batch_size=100,
        rng=None,
    ):
        loss, train_acc, test_acc = [], [], []
        for epoch in range(1, epochs + 1):
            xs, ts = student.shuffle_dataset(x_train, t_train, rng)
            for i in range(0, len(xs), batch_size):
                xb, tb = xs[i : i + batch_size], ts[i : i + batch_size]
                grads = network.gradient(x=xb, t=tb)
                optimizer.update(params=network.params, grads=grads)
                loss.append(network.loss(x=xb, t=tb))
            train_acc.append(network.accuracy(xs, ts))
            if x_test is not None:
                test_acc.append(network.accuracy(x_test, t_test))
            print(f"epoch {epoch}: {train_acc[-1]:.3f}")
        return {
            "loss": np.array(loss),
            "train_acc": np.array(train_acc),
            "test_acc": np.array(test_acc),
        }

    student.train_network = train_network


@alternative("a trainer class, one step at a time")
def trainer(student):
    class Trainer:
        def __init__(self, network, optimizer, data, size, rng):
            self.network, self.optimizer = network, optimizer
            self.data, self.size, self.rng = data, size, rng
            self.losses = []

        def train_step(self, x, t):
            grads = self.network.gradient(x, t)
            self.optimizer.update(self.network.params, grads)
            self.losses.append(self.network.loss(x, t))

        def epoch(self):
            for x, t in student.iterate_minibatches(*self.data, self.size, rng=self.rng):
                self.train_step(x, t)

    def train_network(
        network,
        optimizer,
        x_train,
        t_train,
        x_test=None,
        t_test=None,
        epochs=1,
        batch_size=100,
        rng=None,
    ):
        trainer = Trainer(network, optimizer, (x_train, t_train), batch_size, rng)
        accuracies = []
        for _ in range(epochs):
            trainer.epoch()
            pair = [network.accuracy(x_train, t_train)]
            if x_test is not None:
                pair.append(network.accuracy(x_test, t_test))
            accuracies.append(pair)
        return {
            "loss": trainer.losses,
            "train_acc": [pair[0] for pair in accuracies],
            "test_acc": [pair[1] for pair in accuracies if len(pair) == 2],
        }

    student.train_network = train_network
