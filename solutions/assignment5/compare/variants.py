import numpy as np
from autograder.authoring import alternative, misconception


@misconception(
    "train_fn is called twice for each setting: loss and accuracy come from different networks, and it "
    "takes twice as long.",
    ko="설정마다 train_fn을 두 번 호출했어요. 손실과 정확도가 서로 다른 망에서 나오고 시간도 두 배예요.",
    killed_by="test_each_setting_once",
    hint="once",
)
def trains_twice(student):
    def compare_initializations(train_fn, configs=(0.01, "sigmoid", "relu")):
        return {
            init: {
                "loss": float(np.mean(train_fn(init)[0][-20:])),
                "accuracy": float(train_fn(init)[1]),
            }
            for init in configs
        }

    student.compare_initializations = compare_initializations


@misconception(
    "The loss of a single mini-batch is noisy; take the mean of the last 20.",
    ko="미니배치 하나의 손실은 잡음이 커요. 마지막 20개를 평균하세요.",
    killed_by="test_each_setting_once",
    hint="tail",
)
def last_only(student):
    def compare_initializations(train_fn, configs=(0.01, "sigmoid", "relu")):
        report = {}
        for init in configs:
            losses, accuracy = train_fn(init)
            report[init] = {"loss": float(losses[-1]), "accuracy": float(accuracy)}
        return report

    student.compare_initializations = compare_initializations


@misconception(
    "You average the whole run; the final loss is the mean of the last 20 only.",
    ko="전체를 평균했어요. 최종 손실은 마지막 20개만의 평균이에요.",
    killed_by="test_report",
    hint="tail",
)
def mean_of_all(student):
    def compare_initializations(train_fn, configs=(0.01, "sigmoid", "relu")):
        report = {}
        for init in configs:
            losses, accuracy = train_fn(init)
            report[init] = {"loss": float(np.mean(losses)), "accuracy": float(accuracy)}
        return report

    student.compare_initializations = compare_initializations


@misconception(
    "[:20] are the first 20 losses; the last 20 are [-20:].",
    ko="[:20]은 처음 20개예요. 마지막 20개는 [-20:]이에요.",
    killed_by="test_report",
    hint="tail",
)
def first_twenty(student):
    def compare_initializations(train_fn, configs=(0.01, "sigmoid", "relu")):
        report = {}
        for init in configs:
            losses, accuracy = train_fn(init)
            report[init] = {"loss": float(np.mean(losses[:20])), "accuracy": float(accuracy)}
        return report

    student.compare_initializations = compare_initializations


@misconception(
    "You divide by 20 even where there are fewer losses; np.mean divides by how many there are.",
    ko="손실이 20개보다 적어도 20으로 나눴어요. np.mean은 실제 개수로 나눠요.",
    killed_by="test_other_settings",
    hint="tail",
)
def always_by_twenty(student):
    def compare_initializations(train_fn, configs=(0.01, "sigmoid", "relu")):
        report = {}
        for init in configs:
            losses, accuracy = train_fn(init)
            report[init] = {"loss": float(sum(losses[-20:]) / 20), "accuracy": float(accuracy)}
        return report

    student.compare_initializations = compare_initializations


@misconception(
    "All rows show the same run; train once for every setting, inside the loop.",
    ko="모든 행이 같은 학습 결과예요. 반복문 안에서 설정마다 한 번씩 학습하세요.",
    killed_by="test_other_settings",
    hint="once",
)
def one_run_for_all(student):
    def compare_initializations(train_fn, configs=(0.01, "sigmoid", "relu")):
        losses, accuracy = train_fn(configs[-1])
        return {
            init: {"loss": float(np.mean(losses[-20:])), "accuracy": float(accuracy)}
            for init in configs
        }

    student.compare_initializations = compare_initializations


@misconception(
    "One dictionary is reused for all settings, so every key shows the last result; make a new one in "
    "each round.",
    ko="사전 하나를 모든 설정에 다시 써서 모두 마지막 결과를 보여 줘요. 반복마다 새로 만드세요.",
    killed_by="test_other_settings",
    hint="once",
)
def shared_entry(student):
    def compare_initializations(train_fn, configs=(0.01, "sigmoid", "relu")):
        report, entry = {}, {}
        for init in configs:
            losses, accuracy = train_fn(init)
            entry["loss"] = float(np.mean(losses[-20:]))
            entry["accuracy"] = float(accuracy)
            report[init] = entry
        return report

    student.compare_initializations = compare_initializations


