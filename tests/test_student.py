"""The student's module as a check sees it: proxies, callbacks, endings. Real sandboxed workers."""

from __future__ import annotations

import importlib.util
import sys
import time
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pytest

import autograder
from autograder.authoring import CheckFailure, require
from autograder.errors import GraderFault
from autograder.results import Status
from autograder.sandbox import Limits, Sandbox, open_sandbox
from autograder.student import (
    Instance,
    LocalChannel,
    OutOfBudget,
    Program,
    Remote,
    SandboxChannel,
    Session,
    StudentError,
    StudentModule,
    WorkerLost,
)
from autograder.wire import Transport

MEMORY = 1 << 29


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with open_sandbox("auto", Limits(memory_bytes=MEMORY)) as found:
        yield found


Opened = tuple[Any, Remote, Session]
Open = Callable[..., Opened]


@pytest.fixture(params=["sandbox", "in process"])
def load(request: pytest.FixtureRequest, sandbox: Sandbox) -> Iterator[Open]:
    """Load a source text; what works on a sandboxed worker works on the replaying one too."""
    opened: list[Session] = []

    def channel() -> Any:
        return SandboxChannel(sandbox.start()) if request.param == "sandbox" else LocalChannel()

    def load(source: str, **limits: float) -> Opened:
        return _begin(channel, opened, source, **limits)

    yield load
    for session in opened:
        session.close()


@pytest.fixture
def box(sandbox: Sandbox) -> Iterator[Open]:
    """Load a source text in a sandboxed worker: for code that no other process should run."""
    opened: list[Session] = []

    def load(source: str, **limits: float) -> Opened:
        return _begin(lambda: SandboxChannel(sandbox.start()), opened, source, **limits)

    yield load
    for session in opened:
        session.close()


def _begin(channel: Any, opened: list[Session], source: str, **limits: float) -> Opened:
    program = Program((("import numpy as np\n" + source, 1, "work.py"),))
    session = Session(channel, program, **limits)
    opened.append(session)
    session.begin_check(seed=0)
    return StudentModule(session, NAMES), Remote(session), session


NAMES = tuple("f g make Layer Net value count other".split())

LAYER = """
class Layer:
    def __init__(self, W=None):
        self.W = W
        self.calls = 0
        self.nothing = None
        self.inner = {"a": np.ones(2), "self": [1, (2.5, "x")]}

    def forward(self, x):
        self.calls += 1
        self.x = x
        return x if self.W is None else x @ self.W

    def __call__(self, x, *, factor=1):
        return x * factor

    def __getitem__(self, key):
        return ("item", key)

    def __setitem__(self, key, value):
        self.stored = (key, value)

    def me(self):
        return self
"""


# -- values, attributes, handles ------------------------------------------------------------------


def test_values_travel_both_ways(load: Open) -> None:
    student, _, _ = load("def f(*args, **kwargs):\n    return args, kwargs\n")
    array = np.arange(6, dtype=np.float32).reshape(2, 3)
    args, kwargs = student.f(1, "zwei", None, array, [array.T], key={"a": (1, 2.5)})
    assert args[:3] == (1, "zwei", None)
    assert args[3].dtype == np.float32 and np.array_equal(args[3], array)
    assert np.array_equal(args[4][0], array.T)
    assert kwargs == {"key": {"a": (1, 2.5)}}
    assert type(args) is tuple and type(kwargs) is dict


def test_changes_in_place_come_back(load: Open) -> None:
    student, _, _ = load(
        "def f(x, more, other):\n    x[0] = 7\n    more['deep'][0][...] = -1\n"
        "    return other.sum()\n"
    )
    x, deep, other = np.zeros(3), np.ones((2, 2)), np.ones(4)
    assert student.f(x, {"deep": [deep]}, other) == 4
    assert x.tolist() == [7, 0, 0] and (deep == -1).all() and (other == 1).all()
    fixed = np.zeros(3)
    fixed.flags.writeable = False
    student.f(fixed, {"deep": [deep]}, other)
    assert fixed.tolist() == [0, 0, 0]  # a check that locks its array keeps it
    view = np.zeros((4, 4))[::2, ::2]
    student.f(view, {"deep": [deep]}, other)
    assert view[0].tolist() == [7, 7] and view[1].tolist() == [0, 0]


