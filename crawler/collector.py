"""One run: asks feeds, then the pages they lead to. Knows neither Scrapy nor SQL: both are handed in.

Steps: 1 a worker for each host takes its tasks in turn; 2 a feed's new entries become tasks of their hosts;
3 a page is kept before anything else; 4 a feed's validators are remembered once all its pages are settled.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Protocol

from sqlalchemy.exc import SQLAlchemyError

from crawler import cadence, feedstates, reading, urls, words
from crawler.answers import NOT_ASKED, Answer, NoAnswer, Trouble, status_words
from crawler.feeds import FeedResult
from crawler.hosts import Host, Hosts, Task
from crawler.ledger import Ledger
from crawler.markup import one_line
from crawler.plan import FeedTask, PageTask, Plan, page_again
from store.errors import StoreError
from store.types import FeedEntry, FeedOutcome, FeedState, Snapshot, Source

NO_PAGE = "diembao-no-page"  # our own header on a capture without a page: why there is none

_TRY_AGAIN = {408, 425, 429}  # and all of 5xx: not what the outlet has to say of the page

_log = logging.getLogger(__name__)


class Memory(Protocol):
    """Whoever keeps things."""

    async def keep(self, snapshot: Snapshot) -> None:
        """Keep a page as received."""

    async def remember(self, state: FeedState) -> None:
        """Save a feed's state."""

    async def known(self, addresses: Sequence[str]) -> set[str]:
        """Which addresses were captured before."""


