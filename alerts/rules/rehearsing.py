"""A dry run: what a rule would have told, and when, had it looked all the time. Pure; nothing is kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from alerts.rules.timing import fold, is_quiet, room_of
from store.types import AlertRule, Happening, Saved

_STEP = timedelta(minutes=10)  # how often the service looks where nothing is due before
_HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Rehearsed:
    """One notice that would have gone out at `at` (UTC), with what it would have told."""

    at: datetime
    happenings: tuple[Happening, ...]


def rehearse(
    rule: AlertRule, happenings: Sequence[Happening], *, until: datetime, zone: ZoneInfo
) -> tuple[Rehearsed, ...]:
    """What came true, in any order -> the notices it would have made up to `until` (UTC)."""
    coming = sorted(happenings, key=lambda one: (one.at, one.identity))
    waiting: list[Saved[Happening]] = []
    told: list[Rehearsed] = []
    now = coming[0].at if coming else until
    while coming or waiting:
        if not waiting:
            now = max(now, coming[0].at)  # nothing is to be told before: a month is not walked in steps
        while coming and coming[0].at <= now:
            waiting.append(Saved(len(waiting), now, coming.pop(0)))
        if now > until:
            break
        if not is_quiet(rule.quiet, now, zone):
            room = room_of(rule, sum(one.at > now - _HOUR for one in told))
            groups = fold(waiting, room=room)
            told += [Rehearsed(now, tuple(saved.value for saved in group)) for group in groups]
            waiting = [] if groups else waiting
        now += _STEP
    return tuple(told)