def test_changes_come_back_from_calls_that_raise_nothing_else(load: Open) -> None:
    student, _, _ = load("def f(x):\n    x += 1\n    return x\n")
    x = np.zeros(2)
    result = student.f(x)
    assert result.tolist() == x.tolist() == [1, 1] and result is not x


def test_instances_attributes_and_items(load: Open) -> None:
    student, remote, _ = load(LAYER)
    layer = student.Layer()
    assert isinstance(layer, Instance) and "Layer" in repr(layer) and "f" in repr(student.f)
    assert layer.forward(np.ones(2)).tolist() == [1, 1]
    assert layer.calls == 1 and layer.nothing is None
    assert layer.inner["self"] == [1, (2.5, "x")]
    assert layer[3] == ("item", 3) and layer["a", 1] == ("item", ("a", 1))
    layer[2] = np.ones(1)
    assert layer.stored[0] == 2 and layer.stored[1].tolist() == [1]
    layer.calls = 41
    layer.forward(np.ones(1))
    assert layer.calls == 42
    assert layer(np.ones(2), factor=3).tolist() == [3, 3]
    assert remote.same(layer.me(), layer) is True
    assert remote.same(layer, student.Layer()) is False
    assert hasattr(layer, "forward") and not hasattr(layer, "_private")
    with pytest.raises(StudentError, match="your Layer has no absent") as caught:
        layer.absent  # noqa: B018
    assert caught.value.category == "missing"


def test_handles_are_arguments(load: Open) -> None:
    student, _, _ = load(
        LAYER + "def f(layers, x):\n    for layer in layers['all']:\n        x = layer.forward(x)\n"
        "    return x\n"
    )
    layer = student.Layer(np.full((2, 2), 0.5))
    assert student.f({"all": [layer, layer]}, np.ones((1, 2))).tolist() == [[1, 1]]
    assert layer.calls == 2
    assert student.f({"all": []}, student.Layer) is not None  # a class is an argument, too
    with pytest.raises(GraderFault, match="cannot be sent"):
        student.f(object())


def test_placed_arrays_keep_their_identity(load: Open) -> None:
    student, remote, _ = load(LAYER)
    weights = np.eye(2)
    placed = remote.place(weights)
    layer = student.Layer(placed)
    assert remote.same(remote.ref(layer, "W"), placed)
    placed[...] = np.full((2, 2), 2.0)
    assert layer.forward(np.ones((1, 2))).tolist() == [[4, 4]]
    placed[0, 1] = 9.0
    assert remote.value(placed).tolist() == [[2, 9], [2, 2]] == placed[...].tolist()
    assert placed[0].tolist() == [2, 9] and placed[0, 1] == 9  # not placed[[0, 1]]
    with pytest.raises(GraderFault, match="slice"):
        placed[:1]
    assert weights.tolist() == [[1, 0], [0, 1]]
    assert placed.shape == (2, 2)
    assert remote.value(3) == 3
    assert remote.shares_memory(placed, remote.ref(layer, "W")) is True
    assert remote.shares_memory(placed, remote.place(np.eye(2))) is False


def test_references_reach_into_containers(load: Open) -> None:
    student, remote, _ = load(LAYER)
    layer = student.Layer()
    inner = remote.ref(layer, "inner", "a")
    assert remote.ref(layer, "inner", "self", np.int64(1), 0)[...] == 2.5
    inner[...] = np.array([5.0, 6.0])
    assert layer.inner["a"].tolist() == [5, 6]
    with pytest.raises(StudentError) as caught:
        remote.ref(layer, "inner", "absent")
    assert caught.value.kind == "KeyError"
    with pytest.raises(GraderFault, match="handle"):
        remote.ref(3, "inner")


def test_what_a_function_returns_can_be_kept(load: Open) -> None:
    student, remote, _ = load("value = np.zeros(2)\ndef f():\n    return value\n")
    first, second = remote.call(student.f), remote.call(student.f)
    assert remote.same(first, second)
    first[...] = np.ones(2)
    assert student.f().tolist() == [1, 1]


def test_callable_objects_can_be_kept(load: Open) -> None:
    student, remote, _ = load(LAYER)
    layer = student.Layer()
    kept = remote.call(layer, np.ones(2), factor=2)
    assert remote.value(kept).tolist() == [2, 2]


