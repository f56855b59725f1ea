from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from store.database import Sessions
from store.sources import find_state, list_states, save_state
from store.types import FeedOutcome, FeedState


def test_a_feeds_state_comes_back_as_it_was_saved(sessions: Sessions, now: datetime) -> None:
    state = FeedState(
        "https://a.example/rss", "a", FeedOutcome.OK, "200", '"e"', "Sun", "ab", now, now, None, 2
    )
    with sessions.begin() as session:
        save_state(session, state)
    with sessions() as session:
        assert find_state(session, state.url) == state
        assert find_state(session, "https://b.example/rss") is None


def test_a_later_look_replaces_the_earlier_one(sessions: Sessions) -> None:
    first = FeedState("https://a.example/rss", "a", FeedOutcome.OK, etag="1")
    second = replace(first, outcome=FeedOutcome.DEAD, detail="404", failures=1)
    with sessions.begin() as session:
        save_state(session, first)
        save_state(session, second)
        assert list_states(session) == [second]


def test_states_are_listed_by_source_then_address(sessions: Sessions) -> None:
    states = [
        FeedState(url, source, FeedOutcome.NEVER) for url, source in (("u2", "b"), ("u3", "a"), ("u1", "b"))
    ]
    with sessions.begin() as session:
        for state in states:
            save_state(session, state)
        assert [state.url for state in list_states(session)] == ["u3", "u1", "u2"]
