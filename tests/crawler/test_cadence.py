from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler import cadence
from store.types import FeedEntry, FeedOutcome, FeedState

HOUR = timedelta(hours=1)


def state(failures: int, checked_at: datetime | None) -> FeedState:
    return FeedState(
        "https://baotap.vn/rss", "bao-tap", FeedOutcome.FAILED, checked_at=checked_at, failures=failures
    )


def test_a_feed_never_looked_at_is_due(now: datetime) -> None:
    assert cadence.is_feed_due(None, now)
    assert cadence.is_feed_due(state(0, None), now)


@pytest.mark.parametrize(
    ("failures", "wait"), [(0, 0), (2, 0), (3, 10), (4, 20), (6, 80), (9, 360), (500, 360)]
)
def test_failures_in_a_row_make_a_feed_rarer_but_never_silent(
    failures: int, wait: int, now: datetime
) -> None:
    checked = now - timedelta(minutes=wait)
    assert cadence.is_feed_due(state(failures, checked), now)
    if wait:
        assert not cadence.is_feed_due(state(failures, checked + timedelta(seconds=1)), now)


PAGES = {
    "young": (timedelta(minutes=59), timedelta(minutes=10), False),
    "an hour old": (timedelta(minutes=61), timedelta(minutes=10), True),
    "an hour old, looked at since": (timedelta(minutes=70), timedelta(minutes=5), False),
    "six hours": (6 * HOUR + timedelta(minutes=1), timedelta(minutes=10), True),
    "a day": (24 * HOUR, timedelta(minutes=10), True),
    "left for a week, then found": (7 * 24 * HOUR, 7 * 24 * HOUR, True),
    "three days": (72 * HOUR, timedelta(minutes=10), False),
}


@pytest.mark.parametrize(("age", "since_look", "is_due"), PAGES.values(), ids=PAGES.keys())
def test_a_page_is_looked_at_again_at_fixed_ages(
    age: timedelta, since_look: timedelta, is_due: bool, now: datetime
) -> None:
    assert cadence.is_page_due(now - age, looked_at=now - since_look, now=now) is is_due


@given(st.lists(st.integers(min_value=1, max_value=90), min_size=1, max_size=400))
def test_however_often_a_source_is_looked_at_a_page_is_asked_again_four_times_at_most(
    minutes: list[int],
) -> None:
    captured = now = datetime.fromisoformat("2026-11-22T03:00:00+00:00")
    asked = 0
    for step in minutes:
        looked_at, now = now, now + timedelta(minutes=step)
        asked += cadence.is_page_due(captured, looked_at=looked_at, now=now)
    assert asked <= len(cadence.LOOK_AGAIN)


def test_only_a_date_that_differs_is_a_change(now: datetime) -> None:
    entry = FeedEntry("https://baotap.vn/a", "Tin", published=now)
    assert cadence.is_entry_changed(entry, FeedEntry("https://baotap.vn/a", "Tin", published=now - HOUR))
    assert not cadence.is_entry_changed(entry, FeedEntry("https://baotap.vn/a", "Tin khác", published=now))
    assert not cadence.is_entry_changed(entry, FeedEntry("https://baotap.vn/a", "Tin"))
    assert not cadence.is_entry_changed(entry, None)
