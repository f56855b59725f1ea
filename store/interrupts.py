"""Ctrl-C reaches every process of a terminal; one that only helps another ends when that one tells it to."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def deaf_children() -> Iterator[None]:
    """Processes started inside do not hear Ctrl-C; this one hears it at the end of the block, none is lost.

    By the mask of the thread that starts them, which they inherit: a handler of theirs would come too late
    for a Ctrl-C during their start, and only a main thread may change handlers.
    """
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
