"""Articles to stories on one core: how the speed holds and memory grows from 5,000 to 100,000 in a window."""

from __future__ import annotations

import multiprocessing
import time
from collections.abc import Iterator
from datetime import timedelta
from itertools import islice
from multiprocessing.connection import Connection

from bench.apart import Row, find_peak
from bench.recombined import recombine
from nlp.stories import Grouper, GroupItem

_SENT = 200  # articles handed over at a time


def measure_5_000() -> tuple[Row, ...]:
    """The first 5,000 of a window."""
    return _measure(5_000)


def measure_20_000() -> tuple[Row, ...]:
    """The first 20,000 of a window."""
    return _measure(20_000)


def measure_100_000() -> tuple[Row, ...]:
    """A window of 100,000, with the speed over its last 10,000 beside that over all."""
    return _measure(100_000)


def _measure(count: int) -> tuple[Row, ...]:
    """Seconds are of the processor, for grouping alone. The articles are made in a process of their own, so
    that the peak memory is that of one that groups; its own is what comes on top of the loaded program.
    """
    before = find_peak()
    grouper = Grouper(window=timedelta(days=14))
    spent, late, last = 0.0, 0.0, count - count // 10
    for number, item in enumerate(_recombine_apart(count)):
        start = time.process_time()
        grouper.add(item)
        took = time.process_time() - start
        spent += took
        late += took if number >= last else 0.0
    return (
        Row(f"group {count:,} (articles)", count / spent, count, own_mib=find_peak() - before),
        Row("its last tenth", (count - last) / late, count - last),
    )


def _recombine_apart(count: int) -> Iterator[GroupItem]:
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe(duplex=False)
    maker = context.Process(target=_hand_over, args=(count, there))
    maker.start()
    there.close()
    handed = 0
    while handed < count:
        some: tuple[GroupItem, ...] = here.recv()
        handed += len(some)
        yield from some
    maker.join()


def _hand_over(count: int, pipe: Connection) -> None:
    items = recombine(count)
    while some := tuple(islice(items, _SENT)):
        pipe.send(some)
