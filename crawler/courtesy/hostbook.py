"""What is remembered of hosts, at hand in the collecting process and written to the store within a second."""

from __future__ import annotations

import threading
from collections.abc import Iterable
from typing import Protocol

from store.database import Sessions
from store.hosts import list_hosts, save_host
from store.types import HostState

WRITE_WITHIN = (
    1.0  # seconds: shorter than any pause, so a process killed forgets one request to a host at most
)


class HostBook(Protocol):
    """Whoever remembers hosts."""

    def find(self, host: str) -> HostState:
        """What is remembered of a host; a blank state for a new one."""

    def save(self, state: HostState) -> None:
        """Remember this from now on."""


class MemoryBook:
    """A book that ends with the process."""

    def __init__(self, states: Iterable[HostState] = ()) -> None:
        self._states = {state.host: state for state in states}

    def find(self, host: str) -> HostState:
        """What is remembered of a host; a blank state for a new one."""
        return self._states.get(host) or HostState(host)

    def save(self, state: HostState) -> None:
        """Remember this from now on."""
        self._states[state.host] = state


class StoredBook(MemoryBook):
    """A book in the store. Writing is gathered: many hosts change each second, a transaction costs as one."""

    def __init__(self, sessions: Sessions) -> None:
        with sessions() as session:
            super().__init__(list_hosts(session))
        self._sessions = sessions
        self._changed: dict[str, HostState] = {}
        self._lock = threading.Lock()
        self._wake = threading.Event()
        self._closing = False
        self._fault: Exception | None = None
        self._writer = threading.Thread(target=self._write_on, name="host book", daemon=True)
        self._writer.start()

    def save(self, state: HostState) -> None:
        """Remember this from now on.

        Raises:
            store.errors.StoreError, sqlalchemy.exc.SQLAlchemyError: the book could not be written lately; to
                go on would be to ask hosts more than is counted.

        """
        if self._fault is not None:
            raise self._fault
        super().save(state)
        with self._lock:
            self._changed[state.host] = state

    def close(self) -> None:
        """Write what is not written yet. Raises as `save` does."""
        self._closing = True
        self._wake.set()
        self._writer.join()
        self._write()

    def _write_on(self) -> None:
        while not self._closing:
            self._wake.wait(WRITE_WITHIN)
            try:
                self._write()
            except Exception as error:  # noqa: BLE001 - raised by the next `save`, in the thread that can act on it
                self._fault = error
                return

    def _write(self) -> None:
        with self._lock:
            changed, self._changed = self._changed, {}
        if changed:
            with self._sessions.begin() as session:
                for state in changed.values():
                    save_host(session, state)