def test_namespaces_and_their_spies(load: Open) -> None:
    student, remote, _ = load(
        "def f(net):\n    net.params['W'] -= 0.5 * net.gradient(np.ones(2), t=1)['W']\n"
        "    net.extra = net.params['W'] * 1\n    return net.name\n"
    )
    log = []

    def gradient(x: Any, t: int) -> dict[str, Any]:
        log.append((x.tolist(), t))
        return {"W": np.ones(3)}

    start = np.zeros(3)
    net = remote.namespace(params={"W": start}, gradient=gradient, name="n", pair=(start, [start]))
    kept = remote.ref(net, "params", "W")
    assert student.f(net) == "n"
    assert log == [([1, 1], 1)]
    assert net.params["W"].tolist() == remote.value(kept).tolist() == [-0.5] * 3
    assert net.extra.tolist() == [-0.5] * 3
    assert start.tolist() == [0, 0, 0]  # values are copied into a namespace


def test_random_numbers_are_seeded(load: Open) -> None:
    student, remote, session = load(
        "import random\ndef f():\n    return np.random.rand(), random.random()\n"
        "def g(generator):\n    return generator.random()\n"
    )
    first = student.f()
    assert student.f() != first
    remote.seed(5)
    again = student.f()
    remote.seed(5)
    assert student.f() == again
    session.begin_check(seed=0)
    assert student.f() == first
    expected = np.random.default_rng(7).random()
    assert student.g(remote.generator(7)) == expected == remote.generator(np.int64(7)).random()


def test_generators_are_drained_with_a_bound(load: Open) -> None:
    student, _, _ = load(
        "def f(n):\n    for i in range(n):\n        yield i, np.full(2, i)\n"
        "def g():\n    while True:\n        yield 1\nclass Layer: pass\n"
    )
    items = [(i, array.tolist()) for i, array in student.f(3)]
    assert items == [(0, [0, 0]), (1, [1, 1]), (2, [2, 2])]
    endless = iter(student.g())
    assert [next(endless) for _ in range(50)] == [1] * 50
    with pytest.raises(StudentError, match="not iterable"):
        list(student.Layer())


def test_only_names_of_the_stub_exist(load: Open) -> None:
    student, _, _ = load("def f():\n    return 1\n")
    with pytest.raises(GraderFault, match="secret"):
        student.secret  # noqa: B018
    with pytest.raises(AttributeError):
        student.__wrapped__  # noqa: B018
    with pytest.raises(StudentError) as caught:
        student.g()
    assert caught.value.category == "missing" and "g" in caught.value.message


# -- callbacks ------------------------------------------------------------------------------------


def test_callbacks_get_and_give_plain_values(load: Open) -> None:
    student, _, _ = load(
        "def f(fn, x):\n    out = fn(x, [x * 2, {'k': (x,)}], name='n')\n"
        "    return out['sum'] + fn(x, [], name='m')['sum']\n"
    )
    calls = []

    def check(x: Any, more: Any, name: str) -> dict[str, Any]:
        calls.append((x.copy(), more, name))
        x[0] = 99.0  # a copy: the student's array is safe from the check
        return {"sum": x.sum()}

    assert student.f(check, np.ones(2)) == 200.0
    assert [name for _, _, name in calls] == ["n", "m"]
    assert calls[0][1][0].tolist() == [2, 2] and type(calls[0][1][1]["k"]) is tuple
    assert calls[1][0].tolist() == [1, 1]


def test_what_a_callback_raises_reaches_the_check(load: Open) -> None:
    student, _, _ = load(
        "def f(fn):\n    try:\n        fn(1)\n    except Exception:\n        pass\n"
        "    return 'survived'\n"
        "def g(fn):\n    return fn(2)\n"
    )
    calls = []

    def spy(value: int) -> None:
        calls.append(value)
        require(False, "the batch is empty", category="wrong_shape", suggests="no_batch")

    for function in (student.f, student.g):
        with pytest.raises(CheckFailure, match="the batch is empty") as caught:
            function(spy)
        assert (caught.value.category, caught.value.suggests) == ("wrong_shape", "no_batch")
    assert calls == [1, 2]

    def broken(value: int) -> None:
        raise ZeroDivisionError("of the check")

    with pytest.raises(ZeroDivisionError):
        student.g(broken)
    assert student.g(lambda value: value + 1) == 3  # the session goes on


