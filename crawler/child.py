"""The collecting process as seen by its parent: started, listened to, ended; its crash told in words."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Thread, Timer
from typing import IO, Any

from crawler import words
from crawler.job import STOP, Job, Refused, event_from
from store.codec import to_text

Progress = Callable[[str, int, int], None]

_LATE = 120.0  # seconds beyond its own limit after which a collecting process is taken for hung
_FAREWELL = 5.0  # seconds to end after its input was closed


@dataclass
class Tally:
    """What the collecting process told. `failure` says in words why it ended early, "" if it did not."""

    feeds: list[str] = field(default_factory=list)
    kept: int = 0
    left: int = 0
    missed: list[Refused] = field(default_factory=list)
    failure: str = ""

    def note(self, event: Mapping[str, Any], progress: Progress) -> None:
        """Note an event."""
        match event["event"]:
            case "progress":
                progress("collect", event["done"], event["total"])
            case "feed":
                self.feeds.append(event["url"])
            case "kept":
                self.kept += 1
            case "left":
                self.left += 1
            case "missed":
                self.missed.append(Refused(event["source"], event["url"], event["reason"]))
            case "failed":
                self.failure = event["reason"]


class Child:
    """The collecting process; see `start_child`."""

    def __init__(self, process: subprocess.Popen[str], errors: IO[bytes]) -> None:
        self._process = process
        self._errors = errors

    def stop(self) -> None:
        """Ask it to end in order: answers under way may still arrive, for a few seconds."""
        self._say(STOP)

    def tell(self, job: Job) -> None:
        """Hand it its job."""
        self._say(to_text(job) + "\n")

    def events(self) -> Iterator[Mapping[str, Any]]:
        """What it tells, until it ends."""
        assert self._process.stdout is not None
        return (event_from(line) for line in self._process.stdout)

    def crash(self) -> str:
        """Wait for its end; gives in words how it failed, "" if it did not."""
        code = self._process.wait()
        return _crash_words(code, self._errors) if code else ""

    def end(self) -> None:
        """End it, whatever it does."""
        assert self._process.stdin is not None
        with contextlib.suppress(BrokenPipeError):  # it is gone already
            self._process.stdin.close()  # the sign to end at once
        try:
            self._process.wait(timeout=_FAREWELL)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def _say(self, text: str) -> None:
        assert self._process.stdin is not None
        with contextlib.suppress(BrokenPipeError):  # it is gone already; `crash` says why
            self._process.stdin.write(text)
            self._process.stdin.flush()


@contextmanager
def start_child(
    job: Job, hear: Callable[[Mapping[str, Any]], None], over: Callable[[], None]
) -> Iterator[Child]:
    """The collecting process at a job, which never outlives this block nor this process.

    Args:
        job: what it has to do.
        hear: called with every event, in a thread of its own.
        over: called in that thread when there will be no more.

    """
    with tempfile.TemporaryFile() as errors, _process(errors) as process:
        child = Child(process, errors)
        watch = Timer(job.settings.run_seconds + _LATE, process.kill)

        def listen() -> None:
            for event in child.events():
                hear(event)
            over()

        listener = Thread(target=listen, name="collecting process")
        for thread in (watch, listener):
            thread.daemon = True
            thread.start()
        try:
            child.tell(job)
            yield child
        finally:
            watch.cancel()
            child.end()
            listener.join()


def _process(errors: IO[bytes]) -> subprocess.Popen[str]:
    # -P: a folder named like one of ours where we happen to stand must not take its place
    command = [sys.executable, "-P", "-m", "crawler.crawl"]
    return subprocess.Popen(  # noqa: S603 - our own module, no word from outside
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=errors,
        encoding="utf-8",
        env=environment(),
        start_new_session=True,  # Ctrl-C reaches us, and we end it in order
    )


def _crash_words(code: int, errors: IO[bytes]) -> str:
    how = f"was ended by signal {-code}" if code < 0 else f"ended with code {code}"
    return words.CRASH.format(how=f"{how}{last_words(errors)}")


def last_words(errors: IO[bytes]) -> str:
    """The last line a process wrote on its standard error, with a colon before it; "" for none."""
    errors.seek(0)
    said = errors.read().decode("utf-8", errors="replace").split("\n")
    lines = [line.strip() for line in said if line.strip()]
    return f": {lines[-1][:300]}" if lines else ""


def environment() -> dict[str, str]:
    """The environment of a process of ours: it finds the modules that we find."""
    return {**os.environ, "PYTHONPATH": os.pathsep.join(entry for entry in sys.path if entry)}
