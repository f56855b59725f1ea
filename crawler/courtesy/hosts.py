"""The queues of one run: each host's feeds first, then its pages, newest first; their pace: `turns`."""

from __future__ import annotations

import heapq
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count
from typing import Protocol
from urllib.parse import urlsplit

from crawler import words
from crawler.courtesy import feedstates, schedule
from crawler.courtesy.manners import Kind
from crawler.plan import FeedTask, PageTask
from crawler.settings import CrawlSettings
from crawler.wire.answers import Answer, NoAnswer, Trouble

Task = FeedTask | PageTask


class Fetcher(Protocol):
    """Whoever really asks. It waits as politeness wants, and never raises for what outlets do."""

    async def ask(self, url: str, headers: Mapping[str, str], kind: Kind) -> Answer | NoAnswer:
        """Ask an address."""


@dataclass
class Host:
    """A host's tasks. Feeds that failed or were never tried come last: their 429 must not cost the rest."""

    feeds: deque[FeedTask] = field(default_factory=deque)
    pages: list[tuple[float, int, PageTask]] = field(default_factory=list)  # a heap
    doubtful: deque[FeedTask] = field(default_factory=deque)
    pages_asked: int = 0
    busy: bool = False

    def add(self, task: Task, number: int) -> None:
        """Put a task in its queue; `number` keeps pages of one date in their order."""
        if isinstance(task, FeedTask):
            is_proven = task.state.succeeded_at is not None and not task.state.failures
            (self.feeds if is_proven else self.doubtful).append(task)
        else:
            heapq.heappush(self.pages, (-_date_of(task), number, task))

    def take(self) -> Task | None:
        """The next task."""
        if self.feeds:
            return self.feeds.popleft()
        if self.pages:
            return heapq.heappop(self.pages)[2]
        return self.doubtful.popleft() if self.doubtful else None


class Hosts:
    """All hosts of one run. `clock` gives the present (aware)."""

    def __init__(self, fetcher: Fetcher, *, settings: CrawlSettings, clock: Callable[[], datetime]) -> None:
        self._fetcher = fetcher
        self._settings = settings
        self._clock = clock
        self._ends_at = clock() + timedelta(seconds=settings.run_seconds)
        self._hosts: dict[str, Host] = {}
        self._numbers = count()

    def add(self, task: Task) -> Host:
        """Give a task to its host."""
        host = self._hosts.setdefault(urlsplit(task.url).hostname or "", Host())
        host.add(task, next(self._numbers))
        return host

    async def ask(self, task: Task, host: Host) -> Answer | NoAnswer:
        """Ask for a task when its host's turn has come, or say why it was not asked."""
        if isinstance(task, PageTask):
            host.pages_asked += 1
        if host.pages_asked > self._settings.pages_per_host or self._clock() > self._ends_at:
            return NoAnswer(Trouble.BUDGET, words.LEFT)
        kind = Kind.FEED if isinstance(task, FeedTask) else Kind.PAGE
        return await self._fetcher.ask(task.url, conditions(task, self._clock()), kind)


def conditions(task: Task, now: datetime) -> dict[str, str]:
    """The headers that ask only for what changed; none for a feed's daily look at the whole."""
    if isinstance(task, PageTask):
        return feedstates.conditions(task.etag, task.last_modified)
    if schedule.is_whole_look_due(task.state, now):
        return {}
    return feedstates.conditions(task.state.etag, task.state.last_modified)


def _date_of(task: PageTask) -> float:
    published = task.entry.published if task.entry else None
    return published.timestamp() if published else 0.0
