from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from crawler.collector import NO_PAGE, Collector
from crawler.courtesy.hosts import Hosts
from crawler.courtesy.manners import Kind
from crawler.plan import make_plan
from crawler.settings import CrawlSettings
from crawler.wire.answers import Answer, NoAnswer, Trouble
from store.captures import Capture
from store.errors import ArchiveError
from store.types import FeedEntry, FeedOutcome, FeedState, Snapshot, Source

FEED = "https://baotap.vn/home.rss"
PAGE = "https://baotap.vn/{}.html"


def rss(*numbers: int, date: str = "Sun, 22 Nov 2026 08:00:00 +0700") -> bytes:
    items = "".join(
        f"<item><title>Tin {n}</title><link>{PAGE.format(n)}</link><description>Tóm tắt {n}</description>"
        f"<pubDate>{date}</pubDate></item>"
        for n in numbers
    )
    return f"<rss version='2.0'><channel>{items}</channel></rss>".encode()


@dataclass
class Press:
    """A fetcher that answers from a table, and sees whether a host is ever asked twice at a time."""

    answers: dict[str, Answer | NoAnswer | Exception]
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    under_way: int = 0
    most: int = 0

    async def ask(self, url: str, headers: Mapping[str, str], _: Kind) -> Answer | NoAnswer:
        self.asked.append((url, dict(headers)))
        self.under_way += 1
        self.most = max(self.most, self.under_way)
        await asyncio.sleep(0.001)
        self.under_way -= 1
        found = self.answers.get(url, Answer(url, 404, (), b""))
        if isinstance(found, Exception):
            raise found
        return found

    def paths(self) -> list[str]:
        return [url.removeprefix("https://baotap.vn/") for url, _ in self.asked]


@dataclass
class Notebook:
    """A memory that is a list."""

    kept: list[Snapshot] = field(default_factory=list)
    states: list[FeedState] = field(default_factory=list)
    before: set[str] = field(default_factory=set)
    broken: bool = False

    async def keep(self, snapshot: Snapshot) -> None:
        if self.broken:
            raise ArchiveError("the disk is full")
        self.kept.append(snapshot)

    async def remember(self, state: FeedState) -> None:
        self.states.append(state)

    async def known(self, addresses: Sequence[str]) -> set[str]:
        return self.before & set(addresses)

    def last(self, url: str) -> FeedState:
        return [state for state in self.states if state.url == url][-1]


@dataclass
class Run:
    """One run over a press, with everything it told."""

    press: Press
    memory: Notebook
    told: list[tuple[str, dict[str, Any]]]

    def reasons(self, kind: str) -> list[str]:
        return [values["reason"] for told, values in self.told if told == kind]


@pytest.fixture
def collect(make_source: Callable[..., Source], now: datetime) -> Callable[..., Run]:
    """Collect one source with these feeds from a table of answers."""

    def collect(
        answers: dict[str, Any],
        *,
        feeds: Sequence[str] = (FEED,),
        states: Sequence[FeedState] = (),
        captures: Sequence[Capture] = (),
        memory: Notebook | None = None,
        settings: CrawlSettings | None = None,
        pause: float = 0.0,
    ) -> Run:
        source = make_source(*feeds, domain="baotap.vn", pause_seconds=pause)
        plan = make_plan([source], {state.url: state for state in states}, captures, now=now)
        run = Run(Press(answers), memory or Notebook(), [])
        chosen = settings or CrawlSettings(default_pause=pause)

        async def go() -> None:
            hosts = Hosts(run.press, settings=chosen, clock=lambda: now)
            await Collector(
                plan,
                hosts=hosts,
                memory=run.memory,
                clock=lambda: now,
                tell=lambda kind, **values: run.told.append((kind, values)),
                max_entries=chosen.max_entries,
            ).run()

        asyncio.run(go())
        return run

    return collect


def ok(url: str, body: bytes = b"<html>", **headers: str) -> Answer:
    return Answer(url, 200, tuple((name.replace("_", "-"), value) for name, value in headers.items()), body)


