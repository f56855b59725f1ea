"""How a source is: facts of 28 days -> a condition with its reason in words. Pure.

Asked in this order: refused by the outlet, failing, changed, late, quiet; the first that holds counts.
A source's condition never enters a score of its articles; it tells the office what it may be missing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from crawler import words
from crawler.condition.canaries import find_blocked, find_change
from crawler.condition.habit import Habit, day_of, find_dark_days, local_date, make_habit
from crawler.courtesy.feedstates import GOOD
from store.health import WINDOW, SourceFacts
from store.types import (
    CalendarEntry,
    FeedKind,
    FeedOutcome,
    FeedState,
    Source,
    SourceCondition,
    SourceHealth,
)

TROUBLE = frozenset(
    {SourceCondition.BLOCKED, SourceCondition.FAILING, SourceCondition.CHANGED, SourceCondition.LATE}
)
_PATIENCE = 3  # failures in a row before a feed counts as failing
_FAILING_AFTER = timedelta(hours=12)  # or so long without success, for those who collect rarely
_NOT_ASKED_AFTER = timedelta(hours=36)
_DAY, _HOUR = timedelta(days=1), timedelta(hours=1)
# False alarms that chance may raise in 28 days for one source; a priority source is worth more of them.
_ALARMS, _ALARMS_PRIORITY = 0.01, 0.015
_SILENCE, _SILENCE_PRIORITY = timedelta(hours=20), timedelta(hours=18)  # shorter ones call nobody
_LONG = timedelta(days=14)  # of silence, where nothing is known of a habit
_QUIET_SIGMAS = 2.6
_QUIET_LEAST = 3.0  # expected articles: fewer cannot be missed in a day


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What all sources are judged before: holidays, and days on which we ourselves hardly collected."""

    free: frozenset[date] = frozenset()  # of Viet Nam
    dark: frozenset[int] = frozenset()  # as crawler.condition.habit.day_of counts

    def free_for(self, source: Source) -> frozenset[date]:
        """The holidays that the source's editors have."""
        return self.free if source.country == "VN" else frozenset()


def make_surroundings(facts: Iterable[SourceFacts], calendar: Iterable[CalendarEntry]) -> Surroundings:
    """Learn from all sources together, and from the office's calendar."""
    free = (day for entry in calendar if entry.kind == "holiday" for day in _days_of(entry))
    return Surroundings(frozenset(free), find_dark_days(fact.arrivals for fact in facts))


def _days_of(entry: CalendarEntry) -> list[date]:
    last = entry.until or entry.day
    return [entry.day + timedelta(days=n) for n in range((last - entry.day).days + 1)]


def judge_sources(
    sources: Iterable[Source],
    facts: Mapping[str, SourceFacts],
    calendar: Iterable[CalendarEntry],
    *,
    now: datetime,
) -> list[SourceHealth]:
    """Judge every source that is in use, in the catalogue's order."""
    around = make_surroundings(facts.values(), calendar)
    return [
        judge(source, facts.get(source.id, SourceFacts(source.id)), around, now=now)
        for source in sources
        if is_watched(source)
    ]


def is_watched(source: Source) -> bool:
    """Whether anything is collected from a source."""
    return not source.disabled and bool(used_addresses(source))


def used_addresses(source: Source) -> set[str]:
    """The addresses of a source that are asked."""
    return {feed.url for feed in source.feeds if feed.kind is not FeedKind.NONE and not feed.disabled}


def judge(source: Source, facts: SourceFacts, around: Surroundings, *, now: datetime) -> SourceHealth:
    """Say how one source is.

    Args:
        source: as configured; feeds that were taken out of the configuration do not count.
        facts: of its last 28 days.
        around: holidays and days of our own silence.
        now: the time of judging (aware).

    """
    used = used_addresses(source)
    feeds = [feed for feed in facts.feeds if feed.url in used]
    looked = max((feed.succeeded_at for feed in feeds if feed.succeeded_at), default=None)
    free = around.free_for(source)
    habit = make_habit(facts.arrivals, start=now - WINDOW, free=free, dark=around.dark)
    condition, why = _condition(source, facts, feeds, habit, looked=looked, now=now)
    return SourceHealth(
        source=source.id,
        condition=condition,
        why=why,
        since=_since(condition, facts, looked, now),
        last_fetch=max((feed.checked_at for feed in feeds if feed.checked_at), default=None),
        last_article=_last_article(facts),
        expected=round(habit.expected(now - _DAY, now), 2) if habit else 0.0,
        actual=sum(moment > now - _DAY for moment in facts.arrivals),
    )


def daily_counts(facts: SourceFacts, *, now: datetime) -> tuple[tuple[date, int], ...]:
    """New articles on each of the last 28 local days, today last, for drawing."""
    counts, today = Counter(map(day_of, facts.arrivals)), day_of(now)
    return tuple((local_date(day), counts[day]) for day in range(today - 27, today + 1))


