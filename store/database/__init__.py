"""The database: engine, sessions, upgrade, condition; SQLite (WAL) or PostgreSQL behind one URL.

`with sessions.begin() as session:` is for writing: on SQLite it takes the write lock at once (BEGIN
IMMEDIATE), so that writers wait for each other and none fails half-way. `with sessions() as session:` is for
reading.
"""

from store.database.condition import DatabaseReport, check_database
from store.database.engine import open_engine
from store.database.failures import explain_failure
from store.database.sessions import Sessions, make_sessions
from store.database.upgrade import alembic_config, is_known, revisions, upgrade

__all__ = [
    "DatabaseReport",
    "Sessions",
    "alembic_config",
    "check_database",
    "explain_failure",
    "is_known",
    "make_sessions",
    "open_engine",
    "revisions",
    "upgrade",
]
