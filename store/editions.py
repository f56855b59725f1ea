"""The digests that were sent, read back from the outbox: which editions there were, and who got them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, select
from sqlalchemy.orm import Session

from store.notices import OutboxRow, outbox_rows
from store.tables import NoticeRow
from store.types import NoticeState

_KINDS = ("digest", "digest-week", "digest-month")  # how the key of a letter begins
_PARTS = 4  # kind, edition, day, recipient


@dataclass(frozen=True, slots=True, order=True)
class EditionName:
    """Which edition: `kind` as its key begins, `edition` as in rules.yaml, and the day it is named after."""

    day: date
    kind: str
    edition: str

    @property
    def prefix(self) -> str:
        """How the keys of its letters begin."""
        return f"{self.kind}:{self.edition}:{self.day.isoformat()}:"


@dataclass(frozen=True, slots=True)
class Edition:
    """An edition, when its first letter was made (UTC), and how many letters stand where."""

    name: EditionName
    made_at: datetime
    letters: int
    sent: int
    failed: int
    perhaps_sent: int

    @property
    def waiting(self) -> int:
        """Neither sent nor given up."""
        return self.letters - self.sent - self.failed


def name_of(key: str) -> EditionName | None:
    """The key of a notice -> the edition that it is a letter of, None for every other notice."""
    parts = key.split(":", _PARTS - 1)
    if len(parts) < _PARTS or parts[0] not in _KINDS:
        return None
    try:
        return EditionName(date.fromisoformat(parts[2]), parts[0], parts[1])
    except ValueError:
        return None


def list_editions(session: Session, *, start: datetime, end: datetime) -> list[Edition]:
    """Editions with a letter made in [start, end) (UTC), the newest day first."""
    columns = (NoticeRow.key, NoticeRow.state, NoticeRow.perhaps_sent, NoticeRow.saved_at)
    made = and_(NoticeRow.saved_at >= start, NoticeRow.saved_at < end)
    rows = session.execute(select(*columns).where(_begins_with("digest"), made)).all()
    named = [(name, row) for row in rows if (name := name_of(row.key))]
    groups: dict[EditionName, list[Any]] = {}
    for name, row in named:
        groups.setdefault(name, []).append(row)
    return [_edition(name, groups[name]) for name in sorted(groups, key=_newest_first)]


def letters_of(session: Session, name: EditionName) -> list[OutboxRow]:
    """The letters of an edition in the order they were made, with what they say; [] where there is none."""
    statement = select(NoticeRow.__table__).where(_begins_with(name.prefix)).order_by(NoticeRow.number)
    return outbox_rows(session, session.execute(statement).all())


def find_letter(session: Session, number: int) -> OutboxRow | None:
    """A letter of some edition by its number in the outbox; None for every other notice."""
    rows = session.execute(select(NoticeRow.__table__).where(NoticeRow.number == number)).all()
    return next((row for row in outbox_rows(session, rows) if name_of(row.notice.key)), None)


def neighbours(session: Session, name: EditionName) -> tuple[EditionName | None, EditionName | None]:
    """The editions of the same kind before and after one; None where there is none."""
    beginning = f"{name.kind}:{name.edition}:"
    keys = select(NoticeRow.key).where(_begins_with(beginning))
    before = session.scalars(keys.where(NoticeRow.key < name.prefix).order_by(NoticeRow.key.desc()).limit(1))
    after = session.scalars(keys.where(NoticeRow.key >= _after(name.prefix)).order_by(NoticeRow.key).limit(1))
    return _first(before), _first(after)


def _first(keys: Iterator[str]) -> EditionName | None:
    return next((name_of(key) for key in keys), None)


def _begins_with(prefix: str) -> ColumnElement[bool]:
    """Between two bounds, so that the unique index on keys is used."""
    return and_(NoticeRow.key >= prefix, NoticeRow.key < _after(prefix))


def _after(prefix: str) -> str:
    return prefix[:-1] + chr(ord(prefix[-1]) + 1)


def _edition(name: EditionName, rows: list[Any]) -> Edition:
    states = Counter(row.state for row in rows)
    return Edition(
        name=name,
        made_at=min(row.saved_at for row in rows),
        letters=len(rows),
        sent=states[NoticeState.SENT.value],
        failed=states[NoticeState.FAILED.value],
        perhaps_sent=sum(row.perhaps_sent for row in rows),
    )


def _newest_first(name: EditionName) -> tuple[int, int, str]:
    return -name.day.toordinal(), -_KINDS.index(name.kind), name.edition
