from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from crawler.looks import cadence
from crawler.looks.again import MOST_OF_A_HOST, Watch, due_again
from crawler.plan import make_plan
from store.captures import Capture
from store.looks import LookState
from store.types import Source
from store.watched import WatchedPage

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
URL = "https://baotap.vn/1.html"


@pytest.fixture
def source(make_source: Callable[..., Source]) -> Source:
    return make_source("https://baotap.vn/rss")


def capture(now: datetime, age: timedelta, url: str = URL, source: str = "bao-tap") -> Capture:
    return Capture(source, url, url, now - age, None, etag='"1"')


def page(now: datetime, age: timedelta, since: timedelta | None, **values: Any) -> WatchedPage:
    times = () if since is None else (now - since,)
    return replace(WatchedPage(1, "bao-tap", URL, now - age, times, etag='"9"'), **values)


def look(now: datetime, ago: timedelta, **values: Any) -> dict[str, LookState]:
    return {URL: LookState(URL, "bao-tap", now - ago, **values)}


ORDINARY: dict[str, tuple[timedelta, Callable[[datetime], Watch], bool]] = {
    "an hour old": (HOUR, lambda _: Watch(), False),
    "six hours old": (6 * HOUR, lambda _: Watch(), True),
    "looked at": (20 * HOUR, lambda now: Watch(looks=look(now, 14 * HOUR)), False),
    "a look that failed": (7 * HOUR, lambda now: Watch(looks=look(now, 10 * MINUTE, failures=1)), True),
    "looks that failed often": (
        7 * HOUR,
        lambda now: Watch(looks=look(now, 10 * MINUTE, failures=cadence.MOST_TRIES)),
        False,
    ),
    "not about the province": (7 * HOUR, lambda _: Watch(unconcerned=frozenset({URL})), False),
    "three days old": (3 * DAY, lambda _: Watch(), False),
    "seen gone a quarter of an hour ago": (
        7 * HOUR,
        lambda now: Watch(looks=look(now, 15 * MINUTE, gone_at=now - 15 * MINUTE)),
        True,
    ),
}


@pytest.mark.parametrize(("age", "watch", "is_due"), ORDINARY.values(), ids=ORDINARY.keys())
def test_an_ordinary_page_is_looked_at_once_where_that_is_useful(
    age: timedelta, watch: Callable[[datetime], Watch], is_due: bool, now: datetime, source: Source
) -> None:
    assert bool(due_again([capture(now, age)], watch(now), [source], now=now)) is is_due


def test_a_watched_page_has_its_own_moments_and_the_validators_of_its_newest_capture(
    now: datetime, source: Source
) -> None:
    watch = Watch(pages=(page(now, 30 * DAY, since=61 * MINUTE),))
    assert [found.etag for found in due_again([capture(now, 7 * HOUR)], watch, [source], now=now)] == ['"9"']
    fresh = Watch(pages=(page(now, 7 * HOUR, since=MINUTE),))
    assert due_again([capture(now, 7 * HOUR)], fresh, [source], now=now) == []


def test_sources_that_are_off_are_left_in_peace_and_strangers_only_where_they_are_watched(
    now: datetime, source: Source
) -> None:
    watched = Watch(pages=(page(now, 2 * HOUR, since=2 * HOUR),))
    assert due_again([], watched, [replace(source, disabled="đã tắt")], now=now) == []
    assert len(due_again([], watched, [replace(source, id="khac")], now=now)) == 1
    assert due_again([capture(now, 7 * HOUR, source="la")], Watch(), [source], now=now) == []


def test_one_host_is_not_kept_busy_and_watched_pages_come_first(now: datetime, source: Source) -> None:
    captures = [capture(now, 7 * HOUR, f"https://baotap.vn/{n}.html") for n in range(100)]
    watch = Watch(pages=(page(now, 9 * HOUR, since=2 * HOUR, url="https://baotap.vn/quan-trong.html"),))
    other = capture(now, 7 * HOUR, "https://dai.vn/1.html")
    found = due_again([*captures, other], watch, [source], now=now)
    assert found[0].url == "https://baotap.vn/quan-trong.html"
    assert len(found) == MOST_OF_A_HOST + 1
    assert found[-1].url == "https://dai.vn/1.html"


def test_a_plan_asks_again_conditionally(now: datetime, source: Source) -> None:
    (task,) = make_plan([source], {}, [capture(now, 7 * HOUR)], now=now).pages
    assert (task.url, task.etag, task.again) == (URL, '"1"', True)
