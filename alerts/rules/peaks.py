"""Unusual volume as a condition: the stories that a rule's search finds, in all, by topic, by place. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from alerts.volume.counting import ALL, DatedStory, count_by_day
from alerts.volume.unusual import Unusual, judge
from store.types import AlertRule, CalendarEntry, Condition, Happening
from store.volume import Begun

_SHOWN = 3  # headlines of the day
_ALARM = "{count} stories on {day}; on such days it is {usual}, at most {most} in four weeks. First: {titles}"
_NOTE = "{count} stories on {day}, when “{event}” was scheduled; else {usual} on such days. First: {titles}"


@dataclass(frozen=True, slots=True)
class Names:
    """What topics and places are called, by id."""

    topics: Mapping[str, str]
    places: Mapping[str, str]

    def of(self, subject: str, rule: AlertRule) -> str:
        """A subject in words: the rule's own name for everything its search finds."""
        kind, _, id_ = subject.partition(":")
        known = {"topic": self.topics, "place": self.places}.get(kind, {})
        return known.get(id_, rule.name)


def find_peaks(
    rule: AlertRule,
    begun: Sequence[Begun],
    now: datetime,
    *,
    since: datetime,
    zone: ZoneInfo,
    calendar: Collection[CalendarEntry],
    names: Names,
) -> tuple[Happening, ...]:
    """Stories of the last weeks -> where today is out of the ordinary; told once a day for each subject.

    Args:
        rule: that asks for it, or the answer is nothing.
        begun: the stories its search finds.
        now: UTC.
        since: when collecting began (UTC): what was not collected was not told of less.
        zone: the office's.
        calendar: the office's days.
        names: of topics and places.

    """
    if Condition.VOLUME not in rule.when or not begun:
        return ()
    today = now.astimezone(zone).date()
    counts = count_by_day((_dated(one) for one in begun), zone=zone)
    known_since = since.astimezone(zone).date()
    judged = (
        judge(subject, found, today, calendar=calendar, known_since=known_since)
        for subject, found in sorted(counts.items())
    )
    return tuple(_make(rule, one, now, names, _titles(begun, one, zone)) for one in judged if one is not None)


def _dated(begun: Begun) -> DatedStory:
    subjects = {f"topic:{topic}" for topic in begun.topics} | {f"place:{place}" for place in begun.places}
    return DatedStory(begun.story, begun.at, frozenset(subjects))


def _titles(begun: Sequence[Begun], peak: Unusual, zone: ZoneInfo) -> str:
    return "; ".join(one.title for one in _of(begun, peak.subject, peak.day, zone))


def _of(begun: Sequence[Begun], subject: str, day: date, zone: ZoneInfo) -> Iterator[Begun]:
    found = (
        one
        for one in begun
        if one.at.astimezone(zone).date() == day and (subject == ALL or subject in _dated(one).subjects)
    )
    yield from sorted(found, key=lambda one: one.at)[:_SHOWN]


def _make(rule: AlertRule, peak: Unusual, now: datetime, names: Names, titles: str) -> Happening:
    values = {
        "count": str(peak.count),
        "day": peak.day.strftime("%d/%m/%Y"),
        "usual": f"{peak.usual:g}",
        "most": str(peak.most),
        "event": peak.event,
        "titles": titles[:300],
    }
    return Happening(
        rule=rule.id,
        condition=Condition.VOLUME,
        subject=peak.subject,
        detail=peak.day.isoformat(),
        at=now,
        title=names.of(peak.subject, rule),
        why=_NOTE if peak.event else _ALARM,
        values=tuple(values.items()),
    )
