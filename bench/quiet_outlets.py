"""Outlets whose feeds have not changed, served on loopback by another process; they count what they send.

Robots.txt and 304 as a careful outlet answers; `/count` gives feeds asked and bodies sent, as JSON.
"""

from __future__ import annotations

import asyncio
import json
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from urllib.request import urlopen

HOSTS = 60
ENTRIES = 10  # of each feed; all of an outlet fit into one run


@dataclass(frozen=True, slots=True)
class QuietPress:
    """Running outlets: "host:port" of each, and every feed's address."""

    hosts: tuple[str, ...]
    feeds: tuple[str, ...]

    def count(self) -> tuple[int, int]:
        """Feeds answered and bodies sent so far."""
        with urlopen(f"http://{self.hosts[0]}/count") as answer:
            asked, bodies = json.load(answer)
        return int(asked), int(bodies)


@contextmanager
def start_quiet_outlets(feeds: int) -> Iterator[QuietPress]:
    """Serve so many feeds, shared out among the outlets."""
    command = [sys.executable, "-m", "bench.quiet_outlets", str(feeds)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as server:
        assert server.stdout is not None
        assert server.stdin is not None
        told = json.loads(server.stdout.readline())
        try:
            yield QuietPress(tuple(told["hosts"]), tuple(told["feeds"]))
        finally:
            server.stdin.close()  # the sign to end


class _Counter:
    """What all outlets have answered together."""

    def __init__(self) -> None:
        self.asked = self.bodies = 0


class _Outlet(asyncio.Protocol):
    """One connection to one outlet."""

    def __init__(self, host: str, counter: _Counter) -> None:
        self.host = host
        self.counter = counter
        self.rest = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Remember where to write."""
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport

    def data_received(self, data: bytes) -> None:
        """Answer every whole request."""
        *whole, self.rest = (self.rest + data).split(b"\r\n\r\n")
        for request in whole:
            self.transport.write(self._answer(request))

    def _answer(self, request: bytes) -> bytes:
        path = request.split(b" ", 2)[1].decode()
        if path == "/count":
            return _whole(json.dumps([self.counter.asked, self.counter.bodies]).encode())
        if path == "/robots.txt":
            return _whole(b"User-agent: *\nDisallow: /noi-bo/\n")
        self.counter.asked += 1
        body = _feed(self.host, path)
        etag = f'"{sha256(body).hexdigest()[:16]}"'.encode()
        if etag in request:
            return b"HTTP/1.1 304 Not Modified\r\nETag: " + etag + b"\r\n\r\n"
        self.counter.bodies += 1
        return _whole(body, b"ETag: " + etag + b"\r\n")


def _whole(body: bytes, headers: bytes = b"") -> bytes:
    return b"HTTP/1.1 200 OK\r\n%sContent-Length: %d\r\n\r\n%s" % (headers, len(body), body)


def _feed(host: str, path: str) -> bytes:
    items = "".join(
        f"<item><title>Tin {n}</title><link>http://{host}/noi-bo{path}/{n}.html</link></item>"
        for n in range(ENTRIES)
    )
    return f'<rss version="2.0"><channel><title>Báo Tập</title>{items}</channel></rss>'.encode()


async def serve(feeds: int) -> None:
    """Listen, say where, and go on until standard input is closed."""
    loop, counter = asyncio.get_running_loop(), _Counter()
    hosts = []
    for at in range(HOSTS):
        listening = socket.create_server((f"127.0.3.{at + 1}", 0), backlog=64)
        host = "{}:{}".format(*listening.getsockname())
        await loop.create_server(lambda host=host: _Outlet(host, counter), sock=listening)  # type: ignore[misc]
        hosts.append(host)
    addresses = [f"http://{hosts[number % HOSTS]}/{number}.rss" for number in range(feeds)]
    sys.stdout.write(json.dumps({"hosts": hosts, "feeds": addresses}) + "\n")
    sys.stdout.flush()
    await asyncio.to_thread(sys.stdin.read)


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1])))
