"""Runs a filter's work in this process first, and in several once there is enough of it to pay."""

from __future__ import annotations

import itertools
import multiprocessing
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass

from desk.filters.lines import Record, answer_line
from store.interrupts import deaf_children

Numbered = tuple[int, bytes]
Answered = tuple[int, Record, bool]
ALONE = 200  # lines done in this process before others are started: a short pipe never waits for them
BATCH = 32
AHEAD = 6  # batches under way for each process: bounds memory


@dataclass(frozen=True, slots=True)
class Work:
    """How to make the function that answers a record; `make` must be importable in another process."""

    make: Callable[[], Callable[[Record], Record]]


_made: dict[Callable[[], Callable[[Record], Record]], Callable[[Record], Record]] = {}


def answer_all(work: Work, lines: Iterable[Numbered], *, processes: int) -> Iterator[Answered]:
    """Numbered lines -> answers, in order. With one process nothing is ever started beside it."""
    stream = iter(lines)
    alone = stream if processes <= 1 else itertools.islice(stream, ALONE)
    yield from _answer(work, alone)
    if processes > 1:
        yield from _answer_beside(work, stream, processes)


def _answer(work: Work, lines: Iterable[Numbered]) -> Iterator[Answered]:
    function = _function(work)
    for number, line in lines:
        answer, good = answer_line(function, line, number)
        yield number, answer, good


def _function(work: Work) -> Callable[[Record], Record]:
    """Made once in each process: knowledge takes about a second to compile."""
    if work.make not in _made:
        _made[work.make] = work.make()
    return _made[work.make]


def _answer_batch(work: Work, batch: tuple[Numbered, ...]) -> list[Answered]:
    return list(_answer(work, batch))


def _answer_beside(work: Work, stream: Iterator[Numbered], processes: int) -> Iterator[Answered]:
    batches = iter(lambda: tuple(itertools.islice(stream, BATCH)), ())
    first = next(batches, None)
    if first is None:
        return
    context = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(processes, mp_context=context)
    try:
        waiting: deque[Future[list[Answered]]] = deque([_submit(pool, work, first)])
        for batch in batches:
            waiting.append(_submit(pool, work, batch))
            if len(waiting) >= processes * AHEAD:
                yield from waiting.popleft().result()
        while waiting:
            yield from waiting.popleft().result()
    except BaseException:  # interrupted, or nobody reads on: nobody waits for what is under way either
        for child in multiprocessing.active_children():
            child.terminate()
        raise
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _submit(pool: ProcessPoolExecutor, work: Work, batch: tuple[Numbered, ...]) -> Future[list[Answered]]:
    with deaf_children():  # the pool starts a process when it gets work and none is idle
        return pool.submit(_answer_batch, work, batch)
