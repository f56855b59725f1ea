"""What the shipped files promise: topics, units, rules and days."""

from __future__ import annotations

import math
from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from config.load import load
from store.types import Configuration

SCAN = {"T08", "T09", "T10", "T11", "T14"}
VIETNAM = timezone(timedelta(hours=7))


@pytest.fixture(scope="module")
def shipped() -> Configuration:
    return load(None)


def test_the_fifteen_topics_and_noise_stand_in_their_order(shipped: Configuration):
    assert [topic.id for topic in shipped.topics] == [*(f"T{n:02}" for n in range(1, 16)), "T00"]
    assert {topic.id for topic in shipped.topics if topic.priority == "scan"} == SCAN
    assert [topic.id for topic in shipped.topics if topic.priority == "hidden"] == ["T00"]


def test_every_topic_has_cues_in_both_languages_and_a_code(shipped: Configuration):
    for topic in shipped.topics:
        assert len(topic.cues_vi) >= 15
        assert len(topic.cues_en) >= 15
        assert topic.iptc
        assert topic.definition


def test_an_acronym_that_must_match_case_stands_among_the_cues(shipped: Configuration):
    for topic in shipped.topics:
        words = {word for cue in (*topic.cues_vi, *topic.cues_en) for word in cue.split()}
        assert set(topic.case_sensitive) <= words
    assert {"IUU", "UNCLOS", "UPR", "CLV", "PCI", "OCOP", "FDI", "EUDR"} <= {
        word for topic in shipped.topics for word in topic.case_sensitive
    }


def test_every_commune_of_today_has_one_committee(shipped: Configuration):
    committees = {unit.id: unit for unit in shipped.units if unit.id.startswith("ubnd-")}
    assert len(committees) == 135
    assert committees["ubnd-c23872"].name == "UBND xã Ia Dom"
    assert committees["ubnd-c23575"].name == "UBND phường Pleiku"
    assert all(unit.places == (unit.id.removeprefix("ubnd-"),) for unit in committees.values())


def test_every_topic_but_noise_has_an_office_of_today(shipped: Configuration):
    answered = {topic for unit in shipped.units if unit.valid_to is None for topic in unit.topics}
    assert answered == {topic.id for topic in shipped.topics} - {"T00"}


def test_every_office_that_ended_names_the_one_that_took_over(shipped: Configuration):
    by_id = {unit.id: unit for unit in shipped.units}
    ended = [unit for unit in shipped.units if unit.valid_to]
    assert ended
    assert all(by_id[unit.successor].valid_to is None for unit in ended)


def test_nothing_shipped_can_be_sent_to_anybody(shipped: Configuration):
    rules = shipped.rules
    addresses = [rules.sender, rules.reply_to, *(r.email for r in rules.recipients)]
    assert all(address.endswith("example.invalid") for address in addresses)
    assert all(unit.email == "" for unit in shipped.units)


def test_the_two_clocks_of_a_day_start_from_different_acts(shipped: Configuration):
    clocks = {d.id: d for d in shipped.rules.deadlines}
    one, other = clocks["major-event"], clocks["divided-opinion"]
    assert (one.amount, one.unit) == (other.amount, other.unit) == (24, "hours")
    assert one.starts != other.starts
    assert "Điều 7 khoản 3" in one.legal_basis
    assert "Điều 7 khoản 4" in other.legal_basis


def test_every_deadline_of_the_new_decrees_is_dated(shipped: Configuration):
    assert {d.valid_from for d in shipped.rules.deadlines} == {date(2026, 7, 1)}
    assert all("Điều" in d.legal_basis for d in shipped.rules.deadlines)


def test_the_digest_is_due_at_half_past_six(shipped: Configuration):
    assert shipped.rules.digest_at == "06:30"
    assert shipped.rules.timezone == "Asia/Ho_Chi_Minh"
    assert {r.edition for r in shipped.rules.recipients} == {"leaders", "press", "unit"}


def test_every_day_of_the_calendar_says_what_it_rests_on(shipped: Configuration):
    assert all(entry.note.endswith("]") for entry in shipped.calendar)


