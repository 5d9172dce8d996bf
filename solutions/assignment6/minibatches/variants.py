import numpy as np
from autograder.authoring import alternative, misconception


@misconception(
    "Samples repeat and others are missed: you draw with replacement. Permute the row numbers once "
    "per pass and deal them out.",
    ko="어떤 표본은 반복되고 어떤 것은 빠져요(복원추출). 한 바퀴마다 인덱스를 한 번 섞어서 나눠 주세요(비복원추출).",
    killed_by="test_ten_samples",
    hint="order",
)
def with_replacement(student):
    def iterate_minibatches(x, t, batch_size, shuffle=True, rng=None):
        rng = rng or np.random.default_rng(np.random.randint(2**31))
        for start in range(0, len(x), batch_size):
            size = min(batch_size, len(x) - start)
            batch = rng.integers(0, len(x), size) if shuffle else np.arange(start, start + size)
            yield x[batch], t[batch]

    student.iterate_minibatches = iterate_minibatches


@misconception(
    "Images and labels are shuffled separately, so the pairs are destroyed. One permutation for both.",
    ko="이미지와 레이블을 따로 섞어서 짝이 깨졌어요. 순열 하나를 둘 다에 쓰세요.",
    killed_by="test_ten_samples",
    hint="same",
)
def independent_shuffle(student):
    def iterate_minibatches(x, t, batch_size, shuffle=True, rng=None):
        rng = rng or np.random
        first = rng.permutation(len(x)) if shuffle else np.arange(len(x))
        second = rng.permutation(len(x)) if shuffle else np.arange(len(x))
        for start in range(0, len(x), batch_size):
            stop = start + batch_size
            yield x[first[start:stop]], t[second[start:stop]]

    student.iterate_minibatches = iterate_minibatches


