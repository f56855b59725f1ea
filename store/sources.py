"""What is remembered of feeds between looks."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from sqlalchemy import Row, select, update
from sqlalchemy.orm import Session

from store.codec import from_text, to_text
from store.tables import FeedStateRow
from store.types import FeedAsks, FeedOutcome, FeedState
from store.upsert import insert_absent

_COLUMNS = tuple(field.name for field in fields(FeedState))


def find_state(session: Session, url: str) -> FeedState | None:
    """What is remembered of a feed; None when it was never looked at."""
    row = session.execute(select(FeedStateRow.__table__).where(FeedStateRow.url == url)).first()
    return _state_from(row) if row else None


def save_state(session: Session, state: FeedState) -> None:
    """Remember the last look at a feed instead of the one before."""
    values = {name: getattr(state, name) for name in _COLUMNS} | {
        "outcome": state.outcome.value,
        "yields": to_text(state.yields),
        "asks": to_text(state.asks),
    }
    if insert_absent(session, FeedStateRow, values, unique=("url",)) is None:
        session.execute(update(FeedStateRow).where(FeedStateRow.url == state.url).values(values))


def list_states(session: Session) -> list[FeedState]:
    """What is remembered of all feeds, by source, then address."""
    statement = select(FeedStateRow.__table__).order_by(FeedStateRow.source, FeedStateRow.url)
    return [_state_from(row) for row in session.execute(statement)]


def _state_from(row: Row[Any]) -> FeedState:
    values = {name: getattr(row, name) for name in _COLUMNS}
    return FeedState(
        **values
        | {
            "outcome": FeedOutcome(row.outcome),
            "yields": from_text(tuple[tuple[str, int], ...], row.yields),
            "asks": from_text(FeedAsks, row.asks),
        }
    )
