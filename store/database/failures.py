"""What databases complain of, in plain words."""

from __future__ import annotations

from sqlalchemy.exc import SQLAlchemyError


def explain_failure(error: SQLAlchemyError) -> str:
    """What a database's complaint means and what to do, in one or two sentences."""
    complaint = str(getattr(error, "orig", None) or error)
    for sign, words in _MEANINGS:
        if sign in complaint.casefold():
            return f"{words} ({complaint.splitlines()[0]})"
    return complaint.splitlines()[0]


_MEANINGS = (
    ("disk is full", "the disk is full: free some space and start again, what was saved is safe"),
    ("no space left", "the database server's disk is full: free some space and start again"),
    ("database is locked", "another process has been writing for too long: wait, or end that process"),
    ("readonly", "the database file or its folder may not be written: correct the permissions"),
    (
        "unable to open database file",
        "the database file cannot be opened: see DIEMBAO_DATABASE_URL and permissions",
    ),
    ("not a database", "the database file is damaged or no SQLite file: restore a backup"),
    ("malformed", "the database file is damaged: restore a backup"),
    ("no such table", "the database has not been made yet: start the program once"),
    (
        "connection refused",
        "the PostgreSQL server does not answer: see that it runs and its address is right",
    ),
    ("password authentication failed", "PostgreSQL refused the password: correct DIEMBAO_DATABASE_URL"),
)
