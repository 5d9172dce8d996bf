"""Submissions: every shape that a student's file comes in, and every way it can be broken."""

from __future__ import annotations

import io
import json
import os
import stat
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tiny_course import write_course

from autograder import archive
from autograder.course import Assignment, Course
from autograder.errors import SubmissionError
from autograder.notebook import cell_to_python, join_percent, parses, split_percent
from autograder.release import release
from autograder.submission import (
    MAX_BYTES,
    Cell,
    Submission,
    code_digest,
    defined_names,
    find_submission,
    parse_submission,
    read_submission,
)

NAME = "assignment7"


def book(*cells: object, **extra: object) -> bytes:
    """Bytes of a notebook; a text becomes a code cell."""
    full = [
        {"cell_type": "code", "metadata": {}, "outputs": [], "source": cell}
        if isinstance(cell, (str, list))
        else cell
        for cell in cells
    ]
    return json.dumps({"cells": full, "nbformat": 4, "nbformat_minor": 5, **extra}).encode()


def read_py(text: str | bytes) -> Submission:
    data = text.encode() if isinstance(text, str) else text
    return parse_submission(data, Path(f"{NAME}.py"))


def read_book(data: bytes) -> Submission:
    return parse_submission(data, Path(f"{NAME}.ipynb"))


def fails(path: Path, message: str, assignment: Assignment | str = NAME) -> SubmissionError:
    with pytest.raises(SubmissionError, match=message) as caught:
        read_submission(path, assignment)
    assert path.name in caught.value.message, "the message names the file"
    assert caught.value.hint, "and the next step"
    return caught.value


@pytest.fixture
def assignment(tmp_path: Path) -> Assignment:
    """A released assignment, as a student has it."""
    write_course(tmp_path / "course")
    course = Course(tmp_path / "course")
    release(course)
    return course.assignment(NAME)


# --------------------------------------------------------------------------- .py files


def test_a_script_is_split_at_its_markers_and_keeps_its_lines() -> None:
    text = """\
import numpy
# %% [markdown]
# Not code.
# %%
a = 1

# %% tags=["experiment"]
plot()
# %% A title {"tags": ["experiment", "x"]}
plot()
#%%
b = 2
# %%

"""
    found = read_py(text)
    assert [(cell.line, cell.source.strip(), cell.label) for cell in found.cells] == [
        (1, "import numpy", ""),
        (5, "a = 1", ""),
        (12, "b = 2", ""),
    ]
    assert found.notes == ()


def test_a_script_without_markers_is_one_cell() -> None:
    assert read_py("x = 1\n# %%time\ny = 2\n").cells == (Cell("x = 1\n# %%time\ny = 2\n", 1),)


def test_a_marker_inside_a_string_is_text() -> None:
    assert len(read_py('x = """\n# %%\n"""\n# %%\ny = 1\n').cells) == 2


def test_an_unclosed_string_does_not_swallow_the_cells_below() -> None:
    cells = read_py('# %%\nx = """oops\n# %%\ndef f():\n    """doc"""\n').cells
    assert [cell.line for cell in cells] == [2, 4]
    assert not parses(cells[0].source) and parses(cells[1].source)


def test_code_below_a_lost_marker_is_pointed_out() -> None:
    found = read_py("# %% [markdown]\n# Text\nx = 1\n# %%\ny = 2\n")
    assert len(found.cells) == 1
    assert found.notes[0].startswith("line 3 stands in a markdown cell")
    quoted = read_py('# %% [markdown]\n"""\nText\n"""\n# %%\ny = 2\n')
    assert quoted.notes == ()


def test_syntax_errors_stay_in_the_text() -> None:
    assert read_py("def f(:\n").cells == (Cell("def f(:\n", 1),)


@pytest.mark.parametrize("ending", ["\r\n", "\r"])
def test_newlines_of_other_systems(ending: str) -> None:
    assert read_py(f"# %%{ending}x = 1{ending}").cells == (Cell("x = 1\n", 2),)


