"""Finding passages of the evidence library: by the query language, and by a whole sentence.

Two steps: the index names some hundred passages, their text is then ranked by store.library.ranking. The
second step and the counts it needs are the same on both databases, and so is what is found first.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import Select, and_, false, or_, select
from sqlalchemy.orm import Session

from store.folding import folded_words
from store.library.candidates import candidates_like, candidates_of
from store.library.documents import find_documents, passage_from
from store.library.index import find_counts, find_size
from store.library.ranking import Asked, make_asked, make_weights, score_passage
from store.loading import in_portions
from store.search.nodes import Both, Either, Node, Query, Words
from store.tables import DocumentRow, PassageRow
from store.types import KeptDocument, KeptPassage

_RANKS = 60  # k of reciprocal ranks, as in the paper
MOST_ASKED = 60  # words of a sentence that are looked up, the first ones


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage, its document, and how well it answers (only to be compared within one search)."""

    passage: KeptPassage
    document: KeptDocument
    score: float


def search_library(
    session: Session, query: Query, *, limit: int = 20, standing_on: date | None = None
) -> tuple[Hit, ...]:
    """Passages that a query matches, the best first; without words the last added first.

    Args:
        session: of the store.
        query: parsed; `outlet:` names a publisher, `title:` words of a document's title, `after:` and
            `before:` its day of publication. Words with marks rank passages with the same marks higher.
        limit: at most so many.
        standing_on: only documents to go by on this day: not superseded, within their validity.

    Raises:
        QueryError: a field that the library does not have, such as `topic:`.

    """
    found = candidates_of(session, query, standing=standing_condition(standing_on))
    return _rank(session, found, make_asked(_texts(query.tree)), limit)


def find_like(
    session: Session,
    text: str,
    *,
    limit: int = 5,
    standing_on: date | None = None,
    near: Sequence[int] = (),
) -> tuple[Hit, ...]:
    """Passages that speak of what a sentence speaks of, the best first: not all words need be there.

    Args:
        session: of the store.
        text: a claim's sentence, as written.
        limit: at most so many.
        standing_on: as for `search_library`.
        near: row ids of passages found otherwise, as by what they mean, the nearest first. The two orders
            are joined by reciprocal ranks (Cormack, Clarke and Buettcher, SIGIR 2009).

    """
    asked = make_asked([text])
    asked = Asked(asked.words[:MOST_ASKED], asked.pairs, asked.spelled)
    standing = standing_condition(standing_on)
    found = _rank(session, candidates_like(session, asked, standing=standing), asked, max(limit, len(near)))
    return (_join(found, _take(session, near, standing)) if near else found)[:limit]


def standing_condition(day: date | None) -> Any:
    """A condition on documents to go by on a day (see KeptDocument.is_standing); None for no condition."""
    if day is None:
        return None
    begun = or_(DocumentRow.valid_from.is_(None), DocumentRow.valid_from <= day)
    not_ended = or_(DocumentRow.valid_until.is_(None), DocumentRow.valid_until >= day)
    return and_(begun, not_ended, DocumentRow.superseded_by.is_(None))


def _take(session: Session, ids: Sequence[int], standing: Any) -> tuple[Hit, ...]:
    """Passages by row id in the order given; those of documents not to go by are left out."""
    rows = {row.id: row for row in _rows(session, ids)}
    documents = find_documents(session, [row.document for row in rows.values()])
    there = select(DocumentRow.number).where(DocumentRow.number.in_(documents))
    allowed = set(session.scalars(there if standing is None else there.where(standing)))
    kept = (rows[id_] for id_ in ids if id_ in rows and rows[id_].document in allowed)
    return tuple(Hit(passage_from(row), documents[row.document], 0.0) for row in kept)


def _join(*orders: Sequence[Hit]) -> tuple[Hit, ...]:
    hits = {hit.passage.id: hit for order in orders for hit in order}
    scores: defaultdict[str, float] = defaultdict(float)
    for order in orders:
        for rank, hit in enumerate(order, start=1):
            scores[hit.passage.id] += 1 / (_RANKS + rank)
    joined = (replace(hit, score=scores[key]) for key, hit in hits.items())
    return tuple(sorted(joined, key=lambda hit: -hit.score))


def _texts(node: Node) -> Iterator[str]:
    """What is looked for; words under NOT are not. Words typed one after the other are pairs, too."""
    match node:
        case Words():
            yield node.text
        case Both():
            yield " ".join(part.text for part in node.parts if isinstance(part, Words))
            for part in node.parts:
                yield from () if isinstance(part, Words) else _texts(part)
        case Either():
            for part in node.parts:
                yield from _texts(part)


def _rank(session: Session, ids: Sequence[int], asked: Asked, limit: int) -> tuple[Hit, ...]:
    weights = make_weights(find_counts(session, asked.words), *find_size(session))
    rows = _rows(session, ids)
    documents = find_documents(session, [row.document for row in rows])
    place = {id_: at for at, id_ in enumerate(ids)}  # where nothing is asked for, the order found in stands
    titles = {number: set(folded_words(kept.document.title)) for number, kept in documents.items()}
    scored = [(score_passage(asked, weights, row.text, titles[row.document]), row) for row in rows]
    scored.sort(key=lambda item: (-item[0], place[item[1].id]))
    return tuple(Hit(passage_from(row), documents[row.document], score) for score, row in scored[:limit])


def _rows(session: Session, ids: Sequence[int]) -> list[Any]:
    wanted: Select[Any] = select(PassageRow.__table__)
    if not ids:
        wanted = wanted.where(false())
    return [
        row for some in in_portions(ids) for row in session.execute(wanted.where(PassageRow.id.in_(some)))
    ]
