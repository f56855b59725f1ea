from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import text

from store.archive import Archive
from store.articles import record_extraction, save_article, save_snapshot
from store.claims import save_flags
from store.database import Sessions
from store.looks import (
    Look,
    LookOutcome,
    LookState,
    count_looks,
    find_look,
    find_looks,
    gone_pages,
    save_look,
    state_after,
)
from store.readings import save_reading
from store.reviews import save_review
from store.types import FeedEntry, RelevanceLabel, Review, Verdict
from store.watched import articles_at, unconcerned, watched_articles, watched_pages

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
URL = "https://bao-thu.example/tin-1"
EMPTY = LookState(URL, "bao-thu", datetime.fromisoformat("2026-11-22T01:00:00+00:00"))


@pytest.fixture
def capture(sessions: Sessions, archive: Archive, make: Any, now: datetime) -> Callable[..., int]:
    """Save a capture and the article that came of it; gives the article's number."""

    def save(
        name: str = "tin-1",
        *,
        body: bytes = b"1",
        text: str = "Một.",
        after: timedelta = timedelta(0),
        **more: Any,
    ) -> int:
        headers = (("ETag", f'"{body.decode()}"'), ("Last-Modified", "x"))
        snapshot = make.snapshot(name, body, headers=headers, fetched_at=now + after, **more)
        with sessions.begin() as session:
            number = save_snapshot(session, archive, snapshot, now=now + after)
            article = make.article(name, text=text, fetched_at=now + after, snapshot_sha256=snapshot.sha256)
            stored = save_article(session, article, now=now + after)
            record_extraction(session, number, article=stored.number, reason="")
        return stored.number

    return save


def test_flagged_articles_and_those_quoted_as_evidence_are_watched(
    sessions: Sessions, make: Any, keep_story: Callable[..., list[int]], now: datetime
) -> None:
    one, two, three = keep_story("s1", make.article("a"), make.article("b"), make.article("c"))
    evidence = (make.evidence(article=two, version=1), make.evidence("https://thu-vien.example/luat"))
    with sessions.begin() as session:
        save_flags(session, "s1", [make.flag(one, evidence=evidence)], now=now)
        assert watched_articles(session, since=now - DAY) == {one: [now], two: [now]}
        assert watched_articles(session, since=now + HOUR) == {}
        save_flags(session, "s1", [], now=now + HOUR)
        assert watched_articles(session, since=now - DAY) == {}
    assert three not in {one, two}


def test_articles_named_in_a_verdict_are_watched_from_then_on(
    sessions: Sessions, capture: Callable[..., int], now: datetime
) -> None:
    one, two = capture("tin-1"), capture("tin-2", body=b"2")
    evidence = ("https://bao-thu.example/tin-2", "Luật Báo chí 2016", "https://khac.example/")
    review = Review("k", "câu", one, Verdict.PARTLY, "vì", "lan.anh", now + HOUR, evidence)
    with sessions.begin() as session:
        save_review(session, review)
        assert watched_articles(session, since=now) == {one: [now + HOUR], two: [now + HOUR]}


def test_a_watched_page_has_the_validators_of_its_newest_capture(
    sessions: Sessions, capture: Callable[..., int], now: datetime
) -> None:
    entry = FeedEntry(URL, "Tin")
    number = capture(body=b"1")
    capture(body=b"2", after=HOUR, entry=entry)  # other bytes, the same words
    with sessions() as session:
        (page,) = watched_pages(session, [number], {number: [now]})
    assert (page.url, page.etag, page.captured_at) == (URL, '"2"', now + HOUR)
    assert (page.article, page.since, page.entry) == (number, (now,), entry)


def test_a_page_edited_back_has_the_validators_of_the_last_look(
    sessions: Sessions, capture: Callable[..., int], now: datetime
) -> None:
    number = capture(body=b"A", text="A.")
    capture(body=b"B", text="B.", after=HOUR)
    capture(body=b"A", text="A.", after=2 * HOUR)
    with sessions() as session:
        (page,) = watched_pages(session, [number], {})
    assert (page.etag, page.captured_at) == ('"A"', now + 2 * HOUR)


def test_what_has_no_page_is_not_looked_at(
    sessions: Sessions, archive: Archive, make: Any, now: datetime
) -> None:
    with sessions.begin() as session:
        given = save_article(session, make.article("tay"), now=now).number
        snapshot = make.snapshot("kin", b"", status=0)
        number = save_snapshot(session, archive, snapshot, now=now)
        article = make.article("kin", summary_only=True, snapshot_sha256=snapshot.sha256)
        closed = save_article(session, article, now=now).number
        record_extraction(session, number, article=closed, reason="")
        assert watched_pages(session, [given, closed], {}) == []


def test_an_article_is_found_by_any_address_it_was_captured_at(
    sessions: Sessions, capture: Callable[..., int]
) -> None:
    asked = "https://ngan.example/x1"
    number = capture(url_asked=asked)
    with sessions() as session:
        assert articles_at(session, [asked, URL, "https://la.example/"]) == {asked: number, URL: number}


