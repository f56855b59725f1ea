"""Dates in texts: what is written, the days that are meant, and how sure that is."""

from __future__ import annotations

from datetime import UTC, date, datetime
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lunar_vn import convert_lunar_to_solar

from nlp.dates import DateKind, find_dates

PUBLISHED = datetime(2026, 11, 22, 1, 0, tzinfo=UTC)  # a Sunday, 08:00 in Gia Lai


def spans(text: str, published: datetime = PUBLISHED) -> list[tuple[str, date, date]]:
    return [(found.text, found.first, found.last) for found in find_dates(text, published=published)]


D = date


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("Ngày 15/11/2026, mưa lớn.", D(2026, 11, 15), D(2026, 11, 15)),
        ("Ngày 15-11-2026, mưa lớn.", D(2026, 11, 15), D(2026, 11, 15)),
        ("ngày 5 tháng 3 năm 2025", D(2025, 3, 5), D(2025, 3, 5)),
        ("Sáng 20/11, xã họp.", D(2026, 11, 20), D(2026, 11, 20)),
        ("đêm 28/12 mưa", D(2026, 12, 28), D(2026, 12, 28)),
        ("vụ việc (5/11) gây xôn xao", D(2026, 11, 5), D(2026, 11, 5)),
        ("ngày 7 tháng 11", D(2026, 11, 7), D(2026, 11, 7)),
        ("trong tháng 10/2026", D(2026, 10, 1), D(2026, 10, 31)),
        ("trong tháng 2 năm 2024", D(2024, 2, 1), D(2024, 2, 29)),
        ("trong tháng 9", D(2026, 9, 1), D(2026, 9, 30)),
        ("6 tháng đầu năm 2026", D(2026, 1, 1), D(2026, 6, 30)),
        ("sáu tháng cuối năm", D(2026, 7, 1), D(2026, 12, 31)),
        ("9 tháng đầu năm", D(2026, 1, 1), D(2026, 9, 30)),
        ("quý III/2026", D(2026, 7, 1), D(2026, 9, 30)),
        ("quý 4 năm 2025", D(2025, 10, 1), D(2025, 12, 31)),
        ("năm 2025", D(2025, 1, 1), D(2025, 12, 31)),
        ("hôm qua", D(2026, 11, 21), D(2026, 11, 21)),
        ("Sáng nay, tại xã Ia Dom", D(2026, 11, 22), D(2026, 11, 22)),
        ("tuần trước", D(2026, 11, 9), D(2026, 11, 15)),
        ("tháng trước", D(2026, 10, 1), D(2026, 10, 31)),
        ("năm ngoái", D(2025, 1, 1), D(2025, 12, 31)),
        ("on 5 November 2026", D(2026, 11, 5), D(2026, 11, 5)),
        ("November 5, 2026", D(2026, 11, 5), D(2026, 11, 5)),
        ("on 28 December", D(2026, 12, 28), D(2026, 12, 28)),
        ("yesterday", D(2026, 11, 21), D(2026, 11, 21)),
        ("last Tuesday", D(2026, 11, 17), D(2026, 11, 17)),
        ("on Friday", D(2026, 11, 20), D(2026, 11, 20)),
        ("2026-11-05", D(2026, 11, 5), D(2026, 11, 5)),
    ],
    ids=lambda given: given if isinstance(given, str) else "",
)
def test_a_date_is_read_as_the_days_it_means(text: str, first: date, last: date) -> None:
    assert [found[1:] for found in spans(text)] == [(first, last)]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("mùng 3 Tết", D(2026, 2, 19)),
        ("rằm tháng Giêng", D(2026, 3, 3)),
        ("mồng 10 tháng 3", D(2026, 4, 26)),
        ("rằm tháng bảy", D(2026, 8, 27)),
        ("23 tháng Chạp", D(2026, 2, 10)),
    ],
    ids=str,
)
def test_a_day_of_the_lunar_calendar_is_viet_nams(text: str, day: date) -> None:
    (found,) = find_dates(text, published=datetime(2026, 5, 1, tzinfo=UTC))
    assert (found.first, found.last, found.kind, found.is_certain) == (day, day, DateKind.LUNAR, False)