def test_a_feeds_new_pages_are_kept_with_what_the_feed_said(
    collect: Callable[..., Run], now: datetime
) -> None:
    page = ok(PAGE.format(1), b"<p>trang</p>", content_type="text/html")
    run = collect({FEED: ok(FEED, rss(1)), page.url: page})
    (snapshot,) = run.memory.kept
    assert (snapshot.source, snapshot.url_asked, snapshot.status) == ("bao-tap", PAGE.format(1), 200)
    assert (snapshot.body, snapshot.headers, snapshot.fetched_at) == (page.body, page.headers, now)
    assert snapshot.entry is not None
    assert (snapshot.entry.title, snapshot.entry.summary) == ("Tin 1", "Tóm tắt 1")
    assert run.memory.last(FEED).outcome is FeedOutcome.OK
    assert run.memory.last(FEED).detail == "1 entries, 1 new or changed"


def test_a_host_is_asked_one_thing_at_a_time_with_a_pause(collect: Callable[..., Run]) -> None:
    pages = {PAGE.format(n): ok(PAGE.format(n)) for n in range(5)}
    run = collect({FEED: ok(FEED, rss(*range(5)))} | pages, pause=0.01)
    assert len(run.press.asked) == 6
    assert run.press.most == 1


def test_known_pages_are_not_asked_again(collect: Callable[..., Run]) -> None:
    run = collect({FEED: ok(FEED, rss(1, 2))}, memory=Notebook(before={PAGE.format(1)}))
    assert run.press.paths() == ["home.rss", "2.html"]


def test_a_page_in_two_feeds_is_asked_once_and_counts_for_both(collect: Callable[..., Run]) -> None:
    other = "https://baotap.vn/thoi-su.rss"
    answers = {
        FEED: ok(FEED, rss(1), etag="a"),
        other: ok(other, rss(1), etag="b"),
        PAGE.format(1): ok(PAGE.format(1)),
    }
    run = collect(answers, feeds=[FEED, other])
    assert run.press.paths().count("1.html") == 1
    assert [run.memory.last(url).etag for url in (FEED, other)] == ["a", "b"]


def test_validators_are_sent_and_kept_when_nothing_changed(
    collect: Callable[..., Run], now: datetime
) -> None:
    state = FeedState(
        FEED,
        "bao-tap",
        FeedOutcome.OK,
        etag='"v1"',
        last_modified="Sun, 22 Nov 2026 01:00:00 GMT",
        succeeded_at=now - timedelta(minutes=10),
    )
    run = collect({FEED: Answer(FEED, 304, (), b"")}, states=[state])
    assert run.press.asked == [(FEED, {"If-None-Match": '"v1"', "If-Modified-Since": state.last_modified})]
    after = run.memory.last(FEED)
    assert (after.outcome, after.etag, after.succeeded_at) == (FeedOutcome.UNCHANGED, '"v1"', now)


def test_validators_wait_until_every_page_is_kept(collect: Callable[..., Run]) -> None:
    answers = {
        FEED: ok(FEED, rss(1, 2), etag='"v1"'),
        PAGE.format(1): ok(PAGE.format(1)),
        PAGE.format(2): ok(PAGE.format(2)),
    }
    run = collect(answers)
    assert [state.etag for state in run.memory.states] == ["", '"v1"']
    assert run.memory.last(FEED).new_article_at is not None


MISSED = {
    "a server's fault": Answer(PAGE.format(2), 500, (), b""),
    "a timeout": NoAnswer(Trouble.TIMEOUT, "no complete answer from baotap.vn in time"),
    "a fault of ours": RuntimeError("boom"),
}


@pytest.mark.parametrize("trouble", MISSED.values(), ids=MISSED.keys())
def test_a_missed_page_makes_the_next_run_ask_for_the_whole_feed(
    trouble: object, collect: Callable[..., Run]
) -> None:
    answers = {
        FEED: ok(FEED, rss(1, 2), etag='"v1"'),
        PAGE.format(1): ok(PAGE.format(1)),
        PAGE.format(2): trouble,
    }
    run = collect(answers)
    assert len(run.memory.kept) == 1
    assert run.memory.last(FEED).etag == ""
    assert run.memory.last(FEED).body_sha256 == ""
    assert len(run.reasons("missed")) == 1


