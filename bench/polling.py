"""Feeds that have not changed: what a look at 300 of them costs, in CPU and in bodies."""

from __future__ import annotations

import resource
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

from bench.apart import Row
from bench.quiet_outlets import QuietPress, start_quiet_outlets
from crawler.courtesy.schedule import is_whole_look_due
from crawler.run import CollectReport, collect
from crawler.settings import CrawlSettings
from store.archive import Archive
from store.database import make_sessions, open_engine, upgrade
from store.sources import list_states
from store.types import Feed, Scope, Source

FEEDS = 300
CPU_LIMIT = 5.0  # seconds
NOW = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
LATER = timedelta(minutes=10)


def measure_polling() -> tuple[Row, ...]:
    """Unchanged feeds for each second of CPU, parent and collecting process together; the limit is the peer.

    Raises:
        RuntimeError: not every feed was asked, or more than the day's look at the whole took a body.

    """
    with start_quiet_outlets(FEEDS) as press, tempfile.TemporaryDirectory() as folder:
        poll(press, Path(folder), NOW)  # the first look takes the bodies
        wholes = count_whole_looks(Path(folder), NOW + LATER)
        asked, bodies = press.count()
        before = cpu_seconds()
        report = poll(press, Path(folder), NOW + LATER)
        seconds = cpu_seconds() - before
        asked, bodies = press.count()[0] - asked, press.count()[1] - bodies
    if (report.feeds_unchanged, asked) != (FEEDS, FEEDS) or bodies > wholes + 1:
        raise RuntimeError(
            f"{asked} feeds asked, {report.feeds_unchanged} of them unchanged, {bodies} bodies sent; "
            f"there should be {FEEDS}, {FEEDS} and the {wholes} whose look at the whole was due"
        )
    limit = f"the limit of {CPU_LIMIT:.0f} s"
    return (
        Row("poll unchanged (feeds, CPU)", FEEDS / seconds, FEEDS, limit, CPU_LIMIT / seconds),
        Row("  bodies for the daily whole look", bodies / seconds, bodies),
    )


def count_whole_looks(folder: Path, now: datetime) -> int:
    """How many feeds will be asked without conditions at `now`: each is once a day."""
    engine = open_engine(f"sqlite:///{folder / 'bench.sqlite3'}")
    with make_sessions(engine)() as session:
        found = sum(is_whole_look_due(state, now) for state in list_states(session))
    engine.dispose()
    return found


def cpu_seconds() -> float:
    """User and system time of this process and of all it has waited for."""
    own, ended = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return own.ru_utime + own.ru_stime + ended.ru_utime + ended.ru_stime


def poll(press: QuietPress, folder: Path, now: datetime) -> CollectReport:
    """One collection without pauses."""
    engine = open_engine(f"sqlite:///{folder / 'bench.sqlite3'}")
    upgrade(engine)
    settings = CrawlSettings(allow_private=press.hosts, default_pause=0.0, processes=1)
    sources = make_sources(press)
    try:
        return collect(
            sources, make_sessions(engine), Archive(folder / "archive"), settings, now=now, progress=silent
        )
    finally:
        engine.dispose()


def silent(stage: str, done: int, total: int) -> None:
    """Nobody watches."""


def make_sources(press: QuietPress) -> tuple[Source, ...]:
    """One priority source for each feed: only such a source's first feed is looked at every ten minutes."""
    return tuple(
        Source(
            id=f"feed-{number}",
            name=url,
            domain=urlsplit(url).netloc,
            scope=Scope.DOMESTIC,
            country="VN",
            language="vi",
            kind="newspaper",
            feeds=(Feed(url),),
            pause_seconds=0.0,
            priority=True,
        )
        for number, url in enumerate(press.feeds)
    )
