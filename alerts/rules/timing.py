"""When what came true may be told: quiet hours, so many notices an hour, the rest folded into one. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time
from zoneinfo import ZoneInfo

from store.types import AlertRule, Happening, QuietHours, Saved


def is_quiet(quiet: QuietHours | None, now: datetime, zone: ZoneInfo) -> bool:
    """Whether `now` (UTC) lies in quiet hours; they may go over midnight. Equal ends mean the whole day."""
    if quiet is None:
        return False
    start, end = time.fromisoformat(quiet.start), time.fromisoformat(quiet.end)
    local = now.astimezone(zone).time()
    return start <= local < end if start < end else local >= start or local < end


def fold(waiting: Sequence[Saved[Happening]], *, room: int) -> tuple[tuple[Saved[Happening], ...], ...]:
    """What waits -> the notices it is told in: one for each subject; the last, if need be, is of all others.

    Args:
        waiting: the oldest first.
        room: how many notices may go now; 0: none, everything waits on.

    """
    by_subject: dict[str, list[Saved[Happening]]] = {}
    for saved in waiting:
        by_subject.setdefault(saved.value.subject, []).append(saved)
    groups = [tuple(group) for group in by_subject.values()]
    if room <= 0 or not groups:
        return ()
    if len(groups) <= room:
        return tuple(groups)
    rest = tuple(saved for group in groups[room - 1 :] for saved in group)
    return (*groups[: room - 1], rest)


def room_of(rule: AlertRule, told: int) -> int:
    """How many notices a rule may send now, having sent `told` within the hour."""
    return max(0, rule.at_most - told)
