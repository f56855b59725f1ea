from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.looks import cadence
from store.types import FeedEntry

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
START = datetime.fromisoformat("2026-11-22T03:00:00+00:00")

# since the page became watched: how long ago, the last look, whether it is due
WATCHED = {
    "young": (59 * MINUTE, 59 * MINUTE, False),
    "an hour old": (61 * MINUTE, 61 * MINUTE, True),
    "looked at just before its hour": (61 * MINUTE, 2 * MINUTE, False),
    "looked at half an hour ago for something else": (61 * MINUTE, 40 * MINUTE, True),
    "three hours, looked at": (3 * HOUR, 2 * HOUR, False),
    "a day": (DAY, 23 * HOUR, True),
    "three days, looked at after one": (3 * DAY, 2 * DAY, False),
    "three days, never looked at": (3 * DAY, 3 * DAY, True),
    "a week": (7 * DAY, 6 * DAY, True),
    "a week, looked at": (8 * DAY, 20 * HOUR, False),
}


@pytest.mark.parametrize(("age", "since_look", "is_due"), WATCHED.values(), ids=WATCHED.keys())
def test_a_watched_page_is_due_at_its_moments(
    age: timedelta, since_look: timedelta, is_due: bool, now: datetime
) -> None:
    looked_at = now - since_look
    assert cadence.is_look_due([now - age], cadence.WATCHED_AFTER, looked_at=looked_at, now=now) is is_due


def test_a_page_cited_again_is_watched_anew(now: datetime) -> None:
    long_ago, lately = now - 10 * DAY, now - 2 * HOUR
    looked_at = now - 3 * DAY
    assert not cadence.is_look_due([long_ago], cadence.WATCHED_AFTER, looked_at=looked_at, now=now)
    assert cadence.is_look_due([long_ago, lately], cadence.WATCHED_AFTER, looked_at=looked_at, now=now)


@given(st.lists(st.integers(min_value=1, max_value=60 * 24 * 2), min_size=1, max_size=300))
def test_however_often_somebody_works_a_page_is_asked_three_times_at_most(minutes: list[int]) -> None:
    looked_at = now = START
    asked = 0
    for step in minutes:
        now += timedelta(minutes=step)
        if cadence.is_look_due([START], cadence.WATCHED_AFTER, looked_at=looked_at, now=now):
            looked_at, asked = now, asked + 1
    assert asked <= len(cadence.WATCHED_AFTER)
    if now - START >= 7 * DAY:
        assert looked_at >= START + 7 * DAY - HOUR


def test_a_gone_page_is_confirmed_after_ten_minutes_and_not_before(now: datetime) -> None:
    for age, is_due in ((9 * MINUTE, False), (10 * MINUTE, True)):
        gone_at = now - age
        assert cadence.is_look_due([gone_at], cadence.GONE_AFTER, looked_at=gone_at, now=now) is is_due


def test_only_a_date_that_differs_is_a_change(now: datetime) -> None:
    entry = FeedEntry("https://baotap.vn/a", "Tin", published=now)
    assert cadence.is_entry_changed(entry, FeedEntry("https://baotap.vn/a", "Tin", published=now - HOUR))
    assert not cadence.is_entry_changed(entry, FeedEntry("https://baotap.vn/a", "Tin khác", published=now))
    assert not cadence.is_entry_changed(entry, FeedEntry("https://baotap.vn/a", "Tin"))
    assert not cadence.is_entry_changed(entry, None)