def _condition(
    source: Source,
    facts: SourceFacts,
    feeds: Collection[FeedState],
    habit: Habit | None,
    *,
    looked: datetime | None,
    now: datetime,
) -> tuple[SourceCondition, str]:
    if not any(feed.checked_at for feed in feeds):
        return SourceCondition.NEW, words.NEVER_ASKED
    failing = _failing(feeds, now)
    told = facts.standing
    told_at = told.at if told and told.after == SourceCondition.CHANGED.value else None
    for condition, why in (
        failing,
        (SourceCondition.BLOCKED, find_blocked(facts)),
        (SourceCondition.CHANGED, find_change(facts, now=now, told_at=told_at)),
        (SourceCondition.LATE, _lateness(source, facts, habit, looked or now, now)),
        (SourceCondition.QUIET, _quietness(facts, habit, looked or now, now)),
    ):
        if why:
            return condition, why
    if not _last_article(facts):
        return SourceCondition.NEW, _partly(feeds, now) or words.NO_ARTICLE_YET
    if habit is None:
        return SourceCondition.NEW, words.TOO_YOUNG.format(count=len(facts.arrivals))
    return SourceCondition.OK, _partly(feeds, now)


def _is_failing(feed: FeedState, now: datetime) -> bool:
    if feed.outcome in GOOD or feed.checked_at is None:
        return False
    is_long = feed.succeeded_at is not None and now - feed.succeeded_at > _FAILING_AFTER
    return feed.failures >= _PATIENCE or is_long


def _failing(feeds: Collection[FeedState], now: datetime) -> tuple[SourceCondition, str]:
    """All feeds fail, or nobody asks them any more."""
    asked = [feed for feed in feeds if feed.checked_at is not None]
    bad = [feed for feed in asked if _is_failing(feed, now)]
    if len(bad) == len(asked):
        refused = [feed for feed in bad if feed.outcome is FeedOutcome.BLOCKED]
        why = words.ALL_FAIL.format(count=len(bad), why=_commonest(refused or bad))
        return SourceCondition.BLOCKED if refused else SourceCondition.FAILING, why
    silent = now - max(feed.checked_at for feed in asked if feed.checked_at)
    if silent > _NOT_ASKED_AFTER:
        return SourceCondition.FAILING, words.NOT_ASKED_FOR.format(hours=silent // _HOUR)
    return SourceCondition.OK, ""


def _commonest(feeds: Collection[FeedState]) -> str:
    said = [feed.detail or feed.outcome.value for feed in feeds]
    return max(said, key=said.count)


def _partly(feeds: Collection[FeedState], now: datetime) -> str:
    """A source in order may still have a feed that is not."""
    bad = [feed for feed in feeds if _is_failing(feed, now)]
    if not bad:
        return ""
    return words.SOME_FAIL.format(count=len(bad), total=len(feeds), why=_commonest(bad))


def _lateness(
    source: Source, facts: SourceFacts, habit: Habit | None, looked: datetime, now: datetime
) -> str:
    last = _last_article(facts)
    if last is None:
        return ""
    if habit is None or not facts.arrivals:
        return _long_lateness(facts, last, now)
    if looked - last < (_SILENCE_PRIORITY if source.priority else _SILENCE):
        return ""
    missing = habit.expected(last, looked)
    if missing <= habit.patience(_ALARMS_PRIORITY if source.priority else _ALARMS):
        return ""
    return words.NOTHING_NEW_FOR.format(hours=(looked - last) // _HOUR, expected=round(missing))


def _long_lateness(facts: SourceFacts, last: datetime, now: datetime) -> str:
    """What is late stays late until an article comes, also when its habit is forgotten."""
    told = facts.standing
    if told and told.after == SourceCondition.LATE.value and last <= told.at:
        return words.NO_ARTICLE_FOR.format(days=(now - last) // _DAY)
    return ""


def _quietness(facts: SourceFacts, habit: Habit | None, looked: datetime, now: datetime) -> str:
    last = _last_article(facts)
    if habit is None:
        old = last is not None and now - last > _LONG
        return words.NO_ARTICLE_FOR.format(days=(now - last) // _DAY) if last and old else ""
    expected = habit.expected(looked - _DAY, looked)
    actual = sum(moment > looked - _DAY for moment in facts.arrivals)
    if expected < _QUIET_LEAST or actual - expected > -_QUIET_SIGMAS * (habit.spread * expected) ** 0.5:
        return ""
    return words.FEWER.format(actual=actual, expected=round(expected))


def _last_article(facts: SourceFacts) -> datetime | None:
    """By what came live within 28 days, else by what the feeds remember."""
    if facts.arrivals:
        return facts.arrivals[-1]
    return max((feed.new_article_at for feed in facts.feeds if feed.new_article_at), default=None)


def _since(
    condition: SourceCondition, facts: SourceFacts, looked: datetime | None, now: datetime
) -> datetime | None:
    """Since when it is so: by the last event if it says the same, else by the last good sign."""
    told = facts.standing
    if told is not None and told.after == condition.value:
        return told.at
    signs = {
        SourceCondition.LATE: _last_article(facts),
        SourceCondition.FAILING: looked,
        SourceCondition.BLOCKED: looked,
        SourceCondition.CHANGED: now,
    }
    return signs.get(condition)
