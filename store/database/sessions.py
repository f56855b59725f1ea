"""Sessions: one way to open them for writing, one for reading."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager

from sqlalchemy import Engine
from sqlalchemy.orm import Session, sessionmaker

from store.database.engine import BEGIN


class Sessions(sessionmaker[Session]):
    """A maker of sessions: `sessions.begin()` for writing, `sessions()` for reading."""

    def __init__(self, engine: Engine) -> None:
        super().__init__(bind=engine, expire_on_commit=False)
        self.engine = engine
        self._writing = engine.execution_options(**{BEGIN: "IMMEDIATE"})

    def begin(self) -> AbstractContextManager[Session]:
        """A session in a writing transaction: commits at the end, rolls back on an exception."""
        return self._write()

    @contextmanager
    def _write(self) -> Iterator[Session]:
        with self(bind=self._writing) as session, session.begin():
            yield session


def make_sessions(engine: Engine) -> Sessions:
    """The maker of sessions of an engine."""
    return Sessions(engine)
