"""The chart of a digest: how many stories came on each day, or in each week of a month. Pure."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from itertools import groupby

from alerts.edition import Bar
from alerts.material import Before, DayCount, Office
from alerts.sections.stories import hidden_topics, is_shown
from alerts.spans import Span, first_day
from store.types import ReadArticle, Story

_DAY = timedelta(days=1)


def count_days(stories: Iterable[Story], office: Office, *, first: date, end: date) -> tuple[DayCount, ...]:
    """What came on each day of the office's calendar in [first, end), counted as a digest shows it.

    A story counts on every day on which it brought something new; copies are articles, but no stories.
    """
    articles: Counter[date] = Counter()
    told: defaultdict[date, set[str]] = defaultdict(set)
    for story, item in _shown(stories, office):
        day = office.local_day(item.saved_at)
        articles[day] += 1
        told[day].add(story)
    days = (first + number * _DAY for number in range((end - first).days))
    return tuple(DayCount(day, len(told[day]), articles[day]) for day in days)


def count_before(stories: Iterable[Story], office: Office, *, start: datetime, end: datetime) -> Before:
    """What came in [start, end) UTC, counted as a digest shows it."""
    rows = [(story, item) for story, item in _shown(stories, office) if start <= item.saved_at < end]
    topics = Counter(tag.id for _, item in rows for tag in item.reading.topics)
    return Before(len(rows), len({story for story, _ in rows}), topics)


def _shown(stories: Iterable[Story], office: Office) -> Iterator[tuple[str, ReadArticle]]:
    hidden = hidden_topics(office.topics)
    for story in stories:
        for member in story.members:
            if is_shown(member.item, hidden):
                yield story.id, member.item


def make_chart(days: Sequence[DayCount], span: Span) -> tuple[Bar, ...]:
    """Days in their order -> the bars: a day each, in a month's edition a week (Monday to Sunday) each.

    A week's stories are those of its days added up: one told on three days counts thrice, as three days have
    it. Nothing is drawn where nothing came at all.
    """
    most_of = Span.WEEK if span is Span.MONTH else Span.DAY
    groups = [list(group) for _, group in groupby(days, key=lambda one: first_day(one.day, most_of))]
    heights = [sum(one.stories for one in group) for group in groups]
    most = max(heights, default=0)
    if not most:
        return ()
    return tuple(
        Bar(group[0].day, group[-1].day, height, sum(one.articles for one in group), height / most)
        for group, height in zip(groups, heights, strict=True)
    )
