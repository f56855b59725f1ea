"""When a day is out of the ordinary: counted in stories, against days like it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from alerts.volume.counting import ALL, DatedStory, count_by_day, series_of
from alerts.volume.unusual import RARE, chance_of, event_of, is_day_off, judge
from store.types import CalendarEntry

DAY = date(2026, 11, 18)  # a Wednesday
LONG_AGO = DAY - timedelta(days=90)
ZONE = ZoneInfo("Asia/Ho_Chi_Minh")


def history(working: int, off: int = 0, *, day: date = DAY) -> dict[date, int]:
    """Four weeks before `day` with so many stories on working days and at week-ends."""
    days = (day - timedelta(days=back) for back in range(1, 29))
    return {one: off if one.weekday() >= 5 else working for one in days}


def is_unusual(
    counts: dict[date, int], count: int, *, day: date = DAY, calendar: tuple[CalendarEntry, ...] = ()
) -> bool:
    return judge("topic:T12", counts | {day: count}, day, calendar=calendar, known_since=LONG_AGO) is not None


@pytest.mark.parametrize(
    ("usual", "count", "unusual"),
    [
        (0, 3, False),
        (0, 5, True),
        (2, 6, False),
        (2, 9, True),
        (10, 17, False),
        (10, 24, True),
        (40, 55, False),
    ],
    ids=str,
)
def test_many_are_unusual_by_what_is_usual(usual: int, count: int, unusual: bool) -> None:
    assert is_unusual(history(usual, usual), count) is unusual


def test_a_saturday_is_set_against_days_off() -> None:
    saturday = date(2026, 11, 21)
    counts = history(12, 1, day=saturday)
    assert is_unusual(counts, 8, day=saturday)
    assert not is_unusual(history(12, 1), 14)


def test_one_loud_day_of_last_week_hides_nothing() -> None:
    counts = history(2, 2) | {DAY - timedelta(days=6): 60}
    assert is_unusual(counts, 12)


def test_days_that_scatter_need_more_to_be_unusual() -> None:
    calm = [6] * 20
    wild = [1, 12, 3, 9, 0, 15, 6, 2, 11, 5] * 2
    assert chance_of(16, calm) < RARE < chance_of(16, wild)


def test_a_holiday_is_a_day_off_and_an_exchanged_saturday_is_none() -> None:
    calendar = (
        CalendarEntry(DAY, "Lễ", "holiday"),
        CalendarEntry(date(2026, 11, 21), "Làm bù", "working_day"),
    )
    assert is_day_off(DAY, calendar)
    assert not is_day_off(date(2026, 11, 21), calendar)
    assert is_day_off(date(2026, 11, 22), calendar)


def test_what_was_scheduled_is_named_so_that_nobody_is_alarmed() -> None:
    calendar = (CalendarEntry(DAY - timedelta(days=1), "Ngày hội văn hóa", "event"),)
    found = judge("all", history(1, 1) | {DAY: 20}, DAY, calendar=calendar, known_since=LONG_AGO)
    assert found is not None
    assert found.event == "Ngày hội văn hóa"
    assert event_of(DAY + timedelta(days=1), calendar) == ""


def test_before_four_weeks_are_known_nothing_is_usual() -> None:
    counts = {DAY: 30}
    assert judge("all", counts, DAY, calendar=(), known_since=DAY - timedelta(days=27)) is None
    assert judge("all", counts, DAY, calendar=(), known_since=DAY - timedelta(days=28)) is not None


def test_false_alarms_are_rare_where_nothing_happens() -> None:
    random = np.random.default_rng(20261122)
    days = [DAY - timedelta(days=back) for back in range(400)][::-1]
    false = 0
    for mean in (0.5, 2, 8, 25):
        counts = {day: int(n) for day, n in zip(days, random.poisson(mean, len(days)), strict=True)}
        false += sum(
            judge("all", counts, day, calendar=(), known_since=days[0]) is not None for day in days[28:]
        )
    assert false / (4 * 372) <= 0.004


def test_what_is_told_says_what_is_usual_and_the_most_of_four_weeks() -> None:
    counts = history(3, 3) | {DAY - timedelta(days=9): 7, DAY: 25}
    found = judge("topic:T12", counts, DAY, calendar=(), known_since=LONG_AGO)
    assert found is not None
    assert (found.count, found.usual, found.most) == (25, 3.0, 7)


def test_a_story_counts_once_on_its_local_day_under_each_subject() -> None:
    late = datetime(2026, 11, 17, 18, 30, tzinfo=UTC)  # 01:30 on the 18th
    stories = [DatedStory("a", late, frozenset({"topic:T12"})), DatedStory("b", late, frozenset())]
    counts = count_by_day(stories, zone=ZONE)
    assert counts == {ALL: {DAY: 2}, "topic:T12": {DAY: 1}}
    assert series_of(counts[ALL], [DAY, DAY + timedelta(days=1)]) == (2, 0)


@given(st.lists(st.integers(0, 10**6), min_size=1, max_size=28), st.integers(0, 10**6))
def test_a_chance_lies_between_nothing_and_certainty(told: list[int], count: int) -> None:
    assert 0.0 <= chance_of(count, told) <= 1.0
    assert chance_of(count + 1, told) <= chance_of(count, told)
