import numpy as np
from autograder.authoring import alternative, misconception


@misconception(
    "Every row is the same array, which keeps changing; append a copy.",
    ko="모든 행이 계속 바뀌는 같은 배열이에요. 복사본을 추가하세요.",
    killed_by="test_two_steps",
    hint="copy",
)
def no_copy(student):
    def optimizer_path(optimizer, grad_fn, init, steps=30):
        params = {"w": np.array(init, dtype=float)}
        path = [params["w"]]
        for _ in range(steps):
            optimizer.update(params, {"w": grad_fn(params["w"])})
            path.append(params["w"])
        return np.array(path)

    student.optimizer_path = optimizer_path


@misconception(
    "The start is missing: the path has steps + 1 positions, the first one is init.",
    ko="시작점이 빠졌어요. 위치는 steps + 1개이고 첫 번째는 init이에요.",
    killed_by="test_two_steps",
    hint="loop",
)
def no_start(student):
    def optimizer_path(optimizer, grad_fn, init, steps=30):
        params = {"w": np.array(init, dtype=float)}
        path = []
        for _ in range(steps):
            optimizer.update(params, {"w": grad_fn(params["w"])})
            path.append(params["w"].copy())
        return np.array(path)

    student.optimizer_path = optimizer_path


@misconception(
    "The position is recorded before each update, so the last position is missing: record the start, "
    "then the position after each step.",
    ko="갱신하기 전에만 기록해서 마지막 위치가 빠졌어요. 시작점을 넣고, 매 걸음 뒤에 기록하세요.",
    killed_by="test_two_steps",
    hint="loop",
)
def no_end(student):
    def optimizer_path(optimizer, grad_fn, init, steps=30):
        params = {"w": np.array(init, dtype=float)}
        path = []
        for _ in range(steps):
            path.append(params["w"].copy())
            optimizer.update(params, {"w": grad_fn(params["w"])})
        return np.array(path)

    student.optimizer_path = optimizer_path


@misconception(
    "The gradient is computed once, at the start; ask for it at each new position.",
    ko="기울기를 시작점에서 한 번만 구했어요. 새 위치마다 다시 구하세요.",
    killed_by="test_zigzag",
    hint="loop",
)
def gradient_at_start(student):
    def optimizer_path(optimizer, grad_fn, init, steps=30):
        params = {"w": np.array(init, dtype=float)}
        path = [params["w"].copy()]
        gradient = grad_fn(params["w"])
        for _ in range(steps):
            optimizer.update(params, {"w": gradient})
            path.append(params["w"].copy())
        return np.array(path)

    student.optimizer_path = optimizer_path


@misconception(
    "grad_fn is always asked at init, which never moves; ask at the position in the dictionary.",
    ko="움직이지 않는 init에서 기울기를 구하고 있어요. 딕셔너리 안의 현재 위치에서 구하세요.",
    killed_by="test_asks_where_it_stands",
    hint="loop",
)
def asks_at_init(student):
    def optimizer_path(optimizer, grad_fn, init, steps=30):
        params = {"w": np.array(init, dtype=float)}
        path = [params["w"].copy()]
        for _ in range(steps):
            optimizer.update(params, {"w": grad_fn(init)})
            path.append(params["w"].copy())
        return np.array(path)

    student.optimizer_path = optimizer_path


@misconception(
    "The caller's start array moves along; put a copy of init into the dictionary.",
    ko="호출한 쪽의 시작 배열도 함께 움직여요. init의 복사본을 딕셔너리에 넣으세요.",
    killed_by="test_zigzag",
    hint="copy",
)
def mutates_init(student):
    def optimizer_path(optimizer, grad_fn, init, steps=30):
        params = {"w": init}
        path = [init.copy()]
        for _ in range(steps):
            optimizer.update(params, {"w": grad_fn(params["w"])})
            path.append(params["w"].copy())
        return np.array(path)

    student.optimizer_path = optimizer_path


@misconception(
    "The copy keeps whole numbers when init holds whole numbers, and an integer array cannot take a "
    "float step; make it a float array.",
    ko="init이 정수면 복사본도 정수라서 실수 걸음을 더할 수 없어요. float 배열로 만드세요.",
    killed_by="test_starts",
    hint="copy",
)
def keeps_integers(student):
    def optimizer_path(optimizer, grad_fn, init, steps=30):
        params = {"w": np.array(init)}
        path = [params["w"].copy()]
        for _ in range(steps):
            optimizer.update(params, {"w": grad_fn(params["w"])})
            path.append(params["w"].copy())
        return np.array(path)

    student.optimizer_path = optimizer_path


