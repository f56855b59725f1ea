"""One night with outlets that do everything wrong; each test looks at one of them."""

from __future__ import annotations

import socket
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from crawler.run import CollectReport, collect
from crawler.settings import CrawlSettings
from store.archive import Archive
from store.articles import iter_articles
from store.database import make_sessions, open_engine, upgrade
from store.sources import list_states
from store.types import Feed, FeedOutcome, FeedState, Scope, Source

SUMMARY = (
    "Tỉnh Gia Lai trả lời báo chí về tiến độ giải phóng mặt bằng đường cao tốc Quy Nhơn – Pleiku trong tháng."
)
BODY = "<!DOCTYPE html><html lang='vi'><title>Họp báo</title><h1>Họp báo</h1>" + f"<p>{SUMMARY}</p>" * 5
MEGABYTE = 1024 * 1024


def bomb() -> Iterator[bytes]:
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    for _ in range(100):
        yield packer.compress(b" " * MEGABYTE)
    yield packer.flush()


def flood() -> Iterator[bytes]:
    for _ in range(200):
        yield b"x" * MEGABYTE


@dataclass(frozen=True)
class Night:
    """What one run over all of them said and left behind."""

    report: CollectReport
    states: dict[str, FeedState]
    titles: dict[str, str]
    base: str
    private: Any
    robots_gone: Any

    def reason(self, path: str) -> str:
        return next((found.reason for found in self.report.refused if found.url == self.base + path), "")


def closed_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def fill(outlet: Any, reply: Any, private: Any) -> None:
    """The pages of the outlet that does everything wrong."""

    def to(location: str) -> Any:
        return reply(status=302, headers=(("Location", location),))

    gzipped = (("Content-Encoding", "gzip"),)
    outlet.pages |= {
        "/tot.html": reply(BODY.encode()),
        "/chuyen.html": to("/noi-moi.html"),
        "/noi-moi.html": reply(BODY.replace("Họp báo", "Nơi mới").encode()),
        "/rieng.html": to("http://10.0.0.1/"),
        "/cong.html": to(private.base + "/bi-mat"),
        "/ten.html": to(f"http://localhost:{private.place.rpartition(':')[2]}/bi-mat"),
        "/so.html": to("http://2130706433/"),
        "/sau.html": to("http://[::ffff:127.0.0.1]/"),
        "/tep.html": to("file:///etc/passwd"),
        "/vong.html": to("/vong.html"),
        "/bom.html": reply(headers=gzipped, pieces=bomb),
        "/to.html": reply(promise=200 * MEGABYTE, pieces=flood),
        "/lu.html": reply(pieces=flood),
        "/cham.html": reply(BODY.encode(), wait=60.0),
        "/dut.html": reply(BODY.encode()[:200], promise=100_000),
        "/rong.html": reply(),
        "/pdf.html": reply(b"%PDF-1.7", content_type="application/pdf"),
        "/bang-ma.html": reply(
            BODY.replace("Họp báo", "Đức Cơ").encode(), content_type="text/html; charset=iso-8859-1"
        ),
        "/hong.html": reply(b"hong", status=500),
        "/mat.html": reply(b"mat", status=404),
        "/ngan.html": reply(b"<title>T</title><h1>T</h1><p>Ng\xe1\xba\xafn.</p>"),
        "/robots.txt": reply(b"User-agent: *\nDisallow: /cam\n", content_type="text/plain"),
    }
    outlet.feed("/rss", *("{base}" + path for path in [*outlet.pages, "/cam.html"] if path.endswith(".html")))


def source_of(number: int, url: str) -> Source:
    return Source(
        id=f"bao-{number}", name=f"Báo {number}", domain="baotap.example", scope=Scope.DOMESTIC, country="VN",
        language="vi", kind="newspaper", feeds=(Feed(url),), pause_seconds=0.0,
    )  # fmt: skip


@pytest.fixture(scope="module")
def night(start_outlet: Callable[..., Any], reply: Any, tmp_path_factory: pytest.TempPathFactory) -> Night:
    names = ["main", "busy", "html", "slow", "robots_down", "robots_gone", "empty", "leads_inside"]
    outlets = {name: start_outlet(f"127.0.0.{number}") for number, name in enumerate(names, 11)}
    private = start_outlet("127.0.0.1")
    fill(outlets["main"], reply, private)
    outlets["busy"].pages["/rss"] = reply(status=429, headers=(("Retry-After", "30"),))
    outlets["html"].page("/rss", "<!DOCTYPE html><html><body>Trang chủ</body></html>")
    outlets["slow"].pages["/rss"] = reply(wait=60.0)
    outlets["robots_down"].feed("/rss")
    outlets["robots_down"].pages["/robots.txt"] = reply(status=503)
    outlets["robots_gone"].feed("/rss")
    outlets["robots_gone"].pages["/robots.txt"] = reply(b"Disallow: /", status=404)
    outlets["empty"].pages["/rss"] = reply(content_type="application/xml")
    outlets["leads_inside"].pages["/rss"] = reply(status=301, headers=(("Location", private.base + "/rss"),))
    urls = [outlet.base + "/rss" for outlet in outlets.values()]
    urls += [
        outlets["main"].base + "/khong-co",
        f"http://127.0.0.1:{closed_port()}/rss",
        "http://khong-co.invalid/rss",
    ]
    port = private.place.rpartition(":")[2]
    urls += [
        f"http://{host}:{port}/rss"
        for host in ("localhost", "[::1]", "2130706433", "0x7f.1", "[::ffff:127.0.0.1]")
    ]
    folder: Path = tmp_path_factory.mktemp("night")
    engine = open_engine(f"sqlite:///{folder / 'store.sqlite'}")
    upgrade(engine)
    sessions = make_sessions(engine)
    closed = urls[len(outlets) + 1].removeprefix("http://").removesuffix("/rss")
    settings = CrawlSettings(
        allow_private=(*(outlet.place for outlet in outlets.values()), closed),
        timeout_seconds=5.0,
        default_pause=0.0,
        retries=0,
        processes=1,
        max_bytes=2 * MEGABYTE,
        concurrency=16,
    )
    report = collect(
        [source_of(number, url) for number, url in enumerate(urls)],
        sessions,
        Archive(folder / "archive"),
        settings,
        now=datetime(2026, 11, 22, 3, 0, tzinfo=UTC),
        progress=lambda *_: None,
    )
    with sessions() as session:
        states = {state.url: state for state in list_states(session)}
        titles = {found.article.url: found.article.title for found in iter_articles(session)}
    engine.dispose()
    names_of = dict(
        zip(
            [*names, "missing", "closed", "no_host", "localhost", "v6", "number", "hex", "mapped"],
            urls,
            strict=True,
        )
    )
    by_name = {name: states[url] for name, url in names_of.items() if url in states}
    return Night(report, by_name, titles, outlets["main"].base, private, outlets["robots_gone"])


