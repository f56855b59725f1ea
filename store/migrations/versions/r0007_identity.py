"""Addresses are keyed by identity: http and https, "www.", mobile and AMP spellings are one article.

The keys are what `url_key` gives today, whichever that is: a later change of the folding brings a migration
like this one, and between the two nobody reads. Articles that turn out to be twins stay two: reviews, flags
and the audit cite their numbers. The one that holds the new key goes on; the other gets no new versions.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from alembic import op

from store.addresses import url_key

revision = "0007_identity"
down_revision = "0006_politeness"
branch_labels = None
depends_on = None

_PORTION = 1000  # rows in memory

_ARTICLES = sa.table("articles", sa.column("number"), sa.column("url"), sa.column("url_key"))
_SNAPSHOTS = sa.table(
    "snapshots",
    sa.column("number"),
    sa.column("url_asked"),
    sa.column("url_final"),
    sa.column("url_final_key"),
)
_CAPTURED = sa.table("captured", sa.column("url_key"), sa.column("snapshot"))


def upgrade() -> None:
    """Key every address anew."""
    for row in _rows(_ARTICLES):
        _key_article(row)
    for row in _rows(_SNAPSHOTS):
        _key_snapshot(row)


def _rows(table: sa.TableClause) -> Iterator[sa.Row[Any]]:
    """All rows in order of number, a portion at a time, so that they may be changed on the way."""
    last = 0
    while True:
        statement = sa.select(table).where(table.c.number > last).order_by(table.c.number).limit(_PORTION)
        rows = op.get_bind().execute(statement).all()
        yield from rows
        if len(rows) < _PORTION:
            return
        last = rows[-1].number


def _key_article(row: sa.Row[Any]) -> None:
    key = url_key(row.url)
    if key == row.url_key or _holds(_ARTICLES, key):
        return
    op.execute(sa.update(_ARTICLES).where(_ARTICLES.c.number == row.number).values(url_key=key))


def _key_snapshot(row: sa.Row[Any]) -> None:
    final_key = url_key(row.url_final)
    if final_key != row.url_final_key:
        op.execute(
            sa.update(_SNAPSHOTS).where(_SNAPSHOTS.c.number == row.number).values(url_final_key=final_key)
        )
    for key in {url_key(row.url_asked), final_key}:
        if not _holds(_CAPTURED, key):
            op.execute(sa.insert(_CAPTURED).values(url_key=key, snapshot=row.number))


def _holds(table: sa.TableClause, key: str) -> bool:
    statement = sa.select(sa.literal(1)).select_from(table).where(table.c.url_key == key)
    return op.get_bind().execute(statement.limit(1)).first() is not None
