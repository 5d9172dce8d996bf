import numpy as np
from autograder.authoring import alternative, misconception


@misconception(
    "All optimizers train the same network one after the other, so the later ones get a head start; take "
    "a new network for each.",
    ko="모든 옵티마이저가 같은 신경망을 이어서 학습해서 뒤쪽이 유리해요. 옵티마이저마다 새 신경망을 쓰세요.",
    killed_by="test_race",
    hint="race",
)
def one_network(student):
    right = student.compare_optimizers

    def compare_optimizers(make_network, optimizers, batches):
        network = make_network()
        return right(lambda: network, optimizers, batches)

    student.compare_optimizers = compare_optimizers


@misconception(
    "Every optimizer sees the batches in another order; use the order of the list for a fair comparison.",
    ko="옵티마이저마다 배치 순서가 달라요. 공정한 비교를 위해 목록의 순서를 쓰세요.",
    killed_by="test_fair_race",
    hint="race",
)
def different_batches(student):
    right = student.compare_optimizers

    def compare_optimizers(make_network, optimizers, batches):
        found = {}
        for name, optimizer in optimizers.items():
            order = np.random.permutation(len(batches))
            mixed = [batches[i] for i in order]
            found |= right(make_network, {name: optimizer}, mixed)
        return found

    student.compare_optimizers = compare_optimizers


@misconception(
    "The batches are used up by the first optimizer: an iterator can be walked through only once.",
    ko="첫 옵티마이저가 배치를 다 써 버려요. 이터레이터는 한 번만 돌 수 있어요.",
    killed_by="test_race",
    hint="race",
)
def batches_used_up(student):
    right = student.compare_optimizers

    def compare_optimizers(make_network, optimizers, batches):
        return right(make_network, optimizers, iter(batches))

    student.compare_optimizers = compare_optimizers


@misconception(
    "You keep only the last loss of each optimizer; record one for each batch.",
    ko="옵티마이저마다 마지막 손실만 남겨요. 배치마다 하나씩 기록하세요.",
    killed_by="test_race",
    hint="race",
)
def last_loss_only(student):
    right = student.compare_optimizers

    def compare_optimizers(*args):
        return {name: losses[-1] for name, losses in right(*args).items()}

    student.compare_optimizers = compare_optimizers


@misconception(
    "All losses end up in one list that the optimizers share; start a new list for each.",
    ko="모든 손실이 하나의 목록에 섞여요. 옵티마이저마다 새 목록을 만드세요.",
    killed_by="test_race",
    hint="race",
)
def shared_list(student):
    right = student.compare_optimizers

    def compare_optimizers(*args):
        found = right(*args)
        everything = [loss for losses in found.values() for loss in losses]
        return {name: everything for name in found}

    student.compare_optimizers = compare_optimizers


@misconception(
    "The race never updates: the losses are those of an untrained network.",
    ko="갱신하지 않아서 학습 전의 손실만 기록돼요.",
    killed_by="test_race",
    hint="race",
)
def race_without_updates(student):
    def compare_optimizers(make_network, optimizers, batches):
        losses = {}
        for name, optimizer in optimizers.items():
            network = make_network()
            losses[name] = []
            for x, t in batches:
                network.gradient(x, t)
                losses[name].append(network.loss(x, t))
        return losses

    student.compare_optimizers = compare_optimizers


@misconception(
    "The learning rate is far too small for so few epochs: the loss has barely moved. Raise it, or use "
    "Adam.",
    ko="에폭 수에 비해 학습률이 너무 작아 손실이 거의 줄지 않았어요. 키우거나 Adam을 쓰세요.",
    killed_by="test_reads_digits",
    hint="curve",
)
def underfit(student):
    def train_mnist(x_train, t_train, x_test, t_test, rng=None):
        network = student.MultiLayerNet(x_train.shape[1], [100, 50], 10)
        optimizer = student.make_optimizer("SGD", 0.001)
        data = (x_train, t_train, x_test, t_test)
        return network, student.train_network(network, optimizer, *data, 8, 100, rng)

    student.train_mnist = train_mnist


@misconception(
    "One epoch is not enough: the loss is still falling steeply. Train longer.",
    ko="한 에폭으로는 부족해요. 손실이 아직 가파르게 줄고 있어요. 더 오래 학습하세요.",
    killed_by="test_reads_digits",
    hint="curve",
)
def single_epoch(student):
    def train_mnist(x_train, t_train, x_test, t_test, rng=None):
        network = student.MultiLayerNet(x_train.shape[1], [100, 50], 10)
        optimizer = student.make_optimizer("Adam", 0.001)
        data = (x_train, t_train, x_test, t_test)
        return network, student.train_network(network, optimizer, *data, 1, 100, rng)

    student.train_mnist = train_mnist


