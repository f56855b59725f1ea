"""One run: asks feeds, then the pages they lead to. Knows neither Scrapy nor SQL: both are handed in.

Steps: 1 a worker for each host takes its tasks in turn; 2 a feed's new entries become tasks of their hosts;
3 a page is kept before anything else, while its host's next one is asked for; 4 a feed's validators are
remembered once all its pages are settled.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, Protocol

from sqlalchemy.exc import SQLAlchemyError

from crawler import leads, words
from crawler.addresses import urls
from crawler.courtesy import feedstates, schedule
from crawler.courtesy.hosts import Host, Hosts, Task
from crawler.feeds import apart, hints
from crawler.feeds.syndication import FeedResult, NotAFeed
from crawler.ledger import Ledger
from crawler.looks import cadence, looking
from crawler.pages.markup import one_line
from crawler.plan import FeedTask, PageTask, Plan, feed_of_index, page_again
from crawler.room import Room
from crawler.wire.answers import NOT_ASKED, Answer, NoAnswer, Trouble, status_words
from store.errors import StoreError
from store.looks import Look, LookOutcome
from store.types import FeedEntry, FeedOutcome, FeedState, Snapshot

NO_PAGE = "diembao-no-page"  # our own header on a capture without a page: why there is none

_TRY_AGAIN = {304, 408, 425, 429}  # and all of 5xx: not what the outlet has to say of the page

DEEPEST = 2  # an index may lead to indexes, and those to sitemaps; then it ends

_UNSETTLED = 4 * 1024 * 1024  # bytes of pages received and not yet safe; others wait meanwhile

_log = logging.getLogger(__name__)


class Memory(Protocol):
    """Whoever keeps things."""

    async def keep(self, snapshot: Snapshot) -> None:
        """Keep a page as received."""

    async def remember(self, found: FeedState | Look) -> None:
        """Save a feed's state, or what came of looking at a page again."""

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
        self._names = leads.Known(plan.watched)
        self._answers: dict[str, tuple[FeedState, Answer]] = {}  # feeds whose validators wait for their pages
        self._unasked: set[str] = set()  # feeds with pages for which this run had no time
        self._done = self._total = 0
        self._stopping = False
        self._descended = {feed.url for feed in plan.feeds}
        self._room = Room(_UNSETTLED)
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
        await self._plan_unfinished()

    def stop(self) -> None:
        """Ask for nothing more; what is under way may still end. The rest is left for the next run."""
        self._stopping = True

    def _add(self, task: Task) -> None:
        host = self._hosts.add(task)
        self._total += 1
        if not host.busy:
            host.busy = True
            self._workers.create_task(self._serve(host))

    async def _serve(self, host: Host) -> None:
        while (task := host.take()) is not None:
            answer = await self._ask(task, host)
            if isinstance(task, FeedTask):
                await self._do(task, self._do_feed(task, answer))
            else:
                # the host's next page need not wait until this one is safe
                await self._room.take(_size(answer))
                self._workers.create_task(self._do_aside(task, answer))
        host.busy = False

    async def _ask(self, task: Task, host: Host) -> Answer | NoAnswer:
        if self._stopping:
            return NoAnswer(Trouble.BUDGET, words.LEFT)
        try:
            return await self._hosts.ask(task, host)
        except Exception as error:  # noqa: BLE001 - as in `_do`
            return _fault_with(task, error)

    async def _do_aside(self, task: PageTask, answer: Answer | NoAnswer) -> None:
        try:
            await self._do(task, self._do_page(task, answer))
        finally:
            self._room.give_back(_size(answer))

    async def _do(self, task: Task, work: Coroutine[Any, Any, None]) -> None:
        try:
            await work
        except (StoreError, SQLAlchemyError):
            raise  # without the store there is no collecting
        except Exception as error:  # noqa: BLE001 - a fault of ours with one address must not cost the others theirs
            await self._give_up(task, _fault_with(task, error))
        self._done += 1
        self._tell("progress", done=self._done, total=self._total)

    async def _give_up(self, task: Task, fault: NoAnswer) -> None:
        if isinstance(task, FeedTask):
            state = feedstates.looked(task.state, FeedOutcome.FAILED, fault.words, at=self._clock())
            await self._save(self._planned(task, state, fault))
        else:
            await self._settle(task, fault, kept=False)

    # feeds

    async def _do_feed(self, task: FeedTask, answer: Answer | NoAnswer) -> None:
        if isinstance(answer, NoAnswer) and answer.trouble in NOT_ASKED:
            return  # nobody looked, so there is nothing to remember
        state = feedstates.without_news(task.state, answer, at=self._clock())
        if state is not None or isinstance(answer, NoAnswer):
            await self._save(self._planned(task, state or task.state, answer))
            return
        found = await asyncio.to_thread(apart.read, task.feed.kind, answer, task.source, now=self._clock())
        if isinstance(found, FeedResult) and found.children:
            if task.depth < DEEPEST:
                await self._descend(task, answer, found)
                return
            found = NotAFeed(words.DEEP_INDEX.format(depth=DEEPEST))
        if not isinstance(found, FeedResult):
            state = feedstates.looked(task.state, FeedOutcome.NOT_A_FEED, found.reason, at=self._clock())
            await self._save(self._planned(task, feedstates.without_validators(state), answer))
            return
        await self._follow(task, answer, found)

    async def _follow(self, task: FeedTask, answer: Answer, found: FeedResult) -> None:
        for why in found.skipped:
            _log.warning("%s: %s: %s", task.source.id, task.url, why)
        followed, turned_away = leads.sift(found.entries[: self._max_entries], self._plan.outlets)
        for entry, why in turned_away:
            self._tell("missed", source=task.source.id, url=entry.url, reason=why)
        wanted = await self._wanted(task, followed)
        said = words.ENTRIES_GENERAL if found.general else words.ENTRIES
        detail = said.format(count=len(found.entries), new=len(wanted))
        state = feedstates.looked(task.state, FeedOutcome.OK, detail, at=self._clock())
        fresh = [page for page in wanted if not self._ledger.is_expected(page.key)]
        state = feedstates.with_yield(state, task.state, len(wanted), hints.asks_from(answer.body))
        state = self._planned(task, state, answer)
        if self._ledger.open(task.url, [page.key for page in wanted]):
            state = feedstates.with_validators(state, answer)
        else:
            state = feedstates.without_validators(state)
            self._answers[task.url] = (state, answer)
            # a run that is killed before the pages are here must not make them wait for the feed's next turn
            state = replace(state, next_at=self._clock())
        await self._save(state)
        for page in fresh:
            self._add(page)

    async def _descend(self, task: FeedTask, answer: Answer, found: FeedResult) -> None:
        """Ask for the sitemaps of an index. It keeps no validators: theirs are what spares the outlet."""
        detail = words.INDEX.format(count=len(found.children))
        state = feedstates.looked(task.state, FeedOutcome.OK, detail, at=self._clock())
        await self._save(self._planned(task, feedstates.without_validators(state), answer))
        for child in found.children:
            if child not in self._descended:
                self._descended.add(child)
                self._add(feed_of_index(task, child, self._plan.states))

    async def _wanted(self, task: FeedTask, entries: Sequence[FeedEntry]) -> list[PageTask]:
        """The entries whose pages are to be asked for: never captured, or with a changed date."""
        keys = {entry.url: _key(entry.url) for entry in entries}
        known = await self._memory.known([*keys, *filter(None, keys.values())])
        found: dict[str, PageTask] = {}
        for entry in entries:
            key = keys[entry.url]
            if not key or self._names.is_known(task.source.id, entry):
                continue
            capture = self._plan.watched.get(key)
            if key not in known and entry.url not in known:
                found.setdefault(key, leads.page_task(task, entry, key, self._plan.outlets))
            elif capture is not None and cadence.is_entry_changed(entry, capture.entry):
                found.setdefault(key, replace(page_again(capture, key), entry=entry))
        return list(found.values())

    def _planned(self, task: FeedTask, state: FeedState, answer: Answer | NoAnswer) -> FeedState:
        at = self._clock()
        leading = schedule.is_leading(task.source, task.feed)
        return schedule.planned(state, answer, priority=leading, at=at, unit=schedule.unit_from(task.url, at))

    async def _plan_unfinished(self) -> None:
        """Feeds with missing pages are looked at in their turn; soon for want of time, at once if stopped."""
        soon = self._clock() + (timedelta(0) if self._stopping else schedule.LOOK_SOON)
        for feed, (state, _) in self._answers.items():
            await self._memory.remember(replace(state, next_at=soon) if feed in self._unasked else state)

    async def _save(self, state: FeedState) -> None:
        await self._memory.remember(state)
        self._tell("feed", url=state.url, outcome=state.outcome.value)

    # pages

    async def _do_page(self, task: PageTask, answer: Answer | NoAnswer) -> None:
        look = looking.look_from(task, answer, at=self._clock()) if task.again else None
        if look is not None and look.outcome is LookOutcome.GONE:
            await self._settle(task, answer, kept=True)  # a page that says it is gone is no capture of it
        else:
            await self._take_page(task, answer)
        if look is not None:
            await self._memory.remember(look)

    async def _take_page(self, task: PageTask, answer: Answer | NoAnswer) -> None:
        if isinstance(answer, NoAnswer):
            if answer.trouble is Trouble.ROBOTS and task.entry is not None and task.entry.summary:
                await self._keep(task, _nothing(task, answer.words))
            await self._settle(task, answer, kept=not answer.trouble.again)
        elif answer.status == 304 and (task.etag or task.last_modified):
            await self._settle(task, answer, kept=True)
        elif answer.status in _TRY_AGAIN or answer.status >= 500:
            unasked = answer.status == 304
            why = words.UNASKED_304 if unasked else status_words(answer, self._clock())
            await self._settle(task, NoAnswer(Trouble.OTHER, why), kept=False)
        elif fault := leads.find_fault(task, answer, self._plan.outlets):
            await self._keep(task, _nothing(task, fault))
            await self._settle(task, NoAnswer(Trouble.OTHER, fault), kept=True)
        else:
            await self._keep(task, answer)
            await self._settle(task, answer, kept=True)

    async def _keep(self, task: PageTask, answer: Answer) -> None:
        snapshot = Snapshot(
            source=leads.find_owner(task, answer.url, self._plan.outlets),
            url_asked=task.url,
            url_final=answer.url,
            status=answer.status,
            headers=answer.headers,
            body=answer.body,
            fetched_at=self._clock(),
            entry=task.entry,
            asked_with=answer.asked_with,
            address=answer.address,
        )
        await self._memory.keep(snapshot)
        self._tell("kept", url=task.url)

    async def _settle(self, task: PageTask, answer: Answer | NoAnswer, *, kept: bool) -> None:
        if isinstance(answer, NoAnswer):
            kind = "left" if answer.trouble in NOT_ASKED else "missed"
            if answer.trouble is Trouble.BUDGET:
                self._unasked.update(self._ledger.holders(task.key))
            self._tell(kind, source=task.source, url=task.url, reason=answer.words)
        for feed in self._ledger.settle(task.key, kept=kept):
            state, feed_answer = self._answers.pop(feed)
            state = replace(state, new_article_at=self._clock())
            await self._memory.remember(feedstates.with_validators(state, feed_answer))


def _size(answer: Answer | NoAnswer) -> int:
    return len(answer.body) if isinstance(answer, Answer) else 0


def _fault_with(task: Task, error: Exception) -> NoAnswer:
    _log.error("collecting %s", task.url, exc_info=error)
    said = one_line(f"{type(error).__name__}: {error}")[:200]
    return NoAnswer(Trouble.OTHER, words.FAULT.format(error=said))


def _key(url: str) -> str:
    try:
        return urls.key(url)
    except urls.UnusableAddressError as error:
        _log.warning("left out: %s", error)
        return ""


def _nothing(task: PageTask, why: str) -> Answer:
    """The answer of which there is no page: robots.txt kept us from it, or a lead named no publisher's."""
    return Answer(url=task.url, status=0, headers=((NO_PAGE, why),), body=b"")
