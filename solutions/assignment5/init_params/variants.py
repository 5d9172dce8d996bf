import numpy as np
from autograder.authoring import alternative, misconception


@misconception(
    "The standard deviation of the first layer is used for all layers; compute it anew from the n_in "
    "of each layer.",
    ko="첫 번째 층의 표준편차를 모든 층에 썼어요. 층마다 그 층의 n_in으로 다시 계산하세요.",
    killed_by="test_he_by_hand",
    hint="anew",
)
def std_from_input_only(student):
    def init_params(input_size, hidden_size_list, output_size, weight_init_std="relu", rng=None):
        sizes = [input_size, *hidden_size_list, output_size]
        rule = str(weight_init_std).lower()
        if rule in ("relu", "he"):
            std = np.sqrt(2 / input_size)
        elif rule in ("sigmoid", "xavier"):
            std = np.sqrt(1 / input_size)
        else:
            std = float(weight_init_std)
        params = {}
        for i in range(1, len(sizes)):
            params[f"W{i}"] = student.init_normal((sizes[i - 1], sizes[i]), std, rng)
            params[f"b{i}"] = np.zeros(sizes[i])
        return params

    student.init_params = init_params


@misconception(
    "The output layer has no parameters; the list of sizes must end with output_size.",
    ko="출력층의 매개변수가 없어요. 크기 목록의 끝에 output_size를 넣으세요.",
    killed_by="test_keys_and_shapes",
    hint="sizes",
)
def missing_output_layer(student):
    build = student.init_params

    def init_params(input_size, hidden_size_list, output_size, weight_init_std="relu", rng=None):
        params = build(input_size, hidden_size_list, output_size, weight_init_std, rng)
        last = len(params) // 2
        del params[f"W{last}"], params[f"b{last}"]
        return params

    student.init_params = init_params


@misconception(
    "The biases are random; they start at zero, because the weights already break the symmetry.",
    ko="편향이 난수예요. 대칭은 가중치가 이미 깨므로 편향은 0에서 시작해요.",
    killed_by="test_keys_and_shapes",
    hint="biases",
)
def random_biases(student):
    build = student.init_params

    def init_params(input_size, hidden_size_list, output_size, weight_init_std="relu", rng=None):
        params = build(input_size, hidden_size_list, output_size, weight_init_std, rng)
        for name in params:
            if name[0] == "b":
                params[name] = student.init_normal(params[name].shape, 0.01, rng)
        return params

    student.init_params = init_params


@misconception(
    "The biases are integers, which cannot take the small steps of training; use np.zeros.",
    ko="편향이 정수 배열이라 학습의 작은 변화를 담지 못해요. np.zeros를 쓰세요.",
    killed_by="test_keys_and_shapes",
    hint="biases",
)
def int_biases(student):
    build = student.init_params

    def init_params(input_size, hidden_size_list, output_size, weight_init_std="relu", rng=None):
        params = build(input_size, hidden_size_list, output_size, weight_init_std, rng)
        for name, values in params.items():
            if name[0] == "b":
                params[name] = np.array([0] * len(values))
        return params

    student.init_params = init_params


@misconception(
    "Every layer gets a generator with the same seed, so layers of one size start with equal weights.",
    ko="층마다 같은 시드로 생성기를 만들어 크기가 같은 층의 가중치가 똑같아요.",
    killed_by="test_every_layer_its_own",
    hint="anew",
)
def same_matrix(student):
    build = student.init_params

    def init_params(input_size, hidden_size_list, output_size, weight_init_std="relu", rng=None):
        params = {}
        sizes = [input_size, *hidden_size_list, output_size]
        for i in range(1, len(sizes)):
            fresh = np.random.default_rng(0)
            layer = build(sizes[i - 1], [], sizes[i], weight_init_std, fresh)
            params[f"W{i}"], params[f"b{i}"] = layer["W1"], layer["b1"]
        return params

    student.init_params = init_params


@misconception(
    "rng is not passed on to the functions that draw, so the network cannot be made again.",
    ko="rng를 난수를 뽑는 함수에 넘기지 않아서 같은 신경망을 다시 만들 수 없어요.",
    killed_by="test_source",
    hint="anew",
)
def rng_not_passed_on(student):
    build = student.init_params

    def init_params(input_size, hidden_size_list, output_size, weight_init_std="relu", rng=None):
        return build(input_size, hidden_size_list, output_size, weight_init_std)

    student.init_params = init_params