@misconception(
    "The incomplete last batch is dropped, so its samples are never seen. Let the last slice be shorter.",
    ko="불완전한 마지막 배치를 버려서 그 표본을 보지 못해요. 마지막 조각은 짧아도 돼요.",
    killed_by="test_ten_samples",
    hint="slices",
)
def drop_last(student):
    def iterate_minibatches(x, t, batch_size, shuffle=True, rng=None):
        order = (rng or np.random).permutation(len(x)) if shuffle else np.arange(len(x))
        for i in range(len(x) // batch_size):
            batch = order[i * batch_size : (i + 1) * batch_size]
            yield x[batch], t[batch]

    student.iterate_minibatches = iterate_minibatches


@misconception(
    "The last batch is filled up with samples from the beginning, so some are seen twice. Let it be "
    "smaller.",
    ko="마지막 배치를 앞쪽 표본으로 채워서 두 번 보는 표본이 생겨요. 마지막 배치는 작아도 돼요.",
    killed_by="test_ten_samples",
    hint="slices",
)
def fills_last(student):
    def iterate_minibatches(x, t, batch_size, shuffle=True, rng=None):
        order = (rng or np.random).permutation(len(x)) if shuffle else np.arange(len(x))
        for start in range(0, len(x), batch_size):
            batch = order.take(np.arange(start, start + batch_size), mode="wrap")
            yield x[batch], t[batch]

    student.iterate_minibatches = iterate_minibatches


@misconception(
    "You cut the data into batch_size pieces; batch_size is the number of samples in one batch.",
    ko="데이터를 batch_size개의 조각으로 나눴어요. batch_size는 배치 하나에 들어가는 표본 수예요.",
    killed_by="test_ten_samples",
    hint="slices",
)
def number_of_batches(student):
    def iterate_minibatches(x, t, batch_size, shuffle=True, rng=None):
        order = (rng or np.random).permutation(len(x)) if shuffle else np.arange(len(x))
        for batch in np.array_split(order, batch_size):
            yield x[batch], t[batch]

    student.iterate_minibatches = iterate_minibatches


@misconception(
    "The argument shuffle is ignored; with shuffle=False the rows must keep their order.",
    ko="shuffle 인자를 무시했어요. shuffle=False이면 행의 순서를 유지해야 해요.",
    killed_by="test_shuffle_or_not",
    hint="order",
)
def always_shuffles(student):
    right = student.iterate_minibatches

    def iterate_minibatches(x, t, batch_size, shuffle=True, rng=None):
        return right(x, t, batch_size, True, rng)

    student.iterate_minibatches = iterate_minibatches


@misconception(
    "The batches always come in the order of the rows; with shuffle=True they must be mixed.",
    ko="배치가 항상 행의 순서대로 나와요. shuffle=True이면 섞어야 해요.",
    killed_by="test_shuffle_or_not",
    hint="order",
)
def never_shuffles(student):
    right = student.iterate_minibatches

    def iterate_minibatches(x, t, batch_size, shuffle=True, rng=None):
        return right(x, t, batch_size, False)

    student.iterate_minibatches = iterate_minibatches


@misconception(
    "A fixed seed inside the function gives the same order on every pass. Leave the seed to the caller.",
    ko="함수 안에서 시드를 고정해서 매번 같은 순서가 나와요. 시드는 호출하는 쪽에 맡기세요.",
    killed_by="test_shuffle_or_not",
    hint="order",
)
def fixed_seed(student):
    right = student.iterate_minibatches

    def iterate_minibatches(x, t, batch_size, shuffle=True, rng=None):
        return right(x, t, batch_size, shuffle, np.random.default_rng(0))

    student.iterate_minibatches = iterate_minibatches


@misconception(
    "You ignore the generator that is passed in, so nobody can repeat your run. Draw from rng if it is "
    "given.",
    ko="전달된 rng를 쓰지 않아서 실험을 재현할 수 없어요. rng가 있으면 거기서 뽑으세요.",
    killed_by="test_given_generator",
    hint="order",
)
def ignores_rng(student):
    right = student.iterate_minibatches

    def iterate_minibatches(x, t, batch_size, shuffle=True, rng=None):
        return right(x, t, batch_size, shuffle)

    student.iterate_minibatches = iterate_minibatches


@misconception(
    "shuffle_dataset ignores the generator that is passed in. Draw from rng if it is given.",
    ko="shuffle_dataset이 전달된 rng를 쓰지 않아요. rng가 있으면 거기서 뽑으세요.",
    killed_by="test_given_generator",
    hint="order",
)
def shuffle_ignores_rng(student):
    right = student.shuffle_dataset

    def shuffle_dataset(x, t, rng=None):
        return right(x, t)

    student.shuffle_dataset = shuffle_dataset


@misconception(
    "You shuffle whole blocks: each batch still holds neighbouring rows. Shuffle the samples first, "
    "then cut.",
    ko="블록 단위로 섞어서 배치 안에는 여전히 이웃한 행만 있어요. 먼저 표본을 섞고 나서 자르세요.",
    killed_by="test_mixed_batches",
    hint="order",
)
def shuffles_blocks(student):
    def iterate_minibatches(x, t, batch_size, shuffle=True, rng=None):
        starts = np.arange(0, len(x), batch_size)
        if shuffle:
            starts = (rng or np.random).permutation(starts)
        blocks = [(x[i : i + batch_size], t[i : i + batch_size]) for i in starts]
        blocks.sort(key=lambda block: -len(block[0]))
        yield from blocks

    student.iterate_minibatches = iterate_minibatches


@misconception(
    "You shuffle the caller's arrays in place; shuffle row numbers and leave the data alone.",
    ko="받은 배열을 제자리에서 섞고 있어요. 데이터는 그대로 두고 인덱스를 섞으세요.",
    killed_by="test_mixed_batches",
    hint="same",
)
def shuffles_in_place(student):
    def iterate_minibatches(x, t, batch_size, shuffle=True, rng=None):
        if shuffle:
            order = (rng or np.random).permutation(len(x))
            x[:], t[:] = x[order], t[order]
        for start in range(0, len(x), batch_size):
            yield x[start : start + batch_size], t[start : start + batch_size]

    student.iterate_minibatches = iterate_minibatches


@misconception(
    "You flatten t, which tears one-hot rows apart. Index t as it is.",
    ko="t를 1차원으로 펴서 원-핫 행이 깨져요. t를 있는 그대로 인덱싱하세요.",
    killed_by="test_any_shape",
    hint="same",
)
def flattens_targets(student):
    def iterate_minibatches(x, t, batch_size, shuffle=True, rng=None):
        t = t.ravel()
        order = (rng or np.random).permutation(len(x)) if shuffle else np.arange(len(x))
        for start in range(0, len(x), batch_size):
            batch = order[start : start + batch_size]
            yield x[batch], t[batch]

    student.iterate_minibatches = iterate_minibatches


@misconception(
    "shuffle_dataset reorders the caller's arrays in place; return new arrays.",
    ko="shuffle_dataset이 호출한 쪽의 배열을 제자리에서 섞어요. 새 배열을 돌려주세요.",
    killed_by="test_shuffle_dataset",
    hint="same",
)
def shuffles_original(student):
    def shuffle_dataset(x, t, rng=None):
        order = (rng or np.random).permutation(len(x))
        x[:], t[:] = x[order], t[order]
        return x, t

    student.shuffle_dataset = shuffle_dataset


@misconception(
    "shuffle_dataset shuffles x and t separately, so each image gets the label of another one.",
    ko="shuffle_dataset이 x와 t를 따로 섞어서 이미지마다 다른 레이블이 붙어요.",
    killed_by="test_shuffle_dataset",
    hint="same",
)
def shuffles_separately(student):
    def shuffle_dataset(x, t, rng=None):
        rng = rng or np.random
        return x[rng.permutation(len(x))], t[rng.permutation(len(t))]

    student.shuffle_dataset = shuffle_dataset


@misconception(
    "shuffle_dataset draws rows with replacement: some come twice, others are lost. Use a permutation.",
    ko="shuffle_dataset이 복원추출을 해서 어떤 행은 두 번 나오고 어떤 행은 사라져요. 순열을 쓰세요.",
    killed_by="test_shuffle_dataset",
    hint="order",
)
def shuffles_with_replacement(student):
    def shuffle_dataset(x, t, rng=None):
        order = (rng or np.random).choice(len(x), len(x))
        return x[order], t[order]

    student.shuffle_dataset = shuffle_dataset


@misconception(
    "The batches never end: you start the next epoch by yourself. One call is one pass over the data.",
    ko="배치가 끝나지 않아요. 스스로 다음 에폭을 시작하고 있어요. 한 번 호출하면 데이터를 한 바퀴만 도세요.",
    killed_by="test_ten_samples",
    hint="slices",
)
def endless(student):
    right = student.iterate_minibatches

    def iterate_minibatches(x, t, batch_size, shuffle=True, rng=None):
        while True:
            yield from right(x, t, batch_size, shuffle, rng)
            if len(x) == 0:
                return

    student.iterate_minibatches = iterate_minibatches


@misconception(
    "Where N is a multiple of batch_size you give an empty batch at the end; take range(0, N, "
    "batch_size).",
    ko="N이 batch_size로 나누어떨어지면 마지막에 빈 배치가 생겨요. range(0, N, batch_size)를 쓰세요.",
    killed_by="test_ten_samples",
    hint="slices",
)
def empty_last(student):
    def iterate_minibatches(x, t, batch_size, shuffle=True, rng=None):
        order = (rng or np.random).permutation(len(x)) if shuffle else np.arange(len(x))
        for i in range(len(x) // batch_size + 1 if len(x) else 0):
            batch = order[i * batch_size : (i + 1) * batch_size]
            yield x[batch], t[batch]

    student.iterate_minibatches = iterate_minibatches


@alternative("shuffle_dataset first, then slices; a list of batches")
def shuffled_copy(student):
    def iterate_minibatches(x, t, batch_size, shuffle=True, rng=None):
        if shuffle:
            x, t = student.shuffle_dataset(x, t, rng)
        batches = []
        i = 0
        while i < len(x):
            batches.append((x[i : i + batch_size], t[i : i + batch_size]))
            i += batch_size
        return batches

    student.iterate_minibatches = iterate_minibatches


@alternative("a shuffled index array, an own generator, sorting by random keys")
def random_keys(student):
    def shuffle_dataset(x, t, rng=None):
        if rng is None:
            rng = np.random.default_rng()
        index = np.argsort(rng.random(x.shape[0]))
        return np.take(x, index, axis=0), np.take(t, index, axis=0)

    def iterate_minibatches(x, t, batch_size, shuffle=True, rng=None):
        if rng is None:
            rng = np.random.default_rng()
        index = np.arange(x.shape[0])
        if shuffle:
            rng.shuffle(index)
        for part in [index[i : i + batch_size] for i in range(0, len(index), batch_size)]:
            yield [x[part], t[part]]

    student.shuffle_dataset = shuffle_dataset
    student.iterate_minibatches = iterate_minibatches


@alternative("loops over single samples, collected until the batch is full")
def sample_by_sample(student):
    def iterate_minibatches(x, t, batch_size, shuffle=True, rng=None):
        numbers = list(range(len(x)))
        if shuffle:
            numbers = [int(i) for i in (np.random if rng is None else rng).permutation(numbers)]
        images, labels = [], []
        for i in numbers:
            images.append(x[i])
            labels.append(t[i])
            if len(images) == batch_size:
                yield np.array(images), np.array(labels)
                images, labels = [], []
        if images:
            yield np.array(images), np.array(labels)

    student.iterate_minibatches = iterate_minibatches
