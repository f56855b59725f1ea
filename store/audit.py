"""The log of decisions: only appended to; each entry carries the hash of the one before, so a change shows.

There is no function that changes or deletes an entry, and there must never be one.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from store.tables import AuditRow, clean_text
from store.upsert import insert_row

_FIRST = "0" * 64  # what stands for the hash before the first entry
_APPEND_LOCK = 7_305_122  # the PostgreSQL advisory lock of the log's end; any fixed number does
_CHUNK = 500


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """Who did what to what, when (UTC), in words."""

    number: int
    at: datetime
    actor: str
    act: str
    subject: str
    detail: str
    hash: str


def append(session: Session, *, actor: str, act: str, subject: str, detail: str, now: datetime) -> None:
    """Add an entry in the caller's transaction: it stands if and only if the act itself does."""
    if session.get_bind().dialect.name == "postgresql":
        # until the end of the transaction: two entries must not follow the same one
        session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _APPEND_LOCK})
    last = session.scalars(select(AuditRow.hash).order_by(AuditRow.number.desc()).limit(1)).first()
    words = [clean_text(word) for word in (actor, act, subject, detail)]
    previous = last or _FIRST
    row = dict(zip(("actor", "act", "subject", "detail"), words, strict=True))
    row |= {"previous": previous, "hash": _hash(previous, now, words)}
    insert_row(session, AuditRow, {**row, "at": now})


def first_broken(session: Session) -> int | None:
    """The number of the first entry that is not as it was written, or does not follow the one before it.

    Entries cut off at the end leave a whole chain behind: compare the newest hash with one noted elsewhere.
    """
    statement = select(AuditRow.__table__).order_by(AuditRow.number)
    previous = _FIRST
    with session.execute(statement, execution_options={"yield_per": _CHUNK}) as rows:
        for row in rows:
            expected = _hash(previous, row.at, [row.actor, row.act, row.subject, row.detail])
            if row.previous != previous or row.hash != expected:
                return int(row.number)
            previous = row.hash
    return None


def list_entries(session: Session, *, limit: int, before: int = 0) -> list[AuditEntry]:
    """The newest entries, the newest first; `before` an entry's number, 0 for all."""
    statement = select(AuditRow.__table__).order_by(AuditRow.number.desc()).limit(limit)
    if before:
        statement = statement.where(AuditRow.number < before)
    return [
        AuditEntry(row.number, row.at, row.actor, row.act, row.subject, row.detail, row.hash)
        for row in session.execute(statement)
    ]


def _hash(previous: str, at: datetime, words: Sequence[str]) -> str:
    """SHA-256 over the parts, each with its length before it, so that no two entries read the same."""
    parts = [previous, at.isoformat(), *words]
    content = "".join(f"{len(part)}:{part}" for part in parts)
    return hashlib.sha256(content.encode()).hexdigest()
