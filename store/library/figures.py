"""Numbers of the library by what they are said of: the same thing with another number is told, not judged."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, aliased

from store.library.keys import contradicts, figure_key
from store.tables import DocumentRow, FigureRow, PassageRow
from store.types import Contradiction, Figure
from store.upsert import insert_rows

_MOST = 50  # contradictions told of one document; more means that it is another edition of the same table


def save_figures(session: Session, figures: Iterable[tuple[int, Figure]]) -> None:
    """Save numbers with their passages' row ids; those of which too little is said are not kept."""
    rows = [
        {"passage": passage, "key": key, "subject": figure.subject, "value": figure.value}
        for passage, figure in figures
        if (key := figure_key(figure))
    ]
    insert_rows(session, FigureRow, rows)


def find_contradictions(session: Session, document: int) -> tuple[Contradiction, ...]:
    """Where this document, or another that is not superseded, says another number of the same thing.

    At most 50, in the order of the document. A pair within the document is told once.
    """
    own, own_passage = aliased(FigureRow), aliased(PassageRow)
    statement = (
        select(
            own.subject,
            own.value.label("here"),
            FigureRow.value.label("there"),
            PassageRow.ordinal,
            DocumentRow.number,
            DocumentRow.title,
        )
        .join(own_passage, own_passage.id == own.passage)
        .join(FigureRow, FigureRow.key == own.key)
        .join(PassageRow, PassageRow.id == FigureRow.passage)
        .join(DocumentRow, DocumentRow.number == PassageRow.document)
        .where(
            own_passage.document == document,
            own.value != FigureRow.value,
            DocumentRow.superseded_by.is_(None),
            or_(DocumentRow.number != document, FigureRow.id > own.id),
        )
        .order_by(own.id, FigureRow.id)
        .limit(_MOST)
    )
    return tuple(
        Contradiction(row.subject, row.here, row.there, f"kho:{row.number}#{row.ordinal}", row.title)
        for row in session.execute(statement)
        if contradicts(row.here, row.there)
    )
