"""Whether a day brings unusually many stories on a subject: against its own last four weeks. Pure.

A count is set against days of its own kind (working days, days off) of the last 28. What is expected is
their median; how much they scatter is their median absolute deviation (times 1.4826, as for a normal
distribution): one loud day of last week hides nothing. The chance of so many is the upper tail of a Poisson
distribution, or of a negative binomial where days scatter more than Poisson's do.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median

from store.types import CalendarEntry

DAYS = 28
LEAST = 4  # stories: fewer are no volume, however rare
RARE = 0.001  # of such a day by chance: with some fifty subjects, one false alarm in three weeks
_TO_SIGMA = 1.4826
_FLOOR = 0.3  # stories a day expected of a subject that is nearly never told of
_LEAST_OF_KIND = 5  # days of one kind below which all days are looked at together
_SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Unusual:
    """A day out of the ordinary. `chance`: of at least so many. `event`: what was scheduled, "" for nothing.

    With an event it is a note and no alarm: everybody knew that there would be coverage.
    """

    subject: str
    day: date
    count: int
    usual: float  # median of days of its kind
    most: int  # of the last 28 days
    chance: float
    event: str = ""


def is_day_off(day: date, calendar: Collection[CalendarEntry]) -> bool:
    """Whether offices are closed: a weekend or holiday, unless it is a working day by exchange."""
    kinds = {entry.kind for entry in calendar if entry.day <= day <= (entry.until or entry.day)}
    if "working_day" in kinds:
        return False
    return "holiday" in kinds or day.weekday() >= _SATURDAY


def event_of(day: date, calendar: Collection[CalendarEntry]) -> str:
    """The name of what is scheduled on a day, or was on the day before: reports come then, too."""
    for entry in calendar:
        if entry.kind != "working_day" and entry.day <= day <= (entry.until or entry.day) + timedelta(days=1):
            return entry.name
    return ""


def judge(
    subject: str,
    counts: Mapping[date, int],
    day: date,
    *,
    calendar: Collection[CalendarEntry],
    known_since: date,
) -> Unusual | None:
    """A subject's counts by day -> whether `day` is out of the ordinary; None: no, or nobody can tell.

    Args:
        subject: what is counted.
        counts: stories by local day; days without any may be left out.
        day: the day in question, also one that is not over: more may come, never less.
        calendar: the office's days.
        known_since: the first day with counts at all. Before four weeks of them there is no usual.

    """
    count = counts.get(day, 0)
    before = [day - timedelta(days=back) for back in range(1, DAYS + 1)]
    if count < LEAST or before[-1] < known_since:
        return None
    history = _days_like(day, before, lambda one: is_day_off(one, calendar))
    told = [counts.get(one, 0) for one in history]
    chance = chance_of(count, told)
    if chance >= RARE:
        return None
    most = max(counts.get(one, 0) for one in before)
    return Unusual(subject, day, count, float(median(told)), most, chance, event_of(day, calendar))


def chance_of(count: int, history: Sequence[int]) -> float:
    """How likely at least `count` stories are on a day like those of the history (0 to 1)."""
    from scipy.stats import nbinom, poisson  # noqa: PLC0415  a second to load, where a day has stories at all

    middle = float(median(history))
    spread = _TO_SIGMA * float(median(abs(one - middle) for one in history))
    expected = max(middle, sum(history) / len(history) / 2, _FLOOR)
    variance = spread**2
    if variance <= expected:
        return float(poisson.sf(count - 1, expected))
    size = expected**2 / (variance - expected)
    return float(nbinom.sf(count - 1, size, size / (size + expected)))


def _days_like(day: date, before: Sequence[date], is_off: Callable[[date], bool]) -> list[date]:
    kind = is_off(day)
    alike = [one for one in before if is_off(one) is kind]
    return alike if len(alike) >= _LEAST_OF_KIND else list(before)
