"""Reading feeds that could hold us up in a process of their own, which is ended when it takes too long.

Markup made for it costs any parser minutes (a tag of 100,000 attributes, tags nested without end), and a
thread cannot be stopped. Small bodies are read here: the worst known 128 KiB takes 1.3 s.
"""

from __future__ import annotations

import logging
import os
import pickle
import resource
import subprocess
import sys
from datetime import datetime

from crawler import words
from crawler.child import environment
from crawler.feeds import reading
from crawler.feeds.syndication import FeedResult, NotAFeed
from crawler.wire.answers import Answer
from store.codec import from_text, to_text
from store.types import FeedKind, Source

SMALL = 128 * 1024  # bytes
SECONDS = 10.0  # an honest feed of 5 MiB takes 2
_MEMORY = 2 * 1024**3  # bytes of address space

_log = logging.getLogger(__name__)


def read(
    kind: FeedKind, answer: Answer, source: Source, *, now: datetime, seconds: float = SECONDS
) -> FeedResult | NotAFeed:
    """Read as `crawler.feeds.reading` does, but never longer than `seconds`, nor with more than 2 GiB.

    What takes longer, or ends the process that reads it, is no feed, and says so.
    """
    if len(answer.body) <= SMALL:
        return reading.read(kind, answer, source, now=now)
    job = pickle.dumps((kind, answer, source, now, seconds))
    try:
        done = subprocess.run(
            [sys.executable, "-P", "-m", "crawler.feeds.apart"],
            input=job,
            capture_output=True,
            timeout=seconds + 5.0,  # the process ends itself after so much work; this is for one that waits
            env=environment(),
            check=False,
        )
    except subprocess.TimeoutExpired:
        return NotAFeed(words.HEAVY_FEED.format(seconds=f"{seconds:g}"))
    found = _found_from(done.stdout)
    if found is None:
        _log.warning("reading %s: code %s: %s", answer.url, done.returncode, done.stderr[-300:])
    return found or NotAFeed(words.HEAVY_FEED.format(seconds=f"{seconds:g}"))


def _found_from(line: bytes) -> FeedResult | NotAFeed | None:
    """Never pickle: hostile markup was in that process."""
    kind, _, text = line.decode("utf-8", errors="replace").partition(" ")
    if not text.endswith("\n"):
        return None
    return from_text(FeedResult, text) if kind == "feed" else from_text(NotAFeed, text)


def main() -> int:
    """Read one answer from standard input, write what was found to standard output."""
    output = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    sys.stdout = sys.stderr  # a library that prints must not be taken for the answer
    kind, answer, source, now, seconds = pickle.load(sys.stdin.buffer)  # noqa: S301 - written by our parent, see `read`
    work = int(seconds) + 1
    resource.setrlimit(resource.RLIMIT_CPU, (work, work + 1))
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    found = reading.read(kind, answer, source, now=now)
    output.write(f"{'feed' if isinstance(found, FeedResult) else 'none'} {to_text(found)}\n".encode())
    output.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main())
