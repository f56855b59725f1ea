from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from crawler.plan import make_plan, usable_feeds
from store.captures import Capture
from store.types import Feed, FeedKind, FeedOutcome, FeedState, Source


def test_only_addresses_in_use_that_can_be_read_are_asked_each_once(
    make_source: Callable[..., Source],
) -> None:
    feeds = [
        Feed("https://a.vn/rss"),
        Feed("https://a.vn/sitemap", kind=FeedKind.SITEMAP),
        Feed("https://a.vn/tat", disabled="empty since 2026"),
        Feed("https://news.example/q", kind=FeedKind.DISCOVERY),
        Feed("https://a.vn", kind=FeedKind.NONE),
    ]
    sources = [
        make_source(*feeds),
        make_source("https://a.vn/rss", id="copy"),
        make_source("https://b.vn/rss", id="off", disabled="closed"),
    ]
    assert [(source.id, feed.url) for source, feed in usable_feeds(sources)] == [
        ("bao-tap", "https://a.vn/rss"),
        ("bao-tap", "https://a.vn/sitemap"),
        ("bao-tap", "https://news.example/q"),
    ]


def test_a_capture_of_a_source_that_is_no_longer_configured_is_left_in_peace(
    make_source: Callable[..., Source], now: datetime
) -> None:
    hour_ago, long_ago = now - timedelta(hours=1), now - timedelta(hours=7)
    captures = [
        Capture(source, f"https://{source}.vn/a", f"https://{source}.vn/a", long_ago, None)
        for source in ("a", "gone")
    ]
    states = {"https://a.vn/rss": FeedState("https://a.vn/rss", "a", FeedOutcome.OK, checked_at=hour_ago)}
    plan = make_plan([make_source("https://a.vn/rss", id="a")], states, captures, now=now)
    assert [page.url for page in plan.pages] == ["https://a.vn/a"]


def test_a_feed_that_failed_often_waits(make_source: Callable[..., Source], now: datetime) -> None:
    state = FeedState(
        "https://a.vn/rss",
        "a",
        FeedOutcome.DEAD,
        failures=5,
        checked_at=now - timedelta(minutes=1),
        next_at=now + timedelta(minutes=40),
    )
    assert make_plan([make_source("https://a.vn/rss")], {state.url: state}, [], now=now).feeds == ()
