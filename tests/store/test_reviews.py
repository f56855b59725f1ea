from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from store.articles import save_article
from store.audit import list_entries
from store.database import Sessions
from store.reviews import reviews_of, save_review
from store.types import Review, Verdict


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
