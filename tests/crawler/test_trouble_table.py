"""Every way the practice press can misbehave, as a feed and as a page: what is said, and what is stored."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import pytest

from crawler.run import CollectReport, collect
from crawler.settings import CrawlSettings
from practice.server import Press, start_press
from store.archive import Archive
from store.articles import iter_articles
from store.database import make_sessions, open_engine, upgrade
from store.sources import list_states
from store.types import Feed, FeedOutcome, FeedState, Scope, Source

NOW = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
UNCHANGED, BLOCKED = FeedOutcome.UNCHANGED, FeedOutcome.BLOCKED
DEAD, FAILED, NO_FEED = FeedOutcome.DEAD, FeedOutcome.FAILED, FeedOutcome.NOT_A_FEED
LATE = "no complete answer from {host} in time"
BIG = "the answer is larger than allowed and was not taken"
OFF = "the answer broke off before its end"
CLOSED = "{host} closed the connection without a complete answer"
HTML = "answered HTML instead of a feed"
PACKED = "the answer cannot be unpacked"
FAULT = "the outlet's server has a fault"
UNASKED = "HTTP 304 to a question without conditions"
PRIVATE = "{place} is a private address; only addresses of the open internet are fetched"
SHORT = "no article text found ("

# what is asked for: what is said of it as a page; what state it gets as a feed, and in which words
TABLE: dict[str, tuple[str, FeedOutcome, str]] = {
    "delay?s=30": (LATE, DEAD, LATE),
    "slow-drip?s=30": (LATE, DEAD, LATE),
    "endless-head": (LATE, DEAD, LATE),
    "endless-102": (LATE, DEAD, LATE),
    "cut-off": (OFF, FAILED, OFF),
    "short-length": (SHORT, NO_FEED, HTML),
    "two-lengths": (CLOSED, FAILED, CLOSED),
    "redirect-loop": ("redirected too many times", FAILED, "redirected too many times"),
    "redirect?to=//10.0.0.1/x": (
        PRIVATE.format(place="10.0.0.1:80"), FAILED, PRIVATE.format(place="10.0.0.1:80"),
    ),
    "redirect?to=//127.0.0.1:1/": (
        PRIVATE.format(place="127.0.0.1:1"), FAILED, PRIVATE.format(place="127.0.0.1:1"),
    ),
    "redirect?to=file:///etc/passwd": ("HTTP 302", FAILED, "HTTP 302"),
    "redirect?to=data:text/html,x": ("HTTP 302", FAILED, "HTTP 302"),
    "gzip-bomb?mb=8": (BIG, FAILED, BIG),
    "deflate-bomb?mb=8": (BIG, FAILED, BIG),
    "br-bomb": (BIG, FAILED, BIG),
    "big?mb=8": (BIG, FAILED, BIG),
    "half-gzip": (OFF, FAILED, OFF),
    "no-gzip": (PACKED, FAILED, PACKED),
    "wrong-charset": (SHORT, NO_FEED, HTML),
    "twice-encoded": (SHORT, NO_FEED, HTML),
    "utf-16": (SHORT, NO_FEED, "not a feed: "),
    "nul": (SHORT, NO_FEED, HTML),
    "html-feed": (SHORT, NO_FEED, HTML),
    "empty": ("empty page", NO_FEED, "empty answer"),
    "head-flood": (SHORT, NO_FEED, HTML),
    "long-line": (CLOSED, FAILED, CLOSED),
    "bad-chunks": (OFF, FAILED, OFF),
    "http-0.9": (CLOSED, FAILED, CLOSED),
    "no-http": (CLOSED, FAILED, CLOSED),
    "silence": (CLOSED, FAILED, CLOSED),
    "status?code=204": ("empty page", FAILED, "HTTP 204"),
    "status?code=206": (OFF, FAILED, OFF),
    "status?code=300": ("HTTP 300", FAILED, "HTTP 300"),
    "status?code=304": (UNASKED, FAILED, UNASKED),
    "status?code=401": ("HTTP 401: the outlet refuses the page", BLOCKED, "HTTP 401: the outlet refuses us"),
    "status?code=403": ("HTTP 403: the outlet refuses the page", BLOCKED, "HTTP 403: the outlet refuses us"),
    "status?code=404": ("HTTP 404: the page is gone", DEAD, "HTTP 404: nothing at this address"),
    "status?code=410": ("HTTP 410: the page is gone", DEAD, "HTTP 410: nothing at this address"),
    "status?code=418": ("HTTP 418", FAILED, "HTTP 418"),
    "status?code=451": ("HTTP 451: the outlet refuses the page", BLOCKED, "HTTP 451: the outlet refuses us"),
    "status?code=500": (f"HTTP 500: {FAULT}", FAILED, f"HTTP 500: {FAULT}"),
    "status?code=503": ("HTTP 503, asked to slow down", FAILED, "HTTP 503, asked to slow down"),
    "status?code=520": (f"HTTP 520: {FAULT}", FAILED, f"HTTP 520: {FAULT}"),
    "status?code=999": (f"HTTP 999: {FAULT}", FAILED, f"HTTP 999: {FAULT}"),
    "TLS": ("no secure connection to {host}", FAILED, "no secure connection to {host}"),
}  # fmt: skip
KINDS = tuple(TABLE)
PAGES_AT = (0, 1, 2, 4)  # outlets whose robots.txt lets everybody in
FEEDS_AT = (5, 7, 8)
BUSY = "status?code=429&retry_after=30"  # after it a host is left alone: it has one to itself


@dataclass(frozen=True)
class Night:
    """What one run over all of them said and left behind, by kind."""

    report: CollectReport
    states: dict[str, FeedState]
    reasons: dict[str, str]
    titles: dict[str, str]


def address(press: Press, outlets: tuple[int, ...], number: int, kind: str) -> str:
    host = press.outlets[outlets[number % len(outlets)]].host
    return f"https://{host}/" if kind == "TLS" else f"http://{host}/trouble/{kind}"


def source_of(number: int, url: str) -> Source:
    return Source(
        id=f"bao-{number}", name=f"Báo {number}", domain="baotap.example", scope=Scope.DOMESTIC, country="VN",
        language="vi", kind="newspaper", feeds=(Feed(url),), pause_seconds=0.0,
    )  # fmt: skip


@pytest.fixture(scope="module")
def night(start_outlet: Callable[..., Any], tmp_path_factory: pytest.TempPathFactory) -> Night:
    folder = tmp_path_factory.mktemp("table")
    engine = open_engine(f"sqlite:///{folder / 'store.sqlite'}")
    upgrade(engine)
    sessions, leads = make_sessions(engine), start_outlet("127.0.0.1")
    with start_press(now=NOW) as press:
        pages = {address(press, PAGES_AT, number, kind): kind for number, kind in enumerate(KINDS)}
        feeds = {address(press, FEEDS_AT, number, kind): kind for number, kind in enumerate(KINDS)}
        pages[address(press, (9,), 0, BUSY)] = BUSY
        leads.feed("/rss", *(url.replace("&", "&amp;") for url in pages))
        urls = [f"{leads.base}/rss", *feeds]
        report = collect(
            [source_of(number, url) for number, url in enumerate(urls)],
            sessions,
            Archive(folder / "archive"),
            CrawlSettings(
                allow_private=(leads.place, *press.allow_private().split(",")),
                timeout_seconds=2.0,
                default_pause=0.0,
                retries=0,
                max_bytes=2 * 1024 * 1024,
                concurrency=16,
            ),
            now=NOW,
            progress=lambda *_: None,
        )
    with sessions() as session:
        states = {feeds[s.url]: s for s in list_states(session) if s.url in feeds}
        titles = {pages.get(f.article.url, f.article.url): f.article.title for f in iter_articles(session)}
    engine.dispose()
    return Night(report, states, {pages.get(r.url, r.url): r.reason for r in report.refused}, titles)


@pytest.mark.parametrize("kind", KINDS)
def test_trouble_with_a_page_is_told_in_words(kind: str, night: Night) -> None:
    host = f"127.0.1.{PAGES_AT[KINDS.index(kind) % len(PAGES_AT)] + 1}"
    said, wanted = night.reasons.get(kind, ""), TABLE[kind][0].format(host=host)
    assert said.startswith(wanted)
    assert bool(said) == bool(wanted)


@pytest.mark.parametrize("kind", KINDS)
def test_trouble_with_a_feed_is_its_state_in_words(kind: str, night: Night) -> None:
    host = f"127.0.1.{FEEDS_AT[KINDS.index(kind) % len(FEEDS_AT)] + 1}"
    state, (_, outcome, wanted) = night.states[kind], TABLE[kind]
    assert state.outcome is outcome
    assert state.detail.startswith(wanted.format(host=host))


def test_a_page_that_asks_for_rest_is_told_with_its_wait(night: Night) -> None:
    assert night.reasons[BUSY] == "HTTP 429, asked to wait 30 s"


def test_no_trouble_becomes_an_article_and_none_ends_the_run(night: Night) -> None:
    assert night.titles == {}
    assert (night.report.crash, night.report.left) == ("", 0)
