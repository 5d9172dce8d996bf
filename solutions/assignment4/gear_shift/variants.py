import numpy as np
from autograder.authoring import alternative, misconception


@misconception(
    "The rate slides a little in every epoch; a gear changes only every `every` epochs (use //).",
    ko="매 에폭 조금씩 변해요. 기어는 every 에폭마다 한 번 바뀌어요(// 사용).",
    killed_by="test_stairs",
    hint="floor",
)
def continuous(student):
    def gear_shift(lr0, epoch, drop=0.5, every=10, min_lr=0.0):
        return max(lr0 * drop ** (epoch / every), min_lr)

    student.gear_shift = gear_shift


@misconception(
    "The first shift comes one epoch early; epochs are counted from 0.",
    ko="첫 변속이 한 에폭 빨라요. 에폭은 0부터 세요.",
    killed_by="test_stairs",
    hint="gears",
)
def one_epoch_early(student):
    def gear_shift(lr0, epoch, drop=0.5, every=10, min_lr=0.0):
        return max(lr0 * drop ** ((epoch + 1) // every), min_lr)

    student.gear_shift = gear_shift


@misconception(
    "The first shift comes one epoch late: epoch number `every` already runs in the next gear.",
    ko="첫 변속이 한 에폭 늦어요. every번째 에폭은 이미 다음 기어예요.",
    killed_by="test_stairs",
    hint="gears",
)
def one_epoch_late(student):
    def gear_shift(lr0, epoch, drop=0.5, every=10, min_lr=0.0):
        return max(lr0 * drop ** (max(epoch - 1, 0) // every), min_lr)

    student.gear_shift = gear_shift


@misconception(
    "Subtracting reaches zero after two shifts; each shift multiplies by drop.",
    ko="빼면 두 번 만에 0이 돼요. 변속할 때마다 drop을 곱하세요.",
    killed_by="test_stairs",
    hint="floor",
)
def linear(student):
    def gear_shift(lr0, epoch, drop=0.5, every=10, min_lr=0.0):
        return max(lr0 * (1 - drop * (epoch // every)), min_lr)

    student.gear_shift = gear_shift


@misconception(
    "min picks the smaller of the two; for a lower limit take the larger one.",
    ko="min은 더 작은 값을 골라요. 하한에는 더 큰 값을 고르는 max를 쓰세요.",
    killed_by="test_stairs",
    hint="limit",
)
def min_instead(student):
    def gear_shift(lr0, epoch, drop=0.5, every=10, min_lr=0.0):
        return min(lr0 * drop ** (epoch // every), min_lr)

    student.gear_shift = gear_shift


@misconception(
    "min_lr is not used; the rate must not fall below it.",
    ko="min_lr을 쓰지 않았어요. 학습률이 그 아래로 내려가면 안 돼요.",
    killed_by="test_floor",
    hint="limit",
)
def no_floor(student):
    def gear_shift(lr0, epoch, drop=0.5, every=10, min_lr=0.0):
        return lr0 * drop ** (epoch // every)

    student.gear_shift = gear_shift


@misconception(
    "min_lr is added to the rate; it is a limit, which matters only when the rate falls below it.",
    ko="min_lr을 더했어요. min_lr은 하한이라서 그보다 작아질 때만 쓰여요.",
    killed_by="test_floor",
    hint="limit",
)
def adds_floor(student):
    def gear_shift(lr0, epoch, drop=0.5, every=10, min_lr=0.0):
        return min_lr + lr0 * drop ** (epoch // every)

    student.gear_shift = gear_shift


@misconception(
    "% gives the position within a gear; the number of shifts so far is given by //.",
    ko="%는 한 기어 안에서의 위치예요. 지금까지의 변속 횟수는 //로 구해요.",
    killed_by="test_stairs",
    hint="floor",
)
def remainder(student):
    def gear_shift(lr0, epoch, drop=0.5, every=10, min_lr=0.0):
        return max(lr0 * drop ** (epoch % every), min_lr)

    student.gear_shift = gear_shift


@misconception(
    "The gear is shifted only once; after each further `every` epochs it shifts again.",
    ko="변속이 한 번뿐이에요. every 에폭이 지날 때마다 다시 변속해야 해요.",
    killed_by="test_stairs",
    hint="gears",
)
def shifts_once(student):
    def gear_shift(lr0, epoch, drop=0.5, every=10, min_lr=0.0):
        return max(lr0 * drop if epoch >= every else lr0, min_lr)

    student.gear_shift = gear_shift


@misconception(
    "drop and every are fixed numbers in the function; use the arguments.",
    ko="함수 안의 숫자가 고정되어 있어요. 인자 drop과 every를 쓰세요.",
    killed_by="test_other_gears",
    hint="floor",
)
def fixed_gears(student):
    def gear_shift(lr0, epoch, drop=0.5, every=10, min_lr=0.0):
        return max(lr0 * 0.5 ** (epoch // 10), min_lr)

    student.gear_shift = gear_shift


@misconception(
    "The function remembers the last rate and shifts from there; compute the rate from the arguments "
    "alone, since anybody may ask for any epoch.",
    ko="지난 학습률을 기억해 두고 거기서 변속해요. 어떤 에폭을 물어볼지 모르니 인자만으로 계산하세요.",
    killed_by="test_hundred_epochs",
    hint="gears",
)
def remembers_rate(student):
    rates = {}

    def gear_shift(lr0, epoch, drop=0.5, every=10, min_lr=0.0):
        rate = rates.get(lr0, lr0)
        if epoch > 0 and epoch % every == 0:
            rate *= drop
        rates[lr0] = rate
        return max(rate, min_lr)

    student.gear_shift = gear_shift


@alternative("multiplies in a loop")
def loops(student):
    def gear_shift(lr0, epoch, drop=0.5, every=10, min_lr=0.0):
        rate = lr0
        while epoch >= every:
            rate, epoch = rate * drop, epoch - every
        return rate if rate > min_lr else min_lr

    student.gear_shift = gear_shift


@alternative("NumPy numbers and logarithms")
def with_numpy(student):
    def gear_shift(lr0, epoch, drop=0.5, every=10, min_lr=0.0):
        exponent = np.floor(np.divide(epoch, every))
        return np.maximum(np.exp(np.log(lr0) + exponent * np.log(drop)), min_lr)

    student.gear_shift = gear_shift


@alternative("calls itself")
def recursive(student):
    def gear_shift(lr0, epoch, drop=0.5, every=10, min_lr=0.0):
        if epoch < every:
            return float(max(lr0, min_lr))
        return student.gear_shift(lr0 * drop, epoch - every, drop, every, min_lr)

    student.gear_shift = gear_shift
