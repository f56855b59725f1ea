"""Killed at any instant: nothing lost, nothing doubled, no process left behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from crawler.run import CollectReport
from store.articles import iter_articles
from store.tables import SnapshotRow

Collect = Callable[..., CollectReport]

pytestmark = pytest.mark.skipif(
    not Path("/proc/self/status").exists(), reason="looks for processes under /proc"
)


def children_of(parent: int) -> list[int]:
    """The collecting processes that a process started."""
    found = []
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = status.read_text().rpartition(")")[2].split()
            command = (status.parent / "cmdline").read_bytes()
        except OSError:
            continue  # it ended while we looked
        if int(fields[1]) == parent and fields[0] != "Z" and b"crawler.crawl" in command:
            found.append(int(status.parent.name))
    return found


def wait_until(holds: Callable[[], bool]) -> None:
    for _ in range(600):
        if holds():
            return
        time.sleep(0.05)
    raise AssertionError("it never came to pass")


@pytest.fixture
def busy(outlet: Any, make_source: Any, make_page: Any) -> Any:
    """A source with twelve pages."""
    outlet.feed("/rss", *(f"{{base}}/{number}.html" for number in range(12)), headers=(("ETag", '"v1"'),))
    for number in range(12):
        outlet.page(f"/{number}.html", make_page(f"Bài {number}"), wait=0.02)
    return make_source(f"{outlet.base}/rss")


def everything_is_there_once(store: Any, outlet: Any) -> None:
    with store.sessions() as session:
        assert session.scalar(select(func.count()).select_from(SnapshotRow)) == 12
        urls = [found.article.url for found in iter_articles(session)]
    assert sorted(urls) == sorted(f"{outlet.base}/{number}.html" for number in range(12))


@pytest.mark.parametrize("moment", [1, 4, 9])
def test_a_killed_collecting_process_is_told_and_the_next_run_goes_on(
    moment: int, busy: Any, outlet: Any, store: Any, collect: Collect
) -> None:
    def kill(stage: str, done: int, _total: int) -> None:
        if stage == "collect" and done == moment:
            for child in children_of(os.getpid()):
                os.kill(child, signal.SIGKILL)

    report = collect([busy], outlet, progress=kill)
    assert report.crash.startswith("the collecting process was ended by signal 9")
    assert "the next run goes on" in report.crash
    assert report.articles_new < 12
    assert collect([busy], outlet).crash == ""
    everything_is_there_once(store, outlet)


@pytest.mark.parametrize("where", [("collect", 5), ("extract", 3)], ids=["collect", "extract"])
def test_ctrl_c_ends_everything_and_the_next_run_goes_on(
    where: tuple[str, int], busy: Any, outlet: Any, store: Any, collect: Collect
) -> None:
    def interrupt(stage: str, done: int, _total: int) -> None:
        if (stage, done) == where:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        collect([busy], outlet, progress=interrupt)
    assert children_of(os.getpid()) == []
    assert collect([busy], outlet).crash == ""
    everything_is_there_once(store, outlet)


PARENT = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from crawler.run import collect
from crawler.settings import CrawlSettings
from store.archive import Archive
from store.database import make_sessions, open_engine
from store.types import Feed, Scope, Source

url, place, folder = sys.argv[1:]
source = Source("a", "A", "a.example", Scope.DOMESTIC, "VN", "vi", "newspaper", (Feed(url),), pause_seconds=0)
settings = CrawlSettings(allow_private=(place,), default_pause=0.0, timeout_seconds=60.0)
sessions = make_sessions(open_engine(f"sqlite:///{folder}/store.sqlite"))
archive = Archive(Path(folder) / "archive")
collect([source], sessions, archive, settings, now=datetime.now(UTC), progress=lambda *_: None)
"""


def test_a_collecting_process_does_not_outlive_a_killed_parent(
    outlet: Any, store: Any, tmp_path: Path, root: Path
) -> None:
    outlet.page("/rss", "", wait=60.0)
    command = [sys.executable, "-c", PARENT, f"{outlet.base}/rss", outlet.place, str(tmp_path)]
    with subprocess.Popen(command, cwd=root) as parent:
        wait_until(lambda: "/robots.txt" in outlet.paths())
        (child,) = children_of(parent.pid)
        parent.kill()
        parent.wait()
    wait_until(lambda: not Path(f"/proc/{child}").exists())


def test_a_full_disk_is_told_and_the_next_run_goes_on(
    busy: Any, outlet: Any, store: Any, collect: Collect, tmp_path: Path
) -> None:
    in_the_way = tmp_path / "archive"
    in_the_way.write_text("a file where the archive's folder should be")
    report = collect([busy], outlet)
    assert str(in_the_way) in report.crash
    assert report.articles_new == 0
    in_the_way.unlink()
    assert collect([busy], outlet).articles_new == 12
    everything_is_there_once(store, outlet)