class Collector:
    """One run over one plan; used once. `tell` is told every event, `max_entries` of a feed are looked at."""

    def __init__(
        self,
        plan: Plan,
        *,
        hosts: Hosts,
        memory: Memory,
        clock: Callable[[], datetime],
        tell: Callable[..., None],
        max_entries: int,
    ) -> None:
        self._plan = plan
        self._hosts = hosts
        self._memory = memory
        self._clock = clock
        self._tell = tell
        self._max_entries = max_entries
        self._ledger = Ledger()
        self._answers: dict[str, tuple[FeedState, Answer]] = {}  # feeds whose validators wait for their pages
        self._done = self._total = 0
        self._workers: asyncio.TaskGroup

    async def run(self) -> None:
        """Do everything in the plan and what follows from it.

        Raises:
            ExceptionGroup: of the store's errors; the run cannot go on without the store.

        """
        async with asyncio.TaskGroup() as self._workers:
            for feed in self._plan.feeds:
                self._add(feed)
            for page in self._plan.pages:
                self._add(page)

    def _add(self, task: Task) -> None:
        host = self._hosts.add(task)
        self._total += 1
        if not host.busy:
            host.busy = True
            self._workers.create_task(self._serve(host))

    async def _serve(self, host: Host) -> None:
        while (task := host.take()) is not None:
            await self._do(task, host)
            self._done += 1
            self._tell("progress", done=self._done, total=self._total)
        host.busy = False

    async def _do(self, task: Task, host: Host) -> None:
        try:
            answer = await self._hosts.ask(task, host)
            if isinstance(task, FeedTask):
                await self._do_feed(task, answer)
            else:
                await self._do_page(task, answer)
        except (StoreError, SQLAlchemyError):
            raise  # without the store there is no collecting
        except Exception as error:  # noqa: BLE001 - a fault of ours with one address must not cost the others theirs
            _log.exception("collecting %s", task.url)
            said = one_line(f"{type(error).__name__}: {error}")[:200]
            await self._give_up(task, NoAnswer(Trouble.OTHER, words.FAULT.format(error=said)))

    async def _give_up(self, task: Task, fault: NoAnswer) -> None:
        if isinstance(task, FeedTask):
            await self._save(feedstates.looked(task.state, FeedOutcome.FAILED, fault.words, at=self._clock()))
        else:
            await self._settle(task, fault, kept=False)

    # feeds

    async def _do_feed(self, task: FeedTask, answer: Answer | NoAnswer) -> None:
        if isinstance(answer, NoAnswer) and answer.trouble in NOT_ASKED:
            return  # nobody looked, so there is nothing to remember
        state = feedstates.without_news(task.state, answer, at=self._clock())
        if state is not None or isinstance(answer, NoAnswer):
            await self._save(state or task.state)
            return
        found = await asyncio.to_thread(reading.read, task.feed.kind, answer, task.source)
        if not isinstance(found, FeedResult):
            state = feedstates.looked(task.state, FeedOutcome.NOT_A_FEED, found.reason, at=self._clock())
            await self._save(feedstates.without_validators(state))
            return
        await self._follow(task, answer, found)

    async def _follow(self, task: FeedTask, answer: Answer, found: FeedResult) -> None:
        for why in found.skipped:
            _log.warning("%s: %s: %s", task.source.id, task.url, why)
        wanted = await self._wanted(task.source, found.entries[: self._max_entries])
        detail = words.ENTRIES.format(count=len(found.entries), new=len(wanted))
        state = feedstates.looked(task.state, FeedOutcome.OK, detail, at=self._clock())
        fresh = [page for page in wanted if not self._ledger.is_expected(page.key)]
        if self._ledger.open(task.url, [page.key for page in wanted]):
            state = feedstates.with_validators(state, answer)
        else:
            state = feedstates.without_validators(state)
            self._answers[task.url] = (state, answer)
        await self._save(state)
        for page in fresh:
            self._add(page)

    async def _wanted(self, source: Source, entries: Sequence[FeedEntry]) -> list[PageTask]:
        """The entries whose pages are to be asked for: never captured, or with a changed date."""
        keys = {entry.url: _key(entry.url) for entry in entries}
        known = await self._memory.known([*keys, *filter(None, keys.values())])
        found: dict[str, PageTask] = {}
        for entry in entries:
            key = keys[entry.url]
            if not key:
                continue
            capture = self._plan.watched.get(key)
            if key not in known and entry.url not in known:
                found.setdefault(key, PageTask(source.id, entry.url, key, entry))
            elif capture is not None and cadence.is_entry_changed(entry, capture.entry):
                found.setdefault(key, replace(page_again(capture, key), entry=entry))
        return list(found.values())

    async def _save(self, state: FeedState) -> None:
        await self._memory.remember(state)
        self._tell("feed", url=state.url, outcome=state.outcome.value)

    # pages

    async def _do_page(self, task: PageTask, answer: Answer | NoAnswer) -> None:
        if isinstance(answer, NoAnswer):
            if answer.trouble is Trouble.ROBOTS and task.entry is not None and task.entry.summary:
                await self._keep(task, _nothing(task, answer.words))
            await self._settle(task, answer, kept=not answer.trouble.again)
        elif answer.status == 304:
            await self._settle(task, answer, kept=True)
        elif answer.status in _TRY_AGAIN or answer.status >= 500:
            why = status_words(answer, self._clock())
            await self._settle(task, NoAnswer(Trouble.OTHER, why), kept=False)
        else:
            await self._keep(task, answer)
            await self._settle(task, answer, kept=True)

    async def _keep(self, task: PageTask, answer: Answer) -> None:
        snapshot = Snapshot(
            source=task.source,
            url_asked=task.url,
            url_final=answer.url,
            status=answer.status,
            headers=answer.headers,
            body=answer.body,
            fetched_at=self._clock(),
            entry=task.entry,
        )
        await self._memory.keep(snapshot)
        self._tell("kept", url=task.url)

    async def _settle(self, task: PageTask, answer: Answer | NoAnswer, *, kept: bool) -> None:
        if isinstance(answer, NoAnswer):
            kind = "left" if answer.trouble in NOT_ASKED else "missed"
            self._tell(kind, source=task.source, url=task.url, reason=answer.words)
        for feed in self._ledger.settle(task.key, kept=kept):
            state, feed_answer = self._answers.pop(feed)
            state = replace(state, new_article_at=self._clock())
            await self._memory.remember(feedstates.with_validators(state, feed_answer))


def _key(url: str) -> str:
    try:
        return urls.canonical(url)
    except urls.UnusableAddressError as error:
        _log.warning("left out: %s", error)
        return ""


def _nothing(task: PageTask, why: str) -> Answer:
    """The answer that robots.txt kept us from asking for; what the feed said of it stands beside it."""
    return Answer(url=task.url, status=0, headers=((NO_PAGE, why),), body=b"")
