"""After each collection: judge all sources, tell each change of a condition once. The edge of `health`."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from crawler.condition.health import TROUBLE, judge_sources
from store.database import Sessions
from store.events import save_event
from store.health import find_facts
from store.types import CalendarEntry, Event, EventKind, Source, SourceCondition, SourceHealth


def watch_sources(
    sessions: Sessions, sources: Iterable[Source], calendar: Iterable[CalendarEntry], *, now: datetime
) -> list[SourceHealth]:
    """Judge every source in use and save an event where somebody should hear of a change.

    Ok, quiet and new are one for this: within what happens, so nobody is called.

    Args:
        sessions: of the store.
        sources: the catalogue.
        calendar: holidays, on which less is expected.
        now: the time of judging (aware).

    Returns:
        The health of the sources in use, in the catalogue's order.

    """
    with sessions.begin() as session:
        facts = find_facts(session, now=now)
        found = judge_sources(sources, facts, calendar, now=now)
        for health in found:
            known = facts.get(health.source)
            event = event_of(health, known.standing if known else None, now=now)
            if event is not None:
                save_event(session, event, now=now)
    return found


def event_of(health: SourceHealth, standing: Event | None, *, now: datetime) -> Event | None:
    """The event of a changed condition; None when what was told last still holds.

    The key names what it follows, so that two processes that see the same change tell it once.
    """
    before = SourceCondition(standing.after) if standing else SourceCondition.OK
    if health.condition == before or not {health.condition, before} & TROUBLE:
        return None
    after = standing.at.isoformat() if standing else "start"
    return Event(
        key=f"source {health.source} {health.condition.value} after {after}",
        kind=EventKind.SOURCE_STATE,
        at=now,
        source=health.source,
        before=before.value,
        after=health.condition.value,
        detail=health.why,
    )
