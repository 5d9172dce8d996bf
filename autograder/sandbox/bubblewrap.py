"""bubblewrap: the zygote inside its own namespaces, where the rest of the machine does not exist.

Depth behind Landlock and seccomp, and not a replacement: the kernel's own
process ids, network, mounts and hostname are out of sight. A namespace must be
entered before the program starts, so it is the zygote that runs inside, and
its workers with it.

It is often missing (not installed, no user namespaces in a container,
AppArmor); the launcher then goes on without and says so.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

from autograder.sandbox import visible

#: A root zygote needs these to turn its workers into nobody, and to end them.
ROOT_CAPABILITIES = (
    "CAP_SETUID",
    "CAP_SETGID",
    "CAP_SETPCAP",
    "CAP_KILL",
    "CAP_DAC_READ_SEARCH",
)


def find() -> str | None:
    """The bwrap program, or None."""
    return shutil.which("bwrap") if sys.platform == "linux" else None


def prefix(
    program: str,
    python: str,
    numpy_parent: str,
    extra: Iterable[str],
    variables: Mapping[str, str],
    info: int,
) -> list[str]:
    """The command line to put before the interpreter's.

    Args:
        program: the bwrap executable
        python: the interpreter, its symbolic links resolved
        numpy_parent: the folder that contains numpy
        extra: more folders or files to show: the engine, for the zygote's imports
        variables: the whole environment inside
        info: a descriptor to which bwrap writes {"child-pid": its first process inside}
    """
    command = [program, "--unshare-ipc", "--unshare-pid", "--unshare-net", "--unshare-uts"]
    command += ["--unshare-cgroup-try", "--hostname", "sandbox", "--clearenv"]
    command += ["--info-fd", str(info)]
    for name, value in variables.items():
        command += ["--setenv", name, value]
    if os.geteuid() == 0:
        # No user namespace: it would hold the one id 0, and the workers shall be another.
        command += ["--cap-drop", "ALL"]
        for capability in ROOT_CAPABILITIES:
            command += ["--cap-add", capability]
    else:
        command += ["--unshare-user"]
    command += ["--proc", "/proc", "--dev", "/dev", "--tmpfs", "/tmp"]

    for path in visible.shared_libraries():
        command += ["--ro-bind", path, path]
    command += _loader()
    for folder in visible.standard_library():
        command += ["--ro-bind", folder, folder]
        for name in sorted(visible.INSTALLED):
            if (Path(folder) / name).is_dir():  # hide it; numpy may come back below
                command += ["--tmpfs", f"{folder}/{name}"]
    for path in [python, *visible.numpy_folders(numpy_parent), *extra, *visible.SYSTEM_FILES]:
        if not path.startswith("/dev/"):
            command += ["--ro-bind-try", path, path]
    return [*command, "--remount-ro", "/", "--chdir", "/", "--"]


def _loader() -> list[str]:
    """Show /lib64/ld-linux-*.so, which every program names and which is often a link."""
    command = []
    for folder in (Path("/lib"), Path("/lib64"), Path("/usr/lib64")):
        if folder.is_symlink():  # into /usr, on most systems
            command += ["--symlink", str(folder.readlink()), str(folder)]
            continue
        for path in sorted(folder.glob("ld-*")):
            if path.is_symlink():
                command += ["--symlink", str(path.readlink()), str(path)]
            else:
                command += ["--ro-bind", str(path), str(path)]
    return command