def test_separators_that_python_does_not_count_make_no_lines() -> None:
    text = 'x = "\u2028\x0b\x85"\n# %%\ny = 1\n'
    assert [cell.line for cell in read_py(text).cells] == [1, 3]


@pytest.mark.parametrize("encoding", ["latin-1", "cp949", "euc-kr"])
def test_coding_cookies_are_honoured(encoding: str) -> None:
    letter = "é" if encoding == "latin-1" else "한"
    data = f"# -*- coding: {encoding} -*-\nx = '{letter}'\n".encode(encoding)
    assert f"'{letter}'" in read_py(data).cells[0].source


def test_a_byte_order_mark_is_no_part_of_the_code() -> None:
    assert read_py(b"\xef\xbb\xbfx = 1\n").cells[0].source == "x = 1\n"


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "is empty"),
        (b" \n\t\n", "is empty"),
        (b"# %% [markdown]\n# only text\n", "holds no code"),
        (b"\x7fELF\x00\x01", "is a binary file"),
        ("x = 1".encode("utf-16"), "saved as UTF-16"),
        (b"x = 1\n# \xc7\xd1\n", "line 2 holds the byte 0xc7"),
        (b"# \xc7\xd1\nx = 1\n", "line 1 holds the byte 0xc7"),
        (b"# coding: utf-8\nx = '\xff'\n", "line 2 holds the byte 0xff"),
        (b"# coding: cp949\nx = '\xff'\n", "is not cp949 text: line 2"),
        (b"# coding: klingon\nx = 1\n", "unknown encoding"),
        (b"# coding: utf-7\nx = 1\n", "is in utf-7, which is not read"),
        (b"# coding: rot13\nk = 1\n", "which is not read|unknown encoding"),
    ],
)
def test_a_script_that_is_no_text_is_refused(tmp_path: Path, data: bytes, message: str) -> None:
    path = tmp_path / f"{NAME}.py"
    path.write_bytes(data)
    fails(path, message)


# --------------------------------------------------------------------------- notebooks


