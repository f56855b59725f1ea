"""How many stories the next days will bring, with an interval; only where that proved better than guessing.

A Poisson regression (scikit-learn) on the kind of day and a slow trend, over at most twelve weeks. Days
scatter more than Poisson's do, so the interval is a negative binomial's, its dispersion Pearson's (McCullagh
and Nelder 1989, 4.5). Before anything is shown, the method is set back week by week and compared with what
anybody would guess, "as last week"; where it is no better, nothing is said.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

LEARNED = 84  # days, at most
LEAST = 42  # days of counts without which nothing is tried
TRIALS = 6  # weeks that the method is set back, each against what came
SURE = 0.8  # of the interval
_PULL = 0.1  # strength of the regularisation: few days, many zeros
_TRUSTED = 0.5  # share of trials in which the interval must have held what came

Series = Mapping[date, int]
IsOff = Callable[[date], bool]


@dataclass(frozen=True, slots=True)
class Outlook:
    """Stories expected from the day after `day` on, `days` long: between `low` and `high` four times in five.

    `error` and `guess_error`: how far off it was on average in the trials, and how far "as last week" was.
    """

    subject: str
    day: date
    days: int
    low: int
    middle: float
    high: int
    error: float
    guess_error: float
    held: int  # trials in which the interval held what came
    trials: int


def look_ahead(
    subject: str, counts: Series, day: date, days: int, *, is_off: IsOff, known_since: date
) -> Outlook | None:
    """Counts of stories by local day -> what the `days` after `day` bring; None where nobody can say.

    Args:
        subject: what is counted.
        counts: by day; days without any may be left out.
        day: the last whole day.
        days: 7 or 14.
        is_off: whether offices are closed on a day.
        known_since: the first day with counts at all.

    """
    if (day - known_since).days + 1 < LEAST + TRIALS * 7 + days:
        return None
    trials = [_try(counts, day - timedelta(days=days + 7 * back), days, is_off) for back in range(TRIALS)]
    error = sum(abs(came - middle) for came, middle, _, _ in trials) / TRIALS
    guess_error = sum(abs(came - guess) for came, _, guess, _ in trials) / TRIALS
    held = sum(inside for _, _, _, inside in trials)
    if error >= guess_error or held < _TRUSTED * TRIALS:
        return None
    low, middle, high = _predict(counts, day, days, is_off)
    return Outlook(subject, day, days, low, middle, high, error, guess_error, held, TRIALS)


def _try(counts: Series, day: date, days: int, is_off: IsOff) -> tuple[int, float, float, bool]:
    """One trial: what came, what was expected, what "as last week" says, whether the interval held it."""
    low, middle, high = _predict(counts, day, days, is_off)
    came = sum(counts.get(day + timedelta(days=ahead), 0) for ahead in range(1, days + 1))
    last_week = sum(counts.get(day - timedelta(days=back), 0) for back in range(7))
    return came, middle, last_week * days / 7, low <= came <= high


def _predict(counts: Series, day: date, days: int, is_off: IsOff) -> tuple[int, float, int]:
    history = [day - timedelta(days=back) for back in range(LEARNED)][::-1]
    coming = [day + timedelta(days=ahead) for ahead in range(1, days + 1)]
    told = np.array([counts.get(one, 0) for one in history], dtype=float)
    if not told.any():
        return 0, 0.0, 0
    from sklearn.linear_model import PoissonRegressor  # noqa: PLC0415  a second to load, once a day

    model = PoissonRegressor(alpha=_PULL, solver="newton-cholesky")  # exact and quick for so few columns
    model.fit(_features(history, day, is_off), told)
    fitted = model.predict(_features(history, day, is_off))
    mean = float(model.predict(_features(coming, day, is_off)).sum())
    dispersion = float(((told - fitted) ** 2 / np.maximum(fitted, 0.1)).sum() / max(1, len(told) - 4))
    low, high = _interval(mean, dispersion, len(history), days)
    return low, mean, high


def _features(days: Sequence[date], origin: date, is_off: IsOff) -> NDArray[np.float64]:
    """For each day: off or not, Monday (what came at the week-end is told), a slow trend that stops."""
    rows = [
        (float(is_off(day)), float(day.weekday() == 0), min(0, (day - origin).days) / LEARNED) for day in days
    ]
    return np.array(rows, dtype=float)


def _interval(mean: float, dispersion: float, learned: int, days: int) -> tuple[int, int]:
    """The ends between which four of five counts lie; what was learned from few days is itself uncertain."""
    from scipy.stats import nbinom, poisson  # noqa: PLC0415  a second to load, once a day

    variance = mean * max(1.0, dispersion) * (1 + days / learned * 3)
    tails = ((1 - SURE) / 2, (1 + SURE) / 2)
    if variance <= mean * 1.001:
        return int(poisson.ppf(tails[0], mean)), int(poisson.ppf(tails[1], mean))
    size = mean**2 / (variance - mean)
    share = size / (size + mean)
    return int(nbinom.ppf(tails[0], size, share)), int(nbinom.ppf(tails[1], size, share))
