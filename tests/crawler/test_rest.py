"""Rest, budgets, blocks and servers that lie, as an outlet's own log shows them: whole collections."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from sqlalchemy import select

from crawler.run import CollectReport
from store.hosts import find_host, save_host
from store.sources import find_state
from store.tables import SnapshotRow
from store.types import FeedOutcome, FeedState, HostState

Collect = Callable[..., CollectReport]
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
SLACK = 0.1  # seconds by which a busy machine may see two starts nearer to each other than they were


def state_of(store: Any, url: str) -> FeedState:
    with store.sessions() as session:
        found = find_state(session, url)
    assert found is not None
    return found


def host_of(store: Any, host: str = "127.0.0.1") -> HostState:
    with store.sessions() as session:
        found = find_host(session, host)
    assert found is not None
    return found


def kept(store: Any) -> list[str]:
    with store.sessions() as session:
        return [row.url_asked for row in session.scalars(select(SnapshotRow).order_by(SnapshotRow.number))]


def in_order(*outlets: Any) -> list[Any]:
    asked = [request for outlet in outlets for request in outlet.asked]
    return sorted(asked, key=lambda request: request.started)


def robots(outlet: Any, text: str, **values: Any) -> None:
    outlet.page("/robots.txt", text, content_type="text/plain", **values)


def assert_pauses(asked: list[Any], pause: float) -> None:
    for before, after in pairwise(asked):
        assert after.started >= before.ended - SLACK, "one at a time"
        assert after.started - before.started >= pause - SLACK


def test_after_a_429_there_is_silence_until_the_stored_time(
    outlet: Any, store: Any, collect: Collect, make_source: Any, now: datetime
) -> None:
    outlet.feed("/rss")
    outlet.feed("/ban", status=429, headers=(("Retry-After", "1800"),))
    source = make_source(f"{outlet.base}/ban", f"{outlet.base}/rss")
    (trouble,) = collect([source], outlet).troubles
    assert (trouble.outcome, trouble.detail) == (FeedOutcome.BLOCKED, "HTTP 429, asked to wait 1800 s")
    until = host_of(store).rest_until
    assert until is not None
    assert timedelta(0) <= until - (now + 30 * MINUTE) < MINUTE
    before = len(outlet.asked)
    collect([source], outlet, later=15 * MINUTE)
    collect([source], outlet, later=29 * MINUTE)
    assert len(outlet.asked) == before
    outlet.feed("/ban")
    assert collect([source], outlet, later=32 * MINUTE).troubles == ()
    assert len(outlet.asked) == before + 2
    assert host_of(store).rest_until is None


def test_a_page_that_answers_503_with_retry_after_stops_the_host_and_loses_nothing(
    outlet: Any, store: Any, collect: Collect, make_source: Any, make_page: Any
) -> None:
    outlet.feed("/rss", "{base}/1.html", "{base}/2.html")
    outlet.page("/1.html", "hỏng", status=503, headers=(("Retry-After", "600"),))
    outlet.page("/2.html", make_page("Hai"))
    source = make_source(f"{outlet.base}/rss")
    report = collect([source], outlet)
    assert (report.left, report.articles_new) == (1, 0)
    outlet.page("/1.html", make_page("Một"))
    assert collect([source], outlet, later=15 * MINUTE).articles_new == 2
    assert outlet.paths().count("/2.html") == 1


def test_robots_txt_that_answers_429_is_a_wish_for_rest(
    outlet: Any, store: Any, collect: Collect, make_source: Any
) -> None:
    robots(outlet, "", status=429, headers=(("Retry-After", "3600"),))
    outlet.feed("/rss")
    source = make_source(f"{outlet.base}/rss")
    collect([source], outlet)
    collect([source], outlet, later=50 * MINUTE)
    assert outlet.paths() == ["/robots.txt"]
    assert host_of(store).rest_why == "HTTP 429, asked to wait 3600 s"
    robots(outlet, "User-agent: *\nAllow: /\n")
    assert collect([source], outlet, later=70 * MINUTE).feeds_ok == 1


def test_a_days_requests_are_counted_over_runs_and_the_rest_is_left_for_tomorrow(
    outlet: Any, store: Any, collect: Collect, make_source: Any, make_page: Any
) -> None:
    outlet.feed("/rss", *(f"{{base}}/{number}.html" for number in range(6)))
    for number in range(6):
        outlet.page(f"/{number}.html", make_page(f"Bài {number}"))
    source = make_source(f"{outlet.base}/rss", domain=outlet.place, daily_requests=20)
    with store.sessions.begin() as session:
        save_host(session, HostState("127.0.0.1", day="2026-11-22", requests=18))
    assert collect([source], outlet).left == 6
    collect([source], outlet, later=4 * HOUR)
    assert outlet.paths() == ["/robots.txt", "/rss"]
    assert host_of(store).requests == 20
    collect([source], outlet, later=15 * HOUR)  # 01:00 of the next day in Viet Nam
    assert len(outlet.asked) > 2
    assert host_of(store).day == "2026-11-23"


def test_a_host_that_refuses_us_is_asked_one_feed_a_day_and_never_evaded(
    outlet: Any, store: Any, collect: Collect, make_source: Any
) -> None:
    outlet.feed("/rss", status=403)
    outlet.feed("/the-thao", status=403)
    source = make_source(f"{outlet.base}/rss", f"{outlet.base}/the-thao")
    agent = "DiemBao/0.1 (+mailto:baochi@example.vn)"
    step = 0
    while len([one for one in outlet.asked if one.status == 403]) < 5:
        collect([source], outlet, later=step * 2 * HOUR, user_agent=agent)
        step += 1
        assert step < 10
    state = host_of(store)
    assert state.blocked_since is not None
    blocked = step * 2 * HOUR
    before = outlet.paths()
    collect([source], outlet, later=blocked + 10 * HOUR, user_agent=agent)
    assert outlet.paths() == before
    collect([source], outlet, later=blocked + 24 * HOUR, user_agent=agent)
    assert sorted(outlet.paths()[len(before) :])[:2] in (
        ["/robots.txt", "/rss"],
        ["/robots.txt", "/the-thao"],
    )
    assert len(outlet.paths()) == len(before) + 2
    assert state_of(store, f"{outlet.base}/rss").outcome is FeedOutcome.BLOCKED
    shown = [{k: v for k, v in one.headers.items() if k != "if-none-match"} for one in outlet.asked]
    assert all(headers == shown[0] for headers in shown), "every request looks the same"
    assert shown[0]["user-agent"] == agent


def test_every_request_has_the_same_user_agent_whatever_it_is_for(
    *, outlet: Any, start_outlet: Any, collect: Collect, make_source: Any, make_page: Any, reply: Any
) -> None:
    other = start_outlet("127.0.0.2")
    outlet.feed("/rss", "{base}/1", "{base}/2.html", "{base}/3.html")
    outlet.pages["/1"] = reply(status=302, headers=(("Location", f"{other.base}/1.html"),))
    other.page("/1.html", make_page())
    outlet.page("/2.html", "cấm", status=403)
    outlet.page("/3.html", "hỏng", status=502)
    agent = "DiemBao/0.1 (+mailto:baochi@example.vn)"
    collect([make_source(f"{outlet.base}/rss")], outlet, other, user_agent=agent, retries=1)
    asked = [*outlet.asked, *other.asked]
    assert len(asked) == 8
    assert {request.headers["user-agent"] for request in asked} == {agent}


@pytest.mark.soak
def test_a_server_that_says_304_for_ever_is_asked_for_the_whole_once_a_day(
    outlet: Any, collect: Collect, make_source: Any, make_page: Any, reply: Any
) -> None:
    outlet.feed("/rss", "{base}/1.html", headers=(("ETag", 'W/"v1"'), ("Vary", "Accept-Encoding")))
    for number in (1, 2):
        outlet.page(f"/{number}.html", make_page(f"Bài {number}"))
    full = {"now": outlet.pages["/rss"]}
    outlet.pages["/rss"] = lambda headers: reply(status=304) if "if-none-match" in headers else full["now"]
    source = make_source(f"{outlet.base}/rss")
    collect([source], outlet)
    lying = outlet.pages["/rss"]
    outlet.feed("/rss", "{base}/1.html", "{base}/2.html", headers=(("ETag", 'W/"v1"'),))
    full["now"], outlet.pages["/rss"] = outlet.pages["/rss"], lying
    found = [collect([source], outlet, later=hours * HOUR).articles_new for hours in range(1, 25, 4)]
    found.append(collect([source], outlet, later=25 * HOUR).articles_new)
    assert sum(found) == 1
    conditions = [one.headers.get("if-none-match") for one in outlet.asked if one.path == "/rss"]
    assert conditions.count(None) == 2
    assert set(conditions) == {None, 'W/"v1"'}, "the weak mark is sent back as it came"


def test_the_same_body_under_ever_new_etags_is_nothing_new(
    *, outlet: Any, store: Any, collect: Collect, make_source: Any, make_page: Any, reply: Any
) -> None:
    outlet.feed("/rss", "{base}/1.html")
    outlet.page("/1.html", make_page())
    body, numbers = outlet.pages["/rss"].body, iter(range(99))
    outlet.pages["/rss"] = lambda _: reply(
        body, content_type="application/rss+xml", headers=(("ETag", f'"{next(numbers)}"'),)
    )
    source = make_source(f"{outlet.base}/rss")
    collect([source], outlet)
    for minutes in (10, 20):
        assert collect([source], outlet, later=minutes * MINUTE).feeds_unchanged == 1
    assert state_of(store, source.feeds[0].url).etag == '"2"'
    assert outlet.paths().count("/1.html") == 1
