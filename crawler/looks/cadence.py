"""When to look at a captured page again; feeds have crawler.courtesy.schedule. Pure.

Why these moments: docs/decisions/2026-11-23-looking-again.md.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from store.types import FeedEntry

HOUR, DAY = timedelta(hours=1), timedelta(days=1)

WATCHED_AFTER = (HOUR, DAY, 7 * DAY)  # since a page was flagged or cited
ORDINARY_AFTER = (6 * HOUR,)  # since it was captured
GONE_AFTER = (timedelta(minutes=10), HOUR, DAY, 7 * DAY)  # since it was first seen gone

RECENT = timedelta(hours=48)  # older ordinary pages are left in peace
WATCH_ENDS = 14 * DAY  # what became watched earlier is over, also where a moment was missed

MOST_TRIES = 4  # looks in a row that say nothing; after that the page waits for its next moment
_NEAR = timedelta(minutes=30)  # a look so little before a moment is that moment's look


def is_look_due(
    since: Iterable[datetime], after: Iterable[timedelta], *, looked_at: datetime, now: datetime
) -> bool:
    """Whether one of the moments `since + after` has come and nobody has looked at the page since it came.

    Moments missed while nobody was at work are made up by one look, however many they were.

    Args:
        since: when the page became what it is looked at for, each time (aware).
        after: how long after each.
        looked_at: when the page was looked at last; its capture counts.
        now: the time of this look.

    """
    spans = tuple(after)
    return any(
        start + span <= now and looked_at < start + span - min(_NEAR, span / 2)
        for start in since
        for span in spans
    )


def is_entry_changed(entry: FeedEntry, captured: FeedEntry | None) -> bool:
    """Whether a feed now gives another date for a page than it did when the page was captured."""
    if captured is None or entry.published is None or captured.published is None:
        return False
    return entry.published != captured.published
