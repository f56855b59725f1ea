"""Stories that rise: carried by more independent outlets than others had at the same age. Pure.

Counted are outlets, not copies and not articles; the measure is what other stories of the same weeks did, so
that a quiet office has its own and a busy one, too. Nothing asks who an outlet is or in what tone it writes.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from store.courses import Course

BACK = timedelta(days=28)  # of the stories that a rising one is measured by
RECENT = timedelta(hours=24)  # in which a story must have gained outlets, or it rises no more
OLDEST = timedelta(days=7)
LEAST_OUTLETS = 3
LEAST_GAIN = 2  # outlets in `RECENT`, the first of all among them
LEAST_OTHERS = 30  # stories; with fewer nothing is known of what is usual
RARE = 0.05  # of the others may have spread as widely


@dataclass(frozen=True, slots=True)
class Rise:
    """A story that rises: its outlets now, its age, and how many of how many others had as many by then."""

    story: str
    title: str
    outlets: int
    age: timedelta
    as_many: int
    others: int


def find_rising(courses: Sequence[Course], *, now: datetime, since: datetime) -> tuple[Rise, ...]:
    """Stories with when each outlet had them -> those that rise at `now` (UTC), the rarest first.

    `since`: when collecting began (UTC). A first collection brings what outlets kept of weeks at once: the
    stories of its first day are not measured by.
    """
    known = [one for one in courses if one.reached and one.reached[0] >= since + RECENT]
    rises = (_judge(one, known, now) for one in known if _may_rise(one, now))
    found = [rise for rise in rises if rise is not None]
    return tuple(sorted(found, key=lambda rise: (rise.as_many / rise.others, -rise.outlets, rise.story)))


def _may_rise(course: Course, now: datetime) -> bool:
    begun, outlets = course.reached[0], bisect_right(course.reached, now)
    if outlets < LEAST_OUTLETS or now - begun > OLDEST:
        return False
    return outlets - bisect_right(course.reached, now - RECENT) >= LEAST_GAIN


def _judge(course: Course, known: Sequence[Course], now: datetime) -> Rise | None:
    age, outlets = now - course.reached[0], bisect_right(course.reached, now)
    others = [one for one in known if one.story != course.story and one.reached[0] + age <= now]
    as_many = sum(bisect_right(one.reached, one.reached[0] + age) >= outlets for one in others)
    if len(others) < LEAST_OTHERS or as_many > RARE * len(others):
        return None
    return Rise(course.story, course.title, outlets, age, as_many, len(others))
