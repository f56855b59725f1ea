"""Times on screen."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from desk.web.times import show_iso, show_local


@pytest.mark.parametrize(
    ("moment", "shown"),
    [
        pytest.param(datetime(2026, 11, 21, 23, 30, tzinfo=UTC), "22/11/2026 06:30", id="hour"),
        pytest.param(
            datetime(2026, 11, 21, 17, 0, 1, tzinfo=UTC), "22/11/2026 00:00", id="just after midnight"
        ),
        pytest.param(
            datetime(2024, 3, 14, 17, tzinfo=UTC), "15/03/2024", id="a day of which no hour is known"
        ),
    ],
)
def test_a_time_is_shown_in_the_office_and_no_hour_is_made_up(moment: datetime, shown: str) -> None:
    assert show_local(moment) == shown


def test_machines_are_told_the_time_in_utc() -> None:
    assert show_iso(datetime(2026, 11, 21, 23, 30, tzinfo=UTC)) == "2026-11-21T23:30:00+00:00"
