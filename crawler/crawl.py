"""The collecting process: `python -m crawler.crawl` reads a job on its input, tells events on its output.

One run, which can be killed at any instant: what was kept is kept, the rest is asked for again.
It ends by itself when its parent is gone, since standard input is then closed.
"""

from __future__ import annotations

import asyncio
import logging
import os
import sys
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from random import Random
from threading import Thread
from typing import TextIO

from scrapy.crawler import AsyncCrawlerProcess

from crawler.browser.middleware import with_browser
from crawler.collector import Collector
from crawler.courtesy.gate import Courtesy
from crawler.courtesy.hostbook import HostBook, StoredBook
from crawler.courtesy.hosts import Hosts
from crawler.courtesy.manners import Budget
from crawler.courtesy.turns import Turns
from crawler.job import Job, event_line
from crawler.keeper import Keeper
from crawler.leads import plan_of_pages
from crawler.pages.markup import one_line
from crawler.settings import budgets, pauses, scrapy_settings
from crawler.spiders.press import PressSpider, ScrapyFetcher
from store.archive import Archive
from store.codec import from_text
from store.database import make_sessions, open_engine

ABANDONED = 3  # exit code when the parent is gone
_TURN = 0.0005  # seconds: at Python's 5 ms the network waits for the keeper's thread after every system call
_LAST_WORDS = 3.0  # seconds that answers under way have to arrive once we are to stop


class Teller:
    """Tells the parent events; those of one turn of the event loop in one go."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._lines: list[str] = []

    def tell(self, kind: str, **values: object) -> None:
        """Tell an event soon; from the event loop's thread."""
        if not self._lines:
            asyncio.get_running_loop().call_soon(self.flush)
        self._lines.append(event_line(kind, **values))

    def flush(self) -> None:
        """Tell what has not been told yet."""
        if self._lines:
            self._stream.write("\n".join(self._lines) + "\n")
            self._lines.clear()
            self._stream.flush()


def clock_from(start: datetime) -> Callable[[], datetime]:
    """A clock that starts at the job's time and goes with the machine's steady one."""
    started = time.monotonic()
    return lambda: start + timedelta(seconds=time.monotonic() - started)


def make_courtesy(job: Job, book: HostBook, clock: Callable[[], datetime]) -> Courtesy:
    """The pauses and budgets of a job, on what is remembered of hosts."""
    settings = job.settings
    turns = Turns(
        book,
        pauses=pauses(job.sources),
        default_pause=settings.default_pause,
        budgets=budgets(job.sources, settings),
        default_budget=Budget(settings.daily_requests),
        concurrency=settings.concurrency,
        clock=clock,
        random=Random().random,  # noqa: S311 - a pause is no secret
    )
    return Courtesy(turns, book, clock)


class _Run:
    """One run from job to end; remembers in words why it failed."""

    def __init__(self, job: Job) -> None:
        self.job = job
        self.finished = False
        self._teller = Teller(sys.stdout)  # standard output is the channel to the parent
        self._stopping = False
        self._end: Callable[[], object] | None = None  # set while there is something to end

    async def work(self, fetcher: ScrapyFetcher) -> None:
        """Plan and collect."""
        clock = clock_from(self.job.now)
        sessions = make_sessions(open_engine(self.job.database_url))
        keeper = Keeper(sessions, Archive(Path(self.job.archive)), clock)
        book = StoredBook(sessions)
        fetcher.use(make_courtesy(self.job, book, clock))
        try:
            await self._collect(fetcher, keeper, clock)
            self.finished = True
        except BaseException as error:
            self._teller.tell("failed", reason=_in_words(error))
            raise
        finally:
            book.close()
            await keeper.close()
            self._teller.flush()
            if self._stopping:  # without waiting for answers under way
                os._exit(0 if self.finished else 1)

    def stop(self) -> None:
        """End the run in order; from any thread."""
        self._stopping = True
        if self._end is not None:
            self._end()

    async def _collect(self, fetcher: ScrapyFetcher, keeper: Keeper, clock: Callable[[], datetime]) -> None:
        plan = plan_of_pages(self.job.pages, self.job.sources) or await keeper.plan(self.job.sources)
        tell = self._teller.tell
        tell("plan", feeds=len(plan.feeds), pages=len(plan.pages))
        settings = self.job.settings
        hosts = Hosts(fetcher, settings=settings, clock=clock)
        collector = Collector(
            plan, hosts=hosts, memory=keeper, clock=clock, tell=tell, max_entries=settings.max_entries
        )
        loop, work = asyncio.get_running_loop(), asyncio.create_task(collector.run())

        def end() -> None:
            collector.stop()
            loop.call_later(_LAST_WORDS, work.cancel)

        self._end = partial(loop.call_soon_threadsafe, end)
        if self._stopping:  # it was said while we planned
            end()
        await asyncio.wait([work])
        if not (work.cancelled() and self._stopping):
            work.result()


def _in_words(error: BaseException) -> str:
    while isinstance(error, BaseExceptionGroup):
        error = error.exceptions[0]
    return one_line(f"{error}")[:400] or type(error).__name__


def _read_line(stdin: int) -> tuple[bytes, bytes]:
    """The first line, and what came after it; not through the file object, see `_listen`."""
    said = b""
    while b"\n" not in said and (more := os.read(stdin, 65536)):
        said += more
    line, _, rest = said.partition(b"\n")
    return line, rest


def _listen(stdin: int, rest: bytes, stop: Callable[[], None]) -> None:
    """Hear what the parent says from now on: STOP; its end is the end of this process.

    Not through the file object: its lock would be held when the process ends.
    """

    def listen() -> None:
        if rest:
            stop()
        while os.read(stdin, 65536):
            stop()
        os._exit(ABANDONED)  # at once: nothing half-done is ever kept, so there is nothing to tidy up

    Thread(target=listen, name="parent watch", daemon=True).start()


def main() -> int:
    """Run one job; 0 when it ran to its end or was stopped, 1 when it failed, 3 when the parent is gone."""
    line, rest = _read_line(sys.stdin.fileno())
    if not line.strip():
        return ABANDONED
    job = from_text(Job, line.decode("utf-8"))
    sys.setswitchinterval(_TURN)
    run = _Run(job)
    _listen(sys.stdin.fileno(), rest, run.stop)
    process = AsyncCrawlerProcess(with_browser(scrapy_settings(job.settings), job.settings, job.sources))
    logging.getLogger("scrapy").setLevel(logging.WARNING)  # or it makes three records a page for nobody
    process.crawl(PressSpider, work=run.work)
    process.start(install_signal_handlers=False)
    return 0 if run.finished else 1


if __name__ == "__main__":
    sys.exit(main())
