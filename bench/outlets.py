"""Outlets that cost next to nothing: answers made beforehand, served on loopback by another process."""

from __future__ import annotations

import asyncio
import gzip
import json
import socket
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from bench.material import find_pages

HOSTS = 8  # each is asked one thing at a time, as politeness wants: so many answers are under way
FEEDS = 4  # of each outlet; one feed of the catalogue holds at most 300 entries


@dataclass(frozen=True, slots=True)
class Place:
    """Running outlets: where they listen, and every address they have."""

    hosts: tuple[str, ...]
    feeds: tuple[str, ...]
    pages: tuple[str, ...]


class Outlet(asyncio.Protocol):
    """One connection; all of them share the answers."""

    def __init__(self, answers: dict[bytes, bytes]) -> None:
        """`answers` are whole HTTP answers by path."""
        self.answers = answers
        self.rest = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Remember where to write."""
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport

    def data_received(self, data: bytes) -> None:
        """Answer every whole request."""
        *whole, self.rest = (self.rest + data).split(b"\r\n\r\n")
        for request in whole:
            path = request.split(b" ", 2)[1]
            self.transport.write(self.answers.get(path, _MISSING))


_MISSING = b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"


@contextmanager
def start_outlets(pages: int) -> Iterator[Place]:
    """Serve `pages` different pages, shared out among the outlets, and their feeds."""
    command = [sys.executable, "-m", "bench.outlets", str(pages)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as server:
        assert server.stdout is not None
        assert server.stdin is not None
        told = json.loads(server.stdout.readline())
        try:
            yield Place(*(tuple(told[name]) for name in ("hosts", "feeds", "pages")))
        finally:
            server.stdin.close()  # the sign to end


def make_answers(host: str, numbers: Sequence[int]) -> dict[bytes, bytes]:
    """An outlet's answers by path: its pages and the feeds that name them."""
    material = [body for _, body in find_pages()]
    answers = {}
    for number in numbers:
        body = _made_unique(material[number % len(material)], number)
        answers[f"/{number}.html".encode()] = _answer("text/html; charset=utf-8", body)
    for feed in range(FEEDS):
        answers[f"/{feed}.rss".encode()] = _answer("application/rss+xml", _feed(host, numbers[feed::FEEDS]))
    return answers


def _made_unique(page: bytes, number: int) -> bytes:
    """The same page under another address is another article: it must not say whose copy it is."""
    page = page.replace(b"canonical", b"beside").replace(b"og:url", b"og:beside")
    return page + f"<!-- {number} -->".encode()


def _answer(content_type: str, body: bytes) -> bytes:
    packed = gzip.compress(body, compresslevel=6, mtime=0)
    head = f"HTTP/1.1 200 OK\r\nContent-Type: {content_type}\r\nContent-Encoding: gzip\r\n"
    return f"{head}Content-Length: {len(packed)}\r\n\r\n".encode() + packed


def _feed(host: str, numbers: Sequence[int]) -> bytes:
    items = "".join(
        f"<item><title>Tin {n}</title><link>http://{host}/{n}.html</link><guid>{n}</guid>"
        "<pubDate>Sun, 22 Nov 2026 08:00:00 +0700</pubDate></item>"
        for n in numbers
    )
    return f'<rss version="2.0"><channel><title>Báo Tập</title>{items}</channel></rss>'.encode()


async def serve(pages: int) -> None:
    """Listen, say where, and go on until standard input is closed."""
    loop = asyncio.get_running_loop()
    told: dict[str, list[str]] = {"hosts": [], "feeds": [], "pages": []}
    for at in range(HOSTS):
        listening = socket.create_server((f"127.0.2.{at + 1}", 0), backlog=64)
        host = "{}:{}".format(*listening.getsockname())
        numbers = range(at, pages, HOSTS)
        answers = make_answers(host, numbers)
        await loop.create_server(lambda answers=answers: Outlet(answers), sock=listening)  # type: ignore[misc]
        told["hosts"].append(host)
        told["feeds"] += [f"http://{host}/{feed}.rss" for feed in range(FEEDS)]
        told["pages"] += [f"http://{host}/{number}.html" for number in numbers]
    print(json.dumps(told), flush=True)
    await asyncio.to_thread(sys.stdin.read)


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1])))