def test_a_notebook_is_read_cell_by_cell() -> None:
    found = read_book(
        book(
            {"cell_type": "markdown", "source": "# Title"},
            ["a = 1\n", "b = 2"],
            {"cell_type": "code", "source": "c = 3\r\n"},  # no metadata, no outputs
            {"cell_type": "raw", "source": "raw"},
            "  ",
            {"cell_type": "code", "source": "plot()", "metadata": {"tags": ["experiment"]}},
            {"cell_type": "code", "source": "d = 4", "metadata": None},
            {"cell_type": "code"},
        )
    )
    assert found.cells == (
        Cell("a = 1\nb = 2", 1, "cell 2"),
        Cell("c = 3\n", 1, "cell 3"),
        Cell("d = 4", 1, "cell 7"),
    )


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "is empty"),
        (b"x = 1", "invalid JSON"),
        (book("x = 1")[:-3], "invalid JSON"),
        (b"<<<<<<< HEAD\n{}\n", "unresolved Git conflict"),
        (b"[" * 100_000, "nested too deeply"),
        (b"[]", "not an object"),
        (b"{}", 'no list of "cells"'),
        (b'{"cells": {}}', 'no list of "cells"'),
        (b'{"worksheets": [], "nbformat": 3}', "old format 3"),
        (book(3), "cell 1 is not an object"),
        (book("x", {"cell_type": "code", "source": 3}), "cell 2 has a source that is not text"),
        (book("x", ["a", 1]), "cell 2 has a source that is not text"),
        (book({"cell_type": "markdown", "source": "x"}), "holds no code"),
        (book(), "holds no code"),
        (book("ok = 1", "x = '\ud800'"), "broken character in cell 2, line 1"),
        (book("a = 1\nx = '\0'"), "broken character in cell 1, line 2"),
        ('{"cells": "한"}'.encode("cp949"), "is not UTF-8 text"),
    ],
)
def test_a_broken_notebook_is_refused(tmp_path: Path, data: bytes, message: str) -> None:
    path = tmp_path / f"{NAME}.ipynb"
    path.write_bytes(data)
    fails(path, message)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("%matplotlib inline\nx = 1", "pass  # %matplotlib inline\nx = 1"),
        ("if 1:\n    !ls -l\ny = 2", "if 1:\n    pass  # !ls -l\ny = 2"),
        ("?print\nprint?\nnp.dot??", "pass  # ?print\npass  # print?\npass  # np.dot??"),
        ("pip install x\nx = 1", "pass  # pip install x\nx = 1"),
        ("files = !ls\nz = 1", "files = None  # files = !ls\nz = 1"),
        ("t = %timeit -o f()\nz = 1", "t = None  # t = %timeit -o f()\nz = 1"),
        ("!pip install \\\n  numpy\nx = 1", "pass  # !pip install /\n  # numpy\nx = 1"),
        ("%%time\nx = 1", "# %%time\nx = 1"),
        ("\n%%capture out\n!ls\nx = 1", "\n# %%capture out\npass  # !ls\nx = 1"),
        # what only looks like a command, in a cell that needs help elsewhere
        ('%cd x\ns = """\n%d items\n"""', 'pass  # %cd x\ns = """\n%d items\n"""'),
        ("%cd x\ns = (7\n% b\n)", "pass  # %cd x\ns = (7\n% b\n)"),
        ("%cd x\ns = 7 \\\n  % b", "pass  # %cd x\ns = 7 \\\n  % b"),
        ('%cd x\ns = "it\'s (" # (\n%ls', 'pass  # %cd x\ns = "it\'s (" # (\npass  # %ls'),
        ("!echo \"it's (\n%ls", "pass  # !echo \"it's (\npass  # %ls"),
    ],
)
def test_ipython_commands_are_neutralised_in_place(before: str, after: str) -> None:
    source, _ = cell_to_python(before, notebook=True)
    assert source == after and parses(after)


def test_what_was_neutralised_is_told() -> None:
    found = read_book(book("x = 1", "y = 2\n!rm -rf /"))
    assert found.notes == (
        f"{NAME}.ipynb, cell 2: line 2 is an IPython command and was not run: !rm -rf /.",
    )


def test_a_cell_in_another_language_is_left_out_with_a_note() -> None:
    found = read_book(book("%%bash\nls", "x = 1"))
    assert [cell.label for cell in found.cells] == ["cell 2"]
    assert "cell 1: a %%bash cell is not graded" in found.notes[0]


def test_magics_that_an_export_spelled_out_are_neutralised() -> None:
    found = read_py("get_ipython().run_line_magic('matplotlib', 'inline')\nx = get_ipython\n")
    assert found.cells[0].source.startswith("pass  # get_ipython()")
    assert "line 1 is an IPython command" in found.notes[0]


@pytest.mark.parametrize("source", ["a = 5\\\n% b", "x = [1,\n% 2", "def f(:\n    pass"])
def test_python_with_mistakes_is_left_as_it_is(source: str) -> None:
    assert cell_to_python(source, notebook=True) == (source, [])


def test_a_shell_assignment_in_a_script_is_a_syntax_error() -> None:
    assert read_py("x = !y\n").cells[0].source == "x = !y\n"


@pytest.mark.parametrize(
    "source", ["-" * 100_000 + "1", "a" + "+a" * 100_000, "(" * 1000, "x = '\\d'"]
)
def test_monstrous_code_neither_crashes_nor_warns_the_reader(source: str) -> None:
    assert read_py(source).cells == (Cell(source, 1),)


# ------------------------------------------------------------------------- properties

