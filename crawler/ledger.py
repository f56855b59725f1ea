"""Which pages a feed still waits for: its validators may be remembered only when all of them are settled.

Otherwise, after a run killed between feed and pages, the next would be answered 304: the pages would be lost.
"""

from __future__ import annotations

from collections.abc import Iterable


class Ledger:
    """Accounts of feeds and the pages they led to, by canonical address."""

    def __init__(self) -> None:
        self._waiting: dict[str, set[str]] = {}
        self._failed: set[str] = set()
        self._settled: dict[str, bool] = {}

    def open(self, feed: str, pages: Iterable[str]) -> bool:
        """Open a feed's account; True when it waits for nothing and misses nothing."""
        pages = set(pages)
        if any(self._settled.get(page) is False for page in pages):
            self._failed.add(feed)
        self._waiting[feed] = {page for page in pages if page not in self._settled}
        return self._is_complete(feed)

    def settle(self, page: str, *, kept: bool) -> list[str]:
        """Settle a page: kept, or to be asked for again by the next run. Gives the feeds completed by it."""
        self._settled[page] = kept
        holders = self.holders(page)
        for feed in holders:
            self._waiting[feed].discard(page)
            if not kept:
                self._failed.add(feed)
        return [feed for feed in holders if self._is_complete(feed)]

    def holders(self, page: str) -> list[str]:
        """The feeds that wait for a page."""
        return [feed for feed, pages in self._waiting.items() if page in pages]

    def is_expected(self, page: str) -> bool:
        """Whether a page is already under way or settled in this run."""
        return page in self._settled or any(page in pages for pages in self._waiting.values())

    def _is_complete(self, feed: str) -> bool:
        return not self._waiting[feed] and feed not in self._failed
