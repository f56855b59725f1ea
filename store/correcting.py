"""Saving a correction: the row, its entry in the log, and the reading that gives way at once."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy.orm import Session

from store.audit import append
from store.readings import find_read, save_reading
from store.tables import CorrectionRow
from store.types import Correction
from store.upsert import insert_row

_AS_THEY_ARE = ("article", "version", "value", "holds", "before", "reason", "reviewer", "at")


def save_corrections(session: Session, corrections: Sequence[Correction]) -> None:
    """Append corrections, each with its entry in the audit log, and correct the readings of their articles,
    all in the caller's transaction.
    """
    for correction in corrections:
        values = {name: getattr(correction, name) for name in _AS_THEY_ARE}
        insert_row(session, CorrectionRow, values | {"kind": correction.kind.value})
        append(
            session,
            actor=correction.reviewer,
            act="correction",
            subject=f"article {correction.article}",
            detail=_detail(correction),
            now=correction.at,
        )
    for article, at in {correction.article: correction.at for correction in corrections}.items():
        read = find_read(session, article)
        if read is not None:  # saving a reading is where corrections are heeded
            save_reading(session, article, read.version, read.reading, now=at)


def _detail(correction: Correction) -> str:
    said = f"{correction.kind.value} {'is' if correction.holds else 'is not'} {correction.value}"
    return f"{said} (read as: {correction.before or 'nothing'}): {correction.reason}"