REFUSED_PAGES = {
    "/cam.html": "robots.txt forbids",
    "/rieng.html": "10.0.0.1:80 is a private address; only addresses of the open internet are fetched",
    "/so.html": "2130706433:80 is a private address",
    "/sau.html": "::ffff:127.0.0.1:80 is a private address",
    "/ten.html": "localhost leads to the private address 127.0.0.1; it is not fetched",
    "/tep.html": "HTTP 302",
    "/vong.html": "redirected too many times",
    "/bom.html": "the answer is larger than allowed and was not taken",
    "/to.html": "the answer is larger than allowed and was not taken",
    "/lu.html": "the answer is larger than allowed and was not taken",
    "/cham.html": "no complete answer from 127.0.0.11 in time",
    "/dut.html": "the answer broke off before its end",
    "/rong.html": "empty page",
    "/pdf.html": "not HTML: application/pdf",
    "/hong.html": "HTTP 500: the outlet's server has a fault",
    "/mat.html": "HTTP 404: the page is gone",
    "/ngan.html": "no article text found (",
}


@pytest.mark.parametrize(("path", "words"), REFUSED_PAGES.items(), ids=REFUSED_PAGES.keys())
def test_a_page_that_goes_wrong_is_told_in_words(path: str, words: str, night: Night) -> None:
    assert night.reason(path).startswith(words)


def test_another_port_of_an_allowed_host_is_not_asked(night: Night) -> None:
    assert "is a private address" in night.reason("/cong.html")


def test_the_good_pages_become_articles_all_the_same(night: Night) -> None:
    assert night.titles == {
        night.base + "/tot.html": "Họp báo",
        night.base + "/noi-moi.html": "Nơi mới",
        night.base + "/bang-ma.html": "Đức Cơ",
    }


FEEDS = {
    "main": (FeedOutcome.OK, "22 entries, 22 new or changed"),
    "busy": (FeedOutcome.BLOCKED, "HTTP 429, asked to wait 30 s"),
    "html": (FeedOutcome.NOT_A_FEED, "answered HTML instead of a feed"),
    "slow": (FeedOutcome.DEAD, "no complete answer from 127.0.0.14 in time"),
    "robots_down": (FeedOutcome.FAILED, "robots.txt could not be read (HTTP 503), so nothing is fetched"),
    "robots_gone": (FeedOutcome.OK, "0 entries, 0 new or changed"),
    "empty": (FeedOutcome.NOT_A_FEED, "empty answer"),
    "missing": (FeedOutcome.DEAD, "HTTP 404: nothing at this address"),
    "closed": (FeedOutcome.DEAD, "127.0.0.1 refuses the connection"),
    "no_host": (FeedOutcome.DEAD, "there is no host khong-co.invalid"),
    "localhost": (FeedOutcome.FAILED, "localhost leads to the private address 127.0.0.1; it is not fetched"),
}


@pytest.mark.parametrize(("name", "expected"), FEEDS.items(), ids=FEEDS.keys())
def test_a_feed_gets_its_state_in_words(name: str, expected: tuple[FeedOutcome, str], night: Night) -> None:
    state = night.states[name]
    assert (state.outcome, state.detail) == expected


@pytest.mark.parametrize("name", ["v6", "number", "hex", "mapped", "leads_inside"])
def test_a_private_address_is_refused_however_it_is_written(name: str, night: Night) -> None:
    state = night.states[name]
    assert state.outcome is FeedOutcome.FAILED
    assert "is a private address" in state.detail


def test_nothing_private_was_ever_asked(night: Night) -> None:
    assert night.private.asked == []


def test_the_run_itself_went_to_its_end(night: Night) -> None:
    assert night.report.crash == ""
    assert {state.outcome for state in night.report.troubles} == {
        FeedOutcome.BLOCKED,
        FeedOutcome.DEAD,
        FeedOutcome.FAILED,
        FeedOutcome.NOT_A_FEED,
    }
