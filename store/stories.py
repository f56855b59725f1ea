"""Stories: grouping what was read, finding what is to be checked, lists for people."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, delete, func, select, update
from sqlalchemy.orm import Session

from store.claims import flags_of_stories, withdraw_flags_of
from store.codec import from_text, to_text
from store.errors import UnknownRowError
from store.loading import in_portions, read_articles_from, select_read
from store.matching import matching_stories, ranks_exact_hits
from store.progress import mark_changed, not_done_with
from store.search.nodes import Query
from store.tables import ArticleRow, MembershipRow, StoryRow
from store.types import Membership, ReadArticle, Story, StoryMember
from store.upsert import insert_absent, insert_rows, rows_of


@dataclass(frozen=True, slots=True)
class StoryPage:
    """One page of a list and how many stories the whole list has."""

    stories: tuple[Story, ...]
    total: int


def ungrouped(session: Session, *, limit: int) -> list[ReadArticle]:
    """Read articles that are in no story, by publication time, then number."""
    waiting = select_read().where(ArticleRow.to_group.is_(True))
    rows = session.execute(waiting.order_by(ArticleRow.when_at, ArticleRow.number).limit(limit)).all()
    return read_articles_from(session, rows)


def members_since(session: Session, since: datetime) -> list[tuple[ReadArticle, Membership]]:
    """Grouped articles published at or after `since` (UTC) with their membership, by time, then number."""
    statement = _select_members().where(ArticleRow.when_at >= since)
    rows = session.execute(statement.order_by(ArticleRow.when_at, ArticleRow.number)).all()
    items = read_articles_from(session, rows)
    return [(item, _membership_from(row)) for item, row in zip(items, rows, strict=True)]


def memberships_in(session: Session, story: str) -> list[Membership]:
    """The memberships of a story, by article."""
    rows = session.execute(_select_memberships().where(MembershipRow.story == story))
    return [_membership_from(row) for row in rows]


def memberships_of(session: Session, articles: Iterable[int]) -> list[Membership]:
    """The memberships of those articles that are in a story."""
    found: list[Membership] = []
    for some in in_portions(articles):
        rows = session.execute(_select_memberships().where(MembershipRow.article.in_(some)))
        found.extend(_membership_from(row) for row in rows)
    return found


def save_memberships(session: Session, memberships: Sequence[Membership], *, now: datetime) -> None:
    """Put articles in stories, or move them; every story touched is marked as changed, to be checked.

    A story that loses its last member keeps its number and history; its flags are withdrawn.
    """
    if not memberships:
        return
    latest = {membership.article: membership for membership in memberships}
    numbers = list(latest)
    left = _stories_of(session, numbers)
    joined = {membership.story for membership in latest.values()}
    for story in sorted(joined):
        insert_absent(session, StoryRow, {"id": story, "checked_with": "", "saved_at": now}, unique=("id",))
    for some in in_portions(numbers):
        session.execute(delete(MembershipRow).where(MembershipRow.article.in_(some)))
        grouped = update(ArticleRow).where(ArticleRow.number.in_(some)).values(to_group=False)
        session.execute(grouped, execution_options={"synchronize_session": False})
    insert_rows(session, MembershipRow, [_membership_row(each, now) for each in latest.values()])
    mark_changed(session, left | joined)
    for story in sorted(left - joined):
        _withdraw_if_empty(session, story, now=now)


def stories_to_check(session: Session, *, checks_version: str, limit: int) -> list[Story]:
    """Stories changed since their last check, or checked with other checks; new ones first."""
    has_members = StoryRow.newest_at.is_not(None)
    ids = not_done_with(
        session, StoryRow.id, StoryRow.checked_with, checks_version, limit=limit, only=has_members
    )
    return load_stories(session, ids)


def mark_checked(session: Session, story_id: str, *, checks_version: str, now: datetime) -> None:
    """Record that these checks have seen a story as it is.

    Raises:
        UnknownRowError: when there is no such story.

    """
    values = {"checked_with": checks_version, "checked_at": now}
    if rows_of(session.execute(update(StoryRow).where(StoryRow.id == story_id).values(values))) != 1:
        raise UnknownRowError(f"there is no story {story_id}")


def check_again(session: Session, start: datetime, end: datetime) -> int:
    """Stories with a newest member in [start, end) (UTC) are checked again, for what they are checked by has
    changed. Gives how many.
    """
    concerned = update(StoryRow).where(StoryRow.newest_at >= start, StoryRow.newest_at < end)
    statement = concerned.where(StoryRow.checked_with != "").values(checked_with="")
    return rows_of(session.execute(statement, execution_options={"synchronize_session": False}))


def find_story(session: Session, story_id: str) -> Story | None:
    """A story with its members and standing flags; None when there is none, or it has no member left."""
    return next(iter(load_stories(session, [story_id])), None)


def list_stories(session: Session, query: Query, *, limit: int = 50, offset: int = 0) -> StoryPage:
    """Stories with at least one member that the query matches, the newest member's time deciding the order.

    Where the query has words with marks, stories that spell them so stand before those that differ in marks.
    """
    order: list[ColumnElement[Any]] = [StoryRow.newest_at.desc(), StoryRow.id.desc()]
    if ranks_exact_hits(query):
        order.insert(0, StoryRow.id.in_(matching_stories(session, query, exactly=True)).desc())
    total = func.count().over()  # one look at the filter serves the page and its total
    page = select(StoryRow.id, total).where(*_matches(session, query)).order_by(*order)
    rows = session.execute(page.limit(limit).offset(offset)).all()
    stories = load_stories(session, [row[0] for row in rows])
    return StoryPage(tuple(stories), rows[0][1] if rows else count_stories(session, query))


def count_stories(session: Session, query: Query) -> int:
    """How many stories have at least one member that the query matches."""
    statement = select(func.count()).select_from(StoryRow).where(*_matches(session, query))
    return session.scalars(statement).one()


def stories_between(session: Session, start: datetime, end: datetime) -> list[Story]:
    """Stories with a member first saved in [start, end) (UTC), the newest first."""
    saved = (
        select(MembershipRow.story)
        .join(ArticleRow, ArticleRow.number == MembershipRow.article)
        .where(ArticleRow.saved_at >= start, ArticleRow.saved_at < end)
    )
    ids = (
        select(StoryRow.id)
        .where(StoryRow.id.in_(saved))
        .order_by(StoryRow.newest_at.desc(), StoryRow.id.desc())
    )
    return load_stories(session, session.scalars(ids).all())


def load_stories(session: Session, ids: Sequence[str]) -> list[Story]:
    """Stories in the order of `ids`, without those that have no member; a fixed number of statements."""
    members = _members_of(session, ids)
    flags = flags_of_stories(session, ids)
    return [Story(id_, members[id_], flags.get(id_, ())) for id_ in ids if id_ in members]


def _matches(session: Session, query: Query) -> list[ColumnElement[bool]]:
    if query.is_everything:
        return [StoryRow.newest_at.is_not(None)]
    return [StoryRow.id.in_(matching_stories(session, query))]


def _members_of(session: Session, ids: Iterable[str]) -> dict[str, tuple[StoryMember, ...]]:
    """Members by story, the first published first."""
    members: dict[str, list[StoryMember]] = defaultdict(list)
    for some in in_portions(ids):
        statement = _select_members().where(MembershipRow.story.in_(some))
        rows = session.execute(statement.order_by(ArticleRow.when_at, ArticleRow.number)).all()
        for item, row in zip(read_articles_from(session, rows), rows, strict=True):
            why = from_text(tuple[str, ...], row.why)
            members[row.story].append(StoryMember(item, row.copy_of, why))
    return {story: tuple(each) for story, each in members.items()}


def _select_members() -> Any:
    columns = (MembershipRow.story, MembershipRow.copy_of, MembershipRow.score, MembershipRow.why)
    return select_read(*columns).where(MembershipRow.article == ArticleRow.number)


def _select_memberships() -> Any:
    columns = (MembershipRow.story, MembershipRow.copy_of, MembershipRow.score, MembershipRow.why)
    return select(MembershipRow.article.label("number"), *columns).order_by(MembershipRow.article)


def _membership_from(row: Row[Any]) -> Membership:
    return Membership(row.number, row.story, row.copy_of, row.score, from_text(tuple[str, ...], row.why))


def _membership_row(membership: Membership, now: datetime) -> dict[str, Any]:
    return {
        "article": membership.article,
        "story": membership.story,
        "copy_of": membership.copy_of,
        "score": membership.score,
        "why": to_text(membership.why),
        "saved_at": now,
    }


def _stories_of(session: Session, numbers: Sequence[int]) -> set[str]:
    found: set[str] = set()
    for some in in_portions(numbers):
        found.update(session.scalars(select(MembershipRow.story).where(MembershipRow.article.in_(some))))
    return found


def _withdraw_if_empty(session: Session, story: str, *, now: datetime) -> None:
    newest = session.scalars(select(StoryRow.newest_at).where(StoryRow.id == story)).one()
    if newest is None:
        withdraw_flags_of(session, story, keep=(), now=now)
