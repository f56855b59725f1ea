"""Events as people read them: which words changed, from what to what, and between which two looks."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from sqlalchemy.orm import Session

from crawler.words import localise
from nlp.changes.events import SENTENCES
from store.types import Event, EventKind, Saved
from store.versions import VersionSeen, versions_seen

EVENT_NAMES: Mapping[str, str] = MappingProxyType(
    {
        EventKind.HEADLINE_CHANGED: "headline changed",
        EventKind.FIGURE_CHANGED: "figure changed",
        EventKind.TEXT_CHANGED: "text changed",
        EventKind.REMOVED: "no longer at its address",
        EventKind.RESTORED: "at its address again",
        EventKind.SOURCE_STATE: "source in another state",
    }
)
_COUNTS = re.compile(r"(\d+) sentences changed, (\d+) added, (\d+) removed")


@dataclass(frozen=True, slots=True)
class EventLine:
    """One event. `name` and `detail` are message ids or stored sentences: see `say_detail`. Times UTC."""

    kind: EventKind
    name: str
    at: datetime  # first seen so
    last_seen: datetime | None  # last seen as it was before; None: not of an article
    source: str  # Source.id
    outlet: str
    article: int
    from_version: int
    to_version: int
    title: str  # of the version it was before
    url: str
    before: str
    after: str
    detail: str


def make_lines(session: Session, events: Iterable[Saved[Event]]) -> tuple[EventLine, ...]:
    """Events in their order, each with the article it is of."""
    values = [saved.value for saved in events]
    seen = versions_seen(session, {event.article for event in values} - {0})
    return tuple(_line_from(event, seen) for event in values)


def say_detail(detail: str, t: Callable[[str], str]) -> str:
    """A stored sentence in another language; an outlet's own words stay as they are."""
    counts = _COUNTS.fullmatch(detail)
    if counts is None:
        return localise(detail, t)
    changed, added, removed = counts.groups()
    return t(SENTENCES).format(changed=changed, added=added, removed=removed)


def _line_from(event: Event, seen: Mapping[tuple[int, int], VersionSeen]) -> EventLine:
    version = seen.get((event.article, event.from_version))
    return EventLine(
        kind=event.kind,
        name=EVENT_NAMES[event.kind],
        at=event.at,
        last_seen=version.at if version else None,
        source=event.source,
        outlet=version.outlet_name if version else event.source,
        article=event.article,
        from_version=event.from_version,
        to_version=event.to_version,
        title=version.title if version else "",
        url=version.url if version else "",
        before=event.before,
        after=event.after,
        detail=event.detail,
    )
