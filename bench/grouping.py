"""Articles to stories on one core: how the speed holds and memory grows from 5,000 to 100,000 in a window."""

from __future__ import annotations

import time
from datetime import timedelta

from bench.apart import Row
from bench.recombined import recombine
from nlp.stories import Grouper


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
    """Seconds are of the processor, for grouping alone; making the articles is not counted."""
    grouper = Grouper(window=timedelta(days=14))
    spent, late, last = 0.0, 0.0, count - count // 10
    for number, item in enumerate(recombine(count)):
        start = time.process_time()
        grouper.add(item)
        took = time.process_time() - start
        spent += took
        late += took if number >= last else 0.0
    return (
        Row(f"group {count:,} (articles)", count / spent, count),
        Row("its last tenth", (count - last) / late, count - last),
    )
