"""Datasets: the embedded digits, the IDX parser, MNIST's splits, and downloads that go wrong."""

from __future__ import annotations

import contextlib
import gzip
import hashlib
import json
import os
import resource
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import autograder.data.mnist
import autograder.data.registry
from autograder.cli import main
from autograder.cli.data import DownloadBar
from autograder.data import DATASETS, load_dataset, load_digits, load_idx, load_mnist
from autograder.data.fetch import copy_from, fetch
from autograder.data.idx import MAX_BYTES, read_idx, to_idx
from autograder.data.mnist import canonical_order, find_mnist
from autograder.data.places import data_folder
from autograder.data.registry import Registry, RemoteFile, read_registry
from autograder.errors import CourseError, UsageError


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """No test sees or touches the data of whoever runs it, nor a proxy."""
    monkeypatch.setenv("GROUNDUP_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("no_proxy", "*")
    return tmp_path / "data"


def grade(*arguments: str) -> int:
    with pytest.raises(SystemExit) as left:
        main(arguments)
    code = left.value.code
    assert isinstance(code, int)
    return code


# ------------------------------------------------------------------------------- the digits


def test_digits_keep_their_split() -> None:
    digits = load_digits()
    assert digits.x_train.shape == (1437, 64) and digits.x_test.shape == (360, 64)
    assert digits.x_train.dtype == np.float64 and digits.t_train.dtype == np.int64
    assert (digits.x_train.min(), digits.x_train.max()) == (0, 1)
    assert np.bincount(digits.t_test).tolist() == [39, 37, 47, 28, 42, 32, 37, 27, 30, 41]
    with pytest.raises(ValueError, match="read-only"):
        digits.x_train[0] = 0


def test_digits_in_the_shape_of_mnist_are_the_same_images() -> None:
    small, large = load_digits(), load_digits(28)
    assert large.x_train.shape == (1437, 784) and large.x_test.shape == (360, 784)
    assert np.array_equal(small.t_test, large.t_test)
    images = large.x_train.reshape(-1, 28, 28)
    assert np.array_equal(images[:, 3:26:3, 3:26:3].reshape(-1, 64), small.x_train)
    border = images.copy()
    border[:, 2:26, 2:26] = 0
    assert not border.any()
    blocks = images[:, 2:26, 2:26].reshape(-1, 8, 3, 8, 3)
    assert (blocks == blocks[:, :, :1, :, :1]).all()


def test_there_is_no_third_size() -> None:
    with pytest.raises(ValueError, match="size 8 and in size 28"):
        load_digits(16)


@pytest.mark.parametrize(("name", "columns"), [("digits", 64), ("digits28", 784)])
def test_an_assignment_names_its_dataset(name: str, columns: int) -> None:
    dataset = load_dataset(name)
    assert dataset.name == name and dataset.x_train.shape[1] == columns


@pytest.mark.parametrize("name", ["mnist", "", "Digits", None])
def test_unknown_datasets_are_refused(name: str | None) -> None:
    with pytest.raises(CourseError) as error:
        load_dataset(name)
    assert all(known in str(error.value.hint) for known in DATASETS)


def test_mnist_that_is_absent_is_an_error_and_nothing_else() -> None:
    for ask in (load_mnist, partial(load_dataset, "mnist8k")):
        with pytest.raises(CourseError, match="grade data fetch mnist") as error:
            ask()
        assert 'load_mnist(source="digits")' in str(error.value)


# ---------------------------------------------------------------------------- the IDX parser

SMALL = np.arange(24, dtype=np.uint8).reshape(2, 3, 4)


@pytest.mark.parametrize("pack", [False, True])
def test_idx_there_and_back(tmp_path: Path, pack: bool) -> None:
    path = tmp_path / ("x.gz" if pack else "x")
    path.write_bytes(gzip.compress(to_idx(SMALL)) if pack else to_idx(SMALL))
    assert np.array_equal(read_idx(path, 3), SMALL)


GOOD = to_idx(SMALL)
BROKEN = {
    "empty": (b"", "breaks off: 0 of 4 bytes of its header"),
    "short magic": (GOOD[:3], "breaks off: 3 of 4"),
    "labels": (to_idx(SMALL.reshape(-1)), "not an IDX file of bytes with 3 axes"),
    "floats": (b"\0\0\x0d\x03" + GOOD[4:], "not an IDX file"),
    "no zeros": (b"PK" + GOOD[2:], "starts with 504b"),
    "half a header": (GOOD[:10], "breaks off: 6 of 12 bytes of its header"),
    "no data": (GOOD[:16], "breaks off: 0 of 24 bytes of its data"),
    "one byte less": (GOOD[:-1], "breaks off: 23 of 24"),
    "one byte more": (GOOD + b"\0", "goes on after its 24 values"),
    "nothing in it": (b"\0\0\x08\x03" + bytes(12), "claims to hold 0 x 0 x 0"),
    "all the memory": (b"\0\0\x08\x03" + b"\xff" * 12, "claims to hold 4294967295 x"),
    "a little too large": (
        b"\0\0\x08\x03" + (MAX_BYTES + 1).to_bytes(4, "big") + b"\0\0\0\x01" * 2,
        "claims to hold",
    ),
}


@pytest.mark.parametrize("pack", [False, True])
@pytest.mark.parametrize("case", BROKEN)
def test_broken_idx_files_are_named(tmp_path: Path, case: str, pack: bool) -> None:
    content, message = BROKEN[case]
    path = tmp_path / ("file.gz" if pack else "file")
    path.write_bytes(gzip.compress(content) if pack else content)
    with pytest.raises(CourseError, match=message) as error:
        read_idx(path, 3)
    assert str(path) in str(error.value)


def test_broken_gzip_files_are_named(tmp_path: Path) -> None:
    packed = gzip.compress(to_idx(np.zeros((9, 28, 28), np.uint8)))
    damaged = packed[:-6] + bytes([packed[-6] ^ 1]) + packed[-5:]
    for content in (b"", b"<html>", packed[:20], packed[:-4], damaged, packed + b"junk"):
        path = tmp_path / "images.gz"
        path.write_bytes(content)
        with pytest.raises(CourseError) as error:
            read_idx(path, 3)
        assert str(path) in str(error.value)


def test_a_bomb_costs_no_memory(tmp_path: Path) -> None:
    """Four megabytes on disk that unpack to four gigabytes."""
    path = tmp_path / "bomb.gz"
    piece = gzip.compress(bytes(1 << 26))
    path.write_bytes(gzip.compress(to_idx(np.zeros((9, 28, 28), np.uint8))) + piece * 64)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(CourseError, match="goes on after"):
        read_idx(path, 3)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 1 << 17  # 128 MiB in KiB


def test_what_is_no_file_is_not_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "folder").mkdir()
    for name, message in (("pipe", "not a regular"), ("folder", "not a reg"), ("no", "not exist")):
        with pytest.raises(CourseError, match=message):
            read_idx(tmp_path / name, 3)


