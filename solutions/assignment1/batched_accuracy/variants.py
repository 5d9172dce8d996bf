import numpy as np
from autograder.authoring import alternative, misconception


@misconception(
    "The average of batch accuracies gives a small last batch too much weight; count hits, divide by N.",
    ko="배치 정확도의 평균은 작은 마지막 배치를 과대평가해요. 맞힌 개수를 세어 N으로 나누세요.",
    killed_by="test_small_last_batch",
    hint="count",
)
def mean_of_means(student):
    def batched_accuracy(predict_fn, x, t, batch_size=100):
        shares = []
        for i in range(0, len(x), batch_size):
            answers = np.argmax(predict_fn(x[i : i + batch_size]), axis=1)
            shares.append(np.mean(answers == t[i : i + batch_size]))
        return float(np.mean(shares))

    student.batched_accuracy = batched_accuracy


@misconception(
    "argmax has to run over the classes (axis=1), not over the samples.",
    ko="argmax는 표본이 아니라 클래스 축(axis=1)에서 구해야 해요.",
    killed_by="test_all_right_all_wrong",
    hint="answers",
)
def argmax_axis_0(student):
    def batched_accuracy(predict_fn, x, t, batch_size=100):
        hits = 0
        for i in range(0, len(x), batch_size):
            answers = np.argmax(predict_fn(x[i : i + batch_size]), axis=0)
            labels = t[i : i + batch_size]
            shared = min(len(answers), len(labels))
            hits += np.sum(answers[:shared] == labels[:shared])
        return float(hits) / len(x)

    student.batched_accuracy = batched_accuracy


@misconception(
    "Without an axis, argmax gives one number for the whole batch; you need one answer for each row.",
    ko="axis를 주지 않으면 argmax가 배치 전체에서 숫자 하나만 찾아요. 행마다 답이 하나씩 필요해요.",
    killed_by="test_all_right_all_wrong",
    hint="answers",
)
def argmax_of_everything(student):
    def batched_accuracy(predict_fn, x, t, batch_size=100):
        hits = 0
        for i in range(0, len(x), batch_size):
            answers = np.argmax(predict_fn(x[i : i + batch_size]))
            hits += np.sum(answers == t[i : i + batch_size])
        return float(hits) / len(x)

    student.batched_accuracy = batched_accuracy


@misconception(
    "t holds labels already; only the scores need an argmax.",
    ko="t에는 이미 레이블이 들어 있어요. argmax는 점수에만 필요해요.",
    killed_by="test_all_right_all_wrong",
    hint="answers",
)
def argmax_of_labels(student):
    def batched_accuracy(predict_fn, x, t, batch_size=100):
        hits = 0
        for i in range(0, len(x), batch_size):
            answers = np.argmax(predict_fn(x[i : i + batch_size]), axis=1)
            hits += np.sum(answers == np.argmax(t[i : i + batch_size], axis=1))
        return float(hits) / len(x)

    student.batched_accuracy = batched_accuracy


@misconception(
    "You hand all rows over at once; predict_fn may get at most batch_size rows a call.",
    ko="전체를 한 번에 넣고 있어요. predict_fn에는 한 번에 최대 batch_size개만 넣으세요.",
    killed_by="test_seven_images",
    hint="slices",
)
def no_batching(student):
    def batched_accuracy(predict_fn, x, t, batch_size=100):
        return float(np.mean(np.argmax(predict_fn(x), axis=1) == t))

    student.batched_accuracy = batched_accuracy


@misconception(
    "You feed the rows one by one, which is slow; slices of batch_size rows are the point.",
    ko="한 행씩 넣고 있어서 느려요. batch_size개씩 잘라 넣는 것이 핵심이에요.",
    killed_by="test_seven_images",
    hint="slices",
)
def row_by_row(student):
    def batched_accuracy(predict_fn, x, t, batch_size=100):
        hits = 0
        for i in range(len(x)):
            hits += int(np.argmax(predict_fn(x[i : i + 1]), axis=1)[0] == t[i])
        return hits / len(x)

    student.batched_accuracy = batched_accuracy


@misconception(
    "range needs a step of batch_size; yours starts a batch at every single row.",
    ko="range의 간격이 batch_size여야 해요. 지금은 행마다 배치를 새로 시작해요.",
    killed_by="test_seven_images",
    hint="slices",
)
def no_step(student):
    def batched_accuracy(predict_fn, x, t, batch_size=100):
        hits, count = 0, 0
        for i in range(len(x)):
            answers = np.argmax(predict_fn(x[i : i + batch_size]), axis=1)
            hits += np.sum(answers == t[i : i + batch_size])
            count += len(answers)
        return float(hits) / count

    student.batched_accuracy = batched_accuracy


