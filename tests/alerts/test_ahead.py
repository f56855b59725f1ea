"""What is expected of the next days: honest intervals, and silence where a guess is as good."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest

from alerts.volume.ahead import LEAST, TRIALS, look_ahead

DAY = date(2026, 11, 21)
SINCE = DAY - timedelta(days=180)


def is_off(day: date) -> bool:
    return day.weekday() >= 5


def counts(*, working: float, off: float, seed: int, days: int = 181) -> dict[date, int]:
    dice = np.random.default_rng(seed)
    made = (DAY - timedelta(days=back) for back in range(days))
    return {day: int(dice.poisson(off if is_off(day) else working)) for day in made}


def look(given: dict[date, int], days: int = 7, since: date = SINCE):
    return look_ahead("all", given, DAY, days, is_off=is_off, known_since=since)


def test_it_expects_what_the_weeks_bring_and_says_how_it_fared() -> None:
    outlook = look(counts(working=12, off=3, seed=3))
    assert outlook is not None
    assert 55 <= outlook.middle <= 77  # five working days and two off: 66
    assert outlook.low < outlook.middle < outlook.high
    assert outlook.error < outlook.guess_error
    assert outlook.trials == TRIALS


def test_four_intervals_in_five_hold_what_comes() -> None:
    held = tried = 0
    for seed in range(24):
        given = counts(working=8, off=2, seed=seed)
        outlook = look_ahead("all", given, DAY - timedelta(days=7), 7, is_off=is_off, known_since=SINCE)
        if outlook is not None:
            tried += 1
            came = sum(given[DAY - timedelta(days=back)] for back in range(7))
            held += outlook.low <= came <= outlook.high
    assert tried >= 10
    assert held / tried >= 0.75


def test_where_last_week_is_as_good_a_guess_nothing_is_said() -> None:
    walk, level = {}, 200.0
    dice = np.random.default_rng(5)
    for back in range(181)[::-1]:
        level = max(1.0, level + dice.normal(0, 25))
        walk[DAY - timedelta(days=back)] = int(level)
    outlook = look(walk)
    assert outlook is None or outlook.error < outlook.guess_error


@pytest.mark.parametrize("days", [7, 14], ids=str)
def test_before_enough_days_are_known_nothing_is_said(days: int) -> None:
    given = counts(working=12, off=3, seed=3)
    assert look(given, days, since=DAY - timedelta(days=LEAST + TRIALS * 7 + days - 2)) is None


def test_a_subject_nobody_writes_of_brings_about_nothing() -> None:
    outlook = look({})
    assert outlook is None
