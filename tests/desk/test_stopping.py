"""The service told to end in the middle of a collection: in order, in time, nothing lost, nothing left."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import yaml

from config.load import load
from crawler.run import CollectReport, collect
from crawler.settings import CrawlSettings
from practice.server import Press, start_press
from store.archive import Archive
from store.articles import iter_articles
from store.database import Sessions, make_sessions, open_engine
from store.evidence import verify_archive
from store.jobs import last_runs

COMMAND = str(Path(sys.executable).with_name("diembao"))
PROMISE = 10.0  # seconds from the signal to the end
pytestmark = [
    pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="looks for processes under /proc"),
]


@dataclass(frozen=True)
class Place:
    """A service's folder and the press that it collects from."""

    press: Press
    folder: Path

    @property
    def home(self) -> Path:
        return self.folder / "home"

    @property
    def environment(self) -> dict[str, str]:
        return {
            **os.environ,
            "DIEMBAO_HOME": str(self.home),
            "DIEMBAO_CONFIG": str(self.folder / "config"),
            "DIEMBAO_ALLOW_PRIVATE": self.press.allow_private(),
            "DIEMBAO_CONTACT": "tests@example.invalid",
            "DIEMBAO_DESK_PORT": str(free_port()),
        }

    def relatives(self) -> list[int]:
        """Processes that were started with our home in their environment, and are still there."""
        found = []
        for environ in Path("/proc").glob("[0-9]*/environ"):
            try:
                if str(self.home).encode() in environ.read_bytes():
                    found.append(int(environ.parent.name))
            except OSError:
                continue  # it ended while we looked
        return found

    def pages_asked(self) -> int:
        pages = {article.path for article in self.press.edition.articles}
        return sum(request.path in pages for request in self.press.requests)

    @contextmanager
    def store(self) -> Iterator[Sessions]:
        engine = open_engine(f"sqlite:///{self.home / 'diembao.sqlite3'}")
        try:
            yield make_sessions(engine)
        finally:
            engine.dispose()

    def collect_the_rest(self, sessions: Sessions) -> CollectReport:
        """What the service would do half an hour later, without pauses."""
        sources = [replace(s, pause_seconds=0.0) for s in load(self.folder / "config").sources]
        private = tuple(self.press.allow_private().split(","))
        settings = CrawlSettings(allow_private=private, default_pause=0.0, timeout_seconds=5.0)
        later = datetime.now(UTC) + timedelta(minutes=30)
        archive = Archive(self.home / "archive")
        return collect(sources, sessions, archive, settings, now=later, progress=lambda *_: None)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    """Outlets that want a second between requests, one of whose feeds never ends."""
    with start_press() as press:
        catalogue = yaml.safe_load(press.sources_yaml())
        for source in catalogue["sources"]:
            source["pause_seconds"] = 1.0
        slow = catalogue["sources"][0]
        slow["feeds"].append({"url": f"http://{slow['domain']}/trouble/delay?s=19", "kind": "feed"})
        (tmp_path / "config").mkdir()
        (tmp_path / "config" / "sources.yaml").write_text(yaml.safe_dump(catalogue), encoding="utf-8")
        yield Place(press, tmp_path)


def wait_for_pages(place: Place, count: int, process: subprocess.Popen[str]) -> None:
    for _ in range(600):
        assert process.poll() is None, process.communicate()
        if place.pages_asked() >= count:
            return
        time.sleep(0.1)
    raise AssertionError("it collects nothing")


@pytest.mark.parametrize(
    "sign",
    [
        pytest.param(signal.SIGTERM, id="SIGTERM"),
        pytest.param(signal.SIGINT, id="Ctrl-C", marks=pytest.mark.soak),  # the same way through the program
    ],
)
def test_a_service_told_to_end_in_a_collection_ends_in_order(sign: signal.Signals, place: Place) -> None:
    # a shell that starts tests in the background has them ignore Ctrl-C; a person's terminal does not
    words = ["env", "--default-signal=INT", COMMAND, "serve"]
    with subprocess.Popen(
        words, env=place.environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        wait_for_pages(place, 8, process)
        told = time.monotonic()
        process.send_signal(sign)
        out, err = process.communicate(timeout=60)
        took = time.monotonic() - told
    assert (process.returncode, "Traceback" in out + err) == (0, False), out + err
    assert took < PROMISE
    assert place.relatives() == []
    with place.store() as sessions:
        with sessions() as session:
            (run,) = last_runs(session)
            found = verify_archive(session, Archive(place.home / "archive"), progress=lambda *_: None)
        assert (run.job, run.failed, run.finished_at is not None) == ("collect", False, True)
        assert (found.faults, found.shown) == (0, [])
        assert place.collect_the_rest(sessions).crash == ""
        with sessions() as session:
            urls = Counter(stored.article.url for stored in iter_articles(session))
    answers = place.press.answers.articles
    wanted = {place.press.url_of(key) for key, answer in answers.items() if not answer.trouble}
    assert wanted - set(urls) == set()
    assert urls.most_common(1)[0][1] == 1
