"""`python -m bench.week`: a week of the whole catalogue: who is asked how often, how long news waits.

The clock and the outlets are fake: what they publish is made up (more by day than by night, each article in
one feed only, so that no other feed shows it sooner). When they are asked is decided by the collector's own
rules: schedule, pauses, budgets, ticks of a minute, one run at a time.
"""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from statistics import median, quantiles
from urllib.parse import urlsplit

from crawler.courtesy import manners, schedule
from crawler.courtesy.manners import Budget, Kind
from crawler.settings import CrawlSettings, budgets, pauses
from crawler.wire.answers import Answer
from store.types import Feed, FeedKind, FeedOutcome, FeedState, HostState, Source

START = datetime(2026, 11, 9, tzinfo=UTC)
LEARNING, WEEK = timedelta(days=7), timedelta(days=7)  # the first week is not counted
TICK = timedelta(minutes=1)
RUN = timedelta(seconds=240)
SEED = 20261122
A_DAY = 12  # articles of a feed, before chance; twice as many in a priority one
DAY_SHARE = 0.85  # of what is published between 6 and 22 o'clock


@dataclass(frozen=True, slots=True)
class Found:
    """What the week gave: requests by host and day, waits of articles in minutes, pages never asked for."""

    requests: Mapping[str, float]
    feeds: Mapping[str, float]
    priority_waits: tuple[float, ...]
    other_waits: tuple[float, ...]
    left: int


def simulate(sources: Iterable[Source]) -> Found:
    """Let two weeks pass; count the second."""
    return _Week(tuple(sources)).run()


class _Week:
    """One simulation."""

    def __init__(self, sources: tuple[Source, ...]) -> None:
        self.random = random.Random(SEED)  # noqa: S311 - made-up news, the same each time
        self.feeds = {feed.url: source for source in sources for feed in _used(source)}
        self.settings = CrawlSettings()
        self.pauses, self.budgets = pauses(sources), budgets(sources, self.settings)
        self.states: dict[str, FeedState] = {}
        self.hosts: dict[str, HostState] = {}
        self.counts: Counter[str] = Counter()
        self.looks: Counter[str] = Counter()
        self.waits: dict[bool, list[float]] = {True: [], False: []}
        self.pages: dict[str, int] = defaultdict(int)
        self.news = {url: self._publish(source) for url, source in self.feeds.items()}
        self.leading = {f.url for source in sources for f in source.feeds if schedule.is_leading(source, f)}
        self.seen: dict[str, int] = dict.fromkeys(self.news, 0)

    def run(self) -> Found:
        """Tick by tick."""
        now = START
        while now < START + LEARNING + WEEK:
            now = max(now + TICK, _next_tick(now + self._tick(now)))
        days = WEEK / timedelta(days=1)
        return Found(
            {host: count / days for host, count in self.counts.items()},
            {host: count / days for host, count in self.looks.items()},
            tuple(self.waits[True]),
            tuple(self.waits[False]),
            sum(self.pages.values()),
        )

    def _publish(self, source: Source) -> list[datetime]:
        """Moments of publication in one feed, in order."""
        a_day = A_DAY * (2 if source.priority else 1) * self.random.uniform(0.02, 1.5)
        found = []
        for day in range(int((LEARNING + WEEK) / timedelta(days=1))):
            for _ in range(int(a_day + self.random.random())):
                by_day = self.random.random() < DAY_SHARE
                hour = self.random.uniform(6, 22) if by_day else self.random.uniform(22, 30) % 24
                found.append(START + timedelta(days=day, hours=(hour - 7) % 24))
        return sorted(found)

    def _tick(self, now: datetime) -> timedelta:
        """Ask what is due; gives how long the run took."""
        due: dict[str, list[str]] = defaultdict(list)
        for url in self.feeds:
            if schedule.is_feed_due(self.states.get(url), now):
                due[urlsplit(url).hostname or ""].append(url)
        hosts = set(due) | {host for host, count in self.pages.items() if count}
        return max((self._serve(host, due[host], now) for host in hosts), default=timedelta(0))

    def _serve(self, host: str, urls: list[str], now: datetime) -> timedelta:
        pause = timedelta(seconds=self.pauses.get(host, self.settings.default_pause))
        at = now
        for url in urls:
            if self._ask(host, Kind.FEED, at):
                self._look(url, host, at)
                at += pause
        asked = 0
        while self.pages[host] and at - now < RUN and asked < self.settings.pages_per_host:
            if not self._ask(host, Kind.PAGE, at):
                break
            self.pages[host] -= 1
            asked += 1
            at += pause
        return at - now

    def _ask(self, host: str, kind: Kind, at: datetime) -> bool:
        state = self.hosts.get(host) or HostState(host)
        budget = self.budgets.get(host, Budget(self.settings.daily_requests))
        if manners.hold_back(state, kind, budget, 0.0, at) is not None:
            return False
        self.hosts[host] = manners.started(state, at)
        if at >= START + LEARNING:
            self.counts[host] += 1
            self.looks[host] += kind is Kind.FEED
        return True

    def _look(self, url: str, host: str, at: datetime) -> None:
        source = self.feeds[url]
        moments, seen = self.news[url], self.seen[url]
        new = [moment for moment in moments[seen : seen + 300] if moment <= at]
        self.seen[url] += len(new)
        self.pages[host] += len(new)
        if at >= START + LEARNING:
            self.waits[url in self.leading] += [(at - moment) / timedelta(minutes=1) for moment in new]
        state = self.states.get(url) or FeedState(url, source.id, FeedOutcome.NEVER)
        state = schedule.with_yield(state, len(new), at=at)
        state = replace(state, checked_at=at, succeeded_at=at)
        unit = schedule.unit_from(url, at)
        self.states[url] = schedule.planned(
            state, Answer(url, 200, (), b""), priority=url in self.leading, at=at, unit=unit
        )


def _used(source: Source) -> list[Feed]:
    kinds = {FeedKind.FEED, FeedKind.SITEMAP}
    return [f for f in source.feeds if f.kind in kinds and not (f.disabled or source.disabled)]


def _next_tick(at: datetime) -> datetime:
    whole = at.replace(second=0, microsecond=0)
    return whole if whole == at else whole + TICK


def summary(waits: Iterable[float]) -> str:
    """Median and 95th percentile in minutes."""
    waits = list(waits)
    return f"median {median(waits):.1f} min, p95 {quantiles(waits, n=20)[-1]:.1f} min, {len(waits)} articles"


def report(found: Found) -> Iterable[str]:
    """The lines to print."""
    yield f"priority: {summary(found.priority_waits)}"
    yield f"others:   {summary(found.other_waits)}"
    total = sum(found.requests.values())
    yield f"requests a day: {total:.0f} to {len(found.requests)} hosts; pages left: {found.left}"
    for host, count in sorted(found.requests.items(), key=lambda pair: -pair[1])[:12]:
        yield f"  {host:28} {count:6.0f} a day, {found.feeds[host]:6.0f} of them feeds"
    rest = sorted(found.requests.values())
    yield f"  the middle host: {median(rest):.0f} a day"


if __name__ == "__main__":
    from config.load import load

    print("\n".join(report(simulate(load(None).sources))))
