"""The store as seen from the collecting process: what waits is saved together, in threads of its own.

One append to the archive and one transaction for all that came while the last ones were written: the disk is
asked to make things last once for many pages. Whoever hands something over waits until it is safe.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from functools import partial
from typing import TypeVar

from sqlalchemy.exc import SQLAlchemyError

from crawler.due import load_plan
from crawler.looks.looking import note_look
from crawler.plan import Plan
from store.archive import Archive, Place
from store.articles import known_urls, save_snapshots
from store.database import Sessions
from store.errors import StoreError
from store.looks import Look
from store.sources import save_state
from store.types import FeedState, Snapshot, Source

T = TypeVar("T")
A = TypeVar("A")
B = TypeVar("B")
Thing = Snapshot | FeedState | Look

_AT_ONCE = 64  # things in one transaction: others want to write to the database, too


class Keeper:
    """Saves what was received, before anybody reads it. `clock` gives the present (aware)."""

    def __init__(self, sessions: Sessions, archive: Archive, clock: Callable[[], datetime]) -> None:
        self._sessions = sessions
        self._archive = archive
        self._clock = clock
        self._archivist = ThreadPoolExecutor(max_workers=1, thread_name_prefix="archive")
        self._writer = ThreadPoolExecutor(max_workers=1, thread_name_prefix="database")
        self._reader = ThreadPoolExecutor(max_workers=1, thread_name_prefix="looking up")
        self._waiting: deque[tuple[Thing, asyncio.Future[None]]] = deque()
        self._saving: asyncio.Task[None] | None = None

    async def close(self) -> None:
        """Save what still waits, also for somebody who has gone."""
        if self._saving is not None:
            await self._saving
        for thread in (self._archivist, self._writer, self._reader):
            thread.shutdown(wait=True)

    async def plan(self, sources: Iterable[Source]) -> Plan:
        """What is due now."""
        wanted = tuple(sources)
        return await self._aside(self._reader, lambda: self._plan(wanted))

    async def keep(self, snapshot: Snapshot) -> None:
        """Bytes into the archive, then the row; returns when both will survive a power cut."""
        await self._hand_over(snapshot)

    async def remember(self, found: FeedState | Look) -> None:
        """Save the state of a feed or a look at a page, after everything that was handed over before it."""
        await self._hand_over(found)

    async def known(self, addresses: Iterable[str]) -> set[str]:
        """Those of the addresses that were captured before."""
        wanted = list(addresses)
        return await self._aside(self._reader, lambda: self._known(wanted))

    async def _hand_over(self, thing: Thing) -> None:
        done = asyncio.get_running_loop().create_future()
        self._waiting.append((thing, done))
        if self._saving is None:
            self._saving = asyncio.create_task(self._save_waiting())
        await done

    async def _save_waiting(self) -> None:
        """The archive is at the next batch while the database is at the last one."""
        recording: asyncio.Task[None] | None = None
        while self._waiting:
            batch = [self._waiting.popleft() for _ in range(min(_AT_ONCE, len(self._waiting)))]
            things = [thing for thing, _ in batch]
            places = await self._aside(self._archivist, partial(_try_all, self._place, things))
            if recording is not None:
                await recording
            recording = asyncio.create_task(self._settle(batch, places))
            if not self._waiting:
                await recording
        self._saving = None

    async def _settle(
        self, batch: Sequence[tuple[Thing, asyncio.Future[None]]], places: Sequence[Place | Exception | None]
    ) -> None:
        things = [
            (thing, place)
            for (thing, _), place in zip(batch, places, strict=True)
            if not isinstance(place, Exception)
        ]
        found = iter(await self._aside(self._writer, partial(_try_all, self._record, things)))
        for (_, done), place in zip(batch, places, strict=True):
            fault = place if isinstance(place, Exception) else next(found)
            if done.done():  # whoever waited was told to stop
                continue
            if isinstance(fault, Exception):
                done.set_exception(fault)
            else:
                done.set_result(None)

    async def _aside(self, thread: ThreadPoolExecutor, work: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(thread, work)

    def _place(self, things: Sequence[Thing]) -> list[Place | None]:
        # the bytes go first and outside the transaction: the disk is slow, and others want to write
        snapshots = [thing for thing in things if isinstance(thing, Snapshot)]
        places = iter(self._archive.keep_all(snapshots) if snapshots else ())
        return [next(places) if isinstance(thing, Snapshot) else None for thing in things]

    def _record(self, things: Sequence[tuple[Thing, Place | None]]) -> list[None]:
        with self._sessions.begin() as session:
            kept = [(thing, place) for thing, place in things if isinstance(thing, Snapshot) and place]
            save_snapshots(session, self._archive, kept, now=self._clock())
            for thing, _ in things:
                if isinstance(thing, Look):
                    note_look(session, thing)
                elif isinstance(thing, FeedState):
                    save_state(session, thing)
        return [None] * len(things)

    def _plan(self, sources: tuple[Source, ...]) -> Plan:
        now = self._clock()
        with self._sessions() as session:
            return load_plan(session, sources, now=now)

    def _known(self, addresses: list[str]) -> set[str]:
        with self._sessions() as session:
            return known_urls(session, addresses)


def _try_all(work: Callable[[Sequence[A]], Sequence[B]], things: Sequence[A]) -> Sequence[B | Exception]:
    """Do something with all things in one go; a thing that cannot be dealt with gets its fault instead."""
    try:
        return work(things)
    except (StoreError, SQLAlchemyError) as fault:  # of the store: it is everybody's
        return [fault] * len(things)
    except Exception as fault:  # noqa: BLE001 - of one thing: it must not cost the others theirs
        if len(things) == 1:
            return [fault]
        return [found for thing in things for found in _try_all(work, [thing])]
