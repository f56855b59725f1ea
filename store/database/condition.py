"""What `doctor` wants to know of a database."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import SQLAlchemyError

from store.database.failures import explain_failure
from store.database.upgrade import revisions


@dataclass(frozen=True, slots=True)
class DatabaseReport:
    """A database's condition; `faults` says in words what is wrong and what to do, empty when all is well."""

    kind: str  # sqlite or postgresql
    server_version: str
    revision: str  # "" for a database that was never upgraded
    wanted_revision: str
    size_bytes: int
    faults: tuple[str, ...]


def check_database(engine: Engine) -> DatabaseReport:
    """Look whether a database is whole, can be written, and has this program's form; changes nothing."""
    try:
        with engine.connect() as connection:
            return _report(connection)
    except SQLAlchemyError as error:
        fault = f"the database {engine.url.render_as_string()} does not answer: {explain_failure(error)}"
        return DatabaseReport(engine.dialect.name, "", "", "", 0, (fault,))


def _report(connection: Connection) -> DatabaseReport:
    current, wanted = revisions(connection)
    faults = [*_revision_faults(current, wanted), *_integrity_faults(connection)]
    if current:
        faults += _writing_faults(connection)
    info = connection.dialect.server_version_info or ()
    return DatabaseReport(
        kind=connection.dialect.name,
        server_version=".".join(map(str, info)),
        revision=current,
        wanted_revision=wanted,
        size_bytes=_size(connection),
        faults=tuple(faults),
    )


def _revision_faults(current: str, wanted: str) -> list[str]:
    if current == wanted:
        return []
    found = f"is at revision {current}" if current else "has no tables"
    return [f"the database {found}, the program wants {wanted}: starting the program upgrades it"]


def _integrity_faults(connection: Connection) -> list[str]:
    if connection.dialect.name != "sqlite":
        return []  # PostgreSQL 18 checks its pages by itself
    answers = connection.execute(text("PRAGMA quick_check(5)")).scalars().all()
    return [
        f"the database file is damaged ({answer}): restore a backup" for answer in answers if answer != "ok"
    ]


def _writing_faults(connection: Connection) -> list[str]:
    """Change a row to what it is, and take it back."""
    connection.rollback()
    try:
        connection.execute(text("UPDATE alembic_version SET version_num = version_num"))
    except SQLAlchemyError as error:
        return [f"the database cannot be written: {explain_failure(error)}"]
    finally:
        connection.rollback()
    return []


def _size(connection: Connection) -> int:
    if connection.dialect.name == "postgresql":
        size = connection.execute(text("SELECT pg_database_size(current_database())"))
        return int(size.scalar_one())
    path = connection.engine.url.database
    if not path or path == ":memory:":
        return 0
    return sum(part.stat().st_size for part in (Path(path), Path(f"{path}-wal")) if part.exists())
