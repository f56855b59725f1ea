from __future__ import annotations

import gzip
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.pages import dates

MORNING = "2026-11-22T03:05:00+00:00"  # 10:05 in Viet Nam
SHAPES = {
    "ISO with zone": ("2026-11-22T10:05:00+07:00", MORNING, 1.0),
    "ISO in UTC with fraction": ("2026-11-22T03:05:00.123Z", MORNING, 1.0),
    "ISO without colon in the zone": ("2026-11-22T10:05+0700", MORNING, 1.0),
    "ISO without zone": ("2026-11-22 10:05:00", MORNING, 0.9),
    "ISO compact": ("20261122T030500Z", MORNING, 1.0),
    "RFC 822": ("Sun, 22 Nov 2026 10:05:00 +0700", MORNING, 1.0),
    "two-digit year, as thanhnien.vn": ("Sun, 22 Nov 26 10:05:00 +0700", MORNING, 1.0),
    "short zone, as vtv.vn": ("Sun, 22 Nov 2026 10:05:00 +07", MORNING, 1.0),
    "GMT+7": ("Sun, 22 Nov 2026 10:05:00 GMT+7", MORNING, 1.0),
    "named zone": ("Sun, 22 Nov 2026 10:05:00 ICT", MORNING, 1.0),
    "American with U+202F, as tuoitre.vn": ("11/22/2026 10:05:00\u202fAM", MORNING, 0.9),
    "American where both could be": ("8/9/2026 5:20:00 PM", "2026-08-09T10:20:00+00:00", 0.9),
    "weekday and dash": ("Chủ nhật, 22/11/2026 - 10:05", MORNING, 0.9),
    "weekday, comma, GMT in brackets": ("Chủ nhật, 22/11/2026, 10:05 (GMT+7)", MORNING, 1.0),
    "time first": ("10:05 ngày 22/11/2026", MORNING, 0.9),
    "time first with half of the day": ("10:05 PM - 22/11/2026", "2026-11-22T15:05:00+00:00", 0.9),
    "half of the day that cannot be": ("22.11.2026 | 15:43 PM", "2026-11-22T08:43:00+00:00", 0.9),
    "midnight in twelve hours": ("22/11/2026 12:10 AM", "2026-11-21T17:10:00+00:00", 0.9),
    "hours with h": ("10h05 ngày 22-11-2026", MORNING, 0.9),
    "hours with h and colon": ("10h:05 GMT+7 - Chủ nhật, 22/11/2026", MORNING, 1.0),
    "Vietnamese words": ("ngày 22 tháng 11 năm 2026, 10:05", MORNING, 0.9),
    "Vietnamese month name": ("22 Tháng Mười Một 2026 10:05", MORNING, 0.9),
    "Vietnamese without marks": ("ngay 22 thang 11 nam 2026 10:05", MORNING, 0.9),
    "decomposed letters": ("nga\u0300y 22 tha\u0301ng 11 na\u0306m 2026 10:05", MORNING, 0.9),
    "month and year name look alike": ("5 tháng năm năm 2026", "2026-05-04T17:00:00+00:00", 0.6),
    "English": ("November 22, 2026 10:05 AM", MORNING, 0.9),
    "English with ordinal": ("22nd Nov 2026 10:05", MORNING, 0.9),
    "asctime": ("Sun Nov 22 10:05:00 ICT 2026", MORNING, 1.0),
    "Unix seconds": ("1795316700", MORNING, 1.0),
    "Unix milliseconds": ("1795316700000", MORNING, 1.0),
    "day only": ("22/11/2026", "2026-11-21T17:00:00+00:00", 0.6),
    "day only, ISO": ("2026-11-22", "2026-11-21T17:00:00+00:00", 0.6),
}


@pytest.mark.parametrize(("text", "expected", "confidence"), SHAPES.values(), ids=SHAPES.keys())
def test_a_date_is_read_as_the_outlet_means_it(text: str, expected: str, confidence: float) -> None:
    found = dates.parse(text)
    assert found is not None
    assert (found.at.isoformat(), found.confidence) == (expected, confidence)


UNREADABLE = {
    "no year": "03/06 13:17",
    "no day": "tháng 11 năm 2026",
    "a day that is none": "31/02/2026",
    "a title": "Gia Lai: 5 xã mới sau sáp nhập",
    "before the web": "01/01/1954",
    "empty": "",
    "a paragraph": "22/11/2026 " * 50,
    "time that looks like a year": "22 Nov 10:05",
}


@pytest.mark.parametrize("text", UNREADABLE.values(), ids=UNREADABLE.keys())
def test_what_is_not_certainly_a_date_is_none(text: str) -> None:
    assert dates.parse(text) is None


