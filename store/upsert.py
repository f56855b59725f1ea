"""Inserting rows, and inserting only if absent in each database's own words.

Values travel beside the statement, not in it: SQLAlchemy then builds each statement once.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, cast

from sqlalchemy import CursorResult, Insert, Table, insert
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from store.tables import Base


def insert_absent(
    session: Session,
    row_type: type[Base],
    values: Mapping[str, Any],
    *,
    unique: tuple[str, ...],
) -> Any | None:
    """Insert a row unless one with the same unique columns is there, also when others insert meanwhile.

    Returns:
        The primary key (of one column) of the new row; None when a row was there.

    """
    statement = _absent(session.get_bind().dialect.name, row_type, unique)
    # what comes back tells whose row it is: the count of rows does not, on every driver
    return session.execute(statement, dict(values)).scalars().first()


def insert_row(session: Session, row_type: type[Base], values: Mapping[str, Any]) -> Any:
    """Insert a row; gives its primary key (of one column)."""
    return session.execute(_insert_returning(row_type), dict(values)).scalars().one()


def insert_rows(session: Session, row_type: type[Base], rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert any number of rows, also none."""
    if rows:
        session.execute(insert(table_of(row_type)), [dict(row) for row in rows])


def table_of(row_type: type[Base]) -> Table:
    """The table behind a row's class, for statements that have no use for objects."""
    return cast("Table", row_type.__table__)


def insert_all_absent(
    session: Session, row_type: type[Base], rows: Sequence[Mapping[str, Any]], *, unique: tuple[str, ...]
) -> None:
    """Insert rows unless ones with the same unique columns are there; nothing tells which were new."""
    if rows:
        session.execute(_absent_of_many(session.get_bind().dialect.name, row_type, unique), list(rows))


def insert_all(session: Session, row_type: type[Base], rows: Sequence[Mapping[str, Any]]) -> list[Any]:
    """Insert rows; gives their primary keys (of one column) in the order of the rows."""
    if not rows:
        return []
    return list(session.execute(_insert_returning_in_order(row_type), list(rows)).scalars())


def rows_of(result: object) -> int:
    """How many rows a statement changed."""
    if not isinstance(result, CursorResult):
        raise TypeError(f"not the result of a change: {result!r}")
    return result.rowcount


@cache
def _absent(dialect: str, row_type: type[Base], unique: tuple[str, ...]) -> Insert:
    key = table_of(row_type).primary_key.columns.values()[0]
    return _absent_of_many(dialect, row_type, unique).returning(key)


@cache
def _absent_of_many(dialect: str, row_type: type[Base], unique: tuple[str, ...]) -> Insert:
    table, columns = table_of(row_type), list(unique)
    if dialect == "postgresql":
        return postgresql.insert(table).on_conflict_do_nothing(index_elements=columns)
    return sqlite.insert(table).on_conflict_do_nothing(index_elements=columns)


@cache
def _insert_returning(row_type: type[Base]) -> Insert:
    table = table_of(row_type)
    return insert(table).returning(table.primary_key.columns.values()[0])


@cache
def _insert_returning_in_order(row_type: type[Base]) -> Insert:
    table = table_of(row_type)
    return insert(table).returning(table.primary_key.columns.values()[0], sort_by_parameter_order=True)
