from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alerts.spans import LONGER, Span, due_time, find_due_day, start_before, whole_period
from store.types import Rules

RULES = Rules(recipients=(), deadlines=())
MOMENTS = st.datetimes(datetime(2020, 1, 1), datetime(2035, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001  bounds


def local(text: str) -> datetime:
    """A time in Viet Nam -> UTC."""
    return datetime.fromisoformat(f"{text}+07:00").astimezone(UTC)


@pytest.mark.parametrize(
    ("span", "now", "first", "last"),
    [
        (Span.WEEK, "2026-11-23T06:30", "2026-11-16", "2026-11-23"),
        (Span.WEEK, "2026-11-23T06:29", "2026-11-09", "2026-11-16"),
        (Span.WEEK, "2026-11-25T12:00", "2026-11-16", "2026-11-23"),
        (Span.MONTH, "2026-12-01T06:30", "2026-11-01", "2026-12-01"),
        (Span.MONTH, "2026-12-01T00:10", "2026-10-01", "2026-11-01"),
        (Span.MONTH, "2027-01-05T09:00", "2026-12-01", "2027-01-01"),
        (Span.MONTH, "2028-03-02T09:00", "2028-02-01", "2028-03-01"),
    ],
    ids=["Monday", "too early", "Wednesday", "the 1st", "too early on the 1st", "a new year", "a leap year"],
)
def test_an_edition_covers_the_whole_week_or_month_that_ended(span: Span, now: str, first: str, last: str):
    period = whole_period(RULES, now=local(now), span=span)
    assert (period.start, period.end) == (local(f"{first}T00:00"), local(f"{last}T00:00"))
    assert period.day == date.fromisoformat(last)


@pytest.mark.parametrize("span", LONGER)
@given(now=MOMENTS)
def test_whenever_it_is_made_an_edition_is_over_and_due_and_begins_where_the_one_before_ended(
    span: Span, now: datetime
):
    period = whole_period(RULES, now=now, span=span)
    due = due_time(RULES, now=now, span=span)
    assert period.start < period.end < due <= now
    assert whole_period(RULES, now=due, span=span) == period
    assert whole_period(RULES, now=due - timedelta(seconds=1), span=span).end == period.start
    assert start_before(RULES, period) == whole_period(RULES, now=period.end, span=span).start


@given(now=MOMENTS)
def test_a_week_is_named_after_a_monday_and_a_month_after_its_first(now: datetime):
    assert find_due_day(RULES, now=now, span=Span.WEEK).weekday() == 0
    assert find_due_day(RULES, now=now, span=Span.MONTH).day == 1


def test_the_hour_of_the_configuration_counts(make: Any):
    later = replace(RULES, digest_at="09:00")
    assert due_time(later, now=local("2026-11-25T08:00"), span=Span.WEEK) == local("2026-11-23T09:00")
