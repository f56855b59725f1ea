"""Alerts in the store: how far a rule has looked, what came true, what waits to be told."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import and_, func, select, update
from sqlalchemy.orm import Session

from store.claims import flags_of_stories
from store.codec import from_text, to_text
from store.loading import in_portions
from store.matching import matching_articles
from store.search.nodes import Query
from store.tables import AlertMarkRow, ArticleRow, EventRow, FlagRow, HappeningRow, MembershipRow, VersionRow
from store.types import Flag, Glance, GlanceMember, Happening, Saved, Scope
from store.upsert import insert_absent


def looked_until(session: Session, rule: str) -> datetime | None:
    """How far a rule has looked (UTC); None for one that never did."""
    return session.scalars(select(AlertMarkRow.looked_until).where(AlertMarkRow.rule == rule)).first()


def mark_looked(session: Session, rule: str, until: datetime) -> None:
    """Record how far a rule has looked."""
    if insert_absent(session, AlertMarkRow, {"rule": rule, "looked_until": until}, unique=("rule",)) is None:
        session.execute(update(AlertMarkRow).where(AlertMarkRow.rule == rule).values(looked_until=until))


def stories_touched(session: Session, start: datetime, end: datetime) -> set[str]:
    """Stories of which a member, a flag or a member's event was saved in [start, end) (UTC)."""
    in_story = select(MembershipRow.story)
    arrived = in_story.join(ArticleRow, ArticleRow.number == MembershipRow.article).where(
        ArticleRow.saved_at >= start, ArticleRow.saved_at < end
    )
    flagged = select(FlagRow.story).where(FlagRow.saved_at >= start, FlagRow.saved_at < end)
    changed = in_story.join(EventRow, EventRow.article == MembershipRow.article).where(
        EventRow.saved_at >= start, EventRow.saved_at < end
    )
    joined = in_story.where(MembershipRow.saved_at >= start, MembershipRow.saved_at < end)
    return {
        story for some in (arrived, joined, flagged, changed) for story in session.scalars(some.distinct())
    }


def stories_answering(
    session: Session, query: Query, stories: Collection[str], *, since: datetime
) -> set[str]:
    """Which of some stories a search finds, by members saved since then (UTC)."""
    if query.is_everything or not stories:
        return set(stories)
    found = matching_articles(session, query).where(ArticleRow.saved_at >= since)
    answering = select(MembershipRow.story).where(MembershipRow.article.in_(found)).distinct()
    return {story for story in session.scalars(answering) if story in stories}


def glance_at(
    session: Session, stories: Collection[str], *, flags_since: datetime | None = None
) -> dict[str, Glance]:
    """Stories as rules look at them; with the standing flags of those that got one since then (UTC)."""
    members: dict[str, list[GlanceMember]] = defaultdict(list)
    firsts: dict[str, tuple[str, str]] = {}
    for some in in_portions(sorted(stories)):
        for row in session.execute(_select_members().where(MembershipRow.story.in_(some))):
            firsts.setdefault(row.story, (row.title, row.url))
            is_foreign = row.scope == Scope.FOREIGN.value
            members[row.story].append(
                GlanceMember(row.number, row.saved_at, row.outlet, row.outlet_name, is_foreign, row.copy_of)
            )
    flags = {} if flags_since is None else _flags_of(session, members.keys(), flags_since)
    return {
        id_: Glance(id_, *firsts[id_], tuple(found), flags.get(id_, ())) for id_, found in members.items()
    }


def _flags_of(
    session: Session, stories: Collection[str], since: datetime
) -> dict[str, tuple[Saved[Flag], ...]]:
    fresh = (FlagRow.saved_at >= since, FlagRow.withdrawn_at.is_(None))
    newly = session.scalars(select(FlagRow.story).where(*fresh).distinct())
    return flags_of_stories(session, [story for story in newly if story in stories])


def _select_members() -> Any:
    read = and_(VersionRow.article == ArticleRow.number, VersionRow.version == ArticleRow.read_version)
    seen = (VersionRow.outlet, VersionRow.outlet_name, VersionRow.scope, VersionRow.title, ArticleRow.url)
    return (
        select(MembershipRow.story, MembershipRow.copy_of, ArticleRow.number, ArticleRow.saved_at, *seen)
        .join(ArticleRow, ArticleRow.number == MembershipRow.article)
        .join(VersionRow, read)
        .order_by(ArticleRow.when_at, ArticleRow.number)
    )


def save_happenings(session: Session, happenings: Iterable[Happening]) -> int:
    """Keep what came true; what is known stays as it was. Gives how many are new."""
    new = 0
    for one in happenings:
        rule, condition, subject, detail = one.identity
        values = {
            "rule": rule,
            "condition": condition,
            "subject": subject,
            "detail": detail,
            "body": to_text(one),
            "at": one.at,
            "told_at": None,
            "told_in": "",
        }
        unique = ("rule", "condition", "subject", "detail")
        new += insert_absent(session, HappeningRow, values, unique=unique) is not None
    return new


def find_waiting(session: Session, rule: str, *, limit: int = 500) -> list[Saved[Happening]]:
    """What came true under a rule and was not told yet, the oldest first."""
    waiting = (HappeningRow.rule == rule, HappeningRow.told_at.is_(None))
    columns = (HappeningRow.number, HappeningRow.at, HappeningRow.body)
    rows = session.execute(select(*columns).where(*waiting).order_by(HappeningRow.number).limit(limit))
    return [Saved(row.number, row.at, from_text(Happening, row.body)) for row in rows]


def pass_over_waiting(session: Session, rule: str, *, now: datetime) -> None:
    """Take all that waits under a rule as known, without telling it."""
    waiting = (HappeningRow.rule == rule, HappeningRow.told_at.is_(None))
    session.execute(update(HappeningRow).where(*waiting).values(told_at=now, told_in=""))


def count_told(session: Session, rule: str, *, since: datetime) -> int:
    """How many notices (however many recipients each has) a rule has sent since then (UTC)."""
    told = (HappeningRow.rule == rule, HappeningRow.told_at >= since, HappeningRow.told_in != "")
    return session.scalars(select(func.count(HappeningRow.told_in.distinct())).where(*told)).one()


def mark_told(session: Session, numbers: Sequence[int], *, told_in: str, now: datetime) -> None:
    """Record that these were told together, in the notices whose keys begin with `told_in`."""
    for some in in_portions(numbers):
        told = update(HappeningRow).where(HappeningRow.number.in_(some), HappeningRow.told_at.is_(None))
        session.execute(told.values(told_at=now, told_in=told_in))
