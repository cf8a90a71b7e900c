"""What is accepted after the call sends at once, even from a socket bound as Streamlit binds its own."""

from __future__ import annotations

import socket
import sys

import pytest

from cockpit.service.nodelay import send_small_messages_at_once


@pytest.mark.skipif(sys.platform != "linux", reason="inheritance of the option is the kernel's")
def test_accepted_sockets_send_small_messages_at_once() -> None:
    with socket.socket(family=socket.AF_INET) as listener:  # No protocol named: what keeps asyncio from setting it.
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        assert send_small_messages_at_once() >= 1
        with socket.create_connection(listener.getsockname()) as client, listener.accept()[0] as accepted:
            assert accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
            assert client.fileno() > 0
        assert listener.fileno() > 0


def test_leaves_other_sockets_alone() -> None:
    left, right = socket.socketpair()
    with left, right:
        send_small_messages_at_once()
        left.sendall(b"still open")
        assert right.recv(10) == b"still open"
