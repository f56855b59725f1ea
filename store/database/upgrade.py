"""Bringing a database to the form this program wants."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

import filelock
from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import SQLAlchemyError

from store.database.engine import BEGIN
from store.database.failures import explain_failure
from store.errors import DatabaseError

if TYPE_CHECKING:
    from alembic.config import Config
    from alembic.script import ScriptDirectory

_UPGRADE_SECONDS = 120
_UPGRADE_LOCK = 7_305_121  # the PostgreSQL advisory lock of the upgrade; any fixed number does
_MIGRATIONS = Path(__file__).parent.parent / "migrations"


def upgrade(engine: Engine) -> None:
    """Bring the database to this program's form; safe when several processes start at once.

    Everything happens in one transaction: a process killed half-way leaves the database as it was.

    Raises:
        DatabaseError: when the database is newer than the program, or the upgrade lock stays taken.

    """
    from alembic import command  # noqa: PLC0415  as in `alembic_config`

    with _upgrade_lock(engine):
        if engine.dialect.name == "sqlite":
            _use_wal(engine)
        with _one_transaction(engine) as connection:
            if engine.dialect.name == "postgresql":
                connection.execute(text(f"SET LOCAL lock_timeout = '{_UPGRADE_SECONDS}s'"))
                connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _UPGRADE_LOCK})
            _refuse_newer(connection)
            config = alembic_config()
            config.attributes["connection"] = connection
            command.upgrade(config, "head")


@contextmanager
def _one_transaction(engine: Engine) -> Iterator[Connection]:
    """The transaction of an upgrade.

    SQLite changes a table by copying it and dropping the old one, which rows elsewhere still refer to: no
    reference is watched meanwhile, and all are looked at before the end (sqlite.org/lang_altertable.html, 7).
    """
    if engine.dialect.name != "sqlite":
        with engine.begin() as connection:
            yield connection
        return
    with engine.connect() as connection:
        driver = connection.connection.cursor()  # inside a transaction the switch would do nothing
        driver.execute("PRAGMA foreign_keys=OFF")
        try:
            with connection.begin():
                yield connection
                _require_references(connection)
        finally:
            driver.execute("PRAGMA foreign_keys=ON")
            driver.close()


def _require_references(connection: Connection) -> None:
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
    if broken is not None:
        raise DatabaseError(
            f"the database {connection.engine.url.database} was left as it was: a row of {broken[0]} refers"
            f" to a row of {broken[2]} that is not there; restore a backup and upgrade that"
        )


def alembic_config() -> Config:
    """Alembic's configuration for the migrations inside the package; no ini file is needed."""
    # here, since it costs 0.3 s: processes that only use the database start without it
    from alembic.config import Config  # noqa: PLC0415  said above

    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config


def revisions(connection: Connection) -> tuple[str, str]:
    """The revision a database is at ("" for an empty one) and the one this program wants."""
    from alembic.runtime.migration import MigrationContext  # noqa: PLC0415  as in `alembic_config`

    current = MigrationContext.configure(connection).get_current_revision() or ""
    return current, _scripts().get_current_head() or ""


def is_known(revision: str) -> bool:
    """Whether this program can bring a database of that revision to its own form."""
    return revision in {script.revision for script in _scripts().walk_revisions()}


def _scripts() -> ScriptDirectory:
    from alembic.script import ScriptDirectory  # noqa: PLC0415  as in `alembic_config`

    return ScriptDirectory.from_config(alembic_config())


def _refuse_newer(connection: Connection) -> None:
    current, wanted = revisions(connection)
    if current and not is_known(current):
        raise DatabaseError(
            f"the database {connection.engine.url.render_as_string()} is at revision {current}, which this"
            f" program (revision {wanted}) does not know: it was made by a newer program."
            " Start the newer program, or restore a backup made before its upgrade",
        )


def _upgrade_lock(engine: Engine) -> AbstractContextManager[object]:
    path = engine.url.database
    if engine.dialect.name != "sqlite" or not path or path == ":memory:":
        return nullcontext()
    return _file_lock(Path(f"{path}.lock"))


@contextmanager
def _file_lock(path: Path) -> Iterator[None]:
    # asked first: the lock takes a folder that may not be written for one that another process holds
    if not os.access(path.parent, os.W_OK | os.X_OK):
        raise DatabaseError(
            f"the folder {path.parent} is not there or may not be written: correct its permissions"
        )
    try:
        with filelock.FileLock(path, timeout=_UPGRADE_SECONDS):
            yield
    except filelock.Timeout as error:
        raise DatabaseError(
            f"another process has held {path} for {_UPGRADE_SECONDS} seconds; see whether it still upgrades",
        ) from error


def _use_wal(engine: Engine) -> None:
    """WAL is a property of the file: set once, under the lock, since switching cannot wait for others."""
    try:
        with engine.connect().execution_options(**{BEGIN: ""}) as connection:
            connection.execute(text("PRAGMA journal_mode=WAL"))
    except SQLAlchemyError as error:
        raise DatabaseError(
            f"the database {engine.url.database} cannot be opened: {explain_failure(error)}"
        ) from error