MARKERS = ("# %%", "# %% [markdown]", '# %% tags=["experiment"]', "#%%", "# %% [markdown] # %%")
OTHERS = ("# %%x", " # %%", "x = 1", "", "# text", '"""', "'''", "    y", "\\", "\u2028")
LINES = st.lists(
    st.sampled_from([*MARKERS, *OTHERS]),
    max_size=30,
).map("\n".join)


@given(LINES | st.text())
@settings(max_examples=300, deadline=None)
def test_joining_the_cells_gives_the_text_back(text: str) -> None:
    assert join_percent(split_percent(text)) == text


@given(LINES)
@settings(max_examples=300, deadline=None)
def test_each_cell_stands_where_its_line_says(text: str) -> None:
    lines = text.split("\n")
    cells = split_percent(text)
    for cell in cells:
        ours = cell.source.removesuffix("\n").split("\n") if cell.source else []
        assert lines[cell.line - 1 : cell.line - 1 + len(ours)] == ours
        if cell.marker:
            assert lines[cell.line - 2] == cell.marker.rstrip("\n")
    assert [cell.number for cell in cells] == list(range(1, len(cells) + 1))


@given(st.lists(st.sampled_from(["%ls", "!x", "  %y", "a=1", "(", "'''", "?h", "x?", "\\", ""])))
@settings(max_examples=300, deadline=None)
def test_neutralising_keeps_the_number_of_lines(lines: list[str]) -> None:
    text = "\n".join(lines)
    source, _ = cell_to_python(text, notebook=True)
    assert source is not None and source.count("\n") == text.count("\n")


@given(st.binary(max_size=200), st.sampled_from([".py", ".ipynb"]))
@settings(max_examples=300, deadline=None)
def test_any_bytes_are_read_or_refused(data: bytes, suffix: str) -> None:
    try:
        found = parse_submission(data, Path(f"x{suffix}"))
    except SubmissionError as error:
        assert error.hint
    else:
        assert found.cells


# ---------------------------------------------------------------------- files on disk


def test_missing_and_odd_paths_are_refused(tmp_path: Path) -> None:
    fails(tmp_path / f"{NAME}.py", "does not exist")
    (tmp_path / "file").write_text("x = 1")
    fails(tmp_path / "file" / f"{NAME}.py", "does not exist")
    fails(tmp_path / "file", "neither a .py file nor an .ipynb notebook")
    (tmp_path / "folder").mkdir()
    fails(tmp_path / "folder", f"holds no {NAME}.py and no {NAME}.ipynb")
    (tmp_path / "x.py").mkdir()
    fails(tmp_path / "x.py", "is a folder, though its name ends in .py")
    (tmp_path / "a.py").symlink_to("b.py")
    (tmp_path / "b.py").symlink_to("a.py")
    fails(tmp_path / "a.py", "lead in a circle")
    with pytest.raises(SubmissionError, match="cannot be read"):
        read_submission("nul\0.py", NAME)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_a_pipe_is_refused_without_waiting(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / f"{NAME}.py")
    fails(tmp_path / f"{NAME}.py", "not a regular file")


def test_a_file_that_is_too_large_is_refused(tmp_path: Path) -> None:
    path = tmp_path / f"{NAME}.py"
    path.write_bytes(b"#" * (MAX_BYTES + 1))
    fails(path, "larger than 5 MB")


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX permissions")
def test_a_file_without_permission_is_refused(tmp_path: Path) -> None:
    path = tmp_path / f"{NAME}.py"
    path.write_text("x = 1")
    path.chmod(0)
    if os.geteuid() != 0:
        fails(path, "permission denied")
        return
    # Root may read everything: ask as somebody else, in a process that can lose the right.
    for folder in (tmp_path, *tmp_path.parents[:-1]):
        folder.chmod(folder.stat().st_mode | stat.S_IXOTH | stat.S_IXGRP)
    code = (
        "import os, sys; from autograder.submission import read_submission\n"
        "from autograder.errors import SubmissionError\n"
        "os.setgroups([]); os.setgid(65534); os.setuid(65534)\n"
        "try: read_submission(sys.argv[1], 'assignment7')\n"
        "except SubmissionError as error: print(error, error.hint)\n"
    )
    root = Path(__file__).resolve().parent.parent
    done = subprocess.run(
        [sys.executable, "-c", code, str(path)], cwd=root, capture_output=True, text=True
    )
    assert "permission denied" in done.stdout and "chmod u+r" in done.stdout, done.stderr


