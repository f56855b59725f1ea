from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

import pytest

from crawler.looks.looking import look_from, note_look
from crawler.plan import PageTask
from crawler.wire.answers import Answer, NoAnswer, Trouble
from store.articles import save_article
from store.events import list_events
from store.looks import Look, LookOutcome, find_look
from store.types import Article, Event, EventKind, Scope

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
BASE = "https://baotap.vn/thoi-su/tin-{}.html"
URL = BASE.format(1)
BODY = b"<title>Tin</title><p>Noi dung</p>"
TASK = PageTask("bao-tap", URL, URL, None, etag='"v1"', again=True, sha256=sha256(BODY).hexdigest())

ANSWERS: dict[str, tuple[Answer | NoAnswer, LookOutcome | None]] = {
    "unchanged": (Answer(URL, 304, (), b""), LookOutcome.UNCHANGED),
    "the same bytes": (Answer(URL, 200, (), BODY), LookOutcome.UNCHANGED),
    "other bytes": (Answer(URL, 200, (), BODY + b" "), LookOutcome.RECEIVED),
    "gone": (Answer(URL, 404, (), b""), LookOutcome.GONE),
    "refused": (Answer(URL, 403, (), b""), LookOutcome.FAILED),
    "asked to slow down": (Answer(URL, 429, (), b""), LookOutcome.FAILED),
    "a broken server": (Answer(URL, 503, (), b""), LookOutcome.FAILED),
    "no host": (NoAnswer(Trouble.NO_HOST, "there is no host"), LookOutcome.FAILED),
    "left for the next run": (NoAnswer(Trouble.BUDGET, "left"), None),
    "resting": (NoAnswer(Trouble.RESTING, "resting"), None),
}


@pytest.mark.parametrize(("answer", "outcome"), ANSWERS.values(), ids=ANSWERS.keys())
def test_what_an_answer_says_of_a_captured_page(
    answer: Answer | NoAnswer, outcome: LookOutcome | None, now: datetime
) -> None:
    look = look_from(TASK, answer, at=now)
    assert (look.outcome if look else None) is outcome


def test_unchanged_to_a_question_without_conditions_says_nothing(now: datetime) -> None:
    look = look_from(replace(TASK, etag=""), Answer(URL, 304, (), b""), at=now)
    assert look is not None
    assert (look.outcome, look.why) == (LookOutcome.FAILED, "HTTP 304 to a question without conditions")


@pytest.fixture
def look(store: Any, now: datetime) -> Callable[..., list[Event]]:
    """Looks at pages: each is (minutes after now, outcome); gives all events, the oldest first."""

    def note(*looks: tuple[int, LookOutcome], page: int = 1, for_good: bool = False) -> list[Event]:
        url = BASE.format(page)
        article = Article(url, "bao-tap", "Báo Tập", Scope.DOMESTIC, f"Tin {page}", "Một.", fetched_at=now)
        with store.sessions.begin() as session:
            save_article(session, article, now=now)
            for minutes, outcome in looks:
                at = now + minutes * MINUTE
                why = "HTTP 404: nothing at this address" if outcome is LookOutcome.GONE else ""
                note_look(session, Look(url, "bao-tap", at, outcome, why, for_good=for_good))
            return [saved.value for saved in reversed(list_events(session))]

    return note


GONE, THERE, FAILED = LookOutcome.GONE, LookOutcome.RECEIVED, LookOutcome.FAILED
TOLD: dict[str, tuple[list[tuple[int, LookOutcome]], list[str]]] = {
    "once": ([(0, GONE)], []),
    "twice at once": ([(0, GONE), (5, GONE)], []),
    "twice, ten minutes apart": ([(0, GONE), (10, GONE)], ["removed"]),
    "and ever after": ([(0, GONE), (10, GONE), (60, GONE), (999, GONE)], ["removed"]),
    "there in between": ([(0, GONE), (5, THERE), (12, GONE)], []),
    "no answer in between": ([(0, GONE), (5, FAILED), (12, GONE)], ["removed"]),
    "never an answer": ([(0, FAILED), (12, FAILED), (99, FAILED)], []),
    "gone and back": ([(0, GONE), (10, GONE), (99, THERE)], ["removed", "restored"]),
    "back before it was sure": ([(0, GONE), (9, THERE)], []),
    "gone, back, gone": (
        [(0, GONE), (10, GONE), (20, THERE), (30, GONE), (45, GONE)],
        ["removed", "restored", "removed"],
    ),
}


@pytest.mark.parametrize(("looks", "kinds"), TOLD.values(), ids=TOLD.keys())
def test_a_page_is_removed_when_it_is_gone_twice(
    looks: list[tuple[int, LookOutcome]], kinds: list[str], look: Callable[..., list[Event]]
) -> None:
    # one page of the source is there, so that it is not its host
    look((0, THERE), page=2)
    assert sorted(event.kind.value for event in look(*looks)) == sorted(kinds)


def test_an_outlet_that_says_410_is_believed_at_once(look: Callable[..., list[Event]], now: datetime) -> None:
    (event,) = look((0, GONE), for_good=True)
    assert (event.kind, event.at, event.before) == (EventKind.REMOVED, now, "Tin 1")
    assert event.detail == "HTTP 404: nothing at this address"


def test_a_host_whose_pages_are_all_gone_has_removed_none(look: Callable[..., list[Event]]) -> None:
    for number in range(1, 7):
        look((0, GONE), page=number)
    found = [event for number in range(1, 7) for event in look((15, GONE), page=number)]
    assert found == []
    look((20, THERE), page=7)
    assert {event.kind for event in look((70, GONE), page=1)} == {EventKind.REMOVED}


def test_a_page_that_never_became_an_article_makes_no_event(store: Any, now: datetime) -> None:
    with store.sessions.begin() as session:
        for minutes in (0, 15):
            note_look(session, Look(URL, "bao-tap", now + minutes * MINUTE, GONE, "404"))
        assert list_events(session) == []
        state = find_look(session, URL)
    assert state is not None
    assert not state.is_removed
