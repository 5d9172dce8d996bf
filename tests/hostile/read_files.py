"""Read the hidden checks, the engine, installed packages and the system, in many ways."""

# ruff: noqa (written as an attacker would)

import ctypes
import glob
import importlib.machinery
import linecache
import mmap
import os
import pathlib
import shutil

import numpy as np


def by_libc(path):
    libc = ctypes.CDLL(None, use_errno=True)
    fd = libc.open(path.encode(), 0)
    if fd < 0:
        raise OSError
    return os.read(fd, 10)


def by_mmap(path):
    with open(path, "rb") as file, mmap.mmap(file.fileno(), 0, prot=mmap.PROT_READ) as view:
        return view[:10]


def by_o_path(path):
    folder = os.open(os.path.dirname(path), os.O_PATH)
    return os.read(os.open(os.path.basename(path), os.O_RDONLY, dir_fd=folder), 10)


WAYS = {
    "open": lambda path: open(path).read(),
    "os.open": lambda path: os.read(os.open(path, os.O_RDONLY), 10),
    "pathlib": lambda path: pathlib.Path(path).read_text(),
    "fromfile": lambda path: np.fromfile(path, np.uint8),
    "genfromtxt": lambda path: np.genfromtxt(path, dtype=str),
    "memmap": lambda path: np.memmap(path, mode="r")[:10].tobytes(),
    "loader": lambda path: importlib.machinery.SourceFileLoader("x", path).get_data(path),
    "linecache": lambda path: linecache.getline(path, 1),
    "mmap": by_mmap,
    "libc": by_libc,
    "O_PATH": by_o_path,
    "dots": lambda path: open(
        os.path.dirname(os.__file__) + "/../../../../../../../.." + path
    ).read(),
    "proc root": lambda path: open("/proc/self/root" + path).read(),
    "sendfile": lambda path: shutil.copyfile(path, "/dev/null"),
}


def attack(ctx):
    achieved = []
    for path in (ctx["secret"], ctx["engine"], ctx["pytest"], "/etc/passwd", "/etc/shadow"):
        for name, way in WAYS.items():
            try:
                if way(path):
                    achieved.append(f"{path} by {name}")
            except (OSError, ValueError):
                pass
    for folder in {
        "/",
        "/tmp",
        "/etc",
        "/root",
        "/home",
        "/proc",
        "/usr/lib",
        os.path.dirname(ctx["secret"]),
        os.path.dirname(os.path.dirname(ctx["pytest"])),
        os.path.dirname(ctx["engine"]),
    }:
        for name, way in (
            ("listdir", os.listdir),
            ("scandir", lambda f: list(os.scandir(f))),
            ("glob", lambda f: glob.glob(f + "/*")),
        ):
            try:
                if way(folder):
                    achieved.append(f"{folder} by {name}")
            except OSError:
                pass
    return achieved
