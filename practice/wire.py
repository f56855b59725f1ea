"""Trouble below the page: heads that never end, chunks that are none, answers that are no HTTP at all."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from threading import Event

from practice.replies import Reply

_PAGE = "<!DOCTYPE html><title>Trang tập</title><p>Báo tập – nội dung hư cấu".encode()
_PAUSE = 0.02  # seconds between pieces of what never ends
_ENDLESS = 3000  # pieces; that is a minute, and nobody waits longer for a practice press

_Wire = Callable[[Mapping[str, str], Event], Reply]


def _endless_head(stopping: Event) -> Iterator[bytes]:
    yield b"HTTP/1.1 200 OK\r\n"
    for number in range(_ENDLESS):
        if stopping.wait(_PAUSE):
            return
        yield f"X-Dong-{number}: bao tap\r\n".encode()


def _endless_waiting(stopping: Event) -> Iterator[bytes]:
    for _ in range(_ENDLESS):
        if stopping.wait(_PAUSE):
            return
        yield b"HTTP/1.1 102 Processing\r\n\r\n"


def _head_flood(_: Event) -> Iterator[bytes]:
    yield b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
    for number in range(2000):
        yield f"X-Lu-{number}: {'x' * 2000}\r\n".encode()
    yield b"\r\n" + _PAGE


def _long_line(_: Event) -> Iterator[bytes]:
    yield b"HTTP/1.1 200 OK\r\nX-Dai: " + b"x" * 200_000 + b"\r\n\r\n" + _PAGE


def _bad_chunks(_: Event) -> Iterator[bytes]:
    yield b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n"
    yield b"muoi\r\n" + _PAGE + b"\r\n-5\r\n\r\n"


def _bare(_: Event) -> Iterator[bytes]:
    """HTTP/0.9: a body and nothing else."""
    yield _PAGE


def _no_http(_: Event) -> Iterator[bytes]:
    yield b"SSH-2.0-BaoTap\r\n" + bytes(range(256))


def _silence(_: Event) -> Iterator[bytes]:
    """The connection is closed without a word."""
    yield b""


def _two_lengths(_: Event) -> Iterator[bytes]:
    yield b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 10\r\nContent-Length: 20\r\n\r\n"
    yield _PAGE


def _raw(pieces: Callable[[Event], Iterator[bytes]]) -> _Wire:
    return lambda _, stopping: Reply(200, body=pieces(stopping), raw=True)


WIRE: Mapping[str, _Wire] = {
    "endless-head": _raw(_endless_head),
    "endless-102": _raw(_endless_waiting),
    "head-flood": _raw(_head_flood),
    "long-line": _raw(_long_line),
    "bad-chunks": _raw(_bad_chunks),
    "http-0.9": _raw(_bare),
    "no-http": _raw(_no_http),
    "silence": _raw(_silence),
    "two-lengths": _raw(_two_lengths),
}
