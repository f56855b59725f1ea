from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from store.articles import save_article
from store.audit import list_entries
from store.database import Sessions
from store.reviews import reviews_after, reviews_here, reviews_of, save_review
from store.types import NEEDS_EVIDENCE, ImpossibleValueError, Review, Verdict


def _review(article: int, at: datetime, **changes: Any) -> Review:
    values: dict[str, Any] = {
        "claim": "k1",
        "claim_text": "Khoảng 120 hộ.",
        "article": article,
        "verdict": Verdict.PARTLY,
        "reason": "theo báo cáo của xã",
        "reviewer": "an",
        "at": at,
        "evidence": ("https://xa.example/1", "báo cáo 12"),
    }
    return Review(**values | changes)


def test_a_later_review_stands_above_an_earlier_one(sessions: Sessions, make: Any, now: datetime) -> None:
    with sessions.begin() as session:
        number = save_article(session, make.article(), now=now).number
        first, second = _review(number, now), _review(number, now + timedelta(hours=1), verdict=Verdict.TRUE)
        assert save_review(session, first) < save_review(session, second)
        save_review(session, _review(number, now, claim="k2"))
        assert reviews_of(session, "k1") == (second, first)
        assert reviews_of(session, "k3") == ()


def test_a_review_stands_in_the_audit_log(sessions: Sessions, make: Any, now: datetime) -> None:
    with sessions.begin() as session:
        number = save_article(session, make.article(), now=now).number
        save_review(session, _review(number, now))
    with sessions() as session:
        (entry,) = list_entries(session, limit=9)
    assert (entry.actor, entry.act, entry.subject, entry.at) == ("an", "review", "claim k1", now)
    assert entry.detail == "partly: theo báo cáo của xã"


def test_a_review_that_is_rolled_back_leaves_no_entry(sessions: Sessions, make: Any, now: datetime) -> None:
    def review_and_fail() -> None:
        with sessions.begin() as session:
            save_review(session, _review(save_article(session, make.article(), now=now).number, now))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        review_and_fail()
    with sessions() as session:
        assert list_entries(session, limit=9) == []
        assert reviews_of(session, "k1") == ()


@pytest.mark.parametrize("verdict", sorted(NEEDS_EVIDENCE))
def test_a_verdict_on_what_is_so_needs_evidence(
    verdict: Verdict, sessions: Sessions, make: Any, now: datetime
) -> None:
    with sessions.begin() as session:
        number = save_article(session, make.article(), now=now).number
        with pytest.raises(ImpossibleValueError, match="needs evidence"):
            save_review(session, _review(number, now, verdict=verdict, evidence=(" ",)))


@pytest.mark.parametrize("verdict", [Verdict.NOT_ENOUGH, Verdict.NOT_CHECKABLE])
def test_where_there_can_be_no_evidence_the_reason_is_enough(
    verdict: Verdict, sessions: Sessions, make: Any, now: datetime
) -> None:
    with sessions.begin() as session:
        number = save_article(session, make.article(), now=now).number
        assert save_review(session, _review(number, now, verdict=verdict, evidence=())) > 0


@pytest.mark.parametrize("missing", ["reviewer", "reason"])
def test_a_verdict_needs_a_named_person_and_a_reason(missing: str, now: datetime) -> None:
    with pytest.raises(ImpossibleValueError, match="a verdict needs a"):
        _review(1, now, **{missing: " "})


def test_the_same_sentence_judged_in_another_story_is_no_verdict_here(
    sessions: Sessions, make: Any, now: datetime, keep_story: Callable[..., list[int]]
) -> None:
    (here,), (there,) = keep_story("s1", make.article("a")), keep_story("s2", make.article("b"))
    with sessions.begin() as session:
        save_review(session, _review(there, now))
        assert reviews_here(session, [("s1", "k1"), ("s2", "k1")]) == {("s2", "k1"): (_review(there, now),)}
        save_review(session, _review(here, now, verdict=Verdict.TRUE))
        assert [r.verdict for r in reviews_here(session, [("s1", "k1")])["s1", "k1"]] == [Verdict.TRUE]


def test_verdicts_are_read_on_from_a_number(sessions: Sessions, make: Any, now: datetime) -> None:
    with sessions.begin() as session:
        number = save_article(session, make.article(), now=now).number
        first = save_review(session, _review(number, now))
        second = save_review(session, _review(number, now, claim="k2"))
        assert [n for n, _ in reviews_after(session, 0)] == [first, second]
        assert reviews_after(session, first) == [(second, _review(number, now, claim="k2"))]
