"""Progress for people: bars on a terminal, one line a stage elsewhere; standard output stays clean."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import TextIO

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    SpinnerColumn,
    TaskID,
    TextColumn,
    TimeElapsedColumn,
)

Report = Callable[[str, int, int], None]
_SIDE_BY_SIDE = frozenset({"collect", "extract"})  # pages are extracted while others are still fetched


@contextmanager
def show_progress(names: Mapping[str, str], *, stream: TextIO | None = None) -> Iterator[Report]:
    """Give a function (stage, done, total) that draws; `names` are the stages in people's words.

    `stream`: standard error without it.
    """
    stream = stream or sys.stderr
    if not stream.isatty():
        with _lines(names, stream) as report:
            yield report
        return
    columns = (TextColumn("{task.description:<24}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(file=stream)) as bars:
        tasks: dict[str, TaskID] = {}

        def report(stage: str, done: int, total: int) -> None:
            if stage not in tasks:
                tasks[stage] = bars.add_task(names.get(stage, stage), total=total)
            bars.update(tasks[stage], completed=done, total=total)

        yield report


@contextmanager
def show_waiting(words: str, *, stream: TextIO | None = None) -> Iterator[None]:
    """Say what is waited for; on a terminal with the seconds gone by. `stream`: standard error without it."""
    stream = stream or sys.stderr
    if not stream.isatty():
        print(words, file=stream, flush=True)
        yield
        return
    columns = (SpinnerColumn(), TextColumn("{task.description}", markup=False), TimeElapsedColumn())
    with Progress(*columns, console=Console(file=stream), transient=True) as bar:
        bar.add_task(words, total=None)
        yield


@contextmanager
def _lines(names: Mapping[str, str], stream: TextIO) -> Iterator[Report]:
    """Where no terminal is: one line a stage, when it is over: another begins that does not run beside it."""
    last: dict[str, tuple[int, int]] = {}
    said: set[str] = set()

    def say_all() -> None:
        for stage in [name for name in last if name not in said]:
            done, total = last[stage]
            print(f"{names.get(stage, stage)}: {done}/{total}", file=stream, flush=True)
            said.add(stage)

    def report(stage: str, done: int, total: int) -> None:
        if stage not in last and not _SIDE_BY_SIDE.issuperset({*last, stage}):
            say_all()
        last[stage] = (done, total)

    try:
        yield report
    finally:
        say_all()
