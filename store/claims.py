"""Claims and flags: saving what the checks say of a story, lists for people.

A flag that no longer holds is withdrawn: kept and marked, never deleted.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, case, func, select, update
from sqlalchemy.orm import Session

from store.codec import from_text, to_text
from store.differences import find_differences
from store.loading import in_portions, read_articles_from, select_read
from store.matching import matching_articles, ranks_exact_hits
from store.reviews import reviews_here
from store.search.nodes import Query
from store.tables import ArticleRow, FlagRow, VersionRow
from store.types import Claim, Flag, ReadArticle, Review, Saved
from store.upsert import insert_absent

_CHUNK = 200


@dataclass(frozen=True, slots=True)
class FlaggedClaim:
    """A standing flag, the article version it points into, and what people said of it in its story, newest
    first. `finding`: the key of the difference it tells of, which other flags may share.
    """

    flag: Saved[Flag]
    item: ReadArticle
    story_id: str
    reviews: tuple[Review, ...]
    finding: str


@dataclass(frozen=True, slots=True)
class Finding:
    """One difference as people see it: the flags that tell of it side by side, the first published first.

    None of the sides is the wrong one. Each has its own sentence and its own reviews.
    """

    key: str
    sides: tuple[FlaggedClaim, ...]


def save_flags(session: Session, story_id: str, flags: Sequence[Flag], *, now: datetime) -> int:
    """Save all that the checks say of a story now; what they said before and say no longer is withdrawn.

    A flag that was withdrawn and holds again stands again under its old number.

    Returns:
        How many of the flags were never saved before.

    """
    new = 0
    findings = find_differences(flags)
    for flag in flags:
        values = {
            "story": story_id,
            "article": flag.article,
            "version": flag.version,
            "claim_key": flag.claim.key,
            "finding": findings[flag.key],
            "body": to_text(flag),
            "withdrawn_at": None,
        }
        row = {**values, "key": flag.key, "saved_at": now}
        if insert_absent(session, FlagRow, row, unique=("key",)) is not None:
            new += 1
        else:
            session.execute(update(FlagRow).where(FlagRow.key == flag.key).values(values))
    withdraw_flags_of(session, story_id, keep={flag.key for flag in flags}, now=now)
    return new


def withdraw_flags_of(session: Session, story_id: str, *, keep: Collection[str], now: datetime) -> None:
    """Withdraw a story's standing flags, but for the keys to keep."""
    standing = select(FlagRow.key).where(FlagRow.story == story_id, FlagRow.withdrawn_at.is_(None))
    gone = [key for key in session.scalars(standing) if key not in keep]
    for some in in_portions(gone):
        session.execute(update(FlagRow).where(FlagRow.key.in_(some)).values(withdrawn_at=now))


def list_flags(
    session: Session,
    query: Query | None = None,
    *,
    limit: int = 200,
    offset: int = 0,
) -> list[FlaggedClaim]:
    """Standing flags on articles that the query matches, the newest article first.

    Where the query has words with marks, articles that spell them so stand before those that differ in marks.
    """
    order: list[ColumnElement[Any]] = [VersionRow.when_at.desc(), FlagRow.number.desc()]
    if query is not None and ranks_exact_hits(query):
        order.insert(0, ArticleRow.number.in_(matching_articles(session, query, exactly=True)).desc())
    page = _select_flagged().where(*_matches(session, query))
    rows = session.execute(page.order_by(*order).limit(limit).offset(offset)).all()
    return _flagged_claims_from(session, rows)


def list_findings(
    session: Session,
    query: Query | None = None,
    *,
    limit: int = 200,
    offset: int = 0,
) -> list[Finding]:
    """Findings of which the query matches the article of at least one side, each with all that stand.

    In the order of `list_flags`: the newest of the articles that match decides.
    """
    columns = [VersionRow.when_at, FlagRow.number]
    order: list[ColumnElement[Any]] = [func.max(column).desc() for column in columns]
    if query is not None and ranks_exact_hits(query):
        exactly = matching_articles(session, query, exactly=True)
        order.insert(0, func.max(case((ArticleRow.number.in_(exactly), 1), else_=0)).desc())
    found = (
        select(FlagRow.finding)
        .join(ArticleRow, ArticleRow.number == FlagRow.article)
        .join(VersionRow, _is_flagged_version)
        .where(*_matches(session, query))
        .group_by(FlagRow.finding)
    )
    keys = session.scalars(found.order_by(*order).limit(limit).offset(offset)).all()
    sides: dict[str, list[FlaggedClaim]] = defaultdict(list)
    for some in in_portions(keys):
        standing = FlagRow.finding.in_(some), FlagRow.withdrawn_at.is_(None)
        rows = session.execute(_select_flagged().where(*standing)).all()
        for side in _flagged_claims_from(session, rows):
            sides[side.finding].append(side)
    return [Finding(key, tuple(sorted(sides[key], key=_first_published))) for key in keys]


