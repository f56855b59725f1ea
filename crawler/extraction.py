"""Captures that wait -> articles, a few in memory at a time, while others still arrive."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from datetime import datetime
from functools import partial

from crawler.collector import NO_PAGE
from crawler.extractor import Outcome
from crawler.inbox import Inbox
from crawler.job import Refused
from crawler.pages.origin import stranger
from crawler.pages.page import Page, Refusal
from crawler.pool import ExtractionPool
from crawler.spiders.registry import selectors_of
from store.archive import Archive
from store.articles import StoredOutcome, record_extraction, save_article, unextracted
from store.database import Sessions
from store.snapshots import count_unextracted
from store.types import Article, Saved, Snapshot, Source

_FOR_EACH = 2  # captures in memory for each extracting process: one under way, one at hand

Progress = Callable[[str, int, int], None]


class Extraction:
    """Makes articles of captures. All of it happens in the thread that works through the inbox.

    A capture's article and the record of it are saved in one transaction: killed at any instant, nothing is
    lost and nothing is done twice.
    """

    def __init__(
        self,
        sources: Iterable[Source],
        sessions: Sessions,
        archive: Archive,
        *,
        pool: ExtractionPool,
        inbox: Inbox,
        now: datetime,
        progress: Progress,
    ) -> None:
        self._by_id = {source.id: source for source in sources}
        self._sessions = sessions
        self._archive = archive
        self._pool = pool
        self._inbox = inbox
        self._now = now
        self._progress = progress
        self._room = _FOR_EACH * pool.count
        self._under_way = self._done = self._total = 0
        self._loaded = 0  # the number of the newest capture that was taken up
        self._fault: Exception | None = None
        self.found: Counter[StoredOutcome] = Counter()
        self.refused: list[Refused] = []

    def go_on(self) -> None:
        """Take up captures that wait, as far as there is room."""
        room = self._room - self._under_way
        if self._fault is not None or room < self._room // 2:
            return
        with self._sessions.begin() as session:
            waiting = unextracted(session, self._archive, limit=room, after=self._loaded)
            self._total = self._done + count_unextracted(session)
        for saved in waiting:
            self._loaded = saved.number
            self._under_way += 1
            self._pool.submit(self._page(saved.value), partial(self._answered, saved))

    def finish(self) -> None:
        """Work until nothing waits any more, or we are asked to stop.

        Raises:
            ExtractionError: when this machine cannot extract; what waits goes on waiting.

        """
        while not self._inbox.is_stopping:
            self.go_on()
            self._inbox.work_until(lambda: not self._under_way)
            if self._fault is not None:
                raise self._fault
            if not self._loaded and self._total <= self._done:
                return
            # once more from the beginning: another process may have saved lower numbers later
            self._loaded = 0

    def _answered(self, saved: Saved[Snapshot], outcome: Outcome | Exception) -> None:
        """In whatever thread the answer came."""
        self._inbox.leave(lambda: self._take(saved, outcome))

    def _take(self, saved: Saved[Snapshot], outcome: Outcome | Exception) -> None:
        self._under_way -= 1
        if isinstance(outcome, Exception):  # no page is to blame: it waits, and others are not tried
            self._fault = outcome
            return
        if isinstance(outcome, Refusal):
            self.refused.append(Refused(saved.value.source, saved.value.url_final, outcome.reason))
        stored = self._store(saved, outcome)
        self.found.update([stored] if stored else [])
        self._done += 1
        self._progress("extract", self._done, max(self._done, self._total))
        self.go_on()

    def _store(self, saved: Saved[Snapshot], outcome: Article | Refusal) -> StoredOutcome | None:
        with self._sessions.begin() as session:
            if isinstance(outcome, Refusal):
                record_extraction(session, saved.number, article=None, reason=outcome.reason)
                return None
            stored = save_article(session, outcome, now=self._now)
            record_extraction(session, saved.number, article=stored.number, reason="")
            return stored.outcome

    def _page(self, snapshot: Snapshot) -> Page:
        headers = {name.lower(): value for name, value in snapshot.headers}
        return Page(
            html=snapshot.body,
            url=snapshot.url_final,
            source=self._by_id.get(snapshot.source) or stranger(snapshot.url_final, snapshot.body),
            content_type=headers.get("content-type", ""),
            fetched_at=snapshot.fetched_at,
            entry=snapshot.entry,
            status=snapshot.status,
            trouble=headers.get(NO_PAGE, ""),
            selectors=selectors_of(snapshot.source),
        )
