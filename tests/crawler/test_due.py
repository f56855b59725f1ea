"""Whether a run is worth starting, asked of the store alone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from crawler.due import is_anything_due
from crawler.settings import CrawlSettings, budgets
from store.hosts import save_host
from store.sources import save_state
from store.types import FeedOutcome, FeedState, HostState, Source

URL = "https://baotap.vn/rss"


@pytest.fixture
def is_due(store: Any, make_source: Callable[..., Source], now: datetime) -> Callable[..., bool]:
    """Whether anything is due with this remembered of the feed and its host."""

    def ask(state: FeedState | None = None, host: HostState | None = None, **source: Any) -> bool:
        with store.sessions.begin() as session:
            if state:
                save_state(session, state)
            if host:
                save_host(session, host)
            sources = [make_source(URL, domain="baotap.vn", **source)]
            return is_anything_due(session, sources, CrawlSettings(), now=now)

    return ask


def test_a_feed_never_looked_at_is_due(is_due: Callable[..., bool]) -> None:
    assert is_due()
    assert not is_due(disabled="đã đóng cửa")


def test_a_feed_is_due_when_its_time_has_come(is_due: Callable[..., bool], now: datetime) -> None:
    state = FeedState(URL, "bao-tap", FeedOutcome.OK, checked_at=now, next_at=now + timedelta(seconds=1))
    assert not is_due(state)


HOSTS = {
    "resting": {"rest_until": timedelta(seconds=1), "rest_why": "HTTP 429, asked to slow down"},
    "its requests used up": {"day": "2026-11-22", "requests": 2000},
}


@pytest.mark.parametrize("values", HOSTS.values(), ids=HOSTS.keys())
def test_a_host_that_may_not_be_asked_starts_no_run(
    values: dict[str, Any], is_due: Callable[..., bool], now: datetime
) -> None:
    known = {name: now + value if isinstance(value, timedelta) else value for name, value in values.items()}
    assert not is_due(host=HostState("baotap.vn", **known))


@pytest.mark.parametrize("wait", [timedelta(seconds=-1), timedelta(seconds=1)], ids=["due", "not yet"])
def test_feeds_alone_are_judged_as_among_pages(
    wait: timedelta, store: Any, make_source: Callable[..., Source], now: datetime
) -> None:
    state = FeedState(URL, "bao-tap", FeedOutcome.OK, checked_at=now - 2 * abs(wait), next_at=now + wait)
    sources = [make_source(URL, domain="baotap.vn")]
    with store.sessions.begin() as session:
        save_state(session, state)
        found = {
            is_anything_due(session, sources, CrawlSettings(), now=now, feeds_only=feeds_only)
            for feeds_only in (True, False)
        }
    assert found == {wait < timedelta(0)}


def test_a_host_whose_own_long_pause_is_not_over_starts_no_run(
    is_due: Callable[..., bool], now: datetime
) -> None:
    rules = {"robots": "User-agent: *\nCrawl-delay: 600\n", "robots_status": 200, "robots_at": now}
    assert not is_due(host=HostState("baotap.vn", asked_at=now - timedelta(seconds=60), **rules))
    assert is_due(host=HostState("baotap.vn", asked_at=now - timedelta(seconds=601), **rules))


def test_the_smaller_budget_holds_where_two_sources_share_a_host(make_source: Callable[..., Source]) -> None:
    rich = make_source("https://cdn.example/a", "https://cdn.example/b", domain="a.vn", priority=False)
    poor = make_source("https://cdn.example/c", domain="b.vn", daily_requests=50, priority=True)
    found = budgets([rich, poor], CrawlSettings(daily_requests=1000))
    assert found["cdn.example"].requests == 50
    assert found["cdn.example"].feeds == 24 + 24 + 160
    assert (found["a.vn"].requests, found["b.vn"].requests) == (1000, 50)
