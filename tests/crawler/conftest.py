"""For the crawler's tests: sources, a store on disk, pages, and a small outlet that can misbehave."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from crawler.run import CollectReport
from crawler.run import collect as collect_all
from crawler.settings import CrawlSettings
from store.archive import Archive
from store.database import Sessions, make_sessions, open_engine, upgrade
from store.types import Feed, Scope, Source

NOW = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
LONG = "Ủy ban nhân dân tỉnh Gia Lai họp báo thường kỳ về tiến độ đường cao tốc Quy Nhơn – Pleiku. "


TRULY_STARTED = {"test_apart", "test_browser", "test_kill", "test_pool", "test_soak"}  # they test the process


@pytest.fixture(scope="module", autouse=True)
def started_quickly(request: pytest.FixtureRequest) -> None:
    """A process that has imported everything is forked, in all files but those about starting and ending."""
    if request.path.stem not in TRULY_STARTED:
        request.getfixturevalue("quick_processes")


@pytest.fixture
def now() -> datetime:
    return NOW


@pytest.fixture
def make_source() -> Callable[..., Source]:
    """A source; `feeds` may be addresses or Feed values."""

    def make(*feeds: str | Feed, **values: Any) -> Source:
        known = tuple(feed if isinstance(feed, Feed) else Feed(url=feed) for feed in feeds)
        plain: dict[str, Any] = {
            "id": "bao-tap",
            "name": "Báo Tập",
            "domain": "baotap.example",
            "scope": Scope.DOMESTIC,
            "country": "VN",
            "language": "vi",
            "kind": "newspaper",
            "pause_seconds": 0.0,
            "priority": True,  # looked at within ten minutes: a second run needs no other clock
        }
        return Source(**(plain | {"feeds": known} | values))

    return make


@pytest.fixture
def make_page() -> Callable[..., str]:
    """An article page with everything in its usual place."""

    def make(
        title: str = "Gia Lai họp báo về cao tốc",
        *,
        head: str = "",
        before: str = "",
        body: str = "".join(f"<p>{LONG}Đoạn {number}.</p>" for number in range(1, 6)),
    ) -> str:
        return (
            f'<!DOCTYPE html><html lang="vi"><head><meta charset="utf-8"><title>{title} | Báo Tập</title>'
            f"{head}</head>"
            f"<body><header><a href='/'>Trang chủ</a></header><article><h1>{title}</h1>{before}"
            f"<div class='noi-dung'>{body}</div></article><footer>Báo Tập</footer></body></html>"
        )

    return make


@dataclass(frozen=True)
class Store:
    """A database and an archive on disk, which another process can open."""

    sessions: Sessions
    archive: Archive


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    engine = open_engine(f"sqlite:///{tmp_path / 'store.sqlite'}")
    upgrade(engine)
    yield Store(make_sessions(engine), Archive(tmp_path / "archive"))
    engine.dispose()


@pytest.fixture
def collect(store: Store, now: datetime) -> Callable[..., CollectReport]:
    """Collect sources into the store; `private` are the outlets on loopback that may be asked."""

    def run(
        sources: Sequence[Source],
        *private: Outlet,
        later: timedelta = timedelta(0),
        progress: Callable[[str, int, int], None] = lambda *_: None,
        stopping: threading.Event | None = None,
        **limits: Any,
    ) -> CollectReport:
        plain: dict[str, Any] = {"timeout_seconds": 5.0, "default_pause": 0.0, "retries": 0, "processes": 1}
        plain["allow_private"] = tuple(outlet.place for outlet in private)
        settings = CrawlSettings(**(plain | limits))
        return collect_all(
            sources,
            store.sessions,
            store.archive,
            settings,
            now=now + later,
            progress=progress,
            stopping=stopping,
        )

    return run


@dataclass
class Reply:
    """What the small outlet answers: `pieces` after the body, `wait` before anything, `promise` of bytes."""

    body: bytes = b""
    status: int = 200
    content_type: str = "text/html; charset=utf-8"
    headers: tuple[tuple[str, str], ...] = ()
    wait: float = 0.0
    promise: int | None = None
    pieces: Callable[[], Iterator[bytes]] | None = None


@dataclass(frozen=True)
class Asked:
    """One request as the small outlet saw it: when it began and ended, what it asked, what it got."""

    path: str
    headers: dict[str, str]
    started: float
    ended: float
    status: int
    sent: int


@dataclass
class Outlet:
    """A small outlet on loopback. `pages` may be changed while it runs; `asked` is its log."""

    place: str
    pages: dict[str, Reply | Callable[[dict[str, str]], Reply]] = field(default_factory=dict)
    asked: list[Asked] = field(default_factory=list)
    stopping: threading.Event = field(default_factory=threading.Event)

    @property
    def base(self) -> str:
        return f"http://{self.place}"

    def page(self, path: str, text: str, **values: Any) -> None:
        self.pages[path] = Reply(text.encode(), **values)

    def feed(self, path: str, *links: str, summary: str = "", **values: Any) -> None:
        """An RSS feed of these pages; "{base}" in a link is this outlet."""
        items = "".join(
            f"<item><title>Tin {number}</title><link>{link.replace('{base}', self.base)}</link>"
            f"<description>{summary}</description>"
            "<pubDate>Sun, 22 Nov 2026 08:00:00 +0700</pubDate></item>"
            for number, link in enumerate(links)
        )
        text = (
            f'<?xml version="1.0"?><rss version="2.0"><channel><title>Báo Tập</title>{items}</channel></rss>'
        )
        self.pages[path] = Reply(text.encode(), content_type="application/rss+xml", **values)

    def paths(self) -> list[str]:
        return [request.path for request in self.asked]


def _handler(outlet: Outlet) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            started = time.monotonic()
            headers = {name.lower(): value for name, value in self.headers.items()}
            found = outlet.pages.get(self.path, Reply(b"khong co", status=404))
            reply = found(headers) if callable(found) else found
            outlet.stopping.wait(reply.wait)
            sent = 0
            try:
                sent = self._answer(reply)
            except OSError:
                self.close_connection = True
            outlet.asked.append(Asked(self.path, headers, started, time.monotonic(), reply.status, sent))

        def _answer(self, reply: Reply) -> int:
            self.send_response(reply.status)
            self.send_header("Content-Type", reply.content_type)
            for name, value in reply.headers:
                self.send_header(name, value)
            whole = len(reply.body) if reply.promise is None and reply.pieces is None else reply.promise
            if whole is not None:
                self.send_header("Content-Length", str(whole))
            if whole != len(reply.body):
                self.send_header("Connection", "close")
                self.close_connection = True
            self.end_headers()
            self.wfile.write(reply.body)
            sent = len(reply.body)
            for piece in reply.pieces() if reply.pieces else ():
                if outlet.stopping.is_set():
                    break
                self.wfile.write(piece)
                sent += len(piece)
            return sent

        def log_message(self, *_: object) -> None:
            """The log is `outlet.asked`."""

    return Handler


@pytest.fixture(scope="module")
def start_outlet() -> Iterator[Callable[..., Outlet]]:
    """Start small outlets; each may have a loopback address of its own."""
    running: list[tuple[ThreadingHTTPServer, Outlet]] = []

    def start(address: str = "127.0.0.1") -> Outlet:
        outlet = Outlet("")
        server = ThreadingHTTPServer((address, 0), _handler(outlet))
        server.daemon_threads = True
        outlet.place = f"{address}:{server.server_address[1]}"
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        running.append((server, outlet))
        return outlet

    yield start
    for server, outlet in running:
        outlet.stopping.set()
        server.shutdown()
        server.server_close()


@pytest.fixture
def outlet(start_outlet: Callable[..., Outlet]) -> Outlet:
    return start_outlet()


@pytest.fixture(scope="session")
def reply() -> type[Reply]:
    """What the small outlet answers; given as a fixture, since test files import nothing of one another."""
    return Reply