def test_a_link_out_of_a_submitted_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "theirs.py").write_text("x = 1")
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / f"{NAME}.py").symlink_to(tmp_path / "theirs.py")
    with pytest.raises(SubmissionError, match="leads out of"):
        read_submission(mine, NAME)
    assert read_submission(mine / f"{NAME}.py", NAME).cells  # named by hand it is the user's word
    (mine / f"{NAME}.py").unlink()
    (mine / "real.py").write_text("y = 1")
    (mine / f"{NAME}.py").symlink_to("real.py")
    assert read_submission(mine, NAME).cells[0].source == "y = 1"


def test_a_folder_may_hold_the_assignments_folder(tmp_path: Path) -> None:
    (tmp_path / NAME).mkdir()
    (tmp_path / NAME / f"{NAME}.ipynb").write_bytes(book("x = 1"))
    found = read_submission(tmp_path, NAME)
    assert found.path == tmp_path / NAME / f"{NAME}.ipynb" and len(found.cells) == 1


# --------------------------------------------------------------- the edited one of two


def test_of_two_files_the_edited_one_is_taken(assignment: Assignment) -> None:
    script = assignment.folder / f"{NAME}.py"
    notebook = assignment.folder / f"{NAME}.ipynb"
    stub, empty_book = script.read_bytes(), notebook.read_bytes()
    assert find_submission(assignment, assignment.folder) == script, "neither: the script"
    script.write_bytes(stub.replace(b"\n", b"\r\n") + b"\r\n\r\n")
    assert find_submission(assignment, assignment.folder) == script, "newlines are no edit"
    edited = empty_book.replace(b"raise NotImplementedError", b"return 1")
    notebook.write_bytes(edited)
    assert find_submission(assignment, assignment.folder) == notebook
    assert read_submission(assignment.folder, assignment).path == notebook
    notebook.write_bytes(b"{ broken")
    with pytest.raises(SubmissionError, match="invalid JSON"):
        read_submission(assignment.folder, assignment)
    script.write_bytes(stub.replace(b"raise NotImplementedError", b"return 2"))
    with pytest.raises(SubmissionError, match="both were edited") as caught:
        find_submission(assignment, assignment.folder)
    assert caught.value.hint and str(script) in caught.value.hint
    assert str(notebook) in caught.value.hint
    notebook.write_bytes(empty_book)
    assert find_submission(assignment, assignment.folder) == script
    notebook.write_bytes(edited.replace(b"return 1", b"return 2"))
    assert find_submission(assignment, assignment.folder) == script, "the same work in both"