@misconception(
    "All weights start at 0, so the hidden units receive no gradient and stay identical; use He start "
    "values.",
    ko="가중치가 모두 0에서 시작해서 은닉 뉴런이 기울기를 받지 못하고 똑같이 남아요. He 초깃값을 쓰세요.",
    killed_by="test_reads_digits",
    hint="curve",
)
def bad_init(student):
    def train_mnist(x_train, t_train, x_test, t_test, rng=None):
        network = student.MultiLayerNet(x_train.shape[1], [100, 50], 10, weight_init_std=0)
        optimizer = student.make_optimizer("Adam", 0.001)
        data = (x_train, t_train, x_test, t_test)
        return network, student.train_network(network, optimizer, *data, 25, 100, rng)

    student.train_mnist = train_mnist


@misconception(
    "The learning rate is far too large: the steps jump over every valley. Make it smaller.",
    ko="학습률이 너무 커서 골짜기를 건너뛰어요. 줄이세요.",
    killed_by="test_reads_digits",
    hint="curve",
)
def diverges(student):
    def train_mnist(x_train, t_train, x_test, t_test, rng=None):
        network = student.MultiLayerNet(x_train.shape[1], [100, 50], 10)
        optimizer = student.make_optimizer("SGD", 10.0)
        data = (x_train, t_train, x_test, t_test)
        return network, student.train_network(network, optimizer, *data, 25, 100, rng)

    student.train_mnist = train_mnist


@misconception(
    "The network that you return is not the one that was trained.",
    ko="돌려준 신경망이 학습한 신경망이 아니에요.",
    killed_by="test_reads_digits",
    hint="settings",
)
def returns_untrained(student):
    right = student.train_mnist

    def train_mnist(x_train, *args, **kwargs):
        _, history = right(x_train, *args, **kwargs)
        return student.MultiLayerNet(x_train.shape[1], [100, 50], 10), history

    student.train_mnist = train_mnist


@misconception(
    "Only the network is returned; the history belongs to it: return network, history.",
    ko="신경망만 돌려줘요. 기록도 함께 돌려주세요: return network, history.",
    killed_by="test_reads_digits",
    hint="settings",
)
def only_network(student):
    right = student.train_mnist

    def train_mnist(*args, **kwargs):
        return right(*args, **kwargs)[0]

    student.train_mnist = train_mnist


@misconception(
    "The network is built for 784 pixels; take the number of pixels from x_train.",
    ko="784 픽셀용으로 고정되어 있어요. 픽셀 수는 x_train에서 가져오세요.",
    killed_by="test_reads_digits",
    hint="settings",
)
def fixed_input_size(student):
    def train_mnist(x_train, t_train, x_test, t_test, rng=None):
        network = student.MultiLayerNet(784, [100, 50], 10)
        optimizer = student.make_optimizer("Adam", 0.001)
        data = (x_train, t_train, x_test, t_test)
        return network, student.train_network(network, optimizer, *data, 25, 100, rng)

    student.train_mnist = train_mnist


@misconception(
    "train_network gets no test data, so the history has no test accuracy.",
    ko="train_network에 시험 데이터를 넘기지 않아서 기록에 시험 정확도가 없어요.",
    killed_by="test_reads_digits",
    hint="settings",
)
def no_test_data(student):
    def train_mnist(x_train, t_train, x_test, t_test, rng=None):
        network = student.MultiLayerNet(x_train.shape[1], [100, 50], 10)
        optimizer = student.make_optimizer("Adam", 0.001)
        history = student.train_network(network, optimizer, x_train, t_train, epochs=25, rng=rng)
        return network, history

    student.train_mnist = train_mnist


@misconception(
    "The history's test accuracy is that of the training data: pass x_test and t_test to train_network.",
    ko="기록의 시험 정확도가 훈련 데이터의 것이에요. train_network에 x_test와 t_test를 넘기세요.",
    killed_by="test_history_is_true",
    hint="settings",
)
def tests_on_training_data(student):
    right = student.train_mnist

    def train_mnist(x_train, t_train, x_test, t_test, rng=None):
        return right(x_train, t_train, x_train, t_train, rng)

    student.train_mnist = train_mnist


@misconception(
    "Only the first rows are used for training; if they are sorted by class, some digits are never seen.",
    ko="앞쪽 행만 학습에 써요. 클래스 순으로 정렬되어 있으면 어떤 숫자는 한 번도 보지 못해요.",
    killed_by="test_sorted_rows",
    hint="settings",
)
def first_rows_only(student):
    right = student.train_mnist

    def train_mnist(x_train, t_train, x_test, t_test, rng=None):
        return right(x_train[:1000], t_train[:1000], x_test, t_test, rng)

    student.train_mnist = train_mnist


@misconception(
    "A loop of your own takes the batches in the order of the rows; use train_network, which shuffles.",
    ko="직접 쓴 반복문이 행의 순서대로 배치를 뽑아요. 섞어 주는 train_network를 쓰세요.",
    killed_by="test_sorted_rows",
    hint="settings",
)
def own_loop_unshuffled(student):
    def train_mnist(x_train, t_train, x_test, t_test, rng=None):
        network = student.MultiLayerNet(x_train.shape[1], [100, 50], 10)
        history = {"loss": [], "train_acc": [], "test_acc": []}
        for _ in range(25):
            for start in range(0, len(x_train), 100):
                x, t = x_train[start : start + 100], t_train[start : start + 100]
                grads = network.gradient(x, t)
                for name in network.params:
                    network.params[name] -= 0.1 * grads[name]
                history["loss"].append(network.loss(x, t))
            history["train_acc"].append(network.accuracy(x_train, t_train))
            history["test_acc"].append(network.accuracy(x_test, t_test))
        return network, history

    student.train_mnist = train_mnist


