"""How often one address may fail to sign in."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from desk.web.throttle import LIMIT, MOST_ADDRESSES, WINDOW, Throttle

NOW = datetime(2026, 11, 22, 1, 0, tzinfo=UTC)


def fail(throttle: Throttle, times: int, address: str = "10.0.0.1") -> None:
    for _ in range(times):
        throttle.record_failure(address, now=NOW)


def test_an_address_waits_when_it_has_failed_too_often():
    throttle = Throttle()
    fail(throttle, LIMIT - 1)
    assert not throttle.find_wait("10.0.0.1", now=NOW)
    fail(throttle, 1)
    assert throttle.find_wait("10.0.0.1", now=NOW) == WINDOW


def test_another_address_may_still_try():
    throttle = Throttle()
    fail(throttle, LIMIT)
    assert not throttle.find_wait("10.0.0.2", now=NOW)


def test_the_wait_ends_with_the_window():
    throttle = Throttle()
    fail(throttle, LIMIT * 2)
    assert throttle.find_wait("10.0.0.1", now=NOW + WINDOW - timedelta(seconds=1)) == timedelta(seconds=1)
    assert not throttle.find_wait("10.0.0.1", now=NOW + WINDOW)


def test_a_flood_of_addresses_does_not_fill_the_memory():
    throttle = Throttle()
    for number in range(MOST_ADDRESSES + 5):
        throttle.record_failure(f"2001:db8::{number:x}", now=NOW)
    assert len(throttle._failures) == MOST_ADDRESSES
