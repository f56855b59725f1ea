"""Limits of law for a matter: which may apply, and when one that a person starts is over. Pure.

Working days follow the office's calendar: Monday to Friday, without holidays, with the days made good for.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from alerts.sections.matters import OF_MATTERS
from store.types import CalendarEntry, Deadline, Rules

_DAY = timedelta(days=1)


def limits_in_force(rules: Rules, day: date) -> tuple[Deadline, ...]:
    """The limits that a matter can fall under on a day; where none is known as such, all in force."""
    in_force = [d for d in rules.deadlines if (d.valid_from or date.min) <= day <= (d.valid_to or date.max)]
    return tuple([limit for limit in in_force if limit.id in OF_MATTERS] or in_force)


def find_due(
    limit: Deadline, start: datetime, *, calendar: Sequence[CalendarEntry], zone: ZoneInfo
) -> datetime:
    """When a limit is over that starts at `start` (aware), in the same zone as `start`.

    Hours run on; days and working days are counted from the day after the start, and end with their last
    day (Civil Code 2015, Articles 147 and 148).
    """
    if limit.unit == "hours":
        return start + timedelta(hours=limit.amount)
    day = start.astimezone(zone).date()
    counted = 0
    while counted < limit.amount:
        day += _DAY
        counted += limit.unit == "days" or is_working_day(day, calendar)
    return datetime.combine(day, time(23, 59), zone).astimezone(start.tzinfo)


def is_working_day(day: date, calendar: Sequence[CalendarEntry]) -> bool:
    """Whether offices work on a day."""
    kinds = {entry.kind for entry in calendar if entry.day <= day <= (entry.until or entry.day)}
    return "working_day" in kinds or (day.weekday() < 5 and "holiday" not in kinds)