# ---------------------------------------------------------------------------- MNIST's splits


@dataclass(frozen=True)
class Fake:
    """Noise in MNIST's form: 120 training and 10,000 test images."""

    files: dict[str, bytes]
    images: np.ndarray[Any, Any]
    labels: np.ndarray[Any, Any]


@pytest.fixture(scope="module")
def fake() -> Fake:
    rng = np.random.default_rng(1)
    arrays = {}
    for part, count in (("train", 120), ("t10k", 10_000)):
        images = np.zeros((count, 28, 28), np.uint8)  # a few bright pixels pack well
        images[np.arange(count), rng.integers(0, 28, count), rng.integers(0, 28, count)] = 255
        arrays[f"{part}-images-idx3-ubyte"] = images
        arrays[f"{part}-labels-idx1-ubyte"] = rng.integers(0, 10, count).astype(np.uint8)
    files = {name: to_idx(array) for name, array in arrays.items()}
    return Fake(files, arrays["t10k-images-idx3-ubyte"], arrays["t10k-labels-idx1-ubyte"])


def put(folder: Path, fake: Fake, parts: str = "train t10k", pack: bool = True) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in fake.files.items():
        if name.split("-")[0] in parts.split():
            path = folder / (f"{name}.gz" if pack else name)
            path.write_bytes(gzip.compress(content, 1) if pack else content)
    return folder


