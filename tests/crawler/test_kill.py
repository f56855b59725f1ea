"""Killed at any instant: nothing lost, nothing doubled, no process left behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from random import Random
from threading import Event
from typing import Any

import pytest
from sqlalchemy import func, select

from crawler.run import CollectReport
from store.articles import iter_articles
from store.evidence import verify_archive
from store.tables import SnapshotRow

Collect = Callable[..., CollectReport]
LATER = timedelta(minutes=30)  # when every feed is due again
KILLS = int(os.environ.get("DIEMBAO_SOAK_KILLS", "250"))  # fewer than the entries read of a feed

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


def everything_is_there_once(store: Any, outlet: Any, count: int = 12) -> None:
    with store.sessions() as session:
        assert session.scalar(select(func.count()).select_from(SnapshotRow)) == count
        urls = [found.article.url for found in iter_articles(session)]
        found = verify_archive(session, store.archive, progress=lambda *_: None)
    assert sorted(urls) == sorted(f"{outlet.base}/{number}.html" for number in range(count))
    assert (found.faults, found.shown) == (0, [])


@pytest.mark.parametrize("moment", [4, *(pytest.param(n, marks=pytest.mark.soak) for n in (1, 9))])
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
    assert collect([busy], outlet, later=LATER).crash == ""
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
    assert collect([busy], outlet, later=LATER).crash == ""
    everything_is_there_once(store, outlet)


PARENT = """
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from crawler.run import collect
from crawler.settings import CrawlSettings
from store.archive import Archive
from store.database import make_sessions, open_engine
from store.types import Feed, Scope, Source

url, place, folder, later, processes = sys.argv[1:]
source = Source("a", "A", "a.example", Scope.DOMESTIC, "VN", "vi", "newspaper", (Feed(url),), pause_seconds=0)
settings = CrawlSettings(allow_private=(place,), default_pause=0.0, timeout_seconds=60.0)
settings = replace(settings, processes=int(processes))
sessions = make_sessions(open_engine(f"sqlite:///{folder}/store.sqlite"))
archive = Archive(Path(folder) / "archive")
now = datetime(2026, 11, 22, 3, 0, tzinfo=UTC) + timedelta(minutes=int(later))
collect([source], sessions, archive, settings, now=now, progress=lambda *_: None)
"""


# Loaded by every Python that we start, since its folder comes first: ends the process at an instant.
ASSASSIN = """
import importlib, os, signal, sys
ROLE, MODULE, NAME, WHEN, TURN, MARK = {plan!r}

def arm(holder, name, turn):
    work, seen = getattr(holder, name), []

    def call(*values, **named):
        seen.append(1)
        if WHEN == "before" and len(seen) == turn:
            die()
        found = work(*values, **named)
        if WHEN == "after" and len(seen) == turn:
            die()
        return found

    setattr(holder, name, call)

def die():
    if not os.path.exists(MARK):  # once is enough
        open(MARK, "w").close()
        os.kill(os.getpid(), signal.SIGKILL)

if ROLE in sys.orig_argv:
    holder = importlib.import_module(MODULE)
    *inner, last = NAME.split(".")
    for part in inner:
        holder = getattr(holder, part)
    arm(holder, last, TURN)
