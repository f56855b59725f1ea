"""The practice press collected whole, beside a bare spider that only downloads the same pages."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from bench.apart import Row, timed
from config.load import load
from crawler.run import collect
from crawler.settings import CrawlSettings
from practice.server import Press, start_press
from store.archive import Archive
from store.database import make_sessions, open_engine, upgrade
from store.types import Source

PAUSE = 0.0  # neither side waits between requests: the work is measured, not the politeness


def measure_collecting() -> tuple[Row, ...]:
    """Articles a second from feed to stored article, pages a second for the peer; no pauses."""
    with tempfile.TemporaryDirectory() as folder, start_press() as press:
        count, seconds = timed(lambda: collect_all(press, Path(folder)))
        urls = [press.url_of(key) for key in readable(press)]
        peer_count, peer_seconds = timed(lambda: download_all(urls))
    ratio = (count / seconds) / (peer_count / peer_seconds)
    return (
        Row("collect (articles)", count / seconds, count, "a bare Scrapy spider", ratio),
        Row("  bare spider (pages)", peer_count / peer_seconds, peer_count),
    )


def readable(press: Press) -> list[str]:
    """The keys of the articles that can be fetched and read."""
    return [key for key, answer in press.answers.articles.items() if not answer.trouble]


def collect_all(press: Press, folder: Path) -> int:
    """Collect into a fresh database; returns how many articles are new."""
    (folder / "config").mkdir()
    (folder / "config" / "sources.yaml").write_text(press.sources_yaml(), encoding="utf-8")
    engine = open_engine(f"sqlite:///{folder / 'bench.sqlite3'}")
    upgrade(engine)
    report = collect(
        hurried(load(folder / "config").sources),
        make_sessions(engine),
        Archive(folder / "archive"),
        CrawlSettings(allow_private=tuple(press.allow_private().split(","))),
        now=datetime.now(UTC),
        progress=lambda *_: None,
    )
    engine.dispose()
    return report.articles_new


def hurried(sources: tuple[Source, ...]) -> tuple[Source, ...]:
    """The sources without their pauses."""
    return tuple(replace(source, pause_seconds=PAUSE) for source in sources)


def download_all(urls: list[str]) -> int:
    """The peer in a process of its own, as ours is."""
    subprocess.run([sys.executable, "-m", "bench.bare_spider"], input=json.dumps(urls).encode(), check=True)
    return len(urls)
