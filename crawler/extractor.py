"""The extracting process: `python -m crawler.extractor` reads pages on its input, writes one answer a line.

A hostile page can cost this process its time, its memory or its life, and nobody else's.
"""

from __future__ import annotations

import ctypes
import logging
import os
import pickle
import resource
import signal
import sys
import threading
from types import FrameType
from typing import IO

from crawler import words
from crawler.pages.extract import extract
from crawler.pages.markup import one_line
from crawler.pages.page import Page, Refusal
from store.codec import from_text, to_text
from store.types import Article

_log = logging.getLogger(__name__)

Outcome = Article | Refusal

READY = b"ready\n"
MEMORY = 3 * 1024**3  # bytes of address space; a 5 MiB page of empty tags needs less than 1 GiB
_PR_SET_PDEATHSIG = 1  # Linux: die with the process that started us


class _TooSlowError(BaseException):
    """Not an Exception: libraries that swallow those must not swallow the end of a page's time."""


def _ring(_signal: int, _frame: FrameType | None) -> None:
    raise _TooSlowError


def extract_within(page: Page, seconds: float) -> Outcome:
    """Extract one page, whatever it is like.

    Args:
        page: the page.
        seconds: after which it is given up; only where this runs in a process's main thread.

    Returns:
        The article, or why there is none; a fault of ours or of a library is a refusal with its words.

    """
    timed = threading.current_thread() is threading.main_thread()
    before = signal.signal(signal.SIGALRM, _ring) if timed else None
    try:
        if timed:
            signal.setitimer(signal.ITIMER_REAL, seconds)
        return extract(page)
    except _TooSlowError:
        return Refusal(words.TOO_SLOW.format(seconds=f"{seconds:g}"))
    except Exception as error:  # noqa: BLE001 - a page may break a library anywhere; it is told and logged
        _log.exception("extracting %s", page.url)
        return Refusal(words.BROKEN.format(error=one_line(f"{type(error).__name__}: {error}")[:300]))
    finally:
        if timed:
            signal.setitimer(signal.ITIMER_REAL, 0)
            signal.signal(signal.SIGALRM, before)


def send_page(page: Page, seconds: float, stream: IO[bytes]) -> None:
    """Hand a page to an extracting process."""
    pickle.dump((page, seconds), stream)
    stream.flush()


def answer_line(outcome: Outcome) -> bytes:
    """Write an answer."""
    kind = "article" if isinstance(outcome, Article) else "refusal"
    return f"{kind} {to_text(outcome)}\n".encode()


def outcome_from(line: bytes) -> Outcome | None:
    """Read an answer; None for a line that was cut off. Never pickle: hostile pages were in that process."""
    kind, _, text = line.decode("utf-8", errors="replace").partition(" ")
    if not text.endswith("\n"):
        return None
    return from_text(Article, text) if kind == "article" else from_text(Refusal, text)


def _limit_ourselves(parent: int) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # its complaints come back as our refusals
    if hasattr(ctypes.CDLL(None), "prctl"):
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:  # it went before we could ask to be told
        sys.exit(1)


def main() -> int:
    """Extract pages until there are no more; the process that started us is named on the command line."""
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    sys.stdout = sys.stderr  # a library that prints must not be taken for an answer
    _limit_ourselves(int(sys.argv[1]))
    answers.write(READY)
    answers.flush()
    while True:
        try:
            page, seconds = pickle.load(sys.stdin.buffer)  # noqa: S301 - written by our parent, see send_page
        except EOFError:
            return 0
        answers.write(answer_line(extract_within(page, seconds)))
        answers.flush()


if __name__ == "__main__":
    sys.exit(main())
