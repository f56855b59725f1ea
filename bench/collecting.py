"""Generated outlets collected whole, beside a bare spider that only downloads the same pages.

Both are processes of their own whose start counts; both ask the same outlets without pauses, 8 at a time.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from dataclasses import replace
from datetime import UTC, datetime
from itertools import chain, zip_longest
from pathlib import Path

from bench.apart import Row, timed
from bench.outlets import HOSTS, Place, start_outlets
from bench.together import Sampler
from crawler.child import Tally
from crawler.inbox import Inbox
from crawler.run import collect, crawl, make_job
from crawler.settings import CrawlSettings
from store.archive import Archive
from store.database import Sessions, make_sessions, open_engine, upgrade
from store.types import Feed, Scope, Source

PAGES = 3000  # of real size; fewer would measure the start of processes
ARTICLES = 1000  # where each is also read, which costs ten times as much
PROCESSES = 2  # that read
OUTLETS = "bench.outlets"  # their process is not ours
PEER = "a bare Scrapy spider"


def measure_collecting() -> tuple[Row, ...]:
    """Pages fetched and kept a second; articles from feed to store a second; pages of the peer."""
    with start_outlets(PAGES) as place:
        with Sampler(OUTLETS):  # looking costs time; it must cost both
            peer, peer_seconds = timed(lambda: download_all(place))
        with tempfile.TemporaryDirectory() as folder, Sampler(OUTLETS) as keeping:
            kept, seconds = timed(lambda: keep_all(place, Path(folder)))
    with start_outlets(ARTICLES) as place, tempfile.TemporaryDirectory() as folder, Sampler(OUTLETS) as whole:
        made, whole_seconds = timed(lambda: collect_all(place, Path(folder)))
    bare = peer / peer_seconds
    return (
        Row("collect (pages kept)", kept / seconds, kept, PEER, kept / seconds / bare, keeping.most_mib),
        Row(
            "collect (articles)",
            made / whole_seconds,
            made,
            PEER,
            made / whole_seconds / bare,
            whole.most_mib,
        ),
        Row("  bare spider (pages)", bare, peer),
    )


def sources_of(place: Place) -> tuple[Source, ...]:
    """The outlets as a catalogue, without pauses: the work is measured, not the politeness."""
    plain = Source("", "", "", Scope.DOMESTIC, "VN", "vi", "newspaper", pause_seconds=0.0)
    return tuple(
        replace(plain, id=f"bao-{number}", name=f"Báo {number}", domain=host.partition(":")[0], feeds=feeds)
        for number, host in enumerate(place.hosts)
        for feeds in [tuple(Feed(url) for url in place.feeds if f"//{host}/" in url)]
    )


def settings_of(place: Place) -> CrawlSettings:
    """No limits that the measurement would meet."""
    return CrawlSettings(
        allow_private=place.hosts,
        pages_per_host=PAGES,
        daily_requests=10 * PAGES,
        default_pause=0.0,
        concurrency=HOSTS,
        processes=PROCESSES,
    )


def open_store(folder: Path) -> Sessions:
    """A fresh database."""
    engine = open_engine(f"sqlite:///{folder / 'bench.sqlite3'}")
    upgrade(engine)
    return make_sessions(engine)


def keep_all(place: Place, folder: Path) -> int:
    """Fetch every page and keep it with the feeds' bookkeeping; returns how many captures there are."""
    tally, sessions, archive = Tally(), open_store(folder), Archive(folder / "archive")
    job = make_job(sources_of(place), sessions, archive, settings_of(place), now=datetime.now(UTC))
    crawl(job, Inbox(), tally, progress=_silent, on_kept=lambda: None)
    sessions.engine.dispose()
    _complain(tally.failure, tally.left, tally.kept, place)
    return tally.kept


def collect_all(place: Place, folder: Path) -> int:
    """From feed to stored article; returns how many captures were read."""
    sessions, archive = open_store(folder), Archive(folder / "archive")
    report = collect(
        sources_of(place), sessions, archive, settings_of(place), now=datetime.now(UTC), progress=_silent
    )
    sessions.engine.dispose()
    _complain(report.crash, report.left, report.snapshots, place)
    return report.snapshots


def _complain(crash: str, left: int, kept: int, place: Place) -> None:
    """A figure of a run that did not do everything would be a lie."""
    if crash or left or kept != len(place.pages):
        raise RuntimeError(f"{kept} of {len(place.pages)} pages kept, {left} left: {crash or 'no crash'}")


def _silent(*_: object) -> None:
    """Nobody watches."""


def download_all(place: Place) -> int:
    """The peer in a process of its own, as ours is; it asks the outlets in turn."""
    by_host = [[url for url in place.pages if f"//{host}/" in url] for host in place.hosts]
    urls = [url for url in chain.from_iterable(zip_longest(*by_host)) if url]
    subprocess.run([sys.executable, "-m", "bench.bare_spider"], input=json.dumps(urls).encode(), check=True)
    return len(urls)
