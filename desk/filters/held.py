"""The office's evidence library for a filter: opened at the first record that asks, read only, never made."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path

from sqlalchemy import make_url

from config.load import load
from nlp.checks.atlas import Atlas, make_atlas
from nlp.checks.case import Held
from nlp.gathering.asked import find_held
from nlp.shelf import open_shelf
from store.database import Sessions, make_sessions, open_engine, revisions
from store.errors import DatabaseError
from store.library.index import find_size


class OfficeLibrary:
    """The library in the database at `address`; a filter that never asks never opens it."""

    def __init__(self, address: str, config: Path | None = None) -> None:
        """`address`: of the database, as SQLAlchemy writes it; `config`: the folder of the office's files."""
        self._address = address
        self._config = config

    def find(self, claim: str) -> tuple[Held, ...] | None:
        """A claim's sentence -> passages that speak of it, the best first; None where there is no library.

        Raises:
            DatabaseError: the database cannot be opened, or has another form than this program's.

        """
        if self._sessions is None:
            return None
        with self._sessions() as session:
            if not find_size(session)[0]:
                return None
            return find_held(session, [claim], open_shelf()).get(claim, ())

    @cached_property
    def atlas(self) -> Atlas:
        """Where the places lie that the office's configuration names.

        Raises:
            config.load.ConfigurationError: with every fault of the configuration.

        """
        return make_atlas(load(self._config).gazetteer)

    @cached_property
    def _sessions(self) -> Sessions | None:
        """None where no database has been made yet: a filter makes none."""
        url = make_url(self._address)
        if url.drivername == "sqlite" and not (url.database and Path(url.database).is_file()):
            return None
        engine = open_engine(self._address)
        with engine.connect() as connection:
            current, wanted = revisions(connection)
        if current not in ("", wanted):
            engine.dispose()
            raise DatabaseError(
                f"the database has the form {current}, this program wants {wanted}:"
                " run `diembao doctor`, and any command that opens the office brings an older one up to date"
            )
        return make_sessions(engine) if current else None
