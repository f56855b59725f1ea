"""How often one network address may fail to sign in: the store holds up names, this holds up who tries many.

Counted in memory, per process, forgotten after a quarter of an hour: no record of persons.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Lock

WINDOW = timedelta(minutes=15)
LIMIT = 30  # failures of one address in the window; an office behind one proxy is one address
MOST_ADDRESSES = 10_000  # so that a flood of addresses cannot fill the memory


@dataclass(slots=True)
class Throttle:
    """Failures of the last WINDOW by address."""

    _failures: OrderedDict[str, list[datetime]] = field(default_factory=OrderedDict)
    _lock: Lock = field(default_factory=Lock)

    def find_wait(self, address: str, *, now: datetime) -> timedelta:
        """How long this address must wait; zero when it may try."""
        with self._lock:
            recent = self._recent(address, now)
        return WINDOW - (now - recent[-LIMIT]) if len(recent) >= LIMIT else timedelta()

    def record_failure(self, address: str, *, now: datetime) -> None:
        """Remember one failed attempt."""
        with self._lock:
            recent = self._recent(address, now)
            self._failures.pop(address, None)
            self._failures[address] = [*recent[-LIMIT:], now]
            if len(self._failures) > MOST_ADDRESSES:
                self._failures.popitem(last=False)

    def _recent(self, address: str, now: datetime) -> list[datetime]:
        return [at for at in self._failures.get(address, []) if now - at < WINDOW]
