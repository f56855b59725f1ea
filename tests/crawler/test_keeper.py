"""Saving together: one batch for what waits, each thing's own fault, nothing told before it is safe."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

import pytest
from sqlalchemy import func, select

from crawler.keeper import Keeper
from crawler.room import Room
from store.archive import Archive, Place
from store.errors import ArchiveError
from store.sources import list_states
from store.tables import SnapshotRow
from store.types import FeedOutcome, FeedState, Snapshot


class Counting(Archive):
    """An archive that counts its appends, and has a page it cannot take."""

    appends = 0

    def keep_all(self, snapshots: Sequence[Snapshot]) -> list[Place]:
        self.appends += 1
        if any(snapshot.body == b"broken" for snapshot in snapshots):
            raise RuntimeError("a fault of ours")
        if any(snapshot.body == b"full" for snapshot in snapshots):
            raise ArchiveError("the disk is full")
        return super().keep_all(snapshots)


@pytest.fixture
def snapshot(now: datetime) -> Callable[[str], Snapshot]:
    def make(body: str) -> Snapshot:
        url = f"https://baotap.example/{body}.html"
        return Snapshot("bao-tap", url, url, 200, (), body.encode(), now)

    return make


@pytest.fixture
def keep(store: Any, now: datetime) -> Callable[..., tuple[list[Any], Counting]]:
    """Hand things over at once; gives what came of each, and the archive."""

    def run(*things: Snapshot | FeedState) -> tuple[list[Any], Counting]:
        archive = Counting(store.archive.folder)

        async def go() -> list[Any]:
            keeper = Keeper(store.sessions, archive, lambda: now)
            work = [keeper.keep(t) if isinstance(t, Snapshot) else keeper.remember(t) for t in things]
            found = await asyncio.gather(*work, return_exceptions=True)
            await keeper.close()
            return found

        return asyncio.run(go()), archive

    return run


def count(store: Any) -> int:
    with store.sessions() as session:
        return int(session.scalar(select(func.count()).select_from(SnapshotRow)))


def test_what_waits_is_appended_together(keep: Any, snapshot: Any, store: Any) -> None:
    found, archive = keep(*(snapshot(str(number)) for number in range(40)))
    assert found == [None] * 40
    assert archive.appends <= 2
    assert count(store) == 40


def test_a_things_own_fault_costs_the_others_nothing(keep: Any, snapshot: Any, store: Any) -> None:
    state = FeedState("https://baotap.example/rss", "bao-tap", FeedOutcome.OK)
    found, _ = keep(snapshot("a"), snapshot("broken"), state, snapshot("b"))
    assert [type(one) for one in found] == [type(None), RuntimeError, type(None), type(None)]
    assert count(store) == 2
    with store.sessions() as session:
        assert [one.url for one in list_states(session)] == [state.url]


def test_a_fault_of_the_store_is_everybodys_and_nothing_is_saved(
    keep: Any, snapshot: Any, store: Any
) -> None:
    found, _ = keep(snapshot("a"), snapshot("full"))
    assert [type(one) for one in found] == [ArchiveError, ArchiveError]
    assert count(store) == 0


def test_what_was_handed_over_is_saved_also_when_nobody_waits(
    store: Any, snapshot: Any, now: datetime
) -> None:
    async def go() -> None:
        keeper = Keeper(store.sessions, store.archive, lambda: now)
        task = asyncio.create_task(keeper.keep(snapshot("a")))
        await asyncio.sleep(0)
        task.cancel()
        await keeper.close()

    asyncio.run(go())
    assert count(store) == 1


def test_room_is_for_so_many_bytes_and_something_larger_alone() -> None:
    async def go() -> list[str]:
        room, told = Room(1000_000), []

        async def take(name: str, size: int) -> None:
            await room.take(size)
            told.append(name)

        tasks = [asyncio.create_task(take("large", 5000_000)), asyncio.create_task(take("small", 10))]
        await asyncio.sleep(0.01)
        assert told == ["large"]
        room.give_back(5000_000)
        await asyncio.gather(*tasks)
        return told

    assert asyncio.run(go()) == ["large", "small"]
