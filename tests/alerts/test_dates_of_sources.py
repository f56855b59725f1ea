"""How the time of what is cited is told in letters and packs."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from alerts.render.words import make_dated


@pytest.mark.parametrize(
    ("moment", "told"),
    [
        pytest.param(datetime(2024, 3, 14, 17, tzinfo=UTC), "15/03/2024", id="a paper of another year"),
        pytest.param(datetime(2026, 11, 23, 5, 38, tzinfo=UTC), "12:38 23/11/2026", id="an article"),
    ],
)
def test_what_is_cited_has_its_year_and_no_hour_that_nobody_knows(moment: datetime, told: str) -> None:
    assert make_dated(ZoneInfo("Asia/Ho_Chi_Minh"))(moment) == told
