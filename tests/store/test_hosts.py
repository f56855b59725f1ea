"""What is remembered of hosts."""

from __future__ import annotations

from datetime import UTC, datetime

from store.database import Sessions
from store.hosts import find_host, list_hosts, save_host
from store.types import HostState

NOW = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
WHOLE = HostState(
    "baotap.vn",
    robots="User-agent: *\nDisallow: /kín/\n",
    robots_status=200,
    robots_at=NOW,
    rest_until=NOW,
    rest_why="HTTP 429, asked to slow down",
    day="2026-11-22",
    requests=7,
    robots_tried_at=NOW,
    robots_etag='W/"v1"',
    robots_modified="Sun, 22 Nov 2026 01:00:00 GMT",
    asked_at=NOW,
    rests=2,
    refusals=5,
    blocked_since=NOW,
)


def test_everything_known_of_a_host_comes_back(sessions: Sessions) -> None:
    with sessions.begin() as session:
        save_host(session, WHOLE)
        assert find_host(session, "baotap.vn") == WHOLE
        assert find_host(session, "khac.vn") is None


def test_what_is_known_later_takes_the_place_of_what_was(sessions: Sessions) -> None:
    with sessions.begin() as session:
        save_host(session, WHOLE)
        save_host(session, HostState("baotap.vn"))
        save_host(session, HostState("a.vn"))
        assert list_hosts(session) == [HostState("a.vn"), HostState("baotap.vn")]


def test_a_robots_txt_that_holds_nul_does_no_harm(sessions: Sessions) -> None:
    with sessions.begin() as session:
        save_host(session, HostState("baotap.vn", robots="User-agent: *\x00\nDisallow: /\n"))
        found = find_host(session, "baotap.vn")
        assert found is not None
        assert found.robots == "User-agent: *\ufffd\nDisallow: /\n"
