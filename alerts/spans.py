"""How often an edition comes, and what it covers: a day, a calendar week, a calendar month. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from store.types import Rules

WEEK = timedelta(days=7)
_DAY = timedelta(days=1)


class Span(StrEnum):
    """How often; the values stand in `every` of rules.yaml."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"


LONGER = (Span.WEEK, Span.MONTH)


@dataclass(frozen=True, slots=True)
class Period:
    """What an edition covers (UTC, end exclusive) and the day it is named after: that on which it is due."""

    start: datetime
    end: datetime
    day: date
    span: Span = Span.DAY


def find_due_day(rules: Rules, *, now: datetime, span: Span = Span.DAY) -> date:
    """The day that the edition due last at `now` (UTC) is named after: a Monday, a month's first, any day."""
    local = now.astimezone(ZoneInfo(rules.timezone))
    is_due = local.time() >= time.fromisoformat(rules.digest_at)
    return first_day(local.date() if is_due else local.date() - _DAY, span)


def first_day(day: date, span: Span) -> date:
    """The first day of the week (Monday) or month that holds `day`; of a day itself."""
    if span is Span.WEEK:
        return day - timedelta(days=day.weekday())
    return day.replace(day=1) if span is Span.MONTH else day


def day_before(day: date, span: Span) -> date:
    """The first day of the period before the one that begins on `day`."""
    return first_day(day - _DAY, span)


def due_time(rules: Rules, *, now: datetime, span: Span) -> datetime:
    """When the edition that is due last at `now` was due (UTC)."""
    at = time.fromisoformat(rules.digest_at)
    due = datetime.combine(find_due_day(rules, now=now, span=span), at, ZoneInfo(rules.timezone))
    return due.astimezone(now.tzinfo)


def whole_period(rules: Rules, *, now: datetime, span: Span) -> Period:
    """The whole calendar week or month that ended before the edition due last at `now` (UTC).

    However late it is made, it covers the same days: from midnight to midnight of the office's clock.
    """
    day = find_due_day(rules, now=now, span=span)
    return Period(
        start=_midnight(rules, day_before(day, span), now), end=_midnight(rules, day, now), day=day, span=span
    )


def start_before(rules: Rules, period: Period) -> datetime:
    """When the week or month before a period began (UTC)."""
    first = period.start.astimezone(ZoneInfo(rules.timezone)).date()
    return _midnight(rules, day_before(first, period.span), period.start)


def _midnight(rules: Rules, day: date, like: datetime) -> datetime:
    return datetime.combine(day, time(), ZoneInfo(rules.timezone)).astimezone(like.tzinfo)
