"""What people corrected in readings: appended, never changed; a reading gives way to it, now and later."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from store.articles import StoredArticle, find_article
from store.loading import in_portions
from store.tables import CorrectionRow
from store.types import Correction, CorrectionKind, Reading, Relevance, RelevanceLabel, TopicTag

_CONCERNING = frozenset({RelevanceLabel.ABOUT, RelevanceLabel.SPORT, RelevanceLabel.COMPANY})
_BY_A_PERSON = "người sửa: {reason}"
PERSON = "person"  # the origin of a tag that a person set


def corrections_of(session: Session, article: int) -> tuple[Correction, ...]:
    """All corrections of an article, the newest first."""
    return corrections_by_article(session, [article]).get(article, ())


def corrections_by_article(session: Session, articles: Iterable[int]) -> dict[int, tuple[Correction, ...]]:
    """All corrections of articles by their number, the newest first; articles without one left out."""
    found: dict[int, list[Correction]] = defaultdict(list)
    for some in in_portions(articles):
        statement = select(CorrectionRow.__table__).where(CorrectionRow.article.in_(some))
        for row in session.execute(statement.order_by(CorrectionRow.number.desc())):
            found[row.article].append(_correction_from(row))
    return {article: tuple(corrections) for article, corrections in found.items()}


def iter_corrected(session: Session) -> Iterator[tuple[StoredArticle, tuple[Correction, ...]]]:
    """Every article that a person corrected, as it was looked at last, with its standing corrections."""
    numbers = session.scalars(select(CorrectionRow.article).distinct().order_by(CorrectionRow.article)).all()
    for number, corrections in sorted(corrections_by_article(session, numbers).items()):
        article = find_article(session, number, version=corrections[0].version)
        if article is not None:
            yield article, standing(corrections)


def standing(corrections: Iterable[Correction]) -> tuple[Correction, ...]:
    """Corrections of one article, the newest first -> the standing: one of relevance, one of each topic."""
    newest: dict[tuple[CorrectionKind, str], Correction] = {}
    for correction in corrections:
        named = correction.value if correction.kind is CorrectionKind.TOPIC else ""
        newest.setdefault((correction.kind, named), correction)
    return tuple(newest.values())


def give_way(reading: Reading, corrections: Iterable[Correction]) -> Reading:
    """A reading and the corrections of its article, the newest first -> the reading as people say it is.

    What nobody corrected stays as it was read. Pure.
    """
    for correction in standing(corrections):
        if correction.kind is CorrectionKind.RELEVANCE:
            reading = replace(reading, relevance=_relevance_by(correction))
        else:
            reading = replace(reading, topics=_topics_by(reading.topics, correction))
    return reading


def _relevance_by(correction: Correction) -> Relevance:
    label = RelevanceLabel(correction.value)
    return Relevance(label, float(label in _CONCERNING), (_why(correction),))


def _topics_by(topics: tuple[TopicTag, ...], correction: Correction) -> tuple[TopicTag, ...]:
    others = tuple(tag for tag in topics if tag.id != correction.value)
    if not correction.holds:
        return others
    return (TopicTag(correction.value, 1.0, (_why(correction),), PERSON), *others)


def _why(correction: Correction) -> str:
    """The reason alone: who corrected stands in the log, and a reading may leave the office."""
    return _BY_A_PERSON.format(reason=correction.reason or "không ghi lý do")


def _correction_from(row: Row[Any]) -> Correction:
    return Correction(
        article=row.article,
        version=row.version,
        kind=CorrectionKind(row.kind),
        value=row.value,
        holds=row.holds,
        before=row.before,
        reason=row.reason,
        reviewer=row.reviewer,
        at=row.at,
    )
