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
    environment: Mapping[str, str],
) -> list[str]:
    """The command line to put before the interpreter's.

    Args:
        program: the bwrap executable
        python: the interpreter, its symbolic links resolved
        numpy_parent: the folder that contains numpy
        extra: more folders or files to show: the engine, for the zygote's imports
        environment: all variables inside
    """
    command = [program, "--unshare-ipc", "--unshare-pid", "--unshare-net", "--unshare-uts"]
    command += ["--unshare-cgroup-try", "--hostname", "sandbox", "--clearenv"]
    for name, value in environment.items():
        command += ["--setenv", name, value]
    if os.geteuid() == 0:
        # No user namespace: it would hold the one id 0, and the workers shall be another.
        command += ["--cap-drop", "ALL"]
        for capability in ROOT_CAPABILITIES:
            command += ["--cap-add", capability]
    else:
        command += ["--unshare-user"]
    command += ["--proc", "/proc", "--dev", "/dev", "--tmpfs", "/tmp"]

    for folder in ("/lib", "/lib64"):  # links into /usr on most systems; the loader lives there
        if os.path.islink(folder):
            command += ["--symlink", os.readlink(folder), folder]
    for path in visible.shared_libraries():
        command += ["--ro-bind", path, path]
    command += _loader()
    for folder in visible.standard_library():
        command += ["--ro-bind", folder, folder]
        for name in sorted(visible.INSTALLED):
            if os.path.isdir(os.path.join(folder, name)):  # hide it; numpy may come back below
                command += ["--tmpfs", os.path.join(folder, name)]
    shown = [python, *visible.numpy_folders(numpy_parent), *extra, *visible.SYSTEM_FILES]
    for path in shown:
        if not path.startswith("/dev/"):
            command += ["--ro-bind-try", path, path]
    return [*command, "--remount-ro", "/", "--chdir", "/", "--"]


def _loader() -> list[str]:
    """Show /lib64/ld-linux-*.so, which every program names and which is often a link."""
    command = []
    for folder in ("/lib64", "/usr/lib64"):
        if not os.path.isdir(folder) or os.path.islink(folder):
            continue
        for name in sorted(os.listdir(folder)):
            path = os.path.join(folder, name)
            if name.startswith("ld-") and os.path.islink(path):
                command += ["--symlink", os.readlink(path), path]
            elif name.startswith("ld-"):
                command += ["--ro-bind", path, path]
    return command
