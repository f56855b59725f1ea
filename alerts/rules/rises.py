"""Stories that rise, for a rule that asks for them: now, and at every hour of a dry run. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from alerts.rules.finding import Window
from alerts.sections.ahead import RISES, hours_of
from alerts.volume.rising import Rise, find_rising
from store.courses import Course
from store.types import AlertRule, Condition, Happening

_STEP = timedelta(hours=1)  # how often the service looks


def find_rises(
    rule: AlertRule, courses: Sequence[Course], now: datetime, *, since: datetime
) -> tuple[Happening, ...]:
    """Stories that the rule's search finds -> those that rise at `now` (UTC), each to be told once.

    `since`: when collecting began (UTC).
    """
    if Condition.RISING not in rule.when:
        return ()
    return tuple(_make(rule, rise, now) for rise in find_rising(courses, now=now, since=since))


def find_rises_within(
    rule: AlertRule, courses: Sequence[Course], window: Window, *, since: datetime
) -> tuple[Happening, ...]:
    """The same, had it been looked at each hour of a window; each story when it first rose."""
    found: dict[str, Happening] = {}
    now = window.start
    while now < window.end:
        for happening in find_rises(rule, courses, now, since=since):
            found.setdefault(happening.subject, happening)
        now += _STEP
    return tuple(found.values())


def _make(rule: AlertRule, rise: Rise, now: datetime) -> Happening:
    values = {
        "outlets": str(rise.outlets),
        "hours": str(hours_of(rise)),
        "as_many": str(rise.as_many),
        "others": str(rise.others),
    }
    return Happening(
        rule=rule.id,
        condition=Condition.RISING,
        subject=rise.story,
        detail="",
        at=now,
        title=rise.title,
        why=RISES,
        values=tuple(values.items()),
    )
