"""One owner of the schedule: a lock file beside SQLite, an advisory lock on PostgreSQL.

Two schedulers on one store fire everything twice; APScheduler's own job stores do not prevent it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout
from sqlalchemy import Engine, text

ADVISORY_KEY = 8_317_001  # any constant: it names the schedule among a database's advisory locks


class NotTheOwnerError(RuntimeError):
    """Another process owns the schedule."""


@contextmanager
def own_schedule(engine: Engine, home: Path) -> Iterator[None]:
    """Hold the schedule for as long as the block runs; a killed process lets go by itself.

    Raises:
        NotTheOwnerError: another process holds it.

    """
    hold = _hold_advisory(engine) if engine.dialect.name == "postgresql" else own_home(home)
    with hold:
        yield


@contextmanager
def own_home(home: Path) -> Iterator[None]:
    """Hold the schedule of a data folder, whose database need not be there.

    Raises:
        NotTheOwnerError: another process holds it.

    """
    try:
        with FileLock(home / "schedule.lock", timeout=0):
            yield
    except Timeout as fault:
        raise NotTheOwnerError(str(home)) from fault


@contextmanager
def _hold_advisory(engine: Engine) -> Iterator[None]:
    """A connection of its own: the lock lives as long as its session."""
    with engine.connect() as connection:
        taken = connection.scalar(text("SELECT pg_try_advisory_lock(:key)"), {"key": ADVISORY_KEY})
        if not taken:
            raise NotTheOwnerError(str(engine.url.render_as_string(hide_password=True)))
        connection.commit()
        yield