@pytest.mark.parametrize("pack", [True, False])
def test_four_files(tmp_path: Path, fake: Fake, pack: bool) -> None:
    found = load_idx(put(tmp_path / "four", fake, pack=pack))
    assert found.name == "mnist"
    assert found.x_train.shape == (120, 784) and found.x_test.shape == (10_000, 784)
    assert found.x_test.dtype == np.float64 and found.t_test.dtype == np.int64
    assert np.array_equal(found.x_test, fake.images.reshape(-1, 784) / 255)
    assert np.array_equal(found.t_test, fake.labels)


def test_the_test_files_alone_have_a_canonical_split(tmp_path: Path, fake: Fake) -> None:
    found = load_idx(put(tmp_path / "two", fake, "t10k"))
    order = np.random.default_rng(0).permutation(10_000)
    assert np.array_equal(canonical_order(), order)
    assert found.name == "mnist8k" and len(found.x_train) == 8000 and len(found.x_test) == 2000
    assert np.array_equal(found.t_train, fake.labels[order[:8000]])
    assert np.array_equal(found.x_test, fake.images[order[8000:]].reshape(-1, 784) / 255)


def test_folders_that_do_not_fit(tmp_path: Path, fake: Fake) -> None:
    folder = tmp_path / "broken"
    cases: list[tuple[str, np.ndarray[Any, Any], str]] = [
        ("t10k-labels-idx1-ubyte", np.zeros(9_999, np.uint8), "10,000 images.*9,999 labels"),
        ("t10k-labels-idx1-ubyte", np.full(10_000, 10, np.uint8), "label 10"),
        ("t10k-images-idx3-ubyte", np.zeros((10_000, 14, 14), np.uint8), "14 x 14"),
    ]
    for name, array, message in cases:
        put(folder, fake, "t10k", pack=False)
        (folder / name).write_bytes(to_idx(array))
        with pytest.raises(CourseError, match=message):
            load_idx(folder)
    small = Fake(
        {
            n: to_idx(read[:5])
            for n, read in (
                ("t10k-images-idx3-ubyte", fake.images),
                ("t10k-labels-idx1-ubyte", fake.labels),
            )
        },
        fake.images,
        fake.labels,
    )
    with pytest.raises(CourseError, match=r"no training files.*5 images"):
        load_idx(put(folder, small, "t10k", pack=False))
    put(folder, fake, "train")
    (folder / "train-labels-idx1-ubyte.gz").unlink()
    with pytest.raises(CourseError, match="neither train-labels-idx1-ubyte nor"):
        load_idx(folder)  # half of the training files must not count as none
    with pytest.raises(CourseError, match="neither t10k-images"):
        load_idx(tmp_path / "absent")


def test_the_books_loader(own_folder: Path, fake: Fake) -> None:
    put(own_folder / "mnist", fake)
    (x_train, t_train), (x_test, t_test) = load_mnist()
    assert x_train.shape == (120, 784) and x_train.dtype == np.float32 and x_train.max() == 1
    assert t_test.shape == (10_000,) and np.array_equal(t_test, fake.labels)
    (x_train, t_train), (x_test, _) = load_mnist(normalize=False, flatten=False, one_hot_label=True)
    assert x_train.shape == (120, 1, 28, 28) and x_train.dtype == np.uint8 and x_train.max() == 255
    assert t_train.shape == (120, 10) and (t_train.sum(axis=1) == 1).all()
    assert np.array_equal(x_test[:, 0], fake.images)
    x_train[...] = 0  # the student's own copy