def test_where_a_submission_is_looked_for(
    assignment: Assignment, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = tmp_path / "desk"
    desk.mkdir()
    monkeypatch.chdir(desk)
    assert find_submission(assignment) == assignment.folder / f"{NAME}.py"
    (desk / NAME).mkdir()
    (desk / NAME / f"{NAME}.ipynb").write_bytes(book("x = 1"))
    assert find_submission(assignment) == desk / NAME / f"{NAME}.ipynb"
    (desk / f"{NAME}.py").write_text("x = 1")
    assert find_submission(assignment) == desk / f"{NAME}.py"
    assert find_submission(assignment, Path("other.zip").resolve().parent) == desk / f"{NAME}.py"
    with pytest.raises(SubmissionError, match="does not exist"):
        find_submission(assignment, desk / "nothing.py")


def test_no_submission_anywhere(
    assignment: Assignment, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in (f"{NAME}.py", f"{NAME}.ipynb"):
        (assignment.folder / name).unlink()
    with pytest.raises(SubmissionError, match=r"No assignment7\.py or") as caught:
        find_submission(assignment)
    assert "--submission" in (caught.value.hint or "")


def test_script_and_notebook_of_a_release_have_the_same_digest(assignment: Assignment) -> None:
    digests = {
        code_digest(read_submission(assignment.folder / f"{NAME}{suffix}", NAME).cells)
        for suffix in (".py", ".ipynb")
    }
    assert digests == set(assignment.released.values()) and len(digests) == 1


# -------------------------------------------------------------------------------- zips


def zipped(path: Path, members: dict[str, bytes], **attributes: int) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in members.items():
            info = zipfile.ZipInfo(name)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = attributes.get("mode", stat.S_IFREG | 0o644) << 16
            file.writestr(info, data)
    return path


@pytest.mark.parametrize(
    "names",
    [
        [f"{NAME}.py"],
        [f"{NAME}/{NAME}.py", f"__MACOSX/{NAME}/{NAME}.py", "x.txt"],
        [f"kim/{NAME}/{NAME}.py", f"kim/{NAME}/old/{NAME}.py"],
        [f"kim\\{NAME}.py"],
    ],
)
def test_a_zip_is_read_in_memory(tmp_path: Path, names: list[str]) -> None:
    members = {name: b"x = 1" if not index else b"no" for index, name in enumerate(names)}
    path = zipped(tmp_path / "work.zip", members)
    found = read_submission(path, NAME)
    assert found.cells == (Cell("x = 1", 1),)
    assert str(found.path).startswith(str(path))
    assert [entry.name for entry in tmp_path.iterdir()] == ["work.zip"], "nothing is unpacked"


def test_the_edited_file_of_a_zip_is_taken(assignment: Assignment, tmp_path: Path) -> None:
    stub = (assignment.folder / f"{NAME}.py").read_bytes()
    path = zipped(tmp_path / "a.zip", {f"{NAME}.py": stub, f"{NAME}.ipynb": book("x = 1")})
    assert read_submission(path, assignment).path.name == f"{NAME}.ipynb"
    path = zipped(tmp_path / "b.zip", {f"{NAME}.py": b"x = 2", f"{NAME}.ipynb": book("x = 1")})
    fails(path, "both were edited", assignment)


@pytest.mark.parametrize(
    ("members", "mode", "message"),
    [
        ({"other.py": b"x"}, 0, f"holds no {NAME}.py"),
        ({f"a/{NAME}.py": b"x", f"b/{NAME}.py": b"y"}, 0, "in several folders: a, b"),
        ({f"../{NAME}.py": b"x"}, 0, "leads out of the archive"),
        ({f"{NAME}.py": b"x", "..\\evil": b"x"}, 0, "leads out of the archive"),
        ({f"/{NAME}.py": b"x"}, 0, "leads out of the archive"),
        ({f"C:/{NAME}.py": b"x"}, 0, "leads out of the archive"),
        ({f"{NAME}.py": b"/etc/passwd"}, stat.S_IFLNK | 0o777, "a symbolic link"),
        ({f"{NAME}.py": b""}, stat.S_IFIFO | 0o600, "a special file"),
        ({f"{NAME}.py": b"#" * (MAX_BYTES + 1)}, 0, "larger than 5 MB"),
        ({f"{NAME}.py": b""}, 0, "is empty"),
    ],
)
def test_a_hostile_or_useless_zip_is_refused(
    tmp_path: Path, members: dict[str, bytes], mode: int, message: str
) -> None:
    path = zipped(tmp_path / "work.zip", members, mode=mode or stat.S_IFREG | 0o644)
    with pytest.raises(SubmissionError, match=message) as caught:
        read_submission(path, NAME)
    assert "work.zip" in caught.value.message and caught.value.hint


def test_zips_that_are_broken_or_too_much(tmp_path: Path) -> None:
    path = tmp_path / "work.zip"
    good = zipped(path, {f"{NAME}.py": b"x = 1" * 100}).read_bytes()
    path.write_bytes(b"no zip")
    fails(path, "broken or unusual zip")
    path.write_bytes(good[: len(good) // 2])
    fails(path, "broken or unusual zip")
    for at in range(30 + len(NAME) + 3, 60):  # damaged contents: the checksum tells
        path.write_bytes(good[:at] + bytes([good[at] ^ 0xFF]) + good[at + 1 :])
        fails(path, "broken or unusual zip")
    path.write_bytes(good.replace(b"\x08\x00", b"\x0c\x00"))
    fails(path, "unusual compression|broken or unusual zip")
    encrypted = bytearray(good)
    encrypted[6] |= 1
    encrypted[encrypted.index(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(bytes(encrypted))
    fails(path, "broken or unusual zip.*(encrypted|password)")
    zipped(path, {f"{number}.txt": b"" for number in range(archive.MAX_MEMBERS + 1)})
    fails(path, "holds 2001 files")
    path.write_bytes(b"")
    fails(path, "broken or unusual zip")


def test_a_zip_that_holds_a_name_twice_is_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "work.zip", "w") as file:
        file.writestr(f"{NAME}.py", "x = 1")
        with pytest.warns(UserWarning, match="Duplicate"):
            file.writestr(f"{NAME}.py", "x = 2")
    fails(tmp_path / "work.zip", "the same name twice")


def test_a_bomb_is_refused_by_what_it_says_and_by_what_it_is(tmp_path: Path) -> None:
    path = zipped(tmp_path / "work.zip", {f"{NAME}.py": b"#" * (50 << 20)})
    assert path.stat().st_size < 1 << 20
    fails(path, "larger than 5 MB")
    data = bytearray(path.read_bytes())
    central = data.index(b"PK\x01\x02")
    data[central + 24 : central + 28] = (100).to_bytes(4, "little")  # a lie about its size
    path.write_bytes(bytes(data))
    with pytest.raises(SubmissionError):
        read_submission(path, NAME)
    data[central + 24 : central + 28] = (900 << 20).to_bytes(4, "little")
    path.write_bytes(bytes(data))
    fails(path, "unpacks to more than 200 MB")


@given(st.binary(max_size=300), st.integers(0, 200))
@settings(max_examples=200, deadline=None)
def test_any_damage_to_a_zip_is_read_or_refused(noise: bytes, at: int) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr(f"{NAME}.py", "x = 1\n" * 20)
    data = bytearray(buffer.getvalue())
    data[at : at + len(noise)] = noise
    try:
        found = archive.read_members(bytes(data), Path("x.zip"), [f"{NAME}.py"], 1000)
    except SubmissionError as error:
        assert error.hint
    else:
        assert list(found) == [f"{NAME}.py"]


# ------------------------------------------------------------------------------- names


def test_names_that_cells_define() -> None:
    cells = [
        Cell("import numpy as np\nfrom os import path\nimport a.b\ndef f():\n    inner = 1\n", 1),
        Cell("class C:\n    attribute = 1\nx, (y, *z) = 1, (2, 3)\nif x:\n    w = 1\n", 1),
        Cell("for i in x:\n    v = [k for k in i]\nwith x as u: pass\ng = lambda q: q\n", 1),
        Cell("def broken(:\n    pass\nclass Also Broken\n", 1),
        Cell("from os import *\n", 1),
    ]
    found = defined_names(cells)
    assert found == (
        *("np", "path", "a", "f", "C", "x", "y", "z", "w", "i", "v", "u", "g"),
        *("broken", "Also"),
    )