def test_what_was_read_as_not_about_the_province_is_named(
    sessions: Sessions, capture: Callable[..., int], make: Any, now: datetime
) -> None:
    names = {label: f"tin-{label}" for label in RelevanceLabel}
    for at, (label, name) in enumerate(names.items()):
        number = capture(name, body=str(at).encode())
        with sessions.begin() as session:
            relevance = replace(make.reading().relevance, label=label)
            save_reading(session, number, 1, make.reading(relevance=relevance), now=now)
    capture("chua-doc", body=b"9")
    kept = {RelevanceLabel.ABOUT, RelevanceLabel.MENTION}
    with sessions() as session:
        found = unconcerned(session, since=now - HOUR)
        assert unconcerned(session, since=now + HOUR) == set()
    assert found == {f"https://bao-thu.example/{name}" for label, name in names.items() if label not in kept}


STATES = {
    "unchanged": (LookOutcome.UNCHANGED, {"unchanged_at": 1}),
    "received": (LookOutcome.RECEIVED, {}),
    "gone": (LookOutcome.GONE, {"gone_at": 1, "gone_why": "404"}),
    "failed": (LookOutcome.FAILED, {"failures": 1}),
}


@pytest.mark.parametrize(("outcome", "changes"), STATES.values(), ids=STATES.keys())
def test_a_look_is_remembered(outcome: LookOutcome, changes: dict[str, Any], now: datetime) -> None:
    at = now + HOUR
    wanted = {name: at if value == 1 and name.endswith("_at") else value for name, value in changes.items()}
    found = state_after(None, Look(URL, "bao-thu", at, outcome, "404"))
    assert found == replace(EMPTY, looked_at=at, **wanted)


def test_a_failed_look_changes_nothing_else_and_a_page_that_is_back_is_not_gone(now: datetime) -> None:
    gone = state_after(None, Look(URL, "bao-thu", now, LookOutcome.GONE, "404"))
    failed = state_after(gone, Look(URL, "bao-thu", now + HOUR, LookOutcome.FAILED, "timeout"))
    assert (failed.gone_at, failed.gone_why, failed.failures) == (now, "404", 1)
    again = state_after(failed, Look(URL, "bao-thu", now + 2 * HOUR, LookOutcome.GONE, "404"))
    assert (again.gone_at, again.failures) == (now, 0)
    back = state_after(replace(again, is_removed=True), Look(URL, "bao-thu", now + DAY, LookOutcome.RECEIVED))
    assert (back.gone_at, back.gone_why, back.is_removed) == (None, "", False)


def test_looks_are_kept_one_for_each_page(sessions: Sessions, now: datetime) -> None:
    state = replace(EMPTY, unchanged_at=now)
    with sessions.begin() as session:
        save_look(session, EMPTY)
        save_look(session, state)
        assert find_look(session, URL) == state
        assert find_looks(session, [URL, "https://la.example/"]) == {URL: state}
        assert find_look(session, "https://la.example/") is None


def test_pages_that_are_gone_and_pages_that_are_there_are_counted(sessions: Sessions, now: datetime) -> None:
    with sessions.begin() as session:
        for number, gone_at in enumerate([now, now - 30 * DAY, None]):
            url = f"https://bao-thu.example/{number}"
            save_look(session, LookState(url, "bao-thu", now, gone_at=gone_at))
        save_look(session, LookState("https://bao-thu.example/9", "bao-thu", now - 2 * DAY))
        save_look(session, LookState("https://khac.example/", "khac", now))
        assert count_looks(session, "bao-thu", now=now, within=DAY) == (2, 1)
        assert [state.url[-1] for state in gone_pages(session, since=now - DAY)] == ["0"]


@pytest.mark.parametrize(
    ("sql", "index"),
    [
        (
            "SELECT number FROM articles WHERE version > compared ORDER BY number LIMIT 9",
            "ix_articles_uncompared",
        ),
        ("SELECT url FROM looks WHERE gone_at >= '2026-11-22'", "ix_looks_gone"),
        ("SELECT count(*) FROM looks WHERE source = 'a' AND looked_at >= '2026-11-22'", "ix_looks_source"),
        ("SELECT number FROM events WHERE article = 1", "ix_events_article"),
    ],
    ids=["uncompared", "gone", "of a source", "of an article"],
)
def test_what_is_asked_in_each_run_has_an_index(sessions: Sessions, sql: str, index: str) -> None:
    with sessions() as session:
        if session.get_bind().dialect.name == "postgresql":
            session.execute(text("SET LOCAL enable_seqscan = off"))
            plan = session.execute(text(f"EXPLAIN {sql}"))
        else:
            plan = session.execute(text(f"EXPLAIN QUERY PLAN {sql}"))
        assert index in " ".join(str(row) for row in plan)
