"""Runs a filter's work in this process first, and in several once there is enough of it to pay."""

from __future__ import annotations

import itertools
import multiprocessing
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass

from desk.filters.lines import Record, answer_line

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
    with ProcessPoolExecutor(processes, mp_context=context) as pool:
        waiting: deque[Future[list[Answered]]] = deque([pool.submit(_answer_batch, work, first)])
        for batch in batches:
            waiting.append(pool.submit(_answer_batch, work, batch))
            if len(waiting) >= processes * AHEAD:
                yield from waiting.popleft().result()
        while waiting:
            yield from waiting.popleft().result()
