"""Opening an engine for a URL."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.pool import StaticPool

from store.errors import DatabaseError

# The execution option that says how SQLite begins a transaction: IMMEDIATE to write, DEFERRED (unless said
# otherwise) to read, "" not at all
BEGIN = "diembao_sqlite_begin"
_BUSY_SECONDS = 30


def open_engine(url: str) -> Engine:
    """Open a database; nothing is read or written yet.

    Args:
        url: `sqlite:///path/to/file.sqlite`, `sqlite://` (in memory) or `postgresql://user@host/name`.

    Raises:
        DatabaseError: when the URL is not understood, its driver is missing or its folder cannot be made.

    """
    parsed = _parse_url(url)
    if parsed.drivername == "sqlite":
        return _open_sqlite(parsed)
    if parsed.drivername in ("postgresql", "postgresql+psycopg"):
        return _open_postgresql(parsed)
    raise DatabaseError(
        f"the database address {parsed.render_as_string()} is neither sqlite:/// nor postgresql://;"
        " correct DIEMBAO_DATABASE_URL",
    )


def _parse_url(url: str) -> URL:
    try:
        return make_url(url)
    except ArgumentError as error:
        raise DatabaseError(
            f"the database address {url!r} is not understood; correct DIEMBAO_DATABASE_URL, for example"
            " sqlite:///var/diembao.sqlite or postgresql://diembao@localhost/diembao",
        ) from error


def _open_sqlite(url: URL) -> Engine:
    options: dict[str, Any] = {"connect_args": {"timeout": _BUSY_SECONDS}}
    if url.database and url.database != ":memory:":
        try:
            if not url.database.startswith(
                "file:"
            ):  # SQLite's own form of addresses; whoever writes it knows
                Path(url.database).parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise DatabaseError(
                f"the folder of the database {url.database} cannot be made: {error}"
            ) from error
    else:
        # one connection, or every thread would see an empty database of its own
        options = {"poolclass": StaticPool, "connect_args": {"check_same_thread": False}}
    engine = create_engine(url, **options)
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _record: object) -> None:
    # the driver's own idea of when a transaction begins comes too late: we say BEGIN ourselves
    connection.isolation_level = None
    for pragma in (f"busy_timeout={_BUSY_SECONDS * 1000}", "foreign_keys=ON", "synchronous=NORMAL"):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    mode = connection.get_execution_options().get(BEGIN, "DEFERRED")
    if mode:
        connection.exec_driver_sql(f"BEGIN {mode}")


def _open_postgresql(url: URL) -> Engine:
    try:
        return create_engine(url.set(drivername="postgresql+psycopg"), pool_pre_ping=True)
    except ImportError as error:
        raise DatabaseError(
            'PostgreSQL needs the driver psycopg, which is not installed: pip install "diembao[postgres]"',
        ) from error
