"""Telling: load a period, compose a digest for each recipient, put it in the outbox (sending: `alerts.send`).

Steps: 1. the edition that is due, and its period · 2. material from the store · 3. digests and mails ·
4. notices with a key of edition, day and recipient, so that a second run tells nothing twice.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from alerts.briefing import PackMaterial
from alerts.choosing import OPENINGS, Choosers
from alerts.comparing import has_every_day, recount
from alerts.material import Arrivals, DigestMaterial, Office, OpenFlag
from alerts.notices import make_notices, make_period, told_day
from alerts.noticing import find_changes, find_changes_of
from alerts.phrases import Translate
from alerts.sections.ahead import BACK, find_outlooks
from alerts.sections.gaps import GOOD
from alerts.spans import WEEK, Period, Span, find_due_day, start_before, whole_period
from alerts.volume.ahead import Outlook
from alerts.volume.rising import BACK as RISING_BACK
from alerts.volume.rising import Rise, find_rising
from store.claims import FlaggedClaim, list_flags
from store.courses import courses_since
from store.database import Sessions
from store.health import count_arrivals, find_standing
from store.matters import list_matters
from store.notices import enqueue, failed_between, list_notices
from store.search import Query, parse
from store.sources import list_states
from store.stories import find_story, stories_between
from store.types import Configuration, Story
from store.volume import collecting_since, topics_begun

_PAGE = 500  # flags loaded at once
_NEWEST = 100  # notices in which the last edition is looked for, at least
_DAY = timedelta(days=1)


class UnknownStoriesError(LookupError):
    """Stories that were named and are not in the store."""

    def __init__(self, ids: tuple[str, ...]) -> None:
        super().__init__(f"no such story: {', '.join(ids)}")
        self.ids = ids


def office_from(configuration: Configuration) -> Office:
    """What digests and packs need of the configuration."""
    return Office(
        topics=configuration.topics,
        units=configuration.units,
        places=configuration.gazetteer.places,
        sources=configuration.sources,
        rules=configuration.rules,
        calendar=configuration.calendar,
    )


def last_told(session: Session, *, before: date, recipients: int = 0) -> datetime | None:
    """When the newest edition of a day before `before` was put in the outbox; None where there is none.

    Of an edition that reached some recipients later than others, the first time counts: nobody misses any.
    `recipients`: how many there are, so that yesterday's notices are found behind today's.
    """
    made: dict[date, datetime] = {}
    for row in list_notices(session, limit=max(_NEWEST, 4 * recipients)):
        day = told_day(row.notice.key)
        if day is not None and day < before:
            made[day] = min(row.notice.created_at, made.get(day, row.notice.created_at))
    return made[max(made)] if made else None


def _open_flag(claim: FlaggedClaim) -> OpenFlag:
    return OpenFlag(claim.flag, claim.item, claim.reviews)


def _find_flags(session: Session) -> Iterator[OpenFlag]:
    """Every standing flag, page by page."""
    offset = 0
    while page := list_flags(session, limit=_PAGE, offset=offset):
        yield from map(_open_flag, page)
        offset += len(page)


def find_arrivals(session: Session, *, end: datetime) -> Arrivals:
    """New articles by source in the day before `end` (UTC), and in the week before that day."""
    return Arrivals(
        day=count_arrivals(session, end - _DAY, end),
        week=count_arrivals(session, end - _DAY - WEEK, end - _DAY),
    )


def find_material(
    session: Session, office: Office, period: Period, *, choosers: Choosers = OPENINGS
) -> DigestMaterial:
    """Load what a digest of the period is composed from."""
    flags = tuple(_find_flags(session))
    material = DigestMaterial(
        **_earlier(session, office, period),
        period_start=period.start,
        period_end=period.end,
        stories=tuple(stories_between(session, period.start, period.end)),
        office=office,
        flags=flags,
        troubles=tuple(state for state in list_states(session) if state.outcome not in GOOD),
        standing=tuple(find_standing(session).values()),
        arrivals=find_arrivals(session, end=period.end),
        changes=find_changes(
            session, start=period.start, end=period.end, flagged={flag.item.number for flag in flags}
        ),
        outlooks=_find_outlooks(session, office, period.end),
        undelivered=tuple(failed_between(session, period.start, period.end)),
        rising=rising_at(session, parse("relevance:about"), period.end),
        matters=tuple(list_matters(session, is_open=True)),
        choosers=choosers,
        span=period.span,
    )
    return recount(material)


def _earlier(session: Session, office: Office, period: Period) -> dict[str, Any]:
    """The fields of a material that hold the stories before its period, and from when on they are known."""
    if period.span is Span.DAY:
        start = period.start - WEEK
        stories = tuple(stories_between(session, start, period.start))
        known = has_every_day(stories, office, start=start, end=period.start)
        return {"earlier": stories, "earlier_start": start if known else None}
    start, since = start_before(office.rules, period), collecting_since(session)
    if since is None or since > start:
        return {}  # what was collected only in part would make this period seem a full one
    return {"earlier": tuple(stories_between(session, start, period.start)), "earlier_start": start}


def rising_at(session: Session, query: Query, now: datetime) -> tuple[Rise, ...]:
    """Stories that a search finds and that rise at `now` (UTC)."""
    since = collecting_since(session)
    if since is None:
        return ()
    return find_rising(courses_since(session, query, since=now - RISING_BACK), now=now, since=since)


def _find_outlooks(session: Session, office: Office, end: datetime) -> tuple[Outlook, ...]:
    """What the days after the last whole day before `end` (UTC) may bring."""
    since = collecting_since(session)
    if since is None:
        return ()
    return find_outlooks(
        topics_begun(session, parse("relevance:about"), since=end - BACK),
        office.local_day(end) - _DAY,
        zone=ZoneInfo(office.rules.timezone),
        calendar=office.calendar,
        topics=office.topics,
        since=since,
    )


def _articles_of(stories: Iterable[Story]) -> set[int]:
    return {member.item.number for story in stories for member in story.members}


def find_pack_material(
    session: Session,
    configuration: Configuration,
    *,
    start: datetime,
    end: datetime,
    story_ids: tuple[str, ...] = (),
    choosers: Choosers = OPENINGS,
) -> PackMaterial:
    """Load what a pack is composed from: the stories named, in their order, else those of [start, end) UTC.

    Raises:
        UnknownStoriesError: when a story that was named is not in the store.

    """
    found = [(name, find_story(session, name)) for name in story_ids]
    missing = tuple(name for name, story in found if story is None)
    if missing:
        raise UnknownStoriesError(missing)
    chosen = tuple(story for _, story in found if story is not None)
    stories = chosen or tuple(stories_between(session, start, end))
    names = {story.id for story in stories}
    flags = tuple(flag for flag in _find_flags(session) if flag.flag.value.story in names)
    if chosen:
        changes = find_changes_of(session, _articles_of(chosen))
    else:
        flagged = {flag.item.number for flag in flags}
        changes = find_changes(session, start=start, end=end, flagged=flagged)
    return PackMaterial(
        stories=stories,
        flags=flags,
        changes=changes,
        office=office_from(configuration),
        period_start=start,
        period_end=end,
        is_chosen=bool(chosen),
        choosers=choosers,
    )


def find_period(session: Session, office: Office, *, now: datetime, span: Span) -> Period:
    """What the edition covers that is due last at `now` (UTC)."""
    if span is not Span.DAY:
        return whole_period(office.rules, now=now, span=span)
    day = find_due_day(office.rules, now=now)
    last = last_told(session, before=day, recipients=len(office.rules.recipients))
    return make_period(office.rules, now=now, last=last)


def tell(
    sessions: Sessions,
    configuration: Configuration,
    *,
    now: datetime,
    translator: Callable[[str], Translate],
    channel: str = "mail",
    choosers: Choosers = OPENINGS,
    due: datetime | None = None,
    span: Span = Span.DAY,
) -> int:
    """Put the digest that is due in the outbox of everybody who has not got it yet.

    Args:
        sessions: makes sessions of the store.
        configuration: what the office edits.
        now: UTC.
        translator: language code -> words of that language (`config.words.translator`).
        channel: name of the channel that carries it.
        choosers: how the sentences that stand for an article are chosen.
        due: when the schedule wanted it (UTC), so that a late one says so; None: asked for by hand.
        span: the day's, the week's or the month's. One that nobody gets is not made.

    Returns:
        How many notices are new.

    """
    office = office_from(configuration)
    if not any(span in recipient.every for recipient in office.rules.recipients):
        return 0
    with sessions() as session:
        period = find_period(session, office, now=now, span=span)
        material = find_material(session, office, period, choosers=choosers)
    material = replace(material, due=due, made_at=now)
    notices = list(make_notices(material, period, now=now, translator=translator, channel=channel))
    with sessions.begin() as session:
        return sum(enqueue(session, notice) for notice in notices)
