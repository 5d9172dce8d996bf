"""The worker itself: its protocol, its stand-ins, and that nothing of a check outlives it."""

from __future__ import annotations

import builtins
import sys
import types
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest

from autograder import standins
from autograder.sandbox import Limits, Sandbox, open_sandbox
from autograder.student import Program, SandboxChannel, Session, StudentError, StudentModule
from autograder.wire import Decoder, Encoder, WireError
from autograder.worker import OUTPUT_LIMIT, CappedOutput, Worker


def refuse(value: object) -> Any:
    raise WireError("plain values only")


class Grader:
    """The other side of a worker in this process, for single requests."""

    def __init__(self, source: str = "") -> None:
        self.questions: list[dict[str, Any]] = []
        self.reply: dict[str, Any] = {"value": None}
        self.worker = Worker(self.ask, soft_timeouts=False)
        self.count = 0
        if source:
            assert self.send("run", file="work.py", line=1, source=source)["kind"] == "value"

    def ask(self, question: dict[str, Any], buffers: object) -> tuple[dict[str, Any], bytes]:
        self.questions.append(question)
        return self.reply, b""

    def send(self, op: str, **fields: Any) -> dict[str, Any]:
        self.count += 1
        encoder = Encoder(refuse)
        for name in ("args", "kwargs", "value", "key", "items", "members"):
            if name in fields:
                fields[name] = encoder.encode(fields[name])
        payload = np.frombuffer(bytearray(b"".join(map(bytes, encoder.buffers))), np.uint8)
        answer, buffers = self.worker.answer({"op": op, "id": self.count, **fields}, payload)
        assert answer["id"] == self.count
        self.buffers = buffers
        return answer

    def value(self, answer: dict[str, Any]) -> Any:
        assert answer["kind"] == "value", answer
        payload = np.frombuffer(bytearray(b"".join(map(bytes, self.buffers))), np.uint8)
        return Decoder(payload, tuple).decode(answer["value"])


def test_line_numbers_are_those_of_the_file() -> None:
    grader = Grader()
    answer = grader.send("run", file="work.py", line=41, source="x = 1\n1 / 0\n")
    assert answer["kind"] == "error" and answer["frames"] == [["<module>", 42, "work.py"]]
    answer = grader.send("run", file="work.py", line=41, source="x = 1\ndef (:\n")
    assert answer["category"] == "syntax" and answer["frames"] == [["", 42, "work.py"]]


def test_only_arguments_that_changed_travel_back() -> None:
    grader = Grader("def same(x): return x.sum()\ndef change(x): x[0] = 9\n")
    answer = grader.send("call", on=None, name="same", args=(np.ones(3),), kwargs={})
    assert "mutated" not in answer and grader.value(answer) == 3
    answer = grader.send("call", on=None, name="change", args=(np.ones(3),), kwargs={})
    assert [position for position, _ in answer["mutated"]] == [0]


def test_handles_end_with_their_check() -> None:
    grader = Grader("class Layer: pass\n")
    answer = grader.send("call", on=None, name="Layer", args=(), kwargs={})
    kind, number, name = answer["value"]
    assert (kind, name) == ("h", "Layer")
    again = grader.send("value", on=number)
    assert again["value"] == ["h", number, "Layer"]  # the same object has the same number
    grader.send("begin", seed=1)
    assert grader.send("value", on=number)["kind"] == "error"
    assert grader.send("value", on=10**9)["category"] == "wrong_type"


def test_what_is_not_understood_is_an_error_not_an_end() -> None:
    grader = Grader("x = 1\n")
    for fields in ({"op": "no such thing"}, {"op": "call", "on": None}, {"op": "next", "on": 4}):
        answer = grader.send(**fields)  # type: ignore[arg-type]
        assert answer["kind"] == "error"
    assert grader.value(grader.send("get", on=None, name="x")) == 1


def test_an_attribute_error_inside_a_property_is_the_students() -> None:
    grader = Grader(
        "class Layer:\n    @property\n    def grads(self):\n        return self.nothing\n"
        "def make(): return Layer()\n"
    )
    number = grader.send("call", on=None, name="make", args=(), kwargs={})["value"][1]
    answer = grader.send("get", on=number, name="grads")
    assert (answer["category"], answer["type"]) == ("raised", "AttributeError")
    assert answer["frames"][-1][1] == 4
    assert grader.send("get", on=number, name="absent")["category"] == "missing"


def test_a_callback_that_fails_is_told_to_the_students_code() -> None:
    grader = Grader(
        "def f(fn):\n    try:\n        fn(1)\n"
        "    except RuntimeError as error:\n        return str(error)\n"
    )
    grader.reply = {"failed": True}
    answer, buffers = grader.worker.answer(
        {"op": "call", "id": 9, "on": None, "name": "f", "args": ["t", [["f", 3]]],
         "kwargs": ["d", []]}, b"",
    )  # fmt: skip
    assert "could not use its arguments" in answer["value"] and buffers == []
    assert grader.questions[0]["callback"] == 3 and grader.questions[0]["id"] == 9


