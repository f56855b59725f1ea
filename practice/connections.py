"""The sockets of one outlet: reads requests, writes replies, tells each finished request to the log."""

from __future__ import annotations

import socket
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler
from socketserver import TCPServer, ThreadingMixIn
from threading import Lock
from typing import Any
from urllib.parse import urlsplit

from practice.replies import Asked, Reply
from practice.values import LoggedRequest

_NO_BODY = frozenset({204, 304})


class OutletServer(ThreadingMixIn, TCPServer):
    """One outlet's listening socket; each connection has a thread, all of which end with `server_close`."""

    allow_reuse_address = True
    daemon_threads = False
    block_on_close = True
    request_queue_size = 64
    timeout = 0  # handle_request is called only when somebody waits

    def __init__(
        self,
        place: tuple[str, int],
        *,
        answer: Callable[[str, Asked], Reply],
        record: Callable[[LoggedRequest], None],
    ) -> None:
        """Listen on `place`; `answer` gets the address asked and the request. OSError: it is taken."""
        self.answer = answer
        self.record = record
        self._open: set[socket.socket] = set()
        self._lock = Lock()
        super().__init__(place, _Handler)

    @property
    def place(self) -> tuple[str, int]:
        """The address and the port it listens on."""
        return str(self.server_address[0]), int(self.server_address[1])

    def process_request(self, request: Any, client_address: Any) -> None:
        """Remember the connection, then serve it in a thread of its own."""
        with self._lock:
            self._open.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        """Forget the connection and close it."""
        with self._lock:
            self._open.discard(request)
        super().shutdown_request(request)

    def close_connections(self) -> None:
        """End what clients keep open, so that no thread waits for them."""
        with self._lock:
            for connection in self._open:
                try:
                    connection.shutdown(socket.SHUT_RDWR)
                except OSError:
                    continue  # the client was faster

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that hangs up is everyday; a fault of ours is shown with its traceback."""
        if not isinstance(sys.exc_info()[1], OSError):
            super().handle_error(request, client_address)


class _Handler(BaseHTTPRequestHandler):
    """Serves one connection, request by request."""

    protocol_version = "HTTP/1.1"
    server_version = "PracticePress"
    sys_version = ""
    disable_nagle_algorithm = True
    wbufsize = 65536
    server: OutletServer

    def do_GET(self) -> None:
        """Answer a GET, HEAD or anything else (the site refuses the rest)."""
        started, at = time.monotonic(), datetime.now(UTC)
        address, port = self.server.place
        parts = urlsplit(self.path)
        headers = tuple((name.lower(), value) for name, value in self.headers.items())
        reply = self.server.answer(address, Asked(self.command, parts.path, parts.query, dict(headers)))

        def log() -> None:
            ended, host = time.monotonic(), f"{address}:{port}"
            self.server.record(
                LoggedRequest(at, started, ended, host, self.command, self.path, headers, reply.status)
            )

        # a whole page is logged before it is sent, so that whoever has it finds it in the log
        whole = isinstance(reply.body, bytes)
        if whole:
            log()
        try:
            self._write(reply)
        except OSError:
            self.close_connection = True  # the client went away: its right, and logged all the same
        if not whole:
            log()

    do_HEAD = do_POST = do_PUT = do_DELETE = do_GET  # noqa: N815 (http.server looks for these names)

    def _write(self, reply: Reply) -> None:
        silent = not reply.raw and (self.command == "HEAD" or reply.status in _NO_BODY)
        if reply.raw:
            self.close_connection = True
        else:
            self._write_head(reply)
        if not silent:
            for piece in [reply.body] if isinstance(reply.body, bytes) else reply.body:
                self.wfile.write(piece)
                if not isinstance(reply.body, bytes):
                    self.wfile.flush()
        self.wfile.flush()

    def _write_head(self, reply: Reply) -> None:
        streamed = not isinstance(reply.body, bytes)
        length = len(reply.body) if isinstance(reply.body, bytes) else reply.promised
        self.send_response(reply.status)
        self.send_header("Content-Type", reply.content_type)
        for name, value in reply.headers:
            self.send_header(name, value)
        if length >= 0 and reply.status not in _NO_BODY:
            self.send_header("Content-Length", str(length))
        if streamed or self.command not in {"GET", "HEAD"}:
            self.send_header("Connection", "close")  # its end is the end of the connection
        self.end_headers()

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 (the name is http.server's)
        """Say nothing on the terminal: `Press.requests` is the log."""
