"""The state of every feed, worst first."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from desk.web.board import count_kinds, find_without, make_board
from store.types import Feed, FeedKind, FeedOutcome, FeedState, Scope, Source

NOW = datetime(2026, 11, 22, tzinfo=UTC)


def source(name: str, *feeds: Feed, disabled: str = "") -> Source:
    return Source(name, name, f"{name}.example", Scope.DOMESTIC, "VN", "vi", "newspaper", feeds, disabled)


def state(name: str, outcome: FeedOutcome, *, new: int = 0, failures: int = 0) -> FeedState:
    return FeedState(
        f"https://{name}/rss", name, outcome, new_article_at=NOW - timedelta(days=new), failures=failures
    )


def test_the_worst_stands_first_and_a_feed_never_looked_at_is_seen():
    names = ("works", "dead", "blocked", "never", "quiet")
    sources = [source(name, Feed(f"https://{name}/rss")) for name in names]
    states = [
        state("works", FeedOutcome.OK),
        state("dead", FeedOutcome.DEAD, failures=3),
        state("blocked", FeedOutcome.BLOCKED),
        state("quiet", FeedOutcome.UNCHANGED, new=8),
    ]
    assert [row.name for row in make_board(sources, states, now=NOW)] == [
        "dead",
        "blocked",
        "never",
        "quiet",
        "works",
    ]


def test_among_equals_the_longest_row_of_failures_stands_first():
    sources = [source(name, Feed(f"https://{name}/rss")) for name in ("a", "b")]
    states = [state("a", FeedOutcome.DEAD, failures=1), state("b", FeedOutcome.DEAD, failures=9)]
    assert [row.name for row in make_board(sources, states, now=NOW)] == ["b", "a"]


def test_a_feed_switched_off_says_why_and_stands_last():
    sources = [
        source("off", Feed("https://off/rss", disabled="403 since May")),
        source("on", Feed("https://on/rss")),
    ]
    rows = make_board(sources, [state("on", FeedOutcome.OK)], now=NOW)
    assert [(row.kind, row.detail) for row in rows] == [("ok", ""), ("disabled", "403 since May")]


def test_a_state_whose_feed_left_the_configuration_is_still_shown():
    rows = make_board([], [state("gone", FeedOutcome.OK)], now=NOW)
    assert [row.name for row in rows] == ["gone"]


def test_an_outlet_without_a_feed_is_named_apart():
    none = source("silent", Feed("", FeedKind.NONE), disabled="no feed known")
    assert make_board([none], [], now=NOW) == ()
    assert find_without([none]) == (("silent", "no feed known"),)


def test_kinds_are_counted_worst_first():
    rows = make_board(
        [], [state("a", FeedOutcome.OK), state("b", FeedOutcome.DEAD), state("c", FeedOutcome.OK)], now=NOW
    )
    assert count_kinds(rows) == (("dead", 1), ("ok", 2))