def count_findings(session: Session, query: Query | None = None) -> int:
    """How many findings `list_findings` has for the query."""
    counted = select(func.count(FlagRow.finding.distinct())).where(*_matches(session, query))
    return session.scalars(counted).one()


def count_flags(session: Session, query: Query | None = None) -> int:
    """How many standing flags are on articles that the query matches."""
    return session.scalars(select(func.count()).select_from(FlagRow).where(*_matches(session, query))).one()


def find_flag(session: Session, number: int) -> FlaggedClaim | None:
    """One flag, standing or withdrawn."""
    rows = session.execute(_select_flagged().where(FlagRow.number == number)).all()
    return next(iter(_flagged_claims_from(session, rows)), None)


def find_flag_number(session: Session, key: str) -> int | None:
    """The number of the flag with this key (Flag.key), standing or withdrawn."""
    return session.scalars(select(FlagRow.number).where(FlagRow.key == key)).one_or_none()


def find_withdrawal(session: Session, number: int) -> datetime | None:
    """When a flag was withdrawn (UTC); None for one that stands."""
    return session.scalars(select(FlagRow.withdrawn_at).where(FlagRow.number == number)).one_or_none()


def flags_of_stories(session: Session, ids: Iterable[str]) -> dict[str, tuple[Saved[Flag], ...]]:
    """The standing flags of stories, the strongest first as saved by the checks' order."""
    found: dict[str, list[Saved[Flag]]] = defaultdict(list)
    columns = (FlagRow.story, FlagRow.number, FlagRow.saved_at, FlagRow.body)
    for some in in_portions(ids):
        standing = select(*columns).where(FlagRow.story.in_(some), FlagRow.withdrawn_at.is_(None))
        for row in session.execute(standing.order_by(FlagRow.number)):
            found[row.story].append(Saved(row.number, row.saved_at, from_text(Flag, row.body)))
    return {story: tuple(flags) for story, flags in found.items()}


def iter_claims(session: Session) -> Iterator[tuple[ReadArticle, Claim]]:
    """Every claim of every article's newest reading, in order of article number, streamed."""
    last = 0
    while True:
        some = select_read().where(ArticleRow.number > last).order_by(ArticleRow.number).limit(_CHUNK)
        items = read_articles_from(session, session.execute(some).all())
        for item in items:
            for claim in item.reading.claims:
                yield item, claim
        if not items:
            return
        last = items[-1].number


_is_flagged_version = (VersionRow.article == FlagRow.article) & (VersionRow.version == FlagRow.version)


def _select_flagged() -> Any:
    columns = (
        FlagRow.number.label("flag"),
        FlagRow.finding,
        FlagRow.body,
        FlagRow.story,
        FlagRow.saved_at.label("flagged_at"),
    )
    joined = select_read(*columns, version=FlagRow.version)
    return joined.join(FlagRow, FlagRow.article == ArticleRow.number)


def _first_published(side: FlaggedClaim) -> tuple[datetime, int, int]:
    return side.item.article.when, side.item.number, side.flag.number


def _matches(session: Session, query: Query | None) -> list[ColumnElement[bool]]:
    standing = FlagRow.withdrawn_at.is_(None)
    if query is None or query.is_everything:
        return [standing]
    return [standing, FlagRow.article.in_(matching_articles(session, query))]


def _flagged_claims_from(session: Session, rows: Sequence[Row[Any]]) -> list[FlaggedClaim]:
    flags = [Saved(row.flag, row.flagged_at, from_text(Flag, row.body)) for row in rows]
    reviews = reviews_here(session, {(r.story, f.value.claim.key) for r, f in zip(rows, flags, strict=True)})
    return [
        FlaggedClaim(flag, item, row.story, reviews.get((row.story, flag.value.claim.key), ()), row.finding)
        for flag, item, row in zip(flags, read_articles_from(session, rows), rows, strict=True)
    ]
