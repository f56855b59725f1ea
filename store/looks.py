"""Looks: what came of looking at a captured page again. One row for each page, of the last look at it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import Row, func, select, update
from sqlalchemy.orm import Session

from store.addresses import url_key
from store.loading import in_portions
from store.tables import LookRow
from store.types import require_aware
from store.upsert import insert_absent


class LookOutcome(StrEnum):
    """What came of a look."""

    UNCHANGED = "unchanged"  # HTTP 304, or the same bytes
    RECEIVED = "received"  # a page; whether its words changed, the versions tell
    GONE = "gone"
    FAILED = "failed"  # says nothing of the page


@dataclass(frozen=True, slots=True)
class Look:
    """One look at a page captured before. `why` in words; `for_good`: so the outlet says (HTTP 410)."""

    url: str
    source: str  # Source.id
    at: datetime
    outcome: LookOutcome
    why: str = ""
    for_good: bool = False

    def __post_init__(self) -> None:
        require_aware(self.at, "Look.at")


@dataclass(frozen=True, slots=True)
class LookState:
    """What is remembered of the looks at a page. Times UTC."""

    url: str
    source: str
    looked_at: datetime
    unchanged_at: datetime | None = None  # the last look that proved the capture still stands
    failures: int = 0  # looks in a row that said nothing
    gone_at: datetime | None = None  # first seen gone, and never there since
    gone_why: str = ""
    is_removed: bool = False  # gone, confirmed and told


_COLUMNS = tuple(field.name for field in fields(LookState))


def state_after(before: LookState | None, look: Look) -> LookState:
    """What is to be remembered after a look. A failed look leaves all else as it was."""
    state = replace(before or LookState(look.url, look.source, look.at), looked_at=look.at)
    if look.outcome is LookOutcome.FAILED:
        return replace(state, failures=state.failures + 1)
    if look.outcome is LookOutcome.GONE:
        return replace(state, failures=0, gone_at=state.gone_at or look.at, gone_why=look.why)
    unchanged_at = look.at if look.outcome is LookOutcome.UNCHANGED else state.unchanged_at
    there = replace(state, failures=0, gone_at=None, gone_why="", is_removed=False)
    return replace(there, unchanged_at=unchanged_at)


def find_look(session: Session, url: str) -> LookState | None:
    """What is remembered of a page by its address; None when it was never looked at again."""
    return find_looks(session, [url]).get(url)


def find_looks(session: Session, urls: Iterable[str]) -> dict[str, LookState]:
    """What is remembered of pages, by the addresses asked for."""
    by_key: dict[str, list[str]] = {}
    for url in urls:
        by_key.setdefault(url_key(url), []).append(url)
    found: dict[str, LookState] = {}
    for some in in_portions(by_key):
        for row in session.execute(select(LookRow.__table__).where(LookRow.url_key.in_(some))):
            found |= dict.fromkeys(by_key[row.url_key], _state_from(row))
    return found


def save_look(session: Session, state: LookState) -> None:
    """Remember the last look at a page instead of the one before."""
    values = {name: getattr(state, name) for name in _COLUMNS}
    key = url_key(state.url)
    if insert_absent(session, LookRow, values | {"url_key": key}, unique=("url_key",)) is None:
        session.execute(update(LookRow).where(LookRow.url_key == key).values(values))


def gone_pages(session: Session, *, since: datetime) -> list[LookState]:
    """Pages that were first seen gone at or after a moment and are still gone, removed ones too."""
    statement = select(LookRow.__table__).where(LookRow.gone_at >= since).order_by(LookRow.gone_at)
    return [_state_from(row) for row in session.execute(statement)]


def count_looks(session: Session, source: str, *, now: datetime, within: timedelta) -> tuple[int, int]:
    """Of a source's pages looked at lately: how many are gone, and how many were there."""
    lately = (LookRow.source == source, LookRow.looked_at >= now - within)
    gone = select(func.count()).where(*lately, LookRow.gone_at.is_not(None))
    there = select(func.count()).where(*lately, LookRow.gone_at.is_(None), LookRow.failures == 0)
    return session.scalars(gone).one(), session.scalars(there).one()


def _state_from(row: Row[Any]) -> LookState:
    return LookState(**{name: getattr(row, name) for name in _COLUMNS})
