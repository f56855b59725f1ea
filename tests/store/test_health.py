from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, event

from store.archive import Archive
from store.articles import save_article
from store.database import Sessions
from store.events import save_event
from store.health import NEWEST, PageCount, find_facts
from store.snapshots import record_extraction, save_snapshot
from store.sources import save_state
from store.types import Event, EventKind, FeedOutcome, FeedState

DAY = timedelta(days=1)


@pytest.fixture
def save(sessions: Sessions, make: Any) -> Any:
    """Saves an article so many days ago."""

    def saved(name: str, *, days: float, **changes: Any) -> None:
        at = make.now - DAY * days
        article = make.article(name, **{"fetched_at": at} | changes)
        with sessions.begin() as session:
            save_article(session, article, now=at)

    return saved


def test_arrivals_of_28_days_are_found_by_source_the_oldest_first(
    sessions: Sessions, make: Any, save: Any
) -> None:
    for name, days in (("a", 27), ("b", 29), ("c", 1)):
        save(name, days=days)
    save("d", days=2, outlet="bao-khac")
    with sessions() as session:
        facts = find_facts(session, now=make.now)
    assert facts["bao-thu"].arrivals == (make.now - 27 * DAY, make.now - DAY)
    assert facts["bao-khac"].arrivals == (make.now - 2 * DAY,)


def test_a_new_version_is_no_arrival(sessions: Sessions, make: Any, save: Any) -> None:
    save("a", days=3)
    save("a", days=1, text="Khoảng 150 hộ dân phải sơ tán trong đêm.")
    with sessions() as session:
        assert find_facts(session, now=make.now)["bao-thu"].arrivals == (make.now - 3 * DAY,)


def test_a_backfilled_capture_is_no_arrival(sessions: Sessions, make: Any, save: Any) -> None:
    save("a", days=1, fetched_at=make.now - 300 * DAY)
    with sessions() as session:
        assert find_facts(session, now=make.now) == {}


def test_what_came_while_a_clock_was_a_year_ahead_is_no_arrival(
    sessions: Sessions, make: Any, save: Any
) -> None:
    save("a", days=3)
    save("b", days=-365)
    with sessions() as session:
        assert find_facts(session, now=make.now)["bao-thu"].arrivals == (make.now - 3 * DAY,)


def test_a_sample_tells_length_date_and_language_but_no_words(
    sessions: Sessions, make: Any, save: Any
) -> None:
    save("a", days=1, text="Đủ mười ký", published=None, summary_only=True, language="vi")
    save("b", days=0.5)
    with sessions() as session:
        first, second = find_facts(session, now=make.now)["bao-thu"].newest
    assert (first.length, first.lag, first.summary_only, first.language) == (10, None, True, "vi")
    assert second.lag == pytest.approx(-12)


def test_of_many_articles_the_newest_and_an_even_choice_of_the_others_are_looked_at(
    sessions: Sessions, make: Any, save: Any
) -> None:
    for n in range(200):
        save(f"a{n}", days=20 - n / 10, text="x" * (n + 1))
    with sessions() as session:
        facts = find_facts(session, now=make.now)["bao-thu"]
    assert [sample.length for sample in facts.newest] == list(range(177, 201))
    lengths = [sample.length for sample in facts.usual]
    assert len(lengths) <= 2 * NEWEST
    assert (lengths[0], lengths[-1]) == (1, 173)


def test_pages_are_counted_by_how_they_ended_over_a_day_a_week_and_all(
    sessions: Sessions, make: Any, archive: Archive
) -> None:
    for n, (days, reason) in enumerate(
        [(0.5, "empty page"), (3, "empty page"), (9, "no title found"), (40, "")]
    ):
        at = make.now - DAY * days
        with sessions.begin() as session:
            number = save_snapshot(session, archive, make.snapshot(f"p{n}", str(n).encode()), now=at)
            record_extraction(session, number, article=None, reason=reason)
    with sessions() as session:
        facts = find_facts(session, now=make.now)["bao-thu"]
    assert facts.pages_day == (PageCount(200, "empty page", 1),)
    assert facts.pages_week == (PageCount(200, "empty page", 2),)
    assert facts.pages == (PageCount(200, "empty page", 2), PageCount(200, "no title found", 1))


def test_the_newest_event_of_a_source_stands(sessions: Sessions, make: Any) -> None:
    with sessions.begin() as session:
        for key, after in (("1", "late"), ("2", "ok")):
            told = Event(
                key, EventKind.SOURCE_STATE, make.now, "bao-thu", before="ok", after=after, detail="x"
            )
            save_event(session, told, now=make.now)
        save_state(session, FeedState("https://bao-thu.example/rss", "bao-thu", FeedOutcome.OK))
    with sessions() as session:
        facts = find_facts(session, now=make.now)["bao-thu"]
    assert facts.standing is not None
    assert facts.standing.after == "ok"
    assert [feed.url for feed in facts.feeds] == ["https://bao-thu.example/rss"]


def test_one_source_can_be_asked_for_alone(sessions: Sessions, make: Any, save: Any) -> None:
    save("a", days=1)
    save("d", days=2, outlet="bao-khac")
    with sessions() as session:
        assert list(find_facts(session, now=make.now, source="bao-khac")) == ["bao-khac"]


def test_the_number_of_statements_does_not_grow_with_the_sources(
    sessions: Sessions, engine: Engine, make: Any, save: Any
) -> None:
    def count() -> int:
        asked: list[str] = []
        event.listen(engine, "before_cursor_execute", lambda *given: asked.append(given[2]))
        with sessions() as session:
            find_facts(session, now=make.now)
        return len(asked)

    save("a", days=1)
    before = count()
    for n in range(30):
        save(f"x{n}", days=1, outlet=f"bao-{n}")
    assert count() == before
