"""The collecting process as seen by its parent: started, listened to, ended; its crash told in words."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Timer
from typing import IO

from crawler import words
from crawler.job import Job, Refused, event_from
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


def run_child(job: Job, progress: Progress) -> Tally:
    """Run a job in a process of its own, and wait for it.

    Whatever ends this call, also Ctrl-C, ends the process. A crash is told in the tally, not raised.
    """
    tally = Tally()
    with tempfile.TemporaryFile() as errors:
        with _child(job, errors, job.settings.run_seconds + _LATE) as child:
            assert child.stdout is not None
            for line in child.stdout:
                _note(tally, line, progress)
            child.wait()
        if child.returncode != 0 and not tally.failure:
            tally.failure = _crash_words(child.returncode, errors)
    return tally


@contextmanager
def _child(job: Job, errors: IO[bytes], patience: float) -> Iterator[subprocess.Popen[str]]:
    """The collecting process, which never outlives this block nor this process."""
    # -P: a folder named like one of ours where we happen to stand must not take its place
    command = [sys.executable, "-P", "-m", "crawler.crawl"]
    child = subprocess.Popen(  # noqa: S603 - our own module, no word from outside
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=errors,
        encoding="utf-8",
        env=environment(),
        start_new_session=True,  # Ctrl-C reaches us, and we end it in order
    )
    watch = Timer(patience, child.kill)
    watch.daemon = True
    watch.start()
    try:
        assert child.stdin is not None
        child.stdin.write(to_text(job) + "\n")
        child.stdin.flush()
        yield child
    finally:
        watch.cancel()
        _end(child)


def _end(child: subprocess.Popen[str]) -> None:
    assert child.stdin is not None
    assert child.stdout is not None
    with contextlib.suppress(BrokenPipeError):  # it is gone already
        child.stdin.close()  # the sign to end
    try:
        child.wait(timeout=_FAREWELL)
    except subprocess.TimeoutExpired:
        child.kill()
        child.wait()
    child.stdout.close()


def _note(tally: Tally, line: str, progress: Progress) -> None:
    event = event_from(line)
    match event["event"]:
        case "progress":
            progress("collect", event["done"], event["total"])
        case "feed":
            tally.feeds.append(event["url"])
        case "kept":
            tally.kept += 1
        case "left":
            tally.left += 1
        case "missed":
            tally.missed.append(Refused(event["source"], event["url"], event["reason"]))
        case "failed":
            tally.failure = event["reason"]


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