@misconception(
    "A number for weight_init_std is ignored: 0.02 means a standard deviation of 0.02 in every layer.",
    ko="숫자로 준 weight_init_std를 무시했어요. 0.02면 모든 층의 표준편차가 0.02여야 해요.",
    killed_by="test_he_by_hand",
    hint="anew",
)
def number_ignored(student):
    build = student.init_params

    def init_params(input_size, hidden_size_list, output_size, weight_init_std="relu", rng=None):
        rule = weight_init_std if str(weight_init_std).lower() in ("sigmoid", "xavier") else "relu"
        return build(input_size, hidden_size_list, output_size, rule, rng)

    student.init_params = init_params


@misconception(
    "The names are mixed up: He (2 / n_in) goes with ReLU, Xavier (1 / n_in) with the sigmoid.",
    ko="이름이 뒤바뀌었어요. ReLU에는 He(2 / n_in), 시그모이드에는 Xavier(1 / n_in)예요.",
    killed_by="test_every_rule",
    hint="anew",
)
def names_swapped(student):
    build = student.init_params

    def init_params(input_size, hidden_size_list, output_size, weight_init_std="relu", rng=None):
        swap = {"relu": "xavier", "he": "xavier", "sigmoid": "he", "xavier": "he"}
        rule = swap.get(str(weight_init_std).lower(), weight_init_std)
        return build(input_size, hidden_size_list, output_size, rule, rng)

    student.init_params = init_params


@misconception(
    "The weights are scaled by 2 / n_in, the variance; the standard deviation is its square root.",
    ko="분산인 2 / n_in을 곱했어요. 표준편차는 그 제곱근이에요.",
    killed_by="test_he_by_hand",
    hint="anew",
)
def he_without_root(student):
    build = student.init_params

    def init_params(input_size, hidden_size_list, output_size, weight_init_std="relu", rng=None):
        params = build(input_size, hidden_size_list, output_size, weight_init_std, rng)
        if str(weight_init_std).lower() in ("relu", "he"):
            for name, w in params.items():
                if name[0] == "W":
                    params[name] = w * np.sqrt(2 / len(w))
        return params

    student.init_params = init_params


@misconception(
    "Only lower case is understood; compare weight_init_std after .lower(), so that 'He' works too.",
    ko="소문자만 인식해요. 'He'도 되도록 .lower()를 적용한 뒤 비교하세요.",
    killed_by="test_every_rule",
    hint="anew",
)
def case_sensitive(student):
    build = student.init_params

    def init_params(input_size, hidden_size_list, output_size, weight_init_std="relu", rng=None):
        if weight_init_std not in ("relu", "he", "sigmoid", "xavier"):
            weight_init_std = float(weight_init_std)
        return build(input_size, hidden_size_list, output_size, weight_init_std, rng)

    student.init_params = init_params


@misconception(
    "hidden_size_list is changed (append, insert): the caller's list grows with every network. Build a "
    "new list.",
    ko="hidden_size_list를 직접 바꿨어요(append, insert). 호출한 쪽의 목록이 계속 늘어나니 새 목록을 만드세요.",
    killed_by="test_source",
    hint="sizes",
)
def grows_the_list(student):
    build = student.init_params

    def init_params(input_size, hidden_size_list, output_size, weight_init_std="relu", rng=None):
        params = build(input_size, hidden_size_list, output_size, weight_init_std, rng)
        hidden_size_list.insert(0, input_size)
        hidden_size_list.append(output_size)
        return params

    student.init_params = init_params


@misconception(
    "Layers of one size share one bias array: moving one moves the others. Make new zeros per layer.",
    ko="크기가 같은 층이 편향 배열 하나를 함께 써요. 하나를 바꾸면 모두 바뀌니 층마다 새로 만드세요.",
    killed_by="test_every_layer_its_own",
    hint="biases",
)
def shared_biases(student):
    build = student.init_params

    def init_params(input_size, hidden_size_list, output_size, weight_init_std="relu", rng=None):
        params = build(input_size, hidden_size_list, output_size, weight_init_std, rng)
        zeros = {}
        for name, values in params.items():
            if name[0] == "b":
                params[name] = zeros.setdefault(len(values), values)
        return params

    student.init_params = init_params