def test_the_books_loader_says_when_it_has_the_test_files_only(
    own_folder: Path, fake: Fake
) -> None:
    put(own_folder, fake, "t10k")  # GROUNDUP_DATA may be the folder itself
    with pytest.warns(UserWarning, match="only MNIST's 10,000 test images"):
        (x_train, _), (x_test, _) = load_mnist()
    assert len(x_train) == 8000 and len(x_test) == 2000


def test_digits_by_the_books_loader() -> None:
    (x_train, t_train), (x_test, _) = load_mnist(source="digits")
    digits = load_digits(28)
    assert np.allclose(x_train, digits.x_train, atol=0.5 / 255) and x_test.shape == (360, 784)
    assert np.array_equal(t_train, digits.t_train)
    raw = load_mnist(normalize=False, source="digits")[0][0]
    assert raw.dtype == np.uint8 and raw.max() == 255
    with pytest.raises(ValueError, match="source"):
        load_mnist(source="fashion")


def registry_of(fake: Fake, **changes: bytes) -> Registry:
    files = []
    for name, content in {**fake.files, **changes}.items():
        packed = gzip.compress(content, 1, mtime=0)
        digests = [hashlib.sha256(data).hexdigest() for data in (packed, content)]
        files.append(RemoteFile(f"{name}.gz", len(packed), *digests))
    return Registry("mnist", "Noise", "none", ("http://127.0.0.1:9/",), tuple(files))


