"""Politeness as an outlet's own log shows it: whole collections against servers on loopback."""

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
from store.types import FeedState, HostState

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


def test_robots_redirects_and_retries_keep_the_pause_too(
    outlet: Any, collect: Collect, make_source: Any, make_page: Any, reply: Any
) -> None:
    outlet.feed("/rss", "{base}/old.html", "{base}/broken.html")
    outlet.pages["/old.html"] = reply(status=301, headers=(("Location", "/new.html"),))
    outlet.page("/new.html", make_page(), wait=0.05)
    outlet.page("/broken.html", "hỏng", status=502)
    collect([make_source(f"{outlet.base}/rss", domain=outlet.place, pause_seconds=0.2)], outlet, retries=1)
    assert sorted(outlet.paths()) == sorted(
        ["/robots.txt", "/rss", "/old.html", "/new.html", "/broken.html", "/broken.html"]
    )
    assert_pauses(in_order(outlet), 0.2)


def test_a_redirect_to_another_host_obeys_that_hosts_robots_and_pause(
    *,
    outlet: Any,
    start_outlet: Any,
    collect: Collect,
    make_source: Any,
    make_page: Any,
    reply: Any,
    store: Any,
) -> None:
    other = start_outlet("127.0.0.2")
    robots(other, "User-agent: *\nDisallow: /kin/\n")
    other.page("/mo/1.html", make_page("Mở"))
    other.page("/kin/2.html", make_page("Kín"))
    outlet.feed("/rss", "{base}/1", "{base}/2", "{base}/3")
    for number, target in enumerate(["/mo/1.html", "/kin/2.html", "/mo/1.html?x=3"], start=1):
        outlet.pages[f"/{number}"] = reply(status=302, headers=(("Location", other.base + target),))
    other.pages["/mo/1.html?x=3"] = other.pages["/mo/1.html"]
    report = collect([make_source(f"{outlet.base}/rss")], outlet, other, default_pause=0.2)
    assert sorted(other.paths()) == ["/mo/1.html", "/mo/1.html?x=3", "/robots.txt"]
    assert_pauses(in_order(other), 0.2)
    assert ("robots.txt forbids", f"{outlet.base}/2") in [(one.reason, one.url) for one in report.refused]
    assert host_of(store, "127.0.0.2").requests == 3


def test_a_redirect_to_a_host_that_rests_is_not_followed(
    *,
    outlet: Any,
    start_outlet: Any,
    collect: Collect,
    make_source: Any,
    reply: Any,
    store: Any,
    now: datetime,
) -> None:
    other = start_outlet("127.0.0.2")
    outlet.feed("/rss", "{base}/1")
    outlet.pages["/1"] = reply(status=302, headers=(("Location", f"{other.base}/1.html"),))
    rest = HostState("127.0.0.2", rest_until=now + HOUR, rest_why="HTTP 429, asked to slow down")
    with store.sessions.begin() as session:
        save_host(session, rest)
    assert collect([make_source(f"{outlet.base}/rss")], outlet, other).left == 1
    assert other.asked == []


def test_robots_txt_is_asked_once_a_day_and_then_only_for_changes(
    outlet: Any, store: Any, collect: Collect, make_source: Any, reply: Any
) -> None:
    outlet.feed("/rss")
    robots(outlet, "User-agent: *\nDisallow: /kin/\n", headers=(("ETag", '"r1"'),))
    full = outlet.pages["/robots.txt"]
    outlet.pages["/robots.txt"] = lambda headers: (
        reply(status=304) if headers.get("if-none-match") == '"r1"' else full
    )
    source = make_source(f"{outlet.base}/rss")
    for later in (0 * HOUR, HOUR, 23 * HOUR):
        collect([source], outlet, later=later)
    assert outlet.paths().count("/robots.txt") == 1
    collect([source], outlet, later=25 * HOUR)
    asked = [(one.status, one.sent) for one in outlet.asked if one.path == "/robots.txt"]
    assert asked == [(200, len(full.body)), (304, 0)]
    state = host_of(store, outlet.place)
    assert (state.robots, state.robots_etag) == ("User-agent: *\nDisallow: /kin/\n", '"r1"')
    assert outlet.paths().count("/rss") == 4


