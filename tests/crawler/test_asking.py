"""A few addresses asked now: what is late is given up, and the asking process never outlives the asker."""

from __future__ import annotations

import socket
import subprocess
import time
from collections.abc import Iterator

import pytest

from crawler import asking
from crawler.asking import Wish, ask
from crawler.settings import CrawlSettings
from crawler.wire.answers import NoAnswer, Trouble


@pytest.fixture
def silent() -> Iterator[str]:
    """A host that takes connections and never says a word."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield f"127.0.0.1:{server.getsockname()[1]}"


def wish(host: str, *, seconds: float) -> Wish:
    settings = CrawlSettings(allow_private=(host,), timeout_seconds=60, retries=1)
    return Wish((f"http://{host}/a.pdf", f"http://{host}/b.pdf"), settings, seconds=seconds)


class Quiet:
    """A timer that never rings."""

    daemon = False

    def start(self) -> None:
        """Do nothing."""

    def cancel(self) -> None:
        """Do nothing."""


def test_what_is_late_is_given_up_when_all_the_time_is_over(silent: str) -> None:
    began = time.monotonic()
    answers = ask(wish(silent, seconds=2.0))
    assert time.monotonic() - began < 20
    assert [a.trouble for a in answers if isinstance(a, NoAnswer)] == [Trouble.TIMEOUT] * 2


def test_an_interrupted_asking_leaves_no_process_behind(silent: str, monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[subprocess.Popen[str]] = []

    def interrupted(text: object) -> str:
        raise KeyboardInterrupt(text)

    def never(_seconds: float, _end: object, of: tuple[subprocess.Popen[str], object]) -> Quiet:
        started.append(of[0])
        return Quiet()

    monkeypatch.setattr(asking, "Timer", never)
    monkeypatch.setattr(asking, "to_text", interrupted)
    with pytest.raises(KeyboardInterrupt):
        ask(wish(silent, seconds=30.0))
    assert started[0].returncode is not None
