"""How a host is treated: rest, refusals, the day's budget, the pause. All of it outlives a process."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.courtesy import manners
from crawler.courtesy.manners import Budget, Kind
from crawler.wire.answers import Trouble
from store.types import HostState

NOW = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)  # 10:00 in Viet Nam
HOST = HostState("baotap.vn")
PLENTY = Budget(1000)
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)

RESTS = {
    "429 with seconds": (429, "120", 2 * MINUTE, "HTTP 429, asked to wait 120 s"),
    "429 with a date": (
        429,
        "Sun, 22 Nov 2026 04:30:00 GMT",
        90 * MINUTE,
        "HTTP 429, asked to wait 5400 s",
    ),
    "429 without a word": (429, "", 15 * MINUTE, "HTTP 429, asked to slow down"),
    "429 with a date gone by": (
        429,
        "Sun, 22 Nov 2026 02:00:00 GMT",
        15 * MINUTE,
        "HTTP 429, asked to slow down",
    ),
    "429 with nonsense": (429, "soon", 15 * MINUTE, "HTTP 429, asked to slow down"),
    "429 for a year": (429, "31536000", 7 * 24 * HOUR, "HTTP 429, asked to wait 31536000 s"),
    "503 with seconds": (503, "60", MINUTE, "HTTP 503, asked to wait 60 s"),
}


@pytest.mark.parametrize(("status", "wish", "rest", "why"), RESTS.values(), ids=RESTS.keys())
@pytest.mark.parametrize("kind", list(Kind))
def test_a_host_that_asks_for_rest_gets_it(
    status: int, wish: str, rest: timedelta, why: str, kind: Kind
) -> None:
    after = manners.answered(HOST, status, wish, kind, now=NOW)
    assert (after.rest_until, after.rest_why) == (NOW + rest, why)
    held_back = manners.hold_back(after, kind, PLENTY, 5.0, NOW + rest - timedelta(seconds=1))
    assert held_back is not None
    assert (held_back.trouble, held_back.words) == (
        Trouble.RESTING,
        f"not asked: the host wants rest ({why})",
    )
    assert manners.hold_back(after, kind, PLENTY, 5.0, NOW + rest) is None


def test_a_503_without_a_wish_is_a_fault_and_no_rest() -> None:
    assert manners.answered(HOST, 503, "", Kind.FEED, now=NOW) == HOST


def test_rest_without_a_word_doubles_up_to_a_day_and_begins_anew_after_a_good_answer() -> None:
    state, rests = HOST, []
    for _ in range(9):
        state = manners.answered(state, 429, "", Kind.FEED, now=NOW)
        assert state.rest_until is not None
        rests.append((state.rest_until - NOW) / MINUTE)
    assert rests == [15, 30, 60, 120, 240, 480, 960, 1440, 1440]
    state = manners.answered(state, 200, "", Kind.FEED, now=NOW)
    assert (state.rests, state.rest_until, state.rest_why) == (0, None, "")


def test_a_rest_that_a_clock_set_back_would_make_endless_is_none() -> None:
    state = manners.answered(HOST, 429, "60", Kind.FEED, now=NOW + timedelta(days=400))
    assert manners.hold_back(state, Kind.FEED, PLENTY, 5.0, NOW) is None


@pytest.mark.parametrize("status", [401, 403, 451])
def test_a_host_that_refuses_us_again_and_again_is_blocked_and_asked_one_feed_a_day(status: int) -> None:
    state = HOST
    for _ in range(manners.REFUSALS - 1):
        state = manners.answered(state, status, "", Kind.PAGE, now=NOW)
    assert (state.blocked_since, manners.hold_back(state, Kind.PAGE, PLENTY, 5.0, NOW)) == (None, None)
    state = manners.answered(state, status, "", Kind.PAGE, now=NOW)
    assert state.blocked_since == NOW
    assert state.rest_why == f"HTTP {status} again and again: the host refuses us, one feed a day is asked"
    assert manners.hold_back(state, Kind.FEED, PLENTY, 5.0, NOW + 23 * HOUR) is not None
    tomorrow = NOW + 24 * HOUR
    assert manners.hold_back(state, Kind.FEED, PLENTY, 5.0, tomorrow) is None
    assert manners.hold_back(state, Kind.PAGE, PLENTY, 5.0, tomorrow) is not None
    again = manners.answered(state, status, "", Kind.FEED, now=tomorrow)
    assert (again.blocked_since, again.rest_until) == (NOW, tomorrow + 24 * HOUR)
    let_in = manners.answered(again, 200, "", Kind.FEED, now=tomorrow + 24 * HOUR)
    assert (let_in.blocked_since, let_in.refusals) == (None, 0)
    assert manners.hold_back(let_in, Kind.PAGE, PLENTY, 5.0, tomorrow + 25 * HOUR) is None


def test_pages_for_subscribers_among_open_ones_do_not_make_a_host_blocked() -> None:
    state = HOST
    for number in range(30):
        state = manners.answered(state, 403 if number % 3 else 200, "", Kind.PAGE, now=NOW)
    assert state.blocked_since is None


def test_that_robots_txt_is_refused_is_no_refusal_of_pages() -> None:
    state = HOST
    for _ in range(20):
        state = manners.answered(state, 403, "", Kind.ROBOTS, now=NOW)
    assert state == HOST


def test_the_day_of_a_budget_is_that_of_viet_nam() -> None:
    late = datetime(2026, 11, 22, 16, 59, tzinfo=UTC)
    state = manners.started(manners.started(HOST, late), late)
    assert (state.day, state.requests) == ("2026-11-22", 2)
    state = manners.started(state, late + MINUTE)
    assert (state.day, state.requests) == ("2026-11-23", 1)


def test_a_days_requests_used_up_are_told_as_left_for_tomorrow() -> None:
    state = replace(HOST, day="2026-11-22", requests=10)
    held_back = manners.hold_back(state, Kind.FEED, Budget(10), 5.0, NOW)
    assert held_back is not None
    assert (held_back.trouble, held_back.words) == (
        Trouble.SPENT,
        "left for tomorrow: the 10 requests a day to baotap.vn are used up",
    )
    assert manners.hold_back(state, Kind.FEED, Budget(10), 5.0, NOW + 14 * HOUR) is None


def test_pages_leave_to_feeds_what_the_rest_of_the_day_needs() -> None:
    budget = Budget(requests=200, feeds=120)  # at 10:00 fourteen hours are left: 70 looks
    state = replace(HOST, day="2026-11-22", requests=129)
    assert manners.hold_back(state, Kind.PAGE, budget, 5.0, NOW) is None
    state = replace(state, requests=130)
    assert manners.hold_back(state, Kind.PAGE, budget, 5.0, NOW) is not None
    assert manners.hold_back(state, Kind.FEED, budget, 5.0, NOW) is None


def test_feeds_that_need_more_than_the_day_has_leave_a_tenth_to_pages() -> None:
    assert Budget(requests=100, feeds=10_000).for_pages(NOW) == 10


def test_a_pause_longer_than_a_minute_is_left_to_the_next_run() -> None:
    state = manners.started(HOST, NOW)
    held_back = manners.hold_back(state, Kind.FEED, PLENTY, 600.0, NOW + MINUTE)
    assert held_back is not None
    assert held_back.words == "left for later: baotap.vn wants 600 s between requests"
    assert manners.hold_back(state, Kind.FEED, PLENTY, 600.0, NOW + 9 * MINUTE) is None


def test_a_clock_set_back_a_year_keeps_no_host_with_a_long_pause_from_us() -> None:
    state = manners.started(HOST, NOW + timedelta(days=365))
    assert manners.hold_back(state, Kind.FEED, PLENTY, 3600.0, NOW) is None
    assert manners.wait_seconds(state, 3600.0, NOW) == 60.0


@pytest.mark.parametrize(
    "wish",
    ["Mon, 01 Jan 2026 00:00:00 +99999999999999", "Mon, 01 Jan 2026 99999999999999999999999:00:00 GMT"],
)
def test_a_wish_that_no_calendar_holds_is_none(wish: str) -> None:
    state = manners.answered(HOST, 429, wish, Kind.FEED, now=NOW)
    assert state.rest_until == NOW + manners.FIRST_REST


@given(
    st.floats(min_value=0, max_value=86_400),
    st.floats(min_value=-1e6, max_value=1e6),
)
def test_the_wait_is_never_longer_than_the_pause_nor_shorter_than_what_is_left(
    pause: float, seconds: float
) -> None:
    state = manners.started(HOST, NOW)
    wait = manners.wait_seconds(state, pause, NOW + timedelta(seconds=seconds))
    assert 0 <= wait <= pause
    if seconds >= 0:
        assert wait >= pause - seconds - 1e-5