def test_a_loop_of_calls_that_never_ends(load: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    """The clock stands still while the check answers, so the calls are counted."""
    monkeypatch.setattr("autograder.student.session.MAX_CALLS", 50)
    student, _, session = load(
        "def f(fn):\n    while True:\n        fn()\ndef g(fn):\n    for _ in range(50): fn()\n"
    )
    student.g(lambda: 1)
    student.g(lambda: 1)  # each request has an account of its own
    assert not session.called_too_often
    calls = []
    with pytest.raises(StudentError) as caught:
        student.f(lambda: calls.append(1))
    assert caught.value.status is Status.TIMEOUT and session.called_too_often
    assert caught.value.frames[-1].line == 4 and len(calls) == 50


def test_a_loop_of_calls_that_swallows_the_timeout(
    box: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("autograder.student.session.MAX_CALLS", 50)
    monkeypatch.setattr("autograder.student.channels.MAX_CALLBACKS", 500)
    student, _, session = box(
        "def f(fn):\n    while True:\n        try:\n            fn()\n"
        "        except BaseException:\n            pass\ndef g():\n    return 1\n"
    )
    calls = []
    with pytest.raises(WorkerLost, match="more than 500 times") as caught:
        student.f(lambda: calls.append(1))
    assert caught.value.status is Status.TIMEOUT and len(calls) == 50
    session.discard_worker()
    session.begin_check(seed=0)
    assert student.g() == 1


def test_a_callback_must_not_ask_the_worker(load: Open) -> None:
    student, _, _ = load("def f(fn):\n    return fn(1)\ndef g():\n    return 1\n")
    with pytest.raises(GraderFault, match="callback"):
        student.f(lambda _: student.g())


def test_a_callback_may_return_what_only_the_worker_has(load: Open) -> None:
    student, _, _ = load(LAYER + "def f(fn, layer):\n    return fn(layer) is layer\n")
    assert student.f(lambda layer: layer, student.Layer()) is True


def test_a_parameter_is_an_array_that_travels_by_reference(load: Open) -> None:
    student, remote, _ = load(
        "import copy\n"
        "def f(fn, w):\n"
        "    w -= 0.5\n"
        "    w[0] += 1\n"
        "    seen = [w.shape, w.size, np.linalg.norm(w), float(np.sum(w * 2)), len(w), w.max()]\n"
        "    plain = [w.copy(), copy.copy(w), copy.deepcopy(w), w + 1, np.array(w), w.T]\n"
        "    assert all(type(each) is np.ndarray for each in plain)\n"
        "    assert np.isfinite(w).all() and w.tolist() == [1.5, 0.5] and [*w] == [1.5, 0.5]\n"
        "    assert np.add(w, 1, out=w) is w and f'{w[0]:.1f}' == '2.5' and 'array' in repr(w)\n"
        "    fn(w)\n"
        "    fn(w.copy())\n"
        "    return seen\n"
    )
    given: list[Any] = []
    w = remote.parameter(np.ones(2))
    assert student.f(given.append, w) == [(2,), 2, np.sqrt(2.5), 4.0, 2, 1.5]
    assert remote.same(given[0], w)
    assert isinstance(given[1], np.ndarray) and given[1].tolist() == [2.5, 1.5]


def test_arguments_that_no_callback_can_have(load: Open) -> None:
    student, _, _ = load(
        "def f(fn):\n    return fn(np.array([object()]))\ndef g(fn):\n    return fn(**{'a b': 1})\n"
    )
    with pytest.raises(StudentError) as caught:
        student.f(lambda x: x)
    assert caught.value.category == "wrong_type"
    assert student.g(lambda **kwargs: list(kwargs)) == ["a b"]


# -- output, warnings, tracebacks -----------------------------------------------------------------


def test_output_is_kept_and_capped(load: Open) -> None:
    student, remote, session = load(
        "import sys\ndef f(n):\n    print('line', n)\n    sys.stderr.write('error\\n')\n"
        "def g():\n    for _ in range(100_000):\n        print('x' * 100)\n    return 5\n"
    )
    student.f(1)
    assert remote.output() == "line 1\nerror\n"
    assert student.g() == 5
    assert len(remote.output()) == 16_384
    session.begin_check(seed=0)
    assert remote.output() == ""


def test_warnings_are_kept(load: Open) -> None:
    student, remote, _ = load(
        "import warnings\n\ndef f():\n    return np.array([1.0]) / np.array([0.0])\n"
        "def g():\n    for i in range(1000):\n        warnings.warn(f'number {i}')\n"
    )
    assert student.f().tolist() == [np.inf]
    category, message, line = remote.warnings()[0]
    assert (category, line) == ("RuntimeWarning", 5) and "divide by zero" in message
    for _ in range(10):
        student.g()
    assert len(remote.warnings()) == 100


def test_tracebacks_hold_the_students_lines_only(load: Open) -> None:
    student, _, session = load(
        "def helper(x):\n    return np.linalg.inv(x)\n\ndef f(x):\n    return helper(x)\n"
    )
    with pytest.raises(StudentError) as caught:
        student.f(np.zeros((2, 2)))
    error = caught.value
    assert error.kind == "LinAlgError" and error.status is Status.ERROR
    assert [(frame.function, frame.line, frame.file) for frame in error.frames] == [
        ("f", 6, "work.py"),
        ("helper", 3, "work.py"),
    ]
    assert session.program.line("work.py", 3) == "return np.linalg.inv(x)"
    assert session.program.line("work.py", 99) == "" == session.program.line("other.py", 1)


def test_exceptions_that_cannot_be_shown(load: Open) -> None:
    student, _, _ = load(
        "class Evil(Exception):\n    def __str__(self):\n        raise SystemExit\n"
        "def f():\n    raise Evil\ndef g():\n    raise ValueError('x' * 10**6)\n"
        "def make():\n    raise Exception('\\x1b[2J\\u202e')\n"
        "def other():\n    other()\n"
    )
    with pytest.raises(StudentError, match="cannot be shown"):
        student.f()
    with pytest.raises(StudentError) as caught:
        student.g()
    assert len(caught.value.message) == 2000
    with pytest.raises(StudentError) as caught:
        student.make()
    assert "\x1b" not in str(caught.value) and "\u202e" not in str(caught.value)
    with pytest.raises(StudentError) as caught:
        student.other()
    assert caught.value.kind == "RecursionError" and len(caught.value.frames) <= 20


@pytest.mark.parametrize(
    ("body", "kind", "category"),
    [
        ("raise NotImplementedError", "NotImplementedError", "not_implemented"),
        ("raise MemoryError", "MemoryError", "out_of_memory"),
        ("raise SystemExit(0)", "SystemExit", "raised"),
        ("raise KeyboardInterrupt", "KeyboardInterrupt", "raised"),
        ("raise StopIteration", "StopIteration", "raised"),
        ("return np.array([object()])", "WireError", "wrong_type"),
        ("x = []\n    x.append(x)\n    return x", "WireError", "wrong_type"),
        ("return 10 ** 5000", "WireError", "wrong_type"),
        ("eval('1 +')", "SyntaxError", "syntax"),
        ("raise ExceptionGroup('g', [ValueError()])", "ExceptionGroup", "raised"),
    ],
)
def test_categories_of_exceptions(load: Open, body: str, kind: str, category: str) -> None:
    student, _, _ = load(
        "import sys\nif sys.version_info < (3, 11):\n    class ExceptionGroup(Exception): pass\n"
        f"def f():\n    {body}\n"
    )
    with pytest.raises(StudentError) as caught:
        student.f()
    assert (caught.value.kind, caught.value.category) == (kind, category)


def test_objects_without_a_plain_form_stay_in_the_worker(load: Open) -> None:
    student, _, _ = load("def f():\n    return {1, 2}, (x for x in 'ab'), f, np.float32\n")
    found = student.f()
    assert all(isinstance(item, Instance) for item in found)
    assert sorted(found[0]) == [1, 2] and list(found[1]) == ["a", "b"]


# -- time, memory, crashes ------------------------------------------------------------------------


def test_a_soft_timeout_names_the_line(box: Open) -> None:
    student, _, session = box(
        "def f():\n    total = 0\n    while True:\n        total += 1\ndef g():\n    return 1\n",
        check_seconds=0.3,
    )
    started = time.monotonic()
    with pytest.raises(StudentError) as caught:
        student.f()
    assert time.monotonic() - started < 1.2
    assert caught.value.status is Status.TIMEOUT
    assert caught.value.frames[-1].line in (4, 5) and caught.value.frames[-1].function == "f"
    with pytest.raises(StudentError, match="time is up"):
        student.g()  # the check's time is one account
    session.begin_check(seed=0)
    assert student.g() == 1


def test_where_pipes_know_no_deadlines_a_timer_ends_the_process(
    box: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As on Windows."""
    monkeypatch.setattr(Transport, "has_deadlines", False)
    source = "def f():\n    sum(range(10 ** 12))\ndef g():\n    return 1\n"
    student, _, session = box(source, check_seconds=0.3)
    assert student.g() == 1  # in time: the timer is called off
    with pytest.raises(WorkerLost, match="did not stop") as caught:
        student.f()
    assert caught.value.status is Status.TIMEOUT
    session.discard_worker()
    session.begin_check(seed=0)
    assert student.g() == 1


@pytest.mark.parametrize(
    "body",
    [
        "while 1:\n        try:\n            while 1: pass\n        except BaseException: pass",
        "import signal\n    for t in (0, 2): signal.setitimer(t, 0)\n    while True: pass",
        "sum(range(10 ** 12))",
    ],
    ids=["swallows", "silences the alarm", "inside C"],
)
def test_what_no_exception_reaches_is_killed(box: Open, body: str) -> None:
    student, remote, session = box(
        f"def f():\n    {body}\ndef g():\n    return 1\n", check_seconds=0.3
    )
    kept = remote.place(np.ones(1))
    started = time.monotonic()
    with pytest.raises((StudentError, WorkerLost)) as caught:
        student.f()
    assert caught.value.status is Status.TIMEOUT
    assert time.monotonic() - started < 3
    if caught.type is WorkerLost:
        for use in (
            lambda: remote.value(kept),
            lambda: kept[...],
            student.g,
            lambda: student.f(kept),
        ):
            with pytest.raises(WorkerLost):
                use()
    session.discard_worker()  # as grading does after every timeout
    session.begin_check(seed=0)
    assert student.g() == 1
    with pytest.raises(WorkerLost):
        remote.value(kept)  # a handle of the dead worker does not mean something else now


def test_the_graders_own_time_is_not_the_students(box: Open) -> None:
    student, _, _ = box("def f(fn):\n    return fn()\n", check_seconds=1.0)

    def slow() -> int:
        time.sleep(0.4)
        return 3

    assert student.f(slow) == 3


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ("import os\n    os._exit(3)", Status.CRASHED),
        ("import ctypes\n    ctypes.string_at(0)", Status.CRASHED),
        ("return np.ones(1 << 40)", Status.OUT_OF_MEMORY),
        ("x = [1]\n    while True: x = x + x", Status.OUT_OF_MEMORY),
    ],
    ids=["_exit", "segmentation fault", "one array", "bit by bit"],
)
def test_a_worker_that_ends_is_replaced(box: Open, body: str, status: Status) -> None:
    student, remote, session = box(
        f"value = []\ndef f():\n    {body}\ndef g():\n    value.append(1)\n    return len(value)\n"
    )
    assert student.g() == 1
    kept = remote.place(np.ones(1))
    with pytest.raises((StudentError, WorkerLost)) as caught:
        student.f()
    assert caught.value.status is status
    session.discard_worker()  # as grading does after every such end
    session.begin_check(seed=0)
    assert student.g() == 1  # a fresh module
    with pytest.raises(WorkerLost):
        kept[...] = np.zeros(1)


def test_handles_live_for_one_check(load: Open) -> None:
    student, _, session = load(LAYER)
    layer = student.Layer()
    session.begin_check(seed=0)
    with pytest.raises((StudentError, WorkerLost)):
        layer.forward(np.ones(1))


def test_the_time_of_a_submission_is_bounded(box: Open) -> None:
    student, _, session = box(
        "import time\ndef f():\n    while True: pass\n", check_seconds=5.0, submission_seconds=0.5
    )
    with pytest.raises(StudentError) as caught:
        student.f()
    assert caught.value.status is Status.TIMEOUT
    with pytest.raises(OutOfBudget):
        session.begin_check(seed=0)


# -- loading --------------------------------------------------------------------------------------


def load_cells(sandbox: Sandbox, *cells: str, **limits: float) -> tuple[Any, Session]:
    program = Program(tuple((cell, 1, f"n.ipynb, cell {i}") for i, cell in enumerate(cells, 1)))
    session = Session(lambda: SandboxChannel(sandbox.start()), program, **limits)
    session.begin_check(seed=0)
    return StudentModule(session, NAMES), session


def test_a_cell_that_raises_does_not_stop_the_next(sandbox: Sandbox) -> None:
    student, session = load_cells(
        sandbox, "def f(): return 1", "1 / 0", "def g(:", "def other(): return f() + 1"
    )
    with session:
        assert (student.f(), student.other()) == (1, 2)
        first, second = session.load_errors
        assert isinstance(first, StudentError) and first.kind == "ZeroDivisionError"
        assert first.frames[0].file == "n.ipynb, cell 2"
        assert isinstance(second, StudentError) and second.category == "syntax"
        assert second.frames[0].line == 1


@pytest.mark.parametrize(
    "cell", ["import os; os._exit(0)", "while True: pass", "x = bytearray(1 << 40)"]
)
def test_a_cell_that_costs_the_worker_is_skipped_the_next_time(sandbox: Sandbox, cell: str) -> None:
    student, session = load_cells(
        sandbox, "def f(): return 1", cell, "def g(): return 2", check_seconds=0.3
    )
    with session:
        assert (student.f(), student.g()) == (1, 2)
        assert len(session.load_errors) == 1
        session.discard_worker()
        started = time.monotonic()
        session.begin_check(seed=0)
        assert time.monotonic() - started < 0.25  # not tried again
        assert (student.f(), student.g()) == (1, 2)
        assert len(session.load_errors) == 1


def test_after_two_costly_cells_the_rest_is_left_out(sandbox: Sandbox) -> None:
    student, session = load_cells(
        sandbox, "def f(): return 1", "import os; os._exit(0)", "import os; os._exit(0)",
        "def g(): return 2",
    )  # fmt: skip
    with session:
        assert student.f() == 1
        assert len(session.load_errors) == 2
        with pytest.raises(StudentError) as caught:
            student.g()
        assert caught.value.category == "missing"


def test_a_sandbox_whose_workers_die_at_once_is_our_fault() -> None:
    class Dead:
        def request(self, *_: object) -> Any:
            raise WorkerLost(Status.CRASHED, "dead on arrival")

        def close(self) -> None:
            """Nothing to end."""

    session = Session(Dead, Program((("x = 1", 1, "work.py"),), "y = 1", ("autograder.given",)))
    with pytest.raises(GraderFault, match="end before they answer"):
        session.begin_check(seed=0)


def test_given_functions_have_both_names_and_no_source(sandbox: Sandbox) -> None:
    given = "def softmax(x):\n    'The given one.'\n    return x + 40\n"
    names = ("autograder.given", "common.functions")
    source = (
        "from autograder.given import softmax\nfrom common.functions import softmax as again\n"
        "import inspect\n"
        "def f():\n    return softmax(2), again is softmax, softmax.__doc__\n"
        "def g():\n    return inspect.getsource(softmax)\n"
        "def other():\n    import autograder.grading\n"
    )
    program = Program(((source, 1, "work.py"),), given, names)
    with Session(lambda: SandboxChannel(sandbox.start()), program) as session:
        session.begin_check(seed=0)
        student = StudentModule(session, NAMES)
        assert session.load_errors == []
        assert student.f() == (42, True, "The given one.")
        with pytest.raises(StudentError, match="source"):
            student.g()
        with pytest.raises(StudentError) as caught:
            student.other()
        assert caught.value.kind == "ModuleNotFoundError"


def test_standard_input_and_exit_are_harmless(box: Open) -> None:
    student, _, _ = box(
        "def f():\n    return input()\ndef g():\n    exit()\ndef make():\n    quit(1)\n"
    )
    for function, kind in (
        (student.f, "EOFError"),
        (student.g, "SystemExit"),
        (student.make, "SystemExit"),
    ):
        with pytest.raises(StudentError) as caught:
            function()
        assert caught.value.kind == kind


def test_replaying_in_this_process_leaves_its_own_modules_alone() -> None:
    """A worker in the grader's process once emptied autograder.__path__: later imports failed."""
    before, path = dict(sys.modules), list(autograder.__path__)
    program = Program(
        (("from common.functions import f\nfrom autograder.given import f as g\n", 1, "work.py"),),
        "def f(): return 7\n",
        ("autograder.given", "common.functions"),
    )
    with Session(LocalChannel, program) as session:
        session.begin_check(seed=0)
        assert session.load_errors == []
        assert StudentModule(session, ["g"]).g() == 7
    assert list(autograder.__path__) == path and path
    for name in ("autograder", "autograder.given", "common.functions"):
        assert sys.modules.get(name) is before.get(name)
    assert importlib.util.find_spec("autograder.release") is not None