def test_thresholds_are_only_compared_on_the_real_files(
    own_folder: Path, fake: Fake, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(own_folder / "mnist", fake, "t10k")
    with pytest.raises(CourseError, match=r"t10k-images-idx3-ubyte.gz is not the file of MNIST"):
        load_dataset("mnist8k")
    monkeypatch.setattr(autograder.data.mnist, "read_registry", lambda name: registry_of(fake))
    found = load_dataset("mnist8k")
    assert found.name == "mnist8k" and found.x_train.shape == (8000, 784)
    assert load_dataset("mnist8k") is found


def test_the_registry_is_that_of_mnist() -> None:
    registry = read_registry("mnist")
    assert [file.size for file in registry.files] == [9912422, 28881, 1648877, 4542]
    assert len(registry.mirrors) >= 2 and all(url.endswith("/") for url in registry.mirrors)
    assert all(len(bytes.fromhex(file.sha256)) == 32 for file in registry.files)
    real = os.environ.get("GROUNDUP_REAL_MNIST")  # a folder with the real files, if there is one
    if real:
        for file in registry.files:
            path = Path(real) / file.name
            if path.is_file():
                assert hashlib.sha256(path.read_bytes()).hexdigest() == file.sha256
                unpacked = gzip.decompress(path.read_bytes())
                assert hashlib.sha256(unpacked).hexdigest() == file.unpacked_sha256


# ------------------------------------------------------------------------------- downloading


@dataclass
class Server:
    """A web server whose folders misbehave: /good/, /missing/, /short/, /wrong/, ..."""

    url: str
    asked: list[str] = field(default_factory=list)
    ended: threading.Event = field(default_factory=threading.Event)


@pytest.fixture(scope="module")
def server(fake: Fake) -> Iterator[Server]:
    packed = {f"{n}.gz": gzip.compress(c, 1, mtime=0) for n, c in fake.files.items()}

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            found.asked.append(self.path)
            _, how, name = self.path.split("/")
            body = packed[name]
            if how == "missing" or (how == "halfway" and "t10k" in name):
                self.send_error(404)
                return
            if how == "stalling":
                found.ended.wait(20)
                return
            self.send_response(200)
            body = {"wrong": body[:-1] + b"!", "stub": body[:100], "page": b"<html>"}.get(how, body)
            if how == "endless":
                self.end_headers()
                while not found.ended.is_set():
                    self.wfile.write(bytes(1 << 16))
            if how == "transcoding":  # what some stores do to .gz files
                self.send_header("Content-Encoding", "gzip")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body[: len(body) // 2] if how == "short" else body)

        def log_message(self, format: str, *arguments: object) -> None:
            pass

        def handle(self) -> None:
            with contextlib.suppress(OSError):  # the client had enough
                super().handle()

    web = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    web.daemon_threads = True
    thread = threading.Thread(target=web.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    found = Server(f"http://127.0.0.1:{web.server_port}")
    yield found
    found.ended.set()
    web.shutdown()
    thread.join()
    web.server_close()


def run_fetch(fake: Fake, folder: Path, server: Server, *mirrors: str, **options: Any) -> list[str]:
    server.asked.clear()
    urls = [f"{server.url}/{mirror}/" for mirror in mirrors]
    return fetch(registry_of(fake), folder, mirrors=urls, timeout=(2.0, 0.3), **options)


def names_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_good_mirror(tmp_path: Path, fake: Fake, server: Server) -> None:
    seen: list[tuple[str, int]] = []
    folder = tmp_path / "data" / "mnist"
    step = lambda file, count, mirror: seen.append((file.name, count))  # noqa: E731
    arrived = run_fetch(fake, folder, server, "good", on_progress=step)
    assert sorted(arrived) == names_in(folder) and len(arrived) == 4
    assert load_idx(folder).x_train.shape == (120, 784) and find_mnist() == folder
    for file in registry_of(fake).files:
        assert (file.name, file.size) in seen
    assert run_fetch(fake, folder, server, "good") == [] and server.asked == []


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        ("missing", "the server answers 404"),
        ("short", "the transfer broke off"),
        ("stub", "checksum differs"),
        ("wrong", "checksum differs"),
        ("page", "checksum differs"),
        ("transcoding", "larger than it should be"),
        ("stalling", "no answer in time"),
        ("endless", "larger than it should be"),
    ],
)
def test_a_bad_mirror_is_left_for_the_next(
    tmp_path: Path, fake: Fake, server: Server, bad: str, reason: str
) -> None:
    with pytest.raises(CourseError) as error:
        run_fetch(fake, tmp_path / "one", server, bad)
    assert reason in str(error.value) and f"{server.url}/{bad}/train-images" in str(error.value)
    assert "--from FOLDER" in str(error.value.hint)
    assert names_in(tmp_path / "one") == []  # nothing unfinished stays
    assert len(run_fetch(fake, tmp_path / "two", server, bad, "good")) == 4
    # Once is enough to learn which mirror works.
    assert [path for path in server.asked if f"/{bad}/" in path] == [
        f"/{bad}/{registry_of(fake).files[0].name}"
    ]


def test_what_arrived_is_kept_and_the_rest_is_fetched_later(
    tmp_path: Path, fake: Fake, server: Server
) -> None:
    folder = tmp_path / "mnist"
    with pytest.raises(CourseError, match="t10k-images"):
        run_fetch(fake, folder, server, "halfway")
    assert names_in(folder) == ["train-images-idx3-ubyte.gz", "train-labels-idx1-ubyte.gz"]
    (folder / "train-labels-idx1-ubyte.gz").write_bytes(b"damaged since")
    arrived = run_fetch(fake, folder, server, "good")
    assert "train-labels-idx1-ubyte.gz" in arrived and len(arrived) == 3


def test_all_mirrors_dead(tmp_path: Path, fake: Fake, server: Server) -> None:
    dead = ["http://127.0.0.1:9/", "ftp://127.0.0.1/", "nonsense", "http://", f"{server.url}/page/"]
    with pytest.raises(CourseError) as error:
        fetch(registry_of(fake), tmp_path / "mnist", mirrors=dead)
    text = str(error.value)
    assert text.count("\n") == len(dead), "one line for each mirror"
    assert "no connection" in text and "no address of a web server" in text
    assert 'load_mnist(source="digits")' in str(error.value.hint)


def test_pooch_missing(tmp_path: Path, fake: Fake, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pooch", None)
    with pytest.raises(UsageError, match="pooch") as error:
        fetch(registry_of(fake), tmp_path / "mnist")
    assert 'pip install "groundup[data]"' in str(error.value.hint)


def test_a_folder_that_cannot_be_written(tmp_path: Path, fake: Fake, server: Server) -> None:
    (tmp_path / "file").write_text("in the way")
    for folder in (tmp_path / "file", tmp_path / "file" / "mnist", Path("/proc/mnist")):
        with pytest.raises(UsageError, match="cannot be written") as error:
            run_fetch(fake, folder, server, "good")
        assert "--to" in str(error.value.hint)


@pytest.mark.slow
def test_a_full_disk(tmp_path: Path, fake: Fake, server: Server) -> None:
    """A limit on the size of files stands in for it: the same write fails half-way."""
    registry = registry_of(fake)
    limit = registry.files[1].size + 1
    script = (
        "import resource, sys\n"
        "from pathlib import Path\n"
        "from autograder.data.fetch import fetch\n"
        "from autograder.data.registry import Registry, RemoteFile\n"
        "from autograder.errors import UsageError\n"
        f"resource.setrlimit(resource.RLIMIT_FSIZE, ({limit}, {limit}))\n"
        f"registry = {registry!r}\n"
        "try:\n"
        f"    folder, mirrors = {str(tmp_path / 'mnist')!r}, [{server.url + '/good'!r}]\n"
        "    fetch(registry, Path(folder), mirrors=mirrors)\n"
        "except UsageError as error:\n"
        "    print(error, error.hint)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True,
        text=True,
        cwd=Path(__file__).resolve().parent.parent,
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
    )
    assert "File too large" in done.stdout and "Free some space" in done.stdout, done.stderr
    assert names_in(tmp_path / "mnist") == []


# ---------------------------------------------------------------------------- the command line


@pytest.fixture
def known(fake: Fake, server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    """`mnist` is our noise, served by our server."""
    registry = registry_of(fake)
    served = Registry("mnist", "Noise", "none", (f"{server.url}/good/",), registry.files)
    monkeypatch.setattr(autograder.data.registry, "read_registry", lambda name: served)
    monkeypatch.setattr(autograder.data.mnist, "read_registry", lambda name: served)


@pytest.mark.usefixtures("known")
def test_fetch_list_path(capsys: pytest.CaptureFixture[str], own_folder: Path) -> None:
    assert grade("data", "path") == 0
    assert capsys.readouterr().out.strip() == str(own_folder)
    assert grade("data", "path", "mnist") == 2
    assert "grade data fetch mnist" in capsys.readouterr().err
    assert grade("data", "list") == 0
    assert "not on this computer" in capsys.readouterr().out
    assert grade("data", "fetch", "mnist") == 0
    captured = capsys.readouterr()
    assert captured.out.count("checksum right") == 4 and captured.err == ""
    assert str(own_folder / "mnist") in captured.out and "export" not in captured.out
    assert grade("data", "fetch", "mnist") == 0
    assert "here already" in capsys.readouterr().out
    assert grade("data", "path", "mnist") == 0
    assert capsys.readouterr().out.strip() == str(own_folder / "mnist")
    assert grade("data", "list", "--format", "json") == 0
    listed = json.loads(capsys.readouterr().out)
    assert [entry["name"] for entry in listed] == ["digits", "digits28", "mnist", "mnist8k"]
    assert all(entry["here"] for entry in listed)


@pytest.mark.usefixtures("known")
def test_fetch_to_another_folder_says_how_it_is_found(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert grade("data", "fetch", "mnist", "--to", str(tmp_path / "else")) == 0
    assert f"export GROUNDUP_DATA={tmp_path / 'else'}" in capsys.readouterr().out
    assert len(names_in(tmp_path / "else" / "mnist")) == 4


@pytest.mark.usefixtures("known")
@pytest.mark.parametrize("pack", [True, False])
def test_fetch_from_a_folder(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, own_folder: Path, fake: Fake, pack: bool
) -> None:
    stick = put(tmp_path / "stick", fake, "t10k", pack)
    assert grade("data", "fetch", "mnist", "--from", str(stick)) == 0
    assert capsys.readouterr().out.count("checksum right") == 2
    assert names_in(own_folder / "mnist") == names_in(stick)
    assert load_dataset("mnist8k").x_train.shape == (8000, 784)
    assert grade("data", "list") == 0
    assert "only the test images" in capsys.readouterr().out
    # The rest comes from the network later, and only the rest.
    assert grade("data", "fetch", "mnist") == 0
    found = capsys.readouterr().out
    assert "train-images" in found and (pack is False or "t10k" not in found.split("Noise")[0])


def test_fetch_from_a_folder_with_other_content(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, own_folder: Path, fake: Fake
) -> None:
    stick = put(tmp_path / "stick", fake, "t10k")  # noise is not the real MNIST
    assert grade("data", "fetch", "mnist", "--from", str(stick)) == 2
    assert "its content differs" in capsys.readouterr().err
    assert names_in(own_folder / "mnist") == []
    for folder, message in ((tmp_path / "no", "no folder"), (tmp_path, "holds no t10k-images")):
        assert grade("data", "fetch", "mnist", "--from", str(folder)) == 2
        assert message in capsys.readouterr().err


def test_copying_a_folder_onto_itself_changes_nothing(tmp_path: Path, fake: Fake) -> None:
    folder = put(tmp_path / "mnist", fake)
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    assert copy_from(registry_of(fake), folder, folder) == []
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("fetch", "digits"), "the digits come with the course"),
        (("fetch", "cifar"), "no dataset 'cifar'"),
        (("fetch", "mnist", "--from", ".", "--mirror", "http://x/"), "exclude each other"),
        (("fetch", "mnist", "--mirror", "http://127.0.0.1:9/"), "no connection"),
        (("path", "cifar"), "no dataset 'cifar'"),
        (("path", "digits"), "comes with the course"),
        (("fetch",), "Missing argument"),
    ],
)
def test_wrong_use(
    capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], message: str
) -> None:
    assert grade("data", *arguments) == 2
    captured = capsys.readouterr()
    assert message in captured.err and "Traceback" not in captured.err


