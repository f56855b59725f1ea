"""Telling: load a period, compose a digest for each recipient, put it in the outbox (sending: `alerts.send`).

Steps: 1. the edition that is due, and its period · 2. material from the store · 3. digests and mails ·
4. notices with a key of edition, day and recipient, so that a second run tells nothing twice.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime

from sqlalchemy.orm import Session

from alerts.briefing import PackMaterial
from alerts.material import DigestMaterial, Office, OpenFlag
from alerts.notices import KEY_OF_DIGESTS, WEEK, Period, make_notices, make_period
from alerts.phrases import Translate
from alerts.sections.figures import ALL, GOOD
from alerts.sections.stories import hidden_topics, is_shown
from store.claims import FlaggedClaim, list_flags
from store.database import Sessions
from store.notices import enqueue, list_notices
from store.sources import list_states
from store.stories import find_story, stories_between
from store.types import Configuration, Story

_PAGE = 500  # flags loaded at once


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


def last_told(session: Session) -> datetime | None:
    """When the newest digest was put in the outbox; None where there is none."""
    rows = list_notices(session)
    return max((r.notice.created_at for r in rows if r.notice.key.startswith(KEY_OF_DIGESTS)), default=None)


def _open_flag(claim: FlaggedClaim) -> OpenFlag:
    return OpenFlag(claim.flag, claim.item, claim.reviews)


def _find_flags(session: Session) -> Iterator[OpenFlag]:
    """Every standing flag, page by page."""
    offset = 0
    while page := list_flags(session, limit=_PAGE, offset=offset):
        yield from map(_open_flag, page)
        offset += len(page)


def mean_counts(
    stories: list[Story], office: Office, *, start: datetime, end: datetime
) -> Mapping[str, float]:
    """Articles a day by topic id over the week before `start`, counted like the period; "*" holds all.

    Empty where less than a week has been collected: a mean of two days would pass for a habit.
    """
    items = [m.item for story in stories for m in story.members if start <= m.item.saved_at < end]
    if len({office.local_day(item.saved_at) for item in items}) < WEEK.days:
        return {}
    hidden = hidden_topics(office.topics)
    shown = [item for item in items if is_shown(item, hidden)]
    counts = Counter(tag.id for item in shown for tag in item.reading.topics)
    return {topic: count / WEEK.days for topic, count in [*counts.items(), (ALL, len(shown))]}


def find_material(session: Session, office: Office, period: Period) -> DigestMaterial:
    """Load what a digest of the period is composed from."""
    week_ago = period.start - WEEK
    earlier = stories_between(session, week_ago, period.start)
    return DigestMaterial(
        period_start=period.start,
        period_end=period.end,
        stories=tuple(stories_between(session, period.start, period.end)),
        office=office,
        flags=tuple(_find_flags(session)),
        troubles=tuple(state for state in list_states(session) if state.outcome not in GOOD),
        previous_counts=mean_counts(earlier, office, start=week_ago, end=period.start),
    )


def find_pack_material(
    session: Session,
    configuration: Configuration,
    *,
    start: datetime,
    end: datetime,
    story_ids: tuple[str, ...] = (),
) -> PackMaterial:
    """Load what a pack is composed from: the stories named, in their order, else those of [start, end) UTC.

    Raises:
        LookupError: when a story that was named is not in the store.

    """
    found = [(name, find_story(session, name)) for name in story_ids]
    missing = [name for name, story in found if story is None]
    if missing:
        raise LookupError(f"no such story: {', '.join(missing)}; look them up on the list of stories")
    chosen = tuple(story for _, story in found if story is not None)
    stories = chosen or tuple(stories_between(session, start, end))
    names = {story.id for story in stories}
    return PackMaterial(
        stories=stories,
        flags=tuple(flag for flag in _find_flags(session) if flag.flag.value.story in names),
        office=office_from(configuration),
        period_start=start,
        period_end=end,
        is_chosen=bool(chosen),
    )


def tell(
    sessions: Sessions,
    configuration: Configuration,
    *,
    now: datetime,
    translator: Callable[[str], Translate],
    channel: str = "mail",
) -> int:
    """Put the digest that is due in the outbox of everybody who has not got it yet.

    Args:
        sessions: makes sessions of the store.
        configuration: what the office edits.
        now: UTC.
        translator: language code -> words of that language (`config.words.translator`).
        channel: name of the channel that carries it.

    Returns:
        How many notices are new.

    """
    office = office_from(configuration)
    with sessions() as session:
        period = make_period(office.rules, now=now, last=last_told(session))
        material = find_material(session, office, period)
    notices = list(make_notices(material, period, now=now, translator=translator, channel=channel))
    with sessions.begin() as session:
        return sum(enqueue(session, notice) for notice in notices)
