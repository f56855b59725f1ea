"""Turns at hosts, without a network: one at a time, pauses, limits, what is remembered."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest

from crawler.courtesy.hostbook import MemoryBook, StoredBook
from crawler.courtesy.manners import Budget, Kind
from crawler.courtesy.turns import HeldBackError, Turns
from crawler.wire.answers import Trouble
from store.hosts import find_host, list_hosts
from store.types import HostState

NOW = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)


def steady() -> Callable[[], datetime]:
    began = time.monotonic()
    return lambda: NOW + timedelta(seconds=time.monotonic() - began)


def make_turns(book: MemoryBook, **values: Any) -> Turns:
    plain: dict[str, Any] = {
        "pauses": {},
        "default_pause": 0.0,
        "budgets": {},
        "default_budget": Budget(1000),
        "concurrency": 8,
        "clock": steady(),
        "random": lambda: 0.0,
    }
    return Turns(book, **(plain | values))


def run(work: Callable[[], Awaitable[None]]) -> None:
    asyncio.run(asyncio.wait_for(work(), 20))  # type: ignore[arg-type]  # what is handed in is a coroutine


def test_a_host_is_asked_one_at_a_time_and_its_pause_lies_between_starts() -> None:
    book, starts = MemoryBook(), []

    async def work() -> None:
        turns = make_turns(book, pauses={"a.vn": 0.05})

        async def ask() -> None:
            await turns.take("a.vn", Kind.PAGE)
            starts.append(time.monotonic())
            await asyncio.sleep(0.01)
            turns.end("a.vn", Kind.PAGE, status=200)

        await asyncio.gather(*(ask() for _ in range(5)))

    run(work)
    assert all(after - before >= 0.05 for before, after in pairwise(starts))
    assert book.find("a.vn").requests == 5


def test_different_hosts_are_asked_side_by_side_up_to_the_limit() -> None:
    under_way: list[int] = [0]
    most: list[int] = [0]

    async def work() -> None:
        turns = make_turns(MemoryBook(), concurrency=3)

        async def ask(host: str) -> None:
            await turns.take(host, Kind.FEED)
            under_way[0] += 1
            most[0] = max(most[0], under_way[0])
            await asyncio.sleep(0.01)
            under_way[0] -= 1
            turns.end(host, Kind.FEED, status=200)

        await asyncio.gather(*(ask(f"outlet{n}.vn") for n in range(9)))

    run(work)
    assert most == [3]


def test_a_host_that_waits_for_its_turn_takes_no_place_from_others() -> None:
    async def work() -> None:
        turns = make_turns(MemoryBook(), pauses={"slow.vn": 5.0}, concurrency=1)
        await turns.take("slow.vn", Kind.FEED)
        turns.end("slow.vn", Kind.FEED, status=200)
        waiting = asyncio.create_task(turns.take("slow.vn", Kind.PAGE))
        await asyncio.sleep(0.01)
        await asyncio.wait_for(turns.take("quick.vn", Kind.FEED), 1)
        assert not waiting.done()
        waiting.cancel()

    run(work)


def test_the_pause_of_the_run_before_is_kept() -> None:
    book = MemoryBook([HostState("a.vn", asked_at=NOW - timedelta(milliseconds=10))])
    waited: list[float] = []

    async def work() -> None:
        turns = make_turns(book, pauses={"a.vn": 0.2})
        began = time.monotonic()
        await turns.take("a.vn", Kind.FEED)
        waited.append(time.monotonic() - began)

    run(work)
    assert waited[0] >= 0.18


def test_the_larger_of_our_pause_and_the_outlets_holds() -> None:
    turns = make_turns(MemoryBook(), pauses={"a.vn": 5.0}, default_pause=7.0)
    turns.slow_down("a.vn", 2.0)
    turns.slow_down("b.vn", 30.0)
    turns.slow_down("b.vn", 10.0)
    assert [turns.pause_of(host) for host in ("a.vn", "b.vn", "c.vn")] == [5.0, 30.0, 7.0]


HELD_BACK = {
    "resting": (
        HostState("a.vn", rest_until=NOW + timedelta(hours=1), rest_why="HTTP 429, asked to slow down"),
        Kind.FEED,
        Trouble.RESTING,
    ),
    "blocked, a page": (
        HostState("a.vn", blocked_since=NOW, rest_until=NOW, rest_why="HTTP 403 again and again"),
        Kind.PAGE,
        Trouble.RESTING,
    ),
    "the day's requests used up": (
        HostState("a.vn", day="2026-11-22", requests=1000),
        Kind.ROBOTS,
        Trouble.SPENT,
    ),
}


@pytest.mark.parametrize(("state", "kind", "trouble"), HELD_BACK.values(), ids=HELD_BACK.keys())
def test_a_request_held_back_is_not_counted_and_keeps_nobody_waiting(
    state: HostState, kind: Kind, trouble: Trouble
) -> None:
    book = MemoryBook([state])

    async def work() -> None:
        turns = make_turns(book)
        for _ in range(2):  # the second would hang if the first had kept its turn
            with pytest.raises(HeldBackError) as caught:
                await turns.take("a.vn", kind)
            assert caught.value.answer.trouble is trouble

    run(work)
    assert book.find("a.vn") == state


def test_a_429_holds_back_the_next_request_of_the_same_run() -> None:
    async def work() -> None:
        turns = make_turns(MemoryBook())
        await turns.take("a.vn", Kind.PAGE)
        turns.end("a.vn", Kind.PAGE, status=429, retry_after="30")
        with pytest.raises(HeldBackError, match="HTTP 429, asked to wait 30 s"):
            await turns.take("a.vn", Kind.PAGE)

    run(work)


def test_a_book_that_cannot_be_written_keeps_nobody_waiting_for_ever() -> None:
    class Torn(MemoryBook):
        def save(self, state: HostState) -> None:
            if state.rests:
                raise OSError("no space left")
            super().save(state)

    async def work() -> None:
        turns = make_turns(Torn())
        await turns.take("a.vn", Kind.PAGE)
        with pytest.raises(OSError, match="no space"):
            turns.end("a.vn", Kind.PAGE, status=429)
        async with asyncio.timeout(5):
            await turns.take("a.vn", Kind.PAGE)

    run(work)


def test_what_is_remembered_is_in_the_store_after_closing(store: Any) -> None:
    book = StoredBook(store.sessions)
    for number in range(3):
        book.save(HostState("a.vn", requests=number, day="2026-11-22"))
    book.save(HostState("b.vn", rest_until=NOW, rest_why="HTTP 429, asked to slow down"))
    book.close()
    with store.sessions() as session:
        assert [state.host for state in list_hosts(session)] == ["a.vn", "b.vn"]
        found = find_host(session, "a.vn")
    assert found == HostState("a.vn", requests=2, day="2026-11-22")
    assert StoredBook(store.sessions).find("b.vn").rest_until == NOW


def test_what_is_remembered_is_written_within_moments(store: Any) -> None:
    book = StoredBook(store.sessions)
    book.save(HostState("a.vn", requests=7))
    deadline = time.monotonic() + 20
    found = None
    while found is None and time.monotonic() < deadline:
        time.sleep(0.05)
        with store.sessions() as session:
            found = find_host(session, "a.vn")
    book.close()
    assert found is not None