@misconception(
    "The biases have shape (1, n_out); they are one-dimensional here, (n_out,).",
    ko="편향의 모양이 (1, n_out)이에요. 여기서는 1차원 (n_out,)이에요.",
    killed_by="test_keys_and_shapes",
    hint="biases",
)
def row_biases(student):
    build = student.init_params

    def init_params(input_size, hidden_size_list, output_size, weight_init_std="relu", rng=None):
        params = build(input_size, hidden_size_list, output_size, weight_init_std, rng)
        for name, values in params.items():
            if name[0] == "b":
                params[name] = values.reshape(1, -1)
        return params

    student.init_params = init_params


@misconception(
    "The weight matrices lie the other way round: (n_in, n_out), so that x W works.",
    ko="가중치 행렬의 방향이 반대예요. x W가 되도록 (n_in, n_out) 모양으로 만드세요.",
    killed_by="test_keys_and_shapes",
    hint="sizes",
)
def transposed(student):
    build = student.init_params

    def init_params(input_size, hidden_size_list, output_size, weight_init_std="relu", rng=None):
        params = build(input_size, hidden_size_list, output_size, weight_init_std, rng)
        return {name: values.T for name, values in params.items()}

    student.init_params = init_params


@alternative("the book's way: one scale per layer times randn, range(1, len(sizes))")
def book_way(student):
    def init_params(input_size, hidden_size_list, output_size, weight_init_std="relu", rng=None):
        all_size_list = [input_size] + list(hidden_size_list) + [output_size]
        params = {}
        for idx in range(1, len(all_size_list)):
            scale = weight_init_std
            if str(weight_init_std).lower() in ("relu", "he"):
                scale = np.sqrt(2.0 / all_size_list[idx - 1])
            elif str(weight_init_std).lower() in ("sigmoid", "xavier"):
                scale = np.sqrt(1.0 / all_size_list[idx - 1])
            shape = (all_size_list[idx - 1], all_size_list[idx])
            z = np.random.randn(*shape) if rng is None else rng.standard_normal(shape)
            params["W" + str(idx)] = scale * z
            params["b" + str(idx)] = np.zeros(all_size_list[idx])
        return params

    student.init_params = init_params


@alternative("Glorot's own Xavier and uniform numbers, keys from last to first")
def glorot_and_uniform(student):
    def init_params(input_size, hidden_size_list, output_size, weight_init_std="relu", rng=None):
        sizes = (input_size, *hidden_size_list, output_size)
        makers = {"relu": student.he_uniform, "he": student.he_uniform}
        makers.update(sigmoid=student.xavier_uniform, xavier=student.xavier_normal)
        params = {}
        for i in range(len(sizes) - 1, 0, -1):
            params["b%d" % i] = 0.0 * np.ones(sizes[i])
            if isinstance(weight_init_std, str):
                make = makers[weight_init_std.lower()]
                params["W%d" % i] = make(sizes[i - 1], sizes[i], rng)
            else:
                params["W%d" % i] = student.init_normal(sizes[i - 1 : i + 1], weight_init_std, rng)
        return params

    student.init_params = init_params


@alternative("recursion over the layers, single precision, a fresh Generator where none is passed")
def recursive(student):
    def init_params(input_size, hidden_size_list, output_size, weight_init_std="relu", rng=None):
        from collections import OrderedDict

        rng = np.random.default_rng() if rng is None else rng
        params = OrderedDict()

        def add(number, n_in, rest):
            n_out = rest[0] if rest else output_size
            factor = {"r": 2, "h": 2, "s": 1, "x": 1}.get(str(weight_init_std)[0].lower())
            std = weight_init_std if factor is None else (factor / n_in) ** 0.5
            params[f"W{number}"] = rng.normal(0, std, (n_in, n_out)).astype(np.float32)
            params[f"b{number}"] = np.zeros((n_out,), dtype=np.float32)
            if rest:
                add(number + 1, n_out, rest[1:])

        add(1, input_size, hidden_size_list)
        return params

    student.init_params = init_params
