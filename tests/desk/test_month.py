"""A month of service with a clock of our own: every edition once, none missing, whatever is killed."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from alerts.spans import LONGER, Span, due_time
from config.settings import Settings
from desk.house import House, open_house
from desk.service import DIGESTS, MADE_UP, digest_job, is_digest_missed, repeat_digest, run_job
from store.jobs import last_runs
from store.notices import list_notices

START = datetime(2026, 10, 1, 0, 0, tzinfo=UTC)
DAYS = 30
ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
DUE = timedelta(hours=23, minutes=30)  # 06:30 in Viet Nam, after 00:00 UTC of the day before


class Killed(BaseException):
    """The process is gone, in the middle of what it did."""


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    with open_house(Settings(home=tmp_path), clock=lambda: START) as opened:
        yield replace(opened, configuration=replace(opened.configuration, sources=(), alerts=()))


def at(house: House, now: datetime) -> House:
    return replace(house, clock=lambda: now)


def live(house: House, start: datetime, end: datetime, *, dies_in_digest: bool) -> None:
    """One process from its start to its end, as make_scheduler and its jobs would have it."""
    job = digest_job(house)
    with house.sessions() as session:
        missed = is_digest_missed(last_runs(session), job.key(start), start)
    fires = [start] if missed else []
    due = START + DUE
    while due < end:
        fires += [due] if due >= start else []
        due += timedelta(days=1)
    for fire in fires:
        if dies_in_digest:
            kill_in_digest(at(house, fire))
        run_job(at(house, fire), job)


def kill_in_digest(house: House) -> None:
    """Die when the digest's work begins; where it was done before, nothing begins and nobody dies."""

    def die(_: House) -> str:
        raise Killed

    run_job(house, replace(digest_job(house), work=die))


def editions(house: House) -> Counter[str]:
    with house.sessions() as session:
        return Counter(row.notice.key for row in list_notices(session, limit=10_000))


@pytest.mark.parametrize("seed", [1, *(pytest.param(n, marks=pytest.mark.soak) for n in range(2, 22))])
def test_every_day_on_which_it_lived_after_half_past_six_has_its_edition_once(
    house: House, seed: int
) -> None:
    dice = random.Random(seed)  # noqa: S311  a month like any other, the same every time
    now, expected = START, set()
    run_job(at(house, START + DUE - timedelta(days=1)), digest_job(house))  # it has sent before
    while now < START + timedelta(days=DAYS):
        end = now + timedelta(hours=dice.choice((1, 5, 9, 30, 60)), minutes=dice.randrange(60))
        dies = dice.random() < 0.3
        try:
            live(house, now, end, dies_in_digest=dies)
        except Killed:
            end = max(now, min(end, now + timedelta(hours=1)))
        else:
            expected |= days_of(now, end)
        now = end + timedelta(minutes=dice.randrange(1, 600))
    told = editions(house)
    assert max(told.values()) == 1
    days = Counter(key.split(":")[2] for key in told)
    recipients = len(house.configuration.rules.recipients)
    assert {day for day in expected if days[day] != recipients} == set()
    assert set(days.values()) == {recipients}


def days_of(start: datetime, end: datetime) -> set[str]:
    """The editions that were due while a process lived, or that it found missing when it began."""
    found = set()
    for number in range(-1, DAYS + 5):
        due = START + DUE + timedelta(days=number)
        same_day_start = start.astimezone(ZONE).date() == due.astimezone(ZONE).date() and due <= start
        if start <= due < end or same_day_start:
            found.add(due.astimezone(ZONE).date().isoformat())
    return found


@pytest.mark.parametrize("seed", [1, *(pytest.param(n, marks=pytest.mark.soak) for n in range(2, 22))])
def test_in_three_months_of_starts_and_stops_no_week_nor_month_that_it_lived_through_is_missing(
    house: House, seed: int
) -> None:
    dice = random.Random(seed)  # noqa: S311  the same every time
    now, expected = START, set()
    run_job(at(house, START + DUE - timedelta(days=1)), digest_job(house))  # it has sent before
    while now < START + timedelta(days=92):
        end = now + timedelta(hours=dice.choice((1, 9, 60, 200)))
        for span in LONGER:
            expected |= live_longer(house, span, now, end)
        now = end + timedelta(hours=dice.choice((0, 5, 40, 100)))
    told = editions(house)
    kinds = Counter(key.rsplit(":", 1)[0] for key in told if not key.startswith("digest:"))
    recipients = sum("week" in one.every for one in house.configuration.rules.recipients)
    assert max(told.values()) == 1
    assert expected
    assert {(kind.split(":")[0], kind.split(":")[2]) for kind in kinds} == expected
    assert sum(kinds.values()) == recipients * len(expected)


def live_longer(house: House, span: Span, start: datetime, end: datetime) -> set[tuple[str, str]]:
    """One process as its schedule would have it; gives the editions that it owed and that it made up for."""
    job = digest_job(house, span)
    with house.sessions() as session:
        missed = is_digest_missed(last_runs(session), job.key(start), start, span=span)
    fires = {start} if missed else set()
    fires |= {due for due in dues(house, span, start, end) if start <= due < end}
    for fire in sorted(fires):
        run_job(at(house, fire), job)
    owed = start - job.key(start) <= MADE_UP[span]
    made = {job.key(start)} if owed else set()
    return {(DIGESTS[span], due.astimezone(ZONE).date().isoformat()) for due in made | (fires - {start})}


def dues(house: House, span: Span, start: datetime, end: datetime) -> set[datetime]:
    rules, hours = house.configuration.rules, int((end - start) / timedelta(hours=6)) + 2
    return {due_time(rules, now=start + timedelta(hours=6 * n), span=span) for n in range(hours)}


def test_a_digest_that_failed_is_tried_again_within_minutes(house: House) -> None:
    now = START + DUE

    def fail(_: House) -> str:
        raise OSError("the disk is full")

    run_job(at(house, now), replace(digest_job(house), work=fail))
    repeat_digest(at(house, now + timedelta(minutes=10)))
    assert set(editions(house).values()) == {1}


def test_a_digest_that_went_well_is_not_repeated(house: House) -> None:
    now = START + DUE
    run_job(at(house, now), digest_job(house))
    before = editions(house)
    repeat_digest(at(house, now + timedelta(minutes=10)))
    run_job(at(house, now + timedelta(minutes=20)), digest_job(house))
    assert editions(house) == before
