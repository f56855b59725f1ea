"""Apprise at work without a word in the logs: what it and its libraries say holds secrets."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager

# Apprise's own logger says addresses at DEBUG, urllib3's says paths (with bot tokens) at DEBUG and WARNING
_LOUD = ("apprise", "urllib3", "requests", "requests_oauthlib", "oauthlib", "paho", "markdown")
_SILENT = logging.CRITICAL + 10
_one_at_a_time = threading.Lock()  # loggers belong to the process


class Overheard(logging.Handler):
    """Keeps what was said, for the one who asks; nothing goes further."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Note a line."""
        self.lines.append(record.getMessage())


@contextmanager
def overhear() -> Iterator[Overheard]:
    """While it is open, warnings of Apprise are noted and not logged, and its libraries are silent."""
    heard = Overheard()
    loud = [logging.getLogger(name) for name in _LOUD]
    with _one_at_a_time:
        before = [(log, log.level, log.propagate, log.handlers) for log in loud]
        for log in loud:
            log.setLevel(logging.WARNING if log.name == "apprise" else _SILENT)
            log.propagate = False
            log.handlers = [heard] if log.name == "apprise" else [logging.NullHandler()]
        try:
            yield heard
        finally:
            for log, level, propagates, handlers in before:
                log.setLevel(level)
                log.propagate, log.handlers = propagates, handlers
