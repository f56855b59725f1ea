"""Times at the edge of the house: RFC 3339 out, what people write in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from config.faults import in_english
from crawler.pages.dates import parse
from desk.filters.lines import Record
from store.types import Note

_t = in_english
_FUTURE = _t("`published` lies in the future, so it is left out: {day}")
_UNREAD = _t("`{key}` is no date that can be read, so it is left out: {value}")


def rfc3339(moment: datetime) -> str:
    """An aware time -> RFC 3339 in UTC, whole seconds ("2026-11-22T03:05:00Z")."""
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


@dataclass(frozen=True, slots=True)
class GivenDate:
    """A date as it was given (UTC), None where none was given or none could be read; `note` then says why."""

    at: datetime | None = None
    note: Note | None = None


def published_of(record: Record, *keys: str) -> GivenDate:
    """The first of `keys` that is given, read as a date; a record is not lost for one nobody can read."""
    for key in keys:
        value = record.get(key)
        if value is None or value == "":
            continue
        found = parse(value) if isinstance(value, str) else None
        if found is None:
            return GivenDate(note=Note(_UNREAD, (("key", key), ("value", f"{value!r:.60}"))))
        return GivenDate(found.at)
    return GivenDate()


def published_before(record: Record, now: datetime, *keys: str) -> GivenDate:
    """`published_of`, and a date more than a day ahead is left out: one such article would end the window of
    time in which all others are compared.
    """
    given = published_of(record, *keys)
    if given.at is not None and given.at > now + timedelta(days=1):
        return GivenDate(note=Note(_FUTURE, (("day", given.at.isoformat()),)))
    return given


def notes_of(given: GivenDate) -> Record:
    """What to say beside an answer: nothing, or `notes` with what was left out."""
    return {"notes": [given.note.english]} if given.note else {}
