"""The first step of a search: which passages are worth a closer look, from the index alone."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import (
    ColumnElement,
    Select,
    and_,
    cast,
    column,
    func,
    literal,
    not_,
    or_,
    select,
    table,
    true,
)
from sqlalchemy.dialects.postgresql import TSQUERY
from sqlalchemy.orm import Session

from store.fulltext import fts5_words, is_textual, tsquery_words
from store.library.index import find_counts, find_size, pair_word
from store.library.ranking import Asked, weigh
from store.search.errors import QueryError
from store.search.nodes import After, Before, Both, Either, Everything, FromOutlet, Node, Not, Query
from store.tables import DocumentRow, PassageRow

CLOSER = 25  # passages whose text is looked at
_BUDGET = 1_000  # passages looked up by single words: the rarest words first
_COMMON = 300  # passages from which on a pair of words tells too little to be looked up
_OFFICE = ZoneInfo("Asia/Ho_Chi_Minh")
_FIELDS = "outlet:, title:, after:, before:"
_SQLITE = table("library_search", column("rowid"), column("library_search"), column("rank"))
_POSTGRESQL = table("library_search", column("passage"), column("words"))


def candidates_like(session: Session, asked: Asked, *, standing: Any = None) -> list[int]:
    """Row ids of the passages that hold the most telling of some words and pairs of words, the best first.

    Args:
        session: of the store.
        asked: what is looked for.
        standing: a condition on documents; None for none.

    """
    passages, _ = find_size(session)
    lists = list(_holders(session, asked))
    if not lists:
        return []
    unique, inverse = np.unique(np.concatenate(lists), return_inverse=True)
    values = np.concatenate([np.full(len(ids), weigh(len(ids), passages)) for ids in lists])
    scores = np.bincount(inverse, weights=values)
    ordered = unique[np.argsort(-scores, kind="stable")].tolist()
    return ordered[:CLOSER] if standing is None else _only(session, ordered, standing)


def _holders(session: Session, asked: Asked) -> Iterator[NDArray[np.int64]]:
    """The passages of the rarest words, as many as the budget allows, and of pairs not met everywhere."""
    counts = find_counts(session, asked.words)
    # the driver itself: as SQLAlchemy's rows these numbers would cost more than all the rest
    with closing(session.connection().connection.cursor()) as cursor:
        look = _holding_postgresql if session.get_bind().dialect.name == "postgresql" else _holding_sqlite
        budget = _BUDGET
        for word in sorted(counts, key=lambda w: (counts[w], w)):
            if budget < _BUDGET and counts[word] > budget:
                break
            ids = look(cursor, word, _BUDGET)
            budget -= len(ids)
            yield ids
        for first, second in sorted(asked.pairs):
            ids = look(cursor, pair_word(first, second), _COMMON)
            if len(ids) < _COMMON:
                yield ids


def _holding_sqlite(cursor: Any, word: str, most: int) -> NDArray[np.int64]:
    """The passages that hold one word of the index, the oldest first."""
    cursor.execute(
        "SELECT rowid FROM library_search WHERE library_search MATCH ? ORDER BY rowid LIMIT ?",
        (f'"{word}"', most),
    )
    return np.fromiter((row[0] for row in cursor.fetchall()), dtype=np.int64)


def _holding_postgresql(cursor: Any, word: str, most: int) -> NDArray[np.int64]:
    """As `_holding_sqlite`."""
    cursor.execute(
        "SELECT passage FROM library_search WHERE words @@ %s::tsquery ORDER BY passage LIMIT %s",
        (f"'{word}'", most),
    )
    return np.fromiter((row[0] for row in cursor.fetchall()), dtype=np.int64)


def candidates_of(session: Session, query: Query, *, standing: Any = None) -> list[int]:
    """Row ids of the passages that a query matches and the database ranks highest.

    Raises:
        QueryError: a field that the library does not have.

    """
    textual, others = _split(query.tree)
    condition = and_(true(), *(_condition(session, node) for node in others))
    if standing is not None:
        condition = and_(condition, standing)
    if textual is None:
        chosen = _passages().where(condition).order_by(PassageRow.id.desc())
    elif others or standing is not None:
        chosen = _ranked(session, textual, _passages().where(condition))
    else:
        chosen = _ranked(session, textual, None)
    return list(session.scalars(chosen.limit(CLOSER)))


def _only(session: Session, ordered: list[int], standing: Any) -> list[int]:
    """The first of them whose documents meet a condition."""
    found: list[int] = []
    for start in range(0, len(ordered), CLOSER * 10):
        some = ordered[start : start + CLOSER * 10]
        met = set(session.scalars(_passages().where(standing, PassageRow.id.in_(some))))
        found += [id_ for id_ in some if id_ in met]
        if len(found) >= CLOSER:
            break
    return found[:CLOSER]


def _passages() -> Select[Any]:
    return select(PassageRow.id).join(DocumentRow, DocumentRow.number == PassageRow.document)


def _split(tree: Node) -> tuple[Node | None, tuple[Node, ...]]:
    """A tree's words that must be there, which the index can rank by, and its other conditions."""
    if is_textual(tree):
        return tree, ()
    if not isinstance(tree, Both):
        return None, (tree,)
    words = tuple(part for part in tree.parts if is_textual(part))
    others = tuple(part for part in tree.parts if not is_textual(part))
    return (Both(words) if len(words) > 1 else next(iter(words), None)), others


