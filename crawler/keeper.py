"""The store as seen from the collecting process: short transactions in a thread of their own."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from typing import TypeVar

from crawler import cadence
from crawler.captures import recent_captures
from crawler.plan import Plan, make_plan
from store.archive import Archive
from store.articles import known_urls, save_snapshot
from store.database import Sessions
from store.sources import list_states, save_state
from store.types import FeedState, Snapshot, Source

T = TypeVar("T")


class Keeper:
    """Saves what was received, before anybody reads it. `clock` gives the present (aware)."""

    def __init__(self, sessions: Sessions, archive: Archive, clock: Callable[[], datetime]) -> None:
        self._sessions = sessions
        self._archive = archive
        self._clock = clock
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="keeper")

    def close(self) -> None:
        """Wait for what is being saved."""
        self._thread.shutdown(wait=True)

    async def plan(self, sources: Iterable[Source]) -> Plan:
        """What is due now."""
        return await self._aside(lambda: self._plan(tuple(sources)))

    async def keep(self, snapshot: Snapshot) -> None:
        """Bytes into the archive, then the row."""
        await self._aside(lambda: self._keep(snapshot))

    async def remember(self, state: FeedState) -> None:
        """Save the state of a feed."""
        await self._aside(lambda: self._remember(state))

    async def known(self, addresses: Iterable[str]) -> set[str]:
        """Those of the addresses that were captured before."""
        wanted = list(addresses)
        return await self._aside(lambda: self._known(wanted))

    async def _aside(self, work: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._thread, work)

    def _plan(self, sources: tuple[Source, ...]) -> Plan:
        now = self._clock()
        with self._sessions() as session:
            states = {state.url: state for state in list_states(session)}
            captures = recent_captures(session, since=now - cadence.WATCHED)
        return make_plan(sources, states, captures, now=now)

    def _keep(self, snapshot: Snapshot) -> None:
        # the bytes go first and outside the transaction: the disk is slow, and others want to write
        self._archive.keep(snapshot.body)
        with self._sessions.begin() as session:
            save_snapshot(session, self._archive, snapshot, now=self._clock())

    def _remember(self, state: FeedState) -> None:
        with self._sessions.begin() as session:
            save_state(session, state)

    def _known(self, addresses: list[str]) -> set[str]:
        with self._sessions() as session:
            return known_urls(session, addresses)
