"""A period beside the time before it, and its chart: counted anew from a unit's own stories. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime

from alerts.material import DayCount, DigestMaterial, Office
from alerts.sections.chart import count_before, count_days
from alerts.sections.figures import ALL
from alerts.sections.stories import hidden_topics, is_shown
from alerts.spans import WEEK, Span
from store.types import ReadArticle, Story


def recount(material: DigestMaterial) -> DigestMaterial:
    """A material -> the same with what its stories are compared with and the days of its chart."""
    days = _days(material)
    start, known = material.earlier_start, material.earlier
    if start is None:
        return replace(material, previous_counts={}, before=None, days=days)
    if material.span is Span.DAY:
        means = _means(_saved_in(known, start, material.period_start), material.office)
        return replace(material, previous_counts=means, days=days)
    before = count_before(known, material.office, start=start, end=material.period_start)
    return replace(material, before=before, days=days)


def has_every_day(stories: Iterable[Story], office: Office, *, start: datetime, end: datetime) -> bool:
    """Whether something came on each day of a week [start, end): a mean of two days is no habit."""
    return len({office.local_day(item.saved_at) for item in _saved_in(stories, start, end)}) >= WEEK.days


def _days(material: DigestMaterial) -> tuple[DayCount, ...]:
    office, day = material.office, material.office.local_day
    if material.span is not Span.DAY:
        first, end = day(material.period_start), day(material.period_end)
        return count_days(material.stories, office, first=first, end=end)
    known = {story.id: story for story in (*material.earlier, *material.stories)}
    end = day(material.period_end)
    return count_days(known.values(), office, first=end - WEEK, end=end)


def _saved_in(stories: Iterable[Story], start: datetime, end: datetime) -> list[ReadArticle]:
    return [m.item for story in stories for m in story.members if start <= m.item.saved_at < end]


def _means(items: Iterable[ReadArticle], office: Office) -> Mapping[str, float]:
    """Articles a day by topic id over a week, counted as a digest shows them; ALL holds all."""
    hidden = hidden_topics(office.topics)
    shown = [item for item in items if is_shown(item, hidden)]
    counts = Counter(tag.id for item in shown for tag in item.reading.topics)
    return {topic: count / WEEK.days for topic, count in [*counts.items(), (ALL, len(shown))]}
