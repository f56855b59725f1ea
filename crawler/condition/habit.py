"""How often a source brings something new, by weekday and hour, and how long its silences usually are. Pure.

Time is counted in expected articles: a night or a Sunday passes slowly for a source that sleeps then.
Counted so, a source's pauses are alike around the clock and the week, and one without precedent stands out.
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import accumulate, pairwise
from statistics import median, quantiles

FEWEST_DAYS = 7  # whole days of collecting before anything is expected
FEWEST_PAUSES = 8
_ZONE = 7.0  # hours east of Greenwich: Viet Nam, without summer time
_EPOCH = date(1970, 1, 1).toordinal()
_THURSDAY = 3  # day 0 of the epoch
_REST = (5, 6)  # Saturday, Sunday
_PSEUDO_DAYS = 2.0  # weight of all working days, or of all days of rest, in the mean of one weekday
_HOLIDAY = 0.3  # of a Sunday's articles: how little a holiday may bring without anybody wondering
_BURST = 3.0  # times the median day: more than that in a day is a burst, not a habit
_MANY_PAUSES = 60  # with fewer, a source is held for one of pure chance at least
_CLUSTERED = 1.3  # articles come in twos and threes; of few pauses that cannot be learnt
_LEAST_SCALE = 0.8  # even a source as regular as a clock may be an article late


def day_of(moment: datetime) -> int:
    """The local day of an aware time, counted from 1970-01-01."""
    return int(_hours(moment) // 24)


def day_number(day: date) -> int:
    """A calendar day, counted as `day_of` does."""
    return day.toordinal() - _EPOCH


def _hours(moment: datetime) -> float:
    """Local hours since 1970-01-01."""
    return moment.timestamp() / 3600 + _ZONE


def _weekday(day: int) -> int:
    return (day + _THURSDAY) % 7


@dataclass(frozen=True, slots=True)
class Rhythm:
    """Mean articles by weekday (Monday first), the share of each local hour, days off (`day_of`)."""

    days: tuple[float, ...]
    hours: tuple[float, ...]
    free: frozenset[int] = frozenset()

    def rate(self, hour: int) -> float:
        """Expected articles in one local hour, counted from 1970-01-01."""
        day = hour // 24
        in_day = self.days[6] * _HOLIDAY if day in self.free else self.days[_weekday(day)]
        return in_day * self.hours[hour % 24]


class _Clock:
    """Expected articles since the first of the hours it is made for."""

    def __init__(self, rhythm: Rhythm, start: float, end: float) -> None:
        self._zero = math.floor(start)
        self._sums = [0.0, *accumulate(rhythm.rate(hour) for hour in range(self._zero, math.floor(end) + 1))]

    def at(self, hour: float) -> float:
        """Expected articles up to a moment within the span."""
        whole = math.floor(hour) - self._zero
        low = self._sums[whole]
        return low + (self._sums[whole + 1] - low) * (hour % 1)


@dataclass(frozen=True, slots=True)
class Habit:
    """What a source is used to.

    `pauses` are the lengths of its silences in expected articles; `spread` is the variance of a day's count
    beside its expectation (1: as chance alone has it); `observed` counts whole days.
    """

    rhythm: Rhythm
    pauses: tuple[float, ...]
    spread: float
    observed: int

    def expected(self, start: datetime, end: datetime) -> float:
        """How many articles a stretch of time (aware) usually brings."""
        first, last = _hours(start), _hours(end)
        if last <= first:
            return 0.0
        clock = _Clock(self.rhythm, first, last)
        return clock.at(last) - clock.at(first)

    def patience(self, alarms: float) -> float:
        """The silence, in expected articles, that chance passes `alarms` times in 28 days.

        The tail of the pauses is taken for exponential above their upper quartile (peaks over threshold),
        its scale from the median of the excess, which one great outage cannot stretch. The longest pause but
        one counts beside it: what happened twice may happen again.
        """
        upper = quantiles(self.pauses, n=4, method="inclusive")[2]
        excess = [pause - upper for pause in self.pauses if pause > upper]
        scale = max(_LEAST_SCALE, median(excess) / math.log(2)) if excess else 1.0
        if len(self.pauses) < _MANY_PAUSES:
            upper, scale = max(upper, math.log(4)), max(scale, _CLUSTERED)
        count = len(self.pauses)
        in_28_days = count * 28 / max(self.observed, 1)
        sure = upper + scale * math.log(max(math.e, 0.25 * in_28_days / alarms))
        seen = sorted(self.pauses)[-2] * 1.15
        # a rate learnt from few articles is uncertain itself (Lomax instead of exponential)
        return max(seen, count * math.expm1(sure / count))


def find_dark_days(arrivals: Iterable[Sequence[datetime]]) -> frozenset[int]:
    """Days on which we hardly collected: all sources together brought under a fifth of a median day.

    Args:
        arrivals: of every source (aware). With fewer than three sources nothing can be told.

    """
    given = [moments for moments in arrivals if moments]
    if len(given) < 3:
        return frozenset()
    counts = Counter(day_of(moment) for moments in given for moment in moments)
    days = range(min(counts), max(counts) + 1)
    usual = median(counts[day] for day in days)
    return frozenset(day for day in days if counts[day] < usual / 5)


def make_habit(
    arrivals: Sequence[datetime], *, start: datetime, free: Collection[date], dark: Collection[int]
) -> Habit | None:
    """Learn a source's habit from when its articles came.

    Args:
        arrivals: oldest first (aware); the silence since the last of them is left out.
        start: of the time looked at; a source that began later brings its whole feed on its first day.
        free: holidays where the source sits.
        dark: days on which we ourselves hardly collected, as `day_of` counts.

    Returns:
        None when there is too little to learn from.

    """
    if len(arrivals) <= FEWEST_PAUSES:
        return None
    hours = [_hours(moment) for moment in arrivals]
    off = frozenset(map(day_number, free))
    # without the first day, on which a new source brings all it has, and without the last, not over yet
    first, last = max(day_of(start), int(hours[0] // 24)) + 1, int(hours[-1] // 24)
    seen = [day for day in range(first, last) if day not in dark and day not in off]
    if len(seen) < FEWEST_DAYS:
        return None
    counts = Counter(int(hour // 24) for hour in hours)
    hours = hours[bisect_left(hours, first * 24) :]
    rhythm = Rhythm(_mean_days(seen, counts), _hour_shares(hours), off)
    pauses = _pauses(hours, rhythm, sorted(off.union(dark)))
    if len(pauses) < FEWEST_PAUSES:
        return None
    return Habit(rhythm, pauses, _spread(seen, counts, rhythm), len(seen))


def _mean_days(seen: Sequence[int], counts: Counter[int]) -> tuple[float, ...]:
    """Mean articles by weekday, bursts cut; few weeks make it lean on the other days of its kind."""
    cap = max(5.0, _BURST * median(counts[day] for day in seen))
    cut = {day: min(cap, float(counts[day])) for day in seen}
    total = sum(cut.values()) / len(cut)
    means = []
    for weekday in range(7):
        alike = [cut[day] for day in seen if (_weekday(day) in _REST) == (weekday in _REST)]
        own = [cut[day] for day in seen if _weekday(day) == weekday]
        kind = sum(alike) / len(alike) if alike else total
        means.append((sum(own) + _PSEUDO_DAYS * kind) / (len(own) + _PSEUDO_DAYS))
    return tuple(means)


def _hour_shares(hours: Iterable[float]) -> tuple[float, ...]:
    """The share of each local hour, smoothed over its neighbours."""
    counts = Counter(int(hour) % 24 for hour in hours)
    beside = {hour: counts[(hour - 1) % 24] + counts[(hour + 1) % 24] for hour in range(24)}
    smooth = [0.5 * counts[hour] + 0.25 * beside[hour] + 0.05 for hour in range(24)]
    return tuple(share / sum(smooth) for share in smooth)


def _pauses(hours: Sequence[float], rhythm: Rhythm, odd: Sequence[int]) -> tuple[float, ...]:
    """Silences in expected articles, without those over odd days; what came at once came without a pause."""
    moments = sorted(set(hours))
    if len(moments) < 2:
        return ()
    clock = _Clock(rhythm, moments[0], moments[-1])

    def is_plain(start: float, end: float) -> bool:
        return bisect_left(odd, int(start // 24)) == bisect_right(odd, int(end // 24))

    return tuple(clock.at(end) - clock.at(start) for start, end in pairwise(moments) if is_plain(start, end))


def _spread(seen: Sequence[int], counts: Counter[int], rhythm: Rhythm) -> float:
    """Robust variance of a day's count beside its mean; 0.455 is the median of chi squared with 1 degree."""
    means = {day: max(0.1, rhythm.days[_weekday(day)]) for day in seen}
    return max(1.0, median((counts[day] - mean) ** 2 / mean for day, mean in means.items()) / 0.455)


def local_date(day: int) -> date:
    """The calendar day of `day_of`."""
    return datetime(1970, 1, 1, tzinfo=UTC).date() + timedelta(days=day)
