"""What other threads leave to be done by the one that waits: database, progress and Ctrl-C are its alone."""

from __future__ import annotations

import queue
import time
from collections.abc import Callable
from threading import Event

_GLANCE = 0.2  # seconds between looks at a sign to stop

Work = Callable[[], None]


class Inbox:
    """Takes work from any thread; `stopping`, when set, ends every wait that may be ended."""

    def __init__(self, stopping: Event | None = None) -> None:
        self._left: queue.SimpleQueue[Work] = queue.SimpleQueue()
        self._stopping = stopping

    @property
    def is_stopping(self) -> bool:
        """Whether we were asked to stop."""
        return self._stopping is not None and self._stopping.is_set()

    def leave(self, work: Work) -> None:
        """Leave something to be done."""
        self._left.put(work)

    def work_until(self, holds: Callable[[], bool]) -> None:
        """Do what was left, until something holds or we are asked to stop."""
        while not (holds() or self.is_stopping):
            self._work(_GLANCE)

    def work_within(self, holds: Callable[[], bool], seconds: float) -> None:
        """Do what was left, until something holds or time is up; nobody can stop this."""
        ends = time.monotonic() + seconds
        while not holds() and time.monotonic() < ends:
            self._work(_GLANCE)

    def _work(self, patience: float) -> None:
        try:
            work = self._left.get(timeout=patience)
        except queue.Empty:
            return
        work()