@misconception(
    "steps is not used: the number of updates is fixed.",
    ko="steps를 쓰지 않아서 갱신 횟수가 고정되어 있어요.",
    killed_by="test_two_steps",
    hint="loop",
)
def ignores_steps(student):
    def optimizer_path(optimizer, grad_fn, init, steps=30):
        params = {"w": np.array(init, dtype=float)}
        path = [params["w"].copy()]
        for _ in range(30):
            optimizer.update(params, {"w": grad_fn(params["w"])})
            path.append(params["w"].copy())
        return np.array(path)

    student.optimizer_path = optimizer_path


@misconception(
    "You return a list of arrays; make one array of it, with a row for each position.",
    ko="배열의 리스트를 돌려주고 있어요. 위치마다 한 행인 배열 하나로 만드세요.",
    killed_by="test_two_steps",
    hint="loop",
)
def returns_list(student):
    def optimizer_path(optimizer, grad_fn, init, steps=30):
        params = {"w": np.array(init, dtype=float)}
        path = [params["w"].copy()]
        for _ in range(steps):
            optimizer.update(params, {"w": grad_fn(params["w"])})
            path.append(params["w"].copy())
        return path

    student.optimizer_path = optimizer_path


@misconception(
    "Rows and columns are exchanged: one row for each position, one column for each axis.",
    ko="행과 열이 바뀌었어요. 위치마다 한 행, 축마다 한 열이에요.",
    killed_by="test_two_steps",
    hint="loop",
)
def positions_in_columns(student):
    def optimizer_path(optimizer, grad_fn, init, steps=30):
        params = {"w": np.array(init, dtype=float)}
        path = [params["w"].copy()]
        for _ in range(steps):
            optimizer.update(params, {"w": grad_fn(params["w"])})
            path.append(params["w"].copy())
        return np.array(path).T

    student.optimizer_path = optimizer_path


@misconception(
    "You make the steps yourself instead of calling optimizer.update, so every optimizer would draw "
    "the same path.",
    ko="optimizer.update를 부르지 않고 직접 걸음을 계산했어요. 어떤 옵티마이저든 같은 경로가 나와요.",
    killed_by="test_true_path",
    hint="wrap",
)
def plain_descent(student):
    def optimizer_path(optimizer, grad_fn, init, steps=30):
        place = np.array(init, dtype=float)
        path = [place.copy()]
        for _ in range(steps):
            place -= optimizer.lr * grad_fn(place)
            path.append(place.copy())
        return np.array(path)

    student.optimizer_path = optimizer_path


@misconception(
    "The path is written for two axes only; take the number of axes from init.",
    ko="축이 두 개일 때만 동작해요. 축의 수는 init에서 가져오세요.",
    killed_by="test_true_path",
    hint="copy",
)
def two_axes_only(student):
    def optimizer_path(optimizer, grad_fn, init, steps=30):
        params = {"w": np.array([float(init[0]), float(init[1])])}
        path = [params["w"].copy()]
        for _ in range(steps):
            optimizer.update(params, {"w": grad_fn(params["w"])})
            path.append(params["w"].copy())
        return np.array(path)

    student.optimizer_path = optimizer_path


@alternative("an array that is filled row by row")
def filled(student):
    def optimizer_path(optimizer, grad_fn, init, steps=30):
        path = np.empty((steps + 1, len(init)))
        path[0] = init
        place = path[0].copy()
        for step in range(1, steps + 1):
            params = {"anything": place}
            optimizer.update(params, {"anything": grad_fn(place.copy())})
            place = params["anything"]
            path[step] = place
        return path

    student.optimizer_path = optimizer_path


@alternative("stacked copies; one more gradient than needed")
def stacked(student):
    import copy

    def optimizer_path(optimizer, grad_fn, init, steps=30):
        params = {0: np.asarray(init).astype(np.float64)}
        history = [copy.deepcopy(params)]
        gradient = grad_fn(params[0])
        while len(history) <= steps:
            optimizer.update(params, {0: gradient})
            history.append(copy.deepcopy(params))
            gradient = grad_fn(params[0])
        return np.vstack([entry[0] for entry in history])

    student.optimizer_path = optimizer_path


@alternative("single precision for the record")
def single_precision(student):
    def optimizer_path(optimizer, grad_fn, init, steps=30):
        params, path = {"w": init.astype(float)}, []
        for step in range(steps + 1):
            if step:
                optimizer.update(params, {"w": grad_fn(params["w"])})
            path.append(tuple(params["w"]))
        return np.array(path, dtype=np.float32)

    student.optimizer_path = optimizer_path