@pytest.mark.parametrize("status", [403, 404, 410, 451])
def test_what_an_outlet_says_of_a_page_is_kept_and_settles_it(
    status: int, collect: Callable[..., Run]
) -> None:
    run = collect(
        {FEED: ok(FEED, rss(1), etag='"v1"'), PAGE.format(1): Answer(PAGE.format(1), status, (), b"x")}
    )
    assert [snapshot.status for snapshot in run.memory.kept] == [status]
    assert run.memory.last(FEED).etag == '"v1"'


def test_of_a_page_that_robots_txt_forbids_the_feeds_words_are_kept(collect: Callable[..., Run]) -> None:
    forbidden = NoAnswer(Trouble.ROBOTS, "robots.txt forbids")
    run = collect({FEED: ok(FEED, rss(1), etag='"v1"'), PAGE.format(1): forbidden})
    (snapshot,) = run.memory.kept
    assert (snapshot.status, snapshot.body, snapshot.headers) == (0, b"", ((NO_PAGE, "robots.txt forbids"),))
    assert run.memory.last(FEED).etag == '"v1"'


def test_pages_of_a_host_that_rests_are_left_and_its_feeds_keep_their_state(
    collect: Callable[..., Run],
) -> None:
    other = "https://baotap.vn/thoi-su.rss"
    rest = NoAnswer(Trouble.RESTING, "not asked: the host wants rest (HTTP 429, asked to wait 30 s)")
    answers = {FEED: ok(FEED, rss(1)), other: rest, PAGE.format(1): rest}
    run = collect(answers, feeds=[FEED, other])
    assert run.reasons("left") == [rest.words]
    assert {state.url for state in run.memory.states} == {FEED}


def test_feeds_come_first_then_the_newest_pages(collect: Callable[..., Run], now: datetime) -> None:
    other = "https://baotap.vn/thoi-su.rss"
    old, new = rss(1, date="Sat, 21 Nov 2026 08:00:00 +0700"), rss(2, 3)
    states = [
        FeedState(url, "bao-tap", FeedOutcome.OK, succeeded_at=now - timedelta(days=1))
        for url in (FEED, other)
    ]
    run = collect({FEED: ok(FEED, old), other: ok(other, new)}, feeds=[FEED, other], states=states)
    assert run.press.paths() == ["home.rss", "thoi-su.rss", "2.html", "3.html", "1.html"]


def test_a_feed_never_asked_before_comes_after_the_pages_of_the_others(collect: Callable[..., Run]) -> None:
    other = "https://baotap.vn/thoi-su.rss"
    run = collect({FEED: ok(FEED, rss(1)), other: Answer(other, 429, (), b"")}, feeds=[FEED, other])
    assert run.press.paths() == ["home.rss", "1.html", "thoi-su.rss"]


UNFINISHED = {
    "no time": (NoAnswer(Trouble.BUDGET, "left for the next run"), timedelta(minutes=5)),
    "the day's requests are used up": (NoAnswer(Trouble.SPENT, "left for tomorrow"), timedelta(minutes=9)),
    "a fault": (Answer(PAGE.format(1), 500, (), b""), timedelta(minutes=9)),
}


@pytest.mark.parametrize(("answer", "most"), UNFINISHED.values(), ids=UNFINISHED.keys())
def test_a_feed_with_pages_left_is_looked_at_soon_only_if_time_was_lacking(
    answer: object, most: timedelta, collect: Callable[..., Run], now: datetime
) -> None:
    run = collect({FEED: ok(FEED, rss(1)), PAGE.format(1): answer})
    after = run.memory.last(FEED)
    assert after.next_at is not None
    assert most * 0.9 <= after.next_at - now <= most


def test_a_feed_that_failed_last_time_comes_after_the_pages_of_the_others(
    collect: Callable[..., Run],
) -> None:
    busy = "https://baotap.vn/ban.rss"
    state = FeedState(busy, "bao-tap", FeedOutcome.BLOCKED, failures=1)
    run = collect(
        {FEED: ok(FEED, rss(1)), busy: Answer(busy, 429, (), b"")}, feeds=[busy, FEED], states=[state]
    )
    assert run.press.paths() == ["home.rss", "1.html", "ban.rss"]
    assert run.memory.last(busy).failures == 2


def test_a_budget_leaves_the_rest_for_the_next_run(collect: Callable[..., Run]) -> None:
    settings = CrawlSettings(pages_per_host=2, default_pause=0)
    run = collect({FEED: ok(FEED, rss(1, 2, 3, 4), etag="a")}, settings=settings)
    assert len(run.press.asked) == 3
    assert run.reasons("left") == ["left for the next run"] * 2
    assert run.memory.last(FEED).etag == ""


