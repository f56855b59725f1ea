from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from store.articles import save_article
from store.database import Sessions
from store.events import events_of, events_of_articles, list_events, save_event
from store.types import Event, EventKind
from store.versions import mark_compared, uncompared, versions_seen

HOUR = timedelta(hours=1)


@pytest.fixture
def told(sessions: Sessions, make: Any, now: datetime) -> list[Event]:
    """Three events: two of article 1, one of a source."""
    events = [
        Event("a", EventKind.HEADLINE_CHANGED, now, "bao-thu", 1, 1, 2, "Cũ", "Mới"),
        Event("b", EventKind.REMOVED, now + HOUR, "bao-thu", 1, 2, 2, "Mới", "", "HTTP 410"),
        Event("c", EventKind.SOURCE_STATE, now + 2 * HOUR, "dai-thu", before="ok", after="late"),
    ]
    with sessions.begin() as session:
        save_article(session, make.article(), now=now)
        assert all(save_event(session, event, now=now) for event in events)
    return events


def test_an_event_is_saved_once_by_its_key(sessions: Sessions, told: list[Event], now: datetime) -> None:
    with sessions.begin() as session:
        assert not save_event(session, replace(told[0], after="khác"), now=now + HOUR)
        assert [saved.value for saved in list_events(session)] == told[::-1]


NARROWED: dict[str, tuple[dict[str, Any], str]] = {
    "by kind": ({"kinds": (EventKind.REMOVED, EventKind.SOURCE_STATE)}, "cb"),
    "by time": ({"hours": 1}, "cb"),
    "by article": ({"article": 1}, "ba"),
    "by source": ({"source": "dai-thu"}, "c"),
    "to the newest": ({"limit": 1}, "c"),
    "by two at once": ({"article": 1, "hours": 1}, "b"),
}


@pytest.mark.parametrize(("conditions", "keys"), NARROWED.values(), ids=NARROWED.keys())
def test_events_are_narrowed(
    sessions: Sessions, told: list[Event], now: datetime, conditions: dict[str, Any], keys: str
) -> None:
    given = {name: value for name, value in conditions.items() if name != "hours"}
    since = now + conditions["hours"] * HOUR if "hours" in conditions else None
    with sessions() as session:
        found = list_events(session, since=since, **given)
    assert "".join(saved.value.key for saved in found) == keys


def test_an_articles_events_come_oldest_first(sessions: Sessions, told: list[Event]) -> None:
    with sessions() as session:
        assert [saved.value.key for saved in events_of(session, 1)] == ["a", "b"]
        assert events_of(session, 2) == []
        assert list(events_of_articles(session, [1, 2])) == [1]


def test_a_new_version_waits_to_be_compared_until_it_is(sessions: Sessions, make: Any, now: datetime) -> None:
    article = make.article()
    edited = [replace(article, text=text, fetched_at=now + n * HOUR) for n, text in enumerate("BC", 1)]
    with sessions.begin() as session:
        save_article(session, article, now=now)
        save_article(session, make.article("tin-2"), now=now)
        assert uncompared(session, limit=9) == []
        for version in edited:
            save_article(session, version, now=now)
        ((first, second, third),) = uncompared(session, limit=9)
        assert [v.article.text for v in (first, second, third)] == [article.text, "B", "C"]
        mark_compared(session, [first, second])
        ((second, third),) = uncompared(session, limit=9)
        mark_compared(session, [second, third])
        assert uncompared(session, limit=9) == []
        save_article(session, replace(article, text="D", fetched_at=now + 3 * HOUR), now=now)
        assert [v.version for v in uncompared(session, limit=9)[0]] == [3, 4]


def test_versions_are_found_without_their_texts(sessions: Sessions, make: Any, now: datetime) -> None:
    with sessions.begin() as session:
        number = save_article(session, make.article(), now=now).number
        seen = versions_seen(session, [number, 99])
    assert list(seen) == [(number, 1)]
    assert (seen[number, 1].title, seen[number, 1].at) == (make.article().title, now)
