"""Days, weeks, months, quarters and years as spans of days; what a date without a year means. Pure."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

Span = tuple[date, date]  # first and last day, both included
_HALF_A_YEAR = 182  # days


def day_or_none(year: int, month: int, day: int) -> date | None:
    """A day of the calendar; None for one that does not exist (31/2, month 13, year 0)."""
    try:
        return date(year, month, day)
    except (ValueError, OverflowError):
        return None


def year_span(year: int) -> Span | None:
    """A whole year."""
    return (date(year, 1, 1), date(year, 12, 31)) if 1 <= year <= 9998 else None


def month_span(year: int, month: int, *, months: int = 1) -> Span | None:
    """`months` whole months from this one on."""
    if not (1 <= month <= 12 and 1 <= year <= 9997 and 1 <= months <= 12):
        return None
    whole = year * 12 + month - 1 + months - 1
    last_year, last_month = divmod(whole, 12)
    return date(year, month, 1), date(last_year, last_month + 1, monthrange(last_year, last_month + 1)[1])


def week_span(day: date) -> Span:
    """Monday to Sunday of the week that a day lies in."""
    monday = day - timedelta(days=day.weekday())
    return monday, monday + timedelta(days=6)


def nearest_year(month: int, day: int, near: date) -> date | None:
    """A day without its year -> that day in the year that brings it nearest to `near`, half a year at most.

    News tells of what was and what comes: "28/12" in January is last month's, "5/1" in December next month's.
    """
    found = [day_or_none(year, month, day) for year in (near.year - 1, near.year, near.year + 1)]
    real = [one for one in found if one is not None]
    return min(real, key=lambda one: abs((one - near).days), default=None)
