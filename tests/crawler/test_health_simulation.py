"""Many invented sources under a fake clock: how soon a dead one is noticed, how often a living one is."""

from __future__ import annotations

import math
import random
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from statistics import median

import pytest

from crawler.condition.health import Surroundings, judge
from store.health import WINDOW, SourceFacts
from store.types import Feed, FeedOutcome, FeedState, Scope, Source, SourceCondition

START = datetime(2026, 3, 2, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
STEP = 2 * HOUR
URL = "https://baotap.example/rss"


@dataclass(frozen=True, slots=True)
class Newsroom:
    """How an invented newsroom works: when awake, how much on a day of rest, how unevenly."""

    rate: float
    wakes: float
    sleeps: float
    rest: float
    uneven: float
    clustered: float
    poll: timedelta


def found_newsroom(chance: random.Random, rate: float) -> Newsroom:
    return Newsroom(
        rate=rate,
        wakes=chance.uniform(4.5, 7.5),
        sleeps=chance.uniform(19, 24),
        rest=chance.choice([1, 0.9, 0.7, 0.5, 0.3, 0.15]),
        uneven=chance.choice([0, 0.02, 0.05, 0.15]),  # variance of a day's level: up to 39 % either way
        clustered=chance.choice([0, 0, 0.2, 0.4]),  # articles that bring another within half an hour
        poll=timedelta(minutes=chance.choice([10, 10, 30, 60])),
    )


def level_of_hour(room: Newsroom, hour: int) -> float:
    if not room.wakes <= hour < room.sleeps:
        return 0.03
    return 1 + 0.8 * math.exp(-(((hour - 9) / 2) ** 2)) + 0.4 * math.exp(-(((hour - 16) / 2.5) ** 2))


def publish(chance: random.Random, room: Newsroom, days: int) -> Iterator[datetime]:
    levels = [level_of_hour(room, hour) for hour in range(24)]
    week = (5 + 2 * room.rest) / 7
    for day in range(days):
        start = START + day * DAY - 7 * HOUR
        mean = room.rate / week * (room.rest if (start + 8 * HOUR).weekday() >= 5 else 1)
        if room.uneven:
            mean *= chance.gammavariate(1 / room.uneven, room.uneven)
        moment = 0.0  # thinning would do, too: hour by hour is quicker
        for hour, level in enumerate(levels):
            rate = mean * level / sum(levels) / (1 + room.clustered)
            moment = chance.expovariate(rate) if rate > 0 else 2.0
            while moment < 1:
                yield start + HOUR * (hour + moment)
                if chance.random() < room.clustered:
                    yield start + HOUR * (hour + moment + chance.random() / 2)
                moment += chance.expovariate(rate)


def arrivals_of(chance: random.Random, room: Newsroom, days: int) -> list[datetime]:
    """When the collector sees each: at its next look."""
    looks = (math.ceil((moment - START) / room.poll) for moment in publish(chance, room, days))
    return sorted(START + look * room.poll for look in looks)


def is_late(source: Source, arrivals: list[datetime], now: datetime) -> bool:
    seen = arrivals[bisect_right(arrivals, now - WINDOW) : bisect_right(arrivals, now)]
    works = FeedState(URL, source.id, FeedOutcome.UNCHANGED, checked_at=now, succeeded_at=now)
    facts = SourceFacts(source.id, arrivals=tuple(seen), feeds=(works,))
    return judge(source, facts, Surroundings(), now=now).condition is SourceCondition.LATE


def make_source(*, priority: bool) -> Source:
    return Source(
        "s",
        "Báo Tập",
        "baotap.example",
        Scope.DOMESTIC,
        "VN",
        "vi",
        "newspaper",
        (Feed(URL),),
        priority=priority,
    )


def hours_until_noticed(seed: str, rate: float) -> float:
    chance = random.Random(seed)  # noqa: S311 - a simulation, the same each time
    died = START + 29 * DAY + chance.uniform(0, 7) * DAY
    arrivals = [m for m in arrivals_of(chance, found_newsroom(chance, rate), 40) if m < died]
    source, now = make_source(priority=True), died
    while not is_late(source, arrivals, now):
        now += HOUR
        assert now - died < 10 * DAY
    return (now - died) / HOUR


def count_alarms(seed: str, rate: float, days: int) -> int:
    chance = random.Random(seed)  # noqa: S311 - a simulation, the same each time
    arrivals = arrivals_of(chance, found_newsroom(chance, rate), 29 + days)
    source, was_late, alarms = make_source(priority=True), False, 0
    for step in range(int(days * DAY / STEP)):
        late = is_late(source, arrivals, START + 29 * DAY + step * STEP)
        alarms += late and not was_late
        was_late = late
    return alarms


def rates(count: int, low: float, high: float) -> list[float]:
    """Articles a day, evenly on a logarithmic scale."""
    return [low * (high / low) ** (n / (count - 1)) for n in range(count)]


def test_a_dead_priority_source_that_answers_200_is_noticed_within_a_day() -> None:
    delays = sorted(hours_until_noticed(f"dead {n}", rate) for n, rate in enumerate(rates(40, 20, 200)))
    assert median(delays) <= 20
    assert delays[int(0.95 * len(delays))] <= 24


def test_a_dead_source_of_ten_articles_a_day_is_noticed_in_two_days() -> None:
    delays = sorted(hours_until_noticed(f"slow {n}", rate) for n, rate in enumerate(rates(20, 8, 14)))
    assert median(delays) <= 28
    assert delays[int(0.95 * len(delays))] <= 60


@pytest.mark.parametrize(
    ("low", "high", "count"), [(0.5, 8, 30), (8, 120, 12), pytest.param(8, 120, 24, marks=pytest.mark.soak)]
)
def test_less_than_one_alarm_in_ten_source_months_is_false(low: float, high: float, count: int) -> None:
    days = 30
    alarms = sum(count_alarms(f"alive {n}", rate, days) for n, rate in enumerate(rates(count, low, high)))
    assert alarms / count <= 0.1