def _ranked(session: Session, node: Node, within: Select[Any] | None) -> Select[Any]:
    if session.get_bind().dialect.name == "postgresql":
        asked = cast(literal(tsquery_words(node, exactly=False)), TSQUERY)
        words = _POSTGRESQL.c.words
        chosen = select(_POSTGRESQL.c.passage).where(words.op("@@")(asked))
        if within is not None:
            chosen = chosen.where(_POSTGRESQL.c.passage.in_(within))
        return chosen.order_by(func.ts_rank(words, asked, 1).desc(), _POSTGRESQL.c.passage)
    chosen = select(_SQLITE.c.rowid).where(_matches(node))
    if within is not None:
        chosen = chosen.where((_SQLITE.c.rowid + 0).in_(within))  # + 0: the words lead, see store.fulltext
    return chosen.order_by(_SQLITE.c.rank, _SQLITE.c.rowid)


def _matches(node: Node) -> ColumnElement[bool]:
    return _SQLITE.c.library_search.op("MATCH")(fts5_words(node, exactly=False))


def _holds(session: Session, node: Node) -> ColumnElement[bool]:
    if session.get_bind().dialect.name == "postgresql":
        asked = cast(literal(tsquery_words(node, exactly=False)), TSQUERY)
        return PassageRow.id.in_(select(_POSTGRESQL.c.passage).where(_POSTGRESQL.c.words.op("@@")(asked)))
    return (PassageRow.id + 0).in_(select(_SQLITE.c.rowid).where(_matches(node)))


def _condition(session: Session, node: Node) -> ColumnElement[bool]:
    if is_textual(node):
        return _holds(session, node)
    match node:
        case Both():
            return and_(*(_condition(session, part) for part in node.parts))
        case Either():
            return or_(*(_condition(session, part) for part in node.parts))
        case Not():
            return not_(_condition(session, node.part))
        case _:
            return _field(node)


def _field(node: Node) -> ColumnElement[bool]:
    match node:
        case Everything():
            return true()
        case FromOutlet():
            return and_(DocumentRow.publisher_key == node.name_key, DocumentRow.publisher_key != "")
        case After():
            return DocumentRow.published >= node.moment.astimezone(_OFFICE).date()
        case Before():
            return DocumentRow.published < node.moment.astimezone(_OFFICE).date()
        case _:
            raise QueryError(
                "The evidence library is searched by words, phrases and {known} only.", 0, known=_FIELDS
            )
