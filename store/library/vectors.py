"""What passages of the library mean, as numbers of a model; one vector for a passage, of one model at a time.

The store keeps bytes and knows nothing of models: what makes vectors and compares them is handed in.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import and_, delete, func, select
from sqlalchemy.orm import Session

from store.tables import PassageRow, VectorRow
from store.upsert import insert_rows


@dataclass(frozen=True, slots=True)
class PassageVector:
    """A passage by its row id; `tongue` says with what kind of text it can be compared, "" with none.

    `values`: the numbers as bytes, in the model's own form; empty where `tongue` is.
    """

    passage: int
    tongue: str
    values: bytes


def find_unread(session: Session, model: str, *, limit: int) -> list[tuple[int, str]]:
    """Row ids and texts of passages that `model` has not read, those added last first, at most `limit`."""
    read = and_(VectorRow.passage == PassageRow.id, VectorRow.model == model)
    wanted = select(PassageRow.id, PassageRow.text).outerjoin(VectorRow, read)
    rows = session.execute(
        wanted.where(VectorRow.passage.is_(None)).order_by(PassageRow.id.desc()).limit(limit)
    )
    return [(row.id, row.text) for row in rows]


def count_unread(session: Session, model: str) -> int:
    """How many passages `model` has not read."""
    passages = session.scalar(select(func.count()).select_from(PassageRow)) or 0
    return passages - count_vectors(session, model)


def save_vectors(session: Session, model: str, vectors: Sequence[PassageVector]) -> None:
    """Keep what `model` made of some passages instead of what another made, in the caller's transaction."""
    if not vectors:
        return
    session.execute(delete(VectorRow).where(VectorRow.passage.in_([one.passage for one in vectors])))
    rows = [
        {"passage": one.passage, "model": model, "tongue": one.tongue, "vector": one.values}
        for one in vectors
    ]
    insert_rows(session, VectorRow, rows)


def count_vectors(session: Session, model: str) -> int:
    """How many passages `model` has read, those of no use to it among them."""
    return session.scalar(select(func.count()).where(VectorRow.model == model)) or 0


def load_vectors(session: Session, model: str, tongue: str) -> list[PassageVector]:
    """All vectors of a kind, in the order of their passages."""
    wanted = select(VectorRow.passage, VectorRow.vector)
    rows = session.execute(
        wanted.where(VectorRow.model == model, VectorRow.tongue == tongue).order_by(VectorRow.passage)
    )
    return [PassageVector(row.passage, tongue, row.vector) for row in rows]
