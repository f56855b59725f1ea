"""The practice press as a running server: ten loopback addresses, one port, a log of requests."""

from __future__ import annotations

import errno
import selectors
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cached_property
from threading import Event, Lock, Thread

from practice.answers import load_answers
from practice.connections import OutletServer
from practice.newsroom import Newsroom
from practice.outlets import addresses, load_outlets, sources_yaml_of
from practice.replies import Asked, Reply
from practice.site import answer
from practice.stories import load_edition
from practice.values import Answers, Edition, LoggedRequest, Outlet

_TRIES = 50  # a free port on one address is nearly always free on the other nine


class PressError(RuntimeError):
    """The practice press cannot start: the message says where and what to do."""


class Press:
    """A running practice press. Made by `start_press`; its parts may be used from any thread."""

    def __init__(self, port: int, now: datetime) -> None:
        self.edition: Edition = load_edition(now)
        self.stopping = Event()
        self.newsroom = Newsroom(self.edition)
        self._log: list[LoggedRequest] = []
        self._lock = Lock()
        self._servers = _bind_all(self, port)
        self.port = self._servers[0].place[1]
        self.outlets: tuple[Outlet, ...] = load_outlets(self.port)
        self._by_address = {outlet.host.partition(":")[0]: outlet for outlet in self.outlets}
        self._wake, self._woken = socket.socketpair()
        self._thread = Thread(target=self._accept, name="practice-press")
        self._thread.start()

    @property
    def base_urls(self) -> dict[str, str]:
        """Outlet id -> address of its home page."""
        return {outlet.id: outlet.base_url for outlet in self.outlets}

    @property
    def requests(self) -> tuple[LoggedRequest, ...]:
        """Every answered request, in order of their starts."""
        with self._lock:
            return tuple(sorted(self._log, key=lambda request: request.started))

    @cached_property
    def answers(self) -> Answers:
        """The answer sheet."""
        return load_answers()

    def outlet(self, outlet_id: str) -> Outlet:
        """The outlet with this id. Raises KeyError when there is none."""
        for outlet in self.outlets:
            if outlet.id == outlet_id:
                return outlet
        raise KeyError(f"the practice press has no outlet {outlet_id!r}")

    def url_of(self, article_key: str) -> str:
        """The canonical address of an article. Raises KeyError when there is none."""
        article = self.edition.find(article_key)
        return self.outlet(article.outlet).base_url + article.path

    def sources_yaml(self) -> str:
        """A sources.yaml that names the ten outlets."""
        return sources_yaml_of(self.outlets)

    def allow_private(self) -> str:
        """`127.0.1.1:PORT,127.0.1.2:PORT,…`: what DIEMBAO_ALLOW_PRIVATE needs to be."""
        return ",".join(outlet.host for outlet in self.outlets)

    def edit(self, article_key: str, text: str) -> None:
        """Change a text silently (paragraphs parted by an empty line). KeyError: no such article."""
        self.newsroom.edit(article_key, text)

    def withdraw(self, article_key: str) -> None:
        """Take an article down (410, out of feeds and home page). KeyError: no such article."""
        self.newsroom.withdraw(article_key)

    def restore(self, article_key: str) -> None:
        """Put an article back that was taken down. KeyError: no such article."""
        self.newsroom.restore(article_key)

    def answer(self, address: str, asked: Asked) -> Reply:
        """The reply of the outlet that listens on a loopback address."""
        return answer(asked, self._by_address[address], self.newsroom, stopping=self.stopping)

    def record(self, request: LoggedRequest) -> None:
        """Add a request to the log."""
        with self._lock:
            self._log.append(request)

    def stop(self) -> None:
        """Stop listening, end every wait, close every connection, join every thread."""
        self.stopping.set()
        self._wake.send(b".")
        self._thread.join()
        for server in self._servers:
            server.close_connections()
            server.server_close()
        self._wake.close()
        self._woken.close()

    def _accept(self) -> None:
        with selectors.DefaultSelector() as selector:
            selector.register(self._woken, selectors.EVENT_READ)
            for server in self._servers:
                selector.register(server, selectors.EVENT_READ, server)
            while not self.stopping.is_set():
                for key, _ in selector.select():
                    if key.data is not None:
                        key.data.handle_request()


@contextmanager
def start_press(port: int = 0, *, now: datetime | None = None) -> Iterator[Press]:
    """A running press on 127.0.1.1 … 127.0.1.10; port 0 picks one that is free on all of them.

    `now` (aware) is the end of the fortnight the articles span, the start time by default; the same `now`
    gives the same pages. Raises PressError when the port is taken or an address cannot be had.
    """
    press = Press(port, now or datetime.now(UTC))
    try:
        yield press
    finally:
        press.stop()


def _bind_all(press: Press, port: int) -> list[OutletServer]:
    for _ in range(_TRIES if port == 0 else 1):
        servers: list[OutletServer] = []
        try:
            for address in addresses():
                chosen = servers[0].place[1] if servers else port
                servers.append(OutletServer((address, chosen), answer=press.answer, record=press.record))
        except OSError as error:
            for server in servers:
                server.server_close()
            _refuse(error, address, chosen, asked=port)
        else:
            return servers
    raise PressError(f"no port is free on all of {addresses()[0]} … {addresses()[-1]}: name one with --port")


def _refuse(error: OSError, address: str, port: int, *, asked: int) -> None:
    if asked == 0 and error.errno == errno.EADDRINUSE:
        return  # another try picks another port
    raise PressError(
        f"the practice press cannot listen on {address}:{port} ({error.strerror}): "
        "stop what listens there, or choose another port with --port"
    ) from error