"""
CHILD, WORKER, WE = "crawler.crawl", "crawler.extractor", "-c"
INSTANTS = {
    "the child, before it looks what is due": (CHILD, "crawler.keeper", "Keeper._plan", "after", 1),
    "the child, between a feed and its pages": (CHILD, "crawler.collector", "Collector._save", "after", 1),
    "the child, between archive and database": (CHILD, "crawler.keeper", "Keeper._place", "after", 4),
    "the child, in a transaction": (CHILD, "crawler.keeper", "save_snapshots", "after", 3),
    "the child, between commit and telling": (CHILD, "crawler.keeper", "Keeper._record", "after", 5),
    "the child, after its last page": (CHILD, "crawler.collector", "Collector.run", "after", 1),
    "a worker, with a page": (WORKER, "crawler.pages.extract", "extract", "after", 2),
    "we, between extraction and record": (WE, "crawler.extraction", "record_extraction", "before", 3),
    "we, in the middle of collecting": (WE, "crawler.child", "Tally.note", "after", 9),
}


def named(token: str) -> list[int]:
    """Processes that were started with this word in their environment."""
    found = []
    for environment in Path("/proc").glob("[0-9]*/environ"):
        try:
            if token.encode() in environment.read_bytes():
                found.append(int(environment.parent.name))
        except OSError:
            continue  # it ended while we looked, or is not ours
    return found


@dataclass(frozen=True)
class Attempt:
    """One collection in a process of its own, with somebody about who kills."""

    place: Path
    folder: Path
    outlet: Any
    source: Any

    def run(self, root: Path, plan: tuple[Any, ...]) -> int:
        self.place.mkdir()
        mark = str(self.place / "done")
        (self.place / "sitecustomize.py").write_text(ASSASSIN.replace("{plan!r}", repr((*plan, mark))))
        path = os.pathsep.join([str(self.place), str(root)])
        command = [
            sys.executable, "-c", PARENT, f"{self.outlet.base}/rss", self.outlet.place, str(self.folder), "0",
            "2" if plan[0] == WORKER else "1",  # with one, extraction is inside: cheaper
        ]  # fmt: skip
        environment = {**os.environ, "PYTHONPATH": path}
        return subprocess.run(command, cwd=root, env=environment, check=False, timeout=120).returncode

    @property
    def happened(self) -> bool:
        return (self.place / "done").exists()


@pytest.fixture
def attempt(busy: Any, outlet: Any, store: Any, tmp_path: Path) -> Attempt:
    return Attempt(tmp_path / "assassin", tmp_path, outlet, busy)


SAMPLE = (  # the others in `make soak`: each takes two collections
    "we, in the middle of collecting",
    "the child, between archive and database",
    "the child, in a transaction",
    "a worker, with a page",
)


@pytest.mark.parametrize(
    "plan",
    [
        pytest.param(plan, id=instant, marks=() if instant in SAMPLE else pytest.mark.soak)
        for instant, plan in INSTANTS.items()
    ],
)
def test_killed_at_any_instant_nothing_is_lost_nor_left_behind(
    plan: tuple[Any, ...], attempt: Attempt, store: Any, collect: Collect, root: Path
) -> None:
    outlet, busy = attempt.outlet, attempt.source
    code = attempt.run(root, plan)
    assert attempt.happened
    assert code == (-signal.SIGKILL if plan[0] == WE else 0)
    wait_until(lambda: named(str(attempt.place)) == [])
    report = collect([busy], outlet, later=LATER)
    assert report.crash == ""
    everything_is_there_once(store, outlet)
    pages = [path for path in outlet.paths() if path.endswith(".html")]
    assert max(pages.count(path) for path in pages) <= 2


def test_a_worker_that_dies_once_costs_no_article(attempt: Attempt, store: Any, root: Path) -> None:
    assert attempt.run(root, INSTANTS["a worker, with a page"]) == 0
    assert attempt.happened
    everything_is_there_once(store, attempt.outlet)


@pytest.mark.parametrize("pause", [0.0, 3.0], ids=["pages under way", "waiting for its turn"])
def test_a_run_that_is_asked_to_stop_ends_in_order(
    pause: float, busy: Any, outlet: Any, store: Any, collect: Collect
) -> None:
    stopping = Event()
    slow = replace(busy, domain=outlet.place.partition(":")[0], pause_seconds=pause)

    def stop(stage: str, done: int, _total: int) -> None:
        if stage == "collect" and done == (1 if pause else 5):
            stopping.set()

    report = collect([slow], outlet, progress=stop, stopping=stopping)
    assert (report.stopped, report.crash) == (True, "")
    assert len([path for path in outlet.paths() if path.endswith(".html")]) < 12
    assert children_of(os.getpid()) == []
    assert collect([busy], outlet, later=LATER).crash == ""
    everything_is_there_once(store, outlet)


def test_a_run_that_is_asked_to_stop_before_it_began_asks_nothing(
    busy: Any, outlet: Any, collect: Collect
) -> None:
    stopping = Event()
    stopping.set()
    assert collect([busy], outlet, stopping=stopping) == CollectReport(stopped=True)
    assert outlet.asked == []


def test_a_collecting_process_does_not_outlive_a_killed_parent(
    outlet: Any, store: Any, tmp_path: Path, root: Path
) -> None:
    outlet.page("/rss", "", wait=60.0)
    command = [sys.executable, "-c", PARENT, f"{outlet.base}/rss", outlet.place, str(tmp_path), "0", "1"]
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
    assert collect([busy], outlet, later=LATER).articles_new == 12
    everything_is_there_once(store, outlet)


@pytest.mark.soak
def test_killed_again_and_again_at_random_nothing_is_lost_nor_doubled(
    attempt: Attempt, make_page: Any, store: Any, collect: Collect, root: Path
) -> None:
    outlet, folder = attempt.outlet, str(attempt.folder)
    dice, killed = Random(KILLS), Counter[str]()  # noqa: S311 - no secret
    environment = {**os.environ, "DIEMBAO_TEST_FAMILY": folder}
    patience = 0.0
    for turn in range(KILLS + 1):
        outlet.page(f"/{turn}.html", make_page(f"Bài {turn}"), wait=0.02)
        headers = (("ETag", f'"v{turn}"'),)
        outlet.feed("/rss", *(f"{{base}}/{number}.html" for number in range(turn + 1)), headers=headers)
        command = [
            sys.executable, "-c", PARENT, f"{outlet.base}/rss", outlet.place, folder, str(30 * turn), "2",
        ]  # fmt: skip
        started = time.monotonic()
        with subprocess.Popen(command, cwd=root, env=environment, stderr=subprocess.DEVNULL) as parent:
            time.sleep(dice.uniform(0.0, patience))
            family = named(folder) if turn else []
            if family:
                victim = dice.choice(family)
                killed["parent" if victim == parent.pid else "child"] += 1
                with suppress(ProcessLookupError):  # it ended by itself meanwhile
                    os.kill(victim, signal.SIGKILL)
            parent.wait(timeout=120)
        wait_until(lambda: named(folder) == [])
        patience = patience or (time.monotonic() - started)  # as long as one takes that nobody kills
    assert min(killed["parent"], killed["child"]) > KILLS // 10
    last = collect([attempt.source], outlet, later=timedelta(minutes=30 * (KILLS + 1)), timeout_seconds=60.0)
    assert (last.crash, last.left, last.troubles, last.refused) == ("", 0, (), ())
    everything_is_there_once(store, outlet, KILLS + 1)
    pages = Counter(path for path in outlet.paths() if path.endswith(".html"))
    print(f"{killed}; pages asked: {pages.total()}, at most {pages.most_common(1)[0][1]} times")  # noqa: T201
    assert pages.total() < 2 * KILLS
