import numpy as np
from autograder.authoring import alternative, misconception


@misconception(
    "The incomplete last batch also needs an update: round up.",
    ko="불완전한 마지막 배치도 갱신이 필요해요. 올림하세요.",
    killed_by="test_updates_per_epoch",
    hint="ceiling",
)
def floor(student):
    def updates_per_epoch(n_samples, batch_size):
        return max(n_samples // batch_size, 1)

    student.updates_per_epoch = updates_per_epoch


@misconception(
    "Adding 1 to the quotient is one too many where the division has no remainder.",
    ko="몫에 항상 1을 더하면 나누어떨어질 때 하나 많아져요.",
    killed_by="test_updates_per_epoch",
    hint="ceiling",
)
def always_one_more(student):
    def updates_per_epoch(n_samples, batch_size):
        return n_samples // batch_size + 1

    student.updates_per_epoch = updates_per_epoch


@misconception(
    "The number of updates is a fraction; an epoch has a whole number of batches.",
    ko="갱신 횟수가 소수예요. 한 에폭의 배치 수는 정수여야 해요.",
    killed_by="test_updates_per_epoch",
    hint="ceiling",
)
def fraction(student):
    def updates_per_epoch(n_samples, batch_size):
        return n_samples / batch_size

    student.updates_per_epoch = updates_per_epoch


@misconception(
    "The network of the first setting goes on training in the next ones; start each from a fresh network.",
    ko="첫 설정의 신경망이 다음 설정에서 이어서 학습돼요. 매번 새 신경망으로 시작하세요.",
    killed_by="test_three_settings",
    hint="fresh",
)
def same_network(student):
    right = student.compare_batch_sizes

    def compare_batch_sizes(make_network, *args, **kwargs):
        network = make_network()
        return right(lambda: network, *args, **kwargs)

    student.compare_batch_sizes = compare_batch_sizes


@misconception(
    "The optimizer carries its memory from one setting to the next; create a new one each time.",
    ko="옵티마이저의 상태가 다음 설정으로 넘어가요. 설정마다 새로 만드세요.",
    killed_by="test_three_settings",
    hint="fresh",
)
def same_optimizer(student):
    right = student.compare_batch_sizes

    def compare_batch_sizes(make_network, make_optimizer, *args, **kwargs):
        optimizer = make_optimizer()
        return right(make_network, lambda: optimizer, *args, **kwargs)

    student.compare_batch_sizes = compare_batch_sizes


@misconception(
    "None stands for all samples at once (batch gradient descent), not for one sample.",
    ko="None은 한 개가 아니라 전체 표본(배치 경사하강법)을 뜻해요.",
    killed_by="test_three_settings",
    hint="report",
)
def none_is_one(student):
    train = student.train_network

    def train_network(network, optimizer, x, t, *args, **kwargs):
        if kwargs.get("batch_size") == len(x):
            kwargs["batch_size"] = 1
        return train(network, optimizer, x, t, *args, **kwargs)

    right = student.compare_batch_sizes

    def compare_batch_sizes(*args, **kwargs):
        student.train_network = train_network
        found = right(*args, **kwargs)
        student.train_network = train
        return found

    student.compare_batch_sizes = compare_batch_sizes


@misconception(
    "You count the updates of one epoch; count those of all epochs.",
    ko="한 에폭의 갱신 횟수만 셌어요. 모든 에폭의 횟수를 세세요.",
    killed_by="test_three_settings",
    hint="report",
)
def updates_of_one_epoch(student):
    right = student.compare_batch_sizes

    def compare_batch_sizes(make_network, make_optimizer, x_train, *args, **kwargs):
        found = right(make_network, make_optimizer, x_train, *args, **kwargs)
        for size, entry in found.items():
            entry["updates"] = student.updates_per_epoch(len(x_train), size or len(x_train))
        return found

    student.compare_batch_sizes = compare_batch_sizes


@misconception(
    "None was replaced by the number of samples in the result too; keep the batch sizes as they were "
    "given.",
    ko="결과의 키에서도 None이 표본 수로 바뀌었어요. 받은 배치 크기를 그대로 키로 쓰세요.",
    killed_by="test_three_settings",
    hint="report",
)
def key_replaced(student):
    right = student.compare_batch_sizes

    def compare_batch_sizes(make_network, make_optimizer, x_train, *args, **kwargs):
        found = right(make_network, make_optimizer, x_train, *args, **kwargs)
        return {size or len(x_train): entry for size, entry in found.items()}

    student.compare_batch_sizes = compare_batch_sizes


@misconception(
    "The number of epochs is ignored: every setting trains for one epoch.",
    ko="에폭 수를 무시하고 모든 설정을 한 에폭만 학습해요.",
    killed_by="test_three_settings",
    hint="report",
)
def ignores_epochs(student):
    right = student.compare_batch_sizes

    def compare_batch_sizes(*args, **kwargs):
        args, kwargs = args[:7], {**kwargs, "epochs": 1}
        return right(*args, **kwargs)

    student.compare_batch_sizes = compare_batch_sizes


@misconception(
    "The accuracy is measured on the training data; use the test data.",
    ko="정확도를 훈련 데이터로 재고 있어요. 시험 데이터를 쓰세요.",
    killed_by="test_reported_accuracy",
    hint="report",
)
def training_accuracy(student):
    right = student.compare_batch_sizes

    def compare_batch_sizes(
        make_network, make_optimizer, x_train, t_train, x_test, t_test, *args, **kwargs
    ):
        return right(
            make_network, make_optimizer, x_train, t_train, x_train, t_train, *args, **kwargs
        )

    student.compare_batch_sizes = compare_batch_sizes


@misconception(
    "A second network is made for measuring, and that one was never trained; keep the network that "
    "you trained.",
    ko="정확도를 잴 때 새 신경망을 만들어서 학습되지 않은 것을 재요. 학습한 신경망을 쓰세요.",
    killed_by="test_reported_accuracy",
    hint="fresh",
)
def measures_untrained(student):
    def compare_batch_sizes(
        make_network,
        make_optimizer,
        x_train,
        t_train,
        x_test,
        t_test,
        batch_sizes=(1, 100, None),
        epochs=1,
        rng=None,
    ):
        report = {}
        for size in batch_sizes:
            full = len(x_train) if size is None else size
            history = student.train_network(
                make_network(), make_optimizer(), x_train, t_train, None, None, epochs, full, rng
            )
            accuracy = make_network().accuracy(x_test, t_test)
            report[size] = {"updates": len(history["loss"]), "accuracy": accuracy}
        return report

    student.compare_batch_sizes = compare_batch_sizes


@misconception(
    "The order of the networks and their results is mixed up: all networks are trained first, and every "
    "entry then measures the last one.",
    ko="모든 항목이 마지막 신경망의 정확도를 담고 있어요. 설정마다 자기 신경망을 재세요.",
    killed_by="test_reported_accuracy",
    hint="report",
)
def measures_last_network(student):
    right = student.compare_batch_sizes

    def compare_batch_sizes(make_network, make_optimizer, x, t, x_test, t_test, *args, **kwargs):
        made = []

        def make():
            made.append(make_network())
            return made[-1]

        found = right(make, make_optimizer, x, t, x_test, t_test, *args, **kwargs)
        for entry in found.values():
            entry["accuracy"] = float(made[-1].accuracy(x_test, t_test))
        return found

    student.compare_batch_sizes = compare_batch_sizes


@misconception(
    "Each setting is trained twice, so every network sees the data for twice as many epochs.",
    ko="설정마다 두 번 학습해서 신경망이 데이터를 두 배로 봐요.",
    killed_by="test_own_network_and_optimizer",
    hint="fresh",
)
def trains_twice(student):
    right = student.compare_batch_sizes
    train = student.train_network

    def twice(*args, **kwargs):
        train(*args, **kwargs)
        return train(*args, **kwargs)

    def compare_batch_sizes(*args, **kwargs):
        student.train_network = twice
        found = right(*args, **kwargs)
        student.train_network = train
        return found

    student.compare_batch_sizes = compare_batch_sizes


@misconception(
    "Any remainder needs one more update: round up, not to the nearest.",
    ko="나머지가 조금이라도 있으면 갱신이 한 번 더 필요해요. 반올림이 아니라 올림하세요.",
    killed_by="test_updates_per_epoch",
    hint="ceiling",
)
def rounds(student):
    def updates_per_epoch(n_samples, batch_size):
        return max(1, int(n_samples / batch_size + 0.5))

    student.updates_per_epoch = updates_per_epoch


@misconception(
    "rng is not handed on to train_network, so the comparison cannot be repeated.",
    ko="rng를 train_network에 넘기지 않아서 비교를 재현할 수 없어요.",
    killed_by="test_given_generator",
    hint="fresh",
)
def ignores_rng(student):
    right = student.compare_batch_sizes

    def compare_batch_sizes(*args, rng=None, **kwargs):
        return right(*args, **kwargs)

    student.compare_batch_sizes = compare_batch_sizes


@misconception(
    "You report the best accuracy of the history; asked for is the one after training.",
    ko="기록에서 가장 높은 정확도를 적었어요. 학습이 끝난 뒤의 정확도를 적으세요.",
    killed_by="test_reported_accuracy",
    hint="report",
)
def best_of_history(student):
    def compare_batch_sizes(
        make_network,
        make_optimizer,
        x_train,
        t_train,
        x_test,
        t_test,
        batch_sizes=(1, 100, None),
        epochs=1,
        rng=None,
    ):
        report = {}
        for batch_size in batch_sizes:
            size = len(x_train) if batch_size is None else batch_size
            history = student.train_network(
                make_network(),
                make_optimizer(),
                x_train,
                t_train,
                x_test,
                t_test,
                epochs=epochs,
                batch_size=size,
                rng=rng,
            )
            best = max(history["test_acc"])
            report[batch_size] = {"updates": len(history["loss"]), "accuracy": best}
        return report

    student.compare_batch_sizes = compare_batch_sizes


@alternative("math.ceil; updates by the formula; history and accuracy as NumPy numbers")
def by_formula(student):
    import math

    def updates_per_epoch(n_samples, batch_size):
        return math.ceil(n_samples / batch_size)

    def compare_batch_sizes(
        make_network,
        make_optimizer,
        x_train,
        t_train,
        x_test,
        t_test,
        batch_sizes=(1, 100, None),
        epochs=1,
        rng=None,
    ):
        result = dict()
        for b in batch_sizes:
            n = x_train.shape[0] if b is None else b
            net = make_network()
            opt = make_optimizer()
            student.train_network(net, opt, x_train, t_train, x_test, t_test, epochs, n, rng)
            result[b] = {
                "accuracy": np.float64(net.accuracy(x_test, t_test)),
                "updates": updates_per_epoch(len(x_train), n) * epochs,
            }
        return result

    student.updates_per_epoch = updates_per_epoch
    student.compare_batch_sizes = compare_batch_sizes


@alternative("counting in a loop; the accuracy taken from the history")
def from_history(student):
    def updates_per_epoch(n_samples, batch_size):
        count = 0
        while n_samples > 0:
            n_samples -= batch_size
            count += 1
        return count

    def compare_batch_sizes(
        make_network,
        make_optimizer,
        x_train,
        t_train,
        x_test,
        t_test,
        batch_sizes=(1, 100, None),
        epochs=1,
        rng=None,
    ):
        def run(size):
            history = student.train_network(
                make_network(),
                make_optimizer(),
                x_train,
                t_train,
                x_test,
                t_test,
                epochs=epochs,
                batch_size=size or len(x_train),
                rng=rng,
            )
            return {"updates": len(history["loss"]), "accuracy": history["test_acc"][-1]}

        return {size: run(size) for size in batch_sizes}

    student.updates_per_epoch = updates_per_epoch
    student.compare_batch_sizes = compare_batch_sizes
