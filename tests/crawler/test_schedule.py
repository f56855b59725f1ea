"""When a feed is looked at again, and a week of the whole catalogue simulated."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.courtesy import schedule
from crawler.feeds.hints import asks_from
from crawler.wire.answers import Answer, NoAnswer, Trouble
from store.types import Feed, FeedAsks, FeedKind, FeedOutcome, FeedState, Source

NOW = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)  # a Sunday
URL = "https://baotap.vn/rss"
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


def feed(a_day: float = 1, *, days: int = 28, failures: int = 0, asks: FeedAsks = FeedAsks()) -> FeedState:  # noqa: B008 - a frozen value
    """A feed that has given so many entries a day for so many days."""
    ages = range(days, 0, -1)
    yields = tuple(
        ((NOW - age * DAY).date().isoformat(), int(a_day * (days - age + 1)) - int(a_day * (days - age)))
        for age in ages
    )
    return FeedState(
        URL,
        "bao-tap",
        FeedOutcome.OK,
        checked_at=NOW,
        succeeded_at=NOW,
        failures=failures,
        yields=yields,
        asks=asks,
    )


def answer(status: int = 200, **headers: str) -> Answer:
    return Answer(URL, status, tuple((name.replace("_", "-"), value) for name, value in headers.items()), b"")


def wait(state: FeedState, got: Answer | NoAnswer | None = None, *, priority: bool = False) -> timedelta:
    planned = schedule.planned(state, got or answer(), priority=priority, at=NOW, unit=0.0)
    assert planned.next_at is not None
    return planned.next_at - NOW


HABITS = {
    "a flood": (200, 15 * MINUTE, 15 * MINUTE),
    "ten a day": (10, 10 * MINUTE, 15 * MINUTE),
    "three a day": (3, 30 * MINUTE, 40 * MINUTE),
    "one a day": (1, 100 * MINUTE, 2 * HOUR),
    "one a week": (1 / 7, 10 * HOUR, 14 * HOUR),
    "silent for four weeks": (0, 24 * HOUR, 24 * HOUR),
}


@pytest.mark.parametrize(("a_day", "least", "most"), HABITS.values(), ids=HABITS.keys())
def test_a_feed_is_looked_at_as_often_as_it_gives(a_day: float, least: timedelta, most: timedelta) -> None:
    assert least <= wait(feed(a_day)) <= most


@pytest.mark.parametrize("a_day", [0, 1 / 7, 1, 10, 200])
def test_a_priority_feed_is_looked_at_every_ten_minutes_whatever_it_gives(a_day: float) -> None:
    for unit in (-1.0, 0.0, 1.0):
        planned = schedule.planned(feed(a_day), answer(), priority=True, at=NOW, unit=unit)
        assert planned.next_at is not None
        assert 8 * MINUTE <= planned.next_at - NOW <= 9 * MINUTE


def test_a_feed_of_which_little_is_known_counts_as_a_daily_one() -> None:
    new = FeedState(URL, "bao-tap", FeedOutcome.OK, checked_at=NOW)
    assert wait(new) <= 2 * HOUR
    assert wait(feed(0, days=2)) < 3 * HOUR
    assert wait(feed(0, days=6)) < 24 * HOUR


WISHES = {
    "max-age": ({"cache_control": "public, max-age=10800"}, 3 * HOUR),
    "max-age, partly gone": ({"cache_control": "max-age=10800", "age": "3600"}, 2 * HOUR),
    "max-age of a year": ({"cache_control": "max-age=31536000"}, 6 * HOUR),
    "no-cache": ({"cache_control": "no-cache, max-age=10800"}, timedelta(0)),
    "Expires": (
        {"expires": "Sun, 22 Nov 2026 06:00:00 GMT", "date": "Sun, 22 Nov 2026 03:00:00 GMT"},
        3 * HOUR,
    ),
    "Expires without Date": ({"expires": "Sun, 22 Nov 2026 05:30:00 GMT"}, 150 * MINUTE),
    "Expires 0": ({"expires": "0"}, timedelta(0)),
    "a date no calendar holds": ({"expires": "Sun, 22 Nov 2026 05:30:00 +99999999999999"}, timedelta(0)),
    "nonsense": ({"cache_control": "max-age=soon", "expires": "later"}, timedelta(0)),
}


@pytest.mark.parametrize(("headers", "least"), WISHES.values(), ids=WISHES.keys())
def test_what_an_answer_says_of_its_freshness_is_a_wait(headers: Mapping[str, str], least: timedelta) -> None:
    busy = feed(200)
    assert wait(busy, answer(**headers)) == max(least, 15 * MINUTE)


ASKS = {
    "ttl": (b"<ttl>120</ttl>", FeedAsks(7200)),
    "hourly": (b"<sy:updatePeriod>hourly</sy:updatePeriod>", FeedAsks(3600)),
    "four times a day": (
        b"<sy:updatePeriod> daily </sy:updatePeriod><sy:updateFrequency>4</sy:updateFrequency>",
        FeedAsks(21_600),
    ),
    "a frequency of nothing": (
        b"<sy:updatePeriod>daily</sy:updatePeriod><sy:updateFrequency>0</sy:updateFrequency>",
        FeedAsks(86_400),
    ),
    "hours": (
        b"<skipHours><hour>0</hour><hour>23</hour><hour>24</hour><hour>99</hour></skipHours>",
        FeedAsks(hours_off=(0, 23)),
    ),
    "days": (
        b"<skipDays><day>Sunday</day><day>Ch\xe1\xbb\xa7 nh\xe1\xba\xadt</day></skipDays>",
        FeedAsks(days_off=(6,)),
    ),
    "nonsense": (b"<ttl>soon</ttl><sy:updatePeriod>often</sy:updatePeriod><skipHours/>", FeedAsks()),
    "of an entry, not of the feed": (b"<item><ttl>120</ttl></item>", FeedAsks()),
}


@pytest.mark.parametrize(("head", "asks"), ASKS.values(), ids=ASKS.keys())
def test_what_a_feed_says_of_how_often_to_look(head: bytes, asks: FeedAsks) -> None:
    body = b"<rss><channel><title>T</title>" + head + b"<item><ttl>999</ttl></item></channel></rss>"
    assert asks_from(body) == asks


@given(st.binary(max_size=300))
def test_no_body_breaks_the_reading_of_wishes(body: bytes) -> None:
    found = asks_from(b"<ttl>" + body + b"</ttl>" + body)
    assert found.wait_seconds >= 0


def test_a_ttl_makes_a_busy_feed_rarer_but_never_a_priority_one() -> None:
    busy = feed(200, asks=FeedAsks(7200))
    assert wait(busy) == 2 * HOUR
    assert wait(busy, priority=True) == schedule.PRIORITY * 0.95


def test_hours_and_days_off_are_passed_over() -> None:
    assert schedule.beyond_hours_off(NOW, (3, 4)) == NOW.replace(hour=5)
    assert schedule.beyond_hours_off(NOW, tuple(range(24))) == NOW
    assert schedule.beyond_days_off(NOW, (6, 0)) == datetime(2026, 11, 24, tzinfo=UTC)
    assert schedule.beyond_days_off(NOW, tuple(range(7))) == NOW
    planned = schedule.planned(
        feed(200, asks=FeedAsks(hours_off=(3,))), answer(), priority=False, at=NOW, unit=0
    )
    assert planned.next_at == NOW.replace(hour=4)


FAILURES = [(1, 15), (2, 15), (3, 15), (4, 20), (6, 80), (9, 360), (500, 360)]


@pytest.mark.parametrize(("failures", "minutes"), FAILURES)
def test_failures_in_a_row_make_a_feed_rarer_but_never_silent(failures: int, minutes: int) -> None:
    got = NoAnswer(Trouble.TIMEOUT, "no complete answer")
    assert wait(feed(200, failures=failures), got) == minutes * MINUTE


def test_a_priority_feed_that_fails_is_looked_at_every_hour_at_least() -> None:
    got = NoAnswer(Trouble.TIMEOUT, "no complete answer")
    assert wait(feed(200, failures=500), got, priority=True) == HOUR


def test_retry_after_holds_for_a_priority_feed_too() -> None:
    assert wait(feed(200, failures=1), answer(429, retry_after="7200"), priority=True) == 2 * HOUR
    assert wait(feed(200, failures=1), answer(429, retry_after="99999999"), priority=True) == 7 * DAY


def test_jitter_is_a_tenth_and_the_same_for_the_same_feed_and_time() -> None:
    units = [schedule.unit_from(f"https://baotap.vn/{n}.rss", NOW) for n in range(2000)]
    assert units == [schedule.unit_from(f"https://baotap.vn/{n}.rss", NOW) for n in range(2000)]
    assert -1 <= min(units) < -0.99
    assert 0.99 < max(units) <= 1
    assert abs(sum(units) / len(units)) < 0.05
    for unit in (-1.0, 1.0):
        planned = schedule.planned(feed(200), answer(), priority=False, at=NOW, unit=unit)
        assert planned.next_at == NOW + 15 * MINUTE * (1 + 0.1 * unit)


def test_a_feed_is_due_when_its_time_has_come() -> None:
    state = replace(feed(), next_at=NOW + HOUR)
    assert not schedule.is_feed_due(state, NOW + 59 * MINUTE)
    assert schedule.is_feed_due(state, NOW + HOUR)
    assert schedule.is_feed_due(None, NOW)
    assert schedule.is_feed_due(replace(state, next_at=None), NOW)


def test_a_clock_set_back_does_not_stop_a_feed() -> None:
    state = replace(feed(), next_at=NOW + HOUR)
    assert schedule.is_feed_due(state, NOW - 30 * DAY)
    assert not schedule.is_feed_due(state, NOW - MINUTE)


def test_yields_are_counted_by_day_for_four_weeks() -> None:
    state = feed(2, days=28)
    counted = schedule.with_yield(schedule.with_yield(state, 3, at=NOW), 1, at=NOW)
    assert counted.yields[-1] == ("2026-11-22", 4)
    assert len(counted.yields) == 28
    assert counted.yields[0][0] == "2026-10-26"


def test_what_lay_in_a_feed_at_the_first_look_is_no_yield() -> None:
    new = FeedState(URL, "bao-tap", FeedOutcome.NEVER)
    assert schedule.with_yield(new, 50, at=NOW).yields == (("2026-11-22", 0),)


def test_once_a_day_a_feed_is_asked_for_the_whole() -> None:
    state = replace(feed(), succeeded_at=NOW)
    whole = [schedule.is_whole_look_due(state, NOW + n * MINUTE) for n in range(1441)]
    assert whole == sorted(whole)
    assert whole[-1]
    urls = [f"https://baotap.vn/{n}.rss" for n in range(50)]
    hours = {
        next(n for n in range(25) if schedule.is_whole_look_due(replace(state, url=url), NOW + n * HOUR))
        for url in urls
    }
    assert len(hours) > 10, "not all at the same hour"


LEADING = {
    "the first": ((Feed("https://a.vn/1"), Feed("https://a.vn/2")), True, "https://a.vn/1"),
    "the first in use": ((Feed("https://a.vn/1", disabled="gone"), Feed("https://a.vn/2")), True, "https://a.vn/2"),
    "the first that is read": ((Feed("https://a.vn/1", FeedKind.NONE), Feed("https://a.vn/2")), True, "https://a.vn/2"),
    "none without priority": ((Feed("https://a.vn/1"),), False, ""),
}  # fmt: skip


@pytest.mark.parametrize(("feeds", "priority", "leading"), LEADING.values(), ids=LEADING.keys())
def test_one_feed_leads_for_a_priority_source(
    make_source: Callable[..., Source], feeds: tuple[Feed, ...], priority: bool, leading: str
) -> None:
    source = replace(make_source(priority=priority), feeds=feeds)
    assert [feed.url for feed in feeds if schedule.is_leading(source, feed)] == ([leading] if leading else [])
