"""The log of decisions vouches for the archive: when a day is finished, its chain's head is written there.

A chain that was written anew as a whole fits in itself; it does not fit the head noted in the database,
whose log is a chain of its own. Files and database vouch for each other.
"""

from __future__ import annotations

import logging
import re
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from store import audit
from store.archive import Archive
from store.tables import AuditRow
from store.warc.days import last_of_day, list_days

ACT = "close a day of the archive"
_ACTOR = "diembao"
_DETAIL = re.compile(r"record (\d+), ([0-9a-f]{64})")
_log = logging.getLogger(__name__)


def vouch_for_days_before(session: Session, archive: Archive, day: str, *, now: datetime) -> None:
    """Note the heads of all finished days that were not noted yet; `day` (YYYY-MM-DD) is being written to.

    Looks at the log once for each day and archive; it costs nothing otherwise.
    """
    if archive.vouched >= day:
        return
    folder = archive.daily.folder
    noted = max(find_heads(session), default="")
    for finished in (each for each in list_days(folder) if noted < each < day):
        head = last_of_day(folder, finished)
        if head is None:
            _log.warning(
                "the chain of %s has no end that can be read: see `diembao verify %s`", *[finished] * 2
            )
            continue
        detail = f"record {head.number}, {head.hash}"
        audit.append(session, actor=_ACTOR, act=ACT, subject=finished, detail=detail, now=now)
    archive.vouched = day


def find_heads(session: Session) -> dict[str, set[tuple[int, str]]]:
    """Day -> the heads (record's number, hash) that were noted for it; several contradict each other."""
    statement = select(AuditRow.subject, AuditRow.detail).where(AuditRow.act == ACT)
    heads: dict[str, set[tuple[int, str]]] = {}
    for day, detail in session.execute(statement):
        found = _DETAIL.fullmatch(detail)
        noted = (int(found[1]), found[2]) if found else (0, "")
        heads.setdefault(day, set()).add(noted)
    return heads
