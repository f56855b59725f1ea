"""The only way out that the browser has: a forwarder that connects to public addresses and to nothing else.

Chromium looks names up itself and follows redirects unseen, so that a look at its requests is not enough.
Here each connection's name is looked up and checked once, and that very address is connected to.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import socket
from collections.abc import Collection
from urllib.parse import urlsplit

from crawler.wire.guard import find_fault, is_public

HEAD_BYTES = 64 * 1024  # of one request's head
_IDLE = 30.0  # seconds without a byte, after which a connection is closed
_PIECE = 64 * 1024

_log = logging.getLogger(__name__)


class RefusedError(Exception):
    """A connection that is not made; the message says why."""


class GuardingProxy:
    """An HTTP proxy on loopback for one browser.

    Args:
        allow_private: exact "host:port" that may be private.
        max_bytes: that one connection may bring; then it is cut.

    """

    def __init__(self, allow_private: Collection[str], *, max_bytes: int) -> None:
        self._allow_private = frozenset(allow_private)
        self._max_bytes = max_bytes
        self._server: asyncio.Server | None = None
        self.refused: list[str] = []  # why, one for each connection that was not made

    async def start(self) -> int:
        """Listen on a free port of loopback; gives the port."""
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0, limit=HEAD_BYTES)
        return int(self._server.sockets[0].getsockname()[1])

    async def close(self) -> None:
        """Take no more connections, and cut those that are open."""
        if self._server is not None:
            self._server.close()
            if hasattr(self._server, "close_clients"):  # Python 3.13; before, they end with the browser
                self._server.close_clients()
            self._server = None

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            async with asyncio.timeout(_IDLE):
                head = await reader.readuntil(b"\r\n\r\n")
            await self._forward(head, reader, writer)
        except RefusedError as error:
            self.refused.append(str(error))
            _log.info("browser: %s", error)
            writer.write(b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
        except (OSError, ValueError, asyncio.IncompleteReadError, asyncio.LimitOverrunError, TimeoutError):
            # ValueError: a host that is no name, a length of thousands of digits
            writer.write(b"HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
        finally:
            with contextlib.suppress(OSError):
                await writer.drain()
            writer.close()

    async def _forward(self, head: bytes, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        line, _, rest = head.partition(b"\r\n")
        method, _, target = line.decode("latin-1").rpartition(" ")[0].partition(" ")
        if method == "CONNECT":
            outside = await self._connect(f"https://{target}/")
            writer.write(b"HTTP/1.1 200 Connection established\r\n\r\n")
            await self._both_ways(reader, writer, *outside)
        else:
            outside = await self._connect(target)
            outside[1].write(_plain_head(method, target, rest))
            await self._once(reader, writer, *outside, length=_length(rest))

    async def _connect(self, url: str) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        """Connect to the host of an address, if it is public; to the address that was looked at.

        Raises:
            RefusedError: when it is not.

        """
        fault = find_fault(url, self._allow_private)
        if fault:
            raise RefusedError(fault)
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port or (443 if parts.scheme == "https" else 80)
        found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
        allowed = f"{host}:{port}" in self._allow_private
        public = [str(place[4][0]) for place in found if allowed or is_public(str(place[4][0]))]
        if not public:
            raise RefusedError(f"{host} leads to a private address only")
        async with asyncio.timeout(_IDLE):
            return await asyncio.open_connection(public[0], port)

    async def _both_ways(
        self,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
        outside_reader: asyncio.StreamReader,
        outside_writer: asyncio.StreamWriter,
    ) -> None:
        async with asyncio.TaskGroup() as ways:
            ways.create_task(_pour(reader, outside_writer, self._max_bytes))
            ways.create_task(_pour(outside_reader, writer, self._max_bytes))

    async def _once(
        self,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
        outside_reader: asyncio.StreamReader,
        outside_writer: asyncio.StreamWriter,
        *,
        length: int,
    ) -> None:
        """One request, one answer: what follows on this connection may be meant for another host."""
        if length:
            outside_writer.write(await reader.readexactly(min(length, self._max_bytes)))
        await outside_writer.drain()
        await _pour(outside_reader, writer, self._max_bytes)
        outside_writer.close()


async def _pour(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, most: int) -> None:
    """Hand on what comes until it ends, is too much or is silent for too long; then close."""
    try:
        while most > 0:
            async with asyncio.timeout(_IDLE):
                piece = await reader.read(_PIECE)
            if not piece:
                break
            most -= len(piece)
            writer.write(piece)
            await writer.drain()
    except (OSError, TimeoutError):
        return  # the other side is told by the close below
    finally:
        writer.close()


def _plain_head(method: str, target: str, rest: bytes) -> bytes:
    """The head of a request as the outlet's server gets it: no word of a proxy, one answer a connection."""
    parts = urlsplit(target)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    kept = [
        line
        for line in rest.rstrip(b"\r\n").split(b"\r\n")
        if not line.lower().startswith((b"proxy-", b"connection:", b"upgrade:"))
    ]
    first = f"{method} {path} HTTP/1.1".encode("latin-1")
    return b"\r\n".join([first, *kept, b"Connection: close", b"", b""])


def _length(rest: bytes) -> int:
    for line in rest.split(b"\r\n"):
        name, _, value = line.partition(b":")
        if name.strip().lower() == b"content-length" and value.strip().isdigit():
            return int(value)
    return 0