def test_a_zone_is_assumed_only_where_none_is_named() -> None:
    assert dates.parse("22/11/2026 10:05", zone=UTC) == dates.ParsedDate(
        datetime(2026, 11, 22, 10, 5, tzinfo=UTC), 0.9
    )
    assert dates.parse("2026-11-22T10:05:00+07:00", zone=UTC) == dates.parse("2026-11-22T10:05:00+07:00")


def test_one_date_without_doubt_settles_the_order_of_the_whole_feed() -> None:
    american = ["8/9/2026 17:20:00", "8/23/2026 17:20:00"]
    assert dates.find_order(american) is dates.SlashOrder.MONTH_FIRST
    assert dates.find_order(["8/9/2026", "23/8/2026"]) is dates.SlashOrder.DAY_FIRST
    assert dates.find_order(["8/9/2026"]) is dates.SlashOrder.DAY_FIRST
    found = dates.parse(american[0], order=dates.find_order(american))
    assert found is not None
    assert found.at.month == 8


@pytest.mark.parametrize(("ahead", "is_fault"), [(timedelta(hours=23), False), (timedelta(hours=25), True)])
def test_nothing_is_published_more_than_a_day_after_it_was_fetched(
    ahead: timedelta, is_fault: bool, now: datetime
) -> None:
    fault = dates.find_fault(now + ahead, now)
    assert bool(fault) is is_fault
    assert ("future" in fault) is is_fault


@given(st.text(max_size=60))
def test_any_text_gives_an_aware_moment_or_none(text: str) -> None:
    found = dates.parse(text)
    assert found is None or found.at.utcoffset() == timedelta(0)


@given(st.integers(min_value=0, max_value=57_000_000))
def test_every_moment_survives_the_ways_outlets_write_it(minutes: int) -> None:
    local = datetime(1990, 1, 2, tzinfo=dates.VIETNAM) + timedelta(minutes=minutes)
    for shape in (
        "%d/%m/%Y %H:%M",
        "%Y-%m-%dT%H:%M:00+07:00",
        "%H:%M ngày %d-%m-%Y",
        "ngày %d tháng %m năm %Y %Hh%M",
    ):
        found = dates.parse(local.strftime(shape))
        assert found is not None
        assert found.at == local.astimezone(UTC)


@pytest.mark.data
def test_of_the_date_strings_of_1945_articles_nearly_all_are_read(data: Path) -> None:
    with gzip.open(data / "clustering" / "vims" / "vims.jsonl.gz", "rt", encoding="utf-8") as lines:
        texts = [json.loads(line)["published"] for line in lines]
    read = [text for text in texts if dates.parse(text)]
    assert len(texts) == 1945
    assert len(read) >= 1915  # the others hold no full date: titles, links, no year, a year of three figures


ODD_SHAPES = {
    "the half of the day in words": (
        "Chủ nhật, 22/11/2026 | 2:33:23 Chiều",
        "2026-11-22T07:33:23+00:00",
        0.9,
    ),
    "before noon in words": ("22/11/2026 10:05 Sáng", MORNING, 0.9),
    "shortly after noon": ("12:10 trưa 22/11/2026", "2026-11-22T05:10:00+00:00", 0.9),
    "a zone that was cut off": ("Chủ nhật, 22/11/2026 | 10:05 GMT+", MORNING, 0.9),
    "time glued to the year": ("22/11/202610:05:00(Xem: 732)", MORNING, 0.9),
    "spaces and minute marks": ("Cập nhật: 10: 05': 10'' (GMT+7) - 22 / 11 / 2026", MORNING, 1.0),
    "two dates, the first counts": ("Đăng tải: 2026-11-22 10:05 Cập nhật: 2026-11-23 11:00", MORNING, 0.9),
}


@pytest.mark.parametrize(("text", "expected", "confidence"), ODD_SHAPES.values(), ids=ODD_SHAPES.keys())
def test_the_odd_shapes_of_real_pages_are_read(text: str, expected: str, confidence: float) -> None:
    found = dates.parse(text)
    assert found is not None
    assert (found.at.isoformat(), found.confidence) == (expected, confidence)


def test_a_date_without_a_year_is_the_last_one_before_the_capture_and_half_believed() -> None:
    near = datetime(2026, 1, 3, tzinfo=UTC)
    found = dates.parse("31/12 08:30", near=near)
    assert found == dates.ParsedDate(datetime(2025, 12, 31, 1, 30, tzinfo=UTC), 0.45)
    assert dates.parse("31/02 08:30", near=near) is None
    assert dates.parse("31/12 08:30") is None


def test_the_day_is_told_as_it_is_written() -> None:
    found = dates.parse("2023-11-08T21:24:10-05:00")
    assert found is not None
    assert str(found.day) == "2023-11-08"
