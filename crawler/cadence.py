"""When to look again. Pure: decisions as functions of values."""

from __future__ import annotations

from datetime import datetime, timedelta

from store.types import FeedEntry, FeedState

# A captured page is looked at again when it has been known for so long; silent edits come early or never.
LOOK_AGAIN = (timedelta(hours=1), timedelta(hours=6), timedelta(hours=24), timedelta(hours=47))
WATCHED = timedelta(hours=48)  # older captures are left in peace

PATIENCE = 3  # failures in a row before a feed is asked less often
_FIRST_WAIT = timedelta(minutes=10)
_LONGEST_WAIT = timedelta(
    hours=6
)  # never silent for good: a feed that comes back is noticed within the morning


def feed_wait(failures: int) -> timedelta:
    """How long to leave a feed alone after failures in a row: from the third 10 minutes, doubling."""
    if failures < PATIENCE:
        return timedelta(0)
    return min(_LONGEST_WAIT, _FIRST_WAIT * (1 << min(failures - PATIENCE, 10)))


def is_feed_due(state: FeedState | None, now: datetime) -> bool:
    """Whether a feed is to be asked now (aware times)."""
    if state is None or state.checked_at is None:
        return True
    wait = feed_wait(state.failures)
    # without a wait it does not matter whether the last look lies in the future: clocks are set back
    return not wait or now >= state.checked_at + wait


def is_page_due(captured_at: datetime, *, looked_at: datetime | None, now: datetime) -> bool:
    """Whether a captured page is to be looked at again.

    Args:
        captured_at: of the first capture of its address.
        looked_at: when its source was last looked at; earlier moments were used or missed, for good.
        now: the time of this look.

    """
    moments = (captured_at + after for after in LOOK_AGAIN)
    return any((looked_at is None or looked_at < moment) and moment <= now for moment in moments)


def is_entry_changed(entry: FeedEntry, captured: FeedEntry | None) -> bool:
    """Whether a feed now gives another date for a page than it did when the page was captured."""
    if captured is None or entry.published is None or captured.published is None:
        return False
    return entry.published != captured.published
