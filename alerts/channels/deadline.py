"""A limit for the whole of a talk: limits for each answer alone let a slow server hold us for hours."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress


@contextmanager
def within(seconds: float, find_socket: Callable[[], socket.socket | None]) -> Iterator[None]:
    """Cut the connection after `seconds`, so that whoever waits on it gets an error.

    `find_socket` is asked at that moment: a connection may be made, or wrapped in TLS, meanwhile.
    """
    timer = threading.Timer(seconds, lambda: _cut(find_socket()))
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _cut(connection: socket.socket | None) -> None:
    if connection is not None:
        with suppress(OSError):  # it has ended by itself
            connection.shutdown(socket.SHUT_RDWR)