@pytest.mark.parametrize(
    ("text", "day", "is_certain"),
    [
        ("mùng 10 tháng 3 âm lịch năm 2026", D(2026, 4, 26), True),
        ("mùng 10 tháng 3 năm Bính Ngọ", D(2026, 4, 26), True),
        ("ngày 10/3/2026 âm lịch", D(2026, 4, 26), True),
        ("10/3 (âm lịch)", D(2026, 4, 26), False),
        ("mùng 3 Tết Bính Ngọ", D(2026, 2, 19), True),
        ("10 tháng 6 nhuận âm lịch năm 2025", D(2025, 8, 3), True),
        ("23 tháng Chạp năm 2025", D(2026, 2, 10), False),
        ("the 10th day of the third lunar month of 2026", D(2026, 4, 26), True),
        ("mùng 8 tháng 3", D(2026, 4, 24), False),
    ],
    ids=str,
)
def test_a_lunar_day_is_certain_where_its_year_is_written(text: str, day: date, *, is_certain: bool) -> None:
    (found,) = find_dates(text, published=datetime(2026, 5, 1, tzinfo=UTC))
    assert (found.first, found.kind, found.is_certain) == (day, DateKind.LUNAR, is_certain)


@pytest.mark.parametrize("text", ["30/2 âm lịch năm 2025", "10 tháng 5 nhuận âm lịch năm 2025"], ids=str)
def test_what_the_lunar_year_does_not_have_is_no_date_of_either_calendar(text: str) -> None:
    assert find_dates(text, published=PUBLISHED) == ()


def test_a_first_days_name_with_a_year_is_the_common_calendars() -> None:
    (found,) = find_dates("mùng 2 tháng 9 năm 1945", published=PUBLISHED)
    assert (found.first, found.kind) == (D(1945, 9, 2), DateKind.ABSOLUTE)


@pytest.mark.parametrize(
    ("year", "day"),
    [
        (1985, D(1985, 1, 21)), (2007, D(2007, 2, 17)), (2020, D(2020, 1, 25)), (2021, D(2021, 2, 12)),
        (2022, D(2022, 2, 1)), (2023, D(2023, 1, 22)), (2024, D(2024, 2, 10)), (2025, D(2025, 1, 29)),
        (2026, D(2026, 2, 17)), (2027, D(2027, 2, 6)), (2028, D(2028, 1, 26)), (2029, D(2029, 2, 13)),
        (2030, D(2030, 2, 2)),
    ],
)  # fmt: skip
def test_tet_is_the_day_it_was_kept_in_viet_nam_also_where_china_kept_another(year: int, day: date) -> None:
    assert convert_lunar_to_solar(1, 1, year) == day


def test_a_day_without_its_year_is_the_one_nearest_to_the_publication() -> None:
    january = datetime(2027, 1, 4, tzinfo=UTC)
    assert spans("ngày 28/12", january)[0][1] == D(2026, 12, 28)
    assert spans("ngày 10/1", datetime(2026, 12, 30, tzinfo=UTC))[0][1] == D(2027, 1, 10)


def test_today_is_the_day_in_viet_nam_and_not_in_greenwich() -> None:
    assert spans("hôm nay", datetime(2026, 11, 21, 18, 0, tzinfo=UTC))[0][1] == D(2026, 11, 22)


@pytest.mark.parametrize(
    "text",
    ["ngày 31/2/2026", "tỷ số 3/4", "đạt 12,5%", "quốc lộ 19", "lớp 10/3", "tháng 13/2026", "1/3 diện tích"],
    ids=str,
)
def test_what_is_no_day_of_the_calendar_is_no_date(text: str) -> None:
    assert spans(text) == []


def test_offsets_are_the_texts_own_and_no_date_lies_in_another() -> None:
    text = "Ngày 15/11/2026 và 6 tháng đầu năm 2025, hôm qua; tháng 3/2024 (5/11), on 5 November."
    found = find_dates(text, published=PUBLISHED)
    assert len(found) == 6
    assert all(text[one.start : one.end] == one.text for one in found)
    assert all(one.end <= other.start for one, other in pairwise(found))


def test_two_days_exclude_each_other_and_a_month_holds_its_days() -> None:
    day, other, month = find_dates("ngày 15/11/2026, ngày 17/11/2026, tháng 11/2026", published=PUBLISHED)
    assert day.excludes(other)
    assert not day.excludes(month)


@given(st.text(alphabet="0123456789/-. thángnămàyquýIVrằmChạp()", max_size=200))
def test_any_text_is_read_without_a_fault(text: str) -> None:
    for found in find_dates(text, published=PUBLISHED):
        assert text[found.start : found.end] == found.text
        assert found.first <= found.last


def test_a_long_text_of_dates_is_read_once_over() -> None:
    assert len(find_dates("ngày 15/11/2026, " * 11_000, published=PUBLISHED)) == 11_000