def test_what_robots_txt_closed_stays_closed_while_it_is_unreachable(
    outlet: Any, collect: Collect, make_source: Any, make_page: Any
) -> None:
    robots(outlet, "User-agent: *\nDisallow: /kin/\n")
    outlet.feed("/rss", "{base}/kin/1.html", "{base}/mo/1.html")
    outlet.page("/mo/1.html", make_page())
    outlet.page("/kin/1.html", make_page())
    source = make_source(f"{outlet.base}/rss")
    collect([source], outlet)
    robots(outlet, "hỏng", status=500)
    assert collect([source], outlet, later=29 * DAY).troubles == ()
    assert "/kin/1.html" not in outlet.paths()
    before = outlet.paths().count("/rss")
    (trouble,) = collect([source], outlet, later=60 * DAY).troubles
    assert trouble.detail == "robots.txt could not be read (HTTP 500), so nothing is fetched"
    assert outlet.paths().count("/rss") == before


ROBOTS = {
    "404": ({"text": "không có", "status": 404}, True, ""),
    "403": ({"text": "không", "status": 403}, True, ""),
    "an HTML page": ({"text": "<!doctype html><html><p>Trang chủ</p></html>"}, True, ""),
    "BOM and CRLF": (
        {"text": "\ufeffUser-agent: *\r\nDisallow: /rss\r\n"},
        False,
        "robots.txt forbids",
    ),
    "larger than is read": (
        {"text": "User-agent: *\nDisallow: /rss\n" + "# x\n" * 2_000_000},
        False,
        "robots.txt forbids",
    ),
    "500": (
        {"text": "hỏng", "status": 500},
        False,
        "robots.txt could not be read (HTTP 500), so nothing is fetched",
    ),
    "503": (
        {"text": "hỏng", "status": 503},
        False,
        "robots.txt could not be read (HTTP 503), so nothing is fetched",
    ),
}


@pytest.mark.parametrize(("answer", "is_open", "why"), ROBOTS.values(), ids=ROBOTS.keys())
def test_robots_txt_decides(
    *, answer: dict[str, Any], is_open: bool, why: str, outlet: Any, collect: Collect, make_source: Any
) -> None:
    values = dict(answer)
    robots(outlet, values.pop("text"), **values)
    outlet.feed("/rss")
    report = collect([make_source(f"{outlet.base}/rss")], outlet)
    assert (report.feeds_ok, [state.detail for state in report.troubles]) == (
        (1, []) if is_open else (0, [why])
    )
    assert ("/rss" in outlet.paths()) is is_open


@pytest.mark.parametrize(("hops", "is_open"), [(5, False), (6, True)])
def test_redirects_of_robots_txt_are_followed_five_times_across_hosts(
    *,
    hops: int,
    is_open: bool,
    outlet: Any,
    start_outlet: Any,
    collect: Collect,
    make_source: Any,
    reply: Any,
) -> None:
    other = start_outlet("127.0.0.2")
    outlet.feed("/rss")
    places = [(outlet, "/robots.txt")] + [(other, f"/r{n}") for n in range(1, hops + 1)]
    for (here, path), (there, target) in pairwise(places):
        here.pages[path] = reply(status=301, headers=(("Location", there.base + target),))
    other.page(places[-1][1], "User-agent: *\nDisallow: /\n", content_type="text/plain")
    report = collect([make_source(f"{outlet.base}/rss")], outlet, other)
    assert report.feeds_ok == int(is_open)
    assert len(other.asked) == 5


def test_the_outlets_crawl_delay_holds_where_it_is_longer_than_our_pause(
    outlet: Any, collect: Collect, make_source: Any, make_page: Any
) -> None:
    robots(outlet, "User-agent: *\nCrawl-delay: 0.4\n")
    outlet.feed("/rss", "{base}/1.html")
    outlet.page("/1.html", make_page())
    collect([make_source(f"{outlet.base}/rss")], outlet)
    asked = in_order(outlet)
    assert [one.path for one in asked] == ["/robots.txt", "/rss", "/1.html"]
    assert_pauses(asked, 0.4)


@pytest.mark.soak
def test_a_crawl_delay_of_minutes_is_kept_over_several_runs(
    outlet: Any, collect: Collect, make_source: Any, make_page: Any, store: Any
) -> None:
    robots(outlet, "User-agent: *\nCrawl-delay: 600\n")
    outlet.feed("/rss", "{base}/1.html")
    outlet.page("/1.html", make_page())
    source = make_source(f"{outlet.base}/rss")
    seen = []
    for minutes in (0, 5, 11, 16, 22, 27):
        collect([source], outlet, later=minutes * MINUTE)
        seen.append(len(outlet.asked))
    assert seen == [1, 1, 2, 2, 3, 3]
    assert kept(store) == []  # the third question was the feed again: feeds come first
