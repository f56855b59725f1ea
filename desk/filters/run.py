"""Runs one filter from a stream to a stream and says at the end how many lines were bad."""

from __future__ import annotations

from collections.abc import Iterable
from typing import IO

from desk.filters.lines import Tally, count, numbered, write_record
from desk.filters.pool import Work, answer_all


def run_filter(work: Work, lines: Iterable[bytes], out: IO[bytes], *, processes: int = 1) -> Tally:
    """Lines through the filter, answers written in order; returns the tally of good and bad lines."""
    tally = Tally()
    for number, answer, good in answer_all(work, numbered(lines), processes=processes):
        write_record(out, answer)
        count(tally, good=good, number=number, answer=answer)
    return tally