@misconception(
    "configs is ignored: only the three standard settings are ever trained.",
    ko="configs를 무시하고 기본 설정 세 가지만 학습해요.",
    killed_by="test_other_settings",
    hint="once",
)
def configs_ignored(student):
    compare = student.compare_initializations

    def compare_initializations(train_fn, configs=(0.01, "sigmoid", "relu")):
        return compare(train_fn)

    student.compare_initializations = compare_initializations


@misconception(
    "The keys are texts: the entry for 0.01 has the key '0.01'. Use the setting itself as the key.",
    ko="키가 문자열이에요. 0.01의 키가 '0.01'로 되어 있으니 설정값 자체를 키로 쓰세요.",
    killed_by="test_report",
    hint="tail",
)
def keys_as_text(student):
    compare = student.compare_initializations

    def compare_initializations(train_fn, configs=(0.01, "sigmoid", "relu")):
        return {str(init): entry for init, entry in compare(train_fn, configs).items()}

    student.compare_initializations = compare_initializations


@misconception(
    "Loss and accuracy are swapped; train_fn returns (losses, accuracy) in this order.",
    ko="손실과 정확도가 바뀌었어요. train_fn은 (손실 목록, 정확도) 순서로 돌려줘요.",
    killed_by="test_report",
    hint="tail",
)
def swapped(student):
    compare = student.compare_initializations

    def compare_initializations(train_fn, configs=(0.01, "sigmoid", "relu")):
        return {
            init: {"loss": entry["accuracy"], "accuracy": entry["loss"]}
            for init, entry in compare(train_fn, configs).items()
        }

    student.compare_initializations = compare_initializations


@misconception(
    "With 'relu' your init_params makes weights from which a deep network never starts to learn: look "
    "at the root in sqrt(2 / n_in).",
    ko="'relu'일 때 init_params가 만든 가중치로는 깊은 망이 학습을 시작하지 못해요. sqrt(2 / n_in)의 제곱근을 "
    "확인하세요.",
    killed_by="test_real_runs",
    hint="start",
)
def he_never_starts(student):
    build = student.init_params

    def init_params(input_size, hidden_size_list, output_size, weight_init_std="relu", rng=None):
        params = build(input_size, hidden_size_list, output_size, weight_init_std, rng)
        if weight_init_std == "relu":
            for name, w in params.items():
                if name[0] == "W":
                    params[name] = w * np.sqrt(2 / len(w))
        return params

    student.init_params = init_params


@misconception(
    "With 'relu' the network learns, but too slowly for He: your init_params seems to use 1 / n_in where "
    "it should be 2 / n_in.",
    ko="'relu'일 때 학습은 되지만 He치고는 너무 느려요. init_params가 2 / n_in 대신 1 / n_in을 쓰는 것 같아요.",
    killed_by="test_real_runs",
    hint="start",
)
def he_is_xavier(student):
    build = student.init_params

    def init_params(input_size, hidden_size_list, output_size, weight_init_std="relu", rng=None):
        rule = "xavier" if weight_init_std == "relu" else weight_init_std
        return build(input_size, hidden_size_list, output_size, rule, rng)

    student.init_params = init_params


@misconception(
    "With 0.01 the network learns, though it should not: init_params ignores a number and uses its "
    "default rule.",
    ko="0.01일 때는 학습이 되지 않아야 하는데 학습이 됐어요. init_params가 숫자를 무시하고 기본 규칙을 써요.",
    killed_by="test_real_runs",
    hint="start",
)
def small_std_ignored(student):
    build = student.init_params

    def init_params(input_size, hidden_size_list, output_size, weight_init_std="relu", rng=None):
        rule = weight_init_std if isinstance(weight_init_std, str) else "relu"
        return build(input_size, hidden_size_list, output_size, rule, rng)

    student.init_params = init_params


@alternative("one comprehension over the runs, which are made first")
def comprehension(student):
    def compare_initializations(train_fn, configs=(0.01, "sigmoid", "relu")):
        runs = [train_fn(init) for init in configs]
        return {
            init: dict(loss=np.array(losses)[-20:].mean(), accuracy=accuracy)
            for init, (losses, accuracy) in zip(configs, runs)
        }

    student.compare_initializations = compare_initializations


@alternative("sums written out, entries filled one after the other")
def written_out(student):
    from collections import OrderedDict

    def compare_initializations(train_fn, configs=(0.01, "sigmoid", "relu")):
        report = OrderedDict((init, {}) for init in configs)
        for init in report:
            result = train_fn(init)
            tail = list(result[0])[max(0, len(result[0]) - 20) :]
            total = 0.0
            for loss in tail:
                total += loss
            report[init]["accuracy"] = result[1]
            report[init]["loss"] = total / len(tail)
        return report

    student.compare_initializations = compare_initializations