FEED_TROUBLES = {
    "robots.txt": (NoAnswer(Trouble.ROBOTS, "robots.txt forbids"), FeedOutcome.BLOCKED, "robots.txt forbids"),
    "403": (Answer(FEED, 403, (), b""), FeedOutcome.BLOCKED, "HTTP 403: the outlet refuses us"),
    "404": (Answer(FEED, 404, (), b""), FeedOutcome.DEAD, "HTTP 404: nothing at this address"),
    "500": (Answer(FEED, 500, (), b""), FeedOutcome.FAILED, "HTTP 500: the outlet's server has a fault"),
    "no host": (NoAnswer(Trouble.NO_HOST, "there is no host x"), FeedOutcome.DEAD, "there is no host x"),
    "a fault of ours": (
        RuntimeError("boom"),
        FeedOutcome.FAILED,
        "a fault of the collector: RuntimeError: boom",
    ),
    "HTML": (ok(FEED, b"<!doctype html><html>"), FeedOutcome.NOT_A_FEED, "answered HTML instead of a feed"),
}


@pytest.mark.parametrize(("answer", "outcome", "words"), FEED_TROUBLES.values(), ids=FEED_TROUBLES.keys())
def test_a_feeds_trouble_is_remembered_in_words(
    answer: object, outcome: FeedOutcome, words: str, collect: Callable[..., Run], now: datetime
) -> None:
    state = FeedState(FEED, "bao-tap", FeedOutcome.OK, succeeded_at=now - timedelta(days=1), failures=1)
    after = collect({FEED: answer}, states=[state]).memory.last(FEED)
    assert (after.outcome, after.detail) == (outcome, words)
    assert (after.failures, after.checked_at, after.succeeded_at) == (2, now, state.succeeded_at)


def test_the_same_body_under_a_new_etag_is_nothing_new(collect: Callable[..., Run]) -> None:
    first = collect({FEED: ok(FEED, rss(1), etag='"v1"')}).memory.last(FEED)
    run = collect({FEED: ok(FEED, rss(1), etag='"v2"')}, states=[replace(first, next_at=None)])
    after = run.memory.last(FEED)
    assert (after.outcome, after.etag) == (FeedOutcome.UNCHANGED, '"v2"')
    assert run.press.paths() == ["home.rss"]


def test_without_the_store_the_run_ends(collect: Callable[..., Run]) -> None:
    with pytest.raises(ExceptionGroup) as caught:
        collect({FEED: ok(FEED, rss(1)), PAGE.format(1): ok(PAGE.format(1))}, memory=Notebook(broken=True))
    assert caught.group_contains(ArchiveError, match="the disk is full")


def test_a_page_captured_hours_ago_is_looked_at_again_with_its_validators(
    collect: Callable[..., Run], now: datetime
) -> None:
    page = PAGE.format(1)
    capture = Capture("bao-tap", page, page, now - timedelta(hours=7), None, etag='"p1"')
    state = FeedState(FEED, "bao-tap", FeedOutcome.OK, checked_at=now - timedelta(minutes=61), etag='"v1"')
    answers = {FEED: Answer(FEED, 304, (), b""), page: Answer(page, 304, (), b"")}
    run = collect(answers, states=[state], captures=[capture], memory=Notebook(before={page}))
    assert (page, {"If-None-Match": '"p1"'}) in run.press.asked
    assert run.memory.kept == []
    assert run.reasons("missed") == []


def test_a_page_whose_feed_gives_another_date_is_asked_again(
    collect: Callable[..., Run], now: datetime
) -> None:
    page = PAGE.format(1)
    before = FeedEntry(page, "Tin 1", published=now - timedelta(hours=9))
    capture = Capture("bao-tap", page, page, now - timedelta(minutes=5), before)
    state = FeedState(FEED, "bao-tap", FeedOutcome.OK, checked_at=now - timedelta(minutes=5))
    run = collect(
        {FEED: ok(FEED, rss(1))}, states=[state], captures=[capture], memory=Notebook(before={page})
    )
    assert run.press.paths() == ["home.rss", "1.html"]
