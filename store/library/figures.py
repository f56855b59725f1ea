"""Numbers of the library by what they are said of: the same thing with another number is told, not judged."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from sqlalchemy import or_, select, tuple_
from sqlalchemy.orm import Session, aliased

from store.library.keys import contradicts, figure_key
from store.loading import in_portions
from store.tables import DocumentRow, FigureRow, PassageRow
from store.types import Contradiction, Figure, KeptPassage
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


def figures_of(session: Session, passages: Iterable[KeptPassage]) -> dict[str, tuple[Figure, ...]]:
    """By KeptPassage.id the kept numbers of passages of tables; passages without any are left out."""
    of_tables = {(each.document, each.ordinal) for each in passages if each.passage.cell}
    found: dict[str, list[Figure]] = defaultdict(list)
    for some in in_portions(sorted(of_tables)):
        statement = (
            select(PassageRow.document, PassageRow.ordinal, FigureRow.subject, FigureRow.value)
            .join(FigureRow, FigureRow.passage == PassageRow.id)
            .where(tuple_(PassageRow.document, PassageRow.ordinal).in_(some))
            .order_by(FigureRow.id)
        )
        for row in session.execute(statement):
            found[f"kho:{row.document}#{row.ordinal}"].append(Figure(row.subject, row.value))
    return {key: tuple(figures) for key, figures in found.items()}


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
