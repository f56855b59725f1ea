"""How channels fare: one that cannot be reached is left alone for a while, longer each time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from store.tables import ChannelStateRow
from store.upsert import insert_absent

_FIRST_PAUSE = timedelta(minutes=1)  # each later pause is twice as long
_LONGEST_PAUSE = timedelta(minutes=30)  # somebody mends a password: the morning's digest must not wait longer


@dataclass(frozen=True, slots=True)
class ChannelState:
    """How a channel fared; times are UTC. `failures` counts those in a row: 0 is in order."""

    channel: str
    failures: int
    not_before: datetime
    detail: str
    failed_at: datetime | None
    succeeded_at: datetime | None


def find_channel_state(session: Session, channel: str) -> ChannelState | None:
    """How a channel fared last; None when nothing was ever sent over it."""
    statement = select(ChannelStateRow.__table__).where(ChannelStateRow.channel == channel)
    row = session.execute(statement).first()
    return _state_from(row) if row else None


def list_channel_states(session: Session) -> list[ChannelState]:
    """All of them by name."""
    statement = select(ChannelStateRow.__table__).order_by(ChannelStateRow.channel)
    return [_state_from(row) for row in session.execute(statement)]


def record_trouble(
    session: Session, channel: str, *, detail: str, now: datetime, pause: timedelta | None = None
) -> None:
    """Record that a channel as a whole failed: it is left alone for `pause`, else 1, 2, 4 … 30 minutes."""
    before = find_channel_state(session, channel)
    failures = (before.failures if before else 0) + 1
    wait = _FIRST_PAUSE * 2 ** min(failures - 1, 10) if pause is None else pause
    _save(
        session,
        channel,
        failures=failures,
        not_before=now + min(wait, _LONGEST_PAUSE),
        detail=detail,
        failed_at=now,
    )


def record_in_order(session: Session, channel: str, *, now: datetime) -> None:
    """Record that a channel took something."""
    _save(session, channel, failures=0, not_before=now, detail="", succeeded_at=now)


def _save(session: Session, channel: str, **values: Any) -> None:
    if insert_absent(session, ChannelStateRow, {"channel": channel, **values}, unique=("channel",)) is None:
        session.execute(update(ChannelStateRow).where(ChannelStateRow.channel == channel).values(values))


def _state_from(row: Any) -> ChannelState:
    return ChannelState(
        row.channel, row.failures, row.not_before, row.detail, row.failed_at, row.succeeded_at
    )
