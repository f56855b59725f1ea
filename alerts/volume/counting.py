"""Stories by day and subject: a story counts once, on the day its first article was published. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

ALL = "all"  # the subject of everything together


@dataclass(frozen=True, slots=True)
class DatedStory:
    """A story with when it began (UTC), and what it is counted under: "topic:T12", "place:c23872"."""

    id: str
    began: datetime
    subjects: frozenset[str]


def count_by_day(stories: Iterable[DatedStory], *, zone: ZoneInfo) -> dict[str, dict[date, int]]:
    """Stories -> for each subject, and for ALL, how many began on each local day that had any."""
    counts: dict[str, Counter[date]] = {}
    for story in stories:
        day = story.began.astimezone(zone).date()
        for subject in (ALL, *sorted(story.subjects)):
            counts.setdefault(subject, Counter())[day] += 1
    return {subject: dict(found) for subject, found in counts.items()}


def series_of(counts: Mapping[date, int], days: Iterable[date]) -> tuple[int, ...]:
    """The counts of these days in their order, 0 where nothing began."""
    return tuple(counts.get(day, 0) for day in days)