@pytest.mark.parametrize(
    ("words", "first_day_of_month", "lunar_day"),
    [
        ("mùng 1 Bính Ngọ", date(2026, 2, 17), 1),
        ("Giỗ Tổ Hùng Vương (10/3", date(2026, 4, 17), 10),
        ("mùng 1 Đinh Mùi", date(2027, 2, 6), 1),
        ("Đống Đa", date(2027, 2, 6), 5),
        ("Giỗ Tổ Hùng Vương (10/3", date(2027, 4, 7), 10),
        ("Phật đản (15/4", date(2027, 5, 6), 15),
    ],
)
def test_lunar_days_follow_the_new_moon_over_vietnam(
    shipped: Configuration, words: str, first_day_of_month: date, lunar_day: int
):
    """A lunar month begins on the day, by Vietnam's clock, of the new moon."""
    assert new_moon_near(first_day_of_month) == first_day_of_month
    days = {e.day for e in shipped.calendar if words in e.name and e.day.year == first_day_of_month.year}
    assert days == {first_day_of_month + timedelta(days=lunar_day - 1)}


@pytest.mark.parametrize(("tet", "months"), [(date(2026, 2, 17), 2), (date(2027, 2, 6), 2)])
def test_the_month_of_the_forefathers_is_two_months_after_tet(tet: date, months: int):
    later = new_moon_near(tet + timedelta(days=round(29.53 * months)))
    assert later in {date(2026, 4, 17), date(2027, 4, 7)}


def test_the_eve_of_tet_is_the_last_day_of_its_month(shipped: Configuration):
    eves = {e.day: e.name for e in shipped.calendar if "tháng Chạp" in e.name}
    for eve, name in eves.items():
        month = new_moon_near(eve + timedelta(days=1 - 29))
        assert f"({(eve - month).days + 1} tháng Chạp)" in name


def test_a_holiday_on_a_weekend_is_followed_by_a_day_off(shipped: Configuration):
    off = {e.day for e in shipped.calendar if e.kind == "holiday"}
    for day in off:
        if day.weekday() >= 5:
            monday = day + timedelta(days=7 - day.weekday())
            assert monday in off, day


def test_a_working_day_of_the_calendar_is_a_weekend_made_good_for(shipped: Configuration):
    worked = [entry.day for entry in shipped.calendar if entry.kind == "working_day"]
    assert worked
    assert all(day.weekday() >= 5 for day in worked)


def new_moon_near(day: date) -> date:
    """The day, by Vietnam's clock, of the new moon nearest to a day (Meeus 1998, chapter 49)."""
    k = round((day.year + (day.timetuple().tm_yday - 1) / 365.25 - 2000) * 12.3685)
    moons = [new_moon(k + step) for step in (-1, 0, 1)]
    return min(moons, key=lambda moon: abs((moon - day).days))


def new_moon(k: int) -> date:
    """The k-th new moon since 2000; good to a few minutes, without the planets' small terms."""
    t = k / 1236.85
    jde = 2451550.09766 + 29.530588861 * k + 0.00015437 * t * t
    sun = math.radians(2.5534 + 29.10535670 * k)
    moon = math.radians(201.5643 + 385.81693528 * k)
    latitude = math.radians(160.7108 + 390.67050284 * k)
    e = 1 - 0.002516 * t
    terms = (
        (-0.40720, moon), (0.17241 * e, sun), (0.01608, 2 * moon), (0.01039, 2 * latitude),
        (0.00739 * e, moon - sun), (-0.00514 * e, moon + sun), (0.00208 * e * e, 2 * sun),
        (-0.00111, moon - 2 * latitude),
        (-0.00057, moon + 2 * latitude), (0.00056 * e, 2 * moon + sun), (-0.00042, 3 * moon),
        (0.00042 * e, sun + 2 * latitude), (0.00038 * e, sun - 2 * latitude), (-0.00024 * e, 2 * moon - sun),
    )  # fmt: skip
    clock_behind = 70 / 86400  # days that the clock is behind ephemeris time
    jde += sum(size * math.sin(angle) for size, angle in terms) - clock_behind
    return (datetime(2000, 1, 1, 12, tzinfo=UTC) + timedelta(days=jde - 2451545)).astimezone(VIETNAM).date()