def test_capped_output() -> None:
    out = CappedOutput()
    assert out.writable() and out.write("abc") == 3
    assert out.write("x" * OUTPUT_LIMIT) == OUTPUT_LIMIT
    taken = out.take()
    assert len(taken) == OUTPUT_LIMIT and taken.startswith("abcx")
    assert out.take() == ""
    print("again", file=out)
    assert out.take() == "again\n"


# -- stand-ins ------------------------------------------------------------------------------------


@pytest.fixture
def installed() -> Iterator[None]:
    """The finder, in this process, under names that are surely not installed."""
    before, modules = sys.meta_path[:], set(sys.modules)
    standins.install()
    yield
    sys.meta_path[:] = before
    for name in set(sys.modules) - modules:
        del sys.modules[name]


@pytest.mark.usefixtures("installed")
def test_stand_ins_absorb_everything() -> None:
    import mpl_toolkits.mplot3d as toolkit  # type: ignore[import-untyped]
    import seaborn as sns  # type: ignore[import-not-found]

    figure, axes = sns.subplots(2, 2)
    axes[0, 1].bar([1, 2], 3).set(xlabel="x")
    for _ in axes:
        raise AssertionError("a stand-in has no items")
    with sns.style.context("dark") as style:
        style.anything()
    assert isinstance(toolkit, types.ModuleType) and callable(figure)
    for dunder in ("__array__", "__wrapped__", "__all__"):
        assert not hasattr(sns, dunder) and not hasattr(figure, dunder)


WORK = """
import matplotlib.pyplot as plt
import matplotlib
from tqdm import tqdm, trange
from tqdm.auto import tqdm as again
from IPython.display import display
import seaborn

def f():
    fig, ax = plt.subplots(figsize=(1, 2))
    ax.plot([1], label='a'); plt.legend(); plt.show(); display(fig)
    matplotlib.rcParams['font.size'] = 3
    return [list(tqdm([1, 2], desc='d')), list(trange(2)), list(again('ab'))]

def g(name):
    __import__(name)
"""


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with open_sandbox("auto", Limits(memory_bytes=1 << 29)) as found:
        yield found


def test_plots_and_progress_bars_are_imported_but_do_nothing(sandbox: Sandbox) -> None:
    program = Program(
        ((WORK.replace("    matplotlib.rcParams['font.size'] = 3\n", ""), 1, "w.py"),)
    )
    with Session(lambda: SandboxChannel(sandbox.start()), program) as session:
        session.begin_check(seed=0)
        assert session.load_errors == []
        student = StudentModule(session, ["f", "g"])
        assert student.f() == [[1, 2], [0, 1], ["a", "b"]]
        for absent in ("torch", "pandas", "pytest", "autograder.grading", "scipy"):
            with pytest.raises(StudentError, match="No module named"):
                student.g(absent)


def test_settings_of_a_plot_can_be_assigned(sandbox: Sandbox) -> None:
    """plt.rcParams['font.size'] = 12 stands at the top of many notebooks."""
    source = (
        "import matplotlib.pyplot as plt\nplt.rcParams['font.family'] = 'NanumGothic'\n"
        "plt.rcParams.update({'a': 1})\ndel plt.rcParams['a']\nlen(plt.rcParams)\n"
        "ax = plt.gca()\nax.title = 'x'\nbool(ax)\n"
        "for i, axis in enumerate(plt.subplots(2, 2)[1].flat): pass\n"
        "line, = ax.plot([1])\ncounts, bins, patches = plt.hist([1, 2])\n"
        "lines = ax.plot([1]) + ax.plot([2])\nx = 2 * ax.get_xlim()[0] - 1\n"
        "def f(): return 1\n"
    )
    with Session(
        lambda: SandboxChannel(sandbox.start()), Program(((source, 1, "w.py"),))
    ) as session:
        session.begin_check(seed=0)
        assert session.load_errors == []
        assert StudentModule(session, ["f"]).f() == 1


def test_the_workers_interpreter_is_that_of_a_script(sandbox: Sandbox) -> None:
    source = (
        "import sys\ndef f():\n"
        "    return __name__, exit is quit, callable(exit), 'site' in sys.modules\n"
        "if __name__ == '__main__':\n    1 / 0\n"
    )
    with Session(
        lambda: SandboxChannel(sandbox.start()), Program(((source, 1, "w.py"),))
    ) as session:
        session.begin_check(seed=0)
        assert session.load_errors == []
        name, same, usable, site = StudentModule(session, ["f"]).f()
    assert name == "submission" and same and usable and not site
    assert builtins.exit is not sys.exit  # the grader's own was left alone
