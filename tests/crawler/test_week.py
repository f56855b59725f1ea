"""Two weeks of made-up outlets under the collector's own rules: no news waits, no host is pressed."""

from __future__ import annotations

from collections.abc import Callable
from statistics import quantiles

import pytest

from bench.week import Found, simulate
from store.types import Source


@pytest.fixture(scope="module")
def week() -> Callable[[tuple[Source, ...]], Found]:
    return simulate


def feeds(host: str, count: int) -> list[str]:
    return [f"https://{host}/{number}.rss" for number in range(count)]


def test_news_of_priority_outlets_is_seen_within_ten_minutes_and_no_host_is_asked_more_than_its_day(
    week: Callable[[tuple[Source, ...]], Found], make_source: Callable[..., Source]
) -> None:
    big = make_source(*feeds("lon.vn", 16), id="lon", domain="lon.vn", pause_seconds=5.0)
    small = make_source(*feeds("nho.vn", 1), id="nho", domain="nho.vn", pause_seconds=5.0)
    other = make_source(*feeds("khac.vn", 4), id="khac", domain="khac.vn", pause_seconds=5.0, priority=False)
    found = week((big, small, other))
    assert len(found.priority_waits) > 200
    assert quantiles(found.priority_waits, n=20)[-1] <= 10
    assert quantiles(found.other_waits, n=20)[-1] <= 120
    assert max(found.requests.values()) <= 2000
    assert found.left < 50
    assert found.requests["khac.vn"] < found.requests["lon.vn"] / 4