@pytest.mark.parametrize("command", [(), ("fetch",), ("list",), ("path",)])
def test_help_has_examples(capsys: pytest.CaptureFixture[str], command: tuple[str, ...]) -> None:
    assert grade("data", *command, "--help") == 0
    text = capsys.readouterr().out
    assert "Example" in text and f"grade data {' '.join(command)}".strip() in text


class Terminal:
    """Collects what is written and calls itself a terminal."""

    def __init__(self) -> None:
        self.text = ""

    def isatty(self) -> bool:
        return True

    def write(self, text: str) -> None:
        self.text += text

    def flush(self) -> None:
        pass


def test_the_bar_is_one_line_and_leaves_none() -> None:
    terminal = Terminal()
    bar = DownloadBar(terminal)  # type: ignore[arg-type]
    file = RemoteFile("a.gz", 1000, "", "")
    for count in (0, 500, 1000):
        bar.step(file, count, "")
    bar.done()
    assert "\n" not in terminal.text and " 50% of 1 kB" in terminal.text
    assert f"[{'#' * 24}] 100%" in terminal.text
    assert terminal.text.endswith("\r") and terminal.text.split("\r")[-2].strip() == ""


def test_the_cache_folder_is_the_default(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("GROUNDUP_DATA")
    monkeypatch.delenv("GROUNDUP_CACHE", raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert data_folder().name == "datasets" and "groundup" in data_folder().parts
    if sys.platform == "linux":
        assert data_folder() == tmp_path / "groundup" / "datasets"