@misconception(
    "N // batch_size forgets the last, smaller batch; its rows count too.",
    ko="N // batch_size로는 마지막 작은 배치가 빠져요. 그 행들도 세어야 해요.",
    killed_by="test_seven_images",
    hint="slices",
)
def drops_last(student):
    def batched_accuracy(predict_fn, x, t, batch_size=100):
        hits = 0
        for b in range(len(x) // batch_size):
            rows = slice(b * batch_size, (b + 1) * batch_size)
            hits += np.sum(np.argmax(predict_fn(x[rows]), axis=1) == t[rows])
        return float(hits) / len(x)

    student.batched_accuracy = batched_accuracy


@misconception(
    "Every batch is compared with the first labels; cut t with the same indices as x.",
    ko="모든 배치를 첫 레이블들과 비교하고 있어요. t도 x와 같은 구간으로 자르세요.",
    killed_by="test_seven_images",
    hint="slices",
)
def unaligned_labels(student):
    def batched_accuracy(predict_fn, x, t, batch_size=100):
        hits = 0
        for i in range(0, len(x), batch_size):
            answers = np.argmax(predict_fn(x[i : i + batch_size]), axis=1)
            hits += np.sum(answers == t[: len(answers)])
        return float(hits) / len(x)

    student.batched_accuracy = batched_accuracy


@misconception(
    "You return the number of right answers; divide it by the number of samples.",
    ko="맞힌 개수를 그대로 돌려주고 있어요. 표본 수로 나누세요.",
    killed_by="test_all_right_all_wrong",
    hint="count",
)
def returns_count(student):
    def batched_accuracy(predict_fn, x, t, batch_size=100):
        hits = 0
        for i in range(0, len(x), batch_size):
            answers = np.argmax(predict_fn(x[i : i + batch_size]), axis=1)
            hits += np.sum(answers == t[i : i + batch_size])
        return float(hits)

    student.batched_accuracy = batched_accuracy


@misconception(
    "You return a percentage; the accuracy is a share between 0 and 1.",
    ko="퍼센트를 돌려주고 있어요. 정확도는 0과 1 사이의 비율이에요.",
    killed_by="test_all_right_all_wrong",
    hint="count",
)
def percent(student):
    def batched_accuracy(predict_fn, x, t, batch_size=100):
        hits = 0
        for i in range(0, len(x), batch_size):
            answers = np.argmax(predict_fn(x[i : i + batch_size]), axis=1)
            hits += np.sum(answers == t[i : i + batch_size])
        return 100 * float(hits) / len(x)

    student.batched_accuracy = batched_accuracy


@misconception(
    "You divide by full batches; the last one may be smaller. Divide by the number of samples.",
    ko="배치가 모두 꽉 찼다고 보고 나눴어요. 마지막은 작을 수 있으니 표본 수로 나누세요.",
    killed_by="test_seven_images",
    hint="count",
)
def divides_by_full_batches(student):
    def batched_accuracy(predict_fn, x, t, batch_size=100):
        hits, batches = 0, 0
        for i in range(0, len(x), batch_size):
            answers = np.argmax(predict_fn(x[i : i + batch_size]), axis=1)
            hits += np.sum(answers == t[i : i + batch_size])
            batches += 1
        return float(hits) / (batches * batch_size)

    student.batched_accuracy = batched_accuracy


@misconception(
    "You draw random rows, so some count twice and some never; walk through them in order.",
    ko="행을 무작위로 뽑아서 두 번 세거나 빠뜨려요. 처음부터 순서대로 자르세요.",
    killed_by="test_every_row_once",
    hint="slices",
)
def random_batches(student):
    def batched_accuracy(predict_fn, x, t, batch_size=100):
        hits = 0
        for i in range(0, len(x), batch_size):
            rows = np.random.choice(len(x), min(batch_size, len(x) - i))
            hits += np.sum(np.argmax(predict_fn(x[rows]), axis=1) == t[rows])
        return float(hits) / len(x)

    student.batched_accuracy = batched_accuracy


@misconception(
    "Your search for the largest value starts at -1 and finds nothing where all outputs are lower.",
    ko="가장 큰 값을 -1에서부터 찾기 시작해서 출력이 모두 그보다 작으면 찾지 못해요.",
    killed_by="test_every_row_once",
    hint="answers",
)
def best_starts_at_minus_one(student):
    def batched_accuracy(predict, x, labels, batch_size=100):
        right = 0
        for start in range(0, len(x), batch_size):
            for row, label in zip(
                predict(x[start : start + batch_size]),
                labels[start : start + batch_size],
                strict=True,
            ):
                best, where = -1.0, 0
                for position, value in enumerate(row):
                    if value > best:
                        best, where = value, position
                right += where == label
        return right / len(x)

    student.batched_accuracy = batched_accuracy


@alternative("collects all answers, compares once")
def collects(student):
    def batched_accuracy(predict_fn, x, t, batch_size=100):
        answers = []
        for i in range(0, x.shape[0], batch_size):
            answers.extend(predict_fn(x[i : i + batch_size]).argmax(axis=1).tolist())
        return np.mean(np.array(answers) == t)

    student.batched_accuracy = batched_accuracy


@alternative("a while loop and a Python count; the last slice may turn out empty")
def while_loop(student):
    def batched_accuracy(predict_fn, x, t, batch_size=100):
        start, right = 0, 0
        while start <= len(x):
            scores = predict_fn(x[start : start + batch_size])
            for row, label in zip(scores, t[start : start + batch_size]):
                if int(np.argmax(row)) == label:
                    right += 1
            start += batch_size
        return right / len(t)

    student.batched_accuracy = batched_accuracy


@alternative("np.array_split at the right places, lists of rows, single precision")
def split(student):
    def batched_accuracy(predict_fn, x, t, batch_size=100):
        places = np.arange(batch_size, len(x), batch_size)
        hits = np.float32(0)
        for rows, labels in zip(np.split(x, places), np.split(t, places)):
            hits += (predict_fn(rows.copy()).argmax(-1) == labels).sum()
        return np.float32(hits / len(x))

    student.batched_accuracy = batched_accuracy


@alternative("batch accuracies weighted by the size of the batch")
def weighted_mean(student):
    def batched_accuracy(predict_fn, x, t, batch_size=100):
        total = 0.0
        for i in range(0, len(x), batch_size):
            labels = t[i : i + batch_size]
            share = np.mean(np.argsort(predict_fn(x[i : i + batch_size]))[:, -1] == labels)
            total += share * len(labels)
        return total / len(x)

    student.batched_accuracy = batched_accuracy
