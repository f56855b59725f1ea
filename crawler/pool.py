"""Extraction in other processes, several at a time; a page that hangs or kills one costs that page only."""

from __future__ import annotations

import contextlib
import os
import queue
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Event, Timer
from typing import Self

from crawler import words
from crawler.child import environment, last_words
from crawler.extractor import READY, Outcome, extract_within, outcome_from, send_page
from crawler.pages.page import Page, Refusal

GRACE = 10.0  # seconds beyond a page's own limit before its process is killed: C code hears no timer


class ExtractionError(RuntimeError):
    """Extraction cannot work on this machine; no page is to blame, and none may be recorded as refused."""


class _Worker:
    """One extracting process.

    Raises:
        ExtractionError: when it does not start.

    """

    def __init__(self) -> None:
        self._errors = tempfile.TemporaryFile()  # noqa: SIM115 - closed with the process, in `close`
        command = [sys.executable, "-P", "-m", "crawler.extractor", str(os.getpid())]
        self._process = subprocess.Popen(  # noqa: S603 - our own module, no word from outside
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._errors,
            env=environment(),
            start_new_session=True,  # Ctrl-C is our business, not its
        )
        assert self._process.stdout is not None
        if self._process.stdout.readline() != READY:
            said = last_words(self._errors)
            self.close()
            raise ExtractionError(
                f"the extracting process does not start{said}; see that the program is whole"
            )

    def extract(self, page: Page, seconds: float, grace: float) -> Outcome | None:
        """Extract a page; None when the process did not survive it."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        watch = Timer(seconds + grace, self._process.kill)
        watch.daemon = True
        watch.start()
        try:
            send_page(page, seconds, self._process.stdin)
            return outcome_from(self._process.stdout.readline())
        except BrokenPipeError:
            return None
        finally:
            watch.cancel()

    def kill(self) -> None:
        """End the process at once, from whatever thread."""
        self._process.kill()

    def close(self) -> None:
        """End the process and give back what it held."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.kill()
        self._process.wait()
        with contextlib.suppress(BrokenPipeError):  # what could not be written any more
            self._process.stdin.close()
        self._process.stdout.close()
        self._errors.close()


class ExtractionPool:
    """Extracts many pages, `count` at a time; a context manager that leaves no process behind."""

    def __init__(self, processes: int, page_seconds: float, grace: float = GRACE) -> None:
        self.count = processes or min(4, max(2, os.cpu_count() or 1))
        self._seconds = page_seconds
        self._grace = grace
        self._idle: queue.SimpleQueue[_Worker] = queue.SimpleQueue()
        self._busy: set[_Worker] = set()
        self._closing = Event()
        self._threads = ThreadPoolExecutor(self.count, thread_name_prefix="extraction")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._closing.set()
        for worker in list(self._busy):  # Ctrl-C does not wait for pages under way; they come again
            worker.kill()
        self._threads.shutdown(wait=True, cancel_futures=True)
        while not self._idle.empty():
            self._idle.get().close()

    def extract(self, pages: Iterable[Page]) -> Iterator[Outcome]:
        """Extract pages; results in their order.

        Raises:
            ExtractionError: when no extracting process can be started.

        """
        if self.count == 1:
            return (extract_within(page, self._seconds) for page in pages)
        return self._threads.map(self._extract, pages)

    def submit(self, page: Page, then: Callable[[Outcome | Exception], None]) -> None:
        """Extract a page; `then` gets the outcome, in a thread of the pool (with one process: in this one).

        An exception is no page's fault: an ExtractionError when no extracting process can be started.
        """
        if self.count == 1:
            then(extract_within(page, self._seconds))
        else:
            self._threads.submit(lambda: then(self._attempt(page)))

    def _attempt(self, page: Page) -> Outcome | Exception:
        try:
            return self._extract(page)
        except Exception as fault:  # noqa: BLE001 - handed on; here nobody would see it
            return fault

    def _extract(self, page: Page) -> Outcome:
        # twice, since a process may also die of what others do to the machine's memory
        return self._try(page) or self._try(page) or Refusal(words.KILLED.format(seconds=f"{self._limit:g}"))

    @property
    def _limit(self) -> float:
        return self._seconds + self._grace

    def _try(self, page: Page) -> Outcome | None:
        if self._closing.is_set():
            return None
        worker = self._take()
        outcome = None
        self._busy.add(worker)
        if self._closing.is_set():
            worker.kill()
        try:
            outcome = worker.extract(page, self._seconds, self._grace)
        finally:
            self._busy.discard(worker)
            if outcome is None:
                worker.close()
            else:
                self._idle.put(worker)
        return outcome

    def _take(self) -> _Worker:
        try:
            return self._idle.get_nowait()
        except queue.Empty:
            return _Worker()
