"""What is remembered of hosts between runs: robots.txt, rests, refusals, the day's count."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from sqlalchemy import Row, select, update
from sqlalchemy.orm import Session

from store.tables import HostRow
from store.types import HostState
from store.upsert import insert_absent

_COLUMNS = tuple(field.name for field in fields(HostState))


def find_host(session: Session, host: str) -> HostState | None:
    """What is remembered of a host; None when it was never asked."""
    row = session.execute(select(HostRow.__table__).where(HostRow.host == host)).first()
    return _host_from(row) if row else None


def save_host(session: Session, state: HostState) -> None:
    """Remember this of a host instead of what was remembered before."""
    values = {name: getattr(state, name) for name in _COLUMNS}
    if insert_absent(session, HostRow, values, unique=("host",)) is None:
        session.execute(update(HostRow).where(HostRow.host == state.host).values(values))


def list_hosts(session: Session) -> list[HostState]:
    """What is remembered of all hosts, by name."""
    return [_host_from(row) for row in session.execute(select(HostRow.__table__).order_by(HostRow.host))]


def _host_from(row: Row[Any]) -> HostState:
    return HostState(**{name: getattr(row, name) for name in _COLUMNS})
