from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from desk.limits import find_due, is_working_day, limits_in_force
from store.types import CalendarEntry, Deadline, Rules

HERE = ZoneInfo("Asia/Ho_Chi_Minh")
FRIDAY = datetime(2026, 11, 20, 9, 30, tzinfo=HERE)
CALENDAR = (
    CalendarEntry(date(2026, 11, 23), "Nghỉ", "holiday", until=date(2026, 11, 24)),
    CalendarEntry(date(2026, 11, 28), "Làm bù", "working_day"),
)


def limit(amount: int, unit: str, **more: date) -> Deadline:
    return Deadline("press-request", "Trả lời", amount, unit, "Ngày nhận", "Điều 18", **more)


DUE = {
    "hours run on over the weekend": (24, "hours", datetime(2026, 11, 21, 9, 30, tzinfo=HERE)),
    "days end with the last day": (30, "days", datetime(2026, 12, 20, 23, 59, tzinfo=HERE)),
    "the next working day": (1, "working_days", datetime(2026, 11, 25, 23, 59, tzinfo=HERE)),
    "a day made good for counts": (4, "working_days", datetime(2026, 11, 28, 23, 59, tzinfo=HERE)),
}


@pytest.mark.parametrize(("amount", "unit", "due"), DUE.values(), ids=DUE)
def test_a_limit_is_over_when_the_law_says(amount: int, unit: str, due: datetime) -> None:
    assert find_due(limit(amount, unit), FRIDAY, calendar=CALENDAR, zone=HERE) == due


def test_the_day_it_starts_is_the_offices_day() -> None:
    late = datetime(2026, 11, 19, 18, 0, tzinfo=UTC)  # already Friday here
    assert find_due(limit(1, "days"), late, calendar=(), zone=HERE) == datetime(
        2026, 11, 21, 23, 59, tzinfo=HERE
    )


@pytest.mark.parametrize(
    ("day", "works"),
    [(20, True), (21, False), (23, False), (24, False), (25, True), (28, True)],
)
def test_a_working_day_is_what_the_calendar_says(day: int, works: bool) -> None:
    assert is_working_day(date(2026, 11, day), CALENDAR) is works


def test_only_limits_in_force_that_a_matter_can_fall_under_are_offered() -> None:
    gone = limit(1, "days", valid_to=date(2026, 6, 30))
    others = Deadline("correction-print", "Đăng cải chính", 2, "days", "Ngày có kết luận", "Điều 19")
    ours = limit(30, "days")
    assert limits_in_force(Rules((), (gone, others, ours)), date(2026, 11, 20)) == (ours,)


def test_where_none_is_known_as_such_all_in_force_are_offered() -> None:
    other = Deadline("local", "Quy định của tỉnh", 3, "days", "Ngày nhận", "Quyết định 12")
    assert limits_in_force(Rules((), (other,)), date(2026, 11, 20)) == (other,)
