"""The collecting process: `python -m crawler.crawl` reads a job on its input, tells events on its output.

One run, which can be killed at any instant: what was kept is kept, the rest is asked for again.
It ends by itself when its parent is gone, since standard input is then closed.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from threading import Thread

from scrapy.crawler import AsyncCrawlerProcess

from crawler.collector import Collector
from crawler.hosts import Hosts
from crawler.job import Job, event_line
from crawler.keeper import Keeper
from crawler.markup import one_line
from crawler.settings import pauses, scrapy_settings
from crawler.spiders.press import PressSpider, ScrapyFetcher
from store.archive import Archive
from store.codec import from_text
from store.database import make_sessions, open_engine

ABANDONED = 3  # exit code when the parent is gone


def tell(kind: str, **values: object) -> None:
    """Tell the parent an event."""
    print(event_line(kind, **values), flush=True)  # noqa: T201 - standard output is the channel to the parent


def clock_from(start: datetime) -> Callable[[], datetime]:
    """A clock that starts at the job's time and goes with the machine's steady one."""
    started = time.monotonic()
    return lambda: start + timedelta(seconds=time.monotonic() - started)


def _die_with_parent(stdin: int) -> None:
    def watch() -> None:
        while os.read(
            stdin, 65536
        ):  # not through the file object: its lock would be held when the process ends
            continue
        os._exit(ABANDONED)  # at once: nothing half-done is ever kept, so there is nothing to tidy up

    Thread(target=watch, name="parent watch", daemon=True).start()


class _Run:
    """One run from job to end; remembers in words why it failed."""

    def __init__(self, job: Job) -> None:
        self.job = job
        self.finished = False

    async def work(self, fetcher: ScrapyFetcher) -> None:
        """Plan and collect."""
        clock = clock_from(self.job.now)
        keeper = Keeper(
            make_sessions(open_engine(self.job.database_url)), Archive(Path(self.job.archive)), clock
        )
        try:
            plan = await keeper.plan(self.job.sources)
            tell("plan", feeds=len(plan.feeds), pages=len(plan.pages))
            settings = self.job.settings
            hosts = Hosts(fetcher, settings=settings, pauses=pauses(self.job.sources), clock=clock)
            collector = Collector(
                plan, hosts=hosts, memory=keeper, clock=clock, tell=tell, max_entries=settings.max_entries
            )
            await collector.run()
            self.finished = True
        except BaseException as error:
            tell("failed", reason=_in_words(error))
            raise
        finally:
            keeper.close()


def _in_words(error: BaseException) -> str:
    while isinstance(error, BaseExceptionGroup):
        error = error.exceptions[0]
    return one_line(f"{error}")[:400] or type(error).__name__


def main() -> int:
    """Run one job; 0 when it ran to its end, 1 when the run failed, 3 when the parent is gone."""
    line = sys.stdin.buffer.readline()
    if not line.strip():
        return ABANDONED
    job = from_text(Job, line.decode("utf-8"))
    _die_with_parent(sys.stdin.fileno())
    run = _Run(job)
    process = AsyncCrawlerProcess(scrapy_settings(job.settings, job.sources))
    process.crawl(PressSpider, work=run.work)
    process.start(install_signal_handlers=False)
    return 0 if run.finished else 1


if __name__ == "__main__":
    sys.exit(main())
