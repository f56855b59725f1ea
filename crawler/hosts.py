"""Courtesy towards hosts: one request at a time, a pause between starts, a budget, rest when asked for."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol
from urllib.parse import urlsplit

from crawler import feedstates, words
from crawler.answers import Answer, NoAnswer, Trouble, asks_for_rest, status_words
from crawler.plan import FeedTask, PageTask
from crawler.settings import CrawlSettings

Task = FeedTask | PageTask


class Fetcher(Protocol):
    """Whoever really asks. Both methods wait as politeness wants, and never raise for what outlets do."""

    async def prepare(self, url: str) -> None:
        """Read the host's robots.txt if it is not known yet."""

    async def ask(self, url: str, headers: Mapping[str, str]) -> Answer | NoAnswer:
        """Ask an address."""


@dataclass
class Host:
    """A host's turn: its tasks, when it was last asked, and why it is left alone, if it is."""

    pause: float
    feeds: deque[FeedTask] = field(default_factory=deque)
    pages: deque[PageTask] = field(default_factory=deque)
    asked_at: float = float("-inf")
    pages_asked: int = 0
    resting: str = ""
    busy: bool = False

    def add(self, task: Task) -> None:
        """Put a task at the end of its queue."""
        if isinstance(task, FeedTask):
            self.feeds.append(task)
        else:
            self.pages.append(task)

    def take(self) -> Task | None:
        """The next task. A feed's pages come before the next feed: if that answers 429, we have them."""
        if self.pages:
            return self.pages.popleft()
        return self.feeds.popleft() if self.feeds else None


class Hosts:
    """All hosts of one run. `pauses` are seconds by host, `clock` gives the present (aware)."""

    def __init__(
        self,
        fetcher: Fetcher,
        *,
        settings: CrawlSettings,
        pauses: Mapping[str, float],
        clock: Callable[[], datetime],
    ) -> None:
        self._fetcher = fetcher
        self._settings = settings
        self._pauses = pauses
        self._clock = clock
        self._ends_at = clock() + timedelta(seconds=settings.run_seconds)
        self._gate = asyncio.Semaphore(settings.concurrency)
        self._hosts: dict[str, Host] = {}

    def add(self, task: Task) -> Host:
        """Give a task to its host."""
        name = urlsplit(task.url).hostname or ""
        if name not in self._hosts:
            self._hosts[name] = Host(self._pauses.get(name, self._settings.default_pause))
        self._hosts[name].add(task)
        return self._hosts[name]

    async def ask(self, task: Task, host: Host) -> Answer | NoAnswer:
        """Ask for a task when its host's turn has come, or say why it was not asked."""
        held_back = self._hold_back(task, host)
        if held_back is not None:
            return held_back
        loop = asyncio.get_running_loop()
        async with self._gate:
            await self._fetcher.prepare(task.url)
        await asyncio.sleep(max(0.0, host.asked_at + host.pause - loop.time()))
        async with self._gate:
            host.asked_at = loop.time()
            answer = await self._fetcher.ask(task.url, conditions(task))
        if isinstance(answer, Answer) and asks_for_rest(answer):
            host.resting = status_words(answer, self._clock())
        return answer

    def _hold_back(self, task: Task, host: Host) -> NoAnswer | None:
        if host.resting:
            return NoAnswer(Trouble.RESTING, words.RESTING.format(why=host.resting))
        if isinstance(task, PageTask):
            host.pages_asked += 1
        if host.pages_asked > self._settings.pages_per_host or self._clock() > self._ends_at:
            return NoAnswer(Trouble.BUDGET, words.LEFT)
        return None


def conditions(task: Task) -> dict[str, str]:
    """The headers that ask only for what changed."""
    if isinstance(task, FeedTask):
        return feedstates.conditions(task.state.etag, task.state.last_modified)
    return feedstates.conditions(task.etag, task.last_modified)
