"""Weeks of collecting in minutes: a service process that must not grow, on a press that edits."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from practice.server import Press, start_press

CYCLES = int(os.environ.get("DIEMBAO_SOAK_CYCLES", "500"))
NOW = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
WARM_UP = 20  # cycles in which caches fill
GROWTH = 8.0  # MiB that a process may grow by in 500 cycles

SERVICE = """
import gc, json, os, sys, threading
from datetime import datetime, timedelta
from pathlib import Path
import yaml
from sqlalchemy import func, select
from crawler.run import collect
from crawler.settings import CrawlSettings
from store.archive import Archive
from store.database import make_sessions, open_engine, upgrade
from store.tables import ArticleRow, SnapshotRow, VersionRow
from store.types import Feed, FeedKind, Scope, Source

def source_from(entry):
    feeds = tuple(Feed(feed["url"], kind=FeedKind(feed["kind"])) for feed in entry["feeds"])
    names = ("id", "name", "domain", "country", "language", "kind", "priority")
    plain = {name: entry[name] for name in names}
    return Source(**plain, scope=Scope(entry["scope"]), feeds=feeds, pause_seconds=0.0)

folder = Path(sys.argv[1])
told = json.loads(sys.stdin.readline())
sources = [source_from(entry) for entry in yaml.safe_load(told["sources"])["sources"]]
engine = open_engine(f"sqlite:///{folder / 'store.sqlite'}")
upgrade(engine)
sessions, archive = make_sessions(engine), Archive(folder / "archive")
settings = CrawlSettings(
    allow_private=tuple(told["places"]), default_pause=0.0, retries=0, processes=2, daily_requests=10**6
)
for line in sys.stdin:
    now = datetime.fromisoformat(line.strip())
    report = collect(sources, sessions, archive, settings, now=now, progress=lambda *_: None)
    gc.collect()
    with sessions() as session:
        tables = (ArticleRow, VersionRow, SnapshotRow)
        rows = [session.scalar(select(func.count()).select_from(row)) for row in tables]
    status = Path("/proc/self/status").read_text()
    children = "".join(file.read_text() for file in Path("/proc/self/task").glob("*/children"))
    print(json.dumps({
        "rss": int(status.partition("VmRSS:")[2].split()[0]) / 1024,
        "fds": len(os.listdir("/proc/self/fd")),
        "threads": threading.active_count(),
        "children": len(children.split()),
        "rows": rows,
        "crash": report.crash,
        "feeds": report.feeds_ok + report.feeds_unchanged,
    }), flush=True)
"""

Step = dict[str, Any]


class Service:
    """The service process: one cycle for each time it is told."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    def cycle(self, now: datetime) -> Step:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(f"{now.isoformat()}\n")
        self._process.stdin.flush()
        line = self._process.stdout.readline()
        assert line, "the service process ended"
        found: Step = json.loads(line)
        return found

    def kill(self) -> None:
        self._process.kill()


@contextmanager
def start_service(press: Press, folder: Path, root: Path) -> Iterator[Service]:
    command = [sys.executable, "-c", SERVICE, str(folder)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8", cwd=root
    ) as process:
        told = {"sources": press.sources_yaml(), "places": press.allow_private().split(",")}
        assert process.stdin is not None
        process.stdin.write(json.dumps(told) + "\n")
        try:
            yield Service(process)
        finally:
            process.send_signal(signal.SIGKILL)


def slope(values: list[float]) -> float:
    """Growth for each step, by least squares."""
    middle, mean = (len(values) - 1) / 2, sum(values) / len(values)
    over = sum((at - middle) ** 2 for at in range(len(values)))
    return sum((at - middle) * (value - mean) for at, value in enumerate(values)) / over


def meddle(press: Press, cycle: int) -> None:
    """What a press does meanwhile: edits, and now and then takes an article down."""
    readable = [key for key, answer in press.answers.articles.items() if not answer.trouble]
    key = readable[cycle * 7 % len(readable)]
    if cycle % 25 == 24:
        press.withdraw(key)
    elif cycle % 5 == 0:
        press.edit(key, f"Tỉnh Gia Lai trả lời báo chí lần thứ {cycle} về tiến độ của dự án.\n\n" * 4)


@pytest.mark.soak
def test_a_service_that_collects_for_weeks_does_not_grow(tmp_path: Path, root: Path) -> None:
    steps: list[Step] = []
    restart, hours = CYCLES // 5, 3
    with start_press(now=NOW) as press:
        for first, last in ((0, restart), (restart, CYCLES)):
            with start_service(press, tmp_path, root) as service:
                life = []
                for cycle in range(first, last):
                    meddle(press, cycle)
                    at = datetime.fromtimestamp(NOW.timestamp() + cycle * hours * 3600, UTC)
                    life.append(service.cycle(at))
                steps += life
        asked = len(press.requests)
    settled = life[min(WARM_UP, len(life) // 2) :]
    growth = slope([step["rss"] for step in settled])
    figures = (
        f"{len(steps)} cycles, {asked} requests; "
        f"RSS {settled[0]['rss']:.1f} -> {settled[-1]['rss']:.1f} MiB, "
        f"{growth * 500:+.2f} MiB in 500 cycles; descriptors {settled[0]['fds']} -> {settled[-1]['fds']}, "
        f"threads {settled[0]['threads']} -> {settled[-1]['threads']}, rows {steps[0]['rows']} -> "
        f"{steps[-1]['rows']}"
    )
    print(figures)  # noqa: T201 - the figures are what a soak is for
    assert growth * 500 < GROWTH, figures
    assert {(step["fds"], step["threads"], step["children"]) for step in settled} == {
        (settled[0]["fds"], settled[0]["threads"], 0)
    }, figures
    assert {step["crash"] for step in steps} == {""}
    edits = sum(cycle % 5 == 0 or cycle % 25 == 24 for cycle in range(CYCLES))
    articles, versions, _ = steps[-1]["rows"]
    assert articles == steps[restart]["rows"][0], figures
    assert versions <= articles + edits, figures
