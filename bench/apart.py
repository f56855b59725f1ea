"""Runs one measurement in a process of its own, so that its peak memory is its own."""

from __future__ import annotations

import multiprocessing
import resource
import time
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table: what, how many a second, beside whom (ratio 0: no peer).

    `together_mib`: the most memory all its processes took at a time, `own_mib`: what the work itself added to
    its process, where that was looked at.
    """

    name: str
    per_second: float
    count: int
    peer: str = ""
    ratio: float = 0.0
    together_mib: float = 0.0
    own_mib: float = 0.0


@dataclass(frozen=True, slots=True)
class Measured:
    """The rows of one measurement and the peak memory of its processes (MiB)."""

    rows: tuple[Row, ...]
    peak_mib: float
    children_mib: float


def timed(work: Callable[[], int]) -> tuple[int, float]:
    """Do the work; returns how many it did and how many seconds of wall clock it took."""
    start = time.perf_counter()
    count = work()
    return count, time.perf_counter() - start


def find_peak() -> float:
    """The most memory this process has taken up to now, in MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def measure_apart(measurement: Callable[[], tuple[Row, ...]]) -> Measured:
    """Run `measurement` in a fresh process.

    Raises:
        RuntimeError: the process ended without an answer.

    """
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe(duplex=False)
    process = context.Process(target=_answer, args=(measurement, there))
    process.start()
    there.close()
    try:
        measured: Measured = here.recv()
    except EOFError as fault:
        raise RuntimeError(f"{measurement.__name__} ended without an answer") from fault
    finally:
        process.join()
    return measured


def _answer(measurement: Callable[[], tuple[Row, ...]], pipe: Connection) -> None:
    rows = measurement()
    children = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    pipe.send(Measured(rows, find_peak(), children))