@misconception(
    "The test images are among the training rows (leakage); only measure on them.",
    ko="시험 데이터로도 학습했어요(누출). 시험 데이터는 평가에만 쓰세요.",
    killed_by="test_no_leakage",
    hint="settings",
)
def trains_on_test(student):
    def train_mnist(x_train, t_train, x_test, t_test, rng=None):
        network = student.MultiLayerNet(x_train.shape[1], [100, 50], 10)
        x, t = np.concatenate([x_train, x_test]), np.concatenate([t_train, t_test])
        epochs = 8 if len(x) > 3000 else 25
        optimizer = student.make_optimizer("Adam", 0.001)
        history = student.train_network(
            network, optimizer, x, t, x_test, t_test, epochs, batch_size=100, rng=rng
        )
        return network, history

    student.train_mnist = train_mnist


@misconception(
    "The network is built for the 64 pixels of the small digits; take the number of pixels from "
    "x_train.",
    ko="작은 숫자 이미지의 64 픽셀로 고정되어 있어요. 픽셀 수는 x_train에서 가져오세요.",
    killed_by="test_other_size",
    hint="settings",
)
def fixed_64(student):
    def train_mnist(x_train, t_train, x_test, t_test, rng=None):
        network = student.MultiLayerNet(64, [100, 50], 10)
        optimizer = student.make_optimizer("Adam", 0.001)
        data = (x_train, t_train, x_test, t_test)
        return network, student.train_network(network, optimizer, *data, 25, 100, rng)

    student.train_mnist = train_mnist


@misconception(
    "The optimizers get a copy of the parameters, so the networks of the race stay as they were.",
    ko="옵티마이저에 매개변수의 복사본을 넘겨서 신경망이 그대로예요. network.params 자체를 넘기세요.",
    killed_by="test_fair_race",
    hint="race",
)
def copied_params(student):
    def compare_optimizers(make_network, optimizers, batches):
        losses = {}
        for name, optimizer in optimizers.items():
            network = make_network()
            params = {key: value.copy() for key, value in network.params.items()}
            losses[name] = []
            for x, t in batches:
                optimizer.update(params, network.gradient(x, t))
                losses[name].append(network.loss(x, t))
        return losses

    student.compare_optimizers = compare_optimizers


@alternative("a wider net with Momentum, and a race by zip")
def momentum(student):
    def compare_optimizers(make_network, optimizers, batches):
        networks = {name: make_network() for name in optimizers}
        losses = {name: [] for name in optimizers}
        for x, t in batches:
            for name, network in networks.items():
                optimizers[name].update(network.params, network.gradient(x, t))
                losses[name].append(network.loss(x, t))
        return losses

    def train_mnist(x_train, t_train, x_test, t_test, rng=None):
        network = student.MultiLayerNet(x_train.shape[1], [128], 10)
        optimizer = student.make_optimizer("Momentum", 0.05)
        data = (x_train, t_train, x_test, t_test)
        return network, student.train_network(network, optimizer, *data, 30, 32, rng)

    student.compare_optimizers = compare_optimizers
    student.train_mnist = train_mnist


@alternative("the best epoch is kept: the parameters return to it at the end")
def best_epoch(student):
    def train_mnist(x_train, t_train, x_test, t_test, rng=None):
        network = student.MultiLayerNet(x_train.shape[1], [64, 64], 10)
        optimizer = student.make_optimizer("Adam", 0.002)
        history = {"loss": [], "train_acc": [], "test_acc": []}
        best, kept = -1.0, None
        for _ in range(40):
            part = student.train_network(
                network, optimizer, x_train, t_train, x_test, t_test, 1, 64, rng
            )
            for key in history:
                history[key] += list(part[key])
            if part["test_acc"][-1] > best:
                best = part["test_acc"][-1]
                kept = {name: value.copy() for name, value in network.params.items()}
        for name, value in kept.items():
            network.params[name][...] = value
        return network, history

    student.train_mnist = train_mnist


@alternative("a network class of its own that standardises the pixels, a list instead of a tuple")
def standardising(student):
    class Reader(student.MultiLayerNet):
        def predict(self, x):
            return super().predict(2 * x - 0.6)

    def train_mnist(x_train, t_train, x_test, t_test, rng=None):
        network = Reader(x_train.shape[1], [80, 40], 10)
        optimizer = student.make_optimizer("Adam", 0.001)
        history = student.train_network(
            network, optimizer, x_train, t_train, x_test, t_test, epochs=30, batch_size=50, rng=rng
        )
        return [network, history]

    student.train_mnist = train_mnist
